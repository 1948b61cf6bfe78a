"""The whole story on an emulated pair: real commands, their real output, and a check of each."""

from __future__ import annotations

import contextlib
import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from mlagkit.errors import MlagkitError
from mlagkit.starter import starter

PAIR = "dc1"
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
        environment = _environment(folder, color=color, width=width)
        yield from _run(Step("A pair file to start from.", ("init", PAIR)), folder, environment)
        yield from _run(_RENDER, folder, environment)
        yield "\n# An emulated pair, which still runs what the pair file said weeks ago.\n$ mlagkit lab older.yaml &\n"
        with _lab(folder, environment) as lines:
            yield "\n".join(lines) + "\n"
            yield from _against(lines, folder, environment)
        yield from _run(_validation(mistaken), folder, environment)
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


def _against(lines: Sequence[str], folder: Path, environment: dict[str, str]) -> Iterator[str]:
    """What the printed lines of the lab lead to: its identities, and the difference over both transports."""
    exports, commands = lines[0], [shlex.split(line)[1:] for line in lines[1:]]
    environment |= dict(word.split("=", 1) for word in shlex.split(exports)[1:])
    for number, command in enumerate(each for each in commands if each[0] == "trust"):
        says = "Nothing is sent to a switch whose certificate or host key nobody has confirmed."
        yield from _run(Step("" if number else says, command, holds=("remembered",)), folder, environment)
    differences = ("db", "12", "typed by hand", "left alone", "192.0.2.9", "to add")
    readings = [each for each in commands if each[0] == "diff"]
    for says, command in zip(_READINGS, readings, strict=True):
        there = [f"{PAIR}.yaml" if word == "older.yaml" else word for word in command]
        yield from _run(Step(says, there, code=1, holds=differences), folder, environment)
        yield from _run(
            Step(
                "And nothing differs from what the pair file said then.", command, holds=("nothing differs",), lines=0
            ),
            folder,
            environment,
        )
    says = "What to type, in which order on which switch, who would notice, and the way back; this is the beginning."
    order = ["plan", *(f"{PAIR}.yaml" if word == "older.yaml" else word for word in readings[0][1:])]
    steps = ("no traffic impact expected", "12 up", "gate", "undo, from the last step to the first")
    yield from _run(Step(says, order, holds=steps, lines=32), folder, environment)


_READINGS = ("What the running switches have otherwise, read over NX-API.", "The same over SSH.")


def _run(step: Step, folder: Path, environment: Mapping[str, str]) -> Iterator[str]:
    said = f"\n# {step.says}\n" if step.says else ""
    yield f"{said}$ mlagkit {shlex.join(step.args)}\n"
    answer = subprocess.run(
        [sys.executable, "-m", "mlagkit", *step.args],
        cwd=folder,
        env=environment,
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


def _beginning(text: str, number: int) -> str:
    lines = text.splitlines()
    if not number:
        return f"{lines[-1]}\n"
    return "\n".join(lines[:number]) + f"\n… and {len(lines) - number} more lines\n"


@contextlib.contextmanager
def _lab(folder: Path, environment: Mapping[str, str]) -> Iterator[list[str]]:
    """The emulated pair in a process of its own, and the lines with which it says how to reach it."""
    command = [sys.executable, "-m", "mlagkit", "lab", "older.yaml"]
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,  # a terminal is the demo's own
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            printed = takewhile(lambda line: not line.startswith("#"), process.stdout)
            lines = [line.rstrip("\n") for line in printed]
            if not lines or not lines[0].startswith("export "):
                raise DemoFailed(f"the emulated pair did not start: it ended with {process.wait(_TIMEOUT)}")
            yield lines
        finally:
            process.terminate()


def _environment(folder: Path, *, color: bool, width: int) -> dict[str, str]:
    """The user's own without what would change the commands; identities are remembered in the temporary folder."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("MLAGKIT_", "NAPALM_", "GITHUB_"))
    }
    here = str(Path(__file__).parent.parent)  # the same mlagkit, also from a checkout that is not installed
    mine = {"PYTHONPATH": here, "PYTHONUTF8": "1", "XDG_CONFIG_HOME": str(folder / "config"), "COLUMNS": str(width)}
    return kept | mine | {"MLAGKIT_COLOR": "always" if color else "never"}


def _edited(text: str, edits: Sequence[tuple[str, str]]) -> str:
    for now, then in edits:
        if text.count(now) < 1:
            raise DemoFailed(f"the pair file to start from has no {now!r}")
        text = text.replace(now, then, 1)
    return text


def _put(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")
