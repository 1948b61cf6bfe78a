"""What starting the command line loads."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from mlagkit.cli.app import COMMANDS
from mlagkit.starter import starter

ROOT = Path(__file__).parent.parent
HEAVY = {"pydantic", "jinja2", "yaml", "netmiko", "napalm", "asyncssh", "rich", "requests", "cryptography"}


def loaded(*args: str) -> set[str]:
    """The modules that a run has loaded when it ends."""
    code = (
        "import sys, atexit; atexit.register(lambda: print(*sys.modules, file=sys.stderr));"
        "from mlagkit.cli import main; main(sys.argv[1:])"
    )
    ended = subprocess.run([sys.executable, "-c", code, *args], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(ended.stderr.split())


@pytest.mark.parametrize("args", [("--help",), ("--version",)])
def test_help_loads_no_command(args: tuple[str, ...]) -> None:
    """Neither the list of the commands nor the version loads a command, or anything that is slow to load."""
    modules = loaded(*args)
    assert not modules & HEAVY
    assert not {name for name in modules if name.startswith("mlagkit.cli.") and name[12:] in COMMANDS}


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command(command: str) -> None:
    """A command's own help loads no driver, no template engine and no model."""
    modules = loaded(command, "--help")
    assert {f"mlagkit.cli.{command}", f"mlagkit.cli.{command}_"} & modules
    assert not modules & {"pydantic", "jinja2", "netmiko", "napalm", "asyncssh"}


@pytest.fixture(name="pair_file")
def _pair_file(tmp_path: Path) -> str:
    file = tmp_path / "dc1.yaml"
    file.write_text(starter("dc1"), "utf-8")
    return str(file)


def test_validating_loads_no_driver(pair_file: str) -> None:
    """What only reads a pair file loads neither the template engine nor a driver."""
    assert not loaded("validate", pair_file) & {"jinja2", "netmiko", "napalm", "asyncssh", "requests"}


def test_validating_one_file(pair_file: str) -> None:
    """One file loads nothing that only many need: no processes, no results of earlier runs, no plugins of pydantic."""
    many = {"multiprocessing", "mlagkit.processes", "mlagkit.cache", "mlagkit.plain", "mlagkit.rules.own"}
    assert not loaded("validate", pair_file) & {*many, "importlib.metadata", "email", "socket", "tempfile", "zipfile"}


def test_loader_of_plugins_gives_way() -> None:
    """What stands in its place has what pydantic asks today; a later one that asks for more gets the real one."""
    code = (
        "from mlagkit.cli import _without_plugins; _without_plugins(); import pydantic;"
        "from pydantic.plugin._loader import _loading_plugins as flag; print(flag)"
    )
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ended.stdout == "False\n"
