"""Lines that the catalogue does not know, brought together by their text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set

from mlagkit.nxos.facts import Text, by_text

Pair = tuple[Text | None, Text | None]
"""A running and an intended line with the same text; None where one side has none."""

_IN_ORDER = ("policy-map ", "aaa group server ")
"""How the heads begin below which the order of lines says what comes first: classes, servers (reference 7.3)."""


def matched(old: Iterable[Text], new: Iterable[Text], *, old_first: bool = False) -> Iterator[Pair]:
    """Lines of a block in which order means nothing (reference 7.3); equal heads speak of one block."""
    left, right = by_text(old), by_text(new)
    for text in dict.fromkeys((*left, *right) if old_first else (*right, *left)):
        yield left.get(text), right.get(text)


def misplaced(section: Sequence[str], old: Iterable[Text], new: Iterable[Text]) -> Set[str]:
    """The running lines that stand behind what they shall stand before, where that matters.

    A line that is typed comes last, so all behind the first difference are typed again.
    """
    if not section or not section[0].startswith(_IN_ORDER):
        return frozenset()
    left, right = by_text(old), list(by_text(new))
    kept = [text for text in left if text in set(right)]
    same = next((at for at, pair in enumerate(zip(kept, right, strict=False)) if pair[0] != pair[1]), len(kept))
    return frozenset(kept[same:])
