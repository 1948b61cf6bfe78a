"""A picture of what a change touches: two switches, what joins them, and the links that lead away, by shape and color.

It is as wide as a phone and grows downwards. What a shape says is said by a color, too, and in words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from mlagkit.excerpt import visible
from mlagkit.report.document import Document
from mlagkit.report.page import text
from mlagkit.report.paint import counted
from mlagkit.report.picture import EDGES, LINE, WIDTH, heads, label, short
from mlagkit.report.review.links import BETWEEN, Drawn, drawn_links, head_lines, sign_lines, told, what_of

_BOX = (108, 252)  # the left and the right edge of what a link leads to
_GAP = 10
_BOXES_SHOWN = 24
_APART = 10  # more links than that are drawn as one where they change alike
_LETTERS = 27  # of a line above a switch
IMPACT_WORDS = {"none": "no impact", "brief": "brief interruption", "outage": "outage"}
WHATS = {"new": "new", "changed": "changed", "gone": "goes away", "same": "as before"}


def review_picture(row: Document) -> str:
    """The picture of a pair's change."""
    links = drawn_links(row, _APART)
    boxes = [each for each in links if each.kind not in BETWEEN]
    shown = boxes[:_BOXES_SHOWN]
    above = [_head(name, switch) for name, switch in row["touched"]["switches"].items()]
    top = LINE * max(map(len, above)) + 8
    rows = list(_rows(shown, top + 76))
    left = len(boxes) - len(shown)
    bottom = top + 76 + sum(_height(each) + _GAP for each in shown) + (20 if left else 0)
    more = [label(f"and {counted(left, 'more change')}", WIDTH // 2, bottom - 8, "word", "middle")] if left else []
    parts = [
        f'<svg viewBox="0 0 {WIDTH} {bottom + 4}" role="img">',
        f"<title>{text('. '.join(told_lines(row)))}</title>",
        *heads(above),
        *(
            f'<rect class="switch" x="{at}" y="{top}" width="72" height="{bottom - top}" rx="6"/>'
            for at in (4, EDGES[1])
        ),
        *_between({each.kind: each for each in links}, top),
        *(part for each, at in rows for part in _box(each, at, list(row["touched"]["switches"]))),
        *more,
    ]
    return "\n".join([*parts, "</svg>"])


def end_sample(what: str) -> str:
    """An end of a link by itself, for the key of a page."""
    return f'<svg class="sample" viewBox="0 0 60 20" aria-hidden="true">{"".join(_link(what, 10, 58, 10))}</svg>'


def impact_sign(impact: str) -> str:
    """An impact as a sign: a ring, a triangle, a crossed square; each has its color."""
    shapes = {
        "none": '<circle cx="10" cy="10" r="6"/>',
        "brief": '<path d="M10 3L18 17H2Z"/>',
        "outage": '<path d="M3 3H17V17H3ZM6 6L14 14M14 6L6 14"/>',
    }
    return f'<svg class="sign {impact}" viewBox="0 0 20 20" aria-hidden="true">{shapes[impact]}</svg>'


def told_lines(row: Document) -> list[str]:
    """All that the picture shows, in words."""
    switches = ((name, sign_lines(each)) for name, each in row["touched"]["switches"].items())
    return [*(f"{name}: {', '.join(lines)}" for name, lines in switches if lines), *map(told, drawn_links(row, 0))]


def _head(name: str, switch: Document) -> list[str]:
    """The lines above a switch: its name, and what changes on it beside links."""
    return [visible(line, _LETTERS) for line in (name, *head_lines(switch))]


def _between(links: dict[str, Drawn], top: int) -> Iterator[str]:
    """The keepalive and the peer-link, thin where nothing happens to them."""
    for kind, at in (("keepalive", top + 22), ("peer-link", top + 54)):
        drawn = links.get(kind)
        what = what_of(drawn) if drawn else "same"
        words = f"{kind}: {drawn.words}" if drawn else kind
        for line in (at - 2, at + 2) if kind == "peer-link" else (at,):
            yield f'<path class="{kind} {what}" d="M{EDGES[0]} {line}H{EDGES[1]}"/>'
        yield label(visible(words, 34), WIDTH // 2, at - 9, "word" if what == "same" else f"what {what}", "middle")


def _height(drawn: Drawn) -> int:
    return 38 if drawn.impact == "none" else 52


def _rows(drawn: Sequence[Drawn], top: int) -> Iterator[tuple[Drawn, int]]:
    for each in drawn:
        yield each, top
        top += _height(each) + _GAP


def _box(drawn: Drawn, top: int, switches: Sequence[str]) -> Iterator[str]:
    """What a link leads to, what becomes of it, and how much of it is noticed; with its ends on both sides."""
    left, right = _BOX
    height, middle = _height(drawn), WIDTH // 2
    yield f"<g><title>{text(told(drawn))}</title>"
    yield f'<rect class="box {drawn.impact}" x="{left}" y="{top}" width="{right - left}" height="{height}" rx="4"/>'
    yield label(_fitting(short(drawn.name), 140), middle, top + 16, "name", "middle")
    words = drawn.words or WHATS["same"]
    yield label(_fitting(words, 155), middle, top + 31, f"what {what_of(drawn)}", "middle")
    if drawn.impact != "none":
        yield label(IMPACT_WORDS[drawn.impact], middle, top + 45, f"impact {drawn.impact}", "middle")
    for side, switch in enumerate(switches):
        end = drawn.ends.get(switch)
        if end is None or end["interface"] is None:  # no such vPC here
            continue
        yield from _link(end["what"], EDGES[side], _BOX[side], top + height // 2)
        name = counted(len(drawn.names), "port") if len(drawn.names) > 1 else visible(short(end["interface"]), 11)
        edge, anchor = (EDGES[side] - 8, "end") if side == 0 else (EDGES[side] + 8, "start")
        yield label(name, edge, top + height // 2 + 4, "port-name", anchor)
    yield "</g>"


def _link(what: str, edge: int, end: int, at: int) -> Iterator[str]:
    """A link from the edge of a switch: thick from a full port, from a rhomb, crossed out, or thin."""
    yield f'<path class="link {what}" d="M{edge} {at}H{end}"/>'
    if what == "changed":
        yield f'<path class="port {what}" d="M{edge - 6} {at}l6 -6l6 6l-6 6Z"/>'
    else:
        yield f'<rect class="port {what}" x="{edge - 4}" y="{at - 4}" width="8" height="8"/>'
    middle = (edge + end) // 2
    if what == "gone":
        yield f'<path class="cross" d="M{middle - 5} {at - 5}l10 10m0 -10l-10 10"/>'
    if what == "new":
        yield f'<path class="plus" d="M{middle - 5} {at}h10m-5 -5v10"/>'


def _fitting(words: str, room: int) -> str:
    """As much of the words as fits; a small letter takes at most 7 of the room, a capital 11."""
    shown = visible(words)
    taken = accumulate(11 if letter.isupper() else 7 for letter in shown)
    return visible(shown, max(1, sum(each <= room for each in taken)))
