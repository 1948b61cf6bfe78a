"""For every row of the catalogue, configurations that differ in its lines alone: what a plan does with each is seen.

``python -m tests.plan_rows`` prints how many lines of each row were typed.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, pairwise

from mlagkit.nxos.catalogue import ROWS, Kind, Row, recognise
from mlagkit.nxos.context import Context
from mlagkit.nxos.lab.load import load
from tests.catalogue_lines import samples
from tests.catalogue_lines import text as line_of
from tests.diff_cases import FEATURES
from tests.plan_journey import STRICT, Journey, always, journey, never, troubles

KNOWN = [row for row in ROWS if row.kind is not Kind.NOISE]
_BASE = f"{FEATURES}feature vrrpv3\nfeature ospf\nfeature pim\n"

_PLACES: Mapping[str, Sequence[Sequence[str]]] = {
    "": ((),),
    "vlan": (("vlan 10",),),
    "mst": (("spanning-tree mst configuration",),),
    "pseudo-information": (("spanning-tree pseudo-information",),),
    "vrf": (("vrf context A",),),
    "address-family": (("vrf context A", "address-family ipv4 unicast"),),
    "vpc-domain": (("vpc domain 1",),),
    "interface": (
        ("interface port-channel10",),
        ("interface Ethernet1/7",),
        ("interface Vlan10",),
        ("interface Ethernet1/7.10",),
        ("interface loopback1",),
    ),
    "hsrp": (("interface Vlan10", "hsrp 1"),),
    "vrrp": (("interface Vlan10", "vrrp 1"),),
    "vrrpv3": (("interface Vlan10", "vrrpv3 1 address-family ipv4"),),
    "nve": (("interface nve1",),),
    "nve-vni": (("interface nve1", "member vni 10010"),),
    "evpn": (("evpn",),),
    "evpn-vni": (("evpn", "vni 10010 l2"),),
    "access-list": (("ip access-list A",),),
}
"""Where the lines of a mode may stand; a switch takes some of them on some kinds of interface alone."""

_INTERFACES = _PLACES["interface"]

_LINES: Mapping[str, Sequence[str]] = {
    "feature <#text>": ("feature dhcp", "feature bfd"),
    "auto-recovery reload-delay <int>": ("auto-recovery reload-delay 300", "auto-recovery reload-delay 360"),
    "system jumbomtu <int>": ("system jumbomtu 9000", "system jumbomtu 8000"),
    "ip router ospf <#word> area <word>": ("ip router ospf A area 0.0.0.0", "ip router ospf A area 0.0.0.1"),
    "source-interface <interface>": ("source-interface loopback0", "source-interface loopback1"),
    "global ingress-replication protocol <word>": ("global ingress-replication protocol bgp",),
    "global mcast-group <ip> L2": ("global mcast-group 239.0.0.1 L2", "global mcast-group 239.0.0.2 L2"),
    "global mcast-group <ip> L3": ("global mcast-group 239.0.0.1 L3", "global mcast-group 239.0.0.2 L3"),
    "multisite border-gateway interface <interface>": (
        "multisite border-gateway interface loopback0",
        "multisite border-gateway interface loopback1",
    ),
    "interface <#interface>": ("interface port-channel10", "interface Vlan20"),
    "hsrp version <int>": ("hsrp version 2",),
    "timers advertise <int>": ("timers advertise 500", "timers advertise 2000"),
    "ip address <prefix>": ("ip address 192.0.2.1/24", "ip address 192.0.2.2/24"),
    "ipv6 address <#prefix>": ("ipv6 address 2001:db8::1/64", "ipv6 address 2001:db8::2/64"),
    "peer-keepalive <text>": (
        "peer-keepalive destination 192.0.2.1 source 192.0.2.2",
        "peer-keepalive destination 192.0.2.3 source 192.0.2.2 vrf A",
    ),
    "snmp-server user <#word> <#word> [<text>]": (
        "snmp-server user ops network-operator auth md5 0x1 localizedkey",
        "snmp-server user ops network-admin auth md5 0x2 localizedkey",
    ),
    "switchport": ("no switchport",),
    "address <ip>": ("address 192.0.2.1", "address 192.0.2.2"),
    "spanning-tree vlan <vlans> priority <#int>": (
        "spanning-tree vlan 10-20 priority 4096",
        "spanning-tree vlan 15-30 priority 8192",
    ),
    "spanning-tree mst <instances> priority <#int>": (
        "spanning-tree mst 0-1 priority 4096",
        "spanning-tree mst 1-2 priority 8192",
    ),
    "route-target <#text>": ("route-target both auto", "route-target import 65000:10"),
}
"""Lines of rows whose parameter takes anything in the catalogue, but not on a switch."""


_WHOLE: Mapping[str, Sequence[str]] = {
    "spanning-tree mst configuration": ("", "spanning-tree mst configuration\n  name one\n"),
    "spanning-tree pseudo-information": ("", "spanning-tree pseudo-information\n  vlan 10 root priority 4096\n"),
    "evpn": ("", "evpn\n  vni 10010 l2\n"),
    "channel-group <int> [force] [mode {on|active|passive}]": tuple(
        f"interface port-channel10\ninterface port-channel20\ninterface Ethernet1/7\n{line}"
        for line in ("", *(f"  channel-group {how}\n" for how in ("10", "20 mode active", "20 mode passive")))
    ),
    "vpc peer-link": (
        "interface port-channel10\n",
        "interface port-channel10\n  spanning-tree port type network\n  vpc peer-link\n",
    ),
}
"""Whole configurations for rows whose lines need others."""


def lines(row: Row) -> list[str]:
    """Some lines of a row, the ``no`` forms of flags among them, in another value where there is one."""
    positive = list(_LINES.get(row.command) or dict.fromkeys(map(line_of, islice(samples(row), 6))))
    others = [line.replace("10", "20") for line in positive[:1] if "10" in line]
    others += [line.replace("alpha", "omega") for line in positive[:1] if "alpha" in line]
    negative = [f"no {line.removeprefix('no ')}" for line in positive[:2]] if _is_on(row) else []
    found = (line for line in negative + positive + others if ", " not in line)
    return [line for line in found if (known := recognise(row.mode, line)) and known.row.command == row.command]


def _is_on(row: Row) -> bool:
    return row.takes_out or (row.kind is Kind.FLAG and bool(row.default_in(Context())))


def cases(row: Row) -> Iterator[tuple[str, str]]:
    """Configurations before and after, in every place where a switch takes lines of the row."""
    yield from pairwise(_BASE + text for text in _WHOLE.get(row.command, ()))
    for place in _PLACES.get(row.mode, ()):
        bare = _with(place, "")
        texts = [_with(place, line) for line in lines(row)]
        taken = [text for text in texts if not troubles(text) and not (place in _INTERFACES and load(text).unmodelled)]
        yield from pairwise((bare, *taken[:4]))
        if taken[2:]:
            yield taken[-1], taken[0]


def _with(place: Sequence[str], line: str) -> str:
    margins = ["  " * depth for depth in range(len(place) + 1)]
    inside = [margin + text for margin, text in zip(margins, (*place, line), strict=True) if text]
    return _BASE + "\n".join(inside) + "\n"


def journeys(row: Row) -> Iterator[tuple[str, str, Journey]]:
    """What came of each of them."""
    for before, after in cases(row):
        for policy_of in (never, always):
            yield before, after, journey(before, after, STRICT, policy_of)


def table(typed: Mapping[Row, int]) -> str:
    """How many lines of each row were typed, for a reader."""
    return "".join(f"{typed.get(row, 0):7}  {row.mode:18} {row.command}\n" for row in KNOWN)


def main() -> int:
    """Try every row, and count."""
    typed: Counter[Row] = Counter()
    wrong = 0
    for row in KNOWN:
        for _, _, found in journeys(row):
            typed.update(found.rows)
            wrong += bool(found.faults)
    sys.stdout.write(table(typed))
    reached = sum(typed[row] > 0 for row in KNOWN)
    sys.stdout.write(f"{reached} of {len(KNOWN)} rows were typed; {wrong} of the ways failed\n")
    return int(wrong > 0 or reached < len(KNOWN))


if __name__ == "__main__":
    sys.exit(main())
