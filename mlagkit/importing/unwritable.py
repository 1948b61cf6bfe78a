"""Lines of a configuration that no pair file can hold: those with characters that would reach a device as a command."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mlagkit.config import ConfigTree
from mlagkit.finding import Finding
from mlagkit.input_rules import input_finding
from mlagkit.intent.misfit import Misfit
from mlagkit.intent.text import refuse_control
from mlagkit.nxos.facts import is_noise

_NO_UTF_8 = re.compile("[\udc80-\udcff]")


def unwritable(tree: ConfigTree) -> Iterator[Finding]:
    """What is wrong with such lines, each with its place."""
    for block in tree.blocks():
        for _, number, text in block.lines():
            if not is_noise(text):
                yield from _wrong(tree, number, text)


def _wrong(tree: ConfigTree, number: int, text: str) -> Iterator[Finding]:
    origin = tree.origin(number)
    if _NO_UTF_8.search(text):
        yield input_finding("IN14", "this line is not UTF-8, as a pair file is; convert the file", origin)
        return
    try:
        refuse_control(text.replace("\r\n", "\n"), line_breaks=True)
    except Misfit as misfit:
        yield input_finding("IN07", f"this line {misfit}", origin)
