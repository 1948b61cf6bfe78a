"""A plan as ``mlagkit.plan/1``: what is reviewed, saved and carried out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterator, Sequence

from mlagkit import __version__
from mlagkit.diff import Uncompared
from mlagkit.drill import Cell
from mlagkit.finding import Origin
from mlagkit.plan import Command, Plan, Step, Stop, typed_lines
from mlagkit.report.document import Document
from mlagkit.report.drill.document import host_row
from mlagkit.report.findings import findings_document
from mlagkit.report.plan.summary import summary_of

FORMAT = "mlagkit.plan/1"
MAX_DELETE = 10
"""Objects that a plan may delete unless it is said otherwise (``cli.md``, limits)."""

Mask = Callable[[str], str]
"""Takes the secrets out of a line of configuration."""


def plan_document(
    plan: Plan,
    mask: Mask,
    *,
    created: str,
    expires: str | None,
    commit: str | None,
    allowed: Sequence[str] = (),
    max_delete: int = MAX_DELETE,
) -> Document:
    """The plan of one pair, without any secret.

    ``created`` and ``expires`` are days, the first and the last on which it may be carried out; ``commit`` is the
    revision that the pair file stands in.
    """
    steps = [_step(number, step, mask) for number, step in enumerate(plan.steps, 1)]
    accepted = findings_document(plan.accepted)["findings"]
    document: Document = {
        "format": FORMAT,
        "pair": plan.pair,
        "switches": list(plan.switches),
        "created": created,
        "expires": expires,
        "tool": f"mlagkit {__version__}",
        "commit": commit,
        "allowed": sorted({*allowed}),
        "max_delete": max_delete,
        "base": dict(plan.base),
        "roles": dict(plan.roles),
        "steps": steps,
        "impact": plan.impact.value,
        "stops": [_stop(stop, mask, allowed) for stop in plan.stops],
        "findings": findings_document(plan.findings)["findings"],
        "accepted": accepted,
        "passing": findings_document(plan.passing)["findings"],
        "drill": [cell_row(cell) for cell in plan.cells],
        "asks": [{"switch": name, "command": mask(line)} for name, line in plan.asks],
        "unproven": [{"switch": name, "command": mask(line)} for name, line in plan.unproven],
        "reloads": {switch: mask(why) for switch, why in plan.reloads.items()},
        "deleted": plan.deleted,
        "unmanaged": dict(plan.unmanaged),
        "uncompared": [_uncompared(name, each, mask) for name, found in plan.uncompared.items() for each in found],
        "hash": plan_hash(plan.pair, steps, accepted),
    }
    return document | {"summary": summary_of(document)}


def plans_document(plans: Sequence[Document], *, listed: bool) -> Document:
    """The plans of all pairs as one object: that of the only pair, or with ``listed`` all of them in ``pairs``."""
    return {"format": FORMAT, "pairs": list(plans)} if listed else plans[0]


def plan_hash(pair: str, steps: Sequence[Document], accepted: Sequence[Document]) -> str:
    """SHA-256 over what a plan does, the errors at its end that somebody accepted, and nothing else; as in a document.

    What is no part of it may differ between two plans that do the same: when they were made, and why. A secret counts
    as it is shown, since a hash over it would let anybody try secrets out. Who reads the hash has read who waived what
    until when, since a push believes the plan in that.
    """
    done: Document = {
        "pair": pair,
        "steps": [{key: step[key] for key in ("switch", "commands", "gate")} for step in steps],
    }
    if accepted:  # a plan without any has the hash of a time when they were no part of it
        done["accepted"] = sorted({_acceptance(row) for row in accepted})
    return hashlib.sha256(json.dumps(done, sort_keys=True, separators=(",", ":")).encode("ascii")).hexdigest()


def _acceptance(row: Document) -> tuple[str, ...]:
    """Which error was accepted, by whom, why and until when, wherever that stands; what only a comment allows lasts."""
    waived = row["waived"]
    return (row["rule"], row["message"], waived["owner"] or "", waived["expires"] or "", waived["reason"])


def narrowed(document: Document, switches: Collection[str]) -> Document:
    """The plan with the steps of these switches only; all the rest, its hash too, is that of the whole plan."""
    return document | {"steps": [step for step in document["steps"] if step["switch"] in switches]}


def _step(number: int, step: Step, mask: Mask) -> Document:
    lines = list(_lines(step.commands))
    return {
        "step": number,
        "switch": step.switch,
        "commands": [mask(line) for line, _ in lines],
        "origins": [_place(origin) for _, origin in lines],
        "undo": [mask(line) for line in typed_lines(step.undo)],
        "reason": mask(step.reason),
        "impact": step.impact.value,
        "affected": [mask(who) for who in step.affected],
        "gate": mask(step.gate),
    }


def _lines(commands: Sequence[Command]) -> Iterator[tuple[str, Origin | None]]:
    """Each line that is typed, with the place that caused it; the headers above a command have none of their own."""
    taken: list[Command] = []

    def noted() -> Iterator[Command]:
        for command in commands:
            taken.append(command)
            yield command

    lines = [(line, len(taken)) for line in typed_lines(noted())]
    following = [number for _, number in lines[1:]]
    for (line, number), after in zip(lines, [*following, len(commands) + 1], strict=True):
        yield line, commands[number - 1].origin if number != after else None


def _place(origin: Origin | None) -> Document | None:
    return {"file": origin.file, "line": origin.line} if origin else None


def _stop(stop: Stop, mask: Mask, allowed: Collection[str]) -> Document:
    # A message may name a line with its headers, with slashes between: a secret is found in a line only.
    message = " / ".join(mask(part) for part in stop.message.split(" / "))
    return {
        "permission": stop.permission.value,
        "switch": stop.switch,
        "message": message,
        "allowed": stop.permission.value in allowed,
    }


def _uncompared(switch: str, line: Uncompared, mask: Mask) -> Document:
    """A line that stays as it is, with the secrets that would tell whether it is as intended, and who asks for them."""
    return {
        "switch": switch,
        "section": [mask(header) for header in line.section],
        "text": mask(line.text),
        "secrets": list(line.secrets),
        "origin": _place(line.origin),
    }


def cell_row(cell: Cell) -> Document:
    """What changes for one host in one scenario, as plain data."""
    return {
        "events": [str(event) for event in cell.events],
        "host": cell.host,
        "before": host_row(cell.before) if cell.before else None,
        "after": host_row(cell.after) if cell.after else None,
    }
