"""A push as a whole: its lock, its journal, its copies of what both switches ran, and what is done in between."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from mlagkit import __version__
from mlagkit.config import ConfigTree
from mlagkit.device.protocol import Console
from mlagkit.device.target import Target, Transport
from mlagkit.errors import DeviceError, InputError, Refused
from mlagkit.finding import Origin
from mlagkit.input_rules import input_error
from mlagkit.nxos.parse import parse
from mlagkit.push.back import Stand, Standing
from mlagkit.push.consent import Ask, agreed
from mlagkit.push.copies import copy_of, drop_outdated
from mlagkit.push.engine import Outcome, push
from mlagkit.push.errand import Errand, Terms
from mlagkit.push.journal import Journal, Line, Notes, Record, read, seal_of, text_of
from mlagkit.push.leftover import PROOF, leftovers
from mlagkit.push.lock import left_behind, locked
from mlagkit.push.look import Seen, look
from mlagkit.push.proof import proofs_of, remember
from mlagkit.push.prove import prove
from mlagkit.push.resume import DONE, END, REFUSED, TAKEN_BACK, UNFINISHED, Wires, go_back, how_it_ended, resume
from mlagkit.push.run import Run
from mlagkit.push.wire import Wire
from mlagkit.write import private_folder, write_file

_RUN = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,62}")
"""What a run may be called."""
UNCOMPARED = "uncompared"
"""The event that tells of a line of which nobody knows whether it is as intended."""
_NO_WAY_BACK = {DONE: "changed nothing", TAKEN_BACK: "been taken back", REFUSED: "sent nothing"}
"""What a run has done that is over, and can't be taken back."""

Made = Callable[[Mapping[str, Seen]], tuple[Errand, Ask | None]]
"""What is to be done on a pair that was read, and what asks a person before it is; Refused where nothing may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Where pushes are recorded, and by whom: ``folder`` holds locks, journals and copies of configurations.

    ``opened`` makes a session with a switch that is not entered yet. ``mask`` takes the secrets out of a line.
    ``heard`` gets each line of the journal as it is written, ``halted`` tells that the operator
    wants no further step, ``broken`` is the id of a lock to be taken over. ``insecure``: certificates
    are not checked, which is recorded. ``copied`` gets every line that was written, behind its seal.
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
    copied: Callable[[str], None] = lambda _: None

    @property
    def runs(self) -> Path:
        """The folder of the journals, and of the copies of what both ran before."""
        return self.folder / "runs"

    def journal(self, run: str) -> Path:
        """The journal of a run."""
        return self.runs / f"{run}.jsonl"

    @property
    def locks(self) -> Path:
        """The folder of the locks."""
        return self.folder / "locks"


def push_pair(office: Office, pair: str, targets: Sequence[Target], make: Made, terms: Terms) -> Outcome:
    """Push what ``make`` says to a pair, as one transaction; errors as for `agreed`, before the first command."""

    def pushed(run: Run, seen: Mapping[str, Seen]) -> Outcome:
        errand, ask = make(seen)
        run.note("plan", hash=errand.hash, steps=len(errand.moves), allowed=sorted(terms.permissions))
        for line in errand.uncompared:
            run.note(UNCOMPARED, what=line)
        if not errand.moves:
            return Outcome(dict.fromkeys(seen, Stand(Standing.NEW)), idle=True, uncompared=errand.uncompared)
        seen = agreed(run, errand, seen, terms, ask)
        _copy(office, run, seen)
        outcome = push(run, errand, seen, terms)
        if outcome.is_done and (dropped := drop_outdated(office.runs, seen)):
            run.note("dropped", what=", ".join(dropped))
        return replace(outcome, uncompared=errand.uncompared)

    judged = {"rules": list(terms.rules), "local_rules": terms.local_rules}
    return _begun(office, pair, targets, pushed, allowed=sorted(terms.permissions), **judged)


def prove_pair(office: Office, pair: str, targets: Sequence[Target]) -> Outcome:
    """See both switches go back by themselves, one after the other, and remember it; errors as for `prove`.

    What is left of an earlier proof of this pair, whose controller died, is cleared away before.
    """
    for left in leftovers(office.folder):
        if left.pair == pair and not left.is_proof:
            raise Refused(f"run {left.run} is not finished: mlagkit push --resume {left.run}")
        if left.pair == pair:
            resume_run(office, left.run)
    office = replace(office, broken=left_behind(office.locks, pair, office.host))

    def proven(run: Run, seen: Mapping[str, Seen]) -> Outcome:
        _copy(office, run, seen)
        return prove(run, seen, partial(remember, proofs_of(office.folder)))

    return _begun(office, pair, targets, proven, errand=PROOF)


def _begun(
    office: Office,
    pair: str,
    targets: Sequence[Target],
    work: Callable[[Run, Mapping[str, Seen]], Outcome],
    **facts: object,
) -> Outcome:
    """Do something with a pair that was read, under its lock and with a journal of its own."""
    name = f"{office.clock():%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
    with _locked(office, pair, name), _noted(office, pair, name) as notes:
        facts |= {"host": office.host, "user": office.user, "insecure": office.insecure}
        facts |= {"tool": f"mlagkit {__version__}"}
        begin = {"pair": pair, "run": name, "targets": [_told(each) for each in targets], **facts}
        with _wired(office, targets, notes) as wires:
            run = Run(name, wires, notes, office.clock, office.sleep, office.halted)
            return _ended(office, run, lambda: work(run, _read(run, begin)))


def _read(run: Run, begin: Mapping[str, object]) -> Mapping[str, Seen]:
    run.note("begin", **begin)
    run.note("read")
    return look(run)


def _copy(office: Office, run: Run, seen: Mapping[str, Seen]) -> None:
    """Keep here what both run."""
    for switch, each in seen.items():
        path = copy_of(office.runs, run.id, switch)
        private_folder(path.parent)
        write_file(path, each.tree.text)


def resume_run(office: Office, name: str) -> Outcome:
    """Finish a run that nobody finished, or take it back; Refused for one that has ended well."""
    record, targets, pair = _recorded(office, name)
    ended = how_it_ended(record.lines)
    if ended and ended != UNFINISHED:
        raise Refused(f"run {name} has ended: {ended}")
    outcome = _again(office, name, targets, pair, lambda way, before: resume(name, record, way, before))
    return replace(outcome, uncompared=[str(line["what"]) for line in record.lines if line["event"] == UNCOMPARED])


def roll_back_run(office: Office, name: str) -> Outcome:
    """Take a run back that has ended well; Refused where that would take away what came later."""
    record, targets, pair = _recorded(office, name)
    ended = how_it_ended(record.lines)
    if ended in ("", UNFINISHED):
        raise Refused(f"run {name} can't be taken back before it is finished: mlagkit push --resume {name}")
    if ended != DONE or not any(line["event"] == "verified" for line in record.lines):
        raise Refused(f"there is nothing to be taken back: run {name} has {_NO_WAY_BACK[ended]}")
    if not _has_copies(office, name, targets):
        raise Refused(f"run {name} can't be taken back: what both ran before is not kept any more; plan the way back")
    return _again(office, name, targets, pair, lambda way, before: go_back(name, record, way, before))


Work = Callable[[Wires, Mapping[str, ConfigTree]], Outcome]


def _again(office: Office, name: str, targets: Sequence[Target], pair: str, work: Work) -> Outcome:
    dead = left_behind(office.locks, pair, office.host)
    office = replace(office, broken=office.broken or dead)
    with _locked(office, pair, name), _noted(office, pair, name) as notes, _wired(office, targets, notes) as wires:
        for wire in wires.values():
            wire.prove()
        way = Wires(wires, notes, office.clock, office.sleep)

        def taken_up() -> Outcome:
            notes("resumed", user=office.user, host=office.host, insecure=office.insecure)
            return work(way, _before(office, name, targets))

        return _ended(office, Run(name, wires, notes, office.clock, office.sleep), taken_up)


def _before(office: Office, name: str, targets: Sequence[Target]) -> Mapping[str, ConfigTree]:
    """What both ran; both copies are there before anything is sent."""
    if not _has_copies(office, name, targets):
        raise Refused(f"nothing was sent to a switch before run {name} was ended: push again")
    return {each.name: parse(_text(copy_of(office.runs, name, each.name)), each.name) for each in targets}


def _has_copies(office: Office, name: str, targets: Sequence[Target]) -> bool:
    return all(copy_of(office.runs, name, each.name).exists() for each in targets)


@contextmanager
def _locked(office: Office, pair: str, run: str) -> Iterator[None]:
    with ExitStack() as stack:
        try:
            stack.enter_context(
                locked(office.locks, pair, run, office.user, office.host, office.clock(), office.broken)
            )
        except OSError as error:
            raise Refused(f"no lock can be kept in {office.locks}: {error.strerror}") from error
        yield


@contextmanager
def _noted(office: Office, pair: str, run: str) -> Iterator[Notes]:
    """Whoever hears a line may hear those of other pairs, too, so each says whose it is."""

    def heard(line: Line) -> None:
        if "number" in line:  # what could not be written has none, and nothing to hold it against
            office.copied(f"{seal_of(run, line)} {text_of(line)}")
        office.heard({**line, "pair": pair, "run": run})

    with Journal(office.journal(run), office.clock, office.mask) as journal:
        yield Notes(journal, heard)


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


def _ended(office: Office, run: Run, work: Callable[[], Outcome]) -> Outcome:
    """Do it, and write down how it ended; OSError can only be that of a journal before anything was sent."""
    try:
        outcome = _unless_stopped(run, work)
    except OSError as error:
        raise Refused(f"nothing is sent that can't be written down first: {error.strerror or error}") from error
    except (Refused, DeviceError, InputError) as error:
        run.note.must = False  # why nothing was begun counts for more than that it can't be written down
        run.note(END, result=REFUSED, cause=str(error))
        raise
    stands = {
        name: {"standing": str(each.standing), "advice": list(each.advice)} for name, each in outcome.stands.items()
    }
    run.note.must = False
    run.note(END, result=result(outcome), cause=outcome.cause, switches=stands)
    return replace(outcome, unrecorded=run.note.lost, run=run.id, journal=str(office.journal(run.id)))


def _unless_stopped(run: Run, work: Callable[[], Outcome]) -> Outcome:
    """Do it; Refused where the operator stops it before a switch has heard of anything.

    Whoever stops it again and again, also where it goes back or looks how both are, is told what is left to be done.
    """
    try:
        return work()
    except KeyboardInterrupt as stop:
        if not run.note.sent:
            raise Refused("stopped by the operator") from stop
        stand = Stand(Standing.UNKNOWN, (f"see what became of it: mlagkit push --resume {run.id}",))
        return Outcome(dict.fromkeys(run.wires, stand), "stopped by the operator, who did not wait for the end")


def result(outcome: Outcome) -> str:
    """The one word about how a push ended."""
    return DONE if outcome.is_done else TAKEN_BACK if outcome.is_taken_back else UNFINISHED


def _told(target: Target) -> dict[str, object]:
    return {key: str(value) if key == "transport" else value for key, value in asdict(target).items()}


def _recorded(office: Office, name: str) -> tuple[Record, Sequence[Target], str]:
    """A run from its journal: what happened, which switches, whose pair."""
    path = office.journal(name)
    if not _RUN.fullmatch(name) or not path.is_file():
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
    return input_error("IN28", message, Origin(str(path)))
