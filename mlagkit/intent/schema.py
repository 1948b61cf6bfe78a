"""The JSON Schema of the pair file, from which editors complete and check.

It is draft-07, because editors and check-jsonschema read that everywhere. Generated from the models, with what the
models leave to the loader: a value per switch, keys without a value, ranges of keys.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from mlagkit.intent.described import described
from mlagkit.intent.hostnames import keys_of_the_file, models
from mlagkit.intent.model import Model
from mlagkit.intent.pair import Intent, PairFacts
from mlagkit.intent.text import HOSTNAME

Schema = dict[str, Any]

_DIALECT = "http://json-schema.org/draft-07/schema#"
_DEFINITIONS = "#/definitions/"
_BY_NAME = ("properties", "patternProperties")  # words below which stand names, not words
_DROPPED = frozenset({"title", "default"})  # noise in an editor: the field's name, and "nothing"
_MODEL = "x-model"  # marks what is a model until each has its definition
_NOTHING: Schema = {"type": "null"}
_INLINE = 60  # characters of JSON that are not worth a definition of their own


def schema_text() -> str:
    """The schema as the file ``schemas/pair.json`` holds it."""
    return json.dumps(pair_schema(), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def pair_schema() -> Schema:
    """The schema of a pair file, the same for the same models."""
    definitions = _ungrouped({**_generated(PairFacts), **_generated(Intent)})
    facts, intent = definitions.pop(PairFacts.__name__), definitions.pop(Intent.__name__)
    per_switch = _PerSwitch()
    once = _once_for_the_pair(definitions)
    done = {
        name: _cleaned(content) if name in once else per_switch.mapping(_cleaned(content))
        for name, content in sorted(definitions.items())
    }
    pair_level = _nullable(_cleaned(facts))
    properties = pair_level["properties"] | per_switch.mapping(_cleaned(intent))["properties"]
    pair_level["properties"]["switches"] |= {"minProperties": 2, "maxProperties": 2}
    return {
        "$schema": _DIALECT,
        "title": "mlagkit pair file",
        "description": "Two switches that must look like one.",
        "type": "object",
        "additionalProperties": False,
        "required": sorted(facts["required"]),
        "properties": properties,
        "definitions": {**done, **per_switch.definitions},
    }


def _ungrouped(definitions: dict[str, Schema]) -> dict[str, Schema]:
    """The models with the keys of their groups beside their own, as they stand in the file."""
    groups = {name: kind.__name__ for model in models() for name, kind in model.shared.items()}
    found = {name: part for name, part in definitions.items() if name not in groups.values()}
    for name, part in found.items():
        own = part.get("properties", {})
        shared = [definitions[groups[key]]["properties"] for key in groups if key in own]
        if shared:
            kept = {key: value for key, value in own.items() if key not in groups}
            required = [key for key in part.pop("required", ()) if key not in groups]
            properties = {key: value for keys in shared for key, value in keys.items()} | kept
            found[name] = part | {"properties": properties} | ({"required": required} if required else {})
    return found


def _once_for_the_pair(definitions: Mapping[str, Schema]) -> set[str]:
    """The models below the keys that are said once, where nothing is chosen per switch."""
    found: set[str] = set()
    waiting = {"SwitchFacts", "Host", "Waiver"} & set(definitions)
    while waiting:
        name = waiting.pop()
        found.add(name)
        waiting |= {ref.removeprefix(_DEFINITIONS) for ref in _references(definitions[name])} - found
    return found


def _references(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "$ref":
                yield str(value)
            else:
                yield from _references(value)
    elif isinstance(node, list):
        for item in node:
            yield from _references(item)


def _generated(model: type[Model]) -> dict[str, Schema]:
    """The schema of the model and of every model below it, by name."""
    found: dict[str, Schema] = {}
    whole = model.model_json_schema(ref_template=_DEFINITIONS + "{model}", schema_generator=_Generator)
    for part in [*whole.pop("$defs", {}).values(), whole]:
        _hoisted(part, found)
    return found


def _hoisted(node: object, found: dict[str, Schema]) -> object:
    """The node with a reference in the place of each model, which goes to ``found``."""
    if isinstance(node, list):
        return [_hoisted(item, found) for item in node]
    if not isinstance(node, dict):
        return node
    content = {key: _hoisted(value, found) for key, value in node.items() if key != _MODEL}
    if _MODEL not in node:
        return content
    name, description = node[_MODEL]
    found[name] = content | {"description": description}
    help_text = {} if content["description"] == description else {"description": content["description"]}
    return {"$ref": _DEFINITIONS + name, **help_text}


class _Generator(GenerateJsonSchema):
    """Mappings whose keys have a range, a pattern or a choice, as draft-07 can say it; models with their names."""

    def model_schema(self, schema: core_schema.ModelSchema) -> Schema:
        """The model with its name and help, which the field that it stands in may replace, and that of its fields."""
        found = super().model_schema(schema)
        model: type[Model] = schema["cls"]
        for name, text in described(model).items():
            found["properties"][name]["description"] = text
        return found | {_MODEL: (model.__name__, found["description"])}

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> Schema:
        """What need not be said may stand without a value; of a `Maybe` the default alone tells."""
        if "default" in schema and schema["default"] is None:
            schema = schema | {"schema": core_schema.nullable_schema(schema["schema"])}
        return super().default_schema(schema)

    def dict_schema(self, schema: core_schema.DictSchema) -> Schema:
        """The values by the pattern of their keys; other keys are refused."""
        keys = self.generate_inner(schema["keys_schema"])
        values = self.generate_inner(schema["values_schema"])
        found: Schema = {"type": "object", "additionalProperties": False}
        if "enum" in keys:
            return found | {"properties": dict.fromkeys(keys["enum"], values)}
        if keys.get("type") == "integer":
            return found | {"patternProperties": {f"^({decimal_pattern(keys['minimum'], keys['maximum'])})$": values}}
        limits = {word: keys[word] for word in ("minLength", "maxLength") if word in keys}
        return found | {"patternProperties": {keys["pattern"]: values}} | ({"propertyNames": limits} if limits else {})


def decimal_pattern(low: int, high: int) -> str:
    """An expression for the decimal numbers of a range."""
    return "|".join(_pattern(first, last) for first, last in _decades(low, high))


def _decades(low: int, high: int) -> Iterator[tuple[int, int]]:
    """The range cut so that the numbers of a part differ only in whole digits at their end."""
    while low <= high:
        step = 1
        while low % (step * 10) == 0 and low + step * 10 - 1 <= high and low:
            step *= 10
        last = low + step * min(9 - low // step % 10, (high - low + 1) // step - 1) + step - 1
        yield low, last
        low = last + 1


def _pattern(first: int, last: int) -> str:
    """An expression for a part that `_decades` cut: equal digits, one span, then any digits."""
    words = []
    for one, other in zip(str(first), str(last), strict=True):
        words.append(one if one == other else f"[{one}-{other}]")
    return "".join(words).replace("[0-9]", r"\d")


def _cleaned(schema: Schema) -> Schema:
    """Without what only clutters an editor's help."""
    found: Schema = {}
    for word, value in schema.items():
        if word in _DROPPED:
            continue
        if word in _BY_NAME:
            found[word] = {name: _cleaned(part) for name, part in value.items()}
        elif isinstance(value, dict):
            found[word] = _cleaned(value)
        elif word == "anyOf":
            found[word] = [_cleaned(part) for part in value]
        else:
            found[word] = value
    return found


def _nullable(model: Schema) -> Schema:
    """Keys without a value are allowed where the key itself may be missing."""
    required = model.get("required", ())
    found = {name: part if name in required else _or(part, _NOTHING) for name, part in model["properties"].items()}
    return model | {"properties": found}


def _or(part: Schema, *more: Schema) -> Schema:
    """That, or any of the others; its help stays outside, where editors look for it."""
    outside = {key: value for key, value in part.items() if key == "description"}
    inside = {key: value for key, value in part.items() if key != "description"}
    known = inside["anyOf"] if set(inside) == {"anyOf"} else [inside]
    return {**outside, "anyOf": [*known, *(form for form in more if form not in known)]}


class _PerSwitch:
    """Lets every value of a mapping be given per switch; what is long gets a definition."""

    def __init__(self) -> None:
        self.definitions: dict[str, Schema] = {
            "per_switch_key": {
                "type": "string",
                "pattern": f"^(?!({'|'.join(sorted(keys_of_the_file()))})$){HOSTNAME}$",
                "description": "A switch of the pair.",
            }
        }
        self._names: dict[str, str] = {}

    def mapping(self, schema: Schema, name: str = "") -> Schema:
        """The mapping of that name, or alternatives among which there is one, with each value also per switch."""
        if "anyOf" in schema:
            return schema | {"anyOf": [self.mapping(part, name) for part in schema["anyOf"]]}
        if "properties" in schema and "patternProperties" not in schema:
            schema = _nullable(schema)
        found = dict(schema)
        if "properties" in schema:
            found["properties"] = {key: self._value(key, part) for key, part in schema["properties"].items()}
        if "patternProperties" in schema:
            entries = schema["patternProperties"].items()
            found["patternProperties"] = {key: self._value(f"{name}_entry", part) for key, part in entries}
        return found

    def _value(self, name: str, part: Schema) -> Schema:
        inner = {key: value for key, value in part.items() if key != "description"}
        one = self._defined(name, self.mapping(inner, name))
        several = {
            "type": "object",
            "minProperties": 1,
            "maxProperties": 2,
            "propertyNames": {"$ref": _DEFINITIONS + "per_switch_key"},
            # Not additionalProperties: for an empty value an editor would complete from that alone.
            "patternProperties": {"^[A-Za-z]": one},
            "additionalProperties": False,
        }
        choice = [one, self._defined(f"{name}_per_switch", several)]
        return {**{key: part[key] for key in part if key == "description"}, "anyOf": choice}

    def _defined(self, name: str, part: Schema) -> Schema:
        """A reference to that part, under its field's name; short ones stand for themselves."""
        text = json.dumps(part, sort_keys=True)
        if len(text) <= _INLINE:
            return part
        if text not in self._names:
            taken = set(self._names.values())
            free = (f"{name}_{number}" if number > 1 else name for number in range(1, 1000))
            self._names[text] = next(word for word in free if word not in taken)
            self.definitions[self._names[text]] = part
        return {"$ref": _DEFINITIONS + self._names[text]}
