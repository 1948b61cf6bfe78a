"""A second opinion on which line holds which: ciscoconfparse2 reads the same text, and both must agree on each line.

Both readers go by indentation, so agreement means that the tree follows the text; what a line means is not asked. Blank
lines are left out: nothing of them is compared or sent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from mlagkit.config import COMMENT, ConfigTree
from mlagkit.nxos.catalogue import recognise
from mlagkit.nxos.ranges import members
from mlagkit.nxos.redact import redact
from mlagkit.nxos.script import is_script

_BANNER = re.compile(r"banner (?:motd|exec)[ \t]+(\^C|\S)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """A line and the numbers of the lines that hold it for each reader: 0 for none.

    ``ours`` is None for a line that the tree has lost, ``theirs`` for one that ciscoconfparse2 has; ``kind`` names
    what explains it, if anything does.
    """

    line: int
    text: str
    ours: int | None
    theirs: int | None
    kind: str = ""

    def __str__(self) -> str:
        """The line, without a secret, and where each of the two has it."""
        ours, theirs = map(_holder, (self.ours, self.theirs))
        return f"line {self.line} `{redact(self.text)}` is {ours}, and for ciscoconfparse2 {theirs}"


def _holder(line: int | None) -> str:
    if line is None:
        return "lost"
    return f"below line {line}" if line else "at the left margin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The lines of a text, and for each number, from 1, the number of the line that holds it, once for each reader."""

    lines: Sequence[str]
    ours: Mapping[int, int]
    theirs: Mapping[int, int]

    def text(self, line: int) -> str:
        """The line without the blanks around it."""
        return self.lines[line - 1].strip()

    def indent(self, line: int) -> int:
        """The number of blanks in front of the line."""
        return len(self.lines[line - 1]) - len(self.lines[line - 1].lstrip())


Explains = Callable[[Reading, Disagreement], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A case in which ciscoconfparse2 is known to be wrong, why, and how to tell.

    ``printed`` says whether a switch prints such text; one that people wrote explains nothing in what a switch runs.
    """

    name: str
    reason: str
    printed: bool
    explains: Explains


def disagreements(tree: ConfigTree) -> tuple[Disagreement, ...]:
    """Every line that the two readers hang on different lines, with the kind that explains it."""
    lines = tree.text.split("\n")
    reading = Reading(lines=lines, ours=_ours(tree), theirs=_theirs(tuple(lines)))
    return tuple(
        _explained(reading, Disagreement(line=line, text=text.strip(), ours=ours, theirs=theirs))
        for line, text in enumerate(lines, 1)
        if text.strip() and (ours := reading.ours.get(line)) != (theirs := reading.theirs.get(line))
    )


def unexplained(tree: ConfigTree) -> tuple[Disagreement, ...]:
    """The disagreements on what a switch runs that no kind explains: a reason to push nothing."""
    printed = {kind.name for kind in KINDS if kind.printed}
    return tuple(each for each in disagreements(tree) if each.kind not in printed)


def _ours(tree: ConfigTree) -> dict[int, int]:
    """The holders by the tree; a line that it has as part of another one's text is lost, but in a banner."""
    found: dict[int, int] = {}
    todo = [(0, entry) for entry in tree.entries()]
    while todo:
        holder, entry = todo.pop()
        if entry.text:
            found[entry.line] = holder
            holder = entry.line
            body = entry.text.count("\n") if _BANNER.match(entry.text) else 0
            found.update(dict.fromkeys(range(holder + 1, holder + body + 1), holder))
        todo += [(holder, child) for child in entry.children]
    return found


@lru_cache(maxsize=8)
def _theirs(lines: tuple[str, ...]) -> Mapping[int, int]:
    """The same by ciscoconfparse2, which counts from 0, lets a line without a parent be its own, keeps blank lines.

    ``#`` begins a comment here, too, and ``loguru=False`` takes away the handlers that it logs to stdout with. What
    switches run is read again and again while nothing changes.
    """
    from ciscoconfparse2 import CiscoConfParse

    read = CiscoConfParse(  # type: ignore[misc]  # mypy goes by the signature that attrs would make
        list(lines),  # type: ignore[arg-type]  # the same
        syntax="nxos",
        comment_delimiters=list(COMMENT),
        loguru=False,
    )
    return {line.linenum + 1: line.parent.linenum + 1 if line.parent is not line else 0 for line in read.objs}


def _explained(reading: Reading, found: Disagreement) -> Disagreement:
    kind = next((kind.name for kind in KINDS if kind.explains(reading, found)), "")
    return replace(found, kind=kind)


def _comment(reading: Reading, found: Disagreement) -> bool:
    """A comment without a parent, where the nearest command above that is indented less is ours."""
    if found.text[0] not in COMMENT or found.theirs != 0:
        return False
    # The block goes on behind a comment at the left margin, so that it stands in the block, whatever its indent.
    indent = max(reading.indent(found.line), 1)
    above = (line for line in range(found.line - 1, 0, -1) if reading.text(line)[:1] not in ("", *COMMENT))
    return found.ours == next((line for line in above if reading.indent(line) < indent), 0)


def _banner_body(reading: Reading, found: Disagreement) -> re.Match[str] | None:
    """The beginning of the banner that holds a line for us, if the text does not end that banner before the line."""
    begin = _BANNER.match(reading.lines[found.ours - 1]) if found.ours else None
    if begin is None or found.ours is None:
        return None
    before = [begin.string[begin.end() :], *reading.lines[found.ours : found.line - 1]]
    return None if any(begin[1] in line for line in before) else begin


def _caret_banner(reading: Reading, found: Disagreement) -> bool:
    begin = _banner_body(reading, found)
    return begin is not None and begin[1] == "^C"


def _letter_banner(reading: Reading, found: Disagreement) -> bool:
    begin = _banner_body(reading, found)
    return begin is not None and begin[1] in begin.string[: begin.start(1)]


def _script(reading: Reading, found: Disagreement) -> bool:
    """A line at the left margin of a script, in a block that begins at the left margin, too, and can hold it."""
    if not found.ours or found.theirs != 0 or reading.indent(found.line) or reading.indent(found.ours):
        return False
    return _takes(reading.text(found.ours), found.text) and is_script(list(reading.lines))


def _takes(holder: str, text: str) -> bool:
    """Whether a line can stand in the block that another one opens; of ``ip`` lines the catalogue has only some."""
    modes = ["interface"] if members("", holder) else [*_opened("", holder), *_opened("interface", holder)]
    if text == "exit" or text[0] in COMMENT:
        return bool(modes)
    either = text.removeprefix("no ").startswith(("ip ", "ipv6 ")) and recognise("", text) is None
    return any(either or recognise(mode, text) for mode in modes)


def _opened(mode: str, text: str) -> list[str]:
    line = recognise(mode, text)
    return [line.row.opens] if line and line.row.opens and not line.negated else []


KINDS: tuple[Kind, ...] = (
    Kind(
        name="script",
        reason=(
            "people type scripts with every line at the left margin, and the device goes by its mode; ciscoconfparse2 "
            "goes by the indent alone (SURPRISES: children at column 0; pairs/alibahadir-dist-vpc12)"
        ),
        printed=False,
        explains=_script,
    ),
    Kind(
        name="comment",
        reason=(
            "a comment ends no block, at whatever indent; ciscoconfparse2 leaves one without a parent that is indented "
            "less than the line before it, by its own word for the sake of old users (its _add_child_to_parent; "
            "pairs/nickelface-09-nx57-underlay)"
        ),
        printed=True,
        explains=_comment,
    ),
    Kind(
        name="banner ^C",
        reason=(
            "a delimiter of two characters, as control-C is printed; ciscoconfparse2 takes the first of the two for it "
            "(its _banner_mark_regex; in no file of the corpus)"
        ),
        printed=True,
        explains=_caret_banner,
    ),
    Kind(
        name="banner letter",
        reason=(
            "ciscoconfparse2 looks for the end of a banner in the words of its command, too, so it takes one with a "
            "delimiter that occurs there for a banner of one line (its _banner_mark_regex; in no file of the corpus)"
        ),
        printed=True,
        explains=_letter_banner,
    ),
)
"""At most ten."""
