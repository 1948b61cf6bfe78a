"""What a pair, and a switch without a name of its own, is called."""

from __future__ import annotations

import re
from collections.abc import Sequence

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
