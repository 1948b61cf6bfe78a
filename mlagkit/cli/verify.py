"""``mlagkit verify``."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mlagkit.cli.command import READING, command
from mlagkit.cli.compared import reaches
from mlagkit.cli.options import Options
from mlagkit.cli.output import emit
from mlagkit.cli.templates import templated, templates_now
from mlagkit.excerpt import visible
from mlagkit.report.document import to_json
from mlagkit.report.paint import paint

if TYPE_CHECKING:
    from mlagkit.cli.devices import Reach
    from mlagkit.intent import Pair
    from mlagkit.report.verify import Verified
    from mlagkit.verify import Implied, Observed

NOT_AS_INTENDED = 1
CLOCK: tuple[Callable[[], float], Callable[[float], None]] = (time.monotonic, time.sleep)
"""What counts seconds, and what lets some of them pass."""


@command("text", "json", heeds=("color", "verbose", "jobs"), jobs=READING)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--switch", metavar="NAME", help="Show only this switch; both are looked at.")
@templated
@reaches
@click.option(
    "--wait",
    type=click.IntRange(min=0),
    metavar="SECONDS",
    help="How long at most what comes by itself may take (by default the pair's delay restore and a margin; 0: not).",
)
@click.option("--save", metavar="FILE", help="Write the state of both switches there, for a later --before.")
@click.option("--before", metavar="FILE", help="Compare with a saved state: only what got worse counts.")
def verify(options: Options, paths: tuple[str, ...], wait: int | None, **given: str) -> None:
    """Look whether both live switches are in the state that the pair file implies.

    Roles, keepalive, peer-link, every vPC with its VLANs and its consistency, orphan ports, neighbours where LLDP is to
    run, no drift, nothing unsaved. The exit code is 1 where something is not as intended.
    """
    from mlagkit.validate import load, named

    pairs = load(paths)
    shown = named(pairs, given["switch"])
    before = _before(given["before"], pairs)
    found = _settled(options, pairs, wait, given)
    if given["save"]:
        from mlagkit.report.state import state_document
        from mlagkit.write import write_file

        seen = {pair.name: found[pair.file][1] for pair in pairs}
        write_file(Path(given["save"]), to_json(state_document(seen)), public=False)
    verified = [_compared(pair, found[pair.file], before) for pair in pairs]
    _show(options, verified, shown)
    sys.exit(_code(verified, shown))


Found = tuple["Verified", "Observed", "Implied"]


def _settled(options: Options, pairs: list[Pair], wait: int | None, given: Mapping[str, str]) -> Mapping[str, Found]:
    """What was found of each pair, by file, once nothing of it is pending or its time is over."""
    from mlagkit.cli.devices import Reach
    from mlagkit.peers import peers_of
    from mlagkit.verify import MARGIN, implied, settled

    musts = {pair.file: implied(peers_of(pair)) for pair in pairs}
    by_file = {pair.file: pair for pair in pairs}
    own, reach = templates_now(given), Reach.of(options, pairs, given)
    clock, sleep = CLOCK
    progress = _Progress()
    try:
        return settled(
            {file: float(must.delay + MARGIN if wait is None else wait) for file, must in musts.items()},
            lambda files: reach.each(
                [by_file[file] for file in files], lambda pair: _one(pair, musts[pair.file], reach, own)
            ),
            lambda one: not one[0].errors and any(check.is_pending for check in one[0].checks),
            clock=clock,
            sleep=sleep,
            tell=lambda pending, left: progress.tell([one[0] for one in pending.values()], left),
        )
    finally:
        progress.end()


def _one(pair: Pair, must: Implied, reach: Reach, templates: Path | None) -> Found:
    """A pair as it is now."""
    from mlagkit.observing import closer, commands, observed
    from mlagkit.report.verify import Verified
    from mlagkit.secrets import resolver
    from mlagkit.verify import checks

    answers = reach.answers(pair, commands(must), closer(must))
    seen, errors = observed(pair, answers, resolver(os.environ), templates)
    verified = Verified(
        pair=pair.name,
        hostnames=pair.hostnames,
        checks=checks(must, seen),
        errors=errors,
        unproven={name: state.unproven for name, state in seen.state.switches.items()},
    )
    return verified, seen, must


class _Progress:
    """One line on a terminal that says what is waited for; elsewhere nothing."""

    def __init__(self) -> None:
        self._is_shown = sys.stderr.isatty()
        self._width = 0

    def tell(self, pairs: Sequence[Verified], left: float) -> None:
        """Write the line anew."""
        if not self._is_shown:
            return
        pending = [check for pair in pairs for check in pair.checks if check.is_pending]
        one = pending[0]
        more = f" and {len(pending) - 1} more" if len(pending) > 1 else ""
        where = f" on {one.switch}" if one.switch else ""
        line = visible(f"waiting up to {left:.0f} s for {one.object}{where}{more}")
        click.echo(f"\r{line:<{self._width}}", err=True, nl=False)
        self._width = len(line)

    def end(self) -> None:
        """Take the line away."""
        if self._width:
            click.echo(f"\r{'':<{self._width}}\r", err=True, nl=False)


def _before(file: str | None, pairs: Sequence[Pair]) -> Mapping[str, Observed] | None:
    if not file:
        return None
    from mlagkit.finding import Origin
    from mlagkit.input_rules import input_error
    from mlagkit.report.state import states_of

    try:
        found = states_of(json.loads(Path(file).read_text("utf-8")))
    except (OSError, ValueError, RecursionError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        message = f"the state before can't be used: {reason}; --save writes one"
        raise input_error("VE01", message, Origin(file)) from error
    missing = [pair.name for pair in pairs if pair.name not in found]
    if missing:
        message = f"it holds no state of {', '.join(missing)}"
        raise input_error("VE01", message, Origin(file))
    return found


def _compared(pair: Pair, found: Found, before: Mapping[str, Observed] | None) -> Verified:
    verified, _, must = found
    if before is None:
        return verified
    from mlagkit.verify import checks, worse

    return replace(verified, worse=worse(checks(must, before[pair.name]), verified.checks))


def _show(options: Options, verified: Sequence[Verified], shown: Sequence[str]) -> None:
    from mlagkit.report.verify import verify_document, verify_text

    asked = [pair for pair in verified if set(pair.hostnames) & set(shown)]
    document = verify_document(asked, shown)
    if options.format == "json":
        emit(options, to_json(document))
        return
    emit(
        options, verify_text(document, width=options.width, paint=paint(options.color), every_check=options.verbose > 0)
    )


def _code(verified: Sequence[Verified], shown: Sequence[str]) -> int:
    errors = [error.exit_code for pair in verified for error in pair.errors.values()]
    if errors:
        return max(errors)
    failing = (check for pair in verified for check in pair.failing)
    return NOT_AS_INTENDED if any(check.switch is None or check.switch in shown for check in failing) else 0
