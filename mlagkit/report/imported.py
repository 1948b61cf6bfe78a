"""Imports: ``mlagkit.import/1``, and text for whoever looks at a file that came of one."""

from __future__ import annotations

from collections.abc import Sequence

from mlagkit.excerpt import visible
from mlagkit.finding import Finding
from mlagkit.importing import Imported
from mlagkit.report.document import Document
from mlagkit.report.paint import Paint, counted, plain


def import_document(found: Imported, file: str | None) -> Document:
    """The import as ``mlagkit.import/1``; without a file the text of the pair file stands in it."""
    document: Document = {
        "format": "mlagkit.import/1",
        "pair": found.pair,
        "file": file,
        "modelled": found.modelled,
        "unmodelled": len(found.residue),
        "residue": [{"switch": each.switch, "line": each.line, "text": each.text} for each in found.residue],
        "doubts": [doubt.message for doubt in found.doubts],
        "secrets": sorted(found.secrets),
    }
    return document if file else document | {"text": found.text}


def import_text(document: Document, doubts: Sequence[Finding], *, shown: int | None, paint: Paint = plain) -> str:
    """What a person has to know: doubts first, then what is not modelled, a count at the end.

    ``shown`` is how many lines are listed; None lists all.
    """
    lines = [f"{paint('yellow', 'doubt')} {each.rule} {each.name}: {visible(each.message)}" for each in doubts]
    residue = document["residue"]
    if residue:
        lines.append("not modelled, kept in `extra`:")
        lines += [f"    {row['switch']}:{row['line']}  {visible(row['text'])}" for row in residue[:shown]]
        left = len(residue) - len(residue[:shown])
        lines += [f"    … {left} more; -v lists all"] if left else []
    if document["secrets"]:
        lines.append(
            f"{counted(len(document['secrets']), 'secret')}: references in the file, values with --secrets FILE"
        )
    where = f" in {document['file']}" if document["file"] else ""
    total = f"{counted(document['modelled'], 'line')} modelled, {document['unmodelled']:,} kept as raw lines"
    lines.append(paint("bold", f"{document['pair']}{where}: {total}"))
    return "\n".join(lines) + "\n"
