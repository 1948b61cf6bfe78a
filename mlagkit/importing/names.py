"""What is called so that nothing else is: a pair, a switch without a name of its own, a profile, a secret."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import chain, count

_SEPARATORS = "-_."
_NO_NAME = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST = 63


def pair_name(names: Sequence[str]) -> str:
    """A name made of both hostnames: ``leaf-101-102`` of ``leaf-101`` and ``leaf-102``."""
    one, other = names
    common = 0
    for at, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            break
        if left in _SEPARATORS:
            common = at + 1
    return _NO_NAME.sub("-", f"{one}-{other[common:]}").strip("-._")[:_LONGEST] or "pair"


def another(name: str) -> str:
    """The name of the second of two switches that say they are the same one."""
    return f"{name[: _LONGEST - 2]}-b"


def free(name: str, mark: str, is_taken: Callable[[str], bool]) -> str:
    """The name, or where something else has it, the first one that is free with ``mark`` and a number behind it."""
    numbered = (f"{name}{mark}{number}" for number in count(2))
    return next(each for each in chain((name,), numbered) if not is_taken(each))
