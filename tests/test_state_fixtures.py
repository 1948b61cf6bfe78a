"""Answers of made-up switches, each with what it says beside it: put a file into a folder and it is a test."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import cast

import pytest

from mlagkit.errors import BrokenReply
from mlagkit.nxos.state import UNPROVEN, form
from tests.conftest import Golden
from tests.state_answers import COMMANDS, FOLDER, INTERFACE, plain, read, text_of, told

ANSWERS = sorted(path for path in FOLDER.glob("*/*") if path.suffix in (".txt", ".json"))
BOTH = sorted(path for path in ANSWERS if path.suffix == ".txt" and path.with_suffix(".json") in ANSWERS)

# What only one of the two forms tells, or tells in words of its own.
ONE_FORM = {
    *("peer_said", "keepalive_said", "said", "others", "reason", "delay_restore_orphan_port"),
    *("local_configured_role_priority", "peer_configured_role_priority"),
}


def name_of(path: Path) -> str:
    """The folder and the file, as an id."""
    return f"{path.parent.name}/{path.name}"


@pytest.mark.parametrize("path", ANSWERS, ids=name_of)
def test_answer(path: Path, golden: Golden) -> None:
    """An answer says exactly what the file beside it has, or is refused in the words that stand there."""
    try:
        found = plain(told(read(path.parent.name, text_of(path))))
    except BrokenReply as error:
        found = {"refused": str(error)}
    golden(path.with_name(f"{path.name}.expected"), json.dumps(found, indent=1, ensure_ascii=False) + "\n")


def shared(value: object) -> object:
    """A value without what only one form tells; a status that a terminal cuts to nine letters, cut so everywhere."""
    if is_dataclass(value):
        names = [item.name for item in fields(value) if item.name not in ONE_FORM]
        found = {name: shared(getattr(value, name)) for name in names}
        if "status" in found:
            found["status"] = str(found["status"])[:9]
        return found
    return [shared(part) for part in value] if isinstance(value, tuple) else value


@pytest.mark.parametrize("path", BOTH, ids=name_of)
def test_forms_agree(path: Path) -> None:
    """What a terminal shows and what NX-API tells of the same switch is the same state."""
    text, body = (read(path.parent.name, text_of(one)) for one in (path, path.with_suffix(".json")))
    assert shared(told(text)) == shared(told(body))


def test_every_command_has_both_forms() -> None:
    """Each command is read from text and from JSON, that with the name of a port in it, too."""
    folders = {path.parent.name for path in BOTH}
    commands = {name for name in COMMANDS if name.startswith(("show-vpc", "show-port", "show-int", "show-ver"))}
    assert folders == commands - {"show-vpc-brief"} | {INTERFACE}


def test_no_expectation_is_left_behind() -> None:
    """Every expected file belongs to an answer."""
    assert {path.name for path in FOLDER.glob("*/*.expected")} == {f"{path.name}.expected" for path in ANSWERS}


@pytest.mark.parametrize("path", ANSWERS, ids=name_of)
def test_unproven(path: Path) -> None:
    """A state says which of its answers came in a form that no real sample stands behind."""
    folder, answer = path.parent.name, text_of(path)
    expected = folder == INTERFACE or (COMMANDS[folder], form(answer)) in UNPROVEN
    try:
        state = read(folder, answer)
    except BrokenReply:
        return
    assert bool(state.unproven) is expected


def test_expectations_refuse_and_take() -> None:
    """The folders hold both answers that are refused and answers that are read, for every command."""
    refused: dict[str, set[bool]] = {}
    for path in ANSWERS:
        found = cast(object, json.loads(path.with_name(f"{path.name}.expected").read_text("utf-8")))
        is_refused = isinstance(found, dict) and "refused" in found
        refused.setdefault(path.parent.name, set()).add(is_refused)
    assert all(kinds == {True, False} for kinds in refused.values()), refused
