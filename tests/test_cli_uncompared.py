"""Secrets that can't be had on the command line: `diff` and `plan` look at the same lines, and say the same of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from mlagkit.report.document import Document
from mlagkit.starter import starter
from tests.command import Ended, Run

RUNNING = ("dc1.yaml", "--running", "configs", "--date", "2026-11-27")
GATEWAY = "hsrp: {version: 2,"
KEYED = "hsrp: {authentication: env:HSRP_KEY, version: 2,"
ADDRESS = "    ip 10.0.10.1\n"
PLACE = ["interface Vlan10", "hsrp 10"]

Runs = Callable[[str], None]


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Runs:
    """A pair whose file has a key that nobody knows here; what both switches run in its place is told then."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.delenv("HSRP_KEY", raising=False)
    path = Path("dc1.yaml")
    path.write_text(starter("dc1"), "utf-8")
    assert run("render", "dc1.yaml", "-o", "configs").code == 0
    path.write_text(starter("dc1").replace(GATEWAY, KEYED), "utf-8")
    bare = {file: file.read_text("utf-8") for file in Path("configs").iterdir()}

    def write(lines: str) -> None:
        for file, text in bare.items():
            assert ADDRESS in text
            file.write_text(text.replace(ADDRESS, f"{lines}{ADDRESS}"), "utf-8")

    return write


def document(run: Run, *command: str) -> Document:
    """What a command says as JSON."""
    found = json.loads(run(*command, *RUNNING, "--format", "json").out)
    assert isinstance(found, dict)
    return found


def changes(run: Run) -> list[str | None]:
    """The lines that `diff` would have on the first switch."""
    (pair,) = document(run, "diff")["pairs"]
    return [change["new"] for change in pair["switches"]["dc1-a"]["changes"]]


@pytest.mark.parametrize("form", ["{}", "text {}", "md5 key-string {}", "md5 key-string 7 {}"])
def test_whatever_runs_in_its_place_stays(run: Run, runs: Runs, form: str) -> None:
    """Neither command takes it for a difference, and both say that it was not compared; the plan says which line."""
    runs(f"    authentication {form.format('s3cret')}\n")
    compared, planned = run("diff", *RUNNING), run("plan", *RUNNING)
    assert (compared.code, planned.code) == (0, 0)
    assert "not compared on dc1-a, since the secret can't be had: env:HSRP_KEY" in compared.out
    assert planned.out.startswith("dc1: nothing has to change on either switch; 2 lines not compared\n")
    path = " / ".join((*PLACE, f"authentication {form.format('<secret>')}"))
    for name in ("dc1-a", "dc1-b"):
        assert f"{name}: {path} (env:HSRP_KEY)" in " ".join(planned.out.split())
    line = 1 + next(at for at, text in enumerate(Path("dc1.yaml").read_text("utf-8").split("\n")) if KEYED in text)
    assert document(run, "plan")["uncompared"] == [
        {
            "switch": name,
            "section": PLACE,
            "text": f"authentication {form.format('<secret>')}",
            "secrets": ["env:HSRP_KEY"],
            "origin": {"file": "dc1.yaml", "line": line},
        }
        for name in ("dc1-a", "dc1-b")
    ]


def test_what_differs_beside_it_is_planned(run: Run, runs: Runs) -> None:
    """The line stays, and the other line of its group is typed."""
    runs("    authentication text s3cret\n    timers 1 3\n")
    made = document(run, "plan")
    assert [step["commands"][-1].strip() for step in made["steps"]] == ["no timers", "no timers"]
    assert "s3cret" not in json.dumps(made)
    assert [step["undo"][-1].strip() for step in made["steps"]] == ["timers 1 3", "timers 1 3"]
    assert len(made["uncompared"]) == 2


def refused(ended: Ended, line: str) -> bool:
    """Whether there is no plan, and which line needs the key."""
    why = f"these can't be had: env:HSRP_KEY, for dc1-a / {' / '.join(PLACE)} / {line}"
    return (ended.code, why in ended.err) == (4, True)


def test_a_command_that_gives_nothing(run: Run, runs: Runs) -> None:
    """It is a reference with blanks in it: what runs stays, and it is never typed itself."""
    path = Path("dc1.yaml")
    path.write_text(path.read_text("utf-8").replace("env:HSRP_KEY", "cmd:false of course"), "utf-8")
    runs("    authentication text s3cret\n")
    assert "2 lines not compared" in run("plan", *RUNNING).out
    runs("")
    ended = run("plan", *RUNNING)
    assert (ended.code, ended.out, "these can't be had: cmd:false of course, for" in ended.err) == (4, "", True)


@pytest.mark.parametrize("line", ["", "    authentication md5 key-chain KEYS\n"])
def test_what_can_not_be_it_has_to_be_typed(run: Run, runs: Runs, line: str) -> None:
    """No line, or one that holds no secret, is a difference; for a plan somebody has to give the key."""
    runs(line)
    assert changes(run) == ["authentication env:HSRP_KEY"]
    assert "not compared" not in run("diff", *RUNNING).out
    assert refused(run("plan", *RUNNING), "authentication env:HSRP_KEY")


def test_a_line_that_has_to_be_typed_again(run: Run, runs: Runs) -> None:
    """Where its interface comes to another VRF its group is made anew: with the key, not with what ran there."""
    runs("    authentication text s3cret\n")
    path = Path("dc1.yaml")
    text = path.read_text("utf-8").replace(f"    {KEYED}", f"    vrf: prod\n    {KEYED}")
    path.write_text(text.replace("\nsvis:", "\nvrfs: {prod: {}}\nsvis:"), "utf-8")
    assert "s3cret" not in str(changes(run))
    assert refused(run("plan", *RUNNING), "authentication text <secret>")


def test_what_differs_beside_a_secret_is_not_hidden(run: Run, runs: Runs) -> None:
    """A user with another role is a difference, whether or not anybody knows the password."""
    runs("    authentication text s3cret\n")
    user = "username ops password 5 {} role network-{}\n"
    path = Path("dc1.yaml")
    extra = user.format("env:OPS", "operator")
    path.write_text(path.read_text("utf-8").replace("  ntp server", f"  {extra}  ntp server"), "utf-8")
    for role, differs in (("operator", False), ("admin", True)):
        for file in Path("configs").iterdir():
            kept = [
                line for line in file.read_text("utf-8").splitlines(keepends=True) if not line.startswith("username")
            ]
            head = next(at for at, line in enumerate(kept) if line.startswith("hostname"))
            file.write_text("".join([*kept[: head + 1], user.format("$5$s3cret", role), *kept[head + 1 :]]), "utf-8")
        assert run("diff", *RUNNING).code == differs
        assert changes(run) == [extra.strip()] * differs
        ended = run("plan", *RUNNING)
        assert (ended.code, "env:OPS, for dc1-a / username ops password" in ended.err) == (4 * differs, differs)
