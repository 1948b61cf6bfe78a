"""Values at the edges: what the pair file takes and what Cisco's YANG takes, each asked itself.

Which attribute of the vendor's model is which key of ours is the table of ``tests/test_dme.py``; that test compares
what both say of their ranges, here both are handed values. Where the two are known to differ, it has the reason.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from mlagkit.intent.forms import Mac
from mlagkit.intent.misfit import Misfit
from mlagkit.intent.ranges import BridgePriority, ChannelNumber, MstInstance, VlanId, VpcNumber
from oracle.compare import Difference
from oracle.environment import NotAvailable
from oracle.yang import SPEED, Node, Yanglint
from tests.test_dme import DIFFERENT_RANGE, PLACES, TABLE

_WORD = "nonsense"

# The attributes that are keys of a mapping in the pair file: the type of the key.
_KEYS: Mapping[str, Any] = {
    "vpcIf.id": VpcNumber,
    "l2BD.id": VlanId,
    "pcAggrIf.pcId": ChannelNumber,
    "stpMstDom.id": MstInstance,
    "stpMstDom.priority": BridgePriority,
    "stpVlan.priority": BridgePriority,
    "vpcDom.sysMac": Mac,
}
# The vendor's words that stand for a value of ours, besides those of the test's table.
_WORDS: Mapping[str, Mapping[str, str]] = {"l1PhysIf.speed": {theirs: ours for ours, theirs in SPEED.items()}}
# Values that no range tells: in the vendor's form, and in ours.
_MORE: Mapping[str, Mapping[object, object]] = {
    "l1PhysIf.accessVlan": {f"vlan-{vlan}": vlan for vlan in (0, 1, 4094, 4095)},
    "l1PhysIf.nativeVlan": {f"vlan-{vlan}": vlan for vlan in (0, 1, 4094, 4095)},
    "l1PhysIf.trunkVlans": {text: text for text in ("1", "4094", "10,20-25", "0", "4095", "25-20", "ten")},
    "ipv4If.unnumbered": {"lo0": "loopback0"},
    "vpcDom.macBpduSrcVer2": {True: True, False: False, _WORD: _WORD},
    "sviIf.autostate": {True: True, False: False, _WORD: _WORD},
    "vpcDom.sysMac": {"02:00:00:00:01:01": "0200.0000.0101", "02:00:00:00:01": "0200.0000.01"},
}
# What an entry of a list is known by in the model, where that is not `id`.
_ENTRIES: Mapping[str, Node] = {
    "Dom-list": {"name": "default"},
    "BD-list": {"fabEncap": "vlan-10"},
    "Group-list": {"id": 1, "af": "ipv4"},
    "Vlan-list": {"id": 10},
    "MstDom-list": {"id": 1},
}
_NAMES: Mapping[str, str] = {"PhysIf-list": "eth1/1", "AggrIf-list": "po11"}
_TEXTS = ("l1StormCtrlP.rate",)  # a decimal is a text in JSON
_NUMBERS = ("vpcIf", "stpMstDom")


@dataclass(frozen=True, slots=True)
class Probe:
    """One value of one attribute: in the vendor's form, and in the pair file's."""

    name: str
    theirs: object
    ours: object


def probes() -> Iterator[Probe]:
    """At every end of both ranges the value inside and the one outside; every word of a choice and one that is none."""
    if not TABLE.exists():
        raise NotAvailable("../shared/domain is not here, which says where an attribute stands in the model")
    for name, row in _rows().items():
        said = row["yang_range_or_enum"]
        if name in _MORE:
            yield from (Probe(name, theirs, ours) for theirs, ours in _MORE[name].items())
        elif name not in PLACES:
            continue
        elif "|" in said:
            words = {str(value): str(key) for key, value in PLACES[name].words.items()}
            for word in [*said.split("|"), _WORD]:
                yield Probe(name, word, _ours(name, word, words))
        elif match := re.fullmatch(r"(\d+)\.\.(\d+)", said):
            yield from _edges(name, {int(match[1]), int(match[2]), *_bounds(name)})
        elif match := re.fullmatch(r"len (\d+)\.\.(\d+)", said):
            for length in sorted({int(match[1]) - 1, int(match[1]), int(match[2]), int(match[2]) + 1} - {-1}):
                yield Probe(name, "x" * length, "x" * length)


def _rows() -> Mapping[str, Mapping[str, str]]:
    lines = [line for line in TABLE.read_text("utf-8").splitlines() if not line.startswith("#")]
    return {f"{row['class']}.{row['attribute']}": row for row in csv.DictReader(lines, delimiter="\t")}


def _ours(name: str, word: str, words: Mapping[str, str]) -> object:
    told = PLACES[name].words.get(word, _WORDS.get(name, {}).get(word, word))
    return int(word) if word.isdecimal() and name in _KEYS else told if word not in words else word


def _bounds(name: str) -> set[int]:
    """The ends of our range."""
    text = str(_adapter(name).json_schema())
    return {int(number) for number in re.findall(r"'(?:minimum|maximum)': (\d+)", text)}


def _edges(name: str, ends: set[int]) -> Iterator[Probe]:
    step = 32 if name == "stpIf.priority" else 1
    for value in sorted({value + off for value in ends for off in (-step, 0, step)}):
        yield Probe(name, str(value) if name in _TEXTS else value, value)


def _adapter(name: str) -> TypeAdapter[Any]:
    if name in _KEYS:
        return TypeAdapter(_KEYS[name])
    place = PLACES[name]
    return TypeAdapter(place.model.model_fields[place.key].rebuild_annotation())


def takes(probe: Probe) -> bool:
    """Whether the pair file takes the value."""
    try:
        _adapter(probe.name).validate_python(probe.ours)
    except (ValidationError, Misfit):
        return False
    return True


def system_with(probe: Probe) -> Node:
    """The smallest configuration that has the value where the vendor's model has its attribute."""
    kind, _, attribute = probe.name.partition(".")
    path = _rows()[probe.name]["yang_path"].split("/")
    node: Node = {attribute: probe.theirs}
    for step in reversed(path):
        if step.endswith("-list"):
            key = _ENTRIES.get(step) or {"id": 10 if kind in _NUMBERS else _NAMES.get(step, "vlan10")}
            node = {step: [{**key, **node}]}
        else:
            node = {step: node}
    return node


def judged(judge: Yanglint, all_of: Sequence[Probe]) -> tuple[int, list[Difference]]:
    """How many values both take or both refuse, and the others."""
    taken = [probe for probe in all_of if takes(probe)]
    # Those that both should take are put before the judge together, since each call costs reading the model.
    sure = {probe for probe in taken if _reason(probe.name) is None}
    if judge.refused([system_with(probe) for probe in sure]):
        sure = set()
    found = []
    for probe in all_of:
        if probe in sure:
            continue
        said = judge.refused([system_with(probe)])
        if (probe in taken) != (said is None):
            found.append(_difference(probe, said, is_taken=probe in taken))
    return len(all_of) - len(found), found


def _difference(probe: Probe, said: str | None, *, is_taken: bool) -> Difference:
    return Difference(
        oracle="YANG",
        where="edges",
        command="value",
        object=f"{probe.theirs!r:.40}",
        attribute=probe.name,
        ours="taken" if is_taken else "refused",
        theirs=f"refused: {said}" if said else "taken",
    )


def reason(found: Difference) -> str | None:
    """Why the two ranges differ, where that is known."""
    return _reason(found.attribute)


def _reason(name: str) -> str | None:
    return _DIFFERENT.get(name) or DIFFERENT_RANGE.get(name)


_NO_RANGE = "the model has the form of a list there and no range; 802.1Q has VLANs 1-4094"
_DIFFERENT = {
    "stpMstDom.priority": "any number up to 61440 there; the command line takes steps of 4096, as stpVlan.priority has",
    "l1PhysIf.accessVlan": _NO_RANGE,
    "l1PhysIf.nativeVlan": _NO_RANGE,
    "l1PhysIf.trunkVlans": _NO_RANGE,
}
