"""What a lab knows of the network between its switches: nothing by itself; whoever starts it says how they fare."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from mlagkit.state import SwitchState


@dataclass(frozen=True, slots=True)
class Happened:
    """An event in the words of a drill, and how many seconds ago it was."""

    words: str
    ago: float


Live = Callable[[Mapping[str, str], Sequence[Happened]], Mapping[str, SwitchState]]
"""The state of each switch, from what all of them run by name and what has happened, in its order."""


def nobody_knows(configs: Mapping[str, str], happened: Sequence[Happened]) -> Mapping[str, SwitchState]:  # noqa: ARG001
    """Of a lab that nobody told how its switches are connected."""
    return {}
