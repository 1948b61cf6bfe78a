"""VLANs: the cases in which a rule must speak, and those in which it must not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlagkit.nxos.chassis import reserved_vlans
from mlagkit.rules import judge
from mlagkit.values import VlanSet
from tests.judged import Told, found, laid_over, running

_DOMAIN = "vpc domain 10\n"
_LINK = "interface port-channel1\n  switchport mode trunk\n  vpc peer-link\n"
_LEG = "interface port-channel11\n  switchport mode trunk\n  vpc 11\n"
_ACCESS = "interface port-channel11\n  switchport access vlan 10\n  vpc 11\n"

CASES: dict[str, tuple[str, Told]] = {
    "a VLAN on one switch, on no port": ("vlans: {30: {sw-a: lab}}\npeer_link: {vlans: [10, 20]}", set()),
    "a VLAN on one switch, listed on the peer-link": (
        "vlans: {30: {sw-a: lab}}\npeer_link: {vlans: [10, 20, 30]}\nsvis: {30: {sw-a: {}}}",
        {("VL01", "error", "sw-a", "vlans.30"), ("VL10", "warning", "sw-a", "peer_link")},
    ),
    "a VLAN on one switch, on a peer-link that carries all": (
        "vlans: {30: {sw-a: lab}}\npeer_link: {vlans: all}\nvpcs: {13: {vlans: 10, members: [Ethernet1/3]}}",
        {("VL01", "warning", "sw-a", "vlans.30"), ("VL10", "warning", "sw-a", "peer_link")},
    ),
    "a VLAN on one switch, on a vPC that only this switch has": (
        "vlans: {30: {sw-a: lab}}\npeer_link: {vlans: 10}\nvpcs: {13: {sw-a: {vlan: 30, members: Ethernet1/3}}}",
        set(),
    ),
    "a VLAN on one switch, on a vPC that is shut": (
        "vlans: {20: {sw-a: db}}\npeer_link: {vlans: 10}\nvpcs: {11: {vlans: 10}, 12: {shutdown: true}}",
        set(),
    ),
    "a trunk that allows a VLAN that only the other switch has": (
        "vlans: {20: {sw-a: db}}",
        {("VL01", "error", "sw-a", "vlans.20")},
    ),
    "a list on an orphan port with an unknown VLAN": (
        "interfaces: {Ethernet1/20: {mode: trunk, vlans: [10, 77]}}\npeer_link: {vlans: [10, 20]}",
        {("VL02", "warning", None, "interfaces.Ethernet1/20")},
    ),
    "a list on a port that is shut": (
        "interfaces: {Ethernet1/20: {mode: trunk, vlans: [10, 77], shutdown: true}}\npeer_link: {vlans: [10, 20]}",
        set(),
    ),
    "an unknown VLAN that a leg and so the peer-link allows is said of the leg": (
        "vpcs: {11: {vlans: [10, 77]}}",
        {("VL02", "warning", None, "vpcs.11")},
    ),
    "an unknown VLAN on the peer-link alone": (
        "peer_link: {vlans: [10, 20, 77]}",
        {("VL02", "warning", None, "peer_link")},
    ),
    "all VLANs but some": (
        "interfaces: {Ethernet1/20: {mode: trunk, vlans: except 99}}\npeer_link: {vlans: [1, 10, 20]}",
        set(),
    ),
    "the reserved block, moved": (
        "vlans: {2001: lab}\nsystem: {vlan_reserve: 2000}",
        {("VL03", "error", None, "vlans.2001")},
    ),
    "the reserved block is elsewhere": ("vlans: {4000: lab}\nsystem: {vlan_reserve: 2000}", set()),
    "N7K keeps less": ("model: N7K-C7009\nvlans: {4050: lab}", set()),
    "N7K keeps that": ("model: N7K-C7009\nvlans: {4040: lab}", {("VL03", "error", None, "vlans.4040")}),
    "an access port in an unknown VLAN allows no list": (
        "interfaces: {Ethernet1/20: {mode: access, vlan: 77}}\npeer_link: {vlans: [10, 20]}",
        set(),
    ),
    "a VLAN suspended on one switch is said of that one": (
        "vlans: {20: {name: db, state: {sw-a: active, sw-b: suspend}}}",
        {("VL04", "error", "sw-b", "vlans.20")},
    ),
    "a native VLAN of an access port means nothing": (
        "interfaces: {Ethernet1/20: {mode: access, vlan: 20, native_vlan: 77}}",
        set(),
    ),
    "a native VLAN of a port that is shut": ("vpcs: {11: {native_vlan: 77, shutdown: true}}", set()),
    "a VLAN shut on both switches": ("vlans: {20: {name: db, shutdown: true}}", set()),
    "a native VLAN that is allowed, but unknown": (
        "vpcs: {11: {vlans: [10, 20, 30], native_vlan: 30}}",
        {
            ("VL02", "warning", None, "vpcs.11"),
            ("VL06", "warning", None, "vpcs.11"),
        },
    ),
    "a VLAN shut on one switch": (
        "vlans: {20: {name: db, shutdown: {sw-a: true, sw-b: false}}}",
        {("VL04", "error", "sw-a", "vlans.20")},
    ),
    "a VLAN suspended on both": ("vlans: {20: {name: db, state: suspend}}", set()),
    "a VLAN suspended on one, on no port of both": (
        "vlans: {30: {name: lab, state: {sw-a: suspend, sw-b: active}}}",
        set(),
    ),
    "a VNI on one switch only": (
        "vlans: {20: {name: db, vni: {sw-a: 10020}}}",
        {("VL05", "error", "sw-a", "vlans.20"), ("VL05", "error", "sw-b", "vlans.20")},
    ),
    "a VRF with two VNIs": (
        "vrfs: {tenant-a: {vni: {sw-a: 50001, sw-b: 50002}}}",
        {("VL05", "warning", None, "vrfs.tenant-a")},
    ),
    "a VRF with a VNI on one switch only": (
        "vrfs: {tenant-a: {vni: {sw-b: 50002}}}",
        {("VL05", "warning", "sw-a", "vrfs.tenant-a"), ("VL05", "warning", "sw-b", "vrfs.tenant-a")},
    ),
    "a VRF on one switch only": ("vrfs: {tenant-a: {sw-b: {vni: 50002}}}", set()),
    "a native VLAN that is not allowed": (
        "vlans: {30: native}\nvpcs: {11: {native_vlan: 30}}",
        {("VL06", "warning", None, "vpcs.11")},
    ),
    "native VLAN 1, which nobody chose, is not allowed": ("vpcs: {11: {native_vlan: 1}}", set()),
    "access VLAN 1 on a leg": ("vpcs: {12: {vlan: 1}}", {("VL07", "info", None, "vpcs.12")}),
    "a name against the switch's own": (
        "vlans: {20: {name: {sw-a: VLAN0020}}}",
        set(),
    ),
    "no name against another": (
        "vlans: {20: {name: {sw-a: db}}}",
        {("VL08", "info", "sw-a", "vlans.20"), ("VL08", "info", "sw-b", "vlans.20")},
    ),
    "a trunk without a list that is shut": (
        "vpcs: {11: {vlans: , shutdown: true}}\npeer_link: {vlans: [1, 10, 20]}",
        set(),
    ),
    "a VLAN on the peer-link for an orphan of the other switch": (
        "vlans: {30: lab}\npeer_link: {vlans: [10, 30]}\ninterfaces: {sw-b: {Ethernet1/20: {mode: access, vlan: 30}}}",
        set(),
    ),
    "a VLAN on the peer-link whose SVI may stay up": (
        "vlans: {30: routing}\npeer_link: {vlans: [10, 20, 30]}\ndomain: {dual_active_exclude_vlans: 30}",
        set(),
    ),
    "a VLAN for nobody on a peer-link through the fabric": (
        "vlans: {30: lab}\npeer_link: {vlans: [10, 20, 30], virtual: {destination: 192.0.2.1, source: 192.0.2.2}}",
        set(),
    ),
    "a VLAN of a segment on the peer-link": (
        "vlans: {30: {name: tenant, vni: 10030}}\npeer_link: {vlans: [10, 20, 30]}",
        set(),
    ),
    "routing between the peers over the peer-link": (
        "vlans: {30: }\npeer_link: {vlans: 30}\nsvis: {30: {address: {sw-a: 203.0.113.0/31, sw-b: 203.0.113.1/31}}}",
        {("VL10", "warning", None, "peer_link")},
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_pair_file(case: str) -> None:
    """A few lines over the base make exactly these findings about VLANs."""
    text, expected = CASES[case]
    assert found([laid_over(text)], ["VL"]) == expected


RUNNING: dict[str, tuple[str, str, Told]] = {
    "nothing at all": ("", "", set()),
    "a VLAN on one side of a pair without a list": (
        f"vlan 10,20\n{_DOMAIN}{_LINK}{_LEG}",
        f"vlan 10\n{_DOMAIN}{_LINK}{_LEG}",
        {
            ("VL01", "error", "sw-a", "vlans.20"),
            ("VL09", "warning", "sw-a", "vpcs.11"),
            ("VL09", "warning", "sw-b", "vpcs.11"),
        },
    ),
    "no vPC stands yet": (f"vlan 10\n{_DOMAIN}{_LINK}", f"vlan 10\n{_DOMAIN}{_LINK}", set()),
    "vPCs without a peer-link": (f"vlan 10\n{_DOMAIN}{_ACCESS}", f"vlan 10\n{_DOMAIN}{_ACCESS}", set()),
    "a peer-link without a domain": (f"vlan 10,30\n{_LINK}{_ACCESS}", f"vlan 10,30\n{_LINK}{_ACCESS}", set()),
    "a VLAN for nobody, and vPCs on one side": (
        f"vlan 10,30\n{_DOMAIN}{_LINK}{_ACCESS}",
        f"vlan 10,30\n{_DOMAIN}{_LINK}",
        {("VL10", "warning", "sw-a", "peer_link"), ("VL10", "warning", "sw-b", "peer_link")},
    ),
    "no peer-link and no vPC": ("vlan 10,20\n", "vlan 10\n", set()),
    "the upper VLANs, of a model that nobody told": ("vlan 4050\n", "vlan 4050\n", set()),
    "the VLANs that every product line keeps": (
        "vlan 4000\n",
        "vlan 10\n",
        {("VL03", "error", "sw-a", "vlans.4000")},
    ),
    "names": (
        "vlan 10\n  name web\n",
        "vlan 10\n  name www\n",
        {("VL08", "info", "sw-a", "vlans.10"), ("VL08", "info", "sw-b", "vlans.10")},
    ),
}


@pytest.mark.parametrize("case", RUNNING)
def test_running(case: str) -> None:
    """Two configurations, in either order, make exactly these findings about VLANs."""
    first, second, expected = RUNNING[case]
    one, other = running(first, second)
    assert found([(one, other)], ["VL"]) == expected
    assert found([(other, one)], ["VL"]) == expected


VLANS = st.frozensets(st.integers(2, 12), min_size=1)


@given(VLANS, VLANS, VLANS, VLANS)
def test_missing_vlans(one: frozenset[int], other: frozenset[int], leg: frozenset[int], link: frozenset[int]) -> None:
    """What only one switch has is an error if a vPC or the peer-link lists it, and nothing otherwise."""
    ports = _LINK.replace("trunk", f"trunk\n  switchport trunk allowed vlan {VlanSet(link)}") + _LEG.replace(
        "trunk", f"trunk\n  switchport trunk allowed vlan {VlanSet(leg)}"
    )
    first, second = (f"vlan {VlanSet(vlans)}\n{_DOMAIN}{ports}" for vlans in (one, other))
    missing = {("sw-a", vlan) for vlan in one - other} | {("sw-b", vlan) for vlan in other - one}
    expected = {("VL01", "error", name, f"vlans.{vlan}") for name, vlan in missing if vlan in leg | link}
    assert found([running(first, second)], ["VL01"]) == expected


def test_reserved_block() -> None:
    """The reserved block is as long as the product line says, or 128 VLANs from where a line puts it."""
    usual, _ = laid_over("")
    unknown, _ = running("", "")
    moved, _ = running("system vlan 200 reserve\n", "")
    high, _ = running("system vlan 3967 reserve\n", "")
    assert str(reserved_vlans(usual)) == "3968-4094"
    assert str(reserved_vlans(unknown)) == "3968-4047,4094"
    assert str(reserved_vlans(moved)) == "200-327"
    assert str(reserved_vlans(high)) == "3967-4094"


def test_fixes_can_be_written() -> None:
    """A fix has its key, and commas only in quotes, so that it can be written anywhere."""
    fixes = {
        finding.rule: finding.fix
        for text in (
            "vlans: {20: {sw-a: db}}",
            "vpcs: {11: {vlans: [10, 77]}}",
            "vlans: {30: x}\npeer_link: {vlans: [10, 20, 30]}",
        )
        for finding in judge([laid_over(text)])
        if finding.rule.startswith("VL")
    }
    assert fixes == {"VL01": 'vlans: {20: "db"}', "VL02": "vlans: 10", "VL10": 'vlans: "10,20"'}


@pytest.mark.parametrize(
    ("text", "rule", "fix"),
    [
        ('vlans: {20: {sw-a: {name: "a,b", vni: 10020}}}', "VL01", 'vlans: {20: {name: "a,b", vni: 10020}}'),
        ("vlans: {20: {sw-a: {}}}", "VL01", "vlans: {20: }"),
        ("vlans: {20: {sw-b: db}}\nvpcs: {11: {vlans: [10, 20, 77]}}", "VL02", 'vlans: "10,20"'),
        ("vlans: {30: x}\npeer_link: {vlans: [10, 20, 30]}\nsvis: {30: {}}", "VL10", ""),
        (
            (
                "vlans: {30: x, 40: y}\npeer_link: {vlans: [10, 20, 30, 40]}\n"
                "svis: {30: {address: {sw-a: 203.0.113.0/31, sw-b: 203.0.113.1/31}}}"
            ),
            "VL10",
            'vlans: "10,20,30"',
        ),
    ],
)
def test_fixes_take_nothing_away(text: str, rule: str, fix: str) -> None:
    """A fix makes a VLAN as the other switch has it, and takes none off that is needed or that a path runs in."""
    fixes = {finding.fix for finding in judge([laid_over(text)]) if finding.rule == rule}
    assert max(fixes) == fix


def test_members_say_nothing_again() -> None:
    """What is wrong with a port-channel is said of it once, not of its members."""
    found_on = [
        finding.message.split()[0]
        for finding in judge([laid_over("vpcs: {11: {vlans: [10, 77], native_vlan: 78}}")])
        if finding.rule in ("VL02", "VL06")
    ]
    assert found_on == ["port-channel11", "port-channel11"]


def test_routing_over_the_peer_link() -> None:
    """A VLAN in which both have an address of a network of two is for routing; any other is for nobody."""
    text = (
        "vlans: {{30: }}\npeer_link: {{vlans: [10, 20, 30]}}\nsvis: {{30: {{address: {{sw-a: 203.0.113.0/{0}{1}}}}}}}"
    )
    told = {
        words: [finding.message for finding in judge([laid_over(text.format(*words))]) if finding.rule == "VL10"]
        for words in (("31", ", sw-b: 203.0.113.1/31"), ("24", ", sw-b: 203.0.113.1/24"))
    }
    routing, nobody = told.values()
    assert routing == ["the peer-link carries VLANs 30, which are for routing between the two switches"]
    assert nobody == ["the peer-link carries VLANs 30, which no vPC and no orphan port uses"]
