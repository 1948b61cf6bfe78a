"""`mlagkit review --device` against the emulated pair: drift, and the plan that a push would compare."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from mlagkit.emulate import how_to_reach, lab_of
from mlagkit.intent import load_pair
from mlagkit.nxos.lab import Lab
from mlagkit.report.document import Document
from mlagkit.report.review.html import review_html
from mlagkit.report.review.markdown import review_markdown
from mlagkit.starter import starter
from tests.command import Ended, Run
from tests.homes import settle
from tests.repositories import Repository

pytestmark = pytest.mark.interop
FILE = "pairs/dc1.yaml"
BASE = starter("dc1")
HEAD = BASE.replace("  10: web\n", "  10: web\n  40: backup\n")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A pair on ``main``, a VLAN more on the branch ``topic``, and a home in which nothing is trusted yet."""
    assert HEAD != BASE
    made = Repository.new(tmp_path / "work", {FILE: BASE})
    made.git("switch", "-c", "topic")
    made.write({FILE: HEAD})
    made.commit("change")
    monkeypatch.chdir(made.top)
    settle(tmp_path, monkeypatch)
    return made


@pytest.fixture
def lab(repository: Repository, run: Run, tmp_path: Path) -> Iterator[Lab]:
    """Both switches, doing what the base says, and trusted."""
    (tmp_path / "base.yaml").write_text(BASE, "utf-8")
    with lab_of(load_pair(tmp_path / "base.yaml")) as switches:
        for line in how_to_reach(switches, FILE).splitlines():
            words = shlex.split(line)
            if words[1] == "trust":
                assert run(*words[1:]).code == 0
        yield switches


def review(run: Run, lab: Lab, *args: str) -> Ended:
    """`mlagkit review --device` over NX-API."""
    return run("review", "pairs", "--base", "main", "--device", *lab.connect_options("nxapi"), *args)


def reviewed(run: Run, lab: Lab, *args: str) -> Document:
    """The row of the pair."""
    (row,) = json.loads(review(run, lab, "--format", "json", *args).out)["pairs"]
    assert isinstance(row, dict)
    return row


def planned(run: Run, lab: Lab) -> Document:
    """What `mlagkit plan --device` makes of the same, which is what a push compares."""
    ended = run("plan", FILE, "--device", *lab.connect_options("nxapi"), "--base", "main", "--format", "json")
    found = json.loads(ended.out)
    assert isinstance(found, dict)
    return found


def typed(lab: Lab, name: str, *lines: str) -> None:
    """Somebody types lines into a switch."""
    assert all(answer.ok for answer in lab.switches[name].chassis.execute(lines))


def test_no_drift(run: Run, lab: Lab) -> None:
    """Where the switches run what the base says the plan is that of the base, and that of a push."""
    row = reviewed(run, lab)
    assert row["verdict"].endswith("; no drift")
    assert row["plan_from"] == "live"
    offline = json.loads(run("review", "pairs", "--base", "main", "--format", "json").out)["pairs"][0]
    assert (offline["plan_from"], offline["drift"]) == ("base", None)
    assert row["plan"]["hash"] == offline["plan"]["hash"] == planned(run, lab)["hash"]
    assert row["plan"]["steps"] == planned(run, lab)["steps"]


def test_lines_that_are_not_compared(
    run: Run, lab: Lab, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nobody has a secret that the change asks for, every form names the lines that stay as they are."""
    monkeypatch.delenv("HSRP_KEY", raising=False)
    repository.write({FILE: HEAD.replace("hsrp: {version: 2,", "hsrp: {authentication: env:HSRP_KEY, version: 2,")})
    for name in lab.switches:
        typed(lab, name, "interface Vlan10", "hsrp 10", "authentication text s3cret")
    row = reviewed(run, lab)
    assert "; 2 lines not compared; " in row["verdict"]
    assert row["plan"]["uncompared"] == planned(run, lab)["uncompared"]
    assert row["plan"]["hash"] == planned(run, lab)["hash"]
    line = "dc1-a: interface Vlan10 / hsrp 10 / authentication text &lt;secret&gt; (env:HSRP_KEY)"
    for form in ("markdown", "html"):
        shown = review(run, lab, "--format", form).out
        assert "Not compared, since the secret can" in shown
        assert line in shown.replace("\\", "")
    assert "s3cret" not in json.dumps(row)


def test_drift(run: Run, lab: Lab) -> None:
    """What somebody typed since is told apart from the change; the hash is another one, and still that of a push."""
    before = reviewed(run, lab)
    typed(lab, "dc1-a", "vlan 10", "name other")
    row = reviewed(run, lab)
    assert "drift before this change: 1 difference on dc1-a, which the plan mends" in row["verdict"]
    assert [(each["old"], each["new"]) for each in row["drift"]["switches"]["dc1-a"]["changes"]] == [
        ("name other", "name web")
    ]
    assert row["drift"]["switches"]["dc1-b"]["changes"] == []
    assert {each["new"] for each in row["switches"]["dc1-a"]["changes"]} == {"vlan 40", "name backup"}
    assert row["plan"]["hash"] == planned(run, lab)["hash"] != before["plan"]["hash"]
    assert any("name web" in line for step in row["plan"]["steps"] for line in step["commands"])
    place = row["drift"]["switches"]["dc1-a"]["changes"][0]["file"]
    assert place.endswith(f":{FILE}")
    assert "/tmp" not in json.dumps(row)
    markdown, page = (review(run, lab, "--format", form).out for form in ("markdown", "html"))
    assert "**Drift before this change**" in markdown
    words = f"What {FILE} asks for, starting from what both switches run; plan `{row['plan']['hash']}`:"
    assert words in markdown
    assert "another hash than this" not in markdown
    assert "<h3>Drift before this change" in page
    assert "was: name other" in page


def test_push_takes_the_hash(run: Run, lab: Lab) -> None:
    """What was reviewed is what a push carries out; after drift the hash is no longer that of its plan: it refuses."""
    reviewed_hash = reviewed(run, lab)["plan"]["hash"]
    typed(lab, "dc1-a", "vlan 10", "name other")
    pushing = ["push", FILE, "--base", "main", *lab.connect_options("ssh"), "--allow", "unproven-timer", "--approve"]
    ended = run(*pushing, reviewed_hash)
    assert (ended.code, reviewed_hash[:12] in ended.err) == (4, True), ended.out + ended.err
    assert "vlan 40" not in lab.switches["dc1-a"].chassis.running_config()
    typed(lab, "dc1-a", "vlan 10", "name web")
    ended = run(*pushing, reviewed_hash)
    assert ended.code == 0, ended.out + ended.err
    assert all("vlan 40" in switch.chassis.running_config() for switch in lab.switches.values())


def test_done_by_hand(run: Run, lab: Lab) -> None:
    """A change that somebody has typed already is nothing to type, and no drift that matters for it."""
    for name in lab.switches:
        typed(lab, name, "vlan 40", "name backup")
    row = reviewed(run, lab)
    assert "nothing has to be typed" in row["verdict"]
    assert row["plan"]["steps"] == planned(run, lab)["steps"] == []
    assert f"Nothing has to be typed for what {FILE} asks for" in review(run, lab, "--format", "markdown").out


def test_no_effect_and_drift(run: Run, lab: Lab, repository: Repository) -> None:
    """A change without effect is one, but a push would mend what has drifted, which is said."""
    repository.write({FILE: f"# a comment\n{BASE}"})
    assert "no effect on either configuration; no drift" in reviewed(run, lab)["verdict"]
    typed(lab, "dc1-b", "vlan 10", "name other")
    row = reviewed(run, lab)
    assert row["effect"] == "none"
    assert "a push mends the drift: no traffic impact expected; plan " in row["verdict"]
    assert row["plan"]["hash"] == planned(run, lab)["hash"]


def test_one_switch_is_away(run: Run, lab: Lab) -> None:
    """A switch that can't be read is said, with exit code 3; all the rest stands, and the plan is that of the base."""
    first = lab.switches["dc1-a"]
    connect = ["--connect", f"dc1-a=nxapi:{first.nxapi[0]}:{first.nxapi[1]}", "--connect", "dc1-b=nxapi:127.0.0.1:1"]
    typed(lab, "dc1-a", "vlan 10", "name other")
    forms = ("json", "text", "markdown", "html")
    ended = {form: run("review", "pairs", "--base", "main", "--device", *connect, "--format", form) for form in forms}
    assert {one.code for one in ended.values()} == {3}
    (row,) = json.loads(ended["json"].out)["pairs"]
    assert row["plan_from"] == "base"
    assert "1 difference on dc1-a; dc1-b could not be read" in row["verdict"]
    assert all("dc1-b could not be read" in ended[form].out for form in forms)
    assert "dc1-b: not read: 127.0.0.1:1 refused the connection" in ended["markdown"].out
    assert "starting from what the base declares (not both switches could be read)" in ended["markdown"].out
    assert "another hash than this" in ended["markdown"].out


def test_where_the_base_says(run: Run, lab: Lab, repository: Repository) -> None:
    """A change of the addresses leads nobody's login elsewhere: until it is pushed the switches are where they were."""
    there = BASE
    for name, switch in lab.switches.items():
        host, port = switch.nxapi
        way = f"connect: {{host: {host}, transport: nxapi, port: {port}}}"
        there = there.replace(f"{name}: {{management", f"{name}: {{{way}, management")
    repository.write({FILE: there})
    repository.commit("addresses")
    repository.write({FILE: re.sub("port: [0-9]{4,}", "port: 1", there)})
    assert "port: 1}" in (repository.top / FILE).read_text("utf-8")
    ended = run("review", "pairs", "--base", "topic", "--device", "--format", "json")
    (row,) = json.loads(ended.out)["pairs"]
    assert "no drift" in row["verdict"]
    assert ended.code == 0


def test_several_processes(run: Run, lab: Lab, repository: Repository) -> None:
    """What was read goes to another process, and so does the reason why not."""
    repository.write({"pairs/dc2.yaml": starter("dc2")})
    repository.commit("second")
    repository.write({"pairs/dc2.yaml": starter("dc2").replace("10: web", "10: www")})
    repository.git("branch", "-f", "main", "topic")
    repository.write({FILE: HEAD.replace("40: backup", "41: backup")})
    away = ["--connect", "dc2-a=nxapi:127.0.0.1:1", "--connect", "dc2-b=nxapi:127.0.0.1:1"]
    ended = review(run, lab, "--format", "json", "--jobs", "2", *away)
    verdicts = {row["pair"]: row["verdict"] for row in json.loads(ended.out)["pairs"]}
    assert ended.code == 3
    assert "drift before this change" in verdicts["dc1"]
    assert "dc2-a and dc2-b could not be read" in verdicts["dc2"]


def test_new_pair(run: Run, lab: Lab, repository: Repository) -> None:
    """Of a new pair no switch is asked: nothing was meant to be there, so nothing has drifted."""
    repository.git("rm", "-q", FILE)
    repository.write({"pairs/dc9.yaml": starter("dc9")})
    ended = review(run, lab, "--format", "json", "--fail-level", "none")
    assert ended.code == 0
    assert {row["drift"] for row in json.loads(ended.out)["pairs"]} == {None}


def test_shown(run: Run, lab: Lab) -> None:
    """What is drawn from the document alone is what the command prints."""
    document = json.loads(review(run, lab, "--format", "json").out)
    assert review(run, lab, "--format", "markdown").out == review_markdown(document)
    assert review(run, lab, "--format", "html").out == review_html(document)
