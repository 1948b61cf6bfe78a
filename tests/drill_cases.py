"""The cases of the drill: each file of ``tests/fixtures/drill`` is an event of the reference, with what must follow.

A case is a pair (``pair.yaml``, with parts and changes laid over it), events in their order, and the outcome of the
last one: every field of both switches, and every host. ``parts`` name files of the folder ``parts``. Where all legs,
SVIs or orphan ports of a switch are alike, one word says it. ``undecided`` says what the sources leave open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml

from mlagkit.drill import Event, Outcome, SwitchOutcome, parse_event
from mlagkit.drill.outcome import HostOutcome, Seconds
from mlagkit.drill.wiring import Peers
from mlagkit.intent import Pair, pair_of
from mlagkit.peers import peers_of
from tests.conftest import ROOT

FOLDER = ROOT / "tests" / "fixtures" / "drill"
FILES = sorted(path for path in FOLDER.glob("*.yaml") if path.name != "pair.yaml")

Told = Mapping[str, object]
"""One switch in the words of a case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case; ``covers`` are the rows of the state machine (reference 5.2) that it is an example of."""

    name: str
    events: Sequence[str]
    switches: Mapping[str, Told]
    hosts: Mapping[str, str]
    parts: Sequence[str] = ()
    over: Mapping[str, object] = field(default_factory=dict)
    primary: str | None = None
    covers: Sequence[str] = ()
    undecided: str = ""

    @property
    def played(self) -> tuple[Event, ...]:
        """The events."""
        return tuple(map(parse_event, self.events))

    @property
    def pair(self) -> Pair:
        """The pair file."""
        return file_with(self.parts, self.over)

    @property
    def peers(self) -> Peers:
        """Both switches."""
        return peers_of(self.pair)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One file: the row of the reference's table in its words, how sure the sources are, and the cases."""

    file: Path
    row: str
    mark: str
    cases: Sequence[Case]
    undecided: str = ""

    @property
    def name(self) -> str:
        """The event's id."""
        return self.file.stem


@cache
def _parsed(name: str) -> object:
    return yaml.safe_load((FOLDER / name).read_text("utf-8"))


def pair_with(parts: Sequence[str] = (), over: Mapping[str, object] | None = None) -> Peers:
    """Both switches of the pair of the drills with some parts and changes laid over it."""
    return peers_of(file_with(parts, over))


def file_with(parts: Sequence[str] = (), over: Mapping[str, object] | None = None) -> Pair:
    """The same as a pair file."""
    data = _parsed("pair.yaml")
    for above in (*(_parsed(f"parts/{part}.yaml") for part in parts), over or {}):
        data = laid(data, above)
    return pair_of(yaml.safe_dump(data), "case.yaml")


def laid(below: object, above: object) -> object:
    """Two pair files as one; the second one stands where both speak of the same, and takes away with nothing."""
    if not isinstance(below, dict) or not isinstance(above, dict):
        return above
    merged = {**below, **{key: laid(below[key], value) if key in below else value for key, value in above.items()}}
    return {key: value for key, value in merged.items() if value is not None}


def _rows() -> Iterator[Row]:
    for file in FILES:
        told = yaml.safe_load(file.read_text("utf-8"))
        cases = tuple(Case(name=f"{file.stem}: {name}", **said) for name, said in told.pop("cases").items())
        yield Row(file=file, cases=cases, **told)


ROWS = tuple(_rows())
CASES = tuple(case for row in ROWS for case in row.cases)


def told(outcome: Outcome) -> dict[str, object]:
    """An outcome in the words of a case."""
    return {
        "switches": {name: switch_told(switch) for name, switch in outcome.switches.items()},
        "hosts": {name: host_told(host) for name, host in outcome.hosts.items()},
    }


def switch_told(switch: SwitchOutcome) -> Told:
    """A switch in one line; what it has none of is left out."""
    found: dict[str, object] = {
        "role": str(switch.role),
        "peer_link": str(switch.peer_link),
        "keepalive": "alive" if switch.keepalive else "dead",
    }
    found |= {} if switch.alive else {"alive": False}
    for what, states in (("legs", switch.legs), ("svis", switch.svis), ("orphans", switch.orphans)):
        words = {key if isinstance(key, int) else str(key): str(state) for key, state in states.items()}
        if words:
            found[what] = words if len(set(words.values())) > 1 else next(iter(words.values()))
    return found if switch.tunnel is None else {**found, "tunnel": str(switch.tunnel)}


def host_told(host: HostOutcome) -> str:
    """A host in few words: what it has left, and what the last event cost it."""
    worse = [word for word, applies in (("degraded", host.degraded), ("partial", host.partial)) if applies]
    left = ", ".join(worse) or "connected" if host.connected else "cut off"
    cost = seconds_told(host.seconds)
    return f"{left}, {cost}" if cost else left


def seconds_told(seconds: Seconds) -> str:
    """A time in words; nothing where there is none."""
    if (seconds.best, seconds.worst) == (0, 0):
        return ""
    if seconds.best is None:
        return "until repaired"
    return f"{seconds.best:g}-{seconds.worst:g} s" if seconds.worst is not None else f"{seconds.best:g} s at best"
