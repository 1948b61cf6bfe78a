"""Read one whole answer at a prompt, and prove that it is whole.

A prompt inside an answer can end a read early, and what was cut off then looks like missing
configuration (netmiko#3628). So the end of an answer is what follows it: the next command's
echo and its known answer, with nothing in between.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from mlagkit.device.target import Options
from mlagkit.errors import BrokenReply, DeviceError
from mlagkit.nxos.reply import Show, refusal

_PAUSE = 0.01  # seconds between two looks at a silent channel
_TAIL = 512  # characters; longer than any prompt


class Channel(Protocol):
    """What netmiko's connections have: text in, text out, nothing read is ever lost."""

    def read_channel(self) -> str:
        """What has arrived, "" where nothing has."""
        ...

    def write_channel(self, out_data: str) -> None:
        """Send exactly this."""
        ...


class Session(Channel, Protocol):
    """An open netmiko connection, as far as reading needs it."""

    @property
    def base_prompt(self) -> str:
        """The prompt without its ``#``."""
        ...

    @property
    def remote_conn(self) -> object:
        """Paramiko's channel, None once it is closed."""
        ...


@dataclass(slots=True)
class Shell:
    """A session that waits at its prompt (``leaf-101#``); ``closed`` tells whether the far end has hung up."""

    name: str
    channel: Channel
    prompt: str
    closed: Callable[[], bool]
    options: Options
    hostname: str = ""

    def show(self, command: Show) -> str:
        """The whole answer to a command; errors as for `Device.show`."""
        answer = self.ask(command)
        self.settle(command)
        return answer

    def synchronise(self) -> None:
        """Ask for the switch's name and skip whatever was still on its way; BrokenReply where no name comes."""
        end = re.compile(rf"{re.escape(Show.HOSTNAME)} *\n(?:.*\n)*?([\w.-]+) *\n{re.escape(self.prompt)} *\Z")
        deadline = time.monotonic() + self.options.read_timeout
        self.channel.write_channel(Show.HOSTNAME + "\n")
        heard = ""
        while not (found := end.search(heard)):
            heard += self._until_prompt(Show.HOSTNAME, deadline)
        self.hostname = found[1]

    def settle(self, command: Show) -> None:
        """Prove that the switch has nothing more to say: ask for its name, and get that and no more.

        ``command`` is what was asked before. BrokenReply if there was more.
        """
        if self.ask(Show.HOSTNAME).strip() != self.hostname:
            raise self._broken(f"the answer to {command.value!r} did not end where it seemed to")

    def ask(self, command: Show) -> str:
        """What stands between the command's echo and the next prompt, which is not proven to be the end."""
        self.channel.write_channel(command + "\n")
        heard = self._until_prompt(command, time.monotonic() + self.options.read_timeout)
        echo, _, rest = heard.partition("\n")
        if echo.replace("\b", "").strip() != command.value:
            raise self._broken(f"something else came before the answer to {command.value!r}")
        answer = rest.rpartition("\n")[0]
        said = refusal(answer)
        if said:
            advice = "check the role of the account"
            raise DeviceError(self.name, f"the switch refused {command.value!r}: {said}", advice)
        return answer + "\n" if answer else ""

    def _until_prompt(self, command: Show, deadline: float) -> str:
        """Everything up to a prompt that is the last thing to have arrived."""
        at_prompt = re.compile(rf"\n{re.escape(self.prompt)} *\Z")
        parts: list[str] = []
        size, tail = 0, ""
        while True:
            hung_up = self.closed()
            part = self.channel.read_channel()
            if part:
                parts.append(part)
                size += len(part)
                tail = (tail + part)[-_TAIL:]
                if at_prompt.search(tail):
                    return "".join(parts)
            if size > self.options.limit:
                raise self._broken(f"the answer to {command.value!r} is larger than {self.options.limit} bytes")
            if hung_up and not part:
                raise self._broken(f"the connection closed within the answer to {command.value!r}")
            if time.monotonic() > deadline:
                raise self._late(command, answered=size > 0)
            if not part:
                time.sleep(_PAUSE)

    def _late(self, command: Show, *, answered: bool) -> DeviceError:
        missing = "the end of the answer" if answered else "an answer"
        tried = f"{missing} to {command.value!r} did not come within {self.options.read_timeout:g} s"
        return self._broken(tried) if answered else DeviceError(self.name, tried, "see whether the switch is busy")

    def _broken(self, tried: str) -> BrokenReply:
        return BrokenReply(self.name, tried, "nothing was taken from it; try again, or read over NX-API")
