"""Before and after: what was not right already is not the fault of what happened in between."""

from __future__ import annotations

from collections.abc import Iterable

from mlagkit.verify.check import Check, Result


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
