"""A picture of a pair in one scenario: two switches, what joins them, and hosts between them, by shape and by color.

It is as wide as a phone and grows downwards. Hosts that fare alike over links that are alike are drawn once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mlagkit.excerpt import visible
from mlagkit.report.document import Document
from mlagkit.report.drill.fate import Fate, badness, fate_of, fate_words, seconds_words
from mlagkit.report.drill.scenarios import events_words
from mlagkit.report.drill.switches import stand_words, switch_words
from mlagkit.report.page import text
from mlagkit.report.paint import counted
from mlagkit.report.picture import EDGES, LINE, WIDTH, heads, label, short

_HOST = (114, 246)  # the left and the right edge of a host
_PITCH, _HEIGHT = 48, 38
_LINKS_DRAWN = 3
_CLASSES = {"works": "works", "leads nowhere": "lost", "down": "down"}


@dataclass(frozen=True, slots=True)
class Drawn:
    """Hosts that are drawn as one: their names, and how any of them fares."""

    names: Sequence[str]
    host: Document


def picture(scenario: Document, start: Document, hosts: Document) -> str:
    """The picture of a scenario, ``start`` being what there is before it and ``hosts`` all of the pair."""
    drawn = _drawn(hosts)
    lines = [_head(name, switch, start["switches"][name]) for name, switch in scenario["switches"].items()]
    top = LINE * max(map(len, lines)) + 10
    bottom = top + 76 + _PITCH * len(drawn)
    parts = [
        f'<svg viewBox="0 0 {WIDTH} {bottom + 4}" role="img">',
        f"<title>{text(_told(scenario, drawn))}</title>",
        *heads(lines),
        *_switches(scenario, top, bottom),
        *_between(scenario, top),
    ]
    for number, each in enumerate(drawn):
        parts += _host(each, list(scenario["switches"]), top + 72 + _PITCH * number)
    return "\n".join([*parts, "</svg>"])


def link_sample(state: str) -> str:
    """A link in that state by itself, for the key of a page."""
    link = "".join(_link(_CLASSES[state], 14, 58, 10))
    return f'<svg class="sample" viewBox="0 0 60 20" aria-hidden="true">{link}</svg>'


def _told(scenario: Document, drawn: Sequence[Drawn]) -> str:
    """What the picture shows, for who can't see it."""
    switches = [f"{name}: {stand_words(switch)}" for name, switch in scenario["switches"].items()]
    hosts = [f"{', '.join(each.names)}: {fate_words(each.host)}" for each in drawn]
    return ". ".join([events_words(scenario["events"]), *switches, *hosts])


def _drawn(hosts: Document) -> list[Drawn]:
    found: dict[tuple[object, ...], list[str]] = {}
    for name, host in sorted(hosts.items()):
        links = tuple((link["switch"], link["state"]) for link in host["links"])
        found.setdefault((fate_words(host), *links), []).append(name)
    drawn = [Drawn(names, hosts[names[0]]) for names in found.values()]
    return sorted(drawn, key=lambda each: badness(each.host), reverse=True)


def _head(name: str, switch: Document, start: Document) -> list[str]:
    """The lines above a switch: its name, its role, what changed on it."""
    role = switch["role"] if switch["alive"] else "down"
    words = [word for word in switch_words(switch, start) if word != role]
    return [visible(name, 28), "no role" if role == "none" else role, *(visible(word, 34) for word in words)]


def _switches(scenario: Document, top: int, bottom: int) -> Iterator[str]:
    for at, switch in zip((4, EDGES[1]), scenario["switches"].values(), strict=True):
        style = "switch" if switch["alive"] else "switch dead"
        yield f'<rect class="{style}" x="{at}" y="{top}" width="72" height="{bottom - top}" rx="6"/>'
        if not switch["alive"]:
            yield _cross(at + 36, top + 30, 12)


def _between(scenario: Document, top: int) -> Iterator[str]:
    """The keepalive and the peer-link."""
    switches = list(scenario["switches"].values())
    hears = [switch["keepalive"] == "alive" for switch in switches]
    keepalive = "alive" if all(hears) else "heard by one only" if any(hears) else "dead"
    states = sorted({switch["peer_link"] for switch in switches}, key=lambda state: state == "up")
    yield from _cable("keepalive", f"keepalive {keepalive}", top + 22, works=all(hears))
    yield from _cable("peer", f"peer-link {states[0]}", top + 54, works=states == ["up"])


def _cable(kind: str, words: str, at: int, *, works: bool) -> Iterator[str]:
    one, other = EDGES
    middle = (one + other) // 2
    lines = (at - 2, at + 2) if kind == "peer" else (at,)
    for line in lines:
        yield f'<path class="{kind} {"works" if works else "down"}" d="M{one} {line}H{other}"/>'
    if not works:
        yield _cross(middle, at, 6)
    yield label(words, middle, at - 9, "word", "middle")


def _host(each: Drawn, switches: Sequence[str], top: int) -> Iterator[str]:
    left, right = _HOST
    fate = fate_of(each.host)
    style = fate.value.replace(" ", "-")
    yield f"<g><title>{text(', '.join(each.names))}: {text(fate_words(each.host))}</title>"
    yield f'<rect class="host {style}" x="{left}" y="{top}" width="{right - left}" height="{_HEIGHT}" rx="4"/>'
    name = visible(each.names[0], 20) if len(each.names) == 1 else counted(len(each.names), "host")
    middle = (left + right) // 2
    yield label(name, middle, top + 16, "name", "middle")
    yield label(_short_fate(each.host, fate), middle, top + 31, f"fate {style}", "middle")
    for side, switch in enumerate(switches):
        links = [link for link in each.host["links"] if link["switch"] == switch]
        yield from _links(links, len(each.names), side, top + _HEIGHT // 2)
    yield "</g>"


def _short_fate(host: Document, fate: Fate) -> str:
    return f"{fate} {seconds_words(host['seconds'])}" if fate is Fate.INTERRUPTED else fate


def _links(links: Sequence[Document], hosts: int, side: int, middle: int) -> Iterator[str]:
    """The links to one switch, the worst of them first where there are too many to draw."""
    shown = sorted(links, key=lambda link: list(_CLASSES).index(link["state"]), reverse=True)[:_LINKS_DRAWN]
    for number, link in enumerate(shown):
        at = middle + 10 * number - 5 * (len(shown) - 1)
        yield from _link(_CLASSES[link["state"]], EDGES[side], _HOST[side], at)
    if links:
        one = len(links) == 1 and hosts == 1
        words = visible(short(links[0]["interface"]), 11) if one else counted(len(links) * hosts, "port")
        edge, anchor = (EDGES[side] - 8, "end") if side == 0 else (EDGES[side] + 8, "start")
        yield label(words, edge, middle + 4, "port-name", anchor)


def _link(style: str, edge: int, end: int, at: int) -> Iterator[str]:
    """A link from the edge of a switch: whole with a full port, cut before the port, or dotted with a cross."""
    step = 1 if edge < end else -1
    near = edge + step * 16 if style == "lost" else edge
    yield f'<path class="link {style}" d="M{near} {at}H{end}"/>'
    yield f'<rect class="port {style}" x="{edge - 4}" y="{at - 4}" width="8" height="8"/>'
    if style == "lost":
        yield f'<path class="stop" d="M{near} {at - 6}V{at + 6}"/>'
    if style == "down":
        yield _cross((edge + end) // 2, at, 5)


def _cross(x: int, y: int, size: int) -> str:
    return (
        f'<path class="cross" d="M{x - size} {y - size}l{2 * size} {2 * size}m0 -{2 * size}l-{2 * size} {2 * size}"/>'
    )
