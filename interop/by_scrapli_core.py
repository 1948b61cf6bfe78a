"""Scrapli's pure Python core driver for NX-OS, the last of its kind (2025), over paramiko."""

from __future__ import annotations

from operations import Operations, Switch, switch, want, want_none
from scrapli.driver.core import NXOSDriver


def main() -> None:
    """One session."""
    at = switch()
    done = Operations("scrapli NXOSDriver", "scrapli")
    device = _device(at)
    done.run("open", device.open)
    done.run("get_prompt", lambda: want(device.get_prompt(), f"{at.name}#"))
    done.run("send_command", lambda: want(device.send_command("show version").result, "NXOS: version"))
    done.run("send_configs", lambda: _configure(device, "vlan 3901", "name interop"))
    done.run("read it back", lambda: want(_running(device), "vlan 3901\n  name interop"))
    done.run("send_configs, a line is refused", lambda: _refused(device))
    done.run("send_configs, undo", lambda: _configure(device, "no vlan 3901"))
    done.run("read it back", lambda: want_none(_running(device), "vlan 3901\n"))
    done.run("close", device.close)


def _device(at: Switch) -> NXOSDriver:
    return NXOSDriver(
        host=at.host,
        port=at.ssh,
        auth_username=at.username,
        auth_password=at.password,
        auth_strict_key=False,
        transport="paramiko",
    )


def _configure(device: NXOSDriver, *lines: str) -> None:
    device.send_configs(list(lines)).raise_for_status()


def _refused(device: NXOSDriver) -> None:
    """A command of another mode; what is only out of range ("Invalid range") this driver takes for success."""
    if not device.send_config("no peer-keepalive").failed:
        raise AssertionError("no peer-keepalive was taken")


def _running(device: NXOSDriver) -> str:
    return str(device.send_command("show running-config").result)


if __name__ == "__main__":
    main()
