"""``mlagkit validate --stdin-filename``: what an editor holds is judged as its file would be."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from mlagkit.source import MAX_BYTES, read_bytes
from mlagkit.starter import starter
from tests.command import Ended, Run
from tests.conftest import ROOT

GOOD = starter("dc1")
TEXTS = {
    "good": GOOD.encode(),
    "wrong": GOOD.replace("peer_gateway", "peer_gatway").replace("vlans: 20", "vlans: 5000").encode(),
    "waived": GOOD.replace("vlan: 10}", "vlan: 10} # mlagkit: allow OR02").encode(),
    "broken": GOOD.replace("domain:", "domain: [").encode(),
    "empty": b"",
    "windows": GOOD.replace("\n", "\r\n").encode(),
    "no UTF-8": GOOD.replace("web", "w\xe4b").encode("latin-1"),
    "too large": b"#" * (MAX_BYTES + 1),
}


@pytest.fixture
def typed(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command with a text on stdin, in a folder that holds another text under the same name."""
    monkeypatch.chdir(tmp_path)
    Path("dc1.yaml").write_text("saved: long ago\n", "utf-8")

    def judge(text: bytes, *words: str) -> Ended:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))
        return run("validate", *words)

    return judge


@pytest.mark.parametrize("form", ["text", "json", "sarif"])
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_as_if_saved(text: bytes, form: str, typed: Run, run: Run) -> None:
    """Findings, places, source lines and exit code are those of the file with this text."""
    words = ("--format", form, "-v")
    now = typed(text, "--stdin-filename", "dc1.yaml", *words)
    assert Path("dc1.yaml").read_text("utf-8") == "saved: long ago\n"
    Path("dc1.yaml").write_bytes(text)
    assert now == run("validate", "dc1.yaml", *words)


def test_name_of_no_file(typed: Run) -> None:
    """A file that was never saved, in a folder that is not there, is a place like any other."""
    ended = typed(TEXTS["wrong"], "--stdin-filename", "new/pair.yaml", "--format", "json")
    places = {row["file"] for row in json.loads(ended.out)["findings"]}
    assert (ended.code, places) == (2, {"new/pair.yaml"})


def test_site_beside_the_name(typed: Run) -> None:
    """What the site file says lies under the text, and a mistake in it is found in the site file."""
    Path("site.yaml").write_text("domain: {auto_recovery_x: true}\n", "utf-8")
    ended = typed(TEXTS["good"], "--stdin-filename", "dc1.yaml")
    assert (ended.code, ended.out.startswith("site.yaml:1:10: error IN04")) == (2, True)


def test_nothing_is_left(typed: Run) -> None:
    """Whoever reads the file afterwards gets the file."""
    typed(TEXTS["broken"], "--stdin-filename", "dc1.yaml")
    assert read_bytes("dc1.yaml") == b"saved: long ago\n"


@pytest.mark.parametrize("words", [("dc1.yaml",), ("--running", "configs")])
def test_one_thing_at_a_time(words: tuple[str, ...], typed: Run) -> None:
    """With a path or with running-configs it can't be told what is meant."""
    ended = typed(b"", "--stdin-filename", "dc1.yaml", *words)
    assert (ended.code, "give either pair files" in ended.err) == (2, True)


def test_folder(typed: Run) -> None:
    """A folder has no text."""
    ended = typed(b"", "--stdin-filename", ".")
    assert (ended.code, "; . is a folder" in ended.err) == (2, True)


def test_dash(typed: Run) -> None:
    """A text on stdin has no name of its own, which decides what lies beside it."""
    ended = typed(TEXTS["good"], "-")
    assert (ended.code, "--stdin-filename FILE" in ended.err) == (2, True)


def test_no_stdin(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the shell closed stdin there is nothing to judge."""
    monkeypatch.setattr(sys, "stdin", None)
    ended = run("validate", "--stdin-filename", "dc1.yaml")
    assert (ended.code, "there is none" in ended.err) == (2, True)


def loaded(text: bytes, *words: str) -> set[str]:
    """The modules that a process of its own has loaded when the command ends."""
    code = "import atexit, sys; atexit.register(lambda: print(*sys.modules, file=sys.stderr)); import mlagkit.__main__"
    command = [sys.executable, "-c", code, "validate", *words]
    ended = subprocess.run(command, input=text, capture_output=True, cwd=ROOT, check=True)
    return set(ended.stderr.decode().split())


def test_costs_no_more() -> None:
    """It loads nothing that the same file would not load: loading is most of what a short command takes."""
    file = "examples/server-pair/pair.yaml"
    assert loaded((ROOT / file).read_bytes(), "--stdin-filename", file) <= loaded(b"", file)
