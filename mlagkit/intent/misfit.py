"""A value that does not fit its key."""

from __future__ import annotations

from mlagkit.excerpt import visible


class Misfit(ValueError):
    """Why a value is refused, worded to follow the key's name (``takes a VLAN list, not true``).

    ``rule`` is the id of the finding, ``item`` the place in a list, or the key, where the misfit stands.
    """

    def __init__(self, message: str, rule: str = "IN06", item: object = None) -> None:
        super().__init__(message)
        self.rule = rule
        self.item = item


def kind_of(value: object) -> str:
    """How a message names what was found: small values themselves, others by what they are."""
    if isinstance(value, bool):
        return "`true`" if value else "`false`"
    if value is None:
        return "nothing"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, str):
        return f"the text `{visible(value, 40)}`" if value.isdecimal() else f"`{visible(value, 40)}`"
    return "a list" if isinstance(value, list) else "a mapping"
