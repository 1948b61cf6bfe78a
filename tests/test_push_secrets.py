"""No secret leaves a push, by whatever way: all but the switches and the private copies of what they ran."""

from __future__ import annotations

import io
import json
import logging
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from mlagkit.cli.trouble import redacted, tell
from mlagkit.errors import DeviceError
from mlagkit.nxos.redact import redact
from mlagkit.plan import Command, Step
from mlagkit.push.engine import Outcome
from mlagkit.push.journal import Journal
from mlagkit.push.run import Fault, Run
from mlagkit.report.paint import paint
from mlagkit.report.plan.document import plan_document
from mlagkit.report.push import Teller, outcome_text
from tests.command import Run as Command_
from tests.emulated_console import Deaf
from tests.plan_cases import FOLDER, Case
from tests.push_answers import Answering
from tests.push_lab import BEFORE, GO, Transport, connect, emulated

FIXTURES = Path(__file__).parent / "fixtures" / "nxos"
MARKED = re.compile(r"\[\[(.*?)\]\]")
SECRET = "zq9leak"


def forms() -> list[str]:
    """Each form that a redaction test knows, with a secret of its own in the place of every one."""
    sourced = yaml.safe_load((FIXTURES / "secret_lines.yaml").read_text("utf-8"))
    lines = [row["line"] for row in sourced if not row.get("wrapped")]
    lines += [line for line in (FIXTURES / "secrets.txt").read_text("utf-8").splitlines() if not line.startswith("# ")]
    lines = [line for line in lines if not MARKED.sub("", line).strip().startswith("priv ")]  # a wrapped line's rest
    once = dict.fromkeys(lines)
    return [MARKED.sub(f"{SECRET}{number}x", line) for number, line in enumerate(once)]


FORMS = forms()


def test_number_of_forms() -> None:
    """At least sixty forms (trust.md, P16)."""
    assert len({re.sub(SECRET + r"\d+x", "", line) for line in FORMS}) >= 60


pytestmark = pytest.mark.usefixtures("off_disk")


def said(pair: Answering, outcome: Outcome) -> str:
    """Everything that a person or a program is told of a push, and all that it has written but the copies."""
    teller = Teller(paint(False))
    told = "".join(teller.line(line) or "" for line in pair.noted)
    stream = "\n".join(json.dumps(line) for line in pair.noted)
    files = [path for path in (pair.folder / "state").rglob("*") if path.is_file() and path.suffix != ".cfg"]
    return "\n".join([told, stream, outcome_text("dc1", outcome, paint(False)), *(p.read_text() for p in files)])


def secret_lines(pair: Answering) -> None:
    """Put every form into the first step of the plan, as lines and as their undo."""
    first, *others = pair.errand.moves
    first = replace(first, lines=[*first.lines, *FORMS], undo=[*FORMS, *first.undo])
    pair.errand = replace(pair.errand, moves=[first, *others])


def test_a_push_that_is_taken_back(tmp_path: Path) -> None:
    """The switch takes every line and does nothing of it: journal, stream and last words hold none of them."""
    pair = Answering.of(tmp_path, lambda _, line: "" if SECRET in line else None)
    secret_lines(pair)
    outcome = pair.push()
    assert not outcome.is_done
    assert SECRET not in said(pair, outcome)
    assert "snmp-server community <secret>" in said(pair, outcome)


@pytest.mark.parametrize("answer", ["% Invalid command: {}", "{}\n{}", "saw '{}' (y/n)? [n]", "ERROR: {} is bad"])
def test_a_line_that_is_refused(answer: str, tmp_path: Path) -> None:
    """Each form, refused by a switch that repeats it in its answer, typed and carried out."""
    office = Answering.of(tmp_path).office()
    run = Run("run", {}, lambda *_, **__: None, office.clock, office.sleep)  # type: ignore[arg-type]
    for line in FORMS:
        run.wires = {"dc1-a": Deaf(answer.replace("{}", line.strip()))}  # type: ignore[dict-item]
        with pytest.raises(Fault) as acted:
            run.act("dc1-a", line)
        with pytest.raises(Fault) as typed:
            run.type("dc1-a", (line,))
        assert SECRET not in f"{acted.value} {typed.value}", line


def test_what_is_not_as_planned(tmp_path: Path) -> None:
    """A switch that takes a line and does not have it afterwards: which one is told without its secret."""
    for line in FORMS[::8]:
        pair = Answering.of(tmp_path, lambda _, line: "" if SECRET in line else None)
        first, *others = pair.errand.moves
        head = ("interface Ethernet1/1",) if line.startswith(" ") else ()
        pair.errand = replace(pair.errand, moves=[replace(first, lines=[*first.lines, *head, line]), *others])
        outcome = pair.push()
        assert SECRET not in said(pair, outcome), line


def test_what_changed_beside_the_plan(tmp_path: Path) -> None:
    """Somebody else's lines are told of without their secrets."""
    pair = Answering.of(tmp_path)

    def answer(name: str, line: str) -> str | None:
        if line == "vlan 10":
            others = [form for form in FORMS if not form.startswith((" ", "no "))]
            pair.pair.switches[name].execute([*others, "vlan 10"])
        return None

    pair.answer = answer
    assert SECRET not in said(pair, pair.push())
    assert any(line["event"] == "beside" for line in pair.noted)


def test_the_journal_masks_lists_and_lines(tmp_path: Path) -> None:
    """Commands in a list, answers of several lines, and lists in lists."""
    with Journal(tmp_path / "run.jsonl", _Now, redact) as journal:  # type: ignore[arg-type]
        journal.note("type", commands=FORMS)
        journal.note("answer", answer="\n".join(FORMS))
        journal.note("answer", answer="\r\n".join(FORMS))
        journal.note("nested", lists=[FORMS, [FORMS]], table={"a": {"b": FORMS}}, pair=(*FORMS,))
    assert SECRET not in (tmp_path / "run.jsonl").read_text("utf-8")


class _Now:
    def isoformat(self, timespec: str) -> str:
        """A time."""
        return f"now, in {timespec}"


def test_a_saved_plan() -> None:
    """The document of a plan that types every form, and takes it back by every form."""
    plan = Case.read(FOLDER / "change-06-add-vpc.yaml").found
    for line in FORMS:
        command = Command((), line.strip())
        step = replace(plan.steps[0], commands=(command,), undo=(command,))
        assert isinstance(step, Step)
        made = plan_document(replace(plan, steps=(step,)), redact, created="", expires=None, commit=None)
        assert SECRET not in json.dumps(made), line


PROSE = ("{}", "bad line '{}'", "dc1-a: {}", '"{}"', "what `{}`", "one\n{}\nthree", "a = {}")


def test_an_error_of_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What an exception says that nobody expected, on the screen and in the report file, with its traceback."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    for line in FORMS:
        for prose in PROSE:
            message = prose.replace("{}", line.strip())
            with pytest.raises(RuntimeError) as caught:
                _raise(message)
            assert SECRET not in redacted(message), message
            assert SECRET not in redacted(repr(message)), message
        assert tell(caught.value) == 70
    reports = "".join(path.read_text() for path in tmp_path.glob("mlagkit-report-*"))
    assert "Traceback" in reports
    assert SECRET not in reports
    ended = capsys.readouterr()
    assert SECRET not in ended.out + ended.err


def _raise(message: str) -> None:
    line = message  # a local variable, which no report shows
    raise RuntimeError(line)


# By the command line, over the network, with real secrets behind references.

EXTRA = """\
  snmp-server community env:FORM_COMMUNITY group network-operator
  username ops password 5 env:FORM_PASSWORD  role network-operator
  tacacs-server key 7 env:FORM_TACACS
  ntp authentication-key 1 md5 env:FORM_NTP 7
"""
ALL = (*GO, "--allow", "management-path")
VALUES = {f"FORM_{name}": f"{SECRET}-{name}" for name in ("COMMUNITY", "PASSWORD", "TACACS", "NTP")}


@pytest.fixture
def folder(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The home, in which every log is written at its greatest length; nobody masks a file."""
    (home / "new.yaml").write_text(BEFORE + EXTRA, "utf-8")
    for name, value in VALUES.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("tempfile.tempdir", str(home))
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    mask = os.umask(0)
    yield home
    os.umask(mask)
    root.removeHandler(handler)
    root.setLevel(level)
    (home / "log").write_text(stream.getvalue(), "utf-8")
    assert SECRET not in stream.getvalue()
    assert "lab-secret" not in stream.getvalue()


def leaks(folder: Path) -> list[str]:
    """The files with a secret of a switch, or with the password of the account."""
    found = []
    for path in folder.rglob("*"):
        if path.is_file() and any(word in path.read_bytes() for word in (SECRET.encode(), b"lab-secret")):
            found.append(str(path.relative_to(folder)))
    return found


def modes(folder: Path) -> dict[str, set[int]]:
    """How the files and folders of a state can be used, and by whom."""
    paths = list(folder.rglob("*"))
    return {
        "files": {stat.S_IMODE(path.stat().st_mode) for path in paths if path.is_file()},
        "folders": {stat.S_IMODE(path.stat().st_mode) for path in (folder, *paths) if path.is_dir()},
    }


@pytest.mark.interop
@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("transport", ["nxapi", "ssh"])
def test_over_the_network(transport: Transport, form: str, run: Command_, folder: Path) -> None:
    """Plan, push, one of nothing, one that is refused, another one, its way back: the switches have the secrets.

    Beside them only the copies of what they ran before have some.
    """
    with emulated(folder) as lab:
        ways = connect(lab, transport)
        told = [run("plan", "new.yaml", "--device", *ways, "--save", "plan.json", "--format", form, *ALL[2:])]
        told.append(run("push", "new.yaml", *ways, *ALL, "--format", form))
        assert [each.code for each in told] == [0, 0], told
        assert all(value in lab.switches["dc1-a"].running_config() for value in VALUES.values())
        told.append(run("push", "new.yaml", *ways, *ALL, "--format", form))
        told.append(run("push", "new.yaml", "--plan", "plan.json", *ways, *ALL, "--format", form))
        told.append(run("push", "--plan", "plan.json", *ways, *ALL, "--format", form))
        assert leaks(folder) == []
        (folder / "newer.yaml").write_text((BEFORE + EXTRA).replace("10: web", "10: www"), "utf-8")
        told.append(run("push", "newer.yaml", *ways, *ALL, "--format", form))
        name = max((folder / "state/mlagkit/runs").glob("*/dc1-a.cfg"), key=lambda path: path.stat().st_mtime_ns)
        told.append(run("push", "--rollback", name.parent.name, "--format", form))
        assert [each.code for each in told[2:]] == [0, 4, 4, 0, 0], told
        assert SECRET not in "".join(each.out + each.err for each in told)
    copies = leaks(folder)
    assert copies
    assert all(re.fullmatch(r"state/mlagkit/runs/[\w-]+/dc1-[ab]\.cfg", copy) for copy in copies), copies
    assert modes(folder / "state/mlagkit") == {"files": {0o600}, "folders": {0o700}}
    assert stat.S_IMODE((folder / "state").stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "plan.json").stat().st_mode) == 0o600


@pytest.mark.interop
def test_what_a_journal_says_of_logins(run: Command_, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The way to the switches stands there with references to name and password, never with either."""
    said = "connect: {{username: env:MLAGKIT_USERNAME, password: env:FORM_LOGIN, host: {}, port: {}}}"
    monkeypatch.setenv("FORM_LOGIN", "lab-secret")
    with emulated(folder) as lab:
        text = BEFORE + EXTRA
        for name, switch in lab.switches.items():
            text = text.replace(f"  {name}: {{management", f"  {name}: {{{said.format(*switch.nxapi)}, management")
        (folder / "new.yaml").write_text(text, "utf-8")
        monkeypatch.delenv("MLAGKIT_PASSWORD")
        assert text.count("FORM_LOGIN") == 2
        ended = run("push", "new.yaml", *ALL)
        assert ended.code == 0, ended
    journal = next((folder / "state/mlagkit/runs").glob("*.jsonl")).read_text("utf-8")
    targets = json.loads(journal.splitlines()[0])["targets"]
    assert {key for target in targets for key in target} == {
        *("host", "known", "name", "password", "port", "transport", "username"),
    }
    assert {target["password"] for target in targets} == {"env:FORM_LOGIN"}
    assert "lab-secret" not in journal


@pytest.mark.interop
def test_while_it_runs(run: Command_, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lock of a push that runs is private and holds no secret; a program that fails in the middle tells none."""
    seen: list[str] = []

    def broken(*_: object) -> None:
        for path in (folder / "state/mlagkit/locks").iterdir():
            seen.append(path.read_text("utf-8"))
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
        raise RuntimeError("snmp-server community zq9leak-COMMUNITY group network-operator is one too many")

    monkeypatch.setattr("mlagkit.push.engine.confirm", broken)
    with emulated(folder) as lab:
        ended = run("push", "new.yaml", *connect(lab, "ssh"), *ALL)
        assert ended.code == 70, ended
        assert all(SECRET not in switch.running_config() for switch in lab.switches.values())  # taken back all the same
    assert seen
    assert SECRET not in ended.out + ended.err + "".join(seen)
    reports = [path.read_text("utf-8") for path in folder.glob("mlagkit-report-*")]
    assert "Traceback" in reports[0]
    assert SECRET not in "".join(reports)


def test_device_errors_of_a_session() -> None:
    """A session that fails tells what it failed at without the secret in it."""
    from mlagkit.device.protocol import check_typeable

    for line in FORMS:
        with pytest.raises(DeviceError) as caught:
            check_typeable("dc1-a", [f"{line}\x07"])
        assert SECRET not in str(caught.value), line
