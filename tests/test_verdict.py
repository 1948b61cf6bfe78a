"""The consistency verdict: the rows of the switches, what differs, and what each switch does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlagkit.nxos.consistency.listing import LISTINGS, SUSPENDED
from mlagkit.nxos.reply import Show
from mlagkit.nxos.state import read_state
from mlagkit.report.consistency import consistency_rows, consistency_text
from mlagkit.state import ConsistencyState, LinkStatus, Parameter, Role, VpcState
from mlagkit.switch import Switch
from mlagkit.values import VlanSet
from mlagkit.verdict import Action, Comparison, Consequence, Verdict, verdict
from tests.conftest import Golden
from tests.consistency_cases import CASES, WHOLE, names, of_yaml, peers, read_files, short
from tests.state_answers import read, told


def text_of(found: Verdict) -> str:
    """A verdict as text."""
    return consistency_text(consistency_rows([found]))


@pytest.mark.parametrize("name", names())
def test_case(name: str, golden: Golden) -> None:
    """A difference is marked in its row, and each switch does about it what the sources say."""
    text = text_of(verdict(*peers(name)))
    golden(CASES / name / "expected.txt", text if name in WHOLE else short(text))


def exchanged(found: Verdict) -> Verdict:
    """The same verdict with the switches in the other order."""
    return replace(
        found,
        switches=found.switches[::-1],
        roles=replace(found.roles, of=found.roles.of[::-1]),
        graceful=found.graceful[::-1],
        forming=tuple(map(_turned, found.forming)),
        whole=tuple(map(_turned, found.whole)),
        vpcs={
            number: replace(vpc, ports=vpc.ports[::-1], rows=tuple(map(_turned, vpc.rows)))
            for number, vpc in found.vpcs.items()
        },
        vlans={vlan: tuple(map(_turned, rows)) for vlan, rows in found.vlans.items()},
    )


def _turned(row: Comparison) -> Comparison:
    return replace(row, values=row.values[::-1])


def assert_symmetric(one: Switch, other: Switch) -> None:
    """Whose switch comes first changes nothing but the order."""
    here, there = exchanged(verdict(one, other)), verdict(other, one)
    assert set(here.consequences) == set(there.consequences)
    assert [_bare(row) for row in here.comparisons] == [_bare(row) for row in there.comparisons]
    assert here.roles.of == there.roles.of
    assert (here.switches, here.graceful, here.vpcs.keys()) == (there.switches, there.graceful, there.vpcs.keys())


def _bare(row: Comparison) -> Comparison:
    """A row without the words that name both switches in their order."""
    return replace(row, spoiled="; ".join(sorted(row.spoiled.split("; "))))


@pytest.mark.parametrize("name", names())
def test_case_is_symmetric(name: str) -> None:
    """Exchanging the switches of a case exchanges their values and keeps what each of them does."""
    assert_symmetric(*peers(name))


@pytest.fixture(scope="session")
def pairs(corpus: Path) -> list[Path]:
    """The folders of the corpus with two configurations of one pair."""
    return sorted(path.parent for path in corpus.glob("nxos/pairs/*/a.cfg"))


def test_corpus_pairs(pairs: list[Path]) -> None:
    """Every real pair gets a verdict, whichever of its switches comes first."""
    assert len(pairs) == 30
    for pair in pairs:
        one, other = read_files(pair)
        assert_symmetric(one, other)
        assert text_of(verdict(one, other)).endswith("\n")


# What the verdict says of real pairs that differ, checked by hand against both files.
DIFFERING = {
    # VLAN 68 and the SVIs of 68 and 88 are on b only
    "nickelface-09-nx57-overlay": {
        ("NX7", Action.SUSPENDS_VLANS, "68"),
        ("NX5", Action.LOGS, ""),
        ("NX7", Action.LOGS, ""),
    },
    # Vlan1001 is on a only
    "opennxos-puppet-vxlan-leaf12": {("Leaf_1", Action.LOGS, ""), ("Leaf_2", Action.LOGS, "")},
}


def test_corpus_pairs_that_differ(pairs: list[Path]) -> None:
    """Of the real pairs exactly two differ in what the switches check, in VLANs and SVIs."""
    found = {}
    for pair in pairs:
        follows = {(each.switch, each.action, str(each.vlans)) for each in verdict(*read_files(pair)).consequences}
        if follows:
            found[pair.name] = follows
    assert found == DIFFERING


def said_by_switch(path: Path) -> ConsistencyState:
    """What a switch printed, as the state reads it."""
    text = path.read_bytes().decode("utf-8", "surrogateescape")
    found = read_state("switch", {Show.VPC_CONSISTENCY_GLOBAL: text}).consistency
    assert isinstance(found, ConsistencyState)
    return found


def test_names_and_types_of_the_corpus(corpus: Path) -> None:
    """Every real output has names that a verdict has, with the same types, in the same order."""
    outputs = sorted(corpus.glob("nxos/show/show-vpc-consistency-parameters-global/*"))
    assert outputs
    types = {row.name: row.type for row in verdict(*read_files(corpus / "nxos/pairs/nickelface-07-nx57")).whole}
    order = [*LISTINGS[0].whole, SUSPENDED]
    for output in outputs:
        said = [(row.name, row.type) for row in said_by_switch(output).parameters]
        assert said == sorted(said, key=lambda row: order.index(row[0]))
        assert said == [(name, types[name]) for name, _ in said]


@pytest.mark.parametrize(("output", "index"), [("nickelface-07-nx5.txt", 0), ("nickelface-07-nx7.txt", 1)])
def test_prediction_is_what_the_switch_says(corpus: Path, output: str, index: int) -> None:
    """From the two configurations come the rows that the switches printed, value by value, but for those of QoS."""
    found = verdict(*read_files(corpus / "nxos/pairs/nickelface-07-nx57"))
    said = said_by_switch(corpus / "nxos/show/show-vpc-consistency-parameters-global" / output).parameters
    predicted = [row.parameters[index] for row in found.whole]
    assert [(row.name, row.type) for row in predicted] == [(row.name, row.type) for row in said]
    seen = {row.name for row in found.whole if row.equal is not None}
    assert [row for row in predicted if row.name in seen] == [row for row in said if row.name in seen]
    assert len(seen) == 15


# Answers to `show vpc` of a switch whose pair has both configurations, with the pair and which of the two it is.
ANSWERS = [
    ("show-vpc/suzieq-leaf01.json", "suzieq-leaf12", 0),
    ("show-vpc/suzieq-leaf02.json", "suzieq-leaf12", 1),
    ("show-vpc/suzieq-leaf03.json", "suzieq-leaf34", 0),
    ("show-vpc/suzieq-leaf04.json", "suzieq-leaf34", 1),
    ("show-vpc/ales999-lab7-leaf-r3-2.txt", "ales999-lab7-leaf34", 0),
    ("show-vpc/ales999-lab5-leaf-r1-2.txt", "ales999-lab5-leaf12", 0),
    ("show-vpc/divercool-project-leaf_02.txt", "divercool-lab08-leaf23", 0),
    ("show-vpc-brief/nickelface-07-nx5.txt", "nickelface-07-nx57", 0),
    ("show-vpc-brief/nickelface-07-nx7.txt", "nickelface-07-nx57", 1),
    ("show-vpc-brief/markovd-lab01-n7k-1-2.txt", "markovd-lab01-n7k", 0),
]
UNEXPLAINED = {"suzieq": VlanSet({3960})}
"""VLANs that a configuration has on the peer-link and `show vpc` does not: why, no file of the corpus tells."""


@pytest.mark.parametrize(("answer", "pair", "index"), ANSWERS)
def test_vlans_and_role_are_what_the_switch_says(corpus: Path, answer: str, pair: str, index: int) -> None:
    """What is allowed and not suspended is active on the peer-link and on each leg that is up; so is the role."""
    path = corpus / "nxos" / "show" / answer
    state = told(read(path.parent.name, path.read_bytes().decode("utf-8", "surrogateescape")))
    assert isinstance(state, VpcState)
    found = verdict(*read_files(corpus / "nxos" / "pairs" / pair))
    unexplained = UNEXPLAINED.get(pair.partition("-")[0], VlanSet())
    assert [link.vlans for link in state.peer_links] == [_forwarded(found.whole, index) - unexplained]
    for leg in state.legs:
        if leg.status is LinkStatus.UP:
            assert leg.vlans == _forwarded(found.vpcs[leg.vpc].rows, index)
    assert found.roles.of[index] in (state.role, Role.NONE)


def _forwarded(rows: Sequence[Comparison], index: int) -> VlanSet:
    """The VLANs that are allowed and not suspended."""
    allowed, suspended = (row.values[index] or "-" for row in rows if row.name in ("Allowed VLANs", SUSPENDED))
    return VlanSet(_vlans(allowed) - _vlans(suspended))


def _vlans(text: str) -> VlanSet:
    return VlanSet() if text == "-" else VlanSet.parse(text)


def test_mst_map_is_not_printed() -> None:
    """The row that a switch compares and leaves empty is predicted empty, and is told to differ."""
    row = next(row for row in verdict(*peers("mst-mapping")).whole if row.name.endswith("VLAN Mapping"))
    assert row.values == ("1: 1-99", "1: 1-199")
    assert (row.equal, row.fails) == (False, True)
    assert {parameter.local for parameter in row.parameters} == {""}


def test_both_views() -> None:
    """A row gives each switch its own value as the local one."""
    row = next(row for row in verdict(*peers("stp-mode")).whole if row.name == "STP Mode")
    assert row.parameters == (
        Parameter(name="STP Mode", type=1, local="Rapid-PVST", peer="MST"),
        Parameter(name="STP Mode", type=1, local="MST", peer="Rapid-PVST"),
    )


def of(name: str) -> dict[str, Consequence]:
    """The one consequence of a case for each switch."""
    found = verdict(*peers(name)).consequences
    assert len({each.switch for each in found}) == len(found)
    return {each.switch: each for each in found}


def test_graceful_decides_who_suspends() -> None:
    """With the graceful check on the assumed secondary suspends, with it off both do, whatever their role."""
    on, off = of("stp-mode"), of("stp-mode-graceful-off")
    assert (on["sw-a"].action, on["sw-a"].role) == (Action.KEEPS_ALL, Role.PRIMARY)
    assert (on["sw-b"].action, on["sw-b"].role) == (Action.SUSPENDS_ALL, Role.SECONDARY)
    assert {(each.action, each.role) for each in off.values()} == {(Action.SUSPENDS_ALL, None)}


def test_unknown_roles_are_told_for_both() -> None:
    """Where the roles can't be told, each switch is told to suspend if it is the secondary."""
    found = of("stp-mode-roles-unknown")
    assert {(name, each.action, each.role) for name, each in found.items()} == {
        ("sw-a", Action.SUSPENDS_ALL, Role.NONE),
        ("sw-b", Action.SUSPENDS_ALL, Role.NONE),
    }


def test_nothing_follows_behind_a_peer_link_that_does_not_form() -> None:
    """Two domains compare nothing: the difference in spanning tree is in the table, and has no consequence."""
    found = verdict(*peers("domain-id"))
    assert {each.action for each in found.consequences} == {Action.FORMS_NO_PEER_LINK}
    assert [row.name for row in found.whole if row.fails] == ["STP Mode"]


def test_many_vlans_are_counted() -> None:
    """Of many VLANs that differ the first ten have their table, and the others are counted, not dropped."""
    vlans = ", ".join(f"{vlan}: {{sw-a: v{vlan}}}" for vlan in range(100, 150))
    found = verdict(*of_yaml(f'vlans: {{{vlans}}}\npeer_link: {{vlans: "10,20,100-149"}}\n'))
    text = text_of(found)
    assert (text.count("\nVLAN "), "\n… 40 more VLANs that differ; -v shows all\n" in text) == (10, True)
    assert consistency_text(consistency_rows([found]), every_row=True).count("\nVLAN ") == 50
    assert "sw-a suspends VLAN 100-149 on its vPCs and the peer-link: Allowed VLANs\n" in text


def test_no_domain() -> None:
    """A switch without a domain, or without a peer-link, forms none."""
    one, other = peers("nothing-differs")
    ports = {name: port for name, port in other.ports.items() if not port.peer_link}
    for changed in (replace(other, domain=None), replace(other, ports=ports)):
        found = verdict(one, changed).consequences
        assert [each.action for each in found] == [Action.FORMS_NO_PEER_LINK] * 2
        assert_symmetric(one, changed)


MODES = st.sampled_from(["rapid-pvst", "mst"])


@given(
    mode=MODES,
    loopguard=st.booleans(),
    graceful=st.booleans(),
    priority=st.integers(1, 65535),
    vlans=st.frozensets(st.integers(2, 3000), min_size=1, max_size=6),
    lacp=st.sampled_from(["active", "passive", "on"]),
    mtu=st.sampled_from([1500, 9216]),
)
def test_equal_switches_differ_in_nothing(
    mode: str, loopguard: bool, graceful: bool, priority: int, vlans: frozenset[int], lacp: str, mtu: int
) -> None:
    """Two switches that are told the same pass every check, and nothing follows."""
    text = (
        f"spanning_tree: {{mode: {mode}, loopguard: {str(loopguard).lower()}}}\n"
        f"domain: {{graceful_consistency_check: {str(graceful).lower()}, system_priority: {priority}}}\n"
        f"vlans: {{{', '.join(f'{vlan}: v{vlan}' for vlan in sorted(vlans))}}}\n"
        f'vpcs: {{11: {{vlans: "{VlanSet(vlans)}", lacp: "{lacp}", mtu: {mtu}}}}}\n'
    )
    found = verdict(*of_yaml(text))
    assert found.consequences == ()
    assert not found.vlans
    assert [row.name for row in found.comparisons if row.fails or row.equal is False] == []


@given(mode=st.tuples(MODES, MODES), mtu=st.tuples(st.sampled_from([1500, 9216]), st.sampled_from([1500, 9216])))
def test_difference_is_found(mode: tuple[str, str], mtu: tuple[int, int]) -> None:
    """Exactly what differs fails: the mode of spanning tree, the MTU of a leg."""
    found = verdict(
        *of_yaml(
            f"spanning_tree: {{mode: {{sw-a: {mode[0]}, sw-b: {mode[1]}}}}}\n"
            f"vpcs: {{11: {{mtu: {{sw-a: {mtu[0]}, sw-b: {mtu[1]}}}}}}}\n"
        )
    )
    expected = ["STP Mode"] * (mode[0] != mode[1]) + ["MTU"] * (mtu[0] != mtu[1])
    assert [row.name for row in found.comparisons if row.fails] == expected
    assert bool(found.consequences) == bool(expected)
