"""Is what is written usable? Every file by itself, and all of them together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mlagkit.errors import InputError
from mlagkit.finding import Finding, Origin
from mlagkit.input_rules import input_finding
from mlagkit.intent import Pair, load_pairs
from mlagkit.peers import peers_of, peers_of_running
from mlagkit.source import nearest

if TYPE_CHECKING:
    from mlagkit.config import ConfigTree
    from mlagkit.part import Path as Keys
    from mlagkit.rules.rule import Peers, Rule


def load(paths: Iterable[str | Path]) -> list[Pair]:
    """The pairs of all files and folders; InputError with every finding if anything is wrong with any of them."""
    pairs = load_pairs(paths)
    findings = list(twins(pairs))
    if findings:
        raise InputError(findings)
    return pairs


@dataclass(frozen=True, slots=True)
class Judged:
    """What rules found, on which pairs of switches, from which pair files."""

    findings: tuple[Finding, ...]
    peers: tuple[Peers, ...]
    files: tuple[str, ...] = ()


def rules_with(files: Iterable[str]) -> tuple[Rule, ...]:
    """Every rule, with those of a site's own files; InputError for a file that can't be used."""
    from mlagkit.rules import RULES
    from mlagkit.rules.own import load_own

    return (*RULES, *load_own(files, RULES))


def judge_files(paths: Iterable[str | Path], rules: Sequence[Rule], day: date) -> Judged:
    """What the rules find on the pairs of all files and folders as of that day.

    What is waived is marked as such. InputError as `load` raises it.
    """
    from mlagkit.rules.judge import findings
    from mlagkit.waivers import settled

    pairs = load(paths)
    peers = tuple(map(peers_of, pairs))
    found = settled(findings(rules, peers), pairs, rules, day)
    return Judged(tuple(found), peers, tuple(pair.file for pair in pairs))


def judge_running(trees: Mapping[str, ConfigTree], rules: Sequence[Rule]) -> Judged:
    """What the rules find on two running-configs, by hostname; findings point at their lines. None is waived."""
    from mlagkit.rules.judge import findings

    peers = (peers_of_running(trees),)
    return Judged(tuple(findings(rules, peers)), peers)


def twins(pairs: Sequence[Pair]) -> Iterator[Finding]:
    """Pairs of one name, and switches of one name, in different files: each after the first is a finding.

    Names are compared as a file system may compare them, which is without case: they become file names.
    """
    seen: dict[tuple[str, str], Origin] = {}
    for pair in pairs:
        for kind, name, path in _names(pair):
            origin = pair.sources[pair.hostnames[0]].origin(path)
            first = seen.setdefault((kind, name.casefold()), origin)
            if first is not origin:
                message = f"there is already a {kind} {name}, in {first.file}:{first.line}"
                yield input_finding("IN23", message, origin, path=".".join(map(str, path)))


def _names(pair: Pair) -> Iterator[tuple[str, str, Keys]]:
    yield "pair", pair.name, ("pair",)
    for hostname in pair.hostnames:
        yield "switch", hostname, ("switches", hostname)


def named(pairs: Sequence[Pair], switch: str | None) -> tuple[str, ...]:
    """The switches of all pairs, or the one that was asked for; InputError if no pair has it."""
    origin = pairs[0].sources[pairs[0].hostnames[0]].origin(("switches",))
    return one_of([name for pair in pairs for name in pair.hostnames], switch, origin)


def one_of(names: Sequence[str], switch: str | None, origin: Origin | None = None) -> tuple[str, ...]:
    """All names, or the one that was asked for; InputError if it is none of them."""
    if switch is None or switch in names:
        return tuple(names) if switch is None else (switch,)
    likely = nearest(switch, names)
    hint = f"did you mean {likely}?" if likely else f"there are {', '.join(names[:10])}"
    raise InputError(
        [input_finding("IN08", f"{switch} is no switch of a pair here; {hint}", origin or Origin("--switch"))]
    )
