"""The commands by name, each of which is imported only when it runs or shows its own help."""

from __future__ import annotations

import importlib
import keyword

import click

from mlagkit import __version__

COMMANDS = {
    "init": "Write a commented pair file to start from.",
    "import": "Write the pair file of two running switches.",
    "validate": "Check pair files: syntax, keys, references, ranges, rules.",
    "rules": "List the rules, or explain one.",
    "render": "Write the configurations of both switches.",
    "diff": "Show what differs between intent and running-config.",
    "plan": "Show the steps to what is intended, their impact and the way back.",
    "push": "Carry a plan out on both live switches, or on neither.",
    "audit": "Look whether the journals of pushes are whole, or show a run.",
    "verify": "Look whether both live switches are as intended.",
    "drill": "Show what every failure does to every host.",
    "review": "Show what changed since a git revision, to a reviewer.",
    "lab": "Run an emulated pair on loopback.",
    "trust": "Pin a switch's host key or certificate.",
    "doctor": "Look whether a push has all that it needs.",
    "report": "Make what you may send where mlagkit is wrong.",
    "schema": "Print the JSON Schema of the pair file.",
    "demo": "Show the whole story on an emulated pair.",
}
"""Each command with its line in ``mlagkit --help``.

Its module is ``mlagkit.cli.<name>``, its function ``<name>``, with ``_`` behind a name that is a word of Python.
"""


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports one when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """The names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name; this is where its module is imported."""
        if cmd_name not in COMMANDS:
            return None
        name = f"{cmd_name}_" if keyword.iskeyword(cmd_name) else cmd_name
        found = getattr(importlib.import_module(f"mlagkit.cli.{name}"), name)
        return found if isinstance(found, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that was typed; where there is none, the one that was meant is named."""
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            from mlagkit.excerpt import visible
            from mlagkit.source.nearest import nearest

            likely = nearest(args[0], COMMANDS)
            hint = f"did you mean {likely}?" if likely else "`mlagkit --help` lists them"
            raise click.UsageError(f"there is no command {visible(args[0])}; {hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands from the table, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, package_name="mlagkit", message="%(prog)s %(version)s")
@click.pass_context
def app(ctx: click.Context) -> None:
    """Two Nexus switches that must look like one: intent in YAML, both configurations, their difference.

    Every option can be set by MLAGKIT_<OPTION> or in [tool.mlagkit] of pyproject.toml (or mlagkit.toml).
    """
    from mlagkit.cli.settings import default_map

    ctx.default_map = default_map(COMMANDS)
