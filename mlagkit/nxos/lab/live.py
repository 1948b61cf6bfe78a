"""What a lab knows of the network between its switches: nothing by itself; whoever starts it says how they fare."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from mlagkit.state import SwitchState


class Power(Enum):
    """Whether a switch runs; a hung one takes connections and never answers."""

    ON = "on"
    OFF = "off"
    HUNG = "hung"


@dataclass(frozen=True, slots=True)
class Happened:
    """An event in the words of a drill, and how many seconds ago it was."""

    words: str
    ago: float


@dataclass(frozen=True, slots=True)
class LabEvent:
    """An event in the words of a drill, and what it makes of switches as devices, by name."""

    words: str
    power: Mapping[str, Power] = field(default_factory=dict)


Configs = Mapping[str, str]
"""What every switch of the lab runs, by name."""

Live = Callable[[Configs, Sequence[Happened]], Mapping[str, SwitchState]]
"""The state of each switch, from what all of them run and what has happened, in its order."""

Understand = Callable[[str, Configs, Sequence[Happened]], Sequence[LabEvent]]
"""The events that words mean, in their order, after what has happened; ValueError for words that mean none."""


def nobody_knows(configs: Configs, happened: Sequence[Happened]) -> Mapping[str, SwitchState]:  # noqa: ARG001
    """Of a lab that nobody told how its switches are connected."""
    return {}


def taken_as_said(words: str, configs: Configs, happened: Sequence[Happened]) -> Sequence[LabEvent]:  # noqa: ARG001
    """Of a lab that nobody told what can happen to it."""
    return (LabEvent(words),)
