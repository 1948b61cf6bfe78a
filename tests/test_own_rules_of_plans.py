"""A site's own rules have a say in what a plan ends with; a push asks them as the base has them, not the change."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from mlagkit.nxos.lab import Lab
from mlagkit.report.document import Document
from tests.command import Ended, Run
from tests.push_lab import AFTER, BEFORE, GO, changing, connect, emulated, listened
from tests.repositories import Repository

RULE = '''\
from mlagkit.finding import Severity
from mlagkit.rules.rule import Hit, switch_rule


@switch_rule("XX01", Severity.ERROR)
def vlan_named_www(switch):
    """A VLAN is called www.

    Why:
        We have agreed on other names.

    Bad:
        vlans: {10: www}

    Good:
        vlans: {10: web}

    Fix:
        Call it web.

    Source:
        our conventions [certain]
    """
    for vlan in switch.vlans.values():
        if vlan.name == "www":
            yield Hit(vlan, "name", "a VLAN is called www")
'''
LINE = 26
"""Where it yields."""
BROKEN = RULE.replace('Hit(vlan, "name", "a VLAN is called www")', "switch.nonsense")
RAN = f"from pathlib import Path\n\nPath('ran').touch()\n{RULE}".replace('"www":', '"nobody":')
"""The same rule as a change would like it to be; whoever runs it leaves a trace."""
SETTINGS = 'rules = ["ours.py"]\n'
WAIVER = "waivers: {XX01: {reason: until May, owner: netops, expires: 2026-12-31}}\n"
NEW = ("--allow", "new-errors")
DAY = ("--date", "2026-11-27")


@pytest.fixture
def repository(home: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A pair with a rule of its own on ``main``; in the working tree a change that the rule finds an error in."""
    made = Repository.new(home / "work", {"dc1.yaml": BEFORE, "ours.py": RULE, "mlagkit.toml": SETTINGS})
    monkeypatch.chdir(made.top)
    made.write({"dc1.yaml": AFTER})
    return made


@pytest.fixture
def lab(repository: Repository, home: Path) -> Iterator[Lab]:
    """Both switches as ``main`` says."""
    (home / "dc1.yaml").write_text(BEFORE, "utf-8")
    with emulated(home) as switches:
        yield switches


@pytest.fixture
def running(run: Run, repository: Repository) -> tuple[str, str]:
    """What both switches run, as the option that says so."""
    (repository.top / "before.yaml").write_text(BEFORE, "utf-8")
    assert run("render", "before.yaml", "-o", "configs").code == 0
    return "--running", "configs"


def planned(run: Run, *words: str) -> Document:
    """A plan as JSON."""
    found = json.loads(run("plan", "dc1.yaml", *words, *DAY, "--format", "json").out)
    assert isinstance(found, dict)
    return found


def needs(plan: Document) -> list[str]:
    """The rules whose errors need a permission."""
    return sorted({stop["message"].split()[0] for stop in plan["stops"] if stop["permission"] == "new-errors"})


def test_plan(run: Run, repository: Repository, running: tuple[str, str]) -> None:
    """A plan that ends with a new error of an own rule needs `new-errors`, unless the pair file waives it."""
    ended = run("plan", "dc1.yaml", *running)
    assert (ended.code, "XX01 vlan-named-www: a VLAN is called www" in ended.out) == (4, True), ended
    assert run("plan", "dc1.yaml", *running, *NEW).code == 0
    repository.write({"dc1.yaml": AFTER + WAIVER})
    plan = planned(run, *running)
    assert (needs(plan), [row["rule"] for row in plan["accepted"]]) == ([], ["XX01"])
    repository.write({"dc1.yaml": AFTER, "mlagkit.toml": ""})
    assert needs(planned(run, *running)) == []
    assert needs(planned(run, *running, "--rules", "ours.py")) == ["XX01"]


BENT = {"another rule": {"ours.py": RAN}, "no rule": {"ours.py": "x = 1\n"}, "no setting": {"mlagkit.toml": ""}}
"""How a change would get rid of its judge."""


@pytest.mark.parametrize("kind", BENT)
def test_base(kind: str, run: Run, repository: Repository, running: tuple[str, str]) -> None:
    """With --base a plan is judged by the rules of that revision, as its review and its push are."""
    repository.write(BENT[kind])
    assert needs(planned(run, *running, "--base", "main")) == ["XX01"]
    assert not Path("ran").exists()
    if kind != "no rule":  # which a review, that judges the change by its own rules as well, takes for a mistake
        (row,) = json.loads(run("review", "dc1.yaml", "--base", "main", "--format", "json").out)["pairs"]
        assert needs(row["plan"]) == ["XX01"]


def test_one_hash(run: Run, repository: Repository, running: tuple[str, str]) -> None:
    """What a waiver of an own rule's error adds to the hash is the same in a review and in a plan."""
    repository.write({"dc1.yaml": AFTER + WAIVER, "ours.py": RAN})
    (row,) = json.loads(run("review", "dc1.yaml", "--base", "main", *DAY, "--format", "json").out)["pairs"]
    plan = planned(run, *running, "--base", "main")
    assert [each["rule"] for each in plan["accepted"]] == ["XX01"]
    assert plan["hash"] == row["plan"]["hash"] != planned(run, *running)["hash"]
    for form in ("markdown", "html"):
        shown = run("review", "dc1.yaml", "--base", "main", *DAY, "--format", form).out.casefold()
        told = shown.partition("waived errors at its end")[2]
        assert "vlan-named-www: a vlan is called www (waived by netops until 2026-12-31: until may)" in told
        assert "it ends with 1 waived error of rules" in shown


def test_a_rule_of_the_base_that_fails(run: Run, repository: Repository, running: tuple[str, str]) -> None:
    """It is an input error at its line in the base; a review judges the plan by the rules of the change then."""
    repository.write({"ours.py": BROKEN, "dc1.yaml": BEFORE})
    commit = repository.commit("broken")
    repository.write({"ours.py": RULE, "dc1.yaml": AFTER})
    ended = run("plan", "dc1.yaml", *running, "--base", "main")
    assert (ended.code, f"{commit[:12]}:ours.py:{LINE}:1: error IN26" in ended.err) == (2, True), ended
    (row,) = json.loads(run("review", "dc1.yaml", "--base", "main", "--format", "json").out)["pairs"]
    assert needs(row["plan"]) == ["XX01"]


def test_a_file_that_the_base_lacks(run: Run, repository: Repository, running: tuple[str, str]) -> None:
    """Nobody asks its rules, as in a review of the change that brings it; that is said."""
    repository.write({"new.py": RULE})
    ended = run("plan", "dc1.yaml", *running, "--base", "main", "--rules", "new.py")
    assert (ended.code, "warning: main has no new.py, so none of its rules is asked" in ended.err) == (0, True), ended


def test_a_folder_that_became_a_link(run: Run, repository: Repository, running: tuple[str, str], home: Path) -> None:
    """A link in the place of a folder leads to no rules of the change, neither outside of the repository nor in it."""
    repository.write({"dc1.yaml": BEFORE, "ours/ours.py": RULE, "mlagkit.toml": 'rules = ["ours/ours.py"]\n'})
    repository.commit("in a folder")
    repository.write({"dc1.yaml": AFTER, "theirs/ours.py": RAN})
    (home / "ours.py").write_text(RAN, "utf-8")
    shutil.rmtree("ours")
    for place in (home, Path("theirs")):
        Path("ours").symlink_to(place)
        assert needs(planned(run, *running, "--base", "main")) == ["XX01"]
        assert not Path("ran").exists()
        Path("ours").unlink()


def test_settings_of_the_base_that_are_none(run: Run, repository: Repository, running: tuple[str, str]) -> None:
    """Where nobody knows which rules there were, that is an error and never a judge less."""
    repository.write({"mlagkit.toml": "rules = 7\n"})
    repository.commit("wrong")
    repository.write({"mlagkit.toml": SETTINGS})
    ended = run("plan", "dc1.yaml", *running, "--base", "main")
    assert (ended.code, "the settings file of main can't be used" in ended.err) == (2, True), ended


def test_outside_of_the_repository(run: Run, repository: Repository, running: tuple[str, str], home: Path) -> None:
    """A file that lies outside is the same then and now."""
    (home / "ours.py").write_text(RULE.replace("XX01", "XX02").replace("vlan_named_www", "other"), "utf-8")
    assert needs(planned(run, *running, "--base", "main", "--rules", "../ours.py")) == ["XX02"]


def pushed(run: Run, lab: Lab, *words: str) -> Ended:
    """A push of the change."""
    return run("push", *words, *connect(lab, "nxapi"), *GO, *DAY)


def began(home: Path) -> Document:
    """The first line of the journal of the latest push."""
    latest = max((home / "state/mlagkit/runs").glob("*.jsonl"), key=lambda path: path.stat().st_mtime_ns)
    found = json.loads(latest.read_text("utf-8").splitlines()[0])
    assert isinstance(found, dict)
    return found


@pytest.mark.interop
@pytest.mark.parametrize("kind", BENT)
def test_push(
    kind: str, run: Run, repository: Repository, lab: Lab, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A push holds its end against the rules of --base, whatever became of them; the journal says whose they are."""
    repository.write(BENT[kind])
    heard = listened(monkeypatch)
    ended = pushed(run, lab, "dc1.yaml", "--base", "main")
    assert (ended.code, "XX01 vlan-named-www" in ended.err, "--allow new-errors" in ended.err) == (4, True, True), ended
    assert changing(heard) == []
    assert pushed(run, lab, "dc1.yaml", "--base", "main", *NEW).code == 0
    assert not Path("ran").exists()
    commit = repository.git("rev-parse", "main")[:12]
    assert (began(home)["rules"], began(home)["local_rules"]) == ([f"{commit}:ours.py"], False)


@pytest.mark.interop
def test_push_that_a_rule_fails_on(run: Run, repository: Repository, lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is sent where a judge can't speak, and its line is named."""
    repository.write({"ours.py": BROKEN, "dc1.yaml": BEFORE})
    commit = repository.commit("broken")
    repository.write({"dc1.yaml": AFTER})
    heard = listened(monkeypatch)
    ended = pushed(run, lab, "dc1.yaml", "--base", "main", *NEW)
    assert (ended.code, f"{commit[:12]}:ours.py:{LINE}:1: AttributeError" in ended.err) == (2, True), ended
    assert changing(heard) == []


@pytest.mark.interop
def test_push_of_a_saved_plan(run: Run, repository: Repository, lab: Lab) -> None:
    """A saved plan alone is held against them, too, whoever made it and whatever it says."""
    repository.write({"mlagkit.toml": ""})
    ways = connect(lab, "nxapi")
    assert run("plan", "dc1.yaml", "--device", *ways, *DAY, "--save", "plan.json").code == 0
    ended = pushed(run, lab, "--plan", "plan.json", "--base", "main")
    assert (ended.code, "XX01 vlan-named-www" in ended.err) == (4, True), ended
    assert pushed(run, lab, "--plan", "plan.json").code == 0


@pytest.mark.interop
def test_push_of_local_rules(run: Run, repository: Repository, lab: Lab, home: Path) -> None:
    """Without --base none are run but on somebody's word, which is warned of and written down."""
    repository.write({"ours.py": RAN})
    ended = pushed(run, lab, "dc1.yaml")
    assert (ended.code, "own rules (ours.py) do not run as they lie here" in ended.err) == (4, True), ended
    assert not Path("ran").exists()
    ended = pushed(run, lab, "dc1.yaml", "--allow-local-rules")
    assert (ended.code, "warning: --allow-local-rules: own rules run as they lie here" in ended.err) == (0, True), ended
    assert Path("ran").exists()
    assert (began(home)["rules"], began(home)["local_rules"]) == (["ours.py"], True)
    assert "; own rules of the working tree; done\n" in run("audit", "verify").out
    (journal,) = json.loads(run("audit", "verify", "--format", "json").out)["journals"]
    assert (journal["rules"], journal["local_rules"]) == (["ours.py"], True)


SAID_BY_A_FILE = {
    "that they may run": ("[push]\nallow-local-rules = true\n", "is for whoever pushes to say"),
    "the revision": ('[push]\nbase = "HEAD"\n', "own rules (ours.py) do not run as they lie here"),
}


@pytest.mark.interop
@pytest.mark.parametrize("kind", SAID_BY_A_FILE)
def test_what_no_file_may_say(kind: str, run: Run, repository: Repository, lab: Lab) -> None:
    """A settings file may come with the change, and so may what it would have us run."""
    text, reason = SAID_BY_A_FILE[kind]
    repository.write({"mlagkit.toml": SETTINGS + text, "ours.py": RAN})
    repository.commit("theirs")
    ended = pushed(run, lab, "dc1.yaml")
    assert (ended.code, reason in ended.err) == (4, True), ended
    repository.write({"mlagkit.toml": text})
    pushed(run, lab, "dc1.yaml")
    assert not Path("ran").exists()


@pytest.mark.interop
def test_a_run_needs_no_rules(run: Run, repository: Repository, lab: Lab, home: Path) -> None:
    """Whoever takes a run back, or finishes one, is asked for nothing about rules."""
    assert pushed(run, lab, "dc1.yaml", "--base", "main", *NEW).code == 0
    assert run("push", "--rollback", str(began(home)["run"])).code == 0
