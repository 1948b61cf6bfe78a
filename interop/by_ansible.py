"""Ansible's collection ``cisco.nxos``, over SSH (``network_cli``) and over NX-API (``httpapi``).

What changes something runs twice: the second time nothing may be changed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from operations import Operations, Switch, switch, want

_IDLE = 5
"""Seconds after which Ansible's own connection processes end."""

VLAN = {"vlan_id": 3901, "name": "interop"}
LINES = {"lines": ["description interop"], "parents": "interface mgmt0"}

UNSOURCED = {
    "hardware": "the lab has neither memory nor load to tell of: `show system resources`, `show processes cpu`",
    "interfaces": "the lab has no CDP and no state of IPv6; the only JSON sample of `show lldp neighbors` is empty",
}
"""Facts of which a part is refused, each with the reason."""


class Ansible:
    """Modules, each in a run of its own against one switch."""

    def __init__(self, at: Switch, connection: str, folder: Path) -> None:
        settings = {
            "ansible_host": at.host,
            "ansible_user": at.username,
            "ansible_password": at.password,
            "ansible_network_os": "cisco.nxos.nxos",
            "ansible_connection": f"ansible.netcommon.{connection}",
        }
        if connection == "httpapi":
            settings |= {"ansible_port": at.https, "ansible_httpapi_use_ssl": True}
            settings |= {"ansible_httpapi_validate_certs": False}
        else:
            settings |= {"ansible_port": at.ssh}
        self._name = at.name
        self._inventory = folder / f"{connection}.json"
        self._inventory.write_text(json.dumps({"all": {"hosts": {at.name: settings}}}), encoding="utf-8")
        self._environment = {
            **os.environ,
            "ANSIBLE_HOME": str(folder / "home"),
            "ANSIBLE_PERSISTENT_CONTROL_PATH_DIR": str(folder / "pc"),
            "ANSIBLE_PERSISTENT_CONNECT_TIMEOUT": str(_IDLE),
            "ANSIBLE_HOST_KEY_CHECKING": "False",
            "ANSIBLE_LOAD_CALLBACK_PLUGINS": "True",
            "ANSIBLE_STDOUT_CALLBACK": "ansible.posix.json",
            "ANSIBLE_NOCOLOR": "True",
        }

    def run(self, module: str, arguments: Mapping[str, object]) -> dict[str, Any]:
        """What the module returns; AssertionError with its own words where it fails."""
        program = Path(sys.executable).with_name("ansible")
        typed = [program, "all", "-i", self._inventory, "-m", f"cisco.nxos.{module}", "-a", json.dumps(arguments)]
        done = subprocess.run(
            typed,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        try:
            result: dict[str, Any] = json.loads(done.stdout)["plays"][0]["tasks"][0]["hosts"][self._name]
        except (ValueError, LookupError):
            raise AssertionError((done.stdout + done.stderr)[-300:]) from None
        if result.get("failed") or result.get("unreachable"):
            raise AssertionError(result.get("msg") or result)
        return result

    def changes(self, module: str, arguments: Mapping[str, object], changed: bool = True) -> None:
        """Run it; AssertionError where it changes something and should not, or the other way round."""
        result = self.run(module, arguments)
        if result.get("changed") is not changed:
            raise AssertionError(f"changed is {result.get('changed')}: {result.get('commands') or result.get('msg')}")


def main() -> None:
    """Both connections."""
    at = switch()
    with tempfile.TemporaryDirectory() as name:
        for connection in ("network_cli", "httpapi"):
            _cycle(at, Ansible(at, connection, Path(name)), connection)
        _wait_for_the_end(Path(name) / "pc")


def _cycle(at: Switch, ansible: Ansible, connection: str) -> None:
    done = Operations(f"cisco.nxos {connection}", version_text=f"ansible {version('ansible')}")

    def facts(subset: str, key: str, text: str) -> None:
        said = ansible.run("nxos_facts", {"gather_subset": [subset]})
        want(said["ansible_facts"].get(key), text)

    done.run("nxos_facts min", lambda: facts("min", "ansible_net_hostname", at.name))
    done.run("nxos_facts features", lambda: facts("features", "ansible_net_features_enabled", "vpc"))
    done.run("nxos_facts config", lambda: facts("config", "ansible_net_config", "feature vpc"))
    done.run("nxos_facts interfaces", lambda: facts("interfaces", "ansible_net_interfaces", "Ethernet1/1"))
    beside = "nxos_facts interfaces: neighbours, IPv6"
    done.run(beside, lambda: facts("interfaces", "ansible_net_neighbors", "port"), UNSOURCED["interfaces"])
    done.run("nxos_facts hardware", lambda: facts("hardware", "ansible_net_memtotal_mb", "."), UNSOURCED["hardware"])
    done.run("nxos_facts vlans (network resource)", lambda: _vlans(ansible))
    for module, there, gone in (
        ("nxos_vlans", {"config": [VLAN], "state": "merged"}, {"config": [{"vlan_id": 3901}], "state": "deleted"}),
        ("nxos_vpc", {"domain": "10", "delay_restore": "150"}, {"domain": "10", "delay_restore": "180"}),
        ("nxos_config", LINES, {**LINES, "lines": ["no description"], "match": "none"}),
    ):
        _twice(done, ansible, module, there, gone)


def _twice(
    done: Operations, ansible: Ansible, module: str, there: Mapping[str, object], gone: Mapping[str, object]
) -> None:
    done.run(f"{module}, first run", lambda: ansible.changes(module, there))
    done.run(f"{module}, second run changes nothing", lambda: ansible.changes(module, there, changed=False))
    done.run(f"{module}, undo", lambda: ansible.changes(module, gone))


def _vlans(ansible: Ansible) -> None:
    arguments = {"gather_subset": ["min"], "gather_network_resources": ["vlans"]}
    found = ansible.run("nxos_facts", arguments)["ansible_facts"]["ansible_network_resources"]["vlans"]
    want([vlan["vlan_id"] for vlan in found], "1", "10")


def _wait_for_the_end(sockets: Path) -> None:
    """Ansible's connection processes outlive its runs: each has a socket until it ends."""
    end = time.monotonic() + 3 * _IDLE
    while sockets.exists() and any(sockets.iterdir()) and time.monotonic() < end:
        time.sleep(0.2)


if __name__ == "__main__":
    main()
