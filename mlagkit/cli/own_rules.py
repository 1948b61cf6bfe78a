"""``--rules``: what a site lays down beside the shipped rules, as it lies here or as a revision has it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from mlagkit.errors import Refused
from mlagkit.excerpt import visible

if TYPE_CHECKING:
    from mlagkit.intent import Pair
    from mlagkit.validate import Rules

ruled = click.option("--rules", multiple=True, type=click.Path(), metavar="FILE", help="Judge by the rules in it, too.")
"""Gives a command the option that names files of own rules."""
trusted = click.option(
    "--allow-local-rules", is_flag=True, help="Run own rules as they lie here, and not as --base has them."
)
"""Gives a command that changes switches the option by which somebody vouches for them."""


def rules_of_plan(pairs: Sequence[Pair], given: Mapping[str, Any]) -> Rules:
    """The rules by which a plan is judged: with ``--base`` those of that revision, by which its push is judged, too."""
    if not given["base"]:
        return rules_here(given)
    from mlagkit.cli.set_by_file import file_settings
    from mlagkit.review.own import rules_at

    place = Path(pairs[0].file) if pairs else Path.cwd() / "plan"
    rules, absent = rules_at(given["base"], place, given["rules"], file_settings())
    for file in absent:
        click.echo(visible(f"warning: {given['base']} has no {file}, so none of its rules is asked"), err=True)
    return rules


def rules_of_push(pairs: Sequence[Pair], given: Mapping[str, Any]) -> Rules:
    """The same for a push, which runs none from the working tree (trust.md, S17) unless somebody vouches for them.

    A settings file may come with the change that is pushed, so neither that nor the revision may be said there. Refused
    where rules are named and may not run.
    """
    if given["allow_local_rules"]:
        if _is_said_by_file("allow_local_rules"):
            raise Refused("--allow-local-rules is for whoever pushes to say: a settings file may not say it for them")
        click.echo("warning: --allow-local-rules: own rules run as they lie here, with the login of the push", err=True)
        return rules_here(given)
    if given["base"] and not _is_said_by_file("base"):
        return rules_of_plan(pairs, given)
    if given["rules"]:
        raise Refused(
            f"own rules ({', '.join(given['rules'])}) do not run as they lie here while a push has its login: "
            "--base REF on the command line asks those of a revision, --allow-local-rules these"
        )
    return rules_here(given)


def _is_said_by_file(option: str) -> bool:
    return click.get_current_context().get_parameter_source(option) is ParameterSource.DEFAULT_MAP


def rules_here(given: Mapping[str, Any]) -> Rules:
    """Every rule, with own ones as they lie here."""
    from mlagkit.validate import Rules

    return Rules.of(given["rules"])
