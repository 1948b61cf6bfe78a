"""An emulated pair for a pair file: what it starts from, and how to reach it."""

from __future__ import annotations

import base64
import shlex
import ssl
from collections.abc import Sequence
from pathlib import Path

from mlagkit.configurations import configurations
from mlagkit.device.store import Certificate, HostKey
from mlagkit.device.target import place
from mlagkit.emulated import Emulated
from mlagkit.expand import expand
from mlagkit.intent.pair import Pair
from mlagkit.nxos.lab import Lab
from mlagkit.nxos.lab.clock import Clock, wall_clock
from mlagkit.running import assign
from mlagkit.verify.implied import implied


def lab_of(
    pair: Pair,
    sources: Sequence[Path] = (),
    names: Sequence[str] = (),
    clock: Clock = wall_clock,
    templates: Path | None = None,
) -> Lab:
    """The emulated pair, started from running-configs, or from what the pair file says where there are none.

    ``templates`` are a site's own, by which the pair file is rendered. The lab answers as a pair: how it fares is what
    the drill makes of what both run, and of what befalls it.

    Raises InputError where they can't be used. It runs while its ``with`` block does.
    """
    switches = expand(pair)
    if sources:
        found = assign(pair.hostnames, sources, names)
        configs = {name: running.tree.text for name, running in found.items()}
    else:
        configs = dict(configurations(switches.values(), templates))
    one, other = switches.values()
    steady = implied((one, other)).led[one.name]
    emulated = Emulated({name: switch.ends for name, switch in steady.items()})
    return Lab(configs, clock=clock, live=emulated, understand=emulated.understand)


def how_to_reach(lab: Lab, file: str) -> str:
    """The lines that a shell needs so that the other commands reach the emulated pair and trust it."""
    lines = [f"export MLAGKIT_USERNAME={shlex.quote(lab.username)} MLAGKIT_PASSWORD={shlex.quote(lab.password)}"]
    for switch in lab.switches.values():
        kind, blob = switch.host_key.split()[:2]
        certificate = Certificate(*switch.nxapi, ssl.PEM_cert_to_DER_cert(switch.certificate))
        for transport, identity in (
            ("nxapi", certificate),
            ("ssh", HostKey(*switch.ssh, kind, base64.b64decode(blob))),
        ):
            address = f"{transport}:{place(identity.host, identity.port)}"
            lines.append(f"mlagkit trust {address} --yes --fingerprint {identity.fingerprint}")
    for transport in ("nxapi", "ssh"):
        options = shlex.join(lab.connect_options("nxapi" if transport == "nxapi" else "ssh"))
        lines.append(f"mlagkit diff {shlex.quote(file)} --device {options}")
    return "\n".join(lines) + "\n"
