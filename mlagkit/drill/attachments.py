"""What hosts are on: ports and port-channels by host, and the VLANs that each of them carries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from mlagkit.drill.wiring import BOTH, Attachment, Bond, Peers
from mlagkit.host import LACP_BOND, STATIC_BONDS, Host
from mlagkit.nxos.chassis import is_on_extender
from mlagkit.nxos.consistency import carried_by_peer_link, carried_on
from mlagkit.switch import Port, Switch
from mlagkit.topology.attached import attached, links
from mlagkit.topology.channels import is_static, speaks_lacp, vpc_legs
from mlagkit.values import InterfaceName, VlanSet

NO_VLANS = VlanSet()

Carried = Mapping[InterfaceName, VlanSet]
"""The VLANs of each switched port that is no member of a port-channel."""


def carried_on_ports(switch: Switch) -> Carried:
    """The existing VLANs that each port carries which is up by its configuration."""
    known: dict[tuple[str, int, VlanSet], VlanSet] = {}
    found = {}
    for port in switch.ports.values():
        if port.channel is None and port.allowed:
            key = (port.mode, port.vlan, port.vlans)
            if key not in known:
                known[key] = carried_on(switch, port)
            found[port.name] = known[key]
    return found


def attachments_of(peers: Peers, carried: Sequence[Carried]) -> Mapping[str, list[Attachment]]:
    """The ports of each host by its name; one without a name is called after its vPC or port."""
    found: dict[str, list[Attachment]] = defaultdict(list)
    for at in BOTH:
        switch, peer = peers[at], peers[1 - at]
        on_link = carried_by_peer_link(switch)
        legs = {port.name: vpc for vpc, port in vpc_legs(switch).items()}
        for port in switch.ports.values():
            if port.channel is not None or port.peer_link or (port.mode == "routed" and port.name not in legs):
                continue
            name = attached(switch, port)
            vpc = legs.get(port.name)
            is_orphan = not port.shutdown and not carried[at].get(port.name, NO_VLANS).isdisjoint(on_link)
            if name is None and vpc is None and not is_orphan:
                continue
            found[name or _named_after(switch, peer, port, vpc)].append(
                Attachment(
                    at=at,
                    name=port.name,
                    vpc=vpc,
                    cables=tuple(each.name for each in links(switch, port)),
                    least=port.lacp_min_links if vpc is not None and speaks_lacp(switch, port) else 1,
                    orphan_suspend=port.orphan_suspend,
                    alone=vpc is None or not _has_links(peer, vpc),
                )
            )
    return found


def _has_links(switch: Switch, vpc: int) -> bool:
    leg = vpc_legs(switch).get(vpc)
    return leg is not None and any(links(switch, leg))


def _named_after(switch: Switch, peer: Switch, port: Port, vpc: int | None) -> str:
    """A name for a host that has none; a port of a fabric extender on both switches is one port."""
    if vpc is not None:
        return f"vPC {vpc}"
    if is_on_extender(port.name) and port.name in peer.ports:
        return port.name
    return f"{switch.name} {port.name}"


def bond_of(peers: Peers, host: Host | None, attachments: Iterable[Attachment]) -> Bond:
    """How a host uses its links: as the pair file says, else as the channel that it is on."""
    if host and host.bond:
        return {LACP_BOND: Bond.LACP, **dict.fromkeys(STATIC_BONDS, Bond.STATIC)}.get(host.bond, Bond.CARRIER)
    ports = [(peers[each.at], peers[each.at].ports[each.name]) for each in attachments]
    if any(speaks_lacp(*each) for each in ports):
        return Bond.LACP
    return Bond.STATIC if any(is_static(*each) for each in ports) else Bond.CARRIER
