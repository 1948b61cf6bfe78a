"""The model's ranges, choices and defaults against the vendor's own object model."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from mlagkit.intent.domain import DelayRestore, Domain
from mlagkit.intent.expected import KEY, expectation
from mlagkit.intent.interface import Interface
from mlagkit.intent.keepalive import PRECEDENCES, TOS, Keepalive
from mlagkit.intent.model import Model
from mlagkit.intent.pair import Intent
from mlagkit.intent.ports import Bundle, Link, Member, StormControl, VirtualPeerLink
from mlagkit.intent.spanning_tree import Mst, SpanningTree
from mlagkit.intent.svis import Hsrp, HsrpGroup, Svi
from mlagkit.intent.vlans import Vlan
from mlagkit.nxos.catalogue import defaults
from mlagkit.nxos.catalogue.canonical import KEEPALIVE_DEFAULTS
from mlagkit.nxos.context import Context
from tests.conftest import NO_CORPUS, ROOT

TABLE = ROOT.parent / "shared" / "domain" / "nxos-dme-vpc.tsv"

ETHERNET = Context().at("Ethernet1/1")
SVI = Context().at("Vlan10")


@dataclass(frozen=True)
class Place:
    """Where an attribute of the vendor's model stands in ours, and what a default is called there."""

    model: type[Model]
    key: str
    mode: str = ""
    default: str = ""
    context: Context = ETHERNET
    words: Mapping[str, object] = field(default_factory=dict)  # the vendor's word -> ours, where they differ


ON = {"enabled": True, "disabled": False, "enable": True, "disable": False, "on": True, "off": False}
UP = {"enabled": False, "disabled": True, "active": False, "suspend": True, "up": False, "down": True}
POINT = {"p2p": "point-to-point"}
TOGGLE = {"enabled": "enable", "disabled": "disable"}
PORT_TYPE = {"default": "normal", "trunk": "edge trunk"}
NATIVE = {"vlan-1": 1}

PLACES: Mapping[str, Place] = {
    "vpcDom.id": Place(Domain, "id"),
    "vpcDom.dscp": Place(VirtualPeerLink, "dscp"),
    "vpcDom.sysPrio": Place(Domain, "system_priority", "vpc-domain", "system_priority"),
    "vpcDom.rolePrio": Place(Domain, "role_priority", "vpc-domain", "role_priority"),
    "vpcDom.peerGw": Place(Domain, "peer_gateway", "vpc-domain", "peer_gateway", words=ON),
    "vpcDom.grcflCnstncyChck": Place(
        Domain, "graceful_consistency_check", "vpc-domain", "graceful_consistency_check", words=ON
    ),
    "vpcDom.track": Place(Domain, "track"),
    "vpcDom.autoRecovery": Place(Domain, "auto_recovery", "vpc-domain", "auto_recovery", words=ON),
    "vpcDom.autoRecoveryIntvl": Place(Domain, "auto_recovery_reload_delay", "vpc-domain", "auto_recovery_reload_delay"),
    "vpcDom.peerSwitch": Place(Domain, "peer_switch", "vpc-domain", "peer_switch", words=ON),
    "vpcDom.delayRestoreVPC": Place(DelayRestore, "vpc", "vpc-domain", "delay_restore.vpc"),
    "vpcDom.delayRestoreSVI": Place(DelayRestore, "interface_vlan", "vpc-domain", "delay_restore.interface_vlan"),
    "vpcDom.delayRestoreOrphanPort": Place(DelayRestore, "orphan_port", "vpc-domain", "delay_restore.orphan_port"),
    "vpcDom.macBpduSrcVer2": Place(
        Domain,
        "bpdu_source_mac_version_2",
        "vpc-domain",
        "bpdu_source_mac_version_2",
        words={"true": True, "false": False},
    ),
    "vpcDom.adminSt": Place(Domain, "shutdown", "vpc-domain", "shutdown", words=UP),
    "vpcDom.fastConvergence": Place(Domain, "fast_convergence", "vpc-domain", "fast_convergence", words=ON),
    "vpcDom.l3PeerRouter": Place(Domain, "layer3_peer_router", "vpc-domain", "layer3_peer_router", words=ON),
    "vpcDom.l3PeerRouterSyslog": Place(
        Domain, "layer3_peer_router_syslog", "vpc-domain", "layer3_peer_router_syslog", words=ON
    ),
    "vpcDom.l3PeerRouterSyslogInterval": Place(
        Domain, "layer3_peer_router_syslog_interval", "vpc-domain", "layer3_peer_router_syslog_interval"
    ),
    "vpcIf.id": Place(Intent, "vpcs"),
    "vpcKeepalive.udpPort": Place(Keepalive, "udp_port"),
    "vpcKeepalive.interval": Place(Keepalive, "interval", "keepalive", "interval"),
    "vpcKeepalive.timeout": Place(Keepalive, "timeout", "keepalive", "timeout"),
    "vpcKeepalive.tosByte": Place(Keepalive, "tos_byte"),
    "vpcKeepalive.precValue": Place(Keepalive, "precedence", "keepalive", "precedence"),
    "vpcKeepalive.flushTout": Place(Keepalive, "hold_timeout", "keepalive", "hold-timeout"),
    "hsrpGroup.id": Place(Hsrp, "group"),
    "hsrpGroup.af": Place(Hsrp, "family"),
    "hsrpGroup.prio": Place(HsrpGroup, "priority", "hsrp", "priority"),
    "hsrpIf.version": Place(Hsrp, "version", "interface", "hsrp_version", SVI, words={"v1": 1, "v2": 2}),
    "ipv4If.forward": Place(Svi, "ip_forward", "interface", "ip_forward", SVI, words=ON),
    "l1PhysIf.speed": Place(Link, "speed", "interface", "speed"),
    "l1PhysIf.duplex": Place(Link, "duplex", "interface", "duplex"),
    "l1PhysIf.autoNeg": Place(Link, "negotiate", "interface", "negotiate", words=ON),
    "l1PhysIf.mtu": Place(Interface, "mtu", "interface", "mtu"),
    "l1PhysIf.medium": Place(Interface, "medium", "interface", "medium"),
    "pcAggrIf.medium": Place(Interface, "medium", "interface", "medium"),
    "sviIf.medium": Place(Interface, "medium", "interface", "medium", SVI, words={"bcast": "broadcast", "p2p": "p2p"}),
    "ipv4If.unnumbered": Place(Interface, "ip_unnumbered"),
    "l1PhysIf.mode": Place(Link, "mode", "interface", "mode"),
    "l1PhysIf.delay": Place(Interface, "delay"),
    "l1PhysIf.bw": Place(Interface, "bandwidth"),
    "l1PhysIf.descr": Place(Interface, "description"),
    "l1PhysIf.adminSt": Place(Interface, "shutdown", "interface", "shutdown", words=UP),
    "l1PhysIf.trunkVlans": Place(Link, "vlans", "interface", "vlans"),
    "l1PhysIf.accessVlan": Place(Link, "vlan", "interface", "vlan", words=NATIVE),
    "l1PhysIf.nativeVlan": Place(Link, "native_vlan", "interface", "native_vlan", words=NATIVE),
    "l1StormCtrlP.rate": Place(StormControl, "broadcast", "interface", "storm_control.broadcast"),
    "l2BD.BdState": Place(Vlan, "state", "vlan", "state"),
    "l2BD.name": Place(Vlan, "name"),
    "l2BD.id": Place(Intent, "vlans"),
    "l2BD.adminSt": Place(Vlan, "shutdown", "vlan", "shutdown", words=UP),
    "lacpIf.prio": Place(Member, "lacp_port_priority", "interface", "lacp_port_priority"),
    "lacpIf.txRate": Place(Member, "lacp_rate", "interface", "lacp_rate"),
    "pcAggrIf.pcMode": Place(Bundle, "lacp"),
    "pcAggrIf.suspIndividual": Place(
        Bundle, "lacp_suspend_individual", "interface", "lacp_suspend_individual", words=ON
    ),
    "pcAggrIf.gracefulConv": Place(
        Bundle, "lacp_graceful_convergence", "interface", "lacp_graceful_convergence", words=ON
    ),
    "pcAggrIf.lacpDelayMode": Place(Bundle, "lacp_mode_delay", "interface", "lacp_mode_delay", words=ON),
    "pcAggrIf.lacpVpcConvergence": Place(Bundle, "lacp_vpc_convergence", "interface", "lacp_vpc_convergence", words=ON),
    "pcAggrIf.minLinks": Place(Bundle, "lacp_min_links", "interface", "lacp_min_links"),
    "pcAggrIf.maxLinks": Place(Bundle, "lacp_max_bundle", "interface", "lacp_max_bundle"),
    "pcAggrIf.pcId": Place(Intent, "port_channels"),
    "pcAggrIf.descr": Place(Interface, "description"),
    "pcAggrIf.mtu": Place(Interface, "mtu", "interface", "mtu"),
    "pcAggrIf.mode": Place(Link, "mode", "interface", "mode"),
    "stpIf.mode": Place(Link, "port_type", "interface", "port_type", words=PORT_TYPE),
    "stpIf.guard": Place(Link, "guard", "interface", "guard", words={"default": "none"}),
    "stpIf.bpdufilter": Place(Link, "bpdufilter", "interface", "bpdufilter"),
    "stpIf.bpduguard": Place(Link, "bpduguard", "interface", "bpduguard"),
    "stpIf.linkType": Place(Link, "stp_link_type", "interface", "stp_link_type", words=POINT),
    "stpIf.priority": Place(Link, "stp_port_priority", "interface", "stp_port_priority"),
    "stpIf.cost": Place(Link, "stp_cost"),
    "stpIf.simulatePvst": Place(Link, "mst_simulate_pvst", "interface", "mst_simulate_pvst", words=TOGGLE),
    "stpInst.mode": Place(SpanningTree, "mode", "", "spanning_tree.mode", words={"pvrst": "rapid-pvst"}),
    "stpInst.pathcostOp": Place(SpanningTree, "pathcost_method", "", "spanning_tree.pathcost_method"),
    "stpInst.bridge": Place(SpanningTree, "bridge_assurance", "", "spanning_tree.bridge_assurance", words=ON),
    "stpInst.loopguard": Place(SpanningTree, "loopguard", "", "spanning_tree.loopguard", words=ON),
    "stpMstEntity.simulate": Place(SpanningTree, "simulate_pvst", "", "spanning_tree.simulate_pvst", words=ON),
    "stpMstEntity.regName": Place(Mst, "name"),
    "stpMstEntity.rev": Place(Mst, "revision", "mst", "revision"),
    "stpMstDom.id": Place(Mst, "instances"),
    "stpMstDom.priority": Place(SpanningTree, "mst_priority"),
    "stpVlan.priority": Place(SpanningTree, "priority"),
    "sviIf.mtu": Place(Svi, "mtu", "interface", "mtu", SVI),
    "sviIf.delay": Place(Interface, "delay"),
    "sviIf.bw": Place(Interface, "bandwidth"),
    "sviIf.autostate": Place(Svi, "autostate", "interface", "autostate", SVI, words={"true": True, "false": False}),
    "sviIf.descr": Place(Interface, "description"),
    "sviIf.adminSt": Place(Interface, "shutdown", "interface", "shutdown", SVI, words=UP),
}
"""Every attribute that the pair file knows; addresses, names of objects and operational state have no range."""

DIFFERENT_RANGE: Mapping[str, str] = {
    "vpcDom.dscp": "0 means none there; CR93 prints 1-63",
    "vpcDom.track": "0 means none there; absent here",
    "l1PhysIf.bw": "0 means the port's own there; absent here",
    "sviIf.bw": "a port's range, which is wider: one field for every interface",
    "l1PhysIf.speed": "the words of the command line are numbers of Mbit/s (K)",
    "l1PhysIf.mode": "routed is `layer` there; promiscuous, host and vntag modes stay in `extra`",
    "pcAggrIf.mode": "as l1PhysIf.mode",
    "l1PhysIf.autoNeg": "the third value is for one kind of port and stays in `extra`",
    "l2BD.name": "1-64 there; 128 with `system vlan long-name` (l2BD.longName)",
    "l2BD.id": "4095 and 4096 are no VLANs (802.1Q)",
    "pcAggrIf.pcMode": "static and mac-pin are words of other platforms",
    "pcAggrIf.pcId": "0-65535 there; the command line takes 1-4096 (BF)",
    "stpIf.bpduguard": "default is what an absent key means",
    "stpIf.simulatePvst": "default is what an absent key means",
    "stpIf.bpdufilter": "default is what an absent key means",
    "vpcKeepalive.precValue": "the words of precType stand for the numbers",
    "stpIf.cost": "0 means by speed there; absent here",
    "stpInst.pathcostOp": "auto is no word of the command line (2.4)",
    "stpMstDom.id": "instance 0 takes the rest and can't be given VLANs",
    "stpMstEntity.regName": "an empty name is an absent one",
    "l1PhysIf.descr": "an empty description is an absent one",
    "pcAggrIf.descr": "an empty description is an absent one",
    "sviIf.descr": "an empty description is an absent one",
}
"""Where our range or choice is not the vendor's, and why."""

DIFFERENT_DEFAULT: Mapping[str, str] = {
    "vpcDom.macBpduSrcVer2": "the guide says version 1 unless configured (G106)",
    "vpcDom.l3PeerRouterSyslog": "on once layer3 peer-router is (2.1 [likely]): operators type its `no` form",
    "l1StormCtrlP.rate": "the same, with two decimals (BF show-all)",
}
"""Where our default is not the vendor's, and why."""

Row = Mapping[str, str]


@pytest.fixture(scope="module")
def attributes() -> Mapping[str, Row]:
    """The vendor's attributes by class and name."""
    if not TABLE.exists():
        pytest.skip(NO_CORPUS)
    lines = [line for line in TABLE.read_text("utf-8").splitlines() if not line.startswith("#")]
    return {f"{row['class']}.{row['attribute']}": row for row in csv.DictReader(lines, delimiter="\t")}


def vendor_range(row: Row) -> set[str]:
    """Both sources' words for a range, each as it stands; nothing where they have none."""
    return {row[column] for column in ("yang_range_or_enum", "tf_range_or_enum")} - {"", "String", "Bool", "Int64"}


def our_range(name: str, place: Place) -> str:
    """Our range or choice in the vendor's form; of a mapping, that of its keys."""
    keys, _ = expectation(place.model, (place.key, KEY))
    if place.model in (Intent, Mst) and (match := re.search(r"(\d+)-(\d+)", keys)) and place.key != "name":
        return f"{match[1]}..{match[2]}"
    found = list(_leaves(place.model.model_json_schema()["properties"][place.key]))
    words = {str(word) for leaf in found for word in leaf.get("enum", ())} - {"True", "False"}
    if words or any(leaf.get("type") == "boolean" for leaf in found):
        return "|".join(sorted(words or {"True", "False"}))
    for low, high in (("minimum", "maximum"), ("minLength", "maxLength")):
        if bounded := next((leaf for leaf in found if high in leaf), None):
            if "multipleOf" in bounded and "Vlan" in name:
                return "|".join(sorted(map(str, range(bounded[low], bounded[high] + 1, bounded["multipleOf"]))))
            return f"{bounded[low]}..{bounded[high]}"
    return ""


def _leaves(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The alternatives of a value, and the values of a mapping."""
    yield schema
    for part in [*schema.get("anyOf", ()), *schema.get("patternProperties", {}).values()]:
        yield from _leaves(part)


def translated(text: str, place: Place) -> str:
    """The vendor's range in our words."""
    text = text.removeprefix("len ")
    if "|" not in text:
        return text
    return "|".join(sorted({str(place.words.get(word, word)) for word in text.split("|")}))


@pytest.mark.parametrize("name", sorted(PLACES))
def test_ranges(name: str, attributes: Mapping[str, Row]) -> None:
    """Every range and choice is the vendor's, or stands in the table of differences with its source."""
    place = PLACES[name]
    theirs = {translated(text, place) for text in vendor_range(attributes[name])}
    if not theirs:  # a text without a pattern: only its default can be compared
        return
    same = our_range(name, place) in theirs
    assert same != (name in DIFFERENT_RANGE), f"ours {our_range(name, place)}, theirs {theirs}"


@pytest.mark.parametrize("name", sorted(name for name, place in PLACES.items() if place.default))
def test_defaults(name: str, attributes: Mapping[str, Row]) -> None:
    """Every default is the vendor's, or stands in the table of differences with its source."""
    place, row = PLACES[name], attributes[name]
    theirs = {row[column] for column in ("yang_default", "tf_default")} - {""}
    ours = (
        KEEPALIVE_DEFAULTS[place.default]
        if place.mode == "keepalive"
        else defaults(place.mode, place.context)[place.default]
    )
    same = str(ours) in {str(place.words.get(word, word)) for word in theirs}
    assert same != (name in DIFFERENT_DEFAULT), f"ours {ours}, theirs {theirs}"


def test_choices_of_the_keepalive(attributes: Mapping[str, Row]) -> None:
    """The words for precedence and type of service are the vendor's."""
    assert set(PRECEDENCES) == set(attributes["vpcKeepalive.precType"]["yang_range_or_enum"].split("|"))
    assert set(TOS) == set(attributes["vpcKeepalive.tosType"]["yang_range_or_enum"].split("|"))


def test_nothing_is_forgotten(attributes: Mapping[str, Row]) -> None:
    """Every configurable attribute of the vPC domain and its keepalive is modelled, or it is said why not."""
    without_a_range = {"peerIp", "virtualIp", "sysMac", "peerGWExcludeVLAN", "excludeSVI", "vrf", "srcIp", "destIp"}
    covered_by_a_choice = {"tosCfgType", "tosValue", "tosType", "precType"}
    not_in_the_command_line = {"name", "delayPeerLinkBringup"}  # 2.1: its spelling is not verified
    for name, row in attributes.items():
        kind, _, attribute = name.partition(".")
        if kind in ("vpcDom", "vpcKeepalive") and row["access"] == "rw":
            known = name in PLACES or attribute in without_a_range | covered_by_a_choice | not_in_the_command_line
            assert known, name
