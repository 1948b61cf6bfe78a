"""The reference walked through: what is found of a pair in the state of each of its rows, and what can't be seen.

Of section 5.3 every case of the drill is played on an emulated pair, on which a switch that is off can be asked, too; a
file of the fixtures says what is found. Of section 3.2 each parameter is typed into one switch of a pair that was well.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from mlagkit.drill import drill
from mlagkit.drill.outcome import HostOutcome
from mlagkit.verify import Result
from tests.conftest import Golden
from tests.drill_cases import ROWS, Case, Row
from tests.live_pairs import LivePair, dc1

FOLDER = Path(__file__).parent / "fixtures" / "verify"
SETTLED = 5000
"""Seconds after which no delay runs."""
NO_STATE = {"drift", "startup"}
"""What is found by the configuration, not by what a switch says of itself."""


def found(pair: LivePair) -> list[str]:
    """What is not ok but for the configuration, a line for each switch."""
    lines: dict[str, list[str]] = {}
    for each in pair.checks():
        if each.result is Result.NOT_OK and each.name not in NO_STATE:
            lines.setdefault(each.switch or "both", []).append(each.object)
    return [f"    {name}: {', '.join(objects)}" for name, objects in lines.items()]


def played(case: Case) -> LivePair:
    """The pair of a case after its events, once all has settled."""
    pair = LivePair(case.pair)
    pair.happen(*case.events)
    pair.wait(SETTLED)
    return pair


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_events(row: Row, golden: Golden) -> None:
    """What is found after the events of each case, in the words of the checks."""
    parts = []
    for case in row.cases:
        said = found(played(case)) or ["    nothing"]
        parts += [f"  {case.name.partition(': ')[2]}: {', '.join(case.events) or 'no event'}", *said]
    golden(FOLDER / "reference" / f"{row.name}.txt", "\n".join([f"{row.name} {row.row}", *parts, ""]))


UNSEEN = {
    "F40: orphans": "a peer-link that loses frames and stays up: no answer that is read tells",
}
"""Case -> why nothing is found of it though it leaves a host worse off."""


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_nothing_is_missed(row: Row) -> None:
    """Where the events leave a host worse off for good something is found, but for what is known not to be seen."""
    for case in row.cases:
        before, after = (drill(case.peers, events, case.primary).hosts for events in ((), case.played))
        if any(left(after[name]) > left(host) for name, host in before.items()):
            assert bool(found(played(case))) is (case.name not in UNSEEN), case.name


def left(host: HostOutcome) -> tuple[bool, bool, bool]:
    """Sorts what a host has left, the worse behind the better; what an event cost it meanwhile does not count."""
    return not host.connected, host.partial, host.degraded


LEG = "interface port-channel11"
MST = "spanning-tree mst configuration"
PARAMETERS: dict[str, tuple[str, ...]] = {
    "STP Mode": ("spanning-tree mode mst",),
    "STP Disabled": ("no spanning-tree vlan 20",),
    "STP MST Region Name": (MST, "name other"),
    "STP MST Region Revision": (MST, "revision 7"),
    "STP MST Region Instance to VLAN Mapping": (MST, "instance 1 vlan 10"),
    "STP Loopguard": ("spanning-tree loopguard default",),
    "STP Bridge Assurance": ("no spanning-tree bridge assurance",),
    "STP Port Type, Edge BPDUFilter, Edge BPDUGuard": ("spanning-tree port type edge bpduguard default",),
    "Vlan to Vn-segment Map": ("feature vn-segment-vlan-based", "vlan 10", "vn-segment 10010"),
    "mode": ("interface Ethernet1/1", "no channel-group 11", "channel-group 11 mode on"),
    "delayed-lacp": (LEG, "lacp mode delay"),
    "lacp suspend disable": (LEG, "no lacp suspend-individual"),
    "Port Mode": (LEG, "switchport mode access"),
    "Native Vlan": (LEG, "switchport trunk native vlan 20"),
    "MTU": (LEG, "mtu 9216"),
    "STP Port Type": (LEG, "spanning-tree port type edge"),
    "STP Port Guard": (LEG, "spanning-tree guard root"),
    "STP MST Simulate PVST": (LEG, "spanning-tree mst simulate pvst disable"),
    "Switchport Isolated": (LEG, "switchport isolated"),
    "Interface-vlan admin up": ("interface Vlan10", "shutdown"),
    "Interface-vlan routing capability": ("no interface Vlan10",),
    "VLAN 20": ("no vlan 20",),
    "VLAN 10,20": (LEG, "no vpc 11"),
    "0023.04ee.be01, priority 1000": ("vpc domain 1", "system-priority 1000"),
    "0200.0000.0099, priority 32667": ("vpc domain 1", "system-mac 0200.0000.0099"),
    "graceful check is off": ("vpc domain 1", "no graceful consistency-check"),
    "peer gateway is off": ("vpc domain 1", "no peer-gateway"),
}
"""What a check says -> lines that make it so, typed into one switch."""


@pytest.mark.parametrize("words", PARAMETERS)
def test_parameters(words: str, tmp_path: Path) -> None:
    """Whatever both switches compare is named by what they say themselves once one of the two has it otherwise."""
    pair = dc1(tmp_path)
    pair.type("dc1-b", *PARAMETERS[words])
    some = [each for each in pair.checks() if each.result is Result.NOT_OK and each.name not in NO_STATE]
    assert any(words in said for each in some for said in (each.seen, each.why)), some
