"""``mlagkit rules``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from mlagkit.cli.command import command
from mlagkit.cli.options import Options
from mlagkit.cli.output import emit
from mlagkit.report.document import to_json
from mlagkit.report.paint import paint

if TYPE_CHECKING:
    from mlagkit.explanation import Explanation


@command("text", "json", "markdown", heeds=("color",))
@click.argument("rule", required=False, metavar="[ID]")
@click.option("--rules", multiple=True, type=click.Path(), metavar="FILE", help="The rules in it, too.")
def rules(options: Options, rule: str | None, rules: tuple[str, ...]) -> None:
    """List the rules; with an id or a name, explain one: why, a bad and a good example, what to do.

    With the letters alone that ids begin with (PL), those of that family are listed.
    """
    from mlagkit.explanation import explanations
    from mlagkit.validate import Rules

    known = explanations(Rules.of(rules).rules)
    if rule is None:
        emit(options, _all(options, known), public=True)
    elif family := [each for each in known if each.id.rstrip("0123456789") == rule.upper()]:
        emit(options, _all(options, family), public=True)
    else:
        emit(options, _one(options, _found(rule, known)), public=True)


def _found(word: str, known: Sequence[Explanation]) -> Explanation:
    from mlagkit.explanation import explanation_of
    from mlagkit.source.nearest import nearest

    found = explanation_of(word, known)
    if found is None:
        family = [each.id for each in known if each.id.startswith(word[:2].upper())]
        likely = nearest(word, family) or nearest(word, [name for each in known for name in (each.id, each.name)])
        hint = f"did you mean {likely}?" if likely else "`mlagkit rules` lists them"
        raise click.UsageError(f"there is no rule {word}; {hint}")
    return found


def _all(options: Options, known: Sequence[Explanation]) -> str:
    from mlagkit.report.rules import rules_document, rules_index, rules_text

    match options.format:
        case "json":
            return to_json(rules_document(known))
        case "markdown":
            return rules_index(known)
        case _:
            return rules_text(known, paint(options.color))


def _one(options: Options, rule: Explanation) -> str:
    from mlagkit.report.rules import rule_page, rule_text, rules_document

    match options.format:
        case "json":
            return to_json(rules_document([rule]))
        case "markdown":
            return rule_page(rule)
        case _:
            return rule_text(rule, paint(options.color))
