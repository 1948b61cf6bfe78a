"""What the model expects at a place of the pair file, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import UnionType
from typing import Annotated, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from mlagkit.intent.described import described
from mlagkit.intent.model import Model
from mlagkit.intent.written import Between

KEY = "[key]"
"""pydantic's word for a mapping's key in the place of an error."""

Step = str | int


def keys_at(model: type[Model], loc: Sequence[Step]) -> Mapping[str, FieldInfo]:
    """The keys that the mapping at that place may have; empty where they are not fixed."""
    kind = _kind(model, loc)
    return _fields(kind) if isinstance(kind, type) and issubclass(kind, Model) else {}


def purpose(model: type[Model], loc: Sequence[Step]) -> str:
    """What the key at that place is for; empty where the keys are not fixed."""
    kind = _kind(model, loc[:-1])
    texts = described(kind) if isinstance(kind, type) and issubclass(kind, Model) else {}
    return texts.get(str(loc[-1]), "")


def in_the_file(model: type[Model], loc: Sequence[Step]) -> tuple[Step, ...]:
    """The place of pydantic as a path of the file, in which the names of groups do not stand."""
    found: list[Step] = []
    for at, step in enumerate(loc):
        kind = _kind(model, loc[:at])
        if not (isinstance(kind, type) and issubclass(kind, Model) and step in kind.shared):
            found.append(step)
    return tuple(found)


def _fields(kind: type[Model]) -> dict[str, FieldInfo]:
    """The fields behind the keys of a mapping; a model's own come before those of its groups."""
    found: dict[str, FieldInfo] = {}
    for group in kind.shared.values():
        found |= _fields(group)
    return found | {key: field for key, field in kind.model_fields.items() if key not in kind.shared}


def expectation(model: type[Model], loc: Sequence[Step]) -> tuple[str, list[str]]:
    """What the value at that place may be, in words; and the words that it may be, where they are a choice."""
    kind, metadata = _unwrapped(_annotation(model, loc))
    if get_origin(kind) is Literal:
        choices = [str(choice) for choice in get_args(kind)]
        return (choices[0] if len(choices) == 1 else f"{', '.join(choices[:-1])} or {choices[-1]}"), choices
    if kind is bool:
        return "true or false", []
    if kind is int:
        return _whole_number(metadata), []
    if get_origin(kind) is list:
        return "a list", []
    if kind is str:
        return "text", []
    return "a mapping (`key: value`)", []


def _whole_number(metadata: Sequence[object]) -> str:
    between = next((part for part in metadata if isinstance(part, Between)), None)
    if between is None:
        return "a whole number"
    step = f" in steps of {between.step}" if between.step else ""
    return f"a whole number {between.first}-{between.last}{step}"


def _kind(model: type[Model], loc: Sequence[Step]) -> object:
    return _unwrapped(_annotation(model, loc))[0]


def _annotation(model: type[Model], loc: Sequence[Step]) -> object:
    """The type of the place, metadata included, followed through models, their groups and mappings."""
    annotation: object = model
    for step in loc:
        kind, _ = _unwrapped(annotation)
        if isinstance(kind, type) and issubclass(kind, Model):
            field = _fields(kind).get(str(step))
            group = kind.shared.get(str(step), object)
            annotation = Annotated[field.annotation, tuple(field.metadata)] if field else group
        elif get_origin(kind) is dict:
            key, value = get_args(kind)
            annotation = key if step == KEY else value
        elif get_origin(kind) is list:
            annotation = get_args(kind)[0]
    return annotation


def _unwrapped(annotation: object) -> tuple[object, list[object]]:
    """The type without ``Annotated`` and ``| None``, and the metadata on the way."""
    metadata: list[object] = []
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation, *more = get_args(annotation)
            for part in more:
                metadata += part if isinstance(part, tuple) else getattr(part, "metadata", [part])
        elif origin in (Union, UnionType):
            annotation = next(part for part in get_args(annotation) if part is not type(None))
        else:
            return annotation, metadata
