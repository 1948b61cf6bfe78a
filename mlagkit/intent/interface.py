"""What every interface can be told, whatever its kind."""

from pydantic import Field

from mlagkit.intent.forms import IPv4Prefix, IPv4Prefixes, IPv6Prefixes, Mac
from mlagkit.intent.model import Model
from mlagkit.intent.ranges import Bandwidth, Delay, LoadInterval, Mtu
from mlagkit.intent.text import Description, VrfName


class Interface(Model):
    """A declared interface is up unless ``shutdown: true`` says otherwise."""

    description: Description | None = Field(None, description="What stands behind `description`.")
    shutdown: bool | None = Field(None, description="Keep it down; a declared interface is up otherwise.")
    mtu: Mtu | None = Field(None, description="Bytes (device: 1500; on the peer-link the jumbo MTU).")
    vrf: VrfName | None = Field(None, description="VRF that the interface is a member of.")
    address: IPv4Prefix | None = Field(None, description="IPv4 address with its length, 192.0.2.1/24.")
    secondary_addresses: IPv4Prefixes | None = Field(None, description="Further IPv4 addresses with their lengths.")
    ipv6_addresses: IPv6Prefixes | None = Field(None, description="IPv6 addresses with their lengths.")
    ip_redirects: bool | None = Field(None, description="Send ICMP redirects; off on SVIs with peer-gateway.")
    ipv6_redirects: bool | None = Field(None, description="The same for IPv6.")
    load_interval: LoadInterval | None = Field(None, description="Seconds over which the load is averaged.")
    bandwidth: Bandwidth | None = Field(None, description="kbit/s that routing protocols see.")
    delay: Delay | None = Field(None, description="Tens of microseconds that routing protocols see.")
    mac_address: Mac | None = Field(None, description="MAC address instead of the built-in one.")
