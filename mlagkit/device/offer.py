"""What an address offers as proof of who it is, for a person to compare and confirm."""

from __future__ import annotations

from mlagkit.device.store import Certificate, HostKey
from mlagkit.device.target import Address, Options, Transport
from mlagkit.device.trust import fetch_certificate, fetch_host_key
from mlagkit.errors import DeviceError

Identity = HostKey | Certificate


def offers(address: Address, options: Options) -> list[Identity]:
    """The identity that the address shows over its transport; over both, where none was said.

    Of two, one may be missing: not every switch has NX-API enabled. Raises DeviceError if there is none.
    """
    if address.transport is not None:
        return [_fetch(address, address.transport, options)]
    found: list[Identity] = []
    wrong: list[DeviceError] = []
    for transport in (Transport.NXAPI, Transport.SSH):
        try:
            found.append(_fetch(address, transport, options))
        except DeviceError as error:
            wrong.append(error)
    if not found:
        raise wrong[-1]
    return found


def _fetch(address: Address, transport: Transport, options: Options) -> Identity:
    fetch = fetch_host_key if transport.is_ssh else fetch_certificate
    port = transport.port if address.port is None else address.port
    return fetch(address.host, address.host, port, options)
