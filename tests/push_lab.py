"""An emulated pair on loopback for pushes by the command line: whom it trusts, and every line that it heard."""

from __future__ import annotations

import base64
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import pytest

from mlagkit.device.store import Certificate, HostKey, Store
from mlagkit.emulate import lab_of
from mlagkit.intent import load_pair
from mlagkit.nxos.lab import Faults, Lab
from mlagkit.nxos.lab.answer import Answer
from mlagkit.nxos.lab.shell import Shell
from mlagkit.starter import starter
from tests import homes

Transport = Literal["nxapi", "ssh"]
BEFORE = starter("dc1")
AFTER = BEFORE.replace("10: web", "10: www")
GO = ("--allow", "unproven-timer")


def settle(folder: Path, patch: pytest.MonkeyPatch) -> None:
    """A home in which nothing is trusted and nothing was pushed, with the two pair files ``dc1`` and ``new``."""
    homes.settle(folder, patch, "lab-secret")
    patch.chdir(folder)
    patch.delenv("MLAGKIT_ALLOW", raising=False)
    (folder / "dc1.yaml").write_text(BEFORE, "utf-8")
    (folder / "new.yaml").write_text(AFTER, "utf-8")


@contextmanager
def emulated(
    folder: Path,
    *,
    faults: Mapping[str, Faults] | None = None,
    trusted: bool = True,
    echo: str = "early",
    templates: Path | None = None,
) -> Iterator[Lab]:
    """Both switches of ``dc1.yaml``, with the password of `settle`."""
    lab = lab_of(load_pair(folder / "dc1.yaml"), templates=templates)
    lab.password = "lab-secret"
    lab._faults = faults or {}
    lab._echo = "late" if echo == "late" else "early"
    with lab:
        if trusted:
            trust(lab, folder)
        yield lab


def trust(lab: Lab, folder: Path) -> None:
    """Confirm the identity of every switch, over both transports."""
    store = Store(folder / "config" / "mlagkit", folder / "known_hosts")
    for switch in lab.switches.values():
        kind, blob = switch.host_key.split()[:2]
        store.pin(HostKey(*switch.ssh, kind, base64.b64decode(blob)))
        store.pin(Certificate(*switch.nxapi, ssl.PEM_cert_to_DER_cert(switch.certificate)))


def connect(lab: Lab, transport: Transport, swapped: bool = False, same: bool = False) -> list[str]:
    """The options that lead to both switches; each to the other one, or both to the same."""
    names = [*lab.switches]
    there = names[::-1] if swapped else [names[0]] * 2 if same else names
    words: list[str] = []
    for name, switch in zip(names, (lab.switches[each] for each in there), strict=True):
        host, port = switch.ssh if transport == "ssh" else switch.nxapi
        words += ["--connect", f"{name}={transport}:{host}:{port}"]
    return words


Heard = list[tuple[str, str]]
"""Each line that a switch was given, with its name."""


def listened(patch: pytest.MonkeyPatch) -> Heard:
    """What all emulated switches hear from now on, at their own end."""
    heard: Heard = []
    feed = Shell.feed

    def noted(shell: Shell, line: str) -> Answer:
        heard.append((shell.chassis.name, line))
        return feed(shell, line)

    patch.setattr(Shell, "feed", noted)
    return heard


def changing(heard: Heard) -> list[tuple[str, str]]:
    """The lines that are neither questions nor about the session itself."""
    harmless = ("show ", "terminal ", "exit")
    return [(name, line) for name, line in heard if line.strip() and not line.startswith(harmless)]


class Beginnings(dict[str, str]):
    """Lines by their beginnings, for `Faults.refuse`: of some nobody knows the end before they are sent."""

    def __contains__(self, line: object) -> bool:
        return any(str(line).startswith(start) for start in self.keys())

    def __getitem__(self, line: str) -> str:
        return next(text for start, text in self.items() if line.startswith(start))

    def get(self, line: str, default: object = None) -> object:  # type: ignore[override]  # as it is called
        """As `__getitem__`."""
        return next((text for start, text in self.items() if line.startswith(start)), default)
