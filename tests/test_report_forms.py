"""Every form of findings is valid, fits its host, and holds a hostile text as text."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlagkit import __version__
from mlagkit.explanation import explanations
from mlagkit.finding import Finding, Origin, Severity, Waived
from mlagkit.report.document import Document, to_json
from mlagkit.report.findings import findings_document, findings_text, waived_words
from mlagkit.report.github import github_commands
from mlagkit.report.gitlab import gitlab_report
from mlagkit.report.html import html_report
from mlagkit.report.junit import junit_report
from mlagkit.report.markdown import LONGEST, escaped, markdown_report
from mlagkit.report.sarif import RESULTS_TAKEN, sarif_report
from tests.command import Run
from tests.conftest import Golden
from tests.report_forms import GITLAB, SARIF, junit_problems
from tests.rule_examples import BASE

GOLDEN = Path(__file__).parent / "fixtures" / "cli"
FORMS = ("gitlab", "sarif", "junit", "markdown", "html")
KNOWN = explanations()
_DOMAIN = re.compile(r"^domain:\n  id: 10\n((?:  .*\n)*)", re.M)
# What is wrong stands first, so that its lines stay the same whatever the rest of the base becomes.
PAIR = """pair: judged
waivers:
  DO02 vpcs.11: {reason: <b>not</b> there, owner: "@netops", expires: 2027-01-31}
domain:
  id: {sw-a: 1, sw-b: 2}
""" + "".join([_DOMAIN.findall(BASE)[0], _DOMAIN.sub("", BASE).replace("pair: base\n", "")])
HOSTILE = (
    "::error::x\n##[error]y\x1b[2J</script><script>alert(1)</script> ]]> <!-- --> </details> @team #12 `````` | "
    "[a](http://x) www.example.com \\ \u202e & 100% \ud800 =cmd()"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, with a pair file that has findings, one with a waiver, and one that is no pair file."""
    monkeypatch.chdir(tmp_path)
    Path("judged.yaml").write_text(PAIR, "utf-8")
    Path("waived.yaml").write_text(
        PAIR.replace("sw-a: 1, sw-b: 2}", "sw-a: 1, sw-b: 2}  # mlagkit: allow DO02 # <i>lab</i>")
        .replace("judged", "waived")
        .replace("sw-", "sx-"),
        "utf-8",
    )
    Path("broken.yaml").write_text("pair: broken\nswitches: {sw-a: {}, sw-b: {}}\nvlans: [5000]\nx: 1\n", "utf-8")
    return tmp_path


def finding(number: int = 1, severity: Severity = Severity.ERROR, message: str = "wrong", **more: str) -> Finding:
    """A finding of DO02 in a line of a file."""
    origin = Origin(more.get("file", "a.yaml"), number, 2)
    return Finding(
        rule="DO02",
        name="domain-id-mismatch",
        severity=severity,
        message=message,
        origin=origin,
        pair="p",
        switch=more.get("switch"),
        keys=(more.get("object", "domain"),),
        fix=more.get("fix", ""),
        advice=more.get("advice", ""),
    )


def waived(item: Finding, words: str = "why") -> Finding:
    """The finding, accepted."""
    return replace(item, waived=Waived(reason=words, owner=words, expires="2027-01-31", origin=item.origin))


def written(form: str, document: Document) -> str:
    """The document in a form."""
    match form:
        case "gitlab":
            return gitlab_report(document)
        case "sarif":
            return to_json(sarif_report(document, KNOWN))
        case "junit":
            return junit_report(document, ["a.yaml", "b.yaml"], "error")
        case "markdown":
            return markdown_report(document, ["a.yaml"])
        case "github":
            return github_commands(document)
        case "text":
            return findings_text(document, {}, every_row=True)
        case _:
            return html_report(document, {"a.yaml": f"{HOSTILE}\nb"}, ["a.yaml"], KNOWN)


@pytest.mark.parametrize("form", [*FORMS, "json", "github"])
@pytest.mark.parametrize("file", ["judged", "waived", "broken"])
def test_golden(form: str, file: str, run: Run, folder: Path, golden: Golden) -> None:
    """Each form of findings, of waived ones and of input errors, with the exit codes of the text."""
    ended = run("validate", f"{file}.yaml", "--format", form, "--date", "2027-01-31")
    assert ended.code == {"judged": 1, "waived": 0, "broken": 2}[file]
    golden(GOLDEN / f"{file}.{form}.txt", ended.out.replace(f'"{__version__}"', '"VERSION"'))


@pytest.mark.parametrize("file", ["judged", "waived", "broken"])
def test_valid(file: str, run: Run, folder: Path) -> None:
    """What the command line writes is valid in each form that has a published one."""

    def text(form: str) -> str:
        return run("validate", f"{file}.yaml", "--format", form, "--date", "2027-01-31").out

    jsonschema.Draft202012Validator(SARIF).validate(json.loads(text("sarif")))
    jsonschema.Draft202012Validator(GITLAB).validate(json.loads(text("gitlab")))
    assert list(junit_problems(ElementTree.fromstring(text("junit")))) == []


@pytest.mark.parametrize(("reason", "words"), [("", "allowed in line 3"), ("lab", "allowed in line 3: lab")])
def test_allowed_by_a_comment(reason: str, words: str) -> None:
    """A comment that allows a finding may say why; where it says nothing, nothing is said."""
    item = replace(finding(1), waived=Waived(reason=reason, origin=Origin("a.yaml", 3)))
    (row,) = findings_document([item])["findings"]
    assert waived_words(row) == words


@pytest.mark.parametrize(("rule", "is_usable"), [("IN05", False), ("DO02", True)])
def test_sarif_of_a_file_that_cannot_be_used(rule: str, is_usable: bool) -> None:
    """Where any file could not be judged the run was no success, wherever that stands among the findings."""
    rows = findings_document([finding(1), replace(finding(2), rule=rule)])
    assert sarif_report(rows, KNOWN)["runs"][0]["invocations"] == [{"executionSuccessful": is_usable}]


def test_waived_in_each_form() -> None:
    """What is waived is suppressed, skipped, folded away or left out."""
    document = findings_document([waived(finding(1)), finding(2, Severity.WARNING)])
    (run,) = sarif_report(document, KNOWN)["runs"]
    assert [len(result.get("suppressions", ())) for result in run["results"]] == [0, 1]
    assert run["results"][1]["suppressions"][0]["justification"] == "waived by why until 2027-01-31: why"
    assert [issue["location"]["lines"]["begin"] for issue in json.loads(gitlab_report(document))] == [2]
    suites = ElementTree.fromstring(junit_report(document, [], "none"))
    assert [case[0].tag for case in suites.iter("testcase")] == ["skipped", "system-out"]
    for form in ("markdown", "html"):
        counted, folded = written(form, document).split("1 waived finding<", 1)
        assert ("a.yaml:2:2" in counted, "a.yaml:1:2" in counted, "a.yaml:1:2" in folded) == (True, False, True)


@pytest.mark.parametrize("form", [*FORMS, "github", "text"])
def test_what_to_do_in_each_form(form: str) -> None:
    """The value to write, else what the rule advises; of what is accepted nothing has to be done."""

    def told(fix: str, advice: str) -> str:
        return written(form, findings_document([finding(fix=fix, advice=advice)])).casefold()

    assert "to do: ask netops" in told("", "ask netops")
    both = told("id 7", "ask netops")
    assert ("fix: id 7" in both, "to do" in both) == (True, False)
    assert "to do" not in told("", "")
    accepted = findings_document([waived(finding(advice="ask netops"))])
    assert "to do" not in written(form, accepted).casefold()


def test_severity_in_each_form() -> None:
    """Each severity has its word in the forms that have words of their own, and its place: the worst first."""
    document = findings_document([finding(number, severity) for number, severity in enumerate(reversed(Severity), 1)])
    (run,) = sarif_report(document, KNOWN)["runs"]
    assert [result["level"] for result in run["results"]] == ["error", "warning", "note"]
    assert [issue["severity"] for issue in json.loads(gitlab_report(document))] == ["critical", "minor", "info"]
    for form in ("markdown", "html"):
        found = re.findall(r'(?:^\| |<article class=")(error|warning|info)', written(form, document), re.M)
        assert found == ["error", "warning", "info"]


@pytest.mark.parametrize(
    ("level", "ended"),
    [
        ("error", ["failure", "system-out", "system-out"]),
        ("warning", ["failure", "failure", "system-out"]),
        ("info", ["failure", "failure", "failure"]),
        ("none", ["system-out", "system-out", "system-out"]),
    ],
)
def test_junit_follows_the_exit_code(level: str, ended: list[str]) -> None:
    """A case fails where its finding makes the exit code 1."""
    found = [finding(number, severity) for number, severity in enumerate(Severity, 1)]
    suites = ElementTree.fromstring(junit_report(findings_document(found), [], level))
    assert [case[0].tag for case in suites.iter("testcase")] == ended


def test_junit_names_and_files() -> None:
    """No two cases of a suite have one name, and a file in which nothing is found passes."""
    found = [finding(number, message=str(number), switch=switch) for number in (1, 2) for switch in ("sw-a", "sw-b")]
    suites = ElementTree.fromstring(junit_report(findings_document(found), ["a.yaml", "good.yaml"], "error"))
    names = [[case.attrib["name"] for case in suite] for suite in suites]
    assert names == [
        [f"DO02 domain-id-mismatch domain {name}" for name in ("sw-a", "sw-b", "sw-a #2", "sw-b #2")],
        ["no findings"],
    ]


def test_fingerprints() -> None:
    """A finding keeps its fingerprint when its line moves, and shares it with no other."""
    document = findings_document([finding(1), finding(2), finding(3, message="else"), finding(4, switch="sw-a")])
    marks = [issue["fingerprint"] for issue in json.loads(gitlab_report(document))]
    assert len(set(marks)) == 4
    moved = findings_document([finding(11), finding(12), finding(13, message="else"), finding(14, switch="sw-a")])
    assert [issue["fingerprint"] for issue in json.loads(gitlab_report(moved))] == marks


@pytest.mark.parametrize(
    ("file", "path", "uri"),
    [
        ("./pairs/a b.yaml", "pairs/a b.yaml", "pairs/a%20b.yaml"),
        ("pairs\\a.yaml", "pairs/a.yaml", "pairs/a.yaml"),
        ("/srv/a#1.yaml", "/srv/a#1.yaml", "file:///srv/a%231.yaml"),
        ("C:\\pairs\\ä.yaml", "C:/pairs/ä.yaml", "file:///C%3A/pairs/%C3%A4.yaml"),
    ],
)
def test_places(file: str, path: str, uri: str) -> None:
    """A file is a path of the repository for GitLab, and a reference for SARIF."""
    document = findings_document([finding(file=file)])
    assert json.loads(gitlab_report(document))[0]["location"]["path"] == path
    (run,) = sarif_report(document, KNOWN)["runs"]
    assert run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_sarif_fits_github() -> None:
    """More findings than GitHub takes are cut to the worst, which is said, and the file is small enough."""
    many = [
        finding(
            number, Severity.INFO if number % 2 else Severity.ERROR, f"{number} {'x' * 80}", object=f"vpcs.{number}"
        )
        for number in range(1, RESULTS_TAKEN + 1_001)
    ]
    (run,) = sarif_report(findings_document(many), KNOWN)["runs"]
    levels = [result["level"] for result in run["results"]]
    assert len(levels) == RESULTS_TAKEN == 25_000
    assert levels == sorted(levels)  # error before note
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert note["message"]["text"].startswith("1,000 more findings")
    assert len(gzip.compress(json.dumps(run).encode(), compresslevel=1)) < 10_000_000


def test_markdown_fits_a_comment() -> None:
    """Findings that don't fit are counted, the mildest first to go; the same of waived ones."""
    many = [finding(number, Severity.WARNING, "x" * 90) for number in range(1, 900)] + [finding(1_000)]
    text = markdown_report(findings_document([*many, *(waived(finding(number)) for number in range(2_000, 2_999))]), [])
    assert len(text) <= LONGEST < 65_536
    assert text.split("\n")[4].startswith("| error | a.yaml:1000:2 ")
    shown = Counter(line.split(" | ")[0] for line in text.splitlines() if line.startswith(("| error", "| warning")))
    left = re.findall(r"\*\*(\d+) more findings \(\1 warnings\) did not fit here\*\*", text)
    assert [int(number) for number in left] == [899 - shown["| warning"]]
    waived_shown = text.count("waived by why")
    assert f"{999 - waived_shown} more waived findings did not fit here." in text
    assert text.endswith("</details>\n")


def hostile(text: str) -> Document:
    """Findings that hold the text everywhere."""
    item = finding(1, message=text, fix=text, object=text, switch=text, file=text or "a")
    item = replace(item, pair=text, name=text, advice=text)
    return findings_document([item, waived(replace(item, message=text + "x"), text), finding(1)])


class Elements(HTMLParser):
    """The elements and attributes of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: Counter[str] = Counter()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count an element and what it has."""
        self.found[" ".join([tag, *(name for name, _ in attrs)])] += 1


@pytest.mark.parametrize("text", [HOSTILE, *HOSTILE.split(" ")])
def test_hostile_text(text: str) -> None:
    """No text can become an element, an escape, a link or a control character, nor break a form."""
    document, harmless = hostile(text), hostile("harmless")
    jsonschema.Draft202012Validator(SARIF).validate(json.loads(written("sarif", document)))
    jsonschema.Draft202012Validator(GITLAB).validate(json.loads(written("gitlab", document)))
    assert list(junit_problems(ElementTree.fromstring(written("junit", document)))) == []
    assert Elements(written("html", document)).found == Elements(written("html", harmless)).found
    for form in FORMS:
        found = written(form, document)
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\ud800-\udfff]", found), form
        found.encode("utf-8")
    shape = [re.sub("[^\n|]", "", line) for line in written("markdown", harmless).splitlines()]
    markdown = written("markdown", document)
    assert [re.sub(r"\\\||[^\n|]", "", line) for line in markdown.splitlines()] == shape
    assert not re.search(r"@\w|#\d|://|(?<!\\)[`\[\]]|<(?!/?(details|summary|br)>)", markdown)


@given(st.text())
def test_escaped_is_one_line_of_text(text: str) -> None:
    """Whatever a text holds, in Markdown it is one line without an element or an unescaped mark."""
    safe = escaped(text)
    assert "\n" not in safe
    assert not re.search(r"[<>]|(?<!\\)(\\\\)*[`*_{}\[\]|~$]", safe)


def test_sarif_message_has_no_link() -> None:
    """What looks like a link in a message is escaped as SARIF says (3.11.6)."""
    (run,) = sarif_report(findings_document([finding(message="[a](b) \\")]), KNOWN)["runs"]
    assert run["results"][0]["message"]["text"] == "\\[a\\](b) \\\\"


def test_html_needs_nothing_else() -> None:
    """The page has no script, no address, no element that loads anything, and forbids them all."""
    page = written("html", hostile(HOSTILE))
    elements = {name.split(" ")[0] for name in Elements(page).found}
    assert elements <= {
        *("html", "head", "meta", "title", "style", "body", "h1", "h2", "article", "b", "p", "pre"),
        *("details", "summary"),
    }
    assert "default-src 'none'" in page
    assert not re.search(r"url\(|@import", page)
    assert "prefers-color-scheme: dark" in page


def test_gitlab_job(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a job of GitLab the file is a code quality report and the log has the text, unless a form is chosen."""
    monkeypatch.setenv("GITLAB_CI", "true")
    plain = run("validate", "judged.yaml", "--date", "2027-01-31")
    assert plain.out.endswith("2 findings in 1 pair file: 1 error, 1 warning\n")
    both = run("validate", "judged.yaml", "--date", "2027-01-31", "-o", "report.json")
    assert (both.code, both.out) == (1, plain.out)
    assert len(json.loads(Path("report.json").read_text("utf-8"))) == 2
    chosen = run("validate", "judged.yaml", "--date", "2027-01-31", "-o", "report.txt", "--format", "text")
    assert (chosen.out, Path("report.txt").read_text("utf-8")) == ("", plain.out)


def test_github_form_keeps_its_limit(run: Run, folder: Path) -> None:
    """Annotations beyond what GitHub shows are lines of the log."""
    lines = "".join(f"x{number}: 1\n" for number in range(12))
    Path("many.yaml").write_text(BASE + lines, "utf-8")
    out = run("validate", "many.yaml", "--format", "github").out.splitlines()
    assert [line.startswith("::error ") for line in out] == [True] * 10 + [False] * 3
    assert out[9] == "::error title=mlagkit::3 more errors; all of them are in the log"
    assert out[10].startswith("- many.yaml:")
