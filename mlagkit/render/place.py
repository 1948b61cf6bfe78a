"""Where in the pair file the value of a printed line was written."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mlagkit.finding import Origin
from mlagkit.nxos.catalogue import Line, recognise
from mlagkit.render.shown import Shown
from mlagkit.switch import Path, Switch

_PART_OF_MODE: Mapping[str, str] = {
    "vpc-domain": "domain",
    "nve": "nve",
    "mst": "mst",
    "pseudo-information": "pseudo_information",
}
"""The one part whose lines stand in a mode, by its name in a template."""


def place_of(switch: Switch, values: Mapping[str, object]) -> Callable[[str, Shown | None], Origin]:
    """A function that takes the configuration line by line, in order, and gives the place of each.

    The catalogue knows which field a line fills and the template which part it printed, so the
    part's path and the field are the value's keys in the pair file.
    """
    opened: list[tuple[int, str]] = []

    def find(text: str, part: Shown | None) -> Origin:
        bare = text.lstrip()
        while opened and opened[-1][0] >= len(text) - len(bare):
            opened.pop()
        mode = opened[-1][1] if opened else ""
        line = recognise(mode, bare) if bare else None
        if line and line.row.opens:
            opened.append((len(text) - len(bare), line.row.opens))
        if part is None:
            part = _only_part(values, line.row.opens if line and line.row.opens else mode)
        return switch.source.origin(_path(part, line, blank=not bare))

    return find


def _only_part(values: Mapping[str, object], mode: str) -> Shown | None:
    part = values.get(_PART_OF_MODE.get(mode, "switch"))
    return part if isinstance(part, Shown) else None


def _path(part: Shown | None, line: Line | None, *, blank: bool) -> Path:
    """The keys of the line's field; what the catalogue counts to another section is looked up there."""
    above: Path = part.path if part else ()
    if blank or (line and line.row.opens and above):
        return above
    if line is None:
        return (*above, "extra")
    names: Path = tuple(line.row.field.split(".")) if line.row.field else ()
    if above and names and names[0] == above[-1]:
        names = names[1:]
    owner = line.row.owner
    if owner and above and above[0] != owner:
        return (owner, *names)
    return (*above, *names)
