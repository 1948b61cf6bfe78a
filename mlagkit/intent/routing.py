"""VRFs, static routes, loopbacks, and the management interface."""

import re
from typing import Annotated, ClassVar, Literal, TypeAlias

from mlagkit.intent.forms import Address, Prefix, parsed, read_text
from mlagkit.intent.interface import Interface
from mlagkit.intent.model import Block, Maybe, Model, groups
from mlagkit.intent.ranges import RoutePreference, RouteTag, Vni
from mlagkit.intent.text import Description, text
from mlagkit.intent.written import NOTHING, ONE_OR_MORE_TEXTS, AlsoWritten, named_once, or_nothing
from mlagkit.values import InterfaceName, parse_address, parse_prefix

_ADDRESS_LIKE = r"[0-9A-Fa-f.:]+"
_VRF = r"[!->@-~]{1,32}"


def _next_hop(text: str) -> str:
    """``Null0``, an address (also in another VRF), or an interface with or without an address."""
    first, *rest = text.split()
    if first.lower() == "null0" and not rest:
        return "Null0"
    if "/" in first or not re.fullmatch(_ADDRESS_LIKE, first):
        name = InterfaceName.parse(first)
        return " ".join([name, *(parse_address(word) for word in rest[:1])]) if len(rest) < 2 else _refuse(text)
    if rest and not (len(rest) == 2 and rest[0] == "vrf" and re.fullmatch(_VRF, rest[1])):
        return _refuse(text)
    return " ".join([parse_address(first), *rest])


def _refuse(text: str) -> str:
    raise ValueError(f"{text!r} has words that belong to no next hop")


NextHop: TypeAlias = Annotated[
    str,
    parsed(
        _next_hop,
        "a next hop: an address, an interface with an address, or Null0",
        {"pattern": r"^([Nn]ull0|[0-9A-Fa-f.:]+( vrf [!->@-~]{1,32})?|[A-Za-z][A-Za-z-]*\d[\d/.]*( [0-9A-Fa-f.:]+)?)$"},
    ),
]
RouteDistinguisher: TypeAlias = Annotated[str, text(r"auto|[\d.]+:\d+", 32, "auto or a value such as 65000:10")]
RouteTarget: TypeAlias = Annotated[
    str,
    text(r"(both|import|export) (auto|[\d.]+:\d+)( evpn| mvpn)?", 48, "a target such as `both auto evpn`"),
]


class Hop(Model):
    """The options of one next hop."""

    name: Maybe[Annotated[str, text(r"[!->@-~]+", 50, "printable ASCII without blanks and `?`")]] = None
    """Name of the route."""
    tag: Maybe[RouteTag] = None
    """Tag for redistribution."""
    preference: Maybe[RoutePreference] = None
    """Administrative distance (device: 1)."""


HopEntry: TypeAlias = Annotated[Hop, AlsoWritten(or_nothing, NOTHING)]


def _hops(value: object) -> object:
    """A next hop, or several, as the mapping that they stand for."""
    if isinstance(value, list):
        return {item: {} for item in value} if all(isinstance(item, str) for item in value) else value
    if isinstance(value, dict):
        return {key: {} if hop is None else hop for key, hop in value.items()}
    return {value: {}} if isinstance(value, str) else value


def _prefix(key: object) -> tuple[str]:
    return (read_text(parse_prefix, key, "a prefix"),)


def _hop(key: object) -> tuple[str]:
    return (read_text(_next_hop, key, "a next hop"),)


Hops: TypeAlias = Annotated[dict[NextHop, HopEntry], named_once(_hop), AlsoWritten(_hops, *ONE_OR_MORE_TEXTS)]
Routes: TypeAlias = Annotated[dict[Prefix, Hops], named_once(_prefix)]
"""``0.0.0.0/0: 192.0.2.1``, or a list of next hops, or a mapping of next hops to their options."""


class AddressFamily(Block):
    """An address family of a VRF."""

    route_targets: Maybe[list[RouteTarget]] = None
    """`both auto evpn`, `import 65000:10`."""


FamilyEntry: TypeAlias = Annotated[AddressFamily, AlsoWritten(or_nothing, NOTHING)]
"""``ipv4:`` alone is a family without settings."""


class Vrf(Block):
    """One VRF; the default one and ``management`` exist without being written."""

    description: Maybe[Description] = None
    """What stands behind `description`."""
    vni: Maybe[Vni] = None
    """Layer 3 VNI."""
    rd: Maybe[RouteDistinguisher] = None
    """Route distinguisher, auto or 65000:10."""
    routes: Maybe[Routes] = None
    """Static routes by prefix."""
    families: Maybe[dict[Literal["ipv4", "ipv6"], FamilyEntry]] = None
    """Address families."""


class Loopback(Block):
    """A loopback; with NVE its secondary address is the pair's shared one."""

    shared: ClassVar = groups(interface=Interface)
    interface: Interface


class Management(Block):
    """mgmt0; its address stands in ``switches``, because it is what tells the two apart."""

    shared: ClassVar = groups(interface=Interface)
    interface: Interface
    gateway: Maybe[Address] = None
    """Default route of the VRF management."""
