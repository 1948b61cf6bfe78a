"""`mlagkit plan`: what it asks the planner, what it writes, and how it ends."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mlagkit.cli.permissions import PERMISSIONS
from mlagkit.config import ConfigTree
from mlagkit.device.credentials import user_name
from mlagkit.errors import DeviceError, Refused
from mlagkit.intent import Pair
from mlagkit.nxos.catalogue import Impact
from mlagkit.plan import NoWay, Permission, Plan, Stop
from mlagkit.starter import starter
from tests.command import Run
from tests.plans_shown import lines, step
from tests.test_revision import git

RUNNING = ("--running", "configs", "--date", "2026-11-27")
STOPS = (Stop(Permission.OUTAGE, "dc1-a", "an outage"), Stop(Permission.ROLE, "dc1-b", "another one may lead"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Path:
    """The working directory: a pair file, and what both switches run when they do what it says."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    for name in ("MLAGKIT_USERNAME", "NAPALM_USERNAME"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "dc1.yaml").write_text(starter("dc1"), "utf-8")
    assert run("render", "dc1.yaml", "-o", "configs").code == 0
    return tmp_path


def plan_of(pair: str, **more: Any) -> Plan:  # noqa: ANN401
    """A plan with a step on each switch."""
    names = (f"{pair}-a", f"{pair}-b")
    steps = tuple(step(name, f"of {name}", lines(f"line of {name}"), lines("back"), gate="x") for name in names)
    roles = dict(zip(names, ("primary", "secondary"), strict=True))
    made = Plan(pair=pair, switches=names, roles=roles, base=dict.fromkeys(names, "f" * 64), steps=steps)
    return replace(made, **more)


Calls = list[tuple[str, dict[str, Any]]]
Planned = Callable[..., Calls]


@pytest.fixture
def planned(monkeypatch: pytest.MonkeyPatch) -> Planned:
    """``planned(outage=...)``: the planner finds this; what it was asked is in the list that comes back."""

    def stub(error: Exception | None = None, **more: Any) -> Calls:  # noqa: ANN401
        calls: Calls = []

        def plan_pair(pair: Pair, running: Mapping[str, ConfigTree], **given: Any) -> Plan:  # noqa: ANN401
            calls.append((pair.name, {"running": running, **given}))
            if error:
                raise error
            return plan_of(pair.name, **more)

        monkeypatch.setattr("mlagkit.planning.plan_pair", plan_pair)
        return calls

    return stub


def test_asked(run: Run, folder: Path, planned: Planned, monkeypatch: pytest.MonkeyPatch) -> None:
    """The planner gets the pair, both running-configs by name, the secrets, the base, and who logs in."""
    calls = planned()
    git(folder, "init", "--initial-branch=main")
    git(folder, "add", "dc1.yaml")
    git(folder, "commit", "-m", "first")
    monkeypatch.setenv("HSRP_KEY", "s3cret")
    monkeypatch.setenv("NAPALM_USERNAME", "admin")
    assert run("plan", "dc1.yaml", *RUNNING, "--base", "HEAD").code == 0
    ((pair, asked),) = calls
    assert (pair, list(asked["running"])) == ("dc1", ["dc1-a", "dc1-b"])
    assert asked["running"]["dc1-b"].file == "configs/dc1-b.cfg"
    assert asked["secrets"]("env:HSRP_KEY") == "s3cret"
    assert (asked["base"].name, asked["user"]) == ("dc1", "admin")


def test_a_switch_without_a_domain_does_not_lead(run: Run, folder: Path) -> None:
    """Where one switch is replaced, the one that runs leads, whatever the two are called."""
    for new, old in (("dc1-a", "dc1-b"), ("dc1-b", "dc1-a")):
        assert run("render", "dc1.yaml", "-o", "configs").code == 0
        (folder / f"configs/{new}.cfg").write_text(f"hostname {new}\n", "utf-8")
        roles = json.loads(run("plan", "dc1.yaml", *RUNNING, "--format", "json").out)["roles"]
        assert roles == {old: "primary", new: "secondary"}


def test_user(run: Run, folder: Path, planned: Planned, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who logs in is told by the environment, else by a reference of the pair file, else by nobody."""
    calls = planned()
    assert run("plan", "dc1.yaml", *RUNNING).code == 0
    text = (folder / "dc1.yaml").read_text("utf-8")
    first = next(line for line in text.splitlines() if line.startswith("  dc1-a:"))
    (folder / "dc1.yaml").write_text(
        text.replace(first, first.replace("{", "{connect: {username: env:WHO}, ")), "utf-8"
    )
    monkeypatch.setenv("WHO", "robot")
    assert run("plan", "dc1.yaml", *RUNNING).code == 0
    monkeypatch.setenv("MLAGKIT_USERNAME", "me")
    assert run("plan", "dc1.yaml", *RUNNING).code == 0
    assert [asked["user"] for _, asked in calls] == [None, "robot", "me"]
    assert user_name({"NAPALM_USERNAME": "b", "MLAGKIT_USERNAME": "a"}) == "a"


def test_codes(run: Run, folder: Path, planned: Planned) -> None:
    """A plan ends with 0, on request with 1 where it has steps; one that is not allowed ends with 4 in any case."""
    planned()
    assert run("plan", "dc1.yaml", *RUNNING).code == 0
    assert run("plan", "dc1.yaml", *RUNNING, "--detailed-exitcode").code == 1
    planned(steps=())
    assert run("plan", "dc1.yaml", *RUNNING, "--detailed-exitcode").code == 0
    planned(stops=STOPS)
    for more in ([], ["--detailed-exitcode"]):
        ended = run("plan", "dc1.yaml", *RUNNING, *more)
        assert ended.code == 4
        assert "line of dc1-b" in ended.out
        assert ended.err.endswith(": dc1: --allow outage --allow role-change\n")


def test_allowed(run: Run, folder: Path, planned: Planned, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each permission is given by its name, once or several times, and is kept in the plan."""
    planned(stops=STOPS)
    assert run("plan", "dc1.yaml", *RUNNING, "--allow", "outage").err.endswith(": dc1: --allow role-change\n")
    both = ("--allow", "role-change", "--allow", "outage", "--allow", "outage")
    ended = run("plan", "dc1.yaml", *RUNNING, *both, "--format", "json")
    document = json.loads(ended.out)
    assert (ended.code, ended.err, document["allowed"]) == (0, "", ["outage", "role-change"])
    assert [stop["allowed"] for stop in document["stops"]] == [True, True]
    monkeypatch.setenv("MLAGKIT_ALLOW", "outage, role-change")
    assert run("plan", "dc1.yaml", *RUNNING).code == 0
    monkeypatch.delenv("MLAGKIT_ALLOW")
    (folder / "mlagkit.toml").write_text('[plan]\nallow = ["outage", "role-change"]\n', "utf-8")
    assert run("plan", "dc1.yaml", *RUNNING).code == 0


WAIVED = 'waivers: {MB12: {reason: "until the host is moved", owner: netops, expires: 2026-12-31}}\n'


def test_new_errors(run: Run, folder: Path) -> None:
    """A plan that ends with an error of the rules is not carried out unless that is allowed, or the error is waived."""
    text = (folder / "dc1.yaml").read_text("utf-8")
    worse = text.replace("    vlans: 10,20 ", "    mtu: {dc1-a: 9216, dc1-b: 1500}\n    vlans: 10,20 ")
    assert worse != text
    (folder / "dc1.yaml").write_text(worse, "utf-8")
    ended = run("plan", "dc1.yaml", *RUNNING, "--allow", "type-1-change")
    assert (ended.code, "MB12 mtu-mismatch" in ended.out) == (4, True)
    assert ended.err.endswith(": dc1: --allow new-errors\n")
    assert run("plan", "dc1.yaml", *RUNNING, "--allow", "type-1-change", "--allow", "new-errors").code == 0
    (folder / "dc1.yaml").write_text(worse + WAIVED, "utf-8")
    ended = run("plan", "dc1.yaml", *RUNNING, "--allow", "type-1-change")
    assert (ended.code, ended.err) == (0, "")
    told = " ".join(ended.out.split())
    assert "it ends with 1 waived error of rules" in told
    assert "waived errors of rules at the end: MB12 mtu-mismatch:" in told
    assert "waived by netops until 2026-12-31: until the host is moved" in told
    late = ("--running", "configs", "--date", "2027-01-01")
    assert run("plan", "dc1.yaml", *late, "--allow", "type-1-change").err.endswith(": dc1: --allow new-errors\n")


@pytest.mark.parametrize("name", PERMISSIONS)
def test_permission(name: str, run: Run, folder: Path, planned: Planned) -> None:
    """Every permission of the contract can be given, those that only a push needs, too."""
    planned()
    assert run("plan", "dc1.yaml", *RUNNING, "--allow", name).code == 0


def test_permissions_of_the_planner() -> None:
    """What the planner asks for can be given; the contract names fifteen, and one is for what a plan ends with."""
    assert {*Permission} <= {*PERMISSIONS}
    assert len({*PERMISSIONS}) == 16


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("outtage", "did you mean outage?"),
        ("Role_Change", "did you mean role-change?"),
        ("x\x1b", "there are outage, "),
    ],
)
def test_unknown_permission(name: str, hint: str, run: Run, folder: Path, planned: Planned) -> None:
    """A name that is none is a usage error, and says which one was meant."""
    calls = planned()
    ended = run("plan", "dc1.yaml", *RUNNING, "--allow", name)
    assert (ended.code, hint in ended.err, "\x1b" in ended.err, calls) == (2, True, False, [])


def test_max_delete(run: Run, folder: Path, planned: Planned) -> None:
    """More objects than the limit are not deleted unless it is raised; the plan is shown."""
    planned(deleted=11)
    ended = run("plan", "dc1.yaml", *RUNNING)
    assert (ended.code, "11 objects deleted, more than 10" in ended.out) == (4, True)
    assert ended.err.endswith(": dc1: --max-delete 11\n")
    assert run("plan", "dc1.yaml", *RUNNING, "--max-delete", "11").code == 0
    planned(deleted=10)
    assert run("plan", "dc1.yaml", *RUNNING).code == 0


def test_max_pairs(run: Run, folder: Path, planned: Planned) -> None:
    """More pairs than the limit are not changed unless it is raised; one that does not change does not count."""
    (folder / "dc2.yaml").write_text(starter("dc2"), "utf-8")
    assert run("render", ".", "-o", "configs").code == 0
    calls = planned()
    ended = run("plan", ".", *RUNNING)
    assert (ended.code, ended.out.count("\nundo, ")) == (4, 2)
    assert ended.err.endswith(": 2 pairs would change: --max-pairs 2\n")
    assert run("plan", ".", *RUNNING, "--max-pairs", "2").code == 0
    planned(steps=())
    assert run("plan", ".", *RUNNING).code == 0
    assert [pair for pair, _ in calls] == ["dc1", "dc2"] * 2


def test_json(run: Run, folder: Path, planned: Planned) -> None:
    """JSON is one object, the same bytes each time; for a folder the plans are in a list."""
    planned()
    words = ("plan", "dc1.yaml", *RUNNING, "--format", "json")
    ended = run(*words)
    document = json.loads(ended.out)
    assert ended == run(*words)
    assert (document["format"], document["pair"]) == ("mlagkit.plan/1", "dc1")
    assert json.loads(run("plan", ".", *RUNNING, "--format", "json").out) == {
        "format": "mlagkit.plan/1",
        "pairs": [document],
    }


def test_json_of_two_files(run: Run, folder: Path, planned: Planned) -> None:
    """Where two files are named, the plans are in a list, too."""
    (folder / "dc2.yaml").write_text(starter("dc2"), "utf-8")
    assert run("render", ".", "-o", "configs").code == 0
    planned(steps=())
    document = json.loads(run("plan", "dc2.yaml", "dc1.yaml", *RUNNING, "--format", "json").out)
    assert [each["pair"] for each in document["pairs"]] == ["dc2", "dc1"]


def test_verbose(run: Run, folder: Path, planned: Planned) -> None:
    """With -v every name is shown, and where the running-configs came from."""
    names = [f"host-{number:02}" for number in range(20)]
    planned(steps=(step("dc1-a", "x", lines("x"), (), Impact.BRIEF, names),))
    assert "host-19" not in run("plan", "dc1.yaml", *RUNNING).out
    ended = run("plan", "dc1.yaml", *RUNNING, "-v")
    assert ("host-19" in ended.out, "dc1-b is compared with configs/dc1-b.cfg" in ended.err) == (True, True)


def test_days(run: Run, folder: Path, planned: Planned) -> None:
    """A plan is made on the day that is given, and is good for one more."""
    planned()
    document = json.loads(run("plan", "dc1.yaml", *RUNNING[:2], "--date", "2026-12-31", "--format", "json").out)
    assert (document["created"], document["expires"]) == ("2026-12-31", "2027-01-01")


def test_commit(run: Run, folder: Path, planned: Planned) -> None:
    """The commit is that of the pair file; where it has been edited since, there is none."""
    planned()

    def commit() -> str | None:
        document = json.loads(run("plan", "dc1.yaml", *RUNNING, "--format", "json").out)
        found: str | None = document["commit"]
        return found

    assert commit() is None
    git(folder, "init", "--initial-branch=main")
    git(folder, "add", "dc1.yaml")
    git(folder, "commit", "-m", "first")
    assert (commit() or "").strip("0123456789abcdef") == ""
    assert len(commit() or "") == 40
    (folder / "dc1.yaml").write_text(f"{starter('dc1')}\n", "utf-8")
    assert commit() is None


def test_save(run: Run, folder: Path, planned: Planned) -> None:
    """The plan is saved whole and as JSON, whatever is shown, also one that is not allowed; only its owner reads it."""
    planned(stops=STOPS)
    ended = run("plan", "dc1.yaml", *RUNNING, "--save", "plan.json", "--switch", "dc1-a")
    saved = (folder / "plan.json").read_text("utf-8")
    assert (ended.code, ended.err.splitlines()[0]) == (4, "wrote plan.json")
    assert saved == run("plan", "dc1.yaml", *RUNNING, "--format", "json").out
    assert (folder / "plan.json").stat().st_mode & 0o777 == 0o600
    assert run("plan", "dc1.yaml", *RUNNING, "--save", "none/plan.json").code == 2


def test_switch(run: Run, folder: Path, planned: Planned) -> None:
    """One switch is shown, and both are judged."""
    (folder / "dc2.yaml").write_text(starter("dc2"), "utf-8")
    assert run("render", ".", "-o", "configs").code == 0
    planned(stops=STOPS)
    ended = run("plan", ".", *RUNNING, "--switch", "dc1-a")
    assert (ended.code, "line of dc1-a" in ended.out, "line of dc1-b" in ended.out) == (4, True, False)
    assert "dc2" not in ended.out
    whole = json.loads(run("plan", "dc1.yaml", *RUNNING, "--format", "json").out)
    part = json.loads(run("plan", "dc1.yaml", *RUNNING, "--switch", "dc1-b", "--format", "json").out)
    assert (part["hash"], [each["switch"] for each in part["steps"]]) == (whole["hash"], ["dc1-b"])
    assert run("plan", "dc1.yaml", *RUNNING, "--switch", "dc9-a").code == 2


def test_annotate(run: Run, folder: Path, planned: Planned) -> None:
    """On request the place of each command is shown."""
    planned(steps=(step("dc1-a", "x", lines("vlan 20", line=7), lines("no vlan 20")),))
    assert "dc1-leaf.yaml:7" not in run("plan", "dc1.yaml", *RUNNING).out
    assert "dc1-leaf.yaml:7" in run("plan", "dc1.yaml", *RUNNING, "--annotate").out


def test_secrets(run: Run, folder: Path, planned: Planned, monkeypatch: pytest.MonkeyPatch) -> None:
    """No secret is shown or saved; with a key of one's own two of them can be told apart."""
    for secret, key in (("s3cret", ""), ("s3cret", "pepper"), ("other-s3cret", "pepper")):
        planned(steps=(step("dc1-a", "users", lines(f"username x password 5 {secret}"), ()),))
        monkeypatch.setenv("MLAGKIT_FINGERPRINT_KEY", key)
        ended = run("plan", "dc1.yaml", *RUNNING, "--save", f"{secret}{key}.json")
        assert "s3cret" not in ended.out
        assert "s3cret" not in (folder / f"{secret}{key}.json").read_text("utf-8")
    hashes = {json.loads(path.read_text("utf-8"))["hash"] for path in folder.glob("*.json")}
    assert len(hashes) == 3


def test_nothing(run: Run, folder: Path) -> None:
    """Where both switches do what the pair file says, the plan says so."""
    ended = run("plan", "dc1.yaml", *RUNNING, "--detailed-exitcode")
    assert (ended.code, ended.out) == (0, "dc1: nothing has to change on either switch\n")


def test_real_plan(run: Run, folder: Path) -> None:
    """A VLAN that one switch lost comes back there, and the place of its name is that in the pair file."""
    path = folder / "configs" / "dc1-a.cfg"
    path.write_text(path.read_text("utf-8").replace("  name db\n", ""), "utf-8")
    document = json.loads(run("plan", "dc1.yaml", *RUNNING, "--format", "json").out)
    (made,) = document["steps"]
    assert (made["switch"], made["commands"], made["impact"]) == ("dc1-a", ["vlan 20", "  name db"], Impact.NONE)
    text = (folder / "dc1.yaml").read_text("utf-8").splitlines()
    assert text[made["origins"][1]["line"] - 1].strip() == "20: db"


def test_no_plan(run: Run, folder: Path, planned: Planned) -> None:
    """A pair for which there can't be a plan is told of by its name, and ends with 4."""
    planned(Refused("a secret can't be had\x1b"))
    ended = run("plan", "dc1.yaml", *RUNNING, "--save", "plan.json", "--format", "json")
    assert (ended.code, ended.out, ended.err) == (4, "", "mlagkit: dc1: a secret can't be had\\x1b\n")
    assert not (folder / "plan.json").exists()


def test_internal_failure(run: Run, folder: Path, planned: Planned, monkeypatch: pytest.MonkeyPatch) -> None:
    """A planner that finds no way has a bug: the code is 70, and a report file is written."""
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    planned(NoWay({"dc1-a": []}))
    ended = run("plan", "dc1.yaml", *RUNNING)
    (report,) = folder.glob("mlagkit-report-*.txt")
    assert (ended.code, ended.out, str(report) in ended.err) == (70, "", True)
    assert "NoWay" in report.read_text("utf-8")


def test_unread(run: Run, folder: Path, planned: Planned, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plan is for both switches: where one can't be read, there is none."""
    calls = planned()
    errors = {name: DeviceError(name, "no answer\x1b", "check it") for name in ("dc1-a", "dc1-b")}
    monkeypatch.setattr("mlagkit.cli.devices.device_reader", lambda *_: lambda _: (errors, {}))
    ended = run("plan", "dc1.yaml", "--device")
    assert (ended.code, ended.out, calls) == (3, "", [])
    assert sorted(ended.err.splitlines()) == [f"mlagkit: {name}: no answer\\x1b; check it" for name in errors]


def test_isolate(run: Run, folder: Path, planned: Planned) -> None:
    """A switch is taken out of service: of all pairs only its own is looked at, and no other switch can be meant."""
    (folder / "dc2.yaml").write_text(starter("dc2"), "utf-8")
    assert run("render", ".", "-o", "configs").code == 0
    calls = planned()
    assert run("plan", ".", *RUNNING, "--isolate", "dc2-a").code == 0
    assert [(pair, asked["isolated"]) for pair, asked in calls] == [("dc2", "dc2-a")]
    ended = run("plan", ".", *RUNNING, "--isolate", "dc2-c")
    assert (ended.code, "dc2-c is no switch of a pair here; did you mean dc2-" in ended.err) == (2, True)
    assert len(calls) == 1


def test_isolated_in_earnest(run: Run, folder: Path) -> None:
    """The steps shut what that switch has, and the pair file, which differs from what runs, plays no part."""
    path = folder / "configs" / "dc1-a.cfg"
    path.write_text(path.read_text("utf-8").replace("  name web\n", "  name old\n"), "utf-8")
    ended = run("plan", "dc1.yaml", *RUNNING, "--isolate", "dc1-a", "--allow", "outage")
    assert (ended.code, ended.out.count("     shutdown\n") > 1, "name web" in ended.out) == (0, True, False)


def test_what_left_the_file(run: Run, folder: Path) -> None:
    """What the pair file no longer declares stays, which is said with what would remove it; with --base it goes."""
    git(folder, "init", "--initial-branch=main")
    git(folder, "add", "dc1.yaml")
    git(folder, "commit", "-m", "first")
    text = (folder / "dc1.yaml").read_text("utf-8")
    (folder / "dc1.yaml").write_text(text.replace("    Ethernet1/40: {host: backup-01, mode: access, vlan: 10}\n", ""))
    stays = run("plan", "dc1.yaml", *RUNNING)
    assert "nothing has to change on either switch\n\nleft alone, since the intent does not declare it:" in stays.out
    assert "1 line on dc1-a (mlagkit diff shows" in stays.out
    goes = run("plan", "dc1.yaml", *RUNNING, "--base", "HEAD")
    assert "no switchport access vlan" in goes.out
    assert "left alone" not in goes.out


def test_a_part_without_its_features(run: Run, folder: Path) -> None:
    """Lines of a feature in a running-config that does not switch it on are refused, since no switch has them."""
    path = folder / "configs" / "dc1-a.cfg"
    text = path.read_text("utf-8").replace("feature hsrp\n", "").replace("priority 110\n", "priority 120\n")
    path.write_text(text, "utf-8")
    ended = run("plan", "dc1.yaml", *RUNNING)
    assert ended.code == 4
    assert "what was read of dc1-a has lines of features that it lacks (hsrp): give all of it" in ended.err


def test_what_no_switch_holds(run: Run, folder: Path) -> None:
    """Where nothing that is typed leads to a line, or back to it, it is named with its reason: that is no bug."""
    pair, path = folder / "dc1.yaml", folder / "configs" / "dc1-a.cfg"
    kept, text = pair.read_text("utf-8"), path.read_text("utf-8")
    holds = "no switch holds such lines:"
    pair.write_text(f"{kept}  zz\n  no zz\n", "utf-8")
    intended = run("plan", "dc1.yaml", *RUNNING)
    place = f"dc1.yaml:{kept.partition('extra: |')[0].count(chr(10)) + 1}:1"
    assert (intended.code, intended.out) == (4, "")
    assert intended.err == f"mlagkit: dc1: {holds} {place}: this line stands there with and without `no`\n"
    pair.write_text(kept, "utf-8")
    switching = ("mode trunk", "access vlan 10", "trunk native vlan 10", "trunk allowed vlan 10", "block unicast")
    lines = "".join(f"  switchport {each}\n" for each in switching)
    path.write_text(text.replace("interface Vlan10\n", f"interface Vlan10\n{lines}"), "utf-8")
    running = run("plan", "dc1.yaml", *RUNNING)
    first = text.split("\n").index("interface Vlan10") + 2
    why = [f"configs/dc1-a.cfg:{first + at}:1: Vlan10 is routed, and this line is about switching" for at in range(3)]
    assert running.code == 4
    assert running.err == f"mlagkit: dc1: {holds} {'; '.join(why)}; 2 more\n"
