"""Short forms of a value, for the JSON Schema alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic.annotated_handlers import GetJsonSchemaHandler
from pydantic_core import CoreSchema


class AlsoWritten:
    """Marks a type whose value may be written in other ways, too; a validator of the type reads them."""

    def __init__(self, *forms: Mapping[str, object]) -> None:
        self.forms = forms

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Any of the short forms, or the long one."""
        return {"anyOf": [*map(dict, self.forms), handler(core)]}


ONE_OR_MORE_TEXTS: tuple[Mapping[str, object], ...] = (
    {"type": "string"},
    {"type": "array", "items": {"type": "string"}},
)
NOTHING: Mapping[str, object] = {"type": "null"}
