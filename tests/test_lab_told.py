"""What the emulated pair says of itself: the drill's outcome, in words that the project's and other parsers read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mlagkit.drill import State, drill, parse_event
from mlagkit.nxos.lab.chassis import Chassis
from mlagkit.nxos.lab.faults import Faults
from mlagkit.nxos.lab.shell import Shell
from mlagkit.nxos.lab.told import held_by_vpc
from mlagkit.nxos.reply import Question, Show, ShowLeg, refusal
from mlagkit.nxos.state import read_state
from mlagkit.peers import peers_of
from mlagkit.state import ConsistencyState, LinkStatus, Parameter, SwitchState, VpcState
from mlagkit.values import InterfaceName
from tests.live_pairs import START, LivePair, dc1

COMMANDS = (
    Show.VPC,
    Show.VPC_ROLE,
    Show.VPC_PEER_KEEPALIVE,
    Show.VPC_CONSISTENCY_GLOBAL,
    Show.VPC_CONSISTENCY_VLANS,
    Show.VPC_ORPHAN_PORTS,
    Show.PORT_CHANNEL_SUMMARY,
)
HAPPENED: dict[str, tuple[str, ...]] = {
    "nothing": (),
    "peer-link": ("peer-link down",),
    "peer-link returns": ("peer-link down", "peer-link up"),
    "keepalive": ("keepalive down",),
    "both": ("keepalive down", "peer-link down"),
    "vPC": ("vpc 11 down on dc1-a",),
    "type 1": ("type-1 mismatch",),
    "shut": ("shutdown domain dc1-b",),
    "swapped": ("power-off dc1-a", "power-on dc1-a"),
}
LONG = ("vlans: 10,20  ", "vlans: 10,20,101,103,105,107,109,111,113,115,117,119,121,123  ")
MANY = ("  20: db\n", "  20: db\n" + "".join(f"  {vlan}: v{vlan}\n" for vlan in range(101, 125, 2)))
UPLINK = (
    "  dc1-a:\n    Ethernet1/40: {host: backup-01, mode: access, vlan: 10}\n",
    "  port-channel50.10: {encapsulation: 10}\nport_channels: {50: {mode: routed, members: [Ethernet1/50]}}\n",
)
DIFFERENT = ("    host: web-01\n", "    host: web-01\n    mtu: {dc1-a: 9216, dc1-b: 1500}\n")


def read(pair: LivePair, name: str) -> SwitchState:
    """The state that a switch's own words say."""
    return read_state(name, {command: pair.ask(name, command) for command in COMMANDS})


def told(state: SwitchState) -> SwitchState:
    """The same as the lab was told it, without what is not printed."""
    keepalive = state.keepalive
    assert keepalive is not None
    assert not isinstance(keepalive, str)
    assert state.consistency is not None
    assert not isinstance(state.consistency, str)
    words = {each: (getattr(keepalive, each) or "").lower() for each in ("send", "receive")}
    return replace(
        state,
        keepalive=replace(keepalive, **words),  # type: ignore[arg-type]
        consistency=None,
        interface_consistency=None,
        orphan_ports=None,
        neighbours=None,
        interfaces=None,
        unproven=(),
    )


@pytest.mark.parametrize(
    "edits", [(), (LONG, MANY), (DIFFERENT,), (UPLINK,)], ids=["plain", "long", "different", "subinterface"]
)
@pytest.mark.parametrize("case", HAPPENED)
def test_round_trip(case: str, edits: tuple[tuple[str, str], ...], tmp_path: Path) -> None:
    """What the lab prints is read as what it was told, whatever happened and however long its lists are."""
    pair = dc1(tmp_path, *edits)
    pair.happen(*HAPPENED[case])
    for name, state in pair.states().items():
        found = read(pair, name)
        assert found.orphan_ports == state.orphan_ports
        plain = replace(found, consistency=None, orphan_ports=None, unproven=())
        assert plain == told(state)


def test_json_says_the_same(tmp_path: Path) -> None:
    """While all is well `show vpc` has a structured form, which is read as the text is; else there is none."""
    pair = dc1(tmp_path)
    for name in pair.states():
        typed, structured = (
            read_state(name, {Show.VPC: pair.ask(name, command)}).vpc for command in (Show.VPC, f"{Show.VPC} | json")
        )
        assert isinstance(typed, VpcState)
        assert isinstance(structured, VpcState)
        said = {"peer_said": typed.peer_said, "keepalive_said": typed.keepalive_said}
        unnamed = {"delay_restore_orphan_port": typed.delay_restore_orphan_port}  # the name of its key is not known
        reasons = {"consistency_reason": typed.consistency_reason, "type_2_reason": typed.type_2_reason}
        assert replace(structured, **said, **unnamed, **reasons, others=typed.others) == typed  # type: ignore[arg-type]
    pair.happen("peer-link down")
    assert all("% Invalid command" in pair.ask(name, f"{Show.VPC} | json") for name in pair.states())


@pytest.mark.parametrize("form", ["", " | json"], ids=["text", "json"])
@pytest.mark.parametrize("edits", [(LONG, MANY), (DIFFERENT,)], ids=["long", "different"])
def test_consistency_rows(form: str, edits: tuple[tuple[str, str], ...], tmp_path: Path) -> None:
    """Every row of the table comes back, of the whole switch and of each vPC, whether as text or as JSON."""
    pair = dc1(tmp_path, *edits)
    legs = [ShowLeg(InterfaceName(f"port-channel{number}")) for number in (11, 12)]
    asked: list[Question] = [Show.VPC_CONSISTENCY_GLOBAL, *legs]
    for name, state in pair.states().items():
        found = read_state(name, {command: pair.ask(name, f"{command}{form}") for command in asked})
        assert rows_of(found.consistency) == rows_of(state.consistency)
        given = state.interface_consistency or {}
        assert set(given) == {command.port for command in legs}
        assert {port: rows_of(each) for port, each in (found.interface_consistency or {}).items()} == {
            port: rows_of(each) for port, each in given.items()
        }
        by_number = pair.ask(name, f"show vpc consistency-parameters vpc 11{form}")
        assert by_number == pair.ask(name, f"show vpc consistency-parameters int po11{form}")


def rows_of(state: object) -> list[Parameter]:
    """The rows of a table that was told."""
    assert isinstance(state, ConsistencyState)
    assert state.parameters
    return [*state.parameters]


def test_vlans_as_json(tmp_path: Path) -> None:
    """While every VLAN passes their table has a structured form, which says what the text does; else there is none."""
    pair = dc1(tmp_path)
    command = Show.VPC_CONSISTENCY_VLANS
    typed, structured = (
        read_state("dc1-a", {command: pair.ask("dc1-a", words)}).vlan_consistency
        for words in (command, f"{command} | json")
    )
    assert typed == structured == pair.states()["dc1-a"].vlan_consistency
    pair.type("dc1-a", "spanning-tree mode mst")
    assert "% Invalid command" in pair.ask("dc1-a", f"{command} | json")


@pytest.mark.parametrize(
    "rest", ["", "vpc 99", "vpc", "interface port-channel99", "interface eth", "what 1", "global 1"]
)
def test_no_such_table(rest: str, tmp_path: Path) -> None:
    """What is no vPC has no table."""
    assert "% Invalid command" in dc1(tmp_path).ask("dc1-a", f"show vpc consistency-parameters {rest}")


@pytest.mark.parametrize("case", HAPPENED)
def test_is_the_drill(case: str, tmp_path: Path) -> None:
    """Roles, peer-link, keepalive and legs are those of the drill, once its delays are over."""
    pair = dc1(tmp_path)
    pair.happen(*HAPPENED[case])
    pair.wait(1000)
    outcome = drill(peers_of(pair.pair), [parse_event(words) for words in HAPPENED[case]])
    for name, switch in outcome.switches.items():
        vpc = read(pair, name).vpc
        assert isinstance(vpc, VpcState)
        assert vpc.role is switch.role
        assert (vpc.peer_links[0].status is LinkStatus.UP) is (switch.peer_link is State.UP)
        assert vpc.keepalive_said == ("peer is alive" if switch.keepalive else vpc.keepalive_said)
        assert {leg.vpc: leg.status is LinkStatus.UP for leg in vpc.legs} == {
            number: state is State.UP for number, state in switch.legs.items()
        }


def test_ntc_templates(tmp_path: Path) -> None:
    """An independent reader takes the same from the texts, as far as its templates go."""
    ntc = pytest.importorskip("ntc_templates.parse")
    pair = dc1(tmp_path, ("\nvpcs:", "\nfeatures: [lldp]\n\nvpcs:"))
    parsed = {
        command: ntc.parse_output(platform="cisco_nxos", command=command.value, data=pair.ask("dc1-a", command))
        for command in (Show.VPC, Show.PORT_CHANNEL_SUMMARY, Show.LLDP_NEIGHBORS)
    }
    (domain,) = {row["vpc_domain_id"] for row in parsed[Show.VPC] if "vpc_domain_id" in row} or {"1"}
    assert domain == "1"
    channels = {row["bundle_name"]: row["member_interface"] for row in parsed[Show.PORT_CHANNEL_SUMMARY]}
    assert channels == {"Po1": ["Eth1/53", "Eth1/54"], "Po11": ["Eth1/1"], "Po12": ["Eth1/2"]}
    assert {(row["local_interface"], row["neighbor_name"]) for row in parsed[Show.LLDP_NEIGHBORS]} == {
        ("Eth1/53", "dc1-b"),
        ("Eth1/54", "dc1-b"),
    }


def test_abbreviated(tmp_path: Path) -> None:
    """Commands may be cut short as on a switch; what the lab does not know it refuses."""
    pair = dc1(tmp_path)
    assert pair.ask("dc1-a", "sh vpc br") == pair.ask("dc1-a", Show.VPC)
    assert pair.ask("dc1-a", "show vpc consist glob") == pair.ask("dc1-a", Show.VPC_CONSISTENCY_GLOBAL)
    for command in ("show vpc statistics", "show port-channel traffic", "show lldp neighbors"):
        assert refusal(pair.ask("dc1-a", command))


def test_no_feature_no_command(tmp_path: Path) -> None:
    """Without the feature there is no such command."""
    pair = dc1(tmp_path)
    pair.type("dc1-a", "no feature vpc")
    assert refusal(pair.ask("dc1-a", Show.VPC))


def test_alone() -> None:
    """A switch of a lab that nobody told how it is connected answers nothing of a pair."""
    chassis = Chassis("one", "hostname one\nfeature vpc\nvpc domain 1\n", lambda: START, Faults())
    assert refusal(Shell(chassis).feed(Show.VPC).text)


def test_long_lists_are_wrapped(tmp_path: Path) -> None:
    """No line is longer than its column."""
    pair = dc1(tmp_path, LONG, MANY)
    lines = pair.ask("dc1-a", Show.VPC).splitlines()
    assert max(map(len, lines)) <= 80
    assert sum("101,103" in line for line in lines) == 2


def test_many_ports(tmp_path: Path) -> None:
    """Three ports of a port-channel stand in a line, the others below them."""
    pair = dc1(tmp_path, ("members: [Ethernet1/1] ", "members: Ethernet1/11-18 "))
    lines = pair.ask("dc1-a", Show.PORT_CHANNEL_SUMMARY).splitlines()
    assert [line[37:].split() for line in lines if "Eth1/1" in line][:3] == [
        ["Eth1/11(P)", "Eth1/12(P)", "Eth1/13(P)"],
        ["Eth1/14(P)", "Eth1/15(P)", "Eth1/16(P)"],
        ["Eth1/17(P)", "Eth1/18(P)"],
    ]
    assert read(pair, "dc1-a").port_channels == pair.states()["dc1-a"].port_channels


def test_port(tmp_path: Path) -> None:
    """A suspended leg's ports are down."""
    pair = dc1(tmp_path)
    pair.happen("peer-link down")
    channels = read(pair, "dc1-b").port_channels
    assert channels is not None
    assert {each.port: each.status for each in channels}[InterfaceName("port-channel11")] == "down"


@pytest.mark.parametrize("case", HAPPENED)
def test_ports_agree_with_their_channels(case: str, tmp_path: Path) -> None:
    """`show interface status` and `show interface` say of a port-channel and its ports what their summary says."""
    pair = dc1(tmp_path)
    pair.happen(*HAPPENED[case])
    for name, state in pair.states().items():
        ports = read_state(name, {Show.INTERFACE_STATUS: pair.ask(name, Show.INTERFACE_STATUS)}).interfaces
        assert ports is not None
        status, every = {each.port: each.status for each in ports}, pair.ask(name, "show interface")
        for channel in state.port_channels or ():
            is_up = channel.status == "up"
            held = str(channel.port) in held_by_vpc(state)
            assert status[channel.port] == ("connected" if is_up else "suspndByV" if held else "noOperMem")
            assert f"{channel.port} is {'up' if is_up else 'down (No operational members)'}\n" in every
            for member in channel.members:
                carries = member.status == "bundled"
                assert status[member.port] == ("connected" if carries else "suspndByV" if held else "notconnec")
                assert f"{member.port} is {'up' if carries else 'down (Link not connected)'}\n" in every


def test_interface(tmp_path: Path) -> None:
    """The MTU of the peer-link needs no line, and a port names its channel."""
    block = dc1(tmp_path).ask("dc1-a", "show interface").partition("Ethernet1/53 is up\n")[2]
    assert block.startswith("admin state is up, Dedicated Interface\n  Belongs to Po1\n  MTU 9216 bytes\n")
