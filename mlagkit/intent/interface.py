"""What every interface can be told, whatever its kind."""

from mlagkit.intent.forms import IPv4Prefix, IPv4Prefixes, IPv6Prefixes, Mac
from mlagkit.intent.model import Model
from mlagkit.intent.ranges import Bandwidth, Delay, LoadInterval, Mtu
from mlagkit.intent.text import Description, VrfName


class Interface(Model):
    """A declared interface is up unless ``shutdown: true`` says otherwise."""

    description: Description | None = None
    """What stands behind `description`."""
    shutdown: bool | None = None
    """Keep it down; a declared interface is up otherwise."""
    mtu: Mtu | None = None
    """Bytes (device: 1500; on the peer-link the jumbo MTU)."""
    vrf: VrfName | None = None
    """VRF that the interface is a member of."""
    address: IPv4Prefix | None = None
    """IPv4 address with its length, 192.0.2.1/24."""
    secondary_addresses: IPv4Prefixes | None = None
    """Further IPv4 addresses with their lengths."""
    ipv6_addresses: IPv6Prefixes | None = None
    """IPv6 addresses with their lengths."""
    ip_redirects: bool | None = None
    """Send ICMP redirects; off on SVIs with peer-gateway."""
    ipv6_redirects: bool | None = None
    """The same for IPv6."""
    load_interval: LoadInterval | None = None
    """Seconds over which the load is averaged."""
    bandwidth: Bandwidth | None = None
    """kbit/s that routing protocols see."""
    delay: Delay | None = None
    """Tens of microseconds that routing protocols see."""
    mac_address: Mac | None = None
    """MAC address instead of the built-in one."""
