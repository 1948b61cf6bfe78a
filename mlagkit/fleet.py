"""Many pair files: worked on by several processes at once, and not again where nothing changed.

What is left of a pair is small, so that none of the processes needs more memory for more pairs. The result is the same
for any number of processes, and with results of an earlier run or without.
"""

from __future__ import annotations

import os
import stat
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, get_type_hints

from mlagkit.cache import Cache, digest, program
from mlagkit.errors import InputError
from mlagkit.finding import Finding, Origin
from mlagkit.intent import load_pair
from mlagkit.intent.load import gathered, pair_files
from mlagkit.plain import Read, plain, read_plain, reader
from mlagkit.validate import Judged, Look, TakenName, judged, look, names_of, one_of, refuse_twins, rules_with
from mlagkit.workers import each
from mlagkit.write import PRIVATE

if TYPE_CHECKING:
    from mlagkit.rules.rule import Rule

R = TypeVar("R")

FEW = 8
"""So many files are done before results of an earlier run would help."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How the work is done, which changes nothing of its result: in how many processes, with which cache folder."""

    jobs: int = 1
    cache: Path | None = None

    def cache_for(self, files: Sequence[object], kind: str, *basis: bytes) -> Cache | None:
        """Results of that kind for so many files, which depend on mlagkit itself and on the basis."""
        if self.cache is None or len(files) <= FEW:
            return None
        return Cache(self.cache, kind, digest(program().encode(), *basis))


def judge_fleet(
    paths: Iterable[str | Path],
    rules: Sequence[Rule],
    own: Sequence[str],
    day: date,
    effort: Effort,
    *,
    consistency: bool = False,
) -> Judged:
    """What the rules, which are all of mlagkit's and those of the files ``own``, find on the pairs as of that day.

    InputError with all that is wrong with any of the files and folders. ``consistency`` asks for verdicts, too.
    """
    looks = looks_of(pair_files(paths), rules, own, effort, consistency=consistency)
    return judged(looks, rules, day)


def looks_of(
    files: Sequence[str | InputError],
    rules: Sequence[Rule],
    own: Sequence[str],
    effort: Effort,
    *,
    consistency: bool = False,
) -> list[Look]:
    """What is left of each pair file that was looked at by itself; InputError as above."""
    cache, readers = None, _fact_readers(rules, own)
    if readers is not None and not consistency:
        cache = effort.cache_for(files, "look", *(rule.id.encode() for rule in rules), *map(_bytes, own))
    task = _Looking(rules, tuple(own), consistency, cache)
    return gathered(_results(task, partial(_kept_look, cache, readers or {}), files, effort.jobs))


def facts_of(
    files: Sequence[str], rules: Sequence[Rule], own: Sequence[str], effort: Effort
) -> list[Look | InputError]:
    """What the rules that hold pairs against each other get to see of each pair file, and nothing else of it.

    That is much cheaper than to judge it. A file that can't be used is the error that says why.
    """
    asked = _of_site(rules)
    if not asked:
        return []
    cache, readers = None, _fact_readers(asked, own)
    if readers is not None:
        cache = effort.cache_for(files, "facts", *(rule.id.encode() for rule in asked), *map(_bytes, own))
    task = _Looking(asked, tuple(own), consistency=False, cache=cache, is_of_site=True)
    return [*_results(task, partial(_kept_look, cache, readers or {}), files, effort.jobs)]


def _of_site(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    return tuple(rule for rule in rules if rule.on_site)


def _fact_readers(rules: Sequence[Rule], own: Iterable[str]) -> Mapping[str, Read] | None:
    """What reads the facts of each taker; None where some can't be written down, or own rules may look at more."""
    from mlagkit.rules.judge import takers
    from mlagkit.rules.own import looks_at_pairs_alone

    if not all(map(looks_at_pairs_alone, own)):
        return None
    try:
        return {name: reader(get_type_hints(take)["return"]) for name, take in takers(rules).items()}
    except (KeyError, NameError, TypeError):
        return None


def _bytes(file: str) -> bytes:
    return os.fsencode(file) + b"\0" + Path(file).read_bytes()


@dataclass(frozen=True, slots=True)
class _Looking:
    """Judges one pair file by itself; with ``is_of_site`` it only takes what the rules of a site will see."""

    rules: Sequence[Rule]
    own: tuple[str, ...]
    consistency: bool
    cache: Cache | None
    is_of_site: bool = False

    def __reduce__(self) -> tuple[Callable[..., _Looking], tuple[object, ...]]:
        """Rules are functions, of which a new process makes its own."""
        return _looking, (self.own, self.consistency, self.cache, self.is_of_site)

    def __call__(self, file: str) -> Look | InputError:
        key = self.cache.key(file) if self.cache else ""
        try:
            found = look(file, self.rules, consistency=self.consistency)
        except InputError as error:
            return error
        if self.cache:
            with suppress(TypeError):  # facts of an own rule that are not what it says
                self.cache.write(file, key, _written(found))
        return found


def _looking(own: tuple[str, ...], consistency: bool, cache: Cache | None, is_of_site: bool) -> _Looking:
    rules = rules_with(own)
    return _Looking(_of_site(rules) if is_of_site else rules, own, consistency, cache, is_of_site)


def _kept_look(cache: Cache | None, readers: Mapping[str, Read], file: str) -> Look | None:
    """What an earlier run left of a pair file."""
    data = cache.read(file) if cache else None
    with suppress(LookupError, ValueError, TypeError):
        return None if data is None else _look(file, data, readers)
    return None


def _written(found: Look) -> Any:  # noqa: ANN401  # plain data
    facts = {name: plain(fact) for name, fact in found.alone.facts.items()}
    return [plain(found.names), plain(found.alone.findings), facts, plain(found.accepted)]


def _look(file: str, data: Any, readers: Mapping[str, Read]) -> Look:  # noqa: ANN401  # plain data
    from mlagkit.rules.judge import Alone
    from mlagkit.waivers import Accepted

    names, findings, facts, accepted = data
    return Look(
        file=file,
        names=read_plain(tuple[TakenName, ...], names),
        alone=Alone(
            read_plain(tuple[Finding, ...], findings), {name: read(facts[name]) for name, read in readers.items()}
        ),
        accepted=read_plain(Accepted, accepted),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Configurations:
    """The configurations of many switches; in ``kept`` those whose file is as it would be written, without a text."""

    packed: Mapping[str, bytes]
    kept: tuple[str, ...] = ()

    @property
    def texts(self) -> Iterator[tuple[str, str]]:
        """Name and text of each switch, of which only one is unpacked at a time."""
        return ((name, _unpacked(text)) for name, text in self.packed.items())


def render_fleet(
    paths: Iterable[str | Path],
    effort: Effort,
    *,
    switch: str | None = None,
    templates: Path | None = None,
    annotate: bool = False,
    folder: Path | None = None,
) -> Configurations:
    """The configurations of the pairs of all files and folders, or that of one ``switch``.

    ``folder`` is where they are going to be written. InputError with all that is wrong with any file, or where there
    is no such switch.
    """
    files, cache = pair_files(paths), None
    if folder is not None:
        cache = effort.cache_for(files, "render", repr(switch).encode(), *_contents(templates))
    task = _Rendering(switch=switch, templates=templates, annotate=annotate, folder=folder, cache=cache)
    found = gathered(_results(task, task.kept, files, effort.jobs))
    names = [name for pair in found for name in pair.names]
    refuse_twins(names)
    hostnames = one_of([name.name for name in names if name.kind == "switch"], switch, found[0].switches)
    packed = {name: text for pair in found for name, text in pair.packed.items()}
    return Configurations(packed=packed, kept=tuple(name for name in hostnames if name not in packed))


def _contents(folder: Path | None) -> Iterator[bytes]:
    """Name and bytes of every file that templates may be made of."""
    for path in sorted(folder.rglob("*")) if folder else ():
        if path.is_file():
            yield _bytes(str(path))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rendered:
    """What is left of one pair file that was rendered; a text that need not be written again is not there."""

    names: tuple[TakenName, ...]
    switches: Origin
    packed: Mapping[str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rendering:
    """Renders the switches of one pair file. Of a text, which may hold secrets, only a digest is ever kept."""

    switch: str | None
    templates: Path | None
    annotate: bool
    folder: Path | None
    cache: Cache | None

    def __call__(self, file: str) -> _Rendered | InputError:
        from mlagkit.configurations import annotated, configurations, switches_of

        key = self.cache.key(file) if self.cache else ""
        make = annotated if self.annotate else configurations
        try:
            pair = load_pair(file)
            asked = [name for name in pair.hostnames if self.switch in (None, name)]
            texts = make(switches_of([pair], asked), self.templates)
        except InputError as error:
            return error
        packed = {name: _packed(text) for name, text in texts.items()}
        found = _Rendered(names=names_of(pair), switches=pair.switches_origin, packed=packed)
        if self.cache:
            digests = {name: digest(_encoded(text)) for name, text in texts.items()}
            self.cache.write(file, key, [plain(found.names), plain(found.switches), digests])
        return found

    def kept(self, file: str) -> _Rendered | None:
        """What an earlier run left of it, if the files that it wrote are still the same."""
        data: Any = self.cache.read(file) if self.cache else None
        with suppress(LookupError, ValueError, TypeError, AttributeError):
            names, switches, digests = data
            if self.folder and all(_is_written(self.folder / f"{name}.cfg", one) for name, one in digests.items()):
                found = read_plain(tuple[TakenName, ...], names)
                return _Rendered(names=found, switches=read_plain(Origin, switches), packed={})
        return None


def _is_written(path: Path, expected: str) -> bool:
    """Whether the file is what writing it again would make of it, its permissions included."""
    with suppress(OSError):
        status = path.lstat()
        is_private = stat.S_ISREG(status.st_mode) and stat.S_IMODE(status.st_mode) == PRIVATE
        return is_private and digest(path.read_bytes()) == expected
    return False


def _packed(text: str) -> bytes:
    """The configurations of a fleet, which must wait for each other, in a tenth of the memory."""
    return zlib.compress(_encoded(text), 1)


def _unpacked(packed: bytes) -> str:
    return zlib.decompress(packed).decode("utf-8", "surrogateescape")


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _results(
    task: Callable[[str], R | InputError],
    kept: Callable[[str], R | None],
    files: Sequence[str | InputError],
    jobs: int,
) -> Iterator[R | InputError]:
    """What the task gives for each file, in their order; asked only where nothing is kept from an earlier run."""
    known = [file if isinstance(file, InputError) else kept(file) for file in files]
    asked = [file for file, found in zip(files, known, strict=True) if found is None and isinstance(file, str)]
    new = iter(each(task, asked, 1 if any(map(_comes_once, asked)) else jobs))
    return (next(new) if found is None else found for found in known)


def _comes_once(file: str) -> bool:
    """Whether a file is a pipe: what another process has read from it is gone for this one."""
    with suppress(OSError, ValueError):
        return stat.S_ISFIFO(os.stat(file).st_mode)
    return False
