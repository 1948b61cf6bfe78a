"""The two switches of a pair, whatever tells of them: a pair file or two running-configs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from mlagkit.intent import Pair

if TYPE_CHECKING:
    from mlagkit.config import ConfigTree
    from mlagkit.rules.rule import Peers


def peers_of(pair: Pair) -> Peers:
    """Both switches of a pair file, in its order."""
    from mlagkit.expand import expand

    one, other = expand(pair).values()
    return one, other


def peers_of_running(trees: Mapping[str, ConfigTree]) -> Peers:
    """Both switches of two running-configs by hostname; the pair is called after both."""
    from mlagkit.importing.names import pair_name
    from mlagkit.importing.pair import read_pair

    one, other = read_pair(trees, pair_name([*trees])).values()
    return one, other
