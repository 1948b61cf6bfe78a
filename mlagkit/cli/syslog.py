"""``--syslog``: where each line of a journal is copied to, and what is said where that did not work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from mlagkit.push.syslog import Address

F = TypeVar("F", bound=Callable[..., None])


class SyslogParam(click.ParamType["Address"]):
    """Where syslog listens."""

    name = "address"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Address:
        """The address; a usage error for what has not the form of one."""
        from mlagkit.push.syslog import parse_address

        try:
            return parse_address(str(value))
        except ValueError as error:
            raise click.BadParameter(str(error), ctx, param) from error


def copies(function: F) -> F:
    """Give a command the option that says where its journals are copied to."""
    return click.option(
        "--syslog",
        type=SyslogParam(),
        metavar="HOST[:PORT]|SOCKET",
        help="Copy each line of the journal to syslog, by UDP or a socket such as /dev/log; no push waits for it.",
    )(function)


@contextmanager
def copying(address: Address | None) -> Iterator[Callable[[str], None]]:
    """What copies a line; at the end it is said on stderr how many were lost on the way, as far as that is known."""
    if address is None:
        yield lambda _: None
        return
    from mlagkit.excerpt import visible
    from mlagkit.push.syslog import Syslog
    from mlagkit.report.paint import counted

    syslog = Syslog(address)
    try:
        yield syslog
    finally:
        syslog.close()
        if syslog.lost:
            lost = f"{counted(syslog.lost, 'line')} of the journal could not be copied to syslog at {address}"
            click.echo(visible(f"mlagkit: {lost}: {syslog.why}"), err=True)
