"""`show interface status`.

Own code: the template of ntc-templates 9.3 knows eight words for the status of a port and fails at
any other (corpus: ``linkFlapE``), and a port that is in error is what this is asked for.
"""

from __future__ import annotations

import re

from mlagkit.nxos.state.body import Json, scalars, some_rows
from mlagkit.nxos.state.facts import Facts, need, want
from mlagkit.nxos.state.lines import Line, Misread, squeezed
from mlagkit.nxos.state.table import cells, columns
from mlagkit.state import InterfaceStatus
from mlagkit.values import InterfaceName, is_number

_HEAD = "port name status vlan duplex speed type"
# A table of its own for tunnels, whose columns are where its head has them (corpus: ntc-show-interface-status-tunnel).
_TUNNEL_HEAD = "interface name status reason reason description"
_TUNNEL_COLUMNS = ("Interface", "Name", "Status", "Reason", "Reason description")
# A name may hold blanks, tabs and words of the other columns, and moves them out of line: what stands behind it is
# found from the right. Blanks at its end are not told from those between the columns.
_ROW = re.compile(
    r"(?P<port>\S+)\s+(?:(?P<name>.*\S)\s+)?(?P<status>[A-Za-z][\w-]*)"
    r"\s+(?P<vlan>--|\d{1,4}|(?!(?:full|half|auto)\b)[a-z][\w-]*)"
    r"\s+(?P<duplex>full|half|auto)\s+(?P<speed>(?:a-)?(?:auto|\d[\d.]*[GM]?)|--)(?:\s+(?P<type>\S.*))?"
)


def from_text(lines: list[Line]) -> tuple[InterfaceStatus, ...]:
    """What a terminal shows: one table, or one for each kind of port."""
    found: list[InterfaceStatus] = []
    tunnels: list[int] = []
    for line in lines:
        text = squeezed(line.text)
        if text == _HEAD:
            tunnels = []
        elif text == _TUNNEL_HEAD:
            tunnels = columns(line, _TUNNEL_COLUMNS)
        else:
            found.append(_tunnel(line, tunnels) if tunnels else _port(line))
    if not found:
        raise Misread("its table is empty")
    return tuple(found)


def _port(line: Line) -> InterfaceStatus:
    match = _ROW.fullmatch(line.text)
    if not match:
        raise line.misread()
    return InterfaceStatus(
        port=line.read(InterfaceName.parse, match["port"]),
        name=_told(match["name"]),
        status=match["status"],
        vlan=_vlan(match["vlan"]),
        duplex=_told(match["duplex"]),
        speed=_told(match["speed"]),
        type=_told(match["type"]),
    )


def _tunnel(line: Line, starts: list[int]) -> InterfaceStatus:
    port, name, status, _ = cells(line, starts[:4])
    if not status:
        raise line.misread()
    reason = line.text[starts[4] :].strip()  # a short one of 18 letters ends where this begins
    return InterfaceStatus(
        port=line.read(InterfaceName.parse, port),
        name=_told(name),
        status=status,
        vlan=None,
        duplex=None,
        speed=None,
        type=None,
        reason=None if reason == "none" else _told(reason),
    )


def _told(text: str | None) -> str | None:
    return None if text in (None, "", "--") else text


def _vlan(text: str) -> int | str | None:
    return int(text) if is_number(text) else _told(text)


def from_body(body: Json) -> tuple[InterfaceStatus, ...]:
    """What NX-API tells; the keys are those that public scripts read (nxapi_netbox among them), ``name`` as they do."""
    return tuple(_port_of(scalars(row)) for row in some_rows(body, "interface"))


def _port_of(facts: Facts) -> InterfaceStatus:
    return InterfaceStatus(
        port=need(facts, "interface", InterfaceName.parse),
        name=want(facts, "name", _told),
        status=need(facts, "state", str),
        vlan=want(facts, "vlan", _vlan),
        duplex=want(facts, "duplex", _told),
        speed=want(facts, "speed", _told),
        type=want(facts, "type", _told),
    )
