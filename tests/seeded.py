"""What is common to faults that are put into one switch of many correct pairs: how each is tried, and what is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from mlagkit.finding import Finding, Severity
from mlagkit.rules import judge
from mlagkit.rules.rule import Peers
from mlagkit.switch import Switch
from tests.correct_pairs import CORRECT, FILES

ENOUGH = 10
"""How many pairs a fault is tried on at least."""

Seed = Callable[[Switch, Switch], Switch | None]
"""The switch with a fault, given its peer; None where it has nothing that could be made wrong."""

_NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule, the fault that it must find, and the rules whose errors follow from that fault, with the reason.

    ``right`` is what both switches get before, without anything being wrong with it.
    """

    rule: str
    words: str
    seed: Seed
    follows: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    right: Callable[[Switch, Switch], Switch] = lambda switch, _: switch

    @property
    def name(self) -> str:
        """The rule and the fault."""
        return f"{self.rule} {self.words}"


@dataclass(slots=True)
class Tried:
    """What came of a fault: the pairs that could have it, and the errors of other rules, each with a pair."""

    pairs: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    followed: dict[str, str] = field(default_factory=dict)


def tried(fault: Fault, files: Mapping[str, Peers] = FILES) -> Tried:
    """What the rules find with a fault in one switch of every pair that can have it.

    It is in each of both in turn, in a file's and in the base, and in one of both in the pairs made of the base.
    """
    found = Tried()
    for number, (name, peers) in enumerate(CORRECT.items()):
        _try(fault, name, [*_seeded(fault, peers if number % 2 else peers[::-1])][: 1 if number else 2], found)
    for name, peers in files.items():
        _try(fault, name, [*_seeded(fault, peers)], found)
    return found


def _try(fault: Fault, name: str, seeded: Sequence[tuple[Peers, Peers]], found: Tried) -> None:
    for before, after in seeded:
        known = _known(before)
        new = [each for each in judge([after]) if _told(each) not in known]
        if fault.rule not in {each.rule for each in new}:
            found.missed += [] if fault.rule in {rule for rule, _, _ in known} else [name]
            return
        errors = {each.rule for each in new if each.severity is Severity.ERROR} - {fault.rule}
        found.followed.update(dict.fromkeys(errors - found.followed.keys(), name))
    found.pairs += [name] if seeded else []


def _seeded(fault: Fault, peers: Peers) -> Iterator[tuple[Peers, Peers]]:
    """The pair before and after the fault in its first switch, then in the other."""
    one, other = peers
    before = fault.right(one, other), fault.right(other, one)
    for switch, peer in (before, before[::-1]):
        wrong = fault.seed(switch, peer)
        if wrong is not None:
            yield before, (wrong, peer)


_KNOWN: dict[tuple[int, int], tuple[Peers, set[tuple[str, str, str]]]] = {}


def _known(peers: Peers) -> set[tuple[str, str, str]]:
    """What is found without a fault; asked once, since many faults are put into the same pairs."""
    key = id(peers[0]), id(peers[1])
    if key not in _KNOWN:
        _KNOWN[key] = peers, {_told(each) for each in judge([peers])}
    return _KNOWN[key][1]


def _told(finding: Finding) -> tuple[str, str, str]:
    """A finding; whether of one switch or of both does not count, since one is changed."""
    return finding.rule, finding.object, finding.message


def check(fault: Fault, files: Mapping[str, Peers] = FILES) -> None:
    """The fault is found wherever it is, and the errors that come with it are those that follow from it."""
    found = tried(fault, files)
    assert not found.missed, f"not found in {found.missed}"
    assert found.followed.keys() == fault.follows.keys(), found.followed
    assert len(found.pairs) >= ENOUGH, f"only {len(found.pairs)} pairs: {', '.join(found.pairs)}"
