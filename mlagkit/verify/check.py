"""What a verification comes to: one check after the other, each with what must be, what is, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from mlagkit.values import InterfaceName, in_order


class Result(StrEnum):
    """NOT_KNOWN where nobody told, or where the sources disagree about what must be."""

    OK = "ok"
    NOT_OK = "not ok"
    NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that the intent implies, held against what a switch says; ``switch`` is None for what both share.

    ``name`` is what is checked (``vpc vlans``) and ``object`` of which thing (``vPC 11``); with the switch they are its
    identity.
    ``why`` says why it is not known, what the switch says about it, or what is worth a note though all is well.
    ``gaps`` are what is missing one by one, so that a later verification can be compared; ``settles`` is whether it
    may come by itself within the delays of a pair that has just changed.
    """

    name: str
    switch: str | None
    object: str
    expected: str
    seen: str
    result: Result
    why: str = ""
    advice: str = ""
    gaps: frozenset[str] = frozenset()
    settles: bool = False

    @property
    def identity(self) -> tuple[str, str | None, str]:
        """What makes it the same check in another verification."""
        return self.name, self.switch, self.object

    @property
    def is_pending(self) -> bool:
        """Whether it is worth waiting for."""
        return self.result is Result.NOT_OK and self.settles


def listed_ports(ports: Iterable[InterfaceName]) -> str:
    """Ports as a check tells them, expected or seen."""
    return ", ".join(in_order(ports)) or "none"


def worse(before: Iterable[Check], after: Iterable[Check]) -> tuple[Check, ...]:
    """The checks of ``after`` that are not ok and were better before: ok, not known, or with fewer gaps.

    Both must be held against the same intent. What could not be checked before because something larger was amiss (the
    VLANs of a vPC that was down) is no worse now; of a switch that was not read before, everything counts.
    """
    then = {check.identity: check for check in before}
    known = {check.switch for check in then.values()}
    return tuple(check for check in after if _is_worse(then.get(check.identity), check, was_read=check.switch in known))


def _is_worse(before: Check | None, after: Check, *, was_read: bool) -> bool:
    if after.result is not Result.NOT_OK:
        return False
    if before is None:
        return not was_read
    return before.result is not Result.NOT_OK or not after.gaps <= before.gaps
