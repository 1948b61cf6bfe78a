"""The plain data of a result, and its one JSON form: the same bytes for the same result."""

from __future__ import annotations

from typing import Any

Document = dict[str, Any]
"""What JSON can hold; its keys are those of the ``mlagkit.<kind>/1`` formats."""


def to_json(document: Document) -> str:
    """Sorted keys, UTF-8; a byte that was no UTF-8 when it was read shows as the escape of its surrogate."""
    import json
    import re

    text = json.dumps(document, sort_keys=True, ensure_ascii=False, indent=2)
    return re.sub("[\ud800-\udfff]", lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"
