"""Waivers and comments accept a finding while they are in force and needed, and are findings themselves where not."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlagkit.finding import Finding
from mlagkit.report.findings import findings_document
from mlagkit.rules import RULES
from mlagkit.rules.rule import Hit, Rule
from mlagkit.source import inspect_source
from mlagkit.source.comments import allowed
from mlagkit.switch import Switch, Vrf
from mlagkit.validate import Judged, look
from mlagkit.validate import judged as judged_together
from tests.command import Run
from tests.rule_examples import BASE

DAY = date(2027, 1, 31)
ASKED = tuple(rule for rule in RULES if rule.id in ("DO02", "KA02"))
# What DO02 finds.
MISMATCH = BASE.replace("  id: 10\n", "  id: {sw-a: 1, sw-b: 2}\n")
LINE = MISMATCH[: MISMATCH.index("id: {sw-a")].count("\n") + 1
WHO = "{reason: migration, owner: netops, expires: 2027-01-31}"


def judge_files(files: Sequence[str], rules: Sequence[Rule], day: date) -> Judged:
    """What the rules find on all of them together."""
    return judged_together([look(file, rules) for file in files], rules, day)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def judged(text: str, *, day: date = DAY, file: str = "base.yaml") -> list[Finding]:
    """What is found in a pair file of that text."""
    Path(file).write_text(text, "utf-8")
    return list(judge_files([file], ASKED, day).findings)


def counted(findings: list[Finding]) -> list[tuple[str, int]]:
    """Rule and line of what counts, in the order of the lines."""
    return sorted((finding.rule, finding.origin.line) for finding in findings if not finding.waived)


def line_of(text: str, word: str) -> int:
    """The line in which a word stands first."""
    return text[: text.index(word)].count("\n") + 1


def test_base_has_the_mismatch() -> None:
    """Without a waiver the finding counts."""
    assert counted(judged(MISMATCH)) == [("DO02", LINE)]


@pytest.mark.parametrize("key", ["DO02", "DO02 domain"])
def test_waiver(key: str) -> None:
    """A waiver of a rule, for the pair or at the object, accepts its findings, and says who did and why."""
    text = f"{MISMATCH}\nwaivers:\n  {key}: {WHO}\n"
    findings = judged(text)
    assert counted(findings) == []
    waived = [finding.waived for finding in findings]
    assert {(each.reason, each.owner, each.expires, each.origin.line) for each in waived if each} == {
        ("migration", "netops", "2027-01-31", line_of(text, f"{key}:"))
    }


@pytest.mark.parametrize("key", ["DO02 dom", "DO02 domain.id", "DO02 vpcs.11", "KA02"])
def test_waiver_of_something_else(key: str) -> None:
    """A waiver of another rule or object accepts nothing, and is unused."""
    text = f"{MISMATCH}\nwaivers:\n  {key}: {WHO}\n"
    assert counted(judged(text)) == [("DO02", LINE), ("WA02", line_of(text, f"{key}:"))]


@pytest.mark.parametrize(
    ("key", "left"),
    [
        ("DO02 vrfs.blue", ["blue.eu", "blues"]),
        ("DO02 vrfs.blue.eu", ["blue", "blues"]),
        ("DO02 vrfs", []),
        ("DO02 vrf", ["blue", "blue.eu", "blues"]),
        ("DO02 vrfs.", ["blue", "blue.eu", "blues"]),
    ],
)
def test_waiver_of_a_name_with_dots(key: str, left: list[str]) -> None:
    """A waiver accepts what is at its object or below it, never what only has a name that begins alike."""
    (rule,) = (each for each in RULES if each.id == "DO02")
    wrong = replace(rule, on_pair=None, on_switch=lambda switch: [Hit(vrf, "", name) for name, vrf in vrfs(switch)])
    text = f"{BASE}\nvrfs: {{blue: {{}}, blue.eu: {{}}, blues: {{}}}}\nwaivers:\n  {key}: {WHO}\n"
    Path("base.yaml").write_text(text, "utf-8")
    found = judge_files(["base.yaml"], [wrong], DAY).findings
    assert sorted(each.message for each in found if not each.waived and each.rule == "DO02") == left


def vrfs(switch: Switch) -> list[tuple[str, Vrf]]:
    """The VRFs that the test made."""
    return [(name, vrf) for name, vrf in switch.vrfs.items() if name.startswith("blue")]


def test_last_day() -> None:
    """A waiver holds on its last day; a day later its findings count again, and it is one itself."""
    text = f"{MISMATCH}\nwaivers:\n  DO02: {WHO}\n"
    assert counted(judged(text, day=date(2027, 1, 31))) == []
    later = judged(text, day=date(2027, 2, 1))
    assert counted(later) == [("DO02", LINE), ("WA01", line_of(text, "DO02:"))]
    (over,) = (finding for finding in later if finding.rule == "WA01")
    assert over.message == "the waiver of DO02 ended on 2027-01-31; netops had accepted it"
    assert (over.pair, over.object, over.severity) == ("base", "waivers.DO02", "warning")


def test_one_in_force_is_enough() -> None:
    """Of two waivers of one finding, one over and one in force, the finding is waived and the old one reported."""
    old = WHO.replace("2027", "2026")
    assert [rule for rule, _ in counted(judged(f"{MISMATCH}\nwaivers:\n  DO02: {old}\n  DO02 domain: {WHO}\n"))] == [
        "WA01"
    ]


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("DO99", "there is no rule DO99; `mlagkit rules` lists them"),
        ("IN04", "IN04 can't be waived"),
        ("WA01", "WA01 can't be waived"),
    ],
)
def test_unknown_rule(rule: str, said: str) -> None:
    """A waiver of no rule, or of what no waiver can accept, is a finding that says so."""
    assert [(each.rule, each.message) for each in judged(f"{BASE}\nwaivers:\n  {rule}: {WHO}\n")] == [("WA03", said)]


def commented(comment: str) -> str:
    """The mismatch with a comment on its line."""
    return MISMATCH.replace("  id: {sw-a: 1, sw-b: 2}\n", f"  id: {{sw-a: 1, sw-b: 2}}  {comment}\n")


@pytest.mark.parametrize(
    ("comment", "reason"),
    [
        ("# mlagkit: allow DO02", ""),
        ("# mlagkit: allow domain-id-mismatch", ""),
        ("#mlagkit:allow DO02", ""),
        ("# for now # mlagkit: allow DO02 # until the move", "until the move"),
    ],
)
def test_comment(comment: str, reason: str) -> None:
    """A comment on the line accepts a rule by id or name; words behind a second # say why."""
    findings = judged(commented(comment))
    assert counted(findings) == []
    assert {(each.waived.reason, each.waived.owner, each.waived.expires) for each in findings if each.waived} == {
        (reason, None, None)
    }


@pytest.mark.parametrize(
    ("comment", "more"),
    [
        ("# mlagkit: allow DO02, KA02", ["WA02"]),
        ("# mlagkit: allow DO02, keepalive-not-mirrored", ["WA02"]),
        ("# mlagkit: allow DO02, DO99", ["WA03"]),
        ("# mlagkit: allow DO02, WA02", ["WA03"]),
        ("# mlagkit: allow KA02", ["DO02", "WA02"]),
        ("# mlagkit: allow", ["DO02", "WA03"]),
        ("# mlagkit: allows DO02", ["DO02"]),
    ],
)
def test_comment_in_vain(comment: str, more: list[str]) -> None:
    """Each name in a comment is needed and known, or is a finding of the pair."""
    found = judged(commented(comment))
    assert [rule for rule, _ in counted(found)] == more
    assert {each.pair for each in found} == {"base"}


@pytest.mark.parametrize(
    ("word", "hint"),
    [("DO99", "`mlagkit rules` lists them"), ("domain-id-mismatsch", "did you mean domain-id-mismatch?")],
)
def test_name_of_no_rule(word: str, hint: str) -> None:
    """A single word that is no rule is not taken for several; what was meant is said where it is likely."""
    (said,) = (each.message for each in judged(commented(f"# mlagkit: allow DO02, {word}")) if each.rule == "WA03")
    assert said == f"there is no rule {word}; {hint}"


@pytest.mark.parametrize("names", ["DO02 KA02", "DO02;KA02", "DO02 until the move"])
def test_names_without_commas(names: str) -> None:
    """What is not between commas is no name, and how to write it is said."""
    (said,) = (each.message for each in judged(commented(f"# mlagkit: allow {names}")) if each.rule == "WA03")
    assert said == f"{names} is no rule: a comma stands between rules, a second # before words"


def test_comment_elsewhere() -> None:
    """A comment on another line accepts nothing."""
    text = "# mlagkit: allow DO02\n" + MISMATCH
    assert counted(judged(text)) == [("DO02", LINE + 1), ("WA02", 1)]


def test_no_comment_inside_a_value() -> None:
    """What looks like a comment inside a text is none; behind the mark of a block of text it is one."""
    lines = ('a: "x # {0} KA02"', "b: | # {0} KA03", "  # {0} KA04", "c: 1 # {0} KA05", "")
    text = "\n".join(lines).replace("{0}", "mlagkit: allow")
    source, _ = inspect_source(text.encode(), "a.yaml")
    assert source
    found = allowed(source.text, "a.yaml", source.root)
    assert [(each.names, each.origin.line, each.origin.column) for each in found] == [
        (("KA03",), 2, 6),
        (("KA05",), 4, 6),
    ]


@given(st.lists(st.sampled_from(["DO02", "KA02", "PL11"]), max_size=4), st.sampled_from([",", ", ", " ,"]))
def test_names(names: list[str], comma: str) -> None:
    """Names are separated by commas, with or without blanks."""
    text = f"a: 1 # mlagkit: allow {comma.join(names)}\n"
    source, _ = inspect_source(text.encode(), "a.yaml")
    assert source
    assert [each.names for each in allowed(source.text, "a.yaml", source.root)] == [tuple(names)]


def test_site_file() -> None:
    """What a site file says is waived there, by comment or waiver, for every pair beside it."""
    site = f"domain: {{id: {{sw-a: 1, sw-b: 2}}}}  # mlagkit: allow DO02\nwaivers:\n  KA02: {WHO}\n"
    Path("site.yaml").write_text(site, "utf-8")
    found = judged(BASE.replace("domain:\n  id: 10\n", "domain:\n"))
    assert counted(found) == [("WA02", 3)]
    assert [Path(each.waived.origin.file).name for each in found if each.waived] == ["site.yaml"]


def test_site_file_with_other_pairs() -> None:
    """Whether a site file's waiver is needed is said only where all its pairs were looked at."""
    Path("site.yaml").write_text(f"# mlagkit: allow DO02\nwaivers:\n  KA02: {WHO}\n", "utf-8")
    other = BASE.replace("pair: base", "pair: other").replace("sw-a", "sw-c").replace("sw-b", "sw-d")
    Path("other.yaml").write_text(other, "utf-8")
    assert judged(BASE) == []
    both = judge_files(["base.yaml", "other.yaml"], ASKED, DAY).findings
    assert {(each.rule, each.origin.line) for each in both} == {("WA02", 1), ("WA02", 3)}


def test_alone() -> None:
    """Whether a waiver of a rule that holds pairs against each other is needed is said only where there are several."""
    asked = [rule for rule in RULES if rule.id == "KA12"]
    Path("base.yaml").write_text(f"{BASE}\nwaivers: {{KA12: {WHO}}}\n", "utf-8")
    other = BASE.replace("pair: base", "pair: other").replace("sw-", "sx-").replace("192.0.2.", "198.51.100.")
    Path("other.yaml").write_text(other, "utf-8")
    assert list(judge_files(["base.yaml"], asked, DAY).findings) == []
    assert [each.rule for each in judge_files(["base.yaml", "other.yaml"], asked, DAY).findings] == ["WA02"]


def test_one_pair_of_two() -> None:
    """A line of a site file that only one of its pairs waives still counts for the other."""
    Path("site.yaml").write_text("keepalive: {vrf: management, destination: 192.0.2.9}\n", "utf-8")
    text = BASE.replace("keepalive: {vrf: management}\n", "")
    judged(text.replace("pair: base", f"pair: base\nwaivers: {{KA02: {WHO}}}"))
    Path("other.yaml").write_text(
        text.replace("pair: base", "pair: other").replace("sw-a", "sw-c").replace("sw-b", "sw-d"), "utf-8"
    )
    found = judge_files(["base.yaml", "other.yaml"], ASKED, DAY).findings
    assert {(each.rule, each.pair, each.waived is None) for each in found} == {
        ("KA02", "base", False),
        ("KA02", "other", True),
    }


def test_one_message_of_two_pairs() -> None:
    """What a rule says in the same words of one line of a site file, each pair waives for itself."""
    (rule,) = (each for each in RULES if each.id == "DO02")
    alike = replace(rule, on_pair=None, on_switch=lambda switch: [Hit(switch.spanning_tree, "mode", "wrong")])
    Path("site.yaml").write_text("spanning_tree: {mode: rapid-pvst}\n", "utf-8")
    text = BASE.replace("  mode: rapid-pvst\n", "")
    Path("base.yaml").write_text(text.replace("pair: base", f"pair: base\nwaivers: {{DO02: {WHO}}}"), "utf-8")
    Path("other.yaml").write_text(
        text.replace("pair: base", "pair: other").replace("sw-a", "sw-c").replace("sw-b", "sw-d"), "utf-8"
    )
    found = judge_files(["base.yaml", "other.yaml"], [alike], DAY).findings
    assert [(each.pair, each.switch, each.waived is None) for each in found] == [
        ("base", None, False),
        ("other", None, True),
    ]
    rows = findings_document(found)["findings"]
    assert [(row["pair"], row["waived"] is None) for row in rows] == [("base", False), ("other", True)]


def test_exit_code_and_text(run: Run) -> None:
    """What is waived makes no exit code and is counted; -v shows it, with who accepted it."""
    Path("base.yaml").write_text(f"{MISMATCH}\nwaivers:\n  DO02: {WHO}\n", "utf-8")
    short = run("validate", "base.yaml", "--date", "2027-01-31")
    assert (short.code, short.out) == (0, "no findings in 1 pair file; 1 waived\n")
    long = run("validate", "base.yaml", "--date", "2027-01-31", "-v")
    assert long.out.startswith(
        f"base.yaml:{LINE}:3: waived DO02 domain-id-mismatch: the domains' numbers differ: 1 on sw-a, 2 on sw-b\n"
    )
    assert long.out.count("  waived by netops until 2027-01-31: migration\n") == 1
    assert run("validate", "base.yaml", "--date", "2027-02-01").code == 1


@pytest.mark.parametrize(("level", "code"), [("error", 0), ("warning", 1), ("info", 1), ("none", 0)])
def test_fail_level(level: str, code: int, run: Run) -> None:
    """A waiver that is not needed is a warning."""
    Path("base.yaml").write_text(f"{BASE}\nwaivers:\n  DO02: {WHO}\n", "utf-8")
    ended = run("validate", "base.yaml", "--date", "2027-01-31", "--fail-level", level)
    assert (ended.code, ended.out.count("WA02 waiver-unused: DO02 finds nothing: remove the waiver")) == (code, 1)


def test_json(run: Run) -> None:
    """JSON keeps what is waived, with reason, owner and last day; the others have null there."""
    Path("base.yaml").write_text(f"{MISMATCH}\nwaivers:\n  DO02: {WHO}\n  KA02: {WHO}\n", "utf-8")
    ended = run("validate", "base.yaml", "--date", "2027-01-31", "--format", "json")
    rows = {row["rule"]: row["waived"] for row in json.loads(ended.out)["findings"]}
    place = {"file": "base.yaml", "line": line_of(MISMATCH + "\nwaivers:\n  DO02", "  DO02"), "column": 3}
    assert rows == {"DO02": {"reason": "migration", "owner": "netops", "expires": "2027-01-31", **place}, "WA02": None}
