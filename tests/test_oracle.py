"""The oracles' own work, without their environments: what is told otherwise is seen, and nobody's silence agrees."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import pytest

from mlagkit.nxos.reply import Show
from oracle import __main__ as oracle
from oracle import generator, labs, ranges
from oracle.compare import UNREADABLE, Difference, agreed, differences
from oracle.environment import NotAvailable
from oracle.explained import KINDS, kind_of
from oracle.facts import Asked
from oracle.ranges import Probe, takes
from oracle.readers import GENIE, NTC
from oracle.yang import leaves
from tests.test_dme import PLACES

ASKED = Asked(where="a pair", command=Show.VPC, text="", facts={("", "domain"): "1", ("1 port-channel1", "row"): "up"})
OPEN = Difference(oracle="genie", where="", command="", object="", attribute="", ours="1", theirs="2")


def test_a_fact_that_is_told_otherwise() -> None:
    """Told otherwise, told by one alone: each is a difference, and only what both tell alike is agreed on."""
    ours, theirs = (
        {("a", "x"): "1", ("b", "x"): "2", ("c", "x"): "3"},
        {("a", "x"): "1", ("b", "x"): "4", ("d", "x"): "5"},
    )
    found = [(each.object, each.ours, each.theirs) for each in differences("genie", ASKED, ours, theirs)]
    assert found == [("b", "2", "4"), ("c", "3", None), ("d", None, "5")]
    assert agreed(ours, theirs) == 1


def test_a_reader_is_held_against_what_it_knows() -> None:
    """An attribute that ntc-templates has not is not compared; a row that it misses is a difference."""
    found: list[Difference] = []
    assert oracle._compared("ntc-templates", ASKED, {"read": []}, NTC[Show.VPC], found) == 0
    assert [(each.attribute, each.ours, each.theirs) for each in found] == [("row", "up", None)]


def test_an_answer_that_is_not_read() -> None:
    """What a reader ends in is one difference."""
    found: list[Difference] = []
    assert oracle._compared("genie", ASKED, {"error": "KeyError"}, GENIE[Show.VPC], found) == 0
    assert [(each.attribute, each.theirs) for each in found] == [(UNREADABLE, "KeyError")]


def _row(*found: Difference) -> Iterator[oracle.Row]:
    yield oracle.Row(oracle="genie", input="lab", inputs=1, same=2, found=found)


def _missing() -> Iterator[oracle.Row]:
    raise NotAvailable("no such package")


def test_what_is_missing_is_no_agreement(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """An oracle that is not there has a row that says so, and the end is not the one of agreement."""
    monkeypatch.setattr(oracle, "ORACLES", {"genie": _row, "yang": _missing})
    assert oracle.main() == 2
    assert "| yang | NOT AVAILABLE: no such package |" in capsys.readouterr().out
    assert oracle.main("genie") == 0


def test_what_is_open_is_shown(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A difference that no kind explains is printed, and ends with 1 whatever else is missing."""
    monkeypatch.setattr(oracle, "ORACLES", {"genie": lambda: _row(OPEN), "yang": _missing})
    assert oracle.main() == 1
    printed = capsys.readouterr().out
    assert "| genie | lab | 1 | 3 | 2 | 0 | 1 |" in printed
    assert "OPEN genie: : '1', '2'" in printed


def test_kinds_explain_no_other() -> None:
    """Each kind has a name of its own, and a difference that has nothing to do with any is open."""
    assert len({kind.name for kind in KINDS}) == len(KINDS)
    assert kind_of(OPEN) is None


def test_labs() -> None:
    """The answers of the first pair have facts, and every command that a reader has is asked."""
    some = list(islice(labs.asked(), 130))
    assert all(each.facts for each in some if each.command not in (labs.INTERFACE, Show.LLDP_NEIGHBORS))
    assert {each.command for each in some} | {Show.LLDP_NEIGHBORS} == {*NTC, *GENIE}


def test_edges() -> None:
    """The pair file is asked itself."""
    assert takes(Probe("vpcDom.id", 1000, 1000))
    assert not takes(Probe("vpcDom.id", 1001, 1001))
    assert takes(Probe("vpcIf.id", 16384, 16384))
    assert not takes(Probe("stpVlan.priority", 1, 1))


def test_every_edge_has_a_place() -> None:
    """A value stands once in the configuration that asks for it."""
    try:
        every = list(ranges.probes())
    except NotAvailable as error:
        pytest.skip(str(error))
    assert all(str(probe.theirs) in str(ranges.system_with(probe)) for probe in every)
    assert {probe.name for probe in every} >= set(PLACES)


def test_options_stand_in_any_order() -> None:
    """A line with several options is a fact for each."""
    assert set(generator.options("peer-keepalive destination 192.0.2.1 source 192.0.2.2 vrf default")) == {
        "peer-keepalive destination 192.0.2.1",
        "peer-keepalive source 192.0.2.2",
        "peer-keepalive vrf default",
    }
    assert generator.lines_of(
        ["vpc domain 1", " peer-switch", " exit", "interface port-channel1", " vpc 1", " exit"]
    ) == {
        "vpc domain 1",
        "peer-switch",
        "interface port-channel1: vpc 1",
    }


def test_generated_lines_are_compared_both_ways() -> None:
    """A line that is rendered and not written, and one that should be rendered."""
    found = generator.judged("a pair", {"a", "b"}, {"b", "c", "d"}, {"c"})
    assert [(each.object, each.ours, each.theirs) for each in found] == [
        ("a", "rendered", None),
        ("c", None, "written"),
    ]


def test_leaves() -> None:
    """Values are counted wherever they stand."""
    assert leaves({"a": 1, "b": [{"c": 2}, {"d": {"e": 3}}], "f": []}) == 3
