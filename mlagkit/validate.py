"""Is what is written usable? Every file by itself, and all of them together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mlagkit.errors import InputError
from mlagkit.finding import Finding, Origin
from mlagkit.input_rules import input_finding
from mlagkit.intent import Pair, load_pairs
from mlagkit.source import nearest

if TYPE_CHECKING:
    from mlagkit.switch import Path as Keys


def load(paths: Iterable[str | Path]) -> list[Pair]:
    """The pairs of all files and folders; InputError with every finding if anything is wrong with any of them."""
    pairs = load_pairs(paths)
    findings = list(twins(pairs))
    if findings:
        raise InputError(findings)
    return pairs


def twins(pairs: Sequence[Pair]) -> Iterator[Finding]:
    """Pairs of one name, and switches of one name, in different files: each after the first is a finding.

    Names are compared as a file system may compare them, which is without case: they become file names.
    """
    seen: dict[tuple[str, str], Origin] = {}
    for pair in _once(pairs):
        for kind, name, path in _names(pair):
            origin = pair.sources[pair.hostnames[0]].origin(path)
            first = seen.setdefault((kind, name.casefold()), origin)
            if first is not origin:
                message = f"there is already a {kind} {name}, in {first.file}:{first.line}"
                yield input_finding("IN23", message, origin, path=".".join(map(str, path)))


def _once(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """Each file once, also where it was named twice or lies in a folder that was named, too."""
    seen: set[Path] = set()
    for pair in pairs:
        path = Path(pair.file).resolve()
        if path not in seen:
            seen.add(path)
            yield pair


def _names(pair: Pair) -> Iterator[tuple[str, str, Keys]]:
    yield "pair", pair.name, ("pair",)
    for hostname in pair.hostnames:
        yield "switch", hostname, ("switches", hostname)


def named(pairs: Sequence[Pair], switch: str | None) -> tuple[str, ...]:
    """The switches of all pairs, or the one that was asked for; InputError if no pair has it."""
    names = tuple(name for pair in pairs for name in pair.hostnames)
    if switch is None:
        return names
    if switch not in names:
        likely = nearest(switch, names)
        hint = f"did you mean {likely}?" if likely else f"there are {', '.join(names[:10])}"
        origin = pairs[0].sources[pairs[0].hostnames[0]].origin(("switches",))
        raise InputError([input_finding("IN08", f"{switch} is no switch of a pair here; {hint}", origin)])
    return (switch,)
