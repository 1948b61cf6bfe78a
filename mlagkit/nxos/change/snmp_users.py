"""Users of SNMP while lines are typed: a user is in several groups, and its last one ends with the user itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mlagkit.nxos.change.edit import Edit
from mlagkit.nxos.facts import Facts

_IN_A_GROUP = "snmp-server user <#word> <#word> [<text>]"
_NAMING = 3
"""The words that name a user."""


def ends_user(edit: Edit, root: Facts) -> Edit:
    """The same, where it takes the last group of a user as the end of that user.

    A switch answers anything else by "Cannot delete the last group of the user!" (cisco.nxos pull 657).
    """
    if edit.new is not None or edit.row is None or edit.row.command != _IN_A_GROUP:
        return edit
    user = (edit.old or "").split()[:_NAMING]
    return edit if _groups(root, user) > 1 else replace(edit, text=" ".join(("no", *user)))


def _groups(root: Facts, user: Sequence[str]) -> int:
    """In how many groups a user is."""
    lines = (key for key, fact in root.known.items() if fact.line.row.command == _IN_A_GROUP)
    return sum(key.split()[:_NAMING] == [*user] for key in lines)
