"""The lines by which one switch of a pair is taken out of service."""

from __future__ import annotations

from collections.abc import Iterator

from mlagkit.nxos.catalogue import Phase, recognise
from mlagkit.nxos.change.edit import Edit
from mlagkit.nxos.effective import Side
from mlagkit.values import InterfaceName


def kept_roles(side: Side) -> Iterator[Edit]:
    """Auto-recovery off, on both: a switch that stands alone too long would take the lead when it returns (F22)."""
    for head, facts in side.root.blocks.items():
        line = recognise("vpc-domain", "auto-recovery")
        if facts.mode != "vpc-domain" or line is None or not side.values(facts).of(line.key, line.row):
            continue
        yield Edit((head,), "no auto-recovery", True, Phase.DOMAIN, line.row, None, "no auto-recovery")


def shut(name: InterfaceName) -> Edit:
    """The line that shuts an interface."""
    line = recognise("interface", "shutdown")
    return Edit(
        (f"interface {name}",), "shutdown", True, Phase.PORT_CHANNEL, line.row if line else None, None, "shutdown"
    )
