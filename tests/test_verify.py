"""Whether a pair is as its intent implies: every fault is found where it is, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from mlagkit.drill import matrix
from mlagkit.intent import load_pair
from mlagkit.nxos.reply import Show, ShowLeg, without_stamps
from mlagkit.peers import peers_of
from mlagkit.state import (
    Absent,
    ConsistencyState,
    LinkStatus,
    Neighbour,
    OrphanPorts,
    PairState,
    Parameter,
    PeerStatus,
    PortChannel,
    Role,
    RoleState,
    SwitchState,
    Timer,
    Verdict,
    VlanParameter,
    VpcState,
)
from mlagkit.values import InterfaceName, VlanSet
from mlagkit.verify import MARGIN, Check, Observed, Result, checks, implied, settled, suspects, worse
from mlagkit.verify.parameters import MOST
from mlagkit.verify.waiting import PAUSE
from tests import consistency_cases
from tests.conftest import ROOT
from tests.live_pairs import LivePair, dc1, found
from tests.pair_files import PAIRS

LEGS_OF_B = {"dc1-b vPC 11 port-channel11", "dc1-b vPC 12 port-channel12"}
BOTH = ("dc1-a", "dc1-b")


@pytest.fixture
def pair(tmp_path: Path) -> LivePair:
    """Both switches, doing what the pair file says."""
    return dc1(tmp_path)


def of_both(*objects: str) -> set[str]:
    """The objects on both switches."""
    return {f"{name} {each}" for name in BOTH for each in objects}


def check(some: tuple[Check, ...], name: str, switch: str | None = None) -> Check:
    """The one check of that name."""
    (one,) = [each for each in some if each.name == name and each.switch == switch]
    return one


@pytest.mark.parametrize("path", PAIRS, ids=lambda path: path.parent.name)
def test_every_pair_is_what_it_implies(path: Path) -> None:
    """Whatever a pair file says: where both switches do just that, nothing is amiss, whoever leads.

    What they run is another matter: the emulated switch changes some lines as it takes them.
    """
    pair = LivePair(load_pair(path))
    assert not found([each for each in pair.checks() if each.name != "drift"])
    first = pair.must.primary or pair.pair.hostnames[0]
    pair.happen(f"power-off {first}", f"power-on {first}")
    pair.wait(4000)
    assert not found([each for each in pair.checks() if each.name != "drift"])


def test_as_intended(pair: LivePair) -> None:
    """A pair that does what it was told passes every check, and none of them is unknown."""
    some = pair.checks()
    assert {each.result for each in some} == {Result.OK}
    assert not [each for each in some if each.why or each.advice or each.gaps]
    assert {each.name for each in some} == {
        *("roles", "domain", "domain identity", "adjacency", "keepalive", "domain settings", "delays"),
        *("consistency", "type-2 consistency"),
        *("vlan consistency", "vlan parameters", "peer-link", "peer-link vlans", "peer-link members"),
        *("vpc", "vpc consistency", "vpc vlans", "vpc members", "orphan ports", "routed", "drift", "startup"),
    }


FAULTS: dict[str, tuple[tuple[str, ...], set[str]]] = {
    "peer-link": (
        ("peer-link down",),
        {*of_both("peer adjacency", "peer-link port-channel1"), *LEGS_OF_B, "dc1-b Vlan10"},
    ),
    "keepalive": (("keepalive down",), of_both("peer-keepalive")),
    "split": (
        ("keepalive down", "peer-link down"),
        {"roles", *of_both("peer-keepalive", "peer adjacency", "peer-link port-channel1")},
    ),
    "vPC": (("vpc 11 down on dc1-a",), {"dc1-a vPC 11 port-channel11"}),
    "member of the peer-link": (
        ("peer-link member down Ethernet1/54",),
        of_both("ports of peer-link port-channel1"),
    ),
    "gateway": (("svi 10 down dc1-a",), {"dc1-a Vlan10"}),
    "vPC on both": (("vpc 12 down on dc1-a", "vpc 12 down on dc1-b"), of_both("vPC 12 port-channel12")),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_fault(fault: str, pair: LivePair) -> None:
    """A failure of the network is found on the switch and the object that it concerns."""
    events, expected = FAULTS[fault]
    pair.happen(*events)
    assert found(pair.checks()) == expected


def test_single_failures(pair: LivePair) -> None:
    """Of every single failure that the drill plays something is found exactly if a switch shows a trace of it."""
    steady, *failures = matrix(peers_of(pair.pair), depth=1).scenarios
    shown = ("link down", "peer-link member", "vpc")
    assert len(failures) >= 15
    for scenario in failures:
        (event,) = scenario.events
        one = LivePair(pair.pair)
        one.happen(str(event))
        differs = scenario.switches != steady.switches or str(event).startswith(shown)
        is_orphan = event.interface == "Ethernet1/40"  # whose state is not looked at
        assert bool(found(one.checks())) is (differs and not is_orphan), str(event)


@pytest.mark.parametrize("fault", FAULTS)
def test_what_to_do(fault: str, pair: LivePair) -> None:
    """Whatever is not ok comes with what must be, what is, and something to do."""
    pair.happen(*FAULTS[fault][0])
    for each in pair.checks():
        if each.result is Result.NOT_OK:
            assert each.expected
            assert each.seen
            assert each.advice


def test_peer_link_down(pair: LivePair) -> None:
    """Whatever a lost peer-link brings along may pass with it, and it is what to see to first."""
    pair.happen(*FAULTS["peer-link"][0])
    some = [each for each in pair.checks() if each.result is Result.NOT_OK]
    assert all(each.settles for each in some)
    assert {each.advice.partition(":")[0] for each in some if each.name == "vpc"} == {"bring the peer-link back first"}


def test_type_2_that_nobody_can_tell(pair: LivePair) -> None:
    """Where no configuration tells a parameter of type 2 nobody knows whether a difference in it is intended."""
    vpc = pair.observe().state.switches["dc1-a"].vpc
    assert isinstance(vpc, VpcState)
    assert pair.must.led["dc1-a"]["dc1-a"].type_2 is None
    some = judged(pair, vpc=replace(vpc, type_2_consistency=Verdict.FAILED, type_2_reason="SVI type-2"))
    one = check(some, "type-2 consistency", "dc1-a")
    assert (one.result, one.why) == (Result.NOT_KNOWN, "SVI type-2")
    failed = replace(vpc, type_2_consistency=Verdict.FAILED)
    for name, result in (("QoS (Cos)", Result.NOT_KNOWN), ("Interface-vlan admin up", Result.NOT_OK)):
        told = ConsistencyState(parameters=(Parameter(name=name, type=2, local="1", peer="2"),), suspended=None)
        one = check(judged(pair, vpc=failed, consistency=told), "type-2 consistency", "dc1-a")
        assert (one.result, one.why) == (result, f"{name}: 1 here, 2 there")


def test_gateway_down(pair: LivePair) -> None:
    """What is expected of a gateway is that it is up, on both switches, whichever has lost it."""
    pair.happen(*FAULTS["gateway"][0])
    one, other = (each for each in pair.checks() if each.object == "Vlan10")
    assert (one.expected, other.expected, other.seen) == ("connected",) * 3
    assert one.seen != "connected"


def test_vlan_missing_on_the_peer_link(pair: LivePair) -> None:
    """A VLAN that somebody took off the peer-link of one switch is missing on both and on the legs, and is drift."""
    pair.type("dc1-a", "interface port-channel1", "switchport trunk allowed vlan 10")
    some = pair.checks()
    assert found(some) == {
        *of_both(
            "VLANs of peer-link port-channel1", "VLANs of vPC 11 port-channel11", "VLANs of vPC 12 port-channel12"
        ),
        *("dc1-a running-config", "dc1-a startup-config"),
    }
    assert check(some, "peer-link vlans", "dc1-b").gaps == {"20"}
    assert check(some, "peer-link vlans", "dc1-a").why == "VLAN 20 is not forwarded"
    there = "VLAN 20 is not forwarded; this switch has VLAN 20 and suspends it"
    assert check(some, "peer-link vlans", "dc1-b").why == there
    assert check(judged(pair, consistency=None), "peer-link vlans", "dc1-a").why == "VLAN 20 is not forwarded"


def test_more_vlans_are_a_note(pair: LivePair) -> None:
    """A VLAN that the intent does not have is told, and no fault of the state: drift is for the diff to say."""
    for name in BOTH:
        pair.type(name, "vlan 30", "interface port-channel1", "switchport trunk allowed vlan add 30")
    one = check(pair.checks(), "peer-link vlans", "dc1-a")
    assert (one.result, one.why) == (Result.OK, "VLAN 30 is not of the intent")


def test_roles_swapped(pair: LivePair) -> None:
    """A takeover of the past is a note: roles are sticky. What hangs on who leads is judged by who does."""
    pair.happen("power-off dc1-a", "power-on dc1-a")
    pair.wait(1000)
    some = pair.checks()
    assert not found(some)
    roles = check(some, "roles")
    assert roles.seen == "dc1-a primary, operational secondary, dc1-b secondary, operational primary"
    assert roles.why.startswith("dc1-b leads since an earlier takeover or change")


def test_equal_priorities(tmp_path: Path) -> None:
    """Where both have one priority either may lead, without a note."""
    pair = dc1(tmp_path, ("role_priority: 16384", "role_priority: 8192"))
    roles = check(pair.checks(), "roles")
    assert (roles.result, roles.expected, roles.why) == (Result.OK, "either leads", "")


def test_intended_inconsistent(tmp_path: Path) -> None:
    """A pair whose intent differs in a type-1 parameter is expected to be what the switches make of that."""
    pair = dc1(tmp_path, ("    host: web-01\n", "    host: web-01\n    mtu: {dc1-a: 9216, dc1-b: 1500}\n"))
    some = pair.checks()
    assert not found(some)
    by_object = {(each.switch, each.object): each for each in some}
    assert by_object["dc1-b", "vPC 11 port-channel11"].expected == "suspended"
    assert "MTU" in by_object["dc1-b", "vPC 11 port-channel11"].why
    leading = by_object["dc1-a", "consistency of vPC 11 port-channel11"]
    assert (leading.expected, leading.seen) == ("failed", "failed")


def test_what_the_intent_differs_in(tmp_path: Path) -> None:
    """Each check of consistency names the parameters of its own type, of the whole switch or of the one vPC."""
    pair = dc1(
        tmp_path,
        ("{mode: rapid-pvst, priority: {1-3967: 4096}}", "{mode: {dc1-a: rapid-pvst, dc1-b: mst}}"),
        ("    host: web-01\n", "    host: web-01\n    mtu: {dc1-a: 9216, dc1-b: 1500}\n"),
        ("    hsrp: {version: 2", "    shutdown: {dc1-a: false, dc1-b: true}\n    hsrp: {version: 2"),
    )
    some = pair.checks()
    assert not found(some)
    for name, parameter in (("consistency", "STP Mode"), ("type-2 consistency", "Interface-vlan admin up")):
        assert check(some, name, "dc1-b").why.endswith(f"the intent differs in {parameter}")


def test_inconsistent_by_hand(pair: LivePair) -> None:
    """The same typed into one switch is a fault, with the parameter by its name."""
    pair.type("dc1-b", "spanning-tree mode mst")
    some = pair.checks()
    assert {"dc1-a consistency", "dc1-b consistency", *LEGS_OF_B} <= found(some)
    assert "STP Mode: MST here, Rapid-PVST there" in check(some, "consistency", "dc1-b").why


def test_parameters_of_a_vpc(pair: LivePair) -> None:
    """A vPC with which something is wrong is asked for by itself: what differs, where, and what was intended."""
    pair.type("dc1-b", "interface port-channel11", "mtu 9216")
    some = pair.checks()
    here, there = (check(some, "vpc parameters", name) for name in BOTH)
    assert (here.result, here.object) == (Result.NOT_OK, "parameters of vPC 11 port-channel11")
    assert (here.expected, here.seen, here.gaps) == ("the same on both", "different in MTU", frozenset({"MTU"}))
    assert here.why == "MTU: 1500 here, 9216 there"
    assert there.why == "MTU: 9216 here, 1500 there, intended 1500 here"


def test_parameters_that_are_to_differ(tmp_path: Path) -> None:
    """What the intent itself makes different is no fault when the switch says so; anything else is."""
    pair = dc1(tmp_path, ("    host: web-01\n", "    host: web-01\n    mtu: {dc1-a: 9216, dc1-b: 1500}\n"))
    one = check(pair.checks(), "vpc parameters", "dc1-a")
    assert (one.result, one.expected, one.seen) == (Result.OK, "different in MTU", "different in MTU")
    pair.type("dc1-a", "interface port-channel11", "spanning-tree guard root")
    one = check(pair.checks(), "vpc parameters", "dc1-a")
    assert (one.result, one.gaps) == (Result.NOT_OK, frozenset({"STP Port Guard"}))


def test_parameters_that_nobody_is_sure_of(tmp_path: Path) -> None:
    """Where the sources are not sure what an intended difference does, one more is not known to be a fault."""
    pair = dc1(
        tmp_path, ("    host: web-01\n", "    host: web-01\n    lacp_suspend_individual: {dc1-a: false, dc1-b: true}\n")
    )
    assert not pair.must.led["dc1-a"]["dc1-a"].legs[11].sure
    pair.type("dc1-b", "interface port-channel11", "mtu 9216")
    one = check(pair.checks(), "vpc parameters", "dc1-a")
    assert (one.result, one.seen) == (Result.NOT_KNOWN, "different in lacp suspend disable, MTU")


def test_vpc_that_the_peer_lacks(pair: LivePair) -> None:
    """The table of a vPC that only one of the two has holds no value of the peer, which is told."""
    pair.type("dc1-b", "interface port-channel11", "no vpc 11")
    one = check(pair.checks(), "vpc parameters", "dc1-a")
    assert (one.result, one.why) == (Result.OK, "the peer has no values for it: see whether it has this vPC")


def test_vlan_missing_on_a_leg(pair: LivePair) -> None:
    """Which switch suspends the VLAN of a leg only the table of that vPC says; there it is no type-1 parameter."""
    pair.type("dc1-a", "interface port-channel11", "switchport trunk allowed vlan 10")
    some = pair.checks()
    here, there = (check(some, "vpc parameters", name) for name in BOTH)
    assert (here.result, here.why) == (Result.OK, "")
    assert (there.result, there.why) == (Result.OK, "the switch suspends VLAN 20 on it")


def test_what_is_asked_closer(pair: LivePair) -> None:
    """A table is asked of a vPC that fails by itself or lacks a VLAN that the peer-link has; of a few, and no other."""
    must = pair.must.led["dc1-a"]["dc1-a"]
    vpc = pair.observe().state.switches["dc1-a"].vpc
    assert isinstance(vpc, VpcState)
    one, other = vpc.legs
    fails = replace(one, consistency=Verdict.FAILED)
    assert suspects(must, vpc) == ()
    assert suspects(must, replace(vpc, legs=(fails, other))) == (one.port,)
    assert suspects(must, replace(vpc, legs=(replace(one, vlans=VlanSet((10,))), other))) == (one.port,)
    cut = replace(vpc, legs=(fails, other), consistency=Verdict.FAILED)
    assert suspects(must, cut) == ()
    assert suspects(must, replace(vpc, legs=(fails, other), peer=PeerStatus.LINK_DOWN)) == ()
    link = replace(vpc.peer_links[0], vlans=VlanSet((10,)))
    assert suspects(must, replace(vpc, legs=(replace(one, vlans=VlanSet((10,))), other), peer_links=(link,))) == ()
    few = replace(one, vlans=VlanSet((10,)))
    for silent in (replace(one, vlans=None), replace(few, status=LinkStatus.DOWN), replace(few, vpc=99)):
        assert suspects(must, replace(vpc, legs=(silent, other))) == ()
    assert len(suspects(must, replace(vpc, legs=(fails,) * 100))) == MOST


def test_parameters_that_nobody_tells(pair: LivePair) -> None:
    """A table that the switch refuses, or tells in another form, is not known, and no fault."""
    leg = port("port-channel11")
    seen = pair.observe()
    some = checks(pair.must, with_states(seen, interface_consistency={leg: Absent.UNKNOWN_COMMAND}))
    assert check(some, "vpc parameters", "dc1-a").result is Result.NOT_KNOWN
    unread = {ShowLeg(leg).value: "no form", Show.VPC_CONSISTENCY_VLANS.value: "none either"}
    some = checks(pair.must, replace(with_states(seen, vlan_consistency=None), unread={"dc1-a": unread}))
    assert not found(some)
    why = {name: check(some, name, "dc1-a").why for name in ("vpc parameters", "vlan parameters")}
    assert why == {"vpc parameters": "no form", "vlan parameters": "none either"}


def test_one_side_has_no_value(pair: LivePair) -> None:
    """What only one of the two has is no difference: the check ignores it (G106)."""
    row = Parameter(name="STP Port Guard", type=1, local="Root", peer="")
    told = ConsistencyState(parameters=(row,), suspended=None)
    one = check(judged(pair, interface_consistency={port("port-channel11"): told}), "vpc parameters", "dc1-a")
    assert (one.result, one.seen) == (Result.OK, "the same on both")


def test_segment_on_one_side(pair: LivePair) -> None:
    """A VLAN with a segment on one switch only fails the check per VLAN on both (id 8889150548)."""
    pair.type("dc1-a", "feature vn-segment-vlan-based", "vlan 10", "vn-segment 10010")
    some = pair.checks()
    for name in BOTH:
        assert check(some, "vlan consistency", name).result is Result.NOT_OK
        one = check(some, "vlan parameters", name)
        assert (one.expected, one.seen) == ("every VLAN passes", "all but VLAN 10 pass")
        assert one.why == "Vlan to Vn-segment Map: VLAN 10 (vPC type-1 configuration incompatible)"
        assert one.gaps == {"Vlan to Vn-segment Map 10"}


def test_segment_that_is_to_differ(tmp_path: Path) -> None:
    """Where the intent has a segment on one switch only, the check per VLAN is expected to fail, and for that VLAN."""
    pair = dc1(tmp_path, ("  10: web\n", "  10: {name: web, vni: {dc1-a: 10010, dc1-b: 10020}}\n"))
    some = pair.checks()
    assert not found([each for each in some if each.name != "drift"])
    one = check(some, "vlan consistency", "dc1-a")
    assert (one.result, one.expected, one.why) == (Result.OK, "failed", "the intent differs in Vlan to Vn-segment Map")
    assert check(some, "vlan parameters", "dc1-a").expected == "all but VLAN 10 pass"


def test_vlans_that_fail_type_2(pair: LivePair) -> None:
    """A row of type 2 suspends nothing: what fails it is a note."""
    row = VlanParameter(name="QoS", type=2, verdict=Verdict.FAILED, reason="incompatible", passed=VlanSet((10,)))
    one = check(judged(pair, vlan_consistency=(row,)), "vlan parameters", "dc1-a")
    assert (one.result, one.seen, one.why) == (Result.OK, "every VLAN passes", "QoS: VLAN 20 (incompatible)")


def test_vlan_of_the_other_peer_link() -> None:
    """A VLAN that only the peer carries can fail nothing here."""
    must = implied(consistency_cases.peers("vlan-missing"))
    assert {name: (30 in each.carried, 30 in each.failing) for name, each in must.led["sw-a"].items()} == {
        "sw-a": (True, True),
        "sw-b": (False, False),
    }


def test_vlan_on_one_side(pair: LivePair) -> None:
    """A VLAN without a segment that one of the two lacks is suspended, and the check per VLAN says success (OUT3)."""
    pair.type("dc1-b", "no vlan 20")
    some = pair.checks()
    assert check(some, "vlan consistency", "dc1-a").result is Result.OK
    assert check(some, "peer-link vlans", "dc1-a").gaps == {"20"}


def test_a_push_asks_less(pair: LivePair) -> None:
    """What a push does not ask for at each look is no check of its own, known or not."""
    some = judged(pair, vlan_consistency=None, interface_consistency=None)
    assert {each.result for each in some} == {Result.OK}
    assert not [each for each in some if each.switch == "dc1-a" and each.name in ("vlan parameters", "vpc parameters")]


def test_reason_of_a_success(pair: LivePair) -> None:
    """A switch gives a reason for what is as it should be, too; it is nothing to tell."""
    vpc = pair.observe().state.switches["dc1-a"].vpc
    assert isinstance(vpc, VpcState)
    one = check(judged(pair, vpc=replace(vpc, consistency_reason="success")), "consistency", "dc1-a")
    assert (one.result, one.why) == (Result.OK, "")


def test_shut_by_intent(tmp_path: Path) -> None:
    """A vPC that is shut in the pair file is expected down."""
    pair = dc1(tmp_path, ("    host: web-01\n", "    host: web-01\n    shutdown: true\n"))
    some = pair.checks()
    assert not found(some)
    assert {each.expected for each in some if each.object == "vPC 11 port-channel11"} == {"down"}


def test_wait_for_delay_restore(pair: LivePair) -> None:
    """Legs that delay restore holds back are not ok yet, and worth waiting for, until the delay is over."""
    pair.happen("peer-link down")
    pair.wait(60)
    pair.happen("peer-link up")
    pair.wait(10)
    some = pair.checks()
    assert found(some) == {*LEGS_OF_B, "dc1-b delays of a return", "dc1-b Vlan10"}
    assert all(each.is_pending for each in some if each.result is Result.NOT_OK)
    assert check(some, "delays", "dc1-b").seen == "vPCs 140 s left, SVIs 90 s left"
    pair.wait(140)
    assert not found(pair.checks())


class Clock:
    """Seconds that pass only where somebody sleeps, for the pair, too."""

    def __init__(self, pair: LivePair) -> None:
        self.pair = pair
        self.seconds = 0.0
        self.told: list[float] = []

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.seconds += seconds
        self.pair.wait(seconds)

    def settled(self, patience: float) -> tuple[Check, ...]:
        """The checks once nothing is pending."""
        return settled(
            {"dc1": patience},
            lambda pairs: {pair: self.pair.checks() for pair in pairs},
            lambda some: any(each.is_pending for each in some),
            clock=lambda: self.seconds,
            sleep=self.sleep,
            tell=lambda _, left: self.told.append(left),
        )["dc1"]


def test_settled(pair: LivePair) -> None:
    """It is waited until all is up and no longer, with a word before each pause."""
    pair.happen("peer-link down", "peer-link up")
    clock = Clock(pair)
    assert not found(clock.settled(pair.must.delay + MARGIN))
    assert 150 <= clock.seconds <= 150 + PAUSE
    assert clock.told[0] == 150 + MARGIN
    assert clock.told == sorted(clock.told, reverse=True)


@pytest.mark.parametrize("patience", [0, 12])
def test_patience_ends(patience: float, pair: LivePair) -> None:
    """What does not come by itself in time is told as it is then."""
    pair.happen("peer-link down")
    clock = Clock(pair)
    assert found(clock.settled(patience)) >= LEGS_OF_B
    assert clock.seconds == patience


def test_drift_is_not_waited_for(pair: LivePair) -> None:
    """Nobody waits for a configuration to become right."""
    pair.type("dc1-a", "interface port-channel11", "description by hand")
    clock = Clock(pair)
    assert found(clock.settled(60)) == {"dc1-a running-config", "dc1-a startup-config"}
    assert clock.seconds == 0


def test_startup_differs(pair: LivePair) -> None:
    """What runs as intended and is not saved is found, by the number of lines."""
    pair.type("dc1-a", "logging server 192.0.2.7")
    some = pair.checks()
    assert found(some) == {"dc1-a startup-config"}
    assert check(some, "startup", "dc1-a").seen == "1 line not saved"
    pair.switches["dc1-a"].save()
    assert not found(pair.checks())


def with_states(seen: Observed, **changes: object) -> Observed:
    """What was observed, with parts of the first switch's state replaced."""
    name, state = next(iter(seen.state.switches.items()))
    parts: dict[str, object] = dict(changes)
    return replace(seen, state=PairState(switches={**seen.state.switches, name: replace(state, **parts)}))  # type: ignore[arg-type]


def judged(pair: LivePair, **changes: object) -> tuple[Check, ...]:
    """The checks where the first switch says something else."""
    return checks(pair.must, with_states(pair.observe(), **changes))


def port(text: str) -> InterfaceName:
    """An interface by its name."""
    return InterfaceName(text)


def test_new_orphan(pair: LivePair) -> None:
    """A port with a vPC VLAN that the intent does not know is found; an idle one in VLAN 1 is only a note."""
    rows = (
        OrphanPorts(vlans=VlanSet((10, 20)), ports=(port("Ethernet1/40"), port("Ethernet1/9"))),
        OrphanPorts(vlans=VlanSet((1,)), ports=(port("Ethernet1/30"),)),
    )
    one = check(judged(pair, orphan_ports=rows), "orphan ports", "dc1-a")
    assert (one.result, one.gaps) == (Result.NOT_OK, frozenset({"Ethernet1/9"}))
    assert one.why == "Ethernet1/9 carries VLAN 10,20; not of the intent and only in VLAN 1: Ethernet1/30"


def test_member_down(pair: LivePair) -> None:
    """A port of the peer-link that is not bundled is found though the peer-link is up."""
    state = pair.observe().state.switches["dc1-a"]
    assert state.port_channels is not None
    link, *rest = state.port_channels
    cut = PortChannel(
        port=link.port,
        switched=True,
        status="up",
        protocol="LACP",
        members=(link.members[0], replace(link.members[1], status="down")),
    )
    one = check(judged(pair, port_channels=(cut, *rest)), "peer-link members", "dc1-a")
    assert (one.result, one.why, one.gaps) == (Result.NOT_OK, "Ethernet1/54 is down", frozenset({"Ethernet1/54"}))


def test_roles_that_are_told(pair: LivePair) -> None:
    """The roles of a pair are known where both tell theirs and one leads; a plan begins with the other."""
    state = pair.observe().state
    assert state.roles == {"dc1-a": Role.PRIMARY, "dc1-b": Role.SECONDARY}
    vpc = state.switches["dc1-b"].vpc
    assert isinstance(vpc, VpcState)
    for other in (Absent.UNKNOWN_COMMAND, replace(vpc, role=Role.SECONDARY_OPERATIONAL_PRIMARY)):
        told = {**state.switches, "dc1-b": replace(state.switches["dc1-b"], vpc=other)}
        assert PairState(switches=told).roles == {}


def test_nobody_tells_a_role(pair: LivePair) -> None:
    """Where no switch knows the command nobody is seen to lead."""
    seen = pair.observe()
    none = {name: replace(each, vpc=Absent.UNKNOWN_COMMAND) for name, each in seen.state.switches.items()}
    one = check(checks(pair.must, replace(seen, state=PairState(switches=none))), "roles")
    assert (one.result, one.seen) == (Result.NOT_KNOWN, "none")


def test_no_peer_link_is_intended(pair: LivePair) -> None:
    """Where the intent has no peer-link the two are not expected to meet."""
    bare = {
        leader: {name: replace(each, peer_link=None) for name, each in led.items()}
        for leader, led in pair.must.led.items()
    }
    some = checks(replace(pair.must, led=bare), pair.observe())
    assert check(some, "adjacency", "dc1-a").expected == "not formed"
    assert "peer-link" not in {each.name for each in some}


def test_no_vpc_at_all(pair: LivePair) -> None:
    """A switch that does not know the command has no vPC: that is not as intended, and the roles can't be known."""
    some = judged(pair, vpc=Absent.UNKNOWN_COMMAND)
    assert "dc1-a vPC domain" in found(some)
    assert "roles" in found(some, Result.NOT_KNOWN)


def test_other_domain(pair: LivePair) -> None:
    """The domain of another pair is not as intended."""
    vpc = pair.observe().state.switches["dc1-a"].vpc
    assert isinstance(vpc, VpcState)
    assert found(judged(pair, vpc=replace(vpc, domain=77))) == {"dc1-a vPC domain"}


def test_a_list_cut_short(pair: LivePair) -> None:
    """A list of VLANs that the switch itself cut short proves nothing, either way."""
    vpc = pair.observe().state.switches["dc1-a"].vpc
    assert isinstance(vpc, VpcState)
    some = judged(pair, vpc=replace(vpc, legs=tuple(replace(leg, vlans=None) for leg in vpc.legs)))
    assert not found(some)
    assert len(found(some, Result.NOT_KNOWN)) == 2


def test_answer_that_is_not_understood(pair: LivePair) -> None:
    """What a switch answers in another form is not known, with the reason; the other checks stand."""
    seen = with_states(pair.observe(), orphan_ports=None)
    seen = replace(seen, unread={"dc1-a": {Show.VPC_ORPHAN_PORTS.value: "not of a form that mlagkit knows"}})
    some = checks(pair.must, seen)
    assert not found(some)
    one = check(some, "orphan ports", "dc1-a")
    assert (one.result, one.why) == (Result.NOT_KNOWN, "not of a form that mlagkit knows")


UPLINK = ("  dc1-a:\n    Eth", "  dc1-a:\n    Ethernet1/49: {address: 198.51.100.0/31}\n    Eth")
ROUTE = ("\nextra: |", "\nroutes: {0.0.0.0/0: {dc1-a: 198.51.100.1}}\n\nextra: |")


@pytest.fixture
def cabled(tmp_path: Path) -> LivePair:
    """A pair where LLDP is to run and the cabling is known, with an uplink on one switch."""
    cabling = "features: [lldp]\ncabling:\n  dc1-a: {Ethernet1/1: web-01 eno1}\n  dc1-b: {Ethernet1/1: web-01 eno2}\n"
    return dc1(tmp_path, ("\nvpcs:", f"\n{cabling}\nvpcs:"), UPLINK, ROUTE)


def test_uplink_down(cabled: LivePair) -> None:
    """A port over which packets leave the pair is expected to be connected: vPC itself says nothing of it."""
    assert check(cabled.checks(), "uplinks", "dc1-a").result is Result.OK
    cabled.happen("uplinks down dc1-a")
    one = check(cabled.checks(), "uplinks", "dc1-a")
    assert (one.result, one.object, one.settles) == (Result.NOT_OK, "uplink Ethernet1/49", True)
    assert one.advice.endswith("shut it until it has one")
    assert found(cabled.checks()) == {"dc1-a uplink Ethernet1/49"}
    assert check(judged(cabled, interfaces=()), "uplinks", "dc1-a").result is Result.NOT_KNOWN


def test_subinterface_as_an_uplink(tmp_path: Path) -> None:
    """Of a subinterface the port is looked at that it is a part of."""
    below = (
        UPLINK[0],
        UPLINK[1].replace("1/49:", "1/49: {mode: routed}\n    Ethernet1/49.7:").replace("{a", "{vlan: 7, a"),
    )
    pair = dc1(tmp_path, below, ROUTE)
    assert pair.must.led["dc1-a"]["dc1-a"].uplinks == {"Ethernet1/49"}
    assert not found(pair.checks())


def settled_vpc(pair: LivePair) -> VpcState:
    """What the first switch says of vPC."""
    vpc = pair.observe().state.switches["dc1-a"].vpc
    assert isinstance(vpc, VpcState)
    return vpc


@pytest.mark.parametrize(
    ("told", "result", "seen", "why"),
    [
        ({}, Result.OK, "as intended", ""),
        ({"peer_gateway": False}, Result.NOT_OK, "peer gateway is off", ""),
        ({"peer_gateway": None, "graceful_consistency": None}, Result.OK, "as intended", ""),
        (
            {"graceful_consistency": False, "graceful_reason": "due to peer configuration"},
            *(Result.NOT_OK, "graceful check is off", "due to peer configuration"),
        ),
        ({"layer3_peer_router": True}, Result.OK, "as intended", "not of the intent: layer 3 peer router is on"),
        ({"auto_recovery": False}, Result.NOT_KNOWN, "automatic recovery is off", ""),
        (
            {"auto_recovery": False, "peer_gateway": False},
            *(Result.NOT_OK, "peer gateway is off, automatic recovery is off", ""),
        ),
    ],
)
def test_domain_settings(told: dict[str, object], result: Result, seen: str, why: str, pair: LivePair) -> None:
    """What the intent switches on and the switch says is off; what is on beyond it is a note."""
    vpc = replace(settled_vpc(pair), **told)  # type: ignore[arg-type]
    one = check(judged(pair, vpc=vpc), "domain settings", "dc1-a")
    assert (one.result, one.seen, one.why) == (result, seen, why)
    assert one.gaps == (frozenset() if result is Result.OK else frozenset(seen.split(", ")))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("graceful_consistency_check: {dc1-a: true, dc1-b: false}", "graceful_consistency"),
        ("layer3_peer_router: {dc1-a: true, dc1-b: false}", "layer3_peer_router"),
    ],
)
def test_settings_that_take_both(line: str, told: str, tmp_path: Path) -> None:
    """What works only where both switches have it is not expected of one that has it alone."""
    pair = dc1(tmp_path, ("  fast_convergence: true", f"  {line}\n  fast_convergence: true"))
    vpc = replace(settled_vpc(pair), **{told: False})  # type: ignore[arg-type]
    assert check(judged(pair, vpc=vpc), "domain settings", "dc1-a").result is Result.OK


def test_excluded_vlans(tmp_path: Path) -> None:
    """A VLAN that is to keep its gateway when the peer-link is lost is excluded in force."""
    pair = dc1(tmp_path, ("  fast_convergence: true", "  dual_active_exclude_vlans: 10\n  fast_convergence: true"))
    assert check(pair.checks(), "domain settings", "dc1-a").result is Result.OK
    vpc = replace(settled_vpc(pair), dual_active_excluded=VlanSet())
    one = check(judged(pair, vpc=vpc), "domain settings", "dc1-a")
    assert (one.result, one.seen) == (Result.NOT_OK, "VLAN 10 is not excluded")


def test_domain_identity(tmp_path: Path) -> None:
    """The system in force is that of the intent; above domain 511 nobody knows which address the number makes."""
    for edits, result in (((), Result.NOT_OK), ((("id: 1 ", "id: 600 "),), Result.NOT_KNOWN)):
        pair = dc1(tmp_path, *edits)
        role = pair.observe().state.switches["dc1-a"].role
        assert isinstance(role, RoleState)
        one = check(judged(pair, role=replace(role, system_mac="0200.0000.0099")), "domain identity", "dc1-a")
        assert (one.result, one.seen) == (result, "0200.0000.0099, priority 32667")
        assert not found(judged(pair, role=None))


def test_keepalive_one_way(pair: LivePair) -> None:
    """Which way of the keepalive is lost is told where the switch says it."""
    pair.happen("keepalive down")
    one = check(pair.checks(), "keepalive", "dc1-a")
    assert (one.result, one.why) == (Result.NOT_OK, "sending: success, receiving: failed")
    assert check(judged(pair, keepalive=None), "keepalive", "dc1-a").why == ""


def test_recovery_runs(pair: LivePair) -> None:
    """A switch that waits whether its peer comes back is not done."""
    vpc = replace(settled_vpc(pair), auto_recovery_timer=Timer(running=True, timeout=240, left=100))
    one = check(judged(pair, vpc=vpc), "delays", "dc1-a")
    assert (one.result, one.seen) == (Result.NOT_OK, "recovery without the peer 100 s left")


def test_neighbours(cabled: LivePair) -> None:
    """Where LLDP is to run, the ends of the peer-link and of the cables that are told are looked at."""
    some = [each for each in cabled.checks() if each.name == "neighbour"]
    assert {each.result for each in some} == {Result.OK}
    assert {each.object for each in some} == {f"neighbour Ethernet1/{number}" for number in (1, 53, 54)}


def test_neighbours_that_nobody_tells(cabled: LivePair) -> None:
    """Of a switch that does not answer who is heard, the ends are not known."""
    some = judged(cabled, neighbours=Absent.UNKNOWN_COMMAND)
    unknown = {f"dc1-a neighbour Ethernet1/{number}" for number in (1, 53, 54)}
    assert (found(some), found(some, Result.NOT_KNOWN)) == (set(), unknown)


def test_wrong_neighbour(cabled: LivePair) -> None:
    """A cable that leads elsewhere is found; a domain behind the name does not count, and silence proves nothing."""
    rows = (
        Neighbour(port=port("Ethernet1/1"), device="db-01", far_port="eno1"),
        Neighbour(port=port("Ethernet1/53"), device="DC1-B.example.net", far_port="Ethernet1/53"),
    )
    some = judged(cabled, neighbours=rows)
    assert found(some) == {"dc1-a neighbour Ethernet1/1"}
    assert found(some, Result.NOT_KNOWN) == {"dc1-a neighbour Ethernet1/54"}


def test_nothing_was_read(pair: LivePair) -> None:
    """Of a switch that was not read nothing is said, and the roles of the two are not known."""
    seen = pair.observe()
    alone = Observed(state=PairState(switches={"dc1-b": seen.state.switches["dc1-b"]}), standing=seen.standing)
    some = checks(pair.must, alone)
    assert {each.switch for each in some} == {None, "dc1-b"}
    assert found(some, Result.NOT_KNOWN) == {"roles"}


def test_a_switch_that_tells_nothing(pair: LivePair) -> None:
    """A state without any answer makes checks that are not known, never one that is ok."""
    state = {name: SwitchState(hostname=name) for name in BOTH}
    some = checks(pair.must, Observed(state=PairState(switches=state)))
    assert {each.result for each in some} == {Result.NOT_KNOWN}


def test_worse(pair: LivePair) -> None:
    """Only what got worse since counts: new faults and more gaps, not those that were there."""
    pair.happen("vpc 11 down on dc1-a")
    pair.type("dc1-b", "interface port-channel12", "description by hand")
    before = pair.checks()
    assert worse(before, pair.checks()) == ()
    pair.happen("keepalive down")
    pair.type("dc1-b", "interface port-channel11", "description by hand")
    assert found(worse(before, pair.checks())) == {
        *of_both("peer-keepalive"),
        *("dc1-b running-config", "dc1-b startup-config"),
    }


def test_better_is_not_worse(pair: LivePair) -> None:
    """A vPC that came up with a VLAN too few is better than one that was down."""
    pair.happen("vpc 11 down on dc1-a")
    before = pair.checks()
    pair.happen("vpc 11 up on dc1-a")
    pair.type("dc1-a", "interface port-channel11", "switchport trunk allowed vlan 10")
    after = pair.checks()
    assert "dc1-a VLANs of vPC 11 port-channel11" in found(after)
    assert "dc1-a VLANs of vPC 11 port-channel11" not in found(worse(before, after))
    assert "dc1-b VLANs of vPC 11 port-channel11" in found(worse(before, after))


def test_fewer_gaps_are_not_worse(pair: LivePair) -> None:
    """Of what is missing, only what is missing now and was not before is worse."""
    some = Check(
        name="vpc vlans",
        switch="dc1-a",
        object="VLANs",
        expected="1-3",
        seen="3",
        result=Result.NOT_OK,
        gaps=frozenset({"1", "2"}),
    )
    fewer, other = replace(some, gaps=frozenset({"2"})), replace(some, gaps=frozenset({"3"}))
    assert worse([some], [fewer]) == ()
    assert worse([fewer], [some]) == (some,)
    assert worse([some], [other]) == (other,)
    assert worse([], [some]) == (some,)


def test_a_line_taken_away(pair: LivePair) -> None:
    """Whatever somebody takes out of a switch is found, but for what has no effect; what changes nothing is not."""
    by_state = by_drift = 0
    whole = without_stamps(pair.switches["dc1-a"].running_config())
    for line, *head in lines_of(whole):
        if line.startswith("hostname "):  # without it nothing is taken from the answer
            continue
        one = LivePair(pair.pair)
        one.switches["dc1-a"].execute([*head, line[3:] if line.startswith("no ") else f"no {line}"])
        some = found(one.checks())
        is_changed = without_stamps(one.switches["dc1-a"].running_config()) != whole
        assert ("dc1-a startup-config" in some) is is_changed, line
        assert is_changed or not some, line
        by_drift += "dc1-a running-config" in some
        by_state += bool(some - {"dc1-a running-config", "dc1-a startup-config"})
    assert by_state >= 18
    assert by_drift >= 40


def lines_of(config: str) -> Iterator[tuple[str, ...]]:
    """Each line of a configuration with the head that it stands below, if it does."""
    head = ""
    for raw in config.splitlines():
        if raw.startswith(" "):
            yield raw.strip(), head
        elif raw and raw[0] != "!":
            head = raw
            yield (head,)


def test_every_check_is_documented(cabled: LivePair) -> None:
    """The page on verify has every check by its name."""
    cabled.type("dc1-b", "interface port-channel11", "mtu 9216")
    table = (ROOT / "docs" / "verify.md").read_text("utf-8")
    first = [line.split("|")[1] for line in table.splitlines() if line.startswith("| ")]
    assert {name.strip() for cell in first[1:] for name in cell.split(",")} == {each.name for each in cabled.checks()}
