"""SSH by netmiko's ``cisco_nxos``, with host keys checked before anything is sent."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from io import BytesIO
from types import TracebackType
from typing import Any, Self

from netmiko import ConnectHandler
from netmiko.exceptions import NetmikoAuthenticationException, NetmikoBaseException
from paramiko import SSHException
from paramiko.ssh_exception import AuthenticationException, BadHostKeyException
from scp import SCPClient, SCPException

from mlagkit.device.credentials import Credentials
from mlagkit.device.shell import Shell
from mlagkit.device.ssh import Session, exact, revealed, session_arguments, shell
from mlagkit.device.store import Store
from mlagkit.device.target import Options, Target
from mlagkit.device.trust import check_host_key
from mlagkit.errors import DeviceError
from mlagkit.nxos.reply import Question, question

# netmiko logs every line that it reads, paramiko a traceback for every failed handshake: neither may reach a file
# or a terminal (device-side.md section 2, Secrets).
for _name in ("netmiko", "paramiko"):
    logging.getLogger(_name).addHandler(logging.NullHandler())
    logging.getLogger(_name).propagate = False

# What netmiko and paramiko let out beside their own exceptions: a prompt that can't be found (ValueError, IndexError),
# a session that died (EOFError, OSError).
_TROUBLE = (NetmikoBaseException, SSHException, SCPException, EOFError, OSError, ValueError, IndexError)


class SshDevice:
    """One switch over SSH; see `Device` and `Console`."""

    at_once = False

    def __init__(self, target: Target, credentials: Credentials, options: Options, store: Store) -> None:
        self.name = target.name
        self._target = target
        self._credentials = credentials
        self._options = options
        self._store = store
        self._exit = ExitStack()
        self._session: Session | None = None
        self._shell: Shell | None = None

    def __enter__(self) -> Self:
        """Check the host key, log in, find the prompt; errors as for `Device`."""
        key = check_host_key(self._target, self._options, self._store)
        with ExitStack() as stack, self._spoken():
            self._session = self._open(
                session_arguments(self._target, self._credentials, self._options, key, stack), stack
            )
            self._shell = shell(self._target, self._session, self._options)
            self._exit = stack.pop_all()
        return self

    def _open(self, arguments: Mapping[str, Any], stack: ExitStack) -> Session:
        """An open connection, which ends with the stack."""
        connection = ConnectHandler(
            device_type="cisco_nxos",
            host=self._target.host,
            username=self._credentials.username,
            password=revealed(self._credentials),
            **arguments,
        )
        stack.callback(connection.disconnect)
        return connection

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Log out and close the stream."""
        self._exit.close()

    def show(self, command: Question) -> str:
        """The whole answer; errors as for `Device.show`."""
        assert self._shell is not None, "used outside its with block"
        with self._spoken():
            return exact(self._shell.show(question(command)))

    def act(self, command: str, patience: float) -> str:
        """The whole answer; errors as for `Console.act`."""
        assert self._shell is not None, "used outside its with block"
        with self._spoken():
            return exact(self._shell.act(command, patience))

    def put(self, name: str, text: str) -> None:
        """Write a file by SCP, whose server the switch needs; errors as for `Console.put`."""
        client = getattr(self._session, "remote_conn_pre", None)
        assert client is not None, "used outside its with block"
        data = BytesIO(text.encode("utf-8", "surrogateescape"))
        with self._spoken(), SCPClient(client.get_transport(), socket_timeout=self._options.read_timeout) as scp:
            scp.putfo(data, name, mode="0600", size=len(data.getvalue()))

    def type(self, lines: Sequence[str]) -> Iterator[tuple[str, str]]:
        """One line after the other; errors as for `Console.type`."""
        assert self._shell is not None, "used outside its with block"
        with self._spoken():
            for line, answer in self._shell.type(lines):
                yield line, exact(answer)

    @contextmanager
    def _spoken(self) -> Iterator[None]:
        """Every exception of netmiko and paramiko as a DeviceError with something to do."""
        try:
            yield
        except (NetmikoAuthenticationException, AuthenticationException) as error:
            advice = "check user name and password, or the key that the switch knows for this user"
            raise DeviceError(self.name, f"{self._target} refused the login", advice) from error
        except BadHostKeyException as error:
            tried = f"the host key of {self._target} changed between two connections"
            raise DeviceError(self.name, tried, "somebody may be listening in; find out who answers there") from error
        except _TROUBLE as error:
            said = " ".join(str(error).split())[:200] or type(error).__name__
            advice = "try it by hand with ssh; see whether the switch has free lines"
            raise DeviceError(self.name, f"the session with {self._target} failed ({said})", advice) from error
