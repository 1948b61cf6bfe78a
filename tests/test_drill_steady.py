"""Before any event a drill says of each leg what the consistency verdict says: one implementation, not two."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from mlagkit.drill import Outcome, State, drill
from mlagkit.drill.outcome import LinkState
from mlagkit.drill.wiring import Peers
from mlagkit.state import Role
from mlagkit.switch import Switch
from mlagkit.topology.attached import links
from mlagkit.topology.channels import open_members, vpc_legs
from mlagkit.verdict import Action, Consequence, Roles, verdict
from tests.conftest import NO_CORPUS
from tests.consistency_cases import names, peers
from tests.correct_pairs import APART, CORRECT, FILES
from tests.drill_cases import CASES
from tests.drill_corpus import PAIRS, SINGLES, pair_of_corpus
from tests.incidents import INCIDENTS

FIXTURES: Mapping[str, Peers] = {
    **CORRECT,
    **FILES,
    **APART,
    **{f"consistency: {name}": peers(name) for name in names()},
    **{f"incident: {each.folder.name}": each.pair(each.wrong) for each in INCIDENTS},
    **{f"drill: {each.name}": each.peers for each in CASES if not each.events},
}


@pytest.mark.parametrize("name", FIXTURES)
@pytest.mark.parametrize("leader", [0, 1])
def test_fixture(name: str, leader: int) -> None:
    """A pair of a fixture, whoever leads where the priorities do not tell."""
    assert_agrees(FIXTURES[name], leader)


@pytest.mark.corpus
@pytest.mark.parametrize(
    "path",
    [*PAIRS, *SINGLES] or [pytest.param(None, marks=pytest.mark.skip(NO_CORPUS))],
    ids=lambda path: path and path.stem,
)
@pytest.mark.parametrize("leader", [0, 1])
def test_corpus(path: Path, leader: int) -> None:
    """The same of real pairs."""
    assert_agrees(pair_of_corpus(path), leader)


def assert_agrees(pair: Peers, leader: int) -> None:
    """Roles, peer-link, every leg and the VLANs on it are as the verdict says, where the configuration lets them be."""
    outcome = drill(pair, (), pair[leader].name)
    judged = verdict(*pair)
    if judged.roles.of == (Role.NONE, Role.NONE):
        roles = (Role.PRIMARY, Role.SECONDARY)
        judged = verdict(*pair, Roles(of=roles if leader == 0 else roles[::-1], because="assumed"))
    forms = not any(each.action is Action.FORMS_NO_PEER_LINK for each in judged.consequences) and all(
        map(_has_peer_link, pair)
    )
    if not forms:
        assert State.UP not in {state for switch in outcome.switches.values() for state in switch.legs.values()}
    elif {switch.peer_link for switch in outcome.switches.values()} == {State.UP}:
        assert [outcome.switches[switch.name].role for switch in pair] == [*judged.roles.of]
        for switch in pair:
            mine = [each for each in judged.consequences if each.switch == switch.name]
            _assert_legs(switch, outcome, mine)
            _assert_vlans(switch, outcome, mine)
    else:
        assert not all(map(_may_work, pair)), "without a mismatch only what is shut keeps the peer-link down"


def _has_peer_link(switch: Switch) -> bool:
    return switch.domain is not None and switch.peer_link is not None


def _may_work(switch: Switch) -> bool:
    """Whether nothing that a switch is told keeps its peer-link down."""
    link, domain = switch.peer_link, switch.domain
    is_open = link is not None and not link.shutdown and any(open_members(switch, link))
    return is_open and domain is not None and not domain.shutdown


def _assert_legs(switch: Switch, outcome: Outcome, mine: list[Consequence]) -> None:
    all_suspended = any(each.action is Action.SUSPENDS_ALL for each in mine)
    suspended = {each.vpc for each in mine if each.action is Action.SUSPENDS_VPC}
    for vpc, leg in vpc_legs(switch).items():
        state = State.SUSPENDED if all_suspended or vpc in suspended else State.UP
        assert outcome.switches[switch.name].legs[vpc] is (state if links(switch, leg) else State.DOWN), vpc


def _assert_vlans(switch: Switch, outcome: Outcome, mine: list[Consequence]) -> None:
    """A link of a host does not work whose leg has a VLAN suspended that it needs."""
    for each in mine:
        if each.action is not Action.SUSPENDS_VLANS or each.vpc is None or each.vpc not in switch.vpcs:
            continue
        leg = switch.vpcs[each.vpc]
        host = switch.hosts.get(leg.host or "")
        for name, found in outcome.hosts.items():
            for link in found.links:
                if (link.switch, link.interface) == (switch.name, leg.name) and not (host and host.needs - each.vlans):
                    assert link.state is not LinkState.WORKS, name
