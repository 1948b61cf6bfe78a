"""Where clients knock: a port that a switch holds as long as the lab runs, whether it answers there or not.

Of a switch without power connections are refused at once; a real one does not answer at all, and whoever calls waits
for a time out. A hung one takes connections and is silent, as the network part of a system may go on by itself
[assumed].
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable

from mlagkit.nxos.lab.live import Power

Close = Callable[[], None]
Serve = Callable[[socket.socket], Close]
"""Serves the clients of a listening socket; what it gives ends that and closes the socket."""

_BACKLOG = 128


class Door:
    """One port at an address; OSError where it can't be had. Open until it is told otherwise."""

    def __init__(self, at: tuple[str, int], serve: Serve) -> None:
        self._serve = serve
        self._socket = _bound(*at)
        host, port = self._socket.getsockname()[:2]
        self.at: tuple[str, int] = (host, port)
        self._served: Close | None = None
        self._open()

    def become(self, power: Power) -> None:
        """Answer, refuse or keep silent, as a switch does whose power is that."""
        self.close()
        self._socket = _bound(*self.at)
        if power is Power.ON:
            self._open()
        elif power is Power.HUNG:
            self._socket.listen(_BACKLOG)  # the system takes connections, and nobody reads them

    def close(self) -> None:
        """Serve no more and give the port back."""
        if self._served:
            self._served()
        self._socket.close()
        self._served = None

    def _open(self) -> None:
        self._socket.listen(_BACKLOG)
        self._served = self._serve(self._socket)


def _bound(host: str, port: int) -> socket.socket:
    """A socket with that address that takes no connection yet."""
    bound = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    try:
        if os.name == "posix":  # elsewhere it would let others take the port, too
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
    except OSError:
        bound.close()
        raise
    return bound
