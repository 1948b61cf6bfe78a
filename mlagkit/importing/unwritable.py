"""What no pair file can hold: names that are none, lines without their block, and characters that would be commands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from mlagkit.config import ConfigTree
from mlagkit.errors import InputError
from mlagkit.finding import Finding, Origin
from mlagkit.importing.text import pair_text
from mlagkit.input_rules import input_finding
from mlagkit.intent import pair_of
from mlagkit.intent.misfit import Misfit
from mlagkit.intent.text import refuse_control
from mlagkit.nxos.facts import Text
from mlagkit.nxos.noise import is_noise
from mlagkit.nxos.running import hostname
from mlagkit.nxos.script import is_script

_NO_UTF_8 = re.compile("[\udc80-\udcff]")


def unnameable(trees: Mapping[str, ConfigTree], pair: str) -> Iterator[Finding]:
    """What a pair file has against the names of the pair and its switches, said of where they come from."""
    try:
        pair_of(pair_text({"pair": pair, "switches": {name: {} for name in trees}}), "")
    except InputError:
        yield from _each_name(trees, pair)


def _each_name(trees: Mapping[str, ConfigTree], pair: str) -> Iterator[Finding]:
    """The same, asked of one name after the other."""
    for name, tree in trees.items():
        try:
            pair_of(pair_text({"pair": "pair", "switches": {name: {}, f"{name[:60]}-b": {}}}), "")
        except InputError as error:
            said = hostname(tree)
            yield from (replace(each, origin=tree.origin(said[1] if said else 1)) for each in error.findings)
    try:
        pair_of(pair_text({"pair": pair, "switches": {"a": {}, "b": {}}}), "")
    except InputError as error:
        yield from (replace(each, origin=Origin(pair), pair=None) for each in error.findings)


def unwritable(tree: ConfigTree) -> Iterator[Finding]:
    """What is wrong with such lines, each with its place."""
    text = tree.text.replace("\r\n", "").replace("\n", "")
    if text.isascii() and text.isprintable():  # told of all lines at once
        return
    for block in tree.blocks():
        for _, number, text in block.lines():
            if not is_noise(text):
                yield from _wrong(tree, number, text)


def homeless(tree: ConfigTree, unknown: Iterable[Text]) -> Iterator[Finding]:
    """What is wrong with commands of a block that stand in none: a device would take them into the block before.

    ``unknown`` are the lines at the left margin that the catalogue does not know.
    """
    for text in unknown:
        if is_script((text.text,)):
            message = "this line stands in no block, and means something only in one; put it where it belongs"
            yield input_finding("IN20", message, tree.origin(text.number))


def _wrong(tree: ConfigTree, number: int, text: str) -> Iterator[Finding]:
    origin = tree.origin(number)
    if _NO_UTF_8.search(text):
        yield input_finding("IN14", "this line is not UTF-8, as a pair file is; convert the file", origin)
        return
    try:
        refuse_control(text.replace("\r\n", "\n"), line_breaks=True)
    except Misfit as misfit:
        yield input_finding("IN07", f"this line {misfit}", origin)
