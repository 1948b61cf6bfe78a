"""What mlagkit needs of a live switch, whichever way it is reached."""

from __future__ import annotations

from types import TracebackType
from typing import Protocol, Self

from mlagkit.nxos.reply import Show


class Device(Protocol):
    """One open session with one switch.

    Nothing here can change a switch: ``show`` takes members of a fixed list and there is no
    other way to send. What carries out a plan will be a second protocol beside this one, so
    that a function which is handed a `Device` can be seen to read only.
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

    def show(self, command: Show) -> str:
        """The whole answer as text, bytes that are no UTF-8 kept as surrogates.

        Raises DeviceError where the switch refuses the command or does not answer in time,
        BrokenReply where the answer is cut, mixed with another one, or too large.
        """
        ...
