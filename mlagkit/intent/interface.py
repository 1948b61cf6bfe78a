"""What every interface can be told, whatever its kind."""

from typing import Annotated, Literal, TypeAlias

from mlagkit.intent.forms import InterfaceRef, IPv4Prefix, IPv4Prefixes, IPv6Prefixes, Mac
from mlagkit.intent.misfit import Misfit, kind_of
from mlagkit.intent.model import Maybe, Model
from mlagkit.intent.ranges import Bandwidth, Delay, LoadInterval, Mtu, OspfCost, OspfInterval
from mlagkit.intent.text import Description, VrfName, text
from mlagkit.intent.written import Read
from mlagkit.values import parse_area

_TAG = text(r"[!->@-~]+", 20, "the name of a process, such as 1 or UNDERLAY")
_OCTET = r"(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"


def _process(value: object) -> str:
    """A name of a process, also one that is a number."""
    return str(_TAG.read(str(value) if isinstance(value, int) and not isinstance(value, bool) else value))


def _area(value: object) -> str:
    """An area as the device prints it, from that or a number."""
    if isinstance(value, int | str) and not isinstance(value, bool):
        try:
            return parse_area(str(value))
        except ValueError:
            pass
    raise Misfit(f"takes an area such as 0.0.0.0, not {kind_of(value)}")


_AREA_FORM = {
    "anyOf": [
        {"type": "integer", "minimum": 0, "maximum": 4294967295},
        {"type": "string", "pattern": rf"^{_OCTET}(\.{_OCTET}){{3}}$"},
    ]
}
Process: TypeAlias = Annotated[str, Read(_process, _TAG.form)]
Area: TypeAlias = Annotated[str, Read(_area, _AREA_FORM)]
Ospf: TypeAlias = dict[Process, Area]
"""DME ospfIf.area by the instance's name."""


class Interface(Model):
    """A declared interface is up unless ``shutdown: true`` says otherwise."""

    description: Maybe[Description] = None
    """What stands behind `description`."""
    shutdown: Maybe[bool] = None
    """Keep it down; a declared interface is up otherwise."""
    mtu: Maybe[Mtu] = None
    """Bytes (device: 1500; on the peer-link the jumbo MTU)."""
    medium: Maybe[Literal["broadcast", "p2p"]] = None
    """`p2p` for a link of two, which may borrow its address (device: broadcast)."""
    vrf: Maybe[VrfName] = None
    """VRF that the interface is a member of."""
    address: Maybe[IPv4Prefix] = None
    """IPv4 address with its length, 192.0.2.1/24."""
    secondary_addresses: Maybe[IPv4Prefixes] = None
    """Further IPv4 addresses with their lengths."""
    ip_unnumbered: Maybe[InterfaceRef] = None
    """Interface whose IPv4 address it borrows, a loopback."""
    ipv6_addresses: Maybe[IPv6Prefixes] = None
    """IPv6 addresses with their lengths."""
    ipv6_link_local_only: Maybe[bool] = None
    """Speak IPv6 with an address of the link alone."""
    ip_redirects: Maybe[bool] = None
    """Send ICMP redirects; off on SVIs with peer-gateway."""
    ipv6_redirects: Maybe[bool] = None
    """The same for IPv6."""
    load_interval: Maybe[LoadInterval] = None
    """Seconds over which the load is averaged."""
    bandwidth: Maybe[Bandwidth] = None
    """kbit/s that routing protocols see."""
    delay: Maybe[Delay] = None
    """Tens of microseconds that routing protocols see."""
    ospf: Maybe[Ospf] = None
    """Processes of OSPF with the area, `UNDERLAY: 0.0.0.0` (`feature ospf` follows)."""
    ospf_cost: Maybe[OspfCost] = None
    """What the link costs OSPF, where that does not follow from its bandwidth."""
    ospf_dead_interval: Maybe[OspfInterval] = None
    """Seconds until a silent neighbour of OSPF is gone (device: four times hello)."""
    ospf_hello_interval: Maybe[OspfInterval] = None
    """Seconds between hellos of OSPF (device: 10)."""
    ospf_network: Maybe[Literal["broadcast", "point-to-point"]] = None
    """What OSPF takes the link for, where that is not what its kind says."""
    ip_pim_sparse_mode: Maybe[bool] = None
    """Route multicast with PIM (`feature pim` follows)."""
    mac_address: Maybe[Mac] = None
    """MAC address instead of the built-in one."""
