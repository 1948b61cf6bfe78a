"""What follows from each event of the reference: its table 5.3 row by row, and its state machine 5.2."""

from __future__ import annotations

import re

import pytest

from mlagkit.drill import drill
from tests.conftest import ROOT
from tests.drill_cases import CASES, FOLDER, ROWS, Case, Row, told

REFERENCE = ROOT.parent / "shared" / "domain" / "vpc-reference.md"
EVENTS = {f"F{number:02}" for number in range(1, 41)} | {"F14b"}
MARKS = {"certain", "likely", "varies", "disputed"}

STATE_MACHINE = {
    "boot",
    "elect",
    "PL down",
    "suspend",
    "promote",
    "after suspend and KA lost",
    "boot with PL and KA down",
    "peer returns",
    "PL restored",
    "Type-1",
}
"""The rows of section 5.2, by the words before the colon."""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case) -> None:
    """The last event leaves both switches and every host as the reference says, no more and no less."""
    outcome = drill(case.peers, case.played, case.primary)
    assert told(outcome) == {"switches": case.switches, "hosts": case.hosts}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_why(case: Case) -> None:
    """A host with a worse connection than at first is told why, with a switch by name; another one is told nothing."""
    outcome, first = drill(case.peers, case.played, case.primary), drill(case.peers, (), case.primary)
    for name, host in outcome.hosts.items():
        is_worse = not host.connected or host.degraded or (host.partial and not first.hosts[name].partial)
        assert not is_worse or any(switch in host.why for switch in outcome.switches), (name, host)
        assert is_worse or first.hosts[name].why or not host.why, (name, host)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_row_is_complete(row: Row) -> None:
    """A file says how sure its row is and has a case; a row that is not certain says what is undecided."""
    words = set(re.findall(r"[a-z]+", row.mark))
    assert row.cases
    assert words & MARKS
    assert words == {"certain"} or row.undecided


def test_every_event_has_its_file() -> None:
    """Each of the 41 events has a file of its own; what is no event of the table has a name in words."""
    names = {row.name for row in ROWS}
    assert names & EVENTS == EVENTS
    assert not [name for name in names - EVENTS if re.match(r"F\d", name)]
    assert {path.name for path in FOLDER.iterdir()} == {f"{name}.yaml" for name in names} | {"pair.yaml", "parts"}


def test_every_row_of_the_state_machine_is_covered() -> None:
    """Each row of section 5.2 has a case that is an example of it."""
    assert {row for case in CASES for row in case.covers} == STATE_MACHINE


def test_reference_has_these_rows() -> None:
    """The events and the rows of the state machine are those that the reference has."""
    if not REFERENCE.is_file():
        pytest.skip("../shared/domain is not here: nobody looked whether every row of the reference has a case")
    text = REFERENCE.read_text("utf-8")
    assert set(re.findall(r"^\| (F\d\db?) \|", text, re.M)) == EVENTS
    machine = text.partition("### 5.2")[2].partition("```")[2].partition("```")[0]
    assert set(re.findall(r"^(\S[^:]*):", machine, re.M)) == STATE_MACHINE
