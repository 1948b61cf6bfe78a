"""A push as a whole: its lock, its journal, its copies of what both switches ran, and what is done in between."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from mlagkit import __version__
from mlagkit.config import ConfigTree
from mlagkit.device.protocol import Console
from mlagkit.device.target import Target, Transport
from mlagkit.errors import DeviceError, InputError, Refused
from mlagkit.finding import Origin
from mlagkit.input_rules import input_finding
from mlagkit.nxos.parse import parse
from mlagkit.push.engine import Outcome, Terms, push
from mlagkit.push.errand import Errand
from mlagkit.push.journal import Journal, Line, Record, read
from mlagkit.push.lock import left_behind, locked
from mlagkit.push.look import Seen, look
from mlagkit.push.notes import Notes
from mlagkit.push.resume import END, Wires, go_back, resume
from mlagkit.push.run import Run
from mlagkit.push.wire import Wire
from mlagkit.write import private_folder, write_file

Made = Callable[[Mapping[str, Seen]], Errand]
"""What is to be done on a pair that was read; Refused where nothing may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Where pushes are recorded, and by whom: ``folder`` holds locks, journals and copies of configurations.

    ``opened`` makes a session with a switch that is not entered yet. ``mask`` takes the secrets out of a line.
    ``heard`` gets each line of the journal as it is written, ``halted`` tells that the operator
    wants no further step, ``broken`` is the id of a lock to be taken over. ``insecure``: certificates
    are not checked, which is recorded.
    """

    folder: Path
    user: str
    host: str
    opened: Callable[[Target], Console]
    mask: Callable[[str], str]
    clock: Callable[[], datetime]
    sleep: Callable[[float], None]
    heard: Callable[[Line], None]
    halted: Callable[[], bool] = lambda: False
    broken: str = ""
    insecure: bool = False

    def journal(self, run: str) -> Path:
        """The journal of a run."""
        return self.folder / "runs" / f"{run}.jsonl"

    def copy(self, run: str, switch: str) -> Path:
        """What a switch ran when a run began."""
        return self.folder / "runs" / run / f"{switch}.cfg"

    @property
    def locks(self) -> Path:
        """The folder of the locks."""
        return self.folder / "locks"


def push_pair(office: Office, pair: str, targets: Sequence[Target], make: Made, terms: Terms) -> Outcome:
    """Push what ``make`` says to a pair, as one transaction; errors as for `push`, before the first command."""
    name = f"{office.clock():%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
    with _locked(office, pair, name), _noted(office, pair, name) as notes:
        facts: dict[str, object] = {"host": office.host, "user": office.user, "tool": f"mlagkit {__version__}"}
        facts |= {"insecure": office.insecure, "allowed": sorted(terms.permissions)}
        notes("begin", pair=pair, run=name, targets=[_told(each) for each in targets], **facts)
        with _wired(office, targets, notes) as wires:
            run = Run(name, wires, notes, office.clock, office.sleep, office.halted)
            return _ended(notes, lambda: _pushed(office, run, make, terms))


def _pushed(office: Office, run: Run, make: Made, terms: Terms) -> Outcome:
    run.note("read")
    seen = look(run)
    errand = make(seen)
    run.note("plan", hash=errand.hash, steps=len(errand.moves))
    for switch, each in seen.items():
        path = office.copy(run.id, switch)
        private_folder(path.parent)
        write_file(path, each.tree.text)
    return push(run, errand, seen, terms)


def resume_run(office: Office, name: str) -> Outcome:
    """Finish a run that nobody finished, or take it back; Refused for one that has ended well."""
    record, targets, pair = _recorded(office, name)
    ended = next((line for line in reversed(record.lines) if line["event"] == END), {})
    if ended.get("result") in ("done", "taken back", "refused"):
        raise Refused(f"run {name} has ended: {ended['result']}")
    return _again(office, name, targets, pair, lambda way, before: resume(name, record, way, before))


def roll_back_run(office: Office, name: str) -> Outcome:
    """Take a run back that has ended well; Refused where that would take away what came later."""
    record, targets, pair = _recorded(office, name)
    return _again(office, name, targets, pair, lambda way, before: go_back(name, record, way, before))


Work = Callable[[Wires, Mapping[str, ConfigTree]], Outcome]


def _again(office: Office, name: str, targets: Sequence[Target], pair: str, work: Work) -> Outcome:
    before = {each.name: parse(_text(office.copy(name, each.name)), each.name) for each in targets}
    dead = left_behind(office.locks, pair, office.host)
    office = replace(office, broken=office.broken or dead)
    with _locked(office, pair, name), _noted(office, pair, name) as notes, _wired(office, targets, notes) as wires:
        notes("resumed", run=name, user=office.user, host=office.host, insecure=office.insecure)
        for wire in wires.values():
            wire.prove()
        way = Wires(wires, notes, office.clock, office.sleep)
        return _ended(notes, lambda: work(way, before))


@contextmanager
def _locked(office: Office, pair: str, run: str) -> Iterator[None]:
    with locked(office.locks, pair, run, office.user, office.host, office.clock(), office.broken):
        yield


@contextmanager
def _noted(office: Office, pair: str, run: str) -> Iterator[Notes]:
    """Whoever hears a line may hear those of other pairs, too, so each says whose it is."""
    with Journal(office.journal(run), office.clock, office.mask) as journal:
        yield Notes(journal, lambda line: office.heard({**line, "pair": pair, "run": run}))


@contextmanager
def _wired(office: Office, targets: Sequence[Target], notes: Notes) -> Iterator[Mapping[str, Wire]]:
    wires = {
        each.name: Wire(each, lambda each=each: office.opened(each), notes, office.clock, office.sleep)  # type: ignore[misc]
        for each in targets
    }
    try:
        yield wires
    finally:
        for wire in wires.values():
            wire.close()


def _ended(notes: Notes, work: Callable[[], Outcome]) -> Outcome:
    """Do it, and write down how it ended."""
    try:
        outcome = work()
    except (Refused, DeviceError, InputError) as error:
        notes(END, result="refused", cause=str(error))
        raise
    stands = {
        name: {"standing": str(each.standing), "advice": list(each.advice)} for name, each in outcome.stands.items()
    }
    notes.must = False
    notes(END, result=result(outcome), cause=outcome.cause, switches=stands)
    return replace(outcome, unrecorded=notes.lost)


def result(outcome: Outcome) -> str:
    """The one word about how a push ended."""
    return "done" if outcome.is_done else "taken back" if outcome.is_taken_back else "unfinished"


def _told(target: Target) -> dict[str, object]:
    return {key: str(value) if key == "transport" else value for key, value in asdict(target).items()}


def _recorded(office: Office, name: str) -> tuple[Record, Sequence[Target], str]:
    """A run from its journal: what happened, which switches, whose pair."""
    path = office.journal(name)
    if not path.is_file() or Path(name).name != name:
        raise Refused(f"there is no journal of a run {name} in {path.parent}")
    record = read(path)
    try:
        begin = record.lines[0]
        targets = [Target(**{**each, "transport": Transport(each["transport"])}) for each in begin["targets"]]  # type: ignore[attr-defined]
        return record, targets, str(begin["pair"])
    except (IndexError, KeyError, TypeError, ValueError) as error:
        raise _wrong(path, "it does not begin as a push does") from error


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", "surrogateescape")
    except OSError as error:
        raise _wrong(path, f"what the switch ran before can't be read: {error.strerror}") from error


def _wrong(path: Path, message: str) -> InputError:
    return InputError([input_finding("IN28", message, Origin(str(path)))])
