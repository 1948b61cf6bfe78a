"""One parameter that both switches compare, and how its value follows from what a switch is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

Of = TypeVar("Of")

Same = Callable[[str, str], bool | None]
"""Whether two values pass the check; None where a configuration does not tell."""


class Mark(StrEnum):
    """How sure a fact is, in the words of the reference."""

    CERTAIN = "certain"
    LIKELY = "likely"
    VARIES = "varies"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row(Generic[Of]):
    """One row of the table: ``type`` is 1, 2, or None where the switch only informs (``-``).

    ``value`` is what that thing has, None where it isn't configured: the check ignores it then (G106). ``unseen``
    says why no configuration tells the value, ``untold`` why ``same`` can't tell. ``prints`` is False where the switch
    compares a value but leaves its column empty. ``spoiled`` says why the check fails though both values are the same,
    by one of the two alone, ``apart`` by both.
    ``per_vlan`` is set where only the VLANs that differ are suspended, unless spanning tree is MST.
    """

    name: str
    type: int | None
    source: str
    mark: Mark
    value: Callable[[Of], str | None] = lambda _: None
    same: Same = str.__eq__
    unseen: str = ""
    untold: str = ""
    prints: bool = True
    spoiled: Callable[[Of], str] = lambda _: ""
    apart: Callable[[Of, Of], str] = lambda _, __: ""
    per_vlan: bool = False


def switched(on: bool) -> str:
    """``Enabled`` or ``Disabled``."""
    return "Enabled" if on else "Disabled"
