"""A stream to a switch, straight or through a jump host, with errors that say what to do."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from mlagkit.device.target import Options, place
from mlagkit.errors import DeviceError


@contextmanager
def dial(name: str, host: str, port: int, options: Options) -> Iterator[socket.socket]:
    """A connected stream to that port, closed at the end; DeviceError says why there is none for switch ``name``."""
    if options.jump:
        with _jumped(name, host, port, options.jump, options.connect_timeout) as stream:
            yield stream
        return
    with _dialled(name, host, port, options.connect_timeout) as stream:
        yield stream


def _dialled(name: str, host: str, port: int, timeout: float) -> socket.socket:
    at = place(host, port)
    try:
        return socket.create_connection((host, port), timeout)
    except socket.gaierror as error:
        raise DeviceError(name, f"no address is known for {host}", "check the name, or give an address") from error
    except ConnectionRefusedError as error:
        advice = "check that this transport is enabled on the switch, and the port"
        raise DeviceError(name, f"{at} refused the connection", advice) from error
    except TimeoutError as error:
        tried = f"{at} did not answer within {timeout:g} s"
        raise DeviceError(name, tried, "check the address, the route and filters on the way") from error
    except (OSError, UnicodeError) as error:
        raise DeviceError(name, f"{at} can't be reached ({error})", "check the address and the route") from error


@contextmanager
def _jumped(name: str, host: str, port: int, jump: str, timeout: float) -> Iterator[socket.socket]:
    """The stream through the user's own ``ssh -W``: its configuration, keys and known hosts hold for the jump host."""
    ours, theirs = socket.socketpair()
    # It may use a connection that is shared already, but must not become the one that others share: it ends with us.
    settings = ["-oBatchMode=yes", "-oControlMaster=no", f"-oConnectTimeout={max(1, round(timeout))}"]
    command = ["ssh", *settings, "-W", place(host, port), f"ssh://{jump}"]
    with ours:
        ours.settimeout(timeout)
        try:
            with theirs:
                process = subprocess.Popen(
                    command, stdin=theirs.fileno(), stdout=theirs.fileno(), stderr=subprocess.DEVNULL
                )
        except OSError as error:
            tried = f"the program ssh could not be started for the jump host {jump} ({error.strerror})"
            raise DeviceError(name, tried, "install OpenSSH's client, or leave out --jump") from error
        try:
            yield ours
        finally:
            ours.close()
            _ended(process)


def _ended(process: subprocess.Popen[bytes]) -> None:
    """End the program; nobody is left to hear it."""
    process.terminate()
    try:
        process.wait(2)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
