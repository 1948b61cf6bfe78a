"""One understood line, carried out on one block of the store: a function for each kind of row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from mlagkit.nxos.lab import texts
from mlagkit.nxos.lab.answer import Rejected
from mlagkit.nxos.lab.effects import CHECKS, CHECKS_OF_NO, EFFECTS, follow_members, quiet_redirects
from mlagkit.nxos.lab.grammar import words_of
from mlagkit.nxos.lab.order import Order
from mlagkit.nxos.lab.row import Kind, Row
from mlagkit.nxos.lab.spelling import SPELLINGS, VLANS, interface_names, vlan_list, vlan_text, vni_list
from mlagkit.nxos.lab.store import Store
from mlagkit.nxos.lab.tree import LAST, Line, rank_of


def run(order: Order) -> list[Line]:
    """Carry out a line; the blocks that it opened are returned, Rejected raised where the switch refuses."""
    row = order.row
    if not order.loading:
        _refuse(order)
    order.store.keep(order.block, order.verbatim)
    opened = _KINDS[row.kind](order)
    if not order.verbatim:
        effect = EFFECTS.get(str(row))
        if effect:
            effect(order)
        if order.block.mode == "if-port-channel" and row.member:
            follow_members(order.store, order.block)
    return opened


def _refuse(order: Order) -> None:
    """Features, ranges and the special refusals of the table."""
    row, match = order.row, order.match
    if row.feature and not order.store.has_feature(row.feature):
        raise Rejected(texts.INVALID, 0)  # the command does not exist then (vpc-reference 2.1, `feature`)
    if order.negated:
        if row.fixed:
            raise Rejected(texts.INVALID, 0)
        check = CHECKS_OF_NO.get(str(row))
        if check:
            check(order)
        return
    if row.span:
        number = match.value.split()[0] if match.value else match.key[-1]
        if not (number.isdecimal() and row.span[0] <= int(number) <= row.span[1]):
            raise Rejected(texts.OUT_OF_RANGE.format(*row.span), len(" ".join(match.key)))
    check = CHECKS.get(str(row))
    if check:
        check(order)


def _single(order: Order) -> list[Line]:
    row, own = order.row, order.own()
    value = SPELLINGS[row.spell](order.match.value) if row.spell else order.match.value
    hidden = bool(row.default) and value == row.default and not order.verbatim
    if order.negated or hidden:
        if own:
            order.block.remove(own)
        return []
    text = " ".join([*order.match.key, value]).rstrip()
    if own:
        own.text = text
    else:
        order.put(text)
    return []


def _is_hidden(order: Order) -> bool:
    """Whether this form of a flag is the default here, which the running-config does not print."""
    default, negated = order.row.default, order.negated
    if order.verbatim or default == "@either":
        return False
    if default == "@layer":
        return not order.loading and order.store.routes_by_default(order.block) == negated
    if default == "@platform":  # what is not the platform's default is printed (vpc-reference 7 rows 2 and 17)
        own = order.own()
        return negated and (order.store.default_l3 or (own is not None and not own.text.startswith("no ")))
    if default == "@port":
        if order.store.is_routed(order.block):
            return False  # which default a routed port has varies: print what was typed
        down = order.store.root.get(("system", "default", "switchport", "shutdown"))
        return (down is None or down.text.startswith("no ")) == negated
    return (default == "on") != negated


def _flag(order: Order) -> list[Line]:
    own = order.own()
    if _is_hidden(order):
        if own:
            order.block.remove(own)
        return []
    text = " ".join(order.match.key)
    text = f"no {text}" if order.negated else text
    if own:
        own.text = text
    else:
        order.put(text)
    return []


def _many(order: Order) -> list[Line]:
    row = order.row
    value = SPELLINGS[row.spell](order.match.value) if row.spell else order.match.value
    text = " ".join([*order.match.key, value]).rstrip()
    for line in [line for line in order.block.children if line.row is row]:
        same = words_of(line.text) == words_of(text)
        if order.negated and (same or not value or words_of(line.text)[: len(words_of(text))] == words_of(text)):
            order.block.remove(line)
        elif same:
            return []
    if not order.negated:
        order.put(text)
    return []


def loose(order_block: Line, text: str, row: Row | None, negated: bool, append: bool) -> Line | None:
    """Keep a line whose behaviour is not known: it stands as typed.

    Its ``no`` form takes it away, or the one line that begins with the same words, and stands itself
    where there is none [assumed]; what stands as a ``no`` form is on by default, which is not printed
    (vpc-reference 7 row 2).
    """
    words = words_of(text)
    opposite, typed = (words, ("no", *words)) if negated else (("no", *words), words)
    plain = [line for line in order_block.children if line.row in (None, row) or _is_loose(line.row)]
    gone = [line for line in plain if words_of(line.text) == opposite]
    if negated and not gone:
        begun = [line for line in plain if words_of(line.text)[: len(words)] == words]
        gone = begun if len(begun) == 1 else []
    for line in gone:
        order_block.remove(line)
    if gone or any(words_of(line.text) == typed for line in order_block.children):
        return next((line for line in order_block.children if words_of(line.text) == typed), None)
    rank = rank_of(order_block.mode, row, 0) if row else LAST
    line = Line(f"no {text}" if negated else text, typed, row, mode="loose", rank=rank)
    line.gap = rank == LAST and order_block.mode == "global"  # apart from the block that is printed before it
    Store.add(order_block, line, append)
    return line


def _is_loose(row: Row | None) -> bool:
    return row is not None and row.kind is Kind.LOOSE


def _loose(order: Order) -> list[Line]:
    line = loose(order.block, order.match.text, order.row, order.negated, order.verbatim)
    return [line] if line else []


def _union(order: Order) -> list[Line]:
    own = order.own()
    held = own.vlans or frozenset() if own else frozenset()
    typed = _vlans(order.match.value) if order.match.value else frozenset()
    left = (held - typed if typed else frozenset()) if order.negated else held | typed
    if not left:
        if own:
            order.block.remove(own)
        return []
    line = own or order.put("")
    line.vlans, line.text = left, " ".join([*order.match.key, vlan_text(left)])
    return []


def _without(order: Order) -> list[Line]:
    """VLANs that are taken out of what all have: ``no`` adds to the list."""
    own = order.own()
    held = own.vlans or frozenset() if own else frozenset()
    typed = _vlans(order.match.value) if order.match.value else frozenset()
    left = held | typed if order.negated else held - typed
    if not left:
        if own:
            order.block.remove(own)
        return []
    line = own or order.put("")
    line.vlans, line.text = left, " ".join(["no", *order.match.key, vlan_text(left)])
    return []


def _per_vlan(order: Order) -> list[Line]:
    """Every VLAN has one value; VLANs of one value share a line."""
    row, block = order.row, order.block
    place = row.words.index("*")
    typed = _vlans(order.match.key[place], first=0 if "mst" in row.words else 1)
    lines = [line for line in block.children if line.row is row]
    value = order.match.value
    if order.verbatim:  # corpus/nxos/single/microsoft-sdn-n3132-tor1.cfg: two lines of one value
        order.put(order.match.text, order.match.key, min(typed)).vlans = typed
        return []
    values: dict[str, frozenset[int]] = {}
    for line in lines:
        said = line.text.split()[len(row.words) :][0]
        values[said] = values.get(said, frozenset()) | (line.vlans or frozenset()) - typed
    if not order.negated and value != row.default:
        values[value] = values.get(value, frozenset()) | typed
    for line in lines:
        block.remove(line)
    for value, held in values.items():
        if held:
            key = (*row.words[:place], vlan_text(held), *row.words[place + 1 :])
            order.put(" ".join([*key, value]), key, min(held)).vlans = held
    return []


def _vlans(text: str, first: int = 1) -> frozenset[int]:
    try:
        return vlan_list(text, first)
    except ValueError:
        raise Rejected(texts.BAD_RANGE, 0) from None


def _allowed(order: Order) -> list[Line]:
    """Carry out one of the five forms of the list (vpc-reference 7 row 8).

    Any ``no`` form opens the trunk to all VLANs (bench/README, assumptions).
    """
    own = order.own()
    held = own.vlans if own and own.vlans is not None else VLANS
    verb, _, rest = order.match.value.partition(" ")
    if order.verbatim:  # lists are printed as wide as the widest line that this switch has printed
        order.store.list_width = max(order.store.list_width, len(rest or verb))
    if order.negated or verb == "all":
        allowed = VLANS
    elif verb == "none":
        allowed = frozenset()
    elif verb in ("add", "remove", "except"):
        typed = _vlans(rest)
        allowed = {"add": held | typed, "remove": held - typed, "except": VLANS - typed}[verb]
    else:
        allowed = _vlans(order.match.value)
    if allowed == VLANS:
        if own:
            order.block.remove(own)
        return []
    line = own or order.put(" ".join(order.match.key))
    line.vlans = allowed
    return []


def _vlan_blocks(order: Order) -> list[Line]:
    vlans = _vlans(order.match.value)
    if order.negated:
        order.store.drop_vlans(vlans)
        return []
    order.store.list_vlans(sorted(vlans), order.verbatim)
    return order.store.vlan_blocks(vlans)


def _block(order: Order) -> list[Line]:
    if str(order.row) == "interface":
        return _interfaces(order)
    if str(order.row) == "member vni *" and not order.match.key[-1].isdecimal():
        return _vnis(order)
    key = order.match.key if "*" in order.row.words else (*order.match.key, *words_of(order.match.value))
    own = order.block.get(key, order.row)
    if order.negated:
        for line in [line for line in order.block.children if line.row is order.row and line.key[: len(key)] == key]:
            order.block.remove(line)
        return []
    if own is None and str(order.row) == "vpc domain *":
        own = next((line for line in order.block.children if line.row is order.row), None)  # there is only one
        if own:
            own.key, own.text = key, " ".join(key)
    if own is None:
        own = order.put(order.match.text, key)
        own.mode = order.row.mode
    return [own]


def _vnis(order: Order) -> list[Line]:
    """A range is each of its VNIs; that a switch prints some of them as ranges is left out [assumed]."""
    *words, numbers = order.match.key
    try:
        each = [str(number) for number in vni_list(numbers)]
    except ValueError:
        raise Rejected(texts.INVALID, len("member vni ")) from None
    orders = (replace(order, match=replace(order.match, key=(*words, number))) for number in each)
    return [block for one in orders for block in _block(one)]


def _interfaces(order: Order) -> list[Line]:
    try:
        names = interface_names(order.match.value)
    except ValueError:
        raise Rejected(texts.INVALID, len("interface ")) from None
    if not order.negated:
        return [_open(order, name.kind == "Vlan" and not order.store.interface(str(name)), str(name)) for name in names]
    if any(name.kind in ("Ethernet", "mgmt") and "." not in name.number for name in names) and not order.loading:
        raise Rejected(texts.NO_PHYSICAL)
    for name in names:
        block = order.store.interface(str(name))
        if block:
            order.block.remove(block)
            _leave_channel(order.store, name.number if name.kind == "port-channel" else "")
    return []


_OF_FEATURE: Mapping[str, str] = {"Vlan": "interface-vlan", "nve": "nv overlay"}
"""The interfaces that there are only with a feature (vpc-reference 2.1; VXG)."""


def _open(order: Order, fresh_svi: bool, name: str) -> Line:
    feature = next((feature for kind, feature in _OF_FEATURE.items() if name.startswith(kind)), "")
    if feature and not order.loading and not order.store.has_feature(feature):
        raise Rejected(texts.INVALID, len("interface "))
    block = order.store.open_interface(interface_names(name)[0], order.verbatim)
    domain = next((line for line in order.store.root.children if line.mode == "vpc"), None)
    if fresh_svi and not order.verbatim and domain and _has_peer_gateway(domain):
        quiet_redirects(block)
    return block


def _has_peer_gateway(domain: Line) -> bool:
    """A list of excluded VLANs says so as well (NU vpc.yaml)."""
    return bool(domain.get(("peer-gateway",)) or domain.get(("peer-gateway", "exclude-vlan")))


def _leave_channel(store: Store, number: str) -> None:
    """Deleting a port-channel takes ``channel-group`` from its ports (Interfaces guide [likely])."""
    for port in store.members(number) if number else []:
        line = port.get(("channel-group",))
        if line:
            port.remove(line)


_KINDS: Mapping[Kind, Callable[[Order], list[Line]]] = {
    Kind.SINGLE: _single,
    Kind.FLAG: _flag,
    Kind.MANY: _many,
    Kind.LOOSE: _loose,
    Kind.UNION: _union,
    Kind.WITHOUT: _without,
    Kind.PER_VLAN: _per_vlan,
    Kind.ALLOWED: _allowed,
    Kind.VLANS: _vlan_blocks,
    Kind.BLOCK: _block,
}
