"""Every real answer gives a state with the values that a person reads in it, or is refused for a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from mlagkit.errors import BrokenReply
from mlagkit.nxos.reply import Show
from mlagkit.nxos.state import UNPROVEN, Form, form, read_state
from mlagkit.state import (
    ConsistencyState,
    InterfaceStatus,
    KeepaliveState,
    KeepaliveStatus,
    Leg,
    LinkStatus,
    MemberPort,
    PairState,
    Parameter,
    PeerLink,
    PeerStatus,
    PortChannel,
    Role,
    RoleState,
    Software,
    Timer,
    Verdict,
    VpcState,
)
from mlagkit.values import InterfaceName, VlanSet
from tests.state_answers import COMMANDS, read, text_of, told

# The files that hold something else than the whole answer to their command, with what gives them away.
REFUSED = {
    # only the table of vPCs: the command was piped into `begin`
    "show-vpc/ales999-lab5-leaf-r1-3.txt": "sh vpc | b '^vPC status'",
    # only the table of vPCs, with a count where a flag belongs: made for a test of Ansible
    "show-vpc-brief/ansible-nxos-vpc-interface-show-vpc-brief.txt": "'vpc-thru-peerlink': '19'",
    # cut by hand after its first line
    "show-vpc-peer-keepalive/ales999-lab7-leaf-r3.txt": "line 4: '...'",
    # the answer of an Arista EOS switch
    "show-port-channel-summary/ntc-show-port-channel-summary.txt": "line 1: 'Flags'",
}


def name_of(path: Path) -> str:
    """The folder and the file."""
    return f"{path.parent.name}/{path.name}"


def test_corpus_file(corpus_show: Path) -> None:
    """A file is read, but for those that are not the whole answer of an NX-OS switch, which are refused by that."""
    name = name_of(corpus_show)
    if name in REFUSED:
        with pytest.raises(BrokenReply) as error:
            read(corpus_show.parent.name, text_of(corpus_show))
        assert REFUSED[name] in str(error.value)
        assert f"{COMMANDS[corpus_show.parent.name].value!r}" in str(error.value)
    else:
        assert told(read(corpus_show.parent.name, text_of(corpus_show))) is not None


def state_of(corpus: Path, name: str) -> object:
    """What a file of the corpus says."""
    path = corpus / "nxos" / "show" / name
    return told(read(path.parent.name, text_of(path)))


def port(name: str) -> InterfaceName:
    """The name of an interface as NX-OS prints it."""
    return InterfaceName(name)


def up(number: int, name: str, vlans: str) -> Leg:
    """A leg that carries traffic."""
    return Leg(
        vpc=number,
        port=port(name),
        status=LinkStatus.UP,
        over_peer_link=False,
        consistency=Verdict.SUCCESS,
        reason=None,
        vlans=VlanSet.parse(vlans),
    )


OFF_30, OFF_10 = Timer(running=False, timeout=30), Timer(running=False, timeout=10)
REASON = "vPC type-1 configuration incompatible - STP interface port type inconsistent"

VALUES: dict[str, object] = {
    "show-vpc/ales999-lab7-leaf-r3-2.txt": VpcState(
        domain=2,
        peer=PeerStatus.OK,
        peer_said="peer adjacency formed ok",
        keepalive=KeepaliveStatus.ALIVE,
        keepalive_said="peer is alive",
        role=Role.PRIMARY,
        consistency=Verdict.SUCCESS,
        vlan_consistency=Verdict.SUCCESS,
        type_2_consistency=Verdict.SUCCESS,
        vpcs_configured=1,
        peer_gateway=False,
        dual_active_excluded=VlanSet(),
        graceful_consistency=True,
        auto_recovery=True,
        auto_recovery_timer=Timer(running=False, timeout=240),
        delay_restore=OFF_30,
        delay_restore_interface_vlan=OFF_10,
        layer3_peer_router=False,
        virtual_peer_link=False,
        peer_links=(
            PeerLink(id=1, port=port("port-channel100"), status=LinkStatus.UP, vlans=VlanSet.parse("1,10,20,1010")),
        ),
        legs=(up(10, "port-channel10", "1,10,20,1010"),),
    ),
    "show-vpc/genie-go-3.txt": VpcState(
        domain=10,
        peer=PeerStatus.OK,
        peer_said="peer adjacency formed ok",
        keepalive=KeepaliveStatus.ALIVE,
        keepalive_said="peer is alive",
        role=Role.SECONDARY,
        consistency=Verdict.FAILED,
        consistency_reason=REASON,
        vpcs_configured=1,
        peer_links=(PeerLink(id=1, port=port("port-channel10"), status=LinkStatus.UP, vlans=VlanSet.parse("1-100")),),
        legs=(
            Leg(
                vpc=20,
                port=port("port-channel20"),
                status=LinkStatus.UP,
                over_peer_link=False,
                consistency=Verdict.FAILED,
                reason=REASON,
                vlans=VlanSet(),
            ),
        ),
    ),
    "show-vpc/ntc-show-vpc.txt": VpcState(
        domain=100,
        peer=PeerStatus.LINK_DOWN,
        peer_said="peer link is down",
        keepalive=KeepaliveStatus.SUSPENDED,
        keepalive_said="Suspended (Destination IP not reachable)",
        role=Role.NONE,
        consistency=Verdict.FAILED,
        consistency_reason="Consistency Check Not Performed",
        vlan_consistency=Verdict.SUCCESS,
        type_2_reason="Consistency Check Not Performed",
        vpcs_configured=0,
        peer_gateway=False,
        dual_active_excluded=VlanSet(),
        graceful_consistency=False,
        graceful_reason="due to peer configuration",
        auto_recovery=False,
        delay_restore=OFF_30,
        delay_restore_interface_vlan=OFF_10,
        peer_links=(
            PeerLink(id=1, port=port("port-channel12"), status=LinkStatus.DOWN, vlans=VlanSet()),
            PeerLink(id=2, port=port("port-channel13"), status=LinkStatus.UP, vlans=VlanSet.parse("10")),
        ),
    ),
    "show-vpc/suzieq-leaf01.json": VpcState(
        domain=12,
        peer=PeerStatus.OK,
        peer_said="peer-ok",
        keepalive=KeepaliveStatus.ALIVE,
        keepalive_said="peer-alive",
        role=Role.PRIMARY,
        consistency=Verdict.SUCCESS,
        vlan_consistency=Verdict.SUCCESS,
        type_2_consistency=Verdict.SUCCESS,
        vpcs_configured=2,
        peer_gateway=True,
        dual_active_excluded=VlanSet(),
        graceful_consistency=True,
        auto_recovery=True,
        auto_recovery_timer=Timer(running=False, timeout=240),
        delay_restore=OFF_30,
        delay_restore_interface_vlan=OFF_10,
        layer3_peer_router=True,
        virtual_peer_link=False,
        peer_links=(
            PeerLink(id=1, port=port("port-channel1"), status=LinkStatus.UP, vlans=VlanSet.parse("1,10,30,999")),
        ),
        legs=(up(3, "port-channel3", "10"), up(4, "port-channel4", "30")),
        others=(("vpc-peer-status-reason", "SUCCESS"),),
    ),
    "show-vpc-brief/markovd-lab01-n7k-2.txt": VpcState(
        domain=100,
        peer=PeerStatus.OK,
        peer_said="peer adjacency formed ok",
        keepalive=KeepaliveStatus.ALIVE,
        keepalive_said="peer is alive",
        role=Role.SECONDARY,
        consistency=Verdict.SUCCESS,
        vlan_consistency=Verdict.SUCCESS,
        type_2_consistency=Verdict.SUCCESS,
        vpcs_configured=1,
        peer_gateway=False,
        dual_active_excluded=VlanSet(),
        graceful_consistency=True,
        auto_recovery=False,
        delay_restore=OFF_30,
        delay_restore_interface_vlan=OFF_10,
        layer3_peer_router=False,
        peer_links=(PeerLink(id=1, port=port("port-channel1"), status=LinkStatus.UP, vlans=VlanSet.parse("1")),),
        legs=(
            Leg(
                vpc=10,
                port=port("port-channel10"),
                status=LinkStatus.DOWN,
                over_peer_link=True,
                consistency=Verdict.SUCCESS,
                reason=None,
                vlans=VlanSet(),
            ),
        ),
    ),
    "show-vpc-role/markovd-lab02-n7k-1.txt": RoleState(
        role=Role.SECONDARY,
        dual_active=False,
        system_mac="0023.04ee.be64",
        system_priority=32667,
        local_mac="0c7f.4da8.5107",
        local_role_priority=32667,
        local_configured_role_priority=32667,
        peer_mac="0c7f.4d05.3607",
        peer_role_priority=32667,
        peer_configured_role_priority=32667,
    ),
    "show-vpc-role/suzieq-leaf04.json": RoleState(
        role=Role.SECONDARY,
        dual_active=False,
        system_mac="0023.04ee.be22",
        system_priority=32667,
        local_mac="4401.0204.1b08",
        local_role_priority=32667,
        local_configured_role_priority=None,
        peer_mac="4401.0203.1b08",
        peer_role_priority=32667,
        peer_configured_role_priority=None,
        others=(
            ("vpc-peer-status", "peer-ok"),
            ("vpc-peer-status-reason", "SUCCESS"),
            ("vpc-local-system-prio", "32667"),
            ("vpc-peer-system-prio", "32667"),
        ),
    ),
    "show-vpc-peer-keepalive/ales999-lab5-leaf-r2.txt": KeepaliveState(
        status=KeepaliveStatus.ALIVE,
        said="peer is alive",
        alive_for=239,
        last_update=260,
        send="success",
        receive="success",
        sent_on=port("Ethernet1/15"),
        received_on=port("Ethernet1/15"),
        destination="10.101.113.1",
        vrf="VRF_VPC-KEEPALIVE",
        interval=1000,
        timeout=5,
        hold_timeout=3,
        udp_port=3200,
        tos=192,
    ),
    "show-vpc-peer-keepalive/suzieq-leaf02.json": KeepaliveState(
        status=KeepaliveStatus.ALIVE,
        said="peer-alive",
        alive_for=230552,
        last_update=456,
        send="success",
        receive="success",
        sent_on=port("mgmt0"),
        received_on=port("mgmt0"),
        destination="10.255.2.189",
        vrf="management",
        interval=1000,
        timeout=5,
        hold_timeout=3,
        udp_port=3200,
        tos=192,
    ),
    "show-vpc-orphan-ports/suzieq-leaf03.json": (),
    "show-version/napalm-ssh-facts-7009-6-2-14.txt": Software(
        hostname="EGGS-SW01",
        model="C7009",
        serial="JAF1602BKEN",
        release="6.2(14)",
        uptime=383 * 86_400 + 19 * 3_600 + 49 * 60 + 21,
        last_reset="Reset Requested by CLI command reload",
    ),
    "show-version/ntc-show-version5.txt": Software(
        hostname="N9K-LAB-15",
        model="C93180YC-FX3",
        serial="FLM27400B3D",
        release="10.4(5)",
        uptime=60 * 86_400 + 17 * 3_600 + 26 * 60 + 51,
        last_reset="Power Down/UP epld upgrade process",
    ),
    "show-version/nxapi-plumbing-jsonrpc-show-version.json": Software(
        hostname="nxos1",
        model="NX-OSv",
        serial="TM6012EC74B",
        release="7.3(1)D1(1)",
        uptime=31 * 86_400 + 14 * 3_600 + 23 * 60 + 51,
        last_reset=None,
    ),
}


@pytest.mark.parametrize("name", VALUES)
def test_values(corpus: Path, name: str) -> None:
    """A file says what a person reads in it, field by field."""
    assert state_of(corpus, name) == VALUES[name]


def test_wrapped_and_cut_vlans(corpus: Path) -> None:
    """VLANs that go on below are one list, and a list that the switch itself cut short is none."""
    state = state_of(corpus, "show-vpc/genie-go-7.txt")
    assert isinstance(state, VpcState)
    assert str(state.peer_links[0].vlans).endswith("191-195,201-205,501,1006-1010,1016-1020")
    assert [(leg.vpc, str(leg.vlans)) for leg in state.legs] == [(102, "10"), (103, "None")]
    assert (state.virtual_peer_link, state.delay_restore_orphan_port) == (True, Timer(running=False, timeout=0))


def test_peer_link_down(corpus: Path) -> None:
    """A switch without its peer says so, and that it took over."""
    state = state_of(corpus, "show-vpc-brief/dontmesswithnets-hw7-leaf-1.2.txt")
    assert isinstance(state, VpcState)
    assert (state.peer, state.keepalive) == (PeerStatus.LINK_DOWN, KeepaliveStatus.SUSPENDED)
    assert state.role is Role.SECONDARY_OPERATIONAL_PRIMARY
    assert state.role.leads


def test_running_timer(corpus: Path) -> None:
    """A timer that runs has what is left of it."""
    state = state_of(corpus, "show-vpc-brief/dontmesswithnets-hw7-leaf-1.1.txt")
    assert isinstance(state, VpcState)
    assert state.delay_restore_interface_vlan == Timer(running=True, timeout=10, left=6)


def test_no_domain(corpus: Path) -> None:
    """A switch with the feature and without a domain has a state of its own."""
    state = state_of(corpus, "show-vpc/ansible-nxos-vpc-show-vpc.txt")
    assert isinstance(state, VpcState)
    assert (state.domain, state.peer, state.role) == (None, PeerStatus.NOT_CONFIGURED, Role.NONE)


CONSISTENCY = {
    0: Parameter(name="STP MST Simulate PVST", type=1, local="Enabled", peer="Enabled"),
    1: Parameter(
        name="STP Port Type, Edge BPDUFilter, Edge BPDUGuard",
        type=1,
        local="Normal, Disabled, Disabled",
        peer="Normal, Disabled, Disabled",
    ),
    7: Parameter(name="STP MST Region Instance to VLAN Mapping", type=1, local="", peer=""),
    10: Parameter(name="Interface-vlan routing capability", type=2, local="1,10-11,68,88", peer="1,10-11,68,88"),
    14: Parameter(
        name="Network QoS (MTU)",
        type=2,
        local="(1500, 1500, 1500, 1500, 0, 0)",
        peer="(1500, 1500, 1500, 1500, 0, 0)",
    ),
    20: Parameter(name="Allowed VLANs", type=None, local="1,10-11,68,88", peer="1,10-11,68,88"),
    21: Parameter(name="Local suspended VLANs", type=None, local="-", peer="-"),
}


@pytest.mark.parametrize("name", ["nickelface-07-nx5.txt", "nickelface-07-nx7.txt"])
def test_consistency(corpus: Path, name: str) -> None:
    """The table of both switches of a pair has 22 rows, none of which differs, with names and values put together."""
    state = state_of(corpus, f"show-vpc-consistency-parameters-global/{name}")
    assert isinstance(state, ConsistencyState)
    assert len(state.parameters) == 22
    assert {at: state.parameters[at] for at in CONSISTENCY} == CONSISTENCY
    assert (state.differing, state.suspended) == ((), VlanSet())


def channel(number: int, members: str, *, switched: bool = True) -> PortChannel:
    """A port-channel that is up, with the numbers of its ports and the words for them."""
    ports = [part.split("=") for part in members.split()]
    found = tuple(MemberPort(port=port(f"Ethernet{name}"), status=status) for name, status in ports)
    return PortChannel(
        port=port(f"port-channel{number}"), switched=switched, status="up", protocol="LACP", members=found
    )


def test_port_channels(corpus: Path) -> None:
    """Ports that are listed below the first line belong to the same channel."""
    found = state_of(corpus, "show-port-channel-summary/genie-go-2.txt")
    assert found == (
        channel(1, "1/42=down 1/43=down 1/45=bundled 1/46=bundled 1/47=down 1/48=bundled"),
        channel(2, "1/50=bundled 1/51=bundled"),
    )
    n7k = state_of(corpus, "show-port-channel-summary/markovd-lab02-n7k-1.txt")
    assert n7k == (channel(1, "1/8=bundled 1/9=bundled"), channel(11, "1/1=bundled"), channel(12, "1/2=bundled"))
    routed = state_of(corpus, "show-port-channel-summary/ntc-show-port-channel-summary2.txt")
    assert isinstance(routed, tuple)
    assert len(routed) == 23
    assert routed[11] == channel(811, "15/8=bundled 15/28=bundled 16/8=bundled 16/28=bundled", switched=False)


INTERFACES: dict[str, tuple[int, dict[str, tuple[object, ...]]]] = {
    "genie-golden1.txt": (
        14,
        {
            "Ethernet102/1/3": ("zzz (Eth1, test_st", "connected", 205, "full", "a-1000", None),
            "loopback0": (None, "connected", "routed", "auto", None, None),
            "nve1": (None, "connected", None, "auto", "auto", None),
            "Vlan366": ("BigData", "connected", "routed", "auto", "auto", None),
        },
    ),
    "genie-golden6.txt": (
        1,
        {"Ethernet1/15": (None, "linkFlapE", "routed", "auto", "auto", "QSFP-100G-CR4")},
    ),
    "napalm-ssh-facts-n93180.txt": (
        90,
        {
            "mgmt0": (None, "connected", "routed", "full", "1000", None),
            "Ethernet1/1": ("*** LIBRE ***", "xcvrAbsen", "routed", "auto", "auto", None),
            "Ethernet1/27": ("*** LIBRE ***", "disabled", 10, "auto", "auto", "SFP-H10GB-CU5M"),
        },
    ),
    "ntc-show-interface-status3.txt": (
        15,
        {
            "Ethernet1/1": ("upk peerLink_XXXX", "connected", "trunk", "full", "10G", "10Gbase-SR"),
            "Ethernet1/39": ('"FEX151"', "connected", 1, "full", "10G", "Fabric Extender Transceiver"),
        },
    ),
}


@pytest.mark.parametrize("name", INTERFACES)
def test_interfaces(corpus: Path, name: str) -> None:
    """Each port has its name, however long, and what stands behind it."""
    count, expected = INTERFACES[name]
    found = state_of(corpus, f"show-interface-status/{name}")
    assert isinstance(found, tuple)
    by_port = {str(one.port): one for one in found if isinstance(one, InterfaceStatus)}
    read_back = {
        key: (one.name, one.status, one.vlan, one.duplex, one.speed, one.type)
        for key, one in by_port.items()
        if key in expected
    }
    assert (len(found), read_back) == (count, expected)


def test_tunnels(corpus: Path) -> None:
    """Tunnels have a table of their own, with a reason."""
    found = state_of(corpus, "show-interface-status/ntc-show-interface-status-tunnel.txt")
    assert isinstance(found, tuple)
    assert [(str(one.port), one.status, one.reason) for one in found[4:]] == [
        ("tunnel13", "connected", None),
        ("tunnel40", "down", "Administratively down"),
        ("tunnel41", "down", "tunnel source is not configured"),
        ("tunnel42", "down", "tunnel destination is not configured"),
        ("tunnel43", "down", "tunnel link is not connected"),
    ]


def test_pair(corpus: Path) -> None:
    """The answers of both switches make the state of a pair."""
    names = ("leaf01", "leaf02")
    folders = ("show-vpc", "show-vpc-role", "show-vpc-peer-keepalive")
    show = corpus / "nxos" / "show"
    states = {
        name: read_state(name, {COMMANDS[folder]: text_of(show / folder / f"suzieq-{name}.json") for folder in folders})
        for name in names
    }
    assert PairState(switches=states).roles == {"leaf01": Role.PRIMARY, "leaf02": Role.SECONDARY}
    assert all(isinstance(state.role, RoleState) for state in states.values())
    assert all(state.interfaces is None and not state.unproven for state in states.values())


def test_unproven_is_what_the_corpus_lacks(corpus: Path) -> None:
    """A form of an answer counts as proven if the corpus has one that shows what it is asked for, and only then."""
    paths = [path for folder in COMMANDS for path in (corpus / "nxos" / "show" / folder).glob("*")]
    seen = {(COMMANDS[path.parent.name], form(text_of(path))) for path in paths if name_of(path) not in REFUSED}
    no_state = {Show.RUNNING_CONFIG, Show.STARTUP_CONFIG, Show.HOSTNAME}
    no_state |= {Show.CLOCK, Show.CHECKPOINTS, Show.BOOTFLASH, Show.SESSIONS}
    asked = {show for show in Show if show not in no_state}
    seen -= {(Show.VPC_ORPHAN_PORTS, Form.TEXT)}  # its one sample has no port in it
    assert {(show, kind) for show in asked for kind in Form} - seen == UNPROVEN


# What ntc-templates 9.3 can't read: linkFlapE is none of its words.
NTC_FAILS = {"genie-golden6.txt"}


@pytest.mark.parametrize("command", [Show.INTERFACE_STATUS, Show.PORT_CHANNEL_SUMMARY])
def test_ntc_templates_agree(corpus: Path, command: Show) -> None:
    """An independent parser, made for the same text, finds the same in every file that it can read."""
    folder = command.replace(" ", "-")
    paths = [path for path in (corpus / "nxos" / "show" / folder).iterdir() if name_of(path) not in REFUSED]
    found = {path.name: as_ntc(told(read(folder, text_of(path)))) for path in paths}
    by_ntc = {path.name: rows_of_ntc(command, text_of(path)) for path in paths if path.name not in NTC_FAILS}
    assert by_ntc == {name: rows for name, rows in found.items() if name not in NTC_FAILS}
    assert len(by_ntc) >= 7


def rows_of_ntc(command: Show, text: str) -> list[tuple[object, ...]]:
    """What ntc-templates finds."""
    ntc = pytest.importorskip("ntc_templates.parse")
    return [of_ntc(command, row) for row in ntc.parse_output("cisco_nxos", command.value, text)]


def as_ntc(value: object) -> list[tuple[object, ...]]:
    """What ntc-templates also finds, of a state."""
    assert isinstance(value, tuple)
    return [_row_as_ntc(one) for one in value]


def _row_as_ntc(one: InterfaceStatus | PortChannel) -> tuple[object, ...]:
    if isinstance(one, InterfaceStatus):
        return one.port, one.status
    return one.port, one.protocol, tuple(member.port for member in one.members)


def of_ntc(command: Show, row: dict[str, str]) -> tuple[object, ...]:
    """The same of a row of ntc-templates."""
    if command is Show.INTERFACE_STATUS:
        return InterfaceName.parse(row["port"]), row["status"]
    members = tuple(InterfaceName.parse(member) for member in row["member_interface"])
    return InterfaceName.parse(row["bundle_name"]), row["bundle_protocol"], members


MODELS = {
    "ansible-nxos-command-show-version.txt": ("NX-OSv", "7.3(0)D1(1)"),
    "genie-go-1.txt": ("C9396PX", "9.3(6uu)I9(1uu)"),
    "genie-go-3.txt": ("C9332D-GX2B", "10.4(3)"),
    "genie-go.txt": ("3048", "6.0(2)U6(10)"),
    "labval-evpn-l2vni-nx-1.txt": ("9000v", "9.2(3)"),
    "napalm-nxapi-facts-n9000.json": ("NX-OSv", "7.3(1)D1(1)"),
    "ntc-show-version.txt": ("C9396PX", "6.1(2)I3(1)"),
    "ntc-show-version2.txt": ("5596", "7.1(4)N1(1)"),
    "ntc-show-version3.txt": ("Nexus5548", "5.2(1)N1(4)"),
    "ntc-show-version7.txt": ("C3232C", "9.3(15)"),
}


@pytest.mark.parametrize("name", MODELS)
def test_models(corpus: Path, name: str) -> None:
    """Each family has its own line for the model and for the release."""
    software = state_of(corpus, f"show-version/{name}")
    assert isinstance(software, Software)
    assert (software.model, software.release) == MODELS[name]
