"""How a value of the pair file is read, and in which forms it may be written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pydantic.annotated_handlers import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

JsonSchema = Mapping[str, Any]


class Read:
    """Makes a type one that a function reads from whatever YAML gave; it raises Misfit for what it can't read.

    ``form`` says the same for a JSON Schema. It is what pydantic's own PlainValidator does, without looking at the
    function's signature and at how the type might be written back, which takes a third of a model's building time.
    """

    def __init__(self, read: Callable[[object], object], form: JsonSchema) -> None:
        self.read = read
        self.form = form

    def __get_pydantic_core_schema__(self, _source: object, _handler: GetCoreSchemaHandler) -> CoreSchema:
        """The function alone; nothing of the type is checked again."""
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(self, _core: CoreSchema, _handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """The form that the function reads."""
        return dict(self.form)


class AlsoWritten:
    """Marks a type whose value may be written in short forms, too, which ``read`` turns into the long one."""

    def __init__(self, read: Callable[[object], object], *forms: JsonSchema) -> None:
        self.read = read
        self.forms = forms

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """The function, and the type on what it gives."""
        return core_schema.no_info_before_validator_function(self.read, handler(source))

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Any of the short forms, or the long one."""
        return {"anyOf": [*map(dict, self.forms), handler(core)]} if self.forms else handler(core)


def or_nothing(value: object) -> object:
    """An empty mapping where a key stands without a value."""
    return {} if value is None else value


ONE_OR_MORE_TEXTS: tuple[JsonSchema, ...] = ({"type": "string"}, {"type": "array", "items": {"type": "string"}})
NOTHING: JsonSchema = {"type": "null"}
