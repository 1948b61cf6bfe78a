"""How a value of the pair file is read, and in which forms it may be written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from pydantic.annotated_handlers import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from mlagkit.intent.misfit import Misfit

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


class Between:
    """Makes `int` a whole number of a range, in steps where they are more than 1.

    pydantic's own `Field(ge=, le=)` is merged into each field of the type and taken apart again when that is built.
    """

    def __init__(self, first: int, last: int, *, step: int | None = None) -> None:
        self.first = first
        self.last = last
        self.step = step

    def __get_pydantic_core_schema__(self, _source: object, _handler: GetCoreSchemaHandler) -> CoreSchema:
        """A number within the range."""
        return core_schema.int_schema(ge=self.first, le=self.last, multiple_of=self.step)


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


def named_once(read: Callable[[object], Collection[object]]) -> AlsoWritten:
    """Refuses a mapping in which two keys name the same thing, of which one value would be lost.

    ``read`` gives what a key names.
    """

    def check(value: object) -> object:
        seen: dict[object, object] = {}
        for key in value if isinstance(value, dict) else ():
            for name in names(read, key):
                if name in seen:
                    raise Misfit(f"names {name} twice, in `{seen[name]}` and in `{key}`", "IN17", key)
                seen[name] = key
        return value

    return AlsoWritten(check)


def names(read: Callable[[object], Collection[object]], key: object) -> Collection[object]:
    """What a key names; nothing where it is wrong, which its own validator says at its place."""
    try:
        return read(key)
    except Misfit:
        return ()


def or_nothing(value: object) -> object:
    """An empty mapping where a key stands without a value."""
    return {} if value is None else value


ONE_OR_MORE_TEXTS: tuple[JsonSchema, ...] = ({"type": "string"}, {"type": "array", "items": {"type": "string"}})
NOTHING: JsonSchema = {"type": "null"}
