"""Whatever a file says, it loads and expands, or it is refused with places: never another exception."""

from __future__ import annotations

import copy
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from mlagkit.errors import InputError
from mlagkit.expand import expand
from mlagkit.finding import Finding
from mlagkit.intent import load_pair
from mlagkit.source import construct
from tests.pair_files import EVERYTHING, flow, read_source

WHOLE = construct(read_source(EVERYTHING).root)
ODD: st.SearchStrategy[object] = st.sampled_from(
    [
        *(None, True, -1, 0, 1.5, 10**9, "", " ", "x", "no", "10,20", "10-", "Ethernet1/1", "ev-a", "2001:db8::1/64"),
        *([], [None], [[1]], ["x", 1], {}, {"ev-a": 1}, {"ev-a": {}, "ev-c": {}}, {"ev-b": [1]}, {"x": {"y": None}}),
        *({1: {2: 3}}, {"groups": {}}, {"profile": "server"}, {"profile": []}, {"members": {"e1/1": 1}}),
    ]
)
PLACES = st.lists(st.integers(0, 30), min_size=1, max_size=6)


def replaced(data: object, place: list[int], value: object) -> object:
    """The data with the value at the place that the numbers lead to, going round where they are too high."""
    if not place or not data or not isinstance(data, dict | list):
        return value
    keys = list(data) if isinstance(data, dict) else list(range(len(data)))
    key = keys[place[0] % len(keys)]
    data[key] = replaced(data[key], place[1:], value)
    return data


@given(st.lists(st.tuples(PLACES, ODD), min_size=1, max_size=3))
def test_odd_values(changes: list[tuple[list[int], object]]) -> None:
    """A pair file with odd values at any places is understood, or refused with a place for each."""
    data: object = copy.deepcopy(WHOLE)
    for place, value in changes:
        data = replaced(data, place, copy.deepcopy(value))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "pair.yaml"
        path.write_text(flow(data), "utf-8")
        findings = mistakes(path)
    assert all(finding.origin.file == str(path) and finding.message for finding in findings)


def mistakes(path: Path) -> tuple[Finding, ...]:
    """What is wrong with the file; nothing where it loads and expands."""
    try:
        assert len(expand(load_pair(path))) == 2
    except InputError as error:
        return error.findings
    return ()
