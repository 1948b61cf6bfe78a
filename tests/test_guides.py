"""The pages for teams: what they say to write into files can be read, and names what there is."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from mlagkit.cli.app import COMMANDS, app
from tests.composite import ACTION
from tests.conftest import ROOT
from tests.test_gitlab_component import INPUTS
from tests.test_hooks import HOOKS, MATCHERS

PAGES = {
    page.stem: page.read_text("utf-8")
    for page in (ROOT / "docs" / f"{name}.md" for name in ("pull-requests", "editor", "push"))
}
GUIDE, EDITOR, PUSH = PAGES["pull-requests"], PAGES["editor"], PAGES["push"]
# The fenced blocks of a page: language and text.
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)
# A command in a block: its name and whatever stands behind it in the line.
_CALL = re.compile(r"(?:^|[ /])mlagkit (validate|review|schema|init|push|render|diff|drill)\b([^\n|]*)")


def blocks(page: str, language: str) -> list[str]:
    """The blocks of a page in that language."""
    return [text for found, text in _BLOCK.findall(page) if found == language]


def yaml_of(page: str, beginning: str) -> Any:  # noqa: ANN401  # whatever YAML can hold
    """The block that begins so, read."""
    (found,) = [text for text in blocks(page, "yaml") if text.startswith(beginning)]
    return yaml.safe_load(found)


WORKFLOW = yaml_of(GUIDE, "name: mlagkit")
JOB = WORKFLOW["jobs"]["review"]


def test_every_block_can_be_read() -> None:
    """YAML and JSON are such; the scripts are scripts."""
    for page in PAGES.values():
        for text in blocks(page, "yaml"):
            yaml.safe_load(text)
        for text in blocks(page, "json"):
            json.loads(text)
        scripts = [*blocks(page, "sh"), *re.findall(r"sh '''\n(.*?)'''", page, re.S)]
        for text in scripts:
            subprocess.run(["sh", "-n"], input=text, text=True, check=True)


def test_workflow_is_safe() -> None:
    """The event for strangers, a token that reads and comments, no credentials left in the checkout, pinned actions."""
    assert list(WORKFLOW[True]) == ["pull_request"]  # YAML 1.1 takes `on` for a truth value
    assert WORKFLOW["permissions"] == {}
    assert JOB["permissions"] == {"contents": "read", "pull-requests": "write"}
    checkout, review = JOB["steps"]
    assert checkout["with"] == {"fetch-depth": 2, "persist-credentials": False}
    assert "secrets." not in GUIDE
    assert set(review["with"]) <= set(ACTION["inputs"])
    for uses in re.findall(r"uses: (\S+)", GUIDE):
        assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", uses), uses


def test_workflow_that_pushes_is_safe() -> None:
    """By hand only, behind an environment, one at a time; it may read, and no input becomes a part of a script."""
    workflow = yaml_of(PUSH, "name: Push a pair")
    assert list(workflow[True]) == ["workflow_dispatch"]
    assert workflow["permissions"] == {}
    assert workflow["concurrency"]["cancel-in-progress"] is False
    job = workflow["jobs"]["push"]
    assert job["permissions"] == {"contents": "read"}
    assert job["environment"] == "switches"
    checkout, push = job["steps"]
    assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", checkout["uses"])
    assert checkout["with"] == {"fetch-depth": 0, "persist-credentials": False}
    assert "${{" not in push["run"]
    words = {word.strip('"$') for word in shlex.split(push["run"], posix=False) if "$" in word}
    assert words == {"BASE", "PLAN", "PAIR"} <= push["env"].keys()
    gitlab = yaml_of(PUSH, "push:")["push"]
    assert [rule["when"] for rule in gitlab["rules"]] == ["manual"]
    assert gitlab["script"][0].startswith(push["run"])
    assert gitlab["variables"]["GIT_DEPTH"] == "0"
    assert gitlab["interruptible"] is False
    assert gitlab["environment"] == gitlab["resource_group"] == "switches"


def test_tables_name_everything() -> None:
    """Every input and output of the action and the component is explained, and no other."""
    rows = [re.findall(r"`([\w-]+)`", found) for found in re.findall(r"^\| (`[^|]*) \|", GUIDE, re.M)]
    named = [name for row in rows for name in row]
    assert sorted(named) == sorted([*ACTION["inputs"], *ACTION["outputs"], *INPUTS])


def test_component_and_hooks() -> None:
    """The examples set inputs and name hooks that there are; those without a default are set."""
    (included,) = yaml_of(GUIDE, "include:")["include"]
    required = {name for name, about in INPUTS.items() if "default" not in about}
    assert required <= set(included["inputs"]) <= set(INPUTS)
    (repository,) = yaml_of(GUIDE, "repos:")["repos"]
    assert [hook["id"] for hook in repository["hooks"]] == list(HOOKS)


def calls() -> Iterator[tuple[str, list[str]]]:
    """Every command that a block shows, and its options."""
    for page in PAGES.values():
        for _, text in _BLOCK.findall(page):
            for name, rest in _CALL.findall(text):
                yield (
                    name,
                    [
                        word.partition("=")[0]
                        for word in shlex.split(rest, comments=True)
                        if word.startswith("-") and word != "--"
                    ],
                )


def test_commands_exist() -> None:
    """No page shows a command or an option that mlagkit does not have."""
    shown = [(name, options) for name, options in calls() if name in COMMANDS]
    assert {name for name, _ in shown} >= {"validate", "schema", "init"}
    for name, options in shown:
        command = app.get_command(click.Context(app), name)
        assert command
        known = {option for parameter in command.params for option in parameter.opts}
        assert set(options) <= known, name


def test_matcher_of_the_editor() -> None:
    """The task of VS Code reads the lines as the matchers for GitHub do, all three severities at once."""
    tasks = json.loads(blocks(EDITOR, "json")[1])
    pattern = tasks["tasks"][0]["problemMatcher"]["pattern"]
    for line in (
        "a b.yaml:5:38: error IN04 unknown-key: no: 1",
        "a:1:1: info OR02 x: y",
        "  5 | a:1:1: info OR02 x: y",
    ):
        ours = [found for matcher in MATCHERS if (found := re.search(matcher["pattern"][0]["regexp"], line))]
        theirs = re.search(pattern["regexp"], line)
        assert bool(theirs) == bool(ours)
        if theirs:
            parts = [theirs[pattern[part]] for part in ("file", "line", "column")]
            assert parts == list(ours[0].groups()[:3])
            assert f"{theirs[pattern['code']]} {theirs[pattern['message']]}" in ours[0].groups()


@pytest.mark.parametrize("name", PAGES)
def test_links(name: str) -> None:
    """A link to a file leads to one."""
    for target in re.findall(r"]\(([^)#:]+)\)", PAGES[name]):
        assert Path(ROOT, "docs", target).exists(), target
