"""Values that are written as NX-OS writes them: VLAN lists, interface names, addresses, levels.

Each is read by a function of `mlagkit.values` and held in the form that the device prints.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, TypeAlias, TypeVar

from mlagkit.excerpt import visible
from mlagkit.intent.misfit import Misfit, kind_of
from mlagkit.intent.text import refuse_control
from mlagkit.intent.written import Read
from mlagkit.values import ALL_VLANS, InterfaceName, VlanSet, parse_address, parse_mac, parse_prefix

T = TypeVar("T")

_RANGE = r"\d{1,4}( *- *\d{1,4})?"
_VLAN_LIST = rf"^ *{_RANGE}( *, *{_RANGE})* *$"
_ITEM = {
    "anyOf": [{"type": "integer", "minimum": 1, "maximum": 4094}, {"type": "string", "pattern": f"^ *{_RANGE} *$"}]
}
_VLANS = {
    "anyOf": [
        {"type": "integer", "minimum": 1, "maximum": 4094},
        {"type": "string", "pattern": _VLAN_LIST},
        {"type": "array", "items": _ITEM},
    ]
}
_TRUNK = {"anyOf": [*_VLANS["anyOf"], {"type": "string", "pattern": r"^(all|none|except [0-9 ,-]+)$"}]}


def read_text(read: Callable[[str], T], value: object, what: str) -> T:
    """The value read from a text; Misfit if it is no text or can't be read."""
    if not isinstance(value, str):
        raise Misfit(f"takes {what}, not {kind_of(value)}", "IN05")
    refuse_control(value, line_breaks=False)
    try:
        return read(value)
    except ValueError as error:
        raise Misfit(f"takes {what}: {error}") from error


def parsed(read: Callable[[str], T], what: str, schema: dict[str, object]) -> Read:
    """What makes a type one that is read from a text by ``read``."""
    return Read(lambda value: read_text(read, value, what), {"type": "string", **schema})


def listed(read: Callable[[str], T], what: str, schema: dict[str, object]) -> Read:
    """The same for a list of them; a single one may stand without a list."""

    def read_all(value: object) -> tuple[T, ...]:
        if not isinstance(value, list):
            return (read_text(read, value, what),)
        return tuple(_read_item(read, item, what, place) for place, item in enumerate(value))

    one = {"type": "string", **schema}
    return Read(read_all, {"anyOf": [one, {"type": "array", "items": one}]})


def _read_item(read: Callable[[str], T], item: object, what: str, place: int) -> T:
    try:
        return read_text(read, item, what)
    except Misfit as error:
        raise Misfit(str(error), error.rule, place) from error


def read_vlans(value: object) -> VlanSet:
    """A VLAN list as one text (``10,20-25``), one number, or a list of both."""
    if not isinstance(value, list):
        return VlanSet(_vlans_of(value))
    vlans: set[int] = set()
    for place, item in enumerate(value):
        try:
            vlans |= _vlans_of(item)
        except Misfit as error:
            raise Misfit(str(error), error.rule, place) from error
    return VlanSet(vlans)


def _vlans_of(value: object) -> frozenset[int]:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise Misfit(f"takes VLANs such as `10,20-25` or [10, 20], not {kind_of(value)}", "IN05")
    try:
        if not _VLAN_CHARACTERS.issuperset(str(value)):
            raise ValueError(f"{visible(str(value), 40)!r} is no VLAN and no range of VLANs")
        return VlanSet.parse(str(value))
    except ValueError as error:
        raise Misfit(f"takes VLANs such as `10,20-25` or [10, 20]: {error}") from error


def _trunk_vlans(value: object) -> VlanSet:
    """The same with the words that a trunk knows besides."""
    if value == "all":
        return ALL_VLANS
    if value == "none":
        return VlanSet()
    if isinstance(value, str) and value.startswith("except "):
        return VlanSet(ALL_VLANS - read_vlans(value.removeprefix("except ")))
    return read_vlans(value)


VlanList: TypeAlias = Annotated[VlanSet, Read(read_vlans, _VLANS)]
TrunkVlans: TypeAlias = Annotated[VlanSet, Read(_trunk_vlans, _TRUNK)]

_KIND_OF_PORT = "[A-Za-z][A-Za-z-]*"
_PORT_PATTERN = rf"^{_KIND_OF_PORT} ?\d+(/\d+){{0,3}}(\.\d+)?$"
_ETHERNET = r"[Ee][A-Za-z]* ?\d+(/\d+){1,3}"
_VLAN_CHARACTERS = frozenset("0123456789 ,-")
_MEMBER_RANGE = r"(.*/)(\d+)-(\d+)"


def read_ethernet(text: str) -> InterfaceName:
    """The name of an Ethernet port, without a subinterface."""
    name = InterfaceName.parse(text)
    if name.kind != "Ethernet" or "." in name:
        raise ValueError(f"{text!r} is no Ethernet port")
    return name


def read_members(text: str) -> tuple[InterfaceName, ...]:
    """Ports as the device lists them: ``Ethernet1/1-2, Ethernet1/7``."""
    names: list[InterfaceName] = []
    for part in text.split(","):
        match = re.fullmatch(_MEMBER_RANGE, part.strip())
        if not match:
            names.append(read_ethernet(part.strip()))
            continue
        first, last = int(match[2]), int(match[3])
        if not first <= last < first + 512:
            raise ValueError(f"{part.strip()!r} runs backwards or is too long")
        names += [read_ethernet(f"{match[1]}{number}") for number in range(first, last + 1)]
    return tuple(names)


def _read_port(text: str) -> InterfaceName:
    """The name of a port that stands by itself; others have a section of their own."""
    name = InterfaceName.parse(text)
    section = _SECTIONS.get(name.kind)
    if name.kind == "port-channel" and "." not in name:
        section = "`vpcs` or `port_channels`"
    if section:
        raise ValueError(f"{name} belongs under {section}")
    return name


_SECTIONS = {
    "Vlan": "`svis`",
    "loopback": "`loopbacks`",
    "mgmt": "`management`",
    "nve": "`nve`",
    "tunnel": "`extra`: tunnels are not modelled",
}
PortKey: TypeAlias = Annotated[
    InterfaceName,
    parsed(
        _read_port,
        "a port such as Ethernet1/1, or a subinterface such as Ethernet1/1.10",
        {"pattern": r"^([Ee][A-Za-z]* ?\d+(/\d+){1,3}(\.\d+)?|[Pp]o[A-Za-z-]* ?\d+\.\d+)$"},
    ),
]
EthernetKey: TypeAlias = Annotated[
    InterfaceName, parsed(read_ethernet, "an Ethernet port such as Ethernet1/1", {"pattern": rf"^{_ETHERNET}$"})
]
InterfaceRef: TypeAlias = Annotated[
    InterfaceName, parsed(InterfaceName.parse, "an interface such as Ethernet1/1", {"pattern": _PORT_PATTERN})
]
Mac: TypeAlias = Annotated[
    str, parsed(parse_mac, "a MAC address such as 0200.0000.0101", {"pattern": r"^([0-9A-Fa-f]{2}[.:-]?){6}$"})
]


def _ipv4(text: str) -> str:
    address = parse_address(text)
    if ":" in address:
        raise ValueError(f"{text!r} is IPv6")
    return address


def _ipv4_prefix(text: str) -> str:
    prefix = parse_prefix(text)
    if ":" in prefix:
        raise ValueError(f"{text!r} is IPv6; write it in `ipv6_addresses`")
    return prefix


def _ipv6_prefix(text: str) -> str:
    prefix = parse_prefix(text)
    if ":" not in prefix:
        raise ValueError(f"{text!r} is not IPv6")
    return prefix


_ANY_ADDRESS = {"pattern": r"^[0-9A-Fa-f.:]+$"}
_V4 = r"\d{1,3}(\.\d{1,3}){3}"
_V6 = r"[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*"
_PREFIX_V4 = {"pattern": rf"^{_V4}(/\d{{1,2}}|[ /]{_V4})$"}
_PREFIX_V6 = {"pattern": rf"^{_V6}/\d{{1,3}}$"}

Address: TypeAlias = Annotated[str, parsed(parse_address, "an address such as 192.0.2.1", _ANY_ADDRESS)]
Addresses: TypeAlias = Annotated[tuple[str, ...], listed(parse_address, "an address such as 192.0.2.1", _ANY_ADDRESS)]
IPv4Address: TypeAlias = Annotated[str, parsed(_ipv4, "an address such as 192.0.2.1", {"pattern": rf"^{_V4}$"})]
Prefix: TypeAlias = Annotated[
    str,
    parsed(
        parse_prefix, "an address with its length such as 192.0.2.1/24", {"pattern": r"^[0-9A-Fa-f.:]+[/ ][0-9.]+$"}
    ),
]
IPv4Prefix: TypeAlias = Annotated[
    str, parsed(_ipv4_prefix, "an address with its length such as 192.0.2.1/24", _PREFIX_V4)
]
IPv4Prefixes: TypeAlias = Annotated[
    tuple[str, ...], listed(_ipv4_prefix, "an address with its length such as 192.0.2.1/24", _PREFIX_V4)
]
IPv6Prefixes: TypeAlias = Annotated[
    tuple[str, ...], listed(_ipv6_prefix, "an address with its length such as 2001:db8::1/64", _PREFIX_V6)
]


def _level(value: object) -> str:
    """A percentage with two decimals, as the device prints it."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise Misfit(f"takes a percentage 0.00-100.00, not {kind_of(value)}", "IN05")
    if not re.match(r"\d{1,3}(\.\d{1,2})?\Z", str(value)) or float(value) > 100:
        raise Misfit(f"takes a percentage 0.00-100.00 with two decimals at most, not {kind_of(value)}")
    return f"{float(value):.2f}"


_LEVEL = {
    "anyOf": [{"type": "number", "minimum": 0, "maximum": 100}, {"type": "string", "pattern": r"^\d{1,3}(\.\d{1,2})?$"}]
}
Level: TypeAlias = Annotated[str, Read(_level, _LEVEL)]
"""Percent of the port's speed, 0.00 to 100.00 (BF show-all; DME l1StormCtrlP.rate)."""


def _toggle(value: object) -> str:
    """``enable`` or ``disable``, also as true and false."""
    if isinstance(value, bool):
        return "enable" if value else "disable"
    if value in ("enable", "disable"):
        return str(value)
    raise Misfit(f"takes true or false (or enable, disable), not {kind_of(value)}", "IN05")


Toggle: TypeAlias = Annotated[str, Read(_toggle, {"enum": [True, False, "enable", "disable"]})]
"""Three states with the absent one: ``default`` is what the global setting says (DME stpIf.bpduguard, simulatePvst)."""

SPEEDS = (
    "10",
    "100",
    "1000",
    "2500",
    "5000",
    "10000",
    "25000",
    "40000",
    "50000",
    "100000",
    "200000",
    "400000",
    "800000",
)


def _speed(value: object) -> str:
    words = str(value).split()
    known = words and all(word in SPEEDS for word in (words[1:] if words[0] == "auto" else words[:1]))
    if isinstance(value, bool) or not isinstance(value, int | str) or not known or (words[0] != "auto" and words[1:]):
        raise Misfit(f"takes a speed in Mbit/s ({', '.join(SPEEDS)}) or auto, not {kind_of(value)}")
    return " ".join(words)


_SPEED = {
    "anyOf": [
        {"enum": [int(speed) for speed in SPEEDS]},
        {"type": "string", "pattern": rf"^({'|'.join(SPEEDS)}|auto( ({'|'.join(SPEEDS)}))*)$"},
    ]
}
Speed: TypeAlias = Annotated[str, Read(_speed, _SPEED)]
"""Mbit/s as behind ``speed`` (DME l1PhysIf.speed lists the same as 10M ... 400G)."""
