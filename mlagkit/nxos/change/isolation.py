"""The lines by which one switch of a pair is taken out of service, or stands apart from the other for a while."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mlagkit.nxos.catalogue import Phase, known
from mlagkit.nxos.change.edit import Edit, mode_of
from mlagkit.nxos.effective import Side
from mlagkit.values import InterfaceName


def kept_roles(side: Side) -> Iterator[Edit]:
    """Auto-recovery off, on both: a switch that stands alone too long would take the lead when it returns (F22)."""
    line = known("vpc-domain", "auto-recovery")
    for head, facts in side.root.blocks.items():
        if facts.mode == "vpc-domain" and side.values(facts).of(line.key, line.row):
            yield Edit((head,), "no auto-recovery", True, Phase.DOMAIN, line.row, None, "no auto-recovery")


def lets_lead(edit: Edit) -> bool:
    """Whether the line brings auto-recovery, by which a switch that stands alone takes the lead."""
    return edit.adds and edit.row is not None and edit.row.command.startswith("auto-recovery")


def shut(name: InterfaceName) -> Edit:
    """The line that shuts an interface."""
    return _line(name, "shutdown")


def meanwhile(name: InterfaceName, *, up: bool) -> Edit:
    """The line that shuts an interface for a while, or that brings it ``up`` behind that."""
    return replace(_line(name, "no shutdown" if up else "shutdown"), passing=True)


def _line(name: InterfaceName, text: str) -> Edit:
    section = (f"interface {name}",)
    return Edit(section, text, True, Phase.PORT_CHANNEL, known(mode_of(section), text).row, None, text)
