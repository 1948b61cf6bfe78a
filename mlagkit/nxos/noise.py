"""Lines that say nothing about the configuration: a comment, a prompt, a word of a script."""

from __future__ import annotations

import re

from mlagkit.config import COMMENT

_SCRIPT_WORDS = frozenset(("exit", "end"))
# corpus: with a blank behind it or none, `Leaf-R1# sh run`, `Leaf-R1#sh run`, `leaf(config-if)#`.
_PROMPT = r"[\w.-]+(?:\([\w-]+\))?#(?:(?: |sh(?:ow?)? ).*)?\Z"


def is_noise(text: str) -> bool:
    """Whether a line, which has text, is one of these."""
    return text[0] in COMMENT or text in _SCRIPT_WORDS or is_prompt(text)


def is_prompt(text: str) -> bool:
    """Whether a line at column 0 is one that a terminal printed, not the configuration."""
    return "#" in text and " " not in text.partition("#")[0] and re.match(_PROMPT, text) is not None
