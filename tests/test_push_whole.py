"""`push --replace`: whole configurations that say what the lines say; a switch that reads one otherwise refuses it."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from mlagkit.config import ConfigTree
from mlagkit.errors import DeviceError
from mlagkit.intent import pair_of
from mlagkit.nxos.candidate import candidate
from mlagkit.nxos.change.typed import Typed
from mlagkit.nxos.effective import Side
from mlagkit.nxos.facts import facts
from mlagkit.nxos.lab.patch import patch
from mlagkit.nxos.parse import parse
from mlagkit.plan import Command
from mlagkit.plan.way import NoWay
from mlagkit.push.back import Standing
from mlagkit.push.errand import Terms
from mlagkit.push.journal import read
from mlagkit.push.run import Run
from mlagkit.starter import starter
from tests.correct_pairs import SHAPES, TRADES
from tests.pair_files import flow
from tests.plan_cases import Case, cases
from tests.plan_changes import pair_data, planned, running_of
from tests.plan_journey import differences, whole
from tests.push_pair import DirectConsole, Killed, Kind, Pushed, Trouble

pytestmark = pytest.mark.usefixtures("off_disk")
TODAY = starter("dc1")
OLDER = (
    TODAY.replace("  20: db\n", "")
    .replace("vlans: 10,20  ", "vlans: 10  ")
    .replace("\n  12:\n    profile: server\n    host: db-01\n    vlans: 20\n", "\n")
    .replace("    members: {dc1-a: [Ethernet1/2], dc1-b: [Ethernet1/7]}\n", "")
)
WHOLE = Terms(permissions=("unproven-timer",), replace=True)
BOTH_NEW, BOTH_OLD = {Standing.NEW}, {Standing.OLD}


def unlike(tree: ConfigTree, commands: Sequence[Command]) -> list[str]:
    """What the written text says otherwise than the lines that were typed into the memory."""
    before = whole(tree)
    typed = Typed.of(before)
    for command in commands:
        typed.enter(command.section, command.text)
    after = typed.side()
    text = candidate(tree, before.root, after.root)
    found = Side(facts(parse(text).blocks()), after.context)
    return [*differences(found, after), *differences(after, found)]


@pytest.mark.parametrize("case", list(cases()), ids=lambda case: case.name)
def test_every_case_of_a_plan_can_be_written(case: Case) -> None:
    """The text behind every plan of the fixtures comes to what its lines come to."""
    for name, text in case.running.items():
        commands = [command for step in case.found.steps if step.switch == name for command in step.commands]
        assert not unlike(parse(text), commands)


def ways(count: int) -> Iterator[tuple[str, ConfigTree, Sequence[Command]]]:
    """Switches of correct pairs with the lines that lead to another correct pair."""
    pairs = [(shape, trade) for shape in SHAPES for trade in TRADES]
    chosen = random.Random(8)
    for _ in range(count):
        one, other = (pair_data(*each) for each in chosen.sample(pairs, 2))
        try:
            plan = planned(one, other)
        except NoWay:
            continue  # what a planner can't do is for its own tests
        for name, tree in running_of(pair_of(flow(one), "change.yaml")).items():
            yield name, tree, [line for step in plan.steps if step.switch == name for line in step.commands]


def test_ways_between_correct_pairs_can_be_written() -> None:
    """The same between pairs of every shape."""
    count = 0
    for name, tree, commands in ways(12):
        assert not unlike(tree, commands), name
        count += 1
    assert count > 10


def test_what_no_line_touches_stays_byte_for_byte() -> None:
    """A comment, an unknown block, odd margins: none of them is the business of a plan."""
    text = "! a note\nfeature lacp\nfoo bar\n   baz  1\nvlan 10\n  name  web\ninterface Ethernet1/1\n  mtu 9216\n"
    tree = parse(text)
    typed = Typed.of(whole(tree))
    typed.enter(("interface Ethernet1/1",), "description new")
    written = candidate(tree, whole(tree).root, typed.side().root)
    assert written != text
    side = whole(tree)
    assert candidate(tree, side.root, side.root) == text
    assert written.splitlines()[:6] == text.splitlines()[:6]


def test_both_are_replaced_committed_and_saved(tmp_path: Path) -> None:
    """Both end as planned, without a timer, a file or a replacement that waits."""
    pushed = Pushed.of(OLDER, TODAY, tmp_path)
    assert pushed.run(WHOLE).is_done
    for name, chassis in pushed.pair.switches.items():
        assert pushed.standing(name) is Standing.NEW
        assert chassis.is_saved
        assert chassis.replacement is None
        assert not chassis.bootflash.files
    events = [line["event"] for line in read(pushed.path).lines]
    assert [event for event in events if event in ("replace", "commit", "save")] == [
        *["replace"] * 2,
        *["commit"] * 2,
        *["save"] * 2,
    ]
    assert "type" not in events


def test_a_switch_that_would_type_something_else_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own patch has one line more than the plan: nothing is changed on either."""
    monkeypatch.setattr("mlagkit.nxos.lab.replace.patch", lambda one, other: [*patch(one, other), "no feature vpc"])
    pushed = Pushed.of(OLDER, TODAY, tmp_path)
    outcome = pushed.run(WHOLE)
    assert outcome.is_taken_back
    assert "does not come to what was planned" in outcome.cause
    assert "replace" not in [line["event"] for line in read(pushed.path).lines]
    assert {pushed.standing(name) for name in pushed.pair.switches} == BOTH_OLD


def test_nobody_commits_after_the_controller_died(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both go back by themselves when the time for the commit is over; the run is then closed as taken back."""
    pushed = Pushed.of(OLDER, TODAY, tmp_path)

    def die(run: Run) -> None:  # as `commit` has it
        pushed.world.dead = True
        raise Killed

    monkeypatch.setattr("mlagkit.push.finish.commit", die)
    with pytest.raises(Killed):
        pushed.run(WHOLE)
    assert {pushed.standing(name) for name in pushed.pair.switches} == BOTH_NEW
    pushed.world.dead = False
    pushed.world.sleep(3600)
    assert {pushed.standing(name) for name in pushed.pair.switches} == BOTH_OLD
    assert pushed.resumed().is_taken_back
    assert not any(chassis.checkpoints.names for chassis in pushed.pair.switches.values())


def test_a_way_that_takes_no_files_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As over NX-API."""

    def refuse(console: DirectConsole, name: str, text: str) -> None:  # as `Console` has it
        raise DeviceError(console.name, "it takes no files", "reach it over SSH")

    monkeypatch.setattr(DirectConsole, "put", refuse)
    pushed = Pushed.of(OLDER, TODAY, tmp_path)
    outcome = pushed.run(WHOLE)
    assert outcome.is_taken_back
    assert "takes no files" in outcome.cause


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.KILL], ids=lambda kind: kind.name.lower())
@pytest.mark.parametrize("at", [18, 44])
def test_a_fault_ends_in_both_or_neither(tmp_path: Path, at: int, kind: Kind) -> None:
    """At the file, the patch, the replacement, the commit and the save."""
    pushed = Pushed.of(OLDER, TODAY, tmp_path, Trouble("dc1-b", at, kind))
    outcome = pushed.run(WHOLE)
    assert pushed.world.trouble is not None
    assert pushed.world.trouble.hit
    ends = {pushed.standing(name) for name in pushed.pair.switches}
    assert ends == (BOTH_NEW if outcome.is_done else BOTH_OLD)
    assert outcome.is_done or outcome.is_taken_back
