"""``mlagkit audit``."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mlagkit.cli.command import command
from mlagkit.cli.options import Options
from mlagkit.cli.output import emit
from mlagkit.report.document import to_json
from mlagkit.report.paint import paint

if TYPE_CHECKING:
    from mlagkit.audit import Audited
    from mlagkit.push.journal import Seal

NOT_WHOLE, UNREADABLE = 1, 2


@command("text", "json", heeds=("color",))
@click.argument("what", type=click.Choice(("verify", "show")), metavar="verify|show")
@click.argument("journals", nargs=-1, metavar="[JOURNAL]...")
@click.option("--save", metavar="FILE", help="Write a seal of each journal there, to be kept elsewhere.")
@click.option("--before", metavar="FILE", help="Hold the journals against these seals, or against lines of syslog.")
def audit(options: Options, what: str, journals: tuple[str, ...], save: str | None, before: str | None) -> None:
    """Look whether the journals of pushes are whole, or show runs as time lines.

    JOURNAL is a file, a folder, or the name of a run; without any, all runs of this user are meant. Each line of a
    journal holds the hash of the one before. `verify` says of each who pushed what with which permissions, how it
    ended, and where its chain breaks; the exit code is 1 where one is broken, has no end, or is missing. `show` tells
    what was sent to which switch, and what came back.
    """
    from mlagkit.audit import audited, missing, to_keep
    from mlagkit.write import write_file

    if what == "show" and not journals:
        raise click.UsageError("show takes the name of a run, or its journal")
    seals = _seals(before) if before else []
    found = [audited(path, seals) for path in _meant(journals)]
    if save:
        write_file(Path(save), "".join(f"{seal}\n" for seal in to_keep(found, seals)))
    # Whoever names single journals does not ask for others.
    lost = missing(found, seals) if all(map(os.path.isdir, journals)) else []
    emit(options, (_judged if what == "verify" else _shown)(options, found, lost, before))
    sys.exit(_code(what, found, lost))


def _code(what: str, found: Sequence[Audited], lost: Sequence[str]) -> int:
    """What can't be read is an error of the input for both; what is amiss with a journal is what `verify` is about."""
    from mlagkit.audit import Verdict

    if any(each.verdict is Verdict.UNREADABLE for each in found):
        return UNREADABLE
    return NOT_WHOLE if what == "verify" and (lost or any(each.why for each in found)) else 0


def _meant(words: Sequence[str]) -> list[Path]:
    from mlagkit.audit import journals
    from mlagkit.cli.office import state_folder

    folder = state_folder(os.environ) / "runs"
    return journals(words or [str(folder)] * folder.exists(), folder)


def _seals(file: str) -> list[Seal]:
    """Those of a file, which may hold anything else; InputError for one that holds none."""
    from mlagkit.finding import Origin
    from mlagkit.input_rules import input_error
    from mlagkit.push.journal import seals_in

    try:
        found = [*seals_in(Path(file).read_bytes().decode("utf-8", "replace"))]
    except OSError as error:
        raise input_error("IN28", f"the seals can't be read: {error.strerror}", Origin(file)) from error
    if not found:
        raise input_error(
            "IN28", "there is no seal in it: `mlagkit audit verify --save FILE` writes some", Origin(file)
        )
    return found


def _judged(options: Options, found: Sequence[Audited], lost: Sequence[str], before: str | None) -> str:
    from mlagkit.report.audit import audit_document, audit_text

    document = audit_document(found, lost)
    if options.format == "json":
        return to_json(document)
    return audit_text(document, sealed=before is not None, paint=paint(options.color))


def _shown(options: Options, found: Sequence[Audited], lost: Sequence[str], _: str | None) -> str:
    """The runs; for programs with their lines as they were written."""
    from mlagkit.report.audit import audit_document, run_text

    if options.format == "text":
        return "\n".join(run_text(each, paint(options.color)) for each in found)
    document = audit_document(found, lost)
    for row, each in zip(document["journals"], found, strict=True):
        row["events"] = list(each.record.lines)
    return to_json(document)
