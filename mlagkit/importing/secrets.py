"""Secrets out of the data: a reference stays, the value goes aside."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field

from mlagkit.importing.data import Table
from mlagkit.importing.names import free
from mlagkit.nxos.redact import with_secrets
from mlagkit.source import Data

_AUTHENTICATION = "authentication"
_NO_SECRET = "md5 key-chain "
_WORDS = re.compile(r"[^A-Z0-9]+")
_TYPE = re.compile(r" \d ?$")


@dataclass(slots=True)
class Names:
    """The secrets of one switch in the order in which they are met, by a name that says what they are for."""

    values: dict[str, str] = field(default_factory=dict)

    def note(self, words: str, secret: str) -> str:
        """The name of a secret behind these words; of several with the same words each has a number."""
        plain = _WORDS.sub("_", _TYPE.sub("", words).upper()).strip("_") or "SECRET"
        name = free(plain, "_", self.values.__contains__)
        self.values[name] = secret
        return name


def take_out(
    tables: Mapping[str, Table], names: Mapping[str, Names], values: dict[str, str], pair: str
) -> dict[str, Table]:
    """The data of both switches with references for secrets.

    A secret that both switches have in the same place is one, and named after the pair; others after their switch.
    ``names``, and ``values`` by their environment variables, are those given so far, and grow. Only a reference to one
    of these stays: another one that a switch has for a secret would read a file here, or run a command.
    """
    ours = frozenset(f"env:{variable}" for variable in values)
    found = {name: Names(dict(names[name].values)) for name in tables}
    for name, table in tables.items():
        _mapped(table, found[name].note, ours)
    one, other = (found[name].values for name in tables)
    shared = {name for name in one.keys() & other.keys() if one[name] == other[name]}
    hidden: dict[str, Table] = {}
    # By their names, so that the order in which two switches are given decides no number.
    for switch in sorted(tables):

        def reference(words: str, secret: str, switch: str = switch) -> str:
            name = names[switch].note(words, secret)
            variable = _variable(pair if name in shared else switch, name, secret, values)
            values[variable] = secret
            return f"env:{variable}"

        hidden[switch] = _mapped(tables[switch], reference, ours)
    return {name: hidden[name] for name in tables}


def _variable(owner: str, name: str, secret: str, taken: Mapping[str, str]) -> str:
    """An environment variable for a secret of a pair or of one switch.

    Names that differ only in what a variable can't hold, as leaf-1 and leaf_1, would share one: the second gets a
    number, so that no reference leads to the secret of another switch.
    """
    plain = _WORDS.sub("_", f"{owner}_{name}".upper()).lstrip("0123456789_") or "SECRET"
    return free(plain, "_", lambda variable: taken.get(variable, secret) != secret)


def _mapped(table: Table, told: Callable[[str, str], str], ours: Set[str]) -> Table:
    """The data with ``told(words before it, secret)`` in the place of every secret but ``ours``."""
    return {key: _value(str(key), value, told, ours) for key, value in table.items()}


def _value(key: str, value: Data, told: Callable[[str, str], str], ours: Set[str]) -> Data:
    if isinstance(value, dict):
        return _mapped(value, told, ours)
    if not isinstance(value, str):
        return value
    if key == _AUTHENTICATION:
        return value if value in ours or value.startswith(_NO_SECRET) else told(key, value)
    if key != "extra":
        return value

    def unless_ours(words: str, secret: str) -> str:
        return secret if secret in ours else told(words, secret)

    return "".join(with_secrets(line, unless_ours) for line in value.splitlines(keepends=True))
