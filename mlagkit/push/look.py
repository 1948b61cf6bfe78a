"""What both switches are and run at one moment of a push."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from mlagkit.config import ConfigTree
from mlagkit.device.read import Answers
from mlagkit.nxos import transaction
from mlagkit.nxos.parse import parse
from mlagkit.nxos.reply import Show
from mlagkit.nxos.sessions import Sessions, sessions
from mlagkit.observing import ALWAYS, told, unsaved
from mlagkit.peers import peers_of_running
from mlagkit.push.run import Run
from mlagkit.push.wire import Wire
from mlagkit.state import PairState, Role, SwitchState
from mlagkit.verify import Check, Implied, Observed, checks, implied

_ASKED = (*ALWAYS, Show.CLOCK, Show.CHECKPOINTS, Show.SESSIONS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One switch at one moment.

    ``unsaved`` lines would be lost by a reload, None where the switch did not tell; ``ahead`` is by how many seconds
    its clock is ahead of ours, None where its answer tells no time. ``checkpoints`` are the names that it keeps,
    ``sessions`` those in which somebody may be about to change it. ``takes_files``: the way to it carries files, too.
    """

    tree: ConfigTree
    state: SwitchState
    unread: Mapping[str, str]
    unsaved: int | None
    ahead: float | None
    checkpoints: Sequence[str]
    sessions: Sessions
    takes_files: bool


def look(run: Run) -> Mapping[str, Seen]:
    """Both switches as they are now; DeviceError where one can't be read whole."""
    return run.both(lambda wire: _seen(run, wire))


def _seen(run: Run, wire: Wire) -> Seen:
    asked = run.clock()
    return seen_of(wire.answers(_ASKED), asked)


def seen_of(answers: Answers, asked: datetime) -> Seen:
    """One switch from what it answered, its clock to a question ``asked`` then."""
    target, replies = answers.running.target, answers.replies
    state, unread = told(target.name, answers)
    tree = parse(answers.running.text, str(target))
    return Seen(
        tree=tree,
        state=state,
        unread=unread,
        unsaved=unsaved(tree, replies[Show.STARTUP_CONFIG], target.name),
        ahead=_ahead(transaction.clock(replies[Show.CLOCK]), asked),
        checkpoints=transaction.kept(replies[Show.CHECKPOINTS]),
        sessions=sessions(replies[Show.SESSIONS]),
        takes_files=target.transport.is_ssh,
    )


def _ahead(there: datetime | None, asked: datetime) -> float | None:
    """Counted from before the question, so that a timer is never taken for later than it is."""
    return (there - asked).total_seconds() if there else None


def roles(seen: Mapping[str, Seen]) -> Mapping[str, Role]:
    """The operational roles, where both say them and exactly one leads; else nothing."""
    return _state(seen).roles


def must_of(seen: Mapping[str, Seen]) -> Implied:
    """What the pair must be by what both switches run."""
    return implied(peers_of_running({name: each.tree for name, each in seen.items()}))


def checked(must: Implied, seen: Mapping[str, Seen]) -> Sequence[Check]:
    """What the pair is held against what it must be."""
    return checks(must, Observed(state=_state(seen), unread={name: each.unread for name, each in seen.items()}))


def _state(seen: Mapping[str, Seen]) -> PairState:
    return PairState(switches={name: each.state for name, each in seen.items()})
