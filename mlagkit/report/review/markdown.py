"""A review as Markdown, for a comment on a pull request: verdict, findings, then each pair folded away.

What does not fit is left out in a fixed order, and said; the verdict and the findings are kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from mlagkit.excerpt import visible
from mlagkit.report.document import Document
from mlagkit.report.findings import by_severity, origin_of, waived_words, worst_first
from mlagkit.report.markdown import HEAD, LONGEST, escaped, fitting, in_html, item, markdown_report, row_text, size
from mlagkit.report.paint import counted
from mlagkit.report.review.details import Block, Part, blocks_of, findings_block, names_block, unchanged_words
from mlagkit.report.review.words import approval_words, because, setting_words

_OPEN = 15
"""So many new findings are open, and every error."""

_SPARE = 600  # for what was left out, the bottom line, and line breaks
_HEADER_SHARE = 5  # at most so small a part of the whole is for the machine
_SETTINGS, _SETTING = 6, 160  # so many settings that changed, in so many characters each
_FRAME = 200  # around the findings that are folded away


@dataclass(frozen=True, slots=True)
class Kept:
    """What there is room for: blocks, lines of pairs and of findings; and how much there is of the latter in all."""

    blocks: tuple[Block, ...]
    dropped: tuple[Block, ...]
    pairs: tuple[str, ...]
    findings: tuple[str, ...]
    pairs_left: int
    findings_left: int

    @property
    def truncated(self) -> bool:
        """Whether anything is missing: then nobody can approve by reading this."""
        return bool(self.dropped or self.pairs_left or self.findings_left)


def review_markdown(document: Document, limit: int = LONGEST) -> str:
    """The comment, in at most ``limit`` characters as a host counts them."""
    header = _header(document, limit)
    title = f"**mlagkit review: {escaped(document['verdict'])}**"
    bottom = _bottom(document)
    settings = _settings(document["settings"])
    room = limit - sum(map(size, (header, title, settings, bottom))) - _SPARE
    kept = _kept(document, room)
    parts = [
        _header(document, limit, truncated=kept.truncated),
        title,
        _left_out(kept, document, limit),
        "\n".join(filter(None, (settings, *kept.pairs))),
        f"… {counted(kept.pairs_left, 'more pair')}, none worse than these" if kept.pairs_left else "",
        *(block.text for block in kept.blocks if block.part is Part.NAMES),
        unchanged_words(document["unchanged"]) if _is_out(Part.NAMES, kept.dropped) else "",
        *_findings(kept.findings),
        *(block.text for block in kept.blocks if block.part in (Part.RESOLVED, Part.WAIVED)),
        *_folded(document["pairs"], kept),
        _bottom(document, truncated=True) if kept.truncated else bottom,
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _settings(rows: Sequence[Document]) -> str:
    """What was set otherwise, for all pairs: the first few, and how many more there are."""
    lines = [item(visible(setting_words(row), _SETTING)) for row in rows[:_SETTINGS]]
    left = len(rows) - len(lines)
    return "\n".join([*lines, *([f"- … {counted(left, 'more setting')}"] if left else [])])


def _findings(rows: Sequence[str]) -> Iterator[str]:
    """The new findings, of which the errors are open, and of the others so many that a reader gets past them."""
    shown = max(_OPEN, sum(row.startswith("| error |") for row in rows))
    if rows:
        yield "\n".join([*HEAD, *rows[:shown]])
    if rest := rows[shown:]:
        yield "\n".join([f"<details><summary>{counted(len(rest), 'more new finding')}</summary>\n", *HEAD, *rest])
        yield "</details>"


def no_review_markdown(findings: Document) -> str:
    """What stands in the place of a review where a pair file can't be read; nobody can approve by reading it."""
    known: Document = {"base": None, "commit": None, "pairs": {}, "truncated": True}
    title = "**mlagkit review: there is none as long as these mistakes are there**"
    return "\n\n".join([f"<!-- mlagkit: {json.dumps(known)} -->", title, markdown_report(findings, ())])


def _header(document: Document, limit: int, *, truncated: bool = False) -> str:
    """What a machine needs, hidden from people: who edits a comment finds it by this, who approves gets the hashes."""
    hashes = {row["pair"]: row["plan"]["hash"] for row in document["pairs"] if row["plan"]}
    known = {"base": document["base"]["commit"], "commit": document["commit"]}
    for pairs in (hashes, {}):
        text = json.dumps(known | {"pairs": pairs, "truncated": truncated or pairs != hashes}, sort_keys=True)
        if size(text) <= limit // _HEADER_SHARE:
            break
    for mark in ("<", ">", "&", "@", "#", "--"):  # no end of a comment, whatever a name turned out to be
        text = text.replace(mark, mark[:-1] + f"\\u{ord(mark[-1]):04x}")
    return f"<!-- mlagkit: {text} -->"


def _kept(document: Document, room: int) -> Kept:
    """Findings and verdicts first; then as many blocks as there is room for."""
    pairs = [_pair(row) for row in _hardest_first(document["pairs"])]
    findings = [row_text(row) for row in worst_first(document["findings"]["new"])]
    room -= _FRAME if len(findings) > _OPEN else 0
    needed = _sizes(pairs) + _sizes(findings)
    if needed > room:
        findings_room = max(room * 3 // 5, room - _sizes(pairs))
        told, _ = fitting(findings, findings_room)
        shown, _ = fitting(pairs, room - _sizes(told))
    else:
        told, shown = findings, pairs
    room -= _sizes(told) + _sizes(shown)
    blocks = _blocks(document)
    dropped = dict.fromkeys(_dropped(blocks, room))
    return Kept(
        blocks=tuple(block for block in blocks if block not in dropped),
        dropped=tuple(dropped),
        pairs=tuple(shown),
        findings=tuple(told),
        pairs_left=len(pairs) - len(shown),
        findings_left=len(findings) - len(told),
    )


def _blocks(document: Document) -> list[Block]:
    found = [block for row in document["pairs"] for block in blocks_of(row)]
    if document["unchanged"]:
        found.append(names_block(document["unchanged"]))
    resolved, waived = document["findings"]["resolved"], document["findings"]["waived"]
    if resolved:
        lines = [item(_sentence(row)) for row in worst_first(resolved)]
        found.append(findings_block(Part.RESOLVED, "resolved", lines))
    if waived:
        lines = [item(f"{_sentence(row)}; {waived_words(row)}") for row in worst_first(waived)]
        found.append(findings_block(Part.WAIVED, "newly waived", lines))
    return found


def _dropped(blocks: Sequence[Block], room: int) -> list[Block]:
    """What has to go: part by part, of one part the longest first."""
    needed = sum(map(_cost, blocks))
    gone: list[Block] = []
    for part in Part:
        for block in sorted((each for each in blocks if each.part is part), key=_cost, reverse=True):
            if needed <= room:
                return gone
            needed -= _cost(block)
            gone.append(block)
    return gone


def _cost(block: Block) -> int:
    """A block with what stands around it: of a pair, its frame comes with what is dropped last."""
    return size(block.text) + (size(_frame(block.pair)[0]) + 40 if block.part is Part.INTENT else 4)


def _sizes(lines: Iterable[str]) -> int:
    return sum(size(line) + 1 for line in lines)


def _hardest_first(rows: Sequence[Document]) -> list[Document]:
    """The pairs whose change costs most, then the others in their order."""
    order = {"outage": 0, "brief": 1}
    return sorted(rows, key=lambda row: order.get(row["plan"]["impact"], 2) if row["plan"] else 2)


def _pair(row: Document) -> str:
    return f"- **{escaped(row['pair'].strip())}**{escaped(because(row))}: {escaped(row['verdict'])}"


def _frame(pair: str) -> tuple[str, str]:
    """What folds the details of a pair away."""
    return f"<details><summary>{in_html(pair)}</summary>", "</details>"


def _folded(rows: Iterable[Document], kept: Kept) -> Iterator[str]:
    """The details of each pair that has some, and what of them is not here."""
    own, gone = _by_pair(kept.blocks), _by_pair(kept.dropped)
    for pair in [row["pair"] for row in rows if row["pair"] in own]:
        left_out = ", ".join(block.part.value for block in gone.get(pair, ()))
        note = f"Left out here: {left_out}." if left_out else ""
        first, last = _frame(pair)
        yield "\n\n".join(filter(None, (first, *(block.text for block in own[pair]), note, last)))


def _by_pair(blocks: Iterable[Block]) -> dict[str, list[Block]]:
    found: dict[str, list[Block]] = {}
    for block in blocks:
        found.setdefault(block.pair, []).append(block)
    return found


def _is_out(part: Part, dropped: Iterable[Block]) -> bool:
    return any(block.part is part for block in dropped)


def _left_out(kept: Kept, document: Document, limit: int) -> str:
    """What is missing, in the third line, where nobody overlooks it."""
    if not kept.truncated:
        return ""
    words = []
    if kept.findings_left:
        left = worst_first(document["findings"]["new"])[len(kept.findings) :]
        words.append(f"{counted(kept.findings_left, 'new finding')} ({by_severity(left)})")
    if kept.pairs_left:
        words.append(f"the verdict on {counted(kept.pairs_left, 'pair')}")
    for part in Part:
        gone = [block.pair for block in kept.dropped if block.part is part]
        if gone:
            words.append(f"{part} of {counted(len(gone), 'pair')}" if gone[0] else part.value)
    said = f"**Left out to stay within {limit:,} characters: {', '.join(words)}.**"
    return f"{said} Nobody can approve by reading this: all of it stands on the page (`--format html`) and in JSON."


def _sentence(row: Document) -> str:
    return f"{row['severity']} {row['rule']} {row['name']}: {row['message']} ({origin_of(row)})"


def _bottom(document: Document, *, truncated: bool = False) -> str:
    """How it was made, and how to go on, which is not by an approval where something is missing."""
    base = document["base"]
    words = [
        f"Base: {base['commit'][:12]}, the merge base of {escaped(base['revision'])} and {document['head'][:12]}",
        *map(escaped, document["notes"]),
        f"again: mlagkit review --base {escaped(base['revision'])}",
        escaped(document["tool"]),
    ]
    approval = () if truncated else approval_words(document)
    lines = [*map(escaped, approval), "; ".join(words)]
    return f"<sub>{'<br>'.join(lines)}</sub>"
