"""What a transaction types into a switch beside its plan: a checkpoint, a timer that goes back to it, the save.

The timer is a job of the switch's scheduler that runs once, at a minute of the switch's own clock. Forms: N9K System
Management guides, "Configuring Rollback" and "Configuring the Scheduler", as in `mlagkit.nxos.lab.schedule` and
`mlagkit.nxos.lab.rollback` [certain]. That such a job takes a switch back has no witness here: ``mlagkit doctor
--prove-revert`` shows it on a real one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from mlagkit.config import ConfigTree
from mlagkit.nxos.answer import Meaning, Verdict, verdict_on

SESSION = ("terminal no monitor", "terminal dont-ask")
"""What a session types first: no log lines between answers, no questions (device-side.md 0.3, [I ansible#27129])."""
DONT_ASK = SESSION[1]
CONFIGURE, END = "configure terminal", "end"
SAVE = "copy running-config startup-config"
COMMIT = "configure replace commit"
SECONDS = range(30, 3601)
"""What a commit may take (N7K Fundamentals guide 8.x, reference 7 row 23)."""
SCHEDULER, NO_SCHEDULER = "feature scheduler", "no feature scheduler"

_OURS = "mlagkit-"
_JOB_END = "end-job"
"""A job is printed with it at the left margin (an MDS 9710, as in `mlagkit.nxos.lab.schedule`)."""
MOST = 10
"""Checkpoints that a switch keeps (N3548 guide 7.x, p. 197)."""
_CLOCK = re.compile(r"(\d\d):(\d\d):(\d\d)(?:\.\d+)? (?:\S+ )?[A-Z][a-z]{2} ([A-Z][a-z]{2}) +(\d{1,2}) (\d{4})\b")
_TIMER = re.compile(rf"^scheduler (?:job|schedule) name ({_OURS}\S+)", re.M)
_LOOPBACKS = range(1023, -1, -1)
"""N9K Interfaces guide, "Configuring a Loopback Interface": 0 to 1023. From the top, where few are in use."""
_EMPTY = "Rollback Patch is Empty"
_DONE = ("Rollback completed successfully", _EMPTY)
_FAILED = ("failed", "error", "%", "invalid")


def label(run: str) -> str:
    """What the checkpoint, the job and the schedule of a run are called."""
    return f"{_OURS}{run}"


def keep(run: str) -> str:
    """Keep the present configuration on the switch."""
    return f"checkpoint {label(run)}"


def forget(run: str) -> str:
    """Drop what was kept."""
    return f"no checkpoint {label(run)}"


def back(run: str) -> str:
    """Go back to what was kept; all of it or nothing."""
    return f"rollback running-config checkpoint {label(run)} atomic"


def went_back(run: str, answer: str) -> Verdict:
    """What the answer to `back` means: a rollback talks a lot, and says at its end what came of it."""
    if any(words in answer for words in _DONE) and not any(
        line.lower().lstrip().startswith(_FAILED) or "Rollback failed" in line for line in answer.splitlines()
    ):
        return Verdict(Meaning.HARMLESS)
    said = verdict_on(back(run), answer)
    return said if said.stops else Verdict(Meaning.UNKNOWN, "it does not say that it went back")


def arm(run: str, at: datetime) -> Sequence[str]:
    """Go back by itself at that minute of the switch's clock."""
    return (
        f"scheduler job name {label(run)}",
        back(run),
        "exit",
        f"scheduler schedule name {label(run)}",
        f"job name {label(run)}",
        f"time start {at:%Y:%m:%d:%H:%M}",
    )


def disarm(run: str) -> Sequence[str]:
    """Take the timer away; the schedule first, since nothing happens without it."""
    return (f"no scheduler schedule name {label(run)}", f"no scheduler job name {label(run)}")


def file_of(run: str) -> str:
    """Where the whole configuration of a run lies on the switch."""
    return f"bootflash:{label(run)}.cfg"


def patch_of(run: str) -> str:
    """What the switch itself would type to become what the file says; nothing is done."""
    return f"configure replace {file_of(run)} show-patch"


def replace(run: str, seconds: int) -> str:
    """Become what the file says, and be as before again after so many seconds without a commit."""
    return f"configure replace {file_of(run)} commit-timeout {seconds}"


def delete(run: str) -> str:
    """Take the file away."""
    return f"delete {file_of(run)} no-prompt"


def patch_lines(answer: str) -> Sequence[str] | None:
    """The lines of a patch with their margins; None where the answer shows none (reference 7 row 22, napalm#618)."""
    if _EMPTY in answer:
        return ()
    _, mark, lines = answer.partition("\n!!\n")
    return [line for line in lines.splitlines() if line.strip() and line.strip() != "exit"] if mark else None


def replaced(answer: str) -> Verdict:
    """What the answer to `replace` means; Cisco's own tests look for the words (`mlagkit.nxos.lab.texts`) [likely]."""
    if "Configure replace completed successfully" in answer and "failed" not in answer.lower():
        return Verdict(Meaning.HARMLESS)
    said = verdict_on("configure replace", answer)
    return said if said.stops else Verdict(Meaning.UNKNOWN, "it does not say that it has replaced its configuration")


def committed(answer: str) -> Verdict:
    """What the answer to `COMMIT` means; its words are not known [assumed]: whatever refuses is no commit."""
    said = verdict_on(COMMIT, answer)
    known = said.meaning is Meaning.UNKNOWN and "commit" in answer.lower() and "completed" in answer.lower()
    return Verdict(Meaning.HARMLESS) if known else said


def minute_after(now: datetime, seconds: float) -> datetime:
    """The first whole minute that is at least so many seconds away."""
    later = now + timedelta(seconds=seconds)
    whole = later.replace(second=0, microsecond=0)
    return whole if whole == later else whole + timedelta(minutes=1)


def clock(answer: str) -> datetime | None:
    """The time of day on a switch, in its own time zone; None where the answer does not tell.

    ntc-templates' cisco_nxos_show_clock.raw: ``12:54:12.345 UTC Mon Jan 2 2017``.
    """
    found = _CLOCK.search(answer)
    if found is None:
        return None
    try:
        return datetime.strptime(" ".join(found.groups()), "%H %M %S %b %d %Y").replace(tzinfo=UTC)
    except ValueError:
        return None


def has_scheduler(tree: ConfigTree) -> bool:
    """Whether the scheduler is on."""
    return SCHEDULER in tree.heads


def timers(tree: ConfigTree) -> frozenset[str]:
    """The runs whose timers a configuration holds."""
    return frozenset(name.removeprefix(_OURS) for name in _TIMER.findall(tree.margin))


def is_armed(tree: ConfigTree, run: str, at: datetime) -> bool:
    """Whether the configuration holds the whole timer of a run."""
    blocks = {head: raw.split("\n")[1:] for head, raw in zip(tree.heads, tree.raws, strict=True)}
    job = [line.strip() for line in blocks.get(f"scheduler job name {label(run)}", ())]
    schedule = [line.strip() for line in blocks.get(f"scheduler schedule name {label(run)}", ())]
    return back(run) in job and f"job name {label(run)}" in schedule and f"time start {at:%Y:%m:%d:%H:%M}" in schedule


def apart(tree: ConfigTree, run: str, *, scheduler: bool) -> ConfigTree:
    """The configuration without the timer of a run; without the ``scheduler``, too, where the run switched it on."""
    own = (f"scheduler job name {label(run)}", f"scheduler schedule name {label(run)}")
    left: list[str] = []
    in_job = False
    for head, raw in zip(tree.heads, tree.raws, strict=True):
        mine = head in own or (scheduler and (head == SCHEDULER or head.startswith("scheduler ")))
        if not mine and not (in_job and head in ("", _JOB_END)):
            left.append(raw)
        in_job = mine if head not in ("", _JOB_END) else in_job and not head
    return ConfigTree(tuple(left), tree.file)


def unused_loopback(tree: ConfigTree) -> int | None:
    """The number of a loopback interface that a configuration does not have; None where it has all of them."""
    used = set(tree.heads)
    return next((number for number in _LOOPBACKS if f"interface loopback{number}" not in used), None)


def trace(run: str, number: int) -> Sequence[str]:
    """A change that nothing depends on, to see whether it is taken back: an interface without an address."""
    return (f"interface loopback{number}", f"  description {label(run)}")


def without_trace(number: int) -> Sequence[str]:
    """Its undo."""
    return (f"no interface loopback{number}",)


def turns_scheduler(lines: Sequence[str]) -> bool:
    """Whether one of these lines switches what the timer needs on or off: then it is not the timer's to do so."""
    return SCHEDULER in lines or NO_SCHEDULER in lines


def has_profile(tree: ConfigTree) -> bool:
    """Whether config-sync owns a part of the configuration (reference 2.1: ``switch-profile`` in its own block)."""
    return any(head.startswith("switch-profile ") for head in tree.heads)


def kept(answer: str) -> Sequence[str]:
    """The names in ``show checkpoint summary`` (corpus: show-checkpoint-summary/genie-go.txt)."""
    return re.findall(r"^[ \t]*\d+\) (\S+):[ \t]*$", answer, re.M)


def runs_kept(names: Sequence[str]) -> Sequence[str]:
    """The runs of ours among the names of checkpoints."""
    return [name.removeprefix(_OURS) for name in names if name.startswith(_OURS)]


def is_full(names: Sequence[str]) -> bool:
    """Whether a switch takes no further checkpoint."""
    return len(of_people(names)) >= MOST


def of_people(names: Sequence[str]) -> Sequence[str]:
    """The checkpoints that count: the system's own do not."""
    return [name for name in names if not name.startswith("system")]


def renames(line: str) -> bool:
    """Whether the switch has another name behind that line."""
    return line.removeprefix("no ").startswith(("hostname ", "switchname "))


def free_space(answer: str) -> int | None:
    """The bytes that are free by ``dir bootflash:``; None where its answer does not tell.

    ntc-templates' cisco_nxos_dir.raw and genie's golden output of `Dir`: ``1950945280 bytes free``.
    """
    found = re.search(r"^ *(\d{1,20}) bytes free[ \t]*$", answer, re.M)
    return int(found[1]) if found else None


def asks_a_server(tree: ConfigTree) -> bool:
    """Whether a server is asked who may log in (Security guide, "Configuring AAA": login by a group of servers)."""
    return any(head.startswith("aaa authentication login default group ") for head in tree.heads)


def password_for_jobs(user: str) -> str:
    """The line by which the scheduler keeps the password of a user whom a server knows."""
    return f"scheduler aaa-authentication username {user} password ..."


def jobs_run_as(tree: ConfigTree, user: str) -> bool:
    """Whether jobs of a user whom a server knows can run: their password is kept for the scheduler.

    N9K System Management guide 9.2(x), "Configuring the Scheduler", Remote User Authentication: the scheduler
    authenticates who made a job before it starts it, and keeps no credentials of a remote authentication. As a real
    configuration has it: ``scheduler aaa-authentication username X password 7 ...`` (ciscoconfparse,
    test_nxos_blank_line_02); without a name it is for whoever typed it (the guide).
    """
    heads = [head.split() for head in tree.heads if head.startswith("scheduler aaa-authentication ")]
    return any(words[2] == "password" or words[3:4] == [user] for words in heads if len(words) > 2)


def cannot_be_typed(line: str) -> str | None:
    """Why a line can't be sent as it stands: what a terminal takes for an order of its own (trust.md, S2)."""
    if "\n" in line:
        return "it has several lines"
    if "?" in line:
        return "a question mark asks a terminal for help"
    if not line.isprintable():
        return "it holds a character that a terminal acts on"
    return None
