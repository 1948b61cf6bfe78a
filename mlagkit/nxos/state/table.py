"""Tables with columns of fixed width, whose cells go on below where they are too long."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from mlagkit.nxos.state.lines import Line, squeezed
from mlagkit.nxos.state.words import is_vlans


def columns(head: Line, names: Sequence[str]) -> list[int]:
    """Where each column begins; Misread where the head is not exactly these names."""
    if squeezed(head.text) != squeezed(" ".join(names)):
        raise head.misread()
    at, found = 0, []
    for name in names:
        at = head.text.find(name, at)
        if at < 0:
            raise head.misread()
        found.append(at)
        at += len(name)
    return found


def cells(line: Line, starts: Sequence[int]) -> list[str]:
    """The text in each column; Misread where a text runs from one column into the next."""
    text = line.text
    if any(text[at - 1 : at].strip() for at in starts[1:]):
        raise line.misread()
    ends = [*(end for _, end in pairwise(starts)), len(text)]
    return [text[start:end].strip() for start, end in zip(starts, ends, strict=True)]


def joined(pieces: Sequence[str]) -> str:
    """A text that was wrapped: lists of VLANs anywhere, all else between words.

    vpc-reference.md, id 30598270160: ``14,54-55,57,62,66-70,7`` goes on with ``5,77-79``.
    """
    there = [piece for piece in pieces if piece]
    wrapped = len(there) > 1 and all(is_vlans(piece.lstrip(",-")) for piece in there)
    return ("" if wrapped else " ").join(there)
