"""A loopback address of its own for each switch, so that several labs fit on one machine."""

from __future__ import annotations

import contextlib
import errno
import ipaddress
import socket
from collections.abc import Iterator

NETWORK = ipaddress.IPv4Address("127.77.0.0")
"""The first address of those that labs take, up to its last two bytes."""
_CLAIM = 50022
"""Port of the socket that holds an address for one lab; nothing listens there."""


@contextlib.contextmanager
def free_address() -> Iterator[str]:
    """An address of 127.77.0.0/16 that no other lab on this machine holds; 127.0.0.1 where the system has only that."""
    with socket.socket() as claim:
        for number in range(1, 2**16 - 1):
            address = str(NETWORK + number)
            try:
                claim.bind((address, _CLAIM))
            except OSError as error:
                if error.errno == errno.EADDRNOTAVAIL:
                    address = "127.0.0.1"
                    break
                continue
            break
        yield address
