"""Lines that the catalogue does not know, brought together by their text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set

from mlagkit.nxos.facts import Text, by_text

Pair = tuple[Text | None, Text | None]
"""A running and an intended line with the same text; None where one side has none."""

_IN_ORDER = ("policy-map ", "aaa group server ")
_ENTRIES = ("class", "server")
"""How the heads begin below which the order of such lines says what comes first (reference 7.3)."""


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
    found: set[str] = set()
    for word in _ENTRIES:
        left, right = (list(filter(_begins(word), by_text(texts))) for texts in (old, new))
        kept = [text for text in left if text in set(right)]
        same = next((at for at, pair in enumerate(zip(kept, right, strict=False)) if pair[0] != pair[1]), len(kept))
        found.update(kept[same:])
    return found


def _begins(word: str) -> Callable[[str], bool]:
    return lambda text: text.startswith(f"{word} ")
