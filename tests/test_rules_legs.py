"""vPC legs and their ports: the cases in which a rule must speak, and those in which it must not."""

from __future__ import annotations

import pytest

from mlagkit.nxos.chassis import most_ports
from mlagkit.rules import judge
from tests.judged import Told, found, laid_over, running

_11 = "vpcs.11"
_12 = "vpcs.12"
_SHUT = "shutdown: {sw-a: true, sw-b: false}"
_OF_MB28 = ("MB28", "warning", "sw-a", _11)

CASES: dict[str, tuple[str, Told]] = {
    "a vPC on one switch": (
        "vpcs: {13: {sw-b: {vlan: 20, lacp: active, members: Ethernet1/3}}}",
        {("MB01", "error", "sw-b", "vpcs.13")},
    ),
    "a vPC on one switch that is shut": (
        "vpcs: {13: {sw-a: {shutdown: true, vlan: 20, lacp: active, members: Ethernet1/3}}}",
        {("MB01", "warning", "sw-a", "vpcs.13")},
    ),
    "a number that is not the vPC's": ("vpcs: {11: {port_channel: 111}}", {("MB03", "info", None, _11)}),
    "a number that differs and is not the vPC's": (
        "vpcs: {11: {port_channel: {sw-a: 111, sw-b: 112}}}",
        {("MB03", "info", None, _11)},
    ),
    "active and passive": ("vpcs: {11: {lacp: {sw-a: active, sw-b: passive}}}", set()),
    "LACP on one switch": ("vpcs: {11: {lacp: {sw-a: on, sw-b: active}}}", {("MB05", "error", None, _11)}),
    "LACP on one switch, where a leg is shut": (
        f"vpcs: {{11: {{lacp: {{sw-a: on, sw-b: active}}, {_SHUT}}}}}",
        {("MB05", "warning", None, _11), _OF_MB28},
    ),
    "a static bond": ("vpcs: {11: {lacp: on}}\nhosts: {web-01: {bond: balance-xor, lacp_rate: }}", set()),
    "no LACP on a bond that speaks it, of which HO01 speaks": ("vpcs: {11: {lacp: on}}", set()),
    "no LACP to a host whose bond is not known": (
        "vpcs: {11: {lacp: on}}\nhosts: {web-01: {bond: , lacp_rate: }}",
        {("MB06", "warning", None, _11)},
    ),
    "no LACP to a fabric extender": ("vpcs: {11: {host: , mode: fex-fabric, lacp: on}}", set()),
    "no LACP on a leg that is shut": ("vpcs: {11: {lacp: on, shutdown: true}}", set()),
    "a leg and a port to suspend, in raw lines": (
        (
            "vpcs: {11: {extra: vpc orphan-port suspend},"
            " 12: {members: {Ethernet1/2: {extra: vpc orphan-ports suspend}}}}"
        ),
        {("MB32", "error", None, _11), ("MB32", "error", None, "vpcs.12")},
    ),
    "modes without anything else to compare": (
        "vpcs: {11: {host: , mode: {sw-a: trunk, sw-b: access}, native_vlan: {sw-a: 1, sw-b: 20}}}",
        {("MB08", "error", None, _11)},
    ),
    "a mode of a leg that is shut": (
        f"vpcs: {{11: {{host: , mode: {{sw-a: trunk, sw-b: access}}, {_SHUT}}}}}",
        {("MB08", "warning", None, _11), _OF_MB28},
    ),
    "native VLANs": ("vpcs: {11: {native_vlan: {sw-a: 1, sw-b: 20}}}", {("MB09", "error", None, _11)}),
    "native VLANs with a tag on one switch": (
        "extra: {sw-a: vlan dot1Q tag native}",
        {("MB09", "warning", "sw-a", "")},
    ),
    "native VLANs with two kinds of tag": (
        "extra: {sw-a: vlan dot1q tag native, sw-b: vlan dot1q tag native exclude control}",
        {("MB09", "warning", None, "")},
    ),
    "native VLANs with a tag on both, typed in two ways": (
        "extra: {sw-a: vlan dot1Q tag native, sw-b: vlan dot1q tag native}",
        set(),
    ),
    "native VLANs with a tag on one switch, and no trunk": (
        "vpcs: {11: {host: , mode: access, vlan: 20}}\nextra: {sw-a: vlan dot1q tag native}",
        set(),
    ),
    "native VLANs of access ports": ("vpcs: {12: {native_vlan: {sw-a: 1, sw-b: 20}}}", set()),
    "VLANs of a host": ("vpcs: {11: {vlans: {sw-a: [10, 20], sw-b: 20}}}", {("MB10", "error", None, _11)}),
    "VLANs of no host": ("vpcs: {11: {vlans: {sw-a: [10, 20], sw-b: 10}}}", {("MB10", "warning", None, _11)}),
    "VLANs that nobody has": ("vpcs: {11: {vlans: {sw-a: [10, 20, 99], sw-b: [10, 20]}}}", set()),
    "VLANs that one switch has": (
        "vlans: {30: {sw-a: lab}}\nvpcs: {11: {vlans: {sw-a: [10, 20, 30], sw-b: [10, 20]}}}",
        set(),
    ),
    "all, and all that there are": ("vpcs: {11: {vlans: {sw-a: all, sw-b: [1, 10, 20]}}}", set()),
    "access VLANs": ("vpcs: {12: {vlan: {sw-a: 10, sw-b: 20}}}", {("MB11", "warning", None, _12)}),
    "access VLANs of trunks": ("vpcs: {11: {vlan: {sw-a: 10, sw-b: 20}}}", set()),
    "MTUs": ("vpcs: {12: {mtu: {sw-a: 1500, sw-b: 9216}}}", {("MB12", "error", None, _12)}),
    "types": ("vpcs: {12: {port_type: {sw-a: normal, sw-b: edge}, host: }}", {("MB13", "error", None, _12)}),
    "a type by a line and by default": (
        "vpcs: {12: {port_type: {sw-a: normal, sw-b: edge}}}\nspanning_tree: {port_type: {sw-a: edge}}",
        set(),
    ),
    "types that only the defaults of the switches make differ": (
        (
            "vpcs: {12: {port_type: normal, host: }, 11: {port_type: normal, host: }}\n"
            "spanning_tree: {port_type: {sw-a: edge, sw-b: normal}, bpduguard: true}"
        ),
        set(),
    ),
    "guards": ("vpcs: {11: {guard: {sw-a: loop, sw-b: root}}}", {("MB14", "error", None, _11)}),
    "speeds": ("vpcs: {11: {speed: {sw-a: 10000, sw-b: 25000}}}", {("MB15", "error", None, _11)}),
    "a speed and none": ("vpcs: {11: {speed: {sw-a: 10000, sw-b: auto}}}", {("MB15", "warning", None, _11)}),
    "duplex modes": ("vpcs: {11: {duplex: {sw-a: half, sw-b: full}}}", {("MB15", "error", None, _11)}),
    "every option of LACP": (
        "vpcs: {11: {lacp_suspend_individual_pxe: {sw-a: false, sw-b: true}}, 12: {lacp_mode_delay: {sw-b: true}}}",
        {("MB16", "error", None, _11), ("MB16", "error", "sw-b", _12)},
    ),
    "an option of LACP without LACP": (
        "vpcs: {11: {lacp: on, host: , lacp_suspend_individual: {sw-a: false, sw-b: true}}}",
        {("MB06", "warning", None, _11)},
    ),
    "no ports": ("vpcs: {11: {members: {sw-a: , sw-b: Ethernet1/1}}}", {("MB17", "error", "sw-a", _11)}),
    "no ports yet": ("vpcs: {11: {members: , shutdown: true}}", set()),
    "fewer links than wanted": ("vpcs: {11: {lacp_min_links: 3}}", {("MB20", "error", None, _11)}),
    "as many links as wanted": (
        "vpcs: {11: {lacp_min_links: 2, members: [Ethernet1/1, Ethernet1/3]}}",
        {("MB20", "warning", None, _11)},
    ),
    "more links than wanted": ("vpcs: {11: {lacp_min_links: 2, members: Ethernet1/3-5}}", set()),
    "a link that is shut does not count": (
        "vpcs: {11: {lacp_min_links: 2, members: {Ethernet1/1: {}, Ethernet1/3: {shutdown: true}}}}",
        {("MB20", "error", None, _11)},
    ),
    "links wanted of a leg that is shut": ("vpcs: {11: {lacp_min_links: 2, shutdown: true}}", set()),
    "forty ports": ("vpcs: {11: {members: Ethernet1/3-42}}", set()),
    "more than forty ports": ("vpcs: {11: {members: Ethernet1/3-43}}", {("MB21", "warning", None, _11)}),
    "a firewall, which is a host": ("vpcs: {11: {port_type: normal}}", {("MB22", "warning", None, _11)}),
    "nobody knows what is behind it": ("vpcs: {11: {port_type: normal, host: }}", set()),
    "a host by its cable": (
        "vpcs: {11: {port_type: normal, host: }}\ncabling: {sw-a: {Ethernet1/1: web-01 eno1}}",
        {("MB22", "warning", "sw-a", _11)},
    ),
    "edge by the default of the switch": (
        "vpcs: {11: {port_type: normal}}\nspanning_tree: {port_type: edge}",
        set(),
    ),
    "an access port that is edge trunk": ("vpcs: {12: {port_type: edge trunk}}", set()),
    "a guard turned off at a port": ("vpcs: {11: {bpduguard: disable}}", {("MB23", "warning", None, _11)}),
    "ports of a fabric extender have the guard by themselves": (
        (
            "spanning_tree: {bpduguard: false}\nvpcs: {11: {bpduguard: enable}, 12: {bpduguard: enable}}\n"
            "interfaces: {Ethernet101/1/1: {vlan: 20, port_type: edge}}\n"
            "port_channels: {40: {mode: access, vlan: 20, port_type: edge, members: Ethernet101/1/2}}"
        ),
        set(),
    ),
    "an orphan port without a guard": (
        (
            "spanning_tree: {bpduguard: false}\nvpcs: {11: {bpduguard: enable}, 12: {bpduguard: enable}}\n"
            "interfaces:\n  Ethernet1/40: {vlan: 20, port_type: edge}\n"
            "  Ethernet1/41: {vlan: 20, port_type: edge, shutdown: true}"
        ),
        {("MB23", "warning", None, "interfaces.Ethernet1/40")},
    ),
    "a filter on an orphan port": (
        "interfaces: {Ethernet1/40: {vlan: 20, bpdufilter: enable}}",
        {("MB24", "warning", None, "interfaces.Ethernet1/40")},
    ),
    "a host on a network port by the default of the switch": (
        "vpcs: {11: {port_type: normal}}\nspanning_tree: {port_type: network}",
        {("MB26", "error", None, _11)},
    ),
    "a host on a network port without Bridge Assurance": (
        "vpcs: {11: {port_type: network}}\nspanning_tree: {bridge_assurance: false}",
        set(),
    ),
    "a network port to who knows whom": ("vpcs: {11: {port_type: network, host: }}", set()),
    "a guard by a line and by default": ("vpcs: {11: {bpduguard: {sw-a: enable}}}", set()),
    "a guard by a line that no default gives": (
        "vpcs: {11: {bpduguard: {sw-a: enable}, port_type: normal, host: }}",
        {("MB27", "warning", "sw-a", _11)},
    ),
    "a filter on one": (
        "vpcs: {11: {bpdufilter: {sw-a: disable}, stp_port_priority: {sw-b: 64}, stp_link_type: {sw-a: shared}}}",
        {("MB27", "warning", "sw-a", _11), ("MB27", "warning", "sw-b", _11)},
    ),
    "both legs shut": ("vpcs: {11: {shutdown: true}}", set()),
    "all ports of one leg shut": (
        "vpcs: {11: {members: {Ethernet1/1: {shutdown: {sw-a: true}}}}}",
        {_OF_MB28},
    ),
    "an action of storm control": (
        "vpcs: {11: {storm_control: {broadcast: 1, action: {sw-a: trap}}}}",
        {("MB30", "warning", "sw-a", _11)},
    ),
    "rates of ports without LACP": (
        "vpcs: {11: {host: , lacp: on, members: {Ethernet1/1: {lacp_rate: fast}, Ethernet1/3: {lacp_rate: normal}}}}",
        {("MB06", "warning", None, _11)},
    ),
    "a routed leg is nothing else besides": (
        "vpcs: {11: {mode: routed, port_type: {sw-a: normal}, vlans: , native_vlan: }}",
        {("MB18", "error", None, _11)},
    ),
    "options of LACP where one switch has none": (
        "vpcs: {11: {lacp: {sw-a: on, sw-b: active}, lacp_mode_delay: {sw-b: true}}}",
        {("MB05", "error", None, _11)},
    ),
    "an access VLAN on one switch, a trunk on the other": (
        "vpcs: {12: {host: , mode: {sw-a: access, sw-b: trunk}, vlan: {sw-a: 20, sw-b: 10}}}",
        {("MB08", "error", None, _12)},
    ),
    "speeds of legs without ports": (
        "vpcs: {11: {members: , shutdown: true, speed: {sw-a: 10000, sw-b: 25000}}}",
        {("MB15", "warning", None, _11)},
    ),
    "a vPC on one switch, without LACP": (
        "vpcs: {13: {sw-b: {vlan: 20, lacp: on, members: Ethernet1/3}}}",
        {("MB01", "error", "sw-b", "vpcs.13"), ("MB06", "warning", "sw-b", "vpcs.13")},
    ),
    "a guard by the default of one switch": (
        "spanning_tree: {bpduguard: {sw-a: true, sw-b: false}}",
        {("MB23", "warning", "sw-b", _11), ("MB23", "warning", "sw-b", _12)},
    ),
    "two kinds of edge, each by a line": (
        "vpcs: {11: {host: , port_type: {sw-a: edge, sw-b: edge trunk}}}",
        {("MB13", "error", None, _11)},
    ),
    "links wanted without LACP": (
        "vpcs: {11: {host: , lacp: on, lacp_min_links: 2}}",
        {("MB06", "warning", None, _11)},
    ),
    "a filter on a routed port": (
        "interfaces: {Ethernet1/40: {mode: routed, bpdufilter: enable}}",
        set(),
    ),
}
"""Lines over base.yaml, and what the rules of the family find."""


@pytest.mark.parametrize("case", CASES)
def test_pair_file(case: str) -> None:
    """The rules find what they should in a pair file, and nothing else."""
    text, expected = CASES[case]
    assert found([laid_over(text)], ["MB"]) == expected


_LAYER_2 = "  switchport mode trunk\n  switchport trunk allowed vlan 10\n"
_LEG = f"interface port-channel11\n{_LAYER_2}  vpc 11\n"
_JOINED = f"{_LAYER_2}  channel-group 11 mode active\n"
_PORTS = f"interface Ethernet1/1\n{_JOINED}interface Ethernet1/2\n{_JOINED}"
_RIGHT = f"vlan 10\n{_LEG}{_PORTS}"
_OWN_LINE = "interface Ethernet1/2\n  {}\n"
_PORT = "interfaces.Ethernet1/2"

RUNNING: dict[str, tuple[str, Told]] = {
    "a right one": (_RIGHT, set()),
    "two legs of one vPC": (
        f"{_RIGHT}interface port-channel12\n{_LAYER_2}  vpc 11\n",
        {("MB02", "error", "sw-a", _11)},
    ),
    "a leg that is the peer-link says PL02": (
        f"{_RIGHT}interface port-channel1\n{_LAYER_2}  vpc peer-link\n  vpc 1\n",
        set(),
    ),
    "a leg that a port joins without LACP": (
        _RIGHT.replace("11 mode active", "11", 1),
        {("MB19", "error", "sw-a", "interfaces.Ethernet1/1")},
    ),
    "a port with other VLANs": (
        _RIGHT + _OWN_LINE.format("switchport trunk allowed vlan add 20"),
        {("MB19", "error", "sw-a", _PORT)},
    ),
    "a port with another MTU": (_RIGHT + _OWN_LINE.format("mtu 9216"), {("MB19", "error", "sw-a", _PORT)}),
    "a port with another speed than its port-channel": (
        f"{_RIGHT}{_OWN_LINE.format('speed 1000')}interface port-channel11\n  speed 10000\n",
        {("MB19", "error", "sw-a", _PORT)},
    ),
    "a port with another speed than the other port": (
        f"{_RIGHT}{_OWN_LINE.format('speed 1000')}",
        {("MB15", "error", "sw-a", _11)},
    ),
    "ports with a speed, of a port-channel without": (
        f"{_RIGHT}{_OWN_LINE.format('speed 10000')}interface Ethernet1/1\n  speed 10000\n",
        {("MB15", "warning", "sw-a", _11), ("MB15", "warning", "sw-b", _11)},
    ),
    "spanning tree on a port, which the port-channel replaces": (
        _RIGHT + _OWN_LINE.format("spanning-tree port type edge trunk"),
        set(),
    ),
    "a leg and a port to suspend": (
        f"{_RIGHT}{_OWN_LINE.format('vpc orphan-ports suspend')}interface port-channel11\n  vpc orphan-port suspend\n",
        {("MB32", "error", "sw-a", _11), ("MB32", "error", "sw-a", _PORT)},
    ),
    "another rate": (_RIGHT + _OWN_LINE.format("lacp rate fast"), {("MB33", "warning", "sw-a", _11)}),
    "an allowed list of another spelling": (
        _RIGHT.replace("vlan 10\n  vpc", "vlan 10,10\n  vpc"),
        set(),
    ),
    "a vPC that the peer does not have": (
        f"{_RIGHT}interface port-channel12\n{_LAYER_2}  vpc 12\n{_PORTS.replace('1/', '2/').replace('11', '12')}",
        {("MB01", "error", "sw-a", _12)},
    ),
    "the legs differ": (
        _RIGHT.replace(_LEG, _LEG + "  spanning-tree guard root\n"),
        {("MB14", "error", "sw-a", _11), ("MB14", "error", "sw-b", _11)},
    ),
    "a routed leg": (
        _RIGHT.replace(_LAYER_2, "  no switchport\n", 1).replace(_LAYER_2, "  no shutdown\n"),
        {("MB18", "error", "sw-a", _11)},
    ),
    "a leg shut by its ports": (
        f"{_RIGHT}interface Ethernet1/1-2\n  shutdown\n",
        {("MB28", "warning", "sw-a", _11)},
    ),
}
"""Lines of one switch, and what is found; its peer is right. A difference has a place in either file."""


@pytest.mark.parametrize("case", RUNNING)
def test_running(case: str) -> None:
    """The rules find the same in running-configs, whichever switch comes first."""
    text, expected = RUNNING[case]
    one, other = running(text, _RIGHT)
    assert found([(one, other)], ["MB"]) == expected
    assert found([(other, one)], ["MB"]) == expected


def test_script() -> None:
    """A leg that a script's first port makes is not taken for a routed one, nor its ports for unfit."""
    script = (
        "interface Ethernet1/1\n  switchport\n  switchport mode trunk\n  channel-group 11 mode active\n"
        "interface port-channel11\n  switchport mode trunk\n  vpc 11\n"
    )
    assert found([running(script, script)], ["MB"]) == set()


@pytest.mark.parametrize(
    ("text", "fix"), [("11: {port_type: network}", "edge trunk"), ("12: {port_type: normal}", "edge")]
)
def test_fix_by_mode(text: str, fix: str) -> None:
    """A leg to a host is to be edge trunk where it is a trunk, and edge otherwise."""
    assert {finding.fix for finding in judge([laid_over(f"vpcs: {{{text}}}")])} == {f"port_type: {fix}"}


def test_limits() -> None:
    """How many ports a port-channel takes depends on product line and LACP, and is not guessed."""
    assert most_ports("N9K-C93180YC-FX", None, lacp=True) == 40
    assert most_ports("N9K-C93180YC-FX", None, lacp=False) == 32
    assert most_ports("N7K-C7009", None, lacp=True) == 16
    assert most_ports("N7K-C7009", None, lacp=False) == 8
    assert most_ports("N5K-C5596UP", None, lacp=True) == 16
    assert most_ports("N5K-C5596UP", None, lacp=False) is None
    assert most_ports(None, None, lacp=True) is None


@pytest.mark.parametrize(
    ("text", "switch", "line"),
    [
        ("vpcs:\n  11:\n    native_vlan:\n      sw-b: 20", "sw-b", 3),
        ("vpcs:\n  11:\n    native_vlan:\n      sw-b: 20\n      sw-a: 1", None, 3),
        (
            (
                "vpcs:\n  13:\n    sw-b:\n      {native_vlan: 20, mode: trunk}\n"
                "    sw-a:\n      {mode: trunk, native_vlan: 1}"
            ),
            "sw-b",
            4,
        ),
    ],
)
def test_one_difference_is_one_finding(text: str, switch: str | None, line: int) -> None:
    """A difference in a pair file is one finding, where the value is said, that names what each switch has."""
    (finding,) = (finding for finding in judge([laid_over(text)]) if finding.rule == "MB09")
    assert finding.message.endswith("is 1 on sw-a, 20 on sw-b")
    assert (finding.switch, finding.origin.line) == (switch, line)


def test_settings_are_called_as_in_a_pair_file() -> None:
    """A setting that is on or off has the words of a pair file, and VLANs are more than one."""
    (finding,) = judge([laid_over("vpcs: {12: {lacp_mode_delay: {sw-b: true}}}")])
    assert finding.message == "`lacp_mode_delay` of vPC 12 is false on sw-a, true on sw-b"
    pair = running(_RIGHT + _OWN_LINE.format("switchport trunk allowed vlan add 20"), _RIGHT)
    (message,) = (each.message for each in judge([pair]) if each.rule == "MB19")
    assert message == "the VLANs of Ethernet1/2 are 10,20, not those of port-channel11"
