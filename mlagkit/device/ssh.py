"""What every SSH session is told and how it is read, whichever library opens it."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

from mlagkit.device.credentials import Credentials
from mlagkit.device.dial import dial
from mlagkit.device.shell import Channel, Shell
from mlagkit.device.store import HostKey
from mlagkit.device.target import Options, Target


def session_arguments(
    target: Target, credentials: Credentials, options: Options, key: HostKey, stack: ExitStack
) -> dict[str, Any]:
    """What netmiko is told beyond host, name and password: to talk to ``key`` and nobody else.

    The stream of a jump host, and the file that holds the key, go with the stack.

    Any: the values are as different as netmiko's own parameters.
    """
    keys = credentials.password is None
    known_hosts = Path(stack.enter_context(TemporaryDirectory(prefix="mlagkit-"))) / "known_hosts"
    known_hosts.write_text(f"{key.line}\n", "ascii")
    return {
        "port": target.port,
        "sock": stack.enter_context(dial(target.name, target.host, target.port, options)) if options.jump else None,
        # The check that counts is this one, on the very connection that the password takes. Paramiko never sees the
        # user's own file: one @cert-authority line in it, and it reads none at all.
        "ssh_strict": True,
        "system_host_keys": False,
        "alt_host_keys": True,
        "alt_key_file": str(known_hosts),
        "use_keys": keys and credentials.key_file is not None,
        "key_file": str(credentials.key_file) if keys and credentials.key_file else None,
        "allow_agent": keys,
        "conn_timeout": options.connect_timeout,
        "banner_timeout": options.connect_timeout,
        "auth_timeout": options.connect_timeout,
        "read_timeout_override": options.read_timeout,
        "session_log": None,
        # One character for each byte: `exact` makes text of them; utf-8 would drop what it can't decode.
        "encoding": "latin-1",
    }


class Session(Channel, Protocol):
    """An open netmiko connection, as far as reading needs it."""

    @property
    def remote_conn(self) -> object:
        """Paramiko's channel, None once it is closed."""
        ...


def shell(target: Target, connection: Session, options: Options) -> Shell:
    """The prompt of an open netmiko session, which is in step with the switch."""

    def closed() -> bool:
        channel = connection.remote_conn
        return channel is None or bool(getattr(channel, "closed", False))

    found = Shell(target.name, connection, closed, options)
    found.synchronise()
    return found


def revealed(credentials: Credentials) -> str | None:
    """The password in clear, for the one call that logs in."""
    return credentials.password.reveal() if credentials.password else None


def exact(characters: str) -> str:
    """Text from a session that has one character for each byte; what is no UTF-8 becomes surrogates."""
    return characters.encode("latin-1").decode("utf-8", "surrogateescape")
