"""Classes, policies and where they are applied, read from raw lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from mlagkit.nxos.chassis import product_line
from mlagkit.nxos.nested import Line, blocks, found, lines_of, number
from mlagkit.part import asked_once
from mlagkit.record import record
from mlagkit.switch import Port, Switch

_HEAD = r"(?P<kind>class-map|policy-map|system qos)(?P<words>.*)"
_DSCP = {
    **{f"cs{number}": 8 * number for number in range(8)},
    **{f"af{group}{drop}": 8 * group + 2 * drop for group in range(1, 5) for drop in range(1, 4)},
    "ef": 46,
    "default": 0,
}
"""Names of DSCP values (RFC 2474, 2597, 3246)."""
_HIGHEST = 63

_MTU_BY_POLICY = ("n5k", "n6k")
_NETWORK_POLICY = "service-policy type network-qos"
_USUAL_MTU = 1500


@record
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
    heads = {
        line.text: line for line in lines_of(switch.extra) if re.match(_HEAD, line.text) and not _of_control_plane(line)
    }
    classes = [line for head, line in heads.items() if head.startswith("class-map")]
    policies = [line for head, line in heads.items() if head.startswith("policy-map")]
    return Qos(
        blocks={head: _below(line) for head, line in heads.items()},
        matched=frozenset(_values(classes, "match dscp")),
        marked=frozenset(_values(policies, "set dscp")),
    )


def sets_mtu_by_policy(switch: Switch) -> bool:
    """Whether ports have no MTU of their own on Layer 2: on Nexus 5000 and 6000 (manualowl N5K p.472)."""
    return product_line(switch.model, switch.release) in _MTU_BY_POLICY


def layer2_mtu(switch: Switch, port: Port) -> int:
    """The largest packet that a port lets through, in bytes without the Ethernet header.

    Some of the Nexus 3000 have an MTU of the port and some a policy (reference 2.3): the larger of the two counts.
    """
    if sets_mtu_by_policy(switch):
        return _policy_mtu(switch) or _USUAL_MTU
    has_either = product_line(switch.model, switch.release) == "n3k"
    return max(port.mtu, _policy_mtu(switch) or 0) if has_either else port.mtu


def _policy_mtu(switch: Switch) -> int | None:
    """The MTU that the network-qos policy of the whole switch gives to packets of no special class."""
    lines = lines_of(switch.extra)
    applied = [words for _, below in blocks(lines, "system qos") for words in found(below, _NETWORK_POLICY)]
    for words, below in blocks(lines, "policy-map type network-qos"):
        if words in applied:
            for name, settings in blocks(below, "class type network-qos"):
                if name == ["class-default"]:
                    return next((number(words) for words in found(settings, "mtu")), None)
    return None


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
