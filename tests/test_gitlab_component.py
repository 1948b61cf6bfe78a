"""templates/review.yml, the component for GitLab: its job run in a real repository, against an API on loopback."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import yaml

from mlagkit.starter import starter
from tests.composite import MLAGKIT, PIP, reviewed
from tests.conftest import ROOT
from tests.repositories import Repository

FILE = ROOT / "templates" / "review.yml"
SPEC, JOBS = yaml.safe_load_all(FILE.read_text("utf-8"))
INPUTS: dict[str, dict[str, str]] = SPEC["spec"]["inputs"]
JOB: dict[str, Any] = JOBS["$[[ inputs.job ]]"]
REVIEW = '<!-- mlagkit: {"truncated": false} -->\n\ndc1: 3 changes für @netops\n'
NOTHING = REVIEW.replace("dc1: 3 changes", "1 pair unchanged")
BOT, PAGE = 9, 2
PYTHON = f"""#!/bin/sh
case "$*" in
  "-I -m venv "*) mkdir -p "$4/bin" && cp "$STUBS/later/pip" "$STUBS/later/mlagkit" "$4/bin" ;;
  *) exec "{sys.executable}" "$@" ;;
esac
"""


class Notes(BaseHTTPRequestHandler):
    """The notes of merge request 5 in project 3, a few on a page, as the API of GitLab has them."""

    notes: list[dict[str, Any]]
    asked: list[str]

    def do_GET(self) -> None:  # the name that http.server calls
        """The bot itself, or a page of notes."""
        if self.path == "/api/v4/user":
            self._answer({"id": BOT})
            return
        found = re.fullmatch(r"/api/v4/projects/3/merge_requests/5/notes\?per_page=100&page=(\d+)", self.path)
        page = int(found[1]) if found else 0
        more = str(page + 1) if len(self.notes) > page * PAGE else ""
        self._answer(self.notes[(page - 1) * PAGE : page * PAGE], more)

    def do_POST(self) -> None:
        """A new note."""
        self.notes.append({"id": 40 + len(self.notes), "author": {"id": BOT}, **self._body()})
        self._answer(self.notes[-1])

    def do_PUT(self) -> None:
        """Another text for a note."""
        note = next(note for note in self.notes if self.path.endswith(f"/merge_requests/5/notes/{note['id']}"))
        note.update(self._body())
        self._answer(note)

    def _body(self) -> dict[str, str]:
        body: dict[str, str] = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        return body

    def _answer(self, answer: object, more: str = "") -> None:
        self.asked.append(self.command)
        right = self.headers["PRIVATE-TOKEN"] == "may-comment"
        self.send_response(200 if right else 403)
        self.send_header("X-Next-Page", more)
        self.end_headers()
        self.wfile.write(json.dumps(answer if right else {"message": "403 Forbidden"}).encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name of http.server
        """Nothing on stderr."""


@dataclass
class Pipeline:
    """A merge request pipeline in ``folder``."""

    folder: Path
    stubs: Path
    api: str
    inputs: dict[str, str] = field(default_factory=dict)
    environment: dict[str, str] = field(default_factory=dict)

    def run(self) -> subprocess.CompletedProcess[str]:
        """The job's lines, one after the other in one shell, as a runner does it."""
        given = {name: about.get("default", "") for name, about in INPUTS.items()} | self.inputs
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("MLAGKIT_", "GIT", "CI_"))}
        environment = kept | {
            "PATH": f"{self.stubs}:{kept['PATH']}",
            "PYTHONPATH": str(ROOT),
            "STUBS": str(self.stubs),
            "CI": "true",
            "GITLAB_CI": "true",
            "CI_API_V4_URL": self.api,
            "CI_COMMIT_SHORT_SHA": "0123abcd",
            "no_proxy": "127.0.0.1",
            "CI_JOB_TOKEN": "job-token",
            "CI_MERGE_REQUEST_DIFF_BASE_SHA": "base-sha",
            "CI_MERGE_REQUEST_IID": "5",
            "CI_MERGE_REQUEST_PROJECT_ID": "3",
            "CI_SERVER_URL": "https://gitlab.example.net/git",
            "REVIEW_TOKEN": "may-comment",
        }
        for name, value in JOB["variables"].items():
            text = value["value"] if isinstance(value, dict) else value
            environment[name] = re.sub(r"\$\[\[ inputs\.(\w+) ]]", lambda found: given[found[1]], text)
        script = "\n".join([*JOB["before_script"], *JOB["script"]])
        command = ["bash", "-eo", "pipefail", "-c", script]
        environment |= self.environment
        return subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False, timeout=60
        )

    def said(self, name: str) -> list[str]:
        """What a stub was called with, one call a line."""
        path = self.stubs / f"{name}.log"
        return path.read_text("utf-8").splitlines() if path.exists() else []


@pytest.fixture
def pipeline(tmp_path: Path) -> Iterator[Pipeline]:
    """A pipeline with mlagkit in its image, and an API that has no notes yet."""
    folder, stubs = tmp_path / "project", tmp_path / "stubs"
    (folder / "pairs").mkdir(parents=True)
    (folder / "pairs" / "dc1.yaml").write_text(starter("dc1"), "utf-8")
    for name, text in {"mlagkit": MLAGKIT, "python3": PYTHON, "later/pip": PIP, "later/mlagkit": MLAGKIT}.items():
        (stubs / name).parent.mkdir(parents=True, exist_ok=True)
        (stubs / name).write_text(text, "utf-8")
        (stubs / name).chmod(0o755)
    Notes.notes, Notes.asked = [], []
    server = HTTPServer(("127.0.0.1", 0), Notes)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    found = Pipeline(folder, stubs, f"http://127.0.0.1:{server.server_port}/api/v4", {"paths": "pairs"})
    reviewed(stubs, REVIEW, "change")
    yield found
    server.shutdown()
    server.server_close()
    thread.join()


def bodies() -> list[str]:
    """The notes of the merge request."""
    return [note["body"] for note in Notes.notes]


def note(author: int, body: str = REVIEW) -> dict[str, Any]:
    """One note of somebody."""
    return {"id": 30 + len(Notes.notes), "author": {"id": author}, "body": body}


def test_note_is_made_once_and_then_edited(pipeline: Pipeline) -> None:
    """Three pipelines leave one note, behind those of others, which says what the last of them found."""
    Notes.notes += [note(1), note(BOT, "coverage: 100 %"), note(1, f"> {REVIEW}")]
    others = bodies()
    for text in (REVIEW, REVIEW.replace("3 changes", "4 changes"), NOTHING):
        reviewed(pipeline.stubs, text, "change")
        ended = pipeline.run()
        assert (ended.returncode, bodies()) == (0, [*others, text]), ended.stderr
    assert (Notes.asked.count("POST"), Notes.asked.count("PUT")) == (1, 2)


def test_nothing_to_say(pipeline: Pipeline) -> None:
    """Where nothing changes and nothing is wrong no note is made; with findings there is one."""
    reviewed(pipeline.stubs, NOTHING)
    assert (pipeline.run().returncode, bodies()) == (0, [])
    reviewed(pipeline.stubs, NOTHING, code=1)
    assert (pipeline.run().returncode, bodies()) == (1, [NOTHING])


def test_no_review(pipeline: Pipeline) -> None:
    """Where there is no review any more, the note says so instead of showing the one of an earlier commit."""
    pipeline.run()
    for form in ("markdown", "json"):
        (pipeline.stubs / f"review.{form}").unlink()
    (pipeline.stubs / "review.code").write_text("2", "utf-8")
    assert pipeline.run().returncode == 2
    assert bodies() == [
        '<!-- mlagkit: {"truncated": true} -->\n\n**mlagkit could not review 0123abcd**; the log of the job says why.\n'
    ]


def test_no_token(pipeline: Pipeline) -> None:
    """A merge request from a fork has no token: GitLab is not asked, and the review is there as an artifact."""
    pipeline.environment["REVIEW_TOKEN"] = ""
    assert (pipeline.run().returncode, Notes.asked) == (0, [])
    assert (pipeline.folder / "mlagkit-review.md").read_text("utf-8") == REVIEW


def test_no_permission(pipeline: Pipeline) -> None:
    """With a token that may not, the result of the job is the same, and the log says why there is no note."""
    pipeline.environment["REVIEW_TOKEN"] = "may-read"
    ended = pipeline.run()
    assert (ended.returncode, "REVIEW_TOKEN takes the scope api" in ended.stdout, bodies()) == (0, True, [])
    assert "may-read" not in ended.stdout + ended.stderr


def test_reports(pipeline: Pipeline) -> None:
    """The code quality report, the test report and the text in the log are those of the real `validate`.

    The job ends as the review does: what was wrong before is not to be mended by whoever changes something else.
    """
    file = pipeline.folder / "pairs" / "dc1.yaml"
    file.write_text(file.read_text("utf-8").replace("vlans: 20", "vlans: 5000"), "utf-8")
    ended = pipeline.run()
    reports = JOB["artifacts"]["reports"]
    quality = json.loads((pipeline.folder / reports["codequality"]).read_text("utf-8"))
    assert (ended.returncode, quality[0]["check_name"]) == (0, "IN06")
    assert "<error" in (pipeline.folder / reports["junit"]).read_text("utf-8")
    assert re.match(r"pairs/dc1\.yaml:\d+:12: error IN06 ", ended.stdout)


def test_real_review(pipeline: Pipeline) -> None:
    """Every file that is an artifact is there, the page among them; no switch is asked, whatever the settings say."""
    (pipeline.stubs / "review.code").unlink()
    Repository.new(pipeline.folder, {"pairs/dc1.yaml": starter("dc1")})
    (pipeline.folder / "pairs" / "dc1.yaml").write_text(starter("dc1").replace("10: web", "10: www"), "utf-8")
    (pipeline.folder / "mlagkit.toml").write_text("device = true\n", "utf-8")
    pipeline.environment["CI_MERGE_REQUEST_DIFF_BASE_SHA"] = "HEAD"
    ended = pipeline.run()
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert {name for name in JOB["artifacts"]["paths"] if not (pipeline.folder / name).exists()} == set()
    assert (pipeline.folder / "mlagkit-review.html").read_text("utf-8").startswith("<!doctype html>")


def test_paths_and_base(pipeline: Pipeline) -> None:
    """One path a line, whatever is in it; in a pipeline for merged results the base is the target."""
    pipeline.inputs["paths"] = "pairs\n-odd *\n$(touch hurt)\n"
    pipeline.environment["CI_MERGE_REQUEST_TARGET_BRANCH_SHA"] = "target-sha"
    pipeline.run()
    words = "--format=markdown --output=mlagkit-review.md -- pairs -odd * $(touch hurt)"
    assert pipeline.said("mlagkit")[-3] == f"review --base=target-sha {words}"
    assert not (pipeline.folder / "hurt").exists()


def test_install(pipeline: Pipeline) -> None:
    """An image without mlagkit gets the core of that very version, of pinned packages with hashes."""
    server = pipeline.folder.parent / "server"
    project = server / "netops" / "mlagkit.git"
    who = {f"GIT_{one}_{what}": "x@example.net" for one in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    for words in (["init", "-q", str(project)], ["-C", str(project), "commit", "-q", "--allow-empty", "-m", "v1"]):
        subprocess.run(["git", *words], env=os.environ | who, check=True)
    subprocess.run(["git", "-C", str(project), "tag", "v1"], check=True)
    (pipeline.stubs / "mlagkit").unlink()
    pipeline.inputs |= {"project": "netops/mlagkit", "ref": "v1"}
    system = ["/usr/bin", "/bin"]
    pipeline.environment |= {
        "PATH": ":".join([str(pipeline.stubs), *system]),  # there is no mlagkit of this machine either
        "TMPDIR": str(pipeline.folder.parent),
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.file://{server}/.insteadOf",
        "GIT_CONFIG_VALUE_0": "https://gitlab-ci-token:job-token@gitlab.example.net/git/",
    }
    ended = pipeline.run()
    assert (ended.returncode, bodies()) == (0, [REVIEW]), ended.stderr
    assert [re.sub(r"\S+/mlagkit\b", "HERE", line.partition(" --quiet ")[2]) for line in pipeline.said("pip")] == [
        "install --require-hashes -r HERE/requirements/build.txt",
        "install --require-hashes --no-build-isolation -r HERE/requirements/core.txt",
        "install --no-deps --no-build-isolation HERE",
    ]


def test_form() -> None:
    """A component sets nothing for other jobs, documents its inputs, and interpolates none into a script."""
    assert (set(SPEC), set(JOBS)) == ({"spec"}, {"$[[ inputs.job ]]"})
    assert all(about["description"] for about in INPUTS.values())
    used = set(re.findall(r"\$\[\[ inputs\.(\w+) ]]", FILE.read_text("utf-8")))
    assert used == set(INPUTS)
    for line in [*JOB["before_script"], *JOB["script"]]:
        assert "$[[" not in line
        subprocess.run(["sh", "-n"], input=line, text=True, check=True)
        subprocess.run(["bash", "-n"], input=line, text=True, check=True)


def test_gitlab_takes_no_other_file() -> None:
    """GitLab takes `templates/NAME.yml` and `templates/NAME/template.yml` for components: that is this one alone."""
    folder = ROOT / "templates"
    assert [*folder.glob("*.yml"), *folder.glob("*/template.yml")] == [FILE]
