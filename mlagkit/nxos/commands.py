"""A change in the words that the device takes."""

from __future__ import annotations

from mlagkit.nxos.catalogue import Kind, Negation, Row


def command(row: Row | None, old: str | None, new: str | None) -> str:
    """The line that carries a change out inside its section.

    VLANs join and leave a trunk with ``add`` and ``remove``; a line that can't be negated
    raises ValueError. Without a row the plain ``no`` form is used, which nothing proves.
    """
    trunk = row is not None and row.kind is Kind.VLANS and "<trunk>" in row.command
    if old is not None and new is not None:
        return new
    if new is not None:
        return _with_verb(new, "add") if trunk else new
    if old is None:
        raise ValueError("a change without an old and a new line")
    return _with_verb(old, "remove") if trunk else _negated(row, old)


def _with_verb(line: str, verb: str) -> str:
    words, _, vlans = line.rpartition(" ")
    return f"{words} {verb} {vlans}"


def _negated(row: Row | None, old: str) -> str:
    if old.startswith("no "):
        return old[3:]
    if row is None or row.negation is Negation.LINE or row.kind in (Kind.FLAG, Kind.VLANS):
        return f"no {old}"
    if row.negation is Negation.NEVER:
        raise ValueError(f"{old!r} can't be taken back")
    return f"no {old}"
