"""The lines of one or two switches as one tree, in which what both have stands once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from mlagkit.report.document import Document

SYMBOLS = {"add": "+", "remove": "-", "replace": "~", "": " "}
"""Action -> what stands before the line; a heading that is only there for what is below it has none."""


@dataclass(slots=True)
class Line:
    """One line of a tree: what happens to it (nothing, for a heading), and on which switches."""

    text: str
    action: str = ""
    old: str | None = None
    unproven: bool = False
    switches: set[str] = field(default_factory=set)
    below: dict[tuple[str, str, str | None], Line] = field(default_factory=dict)
    named: dict[str, Line] = field(default_factory=dict)
    """The first line below with that text; a section of thousands is not searched for each."""

    def heading(self, text: str) -> Line:
        """The line that a section's header names: the change that makes or removes it, else a heading."""
        if text not in self.named:
            self.named[text] = self.below[("", text, None)] = Line(text)
        return self.named[text]

    def note(self, switch: str, change: Document) -> None:
        """Put a change of a switch where it belongs."""
        at = self
        for header in change["section"]:
            at = at.heading(header)
            at.switches.add(switch)
        text = change["old"] if change["action"] == "remove" else change["new"]
        old = change["old"] if change["action"] == "replace" else None
        heading = at.below.pop(("", text, None), None)
        line = at.below.setdefault((change["action"], text, old), heading or Line(text))
        line.action, line.old, line.unproven = change["action"], old, change["unproven"]
        line.switches.add(switch)
        at.named.setdefault(text, line)

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Line]]:
        """Every line below this one with its depth, in order."""
        for line in self.below.values():
            yield depth, line
            yield from line.walk(depth + 1)


def tree_of(changes: Iterable[tuple[str, Document]]) -> Line:
    """The tree of the changes of each switch, given with its name."""
    root = Line("")
    for switch, change in changes:
        root.note(switch, change)
    return root
