"""Pair files for tests, and how one is written in another way that means the same."""

from __future__ import annotations

import json
from pathlib import Path

from mlagkit.errors import InputError
from mlagkit.intent.select import PAIR_LEVEL
from mlagkit.source import Source, inspect_source, read_bytes
from tests.conftest import ROOT

PAIRS = sorted([*(ROOT / "tests" / "fixtures" / "pairs").glob("*/pair.yaml"), *ROOT.glob("examples/*/pair.yaml")])
"""Every pair file that must load."""

EVERYTHING = ROOT / "tests" / "fixtures" / "pairs" / "everything" / "pair.yaml"
"""The one that uses every key."""

Data = object


def read_source(path: str | Path) -> Source:
    """A file as its nodes; InputError with every finding if it can't be read or isn't clean YAML."""
    return parse_source(read_bytes(path), str(path))


def parse_source(raw: bytes, file: str) -> Source:
    """The same of bytes that stand in a file of that name."""
    source, findings = inspect_source(raw, file)
    if source is None or findings:
        raise InputError(findings)
    return source


def as_json(data: Data) -> Data:
    """The data with every key as a text, which is how JSON and its schemas see it."""
    if isinstance(data, dict):
        return {str(key): as_json(value) for key, value in data.items()}
    return [as_json(item) for item in data] if isinstance(data, list) else data


def flow(data: Data) -> str:
    """The data as YAML on one line."""
    if isinstance(data, dict):
        return "{" + ", ".join(f"{_key(key)}: {flow(value)}" for key, value in data.items()) + "}"
    return "[" + ", ".join(map(flow, data)) + "]" if isinstance(data, list) else json.dumps(data)


def _key(key: object) -> str:
    return str(key) if isinstance(key, int) else json.dumps(key)


def per_switch_everywhere(data: Data) -> dict[object, Data]:
    """The same pair with every value given per switch that may be, at every level."""
    assert isinstance(data, dict)
    names = list(data["switches"])
    return {key: value if key in PAIR_LEVEL else _wrapped(value, names) for key, value in data.items()}


def _inside(data: Data, names: list[object]) -> Data:
    if not isinstance(data, dict) or set(data) <= set(names):
        return data
    return {key: _wrapped(value, names) for key, value in data.items()}


def _wrapped(value: Data, names: list[object]) -> Data:
    if isinstance(value, dict) and value and set(value) <= set(names):
        return value
    return dict.fromkeys(names, _inside(value, names))


def written(text: str, folder: Path) -> Path:
    """A file with that text in the folder."""
    path = folder / "pair.yaml"
    path.write_text(text, "utf-8")
    return path
