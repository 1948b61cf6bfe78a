"""The JSON of NX-API: the envelope that an answer comes in, its facts and its tables.

A table is ``TABLE_x`` with ``ROW_x`` in it, which is one object where there is one row and a list
where there are several (corpus: suzieq has lists of one, napalm objects); numbers come as text or as numbers.
"""

from __future__ import annotations

import json
from typing import NoReturn

from mlagkit.nxos.state.facts import Fact
from mlagkit.nxos.state.lines import SHOWN, Misread

Json = dict[str, object]


def opened(reply: str) -> Json | str:
    """The object that an answer holds, or its text: that of a terminal, or what an NX-API error says."""
    if not reply.lstrip().startswith(("{", "[")):
        return reply
    try:
        tree = json.loads(reply, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise Misread(f"{reply.strip()[:SHOWN]!r} is no JSON") from None
    return _unwrapped(tree)


def _once(pairs: list[tuple[str, object]]) -> Json:
    """An object; NX-OS repeats some keys (corpus: ``vpc-end``), but never with another value."""
    found: Json = {}
    for key, value in pairs:
        if key in found and found[key] != value:
            raise Misread(f"{key[:SHOWN]!r} comes twice with different values")
        found[key] = value
    return found


# Where JSON-RPC (corpus: nxapi-plumbing-*.json) and the older ins_api (Cisco's NX-API CLI reference) put an answer.
_ENVELOPES = (("result", "body"), ("ins_api", "outputs", "output", "body"))
# The same for what is text: method cli_ascii, and an error.
_TEXTS = (("result", "msg"), ("error", "data", "msg"), ("error", "message"), ("ins_api", "outputs", "output", "msg"))


def _unwrapped(tree: object) -> Json | str:
    if isinstance(tree, list) and len(tree) == 1:
        tree = tree[0]
    if not isinstance(tree, dict):
        raise Misread("it is JSON of another form")
    if not {"jsonrpc", "ins_api"} & set(tree):
        return tree
    for path in (*_ENVELOPES, *_TEXTS):
        found = _at(tree, path)
        if isinstance(found, str) and found.strip():
            return found
        if isinstance(found, dict) and found:
            return found
    raise Misread("it is JSON without an answer in it")


def _at(tree: object, path: tuple[str, ...]) -> object:
    for key in path:
        tree = tree.get(key) if isinstance(tree, dict) else None
    return tree


def scalars(tree: Json) -> dict[str, Fact]:
    """Every member that is no table, as text."""
    plain = {key: value for key, value in tree.items() if isinstance(value, str | int | float | bool)}
    return {key: Fact(_text(value), f"{key!r}: {str(value)[:SHOWN]!r}") for key, value in plain.items()}


def _text(value: str | float) -> str:
    return str(int(value)) if isinstance(value, bool) else str(value).strip()


def rows(tree: Json, name: str) -> list[Json]:
    """The rows of a table; none where it is not there, Misread where it is no table."""
    table = tree.get(f"TABLE_{name}")
    if table is None:
        return []
    if not isinstance(table, dict):
        _no_table(name)
    found = table.get(f"ROW_{name}", [])
    listed = found if isinstance(found, list) else [found]
    if not all(isinstance(row, dict) for row in listed):
        _no_table(name)
    return listed


def some_rows(tree: Json, name: str) -> list[Json]:
    """The rows of a table that can't be empty."""
    found = rows(tree, name)
    if not found:
        raise Misread(f"it has no rows in 'TABLE_{name}'")
    return found


def _no_table(name: str) -> NoReturn:
    raise Misread(f"'TABLE_{name}' is no table")
