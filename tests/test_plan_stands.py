"""How a pair stands after a step: what is found on a part of it is what is found on all of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from mlagkit.nxos.change.typed import Typed
from mlagkit.nxos.parse import parse
from mlagkit.plan.stands import Ends, Stand, stand, stands_of
from mlagkit.plan.state import Peers, Told
from mlagkit.render import render
from mlagkit.switch import Switch
from mlagkit.topology.channels import ROUTED
from tests.correct_pairs import CORRECT, FILES
from tests.plan_journey import whole
from tests.plan_strategies import runs
from tests.test_plan_properties import count


@cache
def pairs() -> Sequence[Sequence[Switch]]:
    """The pairs that run as they are rendered."""
    return [pair for pair in {**CORRECT, **FILES}.values() if all(runs(render(switch)) for switch in pair)]


OF_A_PORT = (
    *(
        "shutdown",
        "shutdown",
        "no shutdown",
        "mtu 1400",
        "no mtu",
        "no switchport",
        "switchport",
        "switchport mode access",
    ),
    *("switchport access vlan 10", "switchport mode trunk", "switchport trunk allowed vlan 10", "vpc 99", "no vpc"),
    *("switchport trunk allowed vlan remove 10", "channel-group 77 mode on", "no channel-group", "lacp min-links 2"),
    "channel-group 12 force mode active",
    *("vpc orphan-port suspend", "spanning-tree port type edge trunk", "spanning-tree guard root"),
)
ELSEWHERE = (
    (("interface Vlan10",), "shutdown"),
    (("vlan 10",), "shutdown"),
    ((), "no vlan 10"),
    ((), "no interface port-channel11"),
    ((), "interface port-channel77"),
)
"""What a person may type, one line after the other, in any order."""


@st.composite
def lines(draw: st.DrawFn, pair: Sequence[Switch]) -> list[tuple[int, tuple[str, ...], str]]:
    """Some lines about a few ports, mostly, so that one often meets what another one did."""
    places = [(at, name) for at, switch in enumerate(pair) for name in switch.ports]
    vital = [(at, name) for at, name in places if pair[at].ports[name].peer_link or pair[at].ports[name].mode == ROUTED]
    chosen = draw(st.lists(st.sampled_from(places), min_size=1, max_size=3))
    chosen += draw(st.lists(st.sampled_from(vital or places), max_size=1))
    of_port = st.sampled_from(chosen).flatmap(
        lambda place: st.sampled_from(OF_A_PORT).map(lambda text: (place[0], (f"interface {place[1]}",), text))
    )
    other = st.tuples(st.integers(0, 1), st.sampled_from(ELSEWHERE)).map(lambda each: (each[0], *each[1]))
    return draw(st.lists(st.one_of(of_port, of_port, of_port, of_port, of_port, other), min_size=3, max_size=12))


def states(pair: Sequence[Switch], typed: Sequence[tuple[int, tuple[str, ...], str]]) -> list[Peers]:
    """The pair before the first line and behind each."""
    told = [Told.by(switch) for switch in pair]
    running = [Typed.of(whole(parse(render(switch)))) for switch in pair]
    now = [told[at].of(each.side()) for at, each in enumerate(running)]
    found: list[Peers] = [(now[0], now[1])]
    for at, section, text in typed:
        running[at].enter(section, text)
        now[at] = told[at].of(running[at].side())
        found.append((now[0], now[1]))
    return found


def as_wholes(found: Sequence[Peers], primary: str) -> list[Stand]:
    """How each of them stands, all of it looked at."""
    ends = Ends.of(found, primary)
    return [stand(peers, ends) for peers in found]


@count(150, 10_000)
@given(st.data())
def test_a_part_tells_what_the_whole_does(data: st.DataObject) -> None:
    """Whatever is typed into a correct pair, the parts that it touches show all that changes."""
    pair = data.draw(st.sampled_from(pairs()))
    found = states(pair, data.draw(lines(pair)))
    primary = pair[data.draw(st.integers(0, 1))].name
    small = stands_of(found, primary)
    event(f"{sum(one.forwards != other.forwards for one, other in pairwise(small))} changes")
    assert small == as_wholes(found, primary)


def test_a_gateway_hangs_on_the_last_port_in_its_vlan() -> None:
    """Where the peer-link does not carry a VLAN, its gateway is up as long as any port in it is."""
    pair = FILES["gateway-pair"]
    switch, link = pair[0], pair[0].peer_link
    vlan = min(switch.svis)
    legs = [leg for leg in switch.vpcs.values() if vlan in leg.allowed]
    assert link is not None
    off = [(at, (f"interface {link.name}",), f"switchport trunk allowed vlan remove {vlan}") for at in (0, 1)]
    shut = [(0, (f"interface {leg.name}",), "shutdown") for leg in legs]
    found = states(pair, [*off, *shut])
    small = stands_of(found, switch.name)
    gateway = (switch.name, f"gateway of VLAN {vlan}")
    assert len(legs) > 1
    assert [gateway in each.forwards for each in small[-len(legs) - 1 :]] == [True] * len(legs) + [False]
    assert small == as_wholes(found, switch.name)


@pytest.mark.parametrize("told_by", ["host", "cabling"])
def test_a_host_on_single_ports(told_by: str) -> None:
    """A host with a port on each switch, in no vPC, is there as long as one of them is up, whatever tells of it."""
    one, other = (_told_by(told_by, switch) for switch in CORRECT["base, hosts of every kind"])
    typed = ((0, "shutdown"), (1, "shutdown"), (0, "no shutdown"))
    found = states((one, other), [(at, ("interface Ethernet1/20",), text) for at, text in typed])
    small = stands_of(found, one.name)
    assert [("", "fw-01") in each.forwards for each in small] == [True, True, False, True]
    assert small == as_wholes(found, one.name)


def test_a_host_that_another_one_must_reach() -> None:
    """A host is cut off where one that it must reach is, though its own ports are as they were."""
    one, other = (_reaching("web-01", "fw-01", switch) for switch in CORRECT["base, hosts of every kind"])
    found = states((one, other), [(at, ("interface Ethernet1/20",), "shutdown") for at in (0, 1)])
    small = stands_of(found, one.name)
    assert [("", "web-01") in each.forwards for each in small] == [True, True, False]
    assert small == as_wholes(found, one.name)


def _reaching(host: str, reached: str, switch: Switch) -> Switch:
    return replace(switch, hosts={**switch.hosts, host: replace(switch.hosts[host], reaches=(reached,))})


def test_a_port_that_is_lent_for_a_while() -> None:
    """A port that is in another leg on the way alone holds that leg, too, though it is in none of its at either end."""
    pair = CORRECT["base, servers"]
    lent = ("interface Ethernet1/1",)
    typed = [
        (lent, "no channel-group"),
        (lent, "channel-group 12 force mode active"),
        (("interface Ethernet1/2",), "shutdown"),
        (lent, "shutdown"),
        (("interface Ethernet1/2",), "no shutdown"),
        (lent, "no channel-group"),
        (lent, "channel-group 11 force mode active"),
        (lent, "no shutdown"),
    ]
    found = states(pair, [(0, *each) for each in typed])
    small = stands_of(found, pair[0].name)
    legs = [
        [f"vPC {number}" for number in (11, 12) if (pair[0].name, f"vPC {number}") in each.forwards] for each in small
    ]
    both, other = ["vPC 11", "vPC 12"], ["vPC 12"]
    assert legs == [both, other, other, other, [], other, other, other, both]
    assert small == as_wholes(found, pair[0].name)


def _told_by(key: str, switch: Switch) -> Switch:
    """The switch without the other place that tells which host a port leads to."""
    if key == "host":
        return replace(switch, cabling={})
    return replace(switch, ports={name: replace(port, host=None) for name, port in switch.ports.items()})


@pytest.mark.parametrize("what", ["ways out", "gateways", "peer-link"])
def test_what_matters_to_all_hosts(what: str) -> None:
    """Ways out of the pair, gateways and the peer-link go one by one: what hangs on them is seen on the whole pair."""
    pair = FILES["gateway-pair"]
    heads = {
        "ways out": [[name for name, port in each.ports.items() if port.mode == ROUTED] for each in pair],
        "gateways": [[svi.name for svi in each.svis.values()] for each in pair],
        "peer-link": [[each.peer_link.name, *each.vpcs[11].members] for each in pair if each.peer_link],
    }[what]
    shut = [(at, (f"interface {name}",), "shutdown") for at, names in enumerate(heads) for name in names]
    found = states(pair, shut)
    small = stands_of(found, pair[0].name)
    assert small[0].forwards != small[-1].forwards or what == "ways out"
    assert small == as_wholes(found, pair[0].name)


@pytest.mark.parametrize("first", [(("interface port-channel11",), "mtu 1400"), ((), "spanning-tree mode mst")])
def test_what_differs_and_no_longer_does(first: tuple[tuple[str, ...], str]) -> None:
    """A leg that differs is suspended until it does no longer; what the whole switch has suspends every leg."""
    pair = FILES["gateway-pair"]
    section, text = first
    found = states(pair, [(1, section, text), (1, section, f"no {text}")])
    small = stands_of(found, pair[0].name)
    assert small[0].mismatches < small[1].mismatches
    assert small[0].forwards > small[1].forwards
    assert small == as_wholes(found, pair[0].name)
