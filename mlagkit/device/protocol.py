"""What mlagkit needs of a live switch, whichever way it is reached."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Protocol, Self

from mlagkit.errors import DeviceError
from mlagkit.nxos.redact import redact
from mlagkit.nxos.reply import Question
from mlagkit.nxos.transaction import cannot_be_typed


class Device(Protocol):
    """One open session with one switch.

    Nothing here can change a switch: ``show`` takes members of a fixed list and there is no
    other way to send. What carries out a plan needs a `Console`, so that a function which is
    handed a `Device` can be seen to read only.
    """

    name: str

    def __enter__(self) -> Self:
        """Connect and log in; DeviceError says what stood in the way, before any secret was sent if it can."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Log out; never hides the error that ended the session."""
        ...

    def show(self, command: Question) -> str:
        """The whole answer as text, bytes that are no UTF-8 kept as surrogates.

        Raises DeviceError where the switch refuses the command or does not answer in time,
        BrokenReply where the answer is cut, mixed with another one, or too large.
        """
        ...


class Console(Device, Protocol):
    """A session that can also change its switch.

    It sends exactly what it is given, each line once, and never again by itself: after an error nobody knows whether
    the switch has carried it out. What the answers mean is for the caller to judge. Questions of the switch are
    switched off before (`mlagkit.nxos.transaction.SESSION`). A line that a terminal would act on is not sent, and none
    with it: DeviceError, whichever the transport.
    """

    at_once: bool
    """Whether lines that are typed are one request: then all of their answers are there with the first."""

    def act(self, command: str, patience: float) -> str:
        """Carry out one command of exec mode that may take that many seconds; its whole answer, a refusal too.

        DeviceError and BrokenReply as for `show`: the command may have been carried out all the same.
        """
        ...

    def put(self, name: str, text: str) -> None:
        """Write a file to the switch, in the place of one of that name; DeviceError where this way takes no files."""
        ...

    def type(self, lines: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Type lines of configuration mode from the left margin on; each with its answer, as they come.

        Whoever stops taking them stops the typing, over SSH after that line; over NX-API all lines are one request,
        which the switch ends at the first error. The answer to the last line may then be an error, and lines behind
        it have none. Errors as for `act`.
        """
        ...


def check_typeable(name: str, lines: Sequence[str]) -> None:
    """Raise DeviceError for the first of these lines that can't be sent as it stands (trust.md, S2)."""
    for line in lines:
        if why := cannot_be_typed(line):
            raise DeviceError(name, f"{redact(line)!r} can't be sent: {why}", "nothing was sent")
