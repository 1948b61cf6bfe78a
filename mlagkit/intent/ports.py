"""Ethernet ports, port-channels, vPCs, the peer-link, and the profiles that they share."""

from typing import Annotated, ClassVar, Literal, TypeAlias

from mlagkit.intent.forms import Address, EthernetKey, Level, Speed, Toggle, TrunkVlans, read_members
from mlagkit.intent.interface import Interface
from mlagkit.intent.misfit import Misfit, kind_of
from mlagkit.intent.model import Block, Maybe, Model, Rare, groups
from mlagkit.intent.ranges import (
    ChannelNumber,
    Dscp,
    LacpLinks,
    LacpPortPriority,
    PortCost,
    PortPriority,
    VlanId,
)
from mlagkit.intent.text import Description, Name
from mlagkit.intent.written import NOTHING, ONE_OR_MORE_TEXTS, AlsoWritten, or_nothing

Mode: TypeAlias = Literal["access", "trunk", "routed", "fex-fabric", "dot1q-tunnel"]
"""DME l1PhysIf.mode; ``routed`` is ``no switchport``."""

Lacp: TypeAlias = Literal["on", "active", "passive"]
"""DME pcAggrIf.pcMode."""

LacpRate: TypeAlias = Literal["normal", "fast"]
"""DME lacpIf.txRate."""

Udld: TypeAlias = Literal["enable", "disable", "aggressive"]
"""G106."""


class StormControl(Model):
    """Storm-control levels in percent of the port's speed; 100.00 is off."""

    broadcast: Maybe[Level] = None
    """Percent of the port's speed, 0.00-100.00."""
    multicast: Maybe[Level] = None
    """Percent of the port's speed, 0.00-100.00."""
    unicast: Maybe[Level] = None
    """Percent of the port's speed, 0.00-100.00."""
    action: Maybe[Literal["shutdown", "trap"]] = None
    """What happens when a level is passed."""


class Member(Block):
    """A port of a port-channel: what is its own; the rest is the port-channel's."""

    description: Maybe[Description] = None
    """What stands behind `description`."""
    shutdown: Maybe[bool] = None
    """Keep the port down."""
    lacp: Maybe[Lacp] = None
    """LACP mode of this port alone."""
    lacp_rate: Maybe[LacpRate] = None
    """How often the partner shall send."""
    lacp_port_priority: Maybe[LacpPortPriority] = None
    """The lower one is bundled first."""
    udld: Maybe[Udld] = None
    """UniDirectional Link Detection."""
    fabric: Maybe[bool] = None
    """`port-type fabric`: an uplink of vPC fabric peering."""


class Link(Model):
    """What ports and port-channels have in common besides what every interface has; members inherit it."""

    mode: Maybe[Mode] = None
    """Without it: routed with an address, trunk with `vlans`, else what the switch defaults to."""
    vlan: Maybe[VlanId] = None
    """Access VLAN."""
    native_vlan: Maybe[VlanId] = None
    """Untagged VLAN of a trunk."""
    vlans: Maybe[TrunkVlans] = None
    """VLANs of a trunk, `10,20-25`; also all, none, except 99."""
    speed: Maybe[Speed] = None
    """Mbit/s, or auto."""
    duplex: Maybe[Literal["auto", "full", "half"]] = None
    """Duplex mode."""
    negotiate: Maybe[bool] = None
    """Negotiate speed and duplex (device: on)."""
    port_type: Maybe[Literal["normal", "edge", "edge trunk", "network"]] = None
    """Spanning-tree port type."""
    guard: Maybe[Literal["root", "loop", "none"]] = None
    """Spanning-tree guard."""
    bpduguard: Maybe[Toggle] = None
    """Shut the port when it hears a BPDU."""
    bpdufilter: Maybe[Toggle] = None
    """Neither send nor hear BPDUs."""
    stp_cost: Maybe[PortCost] = None
    """Spanning-tree cost instead of the one by speed."""
    stp_port_priority: Maybe[PortPriority] = None
    """Spanning-tree port priority (device: 128)."""
    stp_link_type: Maybe[Literal["auto", "point-to-point", "shared"]] = None
    """Spanning-tree link type."""
    mst_simulate_pvst: Maybe[Toggle] = None
    """Talk to PVST neighbours from MST (device: as `spanning_tree.simulate_pvst`)."""
    storm_control: Maybe[Rare[StormControl]] = None
    """Limits on flooded traffic."""
    udld: Maybe[Udld] = None
    """UniDirectional Link Detection, on the ports."""
    host: Maybe[Name] = None
    """What is attached, by its name in `hosts`."""


class Bundle(Model):
    """What belongs to a port-channel only; LACP words of ports go to all its members."""

    lacp: Maybe[Lacp] = None
    """LACP mode of the members (device: on, which is no LACP)."""
    lacp_rate: Maybe[LacpRate] = None
    """How often the partner shall send."""
    lacp_port_priority: Maybe[LacpPortPriority] = None
    """LACP priority of the members."""
    lacp_min_links: Maybe[LacpLinks] = None
    """Fewer local ports than this: down (device: 1)."""
    lacp_max_bundle: Maybe[LacpLinks] = None
    """More ports than this stand by."""
    lacp_suspend_individual: Maybe[bool] = None
    """Suspend ports that hear no LACP."""
    lacp_suspend_individual_pxe: Maybe[bool] = None
    """NX-OS 10.2 and later (device: on)."""
    lacp_graceful_convergence: Maybe[bool] = None
    """For Nexus partners (device: on)."""
    lacp_vpc_convergence: Maybe[bool] = None
    """Hold LACP until the leg's VLANs are ready."""
    lacp_mode_delay: Maybe[bool] = None
    """Let one port through for a network boot."""


MemberEntry: TypeAlias = Annotated[Member, AlsoWritten(or_nothing, NOTHING)]


def _members(value: object) -> object:
    """A list of ports, or of ranges of them, as the mapping that it stands for."""
    if isinstance(value, dict):
        return value
    members: dict[str, object] = {}
    for place, item in enumerate(value if isinstance(value, list) else [value]):
        if not isinstance(item, str):
            raise Misfit(f"takes ports such as [Ethernet1/1, Ethernet1/2], not {kind_of(item)}", "IN05", place)
        try:
            names = read_members(item)
        except ValueError as error:
            raise Misfit(f"takes ports such as [Ethernet1/1, Ethernet1/2]: {error}", item=place) from error
        if twice := next((name for name in names if name in members), None):
            raise Misfit(f"names {twice} twice", "IN17", place)
        members |= {name: {} for name in names}
    return members


Members: TypeAlias = Annotated[dict[EthernetKey, MemberEntry], AlsoWritten(_members, *ONE_OR_MORE_TEXTS)]
"""Ports as a list (``[Ethernet1/1, Ethernet1/2]``), or as a mapping where one has settings of its own."""


class Channel(Block):
    """A port-channel of whatever use."""

    shared: ClassVar = groups(interface=Interface, link=Link, bundle=Bundle)
    interface: Interface
    link: Link
    bundle: Bundle


class Profile(Channel):
    """Settings that several vPCs, port-channels or ports share; what its user says wins."""

    orphan_suspend: Maybe[bool] = None
    """Shut it while this switch is cut off from its peer."""
    fabric: Maybe[bool] = None
    """`port-type fabric`: an uplink of vPC fabric peering."""


class PortChannel(Channel):
    """A port-channel that is no vPC: an uplink, a keepalive link, an orphan."""

    profile: Maybe[Name] = None
    """Name of a profile to start from."""
    members: Maybe[Members] = None
    """Its ports, as a list or as a mapping with own settings."""
    orphan_suspend: Maybe[bool] = None
    """Shut it while this switch is cut off from its peer."""


class Vpc(Channel):
    """A port-channel across both switches."""

    profile: Maybe[Name] = None
    """Name of a profile to start from."""
    port_channel: Maybe[ChannelNumber] = None
    """Its local number; the vPC number otherwise."""
    members: Maybe[Members] = None
    """Its ports, as a list or as a mapping with own settings."""


class VirtualPeerLink(Model):
    """vPC fabric peering: the peer-link runs through the fabric instead of its own ports."""

    destination: Address
    """The peer's loopback."""
    source: Address
    """The own loopback."""
    dscp: Maybe[Dscp] = None
    """DSCP of its packets (device: 56)."""


class PeerLink(Channel):
    """The port-channel between the peers: a trunk of port type network.

    Without `vlans` it carries what vPCs and orphans carry; where there are none, the VLANs of the pair.
    """

    profile: Maybe[Name] = None
    """Name of a profile to start from."""
    port_channel: ChannelNumber
    """Number of the port-channel."""
    members: Maybe[Members] = None
    """Its ports; none with `virtual`."""
    virtual: Maybe[Rare[VirtualPeerLink]] = None
    """Run the peer-link through the fabric (VXLAN)."""


class Port(Block):
    """A port that is in no port-channel: an orphan, a routed uplink, a spare, or a subinterface."""

    shared: ClassVar = groups(interface=Interface, link=Link)
    interface: Interface
    link: Link
    profile: Maybe[Name] = None
    """Name of a profile to start from."""
    orphan_suspend: Maybe[bool] = None
    """Shut it while this switch is cut off from its peer."""
    fabric: Maybe[bool] = None
    """`port-type fabric`: an uplink of vPC fabric peering."""
    encapsulation: Maybe[VlanId] = None
    """802.1Q tag of a subinterface."""
