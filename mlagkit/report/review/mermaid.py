"""What a change touches as a diagram in mermaid, for hosts that draw it inside of a comment.

A label is somebody's text: all of it that is no letter, digit or harmless sign is written as a number, which mermaid
makes a character of again only after it has read the diagram. So no label ends early, and none is Markdown or an icon.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from mlagkit.excerpt import visible
from mlagkit.report.document import Document
from mlagkit.report.markdown import fenced
from mlagkit.report.paint import counted
from mlagkit.report.picture import short
from mlagkit.report.review.links import BETWEEN, Drawn, drawn_links, end_words, head_lines, what_of

EDGES = 500
"""Edges that mermaid draws by itself; it draws none of a diagram with more (its ``maxEdges``)."""

_APART = 12  # more links than that are drawn as one where they change alike
_LETTERS = 60
_OTHER = re.compile(r"[^A-Za-z0-9 /+~,.:-]|(?<![A-Za-z0-9])[.:-]|[.-](?![A-Za-z0-9])|:(?! )")
"""All but what is harmless where it stands: a dot or a hyphen inside of a word, a colon behind one."""
_ARROWS = {"new": "==>", "changed": "---", "gone": "-.-x", "same": "-.-"}
_STYLES = {"outage": "stroke:#b3261e,stroke-width:3px,stroke-dasharray:6 3", "brief": "stroke:#8a5a00,stroke-width:3px"}


def diagram(row: Document) -> str:
    """The diagram in its fence, or a sentence where it would have too many edges; empty where nothing is touched."""
    links = drawn_links(row, _APART)
    if not links:
        return ""
    number = sum(len(each.ends) for each in links)
    if number > EDGES:
        return f"No diagram: {counted(number, 'end')} of links change in ways of their own; the HTML page has them."
    return fenced(_lines(row, links), "mermaid")


def _lines(row: Document, links: list[Drawn]) -> Iterator[str]:
    switches = {name: f"s{number}" for number, name in enumerate(row["touched"]["switches"])}
    yield "flowchart LR"
    for name, node in switches.items():
        yield f"  {node}[{_label(name, *head_lines(row['touched']['switches'][name]))}]"
    for number, each in enumerate(links):
        if each.kind in BETWEEN:
            yield f"  {' '.join(_edge(each, switches))}"
        else:
            yield from _away(each, f"h{number}", switches)


def _edge(drawn: Drawn, switches: Mapping[str, str]) -> Iterator[str]:
    one, other = switches.values()
    yield f"{one} {_ARROWS[what_of(drawn)].replace('>', '=')}|{_label(f'{drawn.kind}: {drawn.words}')}| {other}"


def _away(drawn: Drawn, node: str, switches: Mapping[str, str]) -> Iterator[str]:
    """A link that leads away, with an edge from each switch that has an end of it."""
    costs = [] if drawn.impact == "none" else [drawn.impact]
    yield f"  {node}[{_label(short(drawn.name), *costs)}]"
    for switch, end in drawn.ends.items():
        if end["interface"] is not None and switch in switches:
            name = "" if len(drawn.names) > 1 else short(end["interface"])
            words = ": ".join(filter(None, (name, end_words(end))))
            label = f"|{_label(words)}|" if words else ""
            yield f"  {switches[switch]} {_ARROWS[end['what']]}{label} {node}"
    if costs:
        yield f"  style {node} {_STYLES[drawn.impact]}"


def _label(*lines: str) -> str:
    """Lines of text in one label, which nothing in them can end."""
    return f'"{"<br/>".join(_text(line) for line in lines)}"'


def _text(text: str) -> str:
    """Text that mermaid shows as it is."""
    return _OTHER.sub(lambda match: f"#{ord(match[0])};", visible(text, _LETTERS))
