"""A bundle as its sender reads it before it is sent, and as ``mlagkit.report/1``."""

from __future__ import annotations

from collections.abc import Iterator

from mlagkit.bundle.make import Bundle
from mlagkit.excerpt import visible
from mlagkit.report.document import Document


def bundle_document(bundle: Bundle) -> Document:
    """The files by name, and the commands whose answer is not the one on the real inputs."""
    return {"format": "mlagkit.report/1", "files": dict(bundle.files), "unlike": list(bundle.unlike)}


def bundle_text(bundle: Bundle) -> str:
    """Every file behind its name, with control characters as escapes."""
    return "\n".join(_lines(bundle)) + "\n"


def _lines(bundle: Bundle) -> Iterator[str]:
    for name, text in bundle.files.items():
        yield f"==> {visible(name)} <=="
        yield from (visible(line) for line in text.rstrip("\n").split("\n"))
        yield ""
