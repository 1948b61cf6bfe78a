"""The two switches, how to reach them, and what stands around the pair: hosts, cabling, ownership, waivers."""

from datetime import date
from typing import Annotated, Literal, TypeAlias

from mlagkit.intent.forms import InterfaceRef, Prefix, VlanList, listed, read_text
from mlagkit.intent.misfit import Misfit
from mlagkit.intent.model import Block, Maybe, Model, Rare
from mlagkit.intent.ranges import HostMtu, LacpLinks, LinkMonitor, RolePriority, TcpPort
from mlagkit.intent.text import HOSTNAME, SecretRef, Words, text
from mlagkit.intent.written import Read, named_once
from mlagkit.values import InterfaceName

HostName: TypeAlias = Annotated[
    str, text(HOSTNAME, 63, "letters, digits, `.`, `_` and `-`, a letter first (and no device of Windows such as CON)")
]
_DAY = text(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", 10, "a day such as 2027-01-31")


def _day(value: object) -> str:
    """A day that the calendar has: a waiver until February 30 would last for another day or two."""
    day = str(_DAY.read(value))
    try:
        date.fromisoformat(day)
    except ValueError:
        raise Misfit(f"takes a day of the calendar such as 2027-01-31, not `{day}`") from None
    return day


Day: TypeAlias = Annotated[str, Read(_day, _DAY.form)]
Duration: TypeAlias = Annotated[str, text(r"\d{1,6}(ms|s|m|h)", 8, "a duration such as 500ms, 3s or 2m")]
HostNames: TypeAlias = Annotated[tuple[str, ...], listed(str, "names of `hosts` such as [db-01, nas-01]", {})]
"""Some of the hosts; that each is one of the file's is seen when the whole file is."""
WaivedAt: TypeAlias = Annotated[
    str,
    text(
        r"[A-Z][A-Z0-9]\d{2}( [!->@-~]+)?", 200, "the id of a rule and, behind a blank, a path, such as `MB10 vpcs.12`"
    ),
]
FarEnd: TypeAlias = Annotated[
    str, text(r"[!->@-~]+( [!->@-~]+)?", 128, "a device and, behind a blank, its port: `web-01 eno1`")
]
Owned: TypeAlias = Literal[
    "domain",
    "keepalive",
    "peer_link",
    "vlans",
    "spanning_tree",
    "vpcs",
    "port_channels",
    "interfaces",
    "svis",
    "vrfs",
    "loopbacks",
    "nve",
    "routes",
    "features",
    "management",
    "system",
]
Ownership: TypeAlias = Literal["replaced", "merged", "overridden"]


def _interface(key: object) -> tuple[str]:
    return (read_text(InterfaceName.parse, key, "an interface"),)


Cabling: TypeAlias = Annotated[dict[InterfaceRef, FarEnd], named_once(_interface)]
"""Which device (and port) a port of this switch leads to."""


class Connect(Model):
    """Where and how a management session is opened; everything may be left out."""

    host: Maybe[Annotated[str, text(r"[A-Za-z0-9][A-Za-z0-9.:_-]*", 253, "a name or an address")]] = None
    """Name or address; the hostname otherwise."""
    transport: Maybe[Literal["nxapi", "ssh"]] = None
    """nxapi or ssh."""
    port: Maybe[TcpPort] = None
    """TCP port of the transport."""
    username: Maybe[SecretRef] = None
    """Where the user name is to be had, if the environment has none."""
    password: Maybe[SecretRef] = None
    """Where the password is to be had, if the environment has none."""


class SwitchFacts(Block):
    """What is true of one switch alone."""

    management: Maybe[Prefix] = None
    """Address of mgmt0 with its length, 192.0.2.101/24."""
    role_priority: Maybe[RolePriority] = None
    """vPC role priority: the lower one becomes primary."""
    connect: Maybe[Rare[Connect]] = None
    """Where and how to reach it."""


class Timers(Model):
    """After what silence the software of a cluster takes its partner for dead, as its own configuration says."""

    corosync_token: Maybe[Duration] = None
    """`token` of Corosync (3s; 1s before RHEL 8.4)."""
    vrrp_advertisement: Maybe[Duration] = None
    """Interval of its VRRP's advertisements (1s); three of them missed, and the partner is dead."""
    drbd_ping_timeout: Maybe[Duration] = None
    """`ping-timeout` of DRBD (500ms)."""


class Host(Model):
    """A server or appliance behind the pair."""

    system: Maybe[Literal["linux", "esxi-standard", "esxi-distributed", "windows", "hyper-v-set"]] = None
    """What bundles its links: linux (bonding, team), esxi-standard or esxi-distributed (the kind of virtual switch),
    windows (LBFO), hyper-v-set (Switch Embedded Teaming)."""
    bond: Maybe[
        Literal[
            "802.3ad",
            "active-backup",
            "balance-rr",
            "balance-xor",
            "broadcast",
            "balance-tlb",
            "balance-alb",
            "none",
        ]
    ] = None
    """Mode of its bond, as Linux names it."""
    teaming: Maybe[Literal["portid", "mac", "iphash", "explicit"]] = None
    """How a virtual switch of ESXi chooses a link, as `esxcli` names it."""
    lacp_rate: Maybe[Literal["slow", "fast"]] = None
    """What its bond asks of the switches."""
    miimon: Maybe[LinkMonitor] = None
    """Milliseconds between two looks at the links of its bond, as in `miimon`; 0 is never."""
    min_links: Maybe[LacpLinks] = None
    """Fewer links than this: its bond goes down."""
    mtu: Maybe[HostMtu] = None
    """Largest packet that it sends, in bytes without the Ethernet header, as `ip link` shows it."""
    pxe: Maybe[bool] = None
    """It boots, or is installed, over the network."""
    needs: Maybe[VlanList] = None
    """VLANs that it must reach whatever fails."""
    iscsi: Maybe[VlanList] = None
    """VLANs in which iSCSI has paths of its own (MPIO, port binding)."""
    heartbeats: Maybe[VlanList] = None
    """VLANs in which the rings of its cluster run, all of them."""
    reaches: Maybe[HostNames] = None
    """Other `hosts` that it must reach whatever fails."""
    max_interruption: Maybe[Duration] = None
    """Longest silence that it bears, such as 3s."""
    timers: Maybe[Timers] = None
    """When the software of its cluster takes a partner for dead."""
    description: Maybe[Words] = None
    """Words for people."""


class Waiver(Model):
    """An accepted finding, with who accepted it and until when."""

    reason: Words
    """Why it is accepted."""
    owner: Words
    """Who accepted it."""
    expires: Day
    """Last day on which it counts, 2027-01-31."""
