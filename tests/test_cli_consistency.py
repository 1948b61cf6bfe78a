"""`mlagkit validate --consistency`: text in the look of the switches, a key of the document, the same exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command import Run
from tests.conftest import ROOT
from tests.consistency_cases import CASES

BASE = ROOT / "tests" / "fixtures" / "base.yaml"
RUNNING = [word for name in ("a.cfg", "b.cfg") for word in ("--running", str(CASES / "i17-one-leaf-only" / name))]

ROW = {"name", "type", "values", "equal", "fails", "note", "printed", "source", "mark"}


@pytest.mark.parametrize("words", [[str(BASE)], RUNNING], ids=["PATH", "--running"])
def test_exit_code_and_findings_stay(run: Run, words: list[str]) -> None:
    """The verdict stands above the findings, and leaves them and the exit code as they are."""
    without, ended = run("validate", *words), run("validate", *words, "--consistency")
    assert ended.code == without.code
    assert ended.out.endswith(f"\n{without.out}")
    assert "STP Mode                    1     Rapid-PVST             Rapid-PVST\n" in ended.out


def test_document(run: Run) -> None:
    """The document has the verdict of each pair, with the keys that it promises; without the option it has none."""
    assert set(json.loads(run("validate", str(BASE), "--format", "json").out)) == {"format", "findings"}
    document = json.loads(run("validate", *RUNNING, "--consistency", "--format", "json").out)
    (found,) = document["consistency"]
    assert document["format"] == "mlagkit.findings/1"
    assert set(found) == {
        *("pair", "switches", "roles", "roles_because", "graceful", "listing"),
        *("forming", "global", "vpcs", "vlans", "consequences"),
    }
    assert found["switches"] == ["leaf-1", "leaf-2"]
    rows = [*found["forming"], *found["global"], *found["vpcs"][0]["parameters"], *found["vlans"][0]["parameters"]]
    assert {frozenset(row) for row in rows} == {frozenset(ROW)}
    assert {row["type"] for row in rows} == {"1", "2", "-"}
    assert found["vlans"][0]["vlan"] == 42
    assert [each["action"] for each in found["consequences"] if each["vlans"] == "42"] == ["suspends VLANs"]
    (allowed,) = [row for row in found["global"] if row["name"] == "Allowed VLANs"]
    assert allowed["values"] == {"leaf-1": "1,10,42,999", "leaf-2": "1,10,999"}


@pytest.mark.parametrize("form", ["text", "json", "github", "gitlab", "sarif", "junit", "markdown", "html"])
def test_not_left_out_in_silence(run: Run, form: str) -> None:
    """A form that has no place for it says so."""
    without, ended = (run("validate", str(BASE), *words, "--format", form) for words in ((), ("--consistency",)))
    told = form not in ("text", "json")
    assert (ended.out == without.out) is told
    assert ended.err == (f"warning: --consistency shows in text and json only, not in {form}\n" if told else "")


def test_every_vpc(run: Run) -> None:
    """Of vPCs in which nothing differs there is one line each, and with -v the whole table."""
    assert (
        "vPC 11 (sw-a port-channel11, sw-b port-channel11): nothing differs"
        in run("validate", str(BASE), "--consistency").out
    )
    assert "vPC card type" in run("validate", str(BASE), "--consistency", "-v").out


def test_many_pairs(run: Run, tmp_path: Path) -> None:
    """Every pair of a folder has its own verdict."""
    for name in ("one", "two"):
        text = BASE.read_text("utf-8").replace("pair: base", f"pair: {name}").replace("sw-", f"{name}-")
        (tmp_path / f"{name}.yaml").write_text(text, "utf-8")
    document = json.loads(run("validate", str(tmp_path), "--consistency", "--format", "json").out)
    assert [found["pair"] for found in document["consistency"]] == ["one", "two"]
