"""`show vpc consistency-parameters`, in its three forms: own code, since ntc-templates 9.3 has no template for any.

``global`` is proven on the corpus as text. Unproven: ``interface`` was written from the tables in
Cisco's Nexus 5000 Operations Guide 5.0(3)N2(1) page 1-3, in two lab notes (vpc-reference.md, OUT1 and
id 30598270160, both behind ``vpc N``) and in one of an ACI leaf (id 62332316224, wider columns), which all have
the form of ``global``; ``vlans`` from the keys and values of NX-API (N9K Command Reference 9.3(x); nxapi_netbox).
Of the text of ``vlans`` no example was found (looked for again in November 2026): its columns are an assumption,
the least certain of all here. What is not of that form is refused.
"""

from __future__ import annotations

import re

from mlagkit.nxos.state import words
from mlagkit.nxos.state.body import Json, scalars, some_rows
from mlagkit.nxos.state.facts import Facts, need
from mlagkit.nxos.state.lines import Line, Misread, squeezed
from mlagkit.nxos.state.table import cells, columns, joined
from mlagkit.state import ConsistencyState, Parameter, VlanParameter
from mlagkit.values import VlanSet

# The longer legend: OUT1, behind `vpc 4`.
_LEGEND = {
    "legend:",
    "type 1 : vpc will be suspended in case of mismatch",
    "type 1 : vpc will be suspended in case of mismatch for down vpc",
}
_COLUMNS = ("Name", "Type", "Local Value", "Peer Value")
_VLAN_COLUMNS = ("Name", "Type", "Reason Code", "Pass Vlans")
_TYPE = re.compile(r"[12-]")
_SUSPENDED = "Local suspended VLANs"


def from_text(lines: list[Line]) -> ConsistencyState:
    """What a terminal shows, for the whole switch or for one port-channel."""
    rows = _rows(lines, _COLUMNS)
    return _state([_parameter(name, kind, local, peer) for _, (name, kind, local, peer) in rows])


def from_body(body: Json) -> ConsistencyState:
    """What NX-API tells, for the whole switch or for one port-channel."""
    return _state([_parameter_of(scalars(row)) for row in some_rows(body, "vpc_consistency")])


def vlans_from_text(lines: list[Line]) -> tuple[VlanParameter, ...]:
    """The checks per VLAN that a terminal shows (unproven)."""
    return tuple(
        VlanParameter(
            name=name,
            type=_type(kind),
            verdict=line.read(words.verdict, reason if reason == "success" else "failed"),
            reason=words.reason(reason),
            passed=line.read(words.all_vlans, passed),
        )
        for line, (name, kind, reason, passed) in _rows(lines, _VLAN_COLUMNS)
    )


def vlans_from_body(body: Json) -> tuple[VlanParameter, ...]:
    """The checks per VLAN that NX-API tells."""
    return tuple(_vlan_parameter_of(scalars(row)) for row in some_rows(body, "vpc_consistency"))


def _rows(lines: list[Line], names: tuple[str, ...]) -> list[tuple[Line, list[str]]]:
    """Each row with its first line: a row begins where the column of the type has something in it."""
    said = [line for line in lines if squeezed(line.text) not in _LEGEND]
    if not said:
        raise Misread("it has no table")
    starts = columns(said[0], names)
    rows: list[tuple[Line, list[list[str]]]] = []
    for line in said[1:]:
        row = cells(line, starts)
        if _TYPE.fullmatch(row[1]):
            rows.append((line, [[cell] for cell in row]))
        elif rows and not row[1]:
            for pieces, cell in zip(rows[-1][1], row, strict=True):
                pieces.append(cell)
        else:
            raise line.misread()
    if not rows:
        raise Misread("its table is empty")
    return [(line, [joined(pieces) for pieces in row]) for line, row in rows]


def _parameter(name: str, kind: str, local: str, peer: str) -> Parameter:
    return Parameter(name=name, type=_type(kind), local=local, peer=peer)


def _type(kind: str) -> int | None:
    return None if kind == "-" else int(kind)


def _kind(text: str) -> str:
    if not _TYPE.fullmatch(text):
        raise ValueError(text)
    return text


def _parameter_of(facts: Facts) -> Parameter:
    """A row of NX-API, in which a value that does not exist may be empty or left out."""
    kind = need(facts, "vpc-param-type", _kind)
    local, peer = (facts[key].value if key in facts else "" for key in ("vpc-param-local-val", "vpc-param-peer-val"))
    return _parameter(need(facts, "vpc-param-name", str), kind, local, peer)


def _vlan_parameter_of(facts: Facts) -> VlanParameter:
    reason = need(facts, "reason_code", str)
    return VlanParameter(
        name=need(facts, "vpc-param-name", str),
        type=_type(need(facts, "vpc-param-type", _kind)),
        verdict=words.verdict("success" if reason == "SUCCESS" else "failed"),
        reason=words.reason(reason),
        passed=need(facts, "vpc-pass-vlans", words.all_vlans),
    )


def _state(parameters: list[Parameter]) -> ConsistencyState:
    told = [parameter.local for parameter in parameters if parameter.name == _SUSPENDED]
    return ConsistencyState(parameters=tuple(parameters), suspended=_suspended(told[0]) if told else None)


def _suspended(text: str) -> VlanSet | None:
    try:
        return words.vlans(text)
    except ValueError:
        raise Misread(f"{_SUSPENDED!r}: {text!r}") from None
