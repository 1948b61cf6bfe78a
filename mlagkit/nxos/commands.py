"""What a setting is in the words of the device: its line, and the line that changes it."""

from __future__ import annotations

from mlagkit.nxos.catalogue import Kind, Negation, Row
from mlagkit.nxos.catalogue.match import is_word, naming
from mlagkit.values import VlanSet


class CantBeTakenBack(ValueError):
    """A line that the device has no ``no`` form for."""


VLAN_LIST: tuple[tuple[str, ...], str] = ((), "vlan")
"""Section and key of the list of the VLANs that exist."""


def trunk_list(name: str) -> tuple[tuple[str, ...], str]:
    """Section and key of the list of VLANs that an interface carries."""
    return (f"interface {name}",), "switchport trunk allowed vlan"


def list_line(row: Row, key: str, vlans: VlanSet) -> str:
    """The line for a set of VLANs under a key of that row."""
    identity = iter(key.split()[-row.command.count("<#") :])
    listed = str(vlans) or "none"
    words = row.command.split()
    line = " ".join([word if word[0] != "<" else next(identity) if word[1] == "#" else listed for word in words])
    return f"no {line}" if row.takes_out else line


def said(row: Row, key: str, value: object) -> str:
    """The line that says a value for which no line stands: a default, in full."""
    if row.kind is Kind.FLAG:
        return key if value else f"no {key}"
    return f"no {key}" if value is None else f"{key} {value}"


def command(row: Row | None, old: str | None, new: str | None) -> str:
    """The line that carries a change out inside its section.

    VLANs join and leave a trunk with ``add`` and ``remove``; what ``no`` takes is told by the row;
    a line that can't be negated raises CantBeTakenBack. Without a row the plain ``no`` form is used, which nothing
    proves.
    """
    trunk = row is not None and row.trunk
    if old is not None and new is not None:
        return new
    if new is not None:
        return _with_verb(new, "add") if trunk and not new.endswith(" none") else new
    if old is None:
        raise ValueError("a change without an old and a new line")
    return _with_verb(old, "remove") if trunk else _negated(row, old)


def is_unproven(row: Row | None, old: str) -> bool:
    """Whether what takes a line back is the plain ``no`` form of one that nobody knows."""
    return row is None and not old.startswith("no ")


def _with_verb(line: str, verb: str) -> str:
    words, _, vlans = line.rpartition(" ")
    return f"{words} {verb} {vlans}"


def _negated(row: Row | None, old: str) -> str:
    if old.startswith("no "):
        return old[3:]
    if row is None or row.negation is Negation.LINE or row.kind in (Kind.FLAG, Kind.VLANS):
        return f"no {old}"
    if row.negation is Negation.NEVER:
        raise CantBeTakenBack(f"{old!r} can't be taken back")
    return f"no {row.undo or _name(row, old)}"


def _name(row: Row, old: str) -> str:
    """The words of a line that name its setting, written out."""
    pairs = zip(naming(row), old.split(), strict=False)
    return " ".join(token.words[0] if is_word(token) else given for token, given in pairs)
