"""What a plan must not do without being allowed to, by name (reference section 6, hard stops)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from mlagkit.finding import Finding
from mlagkit.nxos.catalogue import Impact, Kind
from mlagkit.nxos.change import touches
from mlagkit.nxos.change.edit import Edit
from mlagkit.plan.impact import Impacts
from mlagkit.plan.step import Permission, Step, Stop
from mlagkit.plan.use import users
from mlagkit.switch import Switch
from mlagkit.values import VlanSet

_NAMED = 3
"""So many users of a VLAN are named; of the others how many there are."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How mlagkit reaches a switch: the addresses of both, and the user, None where that is not known."""

    addresses: frozenset[str] = frozenset()
    user: str | None = None


def stops_of_edit(name: str, edit: Edit, impacts: Impacts, reach: Reach) -> Iterator[Stop]:
    """The permissions that one line needs."""
    before = impacts.before[name]
    line = " / ".join((*edit.section, edit.text))
    if touches.domain_id(edit, before):
        yield Stop(Permission.DOMAIN_ID, name, f"{line}: the peer-link and every vPC flap")
    number = touches.vpc(edit, before)
    if number is not None:
        yield Stop(Permission.VPC_REMOVAL, name, f"{line}: vPC {number} ends")
    used = _used(edit, impacts, before)
    if used:
        who = users(tuple(impacts.before.values()), used)
        named = ", ".join(who if len(who) <= _NAMED + 1 else [*who[:_NAMED], f"{len(who) - _NAMED} more"])
        yield Stop(Permission.VLAN_REMOVAL, name, f"{line}: VLAN {used} is in use by {named}")
    if touches.feature(edit):
        yield Stop(Permission.FEATURE_REMOVAL, name, f"{line}: all configuration of the feature goes with it")
    if touches.keepalive(edit, before):
        yield Stop(Permission.KEEPALIVE, name, f"{line}: until both switches have it, nothing protects the pair")
    if touches.peer_link(edit, before):
        yield Stop(Permission.PEER_LINK, name, f"{line}: the peer-link is touched")
    if touches.management(edit, before, reach.addresses, reach.user):
        yield Stop(Permission.MANAGEMENT, name, f"{line}: the way to the switch itself")
    if touches.role(edit, before):
        yield Stop(Permission.ROLE, name, f"{line}: another switch may lead after the next election")


def _used(edit: Edit, impacts: Impacts, before: Switch) -> VlanSet:
    """The VLANs that a line deletes while somebody is in them who has company there."""
    if edit.row is None or edit.row.opens is None or edit.row.kind is not Kind.VLANS or edit.adds:
        return VlanSet()
    return VlanSet(edit.vlans & impacts.company & before.vlans.keys())


def stops_of_step(step: Step) -> Iterator[Stop]:
    """The permission that a step needs for what it costs."""
    if step.impact is Impact.OUTAGE:
        who = ", ".join(step.affected) or "somebody"
        yield Stop(Permission.OUTAGE, step.switch, f"{step.reason}: an outage for {who}")


def stops_of_findings(findings: Iterable[Finding], switches: Sequence[str]) -> Iterator[Stop]:
    """The permission that a plan needs for errors of rules that it ends with; one of no switch is of both."""
    for finding in findings:
        for name in (finding.switch,) if finding.switch else switches:
            yield Stop(Permission.NEW_ERRORS, name, f"{finding.rule} {finding.name}: {finding.message}")


def once(stops: Iterator[Stop]) -> tuple[Stop, ...]:
    """Each stop once, in the order of the permissions."""
    order = list(Permission)
    return tuple(sorted(dict.fromkeys(stops), key=lambda stop: order.index(stop.permission)))
