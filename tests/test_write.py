"""Files that are written whole, and by nobody else's rights."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from mlagkit.errors import InputError
from mlagkit.write import write_file


@pytest.fixture
def open_umask() -> Iterator[None]:
    """A process that hides nothing from anybody."""
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    """The rights of a file."""
    return stat.S_IMODE(path.stat().st_mode)


def test_private(tmp_path: Path, open_umask: None) -> None:
    """A file is its owner's only, whatever the umask and whoever could read it before."""
    path = tmp_path / "leaf-101.cfg"
    path.write_text("old", "utf-8")
    path.chmod(0o666)
    write_file(path, "new\n")
    assert (path.read_text("utf-8"), mode(path)) == ("new\n", 0o600)


def test_umask_is_left_alone(tmp_path: Path, open_umask: None) -> None:
    """What the process hides from others is the same behind it."""
    write_file(tmp_path / "a", "", public=True)
    (tmp_path / "b").touch(0o666)
    assert mode(tmp_path / "b") == 0o666


def test_public(tmp_path: Path, open_umask: None) -> None:
    """What tells nothing may be read by others, but written by its owner only."""
    write_file(tmp_path / "a", "", public=True)
    assert mode(tmp_path / "a") == 0o644
    os.umask(0o077)
    write_file(tmp_path / "a", "", public=True)
    assert mode(tmp_path / "a") == 0o600


def test_link_is_replaced(tmp_path: Path) -> None:
    """A symlink in the way is replaced; what it points at stays as it was."""
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("mine", "utf-8")
    link.symlink_to(target)
    write_file(link, "new")
    assert (target.read_text("utf-8"), link.is_symlink(), link.read_text("utf-8")) == ("mine", False, "new")


def test_nothing_is_left_behind(tmp_path: Path) -> None:
    """Neither success nor failure leaves another file."""
    write_file(tmp_path / "a", "1")
    with pytest.raises(InputError):
        write_file(tmp_path / "a", "2", overwrite=False)
    (tmp_path / "folder").mkdir()
    with pytest.raises(InputError):
        write_file(tmp_path / "folder", "3")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "folder"]
    assert (tmp_path / "a").read_text("utf-8") == "1"


def test_no_folder(tmp_path: Path) -> None:
    """A folder that does not exist is a finding, not a traceback."""
    with pytest.raises(InputError) as caught:
        write_file(tmp_path / "none" / "a", "")
    (finding,) = caught.value.findings
    assert (finding.rule, "No such file" in finding.message) == ("IN22", True)


def test_device_file() -> None:
    """What is no ordinary file is written to, not replaced."""
    write_file(Path("/dev/null"), "gone")
    assert Path("/dev/null").is_char_device()


def test_bytes_come_out_as_they_came_in(tmp_path: Path) -> None:
    """A byte that is no UTF-8 survives."""
    write_file(tmp_path / "a", b"caf\xe9".decode("utf-8", "surrogateescape"))
    assert (tmp_path / "a").read_bytes() == b"caf\xe9"
