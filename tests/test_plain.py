"""Values become plain data and are the same when they come back; data that are no such value are refused."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_type_hints

import pytest

from mlagkit.finding import Finding, Origin, Severity, Waived
from mlagkit.plain import plain, read_plain
from mlagkit.rules import RULES
from mlagkit.rules.judge import alone, takers
from mlagkit.values import InterfaceName
from mlagkit.waivers import Accepted, Waiver
from tests.rule_examples import example


@dataclass(frozen=True, slots=True, kw_only=True)
class Small:
    """A value that holds another."""

    number: int
    inner: Origin | None = None


ORIGIN = Origin("a.yaml", 3, 5)
WAIVED = Waived(reason="r", origin=ORIGIN, owner="o", expires="2027-01-31")
FINDING = Finding(
    rule="XX01",
    name="x",
    severity=Severity.WARNING,
    message="caf\udce9 \u2028",
    origin=ORIGIN,
    switch="sw-a",
    waived=WAIVED,
    keys=("vpcs", "11"),
)

VALUES: list[tuple[Any, object]] = [
    (str, "x"),
    (int, 3),
    (bool, True),
    (int | None, None),
    (int | None, 0),
    (tuple[int, ...], (1, 2)),
    (tuple[str | int, ...], ("vpcs", 11)),
    (tuple[int, str], (1, "a")),
    (tuple[tuple[str, ...], ...], (("a",), ())),
    (frozenset[int], frozenset((2, 1))),
    (Mapping[str, tuple[int, ...]], {"b": (1,), "a": ()}),
    (Mapping[int, str | None], {1: None}),
    (Severity, Severity.INFO),
    (InterfaceName, InterfaceName("Ethernet1/1")),
    (Small, Small(number=1, inner=ORIGIN)),
    (Finding, FINDING),
    (
        Accepted,
        Accepted(pair="p", file="f", waivers=(Waiver(pair="p", rule="XX01", object="", waived=WAIVED),), comments=()),
    ),
]


@pytest.mark.parametrize(("kind", "value"), VALUES, ids=lambda each: str(each)[:40])
def test_there_and_back(kind: object, value: object) -> None:
    """A value, written as JSON and read again, is the same and of the same type."""
    found = read_plain(kind, json.loads(json.dumps(plain(value))))
    assert (found, type(found)) == (value, type(value))


WRONG: list[tuple[Any, object]] = [
    (str, 1),
    (int, True),
    (int, "1"),
    (int, 1.0),
    (bool, 1),
    (str | int, None),
    (tuple[int, ...], "12"),
    (tuple[int, ...], ["1"]),
    (tuple[int, str], [1]),
    (frozenset[int], {"1": 1}),
    (Mapping[str, int], [["a"]]),
    (Mapping[str, int], {"a": 1}),
    (Severity, "fatal"),
    (Small, []),
    (Small, [1, None, 3]),
    (Small, {"number": 1}),
    (Finding, None),
]


@pytest.mark.parametrize(("kind", "data"), WRONG, ids=lambda each: str(each)[:40])
def test_refused(kind: object, data: object) -> None:
    """Data that are no value of the type are an error, never another value."""
    with pytest.raises((TypeError, ValueError)):
        read_plain(kind, data)


@pytest.mark.parametrize("kind", [object, list[int], int | Small | None, set[int], Any], ids=str)
def test_no_such_type(kind: object) -> None:
    """A type whose values the data would not tell apart, or that nothing makes, can't be read."""
    with pytest.raises(TypeError, match="plain data"):
        read_plain(kind, [])


@pytest.mark.parametrize(
    "value", [object(), [1], {1}, b"x", Small, (object(),)], ids=lambda value: type(value).__name__
)
def test_no_such_value(value: object) -> None:
    """What can't come back as it was is not written."""
    with pytest.raises(TypeError, match="can't be written"):
        plain(value)


def test_facts_of_every_rule() -> None:
    """Whatever mlagkit's own rules of a site take from a pair comes back the same, and each of them takes something."""
    kinds = {name: get_type_hints(take)["return"] for name, take in takers(RULES).items()}
    some = set()
    for rule in (rule for rule in RULES if rule.on_site):
        for peers in (peers for kind in ("Bad", "Good") for peers in example(rule, kind)):
            for name, fact in alone(RULES, peers).facts.items():
                assert read_plain(kinds[name], json.loads(json.dumps(plain(fact)))) == fact
                some |= {name} if fact else set()
    assert some == {*kinds}
