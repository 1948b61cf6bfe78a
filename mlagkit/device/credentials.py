"""Name and password for one switch, from the places that cli.md names, in its order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from mlagkit.device.target import Target
from mlagkit.errors import DeviceError
from mlagkit.secrets import SecretMissing, fetch

if TYPE_CHECKING:
    from mlagkit.intent import Pair

Ask = Callable[[str, bool], str]
"""Asks a person on a terminal: the question, and whether the answer stays hidden."""

_VARIABLES = (("MLAGKIT_USERNAME", "MLAGKIT_PASSWORD"), ("NAPALM_USERNAME", "NAPALM_PASSWORD"))
_KEY_FILES = ("id_ed25519", "id_ecdsa", "id_rsa")


def user_name(environ: Mapping[str, str]) -> str | None:
    """The name that the environment gives for every switch."""
    return _variable(environ, 0)


def login_name(environ: Mapping[str, str], pair: Pair, secrets: Callable[[str], str | None]) -> str | None:
    """Who would log in to the switches of a pair: a plan that takes the user away needs a permission."""
    references = dict.fromkeys(connect.username for connect in pair.connect.values() if connect.username)
    return user_name(environ) or next(filter(None, map(secrets, references)), None)


def _variable(environ: Mapping[str, str], column: int) -> str | None:
    return next((text for names in _VARIABLES if (text := environ.get(names[column]))), None)


class Password:
    """A secret that no message, log, repr or pickle shows; `reveal` is the only way to it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text: Final = text

    def reveal(self) -> str:
        """The secret itself; hand it straight to what logs in."""
        return self._text

    def __repr__(self) -> str:
        return "Password('********')"

    __str__ = __repr__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Password) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a password is not written anywhere")


@dataclass(frozen=True, slots=True)
class Credentials:
    """What one login takes: a name, and a password or else SSH keys (``key_file`` and the agent's)."""

    username: str
    password: Password | None = None
    key_file: Path | None = None


@dataclass(slots=True)
class Login:
    """Finds the credentials of one switch after another, and asks a person for each thing once only.

    ``ask`` is None where there is no terminal.
    """

    environ: Mapping[str, str] = field(repr=False)
    ask: Ask | None = None
    username: str | None = None
    password: Password | None = None

    def __call__(self, target: Target) -> Credentials:
        """The credentials for that switch; DeviceError names everything that was tried."""
        username = self._username(target)
        text = _variable(self.environ, 1) or self._reference(target, target.password)
        if text:
            return Credentials(username, Password(text))
        key_file = next((path for name in _KEY_FILES if (path := Path.home() / ".ssh" / name).is_file()), None)
        if target.transport.is_ssh and (key_file or self.environ.get("SSH_AUTH_SOCK")):
            return Credentials(username, key_file=key_file)
        return Credentials(username, self._asked_password(target, username))

    def _username(self, target: Target) -> str:
        found = user_name(self.environ) or self._reference(target, target.username) or self.username
        if not found and self.ask:
            found = self.username = self.ask(f"Username for {target.name}", False)
        return found or self._missing(target, "user name", 0)

    def _asked_password(self, target: Target, username: str) -> Password:
        if self.password is None and self.ask:
            self.password = Password(self.ask(f"Password of {username} for {target.name}", True))
        return self.password or self._missing(target, "password", 1)

    def _reference(self, target: Target, reference: str | None) -> str | None:
        if not reference:
            return None
        try:
            return fetch(reference)
        except SecretMissing as error:
            advice = "set it, or correct `connect` in the pair file"
            raise DeviceError(target.name, f"there is no login for {target}: {error}", advice) from error

    def _missing(self, target: Target, what: str, column: int) -> NoReturn:
        names = " and ".join(pair[column] for pair in _VARIABLES)
        places = ["`connect` in the pair file has no reference"]
        if target.transport.is_ssh and column:
            places.append("there is no SSH key and no agent")
        tried = f"no {what} for {target}: {names} are not set, {', '.join(places)}, and there is no terminal to ask on"
        raise DeviceError(target.name, tried, f"set {_VARIABLES[0][column]}")
