"""Did you mean ...?"""

from __future__ import annotations

from collections.abc import Iterable

_LONGEST = 64  # comparing is quadratic, and no key of ours is longer


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was most likely meant, or None; case, hyphens and spaces count as small slips."""
    if len(word) > _LONGEST:
        return None
    plain = {_plain(name): name for name in known}
    if (same := plain.get(_plain(word))) is not None:
        return same
    from difflib import get_close_matches

    close = get_close_matches(_plain(word), plain, n=1)
    return plain[close[0]] if close else None


def _plain(word: str) -> str:
    return word.lower().replace("-", "_").replace(" ", "_")
