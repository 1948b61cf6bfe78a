"""Spanning tree: the cases in which a rule must speak, and those in which it must not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlagkit.values import VlanSet
from tests.judged import Told, found, laid_over, running

_TREE = "spanning_tree"
_MST = "mode: mst, priority: , mst_priority: {0-1: 4096}"
_NO_PEER_SWITCH = "domain: {peer_switch: false}\n"
_BOTH_ST09: Told = {("ST09", "error", None, _TREE)}
_SECOND = (
    "vlans: {30: lab}\ninterfaces: {Ethernet1/40: {mode: trunk, vlans: 30}}\npeer_link: {vlans: [10, 20]}\n"
    "cabling: {sw-a: {Ethernet1/40: sw-b Ethernet1/40}}\n"
)

CASES: dict[str, tuple[str, Told]] = {
    "a region's revision": (
        "spanning_tree: {mst: {name: dc1, revision: {sw-a: 1, sw-b: 2}}}",
        {("ST02", "error", None, "spanning_tree.mst")},
    ),
    "a list in two spellings": (
        f'spanning_tree: {{{_MST}, mst: {{name: dc1, instances: {{1: {{sw-a: 2-99, sw-b: "2-50,51-99"}}}}}}}}',
        set(),
    ),
    "a VLAN in another instance": (
        f"spanning_tree: {{{_MST}, mst: {{name: dc1, instances: {{1: {{sw-a: 2-99, sw-b: 2-98}}}}}}}}",
        {("ST02", "error", None, "spanning_tree.mst")},
    ),
    "the default port type": (
        "spanning_tree: {port_type: {sw-a: edge, sw-b: normal}}",
        {("ST03", "error", None, _TREE)},
    ),
    "BPDU guard by default": (
        "spanning_tree: {bpduguard: {sw-a: true, sw-b: false}}",
        {("ST03", "error", None, _TREE)},
    ),
    "bridge assurance off on both": (
        "spanning_tree: {bridge_assurance: false}",
        {("ST05", "warning", None, _TREE)},
    ),
    "bridge assurance off on one": (
        "spanning_tree: {bridge_assurance: {sw-a: false, sw-b: true}}",
        {("ST05", "error", None, _TREE)},
    ),
    "no tree for a VLAN that nobody has": (
        "spanning_tree: {disabled_vlans: {sw-b: 77}}",
        {("ST06", "warning", "sw-b", _TREE)},
    ),
    "no tree for a VLAN of one": (
        "spanning_tree: {disabled_vlans: {sw-a: 20, sw-b: [20, 10]}}",
        {("ST06", "error", "sw-b", _TREE)},
    ),
    "PVST simulation everywhere": (
        "spanning_tree: {simulate_pvst: {sw-a: true, sw-b: false}}",
        {("ST07", "error", None, _TREE)},
    ),
    "PVST simulation of a vPC that is shut": (
        "vpcs: {11: {shutdown: true, mst_simulate_pvst: {sw-a: true, sw-b: false}}}",
        set(),
    ),
    "PVST simulation of a vPC as on the whole switch, and by a line": (
        "vpcs: {11: {mst_simulate_pvst: {sw-a: true}}}",
        set(),
    ),
    "PVST simulation of a vPC by a line, and off on the whole switch": (
        "spanning_tree: {simulate_pvst: false}\nvpcs: {11: {mst_simulate_pvst: {sw-a: true}}}",
        {("ST07", "error", "sw-a", "vpcs.11"), ("ST07", "error", "sw-b", "vpcs.11")},
    ),
    "peer-switch on one alone says nothing of priorities": (
        "domain: {peer_switch: {sw-b: true}}\nspanning_tree: {priority: {1-3967: {sw-a: 4096, sw-b: 8192}}}",
        {("ST08", "error", "sw-b", "domain")},
    ),
    "a root priority in common": (
        "spanning_tree: {pseudo_information: {root_priority: {1-99: 4096}}, priority: {1-3967: {sw-a: 8192, sw-b: 0}}}",
        set(),
    ),
    "a root priority on one": (
        "spanning_tree: {pseudo_information: {root_priority: {10: {sw-a: 4096, sw-b: 8192}}}}",
        _BOTH_ST09,
    ),
    "an instance with another priority": (
        (
            "spanning_tree: {mode: mst, priority: , mst: {name: dc1, instances: {1: 2-99}},"
            " mst_priority: {0: 4096, 1: {sw-a: 4096, sw-b: 8192}}}"
        ),
        _BOTH_ST09,
    ),
    "an instance with the default priority": (
        "spanning_tree: {mode: mst, priority: , mst: {name: dc1, instances: {1: 2-99}}, mst_priority: {0: 4096}}",
        {("ST10", "warning", None, _TREE)},
    ),
    "nobody is root": (f"{_NO_PEER_SWITCH}spanning_tree: {{priority: }}", set()),
    "both are root": (
        f"{_NO_PEER_SWITCH}spanning_tree: {{priority: {{1-3967: 4096}}}}",
        {("ST11", "warning", "sw-a", _TREE)},
    ),
    "the other one is not second": (
        f"{_NO_PEER_SWITCH}spanning_tree: {{priority: {{1-3967: {{sw-a: 4096}}}}}}",
        {("ST11", "warning", "sw-a", _TREE)},
    ),
    "nobody is sure to become primary": (
        (
            f"{_NO_PEER_SWITCH}switches: {{sw-a: {{role_priority: 100}}, sw-b: {{role_priority: 100}}}}\n"
            "spanning_tree: {priority: {1-3967: {sw-a: 8192, sw-b: 4096}}}"
        ),
        set(),
    ),
    "a second trunk that no cabling tells of": (
        "vlans: {30: lab}\ninterfaces: {Ethernet1/40: {mode: trunk, vlans: 30}}\npeer_link: {vlans: [10, 20]}",
        set(),
    ),
    "a second trunk in a port-channel": (
        (
            "vlans: {30: lab}\nport_channels: {40: {mode: trunk, vlans: 30, members: [Ethernet1/40]}}\n"
            "peer_link: {vlans: [10, 20]}\ncabling: {sw-a: {Ethernet1/40: sw-b Ethernet1/40}}"
        ),
        {("ST12", "warning", "sw-a", "port_channels.40")},
    ),
    "a second trunk to somebody else": (
        (
            "vlans: {30: lab}\ninterfaces: {Ethernet1/40: {mode: trunk, vlans: 30}}\npeer_link: {vlans: [10, 20]}\n"
            "cabling: {Ethernet1/40: sw-c Ethernet1/40}"
        ),
        set(),
    ),
    "peer-switch on one alone, and no priority": (
        "domain: {peer_switch: {sw-b: true}}\nspanning_tree: {priority: }",
        {("ST08", "error", "sw-b", "domain")},
    ),
    "peer-switch on the other one alone, and equal priorities": (
        "domain: {peer_switch: {sw-b: true}}",
        {("ST08", "error", "sw-b", "domain")},
    ),
    "a root priority does not count without peer-switch": (
        (
            f"{_NO_PEER_SWITCH}spanning_tree: {{priority: {{1-3967: {{sw-a: 8192, sw-b: 16384}}}},"
            " pseudo_information: {root_priority: {1-99: 4096}}}"
        ),
        set(),
    ),
    "a second trunk without peer-switch": (
        f"{_SECOND}{_NO_PEER_SWITCH}spanning_tree: {{priority: {{1-3967: {{sw-a: 4096, sw-b: 8192}}}}}}",
        set(),
    ),
    "a second trunk of the one that has peer-switch": (
        f"{_SECOND}domain: {{peer_switch: {{sw-a: true}}}}",
        {("ST08", "error", "sw-a", "domain")},
    ),
    "a second trunk of the one that has no peer-switch": (
        f"{_SECOND}domain: {{peer_switch: {{sw-b: true}}}}",
        {("ST08", "error", "sw-b", "domain")},
    ),
    "a second trunk with MST": (
        f"{_SECOND}spanning_tree: {{{_MST}, mst: {{name: dc1, instances: {{1: 2-99}}}}}}",
        set(),
    ),
    "an access port to the other switch": (_SECOND.replace("mode: trunk, vlans: 30", "mode: access, vlan: 30"), set()),
    "data in an instance": (
        f"spanning_tree: {{{_MST}, mst: {{name: dc1, instances: {{1: 20}}}}}}",
        set(),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_pair_file(case: str) -> None:
    """A few lines over the base make exactly these findings about spanning tree."""
    text, expected = CASES[case]
    assert found([laid_over(text)], ["ST"]) == expected


VLANS = st.frozensets(st.integers(2, 12), min_size=1)
PRIORITY = st.sampled_from([4096, 8192, 32768])


@given(st.dictionaries(st.integers(2, 12), PRIORITY), st.dictionaries(st.integers(2, 12), PRIORITY), VLANS)
def test_equal_priorities(one: dict[int, int], other: dict[int, int], on_link: frozenset[int]) -> None:
    """With peer-switch two switches have equal priorities for all VLANs of the peer-link, or an error each."""
    first, second = (
        _LISTED.replace("allowed vlan 10", f"allowed vlan {VlanSet(on_link)}")
        + f"vlan {VlanSet(on_link)}\n"
        + "".join(f"spanning-tree vlan {vlan} priority {priority}\n" for vlan, priority in each.items())
        for each in (one, other)
    )
    is_equal = all(one.get(vlan, 32768) == other.get(vlan, 32768) for vlan in on_link)
    assert {rule for rule, *_ in found([running(first, second)], ["ST"])} == (set() if is_equal else {"ST09"})


_VPC = "interface port-channel1\n  switchport mode trunk\n  vpc peer-link\n"
_LEG = "interface port-channel11\n  switchport access vlan 10\n  vpc 11\n"
_PEER_SWITCH = f"vlan 10\nvpc domain 10\n  peer-switch\n{_VPC}"
_LISTED = _PEER_SWITCH.replace("  vpc peer-link", "  switchport trunk allowed vlan 10\n  vpc peer-link")

RUNNING: dict[str, tuple[str, str, Told]] = {
    "nothing at all": ("", "", set()),
    "mode": (
        "spanning-tree mode mst\n",
        "",
        {("ST01", "error", "sw-a", _TREE), ("ST01", "error", "sw-b", _TREE)},
    ),
    "the default said and not said": (
        "spanning-tree mode rapid-pvst\nspanning-tree pathcost method short\n",
        "",
        set(),
    ),
    "a priority that is the default": (f"{_PEER_SWITCH}spanning-tree vlan 10 priority 32768\n", _PEER_SWITCH, set()),
    "a priority on one": (
        f"{_PEER_SWITCH}spanning-tree vlan 1-3967 priority 4096\n",
        _PEER_SWITCH,
        {("ST09", "error", "sw-a", _TREE), ("ST09", "error", "sw-b", _TREE)},
    ),
    "one VLAN with another priority": (
        f"{_PEER_SWITCH}spanning-tree vlan 1,10 priority 4096\n",
        f"{_PEER_SWITCH}spanning-tree vlan 1 priority 4096\nspanning-tree vlan 10 priority 8192\n",
        {("ST09", "error", "sw-a", _TREE), ("ST09", "error", "sw-b", _TREE)},
    ),
    "a VLAN that is not on the peer-link may have another priority": (
        f"{_LISTED}vlan 30\nspanning-tree vlan 1,10 priority 4096\nspanning-tree vlan 30 priority 8192\n",
        f"{_LISTED}vlan 30\nspanning-tree vlan 1,10,30 priority 4096\n",
        set(),
    ),
    "the default priority for a VLAN that no vPC has": (
        f"{_PEER_SWITCH}vlan 30\n{_LEG}spanning-tree vlan 1,10 priority 4096\n",
        f"{_PEER_SWITCH}vlan 30\n{_LEG}spanning-tree vlan 1,10 priority 4096\n",
        set(),
    ),
    "the default priority for a VLAN of a vPC": (
        f"{_PEER_SWITCH}{_LEG}",
        f"{_PEER_SWITCH}{_LEG}",
        {("ST10", "warning", "sw-a", _TREE), ("ST10", "warning", "sw-b", _TREE)},
    ),
    "no peer-link tells what is a vPC VLAN": (
        "vlan 10\nvpc domain 10\n  peer-switch\nspanning-tree vlan 1-3967 priority 4096\n",
        "vlan 10\nvpc domain 10\n  peer-switch\n",
        set(),
    ),
    "peer-switch, and another protocol": (
        f"{_PEER_SWITCH}spanning-tree mode mst\nspanning-tree mst 0 priority 4096\n",
        f"{_PEER_SWITCH}spanning-tree vlan 10 priority 4096\n",
        {("ST01", "error", "sw-a", _TREE), ("ST01", "error", "sw-b", _TREE)},
    ),
    "peer-switch, and a switch without a domain": (_PEER_SWITCH, "vlan 10\n", set()),
    "priorities without a domain": (f"vlan 10\n{_VPC}spanning-tree vlan 10 priority 4096\n", f"vlan 10\n{_VPC}", set()),
    "priorities, and one has no domain": (
        f"vlan 10\nvpc domain 10\n  role priority 1\n{_VPC}spanning-tree vlan 10 priority 4096\n",
        f"vlan 10\n{_VPC}spanning-tree vlan 10 priority 4096\n",
        set(),
    ),
    "priorities of two protocols": (
        f"vlan 10\nvpc domain 10\n  role priority 1\n{_VPC}spanning-tree vlan 10 priority 4096\n",
        f"vlan 10\nvpc domain 10\n{_VPC}spanning-tree mode mst\n",
        {("ST01", "error", "sw-a", _TREE), ("ST01", "error", "sw-b", _TREE)},
    ),
    "no tree for a VLAN that only the other one has": (
        "no spanning-tree vlan 30\n",
        "vlan 30\n",
        {("ST06", "error", "sw-a", _TREE)},
    ),
    "no tree for a VLAN that only the one has": (
        "vlan 30\nno spanning-tree vlan 30\n",
        "",
        {("ST06", "error", "sw-a", _TREE)},
    ),
    "MST without a VLAN of data": (
        f"{_VPC}{_LEG}spanning-tree mode mst\n",
        f"{_VPC}{_LEG}spanning-tree mode mst\n",
        set(),
    ),
    "loop guard, taken back": ("no spanning-tree loopguard default\n", "", set()),
}


@pytest.mark.parametrize("case", RUNNING)
def test_running(case: str) -> None:
    """Two configurations, in either order, make exactly these findings about spanning tree."""
    first, second, expected = RUNNING[case]
    one, other = running(first, second)
    assert found([(one, other)], ["ST"]) == expected
    assert found([(other, one)], ["ST"]) == expected
