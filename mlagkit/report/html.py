"""Findings as one HTML file that needs nothing else: no script, no address, light and dark as the reader has it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from mlagkit.excerpt import excerpt
from mlagkit.explanation import Explanation
from mlagkit.report.document import Document
from mlagkit.report.findings import origin_of, parted, remedy, summary, waived_words, worst_first
from mlagkit.report.page import page, text
from mlagkit.report.paint import counted

_STYLE = """
:root { color-scheme: light dark; --line: #d0d7de; --dim: #59636e; --code: #f6f8fa;
  --error: #b3261e; --warning: #8a5a00; --info: #0b57a4; }
@media (prefers-color-scheme: dark) { :root { --line: #3d444d; --dim: #9198a1; --code: #151b23;
  --error: #ff8f87; --warning: #e0b050; --info: #7db7ff; } }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
article { border-left: .25rem solid var(--line); padding: .25rem 1rem; margin: 1.25rem 0; }
h1 { font-size: 1.4rem; } h2 { font-size: 1rem; margin: 0; } p { margin: .25rem 0; }
.error { border-color: var(--error); } .error b { color: var(--error); }
.warning { border-color: var(--warning); } .warning b { color: var(--warning); }
.info { border-color: var(--info); } .info b { color: var(--info); }
.place, .where { color: var(--dim); overflow-wrap: anywhere; }
pre { background: var(--code); padding: .5rem; overflow-x: auto; }
"""


def html_report(
    document: Document, sources: Mapping[str, str], checked: Sequence[str], known: Sequence[Explanation]
) -> str:
    """The findings with their source lines, the worst first, why each rule is there, and what is waived.

    ``sources`` maps file names to texts, as for `findings_text`.
    """
    rows, waived = parted(document)
    rules = {rule.id: rule for rule in known}
    parts = [_article(row, sources, rules) for row in worst_first(rows)]
    if waived:
        parts.append(f"<details>\n<summary>{counted(len(waived), 'waived finding')}</summary>")
        parts += [*(_article(row, sources, rules) for row in worst_first(waived)), "</details>"]
    return page(f"mlagkit: {summary(document, checked)}", _STYLE, parts)


def _article(row: Document, sources: Mapping[str, str], rules: Mapping[str, Explanation]) -> str:
    origin = origin_of(row)
    where = ", ".join(filter(None, (row["pair"], row["switch"], row["object"])))
    line = excerpt(origin, sources)
    parts = [
        f'<article class="{row["severity"]}">',
        f"<h2><b>{row['severity']}</b> {row['rule']} {text(row['name'])}: {text(row['message'])}</h2>",
        f'<p class="place">{text(str(origin))}</p>',
        f'<p class="where">{text(where)}</p>' if where else "",
        f"<pre>{escape(line)}</pre>" if line else "",
        f"<p>{text(remedy(row))}</p>" if remedy(row) else "",
        f"<p>{text(waived_words(row))}</p>" if row["waived"] else "",
        _why(rules.get(row["rule"]), remedy(row)),
        "</article>",
    ]
    return "\n".join(filter(None, parts))


def _why(rule: Explanation | None, said: str) -> str:
    """What the rule is for and how to mend it, folded away, but for what was said already."""
    if rule is None:
        return ""
    told = [("", rule.summary), ("Why: ", rule.sections.get("Why", "")), ("Fix: ", rule.sections.get("Fix", ""))]
    lines = [(word, " ".join(words.split())) for word, words in told]
    texts = "".join(f"<p>{word}{text(words)}</p>" for word, words in lines if words and words not in said)
    return f"<details><summary>about {rule.id}</summary>{texts}</details>"
