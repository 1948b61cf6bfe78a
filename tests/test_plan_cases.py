"""What a plan is: each file of fixtures/plans is one change of a pair with its steps."""

from __future__ import annotations

import re

import pytest

from mlagkit.nxos.change.typed import Typed
from mlagkit.nxos.parse import parse
from mlagkit.nxos.read import read
from mlagkit.plan import typed_lines
from mlagkit.plan.state import Told
from mlagkit.topology.carried import carried
from mlagkit.values import InterfaceName, VlanSet
from tests.conftest import Golden
from tests.plan_cases import FOLDER, Case, Emulated, cases, differences, rewritten
from tests.plan_cases import told as shown
from tests.plan_journey import whole

CASES = cases()
NAMES = [case.name for case in CASES]


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_case(case: Case, golden: Golden) -> None:
    """The steps, what they cost and what must be allowed are exactly those that the file names."""
    lab = _carried_out(case)
    left = differences(lab.texts(), case.intended)
    golden(case.path, rewritten(case.path, shown(case.found, left)))


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_typed_into_the_switches(case: Case) -> None:
    """The emulated pair takes every line, and every line of the way back, which leads to where it was."""
    lab = _carried_out(case)
    for step in reversed(case.found.steps):
        lab.type_in(step.switch, step.undo)
    assert not lab.refused
    assert not any(differences(lab.texts(), Emulated(case.running).texts()).values())


ROWS_OF_PEERS = range(1, 20)
ROWS_OF_THE_REFERENCE = range(1, 31)
STOPS = "abcdef"

NO_DIFFERENCE = {
    30: "software upgrade: no line of the configuration changes",
}
"""The rows of section 6 that are no difference of configurations, and why."""


def test_every_row_has_its_case() -> None:
    """Each row of the comparison with other tools, and of section 6 each change and each hard stop, has a file."""
    for prefix, rows in (("peers", ROWS_OF_PEERS), ("change", ROWS_OF_THE_REFERENCE)):
        wanted = [row for row in rows if prefix == "peers" or row not in NO_DIFFERENCE]
        missing = [row for row in wanted if not any(name.startswith(f"{prefix}-{row:02}-") for name in NAMES)]
        assert not missing, f"{prefix}: {missing}"
    assert not [stop for stop in STOPS if not any(name.startswith(f"stop-{stop}-") for name in NAMES)]


def test_no_command_opens_a_trunk() -> None:
    """No plan takes back the list of a trunk, a keepalive or VLAN 1, and none opens a trunk on the way."""
    for case in CASES:
        for step in case.found.steps:
            for line in typed_lines(step.commands):
                assert not re.match(r" *no (switchport trunk allowed|peer-keepalive|vlan 1\b)", line), case.name


def test_the_secondary_is_first() -> None:
    """The operational secondary begins, unless the first line is one that only the primary needs."""
    for case in CASES:
        first = case.found.steps[0].switch if case.found.steps else "sw-b"
        assert first == "sw-b" or case.name in ONE_SIDED, case.name


ONE_SIDED = {
    "stop-b-keepalive-and-peer-link",
    "change-13-stp-priority-without-peer-switch",
    "change-13-stp-priority-first-time",
}
"""Cases in which the first line is one that only the primary needs, or by which it stays the root."""


def _carried_out(case: Case) -> Emulated:
    lab = Emulated(case.running)
    for step in case.found.steps:
        lab.type_in(step.switch, step.commands)
    assert not lab.refused
    return lab


@pytest.mark.parametrize(
    ("name", "objects"),
    [("change-03-remove-vlan", 2), ("change-08-remove-vpc", 1), ("change-01-add-vlan", 0)],
)
def test_each_object_that_goes_counts_once(name: str, objects: int) -> None:
    """A VLAN counts like any other object, and what goes from both switches is one."""
    assert Case.read(FOLDER / f"{name}.yaml").found.deleted == objects


@pytest.mark.parametrize(
    ("name", "port"), [("change-22-peer-link-loses-a-port", "1/54"), ("change-08-remove-vpc-of-trunks", "1/1")]
)
def test_list_of_a_port_that_leaves_counts_no_longer(name: str, port: str) -> None:
    """It stays, since no plan opens a list; the port is no trunk, and shut, and a second plan has nothing to do."""
    case = Case.read(FOLDER / f"{name}.yaml")
    texts = _carried_out(case).texts()
    for text in texts.values():
        switch = read(parse(text))
        left = switch.ports[InterfaceName(f"Ethernet{port}")]
        assert (left.mode, left.shutdown, carried(left)) == ("access", True, VlanSet())
        assert (
            "switchport trunk allowed vlan 10,20" in text.partition(f"interface Ethernet{port}\n")[2].split("\n\n")[0]
        )
    assert not Case.read(FOLDER / f"{name}.yaml").planned_from(texts).steps


@pytest.mark.parametrize(
    ("name", "host"), [("change-08-remove-vpc", "db-01"), ("change-08-remove-vpc-of-trunks", "web-01")]
)
def test_host_that_goes(name: str, host: str) -> None:
    """What changes in the drill names a host that goes as the file called it before; no configuration has a name."""
    gone = {cell.host for cell in Case.read(FOLDER / f"{name}.yaml").found.cells if cell.after is None}
    assert gone == {host}


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_what_is_known_of_a_switch_is_what_would_be_read(case: Case) -> None:
    """What the last line did not touch is not read again, and the switch is the same all the same, with its places."""
    for name, text in case.running.items():
        there = read(parse(case.intended[name]), name=name)
        running = Typed.of(whole(parse(text)))
        told = Told.by(there)
        lines = [each for step in case.found.steps if step.switch == name for each in step.commands]
        for command in (None, *lines):
            if command is not None:
                running.enter(command.section, command.text)
            side = running.side()
            again, anew = told.of(side), Told.by(there).of(side)
            assert again == anew
            assert again.source == anew.source
            assert list(again.ports) == list(anew.ports)
