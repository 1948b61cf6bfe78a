"""A pair file against what the switches run: what follows from the intent never takes from what is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from mlagkit.compare import OwnTemplates, compare
from mlagkit.expand import expand
from mlagkit.intent import load_pair
from mlagkit.nxos.parse import parse
from mlagkit.render import render
from mlagkit.secrets import resolver

PAIR = """
pair: dc1
switches:
  leaf-101: {management: 192.0.2.101/24}
  leaf-102: {management: 192.0.2.102/24}
management: {gateway: 192.0.2.1}
domain: {id: 101}
keepalive: {vrf: management}
peer_link: {port_channel: 1, lacp: active, members: [Ethernet1/53, Ethernet1/54]}
vlans: {10: web, 20: db}
vpcs:
  11: {mode: trunk, lacp: active, vlans: 10, members: [Ethernet1/1]}
  12: {mode: trunk, lacp: active, vlans: 20, members: [Ethernet1/2]}
"""
SECOND = "  12: {mode: trunk, lacp: active, vlans: 20, members: [Ethernet1/2]}\n"
FIRST = "  11: {mode: trunk, lacp: active, vlans: 10, members: [Ethernet1/1]}\n"


def lines(tmp_path: Path, intended: str, *, more: str = "", base: str | None = None) -> list[str]:
    """The changes on leaf-101 that runs what PAIR says and ``more``, as ``[section] old -> new``."""
    pairs = {}
    for name, text in {"first": PAIR, "now": intended, "base": base or PAIR}.items():
        (tmp_path / f"{name}.yaml").write_text(text)
        pairs[name] = load_pair(tmp_path / f"{name}.yaml")
    told = expand(pairs["first"])
    running = {name: parse(render(switch) + more, f"{name}.cfg") for name, switch in told.items()}
    before = pairs["base"] if base else None
    found = compare(pairs["now"], running, secrets=resolver({}), base=before).switches["leaf-101"]
    return [f"{list(change.section)} {change.old} -> {change.new}" for change, _ in found.changes]


def test_peer_link_keeps_the_vlans_of_what_is_left_alone(tmp_path: Path) -> None:
    """A vPC that the pair file does not declare keeps its VLANs on the peer-link, whose list nobody wrote."""
    assert lines(tmp_path, PAIR.replace(SECOND, "")) == []


def test_peer_link_is_not_opened(tmp_path: Path) -> None:
    """A pair file without any vPC does not open the peer-link to all VLANs."""
    assert lines(tmp_path, PAIR.replace(FIRST, "").replace(SECOND, "").replace("vpcs:\n", "")) == []


def test_places_with_templates_of_ones_own(tmp_path: Path) -> None:
    """A difference is where the pair file says it, however many lines a template puts before it."""
    own = tmp_path / "own"
    own.mkdir()
    (own / "system.j2").write_text("! ours\n" * 9 + "hostname {{ switch.name }}\n")
    file = tmp_path / "dc1.yaml"
    file.write_text(PAIR)
    pair = load_pair(file)
    running = {name: parse(render(switch).replace("name db\n", "name data\n")) for name, switch in expand(pair).items()}
    found = compare(pair, running, secrets=resolver({}), templates=OwnTemplates(head=own)).switches["leaf-101"]
    assert [(change.new, PAIR.splitlines()[place.line - 1]) for change, place in found.changes] == [
        ("name db", "vlans: {10: web, 20: db}")
    ]


def test_secrets_that_nobody_has(tmp_path: Path) -> None:
    """Every reference whose secret can't be had is told where its line runs, and no other."""
    file = tmp_path / "dc1.yaml"
    file.write_text(f"{PAIR}extra: |\n  tacacs-server key 7 env:ONE\n  radius-server key 7 env:TWO\n")
    pair = load_pair(file)
    all_of_them = {"env:ONE": "one", "env:TWO": "two"}
    running = {name: parse(render(switch, secrets=all_of_them.get)) for name, switch in expand(pair).items()}
    for known, unknown in (({}, ("env:ONE", "env:TWO")), ({"env:ONE": "one"}, ("env:TWO",)), (all_of_them, ())):
        found = compare(pair, running, secrets=known.get).switches["leaf-101"]
        assert (found.uncompared, found.changes) == (unknown, ())


def test_release_decides_a_default(tmp_path: Path) -> None:
    """What a line does follows from the release of the pair file: auto-recovery was off by default once."""
    runs = "vpc domain 101\n  auto-recovery\n"
    change = "['vpc domain 101'] auto-recovery -> None"
    for release, found in (("5.0(3)N1(1)", True), ("7.3(8)N1(1)", False)):
        text = f'model: N5K-C5548UP\nrelease: "{release}"\n{PAIR}'
        assert (change in lines(tmp_path, text, more=runs)) is found


def test_peer_link_gains_a_vlan(tmp_path: Path) -> None:
    """A VLAN that a vPC gains is added to the peer-link, too."""
    changes = lines(tmp_path, PAIR.replace("vlans: 20,", "vlans: [20, 30],"))
    assert "['interface port-channel1'] None -> switchport trunk allowed vlan 30" in changes


def test_peer_link_list_that_is_written(tmp_path: Path) -> None:
    """A list that a person wrote for the peer-link is exact."""
    changes = lines(tmp_path, PAIR.replace("port_channel: 1,", "port_channel: 1, vlans: 10,"))
    assert changes == ["['interface port-channel1'] switchport trunk allowed vlan 20 -> None"]


def test_peer_link_loses_a_vlan_with_the_base(tmp_path: Path) -> None:
    """A VLAN that left the pair file since the base leaves the peer-link."""
    changes = lines(tmp_path, PAIR.replace(SECOND, "").replace(", 20: db", ""), base=PAIR)
    assert "['interface port-channel1'] switchport trunk allowed vlan 20 -> None" in changes


@pytest.mark.parametrize("gone", [True, False])
def test_routes_of_others_stay(tmp_path: Path, gone: bool) -> None:
    """A gateway declares the routes to its own prefix only: another way to the switch stays."""
    more = "\nvrf context management\n  ip route 10.0.0.0/8 192.0.2.9\n"
    if gone:
        more += "  ip route 0.0.0.0/0 192.0.2.7\n"
    expected = ["['vrf context management'] ip route 0.0.0.0/0 192.0.2.7 -> None"] if gone else []
    assert lines(tmp_path, PAIR, more=more) == expected


def test_no_command_runs_in_ci(tmp_path: Path) -> None:
    """In CI a pair file can't have a command run; elsewhere it can."""
    proof = tmp_path / "proof"
    assert resolver({"CI": "true"})(f"cmd:touch {proof}") is None
    assert not proof.exists()
    assert resolver({})(f"cmd:touch {proof}") is None  # it ran, and gave nothing
    assert proof.exists()


@pytest.mark.parametrize("said", [True, False])
def test_spanning_tree_that_is_declared_is_whole(tmp_path: Path, said: bool) -> None:
    """A default that a declared section states by silence counts; an undeclared section is left alone."""
    more = "\nspanning-tree mode mst\nspanning-tree loopguard default\n"
    intended = PAIR + "spanning_tree: {mode: rapid-pvst}\n" if said else PAIR
    gone = ["[] spanning-tree loopguard default -> None", "[] spanning-tree mode mst -> None"] if said else []
    assert sorted(lines(tmp_path, intended, more=more)) == gone


GATEWAY = """nve: {anycast_gateway_mac: 0200.0000.0001}
svis: {10: {address: 198.51.100.1/24, anycast_gateway: true}}
"""
FORWARDS = "feature fabric forwarding\n"


@pytest.mark.parametrize(
    ("said", "runs", "expected"),
    [
        ("", "", []),
        ("features: [fabric forwarding]\n", "", [f"[] None -> {FORWARDS.strip()}"]),
        ("", "fabric forwarding anycast-gateway-mac 0200.0000.0001\n", [f"[] None -> {FORWARDS.strip()}"]),
    ],
    ids=["it forwards without a line", "a person wrote it", "it does not forward"],
)
def test_a_feature_that_is_not_printed(tmp_path: Path, said: str, runs: str, expected: list[str]) -> None:
    """The feature that follows from an anycast gateway is none to add where the switch is one and prints no feature."""
    (tmp_path / "pair.yaml").write_text(PAIR + GATEWAY + said)
    pair = load_pair(tmp_path / "pair.yaml")
    texts = {name: render(switch).replace(FORWARDS, "").replace(runs, "", 1) for name, switch in expand(pair).items()}
    running = {name: parse(text, f"{name}.cfg") for name, text in texts.items()}
    found = compare(pair, running, secrets=resolver({})).switches["leaf-101"]
    changes = [f"{list(change.section)} {change.old} -> {change.new}" for change, _ in found.changes]
    assert [change for change in changes if "feature" in change] == expected


def test_a_feature_that_is_printed(tmp_path: Path) -> None:
    """Where the switch prints it, the line is as intended, and none that goes."""
    (tmp_path / "pair.yaml").write_text(PAIR + GATEWAY)
    pair = load_pair(tmp_path / "pair.yaml")
    running = {name: parse(render(switch), f"{name}.cfg") for name, switch in expand(pair).items()}
    found = compare(pair, running, secrets=resolver({}), strict=True)
    assert [change for result in found.switches.values() for change, _ in result.changes] == []
