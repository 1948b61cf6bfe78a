"""Answers of switches as tests use them: which command a folder holds, and a state as plain data."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path

from mlagkit.nxos.reply import Show, ShowLeg
from mlagkit.nxos.state import read_state
from mlagkit.state import SwitchState
from mlagkit.values import InterfaceName, VlanSet

FOLDER = Path(__file__).parent / "fixtures" / "nxos" / "state"
INTERFACE = "show-vpc-consistency-parameters-interface"
PORT = InterfaceName("port-channel11")

COMMANDS = {show.replace(" ", "-"): show for show in Show} | {"show-vpc-brief": Show.VPC}
"""The command for the name of a folder; `show vpc brief` shows the same as `show vpc`."""


def text_of(path: Path) -> str:
    """The answer in a file, whatever its bytes and line ends."""
    return path.read_bytes().decode("utf-8", "surrogateescape")


def read(folder: str, answer: str) -> SwitchState:
    """The state of a switch that was asked only what the folder is named after."""
    if folder == INTERFACE:
        return read_state("leaf-101", {ShowLeg(PORT): answer})
    return read_state("leaf-101", {COMMANDS[folder]: answer})


def told(state: SwitchState) -> object:
    """The one thing that a switch was asked."""
    values = [getattr(state, item.name) for item in fields(state) if item.name not in ("hostname", "unproven")]
    found = [value for value in values if value is not None]
    assert len(found) == 1
    return found[0]


def plain(value: object) -> object:
    """A value of a state as JSON has it; what is None is left out."""
    if isinstance(value, VlanSet | Enum):
        return str(value)
    if is_dataclass(value):
        pairs = ((item.name, getattr(value, item.name)) for item in fields(value))
        return {name: plain(part) for name, part in pairs if part is not None}
    if isinstance(value, dict):
        return {str(key): plain(part) for key, part in value.items()}
    return [plain(part) for part in value] if isinstance(value, tuple) else value
