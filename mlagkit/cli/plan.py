"""``mlagkit plan``."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from os.path import isdir
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mlagkit.cli.command import READING, command
from mlagkit.cli.compared import Compared, compared, compares, loaded, secret_mask
from mlagkit.cli.options import Options
from mlagkit.cli.output import emit
from mlagkit.cli.own_rules import ruled, rules_of_plan
from mlagkit.cli.permissions import permits
from mlagkit.errors import DeviceError, Refused
from mlagkit.excerpt import visible
from mlagkit.report.document import Document, to_json
from mlagkit.report.paint import counted, paint

if TYPE_CHECKING:
    from mlagkit.intent import Pair
    from mlagkit.plan import Plan
    from mlagkit.rules.rule import Rule

NOT_EMPTY = 1
GOOD_FOR = timedelta(days=1)
"""How long a plan may be carried out: 24 hours (``trust.md``, S16), in whole days, which is what ``--date`` tells."""


@command("text", "json", heeds=("color", "verbose", "jobs", "date"), jobs=READING)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@compares
@ruled
@click.option("--save", metavar="FILE", help="Write the plan to this file, too: whole, and always as JSON.")
@click.option("--isolate", metavar="SWITCH", help="Take this switch out of service instead.")
@permits
@click.option("--detailed-exitcode", is_flag=True, help="End with 1 where anything has to change.")
@click.option("--annotate", is_flag=True, help="Show the line of the pair file that each command comes from.")
def plan(
    options: Options,
    paths: tuple[str, ...],
    allow: tuple[str, ...],
    max_delete: int,
    max_pairs: int,
    detailed_exitcode: bool,
    annotate: bool,
    **given: str,
) -> None:
    """Show the steps by which both switches come to do what the pair file says, what they cost, and the way back.

    Nothing is changed. With --isolate they take a switch out of service, and the pair file says only whose it is.

    The exit code is 4 where a step needs a permission that was not given, or a limit is exceeded;
    the plan is shown all the same. With --switch the steps of the other one are not shown.
    """
    from mlagkit.report.plan.document import narrowed, plans_document
    from mlagkit.validate import named

    every, isolated = loaded(paths, given), given["isolate"]
    rules = rules_of_plan(every, given).rules
    shown = named(every, given["switch"])
    pairs = [pair for pair in every if {*pair.hostnames} & {*named(every, isolated)}]
    plans = [
        _document(options, pair, made, allow, max_delete)
        for pair, made in _planned(_readable(compared(options, pairs, given)), isolated, rules, options.date)
    ]
    listed = len(paths) > 1 or any(map(isdir, paths))
    if given["save"] and plans:
        _save(Path(given["save"]), plans_document(plans, listed=listed))
    part = [narrowed(each, shown) for each in plans if {*shown} & {*each["switches"]}]
    if options.format == "json" and part:
        emit(options, to_json(plans_document(part, listed=listed)))
    elif part:
        emit(options, "\n".join(_text(options, each, annotate=annotate) for each in part))
    refused = len(plans) < len(pairs) or _is_refused(plans, max_pairs)
    changes = any(each["steps"] for each in plans)
    sys.exit(Refused.exit_code if refused else NOT_EMPTY if detailed_exitcode and changes else 0)


def _readable(found: Iterable[Compared]) -> list[Compared]:
    """All pairs; DeviceError where a switch could not be read, since a plan is for both."""
    every = list(found)
    errors = [read for each in every for read in each.running.values() if isinstance(read, DeviceError)]
    for error in errors[1:]:
        click.echo(f"mlagkit: {visible(str(error))}", err=True)
    if errors:
        raise errors[0]
    return every


def _planned(
    found: Iterable[Compared], isolated: str | None, rules: Sequence[Rule], day: date
) -> Iterator[tuple[Pair, Plan]]:
    """The plan of each pair; of one for which there can't be any, it is said why."""
    from mlagkit.device.credentials import login_name
    from mlagkit.planning import plan_pair
    from mlagkit.secrets import resolver

    secrets = resolver(os.environ)
    for each in found:
        trees = {name: read for name, read in each.running.items() if not isinstance(read, DeviceError)}
        user = login_name(os.environ, each.pair, secrets)
        try:
            made = plan_pair(
                each.pair,
                trees,
                secrets=secrets,
                base=each.base,
                isolated=isolated,
                user=user,
                templates=each.templates,
                roles=each.roles,
                rules=rules,
                day=day,
            )
            yield each.pair, made
        except Refused as error:
            click.echo(f"mlagkit: {visible(f'{each.pair.name}: {error}')}", err=True)


def _document(options: Options, pair: Pair, made: Plan, allow: Sequence[str], max_delete: int) -> Document:
    from mlagkit.report.plan.document import plan_document
    from mlagkit.revision import commit_of

    return plan_document(
        made,
        secret_mask(),
        created=options.date.isoformat(),
        expires=(options.date + GOOD_FOR).isoformat(),
        commit=commit_of(pair.file),
        allowed=allow,
        max_delete=max_delete,
    )


def _save(path: Path, document: Document) -> None:
    from mlagkit.write import write_file

    write_file(path, to_json(document))
    click.echo(f"wrote {visible(str(path))}", err=True)


def _text(options: Options, document: Document, *, annotate: bool) -> str:
    from mlagkit.report.plan.text import plan_text

    every_row = options.verbose > 0
    return plan_text(document, width=options.width, paint=paint(options.color), annotate=annotate, every_row=every_row)


def _is_refused(plans: Sequence[Document], max_pairs: int) -> bool:
    """Whether anything stands in the way of carrying the plans out; stderr says what would allow it."""
    from mlagkit.report.plan.summary import needs

    missing = [f"{each['pair']}: {' '.join(needs(each))}" for each in plans if needs(each)]
    changing = sum(bool(each["steps"]) for each in plans)
    if changing > max_pairs:
        missing.append(f"{counted(changing, 'pair')} would change: --max-pairs {changing}")
    for words in missing:
        click.echo(f"mlagkit: not to be carried out without what allows it: {visible(words)}", err=True)
    return bool(missing)
