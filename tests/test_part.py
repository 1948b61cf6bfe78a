"""What is asked of a part once: the answer stays with it, and with nothing else."""

from __future__ import annotations

import pickle
import weakref
from dataclasses import replace

from mlagkit.part import Part, asked_once

ASKED: list[Part] = []


@asked_once
def words(part: Part) -> frozenset[str]:
    """The words of the raw lines."""
    ASKED.append(part)
    return frozenset(word for line in part.extra for word in line.split())


@asked_once
def lines(part: Part) -> int | None:
    """How many raw lines there are, None where there is none."""
    ASKED.append(part)
    return len(part.extra) or None


def test_a_question_is_answered_once() -> None:
    """Whoever asks again gets the same answer, also where that is None; two questions have two answers."""
    ASKED.clear()
    part, bare = Part(extra=("ip arp timeout",)), Part()
    assert words(part) is words(part) == {"ip", "arp", "timeout"}
    assert lines(part) == lines(part) == 1
    assert lines(bare) is lines(bare) is None
    assert [id(each) for each in ASKED] == [id(part), id(part), id(bare)]


def test_an_answer_is_of_one_part() -> None:
    """A part that was made of another is asked anew, and neither copy nor comparison knows what was asked."""
    part = Part(extra=("one",))
    assert words(part) == {"one"}
    assert words(replace(part, extra=("two",))) == {"two"}
    assert replace(part) == part == Part(extra=("one",))
    assert repr(part) == repr(Part(extra=("one",)))
    ASKED.clear()
    assert words(pickle.loads(pickle.dumps(part))) == {"one"}
    assert len(ASKED) == 1


def test_an_answer_goes_with_its_part() -> None:
    """Nothing else keeps an answer, so many pairs can be looked at one after the other."""
    part = Part(extra=("one",))
    answer = weakref.ref(words(part))
    assert answer() is not None
    ASKED.clear()
    del part
    assert answer() is None
