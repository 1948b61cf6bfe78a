"""What is installed finds its templates and schemas, from a wheel and from a checkout alike."""

from __future__ import annotations

import subprocess
import sys
from email.parser import Parser
from pathlib import Path
from zipfile import ZipFile

import pytest

import mlagkit

ROOT = Path(__file__).parent.parent
FOR_GITLAB = ROOT / "templates" / "review.yml"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> ZipFile:
    """A wheel of this checkout, built without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return ZipFile(next(folder.glob("mlagkit-*.whl")))


@pytest.mark.parametrize("folder", ["mlagkit", "templates", "schemas"])
def test_wheel_holds_every_file(wheel: ZipFile, folder: str) -> None:
    """A file of the package, the templates and the schemas is in the wheel under mlagkit, byte for byte."""
    files = [path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    files = [path for path in files if path != FOR_GITLAB]
    assert files
    for path in files:
        name = path.relative_to(ROOT).as_posix()
        inside = name if folder == "mlagkit" else f"mlagkit/{name}"
        assert wheel.read(inside) == path.read_bytes(), inside


def test_wheel_holds_nothing_else(wheel: ZipFile) -> None:
    """The wheel installs one package, and no tests or requirements beside it."""
    assert {name.partition("/")[0] for name in wheel.namelist()} == {
        "mlagkit",
        f"mlagkit-{mlagkit.__version__}.dist-info",
    }
    assert FOR_GITLAB.name not in {name.rpartition("/")[2] for name in wheel.namelist()}


def test_wheel_says_what_it_needs(wheel: ZipFile) -> None:
    """The four core packages are required, everything else is behind an extra."""
    metadata = Parser().parsestr(wheel.read(f"mlagkit-{mlagkit.__version__}.dist-info/METADATA").decode())
    core = {line.partition(">")[0] for line in metadata.get_all("Requires-Dist", []) if "extra ==" not in line}
    assert core == {"click", "jinja2", "pydantic", "pyyaml"}
    assert metadata.get_all("Provides-Extra") == ["dev", "device", "lab"]


@pytest.fixture(scope="module")
def unpacked(wheel: ZipFile, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as it is installed, away from the checkout."""
    folder = tmp_path_factory.mktemp("unpacked")
    wheel.extractall(folder)
    return folder


def run(folder: Path, *arguments: str) -> str:
    """What mlagkit prints when it is imported from that folder."""
    command = [sys.executable, "-P", "-m", "mlagkit", *arguments]
    done = subprocess.run(command, cwd=folder, env={"PYTHONPATH": str(folder)}, check=True, stdout=subprocess.PIPE)
    return done.stdout.decode()


def test_wheel_runs_alone(unpacked: Path) -> None:
    """The unpacked wheel is the program."""
    assert mlagkit.__version__ in run(unpacked, "--version")


def test_wheel_finds_its_schema(unpacked: Path) -> None:
    """The schema comes from the wheel as it does from the checkout."""
    assert run(unpacked, "schema") == (ROOT / "schemas" / "pair.json").read_text("utf-8")


def test_wheel_finds_its_templates(unpacked: Path) -> None:
    """An example rendered by the wheel is what the checkout renders."""
    example = str(next((ROOT / "examples").rglob("*.yaml")))
    assert run(unpacked, "render", example) == run(ROOT, "render", example) != ""


def test_editable_install_is_the_checkout(tmp_path: Path) -> None:
    """An editable install puts the checkout on the path, so that what is edited there is what runs."""
    code = f"from hatchling.build import build_editable; build_editable({str(tmp_path)!r})"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True)
    editable = ZipFile(next(tmp_path.glob("mlagkit-*.whl")))
    assert editable.read("_mlagkit.pth").decode().strip() == str(ROOT)
    assert not [name for name in editable.namelist() if name.endswith(".py")]
