"""Real clients against the emulated pair: each in its own environment, and one table of what came of it.

    python interop/run.py [--only CLIENT] [--strict]

A failed operation ends it with 1; with ``--strict`` a client that cannot be installed here does, too.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from table import Row, read, written

from mlagkit.configurations import configurations
from mlagkit.emulated import Emulated
from mlagkit.errors import InputError
from mlagkit.expand import expand
from mlagkit.nxos.lab import Lab, LabSwitch
from mlagkit.nxos.lab.lab import Ports
from mlagkit.validate import load
from mlagkit.verify.implied import implied

HERE = Path(__file__).parent
ROOT = HERE.parent
PAIR = ROOT / "examples" / "gateway-pair" / "pair.yaml"
ENVIRONMENTS = ROOT / ".interop"
PASSWORD = "interop-secret"
PATIENCE = 600
"""Seconds that one client may take for everything."""

FEATURES = "feature nxapi\nfeature scp-server\n"
"""What napalm asks for (its documentation), and a pair file does not say."""


@dataclass(frozen=True, slots=True)
class Client:
    """A script, and the requirement file of the environment in which it runs; none where a program will do."""

    script: str
    requirements: str = ""
    program: str = ""


CLIENTS: Mapping[str, Client] = {
    "napalm": Client("by_napalm.py", "interop-napalm.txt"),
    "netmiko": Client("by_netmiko.py", "interop-netmiko.txt"),
    "scrapli": Client("by_scrapli.py", "interop-scrapli.txt", "ssh"),
    "scrapli-core": Client("by_scrapli_core.py", "interop-scrapli-core.txt"),
    "ansible": Client("by_ansible.py", "interop-ansible.txt"),
    "ssh": Client("by_ssh.py", program="ssh"),
}


class NotHere(Exception):
    """A client cannot be had on this machine; the message says why."""


def main() -> int:
    """Run the clients one after the other, each against a pair of its own; 0 where nothing failed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--only", choices=CLIENTS, action="append", help="this client; may be given again")
    parser.add_argument("--strict", action="store_true", help="a client that cannot be installed is a failure")
    options = parser.parse_args()
    # A client that hangs up is no news, but asyncio warns of each answer that comes too late for it.
    logging.getLogger("asyncio").setLevel(logging.ERROR)
    rows: list[Row] = []
    for name in options.only or CLIENTS:
        print(f"{name} …", file=sys.stderr)
        rows += asked(name, CLIENTS[name])
    print(written(rows))
    bad = ("failed", "not available") if options.strict else ("failed",)
    return int(any(row.result in bad for row in rows))


def asked(name: str, client: Client) -> list[Row]:
    """The rows of one client: what its script says, and whether it left the switch as it was."""
    try:
        python = environment(client)
    except NotHere as reason:
        return [Row(name, "", "install", "not available", str(reason))]
    with started() as lab:
        switch = next(iter(lab.switches.values()))
        before = switch.chassis.store.body()
        rows = list(told(name, python, HERE / client.script, lab, switch))
        as_it_was = switch.chassis.store.body() == before
    last = rows[-1] if rows else Row(name, "", "", "failed", "")
    result = "ok" if as_it_was else "failed"
    return [*rows, Row(last.client, last.version, "the switch is left as it was found", result, "")]


def told(name: str, python: Path, script: Path, lab: Lab, switch: LabSwitch) -> Iterator[Row]:
    """Run a script in its environment; where it crashes that is a row, too."""
    place = {
        "name": switch.name,
        "host": switch.ssh[0],
        "ssh": switch.ssh[1],
        "https": switch.nxapi[1],
        "username": lab.username,
        "password": lab.password,
        "host_key": switch.host_key,
    }
    # Only what a program needs: nothing of the caller's settings leads a client elsewhere.
    own = {key: os.environ[key] for key in ("PATH", "HOME", "LANG", "TERM") if key in os.environ}
    own["PATH"] = f"{python.parent}{os.pathsep}{own.get('PATH', '')}"
    try:
        done = subprocess.run(
            [python, script],
            input=json.dumps(place),
            env=own,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as slow:
        said = (slow.stdout or b"").decode()  # bytes, whatever was asked for
        yield from read(said.splitlines(keepends=True)[: said.count("\n")])
        yield Row(name, "", "ends", "failed", f"did not end within {PATIENCE} s")
        return
    yield from read(done.stdout.splitlines())
    if done.returncode:
        yield Row(name, "", "ends", "failed", (done.stderr.strip().splitlines() or ["no word"])[-1])


def environment(client: Client) -> Path:
    """The interpreter for a script; its environment is made where it is missing or of another content."""
    if client.program and not shutil.which(client.program):
        raise NotHere(f"there is no program {client.program} here")
    if not client.requirements:
        return Path(sys.executable)
    wanted = ROOT / "requirements" / client.requirements
    folder = ENVIRONMENTS / wanted.stem
    mark = folder / hashlib.sha256(wanted.read_bytes()).hexdigest()
    python = folder / "bin" / "python"
    if not mark.exists():
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        install: list[str | Path] = [
            python,
            "-m",
            "pip",
            "--disable-pip-version-check",
            "--quiet",
            "install",
            "--require-hashes",
        ]
        done = subprocess.run([*install, "-r", wanted], capture_output=True, text=True, check=False)
        if done.returncode:
            why = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
            raise NotHere((why or ["pip failed without a word"])[0])
        mark.touch()
    return python


def started() -> Lab:
    """The pair of an example, not yet entered; on the ports of a switch where this machine allows it.

    napalm's ``nxos`` driver sends files over port 22 whatever it is told, so elsewhere that part of it fails.
    """
    switches = expand(load([str(PAIR)])[0])
    one, other = switches.values()
    steady = implied((one, other)).led[one.name]
    live = Emulated({name: switch.ends for name, switch in steady.items()})
    configs = {name: text + FEATURES for name, text in configurations(switches.values()).items()}
    ports: Ports = "default" if may_listen() else "system"
    return Lab(configs, password=PASSWORD, ports=ports, live=live)


def may_listen() -> bool:
    """Whether this user may open the ports of a switch."""
    try:
        with Lab({"probe": ""}, ports="default"):
            return True
    except InputError:
        return False


if __name__ == "__main__":
    sys.exit(main())
