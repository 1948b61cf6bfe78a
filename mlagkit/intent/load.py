"""From pair files to Pairs: every mistake of every file in one run, each at its line and column."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from mlagkit.errors import InputError
from mlagkit.finding import Finding, Origin
from mlagkit.input_rules import input_finding
from mlagkit.intent.check import contradictions
from mlagkit.intent.hostnames import hostnames_of
from mlagkit.intent.model import Model
from mlagkit.intent.other import other_kind
from mlagkit.intent.pair import Intent, Pair, PairFacts, SelectedTree, read
from mlagkit.intent.profiles import Settled
from mlagkit.intent.select import PAIR_LEVEL, select
from mlagkit.source import (
    Data,
    Source,
    construct,
    empty,
    find,
    inspect_source,
    key_of,
    overlay,
    read_bytes,
    with_entries,
)
from mlagkit.source.scalars import SEQ

SITE = "site.yaml"
"""The file beside pair files that holds what they share."""

_KNOWN = frozenset({*PairFacts.model_fields, *Intent.model_fields})
_DEEP = 50  # levels that a site's values lie under a pair's: all of them
M = TypeVar("M", bound=Model)
Result = TypeVar("Result")
LOOKS_LIKE_A_PAIR = rb"(?m)^(pair|switches)[ \t]*:"


def load_pair(path: str | Path) -> Pair:
    """Read one pair file, and the ``site.yaml`` beside it, whose values lie under the pair's own.

    InputError with a finding for everything that is wrong, sorted by place.
    """
    root, findings = _inspected(Path(path))
    if other := other_kind(str(path), root, _KNOWN):
        raise InputError([other])
    site, more = _inspected(Path(path).with_name(SITE), _site_of) if Path(path).with_name(SITE).exists() else (None, [])
    return _loaded(str(path), root, site, [*findings, *more])


def pair_of(text: str, file: str, base: str = "") -> Pair:
    """The pair of a text that is, or will be, the file of that name; InputError as above. No site file is read.

    ``base`` is the text of a pair file that it is laid over: what it does not say is as there.
    """
    source, findings = inspect_source(text.encode(), file)
    root = source.root if source else None
    below, more = inspect_source(base.encode(), "base.yaml") if base else (None, ())
    if root is not None and below is not None:
        merged = overlay(below.root, root, _DEEP)
        root = merged if isinstance(merged, MappingNode) else root
    return _loaded(file, root, None, [*findings, *more])


def pair_said(facts: Data, said: Mapping[str, Data], file: str) -> Pair:
    """The pair of what is said of it, and of each switch by hostname, without a text that says it.

    InputError as above, but that the places are none: what is wrong has its path.
    """
    nowhere = empty(file)
    found, findings = _validated(PairFacts, facts, nowhere, _keys(facts), [*said])
    sections = _keys(*said.values())  # of both, as of one file: what is built for the one is there for the other
    intents: dict[str, Intent] = {}
    of_switch: dict[str, list[Finding]] = {}
    for hostname, data in said.items():
        intent, of_switch[hostname] = _validated(Intent, data, nowhere, sections, [*said])
        if intent is not None:
            intents[hostname] = intent
    findings += _merged(of_switch)
    if found is None or findings:
        raise InputError(_sorted(findings))
    sources = {name: SelectedTree(root=nowhere, hostname=name) for name in said}
    pair = Pair(file=file, facts=found, intents=intents, sources=sources)
    if wrong := contradictions(pair):
        raise InputError(_sorted(wrong))
    return pair


def _keys(*tables: Data) -> frozenset[str | int]:
    return frozenset(key for table in tables if isinstance(table, dict) for key in table)


def _loaded(file: str, root: MappingNode | None, site: MappingNode | None, findings: list[Finding]) -> Pair:
    if root is None:
        raise InputError(_sorted(findings))
    pair, rest = _understood(file, root, site)
    findings = [replace(finding, pair=_name(root)) for finding in _sorted([*findings, *rest])]
    if pair is None or findings:
        raise InputError(findings)
    return pair


def _name(root: MappingNode) -> str | None:
    name = find(root, ("pair",))
    return str(name.value) if isinstance(name, ScalarNode) and name.value else None


def load_pairs(paths: Iterable[str | Path]) -> list[Pair]:
    """The pairs of files and folders, sorted by file within a folder; InputError with the findings of all of them.

    In a folder, at any depth, a file counts that ends in ``.yaml`` or ``.yml``, is no ``site.yaml`` and has a line
    that begins with ``pair:`` or ``switches:``; hidden files and folders are passed over. A file that is named twice,
    or lies in a folder that is named, too, counts once.
    """
    return gathered(map(load_or_error, pair_files(paths)))


def pair_files(paths: Iterable[str | Path]) -> list[str | InputError]:
    """The files that `load_pairs` reads, in that order, and an error for each folder that has none."""
    found: dict[str, str | InputError] = {}
    for path in paths:
        files = list(_pair_files(Path(path)))
        for file in files:
            found.setdefault(os.path.realpath(file), str(file))
        if not files:
            finding = input_finding("IN11", "no pair file in this folder", Origin(str(path)))
            found[f"{path}{os.sep}"] = InputError([finding])
    return list(found.values())


def load_or_error(file: str | InputError) -> Pair | InputError:
    """The pair of a file, or why there is none."""
    if isinstance(file, InputError):
        return file
    try:
        return load_pair(file)
    except InputError as error:
        return error


def gathered(results: Iterable[Result | InputError]) -> list[Result]:
    """All results; where any is an error, InputError with the findings of every one that is."""
    found: list[Result] = []
    findings: list[Finding] = []
    for result in results:
        if isinstance(result, InputError):
            findings += result.findings
        else:
            found.append(result)
    if findings:
        raise InputError(list(dict.fromkeys(findings)))
    return found


def pair_files_beside(site: str | Path) -> frozenset[Path]:
    """Every pair file that a site file lies under."""
    folder = Path(site).parent
    return frozenset(file.resolve() for file in _pair_files(folder) if file.parent == folder)


def _pair_files(path: Path) -> Iterator[Path]:
    if not os.path.isdir(path):  # `Path.is_dir` raises for names that are too long
        yield path
        return
    for file in sorted(path.rglob("*.y*ml")):
        hidden = any(part.startswith(".") for part in file.relative_to(path).parts)
        if file.suffix not in (".yaml", ".yml") or file.name == SITE or hidden or not file.is_file():
            continue
        if re.search(LOOKS_LIKE_A_PAIR, read_bytes(file)):
            yield file


Inspected = tuple[Source | None, tuple[Finding, ...]]


@lru_cache(maxsize=4)
def _site_of(raw: bytes, file: str) -> Inspected:
    """A site file is read once for all pairs beside it, which follow each other."""
    return inspect_source(raw, file)


def _inspected(
    path: Path, inspect: Callable[[bytes, str], Inspected] = inspect_source
) -> tuple[MappingNode | None, list[Finding]]:
    try:
        source, findings = inspect(read_bytes(path), str(path))
    except InputError as error:
        return None, list(error.findings)
    return (source.root if source else None), list(findings)


def _understood(file: str, root: MappingNode, site: MappingNode | None) -> tuple[Pair | None, list[Finding]]:
    """The pair of a tree, and everything that is wrong with it."""
    hostnames, findings = hostnames_of(root)
    facts, more = _facts(_with_site(root, site), hostnames)
    findings += more
    intents: dict[str, Intent] = {}
    sources: dict[str, SelectedTree] = {}
    of_switch: dict[str, list[Finding]] = {}
    sections = _sections(root, site)
    for hostname in hostnames or [""]:
        tree, of_switch[hostname] = _settled(root, site, hostname, hostnames)
        own = _without(tree, PAIR_LEVEL)
        intent, wrong = _validated(Intent, construct(own), own, sections, hostnames)
        of_switch[hostname] += wrong
        if intent is not None:
            intents[hostname], sources[hostname] = intent, SelectedTree(root=tree, hostname=hostname)
    findings += _merged(of_switch)
    if facts is None or len(hostnames) != 2 or len(intents) != 2:
        return None, findings
    pair = Pair(file=file, facts=facts, intents=intents, sources=sources)
    return pair, findings + contradictions(pair)


def _with_site(root: MappingNode, site: MappingNode | None) -> MappingNode:
    """The pair's tree over the site's; raw lines of both are kept, the site's first."""
    if site is None:
        return root
    merged = overlay(site, root, _DEEP)
    common, own = find(site, ("extra",)), find(root, ("extra",))
    if isinstance(common, ScalarNode) and isinstance(own, ScalarNode) and isinstance(merged, MappingNode):
        both = SequenceNode(SEQ, [common, own], own.start_mark, own.end_mark)
        return _replaced(merged, "extra", both)
    return merged if isinstance(merged, MappingNode) else root


def _replaced(root: MappingNode, wanted: str, value: Node) -> MappingNode:
    entries = [(key, value if key_of(key) == wanted else old) for key, old in root.value]
    return with_entries(root, entries)


def _without(root: MappingNode, keys: Collection[str | int]) -> MappingNode:
    entries = [(key, value) for key, value in root.value if key_of(key) not in keys]
    return with_entries(root, entries)


def _facts(root: MappingNode, hostnames: Sequence[str]) -> tuple[PairFacts | None, list[Finding]]:
    kept = [key_of(key) for key, _ in root.value if key_of(key) not in PAIR_LEVEL]
    own = _without(root, kept)
    return _validated(PairFacts, construct(own), own, _sections(root), hostnames)


def _settled(
    root: MappingNode, site: MappingNode | None, hostname: str, hostnames: Sequence[str]
) -> tuple[MappingNode, list[Finding]]:
    """The tree as one switch sees it: its values chosen, the site's and its profiles' laid under."""
    own, findings = select(root, hostname, hostnames)
    common, more = select(site, hostname, hostnames) if site is not None else (None, [])
    settled = Settled(_with_site(own, common))
    return settled.root, [*findings, *more, *settled.findings]


def _validated(
    model: type[M], data: Data, root: MappingNode, sections: Collection[str | int], hostnames: Sequence[str]
) -> tuple[M | None, list[Finding]]:
    """The model of the data, or what is wrong with them at its place in the tree."""
    try:
        return read(model, data, sections), []
    except ValidationError as error:
        from mlagkit.intent.explain import Explainer

        return None, list(Explainer(model, root, _KNOWN, hostnames).findings(error))


def _sections(*roots: MappingNode | None) -> frozenset[str | int]:
    return frozenset(key_of(key) for root in roots if root is not None for key, _ in root.value)


def _merged(of_switch: dict[str, list[Finding]]) -> list[Finding]:
    """What is wrong for both switches once; what is wrong for one with its name."""
    everywhere = set.intersection(*(set(findings) for findings in of_switch.values()))
    return [
        finding if finding in everywhere or not name else replace(finding, switch=name)
        for name, findings in of_switch.items()
        for finding in findings
    ]


def _sorted(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(dict.fromkeys(findings), key=lambda finding: (finding.origin, finding.rule, finding.message))
