"""Whether two configurations are the same: in their text, or else in what they do."""

from __future__ import annotations

from mlagkit.config import ConfigTree
from mlagkit.diff import Policy, diff, fingerprint

_STRICT = Policy(strict=True)


def same(one: ConfigTree, other: ConfigTree) -> bool:
    """Whether nothing leads from one to the other; a switch may print what it went back to in another form."""
    if fingerprint(one) == fingerprint(other):
        return True
    return not diff(one, other, policy=_STRICT).changes and not diff(other, one, policy=_STRICT).changes
