"""`show port-channel summary`.

Own code: the template of ntc-templates 9.3 takes at most four ports of a line, passes over every
line that it does not know, and reads an Arista's answer as well.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar

from mlagkit.nxos.state.body import Json, rows, scalars, some_rows
from mlagkit.nxos.state.facts import Facts, need
from mlagkit.nxos.state.lines import Line, Misread, squeezed
from mlagkit.state import MemberPort, PortChannel
from mlagkit.values import InterfaceName

T = TypeVar("T")

# The legend that every answer begins with; corpus, all releases.
_MEMBER = {
    "D": "down",
    "P": "bundled",
    "I": "individual",
    "H": "hot standby",
    "s": "suspended",
    "r": "module removed",
    "b": "waiting for BFD",
    "p": "up, waiting for LACP",
}
_CHANNEL = {"U": "up", "D": "down", "M": "too few members"}
_SWITCHED = {"S": True, "R": False}

_LEGEND = {
    "flags: d - down p - up in port-channel (members)",
    "i - individual h - hot-standby (lacp only)",
    "s - suspended r - module-removed",
    "b - bfd session wait",
    "s - switched r - routed",
    "u - up (port-channel)",
    "p - up in delay-lacp mode (member)",
    "m - not in use. min-links not met",
}
_HEAD = ("group port- type protocol member ports", "channel")
_ROW = re.compile(r"(\d{1,5})\s+(Po\d{1,5})\(([SR]?)([UDM])\)\s+(\S+)\s+(\S+)\s+(--|\S.*)")
_PORT = re.compile(r"(\S+)\((\w)\)")


def from_text(lines: list[Line]) -> tuple[PortChannel, ...]:
    """What a terminal shows."""
    said = [line for line in lines if squeezed(line.text) not in _LEGEND]
    for text in _HEAD:
        if not said or squeezed(said[0].text) != text:
            raise said[0].misread() if said else Misread("it has no table")
        said = said[1:]
    found: list[tuple[re.Match[str], Line, list[MemberPort]]] = []
    for line in said:
        match = _ROW.fullmatch(line.text)
        if match:
            found.append((match, line, line.read(_members, match[7])))
        elif found and line.text[0].isspace():
            found[-1][2].extend(line.read(_members, line.text))
        else:
            raise line.misread()
    return tuple(_channel(match, line, members) for match, line, members in found)


def _channel(match: re.Match[str], line: Line, members: list[MemberPort]) -> PortChannel:
    return PortChannel(
        port=line.read(InterfaceName.parse, match[2]),
        switched=_SWITCHED.get(match[3]),
        status=_CHANNEL[match[4]],
        protocol=match[6],
        members=tuple(members),
    )


def _members(text: str) -> list[MemberPort]:
    if text.strip() == "--":
        return []
    found = []
    for word in text.split():
        match = _PORT.fullmatch(word)
        if not match:
            raise ValueError(word)
        found.append(MemberPort(port=InterfaceName.parse(match[1]), status=_one_of(_MEMBER, match[2])))
    return found


def _one_of(known: Mapping[str, T], letter: str) -> T:
    if letter not in known:
        raise ValueError(letter)
    return known[letter]


def from_body(body: Json) -> tuple[PortChannel, ...]:
    """What NX-API tells; the keys are those of a public answer of a switch with FEX, which has ports by full names."""
    return tuple(_channel_of(scalars(row), row) for row in some_rows(body, "channel"))


def _channel_of(facts: Facts, row: Json) -> PortChannel:
    return PortChannel(
        port=need(facts, "port-channel", InterfaceName.parse),
        switched=need(facts, "layer", lambda letter: _one_of(_SWITCHED, letter)),
        status=need(facts, "status", lambda letter: _one_of(_CHANNEL, letter)),
        protocol=need(facts, "prtcl", str),
        members=tuple(_member_of(scalars(member)) for member in rows(row, "member")),
    )


def _member_of(facts: Facts) -> MemberPort:
    return MemberPort(
        port=need(facts, "port", InterfaceName.parse),
        status=need(facts, "port-status", lambda letter: _one_of(_MEMBER, letter)),
    )
