"""`show vpc`: the domain at work, the peer-link and the legs.

Own code: the template of ntc-templates 9.3 for it takes three columns of every line that begins
with a number, and passes over the rest, the statuses and the reasons among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from mlagkit.nxos.state import words
from mlagkit.nxos.state.body import Json, rows, scalars
from mlagkit.nxos.state.facts import Facts, labelled, need, others, want
from mlagkit.nxos.state.lines import Line, Misread, squeezed
from mlagkit.state import Leg, PeerLink, VpcState
from mlagkit.values import InterfaceName

_ORPHANS = "delay-restore orphan-port status"  # what NX-API calls it is not known

# The label of a terminal for each key of NX-API (Cisco N9K NX-OS Command Reference (Show Commands) 9.3(x)); both
# spellings of a label are of the corpus.
_KEYS = {
    "vpc domain id": "vpc-domain-id",
    "peer status": "vpc-peer-status",
    "vpc keep-alive status": "vpc-peer-keepalive-status",
    "configuration consistency status": "vpc-peer-consistency",
    "configuration consistency reason": "vpc-peer-consistency-reason",
    "configuration inconsistency reason": "vpc-peer-consistency-reason",
    "per-vlan consistency status": "vpc-per-vlan-peer-consistency",
    "type-2 consistency status": "vpc-type-2-consistency",
    "type-2 consistency reason": "vpc-type-2-consistency-reason",
    "type-2 inconsistency reason": "vpc-type-2-consistency-reason",
    "vpc role": "vpc-role",
    "number of vpcs configured": "num-of-vpcs",
    "number of vpc configured": "num-of-vpcs",
    "peer gateway": "peer-gateway",
    "dual-active excluded vlans": "dual-active-excluded-vlans",
    "graceful consistency check": "vpc-graceful-consistency-check-status",
    "auto-recovery status": "vpc-auto-recovery-status",
    "delay-restore status": "vpc-delay-restore-status",
    "delay-restore svi status": "vpc-delay-restore-svi-status",
    "delay-restore orphan-port status": _ORPHANS,
    "operational layer3 peer-router": "operational-l3-peer",
    "virtual-peerlink mode": "virtual-peerlink",
}
# NX-API says these beside the values above, and marks its tables with these.
_ALSO = ("vpc-peer-consistency-status", "vpc-type-2-consistency-status")
_MARKS = ("vpc-peer-link-hdr", "vpc-end", "vpc-hdr", "vpc-not-es")
_KNOWN = {*_KEYS.values(), *_ALSO, *_MARKS}

_LEGEND = {"legend:", "(*) - local vpc is down, forwarding via vpc peer-link"}
_TABLES = {
    "vpc peer-link status": "id port status active vlans",
    "vpc status": "id port status consistency reason active vlans",
}
_ADVICE = {
    'please check "show vpc consistency-parameters vpc <vpc-num>" for the',
    "consistency reason of down vpc and for type-2 consistency reasons for",
    "any vpc.",
}
_LINK = re.compile(r"(\d{1,5})\s+(\S+)\s+(up|down)\s+(\S+)")
_LEG = re.compile(r"(\d{1,5})\s+(\S+)\s+(up|down)(\*?)\s+(success|failed|Not)\s+(.*\S)\s+(\S+)")
_SECOND = re.compile(r"(.*\S)(?:\s{2,}|\t)\s*(\S+)")


@dataclass(slots=True)
class _Row:
    """A row as it grows over the lines that its columns are wrapped into."""

    line: Line
    cells: tuple[str, ...]
    reasons: list[str] = field(default_factory=list)
    vlans: list[str] = field(default_factory=list)


def from_text(lines: list[Line]) -> VpcState:
    """The state that a terminal shows."""
    parts = _parts(lines)
    head = [line for line in parts[""] if squeezed(line.text) not in _LEGEND]
    links = [_peer_link(row) for row in _link_rows(parts.get("vpc peer-link status", []))]
    legs = [_leg(row) for row in _leg_rows(parts.get("vpc status", []))]
    return _state(labelled(head, _KEYS), links, legs)


def _parts(lines: Iterable[Line]) -> dict[str, list[Line]]:
    """The lines below each heading, less the heads of the columns and the advice at the end."""
    parts: dict[str, list[Line]] = {"": []}
    heading = columns = ""
    for line in lines:
        text = squeezed(line.text)
        if text in _TABLES and text not in parts:
            heading, columns = text, _TABLES[text]
            parts[heading] = []
        elif columns:
            if text != columns:
                raise line.misread()
            columns = ""
        elif text not in _ADVICE:
            parts[heading].append(line)
    if columns:
        raise Misread(f"it ends behind {heading!r}")
    return parts


def _link_rows(lines: Iterable[Line]) -> list[_Row]:
    found: list[_Row] = []
    for line in lines:
        match = _LINK.fullmatch(line.text)
        if match and words.is_vlans(match[4]):
            found.append(_Row(line, match.groups(), vlans=[match[4]]))
        elif found and words.is_vlans(line.text.strip()):
            found[-1].vlans.append(line.text.strip())
        else:
            raise line.misread()
    return found


def _leg_rows(lines: Iterable[Line]) -> list[_Row]:
    found: list[_Row] = []
    for line in lines:
        match = _LEG.fullmatch(line.text)
        if match and words.is_vlans(match[7]):
            found.append(_Row(line, match.groups(), [match[6]], [match[7]]))
        elif found and not line.text[0].isdigit():
            _continue(found[-1], line)
        elif found and words.is_vlans(line.text):
            found[-1].vlans.append(line.text)
        else:
            raise line.misread()
    return found


def _continue(row: _Row, line: Line) -> None:
    """Take a line on which the reason or the VLANs of a row go on; only a row that failed has a long reason."""
    text = line.text.strip()
    pair = _SECOND.fullmatch(text)
    if words.is_vlans(text):
        row.vlans.append(text)
    elif row.cells[4] == "success":
        raise line.misread()
    elif pair and words.is_vlans(pair[2]):
        row.reasons.append(pair[1])
        row.vlans.append(pair[2])
    else:
        row.reasons.append(text)


def _peer_link(row: _Row) -> PeerLink:
    read = row.line.read
    return PeerLink(
        id=int(row.cells[0]),
        port=read(InterfaceName.parse, row.cells[1]),
        status=words.link(row.cells[2]),
        vlans=read(words.vlans, "".join(row.vlans)),
    )


def _leg(row: _Row) -> Leg:
    read = row.line.read
    consistency, reason = row.cells[4], " ".join(" ".join(row.reasons).split())
    if consistency == "Not":  # its second word stands a line lower, in front of the reason's
        consistency, found, rest = "not applicable", *reason.partition("Applicable ")[1:]
        if not found:
            raise row.line.misread()
        reason = f"{row.reasons[0]} {rest}"
    return Leg(
        vpc=int(row.cells[0]),
        port=read(InterfaceName.parse, row.cells[1]),
        status=words.link(row.cells[2]),
        over_peer_link=row.cells[3] == "*",
        consistency=words.verdict(consistency),
        reason=words.reason(reason),
        vlans=read(words.vlans, "".join(row.vlans)),
    )


def from_body(body: Json) -> VpcState:
    """The state that NX-API tells."""
    links = [_peer_link_of(scalars(row)) for row in rows(body, "peerlink")]
    legs = [_leg_of(scalars(row)) for row in rows(body, "vpc")]
    return _state(scalars(body), links, legs)


def _peer_link_of(facts: Facts) -> PeerLink:
    return PeerLink(
        id=need(facts, "peer-link-id", words.number),
        port=need(facts, "peerlink-ifindex", InterfaceName.parse),
        status=need(facts, "peer-link-port-state", words.link),
        vlans=want(facts, "peer-up-vlan-bitset", words.vlans),
    )


def _leg_of(facts: Facts) -> Leg:
    return Leg(
        vpc=need(facts, "vpc-id", words.number),
        port=need(facts, "vpc-ifindex", InterfaceName.parse),
        status=need(facts, "vpc-port-state", words.link),
        over_peer_link=need(facts, "vpc-thru-peerlink", words.flag),
        consistency=need(facts, "vpc-consistency", words.verdict),
        reason=want(facts, "vpc-consistency-reason", words.reason)
        or want(facts, "vpc-consistency-status", words.reason),
        vlans=want(facts, "up-vlan-bitset", words.vlans),
    )


def _state(facts: Facts, links: list[PeerLink], legs: list[Leg]) -> VpcState:
    configured = need(facts, "num-of-vpcs", words.number)
    if configured and not legs:
        raise Misread(f"it has no table of the {configured} vPCs that are configured")
    return VpcState(
        domain=None if need(facts, "vpc-domain-id", str.lower) == "not configured" else _domain(facts),
        peer=need(facts, "vpc-peer-status", words.peer),
        peer_said=need(facts, "vpc-peer-status", str),
        keepalive=need(facts, "vpc-peer-keepalive-status", words.keepalive),
        keepalive_said=need(facts, "vpc-peer-keepalive-status", str),
        role=need(facts, "vpc-role", words.role),
        consistency=need(facts, "vpc-peer-consistency", words.verdict),
        consistency_reason=_reason(facts, "vpc-peer-consistency"),
        vlan_consistency=want(facts, "vpc-per-vlan-peer-consistency", words.verdict),
        type_2_consistency=want(facts, "vpc-type-2-consistency", words.verdict),
        type_2_reason=_reason(facts, "vpc-type-2-consistency"),
        vpcs_configured=configured,
        peer_gateway=want(facts, "peer-gateway", words.switched),
        dual_active_excluded=want(facts, "dual-active-excluded-vlans", words.vlans),
        graceful_consistency=want(facts, "vpc-graceful-consistency-check-status", words.switched),
        graceful_reason=want(facts, "vpc-graceful-consistency-check-status", words.bracketed),
        auto_recovery=want(facts, "vpc-auto-recovery-status", lambda text: words.auto_recovery(text) is not None),
        auto_recovery_timer=want(facts, "vpc-auto-recovery-status", words.auto_recovery),
        delay_restore=want(facts, "vpc-delay-restore-status", words.timer),
        delay_restore_interface_vlan=want(facts, "vpc-delay-restore-svi-status", words.timer),
        delay_restore_orphan_port=want(facts, _ORPHANS, words.timer),
        layer3_peer_router=want(facts, "operational-l3-peer", words.switched),
        virtual_peer_link=want(facts, "virtual-peerlink", words.switched),
        peer_links=tuple(links),
        legs=tuple(legs),
        others=others(facts, _KNOWN),
    )


def _domain(facts: Facts) -> int:
    return need(facts, "vpc-domain-id", words.number)


def _reason(facts: Facts, check: str) -> str | None:
    return want(facts, f"{check}-reason", words.reason) or want(facts, f"{check}-status", words.reason)
