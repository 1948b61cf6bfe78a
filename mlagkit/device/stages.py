"""The way into a switch, one stage after the other: where it ends is what a person has to look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from mlagkit.device.connect import Means
from mlagkit.device.credentials import Credentials
from mlagkit.device.dial import dial
from mlagkit.device.store import Certificate, Store
from mlagkit.device.target import Options, Target, place
from mlagkit.device.trust import check_host_key, secured
from mlagkit.errors import DeviceError


class Stage(StrEnum):
    """What must go well, in this order, before a switch can be read."""

    CREDENTIALS = "credentials"
    ADDRESS = "address"
    IDENTITY = "identity"
    LOGIN = "login"


@dataclass(frozen=True, slots=True)
class Way:
    """What was found at each stage that went well; ``error`` is what stood in the way at the next one."""

    found: Mapping[Stage, str]
    error: DeviceError | None = None

    @property
    def failed(self) -> Stage | None:
        """Where it ended, None where nothing stood in the way."""
        return next((stage for stage in Stage if stage not in self.found), None) if self.error else None


def way_to(target: Target, means: Means) -> Way:
    """The stages before the login; nothing is sent but handshakes."""
    found: dict[Stage, str] = {}
    try:
        for stage, what in _stages(target, means):
            found[stage] = what
    except DeviceError as error:
        return Way(found, error)
    return Way(found)


def _stages(target: Target, means: Means) -> Iterator[tuple[Stage, str]]:
    options = means.options
    yield Stage.CREDENTIALS, _told(means.login(target))
    with dial(target.name, target.host, target.port, options):
        through = f" through {options.jump}" if options.jump else ""
        yield Stage.ADDRESS, f"{place(target.host, target.port)} answers{through}"
    yield Stage.IDENTITY, _identity(target, options, means.store)


def _told(credentials: Credentials) -> str:
    """Which credentials these are, without any of them."""
    if credentials.password:
        return f"{credentials.username}, with a password"
    return f"{credentials.username}, with {f'the key {credentials.key_file}' if credentials.key_file else 'the agent'}"


def _identity(target: Target, options: Options, store: Store) -> str:
    """By what it is known that this is the switch."""
    if target.transport.is_ssh:
        key = check_host_key(target, options, store)
        return f"host key {key.fingerprint} ({key.kind}), which is pinned"
    with secured(target, options, store) as session:
        shown = Certificate(target.host, target.port, session.getpeercert(binary_form=True) or b"")
    if options.insecure:
        return f"certificate {shown.fingerprint}, which nobody has checked"
    how = "is pinned" if store.certificate(target.host, target.port) else "an authority has signed"
    return f"certificate {shown.fingerprint}, which {how}"
