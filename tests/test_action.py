"""action.yml, the GitHub action: its steps run against a real repository, with a `gh` that only remembers."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from mlagkit.cli.app import COMMANDS
from mlagkit.report.plan.document import plan_hash
from mlagkit.starter import starter
from tests.composite import ACTION, STEPS, Job
from tests.conftest import ROOT

REVIEW = '<!-- mlagkit: {"truncated": false} -->\n\ndc1: 3 changes\n'
NOTHING = REVIEW.replace("dc1: 3 changes", "1 pair unchanged")
COMMENT = "Comment"


def git(folder: Path, *words: str) -> str:
    """What git answers in a folder; nobody's settings count."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1"}
    environment |= {
        f"GIT_{who}_{what}": "x@example.net" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    command = ["git", "-C", str(folder), *words]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def job(tmp_path: Path) -> Job:
    """A pull request as GitHub checks it out: merged with what its branch was made from, two commits deep."""
    origin, checkout = tmp_path / "origin", tmp_path / "checkout"
    origin.mkdir()
    git(origin, "init", "--quiet", "--initial-branch=main")
    (origin / "pairs").mkdir()
    pair = origin / "pairs" / "dc1.yaml"
    pair.write_text(starter("dc1"), "utf-8")
    git(origin, "add", ".")
    git(origin, "commit", "--quiet", "-m", "first")
    git(origin, "checkout", "--quiet", "-b", "topic")
    pair.write_text(starter("dc1").replace("peer_gateway: true", "peer_gateway: false"), "utf-8")
    git(origin, "commit", "--quiet", "-am", "a change")
    git(origin, "checkout", "--quiet", "main")
    (origin / "notes").write_text("main goes on\n", "utf-8")
    git(origin, "add", ".")
    git(origin, "commit", "--quiet", "-m", "main goes on")
    git(origin, "checkout", "--quiet", "-b", "merge")
    git(origin, "merge", "--quiet", "--no-ff", "-m", "as merged", "topic")
    git(tmp_path, "clone", "--quiet", "--depth=2", "--branch=merge", f"file://{origin}", "checkout")
    found = Job(checkout, tmp_path / "runner", environment={"GITHUB_SHA": git(checkout, "rev-parse", "HEAD")})
    found.reviewed(REVIEW, "change")
    return found


def bodies(job: Job) -> list[str]:
    """The comments of the pull request."""
    return [comment["body"] for comment in job.api["comments"]]


def comment(login: str, body: str = REVIEW) -> dict[str, Any]:
    """One comment of somebody."""
    return {"id": 55, "user": {"login": login}, "body": body}


def test_comment_is_made_once_and_then_edited(job: Job) -> None:
    """Three runs leave one comment, which says what the last of them found."""
    done = job.run(paths="pairs")
    assert (done.code, bodies(job)) == (0, [REVIEW]), done.log
    for text in (REVIEW.replace("3 changes", "4 changes"), NOTHING):
        job.reviewed(text)
        assert job.run(paths="pairs").code == 0
        assert bodies(job) == [text]
    assert [call for call in job.api["calls"] if "POST" in call] == [job.api["calls"][1]]


def test_outputs(job: Job) -> None:
    """Whether anything changes, the hashes of what does, and where the review lies; the job's summary is the review."""
    job.reviewed(REVIEW, "cosmetic", "none", "change")
    done = job.run(paths="pairs")
    file = job.folder / "mlagkit-review.md"
    assert done.outputs == {
        "changes": "true",
        "plan-hash": f"{'0' * 64} {'2' * 64}",
        "plan-file": str(job.folder / "mlagkit-plan.json"),
        "review-file": str(file),
        "page-file": "",
    }
    plans = json.loads((job.folder / "mlagkit-plan.json").read_text("utf-8"))
    assert (plans["format"], [plan["hash"] for plan in plans["pairs"]]) == ("mlagkit.plan/1", ["0" * 64, "2" * 64])
    assert done.summary == file.read_text("utf-8")


def test_nothing_to_say(job: Job) -> None:
    """Where nothing changes and nothing is wrong there is no comment to be made."""
    job.reviewed(NOTHING)
    done = job.run(paths="pairs")
    assert (done.code, done.outputs["changes"], done.outputs["plan-hash"], bodies(job)) == (0, "false", "", [])
    assert (done.outputs["plan-file"], (job.folder / "mlagkit-plan.json").exists()) == ("", False)


def test_no_effect_is_worth_a_comment(job: Job) -> None:
    """That a pair file changed and no configuration does is what a reviewer wants to know."""
    job.reviewed(REVIEW, "none")
    done = job.run(paths="pairs")
    assert (done.outputs["changes"], done.outputs["plan-hash"], bodies(job)) == ("false", "", [REVIEW])


def test_no_review(job: Job) -> None:
    """Where there is no review any more, the comment says so instead of showing the one of an earlier commit."""
    job.run(paths="pairs")
    for form in ("markdown", "json"):
        (job.folder / "stubs" / f"review.{form}").unlink()
    (job.folder / "stubs" / "review.code").write_text("2", "utf-8")
    done = job.run(paths="pairs")
    said = f"**mlagkit could not review {job.environment['GITHUB_SHA'][:12]}**; the log of the job says why.\n"
    assert (done.code, bodies(job)) == (2, ['<!-- mlagkit: {"truncated": true} -->\n\n' + said])


def test_findings_are_worth_a_comment(job: Job) -> None:
    """A review that ends with findings is commented, and the action ends as the review did."""
    job.reviewed(NOTHING, code=1)
    assert (job.run(paths="pairs").code, bodies(job)) == (1, [NOTHING])


def test_comment_of_somebody_else(job: Job) -> None:
    """A comment that only looks like ours is left alone: its owner could rewrite it behind the reviewer's back."""
    job.state([comment("mallory")])
    job.run(paths="pairs")
    assert bodies(job) == [REVIEW, REVIEW]
    assert not [call for call in job.api["calls"] if "PATCH" in call]


def test_comment_without_header(job: Job) -> None:
    """Another comment of the same bot is left alone; so is one that quotes the header."""
    job.state([comment("github-actions[bot]", "coverage: 100 %"), comment("github-actions[bot]", f"> {REVIEW}")])
    job.run(paths="pairs")
    assert bodies(job) == ["coverage: 100 %", f"> {REVIEW}", REVIEW]


def test_fork(job: Job) -> None:
    """A pull request from a fork gets its review in the summary; GitHub is not asked at all."""
    job.head = "mallory/fabric"
    done = job.run(paths="pairs")
    assert (done.code, job.api["calls"], done.summary) == (0, [], REVIEW)
    assert "::notice title=mlagkit::no comment: the token of a pull request from a fork may only read" in done.log


@pytest.mark.parametrize(
    ("denied", "words"), [(["POST"], "the permission pull-requests: write"), (["GET", "POST"], "can not be read")]
)
def test_no_permission(denied: list[str], words: str, job: Job) -> None:
    """Without the permission the review is as good, and its result counts."""
    job.state([], *denied)
    job.reviewed(REVIEW, "change", code=1)
    done = job.run(paths="pairs")
    assert (done.code, words in done.log, done.summary) == (1, True, REVIEW)


def test_no_comment_wanted(job: Job) -> None:
    """`comment: false` asks GitHub for nothing, and so does an event that is no pull request."""
    assert job.run(paths="pairs", comment="false").code == 0
    job.event = "push"
    assert job.run(paths="pairs", base="HEAD^1").code == 0
    assert job.api["calls"] == []


def test_pull_request_target(job: Job) -> None:
    """The event that gives a stranger's code our token is refused before anything is installed."""
    job.event = "pull_request_target"
    done = job.run(paths="pairs")
    assert (done.code, "never by pull_request_target" in done.log, job.said("pip")) == (2, True, [])


def test_install(job: Job) -> None:
    """The core only, of pinned packages with hashes, once for all uses in a job."""
    job.run(paths="pairs")
    job.run(paths="pairs")
    flags = "--disable-pip-version-check --quiet install"
    assert job.said("pip") == [
        f"{flags} --require-hashes -r {ROOT}/requirements/build.txt",
        f"{flags} --require-hashes --no-build-isolation -r {ROOT}/requirements/core.txt",
        f"{flags} --no-deps --no-build-isolation -- {ROOT}",
    ]


def test_source(job: Job) -> None:
    """Another source is installed in place of the checkout, with the same pinned packages, whatever its name."""
    job.run(paths="pairs", source="--index-url=x")
    assert job.said("pip")[-1].endswith("--no-deps --no-build-isolation -- --index-url=x")


def test_base_of_the_merge(job: Job) -> None:
    """What GitHub merged the pull request into is the base, also where main went on after the branch was made."""
    job.run(paths="pairs\n\n-odd name\n$(touch hurt)")
    words = "--base=HEAD^1 -- pairs -odd name $(touch hurt)"
    assert job.said("mlagkit") == [
        f"review --format={form} --output={job.folder}/mlagkit-review.{end} {words}"
        for form, end in (("markdown", "md"), ("json", "json"), ("html", "html"))
    ]
    assert not (job.checkout / "hurt").exists()
    assert git(job.checkout, "diff", "--name-only", "HEAD^1", "HEAD") == "pairs/dc1.yaml"


def test_base_of_a_branch(job: Job) -> None:
    """Where the workflow checked out the branch itself, the base is main, and the review finds where they parted."""
    git(job.checkout, "fetch", "--quiet", "--unshallow", "origin", "+refs/heads/*:refs/remotes/origin/*")
    git(job.checkout, "checkout", "--quiet", "origin/topic")
    job.run(paths="pairs")
    assert " --base=origin/main -- " in job.said("mlagkit")[0]


@pytest.mark.parametrize(
    ("inputs", "words"),
    [
        ({"base": "v0"}, "the revision to compare with is not here"),
        ({"base": "--output=x"}, "the revision to compare with is not here"),
        ({"paths": "\n\n"}, "paths: names no pair file"),
        ({"command": "push"}, "command: is review or validate"),
    ],
)
def test_refused(inputs: dict[str, str], words: str, job: Job) -> None:
    """What can't be done is said as an annotation, and nothing is commented."""
    done = job.run(**{"paths": "pairs"} | inputs)
    assert (done.code, f"::error title=mlagkit::{words}" in done.log, job.api["calls"]) == (2, True, [])


def test_no_base(job: Job) -> None:
    """A push has no base of its own."""
    job.event = "push"
    job.environment["GITHUB_BASE_REF"] = ""
    assert "base: is needed" in job.run(paths="pairs").log


@pytest.mark.parametrize(
    ("effect", "code", "detailed", "ends"),
    [
        ("change", 0, "false", 0),
        ("change", 0, "true", 1),
        ("none", 0, "true", 0),
        ("change", 2, "true", 2),
        ("change", 4, "false", 4),
    ],
)
def test_exit_code(effect: str, code: int, detailed: str, ends: int, job: Job) -> None:
    """The action ends as the review does; with `detailed-exitcode` also a change that is in order is a 1."""
    job.reviewed(REVIEW, effect, code=code)
    assert job.run(paths="pairs", **{"detailed-exitcode": detailed}).code == ends


def test_validate(job: Job) -> None:
    """`validate` is the real one: the text with annotations by itself, SARIF beside it, and no comment."""
    file = job.checkout / "pairs" / "dc1.yaml"
    file.write_text(file.read_text("utf-8").replace("vlans: 20", "vlans: 5000"), "utf-8")
    done = job.run(command="validate", paths="pairs", sarif="findings.sarif")
    annotations = [line for line in done.log.splitlines() if line.startswith("::error file=pairs/dc1.yaml,")]
    sarif = json.loads((job.checkout / "findings.sarif").read_text("utf-8"))
    assert (done.code, len(annotations), sarif["runs"][0]["results"][0]["ruleId"]) == (2, 1, "IN06")
    assert (done.outputs["review-file"], job.api["calls"]) == ("", [])


def test_real_review(job: Job) -> None:
    """The real review: its hash is the one in its hidden line, the summary is its own, and the comment is edited."""
    if "review" not in COMMANDS:
        pytest.skip("there is no review yet")
    for path in (job.folder / "stubs").glob("review.*"):
        path.unlink()
    pair = job.checkout / "pairs" / "dc1.yaml"
    hashes = []
    for vlan in ("30: app", "40: backup"):
        pair.write_text(pair.read_text("utf-8").replace("vlans:\n", f"vlans:\n  {vlan}\n", 1), "utf-8")
        done = job.run(paths="pairs")
        (body,) = bodies(job)
        head = json.loads(body.splitlines()[0].removeprefix("<!-- mlagkit: ").removesuffix(" -->"))
        assert (done.code, done.outputs["changes"]) == (0, "true"), done.log
        assert [*head["pairs"].values()] == [done.outputs["plan-hash"]]
        (plan,) = json.loads(Path(done.outputs["plan-file"]).read_text("utf-8"))["pairs"]
        assert plan_hash(plan["pair"], plan["steps"], plan["accepted"]) == done.outputs["plan-hash"]
        assert done.summary.count("<!-- mlagkit:") == 1
        hashes.append(done.outputs["plan-hash"])
    assert len(set(hashes)) == 2


def test_page(job: Job) -> None:
    """The page is an artifact that the comment leads to, unless nobody wants it."""
    (job.folder / "stubs" / "review.html").write_text("<!doctype html>", "utf-8")
    done = job.run(paths="pairs")
    assert job.artifacts == {"mlagkit-review": "<!doctype html>"}
    assert done.outputs["page-file"] == str(job.folder / "mlagkit-review.html")
    (body,) = bodies(job)
    assert body.startswith(REVIEW)
    assert "[The same as a page](https://git.example.net/net/fabric/actions/runs/1/artifacts/2)" in body
    job.artifacts.clear()
    done = job.run(paths="pairs", artifact="")
    assert (job.artifacts, done.outputs["page-file"], bodies(job)) == ({}, "", [REVIEW])
    assert "--format=html" not in "\n".join(job.said("mlagkit")[-2:])


def test_settings_are_worth_a_comment(job: Job) -> None:
    """A setting that changed is told where no pair changes; and none of them makes the action ask a switch."""
    for path in (job.folder / "stubs").glob("review.*"):
        path.unlink()
    (job.checkout / "mlagkit.toml").write_text('device = true\nfail-level = "none"\n', "utf-8")
    done = job.run(paths="pairs")
    assert done.code == 0, done.log
    (body,) = bodies(job)
    assert "setting fail-level: was not set, is none" in body


def test_filter_of_comments() -> None:
    """A real jq makes of GitHub's answer the columns that the script reads."""
    if not shutil.which("jq"):
        pytest.skip("jq is not here")
    (step,) = (step for step in STEPS if step["name"] == COMMENT)
    found = re.search(r"columns='(.*)'", step["run"])
    assert found
    answer = json.dumps([comment("mallory", "a\tb\nc"), comment("github-actions[bot]")])
    done = subprocess.run(["jq", "-r", found[1]], input=answer, capture_output=True, text=True, check=True)
    assert done.stdout == f"55\tmallory\ta\\tb\n55\tgithub-actions[bot]\t{REVIEW.splitlines()[0]}\n"


def test_zizmor() -> None:
    """The auditor of workflows has nothing to say, where it is installed."""
    if not shutil.which("zizmor"):
        pytest.skip("zizmor is not here")
    subprocess.run(["zizmor", "--offline", "--pedantic", str(ROOT / "action.yml")], check=True)


def test_no_expression_in_a_script() -> None:
    """What anybody may have written reaches no script but as a variable; no token reaches any but one."""
    assert not [step["name"] for step in STEPS if "${{" in step.get("run", "")]
    assert [step["name"] for step in STEPS if "token" in str(step.get("env"))] == [COMMENT]
    used = [step["uses"] for step in STEPS if "uses" in step]
    assert [re.sub("@[0-9a-f]{40}$", "", each) for each in used] == ["actions/upload-artifact"]


def test_scripts_are_bash() -> None:
    """Each script can be parsed."""
    scripts = [step for step in STEPS if "run" in step]
    assert {step["shell"] for step in scripts} == {"bash"}
    for step in scripts:
        subprocess.run(["bash", "-n"], input=step["run"], text=True, check=True)


def test_every_input_is_used() -> None:
    """Each input has a description and a use, and each output comes from a step."""
    text = (ROOT / "action.yml").read_text("utf-8")
    for name, given in ACTION["inputs"].items():
        assert given["description"]
        assert f"inputs.{name} " in text
    written = set(re.findall(r'(?:echo "|print\(f")([\w-]+)=', STEPS[1]["run"]))
    assert set(ACTION["outputs"]) == written - {"code", "touched"}
