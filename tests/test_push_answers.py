"""Whatever a switch answers that is not known to be harmless stops a push, whichever command it answers."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from mlagkit.push.errand import Terms
from mlagkit.push.run import Fault, Run
from mlagkit.pushing import result
from tests.emulated_console import Deaf
from tests.push_answers import TIMER, Answer, Answering, obeys

FIXTURES = Path(__file__).parent / "fixtures" / "nxos"
REFUSALS: list[Mapping[str, str]] = yaml.safe_load((FIXTURES / "refusals.yaml").read_text("utf-8"))
ASKS: list[Mapping[str, str]] = yaml.safe_load((FIXTURES / "answers.yaml").read_text("utf-8"))["asks"]
UNKNOWN = ("hello", "null", "{}", "OK", "<html><body>503</body></html>", "\x1b[0m", "0", "Warning:", "dc1-a", "^")
TEXTS = [*(row["text"] for row in REFUSALS), *(row["answer"] for row in ASKS), *UNKNOWN]

Kind = Callable[[str], bool]
BEFORE_THE_END: Mapping[str, Kind] = {
    "scheduler": lambda line: line == "feature scheduler",
    "checkpoint": lambda line: line.startswith("checkpoint "),
    "job": lambda line: line.startswith("scheduler job "),
    "what the job does": lambda line: line.startswith("rollback ") and line.endswith(" atomic"),
    "end of the job": lambda line: line == "exit",
    "schedule": lambda line: line.startswith("scheduler schedule "),
    "job of the schedule": lambda line: line.startswith("job name "),
    "time": lambda line: line.startswith("time start "),
    "header of a plan": lambda line: line == "vlan 10",
    "line of a plan": lambda line: line == "  name www",
}
AT_THE_END: Mapping[str, Kind] = {
    "no schedule": lambda line: line.startswith("no scheduler schedule "),
    "no job": lambda line: line.startswith("no scheduler job "),
    "no scheduler": lambda line: line == "no feature scheduler",
    "save": lambda line: line.startswith("copy "),
}
ROLLBACK: Kind = lambda line: line.startswith("rollback ")  # noqa: E731  # as those of the tables


pytestmark = pytest.mark.usefixtures("off_disk")


def once(kind: Kind, text: str, switch: str = "dc1-b") -> Answer:
    """That answer to the first such line of a switch, which is then not carried out."""
    left = [text]

    def answer(name: str, line: str) -> str | None:
        return left.pop() if left and name == switch and kind(line) else None

    return answer


def always(kind: Kind, text: str, switch: str = "dc1-b") -> Answer:
    """The same for all of them."""
    return lambda name, line: text if name == switch and kind(line) else None


def sent_by_a_push(folder: Path) -> list[tuple[str, str]]:
    """Every line that a push sends to a switch that changes it."""
    pair = Answering.of(folder)
    assert pair.push().is_done
    return [(name, line) for name, line in pair.sent if not line.startswith("show ")]


def test_number_of_texts() -> None:
    """At least sixty refusals that have a source (trust.md, P11)."""
    assert len({row["text"] for row in REFUSALS if row["source"]}) >= 60


def test_every_text_behind_every_command(tmp_path: Path) -> None:
    """Each of the texts is a fault behind each of the commands that a push sends, typed or carried out."""
    pair = Answering.of(tmp_path)
    commands = sorted({line for _, line in sent_by_a_push(tmp_path)} | set(pair.lines("dc1-a")))
    assert len(commands) > 12
    office = pair.office()
    heard: list[str] = []
    run = Run("run", {}, lambda *_, **__: None, office.clock, office.sleep)  # type: ignore[arg-type]
    for text, command in itertools.product(TEXTS, commands):
        wire = Deaf(text, heard)
        run.wires = {"dc1-a": wire}  # type: ignore[dict-item]
        with pytest.raises(Fault, match="was answered"):
            run.act("dc1-a", command)
        heard.clear()
        with pytest.raises(Fault, match="was answered"):
            run.type("dc1-a", (command, "and another line"))
        assert heard == [command], text


@pytest.mark.parametrize("at_once", [False, True])
def test_words_that_end_no_request(at_once: bool, tmp_path: Path) -> None:
    """Words that are no error stop the push; a switch that was given all lines at once went on, which is noted."""
    office = Answering.of(tmp_path).office()
    noted: list[dict[str, object]] = []
    run = Run("run", {}, lambda *_, **facts: noted.append(facts), office.clock, office.sleep)  # type: ignore[arg-type]
    run.wires = {"dc1-a": Deaf("hello", at_once=at_once)}  # type: ignore[dict-item]
    with pytest.raises(Fault, match="'vlan 10' was answered: hello"):
        run.type("dc1-a", ("vlan 10", "  name web"))
    rest = ("behind", "unanswered") if at_once else ("unanswered", "behind")
    assert noted == [{"switch": "dc1-a", "taken": (), "refused": ("vlan 10",), rest[0]: ("  name web",), rest[1]: ()}]


@pytest.mark.parametrize("at", range(len(BEFORE_THE_END)))
def test_whole_pushes(at: int, tmp_path: Path) -> None:
    """With each text at one of the kinds of command: both are as before, and nothing of the push is left on them."""
    kinds = [*BEFORE_THE_END]
    pair = Answering.of(tmp_path)
    for number, text in enumerate(TEXTS):
        kind = kinds[number % len(kinds)]
        if number % len(kinds) != at:
            continue
        pair.answer, pair.sent = once(BEFORE_THE_END[kind], text), []
        outcome = pair.push()
        assert outcome.is_taken_back, (kind, text, outcome)
        assert "was answered" in outcome.cause, (kind, text)
        assert pair.is_as_before(), (kind, text)


SOME = ("% Permission denied for the role", "This may hurt. Continue (y/n)? [n]", "hello")


@pytest.mark.parametrize("text", SOME)
@pytest.mark.parametrize("kind", AT_THE_END)
def test_end_that_is_refused_once(kind: str, text: str, tmp_path: Path) -> None:
    """Both are as planned: what ends a push can be repeated."""
    pair = Answering.of(tmp_path, once(AT_THE_END[kind], text))
    outcome = pair.push()
    assert outcome.is_done
    assert result(outcome) == "done"
    assert "was answered" in outcome.cause
    for chassis in pair.pair.switches.values():
        assert "www" in chassis.startup
        assert "scheduler" not in chassis.running_config()


@pytest.mark.parametrize("text", SOME)
@pytest.mark.parametrize("kind", AT_THE_END)
def test_end_that_is_refused_always(kind: str, text: str, tmp_path: Path) -> None:
    """A switch that can't be disarmed or does not save would not stay as planned: both are as before.

    Where it still holds what the push has put there, or has not saved what it went back to, that is said, and the run
    is not over.
    """
    pair = Answering.of(tmp_path, always(AT_THE_END[kind], text))
    outcome = pair.push()
    assert not outcome.is_done
    assert all("www" not in chassis.running_config() for chassis in pair.pair.switches.values())
    if not outcome.is_taken_back:
        assert result(outcome) == "unfinished"
        assert "--resume" in " ".join(outcome.stands["dc1-b"].advice)
        assert not outcome.stands["dc1-a"].advice
    else:
        assert pair.is_as_before()


@pytest.mark.parametrize("text", [*SOME, "", "Rollback failed.", "Generating Rollback Patch\n", "ERROR: no checkpoint"])
def test_rollback_that_is_refused(text: str, tmp_path: Path) -> None:
    """A rollback that fails, or does not say that it worked, is seen; the timer takes the switch back."""
    fault = once(BEFORE_THE_END["line of a plan"], "% Invalid command", "dc1-a")
    refused = always(ROLLBACK, text)
    in_job = False

    def answer(name: str, line: str) -> str | None:
        nonlocal in_job
        in_job = line.startswith("scheduler job ") or (in_job and ROLLBACK(line))
        return fault(name, line) or (None if in_job else refused(name, line))

    pair = Answering.of(tmp_path, answer)
    outcome = pair.push()
    assert outcome.is_taken_back
    assert pair.is_as_before()
    assert any(str(line.get("what", "")).startswith("dc1-b: it did not go back") for line in pair.noted)


def test_nothing_more_is_sent(tmp_path: Path) -> None:
    """Behind a line that was refused no other line of the plan is sent, to either switch."""
    pair = Answering.of(tmp_path, once(BEFORE_THE_END["header of a plan"], "% Invalid command", "dc1-b"))
    assert pair.push().is_taken_back
    assert [each for each in pair.sent if each[1] in pair.lines("dc1-a")] == [("dc1-b", "vlan 10")]


@pytest.mark.parametrize("kind", ["checkpoint", "time"])
def test_what_may_be_done_without(kind: str, tmp_path: Path) -> None:
    """A timer or a checkpoint that is refused may be done without by a permission of its own, and of no other name."""
    pair = Answering.of(tmp_path, always(BEFORE_THE_END[kind], "% Permission denied for the role"))
    wrong, right = ("no-timer", "no-checkpoint") if kind == "checkpoint" else ("no-checkpoint", "no-timer")
    assert pair.push(replace(TIMER, permissions=(*TIMER.permissions, wrong))).is_taken_back
    assert pair.is_as_before()
    assert pair.push(Terms(permissions=("unproven-timer", right))).is_done


def test_all_is_well_without_them(tmp_path: Path) -> None:
    """The same push, with a switch that does what it is told, ends as planned."""
    assert Answering.of(tmp_path, obeys).push().is_done
