"""Classes, policies and where they are applied, read from raw lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mlagkit.nxos.nested import Line, lines_of, number
from mlagkit.part import asked_once
from mlagkit.switch import Port, Switch

_HEAD = re.compile(r"(?P<kind>class-map|policy-map|system qos)(?P<words>.*)")
_DSCP = {
    **{f"cs{number}": 8 * number for number in range(8)},
    **{f"af{group}{drop}": 8 * group + 2 * drop for group in range(1, 5) for drop in range(1, 4)},
    "ef": 46,
    "default": 0,
}
"""Names of DSCP values (RFC 2474, 2597, 3246)."""
_HIGHEST = 63


@dataclass(frozen=True, slots=True, kw_only=True)
class Qos:
    """The QoS of one switch: each class, policy and the system's by its head line, with the lines below.

    ``matched`` are the DSCP values that a class matches, ``marked`` those that a policy sets.
    """

    blocks: Mapping[str, tuple[str, ...]]
    matched: frozenset[int]
    marked: frozenset[int]


@asked_once
def qos_of(switch: Switch) -> Qos:
    """What the raw lines of a switch say of QoS; the order in a policy counts, that of a class's matches does not."""
    found = {
        line.text: line for line in lines_of(switch.extra) if _HEAD.match(line.text) and not _of_control_plane(line)
    }
    classes = [line for head, line in found.items() if head.startswith("class-map")]
    policies = [line for head, line in found.items() if head.startswith("policy-map")]
    return Qos(
        blocks={head: _below(line) for head, line in found.items()},
        matched=frozenset(_values(classes, "match dscp")),
        marked=frozenset(_values(policies, "set dscp")),
    )


def policies_of(port: Port) -> frozenset[str]:
    """The policies that are applied on a port, in the words of their lines."""
    return frozenset(line.text for line in lines_of(port.extra) if line.behind("service-policy") is not None)


def _of_control_plane(line: Line) -> bool:
    """CoPP stands in classes and policies of its own, which are no QoS of the traffic."""
    return " type control-plane" in line.text


def _below(line: Line) -> tuple[str, ...]:
    texts = [text for below in line.below for text in below.flat()]
    return tuple(texts if line.behind("policy-map") is not None else sorted(texts))


def _values(lines: Sequence[Line], beginning: str) -> Iterator[int]:
    for line in lines:
        words = line.behind(beginning)
        for word in ",".join(words or ()).split(","):
            yield from _dscp(word.lower())
        yield from _values(line.below, beginning)


def _dscp(word: str) -> Iterator[int]:
    """A value, a range or a name; nothing for another word."""
    first, _, last = word.partition("-")
    low, high = number([first]), number([last or first])
    if low is not None and high is not None:
        yield from range(low, min(high, _HIGHEST) + 1)
    elif word in _DSCP:
        yield _DSCP[word]
