"""Rules in words: ``mlagkit.rules/1``, the list and the explanation on a terminal, the pages of the documentation."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from mlagkit.excerpt import visible
from mlagkit.explanation import Explanation
from mlagkit.input_rules import can_be_waived
from mlagkit.report.document import Document
from mlagkit.report.findings import COLORS
from mlagkit.report.markdown import fenced
from mlagkit.report.paint import Paint, plain

_EXAMPLES = {"Bad": "yaml", "Bad config": "text", "Good": "yaml", "Good config": "text"}
_LOOKS_AT = {"input": "an input", "switch": "one switch", "pair": "both switches", "site": "all pairs of a site"}
INDEX = "README.md"
"""The name of the page that lists all others: hosts of repositories show it for the folder."""
_INDEX_HEAD = """\
# Rules

Written by `make rules-docs` from the docstrings of the rules; `mlagkit rules ID` says the same.

Two running-configs (`validate --running`) are judged by every rule that looks at a switch or at both. Where the page
of a rule has a section *Needs*, they do not tell it enough, and it finds nothing. Raw lines of `extra` and waivers are
in pair files only.

| id | severity | looks at | name | summary |
|---|---|---|---|---|
"""


def rules_document(rules: Iterable[Explanation]) -> Document:
    """The rules as ``mlagkit.rules/1``; a section that a rule has no text for is missing."""
    return {"format": "mlagkit.rules/1", "rules": [_row(rule) for rule in rules]}


def _row(rule: Explanation) -> Document:
    head = {
        "id": rule.id,
        "name": rule.name,
        "severity": rule.severity.value,
        "scope": rule.scope,
        "summary": rule.summary,
    }
    return head | {heading.lower().replace(" ", "_"): text for heading, text in rule.sections.items()}


def rules_text(rules: Sequence[Explanation], paint: Paint = plain) -> str:
    """A line for each rule: id, severity, scope, name, summary."""
    longest = max((len(rule.name) for rule in rules), default=0)
    lines = []
    for rule in rules:
        severity = paint(COLORS[rule.severity], f"{rule.severity:7}")
        lines.append(f"{rule.id}  {severity}  {rule.scope:6}  {visible(rule.name):{longest}}  {visible(rule.summary)}")
    return "".join(f"{line}\n" for line in lines)


def rule_text(rule: Explanation, paint: Paint = plain) -> str:
    """Everything that is known of one rule."""
    severity = paint(COLORS[rule.severity], rule.severity)
    head = f"{paint('bold', rule.id)} {visible(rule.name)}: {severity}, looks at {_LOOKS_AT[rule.scope]}"
    parts = [head, visible(rule.summary)]
    for heading, text in rule.sections.items():
        lines = "\n".join(map(visible, text.split("\n")))
        parts.append(f"{paint('bold', f'{heading}:')}\n{textwrap.indent(lines, '    ')}")
    return "\n\n".join(parts) + "\n"


def rule_page(rule: Explanation) -> str:
    """The page of one rule, in Markdown."""
    parts = [
        f"# {rule.id}: {rule.name}",
        f"{rule.severity.capitalize()}; looks at {_LOOKS_AT[rule.scope]}.",
        _prose(rule.summary),
    ]
    for heading, text in rule.sections.items():
        part = fenced(text.split("\n"), _EXAMPLES[heading]) if heading in _EXAMPLES else _prose(text)
        parts += [f"## {heading}", part]
    if can_be_waived(rule.id):
        parts += ["## Accept it", _accepted(rule)]
    return "\n\n".join(parts) + "\n"


def _accepted(rule: Explanation) -> str:
    return (
        f"With a comment on the line that the finding points at, `# mlagkit: allow {rule.name}`, or with a waiver in"
        f" the pair file:\n\n```yaml\nwaivers:\n"
        f"  {rule.id} vpcs.12: {{reason: why, owner: who, expires: 2027-01-31}}\n```"
    )


def rules_index(rules: Iterable[Explanation]) -> str:
    """The page that lists the rules."""
    rows = [
        f"| [{rule.id}]({rule.id}.md) | {rule.severity} | {rule.scope} | {rule.name} | {_prose(rule.summary)} |"
        for rule in rules
    ]
    return _INDEX_HEAD + "".join(f"{row}\n" for row in rows)


def pages(rules: Sequence[Explanation]) -> Iterator[tuple[str, str]]:
    """Every file of the folder of rule pages: its name and its text."""
    yield INDEX, rules_index(rules)
    for rule in rules:
        yield f"{rule.id}.md", rule_page(rule)


def _prose(text: str) -> str:
    """A paragraph of a docstring; outside of code no character of it is markup."""
    parts = text.split("`")
    parts[::2] = [part.replace("<", "&lt;").replace("*", r"\*").replace("|", r"\|") for part in parts[::2]]
    return "`".join(parts)
