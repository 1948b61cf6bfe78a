"""Changes of a pair file, as an engineer makes them day by day: what nobody may notice, and what somebody has to."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import yaml

from mlagkit.config import ConfigTree
from mlagkit.configurations import configurations
from mlagkit.expand import expand
from mlagkit.intent import pair_of
from mlagkit.intent.pair import Pair
from mlagkit.nxos.catalogue import Phase, VlanEdit, recognise
from mlagkit.nxos.change.edit import Edit
from mlagkit.nxos.change.typed import Typed
from mlagkit.nxos.context import Context
from mlagkit.nxos.effective import Side
from mlagkit.nxos.facts import facts
from mlagkit.nxos.parse import parse
from mlagkit.plan import Plan
from mlagkit.plan.invariants import breaches
from mlagkit.plan.order import Placed
from mlagkit.planning import plan_pair
from mlagkit.values import VlanSet
from tests.correct_pairs import SHAPES, TRADES, laid_over
from tests.pair_files import flow
from tests.plan_cases import MODEL, RELEASE
from tests.rule_examples import BASE

Data = dict[Any, Any]
"""A pair file as data."""

Change = Callable[[Data, random.Random], tuple[Data, Data]]
"""Two pair files of one pair, before and after."""


@dataclass(frozen=True, slots=True)
class Harm:
    """A change of the base pair that must not be called harmless, and the permissions that it needs."""

    name: str
    after: str
    permissions: frozenset[str]
    before: str = "{}"


def pair_data(shape: str, trade: str) -> Data:
    """One of the correct pairs, whole."""
    data: object = yaml.safe_load(BASE)
    for text in (SHAPES[shape], TRADES[trade]):
        data = laid_over(data, yaml.safe_load(text))
    return cast(Data, _told(data))


def _told(data: object) -> object:
    """The same without what an overlay takes away."""
    return {key: _told(value) for key, value in data.items() if value is not None} if isinstance(data, dict) else data


def with_(data: object, *more: object) -> Data:
    """The data with something laid over it; what is None there is taken away."""
    for above in more:
        data = laid_over(data, above)
    return cast(Data, _told(data))


def planned(before: Data, after: Data) -> Plan:
    """The plan from one to the other, with what the first one declared as its base."""
    old = _pair(before)
    return plan_pair(_pair(after), running_of(old), secrets=lambda _: None, base=old)


def running_of(pair: Pair) -> Mapping[str, ConfigTree]:
    """What both switches of a pair run that is as intended."""
    return {name: parse(text, f"{name}.cfg") for name, text in configurations(expand(pair).values()).items()}


def broken(before: Data, found: Plan) -> set[tuple[int, str]]:
    """The steps of a plan, by number, after a line of which an invariant does not hold, and which one."""
    start = {name: side_of(tree) for name, tree in running_of(_pair(before)).items()}
    typed = {name: Typed.of(side) for name, side in start.items()}
    placed, steps = [], []
    for number, step in enumerate(found.steps):
        for command in step.commands:
            typed[step.switch].enter(command.section, command.text)
            placed.append(typed_line(step.switch, command.section, command.text))
            steps.append(number)
    of_line = {id(each): number for each, number in zip(placed, steps, strict=True)}
    found_by = {(each.switch, each.edit): of_line[id(each)] for each in placed}
    ends = {name: each.side() for name, each in typed.items()}
    return {(found_by[each.switch, each.edit], each.what) for each in breaches(placed, start, ends)}


def side_of(tree: ConfigTree) -> Side:
    """All of a configuration as facts."""
    return Side(facts(tree.blocks()), Context.of(tree, MODEL, RELEASE))


def typed_line(switch: str, section: tuple[str, ...], text: str) -> Placed:
    """A line in a plan, as if nothing were known of it but its words."""
    mode = ""
    for head in section:
        line = recognise(mode, head)
        mode = (line.row.opens if line else None) or "unknown"
    line = recognise(mode, text)
    value = line.value if line is not None else None
    vlans = value.vlans if isinstance(value, VlanEdit) else value if isinstance(value, VlanSet) else VlanSet()
    new = None if text.startswith("no ") else text
    edit = Edit(section, text, new is not None, Phase.SYSTEM, line.row if line else None, None, new, vlans)
    return Placed(switch, edit, True, 0, 0)


def _pair(data: Data) -> Pair:
    return pair_of(flow(data), "change.yaml")


def _trunks(data: Data) -> list[int]:
    return [number for number, leg in data["vpcs"].items() if leg["mode"] == "trunk"]


def _vlans(leg: Mapping[str, Any]) -> list[int]:
    vlans = leg["vlans"]
    return list(vlans) if isinstance(vlans, list) else [vlans]


def _new_vlan(data: Data, dice: random.Random) -> int:
    return dice.choice([vlan for vlan in range(100, 900) if vlan not in data["vlans"]])


def _free_port(data: Data, dice: random.Random) -> str:
    return f"Ethernet1/{dice.choice(range(25, 41))}"


def _on_trunks(data: Data, vlan: int, trunks: Sequence[int]) -> Data:
    return {"vpcs": {number: {"vlans": [*_vlans(data["vpcs"][number]), vlan]} for number in trunks}}


def _some_trunks(data: Data, dice: random.Random) -> list[int]:
    trunks = _trunks(data)
    return dice.sample(trunks, dice.randint(0, len(trunks)))


def add_vlan(data: Data, dice: random.Random) -> tuple[Data, Data]:
    """A VLAN comes, and with it some trunks that carry it."""
    vlan = _new_vlan(data, dice)
    return data, with_(data, {"vlans": {vlan: f"new-{vlan}"}}, _on_trunks(data, vlan, _some_trunks(data, dice)))


def remove_vlan(data: Data, dice: random.Random) -> tuple[Data, Data]:
    """A VLAN goes that no port uses."""
    vlan = _new_vlan(data, dice)
    return with_(data, {"vlans": {vlan: "old"}}), data


def rename_vlan(data: Data, dice: random.Random) -> tuple[Data, Data]:
    """A VLAN gets another name."""
    vlan = dice.choice(list(data["vlans"]))
    return data, with_(data, {"vlans": {vlan: {"name": f"name-{dice.randint(1, 99)}"}}})


def widen_trunk(data: Data, dice: random.Random) -> tuple[Data, Data]:
    """A VLAN that is there comes to a trunk."""
    vlan = _new_vlan(data, dice)
    there = with_(data, {"vlans": {vlan: "there"}})
    return there, with_(there, _on_trunks(data, vlan, dice.sample(_trunks(data), 1)))


def narrow_trunk(data: Data, dice: random.Random) -> tuple[Data, Data]:
    """A VLAN that nobody else is in leaves a trunk."""
    before, after = widen_trunk(data, dice)
    return after, before


def narrow_shut_trunk(data: Data, dice: random.Random) -> tuple[Data, Data]:
    """A VLAN that two others are in leaves a trunk that is shut."""
    vlan, shut = _new_vlan(data, dice), dice.choice(_trunks(data))
    others = {_free_port(data, dice): {"mode": "access", "vlan": vlan, "port_type": "edge"}}  # one on each switch
    there = with_(data, {"vlans": {vlan: "there"}, "vpcs": {shut: {"shutdown": True}}, "interfaces": others})
    return with_(there, _on_trunks(data, vlan, [shut])), there


def add_vpc(data: Data, dice: random.Random) -> tuple[Data, Data]:
    """A host comes with a vPC of its own."""
    number = dice.randint(31, 90)
    leg = {**data["vpcs"][dice.choice([*data["vpcs"]])], "members": [_free_port(data, dice)], "host": "new-01"}
    return data, with_(data, {"vpcs": {number: leg}, "hosts": {"new-01": {"bond": "802.3ad", "lacp_rate": "fast"}}})


def add_member(data: Data, dice: random.Random) -> tuple[Data, Data]:
    """A leg becomes wider."""
    number = dice.choice(list(data["vpcs"]))
    members = [*data["vpcs"][number]["members"], _free_port(data, dice)]
    return data, with_(data, {"vpcs": {number: {"members": members}}})


def describe(data: Data, dice: random.Random) -> tuple[Data, Data]:
    """Something is called otherwise."""
    kind, key = dice.choice(
        [*(("vpcs", number) for number in data["vpcs"]), *(("svis", vlan) for vlan in data["svis"])]
    )
    return data, with_(data, {kind: {key: {"description": f"called {dice.randint(1, 99)}"}}})


def add_gateway(data: Data, dice: random.Random) -> tuple[Data, Data]:
    """A VLAN gets a gateway."""
    vlan = _new_vlan(data, dice)
    there = with_(data, {"vlans": {vlan: "routed"}}, _on_trunks(data, vlan, _some_trunks(data, dice)))
    first, second = data["switches"]
    svi = {
        "mtu": 9216,
        "address": {first: "10.77.0.2/24", second: "10.77.0.3/24"},
        "hsrp": {"version": 2, "group": vlan, "address": "10.77.0.1", "priority": {first: 110, second: 90}},
    }
    return there, with_(there, {"svis": {vlan: svi}})


def add_route(data: Data, dice: random.Random) -> tuple[Data, Data]:
    """A way to some network comes."""
    return data, with_(data, {"routes": {f"10.{dice.randint(100, 200)}.0.0/16": "10.0.10.9"}})


def storm_control(data: Data, dice: random.Random) -> tuple[Data, Data]:
    """A leg gets a limit for broadcasts."""
    limit = {dice.choice(["broadcast", "multicast"]): dice.randint(1, 50)}
    return data, with_(data, {"vpcs": {dice.choice(list(data["vpcs"])): {"storm_control": limit}}})


def services(data: Data, dice: random.Random) -> tuple[Data, Data]:
    """Lines about the management of the switch come."""
    lines = [
        "ntp server 192.0.2.5 use-vrf management",
        "logging server 192.0.2.6 5 use-vrf management",
        "clock timezone CET 1 0",
    ]
    more = "\n".join(dice.sample(lines, dice.randint(1, len(lines))))
    return data, with_(data, {"extra": f"{data.get('extra', '')}\n{more}\n"})


def add_orphan(data: Data, dice: random.Random) -> tuple[Data, Data]:
    """A host comes that has one link."""
    vlan = dice.choice([vlan for vlan in data["vlans"] if vlan in (10, 20)])
    port = {"mode": "access", "vlan": vlan, "port_type": "edge", "host": "single-01"}
    return data, with_(data, {"interfaces": {_free_port(data, dice): port}, "hosts": {"single-01": {"needs": vlan}}})


QUIET: Mapping[str, Change] = {
    change.__name__: change
    for change in (
        add_vlan,
        remove_vlan,
        rename_vlan,
        widen_trunk,
        narrow_trunk,
        narrow_shut_trunk,
        add_vpc,
        add_member,
        describe,
        add_gateway,
        add_route,
        storm_control,
        services,
        add_orphan,
    )
}
"""Changes that nobody notices, whatever the pair is (issue 6, Measured by 2)."""


def shuffled(data: object, dice: random.Random) -> object:
    """The same pair file with its keys in another order."""
    if not isinstance(data, dict):
        return data
    keys = list(data)
    dice.shuffle(keys)
    return {key: shuffled(data[key], dice) for key in keys}


def _needs(*names: str) -> frozenset[str]:
    return frozenset(names)


_ANYCAST = """
svis: {10: {address: 10.0.10.1/24, hsrp: , anycast_gateway: true}}
nve: {source_interface: loopback1, host_reachability: bgp, anycast_gateway_mac: 0200.0000.0aaa}
"""
_BLUE = "{vrfs: {blue: {rd: auto, families: {ipv4: {route_targets: [both auto, both auto evpn]}}}}}"
_USERS = "extra: |\n  ip access-list USERS\n    10 permit ip any any\n"
_MST = "{spanning_tree: {mode: mst, priority: , mst_priority: {0: 4096}}}"

HARM = (
    Harm(
        "a VLAN in use goes",
        "{vlans: {20: }, vpcs: {11: {vlans: 10}, 12: {vlan: 10}}, hosts: {db-01: {needs: 10}}}",
        _needs("vlan-removal-in-use", "outage"),
    ),
    Harm("native VLAN", "{vpcs: {11: {native_vlan: 20}}}", _needs("type-1-change", "outage")),
    Harm("MTU of a leg", "{vpcs: {12: {mtu: 1500}}}", _needs("type-1-change")),
    Harm("domain id", "{domain: {id: 20}}", _needs("domain-id-change", "outage")),
    Harm("system-mac", "{domain: {system_mac: 0200.0000.0101}}", _needs("domain-id-change", "outage")),
    Harm("STP mode", _MST, _needs("outage", "type-1-change")),
    Harm(
        "MST map",
        "{spanning_tree: {mst: {instances: {1: 2-99, 2: 100-3967}}}}",
        _needs("outage", "type-1-change"),
        "{spanning_tree: {mode: mst, priority: , mst_priority: {0: 4096}, mst: {name: a, instances: {1: 2-3967}}}}",
    ),
    Harm("loop guard", "{spanning_tree: {loopguard: true}}", _needs("outage", "type-1-change")),
    Harm("a leg is shut", "{vpcs: {12: {shutdown: true}}}", _needs("outage")),
    Harm("a leg is shut on one switch", "{vpcs: {12: {shutdown: {sw-a: true, sw-b: false}}}}", _needs()),
    Harm("a vPC goes", "{vpcs: {12: }, hosts: {db-01: }}", _needs("vpc-removal", "outage")),
    Harm("the peer-link moves", "{peer_link: {port_channel: 2}}", _needs("peer-link-change", "outage")),
    Harm("no port of the peer-link stays", "{peer_link: {members: Ethernet1/49-50}}", _needs("peer-link-change")),
    Harm("suspend-individual", "{vpcs: {12: {lacp_suspend_individual: false}}}", _needs("type-1-change")),
    Harm("peer-switch", "{domain: {peer_switch: false}}", _needs()),
    Harm("a gateway goes", "{svis: {10: }}", _needs("outage")),
    Harm(
        "MAC address of the anycast gateway", "{nve: {anycast_gateway_mac: 0200.0000.0bbb}}", _needs("outage"), _ANYCAST
    ),
    Harm("route target", "{vrfs: {blue: {families: {ipv4: {route_targets: [both auto]}}}}}", _needs("outage"), _BLUE),
    Harm("an entry of an access list", _USERS.replace("permit", "deny"), _needs(), _USERS),
    Harm("text comes that nobody knows", "{extra: banana on}", _needs()),
    Harm("text goes that nobody knows", "{extra: }", _needs("outage"), "{extra: banana on}"),
)
"""Changes that somebody notices."""

GUARDED = (
    Harm("keepalive", "{keepalive: {interval: 2000, timeout: 8}}", _needs("keepalive-change")),
    Harm("role priority", "{switches: {sw-a: {role_priority: 100}}}", _needs("role-change")),
    Harm("a port of the peer-link goes", "{peer_link: {members: Ethernet1/53}}", _needs("peer-link-change")),
)
"""Changes that nobody notices while nothing fails, and that need a permission all the same."""
