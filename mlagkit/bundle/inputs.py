"""The files of a bundle: pair files with the ``site.yaml`` beside them, and running-configs, by their names in it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from mlagkit.bundle.pair_file import disguised, words_of_pair_files
from mlagkit.finding import Origin
from mlagkit.input_rules import input_error
from mlagkit.intent.load import SITE, gathered, pair_files
from mlagkit.nxos.disguise import Disguise
from mlagkit.pseudonym.key import Key

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
