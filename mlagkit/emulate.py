"""An emulated pair for a pair file: what it starts from, and how to reach it."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path

from mlagkit.configurations import configurations
from mlagkit.intent.pair import Pair
from mlagkit.nxos.lab import Lab
from mlagkit.running import assign


def lab_of(pair: Pair, sources: Sequence[Path] = (), names: Sequence[str] = ()) -> Lab:
    """The emulated pair, started from running-configs, or from what the pair file says where there are none.

    Raises InputError where they can't be used. It runs while its ``with`` block does.
    """
    if sources:
        found = assign(pair.hostnames, sources, names)
        return Lab({name: running.tree.text for name, running in found.items()})
    return Lab(configurations([pair], pair.hostnames))


def how_to_reach(lab: Lab, file: str) -> str:
    """The lines that a shell needs so that the other commands reach the emulated pair and trust it."""
    lines = [f"export MLAGKIT_USERNAME={shlex.quote(lab.username)} MLAGKIT_PASSWORD={shlex.quote(lab.password)}"]
    for switch in lab.switches.values():
        lines.append(f"mlagkit trust nxapi:{_place(switch.nxapi)} ssh:{_place(switch.ssh)}")
    for transport in ("nxapi", "ssh"):
        options = shlex.join(lab.connect_options("nxapi" if transport == "nxapi" else "ssh"))
        lines.append(f"mlagkit diff {shlex.quote(file)} --device {options}")
    return "\n".join(lines) + "\n"


def _place(address: tuple[str, int]) -> str:
    return f"{address[0]}:{address[1]}"
