"""The verdict on a pair that changed, and on all of them, in one sentence each."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence

from mlagkit.nxos.catalogue import Impact
from mlagkit.report.document import Document
from mlagkit.report.drill.scenarios import names_words
from mlagkit.report.findings import by_severity, waived_words
from mlagkit.report.paint import counted
from mlagkit.report.plan.summary import NO_IMPACT, ending, needs, noticed

DIGITS = 12
"""Digits of a plan's hash in a sentence; the whole of it stands in the document and in the header of a comment."""

_NAMED = 3


def pair_words(row: Document) -> str:
    """What the change of a pair does, whom it disturbs, and the plan that would be approved."""
    return "; ".join(_parts(row))


def _parts(row: Document) -> Iterator[str]:
    if row["was"] and row["file"]:
        yield f"was {row['was']}"
    match row["effect"]:
        case "none":
            yield "no effect on either configuration"
            yield from _mending(row)
        case "new":
            yield f"new pair: {_size(row)}"
        case "mended":
            yield f"{_size(row)}; {row['no_plan']}"
        case "deleted":
            yield "deleted: its switches keep what they run"
        case "cosmetic":
            yield f"cosmetic: {counted(row['changes'], 'change')} of descriptions and names only"
            yield from _planned(row)
        case _:
            yield f"{counted(row['changes'], 'change')}, {counted(row['deletions'], 'deletion')}, {_impact(row)}"
            yield from _planned(row)
    if row["drill"] and row["effect"] == "none":
        yield "the drill changes"
    if row["plan"] and row["plan"]["uncompared"]:
        yield f"{counted(len(row['plan']['uncompared']), 'line')} not compared"
    yield from drift_words(row)


def because(row: Document) -> str:
    """What it was that changed, where it was not just the pair file."""
    return "" if row["because"] == ["pair file"] else f" ({', '.join(row['because'])})"


def _size(row: Document) -> str:
    return ", ".join(f"{counted(number, 'line')} for {name}" for name, number in row["lines"].items())


def _impact(row: Document) -> str:
    plan = row["plan"]
    if plan is None:
        return f"no plan: {row['no_plan']}"
    return noticed(plan) if plan["steps"] else "nothing has to be typed"


def _planned(row: Document) -> Iterator[str]:
    """What stands beside the impact: new errors, reloads, permissions, the hash."""
    plan = row["plan"]
    if plan is None or not plan["steps"]:
        return
    yield from ending(plan)
    if plan["reloads"]:
        yield f"needs a reload of {' and '.join(plan['reloads'])}"
    if missing := needs(plan):
        yield f"not without {' '.join(missing)}"
    where = " from the live switches" if row["plan_from"] == "live" else ""
    yield f"plan {plan['hash'][:DIGITS]}…{where}"


def _mending(row: Document) -> Iterator[str]:
    """What a push would do for a change that does nothing: it mends what has drifted."""
    if row["no_plan"]:
        yield f"no plan: {row['no_plan']}"
    elif row["plan"] and row["plan"]["steps"]:
        yield f"a push mends the drift: {_impact(row)}"
        yield from _planned(row)


def drift_words(row: Document) -> Iterator[str]:
    """Where the live switches ran something else than the base says before this change, and which were not read."""
    if row["drift"] is None:
        return
    switches = row["drift"]["switches"]
    away = [name for name, switch in switches.items() if "error" in switch]
    differing = {name: len(switch["changes"]) for name, switch in switches.items() if switch["changes"]}
    if differing:
        where = " and ".join(f"{counted(number, 'difference')} on {name}" for name, number in differing.items())
        mended = ", which the plan mends" if row["plan_from"] == "live" and row["plan"]["steps"] else ""
        yield f"drift before this change: {where}{mended}"
    elif not away:
        yield "no drift"
    if away:
        yield f"{' and '.join(away)} could not be read"


def start_words(row: Document) -> str:
    """Where the plan starts, which is what its hash is worth."""
    if row["plan_from"] == "live":
        return "starting from what both switches run"
    why = "the switches were not asked" if row["drift"] is None else "not both switches could be read"
    return f"starting from what the base declares ({why})"


def approval_words(document: Document) -> Iterator[str]:
    """What the hashes are for, and what they are worth."""
    starts = {row["plan_from"] for row in document["pairs"] if row["plan"] and row["plan"]["steps"]}
    if starts:
        options = shlex.join(["--base", document["base"]["commit"][:DIGITS], *document["given"]])
        yield f"mlagkit push FILE {options} --approve HASH carries out the plan with that hash, and no other one."
    if "base" in starts:
        yield (
            "Where a switch does not run what the base declares, a push has another plan and another hash than this; "
            "mlagkit review --device shows the drift, and plans from what the switches run."
        )


def stop_words(plan: Document) -> list[str]:
    """What must be allowed by name, and why; once where it is the same on both switches."""
    found: dict[tuple[str, str], list[str]] = {}
    for stop in plan["stops"]:
        found.setdefault((stop["permission"], stop["message"]), []).append(stop["switch"])
    return [
        f"{permission}: {' and '.join(dict.fromkeys(switches))}: {message}"
        for (permission, message), switches in found.items()
    ]


def error_words(row: Document) -> str:
    """An error of the rules that a plan ends with, or passes, and who accepted it."""
    waived = f" ({waived_words(row)})" if row["waived"] else ""
    return f"{row['rule']} {row['name']}: {row['message']}{waived}"


def review_words(document: Document) -> str:
    """How many pairs change, what the rules say, and the worst impact."""
    return "; ".join(_review(document))


def _review(document: Document) -> Iterator[str]:
    rows, found = document["pairs"], document["findings"]
    number, rest = len(rows), len(document["unchanged"])
    if not rows:
        yield f"no pair changes ({rest} looked at)" if rest else "no pair changes"
        yield from _settings(document)
        return
    yield f"{counted(number, 'pair')} changed, {rest} unchanged" if rest else f"{counted(number, 'pair')} changed"
    yield f"new findings: {by_severity(found['new'])}" if found["new"] else "no new findings"
    if found["resolved"]:
        yield f"{len(found['resolved'])} resolved"
    if found["waived"]:
        yield f"{len(found['waived'])} waived"
    yield from _worst(rows)
    if any(row["plan"] and row["plan"]["steps"] and needs(row["plan"]) for row in rows):
        yield "needs permission"
    drifted = [row["pair"] for row in rows if row["drift"] and any(map(_differs, row["drift"]["switches"].values()))]
    if drifted:
        yield f"drift on {names_words(drifted, _NAMED)}"
    yield from _settings(document)


def _differs(switch: Document) -> bool:
    return bool(switch["changes"])


def _settings(document: Document) -> Iterator[str]:
    if document["settings"]:
        yield f"{counted(len(document['settings']), 'setting')} changed"


def setting_words(row: Document) -> str:
    """What an option was and what it is, and whose it is where it is not of all commands."""
    was, now = (row[key] if row[key] is not None else "not set" for key in ("was", "is"))
    where = f" of {names_words(row['commands'], _NAMED)}" if row["commands"] else ""
    return f"setting {row['option']}{where}: was {was}, is {now}"


def _worst(rows: Sequence[Document]) -> Iterator[str]:
    if all(row["effect"] in ("none", "cosmetic") for row in rows):
        yield "no effect" if all(row["effect"] == "none" for row in rows) else "cosmetic"
        return
    plans = [row for row in rows if row["plan"] and row["plan"]["steps"]]
    for impact, words in ((Impact.OUTAGE, "outage"), (Impact.BRIEF, "brief interruption")):
        names = [row["pair"] for row in plans if row["plan"]["impact"] == impact]
        if names:
            yield f"{words} on {names_words(names, _NAMED)}"
            return
    unplanned = [row["pair"] for row in rows if row["effect"] == "change" and not row["plan"]]
    if unplanned:
        yield f"no plan for {names_words(unplanned, _NAMED)}"
    elif plans:
        yield NO_IMPACT
