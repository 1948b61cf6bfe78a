"""Many pair files: the same bytes from any number of processes, with results of an earlier run and without."""

from __future__ import annotations

import json
import multiprocessing
import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

import mlagkit.cache
from mlagkit.cache import digest
from mlagkit.fleet.effort import FEW
from mlagkit.render.templates import folder as templates
from tests.command import Ended, Run
from tests.rule_examples import BASE

PAIRS = FEW + 3
OWN = """\
from mlagkit.finding import Severity
from mlagkit.rules.rule import Hit, switch_rule


@switch_rule("XX01", Severity.WARNING)
def ours(switch):
    '''Something is wrong.

    Why:
        Because.

    Bad:
        vlans: {999: x}

    Good:
        vlans: {100: x}

    Fix:
        Mend it.

    Source:
        us [certain]
    '''
    yield Hit(switch, "", "ours finds this")
"""
MARK = "left by an earlier run"


def pair(number: int) -> str:
    """One of many pairs, some of which use the same addresses and domains, and have each some finding of its own."""
    text = BASE.replace("pair: base", f"pair: dc{number}")
    for old, new in (("sw-a", f"sw-{number}a"), ("sw-b", f"sw-{number}b"), ("id: 10", f"id: {10 + number % 4}")):
        text = text.replace(old, new)
    for old, new in (("10.2/24", f"10.{20 + number}/24"), ("10.3/24", f"10.{120 + number}/24")):
        text = text.replace(f"10.0.{old}", f"10.0.{new}")
    if number % 3:
        text = text.replace("192.0.2.1", f"10.{number}.0.1")
    if number % 2:
        text += "waivers:\n  DO05: {reason: r, owner: o, expires: 2027-01-31}\n"
    return text.replace("auto_recovery: true", "auto_recovery: false") if number == 5 else text


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, with the pairs in a folder; results of earlier runs lie beside it."""
    work = tmp_path / "work"
    (work / "pairs").mkdir(parents=True)
    for number in range(PAIRS):
        (work / "pairs" / f"dc{number}.yaml").write_text(pair(number), "utf-8")
    monkeypatch.chdir(work)
    monkeypatch.setenv("MLAGKIT_CACHE_DIR", str(tmp_path / "kept"))
    monkeypatch.setenv("MLAGKIT_DATE", "2027-01-01")
    return work


def kept() -> list[Path]:
    """The files that the runs left."""
    return sorted(Path("../kept").glob("*"))


def mark() -> None:
    """Let every finding that is kept say where it comes from."""
    for path in kept():
        head, body = path.read_bytes().split(b"\n", 1)
        data = json.loads(body)
        for finding in data[1]:
            finding[3] = MARK
        body = json.dumps(data).encode()
        path.write_bytes(json.dumps(json.loads(head) | {"body": digest(body)}).encode() + b"\n" + body)


FORMATS = ("text", "json", "github", "gitlab", "sarif", "junit", "markdown", "html")


@pytest.mark.parametrize("form", FORMATS)
def test_validate_with_more_jobs(form: str, run: Run) -> None:
    """What is found in many files does not depend on how many processes looked, in any form."""
    words = ("validate", "pairs", "--format", form, "-v", "--no-cache")
    alone = run(*words, "--jobs", "1")
    assert "domain-id-duplicate-l2" in alone.out
    assert run(*words, "--jobs", "2") == alone
    assert run(*words) == alone
    assert kept() == []
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize("words", [("--consistency",), ("--consistency", "--format", "json"), ("--fail-level", "info")])
def test_validate_options_with_more_jobs(words: tuple[str, ...], run: Run) -> None:
    """So it is with options that ask for more."""
    alone = run("validate", "pairs", "--jobs", "1", *words)
    assert alone.out
    assert run("validate", "pairs", "--jobs", "2", *words) == alone


@pytest.mark.parametrize(
    "words",
    [(), ("--switch", "sw-7b"), ("--annotate",), ("--annotate", "--switch", "sw-0a"), ("--templates", "own"), ("-v",)],
    ids=" ".join,
)
def test_render_with_more_jobs(words: tuple[str, ...], run: Run) -> None:
    """The configurations of many files do not depend on how many processes rendered them."""
    own_template()
    alone = run("render", "pairs", "--jobs", "1", *words)
    assert alone.out.count("! ---- sw-") == (1 if "--switch" in words else 2 * PAIRS)
    assert run("render", "pairs", "--jobs", "2", *words) == alone


def own_template(text: str = "! ours\n") -> None:
    """A folder with one template that begins in a way of its own."""
    Path("own").mkdir(exist_ok=True)
    shipped = (templates("nxos") / "system.j2").read_text("utf-8")
    Path("own/system.j2").write_text(text + shipped, "utf-8")


def test_render_into_a_folder_with_more_jobs(run: Run) -> None:
    """So it is for files, which only their owner can read."""
    for jobs in ("1", "2"):
        run("render", "pairs", "-o", f"out{jobs}", "--jobs", jobs, "--no-cache")
    texts = [{path.name: path.read_bytes() for path in Path(out).iterdir()} for out in ("out1", "out2")]
    assert texts[0] == texts[1]
    assert len(texts[0]) == 2 * PAIRS
    assert {path.stat().st_mode & 0o777 for path in Path("out2").iterdir()} == {0o600}


# What is wrong with the files, and a part of what is said.
MISTAKES: dict[str, tuple[Callable[[], object], str]] = {
    "many": (lambda: [Path(f"pairs/dc{at}.yaml").write_text("pair: [\n", "utf-8") for at in (2, 9)], "dc9.yaml:1:8: "),
    "twins": (lambda: Path("pairs/dc2.yaml").write_text(pair(3), "utf-8"), "there is already a pair dc3"),
    "site": (lambda: Path("pairs/site.yaml").write_text("nonsense: 1\n", "utf-8"), "site.yaml:1:1: "),
    "control": (
        lambda: Path("pairs/dc2.yaml").write_text(pair(2).replace("10: web", '10: "w\\x1beb"'), "utf-8"),
        "dc2.yaml:",
    ),
}


@pytest.mark.parametrize("command", ["validate", "render"])
@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistakes_with_more_jobs(mistake: str, command: str, run: Run) -> None:
    """Every mistake of every file is shown, whoever came upon it; nothing is written then, and nothing kept of it."""
    make, said = MISTAKES[mistake]
    make()
    words = (command, "pairs", *(("-o", "out") if command == "render" else ()))
    alone = run(*words, "--jobs", "1", "--no-cache")
    assert alone.code == 2
    assert said in alone.out + alone.err
    assert run(*words, "--jobs", "2") == alone
    assert run(*words, "--jobs", "2") == alone
    assert not Path("out").exists()


def test_beside_threads(run: Run) -> None:
    """Processes that begin from nothing, since this one has threads, find the same, by own rules, too."""
    Path("ours.py").write_text(OWN, "utf-8")
    words = ("validate", "pairs", "--rules", "ours.py", "--no-cache")
    alone = run(*words, "--jobs", "1")
    assert "ours finds this" in alone.out
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert run(*words, "--jobs", "2") == alone
    finally:
        done.set()
        thread.join()


def test_worker_dies(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that dies is an internal error, not a result that never comes."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    ours = OWN.replace("    yield Hit", "    import os\n    os.kill(os.getpid(), 9)\n    yield Hit")
    Path("ours.py").write_text(ours, "utf-8")
    ended = run("validate", "pairs", "--rules", "ours.py", "--jobs", "2")
    assert (ended.code, ended.out) == (70, "")
    assert "internal error: WorkerFailed: a worker process ended with -9" in ended.err
    assert multiprocessing.active_children() == []


def test_own_rule_fails(run: Run) -> None:
    """A mistake in an own rule is said once, at its line, whichever process met it."""
    Path("ours.py").write_text(OWN.replace("yield Hit", "yield nonsense"), "utf-8")
    words = ("validate", "pairs", "--rules", "ours.py")
    alone = run(*words, "--jobs", "1")
    assert alone.out.count("NameError: name 'nonsense' is not defined") == 1
    assert run(*words, "--jobs", "2") == alone


def validated(run: Run, *words: str) -> Ended:
    """What `validate` says, where nothing is kept that is of no use."""
    return run("validate", "pairs", "--jobs", "1", *words)


@pytest.mark.parametrize("form", FORMATS)
def test_second_run(form: str, run: Run) -> None:
    """A second run says what the first one said; what it says comes from there."""
    first = validated(run, "--format", form)
    assert first == validated(run, "--format", form, "--no-cache")
    assert len(kept()) == PAIRS
    assert validated(run, "--format", form) == first
    mark()
    assert MARK in validated(run, "--format", form).out
    assert validated(run, "--format", form, "--no-cache") == first


def test_few_files(run: Run) -> None:
    """Nothing is kept of a few files."""
    files = [f"pairs/dc{number}.yaml" for number in range(FEW)]
    run("validate", *files)
    run("render", *files, "-o", "out")
    assert kept() == []
    run("validate", *files, "pairs/dc9.yaml")
    assert len(kept()) == FEW + 1


# What changes between two runs, with the words of the second; one pair is changed where not all are.
CHANGES: dict[str, tuple[Callable[[pytest.MonkeyPatch], object], tuple[str, ...]]] = {
    "pair file": (lambda _: Path("pairs/dc5.yaml").write_text(pair(5) + "# more\n", "utf-8"), ()),
    "site file": (lambda _: Path("pairs/site.yaml").write_text("vrfs: {BLUE: {}}\n", "utf-8"), ()),
    "version": (lambda patch: patch.setattr(mlagkit.cache, "__version__", "9.9.9"), ()),
    "code": (lambda patch: patch.setattr(mlagkit.cache, "_files", lambda: [("rule.py", os.stat("."))]), ()),
    "own rules": (lambda _: Path("ours.py").write_text(OWN, "utf-8"), ("--rules", "ours.py")),
    "folder": (lambda patch: patch.setenv("MLAGKIT_CACHE_DIR", "elsewhere"), ()),
}


@pytest.mark.parametrize("change", CHANGES)
def test_changed(change: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A result is not taken again where something changed that it depends on."""
    validated(run)
    mark()
    make, words = CHANGES[change]
    make(monkeypatch)
    expected = validated(run, *words, "--no-cache")
    found = validated(run, *words, "--format", "json")
    rows = [row for row in json.loads(found.out)["findings"] if row["pair"] == "dc5"]
    assert "auto-recovery-off" in {row["name"] for row in rows}
    assert MARK not in {row["message"] for row in rows}
    if change != "pair file":
        assert validated(run, *words) == expected


def test_changed_own_rules(run: Run) -> None:
    """An own rule that was rewritten is asked again; one that did not change is not."""
    Path("ours.py").write_text(OWN, "utf-8")
    words = ("--rules", "ours.py")
    assert "ours finds this" in validated(run, *words).out
    mark()
    assert MARK in validated(run, *words).out
    Path("ours.py").write_text(OWN.replace("finds this", "finds that"), "utf-8")
    found = validated(run, *words).out
    assert "ours finds that" in found
    assert MARK not in found


def test_another_day(run: Run) -> None:
    """A waiver ends on its day, whatever was found before."""
    assert "WA01" not in validated(run).out
    mark()
    found = validated(run, "--date", "2027-02-01").out
    assert "the waiver of DO05 ended on 2027-01-31" in found
    assert MARK in found


def test_pairs_are_compared_again(run: Run) -> None:
    """What one pair is to others is not kept: with another file beside them, others are found to be like it."""
    validated(run)
    mark()
    Path("pairs/dc99.yaml").write_text(pair(99).replace("id: 13", "id: 12"), "utf-8")
    found = json.loads(validated(run, "--format", "json").out)["findings"]
    assert [row for row in found if row["rule"] == "DO05" and row["pair"] == "dc2" and "dc99" in row["message"]]


# What an own rule does that more than its text and the pair can decide.
OPEN = (
    "import os",
    "import datetime",
    "from pathlib import Path",
    "from mlagkit.write import write_file",
    "from . import ours",
    "X = open('plan.csv')",
    "X = __import__('os')",
    "X = eval('1')",
)


@pytest.mark.parametrize("line", OPEN)
def test_own_rules_that_look_elsewhere(line: str, run: Run) -> None:
    """Nothing is kept of what an own rule says that may look at more than the pairs."""
    Path("plan.csv").touch()
    Path("ours.py").write_text(OWN.replace("    yield", f"    if 0:\n        {line}\n    yield"), "utf-8")
    assert "ours finds this" in validated(run, "--rules", "ours.py").out
    assert kept() == []


SITE = """\
@site_rule("XX02", Severity.WARNING{facts})
def ours_of_site(pairs):
    '''Something is wrong.

    Why:
        Because.

    Bad:
        vlans: {{999: x}}

    Good:
        vlans: {{100: x}}

    Fix:
        Mend it.

    Source:
        us [certain]
    '''
    {body}
"""
TAKING = """\
from mlagkit.finding import Severity
from mlagkit.rules.rule import Peers, SiteHit, Spot, site_rule, spot


def firsts(peers: Peers){result}:
    return spot(peers[0], peers[0], "")


"""


@pytest.mark.parametrize(
    ("text", "files"),
    [
        (SITE.format(facts="", body="yield from (SiteHit(spot(a, a, ''), b.name) for a, b in pairs)"), 0),
        (SITE.format(facts=", facts=firsts", body="yield from (SiteHit(at, at.switch) for at in pairs)"), PAIRS),
        (SITE.format(facts=", facts=firsts", body="yield from (SiteHit(at, at.switch) for at in pairs)"), 0),
    ],
    ids=["whole pairs", "facts", "facts of no type"],
)
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_own_rule_of_a_site(text: str, files: int, jobs: str, run: Run) -> None:
    """An own rule may look at whole pairs; what is found is kept only where it names facts, and their type."""
    Path("ours.py").write_text(TAKING.format(result=" -> Spot" if files else "") + text, "utf-8")
    words = ("validate", "pairs", "--rules", "ours.py", "--jobs", jobs)
    found = run(*words)
    assert found.out.count("warning XX02 ours-of-site: sw-") == PAIRS
    assert len(kept()) == files
    assert run(*words) == found


def rendered(run: Run, *words: str) -> set[str]:
    """The switches whose files were written anew."""
    before = {path.name: path.stat().st_ino for path in Path("out").glob("*")}
    run("render", "pairs", "-o", "out", "--jobs", "1", *words)
    return {path.stem for path in Path("out").glob("*") if before.get(path.name) != path.stat().st_ino}


ALL = {f"sw-{number}{side}" for number in range(PAIRS) for side in "ab"}


def test_second_rendering(run: Run) -> None:
    """What a folder holds as it would be written stays as it is, and that is said to who asks."""
    assert rendered(run) == ALL
    assert rendered(run) == set()
    said = run("render", "pairs", "-o", "out", "-v").err
    assert said.count(".cfg is as it would be written\n") == 2 * PAIRS
    assert rendered(run, "--no-cache") == ALL


def link_instead(name: str) -> None:
    """The same content, at the other end of a symbolic link."""
    target = Path(name).rename(Path(name).name)
    Path(name).symlink_to(target.absolute())


# What changes between two renderings, the words of the second, and whose files must be written anew.
RENDERINGS: dict[str, tuple[Callable[[pytest.MonkeyPatch], object], tuple[str, ...], set[str]]] = {
    "pair file": (
        lambda _: Path("pairs/dc5.yaml").write_text(pair(5) + "# more\n", "utf-8"),
        (),
        {"sw-5a", "sw-5b"},
    ),
    "site file": (lambda _: Path("pairs/site.yaml").write_text("vrfs: {BLUE: {}}\n", "utf-8"), (), ALL),
    "version": (lambda patch: patch.setattr(mlagkit.cache, "__version__", "9.9.9"), (), ALL),
    "code": (lambda patch: patch.setattr(mlagkit.cache, "_files", lambda: [("x.j2", os.stat("."))]), (), ALL),
    "templates": (lambda _: own_template(), ("--templates", "own"), ALL),
    "switch": (lambda _: None, ("--switch", "sw-5a"), {"sw-5a"}),
    "written text": (lambda _: Path("out/sw-5b.cfg").write_text("", "utf-8"), (), {"sw-5a", "sw-5b"}),
    "written file gone": (lambda _: Path("out/sw-5b.cfg").unlink(), (), {"sw-5a", "sw-5b"}),
    "permissions": (lambda _: Path("out/sw-5b.cfg").chmod(0o644), (), {"sw-5a", "sw-5b"}),
    "link": (
        lambda _: link_instead("out/sw-5b.cfg"),
        (),
        {"sw-5a", "sw-5b"},
    ),
}


@pytest.mark.parametrize("change", RENDERINGS)
def test_changed_rendering(change: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is written anew where something changed that it depends on, or where it is not as it was written."""
    rendered(run)
    make, words, names = RENDERINGS[change]
    make(monkeypatch)
    assert rendered(run, *words) == names
    assert rendered(run, *words) == set()
    run("render", "pairs", "-o", "fresh", "--no-cache", *words)
    for path in Path("fresh").iterdir():
        assert (Path("out") / path.name).read_bytes() == path.read_bytes()


def test_changed_templates(run: Run) -> None:
    """A template that was rewritten makes other files."""
    own_template()
    assert rendered(run, "--templates", "own") == ALL
    own_template("! ours, too\n")
    assert rendered(run, "--templates", "own") == ALL


SECRET = "hunter2-in-plain-words"


def test_no_secrets(run: Run) -> None:
    """No text that may hold a secret is kept: neither of a configuration nor of a pair file."""
    for number in range(PAIRS):
        lines = f"extra: |\n  snmp-server community {SECRET} group network-operator\n"
        Path(f"pairs/dc{number}.yaml").write_text(pair(number) + lines, "utf-8")
    run("validate", "pairs")
    run("render", "pairs", "-o", "out")
    assert SECRET in Path("out/sw-3a.cfg").read_text("utf-8")
    assert len(kept()) == 2 * PAIRS
    for path in kept():
        assert SECRET not in path.read_text("ascii")


@pytest.mark.parametrize("command", [("validate",), ("render", "-o", "out")], ids=" ".join)
def test_damaged(command: tuple[str, ...], run: Run) -> None:
    """What lies in the cache and is no result, though it is sealed like one, is worked out again."""
    first = run(*command, "pairs")
    for number, path in enumerate(kept()):
        head, _ = path.read_bytes().split(b"\n", 1)
        body = [b"{}", b"[]", b"[1,2,3,4]", b"null", b'["","",{},""]', b"[[],[],{}]", b"7", b'[[],[],[],["a"]]'][
            number % 8
        ]
        path.write_bytes(json.dumps(json.loads(head) | {"body": digest(body)}).encode() + b"\n" + body)
    assert run(*command, "pairs", "--no-cache").out == first.out
    assert run(*command, "pairs").out == first.out


def test_pipes(run: Run) -> None:
    """A pipe among many files is read once, by the process that goes on to need what was in it."""
    os.mkfifo("pairs/pipe.yaml")
    texts = [pair(99)]
    writer = threading.Thread(target=lambda: Path("pairs/pipe.yaml").write_text(texts.pop(), "utf-8"), daemon=True)
    writer.start()
    files = [f"pairs/dc{number}.yaml" for number in range(PAIRS)]
    ended = run("validate", *files, "pairs/pipe.yaml", "--jobs", "2", "--format", "json")
    writer.join(10)
    assert ended.code in (0, 1)
    assert "dc99" in ended.out
