"""The answers to `show vpc` and its relatives: what the lab was told of the pair, in the words of a terminal.

The forms are those of ../shared/corpus/nxos/show, named at each function. What the lab was not told it does not
answer. Of NX-API's structured forms there is that of ``show vpc`` while all is well; else it answers with the text.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Mapping
from itertools import zip_longest

from mlagkit.nxos.lab.answer import Answer
from mlagkit.nxos.lab.chassis import Chassis
from mlagkit.nxos.lab.compared import behind_commas, compared
from mlagkit.state import (
    KeepaliveState,
    KeepaliveStatus,
    Leg,
    LinkStatus,
    Neighbour,
    OrphanPorts,
    PeerLink,
    PeerStatus,
    PortChannel,
    RoleState,
    SwitchState,
    Timer,
    Verdict,
    VpcState,
)
from mlagkit.values import InterfaceName, VlanSet

_SHORT = {"Ethernet": "Eth", "port-channel": "Po", "loopback": "Lo"}


def vpc(chassis: Chassis, rest: str) -> Answer | None:
    """`show vpc` and what stands behind it; None without ``feature vpc``, as any command that is not there [likely]."""
    state = chassis.live()
    if state is None or not chassis.store.has_feature("vpc"):
        return None
    for words, write in _VPC.items():
        if _is(rest, words):
            text = write(state)
            return None if text is None else Answer(text, body=_body(state) if words in ("", "brief") else None)
    return compared(state, rest)


def port_channels(chassis: Chassis, rest: str) -> Answer | None:
    """corpus: show-port-channel-summary/markovd-lab02-n5k-1.txt; three ports a line, ntc-show-port-channel-summary2.

    Its rows are groups, so that a subinterface has none: no sample, of the corpus or public, shows one.
    """
    state = chassis.live()
    if state is None or state.port_channels is None or not _is(rest, "summary"):
        return None
    rule = "-" * 80
    head = [
        "Flags:  D - Down        P - Up in port-channel (members)",
        "        I - Individual  H - Hot-standby (LACP only)",
        "        s - Suspended   r - Module-removed",
        "        b - BFD Session Wait",
        "        S - Switched    R - Routed",
        "        U - Up (port-channel)",
        "        p - Up in delay-lacp mode (member)",
        "        M - Not in use. Min-links not met",
        rule,
        "Group Port-       Type     Protocol  Member Ports",
        "      Channel",
        rule,
    ]
    return Answer("\n".join([*head, *(line for channel in state.port_channels for line in _channel(channel)), ""]))


def neighbours(chassis: Chassis, rest: str) -> Answer | None:
    """corpus: show-lldp-neighbors/ntc-show-lldp-neighbors.txt."""
    state = chassis.live()
    if state is None or not _is(rest, "neighbors") or not chassis.store.has_feature("lldp"):
        return None
    told = state.neighbours if isinstance(state.neighbours, tuple) else ()
    head = [
        "Capability codes:",
        "  (R) Router, (B) Bridge, (T) Telephone, (C) DOCSIS Cable Device",
        "  (W) WLAN Access Point, (P) Repeater, (S) Station, (O) Other",
        "Device ID            Local Intf      Hold-time  Capability  Port ID  ",
    ]
    return Answer("\n".join([*head, *map(_neighbour, told), f"Total entries displayed: {len(told)}", ""]))


def held_by_vpc(state: SwitchState) -> frozenset[str]:
    """The legs, with their ports, that vPC keeps down.

    So it does on a secondary that lost its peer-link [certain]; that delay restore looks the same is [likely].
    """
    if not isinstance(state.vpc, VpcState):
        return frozenset()
    waits = state.vpc.delay_restore is not None and state.vpc.delay_restore.running
    if not waits and not (isinstance(state.role, RoleState) and state.role.dual_active):
        return frozenset()
    legs = {leg.port for leg in state.vpc.legs}
    held = [channel for channel in state.port_channels or () if channel.port in legs and channel.status == "down"]
    return frozenset(str(port) for each in held for port in (each.port, *(member.port for member in each.members)))


def _is(typed: str, words: str) -> bool:
    """Whether these are the words, each as far as it was typed."""
    some, whole = typed.split(), words.split()
    return len(some) == len(whole) and all(map(str.startswith, whole, some))


def _short(port: InterfaceName) -> str:
    return str(port).replace(port.kind, _SHORT.get(port.kind, port.kind), 1)


def _vpc(state: SwitchState) -> str | None:
    """corpus: show-vpc/ales999-lab7-leaf-r3-2.txt; with the peer-link down ntc-show-vpc.txt."""
    told = state.vpc
    if not isinstance(told, VpcState):
        return None
    facts = [
        ("vPC domain id", told.domain),
        ("Peer status", told.peer_said),
        ("vPC keep-alive status", told.keepalive_said),
        ("Configuration consistency status", told.consistency),
        ("Per-vlan consistency status", told.vlan_consistency),
        ("Configuration inconsistency reason", told.consistency_reason),
        ("Type-2 consistency status", told.type_2_consistency),
        ("Type-2 inconsistency reason", told.type_2_reason),
        ("vPC role", told.role),
        ("Number of vPCs configured", told.vpcs_configured),
        ("Peer Gateway", _enabled(told.peer_gateway)),
        ("Dual-active excluded VLANs", str(told.dual_active_excluded or "-")),
        ("Graceful Consistency Check", _enabled(told.graceful_consistency)),
        ("Auto-recovery status", _auto_recovery(told)),
        ("Delay-restore status", _timer(told.delay_restore)),
        ("Delay-restore SVI status", _timer(told.delay_restore_interface_vlan)),
        ("Delay-restore Orphan-port status", _timer(told.delay_restore_orphan_port)),
        ("Operational Layer3 Peer-router", _enabled(told.layer3_peer_router)),
        ("Virtual-peerlink mode", _enabled(told.virtual_peer_link)),
    ]
    rows = ["Legend:", " " * 16 + "(*) - local vPC is down, forwarding via vPC peer-link", ""]
    rows += [f"{label:<34}: {value}" for label, value in facts if value is not None]
    rows += ["", "vPC Peer-link status", "-" * 69, "id    Port   Status Active vlans    "]
    rows += [f"--    ----   ------ {'-' * 49}", *(line for link in told.peer_links for line in _peer_link(link))]
    if told.legs:
        rows += ["", "vPC status", "-" * 76]
        rows += ["Id    Port          Status Consistency Reason                Active vlans"]
        rows += ["--    ------------  ------ ----------- ------                ---------------"]
        rows += [line for leg in told.legs for line in _leg(leg)]
    return "\n".join([*rows, ""])


def _body(state: SwitchState) -> dict[str, object] | None:
    """corpus: show-vpc/suzieq-leaf01.json. Where something is not well none: no sample has all the words for it."""
    told = state.vpc
    if not isinstance(told, VpcState) or told.keepalive is not KeepaliveStatus.ALIVE:
        return None
    verdicts = [
        told.consistency,
        told.vlan_consistency,
        told.type_2_consistency,
        *(leg.consistency for leg in told.legs),
    ]
    up = [*(link.status for link in told.peer_links), *(leg.status for leg in told.legs)]
    if told.peer is not PeerStatus.OK or {*verdicts} != {Verdict.SUCCESS} or {*up} != {LinkStatus.UP}:
        return None
    facts: dict[str, object | None] = {
        "vpc-domain-id": str(told.domain),
        "vpc-peer-status": "peer-ok",
        "vpc-peer-status-reason": "SUCCESS",
        "vpc-peer-keepalive-status": "peer-alive",
        "vpc-peer-consistency": "consistent",
        "vpc-per-vlan-peer-consistency": "consistent",
        "vpc-peer-consistency-status": "SUCCESS",
        "vpc-type-2-consistency": "consistent",
        "vpc-type-2-consistency-status": "SUCCESS",
        "vpc-role": told.role.value,
        "num-of-vpcs": str(told.vpcs_configured),
        "peer-gateway": None if told.peer_gateway is None else int(told.peer_gateway),
        "dual-active-excluded-vlans": str(told.dual_active_excluded or "-"),
        "vpc-graceful-consistency-check-status": (_enabled(told.graceful_consistency) or "").lower() or None,
        "vpc-auto-recovery-status": _auto_recovery(told),
        "vpc-delay-restore-status": _timer(told.delay_restore),
        "vpc-delay-restore-svi-status": _timer(told.delay_restore_interface_vlan),
        "operational-l3-peer": _enabled(told.layer3_peer_router),
        "virtual-peerlink": _enabled(told.virtual_peer_link),
        "TABLE_peerlink": {"ROW_peerlink": [_peer_link_body(link) for link in told.peer_links]},
        "TABLE_vpc": {"ROW_vpc": [_leg_body(leg) for leg in told.legs]} if told.legs else None,
    }
    return {key: value for key, value in facts.items() if value is not None}


def _peer_link_body(link: PeerLink) -> dict[str, object]:
    head: dict[str, object] = {"peer-link-id": link.id, "peerlink-ifindex": _short(link.port)}
    return {**head, "peer-link-port-state": 1, "peer-up-vlan-bitset": str(link.vlans or "-")}


def _leg_body(leg: Leg) -> dict[str, object]:
    return {
        "vpc-id": leg.vpc,
        "vpc-ifindex": _short(leg.port),
        "vpc-port-state": 1,
        "phy-port-if-removed": "disabled",
        "vpc-thru-peerlink": int(leg.over_peer_link),
        "vpc-consistency": "consistent",
        "vpc-consistency-status": "SUCCESS",
        "up-vlan-bitset": str(leg.vlans or "-"),
    }


def _enabled(value: bool | None) -> str | None:
    return None if value is None else "Enabled" if value else "Disabled"


def _timer(timer: Timer | None) -> str | None:
    if timer is None:
        return None
    left = f", {timer.left}s left" if timer.left is not None else ""
    return f"Timer is {'on' if timer.running else 'off'}.(timeout = {timer.timeout}s{left})"


def _auto_recovery(told: VpcState) -> str:
    timer = told.auto_recovery_timer
    return f"Enabled, timer is off.(timeout = {timer.timeout}s)" if timer else "Disabled"


def _peer_link(link: PeerLink) -> Iterable[str]:
    lists = _listed(link.vlans, 49)
    for number, vlans in enumerate(lists):
        yield f"{link.id:<6}{_short(link.port):<7}{link.status:<7}{vlans}" if number == 0 else f"{'':20}{vlans}"


def _leg(leg: Leg) -> Iterable[str]:
    """The wrapped columns as OUT1 and OUT3 of the reference show them."""
    reason = leg.reason or "success"
    columns = (
        textwrap.wrap(leg.consistency.value.title() if " " in leg.consistency else leg.consistency.value, 11),
        textwrap.wrap(reason, 21),
        _listed(leg.vlans, 16),
    )
    status = f"{leg.status.value}{'*' if leg.over_peer_link else ''}"
    for number, (consistency, why, vlans) in enumerate(zip_longest(*columns, fillvalue="")):
        head = f"{leg.vpc:<6}{_short(leg.port):<14}{status:<7}" if number == 0 else " " * 27
        yield f"{head}{consistency:<12}{why:<22}{vlans}".rstrip()


def _listed(vlans: VlanSet | None, width: int) -> list[str]:
    return behind_commas(str(vlans) if vlans else "-", width)


def _role(state: SwitchState) -> str | None:
    """corpus: show-vpc-role/markovd-lab02-n7k-1.txt."""
    told = state.role
    if not isinstance(told, RoleState):
        return None
    facts = {
        "vPC role": told.role,
        "Dual Active Detection Status": int(told.dual_active),
        "vPC system-mac": _mac(told.system_mac),
        "vPC system-priority": told.system_priority,
        "vPC local system-mac": _mac(told.local_mac),
        "vPC local role-priority": told.local_role_priority,
        "vPC local config role-priority": told.local_configured_role_priority,
        "vPC peer system-mac": _mac(told.peer_mac),
        "vPC peer role-priority": told.peer_role_priority,
        "vPC peer config role-priority": told.peer_configured_role_priority,
    }
    rows = ["", "vPC Role status", "-" * 52]
    return "\n".join([*rows, *(f"{label:<32}: {value}" for label, value in facts.items()), ""])


def _mac(text: str) -> str:
    digits = text.replace(".", "")
    return ":".join(digits[at : at + 2] for at in range(0, 12, 2))


def _keepalive(state: SwitchState) -> str | None:
    """corpus: show-vpc-peer-keepalive/ales999-lab5-leaf-r2.txt."""
    told = state.keepalive
    if not isinstance(told, KeepaliveState):
        return None
    alive = [("--Peer is alive for", f"({told.alive_for}) seconds, (0) msec")] if told.alive_for is not None else []
    facts = [
        ("vPC keep-alive status", told.said),
        *alive,
        ("--Send status", told.send),
        ("--Receive status", told.receive),
        ("", ""),
        ("--Destination", told.destination),
        ("--Keepalive interval", f"{told.interval} msec"),
        ("--Keepalive timeout", f"{told.timeout} seconds"),
        ("--Keepalive hold timeout", f"{told.hold_timeout} seconds"),
        ("--Keepalive vrf", told.vrf),
        ("--Keepalive udp port", told.udp_port),
        ("--Keepalive tos", told.tos),
    ]
    rows = [f"{label:<34}: {value}" if label else "\nvPC Keep-alive parameters" for label, value in facts]
    return "\n".join(["", *rows, ""])


def _orphans(state: SwitchState) -> str | None:
    """The note: corpus, show-vpc-orphan-ports/suzieq-leaf03.json; the table: an example in a public test."""
    told = state.orphan_ports
    if not isinstance(told, tuple):
        return None
    rows = ["Note: ", "--------::Going through port database. Please be patient.::--------", ""]
    if told:
        rows += ["VLAN           Orphan Ports", "-------        -------------------------", *map(_orphan, told)]
    return "\n".join([*rows, ""])


def _orphan(row: OrphanPorts) -> str:
    return f"{row.vlans!s:<15}{', '.join(map(_short, row.ports))}"


def _channel(channel: PortChannel) -> Iterable[str]:
    flags = ("S" if channel.switched else "R") + {"up": "U", "down": "D"}[channel.status]
    members = [f"{f'{_short(each.port)}({_FLAGS[each.status]})':<13}" for each in channel.members] or ["--"]
    name = f"{_short(channel.port)}({flags})"
    head = f"{channel.port.number:<6}{name:<12}{'Eth':<9}{channel.protocol:<10}"
    for at in range(0, len(members), 3):
        yield f"{head if at == 0 else '':37}{''.join(members[at : at + 3])}".rstrip()


_FLAGS = {"bundled": "P", "down": "D", "suspended": "s"}


def _neighbour(one: Neighbour) -> str:
    rest = f"{_short(one.port):<16}{120:<11}{'':<12}{one.far_port}"
    return f"{one.device:<21}{rest}" if len(one.device) <= 20 else f"{one.device}\n{'':21}{rest}"


_VPC: Mapping[str, Callable[[SwitchState], str | None]] = {
    "": _vpc,
    "brief": _vpc,
    "role": _role,
    "peer-keepalive": _keepalive,
    "orphan-ports": _orphans,
}
"""Words behind `show vpc` -> what they show."""
