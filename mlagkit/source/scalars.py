"""What a scalar means: the core schema of YAML 1.2 (section 10.3.2), which leaves alone what YAML 1.1 mangles.

``no`` and ``on`` are words, ``65000:10`` and a MAC address are text, a date is text.
"""

from __future__ import annotations

import re
from typing import TypeAlias

from yaml.nodes import ScalarNode

Scalar: TypeAlias = str | int | float | bool | None

STR = "tag:yaml.org,2002:str"
INT = "tag:yaml.org,2002:int"
FLOAT = "tag:yaml.org,2002:float"
BOOL = "tag:yaml.org,2002:bool"
NULL = "tag:yaml.org,2002:null"
MAP = "tag:yaml.org,2002:map"
SEQ = "tag:yaml.org,2002:seq"

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_TRUES = frozenset({"true", "True", "TRUE"})
_FALSES = frozenset({"false", "False", "FALSE"})
_NUMBER_STARTS = frozenset("0123456789+-.")
_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NO_NUMBERS = frozenset({".nan", ".NaN", ".NAN"})
_ENDLESS = _NO_NUMBERS | {f"{sign}{word}" for sign in ("", "+", "-") for word in (".inf", ".Inf", ".INF")}
_MAX_DIGITS = 24  # a 64-bit number in octal takes 24 characters


def tag_of(text: str) -> str:
    """The tag that YAML 1.2 gives to this plain (unquoted) text."""
    if text[:1] in _NUMBER_STARTS:
        if _INT.fullmatch(text):
            return INT
        return FLOAT if text in _ENDLESS or _FLOAT.fullmatch(text) else STR
    if text in _NULLS:
        return NULL
    return BOOL if text in _TRUES or text in _FALSES else STR


def doubt(text: str, tag: str) -> str:
    """Why a plain number can't be taken as one (IN12), or an empty string."""
    digits = text.lstrip("+-")
    if tag == INT and digits[:1] == "0" and digits[1:2].isdecimal():
        decimal = text[:1].strip("+0123456789") + (text.lstrip("+-0") or "0")
        return f'is {decimal} to some readers and octal to others; write {decimal}, or "{text[:40]}" for the text'
    if tag == INT and len(text) > _MAX_DIGITS:
        return "is longer than any number of a switch; put it in quotes if it is text"
    if tag == FLOAT and not abs(_float(text)) < float("inf"):
        return "is no number that a switch could be told; put it in quotes if it is text"
    return ""


def scalar(node: ScalarNode) -> Scalar:
    """The value of a scalar whose tag is already resolved."""
    text: str = node.value
    tag = node.tag
    if tag == STR:
        return text
    if tag == INT:
        return int(text, 0) if text[:2] in ("0x", "0o") else int(text)
    if tag == FLOAT:
        return _float(text)
    return None if tag == NULL else text in _TRUES


def _float(text: str) -> float:
    return float(text.replace(".", "", 1) if text in _ENDLESS else text)
