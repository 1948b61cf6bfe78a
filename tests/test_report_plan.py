"""Plans as JSON and as text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from mlagkit import __version__
from mlagkit.diff import Uncompared
from mlagkit.drill.outcome import Seconds
from mlagkit.finding import Origin
from mlagkit.nxos.catalogue import Impact
from mlagkit.nxos.redact import redact
from mlagkit.plan import Permission, Plan, Stop, typed_lines
from mlagkit.report.document import Document, to_json
from mlagkit.report.paint import colored
from mlagkit.report.plan.cells import turns_of
from mlagkit.report.plan.document import narrowed, plan_document, plan_hash, plans_document
from mlagkit.report.plan.steps import rows_of
from mlagkit.report.plan.summary import gate_words, impact_words, needs, summary_of
from mlagkit.report.plan.text import plan_text
from tests.conftest import Golden
from tests.drills_shown import D, W, dual
from tests.plans_shown import GROWS, HURTS, NOTHING, ONE_SIDE, PLANS, A, B, cell, finding, lines, step
from tests.report_forms import PLAN

GOLDEN = Path(__file__).parent / "fixtures" / "plan"
COMMIT = "4f2ac01b9d3e" + "0" * 28
UNREADABLE = "[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\ud800]"


def document(plan: Plan, mask: Callable[[str], str] = redact, **more: Any) -> Document:  # noqa: ANN401
    """The plan as plain data, made on one day, with one of its permissions given."""
    given = {"created": "2026-11-27", "expires": "2026-11-28", "commit": COMMIT, "allowed": ("outage",)}
    return plan_document(plan, mask, **(given | more))


def text(plan: Plan, **more: Any) -> str:  # noqa: ANN401
    """The plan as text."""
    return plan_text(document(plan), **more)


def part(shown: str, title: str) -> str:
    """What stands below one title."""
    return shown.partition(f"\n{title}:\n")[2].partition("\n\n")[0]


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("case", PLANS)
def test_text(case: str, width: int, golden: Golden) -> None:
    """The text is the expected file, one step below the other or both switches side by side."""
    golden(GOLDEN / f"{case}-{width}.txt", text(PLANS[case], width=width))


@pytest.mark.parametrize("width", [80, 160])
def test_annotated(width: int, golden: Golden) -> None:
    """On request the place that each command comes from stands before it."""
    golden(GOLDEN / f"annotated-{width}.txt", text(GROWS, width=width, annotate=True))


@pytest.mark.parametrize(
    ("file", "shown"),
    [
        ("leaf.yaml", "   leaf.yaml:7         x"),
        ("leaf-1234567.yaml", "   …af-1234567.yaml:7  x"),
        ("leaf-123456.yaml", "   leaf-123456.yaml:7  x"),
    ],
)
def test_places(file: str, shown: str) -> None:
    """A place that fits stands whole, of a longer one the end."""
    command = replace(lines("x")[0], origin=Origin(file, 7))
    plan = replace(ONE_SIDE, steps=(step(A, "x", (command,), ()),))
    assert shown in text(plan, annotate=True).splitlines()


@pytest.mark.parametrize("case", PLANS)
def test_json(case: str, golden: Golden) -> None:
    """The document is the expected file."""
    golden(GOLDEN / f"{case}.json", to_json(document(PLANS[case])).replace(f'"mlagkit {__version__}"', '"TOOL"'))


@pytest.mark.parametrize("case", PLANS)
def test_form(case: str) -> None:
    """The document has the keys of the contract with those that were added, and nothing else."""
    made = json.loads(to_json(document(PLANS[case])))
    checker = jsonschema.FormatChecker(["date"])
    jsonschema.Draft202012Validator(PLAN, format_checker=checker).validate(made)
    assert to_json(made) == to_json(document(PLANS[case]))
    for step_made in made["steps"]:
        assert len(step_made["commands"]) == len(step_made["origins"])


@pytest.mark.parametrize("key", PLAN["required"])
def test_form_can_fail(key: str) -> None:
    """A document that lacks a key, or has one more, has not the form."""
    made = document(HURTS)
    form = jsonschema.Draft202012Validator(PLAN)
    assert not form.is_valid({name: value for name, value in made.items() if name != key})
    assert not form.is_valid(made | {f"{key}s": made[key]})


def test_several_pairs() -> None:
    """Where a folder was asked about, the plans stand in a list, each of them whole."""
    made = document(GROWS)
    assert plans_document([made], listed=False) is made
    assert plans_document([made], listed=True) == {"format": "mlagkit.plan/1", "pairs": [made]}


def test_hash_is_over_what_is_done() -> None:
    """The hash is the same exactly where the pair, the switches, the commands and the gates are."""
    made = document(GROWS)
    assert made["hash"] == plan_hash(made["pair"], json.loads(to_json(made))["steps"], made["accepted"])
    first, *others = GROWS.steps
    same = (
        replace(GROWS, roles={}, base={}, deleted=3, cells=()),
        replace(GROWS, steps=(replace(first, reason="x", impact=Impact.BRIEF, affected=("x",), undo=()), *others)),
    )
    assert {document(plan, created="2030-01-01", expires=None, commit=None)["hash"] for plan in same} == {made["hash"]}
    other = (
        replace(GROWS, pair="x"),
        replace(GROWS, steps=GROWS.steps[:-1]),
        replace(GROWS, steps=(*others, first)),
        replace(GROWS, steps=(replace(first, switch=A), *others)),
        replace(GROWS, steps=(replace(first, gate="x"), *others)),
        replace(GROWS, steps=(replace(first, commands=first.commands[:1]), *others)),
    )
    assert len({made["hash"], *(document(plan)["hash"] for plan in other)}) == 1 + len(other)


def test_hash_is_as_written() -> None:
    """A hash that was approved once stays that of the same plan: its bytes are not what a version makes of them."""
    made = document(ONE_SIDE)
    done = (
        '{"pair":"dc1-leaf","steps":[{"commands":["interface port-channel11","  description web"],'
        '"gate":"","switch":"leaf-102"}]}'
    )
    from hashlib import sha256

    assert made["hash"] == sha256(done.encode()).hexdigest()


def test_hash_of_bytes_that_are_no_utf_8() -> None:
    """A byte that is no UTF-8 is a part of the hash like any other."""
    plans = [
        replace(ONE_SIDE, steps=(replace(ONE_SIDE.steps[0], commands=lines(f"banner motd #{byte}#")),))
        for byte in ("\udce9", "\udce8")
    ]
    assert len({document(plan)["hash"] for plan in plans}) == 2


def test_commands_are_what_is_typed() -> None:
    """The lines are those that are typed, headers and margins included."""
    for plan, made in zip(GROWS.steps, document(GROWS)["steps"], strict=True):
        assert made["commands"] == [*typed_lines(plan.commands)]
        assert made["undo"] == [*typed_lines(plan.undo)]


def test_origins() -> None:
    """A command has the place that caused it; a header that only leads to it has none."""
    (made,) = document(ONE_SIDE)["steps"]
    assert made["origins"] == [None, {"file": "pairs/dc1-leaf.yaml", "line": 7}]
    assert [origin["line"] for origin in document(GROWS)["steps"][2]["origins"]] == [30, 31, 32, 33]


def test_secrets() -> None:
    """No secret of a command, an undo or a stop gets out, also where headers stand before the line."""
    commands = lines("key chain k / key 1 / key-string 7 s3cret", "username x password 5 s3cret")
    hidden = replace(
        HURTS,
        steps=(step(A, "users", commands, commands),),
        stops=(
            Stop(Permission.MANAGEMENT, A, "interface Vlan10 / hsrp 10 / authentication text s3cret: it changes"),
            Stop(Permission.MANAGEMENT, A, "username x password 5 s3cret: it changes"),
        ),
        uncompared={A: (Uncompared(("key chain k",), "key-string 7 s3cret", ("env:KEY",), (1, 1)),)},
    )
    assert "s3cret" not in to_json(document(hidden)) + text(hidden)
    assert to_json(document(hidden)).count("<secret>") == 7


def test_lines_that_are_not_compared_are_counted() -> None:
    """Of many, as right after an import, the first are shown; one more than that is no reason to hide it."""
    title, known = "not compared, since the secret can't be had", HURTS.uncompared[B]
    for number, shown in ((9, 9), (10, 9)):  # a line that counts the rest is a line, too
        plan = replace(NOTHING, uncompared={B: known[:number]})
        assert len(part(text(plan, width=120), title).splitlines()) == shown
        assert len(part(text(plan, width=120, every_row=True), title).splitlines()) == number
    assert title not in text(NOTHING)
    assert summary_of(document(plan)) == "nothing has to change on either switch; 10 lines not compared"


def test_every_text_is_masked() -> None:
    """What a plan says of lines goes through the mask, wherever it stands."""
    made = document(HURTS, lambda _: "MASKED")
    shown = json.dumps({key: made[key] for key in ("steps", "stops", "reloads", "uncompared")})
    for words in ("Vlan10", "tacacs", "mtu", "peer-keepalive", "users", "web-01", "vpc 11 up", "an outage", "the size"):
        assert words not in shown


def test_verdict() -> None:
    """The first line says how much is done where, and what traffic notices."""
    assert summary_of(document(GROWS)) == "14 commands in 5 steps on both switches; no traffic impact expected"
    assert summary_of(document(ONE_SIDE)).startswith("2 commands in 1 step on leaf-102 only; ")
    assert summary_of(document(HURTS)) == (
        "9 commands in 4 steps on both switches, 12 objects deleted; outage: web-01, VLAN 10; it ends with 1 new error"
        " of rules; needs a reload of leaf-101; 11 lines not compared; not without --allow keepalive-change"
        " --allow management-path --max-delete 12"
    )
    made = document(GROWS)
    assert text(GROWS).startswith(f"dc1-leaf: {made['summary']};\n  plan {made['hash'][:12]}…\n")


@pytest.mark.parametrize(
    ("impacts", "words"),
    [
        ([(Impact.NONE, ())], "no traffic impact expected"),
        ([(Impact.BRIEF, ("a", "b", "c", "d", "e")), (Impact.NONE, ("f",))], "brief interruption: a, b, c and 2 more"),
        ([(Impact.BRIEF, ("a", "b")), (Impact.OUTAGE, ("a",))], "outage: a, brief interruption: b"),
        ([(Impact.BRIEF, ("a",)), (Impact.OUTAGE, ("a",))], "outage: a"),
        ([(Impact.OUTAGE, ())], "outage: nobody is known who notices"),
    ],
)
def test_noticed(impacts: list[tuple[Impact, tuple[str, ...]]], words: str) -> None:
    """The worst impact stands first, and nobody is named twice."""
    steps = tuple(step(A, "x", lines("x"), (), impact, names) for impact, names in impacts)
    assert summary_of(document(replace(ONE_SIDE, steps=steps))).endswith(f" only; {words}")


def test_nothing() -> None:
    """A plan without steps is one sentence, and has a hash all the same."""
    assert text(NOTHING) == "dc1-leaf: nothing has to change on either switch\n"
    assert len(document(NOTHING)["hash"]) == 64


def test_needs() -> None:
    """What was not given is named as it is typed, each permission once; a limit that is just reached is kept."""
    assert needs(document(HURTS)) == ["--allow keepalive-change", "--allow management-path", "--max-delete 12"]
    given = ("outage", "keepalive-change", "management-path")
    assert needs(document(HURTS, allowed=given, max_delete=12)) == []
    assert needs(document(HURTS, allowed=given, max_delete=11)) == ["--max-delete 12"]
    twice = replace(HURTS, stops=(HURTS.stops[0], HURTS.stops[0]), deleted=0)
    assert needs(document(twice, allowed=())) == ["--allow outage"]


def test_permissions() -> None:
    """Each permission says whether it was given, and what it is needed for."""
    shown = part(text(HURTS, width=120), "needs permission").splitlines()
    assert shown[:3] == [
        "  outage: allowed",
        "    leaf-101: mtu of port-channel11: an outage for web-01, VLAN 10",
        "  keepalive-change: not allowed; --allow keepalive-change allows it",
    ]
    assert shown[-1] == "  12 objects deleted, more than 10; --max-delete 12 allows it"
    assert "needs permission" not in text(GROWS)


def test_permissions_in_color() -> None:
    """What was given is green, what was not is red."""
    shown = text(HURTS, paint=colored)
    assert "\x1b[32m  outage: allowed\x1b" in shown
    assert "\x1b[31m  keepalive-change: not allowed" in shown


def test_limit_that_is_kept() -> None:
    """A limit that is just reached is not told of."""
    assert "objects deleted, more than" not in plan_text(document(HURTS, max_delete=12))
    assert "objects deleted, more than" in plan_text(document(HURTS, max_delete=11))


def test_permissions_of_a_limit_only() -> None:
    """A limit that is exceeded is told of also where no permission is needed."""
    assert "12 objects deleted" in part(text(replace(HURTS, stops=())), "needs permission")


@pytest.mark.parametrize(
    ("steps", "sizes"),
    [
        (["Bx.", "Ax.", "Bx.", "Ay.", "Ay.", "By.", "Bz.", "Az."], [2, 1, 1, 2, 2]),
        (["Bx", "Ay", "Ay", "Ax", "By."], [2, 1, 2]),
        (["Bx.", "Ay"], [1, 1]),
    ],
)
def test_twins(steps: list[str], sizes: list[int]) -> None:
    """A step and the next on the other switch are in one row: for one reason, or without a gate (here the point)."""
    made = [{"switch": word[0], "reason": word[1], "gate": word[2:]} for word in steps]
    assert [len(row) for row in rows_of(made)] == sizes


def test_reasons_of_twins() -> None:
    """Where the two of a row have reasons of their own, both are told."""
    plan = replace(ONE_SIDE, steps=(step(B, "VLAN 20", lines("x"), ()), step(A, "VLAN 20, VLAN 30", lines("y"), ())))
    shown = text(plan, width=120)
    assert "\n1. leaf-102: VLAN 20\n2. leaf-101: VLAN 20, VLAN 30\n   y" in shown
    assert "\n2. leaf-101: VLAN 20, VLAN 30\n1. leaf-102: VLAN 20\n" in shown


def test_steps_keep_their_order() -> None:
    """A row names its steps in the order in which they are done, and the undo the other way round."""
    shown = text(GROWS, width=120)
    assert re.findall(r"^(\d.*): ", shown, re.M)[:4] == [
        "1. leaf-102, 2. leaf-101",
        "3. leaf-102, 4. leaf-101",
        "5. leaf-102",
        "5. leaf-102",
    ]
    back = part(shown, "undo, from the last step to the first")
    assert re.findall(r"(\d)\. ", back) == ["5", "4", "3", "2", "1"]
    assert re.findall(r"^(\d)\. ", text(GROWS), re.M) == list("1234554321")


def test_columns() -> None:
    """The lines of a switch stand in its own column, whichever comes first."""
    shown = text(replace(ONE_SIDE, steps=(*ONE_SIDE.steps, step(A, "x", lines("only on a"), ()))), width=120)
    assert shown.splitlines()[2].split() == [A, B]
    (left,) = (line for line in shown.splitlines() if "only on a" in line)
    (right,) = (line for line in shown.splitlines() if "description web" in line)
    assert (left.index("only"), right.index("description")) == (3, shown.splitlines()[2].index(B) + 2)


@pytest.mark.parametrize(("width", "annotate", "beside"), [(97, 0, 0), (98, 0, 1), (137, 1, 0), (138, 1, 1)])
def test_columns_need_room(width: int, annotate: bool, beside: bool) -> None:
    """Both switches stand beside each other where there is room for both, and for their places."""
    shown = text(GROWS, width=width, annotate=annotate)
    assert ("1. leaf-102, 2. leaf-101: VLAN 20" in shown) == beside


def test_costs_that_differ() -> None:
    """What twins cost is told once where it is the same, else of each."""
    shown = text(HURTS, width=120)
    assert "   step 1: brief interruption: web-01\n   step 2: outage: web-01, VLAN 10\n" in shown
    assert "step 1: " not in text(GROWS, width=120)


def test_names_are_counted() -> None:
    """Of very many who notice a step some are named and the rest is counted; all of them on request."""
    names = [f"host-{number}" for number in range(30)]
    plan = replace(ONE_SIDE, steps=(step(A, "x", lines("x"), (), Impact.BRIEF, names),))
    assert "and 22 more" in text(plan)
    assert all(f"{name},"[:-1] in text(plan, every_row=True) for name in names)


def test_narrowed() -> None:
    """One switch alone: its steps with their numbers, and what holds for the whole plan."""
    made = document(GROWS)
    only = narrowed(made, [A])
    assert [each["step"] for each in only["steps"]] == [2, 4]
    assert {key for key in made if made[key] != only[key]} == {"steps"}
    shown = plan_text(only, width=120)
    assert "channel-group" not in shown
    assert shown.startswith("dc1-leaf: 14 commands in 5 steps on both switches")


def test_long_lines() -> None:
    """Beside another switch a long line goes on below, and nothing of it is lost; else it can be copied whole."""
    long = f"description {'z' * 150}"
    plan = replace(GROWS, steps=(step(A, "x", lines(long), lines(long)), step(B, "x", lines("y"), ())))
    shown = text(plan, width=120)
    assert shown.count("z") == 300
    assert max(map(len, shown.splitlines())) <= 120
    assert f"\n   {long}\n" in text(plan, width=80)


@pytest.mark.parametrize("width", [20, 60, 80, 98, 120, 200])
@pytest.mark.parametrize("case", PLANS)
def test_width(case: str, width: int) -> None:
    """No line is wider than the terminal, of which 60 columns are needed, but the hash, which is copied whole."""
    shown = text(PLANS[case], width=width).splitlines()
    assert max(len(line) for line in shown if not line.startswith("plan ")) <= max(width, 60)


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("case", PLANS)
def test_color_changes_nothing_but_colors(case: str, width: int) -> None:
    """The colored text without its escapes is the plain one, so nothing is said by a color alone."""
    shown = text(PLANS[case], width=width, paint=colored)
    assert shown != text(PLANS[case], width=width)
    assert re.sub(r"\x1b\[\d+m", "", shown) == text(PLANS[case], width=width)


def test_verdict_color() -> None:
    """Green is for what nobody notices, red for an outage and for what may not be done like this."""
    brief = replace(ONE_SIDE, steps=(replace(ONE_SIDE.steps[0], impact=Impact.BRIEF),))
    outage = replace(ONE_SIDE, steps=(replace(ONE_SIDE.steps[0], impact=Impact.OUTAGE),))
    unallowed = replace(ONE_SIDE, stops=(Stop(Permission.ROLE, A, "x"),))
    broken = replace(ONE_SIDE, findings=HURTS.findings)
    plans = (NOTHING, ONE_SIDE, brief, outage, unallowed, broken)
    codes = [text(plan, paint=colored)[:5] for plan in plans]
    assert codes == [f"\x1b[{code}m" for code in (32, 32, 33, 31, 31, 31)]


def test_findings() -> None:
    """Errors at the end are told apart from those that pass, each with its place."""
    shown = text(HURTS, width=120)
    assert "KA03 keepalive-over-peer-link: leaf-101: the keepalive runs" in part(
        shown, "new errors of rules at the end"
    )
    passing = part(shown, "new errors of rules between two steps only")
    assert passing.startswith("  MB10 leg-mtu: vPC 11 has")
    assert passing.endswith("(pairs/dc1-leaf.yaml:9:3)")
    assert "errors of rules" not in text(GROWS)


def test_drill_cells_in_a_row() -> None:
    """Hosts and failures that change alike are one row; what needs no failure comes first, then what gets worse."""
    better = cell(["reload leaf-101"], "web-01", dual(11, D, D), dual(11, W, W))
    turns = turns_of(document(replace(HURTS, cells=(better, *HURTS.cells)))["drill"])
    assert [(turn.kind, turn.hosts, turn.events) for turn in turns] == [
        ("gone", ("old-01",), ("no failure",)),
        ("worse", ("web-01",), ("peer-link down", "keepalive down then peer-link down")),
        ("better", ("web-01",), ("reload leaf-101",)),
    ]
    assert [turn.hosts for turn in turns_of(document(GROWS)["drill"])] == [("db-01",), ("web-01", "web-02")]


def test_drill_better_or_worse() -> None:
    """Of two times that are the same, the one after which a link is missing is worse."""
    one, other = dual(11, W, W, Seconds(1, 8)), dual(11, W, D, Seconds(1, 8))
    made = document(replace(ONE_SIDE, cells=(cell([], "a", one, other), cell([], "b", other, one))))["drill"]
    assert [(turn.kind, turn.hosts) for turn in turns_of(made)] == [("worse", ("a",)), ("better", ("b",))]


def test_drill_names_are_counted() -> None:
    """Hosts are named in their order, some of them and some of the failures; all on request."""
    numbers = (5, 4, 3, 2, 1)
    cells = [
        cell([f"svi {vlan} down {A}"], f"host-{n}", dual(n, W, D, why="a bad link"), dual(n, W, W, why="well"))
        for vlan in (1, 2, 3, 4)
        for n in numbers
    ]
    plan = replace(ONE_SIDE, cells=tuple(cells))
    assert part(text(plan, width=120), "what changes in the drill").splitlines() == [
        "  better: host-1, host-2, host-3 and 2 more: degraded -> unaffected",
        "    after svi 1 down leaf-101, svi 2 down leaf-101 and 2 more",
    ]
    assert part(text(plan, width=120, every_row=True), "what changes in the drill").splitlines() == [
        "  better: host-1, host-2, host-3, host-4, host-5: degraded -> unaffected",
        f"    after {', '.join(f'svi {vlan} down leaf-101' for vlan in (1, 2, 3, 4))}",
    ]


def test_drill_after_a_part() -> None:
    """What only changes as after a part of the failures is counted, and told on request."""
    bad = dual(11, D, D)
    events: tuple[list[str], ...] = ([], ["peer-link down"], ["keepalive down"], ["keepalive down", "peer-link down"])
    changes = [cell(each, "web-01", dual(11, W, W), bad) for each in events]
    other = cell(["keepalive down", "peer-link down"], "web-02", dual(12, W, W), dual(12, W, D))
    worse = cell(["svi 10 down leaf-101"], "web-01", dual(11, W, D), bad)
    plan = replace(ONE_SIDE, cells=(*changes, worse, other))
    shown = part(text(plan, width=120), "what changes in the drill").splitlines()
    assert shown == [
        "  worse: web-01: unaffected -> cut off until repaired",
        "    after no failure",
        "  worse: web-02: unaffected -> degraded",
        "    after keepalive down then peer-link down",
        "  … 4 more scenarios, the same as after a part of the failures; -v shows all",
    ]
    assert "more scenarios" not in text(plan, every_row=True)
    assert "after no failure, peer-link down, keepalive down" in text(plan, every_row=True, width=120)


def test_drill_without_a_change() -> None:
    """Where nothing changes in the drill a sentence says so; so it does where no word tells the difference."""
    said = "each host fares as it did"
    assert said in text(ONE_SIDE)
    alike = cell(["peer-link down"], "web-01", dual(11, D, D), replace(dual(11, D, D), partial=True))
    assert said in text(replace(ONE_SIDE, cells=(alike,)))
    assert said not in text(HURTS)


def test_drill_rows_are_counted() -> None:
    """Of many rows some are shown and the rest is counted; all of them on request."""
    cells = tuple(
        cell([f"svi {n} down {A}"], f"host-{n}", dual(n, W, W), dual(n, D, D, why=f"{n}.")) for n in range(1, 31)
    )
    plan = replace(ONE_SIDE, cells=cells)
    assert "… 20 more rows; -v shows all" in text(plan)
    assert all(f"worse: host-{n}: " in text(plan, every_row=True) for n in range(1, 31))


def test_drill_reasons_are_counted() -> None:
    """Why hosts fare worse is told once; more reasons are counted, and told on request."""
    cells = tuple(
        cell([f"svi {n} down {A}"], "host", dual(1, W, W), dual(1, D, D, why=f"reason {n}")) for n in (1, 2, 3)
    )
    plan = replace(ONE_SIDE, cells=cells)
    assert ("reason 1" in text(plan), "reason 2" in text(plan), "… 2 more reasons" in text(plan)) == (True, False, True)
    assert "reason 3" in text(plan, every_row=True)


def test_what_it_depends_on() -> None:
    """The assumed roles, the days and the commit stand at the end, and the whole hash in the last line."""
    shown = part(text(HURTS, width=120), "holds as long as").splitlines()
    assert shown == [
        "  the roles are: leaf-101 secondary, operational primary; leaf-102 primary, operational secondary",
        "  both switches run what they ran when it was made",
        f"  made 2026-11-27 from commit {COMMIT}, good until 2026-11-28",
        "  allowed: outage",
        f"plan {document(HURTS)['hash']}",
    ]
    plain = plan_text(document(ONE_SIDE, commit=None, expires=None, allowed=()))
    assert part(plain, "holds as long as").splitlines()[2:-1] == ["  made 2026-11-27"]


HOSTILE = "\x1b[2J</script>\u202e\ud800\x9b\x07"


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_hostile_text(width: int) -> None:
    """No text that somebody wrote becomes a control character, wherever a plan holds it."""
    host = replace(dual(11, D, D), why=HOSTILE)
    hostile = Plan(
        pair=HOSTILE,
        switches=(HOSTILE, f"{HOSTILE}b"),
        roles={HOSTILE: HOSTILE, f"{HOSTILE}b": HOSTILE},
        base={},
        steps=tuple(
            replace(
                step(name, HOSTILE, lines(f"{HOSTILE} / {HOSTILE}", line=3), lines(HOSTILE), Impact.OUTAGE, [HOSTILE]),
                gate=HOSTILE,
            )
            for name in (HOSTILE, f"{HOSTILE}b")
        ),
        stops=(Stop(Permission.OUTAGE, HOSTILE, HOSTILE),),
        findings=(finding("XX01", HOSTILE, HOSTILE, HOSTILE),),
        passing=(finding("XX02", HOSTILE, HOSTILE),),
        cells=(cell([], HOSTILE, dual(11, W, W), host), cell([], f"{HOSTILE}b", None, host)),
        reloads={HOSTILE: HOSTILE},
    )
    made = document(hostile, str, commit=HOSTILE) | {"hash": HOSTILE}
    for each in made["steps"]:
        each["origins"] = [{"file": HOSTILE, "line": 3}] * len(each["commands"])
    for annotate in (False, True):
        shown = plan_text(made, width=width, annotate=annotate, every_row=True)
        assert not re.search(UNREADABLE, shown)
        assert shown.count(r"\x1b[2J") > 20
    assert json.loads(to_json(document(hostile, str)).encode())["pair"] == HOSTILE


@pytest.mark.parametrize(
    ("gate", "words"),
    [
        ("", ""),
        ("keepalive alive, vpc 1 up, vpc 2 up, vpc 3 up", "keepalive alive, vpc 1 up, vpc 2 up, vpc 3 up"),
        ("peer-link up, vpc 12 up, vpc 1 up, vpc 2 up, vpc 4000 up", "peer-link up, vpc 1-2,12,4000 up"),
    ],
)
def test_many_vpcs_of_a_gate(gate: str, words: str) -> None:
    """Of more vPCs than three the numbers are listed."""
    assert gate_words(gate) == words


def test_many_vlans_of_an_impact() -> None:
    """Those who notice are named each, but for VLANs, which are one list."""
    names = ["web-01", "VLAN 10", "vPC 7", "VLAN 11", "VLAN 20-30", "Ethernet1/1"]
    assert impact_words("outage", names) == "outage: web-01, VLAN 10-11,20-30, vPC 7, Ethernet1/1"
