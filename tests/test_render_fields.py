"""A knob is one field, one row of the catalogue, one line of a template: each leads to the next and back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from mlagkit import switch
from mlagkit.expand import expand
from mlagkit.expand.fill import NOTHING, Default, defaults, fill
from mlagkit.intent.load import load_pair
from mlagkit.nxos.catalogue import ROWS, Kind, Line, VlanEdit, recognise
from mlagkit.nxos.catalogue.row import Row
from mlagkit.nxos.context import Context
from mlagkit.render import render
from mlagkit.switch import Switch
from mlagkit.values import InterfaceName, VlanSet

PAIRS = Path(__file__).parent / "fixtures" / "pairs"
ROWS_WITH_FIELD = [row for row in ROWS if row.field and row.kind is not Kind.NOISE]
VLANS = VlanSet.parse("7,20-25")

# Values that can't be guessed from the type of the default: what to set, and how its lines must read.
SAMPLES: Mapping[tuple[str, str], tuple[object, tuple[str, ...]]] = {
    ("", "name"): ("leaf-x", ("hostname leaf-x",)),
    ("", "features"): (frozenset({"nv overlay", "bgp"}), ("feature bgp", "feature nv overlay")),
    ("", "switchport_default"): (False, ("no system default switchport",)),
    ("", "anycast_gateway_mac"): ("0200.0000.aaaa", ("fabric forwarding anycast-gateway-mac 0200.0000.aaaa",)),
    ("", "load_balance"): ("src-dst ip", ("port-channel load-balance src-dst ip",)),
    ("", "vlans"): ({20: 20, 7: 7}, ("vlan 7,20",)),
    ("", "spanning_tree.priority"): ({4096: VLANS}, ("spanning-tree vlan 7,20-25 priority 4096",)),
    ("", "spanning_tree.mst_priority"): ({0: VlanSet((0, 3))}, ("spanning-tree mst 0,3 priority 0",)),
    ("", "spanning_tree.disabled_vlans"): (VLANS, ("no spanning-tree vlan 7,20-25",)),
    ("", "routes"): (
        (switch.Route(prefix="192.0.2.0/24", next_hop="192.0.2.1", name="x", tag=5, preference=10),),
        ("ip route 192.0.2.0/24 192.0.2.1 name x tag 5 10",),
    ),
    ("mst", "instances"): ({2: VLANS, 1: VlanSet((1,))}, ("instance 1 vlan 1", "instance 2 vlan 7,20-25")),
    ("pseudo-information", "root_priority"): ({0: VLANS}, ("vlan 7,20-25 root priority 0",)),
    ("pseudo-information", "designated_priority"): ({8192: VLANS}, ("vlan 7,20-25 designated priority 8192",)),
    ("vrf", "routes"): ((switch.Route(prefix="0.0.0.0/0", next_hop="Null0"),), ("ip route 0.0.0.0/0 Null0",)),
    ("address-family", "route_targets"): (
        ("both auto", "import 1:1"),
        ("route-target import 1:1", "route-target both auto"),
    ),
    ("vpc-domain", "system_mac"): ("0200.0000.0101", ("system-mac 0200.0000.0101",)),
    ("vpc-domain", "virtual_peer_link"): (
        switch.VirtualPeerLink(destination="192.0.2.2", source="192.0.2.1", dscp=56),
        ("virtual peer-link destination 192.0.2.2 source 192.0.2.1 dscp 56",),
    ),
    ("vpc-domain", "keepalive"): ("192.0.2.9", ("peer-keepalive destination 192.0.2.9",)),
    ("interface", "mst_simulate_pvst"): ("disable", ("spanning-tree mst simulate pvst disable",)),
    ("interface", "mode"): ("trunk", ("switchport mode trunk",)),
    ("interface", "vlans"): (VLANS, ("switchport trunk allowed vlan 7,20-25",)),
    ("interface", "channel"): (12, ("channel-group 12 mode active",)),
    ("interface", "vpc"): (12, ("vpc 12",)),
    ("interface", "storm_control.broadcast"): ("5.00", ("storm-control broadcast level 5.00",)),
    ("interface", "storm_control.multicast"): ("5.00", ("storm-control multicast level 5.00",)),
    ("interface", "storm_control.unicast"): ("0.00", ("storm-control unicast level 0.00",)),
    ("interface", "ospf"): (
        {"B": "0.0.0.1", "A": "0.0.0.0"},
        ("ip router ospf A area 0.0.0.0", "ip router ospf B area 0.0.0.1"),
    ),
    ("interface", "address"): ("192.0.2.1/24", ("ip address 192.0.2.1/24",)),
    ("interface", "ip_unnumbered"): ("loopback1", ("ip unnumbered loopback1",)),
    ("interface", "mac_address"): ("0200.0000.0001", ("mac-address 0200.0000.0001",)),
    ("interface", "secondary_addresses"): (("192.0.2.1/24",), ("ip address 192.0.2.1/24 secondary",)),
    ("interface", "ipv6_addresses"): (("2001:db8::1/64",), ("ipv6 address 2001:db8::1/64",)),
    ("interface", "dhcp_relay"): (("192.0.2.5",), ("ip dhcp relay address 192.0.2.5",)),
    ("hsrp", "address"): ("192.0.2.1", ("ip 192.0.2.1",)),
    ("hsrp", "secondary_addresses"): (("192.0.2.2",), ("ip 192.0.2.2 secondary",)),
    ("hsrp", "preempt_delay"): ("minimum 60 reload 120", ("preempt delay minimum 60 reload 120",)),
    ("hsrp", "timers"): ("msec 250 msec 750", ("timers msec 250 msec 750",)),
    ("hsrp", "mac_address"): ("0200.0000.0001", ("mac-address 0200.0000.0001",)),
    ("hsrp", "authentication"): ("text x", ("authentication text x",)),
    ("hsrp", "track"): ({2: None, 1: 20}, ("track 1 decrement 20", "track 2")),
    ("vrrp", "address"): ("192.0.2.1", ("address 192.0.2.1",)),
    ("vrrp", "secondary_addresses"): (("192.0.2.2",), ("address 192.0.2.2 secondary",)),
    ("vrrp", "authentication"): ("text x", ("authentication text x",)),
    ("vrrp", "track"): ({2: None}, ("track 2",)),
    ("vrrpv3", "address"): ("2001:db8::1", ("address 2001:db8::1 primary",)),
    ("vrrpv3", "secondary_addresses"): (("192.0.2.2",), ("address 192.0.2.2 secondary",)),
    ("vrrpv3", "track"): ({2: None, 1: 20}, ("object-track 1 decrement 20", "object-track 2")),
    ("nve", "global_ingress_replication"): ("bgp", ("global ingress-replication protocol bgp",)),
    ("nve", "global_mcast_group_l2"): ("239.0.0.1", ("global mcast-group 239.0.0.1 L2",)),
    ("nve", "global_mcast_group_l3"): ("239.0.0.1", ("global mcast-group 239.0.0.1 L3",)),
    ("nve", "multisite_interface"): ("loopback100", ("multisite border-gateway interface loopback100",)),
    ("nve", "source_interface"): ("loopback1", ("source-interface loopback1",)),
    ("evpn-vni", "route_targets"): (
        ("both auto", "export 1:1", "import 1:1", "import auto"),
        ("route-target import auto", "route-target import 1:1", "route-target export 1:1", "route-target both auto"),
    ),
    ("nve-vni", "mcast_group"): ("239.0.0.1", ("mcast-group 239.0.0.1",)),
}

SAMPLES_OF_COMMANDS: Mapping[str, tuple[object, tuple[str, ...]]] = {
    "ip <#ipv6>": (("2001:db8::2", "fe80::2"), ("ip 2001:db8::2", "ip fe80::2")),
    "ipv6 route <#text>": (
        (switch.Route(prefix="2001:db8::/32", next_hop="2001:db8::1"),),
        ("ipv6 route 2001:db8::/32 2001:db8::1",),
    ),
}

# Fields without a row of their own, each with the line that carries them, or why none does.
NO_ROW: Mapping[type, frozenset[str]] = {
    switch.Domain: frozenset({"id"}),  # the block's first line
    switch.Vlan: frozenset({"id"}),
    switch.Port: frozenset({"name", "lacp", "members", "host"}),  # channel-group carries lacp and makes the members
    switch.Svi: frozenset({"name", "hsrp", "vrrp", "vrrpv3"}),
    switch.Loopback: frozenset({"name"}),
    switch.Hsrp: frozenset({"group", "family", "forwarding_threshold"}),  # the threshold ends the priority's line
    switch.Vrrp: frozenset({"group"}),
    switch.Vrrpv3: frozenset({"group", "family"}),
    switch.Nve: frozenset({"name", "vnis"}),
    switch.Vni: frozenset({"vni", "associate_vrf"}),
    switch.EvpnVni: frozenset({"vni"}),
    switch.Vrf: frozenset({"name", "families"}),
    switch.AddressFamily: frozenset({"name"}),
    switch.Mst: frozenset(),
    switch.PseudoInformation: frozenset(),
}
MODES: Mapping[type, str] = {
    switch.Domain: "vpc-domain",
    switch.Vlan: "vlan",
    switch.Port: "interface",
    switch.Svi: "interface",
    switch.Loopback: "interface",
    switch.Hsrp: "hsrp",
    switch.Vrrp: "vrrp",
    switch.Vrrpv3: "vrrpv3",
    switch.Nve: "nve",
    switch.Vni: "nve-vni",
    switch.EvpnVni: "evpn-vni",
    switch.Vrf: "vrf",
    switch.AddressFamily: "address-family",
    switch.Mst: "mst",
    switch.PseudoInformation: "pseudo-information",
}


@dataclass(frozen=True)
class Found:
    """A rendered line in its block, as the catalogue reads it."""

    block: str
    mode: str
    text: str
    line: Line | None


def read(text: str) -> Iterator[Found]:
    """Every line of a configuration with its mode, found as a device would: by what the line above it opened."""
    opened: list[tuple[int, str, str]] = []
    for raw in filter(str.strip, text.splitlines()):
        indent = len(raw) - len(raw.lstrip())
        while opened and opened[-1][0] >= indent:
            opened.pop()
        mode = opened[-1][1] if opened else ""
        line = recognise(mode, raw.strip())
        yield Found(" / ".join(block for _, _, block in opened), mode, raw.strip(), line)
        if line and line.row.opens:
            opened.append((indent, line.row.opens, raw.strip()))


@cache
def base() -> Switch:
    """A small switch that everything else is put on."""
    pair = load_pair(PAIRS / "small" / "pair.yaml")
    return expand(pair)[pair.hostnames[0]]


def part(kind: type, mode: str, fixed: Mapping[str, object], at: str = "Ethernet1/9") -> Any:  # noqa: ANN401
    """A part with nothing but defaults; what it is depends on the mode."""
    context = Context().at(InterfaceName(at)) if mode in ("interface", "nve") else Context()
    known = defaults(mode, context)
    empty = {each.name: False for each in fields(kind) if each.type == "bool" and each.name not in known}
    return fill(kind, Default(empty, known), **{"path": (), **fixed})


def interface(kind: type, name: str, fixed: Mapping[str, object]) -> Any:  # noqa: ANN401
    """An interface with nothing but defaults."""
    return part(kind, "interface", {"name": InterfaceName(name), **fixed}, name)


def with_value(thing: Any, field: str, value: object) -> Any:  # noqa: ANN401
    """The same part with another value, also of a field of a field."""
    name, _, rest = field.partition(".")
    return replace(thing, **{name: with_value(getattr(thing, name), rest, value) if rest else value})


def port(name: str) -> Any:  # noqa: ANN401
    """A port with nothing but defaults."""
    storm = fill(switch.StormControl, defaults("interface", Context(), "storm_control."))
    return interface(switch.Port, name, {"mode": "access", "storm_control": storm})


def svi(**groups: object) -> Any:  # noqa: ANN401
    """An SVI with nothing but defaults."""
    return interface(switch.Svi, "Vlan20", {"vlan": 20, **groups})


def candidates(row: Row, value: object) -> Iterator[tuple[str, Switch]]:
    """The switches on which the row's field has that value, one for each kind of part that has it, and the block."""
    field = row.field or ""
    if row.mode == "":
        yield from globally(field, value)
    elif row.mode == "interface":
        yield from on_interfaces(field, value)
    elif field == "keepalive":
        yield (
            "vpc domain 1",
            replace(base(), keepalive=fill(switch.Keepalive, NOTHING, destination=value, vrf="management")),
        )
    else:
        yield in_a_block(row.mode, field, value)


def globally(field: str, value: object) -> Iterator[tuple[str, Switch]]:
    """Fields of the switch itself and of its spanning tree."""
    if field == "vlans" and isinstance(value, dict):
        value = {number: part(switch.Vlan, "vlan", {"id": number}) for number in value}
    yield "", with_value(base(), field, value)


def on_interfaces(field: str, value: object) -> Iterator[tuple[str, Switch]]:
    """The same field on every kind of interface that has it; the ``vlan`` of an SVI is its number."""
    first = field.partition(".")[0]
    for name in ("Ethernet1/9", "port-channel9"):
        if hasattr(plain := port(name), first):
            more = {"lacp": "active"} if field == "channel" else {}
            changed = replace(with_value(plain, field, value), **more)
            yield f"interface {name}", replace(base(), ports={InterfaceName(name): changed})
    if hasattr(plain := svi(), first) and field != "vlan":
        yield "interface Vlan20", replace(base(), svis={20: with_value(plain, field, value)})
    if hasattr(loopback := interface(switch.Loopback, "loopback9", {}), first):
        yield "interface loopback9", replace(base(), loopbacks={9: with_value(loopback, field, value)})


def in_a_block(mode: str, field: str, value: object) -> tuple[str, Switch]:
    """The field in the one block of its mode."""
    tree = base().spanning_tree
    family = "ipv6" if isinstance(value, tuple) and ":" in str(value) else "ipv4"
    nve = part(switch.Nve, "nve", {"name": InterfaceName("nve1")}, "nve1")
    blocks: Mapping[str, tuple[str, type, Mapping[str, object], Callable[[Any], Mapping[str, object]]]] = {
        "vlan": ("vlan 20", switch.Vlan, {"id": 20}, lambda it: {"vlans": {20: it}}),
        "mst": ("spanning-tree mst configuration", switch.Mst, {}, lambda it: {"spanning_tree": replace(tree, mst=it)}),
        "pseudo-information": (
            "spanning-tree pseudo-information",
            switch.PseudoInformation,
            {},
            lambda it: {"spanning_tree": replace(tree, pseudo_information=it)},
        ),
        "vrf": ("vrf context red", switch.Vrf, {"name": "red"}, lambda it: {"vrfs": {"red": it}}),
        "address-family": (
            "vrf context red / address-family ipv4 unicast",
            switch.AddressFamily,
            {"name": "ipv4"},
            lambda it: {"vrfs": {"red": part(switch.Vrf, "vrf", {"name": "red", "families": (it,)})}},
        ),
        "vpc-domain": (
            "vpc domain 1",
            switch.Domain,
            {"id": 1, "delay_restore": fill(switch.DelayRestore, defaults("vpc-domain", Context(), "delay_restore."))},
            lambda it: {"domain": it},
        ),
        "hsrp": (
            f"interface Vlan20 / hsrp 1{' ipv6' * (family == 'ipv6')}",
            switch.Hsrp,
            {"group": 1, "family": family},
            lambda it: {"svis": {20: svi(hsrp=(it,))}},
        ),
        "vrrp": ("interface Vlan20 / vrrp 1", switch.Vrrp, {"group": 1}, lambda it: {"svis": {20: svi(vrrp=(it,))}}),
        "vrrpv3": (
            "interface Vlan20 / vrrpv3 1 address-family ipv6",
            switch.Vrrpv3,
            {"group": 1, "family": "ipv6"},
            lambda it: {"svis": {20: svi(vrrpv3=(it,))}},
        ),
        "nve": ("interface nve1", switch.Nve, {"name": InterfaceName("nve1")}, lambda it: {"nve": it}),
        "nve-vni": (
            "interface nve1 / member vni 5000",
            switch.Vni,
            {"vni": 5000},
            lambda it: {"nve": replace(nve, vnis=(it,))},
        ),
        "evpn-vni": ("evpn / vni 5000 l2", switch.EvpnVni, {"vni": 5000}, lambda it: {"evpn": {5000: it}}),
    }
    block, kind, fixed, put = blocks[mode]
    changed = with_value(part(kind, mode, fixed, "nve1"), field, value)
    return block, replace(base(), **put(changed))  # type: ignore[arg-type]  # by name


def sample(row: Row) -> tuple[object, tuple[str, ...] | None]:
    """A value that is not the default, and the lines that it must make where they are more than the value says."""
    assert row.field
    if row.command in SAMPLES_OF_COMMANDS:
        return SAMPLES_OF_COMMANDS[row.command]
    if (row.mode, row.field) in SAMPLES:
        return SAMPLES[row.mode, row.field]
    default = row.default_in(Context())
    if row.kind is Kind.FLAG:
        return not default, None
    if row.kind is Kind.VLANS:
        return VLANS, None
    if "{" in row.command:
        choices = row.command.partition("{")[2].partition("}")[0].split("|")
        return next(choice for choice in choices if choice != default), None
    if "<int>" in row.command:
        return (default + 1 if isinstance(default, int) else 33), None
    return "some-text", None


@pytest.mark.parametrize("row", ROWS_WITH_FIELD, ids=lambda row: f"{row.mode or 'global'}:{row.command}")
def test_field_row_template(row: Row) -> None:
    """Each field that a row names is printed when it is not at its default, and read back as that field and value."""
    value, lines = sample(row)
    for block, changed in candidates(row, value):
        if value is at_default(row, block):
            continue
        found = [each for each in read(render(changed)) if each.line and each.line.row is row and each.block == block]
        if lines is not None:
            assert [each.text for each in found] == list(lines), block
        else:
            assert len(found) == 1, (block, render(changed))
            assert said(found[0].line) == value, block


@pytest.mark.parametrize("row", ROWS_WITH_FIELD, ids=lambda row: f"{row.mode or 'global'}:{row.command}")
def test_default_is_hidden(row: Row) -> None:
    """A field at its default has no line."""
    if isinstance(sample(row)[0], tuple | dict | frozenset):
        return  # a line for each, so none by default
    for default in {row.default_in(Context().at(InterfaceName(name))) for name in ("Ethernet1/9", "Vlan20")} - {None}:
        for block, changed in candidates(row, default):
            if default != at_default(row, block):
                continue
            assert not [
                each for each in read(render(changed)) if each.block == block and each.line and each.line.row is row
            ]


def at_default(row: Row, block: str) -> object:
    """The default of a row's field in that block."""
    name = block.rpartition("interface ")[2].partition(" ")[0] if row.mode in ("interface", "nve") else ""
    return row.default_in(Context().at(InterfaceName(name)) if name else Context())


def said(line: Line | None) -> object:
    """The value that a line gives to its field."""
    assert line
    if line.row.kind is Kind.FLAG:
        return not line.negated
    return line.value.vlans if isinstance(line.value, VlanEdit) else line.value


def test_shutdown() -> None:
    """An interface that is up or down by default says so where it is not."""
    down = {name: replace(port(name), shutdown=True) for name in map(InterfaceName, ("Ethernet1/9", "port-channel9"))}
    up = {20: replace(svi(), shutdown=False)}
    text = render(replace(base(), ports=down, svis=up))
    found = {each.block: each.text for each in read(text) if each.line and each.line.row.field == "shutdown"}
    assert found == {
        "interface Vlan20": "no shutdown",
        "interface port-channel9": "shutdown",
        "interface Ethernet1/9": "shutdown",
    }


@pytest.mark.parametrize("kind", MODES, ids=lambda kind: kind.__name__)
def test_every_field_has_a_row(kind: type) -> None:
    """No field of a part is without a row, but for those whose line says something else, too."""
    rows = {(row.field or "").partition(".")[0] for row in ROWS if row.mode == MODES[kind]}
    names = {field.name for field in fields(kind)} - {"path", "extra"}
    assert names - rows == NO_ROW[kind]


def test_samples_are_needed() -> None:
    """Each sample belongs to a row that exists."""
    assert set(SAMPLES) <= {(row.mode, row.field) for row in ROWS_WITH_FIELD}
