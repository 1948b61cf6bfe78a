"""The routed interfaces of VLANs, with HSRP, VRRP, VRRPv3 and anycast gateway."""

import re
from typing import Annotated, ClassVar, Literal, Self, TypeAlias, cast

from mlagkit.intent.forms import Address, Addresses, IPv4Address, Mac, listed
from mlagkit.intent.interface import Interface
from mlagkit.intent.misfit import Misfit, kind_of
from mlagkit.intent.model import Block, Maybe, Rare, groups
from mlagkit.intent.ranges import (
    AdvertisementInterval,
    Decrement,
    HsrpGroupNumber,
    HsrpPriority,
    SviMtu,
    TimersAdvertise,
    TrackObject,
    VrrpGroupNumber,
    VrrpPriority,
)
from mlagkit.intent.text import Authentication, GroupDescription, GroupName, text
from mlagkit.intent.written import AlsoWritten, Read, named_once
from mlagkit.values import parse_address

_VRF = r"[!->@-~]{1,32}"
_ZEROS = r"\b0+(?=\d)"
_GROUP = r"(\d{1,4})(?: (ipv4|ipv6))?"


def _numbered(pattern: str, longest: int, allowed: str) -> Read:
    """A text of words and numbers; the numbers as the device prints them, without zeros in front."""
    found = text(pattern, longest, allowed)
    return Read(lambda value: re.sub(_ZEROS, "", str(found.read(value))), found.form)


Threshold: TypeAlias = Annotated[
    str, _numbered(r"lower \d{1,3} upper \d{1,3}", 24, "thresholds such as `lower 1 upper 110`")
]
"""DME hsrpGroup.fwdLwrThrld and fwdUprThrld."""
PreemptDelay: TypeAlias = Annotated[
    str,
    _numbered(
        r"minimum \d{1,4}( reload \d{1,4})?( sync \d{1,4})?|reload \d{1,4}( sync \d{1,4})?|sync \d{1,4}",
        40,
        "seconds such as `minimum 60 reload 120 sync 30`",
    ),
]
"""DME hsrpGroup.preemptDelayMin, preemptDelayReload, preemptDelaySync (0..3600)."""
Timers: TypeAlias = Annotated[
    str,
    _numbered(
        r"(msec 0*[1-9]\d{2,5}|\d{1,3}) (msec 0*[1-9]\d{2,5}|\d{1,3})",
        24,
        "hello and hold time such as `3 10` or `msec 250 msec 750`",
    ),
]
"""Hello and hold time (DME hsrpGroup.helloIntvl, holdIntvl)."""


def _relay(text: str) -> str:
    """An address, and the VRF that it is reached through."""
    address, *rest = text.split()
    if rest and not (len(rest) == 2 and rest[0] == "use-vrf" and re.fullmatch(_VRF, rest[1])):
        raise ValueError(f"{' '.join(rest)!r} is not `use-vrf NAME`")
    return " ".join([parse_address(address), *rest])


DhcpRelays: TypeAlias = Annotated[
    tuple[str, ...],
    listed(
        _relay,
        "relay addresses such as 192.0.2.5 or `192.0.2.5 use-vrf NAME`",
        {"pattern": r"^[0-9A-Fa-f.:]+( use-vrf [!->@-~]{1,32})?$"},
    ),
]


def _group_key(first: int, last: int) -> Read:
    """A group number, with ``ipv6`` behind it for a group of that family."""

    def read(value: object) -> tuple[int, str]:
        match = re.fullmatch(_GROUP, str(value)) if isinstance(value, int | str) else None
        if not match or not first <= int(match[1]) <= last:
            wanted = f"group numbers {first}-{last}, with ipv6 behind one of that family"
            raise Misfit(f"takes {wanted}, not {kind_of(value)}")
        return int(match[1]), match[2] or "ipv4"

    return Read(read, {"type": "string", "pattern": rf"^\d{{1,{len(str(last))}}}( ipv[46])?$"})


_HSRP_KEY = _group_key(0, 4095)
_VRRPV3_KEY = _group_key(1, 255)
HsrpGroupKey: TypeAlias = Annotated[tuple[int, str], _HSRP_KEY]
"""DME hsrpGroup.id and hsrpGroup.af."""
Vrrpv3GroupKey: TypeAlias = Annotated[tuple[int, str], _VRRPV3_KEY]
"""DME vrrpv3Vr.id and vrrpv3Vr.af."""


def _once(key: Read) -> AlsoWritten:
    """Each group once, also where one is written with its family and one without."""
    return named_once(lambda value: (" ".join(map(str, cast("tuple[int, str]", key.read(value)))),))


Track: TypeAlias = dict[TrackObject, Decrement | None]


class HsrpGroup(Block):
    """One HSRP group."""

    address: Maybe[Address] = None
    """Virtual address of the gateway."""
    secondary_addresses: Maybe[Addresses] = None
    """Further virtual addresses."""
    priority: Maybe[HsrpPriority] = None
    """The higher one is active (device: 100)."""
    forwarding_threshold: Maybe[Threshold] = None
    """`lower 1 upper 110`: when to forward for vPC."""
    preempt: Maybe[bool] = None
    """Take over from a lower priority."""
    preempt_delay: Maybe[PreemptDelay] = None
    """`minimum 60 reload 120`, in seconds."""
    timers: Maybe[Timers] = None
    """Hello and hold time, `3 10` or `msec 250 msec 750`."""
    authentication: Maybe[Authentication] = None
    """The words behind `authentication` as a reference (env:, file:, cmd:), or md5 key-chain NAME."""
    mac_address: Maybe[Mac] = None
    """Virtual MAC address instead of the group's own."""
    name: Maybe[GroupName] = None
    """Name of the group."""
    track: Maybe[Track] = None
    """Objects and what each takes from the priority, `1: 20`."""


class Hsrp(HsrpGroup):
    """HSRP of an SVI: one group with its settings right here, or several under ``groups``."""

    version: Maybe[Literal[1, 2]] = None
    """Protocol version (device: 1)."""
    group: Maybe[HsrpGroupNumber] = None
    """Number of the only group."""
    family: Maybe[Literal["ipv4", "ipv6"]] = None
    """Address family of the only group."""
    groups: Maybe[Annotated[dict[HsrpGroupKey, Rare[HsrpGroup]], _once(_HSRP_KEY)]] = None
    """Several groups by their number; `10 ipv6` for one of that family."""

    def checked(self) -> Self:
        """One group, or several."""
        _check_form(self)
        highest = max([self.group or 0, *(number for number, _ in self.groups or {})])
        if self.version != 2 and highest > 255:
            raise Misfit(f"version 1 has groups 0-255; for group {highest} write `version: 2`")
        return self


class VrrpGroup(Block):
    """One VRRP group (VRRPv2)."""

    address: Maybe[IPv4Address] = None
    """Virtual address of the gateway."""
    secondary_addresses: Maybe[Addresses] = None
    """Further virtual addresses."""
    priority: Maybe[VrrpPriority] = None
    """The higher one is master (device: 100)."""
    preempt: Maybe[bool] = None
    """Take over from a lower priority (device: on)."""
    advertisement_interval: Maybe[AdvertisementInterval] = None
    """Seconds (device: 1)."""
    authentication: Maybe[Authentication] = None
    """The words behind `authentication`."""
    shutdown: Maybe[bool] = None
    """Keep the group down; a declared group is up otherwise."""
    track: Maybe[Track] = None
    """Objects and what each takes from the priority."""


class Vrrp(VrrpGroup):
    """VRRP of an SVI: one group with its settings right here, or several under ``groups``."""

    group: Maybe[VrrpGroupNumber] = None
    """Number of the only group."""
    groups: Maybe[dict[VrrpGroupNumber, Rare[VrrpGroup]]] = None
    """Several groups by their number."""

    def checked(self) -> Self:
        """One group, or several."""
        _check_form(self)
        return self


class Vrrpv3Group(Block):
    """One VRRPv3 group."""

    description: Maybe[GroupDescription] = None
    """What the group is for."""
    address: Maybe[Address] = None
    """Virtual address of the gateway (`primary`)."""
    secondary_addresses: Maybe[Addresses] = None
    """Further virtual addresses."""
    priority: Maybe[VrrpPriority] = None
    """The higher one is master (device: 100)."""
    preempt: Maybe[bool] = None
    """Take over from a lower priority (device: on)."""
    timers_advertise: Maybe[TimersAdvertise] = None
    """Milliseconds (device: 1000)."""
    vrrpv2: Maybe[bool] = None
    """Speak version 2 as well."""
    shutdown: Maybe[bool] = None
    """Keep the group down."""
    track: Maybe[Track] = None
    """Objects and what each takes from the priority (`object-track`)."""


class Vrrpv3(Vrrpv3Group):
    """VRRPv3 of an SVI: one group with its settings right here, or several under ``groups``."""

    group: Maybe[VrrpGroupNumber] = None
    """Number of the only group."""
    family: Maybe[Literal["ipv4", "ipv6"]] = None
    """Address family of the only group."""
    groups: Maybe[Annotated[dict[Vrrpv3GroupKey, Rare[Vrrpv3Group]], _once(_VRRPV3_KEY)]] = None
    """Several groups by their number; `10 ipv6` for one of that family."""

    def checked(self) -> Self:
        """One group, or several."""
        _check_form(self)
        return self


def _check_form(protocol: "Hsrp | Vrrp | Vrrpv3") -> None:
    """Settings of a group stand either beside ``group`` or below ``groups``."""
    of_a_group = protocol.model_fields_set - {"version", "groups"}
    if protocol.groups is not None and of_a_group:
        raise Misfit(f"takes either `groups` or the settings of one group, not both ({', '.join(sorted(of_a_group))})")
    if protocol.groups is None and protocol.group is None:
        raise Misfit("needs `group` (one group) or `groups` (several)", "IN16")


class Svi(Block):
    """The routed interface of a VLAN."""

    shared: ClassVar = groups(interface=Interface)
    interface: Interface
    mtu: Maybe[SviMtu] = None
    """Bytes (device: 1500)."""
    hsrp: Maybe[Hsrp] = None
    """Gateway redundancy with HSRP."""
    vrrp: Maybe[Rare[Vrrp]] = None
    """Gateway redundancy with VRRP."""
    vrrpv3: Maybe[Rare[Vrrpv3]] = None
    """Gateway redundancy with VRRPv3, of IPv4 and IPv6."""
    anycast_gateway: Maybe[bool] = None
    """The same gateway on every leaf of a VXLAN fabric."""
    ip_forward: Maybe[bool] = None
    """Forward without an address (layer 3 VNI)."""
    ipv6_forward: Maybe[bool] = None
    """The same for IPv6."""
    autostate: Maybe[bool] = None
    """Down when no port of the VLAN is up (device: on)."""
    dhcp_relay: Maybe[DhcpRelays] = None
    """Where DHCP requests are sent, `192.0.2.5` or `192.0.2.5 use-vrf NAME`."""
