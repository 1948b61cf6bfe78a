"""What both switches of a pair say, each read whole from the right switch, or the reason why not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from mlagkit.device.connect import Means, open_device
from mlagkit.device.credentials import Credentials
from mlagkit.device.protocol import Device
from mlagkit.device.target import Target
from mlagkit.errors import BrokenReply, CommandRefused, DeviceError
from mlagkit.nxos.parse import parse
from mlagkit.nxos.reply import Question, Show, defect, without_stamps
from mlagkit.nxos.running import hostname

_AGAIN = "nothing was taken from it; try again"


@dataclass(frozen=True, slots=True)
class Reading:
    """A running-config as a switch gave it: twice the same, whole, and with the hostname that was expected.

    Bytes that are no UTF-8 are surrogates (``surrogateescape``); ``time`` is when it was complete.
    """

    text: str
    target: Target
    time: datetime


@dataclass(frozen=True, slots=True)
class Answers:
    """A running-config and what else a switch answered, by command; a refusal is an answer, in the switch's words."""

    running: Reading
    replies: Mapping[Question, str]


Further = Callable[[str, Mapping[Question, str]], Sequence[Question]]
"""What to ask a switch, by its name, once it has answered so much."""


def nothing_further(name: str, replies: Mapping[Question, str]) -> Sequence[Question]:  # noqa: ARG001
    """Whatever it has answered."""
    return ()


T = TypeVar("T")
Work = Callable[[Device, Target], T]
"""What is done in the session with one switch."""


def read_running(targets: Sequence[Target], means: Means) -> dict[str, Reading | DeviceError]:
    """Read every running-config at once; what one switch can't give is its own error, and the others' results stand.

    The logins are found in order, before anything is sent. The result has the switches in the order of ``targets``.
    """
    return _each(targets, means, lambda device, target: _reading(device, target, means.now))


def read_answers(
    targets: Sequence[Target], means: Means, commands: Sequence[Question], further: Further = nothing_further
) -> dict[str, Answers | DeviceError]:
    """The same with the answers to more commands and to what follows ``further``, in one session with each switch."""
    return _each(targets, means, lambda device, target: answers(device, target, means.now, commands, further))


def answers(
    device: Device,
    target: Target,
    now: Callable[[], datetime],
    commands: Sequence[Question],
    further: Further = nothing_further,
) -> Answers:
    """The running-config, and what a switch answers to these commands, in a session that is open."""
    running = _reading(device, target, now)
    replies = {command: answer_to(device, command) for command in commands}
    more = further(target.name, replies)
    return Answers(running, {**replies, **{command: answer_to(device, command) for command in more}})


def _each(targets: Sequence[Target], means: Means, work: Work[T]) -> dict[str, T | DeviceError]:
    found: dict[str, T | DeviceError] = {}
    able: dict[str, tuple[Target, Credentials]] = {}
    for target in targets:
        try:
            able[target.name] = target, means.login(target)
        except DeviceError as error:
            found[target.name] = error

    def session(name: str) -> T | DeviceError:
        target, credentials = able[name]
        try:
            with open_device(target, credentials, means.options, means.store) as device:
                return work(device, target)
        except DeviceError as error:
            return error

    if able:
        with ThreadPoolExecutor(len(able), "read") as pool:
            found |= dict(zip(able, pool.map(session, able), strict=True))
    return {target.name: found[target.name] for target in targets}


def _reading(device: Device, target: Target, now: Callable[[], datetime]) -> Reading:
    first, second = (_tidy(device.show(Show.RUNNING_CONFIG)) for _ in range(2))
    return Reading(_proven(target, first, second), target, now())


def answer_to(device: Device, command: Question) -> str:
    """What a switch answers to one command, in a session that is open; a refusal is an answer, too."""
    try:
        return _tidy(device.show(command))
    except CommandRefused as error:
        return error.said


def _proven(target: Target, first: str, second: str) -> str:
    """The second of two reads if both are whole and equal and come from the switch that was meant."""
    name = target.name if target.known else _name(target, second)
    for text in (first, second):
        reason = defect(text, name)
        if reason:
            raise BrokenReply(target.name, f"the running-config of {target} can't be used: {reason}", _AGAIN)
    if _name(target, second) != name:
        advice = "correct `connect` in the pair file or --connect; perhaps the two are swapped"
        raise DeviceError(target.name, f"{target} is {_name(target, second)}, not {name}", advice)
    if without_stamps(first) != without_stamps(second):
        tried = f"two readings of the running-config of {target} differ"
        raise BrokenReply(target.name, tried, "somebody may be changing it, or one was cut; try again")
    return second


def _name(target: Target, text: str) -> str:
    """The hostname that a running-config says."""
    said = hostname(parse(text))
    if said is None:
        tried = f"the running-config of {target} has no hostname, so nothing says that it is {target.name}"
        raise DeviceError(target.name, tried, "set the hostname on the switch, or correct the address")
    return said[0]


def _tidy(text: str) -> str:
    """One line break at the end and none before the first line, however the transport frames an answer."""
    return text.replace("\r\n", "\n").strip("\n") + "\n"
