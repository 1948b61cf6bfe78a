"""Where a login comes from, in which order, and that a password is never shown."""

from __future__ import annotations

import copy
import json
import pickle
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest

from mlagkit.device.credentials import Credentials, Login, Password
from mlagkit.device.target import Target, Transport
from mlagkit.errors import DeviceError

SECRET = "s3cret-Pass"
OURS = {"MLAGKIT_USERNAME": "ops", "MLAGKIT_PASSWORD": SECRET}
NAPALM = {"NAPALM_USERNAME": "napalm", "NAPALM_PASSWORD": "other"}
NXAPI = Target("leaf-101", "192.0.2.101")
SSH = Target("leaf-101", "192.0.2.101", Transport.SSH, 22)
REFERRED = Target("leaf-101", "192.0.2.101", username="env:SWITCH_USER", password="env:SWITCH_PASSWORD")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home without keys."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("SWITCH_USER", "referred")
    monkeypatch.setenv("SWITCH_PASSWORD", "from-reference")
    (tmp_path / ".ssh").mkdir()
    return tmp_path


def test_environment_first() -> None:
    """Its own variables go before napalm's, and both before a reference of the pair file."""
    assert Login({**NAPALM, **OURS})(REFERRED) == Credentials("ops", Password(SECRET))
    assert Login(NAPALM)(REFERRED) == Credentials("napalm", Password("other"))
    assert Login({})(REFERRED) == Credentials("referred", Password("from-reference"))
    assert Login({"MLAGKIT_PASSWORD": ""} | NAPALM)(NXAPI) == Credentials("napalm", Password("other"))


def test_reference_that_gives_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reference that can't be followed is an error of that switch, not a reason to try something else."""
    monkeypatch.delenv("SWITCH_PASSWORD")
    with pytest.raises(DeviceError, match=r"leaf-101: there is no login for .* variable SWITCH_PASSWORD is not set"):
        Login({"SSH_AUTH_SOCK": "/run/agent"})(REFERRED)


def test_keys(home: Path) -> None:
    """Over SSH, keys or an agent will do where there is no password; with one they are not tried."""
    user = {"MLAGKIT_USERNAME": "ops"}
    assert Login(user | {"SSH_AUTH_SOCK": "/run/agent"})(SSH) == Credentials("ops")
    key = home / ".ssh" / "id_ecdsa"
    key.touch()
    assert Login(user)(SSH) == Credentials("ops", key_file=key)
    assert Login(OURS)(SSH) == Credentials("ops", Password(SECRET))
    with pytest.raises(DeviceError, match="no password for nxapi"):
        Login(user)(NXAPI)


def test_prompt() -> None:
    """A person is asked once for each thing, the password without showing it, and only where nothing else has it."""
    asked: list[tuple[str, bool]] = []

    def ask(question: str, hidden: bool) -> str:
        asked.append((question, hidden))
        return SECRET if hidden else "ops"

    login = Login({}, ask)
    other = Target("leaf-102", "192.0.2.102")
    assert login(NXAPI) == login(other) == Credentials("ops", Password(SECRET))
    assert asked == [("Username for leaf-101", False), ("Password of ops for leaf-101", True)]
    assert Login(OURS, ask)(NXAPI).username == "ops"
    assert len(asked) == 2


def test_nothing() -> None:
    """Without a terminal, the error names everything that was tried."""
    with pytest.raises(DeviceError) as caught:
        Login({})(NXAPI)
    assert str(caught.value) == (
        "leaf-101: no user name for nxapi 192.0.2.101:443: MLAGKIT_USERNAME and NAPALM_USERNAME are not set, `connect`"
        " in the pair file has no reference, and there is no terminal to ask on; set MLAGKIT_USERNAME"
    )
    with pytest.raises(DeviceError, match=r"there is no SSH key and no agent.*set MLAGKIT_PASSWORD"):
        Login({"MLAGKIT_USERNAME": "ops"})(SSH)


@pytest.mark.parametrize(
    "show",
    [
        repr,
        str,
        "{}".format,
        "{!r:>40}".format,
        lambda value: "%s" % value,  # noqa: UP031  # one of the ways in which people print
        lambda value: repr([value, {"x": value}]),
        lambda value: repr(vars(type(value))),
    ],
)
def test_password_is_not_shown(show: Callable[[object], str]) -> None:
    """No way of printing a password, or what holds it, shows it."""
    password = Password(SECRET)
    for value in (password, Credentials("ops", password), Login(OURS | NAPALM, None, "ops", password).password):
        assert SECRET not in show(value)


def test_password_is_not_written() -> None:
    """A password can't be pickled, copied or made JSON, and no error about it holds it."""
    password = Password(SECRET)
    for write in (pickle.dumps, copy.deepcopy, json.dumps):
        with pytest.raises(TypeError) as caught:
            write(password)
        assert SECRET not in "".join(traceback.format_exception(caught.value))


def test_login_is_not_shown() -> None:
    """The login holds the environment, so its repr must not show that either."""
    assert SECRET not in repr(Login(OURS))
