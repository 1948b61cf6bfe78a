"""Single values of generated pair files: numbers, texts by their pattern, lists of VLANs, raw lines."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from hypothesis import strategies as st

from mlagkit.intent import forms, routing, svis, text
from mlagkit.nxos.catalogue import ROWS
from mlagkit.values import VlanSet

Schema = dict[str, Any]
Texts = st.SearchStrategy[str]


def form_of(alias: object) -> Schema:
    """What the schema says of a text that the loader reads, or of one of its items."""
    form = dict(alias.__metadata__[0].form)  # type: ignore[attr-defined]  # an Annotated
    return form["anyOf"][0] if "anyOf" in form else form


def pattern_of(alias: object) -> str:
    """The pattern of such a text."""
    return str(form_of(alias)["pattern"])


_DEFAULTS = {int(value) for row in ROWS for value in (row.default, row.neutral) if type(value) is int}


@cache
def numbers(low: int, high: int, step: int = 1) -> st.SearchStrategy[int]:
    """Numbers of a range; what is a default somewhere, and both ends, more often than others."""
    often = sorted({low, high, *(number for number in _DEFAULTS if low <= number <= high and number % step == 0)})
    if high == low:
        return st.just(low)
    return st.one_of(st.integers(low // step, high // step).map(lambda n: n * step), st.sampled_from(often))


VLANS = st.one_of(st.integers(1, 40), st.sampled_from((1, 1002, 3967, 3968, 4094)))
LONG = st.integers(1, 3).map(lambda step: VlanSet(range(step, 200 + 100 * step, step + 1)))
"""A list that no line holds."""
VLAN_SETS = st.one_of(
    st.sets(VLANS, min_size=1, max_size=4).map(VlanSet),
    st.tuples(VLANS, st.integers(0, 30)).map(lambda run: VlanSet(range(run[0], min(run[0] + run[1], 4094) + 1))),
    LONG,
)
SPELLINGS = st.sampled_from((str, lambda vlans: str(vlans).replace(",", ", "), lambda vlans: f" {vlans}"))
VLAN_TEXTS: Texts = st.builds(lambda spell, vlans: spell(vlans), SPELLINGS, VLAN_SETS)

HOSTS = st.integers(1, 254)
V4: Texts = st.builds("{}.{}".format, st.sampled_from(("192.0.2", "198.51.100", "10.1.0", "239.0.0")), HOSTS)
V6_FORMS = ("2001:db8::{:x}", "2001:DB8::{:X}", "2001:db8:0:0:1::{:x}", "fe80::{:x}", "::ffff:192.0.2.{}")
V6: Texts = st.builds(str.format, st.sampled_from(V6_FORMS), HOSTS)
ADDRESSES = st.one_of(V4, V6)
MASKS = ("/32", "/24", "/30", "/0", " 255.255.255.0", "/255.255.0.0")
V4_PREFIXES: Texts = st.builds(str.__add__, V4, st.sampled_from(MASKS))
V6_PREFIXES: Texts = st.builds(str.__add__, V6, st.sampled_from(("/64", "/128", "/0")))
MACS: Texts = st.builds(
    str.format,
    st.sampled_from(("0200.0000.{:04x}", "02:00:00:00:00:{:02x}", "02-00-00-00-00-{:02X}", "020000{:06X}")),
    st.integers(0, 255),
)
ETHERNETS: Texts = st.builds(
    str.__add__,
    st.sampled_from(("Ethernet", "eth", "e", "Ethernet ")),
    st.sampled_from(("1/7", "1/8", "2/1", "1/9/1", "101/1/3")),
)
INTERFACES: Texts = st.one_of(ETHERNETS, st.sampled_from(("loopback0", "lo1", "Vlan10", "port-channel 7", "po7.10")))
WORDS: Texts = st.from_regex(re.compile(r"[!->@-~]{1,12}"), fullmatch=True)
BESIDE_VRF: Texts = st.builds("{} vrf {}".format, ADDRESSES, WORDS)
ON_INTERFACE: Texts = st.builds("{}{} {}".format, st.sampled_from(("Ethernet1/", "e1/", "Vlan")), HOSTS, ADDRESSES)
HOPS = st.one_of(ADDRESSES, BESIDE_VRF, ON_INTERFACE, st.sampled_from(("Null0", "null0", "Ethernet1/1", "Vlan7")))
SECRETS: Texts = st.sampled_from(("env:KEY", "env:KEY_2", "file:/etc/mlagkit/key", "cmd:pass show hsrp"))
RELAYS = st.one_of(ADDRESSES, st.builds("{} use-vrf {}".format, ADDRESSES, WORDS))
FEATURES: Texts = st.one_of(
    st.sampled_from(
        ("bgp", "lldp", "udld", "vpc", "hsrp", "nv overlay", "interface-vlan", "lacp", "fabric forwarding")
    ),
    st.from_regex(re.compile(r"[a-z0-9+-]{1,8}( [a-z0-9+-]{1,8})?"), fullmatch=True),
)
PERCENT = st.integers(0, 10_000)
LEVELS = st.one_of(
    st.integers(0, 100), PERCENT.map(lambda level: level / 100), PERCENT.map(lambda level: f"{level / 100:.2f}")
)

TEXTS: dict[str, Texts] = {
    pattern_of(forms.Address): ADDRESSES,
    pattern_of(forms.IPv4Address): V4,
    pattern_of(forms.Prefix): st.one_of(V4_PREFIXES, V6_PREFIXES),
    pattern_of(forms.IPv4Prefix): V4_PREFIXES,
    pattern_of(forms.IPv6Prefixes): V6_PREFIXES,
    pattern_of(forms.Mac): MACS,
    pattern_of(forms.EthernetKey): ETHERNETS,
    pattern_of(forms.InterfaceRef): INTERFACES,
    pattern_of(routing.NextHop): HOPS,
    pattern_of(svis.DhcpRelays): RELAYS,
    pattern_of(text.SecretRef): SECRETS,
    pattern_of(text.Authentication): st.one_of(SECRETS, WORDS.map("md5 key-chain {}".format)),
}
"""The texts of which a pattern says too little."""


@cache
def texts(pattern: str, shortest: int, longest: int) -> Texts:
    """Texts of a pattern, as the schema has it."""
    if pattern in TEXTS:
        return TEXTS[pattern]
    if pattern.startswith(r"^ *\d{1,4}"):
        return VLAN_TEXTS if "," in pattern else VLANS.map(str)
    if pattern.startswith("^(all|none|except"):
        return st.one_of(st.sampled_from(("all", "none")), VLAN_TEXTS.map("except {}".format))
    found = st.from_regex(re.compile(pattern, re.ASCII), fullmatch=True)
    return found.filter(lambda value: shortest <= len(value) <= longest)


UNKNOWN = (
    "lldp transmit",
    "logging event port link-status",
    "zz new knob",
    "zz new knob 2",
    "no zz",
    "zz  two  blanks",
    "service-policy type qos input marking\n  no-stats",
    "zz block one\n  zz inner\n    zz innermost\n  zz other",
    "zz block one\n zz inner",
    "zz block two\n    zz inner\n    zz other\n      zz innermost",
    'zz "in quotes" \\ and $ { } # and ! and é',
    "! a remark",
)
"""Lines that the catalogue knows in no mode, some with lines below them."""

AT_THE_MARGIN = (
    *UNKNOWN,
    "ntp server 192.0.2.5 use-vrf management",
    "line console\n  exec-timeout 5",
    "router bgp 65000\n  neighbor 192.0.2.9\n    remote-as 65001\n    address-family ipv4 unicast\n      disable",
    "route-map R permit 10\n  match ip address A\n  set metric 5",
    "ip access-list A\n  10 permit ip any any\n  20 deny ip any any",
    "ip access-list A\n  30 deny ip any any",
    "ip prefix-list P seq 5 permit 192.0.2.0/24",
    "username ops password 5 $5$one  role network-admin",
    "username ops password 5 $5$two  role network-admin",
    "snmp-server community alpha group network-operator",
    "banner motd #\nhostname evil\n  vlan 7\n#",
    "banner exec ^one line^",
    "interface Tunnel1\n  description a tunnel\n  ip address 192.0.2.1/30",
    "feature-set fex",
)
"""Such lines, and lines that are known but have no key in a pair file."""

OF_THE_TREE = ("spanning-tree domain 5", "spanning-tree zz\n  zz inner", "no spanning-tree zz")
_POOLS = {"top": AT_THE_MARGIN, "spanning_tree": OF_THE_TREE}


@cache
def raw_lines(place: str) -> Texts:
    """Raw lines of a place: ``top``, ``spanning_tree``, or any block."""
    return st.lists(st.sampled_from(_POOLS.get(place, UNKNOWN)), min_size=1, max_size=3).map("\n".join)
