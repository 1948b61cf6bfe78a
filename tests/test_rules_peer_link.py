"""The peer-link: the cases in which a rule must speak, and those in which it must not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlagkit.rules import judge
from mlagkit.values import VlanSet
from tests.judged import Told, found, judged, laid_over, of, running

_LINK = "peer_link"
_VIRTUAL = (
    "peer_link: {members: , virtual: {destination: {sw-a: 192.0.2.2, sw-b: 192.0.2.1},"
    " source: {sw-a: 192.0.2.1, sw-b: 192.0.2.2}}}"
)

CASES: dict[str, tuple[str, Told]] = {
    "no domain and no peer-link": ("domain:\npeer_link:\nvpcs:\nkeepalive:", set()),
    "a virtual peer-link has no ports": (_VIRTUAL, set()),
    "one switch has a peer-link without ports": (
        "peer_link: {members: {sw-a: [Ethernet1/53, Ethernet1/54], sw-b: }}",
        {("PL04", "error", "sw-b", _LINK)},
    ),
    "all ports are shut": (
        "peer_link: {members: {Ethernet1/53: {shutdown: true}, Ethernet1/54: {shutdown: true}}}",
        {("PL04", "error", None, _LINK)},
    ),
    "the peer-link itself is shut": ("peer_link: {shutdown: true}", {("PL04", "error", None, _LINK)}),
    "one of two ports is shut": (
        "peer_link: {members: {Ethernet1/53: {}, Ethernet1/54: {shutdown: true}}}",
        {("PL05", "warning", None, _LINK)},
    ),
    "one line card of a chassis without others": ("model: N9K-C9336C-FX2", set()),
    "one line card of an unknown chassis": ("model: \nvpcs: {11: {members: Ethernet2/1}}", set()),
    "one line card of a Nexus 7000": ("model: N7K-C7009", {("PL06", "warning", None, _LINK)}),
    "one line card with the uplinks, of which DO22 speaks, too": (
        "model: N7K-C7009\ninterfaces: {Ethernet1/49: {address: {sw-a: 198.51.100.1/31, sw-b: 198.51.100.3/31}}}",
        {("PL06", "warning", None, _LINK)},
    ),
    "one line card with the uplinks, which are tracked": (
        (
            "model: N7K-C7009\ndomain: {track: 1}\n"
            "interfaces: {Ethernet1/49: {address: {sw-a: 198.51.100.1/31, sw-b: 198.51.100.3/31}}}"
        ),
        {("PL06", "warning", None, _LINK)},
    ),
    "a single port is not said to be on one line card": (
        "model: N9K-C9504\npeer_link: {members: Ethernet1/53}",
        {("PL05", "warning", None, _LINK)},
    ),
    "ports that negotiate are not slow": ("peer_link: {speed: auto}", set()),
    "static at both ends": ("peer_link: {lacp: on}", {("PL08", "warning", None, _LINK)}),
    "static at one end": (
        "peer_link: {lacp: {sw-a: on, sw-b: active}}",
        {("PL09", "error", None, _LINK)},
    ),
    "passive at one end": ("peer_link: {lacp: {sw-a: passive, sw-b: active}}", set()),
    "an edge port": ("peer_link: {port_type: edge trunk}", {("PL10", "error", None, _LINK)}),
    "type network by the default of the switch": (
        "peer_link: {port_type: normal}\nspanning_tree: {port_type: network}\nvpcs: {11: {host: }, 12: {host: }}",
        set(),
    ),
    "VLANs that nobody has": ("vpcs: {11: {vlans: [10, 20, 99]}}\npeer_link: {vlans: [10, 20]}", set()),
    "a VLAN of one leg": (
        "peer_link: {vlans: 10}\nvpcs: {11: {vlans: 10}}",
        {("PL11", "error", None, _LINK)},
    ),
    "a VLAN of a leg that is shut": (
        "peer_link: {vlans: 10}\nvpcs: {11: {vlans: 10}, 12: {shutdown: true}}",
        set(),
    ),
    "VLAN 1 of a leg that carries all": (
        "vpcs: {11: {vlans: all}}\npeer_link: {vlans: [10, 20]}",
        {("PL11", "warning", None, _LINK)},
    ),
    "VLAN 1 of a leg that carries nearly all": (
        "vpcs: {11: {vlans: except 99}}\npeer_link: {vlans: [10, 20]}",
        {("PL11", "warning", None, _LINK)},
    ),
    "VLAN 1 and another one of a leg that carries all": (
        "vpcs: {11: {vlans: all}}\npeer_link: {vlans: 10}",
        {("PL11", "error", None, _LINK)},
    ),
    "VLAN 1 of an access port": (
        "vpcs: {12: {vlan: 1}}\npeer_link: {vlans: [10, 20]}",
        {("PL11", "error", None, _LINK)},
    ),
    "VLAN 1 of a leg that lists it": (
        "vpcs: {11: {vlans: [1, 10]}}\npeer_link: {vlans: [10, 20]}",
        {("PL11", "error", None, _LINK)},
    ),
    "a VLAN at one end is not said to be missing on it": (
        "peer_link: {vlans: {sw-a: [10, 20], sw-b: 20}}",
        {("PL12", "error", None, _LINK)},
    ),
    "ends that differ in a VLAN that nobody has": ("peer_link: {vlans: {sw-a: [10, 20, 99], sw-b: [10, 20]}}", set()),
    "ends that differ in a VLAN that one has": (
        "vlans: {30: {sw-a: lab}}\npeer_link: {vlans: {sw-a: [10, 20, 30], sw-b: [10, 20]}}",
        set(),
    ),
    "all at one end, all that there are at the other": (
        "peer_link: {vlans: {sw-a: all, sw-b: [1, 10, 20]}}",
        {("PL19", "info", "sw-a", _LINK)},
    ),
    "FabricPath, whose peer-link is no trunk": (
        "domain: {fabricpath_switch_id: 100}\npeer_link: {mode: access}",
        set(),
    ),
    "no trunk, so nothing of its VLANs": ("peer_link: {mode: access, vlans: 10}", {("PL03", "error", None, _LINK)}),
    "a guard that shuts the peer-link": ("peer_link: {bpduguard: enable}", {("PL14", "error", None, _LINK)}),
    "a filter that blinds it": ("peer_link: {bpdufilter: enable}", {("PL14", "error", None, _LINK)}),
    "loop guard on one": (
        "peer_link: {guard: {sw-a: loop, sw-b: none}}",
        {("PL14", "warning", "sw-a", _LINK)},
    ),
    "settings that turn them off": ("peer_link: {bpduguard: disable, bpdufilter: disable}", set()),
    "an MTU at one end": ("peer_link: {mtu: {sw-a: 9216, sw-b: 1500}}", {("PL16", "warning", None, _LINK)}),
    "a small MTU where no leg has a large one": (
        "peer_link: {mtu: 1500}\nvpcs: {11: {mtu: 1500}, 12: {mtu: 1500}}",
        set(),
    ),
    "a leg whose speed nobody knows": ("peer_link: {speed: 10000}\nvpcs: {11: {speed: auto}}", set()),
    "two slow ports against one fast port": ("peer_link: {speed: 50000}\nvpcs: {11: {speed: 100000}}", set()),
    "cables to the peer, in another spelling": (
        "cabling: {sw-a: {Ethernet1/53: SW-B.example.net eth1/53, Ethernet1/54: sw-b}}",
        set(),
    ),
    "a cable to another port of the peer": (
        "cabling: {sw-a: {Ethernet1/53: sw-b Ethernet1/2}}",
        {("PL20", "error", "sw-a", _LINK)},
    ),
    "a cable to a port in words": ("cabling: {sw-a: {Ethernet1/53: sw-b left}}", set()),
    "a switch whose name begins like the peer's": (
        "cabling: {sw-a: {Ethernet1/53: sw-b2 Ethernet1/53}}",
        {("PL20", "error", "sw-a", _LINK)},
    ),
    "no ports at one end, static at the other": (
        "peer_link: {lacp: on, members: {sw-a: , sw-b: [Ethernet1/53, Ethernet1/54]}}",
        {("PL04", "error", "sw-a", _LINK), ("PL08", "warning", "sw-b", _LINK)},
    ),
    "no peer-link of a chassis with line cards": (
        "model: N9K-C9508\npeer_link:",
        {("PL01", "error", None, "domain")},
    ),
    "no ports are not slower than a leg": (
        "peer_link: {members: , speed: 10000}\nvpcs: {11: {speed: 10000}}",
        {("PL04", "error", None, _LINK)},
    ),
    "a single port of a peer-link that is shut": (
        "peer_link: {shutdown: true, members: Ethernet1/53}",
        {("PL04", "error", None, _LINK)},
    ),
    "ends that differ, shut": (
        "peer_link: {shutdown: true, vlans: {sw-a: [10, 20], sw-b: 10}, port_type: edge}",
        {("PL04", "error", None, _LINK)},
    ),
}
"""Lines over base.yaml, and what the rules of the family find."""


@pytest.mark.parametrize("case", CASES)
def test_pair_file(case: str) -> None:
    """The rules find what they should in a pair file, and nothing else."""
    text, expected = CASES[case]
    assert found([laid_over(text)], ["PL"]) == expected


_TRUNK = "interface port-channel1\n  switchport mode trunk\n  switchport trunk allowed vlan 10\n"
_TYPE = "  spanning-tree port type network\n"
_TAKEN = "  vpc peer-link\n"
_JOINED = "  switchport mode trunk\n  switchport trunk allowed vlan 10\n  channel-group 1 mode active\n"
_PORTS = f"interface Ethernet1/1\n{_JOINED}interface Ethernet1/2\n{_JOINED}"
_RIGHT = f"vlan 10\nvpc domain 1\n{_TRUNK}{_TYPE}{_TAKEN}{_PORTS}"
_OWN_LINE = "interface Ethernet1/2\n  {}\n"

RUNNING: dict[str, tuple[str, Told]] = {
    "a right one": (_RIGHT, set()),
    "no peer-link": ("vpc domain 1\n", {("PL01", "error", "sw-a", "domain")}),
    "a virtual one without a port-channel": (
        "vpc domain 1\n  virtual peer-link destination 192.0.2.2 source 192.0.2.1\n",
        set(),
    ),
    "a leg besides": (f"{_RIGHT}interface port-channel1\n  vpc 5\n", {("PL02", "error", "sw-a", "vpcs.5")}),
    "a port that is an orphan besides": (
        f"{_RIGHT}{_OWN_LINE.format('vpc orphan-port suspend')}",
        {("PL02", "error", "sw-a", "interfaces.Ethernet1/2")},
    ),
    "an orphan besides": (
        f"{_RIGHT}interface port-channel1\n  vpc orphan-port suspend\n",
        {("PL02", "error", "sw-a", _LINK)},
    ),
    "routed": (
        f"{_RIGHT}interface port-channel1\n  no switchport\n",
        {("PL03", "error", "sw-a", _LINK)},
    ),
    "routed with its ports": (
        _RIGHT.replace(_TRUNK, "interface port-channel1\n  no switchport\n").replace(
            _JOINED, "  no shutdown\n  channel-group 1 mode active\n"
        ),
        {("PL03", "error", "sw-a", _LINK)},
    ),
    "one slow port": (
        _RIGHT + _OWN_LINE.format("speed 1000"),
        {("PL07", "error", "sw-a", "interfaces.Ethernet1/2")},
    ),
    "a port with other VLANs": (
        _RIGHT + _OWN_LINE.format("switchport trunk allowed vlan 20"),
        {("PL21", "error", "sw-a", "interfaces.Ethernet1/2")},
    ),
    "a port with another native VLAN": (
        _RIGHT + _OWN_LINE.format("switchport trunk native vlan 20"),
        {("PL21", "error", "sw-a", "interfaces.Ethernet1/2")},
    ),
    "a port of another mode is not asked for its VLANs": (
        _RIGHT + _OWN_LINE.format("switchport mode access\n  switchport trunk allowed vlan 20"),
        {("PL21", "error", "sw-a", "interfaces.Ethernet1/2")},
    ),
    "a routed port": (
        _RIGHT + _OWN_LINE.format("no switchport\n  no shutdown"),
        {("PL21", "error", "sw-a", "interfaces.Ethernet1/2")},
    ),
    "an access VLAN on a port of a trunk": (_RIGHT + _OWN_LINE.format("switchport access vlan 20"), set()),
    "spanning tree on a port": (_RIGHT + _OWN_LINE.format("spanning-tree port type edge"), set()),
    "one port without LACP": (
        _RIGHT.replace("1 mode active", "1", 1),
        {("PL21", "error", "sw-a", "interfaces.Ethernet1/1")},
    ),
    "storm control on a port": (
        _RIGHT + _OWN_LINE.format("storm-control broadcast level 1.00"),
        {("PL15", "warning", "sw-a", "interfaces.Ethernet1/2")},
    ),
}
"""Lines of one switch, and what is found on it; its peer is right."""


@pytest.mark.parametrize("case", RUNNING)
def test_running(case: str) -> None:
    """The rules find the same in running-configs, whichever switch comes first."""
    text, expected = RUNNING[case]
    one, other = running(text, _RIGHT)
    assert found([(one, other)], ["PL"]) == expected
    assert found([(other, one)], ["PL"]) == expected


def test_static_beside_no_peer_link() -> None:
    """A static peer-link does without LACP, too, where the peer has no peer-link at all."""
    findings = of(judged("peer_link: {lacp: on}", {"sw-b": "interface port-channel1\n  no vpc peer-link"}), "PL08")
    assert [(each.rule, each.switch) for each in findings] == [("PL08", "sw-a")]


def test_script() -> None:
    """A port-channel that a script's first port makes is not taken for a routed one."""
    script = (
        "interface Ethernet1/1\n  switchport\n  switchport mode trunk\n  channel-group 1 mode active\n"
        "interface port-channel1\n  switchport mode trunk\n  spanning-tree port type network\n  vpc peer-link\n"
    )
    assert found([running(script, script)], ["PL03", "PL21"]) == set()


_VLANS = st.frozensets(st.sampled_from((10, 20, 30)))


@given(_VLANS, _VLANS, _VLANS, _VLANS)
def test_vlans(ours: frozenset[int], theirs: frozenset[int], leg: frozenset[int], there: frozenset[int]) -> None:
    """Of VLANs on the peer-link PL12 names what one end lacks, PL11 what both lack and a leg has, and nothing twice."""
    text = (
        f"vlans: {{30: lab}}\npeer_link: {{vlans: {{sw-a: {_list(ours)}, sw-b: {_list(theirs)}}}}}\n"
        f"vpcs: {{11: {{vlans: {{sw-a: {_list(leg)}, sw-b: {_list(there)}}}}}, 12: {{shutdown: true}}}}"
    )
    expected: Told = {("PL12", "error", None, _LINK)} if ours ^ theirs else set()
    lacking = [name for name, vlans in (("sw-a", leg), ("sw-b", there)) if vlans - ours - theirs]
    alike = leg - ours - theirs == there - ours - theirs
    expected |= {("PL11", "error", None if alike else name, _LINK) for name in lacking}
    assert found([laid_over(text)], ["PL11", "PL12"]) == expected


def _list(vlans: frozenset[int]) -> str:
    return f'"{VlanSet(vlans)}"' if vlans else "none"


def test_fixes_make_it_right() -> None:
    """What PL11 and PL12 propose, written instead, leaves nothing to find."""
    for text in ("peer_link: {vlans: 10}", "peer_link: {vlans: {sw-a: 10, sw-b: 20}}"):
        (fix,) = {finding.fix for finding in judge([laid_over(text)]) if finding.rule in ("PL11", "PL12")}
        assert found([laid_over(f"peer_link: {{{fix}}}")], ["PL"]) == set()
