"""Faults put into one switch of correct pairs, for the rules of keepalive and domain that compare the peers."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Any

import pytest

from mlagkit.expand import expand
from mlagkit.finding import Severity
from mlagkit.intent import load_pair
from mlagkit.rules import judge
from mlagkit.switch import Switch
from tests.pair_files import PAIRS

Seed = Callable[[Switch, Switch], Switch | None]
"""The switch with a fault that its peer shows; None where there is nothing to compare."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What a rule must find, and the errors of other rules that follow from it."""

    rule: str
    seed: Seed
    follows: Collection[str] = ()


def _keepalive(**changed: Any) -> Seed:  # noqa: ANN401  # the types of its fields
    def seed(switch: Switch, _: Switch) -> Switch | None:
        return replace(switch, keepalive=replace(switch.keepalive, **changed)) if switch.keepalive else None

    return seed


def _domain(**changed: Any) -> Seed:  # noqa: ANN401  # the types of its fields
    def seed(switch: Switch, _: Switch) -> Switch | None:
        return replace(switch, domain=replace(switch.domain, **changed)) if switch.domain else None

    return seed


def _same_role(switch: Switch, peer: Switch) -> Switch | None:
    if not switch.domain or not peer.domain or switch.domain.role_priority == peer.domain.role_priority:
        return None
    return _domain(role_priority=peer.domain.role_priority)(switch, peer)


def _slower(switch: Switch, peer: Switch) -> Switch | None:
    on = switch.domain and peer.domain and switch.domain.auto_recovery and peer.domain.auto_recovery
    return _domain(auto_recovery_reload_delay=444)(switch, peer) if on else None


def _later(switch: Switch, peer: Switch) -> Switch | None:
    delays = replace(switch.domain.delay_restore, vpc=444) if switch.domain else None
    return _domain(delay_restore=delays)(switch, peer)


def _another_bpdu_source(switch: Switch, peer: Switch) -> Switch | None:
    source = not (switch.domain and switch.domain.bpdu_source_mac_version_2)
    return _domain(bpdu_source_mac_version_2=source)(switch, peer)


def _another_model(switch: Switch, peer: Switch) -> Switch | None:
    equal = switch.model and switch.model == peer.model
    return replace(switch, model="N9K-C93240YC-FX2") if equal else None


def _another_release(switch: Switch, peer: Switch) -> Switch | None:
    return replace(switch, release="10.1(1)") if switch.release else None


FAULTS = [
    Fault("KA02", _keepalive(destination="203.0.113.200"), ("KA11",)),
    Fault("KA10", _keepalive(vrf="lab"), ("KA04",)),
    Fault("KA14", _keepalive(interval=1234)),
    Fault("KA14", _keepalive(udp_port=3333)),
    Fault("KA14", _keepalive(timeout=12)),
    Fault("KA14", _keepalive(hold_timeout=9)),
    Fault("DO02", _domain(id=444)),
    Fault("DO06", _domain(system_priority=444)),
    Fault("DO07", _domain(system_mac="0200.0000.0444")),
    Fault("DO09", _same_role),
    Fault("DO11", _slower),
    Fault("DO15", _later),
    Fault("DO20", _another_bpdu_source),
    Fault("DO23", _another_model, ("L315",)),  # an option that another product line has
    Fault("DO24", _another_release),
]


@pytest.mark.parametrize("side", [0, 1])
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.rule}")
def test_fault_is_found(fault: Fault, side: int) -> None:
    """A fault in one switch is found on every pair that can have it, and the only new errors are those that follow."""
    seeded = 0
    for path in PAIRS:
        peers = list(expand(load_pair(path)).values())
        before = {(each.rule, each.message) for each in judge([(peers[0], peers[1])])}
        wrong = fault.seed(peers[side], peers[1 - side])
        if wrong is None or any(rule == fault.rule and fault.rule != "KA14" for rule, _ in before):
            continue
        peers[side] = wrong
        new = [each for each in judge([(peers[0], peers[1])]) if (each.rule, each.message) not in before]
        assert fault.rule in {each.rule for each in new}, path
        errors = {each.rule for each in new if each.severity is Severity.ERROR}
        assert errors <= {fault.rule, *fault.follows}, path
        seeded += 1
    assert seeded >= 5


def test_tracking_needs_the_peer() -> None:
    """A switch that begins to track is found on every pair whose other switch does not recover by itself."""
    for path in PAIRS:
        one, other = expand(load_pair(path)).values()
        assert one.domain
        assert other.domain
        tracking = replace(one, domain=replace(one.domain, track=7))
        dull = replace(other, domain=replace(other.domain, auto_recovery=False))
        found = {(each.rule, each.switch) for each in judge([(tracking, dull)])}
        assert ("DO21", other.name) in found, path
        assert ("DO10", other.name) not in found, path
