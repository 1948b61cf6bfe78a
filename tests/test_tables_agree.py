"""Two witnesses: the catalogue that compares and the table of the emulated switch, written apart, say the same."""

from __future__ import annotations

from collections.abc import Iterator

from mlagkit.nxos.catalogue import ROWS, Negation, Row
from mlagkit.nxos.catalogue import Kind as Known
from mlagkit.nxos.catalogue.row import ByContext
from mlagkit.nxos.context import Context
from mlagkit.nxos.lab import table as lab
from mlagkit.nxos.lab.grammar import find
from mlagkit.nxos.lab.row import Kind
from mlagkit.nxos.lab.row import Row as LabRow
from tests.catalogue_lines import samples, text

MODES: dict[str, tuple[str, ...]] = {
    "": ("global",),
    "vlan": ("vlan",),
    "mst": ("mst",),
    "pseudo-information": ("pseudo",),
    "vrf": ("vrf",),
    "address-family": ("af",),
    "vpc-domain": ("vpc",),
    "interface": ("if-Ethernet", "if-port-channel", "if-Vlan", "if-loopback", "if-mgmt", "if-sub"),
    "hsrp": ("hsrp",),
    "vrrp": ("vrrp",),
    "vrrpv3": ("vrrpv3",),
    "nve": ("if-nve",),
    "nve-vni": ("vni",),
    "evpn": ("evpn",),
    "evpn-vni": ("evpn-vni",),
    "access-list": ("loose",),
}
"""A mode of the catalogue and those of the switch that it stands for."""

INTERFACES = {
    "if-Ethernet": "Ethernet1/1",
    "if-port-channel": "port-channel1",
    "if-Vlan": "Vlan10",
    "if-loopback": "loopback0",
    "if-mgmt": "mgmt0",
    "if-sub": "Ethernet1/1.10",
}
LINES = {
    "feature <#text>": ("feature vpc", "feature nv overlay", "feature fabric forwarding"),
    "source-interface <interface>": ("source-interface loopback0",),
    "global ingress-replication protocol <word>": ("global ingress-replication protocol bgp",),
    "global mcast-group <ip> L2": ("global mcast-group 239.0.0.1 L2",),
    "global mcast-group <ip> L3": ("global mcast-group 239.0.0.1 L3",),
    "multisite border-gateway interface <interface>": ("multisite border-gateway interface loopback0",),
}
"""Lines of rows whose parameter takes anything in the catalogue, but not on the switch."""

Difference = tuple[str, str, str]
"""A row of the catalogue by its mode and command, and what the two say differently."""


def met(row: Row) -> Iterator[tuple[str, LabRow]]:
    """The rows of the switch's table that read the lines of a row of the catalogue, each with its mode."""
    seen: set[tuple[str, LabRow]] = set()
    for line in LINES.get(row.command) or map(text, samples(row)):
        for mode in MODES[row.mode]:
            match = find(mode, line, exact=True)
            if match and (mode, match.row) not in seen:
                seen.add((mode, match.row))
                yield mode, match.row


def kinds(row: Row) -> set[Kind]:
    """What a row of the catalogue is in the words of the switch's table."""
    if row.kind is Known.BLOCK:
        return {Kind.BLOCK}
    if row.kind is Known.VALUE:
        return {Kind.SINGLE}
    if row.kind is Known.FLAG:
        return {Kind.MANY, Kind.FLAG} if "<#" in row.command else {Kind.FLAG}
    if row.trunk or row.opens:
        return {Kind.ALLOWED if row.trunk else Kind.VLANS}
    if row.relists:
        return {Kind.SINGLE}
    if row.takes_out:
        return {Kind.WITHOUT}
    return {Kind.PER_VLAN if row.command.endswith("<#int>") else Kind.UNION}


def default(row: Row, mode: str) -> str:
    """The default of a row of the catalogue as the switch's table writes it."""
    context = Context()
    value = row.default_in(context.at(INTERFACES[mode]) if mode in INTERFACES else context)
    if row.kind is Known.FLAG:
        return "on" if value else ""
    return "" if value is None or row.kind is Known.VLANS else str(value)


def differences(row: Row) -> set[Difference]:
    """Everything that the two tables say differently about a row."""
    found: set[str] = set()
    rows = list(met(row))
    known = [(mode, other) for mode, other in rows if other.kind is not Kind.LOOSE]
    if not known:
        found.add("known")
    for mode, other in known:
        if other.kind not in kinds(row):
            found.add("kind")
        by_situation = other.default.startswith("@")
        if not by_situation and default(row, mode) != other.default:
            found.add("default")
        if by_situation and not isinstance(row.default, ByContext):
            found.add("default")
        if (row.negation is Negation.NEVER) != other.fixed:
            found.add("negation")
        if mode in ("if-Ethernet", "if-port-channel") and row.inherited != other.member:
            found.add("inherited")
    return {(row.mode, row.command, what) for what in found}


_AS_TEXT = "corpus/nxos shows its shape alone; the switch keeps the line as typed"
_REPEATED = "members may repeat it (vpc-reference 7.9) or not (corpus pairs/suzieq-leaf12): neither is a difference"
_NAMED = "the catalogue names the state without a line (DME), the switch prints none"

_OF_ENGINE = next(row.command for row in ROWS if "engineID" in row.command)

REASONS: dict[Difference, str] = {
    ("", "hostname <word>", "default"): "the switch's own prompt; an intent always has a name",
    ("", "system default switchport", "default"): "vpc-reference 7.17: by platform, read off the ports",
    ("", "system vlan <int> reserve", "default"): "on the switch the word behind the number is part of the value",
    ("", "install feature-set <#word>", "known"): _AS_TEXT,
    ("", "feature-set <#word>", "known"): _AS_TEXT,
    ("", "system nve infra-vlans <vlans>", "kind"): (
        "vpc-reference 7.13 counts it among what adds up; typed whole, after what leaves it, it is right either way"
    ),
    ("", "banner {#motd|exec} <text>", "known"): "the switch reads banners before it looks at its table",
    ("", "username <#word> role <#word>", "known"): _AS_TEXT,
    ("", "snmp-server community <#text>", "known"): _AS_TEXT,
    (
        "",
        _OF_ENGINE,
        "kind",
    ): "the engine that tells one user from another ends the line: an effect of the switch's row, not its key",
    ("", "spanning-tree vlan <vlans> priority <#int>", "default"): "said by `neutral`: the value stands in the key",
    ("", "spanning-tree mst <instances> priority <#int>", "default"): "said by `neutral`: the value stands in the key",
    ("", "spanning-tree port type {edge|network} default", "default"): _NAMED,
    ("", "spanning-tree port type {edge|network} default", "kind"): "two lines of which one ends the other: one value",
    ("", "ip prefix-list <#word> seq <#int> <text>", "kind"): "the switch keeps entries as typed, without numbers",
    ("", "ipv6 prefix-list <#word> seq <#int> <text>", "kind"): "the switch keeps entries as typed, without numbers",
    ("address-family", "route-target <#text>", "known"): "the switch takes any line in an address family",
    ("access-list", "<#int> <text>", "known"): "the switch takes any line in a list",
    ("vpc-domain", "auto-recovery reload-delay <int>", "default"): (
        "vpc-reference 2.1: 240 s; the switch prints it when typed, as it switches auto-recovery on"
    ),
    ("interface", "negotiate auto", "inherited"): _REPEATED,
    ("interface", "spanning-tree port type {normal|edge|edge trunk|network}", "inherited"): _REPEATED,
    ("interface", "spanning-tree guard {root|loop|none}", "inherited"): _REPEATED,
    ("interface", "spanning-tree bpduguard {enable|disable}", "inherited"): _REPEATED,
    ("interface", "spanning-tree bpdufilter {enable|disable}", "inherited"): _REPEATED,
    ("interface", "spanning-tree cost <int>", "inherited"): _REPEATED,
    ("interface", "spanning-tree port-priority <int>", "inherited"): _REPEATED,
    ("interface", "spanning-tree link-type {auto|point-to-point|shared}", "inherited"): _REPEATED,
    ("interface", "spanning-tree mst simulate pvst [disable]", "inherited"): _REPEATED,
    ("interface", "storm-control broadcast level <word>", "inherited"): _REPEATED,
    ("interface", "storm-control multicast level <word>", "inherited"): _REPEATED,
    ("interface", "storm-control unicast level <word>", "inherited"): _REPEATED,
    ("interface", "storm-control action {shutdown|trap}", "inherited"): _REPEATED,
    ("interface", "spanning-tree bpduguard {enable|disable}", "default"): _NAMED,
    ("interface", "spanning-tree bpdufilter {enable|disable}", "default"): _NAMED,
    ("interface", "spanning-tree mst simulate pvst [disable]", "default"): _NAMED,
    ("interface", "udld {enable|disable|aggressive}", "default"): _NAMED,
    ("interface", "vrf member <word>", "default"): _NAMED,
    ("interface", "spanning-tree cost <int>", "default"): "`auto` is what a missing line means; no device prints it",
    ("interface", "fabric forwarding mode anycast-gateway", "kind"): "VXG: the one mode there is; a value or a flag",
    (
        "hsrp",
        "preempt",
        "kind",
    ): "on the switch its delay replaces the bare line, which `kept_by` therefore keeps",
}


def test_each_difference_has_its_reason() -> None:
    """Where the two tables differ stands in a list with its reason; nothing stands there that is none."""
    found = {each for row in ROWS if row.kind is not Known.NOISE and row.mode in MODES for each in differences(row)}
    assert found - REASONS.keys() == set(), "new differences"
    assert REASONS.keys() - found == set(), "differences that are gone"


NOT_MODELLED = {
    "af: router-id",
    "global: aaa group server * *",
    "global: boot kickstart",
    "global: boot nxos",
    "global: boot system",
    "global: callhome",
    "global: cfs eth distribute",
    "global: cfs ipv4 distribute",
    "global: class-map",
    "global: clock timezone",
    "global: copp profile",
    "global: event manager applet *",
    "global: evpn multisite border-gateway *",
    "global: fex *",
    "global: hardware profile tcam resource template",
    "global: ip as-path access-list",
    "global: ip community-list",
    "global: ip domain-name",
    "global: key chain *",
    "global: lacp system-priority",
    "global: line *",
    "global: logging level *",
    "global: logging server *",
    "global: monitor session *",
    "global: ntp peer *",
    "global: ntp server *",
    "global: ntp source-interface",
    "global: object-group",
    "global: password strength-check",
    "global: policy-map",
    "global: port-profile",
    "global: role name *",
    "global: route-map",
    "global: router bgp *",
    "global: router eigrp *",
    "global: router isis *",
    "global: router ospf *",
    "global: router ospfv3 *",
    "global: scheduler job name *",
    "global: scheduler schedule name *",
    "global: snmp-server contact",
    "global: snmp-server location",
    "global: snmp-server source-interface *",
    "global: system qos",
    "global: telemetry",
    "global: track *",
    "global: vdc *",
    "global: virtual-service *",
    "global: vlan configuration *",
    "hsrp: address",
    "hsrp: shutdown",
    "interface: bandwidth inherit",
    "interface: cdp enable",
    "interface: fex associate",
    "interface: ip ospf passive-interface",
    "interface: ip router isis",
    "interface: load-interval counter *",
    "interface: priority-flow-control mode",
    "vrf: ip domain-name",
}
"""Commands of the switch that no row of the catalogue reads, because nothing of a pair is in them."""


def test_what_the_catalogue_does_not_know() -> None:
    """What the switch knows and the catalogue does not is a list, too: such lines are compared as text."""
    met_rows = {other for row in ROWS if row.mode in MODES for _, other in met(row)}
    found = {
        f"{'interface' if mode in INTERFACES else mode}: {other}"
        for modes in MODES.values()
        for mode in modes
        for other in lab.MODES[mode]
        if other.kind is not Kind.LOOSE and other not in met_rows
    }
    assert found == NOT_MODELLED
