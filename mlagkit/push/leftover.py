"""Runs that nobody finished: whoever carried them out died, or gave up, and something of them may be on a switch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mlagkit.errors import InputError
from mlagkit.push.journal import SENT, read, runs
from mlagkit.push.resume import UNFINISHED, how_it_ended

PROOF = "proof"
"""What the first line of a run says under ``errand`` that only proves the timers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leftover:
    """A run whose journal has no good end.

    ``since`` is when it began. ``broken`` is why its journal can't be read, and then nothing else is known of it.
    """

    run: str
    pair: str = ""
    since: str = ""
    is_proof: bool = False
    broken: str = ""


def leftovers(folder: Path) -> Iterator[Leftover]:
    """Those of a state folder that sent something, the latest last; one that is under way looks the same."""
    for run in runs(folder / "runs"):
        try:
            lines = read(folder / "runs" / f"{run}.jsonl").lines
        except InputError as error:
            yield Leftover(run=run, broken=error.findings[0].message)
            continue
        if not any(line["event"] in SENT for line in lines) or how_it_ended(lines) not in ("", UNFINISHED):
            continue
        begin = lines[0]
        yield Leftover(
            run=run,
            pair=str(begin.get("pair", "")),
            since=str(begin.get("time", "")),
            is_proof=begin.get("errand") == PROOF,
        )
