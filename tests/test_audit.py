"""``mlagkit audit``: journals are whole or not, and what only a seal can show is said to be unknown without one."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mlagkit.push.journal import Journal
from tests.command import Run

RUN = "20261127-120000-8b13"
START = datetime(2026, 11, 27, 12, tzinfo=UTC)
BEGIN: Mapping[str, object] = {
    "pair": "dc1",
    "run": RUN,
    "user": "alice",
    "host": "jump-1",
    "tool": "mlagkit 0.1.0",
    "insecure": False,
    "allowed": ["outage", "unproven-timer"],
    "targets": [
        {"name": "leaf-101", "transport": "ssh", "host": "192.0.2.1", "port": 22},
        {"name": "leaf-102", "transport": "nxapi", "host": "192.0.2.2", "port": 443},
    ],
}
PUSH: tuple[tuple[str, Mapping[str, object]], ...] = (
    ("begin", BEGIN),
    ("read", {}),
    ("plan", {"hash": "9be453022746" + "0" * 52, "steps": 1, "allowed": ["outage"]}),
    ("step", {"switch": "leaf-101", "step": 1, "reason": "VLAN 20", "gate": "keepalive alive"}),
    ("type", {"switch": "leaf-101", "commands": ["vlan 20", "  name db"]}),
    ("answer", {"switch": "leaf-101", "command": "vlan 20", "answer": "Warning: one\nand two\n"}),
    ("typed", {"switch": "leaf-101", "taken": ["vlan 20", "  name db"], "refused": [], "behind": [], "unanswered": []}),
    ("gate", {"step": 1, "holds": "keepalive alive"}),
    ("verified", {"after": {}}),
    ("end", {"result": "done", "cause": "", "switches": {}}),
)
TAKEN_UP: tuple[tuple[str, Mapping[str, object]], ...] = (
    ("resumed", {"user": "bob", "host": "jump-2", "insecure": False}),
    ("undo", {}),
    ("end", {"result": "taken back", "cause": "the operator wanted it", "switches": {}}),
)


def recorded(folder: Path, *lines: tuple[str, Mapping[str, object]], run: str = RUN) -> Path:
    """A journal of these lines, a second apart; one that is there is gone on with."""
    path = folder / f"{run}.jsonl"
    times = iter(START + timedelta(seconds=number) for number in range(100))
    with Journal(path, lambda: next(times), str) as journal:
        for event, facts in lines:
            journal.note(event, **{**facts, **({"run": run} if event == "begin" else {})})
    return path


@pytest.fixture
def runs(home: Path) -> Path:
    """The folder of this user's journals, with one push in it."""
    folder = home / "state" / "mlagkit" / "runs"
    recorded(folder, *PUSH)
    return folder


def verdicts(run: Run, *words: str) -> dict[str, tuple[str, int | None]]:
    """What each run is, and where it is broken; the exit code is that of what was found."""
    ended = run("audit", "verify", "--format", "json", *words)
    document = json.loads(ended.out)
    found = {each["run"]: (each["verdict"], each["line"]) for each in document["journals"]}
    found |= dict.fromkeys(document["missing"], ("missing", None))
    assert ended.code == any(verdict != ("whole", None) for verdict in found.values())
    return found


def test_whole(run: Run, runs: Path) -> None:
    """A run that has ended is one line, and what a chain can't show is said."""
    ended = run("audit", "verify")
    first, _, counts, *rest = ended.out.splitlines()
    assert first == (
        f"whole    {RUN}  2026-11-27 12:00:00 alice@jump-1  "
        "dc1: plan 9be453022746; allowed outage, unproven-timer; done"
    )
    assert (ended.code, counts) == (0, "1 journal: 1 whole, 0 open, 0 broken")
    assert "or that all of it was written anew" in " ".join(rest)


def test_document(run: Run, runs: Path) -> None:
    """For programs every fact has its key."""
    recorded(runs, *TAKEN_UP)
    (journal,) = json.loads(run("audit", "verify", "--format", "json").out)["journals"]
    assert journal.pop("seal").startswith(f"mlagkit {RUN} 13 sha256:")
    assert journal == {
        "file": str(runs / f"{RUN}.jsonl"),
        "run": RUN,
        "verdict": "whole",
        "line": None,
        "why": "",
        "lines": 13,
        "sealed": 0,
        "pair": "dc1",
        "switches": {"leaf-101": "ssh:192.0.2.1:22", "leaf-102": "nxapi:192.0.2.2:443"},
        "errand": "push",
        "user": "alice",
        "host": "jump-1",
        "tool": "mlagkit 0.1.0",
        "begun": "2026-11-27T12:00:00.000+00:00",
        "ended": "2026-11-27T12:00:02.000+00:00",
        "plan": "9be453022746" + "0" * 52,
        "allowed": ["outage", "unproven-timer"],
        "insecure": False,
        "rules": [],
        "local_rules": False,
        "again": [{"time": "2026-11-27T12:00:00.000+00:00", "user": "bob", "host": "jump-2"}],
        "result": "taken back",
        "cause": "the operator wanted it",
    }


def test_taken_up(run: Run, runs: Path) -> None:
    """Who took a run up once more is named below it."""
    recorded(runs, *TAKEN_UP)
    assert "  once more 2026-11-27 12:00:00 bob@jump-2\n" in run("audit", "verify").out


TAMPERINGS: dict[str, tuple[Callable[[list[str]], list[str]], int]] = {
    "a line is changed": (lambda lines: [*lines[:4], lines[4].replace("name db", "name dc"), *lines[5:]], 6),
    "a line is left out": (lambda lines: [*lines[:4], *lines[5:]], 5),
    "the first line is left out": (lambda lines: lines[1:], 1),
    "a line is put in": (lambda lines: [*lines[:4], *lines[3:]], 5),
    "a line is no JSON": (lambda lines: [*lines[:4], "{", *lines[5:]], 5),
}


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_tampering(tampering: str, run: Run, runs: Path) -> None:
    """What was changed inside a journal shows, with the file and the line behind it."""
    path = runs / f"{RUN}.jsonl"
    change, line = TAMPERINGS[tampering]
    path.write_text("\n".join(change(path.read_text("utf-8").splitlines())) + "\n", "utf-8")
    assert verdicts(run) == {RUN: ("broken", line)}
    assert f"{path}:{line}: this line does not follow from the one before" in run("audit", "verify").out


def anew(path: Path, lines: list[str]) -> None:
    """Write a journal with a chain of its own, as whoever can write the file can."""
    path.unlink()
    facts = [json.loads(line) for line in lines]
    recorded(path.parent, *((each.pop("event"), each) for each in facts))


def cut(path: Path, lines: list[str]) -> None:
    """Leave the last two lines out."""
    path.write_text("\n".join(lines[:-2]) + "\n", "utf-8")


def last_changed(path: Path, lines: list[str]) -> None:
    """Change the last line, which no other holds the hash of."""
    path.write_text("\n".join([*lines[:-1], lines[-1].replace("done", "taken back")]) + "\n", "utf-8")


def rewritten(path: Path, lines: list[str]) -> None:
    """Change a line, and all hashes behind it."""
    anew(path, [*lines[:4], lines[4].replace("name db", "name dc"), *lines[5:]])


def deleted(path: Path, lines: list[str]) -> None:
    """Leave nothing."""
    path.unlink()


UNSEEN: dict[Callable[[Path, list[str]], None], tuple[dict[str, tuple[str, int | None]], tuple[str, int | None]]] = {
    cut: ({RUN: ("open", None)}, ("broken", 8)),
    last_changed: ({RUN: ("whole", None)}, ("broken", 10)),
    rewritten: ({RUN: ("whole", None)}, ("broken", 10)),
    deleted: ({}, ("missing", None)),
}
"""What a chain can't show: what is found without a seal, and with one."""


@pytest.mark.parametrize("change", UNSEEN, ids=lambda change: change.__name__)
@pytest.mark.parametrize("kept", ["--save", "syslog"])
def test_seal(change: Callable[[Path, list[str]], None], kept: str, run: Run, runs: Path) -> None:
    """A seal that was kept elsewhere shows what the chain alone can't, also where it stands in a log."""
    without, with_seal = UNSEEN[change]
    assert run("audit", "verify", "--save", "seals").code == 0
    if kept == "syslog":
        seal = Path("seals").read_text("utf-8").strip()
        Path("seals").write_text(f"Nov 27 12:00:09 jump-1 <14>{seal} {{}}\nNov 27 cron: nothing\n", "utf-8")
    assert verdicts(run, "--before", "seals") == {RUN: ("whole", None)}
    path = runs / f"{RUN}.jsonl"
    change(path, path.read_text("utf-8").splitlines())
    assert verdicts(run) == without
    assert verdicts(run, "--before", "seals") == {RUN: with_seal}


def test_what_came_later_is_no_break(run: Run, runs: Path) -> None:
    """A run that was taken back after it was sealed still holds its seal; runs that nobody named are not missing."""
    assert run("audit", "verify", "--save", "seals").code == 0
    recorded(runs, *TAKEN_UP)
    assert verdicts(run, "--before", "seals") == {RUN: ("whole", None)}
    other = recorded(runs, *PUSH, run="20261127-130000-0001")
    assert verdicts(run, "--before", "seals", str(other)) == {"20261127-130000-0001": ("whole", None)}
    ended = run("audit", "verify", "--before", "seals")
    assert "2 journals: 2 whole, 0 open, 0 broken, 0 missing" in ended.out
    assert "written anew" not in ended.out


def test_seals_are_private(run: Run, runs: Path) -> None:
    """They tell when somebody pushed."""
    run("audit", "verify", "--save", "seals")
    assert stat.S_IMODE(Path("seals").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ((), "it has no closing line"),
        (PUSH[:-1], "it has no closing line: the run is under way, its process died, or the end was cut off"),
        ((*PUSH, *TAKEN_UP[:2]), "it has no closing line"),
        (PUSH[1:], ":1: it does not begin as the journal of run"),
        ((*PUSH[:-1], ("end", {})), ":10: no push writes such a line"),
    ],
)
def test_amiss(lines: tuple[tuple[str, Mapping[str, object]], ...], says: str, run: Run, home: Path) -> None:
    """A journal without its end, or that no push has written, is not whole though its chain is."""
    recorded(home, *lines)
    ended = run("audit", "verify", f"{RUN}.jsonl")
    assert (ended.code, says in ended.out) == (1, True), ended.out


def test_one_that_cannot_be_read_hides_no_other(run: Run, runs: Path) -> None:
    """What is in the way of one journal, a link that leads nowhere, is said of that one; it is bad input."""
    (runs / "20261127-130000-dead.jsonl").symlink_to(runs / "nowhere")
    ended = run("audit", "verify")
    lines = ended.out.splitlines()
    assert (ended.code, lines[0][:29], lines[1]) == (
        2,
        f"whole    {RUN}",
        "unreadable  20261127-130000-dead  records nothing",
    )
    assert lines[2].endswith("20261127-130000-dead.jsonl: the journal can't be read: No such file or directory")
    assert "2 journals: 1 whole, 0 open, 0 broken, 1 unreadable" in lines
    assert run("audit", "show", str(runs)).code == 2
    document = json.loads(run("audit", "verify", "--format", "json").out)
    assert [(each["verdict"], each["line"], bool(each["seal"])) for each in document["journals"]] == [
        ("whole", None, True),
        ("unreadable", None, False),
    ]


def test_old_seals_are_kept_for_what_has_no_new_one(run: Run, runs: Path) -> None:
    """Whoever saves over the seals that showed a loss would lose the proof of it."""
    other = recorded(runs, *PUSH, run="20261127-130000-8b13")
    assert run("audit", "verify", "--save", "seals.txt").code == 0
    before = Path("seals.txt").read_text("utf-8")
    recorded(runs, *TAKEN_UP)
    other.unlink()
    for _ in range(2):
        assert run("audit", "verify", "--before", "seals.txt", "--save", "seals.txt").code == 1
        new, old = Path("seals.txt").read_text("utf-8").splitlines()
        assert (new.split()[1:3], old) == ([RUN, "13"], before.splitlines()[1])


def test_nothing_is_shown_of_nothing(run: Run, home: Path) -> None:
    """A journal without a line has no switches and no tool to tell of."""
    (home / f"{RUN}.jsonl").write_bytes(b"")
    lines = run("audit", "show", f"{RUN}.jsonl").out.splitlines()
    assert (len(lines), lines[0]) == (3, f"open     {RUN}  records nothing")


def test_half_a_line(run: Run, runs: Path) -> None:
    """A last line that breaks off is said."""
    with (runs / f"{RUN}.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"answer"')
    ended = run("audit", "verify")
    assert (ended.code, "its last line breaks off" in ended.out) == (1, True)


def test_journal_of_another_run(run: Run, runs: Path) -> None:
    """A journal that was copied over that of another run does not pass for it."""
    (runs / "20261127-130000-0001.jsonl").write_bytes((runs / f"{RUN}.jsonl").read_bytes())
    assert verdicts(run) == {RUN: ("whole", None), "20261127-130000-0001": ("broken", 1)}


def test_places(run: Run, runs: Path) -> None:
    """The name of a run, its file, the folder and the one above it are the same journals, each once."""
    for word in (RUN, str(runs / f"{RUN}.jsonl"), str(runs), str(runs.parent)):
        assert verdicts(run, word, word) == {RUN: ("whole", None)}


def test_nothing_was_pushed(run: Run, home: Path) -> None:
    """Where there is no folder of journals yet, there is nothing to be found."""
    ended = run("audit", "verify")
    assert (ended.code, ended.out.splitlines()[0]) == (0, "0 journals: 0 whole, 0 open, 0 broken")


SHOWN = f"""\
whole    {RUN}  2026-11-27 12:00:00 alice@jump-1  dc1: plan 9be453022746; allowed outage, unproven-timer; done
         leaf-101 at ssh:192.0.2.1:22, leaf-102 at nxapi:192.0.2.2:443, with mlagkit 0.1.0

2026-11-27
12:00:00                run {RUN}; times are UTC
12:00:01                reading both switches
12:00:02                plan 9be453022746: 1 steps
12:00:03  leaf-101      step 1: VLAN 20
12:00:04  leaf-101      > vlan 20
                        >   name db
12:00:05  leaf-101      < Warning: one
                        < and two
12:00:06  leaf-101      = 2 lines taken
12:00:07                holds: keepalive alive
12:00:08                both run what was planned, and the pair is no worse than before
12:00:09                end: done
"""


def test_show(run: Run, runs: Path) -> None:
    """A run is a time line: what was sent to which switch, what came back, gate by gate."""
    ended = run("audit", "show", RUN)
    assert (ended.code, ended.out) == (0, SHOWN)


def test_show_what_was_taken_up(run: Run, runs: Path) -> None:
    """Who took a run up once more stands in it, too, and what for."""
    recorded(runs, *TAKEN_UP)
    lines = run("audit", "show", RUN).out.splitlines()
    assert lines[-3:] == [
        "12:00:00                taken up once more by bob@jump-2",
        "12:00:01                it is to be taken back",
        "12:00:02                end: taken back; the operator wanted it",
    ]


def test_show_what_was_not_taken(run: Run, home: Path) -> None:
    """Of lines that a switch did not take, each is named."""
    lines = {"taken": ["vlan 20"], "refused": ["  name x y"], "behind": ["vlan 30"], "unanswered": ["vlan 40"]}
    recorded(home, PUSH[0], ("typed", {"switch": "leaf-101", **lines}))
    assert run("audit", "show", f"{RUN}.jsonl").out.splitlines()[-4:] == [
        "12:00:01  leaf-101      = 1 line taken",
        "                        = refused: name x y",
        "                        = carried out behind it: vlan 30",
        "                        = unanswered: vlan 40",
    ]


def test_show_as_json(run: Run, runs: Path) -> None:
    """For programs the lines are those of the journal."""
    (journal,) = json.loads(run("audit", "show", RUN, "--format", "json").out)["journals"]
    assert [line["event"] for line in journal["events"]] == [event for event, _ in PUSH]


def test_show_what_nobody_knows(run: Run, home: Path) -> None:
    """An event without words stands there as it is, with control characters as escapes."""
    recorded(home, PUSH[0], ("step", {"switch": "x"}), ("later", {"what": "\x1b[31m"}), ("fault", {"what": "\x1b[2J"}))
    out = run("audit", "show", f"{RUN}.jsonl").out
    assert '12:00:01  x             {"event": "step"}\n' in out
    assert '{"event": "later", "what": "\\\\u001b[31m"}' in out or '{"event": "later", "what": "\\u001b[31m"}' in out
    assert "fault: \\x1b[2J" in out
    assert "\x1b" not in out


def test_broken_is_shown_as_far_as_it_follows(run: Run, runs: Path) -> None:
    """Of a journal that was changed, what stands in front of the change is shown, with the place."""
    path = runs / f"{RUN}.jsonl"
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([*lines[:2], *lines[3:]]) + "\n", "utf-8")
    out = run("audit", "show", RUN).out
    assert out.startswith("broken ")
    assert f"{path}:3: this line does not follow" in out
    assert out.endswith("12:00:01                reading both switches\n")
