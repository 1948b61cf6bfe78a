"""Raw lines in the data of a pair file: put where they belong, shared by both switches or said of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import dedent, indent

from mlagkit.config import ConfigTree
from mlagkit.importing.data import Table, get, put
from mlagkit.nxos.objects import object_of
from mlagkit.nxos.parse import parse
from mlagkit.source import Data, Key
from mlagkit.values import InterfaceName

STEP = "  "


def carry(table: Table, section: Sequence[str], text: str) -> None:
    """Add a line of that section to the raw lines of its object, or at the left margin where no object has it."""
    path = _path_of(table, section[0]) if section else ()
    append(table, path or (), text, section if path is None else section[1:])


def _path_of(table: Table, head: str) -> tuple[Key, ...] | None:
    """Where the data have the object that a block describes; None where they do not."""
    found = object_of(head)
    if isinstance(found, InterfaceName):
        return _port_at(table, found)
    return tuple(found) if found is not None and _has(table, found) else None


def _has(table: Data, path: Sequence[Key]) -> bool:
    return isinstance(above := get(table, path[:-1]), dict) and path[-1] in above


def _port_at(table: Table, name: InterfaceName) -> tuple[Key, ...] | None:
    if _has(table, ("interfaces", name)):
        return ("interfaces", name)
    for path, channel in channels(table):
        number = channel.get("port_channel", path[-1])
        if name == f"port-channel{number}":
            return path
        members = channel.get("members")
        if isinstance(members, dict | list) and name in members:
            return (*path, "members", name)
    return None


def channels(table: Table) -> Iterator[tuple[tuple[Key, ...], Table]]:
    """Every port-channel of the data with its path."""
    link = table.get("peer_link")
    if isinstance(link, dict):
        yield ("peer_link",), link
    for section in ("vpcs", "port_channels"):
        inner = table.get(section)
        for key, channel in inner.items() if isinstance(inner, dict) else ():
            if isinstance(channel, dict):
                yield (section, key), channel


def append(table: Table, path: Sequence[Key], text: str, heads: Sequence[str] = ()) -> None:
    """Add lines, below those ``heads``, to the raw lines of the object at that path, or to those at the left margin."""
    path = tuple(path)
    if path[-2:-1] == ("members",) and isinstance(names := get(table, path[:-1]), list):
        put(table, path[:-1], {str(name): {} for name in names})
    if path:
        value = get(table, path)
        if not isinstance(value, dict):
            put(table, path, {"name": value} if value is not None else {})
    before = get(table, (*path, "extra"))
    put(table, (*path, "extra"), _joined(before if isinstance(before, str) else "", heads, text))


def _joined(before: str, heads: Sequence[str], text: str) -> str:
    """Raw lines with more of them below those heads, which stand there once."""
    if not heads:
        return f"{before}{text}\n"
    head, *inner = heads
    found = chunks(before)
    at = next((at for at, chunk in enumerate(found) if chunk.partition("\n")[0] == head), len(found))
    below = dedent(found[at].partition("\n")[2]) if at < len(found) else ""
    found[at : at + 1] = [f"{head}\n{indent(_joined(below, inner, text), STEP)}"]
    return "".join(found)


def chunks(text: Data) -> list[str]:
    """The raw lines at the left margin, each with what is indented below it; a banner in one piece."""
    raws = parse(text).raws if isinstance(text, str) else ()
    return [f"{ConfigTree((raw,)).text}\n" for raw in raws if raw.strip()]


def split(one: Data, other: Data) -> tuple[str, str, str]:
    """The raw lines of both switches, of the one alone and of the other alone; order means nothing among them."""
    left, right = chunks(one), chunks(other)
    common = [chunk for chunk in left if chunk in right]
    return (
        "".join(common),
        "".join(chunk for chunk in left if chunk not in common),
        "".join(chunk for chunk in right if chunk not in common),
    )
