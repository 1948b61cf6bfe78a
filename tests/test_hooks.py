"""The hooks for pre-commit, and the problem matcher for what `mlagkit validate` prints."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from mlagkit.starter import starter
from tests.command import Run
from tests.conftest import ROOT

HOOKS: dict[str, dict[str, Any]] = {
    hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
}
MATCHERS = json.loads((ROOT / ".github" / "mlagkit-matcher.json").read_text("utf-8"))["problemMatcher"]
SCHEMA = (ROOT / "schemas" / "pair.json").read_text("utf-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one pair file, and another file of YAML."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "dc1.yaml").write_text(starter("dc1"), "utf-8")
    (tmp_path / "other.yaml").write_text("image: python\n", "utf-8")
    return tmp_path


def hook(name: str, run: Run) -> int:
    """The code that a hook ends with, called as pre-commit calls it: the files of the commit are not named."""
    words = shlex.split(HOOKS[name]["entry"]) + HOOKS[name]["args"]
    assert words[0] == "mlagkit"
    return run(*words[1:]).code


def test_hooks_install_the_core() -> None:
    """Each is a command of the package, which pre-commit installs without extras, and runs once for a commit."""
    for name, about in HOOKS.items():
        assert (about["language"], about["types"], about["require_serial"]) == ("python", ["yaml"], True), name
        assert "additional_dependencies" not in about
        assert about["pass_filenames"] is False


def test_validate_hook(folder: Path, run: Run) -> None:
    """A good pair passes, a bad one does not; other YAML is passed by."""
    assert hook("mlagkit-validate", run) == 0
    (folder / "dc1.yaml").write_text(starter("dc1").replace("vlans: 20", "vlans: 5000"), "utf-8")
    assert hook("mlagkit-validate", run) == 2


def test_schema_hook(folder: Path, run: Run) -> None:
    """A stale copy is written anew, which stops the commit; one that is right stays as it is."""
    copy = folder / "pair.schema.json"
    copy.write_text("{}", "utf-8")
    for _ in range(2):
        assert hook("mlagkit-schema", run) == 0
        assert copy.read_text("utf-8") == SCHEMA


def matched(line: str) -> list[tuple[str, ...]]:
    """Severity, file, line, column and message, as each matcher that takes the line has them."""
    found = []
    for matcher in MATCHERS:
        (pattern,) = matcher["pattern"]
        match = re.search(pattern["regexp"], line)
        if match:
            severity = match[pattern["severity"]] if "severity" in pattern else matcher["severity"]
            found.append((severity, *(match[pattern[part]] for part in ("file", "line", "column", "code", "message"))))
    return found


def test_matcher_takes_every_finding(folder: Path) -> None:
    """Each line that names a place is taken once, as the finding that it is; no other line is, colored or not."""
    bad = starter("dc2").replace("peer_gateway: true", "peer_gateway: false # :1:2: error XX01 x: y")
    (folder / "a b:7:8.yaml").write_text(bad.replace("    vlans: 20\n", "    mode: access\n    vlan: 20\n"), "utf-8")
    command = [sys.executable, "-m", "mlagkit", "validate", "a b:7:8.yaml", "dc1.yaml"]
    ends = [
        subprocess.run([*command, *more], env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False)
        for more in ([], ["--format", "json"])
    ]
    rows = json.loads(ends[1].stdout)["findings"]
    lines = [(line, matched(line)) for line in ends[0].stdout.splitlines()]
    severities = {"error": "error", "warning": "warning", "info": "notice"}
    assert [found for _, matches in lines for found in matches] == [
        (
            severities[row["severity"]],
            row["file"],
            str(row["line"]),
            str(row["column"]),
            row["rule"],
            f"{row['rule']} {row['name']}: {row['message']}",
        )
        for row in rows
    ]
    assert {row["severity"] for row in rows} >= {"warning", "info"}


def test_matcher_is_one_that_a_runner_takes() -> None:
    """A severity that is none of these makes a runner refuse the file (actions/runner: IssueMatcher.cs)."""
    assert {matcher.get("severity", "error") for matcher in MATCHERS} <= {"error", "warning", "notice"}
    assert len({matcher["owner"] for matcher in MATCHERS}) == len(MATCHERS)
