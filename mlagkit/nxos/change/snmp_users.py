"""Users of SNMP while lines are typed: a user is in several groups, and its last one ends with the user itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mlagkit.nxos.catalogue import recognise
from mlagkit.nxos.change.edit import Edit
from mlagkit.nxos.facts import Facts

_IN_A_GROUP = "snmp-server user <#word> <#word> [<text>]"
_OF_A_USER = "snmp-server user <#word> {#use-ipv4acl|use-ipv6acl|enforcepriv} [<text>]"
_NAMING = 3
"""The words that name a user."""


def ends_user(edit: Edit, root: Facts) -> Edit:
    """The same, where it takes the last group of a user as the end of that user.

    A switch answers anything else by "Cannot delete the last group of the user!" (cisco.nxos pull 657).
    """
    if edit.new is not None or edit.row is None or edit.row.command != _IN_A_GROUP:
        return edit
    user = (edit.old or "").split()[:_NAMING]
    return edit if len([*_groups(root, user)]) > 1 else replace(edit, text=" ".join(("no", *user)))


def lost_its_user(section: Sequence[str], text: str, root: Facts) -> bool:
    """Whether a line speaks of a user that is not there: a switch answers "user not found" (cisco.nxos issue 794)."""
    line = recognise("", text) if not section else None
    if line is None or line.row.command != _OF_A_USER:
        return False
    return not any(_groups(root, text.split()[:_NAMING]))


def _groups(root: Facts, user: Sequence[str]) -> Iterator[str]:
    """The keys of the lines that put a user into a group."""
    for key, fact in root.known.items():
        if fact.line.row.command == _IN_A_GROUP and key.split()[:_NAMING] == [*user]:
            yield key
