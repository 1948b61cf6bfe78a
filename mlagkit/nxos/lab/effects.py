"""What a line does besides standing there, and what makes a switch refuse it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mlagkit.nxos.lab import texts
from mlagkit.nxos.lab.answer import Rejected
from mlagkit.nxos.lab.order import Order
from mlagkit.nxos.lab.schedule import as_printed
from mlagkit.nxos.lab.spelling import InterfaceName, channel, vlan_text
from mlagkit.nxos.lab.store import Store, find_row
from mlagkit.nxos.lab.tree import Line, rank_of

Effect = Callable[[Order], None]


def _member_lines(port: Line) -> dict[tuple[str, ...], Line]:
    """The lines that a port shares with its channel."""
    return {line.key: line for line in port.children if line.row and line.row.member}


def _copy(source: Line, block: Line) -> None:
    """Give a block the same line as another block has, instead of its own."""
    if source.row is None:
        return
    own = block.get(source.key, source.row) or next((x for x in block.children if x.key == source.key), None)
    if own:
        own.text, own.vlans = source.text, source.vlans
        return
    row = find_row(block.mode, str(source.row))
    block.insert(Line(source.text, source.key, row, rank=rank_of(block.mode, row), vlans=source.vlans))


def _follow(channel_block: Line, port: Line) -> None:
    """Make a port's shared lines those of its channel (vpc-reference 7 row 9)."""
    wanted = _member_lines(channel_block)
    for key, line in _member_lines(port).items():
        if key not in wanted:
            port.remove(line)
    for line in wanted.values():
        _copy(line, port)


def follow_members(store: Store, channel_block: Line) -> None:
    """Members repeat the layer 2 lines and the MTU of their port-channel.

    So in corpus/nxos/pairs/suzieq-leaf12, where they do not repeat its spanning-tree lines.
    """
    for port in store.members(channel_block.key[1].removeprefix("port-channel")):
        _follow(channel_block, port)


def _join_channel(order: Order) -> None:
    """A missing port-channel is made, with the port's lines [likely]; else the port takes the channel's."""
    if order.negated:
        return  # what was inherited stays on the port (vpc-reference 7 row 10)
    port = order.block
    name = InterfaceName("port-channel", order.match.value.split()[0])
    block = order.store.interface(str(name))
    if block:
        _follow(block, port)
        return
    block = order.store.open_interface(name)
    for line in _member_lines(port).values():
        _copy(line, block)


def _is_layer3(line: Line) -> bool:
    words = line.key[1:] if line.key[0] == "no" and len(line.key) > 1 else line.key
    layer = line.row.layer if line.row else 3 * words[0].startswith(("ip", "hsrp", "vrrp"))
    return layer == 3


def _erase_layer3(order: Order) -> None:
    """``vrf member`` erases the layer 3 lines of its interface (vpc-reference 7 row 15)."""
    for line in list(order.block.children):
        if line.key and _is_layer3(line):
            order.block.remove(line)


def _swap_layer(order: Order) -> None:
    """A port that changes its layer loses the lines of the other one.

    Interfaces guide, "Configuring a routed interface" [likely].
    """
    for line in list(order.block.children):
        layer2 = line.row is not None and line.row.layer == 2
        layer3 = bool(line.key) and (_is_layer3(line) or line.key == ("vrf", "member"))
        if layer2 if order.negated else layer3:
            order.block.remove(line)


def _peer_link(order: Order) -> None:
    """``vpc peer-link`` makes the port type ``network`` (vpc-reference 2.3)."""
    if order.negated:
        return
    port = order.block
    row = find_row(port.mode, "spanning-tree port type")
    own = port.get(row.words, row)
    if own:
        own.text = "spanning-tree port type network"
    else:
        port.insert(Line("spanning-tree port type network", row.words, row, rank=rank_of(port.mode, row)))


def quiet_redirects(svi: Line) -> None:
    """The lines that appear on an SVI under peer-gateway (G106).

    Older releases print none (corpus/nxos/pairs/opennxos-puppet-vxlan-leaf12).
    """
    for words in ("ip redirects", "ipv6 redirects"):
        row = find_row("if-Vlan", words)
        if not svi.get(row.words, row):
            svi.insert(Line(f"no {words}", row.words, row, rank=rank_of("if-Vlan", row)))


def _peer_gateway(order: Order) -> None:
    for line in order.store.interfaces():
        if line.mode == "if-Vlan" and not order.negated:
            quiet_redirects(line)


def _drop_excluded(order: Order) -> None:
    """``no peer-gateway`` takes the VLANs that are excluded from it [likely]."""
    _peer_gateway(order)
    line = order.block.get(("peer-gateway", "exclude-vlan"))
    if order.negated and line:
        order.block.remove(line)


def _drop_feature(order: Order) -> None:
    """``no feature X`` deletes all configuration of the feature (vpc-reference 2.1)."""
    if not order.negated:
        return
    name = " ".join(order.match.key[1:])
    for parent, line in order.store.root.walk():
        interface = (name, line.mode) in (("interface-vlan", "if-Vlan"), ("nv overlay", "if-nve"))
        if line in parent.children and (interface or (line.row and line.row.feature == name)):
            parent.remove(line)


def _drop_reload_delay(order: Order) -> None:
    """``auto-recovery reload-delay`` implies ``auto-recovery``, so its ``no`` takes both [likely]."""
    line = order.block.get(("auto-recovery", "reload-delay"))
    if order.negated and line:
        order.block.remove(line)


def _one_port_type(order: Order) -> None:
    """A switch has one default port type (vpc-reference 2.4: the global default is normal, edge or network)."""
    for name in {"edge", "network"} - {order.match.key[3]}:
        other = order.block.get(("spanning-tree", "port", "type", name, "default"))
        if other and not order.negated:
            order.block.remove(other)


def _one_instance(order: Order) -> None:
    """A VLAN belongs to one instance: naming it in another takes it out of the first (vpc-reference 2.4)."""
    own = order.block.get(order.match.key, order.row)
    if order.negated or own is None:
        return
    for line in [line for line in order.block.children if line.row is order.row and line is not own]:
        line.vlans = (line.vlans or frozenset()) - (own.vlans or frozenset())
        line.text = " ".join([*line.key, vlan_text(line.vlans)])
        if not line.vlans:
            order.block.remove(line)


def _fix_start(order: Order) -> None:
    """A schedule holds its start as a date, however it was typed: so three public configurations print it [certain]."""
    own = order.own()
    if own and order.store.clock and not order.negated:
        own.text = f"time {as_printed(order.match.value, order.store.clock())}"


def _one_name(order: Order) -> None:
    """``switchname`` is another word for ``hostname`` (corpus/SURPRISES): a switch prints one of both."""
    for other in {"hostname", "switchname"} - {order.match.key[0]}:
        line = order.block.get((other,))
        if line and not order.negated:
            order.block.remove(line)


def _drop_user(order: Order) -> None:
    """All of its lines go (cisco.nxos issue 794)."""
    user = order.match.key
    for line in [line for line in order.block.children if line.key[: len(user)] == user] if order.negated else ():
        order.block.remove(line)


def _one_of_engine(order: Order) -> None:
    """A user of an engine is typed over: another key takes the place of the first (node-utils snmpuser.rb)."""
    lines = [line for line in order.block.children if line.row is order.row and line.key == order.match.key]
    for line in lines if not order.negated else ():
        is_same = line.text.split()[-1] == order.match.value.split()[-1]
        if is_same and line.text.split() != order.match.text.split():
            order.block.remove(line)


EFFECTS: Mapping[str, Effect] = {
    "hostname": _one_name,
    "switchname": _one_name,
    "channel-group": _join_channel,
    "vrf member": _erase_layer3,
    "switchport": _swap_layer,
    "vpc peer-link": _peer_link,
    "peer-gateway": _drop_excluded,
    "peer-gateway exclude-vlan": _peer_gateway,
    "feature *": _drop_feature,
    "feature nv overlay": _drop_feature,
    "spanning-tree port type edge default": _one_port_type,
    "spanning-tree port type network default": _one_port_type,
    "auto-recovery": _drop_reload_delay,
    "instance * vlan": _one_instance,
    "time": _fix_start,
    "snmp-server user *": _drop_user,
    "snmp-server user * auth": _one_of_engine,
}
"""Key words -> what else happens; called after the line itself has changed something."""


_NEVER_FORCED = (("speed",), ("duplex",))
"""What ports of one port-channel have alike, whatever is forced (N7K Interfaces guide p. 161)."""


def _check_channel(order: Order) -> None:
    """What a port has to have like the others and like its port-channel; ``force`` gives it the rest.

    That no routed port joins one that switches is documented (N7K Interfaces guide p. 161); the text is that of a
    switch (cisco.nxos pull 923).
    """
    store, port = order.store, order.block
    words = order.match.value.split()
    number, lacp = words[0], channel(order.match.value) != words[0]
    for other in store.members(number):
        line = other.get(("channel-group",))
        if other is not port and line and (" mode " in line.text) != lacp:
            raise Rejected(texts.MIXED_MODES)
    block = store.interface(f"port-channel{number}")
    if block is None:
        return
    if store.is_routed(block) != store.is_routed(port):
        raise Rejected(texts.INCOMPATIBLE.format("switching port"))
    own, theirs = _member_lines(port), _member_lines(block)
    for key in _NEVER_FORCED if "force" in words else {**own, **theirs}.keys() - {("switchport",)}:
        mine, wanted = own.get(key), theirs.get(key)
        if (mine and (mine.text, mine.vlans)) != (wanted and (wanted.text, wanted.vlans)):
            raise Rejected(texts.INCOMPATIBLE.format(" ".join(key)))


def _check_vpc(order: Order) -> None:
    if order.block.get(("vpc", "orphan-port", "suspend")):
        raise Rejected(texts.HAS_ORPHAN)
    if order.store.is_routed(order.block):
        raise Rejected(texts.NOT_SWITCHED)


def _check_time(order: Order) -> None:
    if order.store.clock:
        as_printed(order.match.value, order.store.clock())


def _check_event(order: Order) -> None:
    """The events that the Nexus guides list have no timer among them (N3548 guide 7.x p. 121, N5600 guide 7.x).

    IOS has one. Taken here it would never fire, and whoever relies on it would not learn it.
    """
    if order.match.value.split()[:1] == ["timer"]:
        raise Rejected(texts.INVALID, len("event "))


def _check_last_group(order: Order) -> None:
    """A user is in one group at least (cisco.nxos pull 657)."""
    user = order.match.key[:3]
    groups = [line for line in order.block.children if line.key[:3] == user and _is_in_a_group(line)]
    if len(groups) == 1 and groups[0] is order.own():
        raise Rejected(texts.LAST_GROUP)


def _is_in_a_group(line: Line) -> bool:
    """Whether a line of a user is about a group: not about a filter, nor a user of another engine, who needs none."""
    return line.key[3:] not in _NO_GROUPS and " engineid " not in line.text.lower()


_NO_GROUPS = (("use-ipv4acl",), ("use-ipv6acl",), ("enforcePriv",))
"""What stands behind the name of a user and is no group."""

CHECKS_OF_NO: Mapping[str, Effect] = {"snmp-server user * *": _check_last_group}
"""Key words -> what raises Rejected before their ``no`` form changes anything."""

CHECKS: Mapping[str, Effect] = {
    "channel-group": _check_channel,
    "vpc": _check_vpc,
    "time": _check_time,
    "event": _check_event,
}
"""Key words -> what raises Rejected before anything changes; not asked for ``no`` forms."""
