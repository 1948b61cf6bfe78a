"""Waiting for a pair to settle: its delays hold ports back after a change that is already right."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import TypeVar

MARGIN = 10
"""Seconds beyond the delays: for adjacency, LACP and spanning tree, and for the reading itself."""
PAUSE = 5
"""Seconds between two readings."""

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


def settled(
    patience: Mapping[K, float],
    read: Callable[[Sequence[K]], Mapping[K, T]],
    is_pending: Callable[[T], bool],
    *,
    clock: Callable[[], float],
    sleep: Callable[[float], None],
    tell: Callable[[Mapping[K, T], float], None],
) -> Mapping[K, T]:
    """The last result of each pair: once nothing is pending any more, or after its ``patience`` in seconds.

    ``read`` reads those that it is given. ``tell`` gets what is still pending and for how many seconds it will be
    waited for, before each pause. ``clock`` counts seconds.
    """
    start = clock()
    found = dict(read(list(patience)))
    while True:
        waited = clock() - start
        pending = {key: one for key, one in found.items() if is_pending(one) and waited < patience[key]}
        if not pending:
            return {key: found[key] for key in patience}
        left = max(patience[key] for key in pending) - waited
        tell(pending, left)
        sleep(min(PAUSE, left))
        found |= read(list(pending))
