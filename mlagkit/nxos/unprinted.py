"""What a switch has switched on without a line that says so."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from mlagkit.config import ConfigTree

_FORWARDS = "fabric forwarding"
"""A feature that many a switch prints no line for, only its lines (corpus/nxos/pairs/divercool-lab08-leaf23)."""


def unprinted(running: ConfigTree, intended: ConfigTree, asked: Collection[str]) -> Iterator[int]:
    """The numbers of the intended lines for such a feature that the running lines show to be on.

    Not for one that is ``asked`` for by its name: whoever writes it wants the line.
    """
    line = f"feature {_FORWARDS}"
    if _FORWARDS in asked or line not in intended.heads:
        return
    margin = running.margin
    if f"\n{_FORWARDS} " in margin and f"\n{line}" not in margin:
        yield next(intended.chosen([intended.heads.index(line)])).line
