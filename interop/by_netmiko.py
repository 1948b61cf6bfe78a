"""Netmiko's ``cisco_nxos``: showing, configuring, saving, and a file by SCP."""

from __future__ import annotations

import tempfile
from pathlib import Path

import netmiko
from operations import Operations, Switch, switch, want, want_none


def main() -> None:
    """One session for everything; the file goes through a second one that netmiko opens."""
    at = switch()
    done = Operations("netmiko cisco_nxos", "netmiko")
    device = done.run("connect", lambda: _connect(at))
    if device is None:
        return
    done.run("find_prompt", lambda: want(device.find_prompt(), f"{at.name}#"))
    done.run("send_command", lambda: want(device.send_command("show version"), "NXOS: version"))
    done.run("send_command, read by TextFSM", lambda: _by_template(device))
    done.run("send_command show vpc", lambda: want(device.send_command("show vpc"), "peer adjacency formed ok"))
    done.run("send_config_set", lambda: device.send_config_set(["vlan 3901", "name interop"]))
    done.run("read it back", lambda: want(device.send_command("show running-config"), "vlan 3901\n  name interop"))
    done.run("send_config_set, a line is refused", lambda: _refused(device))
    done.run("send_config_set, undo", lambda: _undo(device))
    done.run("save_config", lambda: want(device.save_config(), "100%"))
    done.run("file_transfer (SCP)", lambda: _transfer(device))
    done.run("disconnect", device.disconnect)


def _connect(at: Switch) -> netmiko.BaseConnection:
    return netmiko.ConnectHandler(
        device_type="cisco_nxos", host=at.host, port=at.ssh, username=at.username, password=at.password
    )


def _by_template(device: netmiko.BaseConnection) -> None:
    rows = device.send_command("show interface status", use_textfsm=True)
    if not isinstance(rows, list) or not rows:
        raise AssertionError(f"no rows: {rows}")
    want(rows[0], "port")


def _refused(device: netmiko.BaseConnection) -> None:
    """The error pattern stops at the line; then netmiko leaves configuration mode to its caller."""
    try:
        device.send_config_set(["vlan 5000"], error_pattern="Invalid")
    except netmiko.ConfigInvalidException:
        device.exit_config_mode()
        return
    raise AssertionError("vlan 5000 was taken")


def _undo(device: netmiko.BaseConnection) -> None:
    device.send_config_set(["no vlan 3901"])
    want_none(device.send_command("show running-config"), "vlan 3901\n")


def _transfer(device: netmiko.BaseConnection) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "interop.txt")
        source.write_text("! a file\n", encoding="ascii")
        said = netmiko.file_transfer(device, str(source), "interop.txt", file_system="bootflash:", overwrite_file=True)
    want(said, "'file_exists': True", "'file_transferred': True", "'file_verified': True")


if __name__ == "__main__":
    main()
