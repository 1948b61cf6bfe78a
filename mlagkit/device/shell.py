"""Read one whole answer at a prompt, and prove that it is whole.

A prompt inside an answer can end a read early, and what was cut off then looks like missing
configuration (netmiko#3628). So the end of an answer is what follows it: the next command's
echo and its known answer, with nothing in between.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from mlagkit.device.protocol import check_typeable
from mlagkit.device.target import Options
from mlagkit.errors import BrokenReply, CommandRefused, DeviceError
from mlagkit.nxos.answer import asks
from mlagkit.nxos.redact import redact
from mlagkit.nxos.reply import Question, Show, refusal
from mlagkit.nxos.transaction import CONFIGURE, END, SESSION

_PAUSE = 0.01  # seconds between two looks at a silent channel
_TAIL = 512  # characters; longer than any prompt
# A prompt in any mode, alone on its line; the name changes with a line that changes it.
_MODE_PROMPT = re.compile(r"(?:\A|\n)[\w.-]{1,63}(?:\([\w-]{1,40}\))?[#>] *\Z")
_ANY_PROMPT = re.compile(r"[\w.()-]+[#>] *\Z")
# The echo, the name alone on its line (perhaps behind a late prompt), and the prompt.
_NAMED = re.compile(
    rf"{re.escape(Show.HOSTNAME)} *\n(?:.*\n)*?(?:\S+[#>] )*(?P<name>[\w.-]+) *\n(?P<prompt>[\w.-]+[#>]) *\Z"
)


class Channel(Protocol):
    """What netmiko's connections have: text in, text out, nothing read is ever lost."""

    def read_channel(self) -> str:
        """What has arrived, "" where nothing has."""
        ...

    def write_channel(self, out_data: str) -> None:
        """Send exactly this."""
        ...


@dataclass(slots=True)
class Shell:
    """A session with a prompt (``leaf-101#``); ``closed`` tells whether the far end has hung up."""

    name: str
    channel: Channel
    closed: Callable[[], bool]
    options: Options
    prompt: str = ""
    hostname: str = ""
    quiet: bool = False

    def show(self, command: Question) -> str:
        """The whole answer to a command; errors as for `Device.show`."""
        answer = self.ask(command)
        self.settle(command)
        return answer

    def synchronise(self) -> None:
        """Learn the prompt and the switch's name, past whatever was still on its way.

        netmiko learns them from the first thing that ends in ``#``, which may be a banner, or two
        prompts on one line where the switch is slow. DeviceError where no name comes.
        """
        deadline = time.monotonic() + self.options.read_timeout
        self.channel.write_channel(Show.HOSTNAME + "\n")
        heard = ""
        while not (found := _NAMED.search(heard)):
            left = deadline - time.monotonic()
            heard = (heard + self._until(_ANY_PROMPT.search, Show.HOSTNAME.value, left))[-_TAIL:]
        self.hostname, self.prompt = found["name"], found["prompt"]

    def settle(self, command: Question) -> None:
        """Prove that the switch has nothing more to say: ask for its name, and get that and no more.

        ``command`` is what was asked before. BrokenReply if there was more.
        """
        if self.ask(Show.HOSTNAME).strip() != self.hostname:
            raise self._broken(f"the answer to {command.value!r} did not end where it seemed to")

    def act(self, command: str, patience: float) -> str:
        """The whole answer to a command that may change the switch; errors as for `Console.act`."""
        check_typeable(self.name, [command])
        self._be_quiet()
        answer = self._typed(command, patience)
        if not asks(answer):
            self._prove_end(command)
        return answer

    def type(self, lines: Sequence[str]) -> Iterator[tuple[str, str]]:
        """One line of configuration mode after the other, each with its answer; errors as for `Console.type`."""
        check_typeable(self.name, lines)
        self._be_quiet()
        seconds = self.options.read_timeout
        self._typed(CONFIGURE, seconds)
        for line in lines:
            yield line, self._typed(line, seconds)
        if self._typed(END, seconds):
            raise self._broken(f"the answer to {redact(lines[-1])!r} did not end where it seemed to")
        self._prove_end(lines[-1])

    def _be_quiet(self) -> None:
        """No log lines between the answers of this session, and no questions."""
        if not self.quiet:
            for line in SESSION:
                self._typed(line, self.options.read_timeout)
            self.quiet = True

    def _prove_end(self, command: str) -> None:
        """As `settle`, for a command that may have changed the name of the switch."""
        name = self._typed(Show.HOSTNAME, self.options.read_timeout).strip()
        if not re.fullmatch(r"[\w.-]+", name):
            raise self._broken(f"the answer to {redact(command)!r} did not end where it seemed to")
        self.hostname = name

    def _typed(self, line: str, seconds: float) -> str:
        """What stands between the echo of a line and the next prompt, in whatever mode, or question."""
        self.channel.write_channel(line + "\n")
        shown = redact(line)
        heard = self._until(_waits, shown, seconds)
        echo, _, rest = heard.partition("\n")
        if not echo.replace("\b", "").strip().endswith(line.strip()):
            raise self._broken(f"something else came before the answer to {shown!r}")
        waiting = _MODE_PROMPT.search(rest)
        if waiting is None:
            return rest
        if "(" not in waiting[0]:
            self.prompt = waiting[0].strip()
        answer = rest[: waiting.start()]
        return f"{answer}\n" if answer else ""

    def ask(self, command: Question) -> str:
        """What stands between the command's echo and the next prompt, which is not proven to be the end."""
        self.channel.write_channel(command + "\n")
        at_prompt = re.compile(rf"\n{re.escape(self.prompt)} *\Z").search
        heard = self._until(at_prompt, command.value, self.options.read_timeout)
        echo, _, rest = heard.partition("\n")
        if echo.replace("\b", "").strip() != command.value:
            raise self._broken(f"something else came before the answer to {command.value!r}")
        answer = rest.rpartition("\n")[0]
        said = refusal(answer)
        if said:
            advice = "check the role of the account"
            raise CommandRefused(self.name, f"the switch refused {command.value!r}: {said}", advice, said)
        return answer + "\n" if answer else ""

    def _until(self, end: Callable[[str], object], command: str, seconds: float) -> str:
        """Everything up to such an end, once that is the last thing to have arrived."""
        parts: list[str] = []
        size, tail = 0, ""
        deadline = time.monotonic() + seconds
        while True:
            hung_up = self.closed()
            part = self.channel.read_channel()
            if part:
                parts.append(part)
                size += len(part)
                if size > self.options.limit:
                    raise self._broken(f"the answer to {command!r} is larger than {self.options.limit} bytes")
                tail = (tail + part)[-_TAIL:]
                if end(tail):
                    return "".join(parts)
            if hung_up and not part:
                raise self._broken(f"the connection closed within the answer to {command!r}")
            if time.monotonic() > deadline:
                raise self._late(command, seconds, answered=size > 0)
            if not part:
                time.sleep(_PAUSE)

    def _late(self, command: str, seconds: float, *, answered: bool) -> DeviceError:
        missing = "the end of the answer" if answered else "an answer"
        tried = f"{missing} to {command!r} did not come within {seconds:.3g} s"
        return self._broken(tried) if answered else DeviceError(self.name, tried, "see whether the switch is busy")

    def _broken(self, tried: str) -> BrokenReply:
        return BrokenReply(self.name, tried, "nothing was taken from it; try again, or read over NX-API")


def _waits(tail: str) -> bool:
    """Whether a switch that last said this waits for the next line."""
    return _MODE_PROMPT.search(tail) is not None or asks(tail)
