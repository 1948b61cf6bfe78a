"""What is the same in an answer whatever names and addresses it is about: by that two answers are the same verdict."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping

from mlagkit.report.document import Document

Verdict = list[str]


def verdict_of(answer: str) -> Verdict:
    """What an answer in JSON says, without names, addresses, and the order that hangs on them.

    Of anything else, such as a message or nothing at all, only that it is so.
    """
    try:
        document = json.loads(answer)
    except ValueError:
        return ["no document"]
    kind = str(document.get("format", "")).partition("/")[0]
    verdict = _VERDICTS.get(kind)
    return verdict(document) if verdict else [kind]


def _findings(document: Document) -> Verdict:
    return _sorted((row["rule"], row["severity"], row["line"], bool(row["waived"])) for row in document["findings"])


def _differences(document: Document) -> Verdict:
    return _sorted(
        (
            _sorted(
                (row["action"], row["line"], len(row["section"]), row["old"] is None, row["new"] is None)
                for row in switch["changes"]
            ),
            sorted(row["line"] for row in switch["unmanaged"]),
        )
        for pair in document["pairs"]
        for switch in pair["switches"].values()
    )


def _plans(document: Document) -> Verdict:
    """The steps of each switch in their order; what two switches do at one time may change places."""
    return _sorted(
        (
            _sorted(
                [
                    (row["impact"], len(row["commands"]), len(row["undo"]))
                    for row in plan["steps"]
                    if row["switch"] == name
                ]
                for name in plan["switches"]
            ),
            sorted(stop["permission"] for stop in plan["stops"]),
            _findings({"findings": plan["findings"]}),
        )
        for plan in document.get("pairs", [document])
    )


def _import(document: Document) -> Verdict:
    rows = document["residue"]
    return [str(document["modelled"]), *_sorted(_of_switch(rows, name) for name in {row["switch"] for row in rows})]


def _of_switch(rows: Iterable[Document], name: str) -> list[int]:
    return sorted(row["line"] for row in rows if row["switch"] == name)


def _sorted(parts: Iterable[object]) -> Verdict:
    return sorted(map(repr, parts))


_VERDICTS: Mapping[str, Callable[[Document], Verdict]] = {
    "mlagkit.findings": _findings,
    "mlagkit.diff": _differences,
    "mlagkit.plan": _plans,
    "mlagkit.import": _import,
}
