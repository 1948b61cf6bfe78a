"""A review as one HTML file that needs nothing else: the verdict first, then findings, then each pair with a picture.

No line and no step is left out of it: what is long is folded away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from mlagkit.report.document import Document
from mlagkit.report.findings import by_severity, origin_of, remedy, waived_words, worst_first
from mlagkit.report.page import names_text, page, text
from mlagkit.report.paint import counted
from mlagkit.report.plan.cells import Turn, implied_words, parted, turns_of
from mlagkit.report.plan.steps import Row, by_reason, costs_of, rows_of
from mlagkit.report.plan.summary import NO_IMPACT, UNCOMPARED, UNPROVEN, gate_words, impact_words, uncompared_words
from mlagkit.report.review.details import unchanged_words
from mlagkit.report.review.links import IMPACT_ORDER
from mlagkit.report.review.picture import WHATS, end_sample, impact_sign, review_picture, told_lines
from mlagkit.report.review.words import approval_words, because, error_words, setting_words, start_words, stop_words
from mlagkit.report.tree import SYMBOLS, Line, tree_of

STYLE = """
:root { color-scheme: light dark; --line: #d0d7de; --dim: #59636e; --back: #fff; --box: #f6f8fa; --text: #1f2328;
  --good: #1a7f37; --bad: #b3261e; --warn: #8a5a00; --mild: #0b57a4;
  --add: #dafbe1; --gone: #ffebe9; --change: #ddf4ff; }
@media (prefers-color-scheme: dark) { :root { --line: #3d444d; --dim: #9198a1; --back: #0d1117; --box: #151b23;
  --text: #f0f6fc; --good: #3fb950; --bad: #ff8f87; --warn: #e0b050; --mild: #7db7ff;
  --add: #12261e; --gone: #25171c; --change: #131d2e; } }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem;
  background: var(--back); color: var(--text); overflow-wrap: anywhere; }
h1 { font-size: 1.4rem; line-height: 1.3; } h2 { font-size: 1.2rem; margin: 0; }
h3 { font-size: 1rem; margin: 1.5rem 0 .5rem; } h4 { font-size: 1rem; margin: 0; font-weight: 600; }
p { margin: .25rem 0; } ul { margin: .25rem 0; padding-left: 1.25rem; } a { color: var(--mild); }
.dim { color: var(--dim); } .verdicts { list-style: none; padding: 0; } .verdicts li { margin: .4rem 0; }
section { border-top: 1px solid var(--line); margin-top: 2rem; padding-top: 1rem; }
.top { display: grid; gap: .5rem 1.5rem; } .top > * { min-width: 0; }
@media (min-width: 60rem) { .top { grid-template-columns: 1fr 23rem; } .top figure { grid-column: 2; grid-row: 1; } }
figure { margin: 0; } article { border: 1px solid var(--line); border-left: .3rem solid var(--line);
  border-radius: .4rem; padding: .5rem .75rem; margin: .6rem 0; break-inside: avoid; }
article.error, article.outage { border-left-color: var(--bad); }
article.warning, article.brief { border-left-color: var(--warn); } article.info { border-left-color: var(--mild); }
b.error, b.outage, b.worse { color: var(--bad); } b.warning, b.brief { color: var(--warn); }
b.info, b.new { color: var(--mild); } b.better, b.none { color: var(--good); } b.gone { color: var(--dim); }
.stops { border-left-color: var(--bad); } summary { cursor: pointer; color: var(--dim); }
table { border-collapse: collapse; width: 100%; table-layout: fixed; margin: .4rem 0; }
th { text-align: left; font-size: .85rem; color: var(--dim); border-bottom: 1px solid var(--line); }
td { font: .8rem/1.45 ui-monospace, monospace; vertical-align: top; white-space: pre-wrap; }
th, td { padding: .1rem .4rem; width: 50%; } td { padding-left: 1.6rem; text-indent: -1.2rem; }
td + td, th + th { border-left: 1px solid var(--line); }
td.add { background: var(--add); } td.remove { background: var(--gone); } td.replace { background: var(--change); }
td.empty { background: repeating-linear-gradient(135deg, transparent 0 6px, var(--box) 6px 12px); }
.key { display: flex; flex-wrap: wrap; gap: .1rem 1rem; color: var(--dim); font-size: .85rem; }
svg { width: 100%; max-width: 23rem; height: auto; font: 12px system-ui, sans-serif; }
svg.sample { width: 3rem; vertical-align: middle; } svg.sign { width: 1.1rem; vertical-align: -.2rem; }
text { fill: var(--text); } text.name { font-weight: 600; } text.word { fill: var(--dim); font-size: 11px; }
text.what, text.impact { font-size: 11px; } text.port-name { font-size: 10.5px; }
rect.switch { fill: var(--box); stroke: var(--dim); stroke-width: 1.5; }
rect.box { fill: var(--back); stroke: var(--dim); }
rect.box.brief { stroke: var(--warn); stroke-width: 2; }
rect.box.outage { stroke: var(--bad); stroke-width: 2.5; stroke-dasharray: 6 3; }
text.new { fill: var(--good); } text.changed { fill: var(--mild); } text.gone { fill: var(--bad); }
text.same { fill: var(--dim); } text.impact { font-weight: 600; } text.brief { fill: var(--warn); }
text.outage { fill: var(--bad); } path { fill: none; stroke: var(--dim); stroke-width: 1; }
path.link, path.peer-link { stroke-width: 2.5; } path.link.same, path.peer-link.same { stroke-width: 1; }
path.keepalive { stroke-width: 2; stroke-dasharray: 2 3; } path.keepalive.same { stroke-width: 1; }
path.new { stroke: var(--good); } path.changed { stroke: var(--mild); }
path.gone { stroke: var(--bad); stroke-dasharray: 6 3; }
path.cross { stroke: var(--bad); stroke-width: 2.5; } path.plus { stroke: var(--good); stroke-width: 3; }
path.port.changed { fill: var(--back); stroke-width: 2; } rect.port { fill: var(--back); stroke: var(--dim); }
rect.port.new { fill: var(--good); stroke: var(--good); } rect.port.gone { stroke: var(--bad); stroke-width: 1.5; }
.sign * { fill: none; stroke-width: 2; } .sign.none * { stroke: var(--good); }
.sign.brief * { stroke: var(--warn); fill: var(--warn); } .sign.outage * { stroke: var(--bad); }
@media print { body { margin: 0; max-width: none; } details::details-content { content-visibility: visible; }
  td, article, svg * { print-color-adjust: exact; } }
"""


_LISTED = 12
"""So many items of a list, and steps, are open; those beyond are folded away."""
_LINES = 60
"""So many lines that differ are open."""


def review_html(document: Document) -> str:
    """The page."""
    parts = [_made(document), _verdicts(document), *_findings(document["findings"])]
    parts += [part for number, row in enumerate(document["pairs"], 1) for part in _pair(row, number)]
    return page(f"mlagkit review: {document['verdict']}", STYLE, [*filter(None, parts), _bottom(document)])


def _made(document: Document) -> str:
    base = document["base"]
    words = f"Base: {base['commit'][:12]}, the merge base of {base['revision']} and {document['head'][:12]}"
    state = "" if document["commit"] else "; what is compared is no commit"
    return f'<p class="dim">{text(words + state)}</p>' + "".join(
        f'<p class="dim">{text(each)}</p>' for each in document["notes"]
    )


def _verdicts(document: Document) -> str:
    """A line for each pair that changed, and those that did not in one."""
    rows = [
        f'<li>{_sign(row)} <a href="#pair-{number}"><b>{text(row["pair"])}</b></a>{text(because(row))}: '
        f"{text(row['verdict'])}</li>"
        for number, row in enumerate(document["pairs"], 1)
    ]
    rows += [f"<li>{text(setting_words(row))}</li>" for row in document["settings"]]
    names = document["unchanged"]
    if names:
        rows.append(f"<li>{_folded(unchanged_words(names), [text(', '.join(names))])}</li>")
    return f'<ul class="verdicts">{"".join(rows)}</ul>' if rows else ""


def _sign(row: Document) -> str:
    plan = row["plan"]
    return impact_sign(plan["impact"]) if plan and plan["steps"] else ""


def _findings(found: Document) -> Iterator[str]:
    if found["new"]:
        rows = worst_first(found["new"])
        shown = max(_LISTED, sum(row["severity"] == "error" for row in rows))
        yield from ("<h3>New findings</h3>", *map(_finding, rows[:shown]))
        if rest := rows[shown:]:
            yield _folded(f"and {len(rest):,} more ({by_severity(rest)})", map(_finding, rest))
    for key, title in (("waived", "newly waived"), ("resolved", "resolved")):
        if found[key]:
            yield _folded(f"{len(found[key]):,} {title}", map(_finding, worst_first(found[key])))


def _finding(row: Document) -> str:
    where = ", ".join(filter(None, (row["pair"], row["switch"], row["object"])))
    more = [remedy(row), waived_words(row)]
    place = str(origin_of(row)) + (f" ({where})" if where else "")
    kind, words = row["severity"], text(f"{row['rule']} {row['name']}: {row['message']}")
    told = "".join(f"<p>{text(each)}</p>" for each in more if each)
    head = f'<h4><b class="{kind}">{kind}</b> {words}</h4>'
    return f'<article class="{kind}">{head}{told}<p class="dim">{text(place)}</p></article>'


def _pair(row: Document, number: int) -> Iterator[str]:
    yield f'<section id="pair-{number}"><h2>{text(row["pair"])}{text(because(row))}</h2>'
    facts = "".join([f"<p>{_sign(row)} {text(row['verdict'])}</p>", *_facts(row)])
    if row["touched"]:
        ends = (f"<span>{end_sample(what)} {words}</span>" for what, words in WHATS.items())
        words = _folded("in words", [_items_of(map(text, told_lines(row)))])
        key = f'<div class="key">{"".join(ends)}</div>'
        facts = f'<div class="top"><figure>{review_picture(row)}{key}{words}</figure><div>{facts}</div></div>'
    yield facts
    yield from _drift(row["drift"]) if row["drift"] else ()
    yield _compared("Both configurations, as they differ", row["switches"])
    if row["plan"]:
        yield from _plan(row["plan"])
    yield _drill(row["drill"])
    yield "</section>"


def _facts(row: Document) -> Iterator[str]:
    """What stands beside the picture: the file, the permissions that are needed, what the rules say of the way."""
    file = row["file"] or row["was"]
    yield f'<p class="dim">{text(file)}</p>' if file else ""
    plan = row["plan"]
    if plan is None:
        return
    yield from _list("Needs permission", stop_words(plan))
    yield from _list("Reload", [f"{name}: {why}" for name, why in plan["reloads"].items()])
    yield from _list("The switch may ask back", [f"{each['switch']}: {each['command']}" for each in plan["asks"]])
    yield from _list(UNPROVEN.capitalize(), [f"{each['switch']}: {each['command']}" for each in plan["unproven"]])
    yield from _list(UNCOMPARED.capitalize(), [*map(uncompared_words, plan["uncompared"])])
    for title, found in (
        ("New errors at its end", plan["findings"]),
        ("Waived errors at its end", plan["accepted"]),
        ("Errors between two steps only", plan["passing"]),
    ):
        yield from _list(title, [*map(error_words, found)])
    if plan["steps"]:
        yield f'<p class="dim">plan {text(plan["hash"])}, {text(start_words(row))}</p>'


def _list(title: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield f"<h3>{title}</h3>{_items([*map(text, lines)])}"


def _items(lines: Sequence[str]) -> str:
    """A list of HTML; what is beyond some is folded away."""
    shown, rest = (lines, ()) if len(lines) <= _LISTED + 1 else (lines[:_LISTED], lines[_LISTED:])
    more = f"<li>{_folded(f'and {len(rest):,} more', [_items_of(rest)])}</li>" if rest else ""
    return _items_of(shown, more)


def _items_of(lines: Iterable[str], more: str = "") -> str:
    return f"<ul>{''.join(f'<li>{line}</li>' for line in lines)}{more}</ul>"


def _folded(title: str, parts: Iterable[str]) -> str:
    return f"<details><summary>{title}</summary>{''.join(parts)}</details>"


def _drift(found: Document) -> Iterator[str]:
    """What would bring the live switches back to the base, and which of them were not read."""
    switches = {name: switch for name, switch in found["switches"].items() if "error" not in switch}
    yield _compared("Drift before this change: what the switches need to be as the base says", switches)
    for name, switch in found["switches"].items():
        if "error" in switch:
            yield f'<p><b class="error">not read</b>: {text(name)}: {text(switch["error"])}</p>'
        elif switch["uncompared"]:
            references = ", ".join(switch["uncompared"])
            yield f"<p>not compared on {text(name)}, since the secret can't be had: {text(references)}</p>"


def _compared(title: str, switches: Document) -> str:
    """Both switches side by side, as far as they differ; the side that has not a line is hatched."""
    names = list(switches)
    root = tree_of((name, change) for name in names for change in switches[name]["changes"])
    rows = [_tree_row(depth, line, names) for depth, line in root.walk()]
    if not rows:
        return ""
    table = _table(names, "".join(rows))
    shown = table if len(rows) <= _LINES else _folded(f"{len(rows):,} lines", [table])
    return f"<h3>{title}</h3>{shown}"


def _tree_row(depth: int, line: Line, names: Sequence[str]) -> str:
    indent = "  " * depth
    words = f"{SYMBOLS[line.action]} {indent}{text(line.text)}"
    if line.old is not None:
        words += f"<div>  {indent}was: {text(line.old)}</div>"
    style = f' class="{line.action}"' if line.action else ""
    cells = (f"<td{style}>{words}</td>" if name in line.switches else '<td class="empty"></td>' for name in names)
    return f"<tr>{''.join(cells)}</tr>"


def _table(names: Sequence[str], rows: str) -> str:
    heads = "".join(f'<th scope="col">{text(name)}</th>' for name in names)
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def _plan(plan: Document) -> Iterator[str]:
    """The steps in their order; of many the rest is folded away, behind the worst of its impacts."""
    if not plan["steps"]:
        return
    yield f"<h3>Plan: {text(plan['summary'])}</h3>"
    rows = rows_of(plan["steps"])
    shown = rows if len(rows) <= _LISTED + 1 else rows[:_LISTED]
    yield from (_steps(row, plan["switches"]) for row in shown)
    if rest := rows[len(shown) :]:
        worst = min((step["impact"] for row in rest for step in row), key=IMPACT_ORDER.index)
        title = f"{impact_sign(worst)} and {len(rest):,} more"
        yield _folded(title, (_steps(row, plan["switches"]) for row in rest))


def _steps(row: Row, names: Sequence[str]) -> str:
    """A step, or two that bring both switches equally far: what for, what is typed, who notices, and the way back."""
    worst = min((step["impact"] for step in row), key=IMPACT_ORDER.index)
    heads = "; ".join(f"{', '.join(steps)}: {reason}" for reason, steps in by_reason(row).items())
    waits = [step for step in row if step["gate"]]
    gates = (f'<p class="dim">gate after {step["step"]}: {text(gate_words(step["gate"]))}</p>' for step in waits)
    parts = [
        f'<article class="{worst}"><h4>{text(heads)}</h4>',
        *_costs(row),
        _beside(row, "commands", names),
        *gates,
        _folded("undo", [_beside(row, "undo", names)]),
        "</article>",
    ]
    return "".join(parts)


def _costs(row: Row) -> Iterator[str]:
    """What is noticed, and by whom."""
    for which, step in costs_of(row):
        kind, _, who = impact_words(step["impact"], step["affected"]).partition(": ")
        told = f": {text(who)}" if who and kind != NO_IMPACT else ""
        yield f'<p>{impact_sign(step["impact"])} {which}<b class="{step["impact"]}">{text(kind)}</b>{told}</p>'


def _beside(row: Row, key: str, names: Sequence[str]) -> str:
    """Lines of both switches beside each other; of a switch that has none in this step nothing is shown."""
    sides = {step["switch"]: step[key] or ["(nothing)"] for step in row}
    shown = [name for name in names if name in sides]
    lines = zip_longest(*(sides[name] for name in shown), fillvalue="")
    rows = "".join(f"<tr>{''.join(f'<td>{text(line)}</td>' for line in some)}</tr>" for some in lines)
    return _table(shown, rows)


def _drill(cells: Sequence[Document]) -> str:
    shown, implied = parted(cells)
    turns = [*map(_turn, turns_of(shown))]
    if not turns:
        return ""
    more = f'<p class="dim">{implied_words(implied)}</p>' if implied else ""
    return f"<h3>What changes in the drill</h3>{_items(turns)}{more}"


def _turn(turn: Turn) -> str:
    told = [text(why) for why in turn.reasons if why] if turn.kind == "worse" else []
    more = _folded(f"and {counted(len(told) - 1, 'more reason')}", [_items_of(told[1:])]) if told[1:] else ""
    why = f'<p class="dim">{told[0]}</p>{more}' if told else ""
    who = f"{names_text(turn.hosts)}: {text(turn.words)}, after {names_text(turn.events)}"
    return f'<b class="{turn.kind}">{turn.kind}</b>: {who}{why}'


def _bottom(document: Document) -> str:
    words = f"again: mlagkit review --base {document['base']['revision']}; {document['tool']}; {document['day']}"
    return "".join(f'<p class="dim">{text(each)}</p>' for each in (*approval_words(document), words))
