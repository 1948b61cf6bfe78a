"""`show vpc peer-keepalive`: own code, since ntc-templates 9.3 has no template for it."""

from __future__ import annotations

import re

from mlagkit.nxos.state import words
from mlagkit.nxos.state.body import Json, scalars
from mlagkit.nxos.state.facts import Facts, labelled, need, others, want
from mlagkit.nxos.state.lines import Line, squeezed
from mlagkit.state import KeepaliveState
from mlagkit.values import InterfaceName, parse_address

# corpus, both forms.
_KEYS = {
    "vpc keep-alive status": "vpc-peer-keepalive-status",
    "peer is alive for": "vpc-peer-keepalive-up-time",
    "send status": "vpc-keepalive-send-status",
    "last send at": "vpc-keepalive-send-tstamp",
    "sent on interface": "vpc-keepalive-send-interface",
    "receive status": "vpc-keepalive-receive-status",
    "last receive at": "vpc-keepalive-receive-tstamp",
    "received on interface": "vpc-keepalive-receive-interface",
    "last update from peer": "vpc-keepalive-lastupdate",
    "destination": "vpc-keepalive-dest",
    "keepalive interval": "vpc-keepalive-interval",
    "keepalive timeout": "vpc-keepalive-timeout",
    "keepalive hold timeout": "vpc-keepalive-hold-timeout",
    "keepalive vrf": "vpc-keepalive-vrf",
    "keepalive udp port": "vpc-keepalive-udp-port",
    "keepalive tos": "vpc-keepalive-tos",
}
_HEADING = "vpc keep-alive parameters"
_AGE = re.compile(r"\((\d{1,10})\) seconds, \((\d{1,6})\) msec")


def from_text(lines: list[Line]) -> KeepaliveState:
    """The keepalive as a terminal shows it."""
    return _state(labelled((line for line in lines if squeezed(line.text) != _HEADING), _KEYS))


def from_body(body: Json) -> KeepaliveState:
    """The keepalive as NX-API tells it."""
    return _state(scalars(body))


def _state(facts: Facts) -> KeepaliveState:
    return KeepaliveState(
        status=need(facts, "vpc-peer-keepalive-status", words.keepalive),
        said=need(facts, "vpc-peer-keepalive-status", str),
        alive_for=want(facts, "vpc-peer-keepalive-up-time", lambda text: _milliseconds(text) // 1000),
        last_update=want(facts, "vpc-keepalive-lastupdate", _milliseconds),
        send=want(facts, "vpc-keepalive-send-status", str.lower),
        receive=want(facts, "vpc-keepalive-receive-status", str.lower),
        sent_on=want(facts, "vpc-keepalive-send-interface", InterfaceName.parse),
        received_on=want(facts, "vpc-keepalive-receive-interface", InterfaceName.parse),
        destination=want(facts, "vpc-keepalive-dest", parse_address),
        vrf=want(facts, "vpc-keepalive-vrf", str),
        interval=want(facts, "vpc-keepalive-interval", _milliseconds_of_interval),
        timeout=want(facts, "vpc-keepalive-timeout", _seconds),
        hold_timeout=want(facts, "vpc-keepalive-hold-timeout", _seconds),
        udp_port=want(facts, "vpc-keepalive-udp-port", words.number),
        tos=want(facts, "vpc-keepalive-tos", words.number),
        others=others(facts, _KEYS.values()),
    )


def _milliseconds(text: str) -> int:
    match = _AGE.fullmatch(text)
    if not match:
        raise ValueError(text)
    return int(match[1]) * 1000 + int(match[2])


def _milliseconds_of_interval(text: str) -> int:
    return words.number(text.removesuffix(" msec"))


def _seconds(text: str) -> int:
    return words.number(text.removesuffix(" seconds"))
