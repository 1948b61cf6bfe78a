"""Runs the steps of action.yml as a runner of GitHub would: expressions, outputs, conditions, and nothing else."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.conftest import ROOT

ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]
_OPERATORS = (" || ", " && ", " == ", " != ")

# Stands for Python while the action installs: makes the environment, whose pip notes what it is asked for.
PYTHON = """#!/bin/sh
case "$*" in
  *-c*) exit 0 ;;
  "-I -m venv "*) mkdir -p "$4/bin" && cp "$STUBS/pip" "$STUBS/mlagkit" "$STUBS/python" "$4/bin" ;;
  *) exit 9 ;;
esac
"""
PIP = '#!/bin/sh\necho "$*" >> "$STUBS/pip.log"\n'
# `review` writes what a test says, if it says anything; everything else is the real thing.
MLAGKIT = f"""#!/bin/sh
printf '%s\\n' "$*" >> "$STUBS/mlagkit.log"
if [ "$1" != review ] || [ ! -f "$STUBS/review.code" ]; then exec "{sys.executable}" -P -m mlagkit "$@"; fi
form=
for word; do case "$word" in
  --format=*) form=${{word#--format=}} ;;
  --output=*) if [ -f "$STUBS/review.$form" ]; then cp "$STUBS/review.$form" "${{word#--output=}}"; fi ;;
esac; done
exit "$(cat "$STUBS/review.code")"
"""


def reviewed(stubs: Path, text: str, *effects: str, code: int = 0) -> None:
    """What the next review says: its Markdown, and what becomes of each pair, whose hashes are 0…0, 1…1 and so on."""
    rows = [{"effect": effect, "plan": {"hash": f"{number}" * 64}} for number, effect in enumerate(effects)]
    (stubs / "review.markdown").write_text(text, "utf-8")
    (stubs / "review.json").write_text(json.dumps({"format": "mlagkit.review/1", "pairs": rows}), "utf-8")
    (stubs / "review.code").write_text(str(code), "utf-8")


GH = f'#!/bin/sh\nexec "{sys.executable}" "{ROOT}/tests/fixtures/teams/gh.py" "$@"\n'


@dataclass(frozen=True, slots=True)
class Done:
    """How the action ended: the code of the last step that ran, its log, its outputs, the job's summary."""

    code: int
    log: str
    outputs: Mapping[str, str]
    summary: str


@dataclass(slots=True)
class Job:
    """A job with the checkout of a pull request in ``checkout``, and a pull request of number 7 in net/fabric."""

    checkout: Path
    folder: Path
    inputs: dict[str, str] = field(default_factory=dict)
    environment: dict[str, str] = field(default_factory=dict)
    head: str = "net/fabric"
    event: str = "pull_request"
    outputs: dict[str, dict[str, str]] = field(default_factory=dict)
    artifacts: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        real = f'#!/bin/sh\nexec "{sys.executable}" "$@"\n'
        stubs = {"python3": PYTHON, "python": real, "pip": PIP, "mlagkit": MLAGKIT, "gh": GH}
        for name, text in stubs.items():
            path = self.folder / "stubs" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
            path.chmod(0o755)
        self.state([])

    def state(self, comments: list[dict[str, Any]], *denied: str) -> None:
        """The comments that there are, and what the token may not do."""
        text = json.dumps({"comments": comments, "denied": denied, "calls": []})
        (self.folder / "gh.json").write_text(text, "utf-8")

    @property
    def api(self) -> dict[str, Any]:
        """The comments, and what was asked of GitHub."""
        found: dict[str, Any] = json.loads((self.folder / "gh.json").read_text("utf-8"))
        return found

    def said(self, name: str) -> list[str]:
        """What a stub was called with, one call a line."""
        path = self.folder / "stubs" / f"{name}.log"
        return path.read_text("utf-8").splitlines() if path.exists() else []

    def reviewed(self, text: str, *effects: str, code: int = 0) -> None:
        """What the next review says."""
        reviewed(self.folder / "stubs", text, *effects, code=code)

    def run(self, **inputs: str) -> Done:
        """All steps until one fails."""
        self.inputs = {name: str(given.get("default", "")) for name, given in ACTION["inputs"].items()} | inputs
        self.inputs["token"] = "a-token"
        self.outputs.clear()
        summary = self.folder / "summary"
        summary.write_text("", "utf-8")
        log, code = "", 0
        for step in STEPS:
            if "if" in step and not self.value(step["if"]):
                continue
            code, more = self._uploaded(step) if "uses" in step else self._step(step, summary)
            log += more
            if code:
                break
        outputs = {name: self.filled(given["value"]) for name, given in ACTION["outputs"].items()}
        return Done(code, log, outputs, summary.read_text("utf-8"))

    def _uploaded(self, step: dict[str, Any]) -> tuple[int, str]:
        """The one action that is used: an artifact with the text of a file, and where it is to be had."""
        assert step["uses"].startswith("actions/upload-artifact@")
        given = {name: self.filled(str(value)) for name, value in step["with"].items()}
        self.artifacts[given["name"]] = Path(given["path"]).read_text("utf-8")
        self.outputs[step["id"]] = {"artifact-url": "https://git.example.net/net/fabric/actions/runs/1/artifacts/2"}
        return 0, ""

    def _step(self, step: dict[str, Any], summary: Path) -> tuple[int, str]:
        script, output = self.folder / "step.sh", self.folder / "output"
        script.write_text(step["run"], "utf-8")
        output.write_text("", "utf-8")
        environment = self._environment() | {"GITHUB_OUTPUT": str(output), "GITHUB_STEP_SUMMARY": str(summary)}
        environment |= {name: self.filled(str(value)) for name, value in step.get("env", {}).items()}
        ended = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
            cwd=self.checkout,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=60,
        )
        lines = [line.partition("=") for line in output.read_text("utf-8").splitlines()]
        self.outputs[step.get("id", "")] = {name: value for name, _, value in lines}
        return ended.returncode, ended.stdout

    def _environment(self) -> dict[str, str]:
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("MLAGKIT_", "GITHUB_", "GH_"))
        }
        return kept | {
            "PATH": f"{self.folder / 'stubs'}:{kept['PATH']}",
            "PYTHONPATH": str(ROOT),
            "STUBS": str(self.folder / "stubs"),
            "GH_STATE": str(self.folder / "gh.json"),
            "RUNNER_TEMP": str(self.folder),
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_BASE_REF": "main",
            "GITHUB_EVENT_NAME": self.event,
            "GITHUB_REPOSITORY": "net/fabric",
            "GITHUB_SERVER_URL": "https://git.example.net",
            **self.environment,
        }

    def filled(self, text: str) -> str:
        """A text with what its expressions stand for."""
        return re.sub(r"\$\{\{ (.*?) }}", lambda found: _written(self.value(found[1])), text)

    def value(self, expression: str) -> str | bool:
        """What an expression stands for; only what action.yml uses."""
        for operator in _OPERATORS:
            left, found, right = expression.partition(operator)
            if found:
                one, other = self.value(left), self.value(right)
                return {" || ": one or other, " && ": one and other}.get(operator, (one == other) == (found == " == "))
        if expression.startswith("'"):
            return expression.strip("'")
        return self._looked_up(expression)

    def _looked_up(self, name: str) -> str:
        match name.split("."):
            case ["inputs", key]:
                return self.inputs[key]
            case ["steps", step, "outputs", key]:
                return self.outputs.get(step, {}).get(key, "")
        pull = self.event.startswith("pull_request")
        return {
            "github.token": "a-token",
            "github.repository": "net/fabric",
            "github.event.pull_request": "object" if pull else "",
            "github.event.pull_request.number": "7" if pull else "",
            "github.event.pull_request.head.repo.full_name": self.head if pull else "",
        }[name]


def _written(value: str | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else value
