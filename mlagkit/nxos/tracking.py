"""What an object of ``track`` watches: the line protocol of interfaces, alone or in lists.

The forms are those of the Nexus 9000 guide (interfaces, "Configuring Object Tracking") and of the corpus. An object of
another kind (a route, a threshold) may go down for reasons that no failure of the pair tells: it counts as up here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from mlagkit.nxos.nested import Line, lines_of
from mlagkit.switch import Switch
from mlagkit.values import InterfaceName, is_number

_OR = ["list", "boolean", "or"]
_AND = ["list", "boolean", "and"]


@dataclass(frozen=True, slots=True)
class Tracked:
    """One object: an interface, or a list of other objects that ``needs`` ``any`` or ``all`` of them up.

    ``objects`` come with whether the list takes the opposite of each (``object 2 not``).
    """

    interface: InterfaceName | None = None
    needs: str = ""
    objects: tuple[tuple[Tracked, bool], ...] = ()

    def is_up(self, down: Set[InterfaceName]) -> bool:
        """Whether it is up while these interfaces are down."""
        if self.interface is not None:
            return self.interface not in down
        states = [tracked.is_up(down) != opposite for tracked, opposite in self.objects]
        return any(states) if self.needs == "any" else all(states)


def tracked(switch: Switch, number: int) -> Tracked | None:
    """The object of that number; None where the switch has none."""
    lines = {words[0]: line for line in lines_of(switch.extra) if (words := line.behind("track")) and words[1:]}
    return _object(lines, str(number), ())


def _object(lines: Mapping[str, Line], number: str, above: Sequence[str]) -> Tracked | None:
    """The object; a list that holds itself ends there."""
    line = lines.get(number)
    if line is None or number in above:
        return None
    kind = line.text.split()[2:]
    if kind[:1] == ["interface"] and kind[2:3] == ["line-protocol"]:
        return Tracked(interface=_interface(kind[1]))
    if kind not in (_OR, _AND):
        return Tracked(needs="all")
    objects = []
    for words in (below.behind("object") for below in line.below):
        inner = _object(lines, words[0], (*above, number)) if words and is_number(words[0]) else None
        if inner is not None and words is not None:
            objects.append((inner, words[1:] == ["not"]))
    return Tracked(needs="any" if kind == _OR and objects else "all", objects=tuple(objects))


def _interface(text: str) -> InterfaceName | None:
    try:
        return InterfaceName.parse(text)
    except ValueError:
        return None
