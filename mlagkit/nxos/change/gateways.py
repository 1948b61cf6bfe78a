"""Ports that get another VLAN whose gateway is still to come."""

from __future__ import annotations

from mlagkit.nxos.catalogue import Phase
from mlagkit.nxos.change.edit import Edit
from mlagkit.nxos.effective import Side
from mlagkit.nxos.facts import Facts

_ACCESS = "switchport access vlan <int>"
_ADDRESSES = ("ip address <prefix>", "ip address <#prefix> secondary", "ipv6 address <#prefix>")


def phase_behind_gateway(edit: Edit, old: Side, new: Side) -> Phase:
    """When a line is typed: the one that gives a port another VLAN waits for the gateway that is still to come there.

    Who is behind the port would have none in between.
    """
    if edit.row is None or edit.row.command != _ACCESS or edit.old is None or edit.new is None:
        return edit.phase
    head = f"interface Vlan{edit.new.split()[-1]}"
    had, gets = (_addresses(side.root.blocks.get(head)) for side in (old, new))
    return Phase.ROUTING if gets - had else edit.phase


def waits_for_gateway(edit: Edit) -> bool:
    """Whether a line gives a port another VLAN behind its gateway: its phase tells (`phase_behind_gateway`)."""
    return edit.row is not None and edit.row.command == _ACCESS and edit.phase is Phase.ROUTING


def _addresses(svi: Facts | None) -> frozenset[str]:
    facts = svi.known.values() if svi is not None else ()
    return frozenset(fact.text for fact in facts if fact.line.row.command in _ADDRESSES)
