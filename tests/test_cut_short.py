"""A configuration that breaks off: at any place the checks end with an answer, and what can be told is told."""

from __future__ import annotations

import random
import re
from pathlib import Path

from mlagkit.nxos.parse import parse
from mlagkit.nxos.running import cut_short, foreign, hostname
from tests.corpus_lines import read

CUTS = 200
BANNER = re.compile(r"^banner (?:motd|exec)[ \t]+(?P<end>\S)", re.M)
NO_COMMAND = re.compile(r"\s*(?:[!#].*)?")
"""The beginning of a line that holds no part of a command yet: blanks, or a comment."""

WHOLE = re.compile(r"\s*(?:end|exit|[\w.()-]+#\s*|boot nxos \S+\.bin(?: sup-1)?)\s*")
"""The beginning of a line that can be a whole one: a script's last word, a prompt, the last line that NX-OS prints."""


def banners(text: str) -> list[range]:
    """The places between the delimiters of each banner."""
    begins = [(match.end(), match["end"]) for match in BANNER.finditer(text)]
    return [range(begin, text.index(end, begin) + 1) for begin, end in begins if end in text[begin:]]


def places(text: str) -> list[int]:
    """Where to cut, by chance but always the same."""
    chance = random.Random(len(text))
    return [chance.randrange(len(text)) for _ in range(CUTS)]


def test_a_configuration_cut_anywhere(corpus_config: Path) -> None:
    """Cut inside a banner or a command, a configuration is refused; cut anywhere, every check has an answer."""
    text = read(corpus_config)
    inside = banners(text)
    for at in places(text):
        tree = parse(text[:at])
        reason = cut_short(tree)
        foreign(text[:at])
        hostname(tree)
        begun = text[text.rfind("\n", 0, at) + 1 : at]
        in_banner = any(at in span for span in inside)
        assert reason or not in_banner, f"inside the banner at {at}"
        assert reason or NO_COMMAND.fullmatch(begun) or WHOLE.fullmatch(begun), f"inside the line {begun!r}"
