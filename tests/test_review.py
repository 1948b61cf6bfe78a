"""What is reviewed: which pairs changed since the merge base, and what that does."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from mlagkit.errors import InputError, Refused
from mlagkit.fleet.effort import Effort
from mlagkit.plan import NoWay
from mlagkit.report.document import Document, to_json
from mlagkit.report.plan.text import plan_text
from mlagkit.review.beside import Beside
from mlagkit.review.run import Asked, reviewed
from mlagkit.starter import starter
from tests.command import Run
from tests.repositories import Repository
from tests.review_cases import BASES, CASES, FILE, PAIR, second_pair

NOTHING = Beside()
DAY = date(2026, 11, 27)
OTHER = "pairs/dc2.yaml"
FILES = {FILE: PAIR, OTHER: second_pair("dc2"), "pairs/readme.yaml": "note: no pair\n"}
CHANGED = {FILE: CASES["add-vlan"][FILE]}


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """Two pairs on ``main``, and a branch ``topic`` that is checked out; the working directory."""
    made = Repository.new(tmp_path / "work", FILES)
    made.git("switch", "-c", "topic")
    monkeypatch.chdir(made.top)
    return made


def review(base: str = "main", *paths: str, beside: Beside = NOTHING, jobs: int = 1) -> Document:
    """The review of the working directory."""
    asked = Asked(revision=base, paths=paths or ("pairs",), day=DAY, beside=beside)
    return reviewed(asked, Effort(jobs=jobs))


def effects(document: Document) -> dict[str, str]:
    """How much the change does to each pair."""
    return {row["pair"]: row["effect"] for row in document["pairs"]}


def refusal(base: str = "main", *paths: str) -> str:
    """Why there is no review."""
    with pytest.raises(InputError) as caught:
        review(base, *paths)
    return caught.value.findings[0].message


def test_nothing_changed(repository: Repository) -> None:
    """Without a change there is nothing to say but how many pairs there are."""
    document = review()
    assert (document["pairs"], document["unchanged"]) == ([], ["dc1-leaf-101", "dc2"])
    assert document["verdict"] == "no pair changes (2 looked at)"
    assert document["base"] == {"revision": "main", "commit": repository.git("rev-parse", "main")}


def test_a_change_that_is_not_committed(repository: Repository) -> None:
    """The working tree counts, committed or not; its plan is of no commit then."""
    repository.write(CHANGED)
    document = review()
    assert (effects(document), document["unchanged"]) == ({"dc1-leaf-101": "change"}, ["dc2"])
    assert (document["commit"], document["head"]) == (None, repository.git("rev-parse", "HEAD"))
    head = repository.commit("change")
    assert review()["commit"] == head


def test_what_others_did_meanwhile(repository: Repository) -> None:
    """The base is where the branch began, so what came to ``main`` since is no change of the branch."""
    begun = repository.git("rev-parse", "main")
    repository.write(CHANGED)
    repository.commit("change")
    repository.git("switch", "main")
    repository.write({OTHER: FILES[OTHER].replace("20: db", "20: database")})
    repository.commit("meanwhile")
    repository.git("switch", "topic")
    document = review()
    assert (effects(document), document["base"]["commit"]) == ({"dc1-leaf-101": "change"}, begun)
    repository.git("merge", "main")
    document = review()
    assert (effects(document), document["base"]["commit"]) == (
        {"dc1-leaf-101": "change"},
        repository.git("rev-parse", "main"),
    )


@pytest.mark.parametrize("name", ["nope.yaml", "pairs/nope", "a" * 5000], ids=["a file", "a folder", "a long name"])
def test_what_never_was(repository: Repository, name: str) -> None:
    """A path that is not there and was not at the base is refused, also beside one that is; a deleted one is not."""
    assert refusal("main", "pairs", name) == refusal("main", name)
    assert refusal("main", name) == "there is no such file or folder, nor was there one at the base"
    (repository.top / OTHER).unlink()
    assert effects(review("main", OTHER)) == {"dc2": "deleted"}


@pytest.mark.parametrize("files", [{}, {"own/vlan.j2": "x\n"}])
def test_templates_that_cannot_be_used(repository: Repository, run: Run, files: Mapping[str, str]) -> None:
    """A folder that is none, or holds nothing of use, is an input error also where no pair changed."""
    Repository(repository.top.parent).write(files)
    ended = run("review", "pairs", "--base", "main", "--templates", "../own")
    assert (ended.code, "error IN27" in ended.err if files else "is no folder with templates" in ended.err) == (2, True)


@pytest.mark.parametrize("option", ["--templates", "--rules"])
def test_too_long_a_name(repository: Repository, run: Run, option: str) -> None:
    """Templates or rules of a name that no file system takes are an input error."""
    repository.write(CHANGED)
    ended = run("review", "pairs", "--base", "main", option, "a" * 300)
    assert (ended.code, f"{'a' * 300}:1:1: error IN11" in ended.err) == (2, True)


def test_a_remote(repository: Repository, tmp_path: Path) -> None:
    """A branch of a remote is a base like any other."""
    bare = Repository(tmp_path)
    bare.git("init", "--bare", "origin.git")
    repository.git("remote", "add", "origin", str(tmp_path / "origin.git"))
    repository.git("push", "origin", "main")
    repository.git("branch", "-D", "main")
    repository.write(CHANGED)
    assert effects(review("origin/main")) == {"dc1-leaf-101": "change"}


def test_a_shallow_clone(repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the common commit was not fetched it is said how it is fetched; with it the review is the same."""
    repository.write(CHANGED)
    repository.commit("change")
    repository.git("switch", "main")
    repository.write({"readme": "meanwhile\n"})
    repository.commit("meanwhile")
    source = f"file://{repository.top}"
    Repository(tmp_path).git("clone", "--depth", "1", "--branch", "topic", source, "shallow")
    clone = Repository(tmp_path / "shallow")
    monkeypatch.chdir(clone.top)
    assert "git knows no revision 'origin/main' here; a shallow clone must fetch it first" in refusal("origin/main")
    clone.git("fetch", "--depth", "1", "origin", "main:refs/remotes/origin/main")
    assert "no commit in common here; this clone is shallow: `git fetch --unshallow`" in refusal("origin/main")
    clone.git("fetch", "--unshallow", "origin")
    assert effects(review("origin/main")) == {"dc1-leaf-101": "change"}


def test_histories_that_never_met(repository: Repository) -> None:
    """Two histories without a common commit have no base."""
    repository.git("switch", "--orphan", "island")
    repository.write(FILES)
    repository.commit("island")
    assert refusal() == "'main' and what is checked out have no commit in common here"


@pytest.mark.parametrize("revision", ["v9", "--output=x", "", "main:pairs"])
def test_no_such_revision(repository: Repository, revision: str) -> None:
    """What names no commit is refused, and is never an option of git."""
    assert "git knows no revision" in refusal(revision)
    assert repository.git("status", "--porcelain") == ""


def test_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside of a repository, and in a bare one, there is nothing to compare."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    (tmp_path / "dc1.yaml").write_text(PAIR, "utf-8")
    assert "in no git repository" in refusal("main", "dc1.yaml")
    Repository(tmp_path).git("init", "--bare", "bare.git")
    assert "in no git repository with files" in refusal("main", "bare.git")


def test_a_path_elsewhere(repository: Repository, tmp_path: Path) -> None:
    """A file outside of the repository has no base."""
    (tmp_path / "else.yaml").write_text(PAIR, "utf-8")
    assert "outside of the repository" in refusal("main", "pairs", str(tmp_path / "else.yaml"))


@pytest.mark.parametrize("is_committed", [True, False])
def test_renamed_by_its_name(repository: Repository, is_committed: bool) -> None:
    """A file with a new name that holds the same pair is that pair, whether git follows it or not."""
    repository.write({"pairs/rack 7/ü.yaml": CHANGED[FILE]})
    (repository.top / FILE).unlink()
    if is_committed:
        repository.commit("moved")
    (row,) = review()["pairs"]
    assert (row["effect"], row["file"]) == ("change", "pairs/rack 7/ü.yaml")
    assert row["was"] == f"{repository.git('rev-parse', 'main')[:12]}:{FILE}"
    assert row["verdict"].startswith("was ")


def test_renamed_with_another_name(repository: Repository) -> None:
    """A pair that got a new name with its file is still the same, since git and its switches say so."""
    repository.git("mv", FILE, "pairs/renamed.yaml")
    repository.write({"pairs/renamed.yaml": PAIR.replace("pair: dc1-leaf-101", "pair: renamed")})
    repository.commit("renamed")
    document = review()
    assert effects(document) == {"renamed": "none"}
    assert document["findings"]["new"] == document["findings"]["resolved"] == []


def test_moved_without_a_change(repository: Repository) -> None:
    """A pair file that was only moved does nothing."""
    repository.git("mv", FILE, "pairs/moved.yaml")
    assert effects(review()) == {"dc1-leaf-101": "none"}


def test_folders_in_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pair file may lie as deep as it likes."""
    deep = "sites/north/dc1.yaml"
    made = Repository.new(tmp_path / "deep", {deep: PAIR})
    monkeypatch.chdir(made.top)
    made.write({deep: CHANGED[FILE]})
    assert effects(review("main", "sites")) == {"dc1-leaf-101": "change"}


def test_deleted(repository: Repository) -> None:
    """A pair that is gone is told as such; its findings are nobody's."""
    (repository.top / OTHER).unlink()
    document = review()
    assert effects(document) == {"dc2": "deleted"}
    assert document["pairs"][0]["file"] is None
    assert document["findings"] == {"new": [], "resolved": [], "waived": [], "unchanged": 0}
    assert effects(review("main", OTHER)) == {"dc2": "deleted"}
    (repository.top / FILE).unlink()
    assert effects(review("main")) == {"dc1-leaf-101": "deleted", "dc2": "deleted"}


def test_new(repository: Repository) -> None:
    """A pair that was not there has findings, and as much configuration as it has; one that git ignores, too."""
    repository.write({"pairs/dc3.yaml": starter("dc3"), ".gitignore": "dc3.yaml\n"})
    document = review()
    (row,) = document["pairs"]
    assert (row["pair"], row["effect"], row["no_plan"]) == ("dc3", "new", "new pair")
    assert row["lines"].keys() == {"dc3-a", "dc3-b"}
    assert document["findings"]["new"]


def test_another_pair_in_the_file(repository: Repository) -> None:
    """A file that now holds a pair with other switches is a new pair, and the old one is gone."""
    repository.write({FILE: starter("dc9")})
    assert effects(review()) == {"dc9": "new", "dc1-leaf-101": "deleted"}


def test_renamed_switches(repository: Repository) -> None:
    """A pair whose switches got other names is compared switch by switch."""
    repository.write({FILE: PAIR.replace("leaf-101:", "core-1:").replace("leaf-102:", "core-2:")})
    (row,) = review()["pairs"]
    assert row["effect"] == "change"
    assert {change["new"] for change in row["switches"]["core-1"]["changes"]} == {"hostname core-1"}


def test_the_site_file(repository: Repository) -> None:
    """A site file changes every pair beside it, and none elsewhere."""
    repository.write({"pairs/deep/dc3.yaml": starter("dc3")})
    repository.commit("third")
    repository.git("branch", "-f", "main")
    repository.write({"pairs/site.yaml": "vlans:\n  77: shared\n"})
    document = review()
    assert effects(document) == {"dc1-leaf-101": "change", "dc2": "change"}
    assert [row["because"] for row in document["pairs"]] == [["site file"], ["site file"]]
    assert document["unchanged"] == ["dc3"]
    files = {change["new"]: change["file"] for change in document["pairs"][0]["switches"]["leaf-101"]["changes"]}
    assert files == {"vlan 77": FILE, "name shared": "pairs/site.yaml"}
    repository.commit("site")
    (repository.top / "pairs/site.yaml").unlink()
    then = repository.git("rev-parse", "HEAD")[:12]
    changes = review("topic")["pairs"][0]["switches"]["leaf-101"]["changes"]
    assert [(change["action"], change["old"], change["file"]) for change in changes] == [
        ("remove", "vlan 77", f"{then}:{FILE}")
    ]
    repository.write({"pairs/site.yaml": "vlans:\n  77: {}\n"})
    (change,) = review("topic")["pairs"][0]["switches"]["leaf-101"]["changes"]
    assert (change["old"], change["file"], change["line"]) == ("name shared", f"{then}:pairs/site.yaml", 2)


TEMPLATE = CASES["template-only"]["templates/extra.j2"]


def test_templates(repository: Repository) -> None:
    """Templates of one's own change every pair; what the base had of them is what it is rendered with."""
    repository.write({"templates/extra.j2": TEMPLATE})
    beside = Beside(Path("templates"))
    document = review(beside=beside)
    assert effects(document) == {"dc1-leaf-101": "change", "dc2": "change"}
    assert document["pairs"][0]["because"] == ["templates"]
    repository.commit("templates")
    assert review("topic", beside=beside)["pairs"] == []
    repository.write({"templates/vlans.j2": "{# nobody uses this #}\n"})
    found = {row["effect"] for row in review("topic", beside=beside)["pairs"]}
    assert found == {"change"}
    (repository.top / "templates/vlans.j2").unlink()
    (repository.top / "templates/extra.j2").unlink()
    repository.write({"templates/loopbacks.j2": "{# there are none #}\n"})
    (row, _) = review("topic", beside=beside)["pairs"]
    assert [change["action"] for change in row["switches"]["leaf-101"]["changes"]] == ["remove"]


def test_templates_elsewhere(repository: Repository, tmp_path: Path) -> None:
    """Templates outside of the repository are the same then and now."""
    Repository(tmp_path).write({"templates/extra.j2": TEMPLATE})
    assert review(beside=Beside(tmp_path / "templates"))["pairs"] == []


RULE = '''
from mlagkit.finding import Severity
from mlagkit.rules.rule import Hit, switch_rule


@switch_rule("XX01", Severity.ERROR)
def vlan_names(switch):
    """A VLAN has a name of %s letters at most.

    Why:
        The wall display has no more room.

    Fix:
        Shorten it.

    Source:
        the wall

    Bad:
        vlans: {10: a-very-long-name}

    Good:
        vlans: {10: web}
    """
    for vlan in switch.vlans.values():
        if len(vlan.name or "") > %s:
            yield Hit(vlan, "name", f"VLAN {vlan.name} is too long")
'''


def test_own_rules(repository: Repository) -> None:
    """A rule that changed brings and resolves findings on pairs that did not."""
    repository.write({"rules.py": RULE % (8, 8)})
    repository.commit("rule")
    beside = Beside(rules=("rules.py",))
    assert {row["rule"] for row in review(beside=beside)["findings"]["new"]} == {"XX01"}
    assert review("topic", beside=beside)["pairs"] == []
    repository.write({"rules.py": RULE % (12, 12)})
    document = review("topic", beside=beside)
    assert effects(document) == {"dc1-leaf-101": "none", "dc2": "none"}
    assert {row["rule"] for row in document["findings"]["resolved"]} == {"XX01"}
    repository.write({"rules.py": "this is no python\n"})
    repository.commit("broken rule")
    repository.write({"rules.py": RULE % (8, 8)})
    document = review("topic", beside=beside)
    assert "the rules of the base can't be used" in document["notes"][0]
    assert document["findings"]["new"] == []


@pytest.mark.parametrize(
    ("said", "is_new"), [("", False), ("1: 4096", True), ("1-900: 4096", True), ("1-3900: 4096", False)]
)
def test_one_more_vlan_without_a_priority(repository: Repository, said: str, is_new: bool) -> None:
    """Where no VLAN has a priority, one more is no news; where others have one, it is."""
    then = PAIR.replace("priority: {1-3967: 4096}", f"priority: {{{said}}}")
    repository.write({FILE: then})
    repository.commit("priorities")
    now = then.replace("  30: storage", "  30: storage\n  950: backup").replace("[10, 900]", "[10, 900, 950]")
    repository.write({FILE: now})
    found = review("HEAD")["findings"]
    assert ("ST10" in {row["rule"] for row in found["new"]}) is is_new
    assert "ST10" not in {row["rule"] for row in found["resolved"]}


def test_findings_come_and_go(repository: Repository) -> None:
    """A finding is the same wherever its line went; what is new, resolved and waived is told apart."""
    waiver = "waivers:\n  MB34 vpcs.11: {reason: r, owner: o, expires: 2027-01-01}\n\nextra: |"
    repository.write(
        {
            FILE: "# a line more\n"
            + PAIR.replace("vlans: [10, 900], m", "vlans: [10, 99], m").replace("extra: |", waiver)
        }
    )
    found = review()["findings"]
    assert "VL02" in {row["rule"] for row in found["new"]}
    assert [(row["rule"], row["object"]) for row in found["waived"]] == [("MB34", "vpcs.11")]
    assert found["resolved"] == []
    repository.commit("worse")
    repository.write({FILE: PAIR})
    back = review("topic")["findings"]
    assert "VL02" in {row["rule"] for row in back["resolved"]}
    assert [(row["rule"], row["object"]) for row in back["new"]] == [("MB34", "vpcs.11")]
    assert back["resolved"][0]["file"] == f"{repository.git('rev-parse', 'HEAD')[:12]}:{FILE}"


def test_pairs_against_each_other(repository: Repository) -> None:
    """A pair is held against those that did not change, whichever of them the finding is at; mending it resolves it."""
    third = second_pair("dc3").replace("leaf-20", "leaf-30")
    repository.write({"pairs/dc3.yaml": third})
    found = review()["findings"]
    assert "KA12" in {row["rule"] for row in found["new"]}
    repository.commit("the same addresses")
    repository.write({"pairs/dc3.yaml": third.replace("192.0.2.20", "192.0.2.21")})
    assert "KA12" in {row["rule"] for row in review("topic")["findings"]["resolved"]}


def test_waivers_of_others(repository: Repository) -> None:
    """A waiver of a pair that did not change covers what the change brings there; where it is idle nothing is said."""
    ends = {"KA12": "2027-01-01", "VL02": "2020-01-01", "VL03": "2027-01-01"}
    waivers = "".join(f"  {rule}: {{reason: r, owner: o, expires: {day}}}\n" for rule, day in ends.items())
    repository.write({OTHER: FILES[OTHER].replace("extra: |", f"waivers:\n{waivers}\nextra: |")})
    repository.write({"pairs/site.yaml": "vlans: {}  # mlagkit: allow nothing-of-that-name # why not\n"})
    repository.commit("waived")
    repository.write(CHANGED)
    found = review("topic")["findings"]
    assert (found["new"], found["resolved"], found["waived"]) == ([], [], [])
    repository.write({"pairs/a.yaml": second_pair("dc3").replace("leaf-20", "leaf-30")})
    found = review("topic")["findings"]
    assert {row["pair"] for row in found["waived"] if row["rule"] == "KA12"} == {"dc2"}
    assert {row["rule"] for row in found["new"]} & {"WA01", "WA02", "WA03"} == set()


def test_a_switch_of_an_unchanged_pair(repository: Repository) -> None:
    """A pair that takes the switch of one that did not change is refused, although the latter is not judged."""
    repository.write({"pairs/dc3.yaml": FILES[OTHER].replace("pair: dc2", "pair: dc3")})
    assert "there is already a switch leaf-201, in pairs/dc2.yaml" in refusal()


def test_a_base_with_mistakes(repository: Repository) -> None:
    """Where the base was no valid pair file, there is a verdict on what is there now."""
    repository.write({FILE: PAIR.replace("vlans:\n  10", "vlan:\n  10")})
    repository.commit("broken")
    repository.write({FILE: PAIR})
    (row,) = review("topic")["pairs"]
    assert (row["effect"], row["plan"]) == ("mended", None)
    assert "mistakes of its own" in row["verdict"]


def test_a_head_with_mistakes(repository: Repository) -> None:
    """What is wrong with the working tree is said at its place, of every pair that changed."""
    repository.write({FILE: PAIR.replace("20: db", "5000: db"), OTHER: "pair: dc2\n"})
    with pytest.raises(InputError) as caught:
        review()
    assert {finding.origin.file for finding in caught.value.findings} == {FILE, OTHER}


def test_a_copy(repository: Repository) -> None:
    """A pair file that was copied and still has the old name is refused, although the other one did not change."""
    repository.write({"pairs/dc3.yaml": "# copied\n" + PAIR})
    with pytest.raises(InputError) as caught:
        review()
    names = [(finding.rule, finding.origin.line) for finding in caught.value.findings]
    assert names == [("IN23", 4), ("IN23", 9), ("IN23", 10)]


def test_a_folder_without_pairs(repository: Repository) -> None:
    """A folder that never held a pair is a mistake; one that did is not."""
    repository.write({"empty/readme": "nothing\n"})
    assert "no pair file" in refusal("main", "empty")
    repository.git("rm", "-rq", "pairs")
    assert set(effects(review()).values()) == {"deleted"}


def test_line_ends(repository: Repository) -> None:
    """A working tree with the line ends of Windows is no change."""
    (repository.top / FILE).write_bytes(PAIR.replace("\n", "\r\n").encode())
    assert review()["pairs"] == []


def test_links(repository: Repository) -> None:
    """A pair file that is a symbolic link is compared by what it leads to."""
    (repository.top / "pairs/link.yaml").symlink_to("../shared.yaml")
    repository.write({"shared.yaml": starter("dc3")})
    repository.commit("link")
    assert review("topic")["pairs"] == []
    repository.write({"shared.yaml": starter("dc3").replace("20: db", "20: database")})
    assert effects(review("topic")) == {"dc3": "cosmetic"}


def test_deletions(repository: Repository) -> None:
    """A block that goes on both switches is one deletion, as much as a VLAN is."""
    repository.write({FILE: CASES["new-vpc"][FILE]})
    repository.commit("another vPC")
    repository.write({FILE: PAIR})
    (row,) = review("topic")["pairs"]
    assert (row["deletions"], row["plan"]["deleted"]) == (1, 1)


def test_secrets(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """No secret is asked for, and none of a raw line shows; a reference shows in the diff and not in the plan."""
    monkeypatch.setenv("OSPF", "s3cret-value")
    old = PAIR + "  username audit password 5 $5$one$zebra1 role network-operator\n"
    new = PAIR + "  username audit password 5 $5$two$zebra2 role network-operator\n"
    repository.write({FILE: old})
    repository.commit("old")
    repository.write({FILE: new})
    text = to_json(review("topic"))
    assert "zebra" not in text
    assert "<secret" in text


def test_references_to_secrets(repository: Repository, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reference shows in the difference, and in the plan as the secret would: the hash of a push is the same."""
    group = "hsrp: {groups: {1: {address: 192.0.2.129, authentication: %s}}}"
    svi = f"svis:\n  10:\n    address: {{leaf-101: 192.0.2.130/28, leaf-102: 192.0.2.131/28}}\n    {group}\n"
    repository.write({FILE: PAIR + svi % "env:OLD"})
    repository.commit("old")
    repository.write({FILE: PAIR + svi % "env:NEW"})
    (row,) = review("topic")["pairs"]
    (change,) = row["switches"]["leaf-101"]["changes"]
    assert ("env:OLD" in change["old"], "env:NEW" in change["new"]) == (True, True)
    assert not re.search("env:(OLD|NEW)", json.dumps(row["plan"]))
    assert run("render", FILE, "-o", "running").code == 0
    for path in Path("running").iterdir():
        path.write_text(path.read_text("utf-8").replace("env:NEW", "was1234"), "utf-8")
    monkeypatch.setenv("NEW", "will1234")
    ended = run("plan", FILE, "--running", "running", "--base", "topic", "--format", "json")
    assert "1234" not in ended.out
    assert json.loads(ended.out)["hash"] == row["plan"]["hash"]


def test_no_way(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """A change for which there is no plan has a verdict all the same, and says why there is none."""
    repository.write(CHANGED)
    for error, why in ((NoWay({"leaf-101": []}), "no order of lines"), (Refused("a line stays for good"), "for good")):

        def fail(*_: object, error: Exception = error, **__: object) -> None:
            raise error

        monkeypatch.setattr("mlagkit.review.effect.plan_pair", fail)
        document = review()
        (row,) = document["pairs"]
        assert (row["effect"], row["plan"]) == ("change", None)
        assert f"5 changes, 0 deletions, no plan: {row['no_plan']}" == row["verdict"]
        assert why in row["no_plan"]
        assert document["verdict"].endswith("no plan for dc1-leaf-101")


def test_other_hashes_of_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A repository with SHA-256 is read like any other."""
    made = Repository(tmp_path)
    made.git("init", "--initial-branch=main", "--object-format=sha256")
    made.write(FILES)
    made.commit("first")
    monkeypatch.chdir(tmp_path)
    assert review()["pairs"] == []
    made.write(CHANGED)
    assert effects(review()) == {"dc1-leaf-101": "change"}


def test_jobs(repository: Repository) -> None:
    """With several processes the review is the same to the byte."""
    repository.write(CHANGED | {OTHER: FILES[OTHER].replace("20: db", "20: database")})
    one, two = (to_json(review(jobs=jobs)) for jobs in (1, 2))
    assert one == two
    assert len(json.loads(one)["pairs"]) == 2


def test_a_broken_file_that_did_not_change(repository: Repository) -> None:
    """What did not change may even be broken: the others are reviewed without it, which is said."""
    repository.write({OTHER: "pair: dc2\nbroken: ["})
    repository.commit("broken")
    repository.write(CHANGED)
    document = review("topic")
    assert effects(document) == {"dc1-leaf-101": "change"}
    assert document["notes"] == ["1 pair that did not change can't be read, so no rule holds the others against them"]


def test_exit_code(repository: Repository, run: Run) -> None:
    """New findings at or above the level are 1; those that were there before are nobody's fault."""
    repository.write(CHANGED)
    assert run("review", "--base", "main").code == 0
    assert run("review", "pairs", "--base", "main", "--fail-level", "info").code == 0
    repository.write({FILE: CASES["native-vlan"][FILE]})
    assert run("review", "--base", "main").code == 0
    assert run("review", "--base", "main", "--fail-level", "warning").code == 1
    repository.write({FILE: CASES["keepalive-vrf"][FILE]})
    assert run("review", "--base", "main").code == 1
    assert run("review", "--base", "main", "--fail-level", "none").code == 0
    assert run("review", "--base", "v9").code == 2
    assert run("review").code == 2


def test_inside_github(repository: Repository, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a job of GitHub new findings are annotations, and the review is in the summary of the job."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary"))
    repository.write({FILE: CASES["keepalive-vrf"][FILE]})
    ended = run("review", "--base", "main")
    assert f"::error file={FILE},line=" in ended.err
    assert "MB34" not in ended.err
    assert (tmp_path / "summary").read_text("utf-8").startswith("<!-- mlagkit: ")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "no" / "summary"))
    assert "can't be written" in run("review", "--base", "main").err


def test_no_review(repository: Repository, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a pair file is broken the comment says so, since an older one would stand otherwise."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary"))
    repository.write({FILE: PAIR.replace("20: db", "5000: db")})
    ended = run("review", "--base", "main", "--format", "markdown")
    assert ended.code == 2
    assert ended.out.startswith('<!-- mlagkit: {"base": null,')
    assert f"| error | {FILE}:" in ended.out
    assert f"::error file={FILE}" in ended.err
    assert (tmp_path / "summary").read_text("utf-8") == ended.out
    assert json.loads(run("review", "--base", "main", "--format", "json").out)["format"] == "mlagkit.findings/1"
    assert "<h1>mlagkit: 1 finding: 1 error</h1>" in run("review", "--base", "main", "--format", "html").out


def test_page(repository: Repository, run: Run) -> None:
    """The page says at once what the text says at its end."""
    repository.write({FILE: CASES["mtu"][FILE]})
    page, text = (run("review", "--base", "main", "--format", form) for form in ("html", "text"))
    assert (page.code, page.err) == (text.code, text.err)
    title = re.split(r"\n(?! )", text.out.strip())[-1].replace("\n ", "")
    assert f"<h1>mlagkit review: {title}</h1>" in page.out


def test_text_with_the_whole_plan(repository: Repository, run: Run) -> None:
    """With -v each pair has its plan, as `mlagkit plan` shows it; without it a verdict."""
    repository.write(CHANGED)
    (row,) = json.loads(run("review", "pairs", "--base", "main", "--format", "json").out)["pairs"]
    plan = plan_text(row["plan"], every_row=True)
    assert f"\n\n{plan}\n" in run("review", "pairs", "--base", "main", "-v").out
    assert "undo, from the last step" not in run("review", "pairs", "--base", "main").out


def test_settings(repository: Repository, run: Run) -> None:
    """Base, templates and rules may stand in the settings file."""
    repository.write(
        {"mlagkit.toml": '[review]\nbase = "main"\ntemplates = "templates"\n', "templates/extra.j2": TEMPLATE}
    )
    document = json.loads(run("review", "--format", "json").out)
    assert effects(document) == {"dc1-leaf-101": "change", "dc2": "change"}


def test_settings_of_the_base(repository: Repository, run: Run) -> None:
    """The base is rendered and judged by what its own settings named; what is not set as it was is said."""
    repository.write({"mlagkit.toml": '[review]\ntemplates = "old"\nrules = ["rules.py"]\n', "rules.py": RULE % (8, 8)})
    repository.write({"old/extra.j2": TEMPLATE, "new/extra.j2": TEMPLATE.replace("192.0.2.7", "192.0.2.8")})
    repository.commit("settings")
    assert json.loads(run("review", "--base", "topic", "--format", "json").out)["settings"] == []
    repository.write({"mlagkit.toml": '[review]\ntemplates = "new"\nfail-level = "none"\n'})
    ended = run("review", "--base", "topic", "--format", "json")
    document = json.loads(ended.out)
    assert [row["because"] for row in document["pairs"]] == [["templates", "own rules"]] * 2
    changes = document["pairs"][0]["switches"]["leaf-101"]["changes"]
    assert {(change["old"] or change["new"]).split()[2] for change in changes} == {"192.0.2.7", "192.0.2.8"}
    assert {row["rule"] for row in document["findings"]["resolved"]} == {"XX01"}
    assert [(row["option"], row["was"], row["is"], row["commands"]) for row in document["settings"]] == [
        ("fail-level", None, "none", ["review"]),
        ("rules", "rules.py", None, ["review"]),
        ("templates", "old", "new", ["review"]),
    ]
    assert document["verdict"].endswith("; 3 settings changed")
    for form in ("text", "markdown", "html"):
        assert "fail-level of review: was not set, is none" in run("review", "--base", "topic", "--format", form).out
    given = json.loads(run("review", "--base", "topic", "--templates", "new", "--format", "json").out)
    assert [row["because"] for row in given["pairs"]] == [["own rules"]] * 2
    os.chdir("pairs")
    inside = json.loads(run("review", "--base", "topic", "--format", "json").out)
    there = inside["pairs"][0]["switches"]["leaf-101"]["changes"]
    assert [(each["old"], each["new"]) for each in there] == [(each["old"], each["new"]) for each in changes]
    assert [(row["was"], row["is"]) for row in inside["settings"]][2:] == [("../old", "../new")]


def test_settings_in_a_folder(repository: Repository, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings are those of the working directory, of either file; those for all commands are told once."""
    repository.write({"pyproject.toml": '[tool.mlagkit]\nfail-level = "error"\n', "pairs/deep/note": "\n"})
    repository.commit("settings")
    repository.write({"pyproject.toml": '[tool.mlagkit]\nfail-level = "none"\n'})
    monkeypatch.chdir("pairs/deep")
    document = json.loads(run("review", "..", "--base", "topic", "--format", "json").out)
    assert document["verdict"] == "no pair changes (2 looked at); 1 setting changed"
    assert document["settings"] == [{"option": "fail-level", "was": "error", "is": "none", "commands": []}]


def test_broken_settings_of_the_base(repository: Repository, run: Run) -> None:
    """Where the base's settings can't be used those of now hold for both sides, which is said."""
    repository.write({"mlagkit.toml": "this is = no toml ="})
    repository.commit("broken")
    repository.write(CHANGED | {"mlagkit.toml": ""})
    document = json.loads(run("review", "--base", "topic", "--format", "json").out)
    assert "the settings file of the base can't be used" in document["notes"][0]
    assert effects(document) == {"dc1-leaf-101": "change"}


KEYS: Mapping[str, set[str]] = {
    "": {
        *(
            "format",
            "tool",
            "given",
            "day",
            "base",
            "head",
            "commit",
            "pairs",
            "unchanged",
            "findings",
            "notes",
            "settings",
            "verdict",
        )
    },
    "pair": {
        *("pair", "file", "was", "because", "effect", "changes", "deletions", "lines", "switches", "plan", "no_plan"),
        *("drill", "drift", "plan_from", "touched", "verdict"),
    },
}


def test_json(repository: Repository, run: Run) -> None:
    """The document has the keys that it always has, and the same bytes each time, wherever it is asked from."""
    repository.write(CHANGED)
    texts = [run("review", "--base", "main", "--format", "json", "--date", "2026-11-27").out for _ in range(2)]
    document = json.loads(texts[0])
    assert texts[0] == texts[1]
    assert document["format"] == "mlagkit.review/1"
    assert set(document) == KEYS[""]
    assert [set(row) for row in document["pairs"]] == [KEYS["pair"]]
    os.chdir("pairs")
    inside = json.loads(run("review", "--base", "main", "--format", "json", "--date", "2026-11-27").out)
    assert inside["verdict"] == document["verdict"]
    assert inside["pairs"][0]["file"] == Path(FILE).name


@pytest.mark.parametrize("name", CASES)
def test_plan_is_the_one_of_a_push(name: str, repository: Repository, run: Run) -> None:
    """The hash is that of the plan which `mlagkit plan` makes where the switches run what the base says."""
    repository.write(BASES.get(name, {}))
    repository.commit("base") if name in BASES else None
    assert run("render", FILE, "-o", "running").code == 0
    repository.write(CASES[name])
    own = ("--templates", "templates") if name == "template-only" else ()
    beside = Beside(Path("templates")) if own else NOTHING
    row = review("topic" if name in BASES else "main", beside=beside)["pairs"][0]
    ended = run("plan", FILE, "--running", "running", "--base", "topic", "--format", "json", *own)
    plan = json.loads(ended.out)
    assert (row["plan"] or {"hash": plan["hash"], "steps": []})["hash"] == plan["hash"]
    assert bool(plan["steps"]) is bool(row["plan"] and row["plan"]["steps"])
