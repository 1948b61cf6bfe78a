"""A site's own templates count wherever the intent is rendered, so that a change has one plan from review to push."""

from __future__ import annotations

import html
import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from mlagkit.nxos.lab import Lab
from mlagkit.report.document import Document
from tests.command import Run
from tests.conftest import ROOT
from tests.push_lab import AFTER, BEFORE, GO, connect, emulated
from tests.repositories import Repository
from tests.test_own_rules import examples

_SHIPPED = {name: (ROOT / "templates" / "nxos" / name).read_text("utf-8") for name in ("vlans.j2", "extra.j2")}
_NAMED = _SHIPPED["vlans.j2"].replace("name {{", "name X-{{")
_SERVER = "logging server 192.0.2.7 5 use-vrf management"
THEN = {"dc1.yaml": BEFORE, "old/extra.j2": f"{_SHIPPED['extra.j2'].rstrip()}\n{_SERVER}\n", "old/vlans.j2": _NAMED}
NOW = {"dc1.yaml": AFTER.replace("  20: db\n", "").replace("10,20", "10").replace("vlans: 20", "vlans: 10")}
NOW |= {"new/vlans.j2": _NAMED}
SETTINGS = {name: f'templates = "{name}"\n' for name in ("old", "new")}


@pytest.fixture
def repository(home: Path) -> Repository:
    """A pair with templates of its own on ``main``; on ``topic`` another file, and templates of another name."""
    made = Repository.new(home / "work", THEN | {"mlagkit.toml": SETTINGS["old"]})
    made.git("switch", "-c", "topic")
    return made


@pytest.fixture
def lab(repository: Repository, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lab]:
    """Both switches as ``main`` says, each with its identity confirmed; the working directory is the repository."""
    monkeypatch.chdir(repository.top)
    (home / "dc1.yaml").write_text(BEFORE, "utf-8")
    with emulated(home, templates=Path("old")) as switches:
        yield switches


def change(repository: Repository) -> None:
    """The change of ``topic``, in the working tree."""
    shutil.rmtree(repository.top / "old")
    repository.write(NOW | {"mlagkit.toml": SETTINGS["new"]})


def told(run: Run, *args: str) -> Document:
    """What a command says as JSON."""
    found = json.loads(run(*args, "--format", "json").out)
    assert isinstance(found, dict)
    return found


def lines(plan: Document) -> set[str]:
    """What a plan types."""
    return {line.strip() for step in plan["steps"] for line in step["commands"]}


def drift(run: Run, ways: Sequence[str]) -> Mapping[str, str]:
    """What `mlagkit verify` says of each running-config."""
    checks = told(run, "verify", "dc1.yaml", *ways, "--wait", "0")["pairs"][0]["checks"]
    return {each["switch"]: each["result"] for each in checks if each["name"] == "drift"}


@pytest.mark.interop
def test_one_change_one_plan(run: Run, repository: Repository, lab: Lab) -> None:
    """The hash that a review shows is the one of a plan and of the push, which leaves nothing that differs."""
    ways = connect(lab, "nxapi")
    assert run("render", "dc1.yaml", "-o", "before").code == 0
    assert run("diff", "dc1.yaml", "--running", "before", "--strict").code == 0
    assert run("diff", "dc1.yaml", "--device", *ways, "--strict").code == 0
    change(repository)
    (row,) = told(run, "review", "dc1.yaml", "--base", "main")["pairs"]
    plan = told(run, "plan", "dc1.yaml", "--running", "before", "--base", "main")
    assert {"name X-www", "no vlan 20", f"no {_SERVER}"} <= lines(plan)
    assert plan["hash"] == row["plan"]["hash"]
    push = ("push", "dc1.yaml", "--base", "main", *ways, *GO, "--allow", "outage", "--allow", "vlan-removal-in-use")
    without = run("push", "dc1.yaml", *ways, *GO, "--approve", plan["hash"])
    assert (without.code, "the --base REF of the review counts" in without.err) == (4, True), without
    reviewed = {"format": plan["format"], "pairs": [row["plan"] | {"pair": "dc2"}, row["plan"]]}
    Path("reviewed.json").write_text(json.dumps(reviewed), "utf-8")
    ended = run(*push, "--approve", plan["hash"], "--plan", "reviewed.json")
    assert ended.code == 0, ended
    assert run("diff", "dc1.yaml", "--device", *ways, "--base", "main").code == 0
    assert drift(run, ways) == dict.fromkeys(lab.switches, "ok")
    (repository.top / "mlagkit.toml").unlink()
    assert drift(run, ways) == dict.fromkeys(lab.switches, "not ok")
    assert run("diff", "dc1.yaml", "--device", *ways).code == 1
    assert run("diff", "dc1.yaml", "--device", *ways, "--templates", "new").code == 0


@pytest.mark.parametrize(
    ("words", "rest"),
    [
        ((), ""),
        (("--templates", "new"), " --templates new"),
        (("--templates", "new", "--rules", "a rule.py"), " --templates new --rules 'a rule.py'"),
    ],
    ids=["none", "templates", "rules"],
)
def test_how_to_push(
    words: Sequence[str], rest: str, run: Run, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A review says how its change is pushed: with its base, and what it was given that no settings file says."""
    monkeypatch.chdir(repository.top)
    change(repository)
    repository.write({"a rule.py": examples()[0]})
    base = repository.git("rev-parse", "main")[:12]
    for form in ("markdown", "html"):
        shown = html.unescape(run("review", "dc1.yaml", "--base", "main", *words, "--format", form).out)
        assert f"mlagkit push FILE --base {base}{rest} --approve HASH carries out" in shown


THEN_AND_NOW: Mapping[str, tuple[Mapping[str, str], Sequence[str], bool]] = {
    "none any more": ({"mlagkit.toml": ""}, (), True),
    "others": ({"mlagkit.toml": SETTINGS["new"]}, (), True),
    "those of then": ({}, (), False),
    "changed": ({"old/extra.j2": _SHIPPED["extra.j2"]}, (), True),
    "changed, on the command line": ({"old/extra.j2": _SHIPPED["extra.j2"]}, ("--templates", "old"), True),
    "others on the command line": ({}, ("--templates", "new"), False),
}
"""What becomes of the settings and the templates, what is typed, and whether a line of then goes for it."""


@pytest.mark.parametrize("kind", THEN_AND_NOW)
def test_base(kind: str, run: Run, repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """With --base goes what the templates of then printed; the settings file of then says which these were.

    On the command line they are the same for both, as in a review.
    """
    files, words, goes = THEN_AND_NOW[kind]
    monkeypatch.chdir(repository.top)
    assert run("render", "dc1.yaml", "-o", "before").code == 0
    repository.write({"new/vlans.j2": _NAMED, **files})
    found = told(run, "plan", "dc1.yaml", "--running", "before", "--base", "main", *words)
    assert (f"no {_SERVER}" in lines(found)) is goes
    changes = told(run, "diff", "dc1.yaml", "--running", "before", "--base", "main", *words)["pairs"][0]["switches"]
    assert any(change["old"] == _SERVER for each in changes.values() for change in each["changes"]) is goes


@pytest.mark.parametrize("command", ["diff", "plan"])
def test_unknown_base(command: str, run: Run, repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """A revision that git does not know is said of the pair file."""
    monkeypatch.chdir(repository.top)
    assert run("render", "dc1.yaml", "-o", "before").code == 0
    ended = run(command, "dc1.yaml", "--running", "before", "--base", "nowhere")
    assert (ended.code, ended.err.startswith("dc1.yaml:1:1: error IN25")) == (2, True), ended


@pytest.mark.interop
def test_lab(run: Run, repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """An emulated pair that starts from a pair file runs what its templates make of it."""
    monkeypatch.chdir(repository.top)
    command = [sys.executable, "-m", "mlagkit", "lab", "dc1.yaml"]
    with subprocess.Popen(
        command,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        printed = [shlex.split(process.stdout.readline()) for _ in range(7)]
        for name, _, value in (word.partition("=") for word in printed[0][1:]):
            monkeypatch.setenv(name, value)
        codes = [run(*words[1:], *(("--strict",) if words[1] == "diff" else ())).code for words in printed[1:]]
        process.communicate("quit\n", timeout=60)
    assert (codes, process.returncode) == ([0] * 6, 0)
