"""What becomes of the two switches in a scenario, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from mlagkit.excerpt import visible
from mlagkit.report.document import Document
from mlagkit.report.paint import counted
from mlagkit.state import Role
from mlagkit.values import VlanSet

_PARTS = {"legs": "leg", "svis": "SVI", "orphans": "orphan port"}
_NUMBERED = {"legs": "vPC", "svis": "SVI"}
_DEAD, _WELL = "down", "up"
UNCHANGED = "as before"


@dataclass(frozen=True, slots=True)
class Start:
    """What there is before any event, for whoever is assumed to lead."""

    first: Document

    @classmethod
    def of(cls, pair: Document) -> Start:
        """That of a pair."""
        return cls(pair["scenarios"][0])

    def before(self, scenario: Document) -> Document:
        """The start of a scenario: with the roles exchanged where the other switch is assumed to lead."""
        if scenario["primary"] == self.first["primary"]:
            return self.first
        switches = self.first["switches"]
        roles = reversed([switch["role"] for switch in switches.values()])
        exchanged = {
            name: switch | {"role": role} for (name, switch), role in zip(switches.items(), roles, strict=True)
        }
        return self.first | {"primary": scenario["primary"], "switches": exchanged}


def switch_words(switch: Document, first: Document) -> list[str]:
    """What a switch is that it was not before, in a few words: its role, and how many of its parts.

    Of what there is before any event: what is not up.
    """
    if not switch["alive"]:
        return [_DEAD]
    words = [] if switch["role"] == first["role"] else [_role(switch)]
    for key, noun in _PARTS.items():
        moved = {name: state for name, state in switch[key].items() if switch is not first or state != _WELL}
        numbers = Counter(moved.values())
        words += [f"{counted(number, noun)} {state}" for state, number in sorted(numbers.items())]
    if switch["tunnel"] != first["tunnel"]:
        words.append(f"tunnel {switch['tunnel']}")
    return words


def pair_words(scenario: Document, first: Document) -> list[str]:
    """The same of both switches, a line for each that is not as before, and whether both lead."""
    lines = []
    for name, switch in scenario["switches"].items():
        words = switch_words(switch, first["switches"][name])
        if words:
            lines.append(f"{visible(name)}: {', '.join(words)}")
    if both_lead(scenario):
        lines.append("both lead (dual-active)")
    return lines or [UNCHANGED]


def both_lead(scenario: Document) -> bool:
    """Whether both switches are up and act as primary."""
    return all(switch["alive"] and _leads(switch) for switch in scenario["switches"].values())


def _leads(switch: Document) -> bool:
    return any(role.leads and role.value == switch["role"] for role in Role)


def _role(switch: Document) -> str:
    return "no role" if switch["role"] == "none" else str(switch["role"])


def stand_words(switch: Document) -> str:
    """The role of a switch, its peer-link and its keepalive."""
    if not switch["alive"]:
        return _DEAD
    return f"{_role(switch)}; peer-link {switch['peer_link']}, keepalive {switch['keepalive']}"


def changes(before: Document, now: Document) -> Iterator[str]:
    """What changed on a switch between two scenarios, each told whole: legs, SVIs, orphan ports, the tunnel."""
    for key in _PARTS:
        moved: dict[tuple[str, str], list[str]] = {}
        for name, state in now[key].items():
            was = before[key].get(name, "absent")
            if was != state:
                moved.setdefault((was, state), []).append(name)
        for (was, state), names in moved.items():
            noun = f"{_NUMBERED[key]} {VlanSet(map(int, names))}" if key in _NUMBERED else visible(", ".join(names))
            yield f"{noun} {was} -> {state}"
    if before["tunnel"] != now["tunnel"]:
        yield f"tunnel {before['tunnel']} -> {now['tunnel']}"


def whole(switch: Document, first: Document) -> Document:
    """A switch of a later scenario with what is as in the first one."""
    parts: Document = {key: first[key] | switch[key] for key in _PARTS}
    return switch | parts
