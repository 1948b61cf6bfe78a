"""How rules say what the two switches of a pair have."""

from __future__ import annotations

from collections.abc import Callable

from mlagkit.switch import Switch


def side_by_side(switch: Switch, peer: Switch, told: Callable[[Switch], object]) -> str:
    """What each of the two has, in the same words whichever is asked first, so that one finding comes of both."""
    first, second = sorted((switch, peer), key=lambda each: each.name)
    return f"{first.name} has {told(first)}, {second.name} has {told(second)}"
