"""``--allow``: what can hurt, each by the name that allows it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import click

from mlagkit.cli.options import with_options

F = TypeVar("F", bound=Callable[..., None])

PERMISSIONS = (
    *("outage", "domain-id-change", "vpc-removal", "vlan-removal-in-use", "feature-removal", "keepalive-change"),
    *("peer-link-change", "type-1-change", "management-path", "role-change", "new-errors", "no-timer"),
    *("no-checkpoint", "unproven-timer", "unhealthy-pair", "competing-owner"),
)
"""All of them: those of ``cli.md``, and one for what a plan ends with. A command's help must not load the planner."""


class PermissionName(click.types.StringParamType):
    """The name of a permission; in MLAGKIT_ALLOW commas stand between names."""

    name = "name"
    envvar_list_splitter = ","

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name; a usage error that says which one was meant, for what is none."""
        word = str(value).strip()
        if word in PERMISSIONS:
            return word
        from mlagkit.excerpt import visible
        from mlagkit.source.nearest import nearest

        likely = nearest(word, PERMISSIONS)
        hint = f"did you mean {likely}?" if likely else f"there are {', '.join(PERMISSIONS)}"
        raise click.BadParameter(f"there is no permission {visible(word)}; {hint}", ctx, param)


def permits(function: F) -> F:
    """Give a command the options that say what may hurt, and how much of it."""
    return with_options(function, _OPTIONS)


_OPTIONS = (
    click.option(
        "--allow",
        multiple=True,
        type=PermissionName(),
        metavar="NAME",
        help=f"Allow what can hurt: {', '.join(PERMISSIONS)}.",
    ),
    click.option(
        "--max-delete",
        type=click.IntRange(min=0),
        default=10,
        show_default=True,
        metavar="N",
        help="Objects of one pair that may be deleted.",
    ),
    click.option(
        "--max-pairs",
        type=click.IntRange(min=0),
        default=1,
        show_default=True,
        metavar="N",
        help="Pairs that may change.",
    ),
)
