"""Open the right kind of session with a switch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from mlagkit.device.credentials import Credentials
from mlagkit.device.protocol import Console
from mlagkit.device.store import Store
from mlagkit.device.target import Address, Options, Target, Transport
from mlagkit.errors import DeviceError


@dataclass(frozen=True, slots=True)
class Means:
    """What it takes to reach switches, and what time it is.

    ``login`` finds the credentials for one of them, and may ask a person.
    """

    login: Callable[[Target], Credentials]
    options: Options
    store: Store
    now: Callable[[], datetime]


def target(
    name: str,
    said: Address | None,
    override: Address | None,
    management: str | None,
    *,
    username: str | None = None,
    password: str | None = None,
) -> Target:
    """Where to find a switch: ``--connect`` before ``connect`` in the pair file before its management address.

    ``management`` may have a prefix length; ``username`` and ``password`` are references. A transport
    that nobody names is NX-API. A port counts only for the transport that it was given with.
    DeviceError where there is no address at all.
    """
    said = said or Address("")
    override = override or Address("")
    host = override.host or said.host or (management or "").partition("/")[0]
    if not host:
        advice = "give the switch `connect: {host: ...}` or `management:` in the pair file, or use --connect"
        raise DeviceError(name, "it has no address to connect to", advice)
    planned = said.transport or Transport.NXAPI
    transport = override.transport or planned
    port = said.port if override.port is None and transport is planned else override.port
    return Target(name, host, transport, transport.port if port is None else port, username, password)


def open_device(target: Target, credentials: Credentials, options: Options, store: Store) -> Console:
    """The session with a switch, which its ``with`` block opens and ends; nothing is sent before that.

    ``store`` holds the identities that the user has confirmed.
    """
    if target.transport is Transport.NXAPI:
        from mlagkit.device.napalm import NxapiDevice

        return NxapiDevice(target, credentials, options, store)
    if target.transport is Transport.SSH:
        from mlagkit.device.netmiko import SshDevice

        return SshDevice(target, credentials, options, store)
    from mlagkit.device.napalm import NapalmSshDevice

    return NapalmSshDevice(target, credentials, options, store)
