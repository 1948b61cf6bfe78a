"""The pair file as a whole: what is said of the pair, and what each switch is told, tersely."""

from collections.abc import Collection, Mapping
from dataclasses import field
from functools import cache
from typing import Annotated, Any, Literal, TypeAlias, TypeVar, cast

from pydantic import create_model
from yaml.nodes import MappingNode

from mlagkit.finding import Origin
from mlagkit.intent.domain import Domain
from mlagkit.intent.forms import PortKey
from mlagkit.intent.keepalive import Keepalive
from mlagkit.intent.misfit import Misfit, kind_of
from mlagkit.intent.model import Block, Maybe, Model
from mlagkit.intent.ports import PeerLink, Port, PortChannel, Profile, Vpc
from mlagkit.intent.ranges import ChannelNumber, JumboMtu, LoopbackNumber, ReservedVlans, SlotNumber, VlanId, VpcNumber
from mlagkit.intent.routing import Loopback, Management, Routes, Vrf
from mlagkit.intent.spanning_tree import SpanningTree
from mlagkit.intent.svis import Svi
from mlagkit.intent.switches import (
    Cabling,
    Connect,
    Host,
    HostName,
    Owned,
    Ownership,
    SwitchFacts,
    WaivedAt,
    Waiver,
)
from mlagkit.intent.text import Name, VrfName, text
from mlagkit.intent.vlans import VlanEntry
from mlagkit.intent.vxlan import Nve
from mlagkit.intent.written import AlsoWritten
from mlagkit.part import Answers, Path, asked_once
from mlagkit.record import record
from mlagkit.source import Index, find

M = TypeVar("M", bound=Model)

FeatureName: TypeAlias = Annotated[str, text(r"[a-z0-9+-]+( [a-z0-9+-]+)*", 64, "the words behind `feature`")]

LineCard: TypeAlias = Annotated[str, text(r"[!->@-~]+", 64, "a line card such as N9K-X9736C-FX")]


def _features(value: object) -> object:
    """A list of features as the mapping that it stands for."""
    if not isinstance(value, list):
        if value is not None and not isinstance(value, dict):
            raise Misfit(f"takes features such as [bgp, lldp], not {kind_of(value)}", "IN05")
        return value
    for place, item in enumerate(value):
        if not isinstance(item, str):
            raise Misfit(f"takes the words behind `feature`, not {kind_of(item)}", "IN05", place)
    return dict.fromkeys(value, True)


Features: TypeAlias = Annotated[
    dict[FeatureName, bool], AlsoWritten(_features, {"type": "array", "items": {"type": "string"}})
]
"""Features besides those that what is used implies: a list, or a mapping to true and false (not even then)."""


LoadBalance: TypeAlias = Annotated[
    str, text(r"[a-z0-9-]+( [a-z0-9-]+)*", 64, "the words behind `port-channel load-balance`")
]
"""NU: which words there are varies by product line."""


class System(Model):
    """Global defaults of the switch."""

    switchport_default: Maybe[bool] = None
    """Ports are Layer 2 unless they say otherwise."""
    switchport_shutdown_default: Maybe[bool] = None
    """Layer 2 ports are down by default."""
    jumbo_mtu: Maybe[JumboMtu] = None
    """`system jumbomtu` in bytes (device: 9216)."""
    vlan_reserve: Maybe[ReservedVlans] = None
    """First of the 128 VLANs that the switch keeps for itself (device: 3968); takes a reload."""
    load_balance: Maybe[LoadBalance] = None
    """How port-channels choose a port (N9K: `src-dst ip-l4port`); each switch decides for itself."""


class PairFacts(Model):
    """What is said once for the pair; no per-switch values here."""

    pair: Name
    """Name of the pair."""
    platform: Literal["nxos"] = "nxos"
    """Operating system of both switches."""
    switches: dict[HostName, SwitchFacts]
    """Exactly two switches, by hostname."""
    hosts: dict[Name, Host] = {}
    """What is attached to the pair, by name."""
    owns: dict[Owned, Ownership] = {}
    """What may be removed, by kind: replaced (default), merged, overridden."""
    waivers: dict[WaivedAt, Waiver] = {}
    """Accepted findings: rule and path."""


class Intent(Block):
    """What one switch is told, tersely: every per-switch value is already chosen, every profile laid under."""

    model: Maybe[Annotated[str, text(r"[!->@-~]+( [!->@-~]+)*", 64, "a model such as N9K-C93180YC-FX")]] = None
    """Hardware model; sharpens defaults and limits."""
    line_cards: dict[SlotNumber, LineCard] = {}
    """The line cards of a modular switch, by slot."""
    release: Maybe[Annotated[str, text(r"[!->@-~]+", 32, 'a release such as "10.3(5)"')]] = None
    """NX-OS release; sharpens defaults and limits."""
    system: Maybe[System] = None
    """Global defaults of the switch."""
    domain: Maybe[Domain] = None
    """The vPC domain."""
    keepalive: Maybe[Keepalive] = None
    """The peer-keepalive."""
    peer_link: Maybe[PeerLink] = None
    """The port-channel between the peers."""
    vlans: dict[VlanId, VlanEntry] = {}
    """VLANs by number; `10: web` is short for {name: web}."""
    spanning_tree: Maybe[SpanningTree] = None
    """Spanning tree of the whole switch."""
    profiles: dict[Name, Profile] = {}
    """Settings that several vPCs and ports share."""
    vpcs: dict[VpcNumber, Vpc] = {}
    """vPCs by number."""
    port_channels: dict[ChannelNumber, PortChannel] = {}
    """Port-channels that are no vPC."""
    interfaces: dict[PortKey, Port] = {}
    """Ports in no port-channel, usually per switch."""
    svis: dict[VlanId, Svi] = {}
    """Routed interfaces of VLANs, by VLAN."""
    vrfs: dict[VrfName, Vrf] = {}
    """VRFs by name."""
    loopbacks: dict[LoopbackNumber, Loopback] = {}
    """Loopbacks by number."""
    nve: Maybe[Nve] = None
    """VXLAN."""
    routes: Routes = {}
    """Static routes of the default VRF, by prefix."""
    features: Features = {}
    """Features besides those that are implied."""
    management: Maybe[Management] = None
    """mgmt0; its address stands in `switches`."""
    cabling: Cabling = {}
    """Where the ports lead, usually per switch."""


def read(model: type[M], data: object, sections: Collection[str | int]) -> M:
    """The model that the data hold; raises ValidationError.

    Only the ``sections`` (top-level keys) that the file has are built: the others would take most of a start's time.
    """
    fields = model.model_fields
    used = frozenset(key for key, field in fields.items() if key in sections or field.is_required())
    found = _only(model, used).model_validate(data)
    return cast("M", model.model_construct(found.model_fields_set, **{key: getattr(found, key) for key in used}))


@cache
def _only(model: type[Model], keys: frozenset[str]) -> type[Model]:
    """The model with these keys alone."""
    fields: dict[str, Any] = {
        key: (model.model_fields[key].annotation, model.model_fields[key]) for key in sorted(keys)
    }
    return create_model(model.__name__, __base__=Model, **fields)


_ELSEWHERE: Mapping[Path, Path] = {
    ("switchport_default",): ("system", "switchport_default"),
    ("switchport_shutdown_default",): ("system", "switchport_shutdown_default"),
    ("jumbo_mtu",): ("system", "jumbo_mtu"),
    ("vlan_reserve",): ("system", "vlan_reserve"),
    ("load_balance",): ("system", "load_balance"),
    ("nv_overlay_evpn",): ("nve", "nv_overlay_evpn"),
    ("anycast_gateway_mac",): ("nve", "anycast_gateway_mac"),
    ("infra_vlans",): ("nve", "infra_vlans"),
    ("domain", "virtual_peer_link"): ("peer_link", "virtual"),
    ("peer_link", "virtual_peer_link"): ("peer_link", "virtual"),
}

_IN_SWITCHES = frozenset({("name",), ("domain", "role_priority")})


@record
class SelectedTree(Answers):
    """The file as one switch sees it; knows where each of its values stands."""

    root: MappingNode = field(repr=False)
    hostname: str

    def origin(self, path: Path) -> Origin:
        """The place of the key at that path, as far as the path exists."""
        if path in _IN_SWITCHES and find(self.root, path) is None:
            return _index_of(self).locate(("switches", self.hostname, *path[1:]))
        return _index_of(self).locate(_ELSEWHERE.get(path, path))


@asked_once
def _index_of(tree: SelectedTree) -> Index:
    return Index(tree.root)


@record
class Pair:
    """One pair of switches as a person wrote it; ``intents`` and ``sources`` are by hostname, in the file's order."""

    file: str
    facts: PairFacts
    intents: Mapping[str, Intent]
    sources: Mapping[str, SelectedTree]

    @property
    def name(self) -> str:
        """The name of the pair."""
        return self.facts.pair

    @property
    def platform(self) -> str:
        """The operating system of both switches."""
        return self.facts.platform

    @property
    def hostnames(self) -> tuple[str, str]:
        """Both switches, in the order of the file."""
        first, second = self.facts.switches
        return first, second

    @property
    def switches_origin(self) -> Origin:
        """Where the switches are named."""
        return self.sources[self.hostnames[0]].origin(("switches",))

    @property
    def hosts(self) -> Mapping[str, Host]:
        """What is attached, by name."""
        return self.facts.hosts

    @property
    def owns(self) -> Mapping[str, str]:
        """What may be removed, by kind: ``replaced``, ``merged`` or ``overridden``."""
        return dict(self.facts.owns.items())

    @property
    def waivers(self) -> Mapping[str, Waiver]:
        """Accepted findings by rule and path."""
        return self.facts.waivers

    @property
    def cabling(self) -> Mapping[str, Cabling]:
        """Where the ports lead, by hostname."""
        return {hostname: intent.cabling for hostname, intent in self.intents.items()}

    @property
    def connect(self) -> Mapping[str, Connect]:
        """How to reach each switch, by hostname; what the file does not say is None."""
        return {name: facts.connect or Connect() for name, facts in self.facts.switches.items()}

    def peer_of(self, hostname: str) -> str:
        """The other switch."""
        first, second = self.hostnames
        return second if hostname == first else first
