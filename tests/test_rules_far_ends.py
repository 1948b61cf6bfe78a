"""What stands behind the legs: the cases in which a rule must speak, and those in which it must not."""

from __future__ import annotations

import pytest

from tests.judged import Told, found, laid_over
from tests.rule_examples import of_yaml

_11 = "vpcs.11"

CASES: dict[str, tuple[str, Told]] = {
    "hosts by their cables": (
        "cabling: {sw-a: {Ethernet1/1: web-01 eno1}, sw-b: {Ethernet1/1: db-01 eno2}}",
        {("MB04", "warning", None, _11)},
    ),
    "hosts by their cables, on ports that are no edge ports": (
        (
            "vpcs: {11: {port_type: normal}}\n"
            "cabling: {sw-a: {Ethernet1/1: web-01 eno1}, sw-b: {Ethernet1/1: db-01 eno2}}"
        ),
        {("MB04", "warning", None, _11)},
    ),
    "cables to hosts that nobody described": (
        "vpcs: {11: {host: }}\ncabling: {sw-a: {Ethernet1/1: one eno1}, sw-b: {Ethernet1/1: two eno1}}",
        {("MB04", "warning", None, _11)},
    ),
    "cables to two switches, which may be one to LACP": (
        (
            "vpcs: {11: {host: , port_type: normal}}\n"
            "cabling: {sw-a: {Ethernet1/1: agg-1 Ethernet1/1}, sw-b: {Ethernet1/1: agg-2 Ethernet1/1}}"
        ),
        set(),
    ),
    "crossed cables to two switches": (
        (
            "vpcs: {11: {host: , port_type: normal, members: Ethernet1/3-4}}\n"
            "cabling: {sw-a: {Ethernet1/3: agg-1, Ethernet1/4: agg-2}, sw-b: {Ethernet1/3: agg-2, Ethernet1/4: agg-1}}"
        ),
        set(),
    ),
    "a cable on one switch": ("cabling: {sw-a: {Ethernet1/1: web-01 eno1}}", set()),
    "descriptions that name hosts": (
        "vpcs: {11: {host: , description: {sw-a: to web-01 eno1, sw-b: to db-01 eno1}}}",
        {("MB04", "warning", None, _11)},
    ),
    "descriptions that name the links": (
        "vpcs: {11: {host: , description: {sw-a: web-01 eno1, sw-b: web-01 eno2}}}",
        set(),
    ),
    "descriptions that name no host": (
        "vpcs: {11: {host: , description: {sw-a: to rack 1, sw-b: to rack 2}}}",
        set(),
    ),
    "cables know better than descriptions": (
        (
            "vpcs: {11: {description: {sw-a: web-01, sw-b: db-01}}}\n"
            "cabling: {sw-a: {Ethernet1/1: web-01 eno1}, sw-b: {Ethernet1/1: web-01 eno2}}"
        ),
        set(),
    ),
    "no cable is known on the other switch": ("cabling: {sw-a: {Ethernet1/1: web-01 eno1}}", set()),
    "the other leg's cable is not known, the host has another": (
        "cabling: {sw-a: {Ethernet1/1: web-01 eno1}, sw-b: {Ethernet1/40: web-01 eno3}}",
        set(),
    ),
    "a host that has no cable to the other switch": (
        "cabling: {sw-a: {Ethernet1/1: web-01 eno1}, sw-b: {Ethernet1/2: db-01 eno2}}",
        {("MB29", "warning", "sw-a", _11), ("MB29", "warning", "sw-b", "vpcs.12")},
    ),
    "a static bond does not know graceful convergence": (
        "vpcs: {11: {lacp: on, lacp_graceful_convergence: true}}\nhosts: {web-01: {bond: balance-xor, lacp_rate: }}",
        set(),
    ),
    "a host whose bond nobody told": (
        "vpcs: {11: {lacp_graceful_convergence: true}}\nhosts: {web-01: {bond: , lacp_rate: }}",
        set(),
    ),
    "a host of a vPC that the other switch does not have": (
        (
            "vpcs: {13: {sw-a: {vlan: 20, lacp: active, members: Ethernet1/3}}}\n"
            "cabling: {sw-a: {Ethernet1/3: nas-01 eno1}, sw-b: {Ethernet1/2: db-01 eno2}}"
        ),
        {("MB29", "warning", "sw-b", "vpcs.12")},
    ),
}
"""Lines over base.yaml, and what the rules of the family find."""


@pytest.mark.parametrize("case", CASES)
def test_pair_file(case: str) -> None:
    """The rules find what they should in a pair file, and nothing else."""
    text, expected = CASES[case]
    assert found([laid_over(text)], ["MB04", "MB29", "MB34"]) == expected


_OTHER = (
    "pair: other\nswitches: {{sw-c: {{management: 192.0.2.13/24}}, sw-d: {{management: 192.0.2.14/24}}}}\n"
    "domain: {{id: 11}}\nsvis:\nvpcs: {{11: {{host: , {}}}}}"
)
_CABLE = "cabling: {{sw-a: {{Ethernet1/1: {}}}}}"

SITES: dict[str, tuple[str, str, Told]] = {
    "passive and active": ("port_type: normal, lacp: passive", "port_type: normal, lacp: active", set()),
    "passive at both ends": (
        "port_type: normal, lacp: passive",
        "port_type: normal, lacp: passive",
        {("MB07", "error", "sw-a", _11)},
    ),
    "static at both ends": ("port_type: normal, lacp: on", "port_type: normal, lacp: on", set()),
    "an edge port": ("port_type: edge trunk", "port_type: normal", {("MB25", "error", "sw-a", _11)}),
    "an edge port that is shut": ("port_type: edge trunk, shutdown: true", "port_type: normal", set()),
}
"""What is said of the vPC at both ends of a cable, and what is found."""


@pytest.mark.parametrize("case", SITES)
def test_site(case: str) -> None:
    """The rules find what they should where a leg leads to another pair, in whatever order the pairs come."""
    near, far, expected = SITES[case]
    one = of_yaml(f"pair: base\nvpcs: {{11: {{host: , {near}}}}}\n{_CABLE.format('sw-c eth1/1')}")
    other = of_yaml(_OTHER.format(far))
    assert found([one, other], ["MB07", "MB25"]) == expected
    assert found([other, one], ["MB07", "MB25"]) == expected


@pytest.mark.parametrize("far_end", ["sw-c", "sw-c left", "sw-c Ethernet1/40", "spine-1 Ethernet1/1"])
def test_unknown_far_port(far_end: str) -> None:
    """What the far port says is known only if the cable names it and the pair is there."""
    said = "port_type: normal, lacp: passive"
    one = of_yaml(f"pair: base\nvpcs: {{11: {{host: , {said}}}}}\n{_CABLE.format(far_end)}")
    assert found([one, of_yaml(_OTHER.format(said))], ["MB07"]) == set()
