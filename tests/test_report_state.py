"""A saved state comes back as it was, and nothing else passes for one."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mlagkit.errors import BrokenReply
from mlagkit.report.document import to_json
from mlagkit.report.state import state_document, states_of
from mlagkit.state import Absent, PairState, SwitchState
from mlagkit.verify import Observed, Standing
from tests.live_pairs import dc1
from tests.state_answers import FOLDER, read, text_of


def again(observed: Observed) -> Observed:
    """The same after a way through a file."""
    return states_of(json.loads(to_json(state_document({"pair": observed}))))["pair"]


def of(state: SwitchState) -> Observed:
    """An observation of one switch."""
    return Observed(state=PairState(switches={state.hostname: state}), unread={state.hostname: {"a command": "why"}})


def test_whole_pair(tmp_path: Path) -> None:
    """All that was observed of a pair comes back."""
    pair = dc1(tmp_path, ("\nvpcs:", "\nfeatures: [lldp]\n\nvpcs:"))
    pair.happen("peer-link down", "peer-link up")
    seen = pair.observe()
    assert again(seen) == seen


def test_corpus(corpus_show: Path) -> None:
    """So does every state that real answers give."""
    try:
        state = read(corpus_show.parent.name, text_of(corpus_show))
    except BrokenReply:
        return
    assert again(of(state)) == of(state)


@pytest.mark.parametrize(
    "path", sorted(FOLDER.glob("*/*.expected")), ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_made_up(path: Path) -> None:
    """And every one that made-up answers give, in all forms."""
    try:
        state = read(path.parent.name, text_of(path.with_suffix("")))
    except BrokenReply:
        return
    assert again(of(state)) == of(state)


def test_absent() -> None:
    """A command that the switch did not know, and a standing that was not told, stay what they are."""
    seen = Observed(
        state=PairState(switches={"a": SwitchState(hostname="a", vpc=Absent.UNKNOWN_COMMAND)}),
        standing={"a": Standing(changes=2, uncompared=1, unsaved=None)},
        unread={"a": {}},
    )
    assert again(seen) == seen


def _drop(document: dict[str, Any]) -> None:
    del document["pairs"]["dc1"]["dc1-a"]["state"]["vpc"]["role"]


def _add(document: dict[str, Any]) -> None:
    document["pairs"]["dc1"]["dc1-a"]["state"]["novelty"] = 1


def _word(document: dict[str, Any]) -> None:
    document["pairs"]["dc1"]["dc1-a"]["state"]["vpc"]["role"] = "king"


def _number(document: dict[str, Any]) -> None:
    document["pairs"]["dc1"]["dc1-a"]["standing"]["changes"] = "2"


def _format(document: dict[str, Any]) -> None:
    document["format"] = "mlagkit.state/2"


def _port(document: dict[str, Any]) -> None:
    document["pairs"]["dc1"]["dc1-a"]["state"]["vpc"]["legs"][0]["port"] = "nonsense"


def _vlans(document: dict[str, Any]) -> None:
    document["pairs"]["dc1"]["dc1-a"]["state"]["vpc"]["legs"][0]["vlans"] = "5000"


def _list(document: dict[str, Any]) -> None:
    document["pairs"]["dc1"]["dc1-a"]["state"]["vpc"]["legs"] = {}


def _pairs(document: dict[str, Any]) -> None:
    document["pairs"] = [1]


@pytest.mark.parametrize("spoil", [_drop, _add, _word, _number, _format, _port, _vlans, _list, _pairs])
def test_refused(spoil: Callable[[dict[str, Any]], None], tmp_path: Path) -> None:
    """A document with anything missing, added, or of another kind is refused as a whole."""
    document = json.loads(to_json(state_document({"dc1": dc1(tmp_path).observe()})))
    spoiled = copy.deepcopy(document)
    spoil(spoiled)
    assert states_of(document)
    with pytest.raises(ValueError, match=r"mlagkit\.state/1"):
        states_of(spoiled)
