"""Napalm's two drivers, ``nxos`` over NX-API and ``nxos_ssh``: the whole cycle of each."""

from __future__ import annotations

from napalm import get_network_driver
from napalm.base import NetworkDriver
from operations import Operations, Switch, switch, want, want_none

VLAN = "vlan 3901\n  name interop\n"


def main() -> None:
    """Each driver with both kinds of candidate."""
    at = switch()
    for name in ("nxos", "nxos_ssh"):
        done = Operations(f"napalm {name}", "napalm")
        device = _device(at, name)
        done.run("open", device.open)
        done.run("get_facts", lambda device=device: _facts(device, at))
        done.run("get_config", lambda device=device: want(device.get_config()["running"], "feature vpc", at.name))
        _merge(done, device)
        _replace(done, device, at)
        done.run("close", device.close)


def _device(at: Switch, driver: str) -> NetworkDriver:
    options = {"port": at.https} if driver == "nxos" else {"port": at.ssh}
    return get_network_driver(driver)(at.host, at.username, at.password, timeout=30, optional_args=options)


def _facts(device: NetworkDriver, at: Switch) -> None:
    facts = device.get_facts()
    want(facts["hostname"], at.name)
    want(facts["vendor"], "Cisco")
    want(facts["interface_list"], "thernet1/1")


def _merge(done: Operations, device: NetworkDriver) -> None:
    done.run("load_merge_candidate", lambda: device.load_merge_candidate(config=VLAN))
    done.run("compare (merge)", lambda: want(device.compare_config(), "vlan 3901", "name interop"))
    done.run("commit_config (merge)", device.commit_config)
    done.run("get_config after commit", lambda: want(_running(device), "vlan 3901\n  name interop"))
    done.run("rollback (merge)", device.rollback)
    done.run("get_config after rollback", lambda: want_none(_running(device), "vlan 3901\n"))
    done.run("load, then discard_config (merge)", lambda: _discard_merge(device))


def _discard_merge(device: NetworkDriver) -> None:
    device.load_merge_candidate(config=VLAN)
    device.discard_config()
    want_none(device.compare_config(), "3901")


def _replace(done: Operations, device: NetworkDriver, at: Switch) -> None:
    """A candidate for replace is a checkpoint of the switch, edited (napalm's documentation)."""
    found = done.run("checkpoint file", device._get_checkpoint_file) or ""
    candidate = found.replace(f"hostname {at.name}\n", f"hostname {at.name}\n{VLAN}")
    done.run("load_replace_candidate", lambda: device.load_replace_candidate(config=candidate))
    done.run("compare (replace)", lambda: want(device.compare_config(), "3901"))
    done.run("commit_config (replace)", device.commit_config)
    done.run("get_config after commit", lambda: want(_running(device), "vlan 3901\n  name interop"))
    done.run("rollback (replace)", device.rollback)
    done.run("get_config after rollback", lambda: want_none(_running(device), "vlan 3901\n"))
    done.run("load, then discard_config (replace)", lambda: _discard_replace(device, candidate))


def _discard_replace(device: NetworkDriver, candidate: str) -> None:
    device.load_replace_candidate(config=candidate)
    device.discard_config()
    want_none(device.cli(["dir"])["dir"], "candidate_config.txt")


def _running(device: NetworkDriver) -> str:
    return str(device.get_config(retrieve="running")["running"])


if __name__ == "__main__":
    main()
