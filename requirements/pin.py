"""Write the requirement files: every package with one version and the hashes of its files.

    python requirements/pin.py            keep the versions that are pinned, add what is new
    python requirements/pin.py --upgrade  take the newest versions that fit together

The versions come from ``pip install --dry-run``, which asks whatever index pip is configured for; the files name none.
They hold the hashes of the wheels for each of ``PLATFORMS`` and ``PYTHONS``, or of the source distribution of a package
that publishes no wheel. ``build.txt`` holds what building needs: it goes first, so that nothing is fetched unpinned.
What has an environment of its own (``APART``) is resolved for itself, and pinned where it has wheels.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HERE = Path(__file__).parent

# File -> the extras whose packages it holds besides the core. Every file leans on build.txt.
FILES = {"core": (), "demo": ("device", "lab"), "dev": ("device", "lab", "dev")}

# File -> the packages of an environment of its own: they need not fit what is in the others.
APART = {
    "interop-ansible": ("ansible", "paramiko"),
    "interop-napalm": ("napalm",),
    "interop-netmiko": ("netmiko",),
    "interop-scrapli": ("scrapli>=2026",),
    "interop-scrapli-core": ("scrapli[paramiko]<2026", "paramiko<4"),
    "oracle-ntc": ("ntc-templates",),
    "oracle-genie": ("genie", "genie-libs-conf", "genie-libs-parser", "pyats"),
    "oracle-yang": ("ydk-models-cisco-nx-os",),
    "sbom": ("cyclonedx-bom", "pip-audit"),
}
# Of these only the files in them are read; what their code would need is not installed.
FILES_ONLY = ("oracle-yang",)

DRY_RUN = ("-m", "pip", "install", "--quiet", "--dry-run", "--ignore-installed", "--report", "-")

PYTHONS = ("3.11", "3.12", "3.13", "3.14")

# Name -> the tags to ask for; the first that a package offers is taken, so the oldest system comes first.
# Not macOS on Intel: cryptography publishes no wheel for it since 49.
PLATFORMS = {
    f"{system}-{machine}": tuple(f"{tag}_{machine}" for tag in tags)
    for system, machines, tags in (
        ("linux", ("x86_64", "aarch64"), ("manylinux_2_17", "manylinux2014", "manylinux_2_26", "manylinux_2_28")),
        ("macos", ("arm64",), ("macosx_11_0", "macosx_12_0", "macosx_13_0", "macosx_14_0")),
    )
    for machine in machines
}

# What the markers of a dependency can tell apart.
MACHINES = (("x86_64", "linux"), ("aarch64", "linux"), ("arm64", "darwin"))


@dataclass(frozen=True, slots=True)
class Pin:
    """One package as pip chose it: ``file`` is the name of the file and ``sha256`` its hash."""

    name: str
    version: str
    file: str
    sha256: str
    requires: tuple[str, ...]

    @property
    def portable(self) -> bool:
        """Whether this one file serves every platform and Python."""
        return self.file.endswith("-none-any.whl")

    @property
    def source(self) -> bool:
        """Whether the package publishes no wheel for this machine."""
        return not self.file.endswith(".whl")


class Unmet(Exception):
    """pip finds no such set of packages; it has said why."""


def pip(requirements: Iterable[str], *options: str, keep: Iterable[str] = ()) -> list[Pin]:
    """What pip would install into an empty environment."""
    with tempfile.TemporaryDirectory() as folder:
        constraints = Path(folder, "keep.txt")
        constraints.write_text("\n".join(keep), encoding="utf-8")
        command = [sys.executable, *DRY_RUN]
        command += ["--target", folder, "--constraint", str(constraints), *options, *requirements]
        run = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    if run.returncode:
        raise Unmet
    return [_pin(item) for item in json.loads(run.stdout)["install"]]


def _pin(item: dict[str, Any]) -> Pin:
    return Pin(
        name=canonicalize_name(item["metadata"]["name"]),
        version=item["metadata"]["version"],
        file=item["download_info"]["url"].rpartition("/")[2],
        sha256=item["download_info"]["archive_info"]["hashes"]["sha256"],
        requires=tuple(item["metadata"].get("requires_dist", ())),
    )


def hashes(pins: Iterable[Pin], *, lenient: bool = False) -> dict[str, set[str]]:
    """Package -> the hashes of its files on every platform and Python that we promise.

    ``lenient`` leaves out a platform that has not all of them.
    """
    found: dict[str, set[str]] = defaultdict(set)
    binary = []
    for pin in pins:
        if pin.portable or pin.source:
            found[pin.name].add(pin.sha256)
        else:
            binary.append(f"{pin.name}=={pin.version}")
    for python, (platform, tags) in product(PYTHONS, PLATFORMS.items() if binary else ()):
        print(f"hashes: Python {python}, {platform}", file=sys.stderr)
        options = [f"--platform={tag}" for tag in tags]
        try:
            wheels = pip(binary, "--no-deps", "--only-binary=:all:", f"--python-version={python}", *options)
        except Unmet:
            if not lenient:
                raise
            wheels = []
        for pin in wheels:
            found[pin.name].add(pin.sha256)
    return found


def missing_elsewhere(pins: Sequence[Pin]) -> Iterator[str]:
    """Dependencies that this machine does not have and another platform or Python would ask for."""
    have = {pin.name for pin in pins}
    for pin, python, (machine, system) in product(pins, PYTHONS, MACHINES):
        # No extra: those that are asked for pip has resolved itself.
        place = {"python_version": python, "python_full_version": f"{python}.0", "extra": ""}
        place |= {"platform_machine": machine, "sys_platform": system}
        for requirement in map(Requirement, pin.requires):
            asked = requirement.marker is None or requirement.marker.evaluate(place)
            if asked and canonicalize_name(requirement.name) not in have:
                yield f"{pin.name} wants {requirement} on Python {python}, {system} {machine}"


def pinned(file: Path) -> list[str]:
    """The ``name==version`` of each line of a requirement file; nothing where there is none yet."""
    return re.findall(r"^[\w.-]+==[\w.+!]+", file.read_text("utf-8"), re.MULTILINE) if file.exists() else []


def write(name: str, pins: Iterable[Pin], found: dict[str, set[str]]) -> None:
    """Write one requirement file, sorted, a hash per line."""
    lines = [f"# Made by requirements/{Path(__file__).name}; do not edit."]
    for pin in sorted(pins, key=lambda pin: pin.name):
        options = [f"--hash=sha256:{digest}" for digest in sorted(found[pin.name])]
        lines.append(" \\\n    ".join([f"{pin.name}=={pin.version}", *options]))
    (HERE / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Resolve everything at once, then each file within those versions."""
    project = tomllib.loads((HERE.parent / "pyproject.toml").read_text("utf-8"))
    extras = project["project"]["optional-dependencies"]
    # setuptools builds the packages that publish no wheel.
    wanted = {"build": [*project["build-system"]["requires"], "setuptools>=77"]}
    for name, chosen in FILES.items():
        wanted[name] = [*project["project"]["dependencies"], *(line for extra in chosen for line in extras[extra])]

    upgrade = "--upgrade" in sys.argv[1:]
    keep = [] if upgrade else [line for name in wanted for line in pinned(HERE / f"{name}.txt")]
    everything = pip({line for lines in wanted.values() for line in lines}, keep=sorted(set(keep)))
    if gaps := list(missing_elsewhere(everything)):
        sys.exit("\n".join(gaps))
    found = hashes(everything)
    versions = [f"{pin.name}=={pin.version}" for pin in everything]
    for name, lines in wanted.items():
        write(name, pip(lines, keep=versions), found)
    for name in APART:
        write_apart(name, upgrade=upgrade)


def write_apart(name: str, *, upgrade: bool) -> None:
    """Resolve and write one file of ``APART``."""
    options = ["--no-deps"] if name in FILES_ONLY else []
    pins = pip(APART[name], *options, keep=[] if upgrade else pinned(HERE / f"{name}.txt"))
    # This machine's own files, so that it can make the environment whatever it runs on.
    found = hashes(pins, lenient=True)
    for pin in pins:
        found[pin.name].add(pin.sha256)
    write(name, pins, found)


if __name__ == "__main__":
    try:
        main()
    except Unmet:
        sys.exit(1)
