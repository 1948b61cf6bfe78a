"""Incidents that were told in public: each is caught where it is wrong, and each of the reference is accounted for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import ip_address, ip_network

import pytest

from tests.conftest import ROOT, Golden
from tests.incidents import DRILLED, ELSEWHERE, FOLDER, INCIDENTS, Drilled, Incident, errors, in_words, page, told
from tests.rule_examples import by_id

REFERENCE = ROOT.parent / "shared" / "domain" / "vpc-reference.md"
_SECTION = re.compile(r"^## 9\. .*?(?=^## )", re.M | re.S)
_ROW = re.compile(r"^\| (I\d\d) \|(?:[^|]*\|){2} ([^|]*) \|", re.M)
_PATTERN = re.compile(r"^\| I\d+ \|", re.M)
_WORD = re.compile(r"\b(?:F\d\db?|[A-Z][A-Z0-9]\d\d|planner|runtime|section)\b")
_RULE = re.compile(r"(?!F\d)[A-Z][A-Z0-9]\d\d")

_ADDRESS = re.compile(r"(?<![\d.])\d+\.\d+\.\d+\.\d+(?![\d.])")
DOCUMENTATION = [
    *map(ip_network, ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "233.252.0.0/24")),
    ip_network("0.0.0.0/32"),
]
"""RFC 5737 and RFC 5771; 0.0.0.0 is a route or an area."""

A_HANDFUL = 3
"""How many vPCs a pair has at least: an incident in two lines shows nothing."""

each_incident = pytest.mark.parametrize("incident", INCIDENTS, ids=lambda each: f"{each.pattern} {each.folder.name}")


@each_incident
def test_caught(incident: Incident) -> None:
    """In the wrong state just the rules speak that are said to, each as badly as is said; in the other they don't."""
    wrong, right = told(incident.pair(incident.wrong)), told(incident.pair(incident.right))
    assert {rule: found for rule, found in wrong.items() if rule not in right} == {
        rule: {severity} for rule, severity in incident.caught_by.items()
    }


@each_incident
def test_mended(incident: Incident) -> None:
    """The state without the mistake has no error at all."""
    assert errors(incident.pair(incident.right)) == []


@each_incident
def test_as_bad_as_the_catalogue_says(incident: Incident) -> None:
    """A rule speaks at its own severity, or it is said why not."""
    own = {rule: str(by_id()[rule].severity) for rule in incident.caught_by}
    assert (incident.caught_by != own) == bool(incident.severity_because)


@each_incident
def test_is_a_real_pair(incident: Incident) -> None:
    """A pair has a handful of vPCs in both states, on both switches."""
    pairs = (incident.pair("before"), incident.pair("after"))
    assert all(len(switch.vpcs) >= A_HANDFUL for pair in pairs for switch in pair)


@pytest.mark.parametrize("row", DRILLED, ids=lambda row: f"{row.pattern} {row.event}")
def test_drilled(row: Drilled) -> None:
    """The drill tells the roles, the tunnels, and what hosts have left, as the incident was told."""
    outcome = row.outcome()
    assert {name: str(outcome.switches[name].role) for name in row.roles} == row.roles
    assert {name: str(outcome.switches[name].tunnel) for name in row.tunnels} == row.tunnels
    assert {name: in_words(outcome.hosts[name]) for name in row.hosts} == row.hosts


def test_addresses() -> None:
    """Every IPv4 address is one for documentation."""
    texts = [file.read_text("utf-8") for suffix in ("yaml", "cfg") for file in FOLDER.rglob(f"*.{suffix}")]
    found = {text for content in texts for text in _ADDRESS.findall(content)}
    assert found
    assert [text for text in sorted(found) if not any(ip_address(text) in network for network in DOCUMENTATION)] == []


def test_every_folder_is_an_incident() -> None:
    """A folder without its `incident.yaml` is seen."""
    assert {path.name for path in FOLDER.iterdir() if path.is_dir()} == {each.folder.name for each in INCIDENTS}


def test_no_rule_is_excused() -> None:
    """What a rule says stands in a fixture, not in the table of what nothing shows."""
    assert not [word for row in ELSEWHERE for word in row.what if _RULE.fullmatch(word)]


def _patterns() -> Iterator[tuple[str, set[str]]]:
    """The patterns of the reference, and which rules, events and other checks each of them names."""
    if not REFERENCE.is_file():
        pytest.skip("../shared/domain is not here: nobody looked whether every incident pattern has a fixture")
    section = _SECTION.search(REFERENCE.read_text("utf-8"))
    assert section
    rows = _ROW.findall(section[0])
    assert len(rows) == len(_PATTERN.findall(section[0])) > 0
    for pattern, checks in rows:
        yield pattern, set(_WORD.findall(checks))


def test_every_pattern_is_accounted_for() -> None:
    """Whatever the reference names for a pattern is what a fixture is caught by, or has a row with its reason."""
    known = dict(_patterns())
    caught: dict[str, set[str]] = {pattern: set() for pattern in known}
    for incident in INCIDENTS:
        caught[incident.pattern] |= incident.caught_by.keys()
    for pattern, named in known.items():
        rows = [word for row in ELSEWHERE if row.pattern == pattern for word in row.what]
        rows += [row.event for row in DRILLED if row.pattern == pattern]
        assert sorted(rows) == sorted(named - caught[pattern]), pattern
    assert {row.pattern for row in ELSEWHERE} | {row.pattern for row in DRILLED} <= known.keys()


def test_every_row_has_its_reason() -> None:
    """A row says why, and one of a pattern without a fixture what happened; rows of a pattern stand together."""
    assert all(row.why for row in ELSEWHERE)
    assert all(row.because for row in DRILLED)
    assert [row.pattern for row in ELSEWHERE] == sorted(row.pattern for row in ELSEWHERE)
    shown = {incident.pattern for incident in INCIDENTS}
    rows = [(row.pattern, bool(row.happened)) for row in ELSEWHERE]
    rows += [(row.pattern, bool(row.happened)) for row in DRILLED]
    assert {pattern for pattern, told_here in rows if told_here} == {pattern for pattern, _ in rows} - shown


def test_page(golden: Golden) -> None:
    """`docs/incidents.md` says what the fixtures do; `--update-golden` writes it."""
    golden(ROOT / "docs" / "incidents.md", page())
