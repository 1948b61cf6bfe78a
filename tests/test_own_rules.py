"""A site's own rules are asked like the others, and whatever is wrong with their file is said at its line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mlagkit.rules import RULES
from mlagkit.rules.judge import hits_of
from mlagkit.rules.own import load_own, looks_at_pairs_alone
from tests.command import Run
from tests.conftest import ROOT
from tests.rule_examples import BASE, example

PAGE = ROOT / "docs" / "own-rules.md"
HEAD = """\
from mlagkit.finding import Severity
from mlagkit.rules.rule import Hit, SiteHit, pair_rule, site_rule, spot, switch_rule

"""
TEXT = '''\
    """Something is wrong.

    Why:
        Because.

    Bad:
        vlans: {999: x}

    Good:
        vlans: {10: web}

    Fix:
        Mend it.

    Source:
        ours [certain]
    """
'''


def rule(
    body: str = "    yield Hit(switch, 'vlans', 'wrong')", *, rule_id: str = "XX01", name: str = "ours", kind: str = ""
) -> str:
    """A file with one rule on a switch."""
    return f'{HEAD}@switch_rule("{rule_id}", Severity.WARNING)\ndef {name}(switch):\n{kind}{TEXT}{body}\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, with a pair file in which nothing is wrong."""
    monkeypatch.chdir(tmp_path)
    Path("base.yaml").write_text(BASE, "utf-8")
    return tmp_path


def examples() -> list[str]:
    """The files of rules in the documentation."""
    return re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.S)


def test_page_about_sites(run: Run) -> None:
    """The rule of a site in the documentation finds what it says, by itself and in each of its examples."""
    Path("ours.py").write_text(examples()[1], "utf-8")
    Path("base.yaml").write_text(BASE.replace("description: db-01", "description: web-01"), "utf-8")
    ended = run("validate", "base.yaml", "--rules", "ours.py")
    assert "XX02 description-used-twice: another vPC is described as web-01, too" in ended.out
    (own,) = load_own(["ours.py"], RULES)
    for kind, times in (("Bad", 1), ("Good", 0)):
        assert len([*hits_of(own, example(own, kind))]) == times
    assert looks_at_pairs_alone("ours.py")


def test_page(run: Run) -> None:
    """The rule of the documentation finds what it says, and is explained."""
    code, _ = examples()
    Path("ours.py").write_text(code, "utf-8")
    Path("base.yaml").write_text(BASE.replace("vlans: {10: web, 20: db}", "vlans: {10: web, 20: db, 999: x}"), "utf-8")
    ended = run("validate", "base.yaml", "--rules", "ours.py", "--fail-level", "warning")
    assert ended.code == 1
    assert "XX01 vlan-reserved-by-us: VLAN 999 is reserved" in ended.out
    assert run("rules", "xx01", "--rules", "ours.py").out.startswith("XX01 vlan-reserved-by-us: warning")
    assert not list(Path().glob("__pycache__"))


def test_settings_file(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """mlagkit.toml names files of rules as seen from itself, for all commands or for one, beside a table of `rules`."""
    inner = folder / "pairs"
    inner.mkdir()
    (folder / ".git").mkdir()
    (folder / "ours.py").write_text(rule(), "utf-8")
    (inner / "base.yaml").write_text(BASE, "utf-8")
    monkeypatch.chdir(inner)
    for text, listed in (
        ('rules = ["ours.py"]\n', True),
        ('[validate]\nrules = ["ours.py"]\n[rules]\ncolor = "never"\n', False),
    ):
        (folder / "mlagkit.toml").write_text(text, "utf-8")
        assert "XX01 ours: wrong" in run("validate", "base.yaml").out
        assert ("XX01" in run("rules").out) is listed
    (folder / "mlagkit.toml").write_text('rules = "ours.py"\n', "utf-8")
    assert 'rules takes a list of files, such as ["rules.py"]' in run("rules").err


def test_waived_like_others(run: Run) -> None:
    """A waiver accepts what an own rule finds; where the file is not given, it names no rule."""
    Path("ours.py").write_text(rule(), "utf-8")
    Path("base.yaml").write_text(f"{BASE}\nwaivers:\n  XX01: {{reason: r, owner: o, expires: 2027-01-31}}\n", "utf-8")
    words = ("validate", "base.yaml", "--date", "2027-01-31")
    assert run(*words, "--rules", "ours.py").out == "no findings in 1 pair file; 1 waived\n"
    assert "WA03 waiver-unknown-rule: there is no rule XX01" in run(*words).out


PAIR = (
    rule(body="    yield Hit(switch, '', peer.name)")
    .replace("switch_rule(", "pair_rule(")
    .replace("(switch)", "(switch, peer)")
)
SITE = (
    rule(body="    yield from (SiteHit(spot(a, a, ''), b.name) for a, b in pairs)")
    .replace("@switch_rule", "@site_rule")
    .replace("(switch)", "(pairs)")
)


@pytest.mark.parametrize(("text", "scope", "found"), [(PAIR, "pair", 2), (SITE, "site", 1)], ids=["pair", "site"])
def test_other_scopes(text: str, scope: str, found: int, run: Run) -> None:
    """An own rule may look at both switches, or at all pairs."""
    Path("ours.py").write_text(text, "utf-8")
    assert [own.scope for own in load_own(["ours.py"], RULES)] == [scope]
    assert run("validate", "base.yaml", "--rules", "ours.py").out.count("XX01") == found


# What the file holds, the line that is named, and what is said of it.
MISTAKES: list[tuple[str, int, str]] = [
    ("def f(:\n", 1, "SyntaxError: "),
    ("x = 1\nimport nonsense_of_ours\n", 2, "ModuleNotFoundError: No module named 'nonsense_of_ours'"),
    ("raise SystemExit(0)\n", 1, "SystemExit: 0"),
    ("x = 1\n", 1, "no rule stands in this file"),
    ("from mlagkit.rules.domain import *\n", 1, "no rule stands in this file"),
    ("x: nonsense = 1\n", 1, "NameError: name 'nonsense' is not defined"),
    (HEAD, 1, "no rule stands in this file"),
    (rule().replace("    Why:\n        Because.\n\n", ""), 4, "XX01: its docstring lacks Why"),
    (rule().replace("        Because.\n", ""), 4, "XX01: its docstring lacks Why"),
    (
        rule().replace("    Why:\n        Because.\n\n", "").replace("    Bad", "    Worse"),
        4,
        "XX01: its docstring lacks Why, Bad",
    ),
    (rule().replace("Something is wrong.\n\n    Why", "Why"), 4, "XX01: its docstring lacks a summary"),
    (
        rule().replace("WARNING", "ERROR").replace("ours [certain]", "ours [likely]"),
        4,
        "XX01: its docstring lacks a certain source, being an error",
    ),
    (rule(rule_id="DO02"), 4, "there is already a rule DO02 (DO02)"),
    (rule(rule_id="IN01"), 4, "there is already a rule IN01 (IN01)"),
    (rule(name="domain_id_mismatch"), 4, "there is already a rule domain-id-mismatch (DO02)"),
    (rule(rule_id="ours"), 4, "ours is no id of a rule"),
    (rule("    yield switch.nonsense"), 23, "AttributeError: 'Switch' object has no attribute 'nonsense'"),
    (rule("    yield 'wrong'"), 4, "TypeError: a rule yields Hit(…), not 'wrong'"),
    (rule("    yield Hit('vlans', '', 'wrong')"), 4, "TypeError: a rule yields Hit(…), not Hit("),
    (rule("    return None"), 4, "TypeError: 'NoneType' object is not iterable"),
]


@pytest.mark.parametrize(("text", "line", "said"), MISTAKES, ids=[said[:40] for _, _, said in MISTAKES])
def test_mistakes(text: str, line: int, said: str, run: Run) -> None:
    """A mistake in a file of rules is an input error at its line, with its source and no traceback."""
    Path("ours.py").write_text(text, "utf-8")
    ended = run("validate", "base.yaml", "--rules", "ours.py")
    assert ended.code == 2
    assert ended.out.startswith(f"ours.py:{line}:")
    assert f"error IN26 own-rules: {said}" in ended.out
    assert f"\n  {line} | " in ended.out
    assert "Traceback" not in ended.out + ended.err


def test_two_files_of_one_id(run: Run) -> None:
    """Two own rules can't have one id; a file that is named twice is read once."""
    Path("ours.py").write_text(rule(), "utf-8")
    Path("more.py").write_text(rule(name="other"), "utf-8")
    assert len(load_own(["ours.py", "ours.py"], RULES)) == 1
    ended = run("validate", "base.yaml", "--rules", "ours.py", "--rules", "more.py")
    assert (ended.code, "more.py:4:1: error IN26 own-rules: there is already a rule XX01" in ended.out) == (2, True)


def test_ids_left_to_sites() -> None:
    """No built-in rule begins with an X, so that a site's ids stay its own."""
    assert not [each.id for each in RULES if each.id.startswith("X")]
