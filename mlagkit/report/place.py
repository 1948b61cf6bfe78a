"""What tells one finding from another, and its file as a host of repositories writes it."""

from __future__ import annotations

import hashlib
import posixpath
from collections import Counter
from collections.abc import Iterable

from mlagkit.excerpt import visible
from mlagkit.report.document import Document


def path_in_repository(file: str) -> str:
    """The file's name with slashes and without ``./``, as it was given."""
    return visible(posixpath.normpath(file.replace("\\", "/")))


def fingerprints(rows: Iterable[Document]) -> list[str]:
    """For each finding what stays the same when lines move, and is no other finding's."""
    seen: Counter[str] = Counter()
    found = []
    for row in rows:
        parts = [row["rule"], path_in_repository(row["file"]), row["pair"], row["switch"], row["object"]]
        text = "\0".join(str(part or "") for part in (*parts, row["message"]))
        seen[text] += 1
        found.append(hashlib.sha256(f"{text}\0{seen[text]}".encode("utf-8", "surrogatepass")).hexdigest())
    return found
