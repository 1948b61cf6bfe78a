"""What an earlier run found on a pair file by itself, as it lies in a cache."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, get_type_hints

from mlagkit.cache import Cache
from mlagkit.finding import Finding
from mlagkit.fleet.effort import Effort, named_bytes
from mlagkit.plain import Read, plain, read_plain, reader
from mlagkit.rules.judge import Alone, takers
from mlagkit.rules.own import looks_at_pairs_alone
from mlagkit.rules.rule import Rule
from mlagkit.validate import Look, TakenName
from mlagkit.waivers import Accepted


@dataclass(frozen=True, slots=True)
class Kept:
    """Looks at pair files, with what reads the facts of each taker."""

    cache: Cache
    readers: Mapping[str, Read]

    def look(self, file: str) -> Look | None:
        """What an earlier run left of a pair file."""
        data = self.cache.read(file)
        with suppress(LookupError, ValueError, TypeError):
            return None if data is None else _look(file, data, self.readers)
        return None


def kept_looks(
    effort: Effort, files: Sequence[object], kind: str, rules: Sequence[Rule], own: Sequence[str]
) -> Kept | None:
    """What is kept of these rules; None where some facts can't be written down, or own rules may look at more."""
    if not all(map(looks_at_pairs_alone, own)):
        return None
    try:
        readers = {name: reader(get_type_hints(take)["return"]) for name, take in takers(rules).items()}
    except (KeyError, NameError, TypeError):
        return None
    cache = effort.cache_for(files, kind, *(rule.id.encode() for rule in rules), *map(named_bytes, own))
    return Kept(cache, readers) if cache else None


def keep(cache: Cache, file: str, key: str, found: Look) -> None:
    """Leave for the next run what was found when the cache had this key for the file."""
    with suppress(TypeError):  # facts of an own rule that are not what it says
        cache.write(file, key, _written(found))


def _written(found: Look) -> Any:  # noqa: ANN401  # plain data
    facts = {name: plain(fact) for name, fact in found.alone.facts.items()}
    return [plain(found.names), plain(found.alone.findings), facts, plain(found.of_file), plain(found.accepted)]


def _look(file: str, data: Any, readers: Mapping[str, Read]) -> Look:  # noqa: ANN401  # plain data
    names, findings, facts, of_file, accepted = data
    return Look(
        file=file,
        names=read_plain(tuple[TakenName, ...], names),
        alone=Alone(
            findings=read_plain(tuple[Finding, ...], findings),
            facts={name: read(facts[name]) for name, read in readers.items()},
        ),
        of_file=read_plain(tuple[Finding, ...], of_file),
        accepted=read_plain(Accepted, accepted),
    )
