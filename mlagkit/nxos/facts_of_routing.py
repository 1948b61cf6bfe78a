"""Where routing protocols run, which a Switch holds as raw lines only."""

from __future__ import annotations

from collections.abc import Iterator

from mlagkit.switch import Interface, Switch

_ON_INTERFACES = ("ip router ", "ipv6 router ")


def dynamic_vrfs(switch: Switch) -> frozenset[str]:
    """The VRFs that may have routes which no line of the configuration names.

    A ``router`` block runs in the default VRF and in those that it names; ``ip router ospf 1 area 0`` in the VRF of
    its interface (corpus pairs).
    """
    return frozenset((*_of_blocks(switch), *_of_interfaces(switch)))


def _of_blocks(switch: Switch) -> Iterator[str]:
    inside = False
    for line in switch.extra:
        if not line.startswith(" "):
            inside = line.startswith("router ")
        words = line.split()
        if inside:
            yield words[1] if words[0] == "vrf" and len(words) == 2 else "default"


def _of_interfaces(switch: Switch) -> Iterator[str]:
    parts: list[Interface] = [*switch.ports.values(), *switch.svis.values(), *switch.loopbacks.values()]
    for part in parts:
        if any(line.startswith(_ON_INTERFACES) for line in part.extra):
            yield part.vrf
