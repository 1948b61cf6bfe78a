"""The commands that lead from one configuration of a switch to another, as its rollback prints them.

The form is that of corpus/nxos/show/rollback-diff/napalm-n9k-new-good.txt: a block, its lines two blanks further in,
``exit``; a line that has to go with ``no`` before it [certain]. In which order a switch prints them is not known; here
what goes stands before what comes [assumed]. A rollback of the lab does not type them, it puts all lines in place.
"""

from __future__ import annotations

from collections.abc import Iterator

from mlagkit.nxos.lab.row import Kind
from mlagkit.nxos.lab.spelling import vlan_list, vlan_text
from mlagkit.nxos.lab.store import VLAN_ROW, Store
from mlagkit.nxos.lab.tree import Line

_ONE_VALUE = (Kind.SINGLE, Kind.FLAG, Kind.ALLOWED, Kind.BLOCK)
_MARGIN = "  "


def patch(source: Store, target: Store) -> list[str]:
    """The commands that make the configuration of ``target`` of that of ``source``; none where they are equal."""
    if source.body() == target.body():
        return []
    return [*_vlans(source, target), *_lines(source.root, target.root, target.list_width)]


def _vlans(source: Store, target: Store) -> Iterator[str]:
    if source.vlans - target.vlans:
        yield f"no vlan {vlan_text(source.vlans - target.vlans)}"
    if target.vlans - source.vlans:
        yield f"vlan {vlan_text(target.vlans - source.vlans)}"


def _setting(line: Line) -> tuple[object, ...]:
    """What makes two lines the same setting with, perhaps, another value."""
    one_value = line.row is not None and line.row.kind in _ONE_VALUE
    return (line.row, line.key) if one_value else (line.row, line.key, line.text)


def _lines(source: Line, target: Line, width: int) -> Iterator[str]:
    old = {_setting(line): line for line in source.children if not _is_vlan_list(line)}
    new = {_setting(line): line for line in target.children if not _is_vlan_list(line)}
    for setting, line in old.items():
        if setting not in new and not (line.row is VLAN_ROW and _is_gone(line, target)):
            yield _undone(line)
    for setting, line in new.items():
        own = old.get(setting)
        if line.children or (own and own.children):
            yield from _block(own or Line(line.text, line.key, line.row, line.mode), line, own is None, width)
        elif own is None or (own.text, own.vlans) != (line.text, line.vlans):
            yield from filter(None, line.rows(width))


def _block(source: Line, target: Line, is_new: bool, width: int) -> Iterator[str]:
    inner = list(_lines(source, target, width))
    if inner or is_new:
        yield target.text
        yield from (f"{_MARGIN}{line}" for line in inner)
        yield f"{_MARGIN}exit"


def _is_vlan_list(line: Line) -> bool:
    return line.row is VLAN_ROW and line.key == ("vlan",)


def _is_gone(block: Line, target: Line) -> bool:
    """Whether the VLAN of a block is gone with it: `no vlan` was printed for it."""
    text = next((line.text for line in target.children if _is_vlan_list(line)), "")
    return int(block.key[1]) not in (vlan_list(text.removeprefix("vlan ")) if text else ())


def _undone(line: Line) -> str:
    head = line.text.split("\n")[0]
    return head.removeprefix("no ") if head.startswith("no ") else f"no {head}"
