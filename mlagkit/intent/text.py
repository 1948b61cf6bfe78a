"""Every text of the pair file that reaches a device, with the characters and the length that the device takes.

A control character or a line break in a text would become a command of its own; ``?``, Tab and Ctrl-V act as help or
completion on a terminal. So each kind of text has its own list of characters.
"""

from __future__ import annotations

import re
from typing import Annotated, TypeAlias

from mlagkit.intent.misfit import Misfit, kind_of
from mlagkit.intent.written import Read

_CONTROL = r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
_LINE = r"[!->@-~]([ ->@-~]*[!->@-~])?"
_WORD = r"[!->@-~]+"


def text(pattern: str, longest: int, allowed: str, *, shortest: int = 1, echo: bool = True) -> Read:
    """What makes a ``str`` a text of this pattern; ``allowed`` says in a message what that is.

    ``echo`` is False where the refused value might be a secret, which no message may repeat.
    """
    schema = {"type": "string", "pattern": f"^({pattern})$", "minLength": shortest, "maxLength": longest}

    def said(value: object) -> str:
        return f", not {kind_of(value)}" if echo or isinstance(value, list | dict) else ""

    def check(value: object) -> str:
        if not isinstance(value, str):
            hint = "; put it in quotes" if isinstance(value, int | float) else ""
            raise Misfit(f"takes text{said(value)}{hint}" if echo else f"takes {allowed}{said(value)}", "IN05")
        refuse_control(value, line_breaks=False)
        if not re.fullmatch(pattern, value):  # compiled at its first use: most of a file's kinds of text never come
            raise Misfit(f"takes {allowed}{said(value)}")
        if not shortest <= len(value) <= longest:
            raise Misfit(f"takes {shortest} to {longest} characters; this has {len(value)}")
        return value

    return Read(check, schema)


def refuse_control(value: str, *, line_breaks: bool) -> None:
    """Misfit (IN07) for the first control or invisible character; a line break may be meant."""
    if (value.replace("\n", "") if line_breaks else value).isprintable():
        return  # none of these is printable, and the expression takes longer to compile than all values to be read
    for match in re.finditer(_CONTROL, value):
        if not (line_breaks and match[0] == "\n"):
            name = {"\n": "a line break", "\t": "a tab"}.get(match[0], f"the control character U+{ord(match[0]):04X}")
            raise Misfit(f"holds {name}, which would reach the device as a command or as help", "IN07")


def _raw_lines(value: object) -> tuple[str, ...]:
    """The lines of a block of text, or of several in a list (a pair's behind those of its site)."""
    parts = value if isinstance(value, list) else [value]
    lines: list[str] = []
    for part in parts:
        if not isinstance(part, str):
            raise Misfit(f"takes lines of text (`extra: |` and the lines below it), not {kind_of(part)}", "IN05")
        refuse_control(part, line_breaks=True)
        lines += part.rstrip().split("\n") if part.strip() else []
    return tuple(lines)


_RAW_SCHEMA = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
RawLines: TypeAlias = Annotated[tuple[str, ...], Read(_raw_lines, _RAW_SCHEMA)]
"""Raw lines of configuration; the indent that they share with no other line is kept, and so are a banner's blanks."""

_PRINTABLE = "printable ASCII without `?`, without a blank at either end"
_ONE_WORD = "printable ASCII without `?` and blanks"

Description: TypeAlias = Annotated[str, text(_LINE, 254, _PRINTABLE)]
"""1 to 254 characters (DME l1PhysIf.descr, pcAggrIf.descr, sviIf.descr)."""

VlanName: TypeAlias = Annotated[str, text(_WORD, 128, _ONE_WORD)]
"""32 characters, and 128 with ``system vlan long-name`` (DME l2BD.longName)."""

VrfName: TypeAlias = Annotated[str, text(_WORD, 32, _ONE_WORD)]
"""Up to 32 characters (DME l2BD.vrfName)."""

MstName: TypeAlias = Annotated[str, text(_LINE, 32, _PRINTABLE)]
"""Up to 32 characters (DME stpMstEntity.regName)."""

GroupName: TypeAlias = Annotated[str, text(_WORD, 250, _ONE_WORD)]
"""Up to 250 characters (DME hsrpGroup.name)."""

GroupDescription: TypeAlias = Annotated[str, text(_LINE, 80, _PRINTABLE)]
"""Up to 80 characters (DME vrrpv3Vr.name)."""

_WINDOWS_DEVICE = r"(?!(?:[Cc][Oo][Nn]|[Pp][Rr][Nn]|[Aa][Uu][Xx]|[Nn][Uu][Ll]|[Cc][Oo][Mm]\d|[Ll][Pp][Tt]\d)(?:\.|$))"
HOSTNAME = rf"{_WINDOWS_DEVICE}[A-Za-z][A-Za-z0-9._-]{{0,62}}"
"""A switch's name: also the name of a file, so no path and no device of Windows (trust.md, S11)."""

Name: TypeAlias = Annotated[
    str,
    text(
        rf"{_WINDOWS_DEVICE}[A-Za-z0-9][A-Za-z0-9._-]*",
        63,
        "letters, digits, `.`, `_` and `-`, a letter or digit first (and no device of Windows such as CON)",
    ),
]
"""The name of a pair, a profile or a host; files are called so."""

Words: TypeAlias = Annotated[str, text(_LINE, 254, _PRINTABLE)]
"""Words for people."""

_SECRET = r"(env:[A-Za-z_][A-Za-z0-9_]*|file:[^\s?]+|cmd:[ ->@-~]+)"
_REFERENCE = "a reference to a secret (`env:NAME`, `file:PATH` or `cmd:COMMAND`)"
SecretRef: TypeAlias = Annotated[str, text(_SECRET, 1024, f"{_REFERENCE}, never the secret itself", echo=False)]
"""Where a secret is to be had; the secret itself never stands in the file."""

Authentication: TypeAlias = Annotated[
    str,
    text(rf"{_SECRET}|md5 key-chain {_WORD}", 1024, f"{_REFERENCE}, or `md5 key-chain NAME`", echo=False),
]
"""The words behind ``authentication`` as a reference; a key chain's name is no secret."""
