"""References to secrets: what they give, and that a failure says why and shows nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from mlagkit.secrets import SecretMissing, fetch, resolve

SECRET = "pa ss-Wörd"


def test_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """``env:`` gives the variable, and its absence is named."""
    monkeypatch.setenv("LAB_SECRET", SECRET)
    assert fetch("env:LAB_SECRET") == SECRET
    monkeypatch.delenv("LAB_SECRET")
    with pytest.raises(SecretMissing, match="LAB_SECRET is not set"):
        fetch("env:LAB_SECRET")
    assert resolve("env:LAB_SECRET") is None


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_file(tmp_path: Path, end: str) -> None:
    """``file:`` gives the line of a private file, without its end."""
    path = tmp_path / "secret"
    path.write_bytes((SECRET + end).encode())
    path.chmod(0o600)
    assert resolve(f"file:{path}") == SECRET


@pytest.mark.parametrize("mode", [0o604, 0o640, 0o660, 0o644])
def test_file_that_others_can_read(tmp_path: Path, mode: int) -> None:
    """A file that anybody but its owner could read is refused, with the command that mends it."""
    path = tmp_path / "secret"
    path.write_text(SECRET)
    path.chmod(mode)
    with pytest.raises(SecretMissing, match="chmod 600") as caught:
        fetch(f"file:{path}")
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"\n", b"two\nlines\n", b"\xff\xfe", b"bell\x07"])
def test_file_that_holds_no_secret(tmp_path: Path, content: bytes) -> None:
    """A secret is one line of visible text; anything else is refused without being shown."""
    path = tmp_path / "secret"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(SecretMissing):
        fetch(f"file:{path}")


def test_too_much_is_not_cut(tmp_path: Path) -> None:
    """What is longer than any secret is refused whole, and 64 KiB are not."""
    path = tmp_path / "secret"
    for size, fits in ((2**16, True), (2**16 + 1, False)):
        path.write_text("x" * size, "utf-8")
        path.chmod(0o600)
        for reference in (f"file:{path}", f"cmd:cat {path}"):
            assert (resolve(reference) == "x" * size) is fits
    with pytest.raises(SecretMissing, match="more than 64 KiB"):
        fetch(f"file:{path}")


def test_file_that_is_absent(tmp_path: Path) -> None:
    """A missing file is named."""
    with pytest.raises(SecretMissing, match="can't be read: No such file"):
        fetch(f"file:{tmp_path / 'none'}")
    assert resolve(f"file:{tmp_path}") is None


def test_command() -> None:
    """``cmd:`` gives what a program prints; no shell looks at the words."""
    assert resolve(f"cmd:{sys.executable} -c \"print('a;b $HOME')\"") == "a;b $HOME"


def test_command_that_asks() -> None:
    """A command can't read what is meant for the program itself: a pair file, or a person's answer."""
    ask = f"cmd:{sys.executable} -c \"print(input() or 'nothing')\""
    program = f"from mlagkit.secrets import resolve; print(resolve({ask!r}))"
    done = subprocess.run([sys.executable, "-c", program], input="typed\n", capture_output=True, text=True, check=True)
    assert done.stdout == "None\n"


@pytest.mark.parametrize("command", ["false", "/nowhere/to/be/found", "'unclosed", " "])
def test_command_that_fails(command: str) -> None:
    """A command that can't be run, or fails, gives nothing and says so."""
    with pytest.raises(SecretMissing):
        fetch(f"cmd:{command}")


@pytest.mark.parametrize("reference", ["", "env:", "pass:x", "hunter2"])
def test_what_is_no_reference(reference: str) -> None:
    """A secret that stands where its reference should is not repeated in the message."""
    with pytest.raises(SecretMissing, match="a secret is given as") as caught:
        fetch(reference)
    assert "hunter2" not in str(caught.value)
