"""What is sent is the plan: its lines, in its order over both switches, and nothing of a plan that is stale."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from mlagkit.cli.permissions import PERMISSIONS
from mlagkit.errands import errand_from, errand_of
from mlagkit.errors import DeviceError, Refused
from mlagkit.intent import pair_of
from mlagkit.nxos import transaction
from mlagkit.nxos.lab.faults import Faults
from mlagkit.nxos.parse import parse
from mlagkit.nxos.reply import without_stamps
from mlagkit.plan import typed_lines
from mlagkit.plan.way import NoWay
from mlagkit.planning import plan_pair
from mlagkit.push.back import Standing
from mlagkit.push.engine import Outcome
from mlagkit.push.errand import Errand, Terms
from mlagkit.push.run import SHORT
from mlagkit.pushing import push_pair
from mlagkit.report.plan.document import plan_document
from tests.correct_pairs import SHAPES, TRADES
from tests.pair_files import flow
from tests.plan_changes import QUIET, Data, pair_data
from tests.plan_strategies import edited
from tests.push_faults import scene
from tests.push_lab import Beginnings
from tests.push_pair import Pushed, Scene

PROOF = settings.get_profile(settings.get_current_profile_name()).max_examples > 1000
ONE, OTHER = scene().errand.switches
ALL = tuple(name for name in PERMISSIONS if name not in ("no-timer", "no-checkpoint", "competing-owner"))
CHANCE = st.integers(0, 2**32).map(random.Random)
PAIRS = st.builds(pair_data, st.sampled_from(list(SHAPES)), st.sampled_from(list(TRADES)))


def count(reduced: int, proof: int) -> settings:
    """So many examples: a few in each run of the tests, many in a proof."""
    return settings(max_examples=proof if PROOF else reduced, phases=(Phase.explicit, Phase.reuse, Phase.generate))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the journals of many pushes are."""
    return tmp_path_factory.mktemp("pushes")


def of_the_plan(pushed: Pushed) -> list[tuple[str, str]]:
    """Lines that a push put on the wire and that are none of its own: no checkpoint, timer, save."""
    own = {transaction.SCHEDULER, transaction.NO_SCHEDULER, transaction.SAVE}
    own |= {transaction.keep(pushed.name), transaction.forget(pushed.name), transaction.back(pushed.name)}
    own |= {*transaction.disarm(pushed.name), *map(transaction.forget, transaction.runs_kept(pushed.scene.kept))}
    found, arming = [], False
    for each in pushed.world.sent:
        arming = each.line.startswith("scheduler job name mlagkit-") or (arming and "time start" not in each.line)
        if not arming and each.line not in own and not each.line.startswith("time start "):
            found.append((each.switch, each.line))
    return found


def planned_lines(scene: Scene) -> list[tuple[str, str]]:
    """The lines of the document that a person reads and approves, in its order."""
    document = plan_document(scene.plan, str, created="", expires=None, commit=None)
    return [(step["switch"], line) for step in document["steps"] for line in step["commands"]]


def body(pushed: Pushed, name: str) -> str:
    """What a switch runs, without its stamps."""
    return without_stamps(pushed.pair.switches[name].running_config())


@count(8, 1_000)
@given(PAIRS, st.sampled_from(list(QUIET)), CHANCE)
def test_sent_is_planned(folder: Path, data: Data, name: str, dice: random.Random) -> None:
    """Byte for byte; then both run what its lines make of them, and nothing else; a second push sends nothing."""
    before, after = (pair_of(flow(each), "change.yaml") for each in QUIET[name](data, dice))
    asked = Scene.between(before, after, base=before)
    pushed = Pushed.at(asked, folder)
    terms = Terms(permissions=ALL)
    outcome = pushed.run(terms)
    assert outcome.is_done, outcome
    assert of_the_plan(pushed) == planned_lines(asked)
    for switch in asked.old:
        assert body(pushed, switch) == without_stamps(asked.planned[switch].text)
    pushed.world.sent.clear()
    running = {each: parse(chassis.running_config(), each) for each, chassis in pushed.pair.switches.items()}
    again = errand_of(plan_pair(after, running, secrets=lambda _: None, base=before))
    assert pushed.run(terms, again).idle
    assert not any(each.write for each in pushed.world.sent)


@count(5, 300)
@given(PAIRS, PAIRS)
def test_sent_is_planned_between_any_two(folder: Path, one: Data, other: Data) -> None:
    """The same between pairs that have little in common, as far as both switches stay who they are."""
    before, after = (pair_of(flow(each), "change.yaml") for each in (one, other))
    try:
        asked = Scene.between(before, after, base=before)
    except (NoWay, Refused):
        return  # what can't be planned is for the tests of plans
    pushed = Pushed.at(asked, folder)
    sent = planned_lines(asked)
    outcome = pushed.run(Terms(permissions=ALL))
    got = of_the_plan(pushed)
    if outcome.is_done:
        assert got == sent
    else:  # a gate may not hold behind it: then it is the beginning of the plan, and all of it is taken back
        assert got == sent[: len(got)]
        assert outcome.is_taken_back, outcome
        assert {body(pushed, switch) for switch in asked.old} == {without_stamps(text) for text in asked.old.values()}


def test_a_saved_plan_is_sent_as_it_was_reviewed(tmp_path: Path) -> None:
    """What comes from the document alone is the same."""
    document = plan_document(scene().plan, str, created="2026-11-27", expires=None, commit=None)
    errand = errand_from(document, None)  # type: ignore[arg-type]  # it does not expire
    pushed = Pushed.at(scene(), tmp_path)
    assert pushed.run(errand=errand).is_done
    assert of_the_plan(pushed) == planned_lines(scene())
    flat = [(step.switch, line) for step in scene().plan.steps for line in typed_lines(step.commands)]
    assert flat == planned_lines(scene())


def mutations(count: int) -> Iterator[tuple[str, str]]:
    """A switch, and what it runs after somebody typed a line or two into it."""
    dice = random.Random(9)
    found = 0
    while found < count:
        name = dice.choice((ONE, OTHER))
        text = edited(scene().old[name], dice, dice.randint(1, 2))
        if without_stamps(text) != without_stamps(scene().old[name]):
            found += 1
            yield name, text


def test_a_stale_plan_is_refused(folder: Path) -> None:
    """Whatever was typed since the plan was made: refused, and nothing is sent (trust.md, P9)."""
    for name, text in mutations(1_000 if PROOF else 40):
        pushed = Pushed.at(scene(), folder)
        chassis = pushed.pair.switches[name]
        chassis.restore(chassis.read(text).snapshot())
        with pytest.raises((Refused, DeviceError)) as error:  # another name is another switch
            pushed.run(Terms(permissions=ALL))
        assert error.value.exit_code in (3, 4)
        assert not any(each.write for each in pushed.world.sent), name


SOMEWHERE = ("interface Ethernet1/40", "description typed-meanwhile")


@pytest.mark.parametrize("whose", [ONE, OTHER])
@pytest.mark.parametrize("at", ["feature scheduler", "checkpoint", "scheduler job name", "exit", "time start"])
def test_somebody_types_between_reading_and_arming(tmp_path: Path, whose: str, at: str) -> None:
    """No line of the plan is sent, what somebody else typed stays, and of the push nothing does."""
    pushed = Pushed.at(scene(), tmp_path)
    typed = threading.Event()

    def meanwhile(name: str, line: str) -> None:
        if name == whose and line.startswith(at) and not typed.is_set():
            typed.set()
            pushed.pair.type(whose, *SOMEWHERE)

    pushed.world.meanwhile = meanwhile
    outcome = pushed.run()
    assert typed.is_set()
    assert outcome.is_taken_back
    assert "somebody else has changed it" in outcome.cause
    assert not of_the_plan(pushed)
    assert "description typed-meanwhile" in pushed.pair.switches[whose].running_config()
    pushed.pair.type(whose, SOMEWHERE[0], "no description")
    pushed.pair.switches[whose].save()
    assert set(pushed.standings().values()) == {Standing.OLD}
    assert not pushed.left(done=False)


def test_somebody_types_while_lines_are_sent(tmp_path: Path) -> None:
    """What changed beside the plan is noted, and stays where the push ends as planned."""
    pushed = Pushed.at(scene(), tmp_path)
    last = scene().lines(OTHER)[-1]
    pushed.world.meanwhile = lambda name, line: (
        pushed.pair.type(OTHER, *SOMEWHERE) if (name, line) == (OTHER, last) else None
    )
    assert pushed.run().is_done
    assert any("typed-meanwhile" in str(line.get("what")) for line in pushed.world.noted if line["event"] == "beside")
    assert "typed-meanwhile" in pushed.pair.switches[OTHER].running_config()


def two_controllers(folder: Path, first_at: int) -> tuple[Pushed, list[Outcome | Exception]]:
    """Two pushes of one plan from two machines; the second begins at the so-many-th exchange of the first."""
    pushed = Pushed.at(scene(), folder / "one")
    others: list[Outcome | Exception] = []
    passed = 0

    def second() -> None:
        office = replace(pushed.office(pushed.world, folder / "two"), user="bob", host="ops-2")
        try:
            others.append(push_pair(office, "dc1", pushed.pair.targets, lambda _: (scene().errand, None), TERMS))
        except (Refused, DeviceError) as error:
            others.append(error)

    def meanwhile(_name: str, _line: str) -> None:
        nonlocal passed
        passed += 1
        if passed == first_at:
            second()

    pushed.world.meanwhile = meanwhile
    found: list[Outcome | Exception] = []
    try:
        found.append(pushed.run(TERMS))
    except (Refused, DeviceError) as error:
        found.append(error)
    return pushed, [*found, *others]


TERMS = Terms(permissions=("unproven-timer",), seconds=SHORT * 20)
MOMENTS = range(1, 160, 1 if PROOF else 12)


@pytest.mark.parametrize("at", MOMENTS)
def test_a_second_controller_in_the_middle(tmp_path: Path, at: int) -> None:
    """Wherever the second one comes between, at most one carries the plan out, and both switches are alike."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    pushed, ends = two_controllers(tmp_path, at)
    done = [each for each in ends if isinstance(each, Outcome) and each.is_done and not each.idle]
    assert len(done) <= 1, ends
    assert len(set(pushed.standings().values())) == 1, ends
    assert Standing.OTHER not in pushed.standings().values(), ends


@pytest.mark.parametrize("seed", range(200 if PROOF else 12))
def test_two_controllers_at_once(tmp_path: Path, seed: int) -> None:
    """Their exchanges taken turns at random: at most one carries the plan out, and no switch is left in between."""
    dice = random.Random(seed)
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    pushed = Pushed.at(scene(), tmp_path / "one")
    turn = Turns(dice)
    pushed.world.meanwhile = lambda _name, _line: turn.wait()
    ends: dict[str, Outcome | Exception] = {}

    def controller(folder: str) -> None:
        office = replace(pushed.office(pushed.world, tmp_path / folder), host=folder)
        try:
            ends[folder] = push_pair(office, "dc1", pushed.pair.targets, lambda _: (scene().errand, None), TERMS)
        except (Refused, DeviceError) as error:
            ends[folder] = error

    threads = [threading.Thread(target=controller, args=(name,)) for name in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    pushed.world.meanwhile = lambda _name, _line: None
    done = [each for each in ends.values() if isinstance(each, Outcome) and each.is_done]
    assert len(ends) == 2
    assert len(done) <= 1, ends
    states = set(pushed.standings().values())
    assert states == ({Standing.NEW} if done else {Standing.OLD}), ends


class Turns:
    """Threads that wait for each other at random before each exchange: a fault of timing that comes again."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
        self._lock = threading.Lock()

    def wait(self) -> None:
        """Let somebody else come first, or not."""
        with self._lock:
            pause = self._dice.choice((0.0, 0.0, 0.001, 0.004))
        threading.Event().wait(pause)


LEVELS = {
    "scheduler": (Faults(refuse=Beginnings({"feature scheduler": "ERROR: not supported"})), "no-timer", 0),
    "timer": (Faults(refuse=Beginnings({"time start": "ERROR: not supported"})), "no-timer", 0),
    "checkpoint": (Faults(refuse=Beginnings({"checkpoint ": "ERROR: not supported"})), "no-checkpoint", 0),
    "ten checkpoints": (Faults(), "no-checkpoint", 9),
    "no clock": (Faults(truncate={"show clock": 0}), "no-timer", 0),
}
"""What a switch can't do, the permission to do without, and how many checkpoints it keeps, beside one of ours."""


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("end", ["not allowed", "well", "line refused"])
def test_each_level_needs_its_permission(tmp_path: Path, level: str, end: str) -> None:
    """Without it nothing of the plan is sent; with it a push is done, or taken back by what is left: the undo lines."""
    faults, permission, kept = LEVELS[level]
    pushed = Pushed.at(scene(), tmp_path)
    chassis = pushed.pair.switches[OTHER]
    for number in range(kept):
        chassis.checkpoints.make(chassis.store, pushed.pair.now, f"theirs-{number}")
    if end == "line refused":
        refused = {scene().lines(OTHER)[-1].strip(): "ERROR: no memory"}
        faults = replace(faults, refuse=Beginnings({**faults.refuse, **refused}))
    chassis.faults = faults
    if end == "not allowed":
        try:
            outcome = pushed.run()
        except Refused as error:
            named = permission in str(error)
        else:
            named = outcome.is_taken_back  # it is refused by the switch, behind the reading
        assert named
        assert not of_the_plan(pushed)
    else:
        outcome = pushed.run(Terms(permissions=("unproven-timer", permission)))
        assert outcome.is_done if end == "well" else outcome.is_taken_back, outcome
    assert set(pushed.standings().values()) == {Standing.NEW if end == "well" else Standing.OLD}


def test_an_errand_is_what_it_says() -> None:
    """Both switches of the scene have lines, so that what is said here of a plan is said of both."""
    errand: Errand = scene().errand
    assert {move.switch for move in errand.moves} == {ONE, OTHER}
