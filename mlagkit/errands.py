"""From a plan to what a push is asked to do: one that was just made, or one that was saved and reviewed."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from mlagkit.config import ConfigTree
from mlagkit.errors import Refused
from mlagkit.finding import Finding, Origin, Waived
from mlagkit.nxos.redact import MASK, redact
from mlagkit.plan import Permission, Plan, Reach, Untraceable, retrace, typed_lines
from mlagkit.push.errand import Errand, Move
from mlagkit.report.document import Document
from mlagkit.report.plan.document import FORMAT, Mask, plan_document, plan_hash
from mlagkit.report.plan.summary import uncompared_words
from mlagkit.rules import RULES
from mlagkit.rules.rule import Rule
from mlagkit.state import Role
from mlagkit.waivers import is_over, over_words

_NO_DAY = ""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,62}")
"""What a pair and a switch may be called (trust.md, S11)."""


def errand_of(plan: Plan, mask: Mask = redact) -> Errand:
    """What is asked for by a plan with all its secrets; its hash is that of its document under the same ``mask``."""
    document = plan_document(plan, mask, created=_NO_DAY, expires=None, commit=None)
    lines = [(tuple(typed_lines(step.commands)), tuple(typed_lines(step.undo))) for step in plan.steps]
    return _errand(document, lines)


def _errand(document: Document, lines: Sequence[tuple[Sequence[str], Sequence[str]]]) -> Errand:
    leaders = [name for name, role in document["roles"].items() if Role(role).leads]
    stops: dict[str, list[str]] = {}
    for stop in document["stops"]:
        stops.setdefault(stop["permission"], []).append(f"{stop['switch']}: {stop['message']}")
    moves = [
        Move(
            number=step["step"],
            switch=step["switch"],
            lines=typed,
            undo=undo,
            reason=step["reason"],
            gate=step["gate"],
        )
        for step, (typed, undo) in zip(document["steps"], lines, strict=True)
    ]
    return Errand(
        pair=document["pair"],
        hash=document["hash"],
        switches=document["switches"],
        base=document["base"],
        leader=leaders[0] if len(leaders) == 1 else None,
        moves=moves,
        stops=stops,
        accepted={(row["rule"], row["message"]): _waived(row["waived"]) for row in _accepted(document)},
        deleted=document["deleted"],
        uncompared=[*map(uncompared_words, document.get("uncompared", ()))],  # which a plan of an earlier version lacks
    )


def _accepted(document: Document) -> Sequence[Document]:
    """The errors that the plan ends with and somebody accepted; a plan of an earlier version has none."""
    rows: Sequence[Document] = document.get("accepted", ())
    return rows


def _waived(row: Document) -> Waived:
    place = Origin(row["file"], row["line"], row["column"])
    return Waived(reason=row["reason"], origin=place, owner=row["owner"], expires=row["expires"])


def plan_of(document: Document, pairs: Sequence[str]) -> Document:
    """The plan of the pairs, of which there is one, in a document that lists several, or just one; else it as it is."""
    match document:
        case {"pairs": [dict() as plan]}:
            return plan
        case {"pairs": [*plans]}:
            of_these = [plan for plan in plans if isinstance(plan, dict) and plan.get("pair") in pairs]
            return of_these[0] if len(of_these) == 1 else document
    return document


def errand_from(document: Document, today: date) -> Errand:
    """What is asked for by a saved plan.

    Refused for one that was changed, has expired, or lacks its secrets; ValueError for what is no plan at all.
    """
    try:
        return _checked(document, today)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"it is no plan of this form ({type(error).__name__}: {error})") from error


def _checked(document: Document, today: date) -> Errand:
    if document.get("format") != FORMAT or "pairs" in document:
        raise Refused(
            "this is not the plan of one pair (mlagkit.plan/1): mlagkit plan --save writes one, given one pair file"
        )
    _check_form(document)
    if plan_hash(document["pair"], document["steps"], _accepted(document)) != document["hash"]:
        raise Refused("the plan was changed since it was made: its hash is not that of its steps")
    if document["expires"] and date.fromisoformat(document["expires"]) < today:
        raise Refused(f"the plan has expired on {document['expires']}: plan again")
    lines = [(tuple(step["commands"]), tuple(step["undo"])) for step in document["steps"]]
    for step, (typed, undo) in zip(document["steps"], lines, strict=True):
        for line in (*typed, *undo):
            if MASK[:-1] in line:
                message = f"step {step['step']} or its undo types a secret, which no saved plan holds"
                raise Refused(f"{message}: give the pair file beside --plan, which knows where to fetch it")
    return _errand(document, lines)


def _check_form(document: Document) -> None:
    """ValueError where a part that a push relies on is of another kind; the names of files are made of names."""
    names = document["switches"]
    for name in (document["pair"], *names):
        if not (isinstance(name, str) and _NAME.fullmatch(name)):
            raise ValueError(f"{name!r} is no name of a pair or a switch")
    if len(names) != 2 or names[0] == names[1]:
        raise ValueError("it is not for two switches")
    if sum(Role(document["roles"][name]).leads for name in names) != 1:
        raise ValueError("it does not say which of the two was to lead")
    texts = [document["hash"], *(document["base"][name] for name in names)]
    for step in document["steps"]:
        if step["switch"] not in names or not all(isinstance(step[key], list) for key in ("commands", "undo")):
            raise ValueError(f"step {step['step']} is none of these switches")
        texts += [*step["commands"], *step["undo"], step["gate"], step["reason"]]
    for row in _accepted(document):
        waived = row["waived"]
        texts += [row["rule"], row["message"], waived["reason"], waived["owner"] or "", waived["expires"] or ""]
        if waived["expires"] is not None:
            date.fromisoformat(waived["expires"])
    if not all(isinstance(text, str) for text in texts) or type(document["deleted"]) is not int:
        raise ValueError("it is no plan of this form")


def judged_anew(
    errand: Errand,
    running: Mapping[str, ConfigTree],
    roles: Mapping[str, Role],
    reach: Reach,
    today: date,
    *,
    rules: Sequence[Rule] = RULES,
    mask: Mask = redact,
) -> Errand:
    """A saved plan with what its lines delete, and what must be allowed for them, on what both run now.

    Its hash covers what is typed, the gates, and which errors at its end were accepted until when, so what else it says
    of itself is not believed. Refused where that can't be told from the lines.
    """
    stages = [(move.switch, move.lines, move.undo) for move in errand.moves]
    in_force = {key: waived for key, waived in errand.accepted.items() if not is_over(waived, today)}

    def waives(finding: Finding) -> Waived | None:
        return in_force.get((finding.rule, finding.message))

    try:
        plan = retrace(errand.pair, running, stages, roles, reach, rules, waives)
    except Untraceable as error:
        raise Refused(f"what this plan does can't be told from its lines: {error}; give its pair file, too") from error
    found = errand_of(plan, mask)
    over = [
        over_words(each.rule, errand.accepted[each.rule, each.message])
        for each in plan.findings
        if (each.rule, each.message) in errand.accepted
    ]
    stops = {**found.stops}
    if over:
        stops[Permission.NEW_ERRORS] = [*stops[Permission.NEW_ERRORS], *over]
    return replace(errand, stops=stops, deleted=found.deleted)


def unlike(document: Document, errand: Errand) -> Sequence[str]:
    """What an errand does otherwise than a saved plan, line by line with its switch; nothing where it does the same."""
    if errand.hash == document.get("hash"):
        return ()
    there = [f"{step['switch']}: {line.strip()}" for step in document["steps"] for line in step["commands"]]
    here = [f"{move.switch}: {redact(line.strip())}" for move in errand.moves for line in move.lines]
    there += sorted(_acceptance((row["rule"], row["message"]), _waived(row["waived"])) for row in _accepted(document))
    here += sorted(_acceptance(key, waived) for key, waived in errand.accepted.items())
    found = [line for line in difflib.ndiff(there, here) if line[0] in "+-"]
    return found or ["the same lines in another order, or behind other gates"]


def _acceptance(key: tuple[str, str], waived: Waived) -> str:
    who = f"{waived.owner} until {waived.expires}" if waived.owner else "a comment"
    return f"accepted: {' '.join(key)} ({who}: {waived.reason})"
