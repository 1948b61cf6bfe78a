"""NX-API by napalm's ``nxos`` driver, and SSH by its ``nxos_ssh``.

The driver builds each request and takes each reply apart. It would also accept any certificate,
follow redirects, guess the encoding and read without end: the one POST in between is `mlagkit.device.https`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from types import TracebackType
from typing import Any, Self, cast

from napalm.base import get_network_driver
from napalm.base.exceptions import NapalmException
from napalm.nxapi_plumbing import Device as Plumbing
from napalm.nxapi_plumbing import NXAPICommandError, NXAPIError, RPCClient
from napalm.nxos import NXOSDriver

from mlagkit.device.credentials import Credentials
from mlagkit.device.https import Reply, post
from mlagkit.device.netmiko import SshDevice
from mlagkit.device.protocol import check_typeable
from mlagkit.device.ssh import Session, revealed
from mlagkit.device.store import Store
from mlagkit.device.target import Options, Target
from mlagkit.errors import BrokenReply, CommandRefused, DeviceError
from mlagkit.nxos.reply import Question, Show, question
from mlagkit.nxos.transaction import DONT_ASK

# What the plumbing raises over JSON that is no NX-API reply (device-side.md 1.5 item 8).
_NO_REPLY = (json.JSONDecodeError, KeyError, IndexError, TypeError, AttributeError, RecursionError)


class NxapiDevice:
    """One switch over NX-API, a login and a TLS session for each request; see `Device` and `Console`."""

    at_once = True

    def __init__(self, target: Target, credentials: Credentials, options: Options, store: Store) -> None:
        self.name = target.name
        self._target = target
        self._options = options
        self._driver = NXOSDriver(target.host, credentials.username, "", optional_args={"port": target.port})
        # The driver gets no password and opens nothing: `open` would connect without looking at certificates.
        self._driver.device = Plumbing(target.host, credentials.username, "", "https", port=target.port)
        self._client = self._driver.device.api = _Client(target, credentials, options, store)

    def __enter__(self) -> Self:
        """Log in once, with the command that napalm opens with; errors as for `Device`."""
        self.show(Show.HOSTNAME)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """There is no session to end."""
        self._driver.close()

    def show(self, command: Question) -> str:
        """The whole answer; errors as for `Device.show`."""
        words = question(command).value
        try:
            # napalm says that it is text, and makes the same of ``null``, of a form and of no result at all.
            answer = cast(object, self._driver.cli([words])[words])
        except NXAPICommandError as error:
            advice = "check the role of the account"
            said = error.message.strip()
            raise CommandRefused(self.name, f"{words!r} was refused: {said}", advice, said) from error
        except (NXAPIError, *_NO_REPLY) as error:
            tried = f"{self._target} did not answer {words!r} as NX-API does ({type(error).__name__})"
            raise BrokenReply(self.name, tried, "check that NX-API is enabled on this port") from error
        if not answer and _answers(self._client.heard) == [""]:
            return ""  # ``null`` is what NX-API says where a terminal shows nothing
        if not isinstance(answer, str):
            raise BrokenReply(self.name, f"the answer to {words!r} holds no text", "try again, or read over SSH")
        return answer

    def act(self, command: str, patience: float) -> str:
        """The whole answer; errors as for `Console.act`."""
        return self._carried_out([command], "cli_ascii", patience)[0]

    def put(self, name: str, text: str) -> None:  # noqa: ARG002  # as `Console` has it
        """NX-API takes no files."""
        raise DeviceError(self.name, f"{self._target} takes no files", "reach the switch over SSH for that")

    def type(self, lines: Sequence[str]) -> Iterator[tuple[str, str]]:
        """All lines in one request; errors as for `Console.type`."""
        yield from zip(lines, self._carried_out(lines, "cli", self._options.read_timeout), strict=False)

    def _carried_out(self, commands: Sequence[str], method: str, patience: float) -> list[str]:
        """The answers up to the first error, which is one of them; each request is a login that asks anew."""
        check_typeable(self.name, commands)
        reply = self._client.carry_out([DONT_ASK, *commands], method, patience)
        answers = _answers(reply.text)
        if answers is None or not 1 < len(answers) <= len(commands) + 1:
            said = answers[0] if answers else "its reply holds no answers"
            tried = f"{self._target} did not answer {commands[0]!r} as NX-API does ({said.strip()[:100]})"
            raise BrokenReply(self.name, tried, "nobody knows what it did; look at the switch")
        if len(answers) <= len(commands) and not _is_error(reply.text):
            tried = f"{self._target} answered {len(answers) - 1} of {len(commands)} lines"
            raise BrokenReply(self.name, tried, "nobody knows what became of the others; look at the switch")
        return answers[1:]


def _answers(text: str) -> list[str] | None:
    """What each command was answered, the words of an error too; None where the reply is none of NX-API.

    Nothing to say is ``null``; ``msg`` is text, ``body`` the structured form of it (device-side.md 1.1).
    """
    try:
        reply = json.loads(text)
        return [_answer(one) for one in (reply if isinstance(reply, list) else [reply])]
    except _NO_REPLY:
        return None


def _answer(reply: dict[str, object]) -> str:
    if "error" in reply:
        error = cast(dict[str, dict[str, str]], reply["error"])
        return str(error.get("data", {}).get("msg") or error["message"])
    result = reply["result"]
    if result is None or result == {}:
        return ""
    said = cast(dict[str, object], result).get("msg", cast(dict[str, object], result).get("body"))
    return said if isinstance(said, str) else json.dumps(said if said is not None else result)


def _is_error(text: str) -> bool:
    reply = json.loads(text)
    return "error" in (reply[-1] if isinstance(reply, list) else reply)


class _Client(RPCClient):
    """napalm's JSON-RPC client over our own POST."""

    def __init__(self, target: Target, credentials: Credentials, options: Options, store: Store) -> None:
        super().__init__(target.host, credentials.username, "", "https", target.port)
        self._target = target
        self._credentials = credentials
        self._options = options
        self._store = store
        self.heard = ""

    def _send_request(self, commands: list[str], method: str) -> Reply:  # type: ignore[override]  # only .text is read
        return self.carry_out(commands, method, self._options.read_timeout)

    def carry_out(self, commands: list[str], method: str, patience: float) -> Reply:
        """One request, whose reply may take so many seconds."""
        body = self._build_payload(commands, method)
        options = replace(self._options, read_timeout=patience)
        reply = post(self._target, self._credentials, options, self._store, self.headers, body)
        self.heard = reply.text
        return reply


class NapalmSshDevice(SshDevice):
    """One switch over the session that napalm's ``nxos_ssh`` opens; see `Device`.

    It is read as any other SSH session: napalm's own ``cli`` takes the first thing that looks like
    the prompt for the end of an answer, and an error message for an answer.
    """

    def _open(self, arguments: Mapping[str, Any], stack: ExitStack) -> Session:
        """The connection of netmiko's that the driver opens; it ends with the stack."""
        driver = get_network_driver("nxos_ssh")(
            self._target.host,
            self._credentials.username,
            revealed(self._credentials),  # type: ignore[arg-type]  # netmiko takes None: keys only
            timeout=round(self._options.read_timeout) or 1,
            optional_args={**arguments, "force_no_enable": True},
        )
        stack.callback(driver.close)
        driver.open()
        return cast(Session, driver.device)

    @contextmanager
    def _spoken(self) -> Iterator[None]:
        """Every exception of netmiko, which the driver is made of, and of napalm as a DeviceError."""
        try:
            with super()._spoken():
                yield
        except NapalmException as error:
            said = " ".join(str(error).split())[:200] or type(error).__name__
            advice = "try it by hand with ssh"
            raise DeviceError(self.name, f"the session with {self._target} failed ({said})", advice) from error
