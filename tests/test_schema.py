"""The JSON Schema that editors read is the model, and takes what the model takes."""

from __future__ import annotations

import json
import re

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlagkit.intent.schema import decimal_pattern, pair_schema, schema_text
from mlagkit.source import construct
from tests.conftest import ROOT, Golden
from tests.pair_files import PAIRS, as_json, per_switch_everywhere, read_source

SCHEMA = jsonschema.Draft7Validator(json.loads((ROOT / "schemas" / "pair.json").read_text("utf-8")))
NUMBERS = st.integers(0, 20_000)


def test_committed_schema(golden: Golden) -> None:
    """The file in the repository is what the model says."""
    golden(ROOT / "schemas" / "pair.json", schema_text())


def test_is_draft_7() -> None:
    """The schema is a valid draft-07 schema without a word of a later draft."""
    jsonschema.Draft7Validator.check_schema(pair_schema())
    assert not re.search(r'"(\$defs|prefixItems|unevaluatedProperties|dependentSchemas)"', schema_text())


@pytest.mark.parametrize("path", PAIRS, ids=lambda path: path.parent.name)
def test_takes_pairs(path: str) -> None:
    """Every pair file that loads is valid."""
    SCHEMA.validate(as_json(construct(read_source(path).root)))


@pytest.mark.parametrize("path", PAIRS, ids=lambda path: path.parent.name)
def test_takes_values_per_switch(path: str) -> None:
    """Every value may be given per switch."""
    data = construct(read_source(path).root)
    SCHEMA.validate(as_json(per_switch_everywhere(data)))


def test_every_key_has_a_help_text() -> None:
    """Editors can show a sentence for every key."""
    definitions = pair_schema()["definitions"]
    models = {name: part for name, part in definitions.items() if name[0].isupper()}
    silent = {f"{name}.{key}" for name, part in models.items() for key in part["properties"] if not said(part, key)}
    assert not silent


def said(part: dict[str, dict[str, dict[str, object]]], key: str) -> object:
    """The help text of a key."""
    return part["properties"][key].get("description")


@given(NUMBERS, NUMBERS)
def test_decimal_pattern(one: int, other: int) -> None:
    """The expression for a range of numbers matches exactly these."""
    low, high = sorted((one, other))
    pattern = re.compile(f"(?:{decimal_pattern(low, high)})\\Z")
    for number in {0, low - 1, low, low + 1, (low + high) // 2, high - 1, high, high + 1, high * 10}:
        assert bool(pattern.match(str(number))) == (low <= number <= high)
