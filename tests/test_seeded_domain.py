"""Faults put into one switch of correct pairs, for the rules of keepalive and domain that compare the peers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from mlagkit.intent import load_pair
from mlagkit.peers import peers_of
from mlagkit.rules import judge
from mlagkit.switch import Switch
from tests.correct_pairs import APART, FILES
from tests.pair_files import PAIRS
from tests.seeded import Fault, Seed, check


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


def _tracking(switch: Switch, peer: Switch) -> Switch:
    return _domain(track=7)(switch, peer) or switch


def _dull(switch: Switch, peer: Switch) -> Switch | None:
    on = switch.domain and switch.domain.auto_recovery
    return _domain(auto_recovery=False)(switch, peer) if on else None


FAULTS = (
    Fault("KA02", "another destination", _keepalive(destination="203.0.113.200"), {"KA11": "nobody has the address"}),
    Fault("KA10", "another VRF", _keepalive(vrf="lab"), {"KA04": "the VRF does not exist"}),
    Fault("KA14", "another interval", _keepalive(interval=1234)),
    Fault("KA14", "another port", _keepalive(udp_port=3333), {"KA17": "an access list lets the usual port in"}),
    Fault("KA14", "another timeout", _keepalive(timeout=12)),
    Fault("KA14", "another hold timeout", _keepalive(hold_timeout=9)),
    Fault("DO02", "another domain", _domain(id=444)),
    Fault("DO06", "another system priority", _domain(system_priority=444)),
    Fault("DO07", "another system MAC address", _domain(system_mac="0200.0000.0444")),
    Fault("DO09", "the peer's role priority", _same_role),
    Fault("DO11", "another delay of auto-recovery", _slower),
    Fault("DO15", "another delay of legs", _later),
    Fault("DO20", "other BPDU source", _another_bpdu_source),
    Fault("DO21", "no auto-recovery beside a tracking peer", _dull, right=_tracking),
    Fault("DO23", "another model", _another_model, {"L315": "it has an option of another product line"}),
    Fault("DO24", "another release", _another_release),
)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_fault(fault: Fault) -> None:
    """A fault in keepalive or domain is found, in each switch of every pair that can have it."""
    known = {name: {each.rule for each in judge([peers])} for name, peers in APART.items()}
    check(fault, {**FILES, **{name: peers for name, peers in APART.items() if fault.rule not in known[name]}})


def test_tracking_needs_the_peer() -> None:
    """A switch that begins to track is found on every pair whose other switch does not recover by itself."""
    for path in PAIRS:
        one, other = peers_of(load_pair(path))
        assert one.domain
        assert other.domain
        tracking = replace(one, domain=replace(one.domain, track=7))
        dull = replace(other, domain=replace(other.domain, auto_recovery=False))
        found = {(each.rule, each.switch) for each in judge([(tracking, dull)])}
        assert ("DO21", other.name) in found, path
        assert ("DO10", other.name) not in found, path
