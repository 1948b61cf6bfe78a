"""Which switches were seen to go back by themselves: what ``mlagkit doctor --prove-revert`` found out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from mlagkit.write import private_folder, write_file


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """One switch that went back: its serial number and release then, and when that was (ISO)."""

    serial: str
    release: str
    time: str


def proofs_of(folder: Path) -> Path:
    """Where a state folder holds its proofs."""
    return folder / "proofs.json"


def proofs(path: Path) -> Mapping[str, Proof]:
    """The proofs by hostname; none where there is no such file, or nobody can read it."""
    try:
        return {name: Proof(**each) for name, each in json.loads(path.read_text("utf-8")).items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def remember(path: Path, name: str, proof: Proof) -> None:
    """Add one; InputError where the file can't be written."""
    private_folder(path.parent)
    known = {**proofs(path), name: proof}
    table = {host: asdict(each) for host, each in known.items()}
    write_file(path, json.dumps(table, indent=2, sort_keys=True) + "\n")
