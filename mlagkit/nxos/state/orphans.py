"""`show vpc orphan-ports`: own code, since ntc-templates 9.3 has no template for it.

Unproven: the corpus has only an answer that names no port (suzieq-leaf03.json, where even NX-API
gives the note as text). The table was written from an example in a public test
(``VLAN  Orphan Ports`` / ``10  Po21, Eth1/45``), that of NX-API from the N9K Command Reference
9.3(x) and the same answers in public scripts. What is not of that form is refused.
"""

from __future__ import annotations

import re

from mlagkit.nxos.state.body import Json, scalars, some_rows
from mlagkit.nxos.state.facts import Facts, need
from mlagkit.nxos.state.lines import Line, squeezed
from mlagkit.state import OrphanPorts
from mlagkit.values import InterfaceName, VlanSet

_NOTE = {"note:", "--------::going through port database. please be patient.::--------"}
_HEAD = "vlan orphan ports"
_ROW = re.compile(r"(\d[\d,-]*)\s+(\S.*)")


def from_text(lines: list[Line]) -> tuple[OrphanPorts, ...]:
    """What a terminal shows; nothing but the note means that there are none."""
    said = [line for line in lines if squeezed(line.text) not in _NOTE]
    if not said:
        return ()
    if squeezed(said[0].text) != _HEAD:
        raise said[0].misread()
    rows: list[tuple[VlanSet, list[InterfaceName]]] = []
    for line in said[1:]:
        match = _ROW.fullmatch(line.text)
        if match:
            rows.append((line.read(VlanSet.parse, match[1]), line.read(_ports, match[2])))
        elif rows and line.text[0].isspace():
            rows[-1][1].extend(line.read(_ports, line.text))
        else:
            raise line.misread()
    return tuple(OrphanPorts(vlans=vlans, ports=tuple(ports)) for vlans, ports in rows)


def from_body(body: Json) -> tuple[OrphanPorts, ...]:
    """What NX-API tells."""
    return tuple(_orphans(scalars(row)) for row in some_rows(body, "orphan_ports"))


def _orphans(facts: Facts) -> OrphanPorts:
    vlans = need(facts, "vpc-vlan", VlanSet.parse)
    return OrphanPorts(vlans=vlans, ports=tuple(need(facts, "vpc-orphan-ports", _ports)))


def _ports(text: str) -> list[InterfaceName]:
    """``Po21, Eth1/45``; a line may end in a comma."""
    return [InterfaceName.parse(part) for part in text.strip().rstrip(",").split(",")]
