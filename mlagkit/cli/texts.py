"""The files that findings point at, read again for their source lines, and fit to be shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from mlagkit.errors import MlagkitError
from mlagkit.report.document import Document

SECRET_KEYS = frozenset(("authentication", "password", "username"))
"""The keys of a pair file that take a reference to a secret, where a person may have written the secret itself."""

_NOT_READ = "IN22"
"""The rule about files that are not to be written over: nothing in them tells why, and they may hold anything."""

_REFERENCE = "env:|file:|cmd:|md5 key-chain |<secret"
_OF_SECRETS = ("passw", "passphrase", "secret", "authentication", "communit", "token")
# A value behind a key that speaks of a secret, whether a pair file has that key or not.
_TOLD = (
    rf"(?i)(\b(\w*(?:{'|'.join(_OF_SECRETS)})\w*)[\"']?[ \t]*:[ \t]+)"
    rf"(?![\"']?(?:{_REFERENCE})|[{{\[|>&*])(\"[^\"]*\"?|'[^']*'?|[^,}}\]#]+)"
)
_KEY = r"""[ \t]*(?:-[ \t]+)?(?:[\w./-]+:[ \t]+)?["']?"""


def texts_of(document: Document) -> dict[str, str]:
    """The text of every file that a finding points at, as far as it can be read, without the secrets in it."""
    from mlagkit.source import read_bytes

    texts = {}
    rows: Sequence[Document] = document["findings"]
    for file in {row["file"] for row in rows if row["rule"] != _NOT_READ}:
        try:
            text = read_bytes(file).decode("utf-8-sig", "replace")
        except MlagkitError:
            continue  # the finding says so itself
        texts[file] = text if file.endswith(".py") else _masked(text, [row for row in rows if row["file"] == file])
    return texts


def _masked(text: str, rows: Iterable[Document]) -> str:
    """A text, of which only the lines that findings point at are looked at: the others are not shown.

    What stands in the place of a reference to a secret is cut away with the rest of its line.
    """
    lines = text.split("\n")
    ends: dict[int, int] = {}
    for row in rows:
        is_secret = row["object"].rpartition(".")[2] in SECRET_KEYS and row["rule"].startswith("IN")
        end = row["column"] - 1 if is_secret else len(text)
        ends[row["line"] - 1] = min(end, ends.get(row["line"] - 1, end))
    for number, end in ends.items():
        if number < len(lines):
            line = lines[number]
            lines[number] = _told(line[:end]) + ("<secret>" if end < len(line) else "")
    return "\n".join(lines)


def _told(line: str) -> str:
    """A line without secrets: neither behind a key of a pair file nor in a line of configuration."""
    from mlagkit.nxos.redact import redact

    if any(word in line.casefold() for word in _OF_SECRETS):  # compiling takes longer than all that is shown of a file
        line = re.sub(_TOLD, _hidden, line)
    begin = re.match(_KEY, line)
    at = begin.end() if begin else 0
    return line[:at] + redact(line[at:])


def _hidden(told: re.Match[str]) -> str:
    """A key without its value, but for a key of a pair file that takes no secret, whatever it is called."""
    from mlagkit.intent.hostnames import keys_of_the_file

    return told[0] if told[2] in keys_of_the_file() - SECRET_KEYS else f"{told[1]}<secret>"
