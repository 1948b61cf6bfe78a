"""Verifications as text and as JSON."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from mlagkit.errors import DeviceError
from mlagkit.report.document import Document
from mlagkit.report.paint import colored
from mlagkit.report.verify import Verified, verify_document, verify_text
from mlagkit.verify import Check, Result
from tests.conftest import Golden
from tests.report_forms import VERIFY

GOLDEN = Path(__file__).parent / "fixtures" / "verify"
NAMES = ("leaf-101", "leaf-102")
LOST = DeviceError("leaf-102", "192.0.2.2:443 did not answer within 10 s", "check the address")


def check(name: str, switch: str | None, of: str, expected: str, seen: str, result: str = "ok", **more: str) -> Check:
    """One check."""
    return Check(
        name=name,
        switch=switch,
        object=of,
        expected=expected,
        seen=seen,
        result=Result(result),
        **more,  # type: ignore[arg-type]
    )


ROLES = check("roles", None, "roles", "leaf-101 leads", "leaf-101 primary, leaf-102 secondary")
FINE = [
    each
    for name in NAMES
    for each in (
        check("peer-link", name, "peer-link port-channel1", "up", "up"),
        check("vpc", name, "vPC 11 port-channel11", "up", "up"),
        check("vpc", name, "vPC 12 port-channel12", "up", "up"),
    )
]
DOWN = check(
    *("vpc", "leaf-101", "vPC 13 port-channel13", "up", "down", "not ok"),
    why="Consistency Check Not Performed",
    advice="look at its ports and at the device behind them",
)
BOTH = [
    check("keepalive", name, "peer-keepalive", "alive", "Suspended (Destination IP not reachable)", "not ok")
    for name in NAMES
]
UNKNOWN = check("orphan ports", "leaf-102", "orphan ports", "none", "", "not known", why="the switch was not asked")
SWAPPED = replace(ROLES, why="leaf-102 leads since an earlier takeover or change")
PLAIN = Verified(pair="dc1", hostnames=NAMES, checks=[ROLES, *FINE], errors={}, unproven={})
AMISS = replace(
    PLAIN,
    checks=[SWAPPED, *FINE, DOWN, *BOTH, UNKNOWN],
    unproven={"leaf-101": ("show vpc orphan-ports",), "leaf-102": ("show vpc orphan-ports",)},
)
CASES: Mapping[str, Verified] = {
    "fine": PLAIN,
    "amiss": AMISS,
    "before": replace(AMISS, worse=[DOWN]),
    "unread": replace(PLAIN, checks=[ROLES, *FINE[:3]], errors={"leaf-102": LOST}),
}


def document(*pairs: Verified) -> Document:
    """The JSON of pairs of which all is shown, which has the form of the contract."""
    found = verify_document(pairs, NAMES)
    Draft7Validator(VERIFY).validate(found)
    return found


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("case", CASES)
def test_text(case: str, width: int, golden: Golden) -> None:
    """The text is the expected file, and no line of it is longer than the terminal is wide."""
    text = verify_text(document(CASES[case]), width=width)
    golden(GOLDEN / f"{case}-{width}.txt", text)
    assert max(map(len, text.splitlines())) <= width


def test_every_check(golden: Golden) -> None:
    """On request every check has a line of its own; what is the same on both switches is told once."""
    golden(GOLDEN / "every-check.txt", verify_text(document(AMISS), every_check=True))


def test_results() -> None:
    """A pair is as intended only if nothing is amiss, both were read, and its roles are known."""
    unknown = replace(PLAIN, checks=[replace(ROLES, result=Result.NOT_KNOWN)])
    results = [document(pair)["pairs"][0]["result"] for pair in (*CASES.values(), unknown)]
    assert results == ["ok", "not ok", "not ok", "not known", "not known"]
    assert document(replace(AMISS, worse=[]))["pairs"][0]["result"] == "ok"


def test_one_switch() -> None:
    """Of a switch that is not shown no check is left, but for why it could not be read."""
    found = verify_document([CASES["unread"]], ["leaf-101"])["pairs"][0]
    assert {each["switch"] for each in found["checks"]} == {None, "leaf-101"}
    assert set(found["switches"]) == {"leaf-101", "leaf-102"}


def test_color_changes_nothing_but_colors() -> None:
    """The colored text without its escapes is the plain one."""
    shown = document(*CASES.values())
    assert re.sub(r"\x1b\[\d+m", "", verify_text(shown, paint=colored)) == verify_text(shown)


def test_control_characters_are_shown_as_escapes() -> None:
    """A switch can't write to the terminal with what it answers."""
    spoiled = replace(PLAIN, checks=[check("vpc", "a", "x\x1b[2J", "up", "\x1b[31m", "not ok", why="\x9b1m")])
    text = verify_text(document(spoiled))
    assert "\x1b" not in text
    assert "\x9b" not in text
