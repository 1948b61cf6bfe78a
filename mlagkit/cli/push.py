"""``mlagkit push``."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from mlagkit.cli.command import command
from mlagkit.cli.compared import reaches
from mlagkit.cli.options import Options
from mlagkit.cli.output import emit, tell
from mlagkit.cli.own_rules import ruled, trusted
from mlagkit.cli.permissions import permits
from mlagkit.cli.syslog import copies, copying
from mlagkit.cli.templates import templated
from mlagkit.errors import MlagkitError, Refused, Unfinished
from mlagkit.report.paint import paint

if TYPE_CHECKING:
    from mlagkit.push.engine import Outcome
    from mlagkit.push.journal import Line
    from mlagkit.push.syslog import Address


@command("text", "json", heeds=("color", "verbose", "jobs", "date"))
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--plan", "plan_file", metavar="FILE", help="Carry out this saved plan, and no other.")
@click.option("--approve", metavar="HASH", help="Carry out only the plan with this hash, which somebody has reviewed.")
@click.option("--replace", is_flag=True, help="Send whole configurations instead of lines, over SSH.")
@click.option("--base", metavar="REF", help="Git revision: what it declared and the pair file does not, is removed.")
@templated
@ruled
@trusted
@click.option("--resume", metavar="RUN", help="Finish a run that nobody finished, or take it back.")
@click.option("--rollback", metavar="RUN", help="Take back a run that has ended well, if nothing changed since.")
@permits
@click.option(
    "--timer",
    type=click.IntRange(min=2, max=24 * 60),
    metavar="MINUTES",
    help="How long until the switches go back by themselves (by default ten minutes and more, see docs/push.md).",
)
@click.option("--break-lock", metavar="ID", help="Take over the lock that a dead push has left behind.")
@copies
@reaches
def push(options: Options, paths: tuple[str, ...], syslog: Address | None, **given: object) -> None:
    """Carry a plan out on both live switches as one transaction, or refuse to.

    Both keep a checkpoint and a timer that takes them back by itself. The lines are sent in the order of the plan, and
    every answer is judged; whatever goes wrong, both are taken back. Then both are verified, disarmed and saved.

    The exit code is 0 where both are as planned, 4 where nothing was sent or both are as before again, 5 where a switch
    is neither, or can't be reached: how each stands, and the way out, is printed.
    """
    from mlagkit.cli.office import stoppable
    from mlagkit.cli.pushes import Order, carried_out
    from mlagkit.report.push import outcome_text, refused_text

    order = Order.of(options, paths, given)
    printer = Printer(options, many=len(order.pairs) > 1)
    codes = []
    with stoppable(), copying(syslog) as copied:
        for pair, ended in carried_out(order, printer.heard, copied):
            if isinstance(ended, MlagkitError):
                click.echo(refused_text(pair, str(ended)), err=True, nl=False)
                printer.refused(pair, ended)
                codes.append(ended.exit_code)
            else:
                printer.text(outcome_text(pair, ended, paint(options.color)))
                codes.append(_code(ended, back=bool(given["rollback"])))
    printer.end()
    sys.exit(max(codes, default=0))


def _code(outcome: Outcome, *, back: bool) -> int:
    """The exit code; ``back``: both as before is what was asked for."""
    if outcome.is_done or (back and outcome.is_taken_back):
        return 0
    return Refused.exit_code if outcome.is_taken_back else Unfinished.exit_code


FORMAT, END = "mlagkit.push/1", "end"


class Printer:
    """Says what happens as it happens; into a file, all of it at the end."""

    def __init__(self, options: Options, *, many: bool) -> None:
        from mlagkit.report.push import Teller

        self._options = options
        self._teller = Teller(paint(options.color), many=many)
        self._kept: list[str] = []
        self._is_heard = True
        self._ended: set[object] = set()

    def heard(self, line: Line) -> None:
        """One line of the journal."""
        if line["event"] == END:
            self._ended |= {line.get("pair"), line.get("run")}
        if self._options.format == "json":
            self._say(json.dumps(line, sort_keys=True) + "\n")
        elif text := self._teller.line(line):
            self._say(text)

    def refused(self, pair: str, error: MlagkitError) -> None:
        """A pair that nothing was begun for has a last line all the same."""
        if self._options.format == "json" and pair not in self._ended:
            line = {"format": FORMAT, "event": END, "pair": pair, "result": "refused", "cause": str(error)}
            self._say(json.dumps(line, sort_keys=True) + "\n")

    def text(self, text: str) -> None:
        """What only a reader needs."""
        if self._options.format == "text":
            self._say(text)

    def end(self) -> None:
        """All has been said."""
        if self._options.output is not None:
            emit(self._options, "".join(self._kept))

    def _say(self, text: str) -> None:
        if self._options.output is not None:
            self._kept.append(text)
        elif self._is_heard:
            self._is_heard = tell(self._options, text)
