"""A comparison as a file: two configurations, and what their difference has to be, written as a reviewer reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from mlagkit.diff import Action, Change, Policy, Section, SwitchDiff, Unmanaged, diff
from mlagkit.nxos.commands import command
from mlagkit.nxos.context import Context
from mlagkit.nxos.lab.answer import Rejected
from mlagkit.nxos.lab.load import load
from mlagkit.nxos.lab.session import ConfigSession
from mlagkit.nxos.parse import parse

FOLDER = Path(__file__).parent / "fixtures/nxos/diff"
SIGNS = {Action.ADD: "+", Action.REMOVE: "-", Action.REPLACE: "~"}
FEATURES = "".join(
    f"feature {name}\n"
    for name in (
        "bgp",
        "interface-vlan",
        "hsrp",
        "vrrp",
        "lacp",
        "vpc",
        "vn-segment-vlan-based",
        "nv overlay",
        "fabric forwarding",
    )
)
"""What a switch must have before it takes the lines of the cases."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One file: ``why`` says what it shows and where that is said; ``in_order`` why its commands need a planner."""

    why: str
    before: str
    after: str
    changes: list[str] = field(default_factory=list)
    left_alone: list[str] = field(default_factory=list)
    commands: list[str | None] = field(default_factory=list)
    owns: Mapping[str, str] = field(default_factory=dict)
    strict: bool = False
    base: str | None = None
    model: str | None = None
    in_order: str = ""

    @classmethod
    def read(cls, path: Path) -> Case:
        """The case of a file; a key that none knows is a TypeError."""
        found: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
        return cls(**found)

    def diff(self, running: str, prefix: str = "") -> SwitchDiff:
        """The difference of a running configuration from the intended one of this case."""
        old, new = parse(running), parse(prefix + self.after)
        base = None if self.base is None else parse(prefix + self.base)
        contexts = Context.of(old, self.model), Context.of(new, self.model)
        return diff(old, new, policy=Policy(strict=self.strict, owns=self.owns), base=base, contexts=contexts)


def shown(change: Change) -> str:
    """A change as one line of a file."""
    text = _placed(change.section, " -> ".join(text for text in (change.old, change.new) if text is not None))
    return f"{SIGNS[change.action]} {text}{' (unproven)' if change.unproven else ''}"


def _placed(section: Section, text: str) -> str:
    return f"[{' / '.join(section)}] {text}" if section else text


def left(line: Unmanaged) -> str:
    """A line left alone, as one line of a file."""
    return _placed(line.section, line.text)


def typed(change: Change) -> str | None:
    """What carries the change out; None where nothing can."""
    try:
        return command(change.row, change.old, change.new)
    except ValueError:
        return None


def applied(running: str, changes: tuple[Change, ...]) -> tuple[str, list[str]]:
    """What the emulated switch runs after the changes were typed one by one, and which of them it refused."""
    store = load(running)
    session = ConfigSession(store)
    refused = []
    for change in changes:
        session.execute("end")
        for line in (*change.section, *(typed(change) or "!").split("\n")):
            try:
                session.execute(line)
            except Rejected as refusal:
                refused.append(f"{line}: {refusal.text}")
    return "\n".join(store.body()) + "\n", refused
