"""Incidents that were told in public: each folder of ``tests/fixtures/incidents`` is a pair before and after.

A folder holds ``incident.yaml`` and the two states ``before`` and ``after``, each as a pair file or as a folder with
the running-configs of both switches. ``drills.yaml`` has events
on such a state and what follows, ``elsewhere.yaml`` a row for what no fixture shows, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Literal

import yaml

from mlagkit.drill import Outcome, drill, parse_event
from mlagkit.drill.outcome import HostOutcome
from mlagkit.finding import Finding, Severity
from mlagkit.intent import load_pair
from mlagkit.nxos.parse import parse
from mlagkit.nxos.read import read
from mlagkit.peers import peers_of
from mlagkit.render import render
from mlagkit.rules import judge
from mlagkit.rules.rule import Peers
from mlagkit.running import both
from mlagkit.switch import Switch
from tests.conftest import ROOT
from tests.rule_examples import by_id

FOLDER = ROOT / "tests" / "fixtures" / "incidents"
State = Literal["before", "after"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """What ``incident.yaml`` says: which pattern of the reference it is, which state is wrong, what finds it.

    ``caught_by`` has the severity at which each rule speaks; where that is not the rule's own, ``severity_because``
    says why.
    """

    folder: Path
    pattern: str
    caught_by: dict[str, str]
    wrong: State
    happened: str
    source: str
    severity_because: str = ""

    @property
    def right(self) -> State:
        """The state without the mistake."""
        return "after" if self.wrong == "before" else "before"

    @property
    def is_pair_file(self) -> bool:
        """Whether the states are pair files; else they are running-configs."""
        return (self.folder / f"{self.wrong}.yaml").exists()

    def pair(self, state: State) -> Peers:
        """Both switches in a state."""
        file = self.folder / f"{state}.yaml"
        if file.exists():
            return peers_of(load_pair(file))
        (first, tree), (second, its) = both([self.folder / state]).items()
        name = self.folder.name
        return read(tree, name=first, peer=second, pair=name), read(its, name=second, peer=first, pair=name)

    def running(self, state: State) -> Peers:
        """The same as read from what the switches run, with nothing that only the pair file knows."""
        one, other = self.pair(state)
        return (_as_run(one), _as_run(other)) if self.is_pair_file else (one, other)


def _as_run(switch: Switch) -> Switch:
    known = {"name": switch.name, "peer": switch.peer, "pair": switch.pair}
    return read(parse(render(switch)), **known, model=switch.model, release=switch.release)


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """Words in a pattern's column of checks that no fixture stands for, and why.

    ``happened`` is the story of a pattern without any fixture.
    """

    pattern: str
    what: tuple[str, ...]
    why: str
    happened: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drilled:
    """What a drill tells: events on a state of a fixture, the roles then, and what hosts have left.

    ``happened`` is the story of a pattern without any fixture of its own.
    """

    pattern: str
    event: str
    fixture: str
    state: State
    events: list[str]
    roles: dict[str, str]
    hosts: dict[str, str]
    because: str
    tunnels: dict[str, str] = field(default_factory=dict)
    happened: str = ""

    def outcome(self) -> Outcome:
        """What the drill says."""
        incident = next(each for each in INCIDENTS if each.folder.name == self.fixture)
        return drill(incident.pair(self.state), [parse_event(text) for text in self.events])


def in_words(host: HostOutcome) -> str:
    """What a host has left, and how long the last event cuts it off."""
    words = "partly cut off" if host.partial else "degraded" if host.degraded else "connected"
    best, worst = host.seconds.best, host.seconds.worst
    if worst is None:
        return f"{words if host.connected else 'cut off'} until repaired"
    return f"{words} {best:g}-{worst:g} s" if worst else words


INCIDENTS = [
    Incident(folder=file.parent, **yaml.safe_load(file.read_text("utf-8")))
    for file in sorted(FOLDER.glob("*/incident.yaml"))
]
DRILLED = [Drilled(**row) for row in yaml.safe_load((FOLDER / "drills.yaml").read_text("utf-8"))]
ELSEWHERE = [
    Elsewhere(**{**row, "what": tuple(row["what"])})
    for row in yaml.safe_load((FOLDER / "elsewhere.yaml").read_text("utf-8"))
]


def told(pair: Peers) -> dict[str, set[str]]:
    """The severities at which each rule speaks of a pair; remarks are not counted."""
    found: dict[str, set[str]] = {}
    for finding in _serious(pair):
        found.setdefault(finding.rule, set()).add(str(finding.severity))
    return found


def errors(pair: Peers) -> list[str]:
    """Every error on a pair."""
    return [f"{each.origin}: {each.rule} {each.message}" for each in _serious(pair) if each.severity is Severity.ERROR]


def _serious(pair: Peers) -> list[Finding]:
    return [finding for finding in judge([pair]) if finding.severity is not Severity.INFO]


HEAD = """\
# Incidents that were told in public

Each is a pair of switches [before and after](../tests/fixtures/incidents), written after the story with addresses and
names made up. In the state that is wrong the rules here speak, and no other rule does; in the other state they are
silent, and nothing is an error. `yes` in the last column: two running-configs are enough to see it, as
`mlagkit validate --running` reads them. `no`: it takes a pair file, which tells of the hosts, too.

| | what happened | caught by | in configurations alone |
|---|---|---|---|
"""
DRILLS = """
## What a drill says of them

`F20` and the like are the events of [the drill](drill.md): a link, a switch or the power fails, one after another. The
pair is that of a fixture above, before or after; the last column says what both switches then are, and what hosts have
left.

| | what happened | events | what follows |
|---|---|---|---|
"""
REST = """
## What neither says of them

A plan's order and its gates are about the moment of a change.

| | what happened | what would say it |
|---|---|---|
"""
ABOVE = "(above)"


def page() -> str:
    """The page about them, as ``docs/incidents.md`` has it."""
    order = sorted(INCIDENTS, key=lambda each: (each.pattern, each.folder.name))
    rows = (f"| {each.pattern} | {_story(each)} | {_rules(each)} | {_seen(each)} |\n" for each in order)
    return "".join((HEAD, *rows, DRILLS, *map(_drilled, DRILLED), REST, *_rest()))


def _drilled(row: Drilled) -> str:
    events = ", ".join(f"`{event}`" for event in row.events) or "none"
    told = [*row.roles.items(), *row.hosts.items()]
    follows = "; ".join(f"{name}: {words}" for name, words in told)
    where = f"{row.fixture}, {row.state}"
    return f"| {row.pattern} | {row.happened or ABOVE} | {row.event}: {events} ({where}) | {follows}: {row.because} |\n"


def _story(incident: Incident) -> str:
    name = incident.folder.name
    because = f" ({incident.severity_because}.)" if incident.severity_because else ""
    return f"[{name}](../tests/fixtures/incidents/{name}): {incident.happened}{because} Source: {incident.source}."


def _rest() -> Iterator[str]:
    """A row for each pattern in the table of what is elsewhere."""
    for pattern, rows in groupby(ELSEWHERE, key=attrgetter("pattern")):
        known = [*rows]
        happened = next((row.happened for row in known if row.happened), ABOVE)
        yield f"| {pattern} | {happened} | {'; '.join(row.why for row in known)} |\n"


def _rules(incident: Incident) -> str:
    names = {rule_id: by_id()[rule_id].name for rule_id in incident.caught_by}
    return ", ".join(f"[{rule_id}](rules/{rule_id}.md) {name}" for rule_id, name in names.items())


def _seen(incident: Incident) -> str:
    seen = incident.caught_by.keys() & told(incident.running(incident.wrong)).keys()
    every = seen == incident.caught_by.keys()
    return "yes" if every else f"only {', '.join(sorted(seen))}" if seen else "no"
