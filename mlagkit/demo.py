"""The whole story on an emulated pair: real commands, their real output, and a check of each."""

from __future__ import annotations

import contextlib
import json
import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile
from pathlib import Path
from typing import IO

from mlagkit.errors import MlagkitError
from mlagkit.starter import starter

PAIR = "dc1"
_FARES = "switch  "
"""How the lab begins to say how its switches fare."""
_TIMEOUT = 60
"""Seconds for one command; each takes one or two."""

# What has been written since the pair was last configured, as (today's text, that of then).
_NEWS = (
    ("  20: db\n", ""),
    ("vlans: 10,20  ", "vlans: 10  "),
    ("\n  12:\n    profile: server\n    host: db-01\n    vlans: 20\n", "\n"),
    ("    members: {dc1-a: [Ethernet1/2], dc1-b: [Ethernet1/7]}\n", ""),
    # Since then somebody has typed a description on one switch, and a line that no pair file speaks of on the other.
    ("    host: web-01\n", "    host: web-01\n    description: {dc1-b: typed by hand}\n"),
    ("\n  ntp ", "\n  logging server 192.0.2.9\n  ntp "),
)
_MISTAKE = ("    host: db-01\n", "    hots: db-01\n")


class DemoFailed(MlagkitError):
    """A step did not do what it must."""


@dataclass(frozen=True, slots=True)
class Step:
    """One command: what is said about it, how it must end, what its output must hold, how much of it is shown."""

    says: str
    args: Sequence[str]
    code: int = 0
    holds: Sequence[str] = ()
    lines: int | None = None


def demo(*, color: bool, width: int) -> Iterator[str]:
    """Run the story and give what there is to read, piece by piece; DemoFailed at the first step that goes wrong.

    Everything happens in a temporary folder, and all that was started is ended.
    """
    with tempfile.TemporaryDirectory(prefix="mlagkit-demo-") as name:
        folder = Path(name)
        today = starter(PAIR)
        _put(folder / "older.yaml", _edited(today, _NEWS))
        mistaken = _edited(today, (_MISTAKE,))
        _put(folder / "mistake.yaml", mistaken)
        stage = Stage(folder, _environment(folder, color=color, width=width))
        yield from stage.run(Step("A pair file to start from.", ("init", PAIR)))
        yield from stage.run(_validation(mistaken))
        yield from stage.run(_RENDER)
        yield "\n# An emulated pair, which still runs what the pair file said weeks ago.\n$ mlagkit lab older.yaml &\n"
        with _lab(stage) as lab:
            yield "\n".join(lab.lines) + "\n"
            yield from _against(lab, stage)
        yield "\nThat was all of it; the emulated pair has been shut down and nothing is left behind.\n"


_RENDER = Step(
    "Both configurations come from it; this is the beginning of one.",
    ("render", f"{PAIR}.yaml", "--switch", "dc1-b"),
    holds=("dc1-b", "web", "db"),
    lines=24,
)


def _validation(text: str) -> Step:
    """The mistake in that text is found where it stands."""
    line = text[: text.index(_MISTAKE[1])].count("\n") + 1
    place = f"mistake.yaml:{line}:5: error IN04 unknown-key"
    holds = (place, f"{line} | {_MISTAKE[1].rstrip()}", "^", "did you mean `host`?", "1 finding")
    return Step("A mistake is found at its line.", ("validate", "mistake.yaml"), code=2, holds=holds)


def _against(lab: RunningLab, stage: Stage) -> Iterator[str]:
    """What the printed lines of the lab lead to: its identities, the difference, the way, and a failure on it."""
    exports, commands = lab.lines[0], [shlex.split(line)[1:] for line in lab.lines[1:]]
    stage.environment.update(dict(word.split("=", 1) for word in shlex.split(exports)[1:]))
    for number, command in enumerate(each for each in commands if each[0] == "trust"):
        says = "Nothing is sent to a switch whose certificate or host key nobody has confirmed."
        yield from stage.run(Step("" if number else says, command, holds=("remembered",)))
    older, _ = readings = [each for each in commands if each[0] == "diff"]
    differences = ("db", "12", "typed by hand", "left alone", "192.0.2.9", "to add")
    for says, command in zip(_READINGS, readings, strict=True):
        there = [f"{PAIR}.yaml" if word == "older.yaml" else word for word in command]
        yield from stage.run(Step(says, there, code=1, holds=differences))
    says = "And nothing differs from what the pair file said then."
    yield from stage.run(Step(says, older, holds=_SAME, lines=0))
    way = older[older.index("--device") + 1 :]
    back = yield from _pushed(way, stage)
    yield from _rehearsed(way, lab, stage)
    says = "The push taken back, from its journal; it would be refused if anything had been changed since."
    yield from stage.run(Step(says, back, holds=("taken back: both switches are as before",)))
    yield from stage.run(Step("Nothing differs any more from the older pair file.", older, holds=_SAME, lines=0))


def _pushed(way: Sequence[str], stage: Stage) -> Generator[str, None, Sequence[str]]:
    """From the difference to both switches; the command that takes it back, as the push says it."""
    says = "What to type, in which order on which switch, who would notice, and the way back; this is the beginning."
    steps = ("no traffic impact expected", "12 up", "gate", "undo, from the last step to the first")
    plan = ("plan", f"{PAIR}.yaml", "--device", *way, "--save", "plan.json")
    yield from stage.run(Step(says, plan, holds=steps, lines=32))
    reviewed = json.loads((stage.folder / "plan.json").read_text("utf-8"))["hash"][:12]
    says = (
        "Exactly the plan with that hash, on both switches or on neither: each has a timer that takes it back unless\n"
        "# the push ends well. On real switches `mlagkit doctor --prove-revert` shows beforehand that it does. For\n"
        "# these nobody has, so that nothing would be sent without --allow unproven-timer."
    )
    push = ("push", f"{PAIR}.yaml", *way, "--approve", reviewed, "--allow", "unproven-timer")
    said = yield from stage.run(Step(says, push, holds=("safety level timer", "done: both switches are as planned")))
    verify = ("verify", f"{PAIR}.yaml", *way)
    yield from stage.run(Step("What both say of themselves now.", verify, holds=(f"{PAIR}: as intended", "0 not ok")))
    return shlex.split(said.rpartition("the way back: mlagkit ")[2].splitlines()[0])


def _rehearsed(way: Sequence[str], lab: RunningLab, stage: Stage) -> Iterator[str]:
    """A failure foretold, then made to happen, and held against what the switches say; then it is over."""
    says = "What would happen to whom without the peer-link, told from the pair file alone."
    foretold = ("dc1-b: secondary; peer-link down, keepalive alive", "vPC 11-12 up -> suspended")
    yield from stage.run(Step(says, ("drill", f"{PAIR}.yaml", "--event", "peer-link down"), holds=foretold))
    yield (
        "\n# Now it does happen to the emulated pair. Its vPCs fare as the same simulator has it: that both agree\n"
        "# proves the plumbing, from `show vpc` to the report, and not NX-OS.\n"
    )
    yield lab.say("peer-link down", holds=("dc1-b   on     secondary  down       alive      0 of 2",))
    says = "What clients read from the switches: the secondary has suspended both vPCs, as foretold."
    verify = ("verify", f"{PAIR}.yaml", *way, "--wait", "0")
    seen = (f"{PAIR}: not as intended", "dc1-b: vPC 11 port-channel11", "dc1-b: vPC 12 port-channel12")
    yield from stage.run(Step(says, verify, code=1, holds=seen))
    yield "\n# It comes back, and the clock of both is put past their delay restore.\n"
    whole = ("dc1-b   on     secondary  up         alive      2 of 2",)
    yield lab.say("peer-link up", "clock +200", holds=whole)


_READINGS = ("What the running switches have otherwise, read over NX-API.", "The same over SSH.")
_SAME = ("nothing differs",)


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the commands run: their folder, and their environment."""

    folder: Path
    environment: dict[str, str]

    def run(self, step: Step) -> Generator[str, None, str]:
        """A command and what it says, as much of it as is shown; all that it has said is returned."""
        said = f"\n# {step.says}\n" if step.says else ""
        yield f"{said}$ mlagkit {shlex.join(step.args)}\n"
        answer = subprocess.run(
            [sys.executable, "-m", "mlagkit", *step.args],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=_TIMEOUT,
            check=False,
        )
        text = answer.stdout.decode("utf-8", "replace")
        missing = [word for word in step.holds if word not in text]
        failed = answer.returncode != step.code or missing
        yield text if failed or step.lines is None else _beginning(text, step.lines)
        if failed:
            why = f"its output lacks {missing}" if missing else f"it ended with {answer.returncode}, not {step.code}"
            raise DemoFailed(f"the demo stops here: {why}")
        return text


def _beginning(text: str, number: int) -> str:
    lines = text.splitlines()
    if not number:
        return f"{lines[-1]}\n"
    return "\n".join(lines[:number]) + f"\n… and {len(lines) - number} more lines\n"


@dataclass(frozen=True, slots=True)
class RunningLab:
    """The emulated pair: the ``lines`` with which it says how to reach it, and the prompt behind them."""

    lines: Sequence[str]
    typed: IO[str]
    printed: IO[str]

    def say(self, *words: str, holds: Sequence[str]) -> str:
        """Say something to it, and give what it answers: how both switches fare, at the end."""
        self.typed.write("".join(f"{word}\n" for word in (*words, "state")))
        self.typed.flush()
        answer = []
        for line in self.printed:
            answer.append(line)
            if line.startswith(_FARES):
                break
        answer += islice(self.printed, 2)
        text = "".join((*(f"lab> {word}\n" for word in words), *answer))
        if missing := [word for word in holds if word not in text]:
            raise DemoFailed(f"the demo stops here: of {', '.join(words)} the emulated pair says no {missing}: {text}")
        return text


@contextlib.contextmanager
def _lab(stage: Stage) -> Iterator[RunningLab]:
    """The emulated pair in a process of its own."""
    command = [sys.executable, "-m", "mlagkit", "lab", "older.yaml"]
    with subprocess.Popen(
        command,
        cwd=stage.folder,
        env=stage.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            printed = takewhile(lambda line: not line.startswith("#"), process.stdout)
            lines = [line.rstrip("\n") for line in printed]
            if not lines or not lines[0].startswith("export ") or "running" not in process.stdout.readline():
                raise DemoFailed(f"the emulated pair did not start: it ended with {process.wait(_TIMEOUT)}")
            yield RunningLab(lines, process.stdin, process.stdout)
        finally:
            process.terminate()


def _environment(folder: Path, *, color: bool, width: int) -> dict[str, str]:
    """The user's own without what would change the commands; what is remembered stays in the temporary folder."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("MLAGKIT_", "NAPALM_", "GITHUB_"))
    }
    here = str(Path(__file__).parent.parent)  # the same mlagkit, also from a checkout that is not installed
    mine = {"PYTHONPATH": here, "PYTHONUTF8": "1", "COLUMNS": str(width)}
    mine |= {"XDG_CONFIG_HOME": str(folder / "config"), "XDG_STATE_HOME": str(folder / "state")}
    return kept | mine | {"MLAGKIT_COLOR": "always" if color else "never"}


def _edited(text: str, edits: Sequence[tuple[str, str]]) -> str:
    for now, then in edits:
        if text.count(now) < 1:
            raise DemoFailed(f"the pair file to start from has no {now!r}")
        text = text.replace(now, then, 1)
    return text


def _put(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")
