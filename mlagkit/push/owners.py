"""Whoever has a configuration session open on a switch: what they collected there may be carried out during a push."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mlagkit.nxos.reply import Show
from mlagkit.nxos.sessions import Session, Sessions, Untold, sessions
from mlagkit.push.look import Seen
from mlagkit.push.run import Fault, Run


def at_work(found: Sessions) -> Iterator[str]:
    """Each session that is open, or that the switch does not tell; where it has no such command there is none."""
    if not isinstance(found, Untold):
        yield from map(_open, found)
    elif not found.absent:
        yield _silent(found)


def untold(seen: Mapping[str, Seen]) -> Iterator[tuple[str, str]]:
    """The switches of which it is not known, with the words that they said instead."""
    for name, each in seen.items():
        if isinstance(each.sessions, Untold):
            yield name, each.sessions.said


def nobody_came(run: Run, seen: Mapping[str, Seen]) -> None:
    """Fault where somebody has opened a session since both were ``seen``, or a switch does not tell any more."""
    for name, answer in run.both(lambda wire: wire.ask(Show.SESSIONS)).items():
        before, now = seen[name].sessions, sessions(answer)
        if isinstance(before, Untold):
            continue
        if isinstance(now, Untold):
            raise Fault(name, _silent(now))
        for each in now:
            if each not in before:
                raise Fault(name, _open(each))


def _open(session: Session) -> str:
    return f"{session.owner} has the configuration session {session.name} open since {session.since}"


def _silent(answer: Untold) -> str:
    return f"it does not tell who has a configuration session open; it says: {answer.said or 'nothing'}"
