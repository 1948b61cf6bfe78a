"""Lines that the catalogue does not know, brought together by their text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from mlagkit.nxos.facts import Text, by_text

Pair = tuple[Text | None, Text | None]
"""A running and an intended line with the same text; None where one side has none."""


def matched(old: Iterable[Text], new: Iterable[Text]) -> Iterator[Pair]:
    """Lines of a block in which order means nothing (reference 7.3); equal heads speak of one block."""
    left, right = by_text(old), by_text(new)
    for text in dict.fromkeys((*right, *left)):
        yield left.get(text), right.get(text)


def aligned(old: Sequence[Text], new: Sequence[Text]) -> Iterator[Pair]:
    """Lines below one that the catalogue does not know, where order may mean something."""
    left, right = [text.text for text in old], [text.text for text in new]
    if left == right:
        yield from zip(old, new, strict=True)
        return
    import difflib  # only a few blocks ever need it, and it costs a command's start

    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from zip(old[i1:i2], new[j1:j2], strict=True)
            continue
        yield from ((text, None) for text in old[i1:i2])
        yield from ((None, text) for text in new[j1:j2])
