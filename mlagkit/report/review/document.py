"""A review as ``mlagkit.review/1``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from mlagkit import __version__
from mlagkit.finding import Finding
from mlagkit.history import History
from mlagkit.report.document import Document
from mlagkit.report.findings import findings_document
from mlagkit.report.review.words import review_words
from mlagkit.turned import Turned

FORMAT = "mlagkit.review/1"


def review_document(
    history: History,
    *,
    rows: Sequence[Document],
    unchanged: Sequence[str],
    turned: Turned,
    settings: Sequence[Document],
    given: Sequence[str],
    notes: Sequence[str],
    day: str,
) -> Document:
    """All that is known of a change; ``rows`` are the pairs that changed, ``unchanged`` the names of the others.

    ``settings`` are the options that files set otherwise than they did, ``given`` those that no file sets and a push
    needs, too.
    """
    document: Document = {
        "format": FORMAT,
        "tool": f"mlagkit {__version__}",
        "day": day,
        "base": {"revision": history.revision, "commit": history.base},
        "head": history.head,
        "commit": history.head if _is_clean(rows) else None,
        "pairs": list(rows),
        "unchanged": list(unchanged),
        "findings": {
            "new": _rows(turned.new),
            "resolved": _rows(replace(each, advice="") for each in turned.resolved),  # nothing is left to be done
            "waived": _rows(turned.waived),
            "unchanged": turned.unchanged,
        },
        "settings": list(settings),
        "given": list(given),
        "notes": list(notes),
    }
    return document | {"verdict": review_words(document)}


def _is_clean(rows: Iterable[Document]) -> bool:
    """Whether the files that the plans were made from are those of the commit that is checked out."""
    return all(row["plan"]["commit"] for row in rows if row["plan"])


def _rows(findings: Iterable[Finding]) -> list[Document]:
    rows: list[Document] = findings_document(findings)["findings"]
    return rows
