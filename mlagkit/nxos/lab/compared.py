"""The answers to `show vpc consistency-parameters`: the tables of what both switches compare.

`global` is as corpus: show-vpc-consistency-parameters-global/nickelface-07-nx7.txt. That of a vPC has the same columns
(OUT1, N5OPS page 1-3), by its number or by its port. The keys of NX-API are those of CR93 and of nxapi_netbox; so is
what NX-API tells of VLANs while all pass. The columns of that table, its rows, and its words where one fails are
assumed.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from itertools import zip_longest

from mlagkit.nxos.lab.answer import Answer
from mlagkit.nxos.lab.spelling import interface_names
from mlagkit.state import Absent, ConsistencyState, Parameter, SwitchState, Verdict, VlanParameter, VpcState

_LEGEND = ("", "    Legend:", "        Type 1 : vPC will be suspended in case of mismatch", "")
_RULE = "-------------               ----  ---------------------- -----------------------"
_WIDTHS = (27, 22, 23)


def compared(state: SwitchState, rest: str) -> Answer | None:
    """What stands behind `show vpc` as `consistency-parameters`, and what then; None where the lab has no answer."""
    words = rest.split()
    if len(words) < 2 or not "consistency-parameters".startswith(words[0]):
        return None
    if len(words) == 2 and "global".startswith(words[1]):
        return _parameters(state.consistency)
    if len(words) == 2 and "vlans".startswith(words[1]):
        return _vlans(state.vlan_consistency)
    return _of_leg(state, words[1], " ".join(words[2:]))


def _of_leg(state: SwitchState, kind: str, which: str) -> Answer | None:
    legs = state.vpc.legs if isinstance(state.vpc, VpcState) else ()
    if kind == "vpc":
        ports = [leg.port for leg in legs if str(leg.vpc) == which]
    elif kind and "interface".startswith(kind):
        try:
            named = [*map(str, interface_names(which))]
        except ValueError:
            return None
        ports = [leg.port for leg in legs if [str(leg.port)] == named]
    else:
        return None
    return _parameters((state.interface_consistency or {}).get(ports[0])) if ports else None


def _parameters(told: ConsistencyState | Absent | None) -> Answer | None:
    if not isinstance(told, ConsistencyState):
        return None
    head = "Name                        Type  Local Value            Peer Value             "
    rows = [(each.name, str(each.type or "-"), each.local, each.peer) for each in told.parameters]
    return Answer(_table(head, rows), body=_body(map(_parameter_body, told.parameters)))


def _parameter_body(parameter: Parameter) -> dict[str, object]:
    return {
        "vpc-param-name": parameter.name,
        "vpc-param-type": str(parameter.type or "-"),
        "vpc-param-local-val": parameter.local,
        "vpc-param-peer-val": parameter.peer,
    }


def _vlans(told: Sequence[VlanParameter] | Absent | None) -> Answer | None:
    if not isinstance(told, tuple):
        return None
    head = "Name                        Type  Reason Code            Pass Vlans             "
    rows = [(each.name, str(each.type or "-"), each.reason or "success", _passed(each)) for each in told]
    all_pass = all(each.verdict is Verdict.SUCCESS for each in told)
    return Answer(_table(head, rows), body=_body(map(_vlan_body, told)) if all_pass else None)


def _vlan_body(parameter: VlanParameter) -> dict[str, object]:
    head: dict[str, object] = {"vpc-param-name": parameter.name, "vpc-param-type": str(parameter.type or "-")}
    return {**head, "reason_code": "SUCCESS", "vpc-pass-vlans": _passed(parameter)}


def _passed(parameter: VlanParameter) -> str:
    """All of them count from 0 to 4095 (nxapi_netbox)."""
    return "0-4095" if parameter.verdict is Verdict.SUCCESS else str(parameter.passed) or "-"


def _body(rows: Iterable[dict[str, object]]) -> dict[str, object]:
    return {"TABLE_vpc_consistency": {"ROW_vpc_consistency": [*rows]}}


def _table(head: str, rows: Iterable[tuple[str, str, str, str]]) -> str:
    lines = [*_LEGEND, head, _RULE]
    for name, kind, *values in rows:
        cells = [_wrapped(text, width) for text, width in zip((name, *values), _WIDTHS, strict=True)]
        for number, (first, one, other) in enumerate(zip_longest(*cells, fillvalue="")):
            lines.append(f"{first:<28}{'' if number else kind:<6}{one:<23}{other}".rstrip())
    return "\n".join([*lines, ""])


def _wrapped(text: str, width: int) -> list[str]:
    """A text in its column; a list of VLANs is wrapped behind its commas."""
    if text and set(text) <= set("0123456789,-"):
        return behind_commas(text, width)
    return textwrap.wrap(text, width, break_long_words=True) or [""]


def behind_commas(text: str, width: int) -> list[str]:
    """A list, wrapped behind its commas."""
    lines = [""]
    for part in text.replace(",", ", ").split():
        if len(lines[-1] + part) > width:
            lines.append("")
        lines[-1] += part
    return lines
