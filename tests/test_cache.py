"""What an earlier run left is taken again where everything is as it was, and nothing else ever is."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import mlagkit.cache
from mlagkit.cache import FORMAT, Cache, digest, program
from mlagkit.fleet.effort import cache_folder

DATA = [["a", 1, None], {"b": [True]}]
DEEP = b"[" * 100_000


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cache:
    """A cache beside a working directory with a pair file."""
    work = tmp_path / "work"
    work.mkdir()
    (work / "a.yaml").write_text("pair: a\n", "utf-8")
    monkeypatch.chdir(work)
    return Cache(tmp_path / "of" / "mlagkit", "look", "basis")


def left(cache: Cache) -> Path:
    """The file of the one result, which is written and can be read."""
    cache.write("a.yaml", cache.key("a.yaml"), DATA)
    assert cache.read("a.yaml") == DATA
    (path,) = cache.folder.iterdir()
    return path


def test_its_owners_only(cache: Cache) -> None:
    """Nobody else can read a result, or see which there are, whatever the umask is."""
    before = os.umask(0)
    try:
        path = left(cache)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(cache.folder.stat().st_mode) == 0o700


def test_one_file_a_pair_file(cache: Cache) -> None:
    """The next result replaces the last one; one of another kind, or of a file in another folder, stands beside it."""
    path = left(cache)
    Path("a.yaml").write_text("pair: b\n", "utf-8")
    assert left(cache) == path
    replace(cache, kind="render").write("a.yaml", cache.key("a.yaml"), DATA)
    assert len([*cache.folder.iterdir()]) == 2
    Path("other").mkdir()
    os.chdir("other")
    Path("a.yaml").write_text("pair: b\n", "utf-8")
    assert cache.read("a.yaml") is None


CHANGES: dict[str, Callable[[], object]] = {
    "bytes": lambda: Path("a.yaml").write_text("pair: b\n", "utf-8"),
    "comment": lambda: Path("a.yaml").write_text("pair: a\n#\n", "utf-8"),
    "site": lambda: Path("site.yaml").write_text("", "utf-8"),
    "gone": lambda: Path("a.yaml").unlink(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_changed(change: str, cache: Cache) -> None:
    """A result is not that of a file whose bytes are others, or that has another site file beside it."""
    left(cache)
    CHANGES[change]()
    assert cache.read("a.yaml") is None


def test_changed_site(cache: Cache) -> None:
    """A site file that says something else, or is gone, makes another result."""
    Path("site.yaml").write_text("vlans: {10: a}\n", "utf-8")
    left(cache)
    Path("site.yaml").write_text("vlans: {10: b}\n", "utf-8")
    assert cache.read("a.yaml") is None
    left(cache)
    Path("site.yaml").unlink()
    assert cache.read("a.yaml") is None


def test_other_basis(cache: Cache) -> None:
    """What else a result depends on is its basis."""
    left(cache)
    assert replace(cache, basis="other").read("a.yaml") is None
    assert replace(cache, kind="other").read("a.yaml") is None


def test_same_file_by_another_name(cache: Cache) -> None:
    """A result names its file as it was named, so that it is none of the same file by another name."""
    left(cache)
    assert cache.read("./a.yaml") is None
    assert cache.read(str(Path("a.yaml").resolve())) is None


def test_changed_meanwhile(cache: Cache) -> None:
    """A result is not left for a file that changed while it was made."""
    key = cache.key("a.yaml")
    Path("a.yaml").write_text("pair: b\n", "utf-8")
    cache.write("a.yaml", key, DATA)
    assert not cache.folder.exists()


def test_pipe(cache: Cache) -> None:
    """What is in a pipe is not taken from it, and no result is left for it."""
    os.mkfifo("pipe")
    assert cache.key("pipe") == ""
    cache.write("pipe", "", DATA)
    assert cache.read("pipe") is None
    assert not cache.folder.exists()


def resealed(raw: bytes, **head: str) -> bytes:
    """An entry with other words in its head."""
    first, body = raw.split(b"\n", 1)
    return json.dumps(json.loads(first) | head).encode() + b"\n" + body


# What became of a file in the cache.
DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "cut short": lambda raw: raw[:-1],
    "cut in the head": lambda raw: raw[:20],
    "longer": lambda raw: raw + b" ",
    "one letter": lambda raw: raw.replace(b'"a"', b'"b"'),
    "no JSON": lambda raw: raw.replace(b"{", b"\xff", 1),
    "other format": lambda raw: resealed(raw, format="mlagkit.cache/0"),
    "other key": lambda raw: resealed(raw, key=""),
    "a number": lambda _: b"1\n1",
    "deep": lambda raw: resealed(raw.split(b"\n")[0] + b"\n" + DEEP, body=digest(DEEP)),
    "random": lambda _: bytes(range(256)) * 40,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged(damage: str, cache: Cache) -> None:
    """A file that is not as it was left is no result, and is replaced by the next one."""
    path = left(cache)
    path.write_bytes(DAMAGES[damage](path.read_bytes()))
    assert cache.read("a.yaml") is None
    assert left(cache) == path


def test_of_others(cache: Cache, tmp_path: Path) -> None:
    """What somebody else may have written is not believed: a file that others can write to, or a link."""
    path = left(cache)
    path.chmod(0o620)
    assert cache.read("a.yaml") is None
    path.chmod(0o600)
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    assert cache.read("a.yaml") is None


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_nowhere_to_write(kind: str, cache: Cache) -> None:
    """Where nothing can be left, nothing is, and nobody is stopped by it."""
    if kind == "file":
        cache.folder.parent.write_text("", "utf-8")
    else:
        left(cache).unlink()
        cache._path("a.yaml").mkdir()
    cache.write("a.yaml", cache.key("a.yaml"), DATA)
    assert cache.read("a.yaml") is None
    assert kind == "file" or [path.is_dir() for path in cache.folder.iterdir()] == [True]


def test_folder() -> None:
    """The folder is where the XDG specification has it."""
    assert cache_folder({}, Path("/home/me")) == Path("/home/me/.cache/mlagkit")
    assert cache_folder({"XDG_CACHE_HOME": "/var/c"}, Path("/home/me")) == Path("/var/c/mlagkit")
    assert cache_folder({"XDG_CACHE_HOME": "c"}, Path("/home/me")) == Path("/home/me/.cache/mlagkit")


def test_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another version is another program, and so is a file of it that changed, whether code or template."""
    known = {program()}
    monkeypatch.setattr(mlagkit.cache, "__version__", "9.9.9")
    known.add(program())
    for name in ("mlagkit/cache.py", "templates/nxos/ports.j2"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text("1", "utf-8")
    monkeypatch.setattr(mlagkit.cache, "__file__", str(tmp_path / "mlagkit" / "cache.py"))
    monkeypatch.setattr(mlagkit.cache, "shipped", lambda folder: tmp_path / folder)
    known.add(program())
    for name in ("mlagkit/cache.py", "templates/nxos/ports.j2"):
        os.utime(tmp_path / name, ns=(1, 1))
        known.add(program())
        (tmp_path / name).write_text("22", "utf-8")
        os.utime(tmp_path / name, ns=(1, 1))
        known.add(program())
    assert len(known) == 7
    assert program() in known


def test_format_is_part_of_the_key(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another version of the format left is nothing."""
    left(cache)
    monkeypatch.setattr(mlagkit.cache, "FORMAT", FORMAT + "0")
    assert cache.read("a.yaml") is None
