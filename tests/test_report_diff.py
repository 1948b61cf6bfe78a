"""Differences as JSON and as text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mlagkit.compare import PairDiff, SwitchResult
from mlagkit.diff import Action, Change, Section, Unmanaged
from mlagkit.errors import DeviceError
from mlagkit.finding import Origin
from mlagkit.report.diff import diff_document, diff_text
from mlagkit.report.document import to_json
from mlagkit.report.paint import colored
from tests.conftest import Golden

GOLDEN = Path(__file__).parent / "fixtures" / "cli"
HEAD = "interface port-channel11"


def change(
    action: str, section: Section, old: str | None, new: str | None, *, unproven: bool = False
) -> tuple[Change, Origin]:
    """A change with a place."""
    return Change(Action(action), section, old, new, unproven=unproven), Origin("pair.yaml", 7, 3)


BOTH = (
    change("add", (), None, "vlan 20"),
    change("add", ("vlan 20",), None, "name db"),
    change("replace", (HEAD,), "description web", "description web-01"),
)
LEFT = SwitchResult(
    file="left.cfg",
    changes=(*BOTH, change("remove", (HEAD,), "some knob 5", None, unproven=True)),
    unmanaged=(
        Unmanaged((), "line console", 80),
        Unmanaged(("router bgp 65001",), "router-id 10.0.0.1", 91),
        Unmanaged(("router bgp 65001", "neighbor 10.0.0.2"), "remote-as 65002", 93),
    ),
    fingerprint="f" * 64,
)
RIGHT = SwitchResult(
    file="right.cfg",
    changes=(*BOTH, change("add", (HEAD,), None, "mtu 9216")),
    uncompared=("env:KEY",),
    fingerprint="e" * 64,
)
SAME = SwitchResult(file="same.cfg", fingerprint="d" * 64)
LOST = SwitchResult(error=DeviceError("leaf-102", "192.0.2.2:443 did not answer within 10 s", "check the address"))

CASES = {
    "both": PairDiff("dc1", {"leaf-101": LEFT, "leaf-102": RIGHT}),
    "nothing": PairDiff("dc1", {"leaf-101": SAME, "leaf-102": SAME}),
    "one-side": PairDiff("dc1", {"leaf-101": SAME, "leaf-102": RIGHT}),
    "unread": PairDiff("dc1", {"leaf-101": RIGHT, "leaf-102": LOST}),
}


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("case", CASES)
def test_text(case: str, width: int, golden: Golden) -> None:
    """The text is the expected file, one switch behind the other or both side by side."""
    document = diff_document([CASES[case]], str)
    golden(GOLDEN / f"diff-{case}-{width}.txt", diff_text(document, width=width))


def test_every_line(golden: Golden) -> None:
    """On request, what was left alone is listed line by line."""
    golden(GOLDEN / "diff-every-line.txt", diff_text(diff_document([CASES["both"]], str), every_line=True))


def test_legend_names_only_what_is_used() -> None:
    """A symbol that does not occur is not explained."""
    text = diff_text(diff_document([CASES["one-side"]], str))
    assert "- to remove" not in text
    assert "~ to change" in text


def test_a_banner_left_alone_is_one_heading() -> None:
    """Of a setting with several lines only the first is shown, with the number of the others."""
    same = SwitchResult(unmanaged=(Unmanaged((), "banner motd #\nno entry\n#", 5),))
    text = diff_text(diff_document([PairDiff("p", {"a": same, "b": SAME})], str))
    assert "    banner motd #  (and 2 lines below)\n" in text
    assert "no entry" not in text


def test_wide_lines_are_wrapped() -> None:
    """Nothing of a long line is lost beside another switch."""
    long = "description " + "x" * 150
    pair = PairDiff("p", {"a": SwitchResult(changes=(change("add", (HEAD,), None, long),)), "b": RIGHT})
    text = diff_text(diff_document([pair], str), width=100)
    assert text.count("x") == 150
    assert max(map(len, text.splitlines())) <= 100


def test_control_characters_are_shown_as_escapes() -> None:
    """A running-config can't write to the terminal with what it holds."""
    pair = PairDiff("p", {"a": SwitchResult(changes=(change("remove", (), "banner \x1b[2J", None),)), "b": SAME})
    assert r"\x1b[2J" in diff_text(diff_document([pair], str))


@pytest.mark.parametrize(
    ("number", "told"),
    [(1, "env:K0"), (4, "env:K0, env:K1, env:K2, env:K3"), (5, "env:K0, env:K1, env:K2 and 2 more; -v lists all")],
)
def test_many_secrets(number: int, told: str) -> None:
    """Of many secrets that can't be had the first ones are named, of all where every line is asked for."""
    keys = tuple(f"env:K{each}" for each in range(number))
    switches = {"leaf-101": SwitchResult(uncompared=keys)}
    document = diff_document([PairDiff("dc1", switches)], str)
    said = "not compared on leaf-101, since the secret can't be had: "
    assert f"{said}{told}\n" in diff_text(document)
    assert f"{said}{', '.join(keys)}\n" in diff_text(document, every_line=True)


def test_every_text_is_masked() -> None:
    """Headers, lines and what was left alone all go through the mask."""
    document = diff_document([CASES["both"]], lambda _: "MASKED")
    shown = json.dumps(document)
    for secret in ("vlan 20", "name db", HEAD, "router bgp", "line console", "remote-as"):
        assert secret not in shown


def test_color_changes_nothing_but_colors() -> None:
    """The colored text without its escapes is the plain one."""
    import re

    document = diff_document([CASES["both"]], str)
    assert re.sub(r"\x1b\[\d+m", "", diff_text(document, paint=colored)) == diff_text(document)


def test_json_keys() -> None:
    """The keys are those that the contract names, and the bytes are the same each time."""
    document = diff_document(CASES.values(), str)
    switch = document["pairs"][0]["switches"]["leaf-101"]
    assert set(document) == {"format", "pairs"}
    assert document["format"] == "mlagkit.diff/1"
    assert set(switch) == {"changes", "unmanaged", "uncompared", "fingerprint"}
    assert set(switch["changes"][0]) == {"action", "section", "old", "new", "file", "line", "unproven"}
    assert to_json(document) == to_json(json.loads(to_json(document)))


def test_json_holds_bytes_that_are_no_utf_8() -> None:
    """A byte that is no UTF-8 goes into JSON as an escape, and JSON stays UTF-8."""
    text = to_json({"line": b"caf\xe9".decode("utf-8", "surrogateescape"), "word": "dé"})
    assert json.loads(text.encode("utf-8"))["line"].encode("utf-8", "surrogateescape") == b"caf\xe9"
    assert "dé" in text
