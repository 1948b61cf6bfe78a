"""A pair file of another network: the same keys at the same lines, and other names, addresses and references."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from mlagkit.intent.schema import pair_schema
from mlagkit.nxos.disguise import Disguise
from mlagkit.rules import RULES
from mlagkit.source.places import Place, places

_SECRETS = frozenset(("authentication", "password", "username"))
"""Keys that take a reference, where a person may have written the secret itself."""
_TEXTS = frozenset(("description", "owner", "reason", "ticket"))
"""Keys that take text for people."""
_NO_SECRET = "md5 key-chain "
_COMMENT = re.compile(r"#(?:([ \t]*mlagkit:[ \t]*allow\b[^#\n]*)[^\n]*|[^\n]*)")
_FIRST_LINE = re.compile(r"[^\n]*\n?")
_ENTRY = re.compile(r"\s*(?:-\s+)?(?:[\w./-]+:(?:\s+|$))?[\"']?")


@cache
def words_of_pair_files() -> frozenset[str]:
    """What may stand in any pair file: keys, the words that they take, rules, and how a comment allows one."""
    rules = (word for rule in RULES for word in (rule.id, rule.name))
    return frozenset(("mlagkit", "allow", *rules, *_words(pair_schema())))


def _words(schema: object) -> Iterator[str]:
    if isinstance(schema, Mapping):
        yield from (str(name) for name in schema.get("properties", ()))
        for value in (*schema.get("enum", ()), schema.get("const", "")):
            yield from re.findall(r"[\w+-]+", str(value))
        schema = [*schema.values()]
    if isinstance(schema, list):
        for each in schema:
            yield from _words(each)


def disguised(text: str, disguise: Disguise) -> str:
    """The text with its lines where they were."""
    found = places(text)
    if found is None:
        return "\n".join(_line(line, disguise) for line in text.split("\n"))
    told, done = [], 0
    for place in found:
        told += [_between(text[done : place.start], disguise), _scalar(text[place.start : place.end], place, disguise)]
        done = place.end
    return "".join(told) + _between(text[done:], disguise)


def _between(text: str, disguise: Disguise) -> str:
    """The signs of YAML, anchors among them; of a comment only what it allows is said to anybody but its readers."""
    return disguise.text(_COMMENT.sub(r"#\1", text))


def _scalar(raw: str, place: Place, disguise: Disguise) -> str:
    """One scalar in the form in which it was written."""
    other = _other(place, disguise)
    if place.style in ("|", ">"):
        head = _FIRST_LINE.match(raw)
        begin = head.end() if head else 0
        return raw[:begin] + disguise.config(raw[begin:])
    if place.style == '"' and "\\" in raw:
        return json.dumps(other(place.value))
    quote = len(place.style)
    return raw[:quote] + "\n".join(map(other, raw[quote : len(raw) - quote].split("\n"))) + raw[len(raw) - quote :]


def _other(place: Place, disguise: Disguise) -> Callable[[str], str]:
    """What a scalar's text becomes, by the key in front of it."""
    if disguise.is_reference(place.value) or (place.key in _SECRETS and not place.value.startswith(_NO_SECRET)):
        return disguise.secret
    return disguise.text if place.key in _TEXTS else disguise.line


def _line(line: str, disguise: Disguise) -> str:
    """A line of a file that has no tree: behind its key it may be a line of configuration."""
    entry = _ENTRY.match(line)
    begin = entry.end() if entry else 0
    return disguise.line(line[:begin]) + disguise.line(line[begin:])
