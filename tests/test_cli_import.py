"""``mlagkit import``, and the commands that judge two running-configs without a pair file."""

from __future__ import annotations

import json
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from mlagkit.emulate import how_to_reach, lab_of
from mlagkit.intent import load_pair
from mlagkit.nxos.lab import Lab
from tests.command import Run
from tests.conftest import ROOT
from tests.homes import settle

FIXTURES = ROOT / "tests" / "fixtures" / "importing" / "servers"
FILES = ("a.cfg", "b.cfg")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory with two running-configs, and a home in which nothing is trusted yet."""
    monkeypatch.chdir(tmp_path)
    settle(tmp_path, monkeypatch)
    for name in FILES:
        shutil.copy(FIXTURES / name, tmp_path / name)
    return tmp_path


def test_to_stdout(run: Run, folder: Path) -> None:
    """The pair file goes to stdout, what is to be said of it to stderr."""
    ended = run("import", *FILES, "--name", "imported")
    assert ended.code == 0
    assert ended.out == (FIXTURES / "pair.yaml").read_text("utf-8")
    assert "imported: " in ended.err
    assert "ntp server 192.0.2.250 use-vrf management" in ended.err
    assert "madeup" not in ended.out + ended.err


def test_round_trip(run: Run, folder: Path) -> None:
    """What was imported has no difference from what it was made of, under strict."""
    assert run("import", *FILES, "-o", "dc7.yaml").code == 0
    running = ("--running", FILES[0], "--running", FILES[1])
    assert run("diff", "dc7.yaml", *running, "--strict").code == 0
    assert run("validate", "dc7.yaml").code == 0


def test_nothing_is_overwritten(run: Run, folder: Path) -> None:
    """A file that is there already stays as it is."""
    (folder / "dc7.yaml").write_text("mine")
    ended = run("import", *FILES, "-o", "dc7.yaml", "--secrets", "dc7.env")
    assert (ended.code, (folder / "dc7.yaml").read_text()) == (2, "mine")
    assert not (folder / "dc7.env").exists()


def test_the_secrets_of_before(run: Run, folder: Path) -> None:
    """Secrets that are there already stay as they are and are not shown, and no pair file without its own is left."""
    (folder / "dc7.env").write_text("DC6=hunter2")
    ended = run("import", *FILES, "-o", "dc7.yaml", "--secrets", "dc7.env")
    assert (ended.code, (folder / "dc7.env").read_text()) == (2, "DC6=hunter2")
    assert "dc7.env:1:1: error IN22" in ended.err
    assert "hunter2" not in ended.err
    assert not (folder / "dc7.yaml").exists()


@pytest.mark.parametrize(
    ("name", "source"), [("dc7.env", "./dc7.env"), ("a b.env", "'./a b.env'"), ("/dc7.env", "/dc7.env")]
)
def test_how_a_shell_reads_the_secrets(run: Run, folder: Path, name: str, source: str) -> None:
    """The command that is shown reads the file in any shell, whatever it is called."""
    if Path(name).is_absolute():
        name = source = str(folder / "dc7.env")
    ended = run("import", *FILES, "-o", "dc7.yaml", "--secrets", name)
    assert f"set -a; . {source}; set +a\n" in ended.err


def test_secrets_aside(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Secrets are written only when asked for, for the owner only, in a form that a shell takes; then all is equal."""
    assert run("import", *FILES, "-o", "dc7.yaml").code == 0
    assert sorted(path.name for path in folder.iterdir()) == ["a.cfg", "b.cfg", "dc7.yaml"]
    (folder / "dc7.yaml").unlink()
    assert run("import", *FILES, "-o", "dc7.yaml", "--secrets", "dc7.env").code == 0
    file = folder / "dc7.env"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    for line in file.read_text().splitlines():
        name, _, value = line.partition("=")
        monkeypatch.setenv(name, value.strip("'"))
    ended = run("diff", "dc7.yaml", "--running", FILES[0], "--running", FILES[1], "--strict")
    assert (ended.code, "not compared" in ended.out) == (0, False)
    changed = (folder / "a.cfg").read_text().replace("community madeup", "community another")
    (folder / "a.cfg").write_text(changed)
    assert run("diff", "dc7.yaml", "--running", FILES[0], "--running", FILES[1], "--strict").code == 1


def test_json(run: Run, folder: Path) -> None:
    """The document names every line that is not modelled, with its switch and number."""
    ended = run("import", *FILES, "-o", "dc7.yaml", "--format", "json")
    found = json.loads(ended.out)
    assert found["format"] == "mlagkit.import/1"
    assert (found["pair"], found["file"]) == ("dc7", "dc7.yaml")
    assert found["unmodelled"] == len(found["residue"])
    lines = {name: (folder / f"{name}.cfg").read_text().splitlines() for name in "ab"}
    row = next(row for row in found["residue"] if row["text"].startswith("ntp server") and row["switch"] == "leaf-101")
    assert lines["a"][row["line"] - 1] == row["text"]
    assert json.loads(run("import", *FILES, "--format", "json").out)["text"].startswith("# imported from a.cfg")


def test_long_residue(run: Run, folder: Path) -> None:
    """Of many lines that are not modelled some are listed, the others counted; -v lists all."""
    more = "".join(f"boot nxos bootflash:image{number}.bin\n" for number in range(30))
    (folder / "a.cfg").write_text((folder / "a.cfg").read_text() + more)
    short, long = run("import", *FILES).err, run("import", *FILES, "-v").err
    listed = [line for line in long.splitlines() if line.startswith("    leaf-")]
    assert [line for line in short.splitlines() if line.startswith("    ")] == [
        *listed[:20],
        f"    … {len(listed) - 20} more; -v lists all",
    ]
    assert len(listed) >= 30


def test_twice_the_same_switch(run: Run, folder: Path) -> None:
    """Two files of one hostname are imported, the second under another name, and that is said."""
    ended = run("import", "a.cfg", "a.cfg", "-o", "dc7.yaml")
    assert ended.code == 0
    assert "doubt IN23 same-switch-twice" in ended.err
    assert load_pair(folder / "dc7.yaml").hostnames == ("leaf-101", "leaf-101-b")


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "IN20"),
        ("hostname x\nvlan 10\n  name we", "IN21"),
        ("hostname x\nbanner motd #\nhello\n", "IN21"),
        ("{}", "IN20"),
    ],
)
def test_bad_input(run: Run, folder: Path, text: str, rule: str) -> None:
    """What is no whole running-config is refused, and nothing is written."""
    (folder / "b.cfg").write_text(text)
    ended = run("import", *FILES, "-o", "dc7.yaml")
    assert (ended.code, rule in ended.err) == (2, True)
    assert not (folder / "dc7.yaml").exists()


@pytest.mark.parametrize(
    ("name", "rule", "place"),
    [("10-leaf", "IN06", "a.cfg:3:1"), ("domain", "IN08", "a.cfg:3:1"), ("leaf$1", "IN06", "a.cfg:3:1")],
)
def test_no_name_for_a_switch(run: Run, folder: Path, name: str, rule: str, place: str) -> None:
    """A hostname that no pair file takes is said where it stands."""
    (folder / "a.cfg").write_text((folder / "a.cfg").read_text().replace("hostname leaf-101", f"hostname {name}"))
    ended = run("import", *FILES)
    assert (ended.code, f"{place}: error {rule}" in ended.err) == (2, True), ended.err
    assert run("import", "a.cfg", "b.cfg", "--name", "a b").code == 2


@pytest.mark.parametrize("args", [(), ("a.cfg",), ("a.cfg", "b.cfg", "a.cfg"), (*FILES, "--from-device", "x", "y")])
def test_usage(run: Run, folder: Path, args: tuple[str, ...]) -> None:
    """A pair is two files, or two switches."""
    assert run("import", *args).code == 2


def test_judged_without_a_pair_file(run: Run, folder: Path) -> None:
    """Rules judge two running-configs; what they find points at their lines."""
    edited = (folder / "b.cfg").read_text().replace("vpc domain 7", "vpc domain 8")
    (folder / "b.cfg").write_text(edited)
    for given in (
        (
            "--running",
            ".",
        ),
        ("--running", "b.cfg", "--running", "a.cfg"),
    ):
        ended = run("validate", *given, "--format", "json")
        rows = [row for row in json.loads(ended.out)["findings"] if row["rule"] == "DO02"]
        assert ended.code == 1
        assert {(row["file"], row["switch"]) for row in rows} == {("a.cfg", "leaf-101"), ("b.cfg", "leaf-102")}
        assert all(edited.splitlines()[row["line"] - 1].startswith("vpc domain") for row in rows)
    assert run("validate", "--running", ".", "--fail-level", "none").code == 0
    assert run("validate", "--running", "a.cfg", "--running", "a.cfg").code == 2
    assert run("validate").code == 2


def test_rendered_without_a_pair_file(run: Run, folder: Path) -> None:
    """Two running-configs are rendered as they were read: with no difference from what they were."""
    assert run("import", *FILES, "-o", "dc7.yaml").code == 0
    assert run("render", "--running", FILES[0], "--running", FILES[1], "-o", "again").code == 0
    assert run("diff", "dc7.yaml", "--running", "again", "--strict").code == 0
    ended = run("render", "--running", ".", "--switch", "leaf-102", "--annotate")
    assert "b.cfg:" in ended.out
    assert run("render", "--running", ".", "--switch", "leaf-103").code == 2


@pytest.fixture
def lab(folder: Path, run: Run) -> Iterator[Lab]:
    """Both switches, running the configurations."""
    assert run("import", *FILES, "-o", "lab.yaml").code == 0
    with lab_of(load_pair(folder / "lab.yaml"), [folder / name for name in FILES]) as switches:
        yield switches


@pytest.mark.interop
@pytest.mark.parametrize("transport", ["nxapi", "ssh"])
def test_from_devices(run: Run, folder: Path, lab: Lab, transport: str) -> None:
    """Two live switches of which only the addresses are known are imported, over either transport."""
    for line in how_to_reach(lab, "lab.yaml").splitlines():
        words = line.split()
        if words[1] == "trust":
            assert run(*words[1:]).code == 0
    options = [
        word.partition("=")[2]
        for word in lab.connect_options("nxapi" if transport == "nxapi" else "ssh")
        if "=" in word
    ]
    ended = run("import", "--from-device", *options, "-o", "live.yaml")
    assert ended.code == 0, ended.err
    connect = [word for option in lab.connect_options("ssh") for word in [option]]
    assert run("diff", "live.yaml", "--device", "--strict", *connect).code == 0
    assert run("import", "--from-device", options[0], options[0]).code == 3
