"""Whoever is asked is told everything before, is asked only where yes leads to a push, and may take their time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from mlagkit.device.target import Transport
from mlagkit.errors import Refused
from mlagkit.push.errand import Terms
from mlagkit.push.planned import Planned
from mlagkit.push.refusals import Refusal
from tests.live_pairs import LivePair
from tests.push_faults import scene
from tests.push_pair import TIMER, WHOLE, Pushed

ONE, OTHER = scene().errand.switches
HASTY = replace(TIMER, seconds=60.0)


class Asked:
    """A person who is asked, and what they were told; ``meanwhile`` happens before they answer."""

    def __init__(self, meanwhile: Callable[[], object] = lambda: None) -> None:
        self.told: list[Sequence[Refusal]] = []
        self._meanwhile = meanwhile

    def __call__(self, accepted: Sequence[Refusal]) -> None:
        """Yes, after a while."""
        self.told.append(accepted)
        self._meanwhile()


def events(pushed: Pushed) -> list[str]:
    """What the journal tells of, in order."""
    return [str(line["event"]) for line in pushed.record().lines]


def is_untouched(pushed: Pushed) -> bool:
    """Whether no switch has heard of anything, and nothing of what both ran lies about."""
    return not any(each.write for each in pushed.world.sent) and not list(pushed.folder.rglob("*.cfg"))


def test_yes(tmp_path: Path) -> None:
    """What was allowed is told, both are read again behind the answer, and only then anything is sent."""
    pushed, asked = Pushed.at(scene(), tmp_path), Asked()
    assert pushed.run(ask=asked).is_done
    ((*accepted,),) = asked.told
    assert [(each.permission, each.message.split(" take ")[1].split()[0]) for each in accepted] == [
        ("unproven-timer", f"{name}") for name in (ONE, OTHER)
    ]
    said = events(pushed)
    assert [event for event in said if event in ("read", "plan", "agreed", "checkpoint")][:5] == [
        *("read", "plan", "agreed", "read", "checkpoint")
    ]


def test_no(tmp_path: Path) -> None:
    """Nothing is sent, and nothing is kept of what both ran."""

    def no() -> None:
        raise Refused("not confirmed")

    pushed = Pushed.at(scene(), tmp_path)
    with pytest.raises(Refused, match="not confirmed"):
        pushed.run(ask=Asked(no))
    assert is_untouched(pushed)
    assert "agreed" not in events(pushed)


def _nothing(_: LivePair) -> None:
    """The pair is as it was."""


AGAINST: dict[str, tuple[Terms, Callable[[LivePair], object], str]] = {
    "a permission": (Terms(), _nothing, "--allow unproven-timer"),
    "the pair": (TIMER, lambda pair: pair.happen("peer-link down"), "peer-link"),
    "the timer": (HASTY, _nothing, "a timer of 60 s is too soon for any step"),
}


@pytest.mark.parametrize("kind", AGAINST)
def test_nobody_is_asked_in_vain(kind: str, tmp_path: Path) -> None:
    """Where something stands against the push, that is said instead."""
    terms, spoil, reason = AGAINST[kind]
    pushed, asked = Pushed.at(scene(), tmp_path), Asked()
    spoil(pushed.pair)
    with pytest.raises(Refused, match=reason):
        pushed.run(terms, ask=asked)
    assert (asked.told, is_untouched(pushed)) == ([], True)


def test_a_timer_that_is_long_enough(tmp_path: Path) -> None:
    """One that leaves time for a step is no reason to refuse."""
    assert Pushed.at(scene(), tmp_path).run(replace(TIMER, seconds=600.0)).is_done


def test_no_file_over_nxapi(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A whole configuration is a file, which NX-API does not take: said before anybody is asked."""
    pushed, asked = Pushed.at(scene(), tmp_path), Asked()
    ways = [replace(each, transport=Transport.NXAPI) for each in pushed.pair.targets]
    monkeypatch.setattr(type(pushed.pair), "targets", ways)
    with pytest.raises(Refused, match=f"{ONE} takes no whole configuration over NX-API"):
        pushed.run(WHOLE, ask=asked)
    assert (asked.told, is_untouched(pushed)) == ([], True)


def test_no_text_for_a_whole_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that can't be written so that it says what the lines say is refused before anybody is asked, too."""
    monkeypatch.setattr(Planned, "text", lambda _: None)
    pushed, asked = Pushed.at(scene(), tmp_path), Asked()
    with pytest.raises(Refused, match=f"{OTHER}: its whole configuration behind the plan can't be written"):
        pushed.run(WHOLE, ask=asked)
    assert (asked.told, is_untouched(pushed)) == ([], True)


def _typed(pair: LivePair) -> None:
    pair.type(ONE, "vlan 77")
    pair.switches[ONE].save()


MEANWHILE: dict[str, tuple[Callable[[LivePair], object], str]] = {
    "somebody types": (_typed, f"{ONE} does not run what the plan was made for"),
    "the pair gets worse": (lambda pair: pair.happen("keepalive down"), "keepalive"),
}


@pytest.mark.parametrize("kind", MEANWHILE)
def test_time_passes_while_a_person_reads(kind: str, tmp_path: Path) -> None:
    """What has become of the pair until the answer counts, not what it was before the question."""
    change, reason = MEANWHILE[kind]
    pushed = Pushed.at(scene(), tmp_path)
    with pytest.raises(Refused, match=reason):
        pushed.run(ask=Asked(lambda: change(pushed.pair)))
    assert is_untouched(pushed)


def test_nothing_to_do(tmp_path: Path) -> None:
    """Nobody is asked for a plan without steps, whatever stands against a push."""
    pushed, asked = Pushed.at(scene(), tmp_path), Asked()
    pushed.pair.happen("peer-link down")
    assert pushed.run(Terms(), replace(scene().errand, moves=()), asked).idle
    assert asked.told == []
