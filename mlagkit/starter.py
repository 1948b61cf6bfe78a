"""The pair file that one starts from."""

from __future__ import annotations

import re

from mlagkit.shipped import shipped

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9._-]{0,60}\Z")


def starter(pair: str) -> str:
    """A commented pair file with that name, which is also the beginning of its switches' names.

    Raises ValueError for a name that no switch could have.
    """
    if not _NAME.match(pair):
        raise ValueError("a name is a letter and then letters, digits, dots, hyphens or underscores, at most 61")
    text = (shipped("templates") / "pair.yaml").read_text("utf-8")
    for mark, value in (("{{pair}}", pair), ("{{a}}", f"{pair}-a"), ("{{b}}", f"{pair}-b")):
        text = text.replace(mark, value)
    return text
