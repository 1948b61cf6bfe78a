"""``mlagkit doctor``."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from mlagkit.cli.command import READING, command
from mlagkit.cli.compared import reaches
from mlagkit.cli.options import Options
from mlagkit.cli.output import emit
from mlagkit.cli.syslog import copies, copying
from mlagkit.errors import MlagkitError, Refused, Unfinished
from mlagkit.report.document import to_json
from mlagkit.report.paint import paint

if TYPE_CHECKING:
    from mlagkit.cli.devices import Reach
    from mlagkit.doctor.examine import Examined
    from mlagkit.doctor.item import Item
    from mlagkit.intent import Pair
    from mlagkit.push.journal import Line
    from mlagkit.push.syslog import Address
    from mlagkit.pushing import Office
    from mlagkit.report.doctor import Proven
    from mlagkit.report.push import Teller

NOT_OK = 1


@command("text", "json", heeds=("color", "jobs"), jobs=READING)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--prove-revert",
    is_flag=True,
    help="See each switch take a harmless change back by itself: a loopback interface, for one or two minutes.",
)
@copies
@reaches
def doctor(options: Options, paths: tuple[str, ...], prove_revert: bool, syslog: Address | None, **given: str) -> None:
    """Look whether this host and both live switches have what a push needs; nothing is changed.

    With --prove-revert each switch in its turn gets a checkpoint, a timer and an interface loopback that is not used
    yet, and goes back by itself. A push needs that proof, for each switch and each release.

    The exit code is 1 where something is not ok, 3 where a switch can't be read.
    """
    from mlagkit.cli.devices import Reach
    from mlagkit.cli.office import office_of
    from mlagkit.doctor.machine import missing, of_machine
    from mlagkit.report.doctor import doctor_document, doctor_text
    from mlagkit.report.push import Teller
    from mlagkit.validate import load

    if prove_revert and given["insecure"] and os.environ.get("CI"):
        raise Refused("--insecure is no way to change switches from CI: pin the certificates with mlagkit trust")
    pairs = load(paths)
    reach = Reach.of(options, pairs, given)
    teller = Teller(paint(options.color), many=len(pairs) > 1)
    able = not missing("device")
    with copying(syslog) as copied:
        office = office_of(reach, lambda line: _say(teller, line), copied)
        proven = dict(_proofs(office, reach, pairs)) if prove_revert and able else {}
    found = _examined(office, reach, pairs) if able else []
    machine = [*of_machine(office)]
    document = doctor_document(machine, found, proven)
    text = doctor_text(document, width=options.width, paint=paint(options.color))
    emit(options, to_json(document) if options.format == "json" else text)
    sys.exit(_code(machine, found, [*proven.values()]))


def _say(teller: Teller, line: Line) -> None:
    """What a proof does as it happens, whoever listens: beside the report, which comes at the end."""
    if text := teller.line(line):
        with contextlib.suppress(OSError):
            click.echo(text, err=True, nl=False)


def _proofs(office: Office, reach: Reach, pairs: Sequence[Pair]) -> Iterator[tuple[str, Proven]]:
    """One pair after the other; whoever ends the process has the switches taken back first."""
    from mlagkit.cli.office import stoppable
    from mlagkit.pushing import prove_pair
    from mlagkit.report.doctor import Proven

    with stoppable():
        for pair in pairs:
            try:
                yield pair.name, Proven(prove_pair(office, pair.name, reach.targets(pair)))
            except MlagkitError as error:
                yield pair.name, Proven(error)


def _examined(office: Office, reach: Reach, pairs: Sequence[Pair]) -> Sequence[Examined]:
    from mlagkit.cli.office import state_folder
    from mlagkit.doctor.examine import examined
    from mlagkit.push.proof import proofs, proofs_of

    means = replace(reach.means, now=office.clock)
    known = proofs(proofs_of(state_folder(os.environ)))
    found = reach.each(pairs, lambda pair: examined(pair, reach.targets(pair), means, known))
    return [found[pair.file] for pair in pairs]


def _code(machine: Sequence[Item], found: Sequence[Examined], proven: Sequence[Proven]) -> int:
    """The gravest of what was found and of how the proofs ended."""
    from mlagkit.verify import Result

    switches = [switch for pair in found for switch in pair.switches.values()]
    items = [*machine, *(item for pair in found for item in pair.items)]
    items += [item for switch in switches for item in switch.items]
    codes = [switch.error.exit_code for switch in switches if switch.error]
    codes += [NOT_OK for item in items if item.result is Result.NOT_OK]
    for each in proven:
        if isinstance(each.ended, MlagkitError):
            codes.append(each.ended.exit_code)
        elif not each.is_good:
            codes.append(NOT_OK if each.ended.is_taken_back else Unfinished.exit_code)
    return max(codes, default=0)
