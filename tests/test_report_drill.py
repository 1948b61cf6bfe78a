"""Drills as text, JSON and Markdown."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from mlagkit.drill.event import parse_event
from mlagkit.drill.outcome import NOT_AT_ALL, Drill, Folded, Objective, Seconds, State
from mlagkit.report.document import Document, to_json
from mlagkit.report.drill.document import drill_document, pair_document
from mlagkit.report.drill.fate import fate_words, seconds_words
from mlagkit.report.drill.markdown import drill_markdown
from mlagkit.report.drill.rows import steps_of, table_of
from mlagkit.report.drill.scenarios import names_words
from mlagkit.report.drill.steps import steps_text
from mlagkit.report.drill.summary import summary_of
from mlagkit.report.drill.switches import UNCHANGED, Start, pair_words
from mlagkit.report.drill.text import matrix_text
from mlagkit.report.markdown import LONGEST
from mlagkit.report.paint import colored
from mlagkit.state import Role
from tests.conftest import Golden
from tests.drills_shown import (
    AFTER_PEER_LINK,
    DUAL_ACTIVE,
    FIRST,
    MATRIX,
    NO_EVENT,
    QUIET,
    SECOND,
    SEQUENCE,
    SPLIT,
    WELL,
    D,
    L,
    W,
    dual,
    many,
    outcome,
)

GOLDEN = Path(__file__).parent / "fixtures" / "cli"
CASES = {"matrix": MATRIX, "sequence": SEQUENCE, "quiet": QUIET}
UNREADABLE = "[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\ud800-\udfff]"


def document(case: str) -> Document:
    """The document of one of the cases."""
    return pair_document(CASES[case], in_sequence=case == "sequence")


def text(pair: Document, *, width: int = 80, every_row: bool = False) -> str:
    """The document as text."""
    write = steps_text if pair["sequence"] else matrix_text
    return write(pair, width=width, every_row=every_row)


def summary(drill: Drill) -> str:
    """The sentences about a drill."""
    found: str = pair_document(drill)["summary"]
    return found


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("case", CASES)
def test_text(case: str, width: int, golden: Golden) -> None:
    """The text is the expected file, in a narrow terminal and in a wide one."""
    golden(GOLDEN / f"drill-{case}-{width}.txt", text(document(case), width=width))


@pytest.mark.parametrize("case", CASES)
def test_json(case: str, golden: Golden) -> None:
    """The document is the expected file."""
    golden(GOLDEN / f"drill-{case}.json", to_json(drill_document([document(case)], listed=False)))


@pytest.mark.parametrize("case", CASES)
def test_markdown(case: str, golden: Golden) -> None:
    """The Markdown is the expected file."""
    golden(GOLDEN / f"drill-{case}.md", drill_markdown([document(case)]))


def test_json_keys() -> None:
    """The keys are those of the contract, with additions, and the bytes are the same each time."""
    found = drill_document([document("matrix")], listed=False)
    assert found["format"] == "mlagkit.drill/1"
    assert set(found) == {
        *("format", "pair", "scenarios", "folded"),
        *("switches", "depth", "sequence", "broken", "summary"),
    }
    scenario = found["scenarios"][0]
    assert set(scenario) == {"events", "switches", "hosts", "primary"}
    states = {"role", "alive", "peer_link", "keepalive", "legs", "svis", "orphans", "tunnel"}
    assert set(scenario["switches"]["leaf-101"]) == states
    assert set(scenario["hosts"]["web-01"]) == {"connected", "degraded", "seconds", "why", "partial", "links"}
    assert set(scenario["hosts"]["web-01"]["links"][0]) == {"switch", "interface", "state"}
    assert set(found["folded"][0]) == {"events", "count", "because"}
    assert set(found["broken"][0]) == {"host", "what", "limit", "events", "seconds"}
    assert to_json(found) == to_json(json.loads(to_json(found)))


def test_json_of_several_pairs() -> None:
    """Where a folder was asked about, the pairs stand in a list, however many there are."""
    pair = document("quiet")
    assert drill_document([pair], listed=True) == {"format": "mlagkit.drill/1", "pairs": [pair]}
    assert drill_document([pair], listed=False) == {"format": "mlagkit.drill/1"} | pair


def test_json_words() -> None:
    """Roles, keepalive and times have the words of the contract."""
    strange = replace(FIRST, role=Role.NONE, keepalive=False)
    drill = replace(QUIET, scenarios=(NO_EVENT, outcome(["keepalive down"], strange), DUAL_ACTIVE))
    first, changed, dual_active = pair_document(drill)["scenarios"]
    assert first["switches"]["leaf-101"]["role"] == "primary"
    assert first["switches"]["leaf-101"]["keepalive"] == "alive"
    assert changed["switches"]["leaf-101"]["role"] == "none"
    assert changed["switches"]["leaf-101"]["keepalive"] == "dead"
    assert dual_active["switches"]["leaf-102"]["role"] == "secondary, operational primary"
    assert first["hosts"]["web-01"]["seconds"] == [0, 0]
    assert dual_active["hosts"]["backup-01"]["seconds"] == [None, None]


def test_json_holds_what_differs() -> None:
    """Of legs, SVIs, orphan ports and hosts a later scenario has what differs from the first, which has them all."""
    drill = replace(QUIET, scenarios=(NO_EVENT, *MATRIX.scenarios[1:]))
    first, *later = pair_document(drill)["scenarios"]
    assert set(first["hosts"]) == set(WELL)
    assert set(first["switches"]["leaf-102"]["legs"]) == {"11", "12", "13", "14"}
    for plain, scenario in zip(later, drill.scenarios[1:], strict=True):
        assert set(plain["hosts"]) == {name for name, host in scenario.hosts.items() if host != WELL[name]}
        for name, switch in scenario.switches.items():
            whole = first["switches"][name]["legs"] | plain["switches"][name]["legs"]
            assert whole == {str(vpc): state.value for vpc, state in switch.legs.items()}


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (NOT_AT_ALL, "0 s"),
        (Seconds(1, 8), "1-8 s"),
        (Seconds(0.05, 0.05), "0.05 s"),
        (Seconds(240, 360), "240-360 s"),
        (Seconds(None, None), "until repaired"),
        (Seconds(0, None), "at worst until repaired"),
        (Seconds(3, None), "3 s, at worst until repaired"),
    ],
)
def test_seconds(seconds: Seconds, words: str) -> None:
    """A time in words."""
    assert seconds_words([seconds.best, seconds.worst]) == words


@pytest.mark.parametrize(
    ("one", "other", "seconds", "words"),
    [
        (W, W, NOT_AT_ALL, "unaffected"),
        (W, D, NOT_AT_ALL, "degraded"),
        (W, D, Seconds(1, 8), "interrupted for 1-8 s, then degraded"),
        (W, W, Seconds(2, 2), "interrupted for 2 s"),
        (W, L, NOT_AT_ALL, "partly cut off"),
        (W, L, Seconds(0, None), "partly cut off until repaired"),
        (D, D, Seconds(None, None), "cut off until repaired"),
        (D, L, NOT_AT_ALL, "cut off until repaired"),
        (D, D, Seconds(10, None), "cut off for 10 s, at worst until repaired"),
    ],
)
def test_fate(one: object, other: object, seconds: Seconds, words: str) -> None:
    """How a host fares, in words."""
    host = dual(11, one, other, seconds)  # type: ignore[arg-type]  # states by their short names
    drill = replace(QUIET, scenarios=(outcome([], hosts={"web-01": host}),))
    assert fate_words(pair_document(drill)["scenarios"][0]["hosts"]["web-01"]) == words


def test_summary_of_nothing() -> None:
    """Where nothing is cut off at any depth, one sentence says so."""
    assert summary(QUIET) == "No single failure cuts any host off."
    assert summary(replace(QUIET, depth=2)) == "No single failure cuts any host off; no double failure does."


def test_summary_of_double_failures() -> None:
    """What only double failures do is counted among all of them, those that are not listed included."""
    cutting = MATRIX.scenarios[-8:]
    drill = replace(QUIET, depth=2, scenarios=(*QUIET.scenarios, *cutting), folded=MATRIX.folded)
    assert summary(drill) == (
        "No single failure cuts any host off; 8 of 56 double failures do: "
        "vpc 11 down on leaf-101 then vpc 11 down on leaf-102 (web-01) and 7 more."
    )


def test_summary_of_what_is_cut_off_anyway() -> None:
    """A host that is cut off without any event is told of first."""
    cut = {**WELL, "web-01": dual(11, D, D)}
    drill = replace(QUIET, scenarios=(outcome([], hosts=cut), *QUIET.scenarios[1:]))
    assert summary(drill).startswith("Without any failure 1 host is cut off: web-01. ")


def test_summary_counts_a_return_as_no_failure() -> None:
    """What comes back is no second failure."""
    back = replace(AFTER_PEER_LINK, events=(*AFTER_PEER_LINK.events, parse_event("peer-link up")))
    drill = replace(QUIET, depth=2, scenarios=(NO_EVENT, AFTER_PEER_LINK, back))
    assert "1 of 1 single failure cuts hosts off: peer-link down (backup-01); no double failure" in summary(drill)


def test_summary_without_a_total() -> None:
    """Beyond two failures nobody knows which depth those are of that are not listed."""
    unlisted = Folded(events=(), count=9, because="known")
    drill = replace(QUIET, depth=3, scenarios=(NO_EVENT, DUAL_ACTIVE), folded=(unlisted,))
    assert "; 1 double failure does: keepalive down then peer-link down (backup-01); no triple failure" in summary(
        drill
    )


def either_leader() -> Drill:
    """The peer-link fails of a pair of which nobody knows who leads; with the other leader another host is cut off."""
    other = replace(
        AFTER_PEER_LINK,
        primary="leaf-102",
        switches={
            "leaf-101": replace(FIRST, role=Role.SECONDARY, peer_link=State.DOWN),
            "leaf-102": replace(SECOND, role=Role.PRIMARY, peer_link=State.DOWN),
        },
        hosts={**WELL, "web-01": dual(11, D, D)},
    )
    return replace(QUIET, scenarios=(NO_EVENT, AFTER_PEER_LINK, other), depth=1)


def test_either_leader() -> None:
    """Where nobody knows who leads, a scenario that depends on it says for whom it holds, and counts once."""
    pair = pair_document(either_leader())
    assert [row.words for row in table_of(pair).rows] == [
        "peer-link down, if leaf-101 leads",
        "peer-link down, if leaf-102 leads",
    ]
    assert "1 of 1 single failure cuts hosts off" in pair["summary"]
    assert pair_words(pair["scenarios"][2], Start.of(pair).before(pair["scenarios"][2])) == [UNCHANGED]


def test_no_worse_than_with_the_same_leader() -> None:
    """Whether a host fares worse than after a part is told from the part with the same leader."""
    drill = either_leader()
    *_, one, other = drill.scenarios
    events = (*one.events, parse_event("keepalive down"))
    pair = pair_document(replace(drill, scenarios=(*drill.scenarios, replace(other, events=events)), depth=2))
    assert [each["events"] for each in table_of(pair).no_worse] == [["peer-link down", "keepalive down"]]


def test_rows_in_any_order() -> None:
    """Two orders of the same events that end alike are one row."""
    events = MATRIX.scenarios[-1].events, MATRIX.scenarios[-2].events
    drill = replace(QUIET, scenarios=(NO_EVENT, *MATRIX.scenarios[-2:]))
    (row,) = table_of(pair_document(drill)).rows
    assert set(events[0]) == set(events[1])
    assert row.words.endswith(" (in any order)")


def test_rows_worst_first() -> None:
    """What cuts hosts off stands first, of that what takes fewer failures."""
    rows = table_of(document("matrix")).rows
    assert [(row.groups[0].fate.value, len(row.events)) for row in rows] == [
        ("cut off", 1),
        ("cut off", 1),
        ("cut off", 2),
        ("partly cut off", 2),
        ("interrupted", 1),
        ("interrupted", 1),
    ]


def test_no_worse_than_a_part() -> None:
    """A double failure after which no host fares worse than after one of them is counted, and listed on request."""
    pair = document("matrix")
    table = table_of(pair)
    assert [each["events"] for each in table.no_worse] == [["peer-link down", "keepalive down"]]
    assert "no worse than after a part of it: 1 double failure\n" in text(pair)
    every = table_of(pair, every_row=True)
    assert (len(every.rows), every.no_worse) == (len(table.rows) + 1, [])


def test_every_row_is_counted() -> None:
    """What is not shown is counted, and shown on request."""
    pair = pair_document(many(30))
    assert "… 11 more rows, none worse than these; -v shows all\n" in text(pair)
    assert "more rows" not in text(pair, every_row=True)
    shown = text(pair, every_row=True)
    assert all(f"host-{number:04}" in shown for number in range(1, 31))


@pytest.mark.parametrize("width", [20, 60, 80, 100, 200])
@pytest.mark.parametrize("case", CASES)
def test_width(case: str, width: int) -> None:
    """No line is wider than the terminal, of which 60 columns are needed."""
    assert max(map(len, text(document(case), width=width).splitlines())) <= max(width, 60)


@pytest.mark.parametrize("case", CASES)
def test_color_changes_nothing_but_colors(case: str) -> None:
    """The colored text without its escapes is the plain one, so nothing is said by a color alone."""
    pair = document(case)
    write = steps_text if pair["sequence"] else matrix_text
    assert re.sub(r"\x1b\[\d+m", "", write(pair, paint=colored)) == text(pair)


def test_steps_go_by_the_last_one() -> None:
    """A step shows what changed since the one before, and who is well again."""
    shown = text(document("sequence"))
    last = shown[shown.index("3. peer-link up") :]
    assert "vPC 11-14 suspended -> up" in last
    assert "as before again: backup-01, db-01, db-02 and 2 more" in last
    assert [row.words for row in steps_of(document("sequence")).rows] == [
        "before any event",
        "1. peer-link down",
        "2. keepalive down",
        "3. peer-link up",
    ]


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["a"], "a"),
        (["a", "b", "c"], "a, b, c"),
        (["a", "b", "c", "d"], "a, b and 2 more"),
    ],
)
def test_names(names: list[str], words: str) -> None:
    """Names in a row; one more than the limit is no reason to count."""
    assert names_words(names, 2) == words


def test_markdown_fits_a_comment() -> None:
    """Rows that don't fit are counted; so are pairs."""
    pair = pair_document(many(2_000))
    found = drill_markdown([pair])
    assert len(found) <= LONGEST < 65_536
    shown = found.count("\n| vpc ")
    assert f"**{2_001 - shown:,} more rows did not fit here**, none worse than these" in found
    several = drill_markdown([pair, document("matrix"), document("quiet")])
    assert len(several) <= LONGEST
    assert "**2 more pairs did not fit here**" in several or "**mlagkit drill: dc1: No single" in several


def hostile(word: str) -> Drill:
    """A drill that holds a text everywhere that a file's author may have written one."""
    host = replace(dual(11, D, D, Seconds(None, None), word), links=())
    cut = outcome(["peer-link down"], hosts={word: host})
    broken = Objective(host=word, what=word, limit=1, events=cut.events, seconds=Seconds(None, None))
    folded = Folded(events=(), count=1, because=word)
    well = outcome([], hosts={word: dual(11, W, W)})
    return replace(QUIET, pair=word, scenarios=(well, cut), folded=(folded,), broken=(broken,))


HOSTILE = "\x1b[2J</script><b>x</b> @team #12 ``` | [a](http://x) www.example.com \\ \u202e & \ud800"


@pytest.mark.parametrize("in_sequence", [False, True])
def test_hostile_text(in_sequence: bool) -> None:
    """No text becomes a control character, an element, a link or a cell."""
    pair = pair_document(replace(hostile(HOSTILE), depth=1), in_sequence=in_sequence)
    assert not re.search(UNREADABLE, text(pair))
    found = drill_markdown([pair])
    assert not re.search(UNREADABLE, found)
    assert not re.search(r"@\w|#\d|://|(?<!\\)[`\[\]]|<(?!/?(details|summary|br)>)", found)
    rows = [line for line in found.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {5}


def test_split_reason_is_told_once() -> None:
    """Hosts that fare otherwise for one reason share its line."""
    drill = replace(QUIET, scenarios=(NO_EVENT, DUAL_ACTIVE))
    assert re.sub(r"\n\s+", " ", text(pair_document(drill))).count(SPLIT) == 1


def test_nothing_is_attached() -> None:
    """A pair without any host that is known is not told to be safe."""
    said = summary_of({"sequence": False, "depth": 2, "broken": [], "folded": [], "scenarios": [{"hosts": {}}]})
    assert said == "Nothing is known to be attached, so no failure can be told to cut anything off."
