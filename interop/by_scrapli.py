"""Scrapli since its core is native: definition ``cisco_nxos``, once through the ``ssh`` program, once with libssh2."""

from __future__ import annotations

from operations import Operations, Switch, switch, want, want_none
from scrapli import AuthOptions, Cli, transport

TRANSPORTS = {
    "ssh program": transport.BinOptions(extra_open_args=["-F", "none", "-o", "UserKnownHostsFile=/dev/null"]),
    "libssh2": transport.Ssh2Options(),
}


def main() -> None:
    """Both transports."""
    at = switch()
    for name, options in TRANSPORTS.items():
        done = Operations(f"scrapli cisco_nxos, {name}", "scrapli")
        device = _device(at, options)
        done.run("open", device.open)
        done.run("get_prompt", lambda device=device: want(device.get_prompt().result, f"{at.name}#"))
        done.run("send_input", lambda device=device: want(device.send_input("show version").result, "NXOS: version"))
        done.run("send_inputs in configuration mode", lambda device=device: _configure(device, "vlan 3901"))
        done.run("read it back", lambda device=device: want(_running(device), ",3901"))
        done.run("a refused line is seen", lambda device=device: _refused(device))
        done.run("send_inputs, undo", lambda device=device: _configure(device, "no vlan 3901"))
        done.run("read it back", lambda device=device: want_none(_running(device), ",3901"))
        done.run("close", device.close)


def _device(at: Switch, options: transport.Options) -> Cli:
    login = AuthOptions(username=at.username, password=at.password)
    return Cli(
        at.host, port=at.ssh, definition_file_or_name="cisco_nxos", auth_options=login, transport_options=options
    )


def _configure(device: Cli, *lines: str) -> None:
    said = device.send_inputs(list(lines), requested_mode="configuration")
    if said.failed:
        raise AssertionError(said.result)
    device.enter_mode("privileged_exec")


def _running(device: Cli) -> str:
    return str(device.send_input("show running-config").result)


def _refused(device: Cli) -> None:
    if not device.send_input("show mystery").failed:
        raise AssertionError("show mystery was answered")


if __name__ == "__main__":
    main()
