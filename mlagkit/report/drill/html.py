"""Drills as one HTML file that needs nothing else: a picture for each row, no script, light and dark by the reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from mlagkit.report.document import Document
from mlagkit.report.drill.fate import Group, reasons_of
from mlagkit.report.drill.picture import link_sample, picture
from mlagkit.report.drill.rows import Row, steps_of, table_of
from mlagkit.report.drill.switches import UNCHANGED, Start, pair_words
from mlagkit.report.drill.text import NO_WORSE, broken_words, counted_lines, meanings
from mlagkit.report.page import names_text, page, text
from mlagkit.report.paint import counted

_STYLE = """
:root { color-scheme: light dark; --line: #d0d7de; --dim: #59636e; --back: #fff; --box: #f6f8fa; --text: #1f2328;
  --good: #1a7f37; --bad: #b3261e; --warn: #8a5a00; --mild: #0b57a4; }
@media (prefers-color-scheme: dark) { :root { --line: #3d444d; --dim: #9198a1; --back: #0d1117; --box: #151b23;
  --text: #f0f6fc; --good: #3fb950; --bad: #ff8f87; --warn: #e0b050; --mild: #7db7ff; } }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 64rem; margin: 2rem auto; padding: 0 1rem;
  background: var(--back); color: var(--text); overflow-wrap: anywhere; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.2rem; margin-top: 2.5rem; } h3 { font-size: 1rem; margin: 0 0 .5rem; }
p { margin: .25rem 0; } ul { margin: .25rem 0; padding-left: 1.25rem; }
.summary { font-size: 1.1rem; } .broken { color: var(--bad); font-weight: 600; } .dim { color: var(--dim); }
article { border: 1px solid var(--line); border-left: .3rem solid var(--line); border-radius: .4rem;
  padding: .75rem; margin: 1rem 0; display: grid; gap: .5rem 1.5rem; }
@media (min-width: 48rem) { article { grid-template-columns: 1fr 23rem; } }
article.cut-off, article.partly-cut-off { border-left-color: var(--bad); }
article.interrupted { border-left-color: var(--warn); } article.degraded { border-left-color: var(--mild); }
b.cut-off, b.partly-cut-off { color: var(--bad); } b.interrupted { color: var(--warn); }
b.degraded { color: var(--mild); }
dl { margin: 0; } dt { color: var(--dim); font-size: .85rem; margin-top: .4rem; } dd { margin: 0; }
.key { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; color: var(--dim); font-size: .9rem; margin: .75rem 0; }
svg { width: 100%; max-width: 23rem; height: auto; font: 12px system-ui, sans-serif; }
svg.sample { width: 3.75rem; vertical-align: middle; }
text { fill: var(--text); } text.name { font-weight: 600; } text.word, text.fate { font-size: 11px; }
text.word { fill: var(--dim); } text.port-name { font-size: 10.5px; }
rect.switch { fill: var(--box); stroke: var(--dim); stroke-width: 1.5; }
rect.dead { stroke-dasharray: 5 4; fill: none; }
rect.host { fill: var(--back); stroke: var(--dim); }
rect.host.cut-off { stroke: var(--bad); stroke-width: 2.5; stroke-dasharray: 6 3; }
rect.host.partly-cut-off { stroke: var(--bad); stroke-width: 2.5; }
rect.host.interrupted { stroke: var(--warn); stroke-width: 2; } rect.host.degraded { stroke: var(--mild); }
text.fate.cut-off, text.fate.partly-cut-off { fill: var(--bad); font-weight: 600; }
text.fate.interrupted { fill: var(--warn); } text.fate.degraded { fill: var(--mild); }
path { fill: none; stroke: var(--dim); stroke-width: 1.5; }
path.works { stroke: var(--good); } path.link { stroke-width: 2.5; } path.keepalive { stroke-dasharray: 1 3; }
path.lost { stroke: var(--warn); stroke-dasharray: 6 3; } path.stop { stroke: var(--warn); stroke-width: 3; }
path.down { stroke: var(--bad); stroke-dasharray: 2 4; } path.cross { stroke: var(--bad); stroke-width: 2.5; }
rect.port { fill: var(--back); stroke: var(--dim); stroke-width: 1.5; }
rect.port.works { fill: var(--good); stroke: var(--good); } rect.port.lost { stroke: var(--warn); }
rect.port.down { stroke: var(--bad); }
"""
_LINKS = {
    "works": "the link works",
    "leads nowhere": "it is up and leads nowhere",
    "down": "the host sees it down",
}


def drill_html(pairs: Sequence[Document]) -> str:
    """What was found on each pair, then every row with its picture, the worst first."""
    title = f"mlagkit drill: {', '.join(pair['pair'] for pair in pairs)}"
    return page(title, _STYLE, (part for pair in pairs for part in _pair(pair, titled=len(pairs) > 1)))


def _pair(pair: Document, *, titled: bool) -> Iterator[str]:
    table = steps_of(pair) if pair["sequence"] else table_of(pair)
    start, first = Start.of(pair), pair["scenarios"][0]
    yield "<section>" + (f"\n<h2>{text(pair['pair'])}</h2>" if titled else "")
    yield f'<p class="summary">{text(pair["summary"])}</p>'
    yield from (f'<p class="broken">{text(line)}</p>' for line in broken_words(pair))
    samples = (f"<span>{link_sample(state)} {words}</span>" for state, words in _LINKS.items())
    yield f'<div class="key">{"".join(samples)}</div>'
    rows = table.rows if pair["sequence"] else [*steps_of(pair).rows[:1], *(row for row in table.rows if row.events)]
    yield from (_article(row, first, start) for row in rows)
    lines = [*counted_lines(pair, table), *meanings(group for row in rows for group in row.groups)]
    yield from (f'<p class="dim">{text(line)}</p>' for line in lines)
    yield "</section>"


def _article(row: Row, first: Document, start: Start) -> str:
    before = start.before(row.scenario)
    words = pair_words(row.scenario, before)
    facts = [] if words == [UNCHANGED] else [f"<dt>switches</dt>{_items(map(text, words))}"]
    if not row.groups:
        facts.append(f"<dt>hosts</dt>{_items(['none is affected'])}")
    else:
        facts.append(f"<dt>hosts</dt>{_items([*map(_hosts, row.groups), *_others(row)])}")
    reasons = [f"{names_text(names)}: {text(why)}" for why, names in reasons_of(row.groups)]
    if reasons:
        facts.append(f"<dt>why</dt>{_items(reasons)}")
    worst = row.groups[0].fate.value.replace(" ", "-") if row.groups else "unaffected"
    hosts = first["hosts"] | row.scenario["hosts"]
    return "\n".join(
        [
            f'<article class="{worst}">',
            f"<div><h3>{text(row.words)}</h3>\n<dl>{''.join(facts)}</dl></div>",
            picture(row.scenario, before, hosts),
            "</article>",
        ]
    )


def _items(lines: Iterable[str]) -> str:
    return "".join(f"<dd>{line}</dd>" for line in lines)


def _hosts(group: Group) -> str:
    style = group.fate.value.replace(" ", "-")
    return f'<b class="{style}">{text(group.words)}</b>: {names_text(group.names)}'


def _others(row: Row) -> Iterator[str]:
    if row.others:
        yield f'<span class="dim">{counted(row.others, "other")}: {NO_WORSE}</span>'
