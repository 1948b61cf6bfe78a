"""What the commands share that hold pair files against what switches run: their options, and the reading of both."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from os.path import isdir
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from mlagkit.cli.options import Options, with_options
from mlagkit.cli.running import whose
from mlagkit.cli.templates import own_templates, templated
from mlagkit.excerpt import visible

if TYPE_CHECKING:
    from mlagkit.cli.devices import Live
    from mlagkit.compare import OwnTemplates, Read
    from mlagkit.intent import Pair
    from mlagkit.state import Role

F = TypeVar("F", bound=Callable[..., None])


class AddressParam(click.types.StringParamType):
    """How to reach a switch; in MLAGKIT_CONNECT commas or blanks stand between two of them."""

    name = "address"

    def split_envvar_value(self, rv: str) -> Sequence[str]:
        """Each of them; none holds a comma or a blank."""
        return rv.replace(",", " ").split()


_ADDRESSES = "NAME=[nxapi|ssh:]HOST[:PORT]"
_TRUST = (
    click.option("--ca-file", metavar="FILE", help="Certificates that sign those of the switches."),
    click.option("--insecure", is_flag=True, help="Take any certificate: somebody may be listening in."),
    click.option("--jump", metavar="HOST", help="Reach the switches through this SSH host."),
)
_REACH = (
    click.option("--connect", multiple=True, type=AddressParam(), metavar=_ADDRESSES, help="How to reach a switch."),
    *_TRUST,
)
_OPTIONS = (
    click.option("--device", is_flag=True, help="Read both live switches."),
    click.option(
        "--running", multiple=True, metavar="SRC", help="A running-config (twice), or a folder of <switch>.cfg."
    ),
    whose,
    click.option("--switch", metavar="NAME", help="Show only this switch."),
    click.option(
        "--base", metavar="REF", help="Git revision: what it declared and the pair file does not, is removed."
    ),
    templated,
    *_REACH,
)


@dataclass(frozen=True, slots=True)
class Compared:
    """A pair, what it was meant to be at ``--base``, what came of reading its switches, and who leads if they told.

    ``templates`` are those by which the two are rendered.
    """

    pair: Pair
    base: Pair | None
    templates: OwnTemplates
    running: Mapping[str, Read]
    roles: Mapping[str, Role]


def compares(function: F) -> F:
    """Give a command the options that say what its pair files are held against."""
    return with_options(function, _OPTIONS)


def reaches(function: F) -> F:
    """Give a command the options that lead to live switches."""
    return with_options(function, _REACH)


def trusts(function: F) -> F:
    """Give a command whose switches have no names yet the options that say whom to believe on the way to them."""
    return with_options(function, _TRUST)


def loaded(paths: Sequence[str], given: Mapping[str, str]) -> list[Pair]:
    """The pairs of all files and folders; a usage error where nothing says what to hold them against."""
    if bool(given["device"]) == bool(given["running"]):
        raise click.UsageError("give either --device or --running")
    from mlagkit.validate import load

    return load(paths)


def compared(options: Options, pairs: Sequence[Pair], given: Mapping[str, str]) -> Iterator[Compared]:
    """Each pair with its base and what its switches run."""
    from mlagkit.revision import pair_at

    own = own_templates(pairs, given)
    read = _reader(options, pairs, given)
    for pair in pairs:
        base = pair_at(given["base"], pair.file) if given["base"] else None
        if given["base"] and base is None:
            warning = f"warning: {pair.file} is new since {given['base']}, so nothing is removed for its sake"
            click.echo(visible(warning), err=True)
        running, roles = read(pair)
        for name, tree in running.items():
            options.note(f"{name} is compared with {getattr(tree, 'file', 'nothing')}")
        yield Compared(pair, base, own[pair.file], running, roles)


def _reader(options: Options, pairs: Sequence[Pair], given: Mapping[str, str]) -> Callable[[Pair], Live]:
    """What gives the running-configs of a pair, and of a live one who leads."""
    if given["device"]:
        from mlagkit.cli.devices import device_reader

        return device_reader(options, [*pairs], given)
    from mlagkit.running import assign

    sources = [Path(source) for source in given["running"]]
    if len(pairs) > 1 and not all(map(isdir, sources)):
        raise click.UsageError(f"{len(pairs)} pairs need a folder of running-configs, not single files")

    def read(pair: Pair) -> Live:
        return {name: running.tree for name, running in assign(pair.hostnames, sources, given["names"]).items()}, {}

    return read


def secret_mask() -> Callable[[str], str]:
    """What takes the secrets out of a line; with MLAGKIT_FINGERPRINT_KEY it shows whether two of them are equal."""
    from mlagkit.nxos.redact import redact

    return partial(redact, key=os.environ.get("MLAGKIT_FINGERPRINT_KEY"))
