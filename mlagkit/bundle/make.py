"""A bundle: the inputs of another network, what mlagkit says of them, and whether it says the same of the real ones."""

from __future__ import annotations

import io
import platform
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from mlagkit import __version__
from mlagkit.bundle.inputs import Texts, inputs, other_inputs
from mlagkit.bundle.said import Said, ask, crashes

_LIBRARIES = ("click", "jinja2", "pydantic", "PyYAML", "napalm", "netmiko", "paramiko", "ciscoconfparse2", "asyncssh")
_DAY = (1980, 1, 1, 0, 0, 0)
"""The oldest date that an archive may hold: when the bundle was made says the mail that brings it."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """The files of a bundle by name, and the words of each command whose verdict is not that on the real inputs."""

    files: Texts
    unlike: Sequence[str]


def bundle(paths: Sequence[str], running: Sequence[str], aside: Sequence[str] = ()) -> Bundle:
    """Make one; InputError for inputs that can't be read. ``aside`` are options set here and not asked with."""
    real = inputs(paths, running)
    others = other_inputs(real)
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        truly = ask(real, Path(one))
        said = ask(others, Path(other))
        crash = crashes(Path(other))
    unlike = [
        _line(now) for was, now in zip(truly, said, strict=True) if (was.code, was.verdict) != (now.code, now.verdict)
    ]
    files = {"about.txt": "\n".join(_about(said, unlike, aside)) + "\n"}
    files |= {f"said/{number}-{each.words[0]}.txt": _told(each) for number, each in enumerate(said, 1)}
    files |= {"said/crash.txt": crash} if crash else {}
    return Bundle({**files, **others}, unlike)


def _about(said: Sequence[Said], unlike: Sequence[str], aside: Sequence[str]) -> Iterator[str]:
    """What stands in front: versions, what was asked, and whether the answers are those on the real inputs."""
    yield f"mlagkit {__version__}"
    yield f"{platform.python_implementation()} {platform.python_version()} on {platform.system()} {platform.machine()}"
    yield ", ".join(f"{name} {found}" for name in _LIBRARIES if (found := _version(name)))
    yield ""
    yield "Names, addresses, numbers of AS and secrets are not the real ones; each stands for the same throughout."
    if aside:
        yield f"Set where this was made, and neither in here nor asked with: {', '.join(aside)}."
    yield ""
    for each in said:
        same = "NOT the same answer as on the real inputs" if _line(each) in unlike else "the same on the real inputs"
        yield _line(each)
        yield f"  exit code {each.code}; {same}"


def _line(said: Said) -> str:
    return " ".join(("mlagkit", *said.words))


def _told(said: Said) -> str:
    return f"{_line(said)}\n\n{said.text}"


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def archive(files: Texts) -> bytes:
    """The files as a zip archive, the same bytes for the same files."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name, _DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            opened.writestr(entry, text.encode("utf-8", "surrogateescape"))
    return data.getvalue()
