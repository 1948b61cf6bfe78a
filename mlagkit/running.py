"""Running-configs from files: which one is which switch's, and whether it can be one at all."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from os.path import exists, isdir  # not those of Path, which raise for a name that is too long
from pathlib import Path

from mlagkit.config import ConfigTree
from mlagkit.errors import InputError
from mlagkit.finding import Finding, Origin
from mlagkit.input_rules import input_error, input_finding
from mlagkit.nxos.parse import parse
from mlagkit.nxos.running import cut_short, foreign, hostname, within_another
from mlagkit.source.nearest import nearest

MAX_BYTES = 20 * 1024 * 1024
"""Size of a running-config in bytes; the largest seen are below 1 MiB."""


@dataclass(frozen=True, slots=True)
class Running:
    """What one switch runs: its text as it was read, with the name that decided whose it is and that name's line."""

    switch: str
    tree: ConfigTree
    line: int = 1

    @property
    def file(self) -> str:
        """Where the text came from."""
        return self.tree.file


def assign(pair: Sequence[str], sources: Sequence[Path], names: Sequence[str] = ()) -> dict[str, Running]:
    """The running-config of each of the pair's two switches, by name, in the order of ``pair``.

    ``sources`` are two files, or one folder with a ``<switch>.cfg`` for each switch. Whose a file is follows from its
    hostname line; without one from ``names``, in the order of the files; else from the file's stem.
    Raises InputError with everything that is wrong with any of them.
    """
    found: list[Running] = []
    wrong: list[Finding] = []
    for index, file in enumerate(_files(pair, sources)):
        given = names[index] if index < len(names) else file.stem
        if not exists(file):
            wrong.append(_absent(file))
            continue
        try:
            found.append(read_running(file, given))
        except InputError as error:
            wrong += error.findings
    wrong += _strangers(pair, found)
    wrong += _twice(found)
    if wrong:
        raise InputError(wrong)
    return {name: running for name in pair for running in found if running.switch == name}


def both(sources: Sequence[Path], names: Sequence[str] = ()) -> dict[str, ConfigTree]:
    """Two running-configs by hostname where no pair file says whose they must be.

    ``sources`` are two files, or one folder that holds two ``.cfg`` files. Raises InputError as `assign` does, also
    where both are of one switch.
    """
    found = either(sources, names)
    if wrong := list(_twice(found)):
        raise InputError(wrong)
    return {running.switch: running.tree for running in found}


def either(sources: Sequence[Path], names: Sequence[str] = ()) -> tuple[Running, Running]:
    """The same without a look at whether the two have different names."""
    files = list(sources)
    if len(files) == 1 and isdir(files[0]):
        files = sorted(files[0].glob("*.cfg"))
    if len(files) != 2 or any(map(isdir, files)):
        among = ", with a folder among them" if any(map(isdir, files)) else ""
        message = (
            f"a pair is two running-configs, given as two files or as a folder of two; here are {len(files)}{among}"
        )
        raise input_error("IN24", message, Origin(str(sources[0] if sources else "--running")))
    found: list[Running] = []
    wrong: list[Finding] = []
    for index, file in enumerate(files):
        try:
            found.append(read_running(file, names[index] if index < len(names) else file.stem))
        except InputError as error:
            wrong += error.findings
    if wrong:
        raise InputError(wrong)
    one, other = found
    return one, other


def read_running(file: Path, name: str) -> Running:
    """One file as the running-config of the switch that its hostname line names, else of ``name``.

    Raises InputError for a file that can't be read, is no running-config, or breaks off, or whose lines are not where
    a switch has them.
    """
    text = _decoded(_read(file), file)
    tree = parse(text, str(file))
    if other := foreign(text):
        raise input_error("IN20", f"this is no running-config of an NX-OS switch: {other}", tree.origin(1))
    if broken := cut_short(tree):
        raise input_error("IN21", broken[1], tree.origin(broken[0]))
    if inner := within_another(tree):
        message = "this interface stands below another one, which no switch prints; put it at the left margin"
        raise input_error("IN20", message, tree.origin(inner))
    said = hostname(tree)
    return Running(said[0], tree, said[1]) if said else Running(name, tree)


def _files(pair: Sequence[str], sources: Sequence[Path]) -> list[Path]:
    if len(sources) == 1 and isdir(sources[0]):
        return [sources[0] / f"{name}.cfg" for name in pair]
    if (lost := next((source for source in sources if not exists(source)), None)) is not None:
        raise input_error("IN11", "there is no such file or folder", Origin(str(lost)))
    if len(sources) != 2 or any(map(isdir, sources)):
        message = f"running-configs are given as two files, or as one folder; the switches are {' and '.join(pair)}"
        raise input_error("IN24", message, Origin(str(sources[0])))
    return list(sources)


def _absent(file: Path) -> Finding:
    """The finding that a folder lacks the file of a switch."""
    message = f"there is no {file.name} in the folder; running-configs of other names are given as two files"
    return input_finding("IN11", message, Origin(str(file)))


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise input_error("IN11", f"can't read the file: {reason}", Origin(str(file))) from error
    if len(data) > MAX_BYTES:
        raise input_error("IN03", f"the file is larger than {MAX_BYTES // 1024 // 1024} MiB", Origin(str(file)))
    return data


def _decoded(data: bytes, file: Path) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        # What PowerShell's `>` writes by default.
        raise input_error("IN14", "the file is UTF-16; save it as UTF-8", Origin(str(file)))
    text = data.decode("utf-8", "surrogateescape").removeprefix("\ufeff")
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise input_error("IN20", "this is no text: it holds NUL bytes", Origin(str(file), line))
    return text


def same_name(one: Running, other: Running) -> Finding:
    """The finding that two running-configs are of one switch, by what they say."""
    message = f"this is a running-config of {other.switch}, and so is {one.file}"
    return input_finding("IN23", message, other.tree.origin(other.line))


def _strangers(pair: Sequence[str], found: Sequence[Running]) -> Iterator[Finding]:
    left = [name for name in pair if name not in {running.switch for running in found}]
    for running in found:
        if running.switch not in pair:
            message = f"{running.switch} is none of the pair's switches, {' and '.join(pair)}{_hint(running, left)}"
            yield input_finding("IN08", message, running.tree.origin(running.line))


def _hint(stranger: Running, left: Sequence[str]) -> str:
    """Which of the switches that are ``left`` it may be: a new name in the pair file is none on the switch yet."""
    if len(left) == 1 and hostname(stranger.tree):
        return f"; if it is {left[0]} by another name, rename the switch first, or correct the pair file"
    likely = nearest(stranger.switch, left)
    return f"; did you mean {likely}?" if likely else ""


def _twice(found: Sequence[Running]) -> Iterator[Finding]:
    for index, running in enumerate(found):
        first = next((other for other in found[:index] if other.switch == running.switch), None)
        if first:
            yield same_name(first, running)
