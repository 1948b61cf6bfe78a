"""Pair files that are wrong: each in its own file, with the exact findings beside it."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from mlagkit.errors import InputError
from mlagkit.intent import load_pair
from mlagkit.intent.synonyms import SYNONYMS
from mlagkit.source import construct, inspect_source, read_bytes
from tests.conftest import ROOT, Golden
from tests.pair_files import as_json

BROKEN = ROOT / "tests" / "fixtures" / "broken"
BY_SCHEMA = sorted((BROKEN / "schema").glob("*.yaml"))
BY_MEANING = sorted((BROKEN / "meaning").glob("*.yaml"))
SCHEMA = jsonschema.Draft7Validator(json.loads((ROOT / "schemas" / "pair.json").read_text("utf-8")))


@pytest.mark.parametrize("path", [*BY_SCHEMA, *BY_MEANING], ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_findings(path: Path, golden: Golden, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each broken pair file raises exactly the findings that lie beside it, with their places."""
    monkeypatch.chdir(path.parent)
    with pytest.raises(InputError) as caught:
        load_pair(path.name)
    found = "".join(f"{finding.origin}: {finding.rule} {finding.message}\n" for finding in caught.value.findings)
    golden(path.with_suffix(".txt"), found)


@pytest.mark.parametrize("path", BY_SCHEMA, ids=lambda path: path.stem)
def test_refused_by_the_schema(path: Path) -> None:
    """What is wrong in itself is refused by the JSON Schema alone, so an editor shows it while one types."""
    source, _ = inspect_source(read_bytes(path), path.name)
    assert source is not None
    assert not SCHEMA.is_valid(as_json(construct(source.root)))


def test_there_are_enough() -> None:
    """At least fifty files break the schema."""
    assert len(BY_SCHEMA) >= 50


def test_synonyms() -> None:
    """Each word that others have for a key is in that file, and answered with a key."""
    said = (BROKEN / "schema" / "words-of-others.txt").read_text("utf-8").replace("-", "_")
    assert not [word for word in SYNONYMS if f"unknown key `{word}`; did you mean `" not in said]
