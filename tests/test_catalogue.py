"""The command catalogue: each row reads its own lines, however they are typed, and no other row does."""

from __future__ import annotations

import dataclasses
import typing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlagkit import switch
from mlagkit.nxos.catalogue import ROWS, Kind, Line, Negation, Row, defaults, recognise
from mlagkit.nxos.catalogue.canonical import canonical_channel_group, canonical_keepalive, canonical_level
from mlagkit.nxos.catalogue.match import command_of, naming, read_line
from mlagkit.nxos.commands import command
from mlagkit.nxos.context import Context
from mlagkit.values import ALL_VLANS, INTERFACE_KINDS, VlanSet
from tests.catalogue_lines import Words, samples, text

REAL = [row for row in ROWS if row.kind is not Kind.NOISE]
ALL = [(row, words) for row in ROWS for words in samples(row)]


def name(row: Row) -> str:
    """A row in the name of a test."""
    return f"{row.mode or 'global'}: {row.command}"


rows = pytest.mark.parametrize("row", ROWS, ids=name)
real_rows = pytest.mark.parametrize("row", REAL, ids=name)


@rows
def test_reads_its_own_lines(row: Row) -> None:
    """A line of a row is read by that row and by no row before it."""
    for words in samples(row):
        found = recognise(row.mode, text(words))
        assert found is not None, text(words)
        assert found.row is row, f"{text(words)}: {found.row.command}"


@rows
def test_case_means_nothing(row: Row) -> None:
    """The words of a command may be written in capitals."""
    for words in samples(row):
        shouted = [(word.upper() if own and not word.startswith("<") else word, own) for word, own in words]
        if row.kind is not Kind.NOISE:
            found, plain = recognise(row.mode, text(shouted)), recognise(row.mode, text(words))
            assert found is not None
            assert (found.row, found.key) == (row, plain and plain.key)


def is_meant(found: Line | None, row: Row, typed: str) -> bool:
    """Whether a line was read by its own row, by none, or by one whose words it has in full, or more of them."""
    if found is None or found.row is row:
        return True
    return read_line(found.row, typed) is not None or whole_words(found.row, typed) > whole_words(row, typed)


def whole_words(row: Row, typed: str) -> int:
    """How many words of a line are words of a command in full."""
    return sum(word == given for word, given in zip(command_of(row.command).words, typed.split(), strict=False))


@real_rows
def test_each_word_may_be_cut_short(row: Row) -> None:
    """A word cut to its first letters is that word, or nothing where it could be two; never another command."""
    for words in samples(row):
        for at, (word, own) in enumerate(words):
            lengths = range(2, len(word)) if own else ()
            meant = [length for length in lengths if (found := cut(row, words, at, length)) and found.row is row]
            assert meant == list(range(min(meant), len(word))) if meant else True, (text(words), word, meant)


def cut(row: Row, words: Words, at: int, length: int) -> Line | None:
    """What the line is with one word cut to that length."""
    short = [(word[:length] if number == at else word, own) for number, (word, own) in enumerate(words)]
    found = recognise(row.mode, text(short))
    assert is_meant(found, row, text(short)), f"{text(short)}: {found and found.row.command}"
    return found


@given(st.sampled_from(ALL), st.data())
def test_all_words_cut_short(sample: tuple[Row, Words], data: st.DataObject) -> None:
    """So it is with several words cut at once."""
    row, words = sample
    short = [(word[: data.draw(st.integers(2, max(2, len(word))))] if own else word, own) for word, own in words]
    found = recognise(row.mode, text(short))
    assert is_meant(found, row, text(short))


UNRECOGNISED = (
    "sw",
    "switchport m",
    "spanning-tree p",
    "ip",
    "interface",
    "vpc domain",
    "vlan ten",
    "vlan 10-5",
    "mtu",
)


@pytest.mark.parametrize("line", UNRECOGNISED)
@pytest.mark.parametrize("mode", ["", "interface", "vpc-domain"])
def test_half_a_command_is_none(mode: str, line: str) -> None:
    """Half a command, or one with a value that it can't have, is not recognised."""
    found = recognise(mode, line)
    assert found is None or (mode, line) == ("interface", "sw")


ABBREVIATED = {
    ("interface", "sw mo tr"): "switchport mode",
    ("interface", "sw tr al vl 5,6"): "switchport trunk allowed vlan",
    ("interface", "sw ac vl 5"): "switchport access vlan",
    ("interface", "chan 10 mo act"): "channel-group force mode",
    ("interface", "desc server"): "description",
    ("interface", "no sh"): "shutdown",
    ("interface", "span po ty ed tr"): "spanning-tree port type",
    ("interface", "vpc pe"): "vpc peer-link",
    ("", "int e1/1"): "interface Ethernet1/1",
    ("", "int po10"): "interface port-channel10",
    ("", "host leaf-1"): "hostname",
    ("", "vrf con RED"): "vrf context RED",
    ("", "span vl 10 pri 4096"): "spanning-tree vlan priority 4096",
    ("vpc-domain", "peer-k dest 192.0.2.1"): "peer-keepalive",
    ("vpc-domain", "rol pri 10"): "role priority",
    ("vpc-domain", "peer-g"): "peer-gateway",
    ("vpc-domain", "peer"): None,
    ("vpc-domain", "auto"): "auto-recovery",
}
"""What people type, and the key that it has; None where it could be several commands."""


@pytest.mark.parametrize(("typed", "key"), ABBREVIATED.items(), ids=str)
def test_abbreviations(typed: tuple[str, str], key: str | None) -> None:
    """The usual abbreviations mean what they mean on a switch (reference 7.16)."""
    found = recognise(*typed)
    assert (found and found.key) == key


@given(
    st.sampled_from(INTERFACE_KINDS),
    st.from_regex(r"[0-9]{1,11}(?:[/.][0-9]{1,3}){0,3}(?: x|,|-2)?", fullmatch=True),
)
def test_printed_interfaces(kind: str, number: str) -> None:
    """The head of an interface as a device prints it means what it does with two blanks, which is looked at closely."""
    assert recognise("", f"interface {kind}{number}") == recognise("", f"interface  {kind}{number}")


def test_keys_are_unique() -> None:
    """No two rows of a mode give lines the same key, but for other spellings of one command."""
    seen: dict[tuple[str, str], Row] = {}
    for row in REAL:
        line = recognise(row.mode, text(next(samples(row))))
        assert line is not None
        if row.alias:
            assert line.key == row.alias
            continue
        assert (row.mode, line.key) not in seen, f"{row.command} and {seen[row.mode, line.key].command}"
        seen[row.mode, line.key] = row


@pytest.mark.parametrize("attribute", ["alias", "implied_by", "kept_by"])
def test_rows_name_keys_that_exist(attribute: str) -> None:
    """A key that a row names is the key of another row of its mode."""
    keys = {(row.mode, line.key) for row, words in ALL if (line := recognise(row.mode, text(words)))}
    named = [(row.mode, getattr(row, attribute)) for row in ROWS if getattr(row, attribute)]
    assert named
    assert set(named) <= keys


MODES = {row.opens for row in ROWS if row.opens} | {""}


@rows
def test_stands_in_a_mode_that_something_opens(row: Row) -> None:
    """A row's mode is that of the left margin or what a block opens, and it says where its facts come from."""
    assert row.mode in MODES
    assert row.source.strip()
    assert (row.kind is Kind.BLOCK) == (row.opens is not None and row.kind is not Kind.VLANS)


@real_rows
def test_no_form_of_the_whole_line(row: Row) -> None:
    """``no`` before a line is the same setting, negated."""
    for words in samples(row):
        plain, negated = recognise(row.mode, text(words)), recognise(row.mode, f"no {text(words)}")
        assert plain is not None
        assert negated is not None
        assert (negated.row, negated.key, negated.negated, plain.negated) == (row, plain.key, True, False)


SETTINGS = [row for row in REAL if row.negation is Negation.WORDS and row.kind in (Kind.VALUE, Kind.FLAG)]


@pytest.mark.parametrize("row", SETTINGS, ids=name)
def test_no_form_of_the_words(row: Row) -> None:
    """``no`` before the words of a setting takes it back (reference 7.14), and is known by the same key."""
    for words in samples(row):
        plain = recognise(row.mode, text(words))
        taken = command(row, text(words), None)
        if row.kind is Kind.VALUE:
            assert taken == f"no {row.undo or text(words[: len(naming(row))])}"
        line = recognise(row.mode, taken)
        assert plain is not None
        assert line is not None
        assert (line.row, line.key, line.negated) == (row, plain.key, taken.startswith("no "))


PARTS: dict[str, tuple[type, ...]] = {
    "": (switch.Switch, switch.SpanningTree),
    "vlan": (switch.Vlan,),
    "mst": (switch.Mst,),
    "pseudo-information": (switch.PseudoInformation,),
    "vrf": (switch.Vrf,),
    "address-family": (switch.AddressFamily,),
    "vpc-domain": (switch.Domain,),
    "interface": (switch.Port, switch.Svi, switch.Loopback),
    "hsrp": (switch.Hsrp,),
    "vrrp": (switch.Vrrp,),
    "vrrpv3": (switch.Vrrpv3,),
    "nve": (switch.Nve,),
    "nve-vni": (switch.Vni,),
    "evpn": (),
    "evpn-vni": (switch.EvpnVni,),
    "access-list": (),
}
"""The parts of a Switch that the lines of a mode fill."""

ELSEWHERE = {
    ("vpc-domain", "keepalive"): "a part of its own beside the domain",
}
"""Fields that no part of their mode has, and why."""


@pytest.mark.parametrize("row", [row for row in ROWS if row.field], ids=name)
def test_fills_a_field(row: Row) -> None:
    """The field of a row exists on the part of its mode."""
    exists = any(has_field(part, (row.field or "").split(".")) for part in PARTS[row.mode])
    assert exists != ((row.mode, row.field) in ELSEWHERE)


def has_field(part: type, path: list[str]) -> bool:
    """Whether a part has a field, or its part has it."""
    types = typing.get_type_hints(part)
    if path[0] not in {field.name for field in dataclasses.fields(part)}:
        return False
    if len(path) == 1:
        return True
    inner = [kind for kind in (types[path[0]], *typing.get_args(types[path[0]])) if dataclasses.is_dataclass(kind)]
    return any(has_field(kind, path[1:]) for kind in inner if isinstance(kind, type))


def test_every_mode_has_its_parts() -> None:
    """The table of parts speaks of every mode, and of no other."""
    assert set(PARTS) == MODES


FAMILIES: dict[str, dict[str, object]] = {
    "n9k": {"auto_recovery": False, "lacp_max_bundle": 32, "lacp_suspend_individual": True},
    "n7k": {"auto_recovery": True, "lacp_max_bundle": 16, "lacp_suspend_individual": True},
    "n5k": {"auto_recovery": True, "lacp_max_bundle": 16, "lacp_suspend_individual": True},
    "n3k": {"auto_recovery": False, "lacp_max_bundle": 32, "lacp_suspend_individual": False},
}
"""What differs between the product lines (G106, NU, JP2)."""


@pytest.mark.parametrize(("family", "expected"), FAMILIES.items(), ids=lambda value: str(value)[:3])
def test_defaults_by_family(family: str, expected: dict[str, object]) -> None:
    """The defaults that differ between product lines are those of the reference."""
    context = Context(family=family).at("port-channel10")
    known = {**defaults("vpc-domain", context), **defaults("interface", context)}
    assert {field: known[field] for field in expected} == expected


@pytest.mark.parametrize(
    ("family", "release", "on"),
    [
        ("n5k", (6, 0, 2, 2, 7), False),
        ("n5k", (6, 0, 2, 3, 1), True),
        ("n6k", (6, 0, 2, 1, 2), False),
        ("n6k", (7, 0, 1, 1, 1), True),
        ("n7k", (6, 1, 4), False),
        ("n7k", (6, 2, 2), True),
        ("n9k", (10, 3, 5), False),
    ],
)
def test_auto_recovery_by_release(family: str, release: tuple[int, ...], on: bool) -> None:
    """Auto-recovery is on by default from the release on that the reference names (2.1)."""
    assert defaults("vpc-domain", Context(family=family, release=release))["auto_recovery"] is on


PORTS: dict[str, tuple[Context, dict[str, object]]] = {
    "Ethernet": (Context().at("Ethernet1/1"), {"shutdown": False, "mtu": 1500, "mode": "access", "vlans": ALL_VLANS}),
    "routed Ethernet": (Context().at("Ethernet1/1", routed=True), {"shutdown": True}),
    "shut by default": (Context(switchport_shutdown=True).at("Ethernet1/1"), {"shutdown": True}),
    "routed by default": (Context(switchport=False).at("Ethernet1/1"), {"shutdown": True}),
    "subinterface": (Context().at("Ethernet1/1.10"), {"shutdown": True}),
    "port-channel": (Context(switchport_shutdown=True).at("port-channel1"), {"shutdown": False}),
    "peer-link": (Context(jumbo_mtu=9000).at("port-channel1", peer_link=True), {"mtu": 9000}),
    "SVI": (Context().at("Vlan10"), {"shutdown": True, "autostate": True, "hsrp_version": 1}),
    "loopback": (Context().at("loopback0"), {"shutdown": False}),
    "mgmt0": (Context().at("mgmt0"), {"shutdown": False}),
}


@pytest.mark.parametrize(("context", "expected"), PORTS.values(), ids=PORTS)
def test_defaults_by_kind_of_interface(context: Context, expected: dict[str, object]) -> None:
    """The defaults that depend on what an interface is are those of the reference (2.3)."""
    known = defaults("interface", context)
    assert {field: known.get(field) for field in expected} == expected


DOMAIN = {
    "role_priority": 32667,
    "system_priority": 32667,
    "delay_restore.vpc": 30,
    "delay_restore.interface_vlan": 10,
    "delay_restore.orphan_port": 0,
    "auto_recovery_reload_delay": 240,
    "graceful_consistency_check": True,
    "layer3_peer_router_syslog": True,
    "layer3_peer_router_syslog_interval": 3600,
    "peer_switch": False,
    "peer_gateway": False,
    "shutdown": False,
    "port_channel_limit": True,
    "dual_active_exclude_vlans": VlanSet(),
}


def test_defaults_of_the_domain() -> None:
    """The numbers of the domain are those of the reference (2.1), and what has no default is not there."""
    known = defaults("vpc-domain", Context())
    assert {field: known[field] for field in DOMAIN} == DOMAIN
    assert known.keys().isdisjoint({"system_mac", "track", "keepalive", "virtual_peer_link"})


@given(st.permutations(["source 192.0.2.2", "vrf KA", "udp-port 3300", "interval 500 timeout 4", "hold-timeout 5"]))
def test_keepalive_tokens_in_any_order(tokens: list[str]) -> None:
    """The tokens of a keepalive may stand in any order."""
    line = " ".join(("peer-keepalive destination 192.0.2.1", *tokens))
    expected = "destination 192.0.2.1 source 192.0.2.2 udp-port 3300 vrf KA interval 500 timeout 4 hold-timeout 5"
    assert canonical_keepalive(line) == expected


SPELLED_OUT = {
    "peer-keepalive destination 192.0.2.1": "destination 192.0.2.1",
    "peer-keepalive destination 192.0.2.1 udp-port 3200 vrf management": "destination 192.0.2.1",
    "peer-keepalive destination 192.0.2.1 interval 1000 timeout 5 hold-timeout 3": "destination 192.0.2.1",
    "peer-keepalive destination 192.0.2.1 precedence internet": "destination 192.0.2.1",
    "peer-keepalive destination 192.0.2.1 precedence 6": "destination 192.0.2.1",
    "peer-keepalive destination 192.0.2.1 precedence critical": "destination 192.0.2.1 precedence 5",
    "peer-keepalive destination 192.0.2.1 tos-byte 32": "destination 192.0.2.1 tos-byte 32",
    "peer-keepalive destination 192.0.2.1 new-token 5": "destination 192.0.2.1 new-token 5",
}


@pytest.mark.parametrize(("line", "expected"), SPELLED_OUT.items(), ids=lambda value: str(value)[-30:])
def test_keepalive_defaults(line: str, expected: str) -> None:
    """Tokens at their default are left out, others kept, also those that nobody knows yet."""
    assert canonical_keepalive(line) == expected


CHANNELS = {
    "channel-group 10": "10 on",
    "channel-group 10 mode on": "10 on",
    "channel-group 10 force": "10 on",
    "channel-group 010 mode active": "10 active",
    "channel-group 10 force mode passive": "10 passive",
    "channel-group 10 mode ACTIVE": "10 active",
}


@pytest.mark.parametrize(("line", "expected"), CHANNELS.items())
def test_channel_groups(line: str, expected: str) -> None:
    """``on`` is what a missing mode means, and ``force`` is never stored (reference 2.3)."""
    assert canonical_channel_group(line) == expected
    found = recognise("interface", line)
    assert found is not None
    assert found.value == expected


LEVELS = {"5": "5.00", "5.5": "5.50", "0.25": "0.25", "100": "100.00", "100.00": "100.00", "all": "all"}


@pytest.mark.parametrize(("level", "expected"), LEVELS.items())
def test_storm_control_levels(level: str, expected: str) -> None:
    """A level has two decimals, as NX-OS prints it."""
    assert canonical_level(f"storm-control broadcast level {level}") == expected
