"""The pair file: what a person writes, checked and with every position kept.

`load_pair` reads one file, `load_pairs` files and folders, `pair_of` a text; `pair_said` takes data that stand in no
text. The models are in a small module each.
"""

from __future__ import annotations

from mlagkit.intent.load import SITE, load_pair, load_pairs, pair_of, pair_said
from mlagkit.intent.pair import Pair

__all__ = [
    "SITE",
    "Pair",
    "load_pair",
    "load_pairs",
    "pair_of",
    "pair_said",
]
