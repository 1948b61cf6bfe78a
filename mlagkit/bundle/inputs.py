"""The files of a bundle: pair files with the ``site.yaml`` beside them, and running-configs, by their names in it."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path, PurePosixPath

from mlagkit.finding import Origin
from mlagkit.input_rules import input_error
from mlagkit.intent.load import SITE, gathered, pair_files
from mlagkit.intent.schema import pair_schema
from mlagkit.nxos.disguise import Disguise
from mlagkit.pseudonym import Key
from mlagkit.rules import RULES
from mlagkit.source.places import Place, places

PAIRS, RUNNING = "pairs", "running"
Texts = Mapping[str, str]
"""Texts by the names of their files, with ``/`` between folders."""


def inputs(paths: Sequence[str], running: Sequence[str]) -> Texts:
    """The texts as they are; InputError for what can't be read."""
    # Without `..`, which would lead out of the folder that they are written to.
    files = [Path(os.path.abspath(file)) for file in gathered(pair_files(paths))] if paths else []
    top = Path(os.path.commonpath([file.parent for file in files])) if files else Path()
    sites = {file.parent / SITE for file in files}
    texts = {}
    for file in sorted({*files, *(site for site in sites if site.is_file())}):
        texts[str(PurePosixPath(PAIRS, *file.relative_to(top).parts))] = _read(file)
    for file in _running_files(running):
        name, number = file.stem, 1
        while f"{RUNNING}/{name}.cfg" in texts:
            number += 1
            name = f"{file.stem}-{number}"
        texts[f"{RUNNING}/{name}.cfg"] = _read(file)
    return texts


def _running_files(sources: Iterable[str]) -> Iterator[Path]:
    for source in sources:
        found = sorted(Path(source).glob("*.cfg")) if os.path.isdir(source) else [Path(source)]
        if not found:
            raise input_error("IN24", "no running-config (<switch>.cfg) in this folder", Origin(source))
        yield from found


def _read(file: Path) -> str:
    try:
        data = file.read_bytes()
    except OSError as error:
        raise input_error("IN11", f"can't be read: {error.strerror}", Origin(str(file))) from error
    return data.decode("utf-8", "surrogateescape")


def other_inputs(texts: Texts, key: Key | None = None) -> Texts:
    """The same of a network that nobody knows; without a ``key`` one is drawn, and not kept."""
    disguise = Disguise([*texts, *texts.values()], words_of_pair_files(), key)
    told: Mapping[str, Callable[[str], str]] = {
        PAIRS: lambda text: disguised(text, disguise),
        RUNNING: disguise.config,
    }
    return {_other_name(name, disguise): told[PurePosixPath(name).parts[0]](text) for name, text in texts.items()}


def _other_name(name: str, disguise: Disguise) -> str:
    """The name of a file, where it tells of what is in it."""
    kind, *folders, file = PurePosixPath(name).parts
    if file != SITE:
        file = disguise.line(PurePosixPath(file).stem) + PurePosixPath(file).suffix
    return str(PurePosixPath(kind, *map(disguise.line, folders), file))


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
