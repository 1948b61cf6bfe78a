"""The pinned requirements: complete, hashed, in step with pyproject.toml, and free of any index."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]
WANTED = {
    "build": PROJECT["build-system"]["requires"],
    "core": PROJECT["project"]["dependencies"],
    "demo": [*PROJECT["project"]["dependencies"], *EXTRAS["device"], *EXTRAS["lab"]],
    "dev": [*PROJECT["project"]["dependencies"], *(line for lines in EXTRAS.values() for line in lines)],
}
PIN = re.compile(r"(?P<name>[a-z0-9-]+)==(?P<version>[\w.+!]+)(?P<hashes>( --hash=sha256:[0-9a-f]{64})+)")


def pins(name: str) -> dict[str, str]:
    """Package -> version of a requirement file, which holds nothing else but comments."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8").replace(" \\\n   ", "")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    found = {line: PIN.fullmatch(line) for line in lines}
    assert [line for line, match in found.items() if not match] == []
    return {match["name"]: match["version"] for match in found.values() if match}


@pytest.mark.parametrize("name", WANTED)
def test_pins_meet_the_project(name: str) -> None:
    """Every dependency is pinned, at a version that pyproject.toml allows."""
    pinned = pins(name)
    for requirement in map(Requirement, WANTED[name]):
        assert requirement.specifier.contains(pinned[canonicalize_name(requirement.name)]), requirement


def test_pins_agree() -> None:
    """A package has one version in all files, and dev.txt holds what demo.txt does, and that core.txt."""
    build, core, demo, dev = (pins(name).items() for name in WANTED)
    assert core < demo < dev
    assert dict(dev) | dict(build) == dict(build) | dict(dev)


@pytest.mark.parametrize("path", sorted((ROOT / "requirements").iterdir()), ids=lambda path: path.name)
def test_no_index_is_named(path: Path) -> None:
    """Where packages come from is the business of the machine."""
    if path.is_file():
        assert not re.search(r"://|--(extra-)?index|--find-links|\bpypi\b", path.read_text("utf-8"))
