"""Both running-configs of a pair, each read whole from the right switch, or the reason why not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from mlagkit.device.connect import open_device
from mlagkit.device.credentials import Credentials
from mlagkit.device.store import Store
from mlagkit.device.target import Options, Target
from mlagkit.errors import BrokenReply, DeviceError
from mlagkit.nxos.parse import parse
from mlagkit.nxos.reply import Show, defect, without_stamps
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


def read_running(
    targets: Sequence[Target],
    login: Callable[[Target], Credentials],
    options: Options,
    store: Store,
    now: Callable[[], datetime],
) -> dict[str, Reading | DeviceError]:
    """Read every switch at once; what one of them can't give is its own error, and the others' results stand.

    ``login`` finds the credentials and may ask a person; it is called in order, before anything is
    sent. ``now`` is the clock. The result has the switches in the order of ``targets``.
    """
    found: dict[str, Reading | DeviceError] = {}
    able: dict[str, tuple[Target, Credentials]] = {}
    for target in targets:
        try:
            able[target.name] = target, login(target)
        except DeviceError as error:
            found[target.name] = error
    if able:
        with ThreadPoolExecutor(len(able), "read") as pool:
            work = {name: pool.submit(_reading, *one, options, store, now) for name, one in able.items()}
        found |= {name: future.result() for name, future in work.items()}
    return {target.name: found[target.name] for target in targets}


def _reading(
    target: Target, credentials: Credentials, options: Options, store: Store, now: Callable[[], datetime]
) -> Reading | DeviceError:
    try:
        with open_device(target, credentials, options, store) as device:
            first, second = (_tidy(device.show(Show.RUNNING_CONFIG)) for _ in range(2))
        return Reading(_proven(target, first, second), target, now())
    except DeviceError as error:
        return error


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
