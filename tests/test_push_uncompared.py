"""A push with secrets that nobody has: what was not compared stays, is not called equal, and is watched."""

from __future__ import annotations

from pathlib import Path

import pytest

from mlagkit.pushing import resume_run
from mlagkit.report.paint import paint
from mlagkit.report.push import Teller, outcome_text
from tests.push_answers import AFTER, BEFORE, Answering

KEYED = ("hsrp: {version: 2,", "hsrp: {authentication: env:HSRP_KEY, version: 2,")
GROUP = ("interface Vlan10", "hsrp 10")
KEY = "authentication md5 key-string 7 s3cret"
SHOWN = "interface Vlan10 / hsrp 10 / authentication md5 key-string 7 <secret>"
WORDS = "not compared, since the secret can't be had"
LINES = [f"{name}: {SHOWN} (env:HSRP_KEY)" for name in ("dc1-a", "dc1-b")]


pytestmark = pytest.mark.usefixtures("off_disk")


def keyed(folder: Path, after: str) -> Answering:
    """A pair whose switches have a key, and whose file has another, or the same: nobody knows."""
    return Answering.of(folder, after=after.replace(*KEYED), more=(*GROUP, KEY))


def told(pair: Answering) -> list[str]:
    """What the journal says of lines that were not compared."""
    return [str(line["what"]) for line in pair.noted if line["event"] == "uncompared"]


@pytest.mark.parametrize(("after", "words"), [(AFTER, "dc1: done"), (BEFORE, "dc1: nothing has to change")])
def test_it_stays_and_is_told(tmp_path: Path, after: str, words: str) -> None:
    """Before anything is sent each line is named, and the last words don't pass over them."""
    pair = keyed(tmp_path, after)
    outcome = pair.push()
    assert outcome.is_done
    assert told(pair) == list(outcome.uncompared) == LINES
    events = [line["event"] for line in pair.noted]
    assert "send" not in events[: events.index("uncompared")]
    text = outcome_text("dc1", outcome, paint(False))
    assert text.startswith(words)
    assert f"  2 lines {WORDS}\n" in text
    shown = [Teller(paint(False)).line(line) or "" for line in pair.noted if line["event"] == "uncompared"]
    assert [line.rstrip().endswith(f"{WORDS}: {said}") for line, said in zip(shown, LINES, strict=True)] == [True] * 2
    assert all(KEY in chassis.running_config() for chassis in pair.pair.switches.values())
    assert not any("authentication" in line for _, line in pair.sent)


def test_nothing_is_told_where_all_is_known(tmp_path: Path) -> None:
    """A pair without such a secret."""
    pair = Answering.of(tmp_path)
    outcome = pair.push()
    assert (told(pair), WORDS in outcome_text("dc1", outcome, paint(False))) == ([], False)


def test_it_is_watched_like_the_rest(tmp_path: Path) -> None:
    """Somebody who changes it meanwhile is told of: after a push it has to be what it was before."""
    pair = keyed(tmp_path, AFTER)

    def answer(name: str, line: str) -> str | None:
        if line == "  name www":
            pair.pair.switches[name].execute((*GROUP, KEY.replace("s3cret", "0ther")))
        return None

    pair.answer = answer
    assert pair.push().is_done
    assert [line["what"] for line in pair.noted if line["event"] == "beside"] == [SHOWN, SHOWN]


def test_a_run_that_is_finished_later(tmp_path: Path) -> None:
    """Whoever finishes a run hears of the lines, too, from its journal."""
    pair = keyed(tmp_path, AFTER)

    def answer(name: str, line: str) -> str | None:
        if line.startswith("no scheduler schedule "):
            raise SystemExit  # the controller dies behind the last line of the plan
        return None

    pair.answer = answer
    with pytest.raises(SystemExit):
        pair.push()
    pair.answer = lambda *_: None
    run = str(pair.noted[0]["run"])
    outcome = resume_run(pair.office(), run)
    assert (outcome.is_done, list(outcome.uncompared)) == (True, LINES)
