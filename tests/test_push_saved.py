"""A saved plan is carried out as it was made, or not at all; what it says of itself is not believed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlagkit.errands import errand_from, errand_of, judged_anew, unlike
from mlagkit.errors import Refused
from mlagkit.nxos.lab import Lab
from mlagkit.nxos.lab.live import Happened
from mlagkit.nxos.parse import parse
from mlagkit.nxos.redact import redact
from mlagkit.plan import Plan, Reach, Untraceable, retrace, typed_lines
from mlagkit.report.plan.document import plan_document, plan_hash
from mlagkit.state import Role
from tests.command import Ended, Run
from tests.plan_cases import FOLDER, Case
from tests.push_lab import BEFORE, GO, changing, connect, emulated, listened
from tests.repositories import Repository

TODAY = date(2026, 11, 27)
Document = dict[str, Any]


def saved(plan: Plan) -> Document:
    """The plan as a file holds it."""
    made = plan_document(plan, redact, created="2026-11-27", expires="2026-11-28", commit=None)
    return json.loads(json.dumps(made))  # type: ignore[no-any-return]


CASE = Case.read(FOLDER / "change-06-add-vpc.yaml")
HURTS = Case.read(FOLDER / "change-03-remove-vlan.yaml")


@pytest.fixture
def document() -> Document:
    """A plan that may be edited."""
    return saved(CASE.found)


def test_as_it_was_made(document: Document) -> None:
    """What is asked for is the same, whether the plan comes from a file or was just made."""
    assert errand_from(document, TODAY) == errand_of(CASE.found)
    assert unlike(document, errand_of(CASE.found)) == ()


Edit = Callable[[Document], object]
REFUSED: Mapping[str, tuple[Edit, str]] = {
    "another line": (lambda made: made["steps"][0]["commands"].append("no feature vpc"), "its hash is not that"),
    "a line less": (lambda made: made["steps"][0]["commands"].pop(), "its hash is not that"),
    "a step less": (lambda made: made["steps"].pop(), "its hash is not that"),
    "steps in another order": (lambda made: made["steps"].reverse(), "its hash is not that"),
    "another switch": (lambda made: made["steps"][0].update(switch="sw-a"), "its hash is not that"),
    "another gate": (lambda made: made["steps"][0].update(gate="x"), "its hash is not that"),
    "no gate": (lambda made: [step.update(gate="") for step in made["steps"]], "its hash is not that"),
    "another pair": (lambda made: made.update(pair="dc2"), "its hash is not that"),
    "another hash": (lambda made: made.update(hash="0" * 64), "its hash is not that"),
    "several pairs": (lambda made: made.update(pairs=[deepcopy(made)]), "not the plan of one pair"),
    "another form": (lambda made: made.update(format="mlagkit.plan/2"), "not the plan of one pair"),
    "findings": (lambda made: made.update(format="mlagkit.findings/1"), "not the plan of one pair"),
    "it has expired": (lambda made: made.update(expires="2026-11-26"), "has expired on 2026-11-26"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_refused(kind: str, document: Document) -> None:
    """What was changed or is over is not carried out, with the reason."""
    edit, reason = REFUSED[kind]
    edit(document)
    with pytest.raises(Refused, match=reason):
        errand_from(document, TODAY)


def rehashed(document: Document) -> Document:
    """The same with the hash that it would have."""
    return document | {"hash": plan_hash(document["pair"], document["steps"], document.get("accepted", ()))}


@pytest.mark.parametrize("where", ["commands", "undo"])
def test_a_masked_secret(where: str, document: Document) -> None:
    """No plan holds a secret, so one that would type the mask of one needs its pair file."""
    document["steps"][0][where].append("snmp-server community <secret 0123456789ab> ro")
    with pytest.raises(Refused, match="give the pair file beside --plan"):
        errand_from(rehashed(document), TODAY)


NAMES = ("../../etc/x", "/etc/x", "a/b", "", ".", "..", "a\x00b", "a\nb", "CON/x", "x" * 300)


@pytest.mark.parametrize("name", NAMES)
def test_names_that_are_paths(name: str, document: Document) -> None:
    """A pair and its switches give files their names, so no name leads out of the folder (trust.md, S11)."""
    other = rehashed(document | {"pair": name})
    with pytest.raises(ValueError, match="no name"):
        errand_from(other, TODAY)
    with pytest.raises(ValueError, match="no name"):
        errand_from(document | {"switches": [name, "sw-b"]}, TODAY)


FORMLESS: Mapping[str, Edit] = {
    "no steps": lambda made: made.pop("steps"),
    "no hash": lambda made: made.pop("hash"),
    "no base": lambda made: made.pop("base"),
    "no switches": lambda made: made.pop("switches"),
    "a base of other switches": lambda made: made.update(base={"sw-x": "0", "sw-y": "0"}),
    "a base that is a text": lambda made: made.update(base="x"),
    "three switches": lambda made: made.update(switches=["sw-a", "sw-b", "sw-c"]),
    "one switch twice": lambda made: made.update(switches=["sw-a", "sw-a"]),
    "roles that are none": lambda made: made.update(roles={"sw-a": "king", "sw-b": "pawn"}),
    "no roles": lambda made: made.update(roles={}),
    "two who lead": lambda made: made.update(roles=dict.fromkeys(made["switches"], "primary")),
    "nobody who leads": lambda made: made.update(roles=dict.fromkeys(made["switches"], "secondary")),
    "a day that is none": lambda made: made.update(expires="soon"),
    "stops without a name": lambda made: made.update(stops=[{"switch": "sw-a", "message": "x"}]),
    "stops that are texts": lambda made: made.update(stops=["x"]),
    "steps that are texts": lambda made: made.update(steps=["x"]),
    "a deletion that is a text": lambda made: made.update(deleted="many"),
}


@pytest.mark.parametrize("kind", FORMLESS)
def test_no_plan(kind: str, document: Document) -> None:
    """What has not the form of a plan is no input, and no error of the program."""
    FORMLESS[kind](document)
    with pytest.raises((ValueError, Refused)):
        errand_from(document, TODAY)


def test_lines_that_are_no_texts(document: Document) -> None:
    """Nor where the hash fits."""
    for wrong in ([1], [None], "vlan 10", [["vlan 10"]]):
        for key in ("commands", "undo"):
            other = deepcopy(document)
            other["steps"][0][key] = wrong
            with pytest.raises(ValueError, match=r"form|switches"):
                errand_from(rehashed(other), TODAY)


ACCEPTED: Document = {
    **dict.fromkeys(("rule", "message"), "MB12"),
    "waived": {"reason": "x", "owner": "netops", "expires": "2027-01-31", "file": "a", "line": 1, "column": 1},
}
ACCEPTED_FORMLESS: Mapping[str, object] = {
    "a text": "x",
    "no waiver": [{**ACCEPTED, "waived": None}],
    "a message that is none": [{**ACCEPTED, "message": ["x"]}],
    "a day that is none": [{**ACCEPTED, "waived": {**ACCEPTED["waived"], "expires": "soon"}}],
    "an owner that is none": [{**ACCEPTED, "waived": {**ACCEPTED["waived"], "owner": 7}}],
}


@pytest.mark.parametrize("kind", ACCEPTED_FORMLESS)
def test_accepted_errors_that_are_none(kind: str, document: Document) -> None:
    """Nor is a plan whose waivers have not the form of waivers."""
    assert errand_from(rehashed(document | {"accepted": [ACCEPTED]}), TODAY).accepted
    with pytest.raises(ValueError, match=r"form|isoformat"):
        errand_from(document | {"accepted": ACCEPTED_FORMLESS[kind]}, TODAY)


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=8), st.just("sw-a")),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=6), inner, max_size=3)),
    max_leaves=6,
)
KEYS = [*saved(CASE.found), "nobody knows this key"]
OF_A_STEP = [*saved(CASE.found)["steps"][0], "nobody knows this key"]


@given(st.sampled_from(KEYS), st.sampled_from(OF_A_STEP), JSON, st.booleans(), st.booleans())
@settings(max_examples=400)
def test_whatever_stands_there(key: str, inner: str, value: object, deep: bool, fits: bool) -> None:
    """Anything in the place of anything: a plan that does the same, a refusal, or no plan."""
    document = saved(CASE.found)
    if deep:
        document["steps"][0][inner] = value
    else:
        document[key] = value
    try:
        made = errand_from(rehashed(document) if fits else document, TODAY)
    except (Refused, ValueError, KeyError, TypeError) as error:
        assert isinstance(error, (Refused, ValueError)) or fits  # noqa: PT017  # the hash of it can't be had either
        return
    assert all(isinstance(line, str) for move in made.moves for line in (*move.lines, *move.undo))


def test_unlike_names_the_lines(document: Document) -> None:
    """The lines that differ, each with its switch; else that only their order does."""
    errand = errand_of(CASE.found)
    document["steps"][0]["commands"][0] = "vlan 999"
    switch = document["steps"][0]["switch"]
    found = unlike(document | {"hash": "0"}, errand)
    assert f"- {switch}: vlan 999" in found
    assert any(line.startswith(f"+ {switch}: ") for line in found)
    assert unlike(saved(CASE.found) | {"hash": "0"}, errand) == [
        "the same lines in another order, or behind other gates"
    ]


CASES = sorted(FOLDER.glob("*.yaml"))
UNTRACEABLE = {
    "change-29-no-feature-vpc": "a feature takes more along than anybody says",
    "vpcs-get-other-numbers-and-the-old-ones-stay": "that nobody ends a leg, which its ports left, is said by no line",
}
"""The plans whose lines alone do not tell what they come to, and why; they are pushed with their pair file."""


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_what_lines_come_to(path: Path) -> None:
    """What must be allowed, and what is deleted, is told from the lines as from the intent, or not at all."""
    case = Case.read(path)
    plan = case.found
    trees = {name: parse(text, name) for name, text in case.running.items()}
    stages = [(step.switch, [*typed_lines(step.commands)], [*typed_lines(step.undo)]) for step in plan.steps]
    roles = {name: Role(role) for name, role in plan.roles.items()}
    try:
        again = retrace(plan.pair, trees, stages, roles, Reach())
    except Untraceable:
        assert UNTRACEABLE[path.stem]
        return
    assert path.stem not in UNTRACEABLE
    assert {(stop.permission, stop.switch) for stop in again.stops} == {
        (stop.permission, stop.switch) for stop in plan.stops
    }
    assert again.deleted == plan.deleted
    errors = [{(each.rule, each.message) for each in found.findings} for found in (again, plan)]
    assert errors[0] == errors[1]  # so that a waiver in the plan is for what is found


def test_what_a_plan_says_of_itself() -> None:
    """Without its stops and deletions a plan needs the same permissions, and counts the same."""
    plan = HURTS.found
    trees = {name: parse(text, name) for name, text in HURTS.running.items()}
    roles = {name: Role(role) for name, role in plan.roles.items()}
    honest = errand_of(plan)
    assert honest.stops
    assert honest.deleted
    liar = errand_from(saved(plan) | {"stops": [], "deleted": 0}, TODAY)
    assert not liar.stops
    found = judged_anew(liar, trees, roles, Reach(), TODAY)
    assert found.stops.keys() == honest.stops.keys()
    assert found.deleted == honest.deleted
    document = saved(plan)
    document["steps"][0]["undo"] = ["no feature vpc"]
    liar = errand_from(document, TODAY)
    with pytest.raises(Refused, match="the undo of step 1 does not lead back; give its pair file"):
        judged_anew(liar, trees, roles, Reach(), TODAY)


# On the command line.


@pytest.fixture
def lab(home: Path) -> Iterator[Lab]:
    """Both switches."""
    with emulated(home) as switches:
        yield switches


TEXTS = {
    "garbage": b"\x00\xff\xfe garbage",
    "nothing": b"",
    "truncated": b'{"format": "mlagkit.plan/1", "pair": "dc1", "ste',
    "a list": b"[]",
    "a text": b'"plan"',
    "an empty object": b"{}",
    "a deep one": b'{"a":' * 100_000,
    "pickle": b"\x80\x04\x95\x0b\x00\x00\x00",
}


@pytest.mark.parametrize("kind", TEXTS)
def test_files_that_are_no_plan(kind: str, run: Run, home: Path) -> None:
    """Exit 2 with the file, or 4, and what writes a plan; nobody is asked anything."""
    (home / "plan.json").write_bytes(TEXTS[kind])
    ended = run("push", "--plan", "plan.json", "--connect", "dc1-a=127.0.0.1:9", "--connect", "dc1-b=127.0.0.1:9")
    assert ended.code == (4 if kind == "an empty object" else 2), ended
    assert "mlagkit plan --save" in ended.err
    assert not (home / "state").exists()


def test_no_file(run: Run, home: Path) -> None:
    """Exit 2 with its name."""
    ended = run("push", "--plan", "nowhere.json")
    assert ended.code == 2
    assert "nowhere.json" in ended.err


def planned(run: Run, lab: Lab, *allowed: str) -> Document:
    """The plan of the change, saved."""
    ended = run("plan", "new.yaml", "--device", *connect(lab, "nxapi"), "--save", "plan.json", *allowed)
    assert ended.code in (0, 4), ended
    return json.loads(Path("plan.json").read_text("utf-8"))  # type: ignore[no-any-return]


def pushed(run: Run, lab: Lab, document: Document, *words: str) -> Ended:
    """The push of that plan."""
    Path("plan.json").write_text(json.dumps(document), "utf-8")
    return run("push", "--plan", "plan.json", *connect(lab, "nxapi"), *GO, *words)


@pytest.mark.interop
def test_done(run: Run, lab: Lab) -> None:
    """A plan that nobody touched is carried out; after that it is stale."""
    document = planned(run, lab)
    ended = pushed(run, lab, document, "--approve", document["hash"])
    assert ended.code == 0, ended
    assert all("name www" in switch.running_config() for switch in lab.switches.values())
    ended = pushed(run, lab, document)
    assert (ended.code, "plan again" in ended.err) == (4, True), ended


@pytest.mark.interop
def test_of_a_folder(run: Run, lab: Lab, home: Path) -> None:
    """A plan of a folder that holds one pair is carried out as that of its file."""
    (home / "pairs").mkdir()
    (home / "new.yaml").rename(home / "pairs" / "new.yaml")
    assert run("plan", "pairs", "--device", *connect(lab, "nxapi"), "--save", "plan.json").code == 0
    document = json.loads(Path("plan.json").read_text("utf-8"))
    assert [plan["pair"] for plan in document["pairs"]] == ["dc1"]
    ended = pushed(run, lab, document)
    assert ended.code == 0, ended
    assert all("name www" in switch.running_config() for switch in lab.switches.values())


@pytest.mark.interop
def test_edited(run: Run, lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit 4 for a plan that was changed, has expired, or has another hash than the one that was seen."""
    document = planned(run, lab)
    heard = listened(monkeypatch)
    other = deepcopy(document)
    other["steps"][0]["commands"][1] = "  name xxx"
    assert pushed(run, lab, other).code == 4
    assert pushed(run, lab, document, "--date", "2099-01-01").code == 4
    ended = pushed(run, lab, rehashed(other), "--approve", document["hash"])
    assert (ended.code, "not the one that was reviewed" in ended.err) == (4, True), ended
    several = pushed(run, lab, {"format": "mlagkit.plan/1", "pairs": [document, document]})
    assert (several.code, several.err.startswith("mlagkit: plan.json: nothing was sent")) == (4, True), several
    assert changing(heard) == []


@pytest.mark.interop
def test_beside_its_pair_file(run: Run, lab: Lab, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With its pair file a plan is made anew: the lines that differ are named. Another pair's is a usage error."""
    document = planned(run, lab)
    heard = listened(monkeypatch)
    (home / "new.yaml").write_text(BEFORE.replace("10: web", "10: intranet"), "utf-8")
    ended = run("push", "new.yaml", "--plan", "plan.json", *connect(lab, "nxapi"), *GO)
    assert ended.code == 4
    assert "- dc1-a: name www" in ended.err
    assert "+ dc1-a: name intranet" in ended.err
    Path("plan.json").write_text(json.dumps(document | {"pair": "dc2"}), "utf-8")
    ended = run("push", "new.yaml", "--plan", "plan.json", *connect(lab, "nxapi"), *GO)
    assert (ended.code, "the plan is for dc2" in ended.err) == (2, True)
    assert changing(heard) == []


@pytest.mark.interop
def test_doors(run: Run, lab: Lab, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither what a plan says that is allowed, nor what it leaves out, opens anything: only the command line does."""
    (home / "new.yaml").write_text(BEFORE.replace("  id: 1 ", "  id: 20 "), "utf-8")
    document = planned(run, lab, "--allow", "domain-id-change", "--allow", "outage")
    needed = {stop["permission"] for stop in document["stops"]}
    assert "domain-id-change" in needed
    heard = listened(monkeypatch)
    doors = (
        document,
        document | {"stops": []},
        document | {"stops": [], "deleted": 0, "allowed": [*needed, "no-timer"]},
        document | {"stops": [stop | {"allowed": True, "permission": "unproven-timer"} for stop in document["stops"]]},
    )
    for door in doors:
        ended = pushed(run, lab, door, "--approve", document["hash"])
        assert ended.code == 4, ended
        assert "--allow domain-id-change" in ended.err
    assert changing(heard) == []
    allowed = [word for name in needed for word in ("--allow", name)]
    assert "--allow domain-id-change" not in pushed(run, lab, document | {"stops": []}, *allowed).err


@pytest.fixture
def waived(run: Run, lab: Lab, home: Path) -> tuple[Document, list[str]]:
    """A plan that ends with an error which is waived for one day, and the options for all else that it does."""
    worse = BEFORE.replace("    vlans: 10,20 ", "    mtu: {dc1-a: 9216, dc1-b: 1500}\n    vlans: 10,20 ")
    waiver = "waivers: {MB12: {reason: the host moves, owner: netops, expires: 2026-11-27}}\n"
    (home / "new.yaml").write_text(worse + waiver, "utf-8")
    document = planned(run, lab, "--date", "2026-11-27")
    needed = dict.fromkeys(stop["permission"] for stop in document["stops"])
    return document, [word for name in needed for word in ("--allow", name)]


@pytest.mark.interop
def test_a_waived_error(run: Run, lab: Lab, waived: tuple[Document, list[str]]) -> None:
    """A plan that ends with an error which somebody waived is carried out, alone as beside its pair file."""
    document, allowed = waived
    assert [row["rule"] for row in document["accepted"]] == ["MB12"]
    assert "new-errors" not in allowed
    ended = pushed(run, lab, document, *allowed, "--date", "2026-11-27")
    assert ended.code == 0, ended
    assert any("mtu 9216" in switch.running_config() for switch in lab.switches.values())


def _later(made: Document) -> None:
    made["accepted"][0]["waived"]["expires"] = "2027-11-27"


LESS_WAIVED: Mapping[str, tuple[Edit, str, str, str]] = {
    "over": (lambda _: None, "2026-11-28", "", "the waiver of MB12 ended on 2026-11-27; netops had accepted it"),
    "longer": (_later, "2026-11-28", "", "its hash is not that"),
    "longer, with its hash": (_later, "2026-11-28", "hash", "not the one that was reviewed"),
    "another error": (
        lambda made: made["accepted"][0].update(message="x"),
        "2026-11-27",
        "rehashed",
        "--allow new-errors",
    ),
    "none": (lambda made: made.update(accepted=[]), "2026-11-27", "rehashed", "--allow new-errors"),
}


@pytest.mark.interop
@pytest.mark.parametrize("kind", LESS_WAIVED)
def test_a_waiver_that_is_none(
    kind: str, run: Run, lab: Lab, waived: tuple[Document, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A waiver that is over, was changed behind the review, or is for another error, accepts nothing."""
    document, allowed = waived
    edit, day, hashed, reason = LESS_WAIVED[kind]
    other = deepcopy(document)
    edit(other)
    other = rehashed(other) if hashed else other
    heard = listened(monkeypatch)
    approved = ("--approve", document["hash"]) if hashed == "hash" else ()
    ended = pushed(run, lab, other, *allowed, *approved, "--date", day)
    assert (ended.code, reason in ended.err) == (4, True), ended
    assert changing(heard) == []


@pytest.mark.interop
def test_a_waiver_that_is_over_beside_the_pair_file(
    run: Run, lab: Lab, waived: tuple[Document, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The plan is not the saved one any more, and it is said which error was accepted then."""
    _, allowed = waived
    heard = listened(monkeypatch)
    ways = ("new.yaml", "--plan", "plan.json", *connect(lab, "nxapi"), *GO, *allowed, "--date", "2026-11-28")
    ended = run("push", *ways)
    assert (ended.code, "- accepted: MB12" in ended.err) == (4, True), ended
    assert "(netops until 2026-11-27: the host moves)" in ended.err
    assert changing(heard) == []


@pytest.mark.interop
def test_deletions(run: Run, lab: Lab, home: Path) -> None:
    """What is deleted is counted, whatever the plan says."""
    (home / "new.yaml").write_text(BEFORE + "owns: {vlans: overridden}\n", "utf-8")
    for switch in lab.switches.values():
        switch.execute(["vlan 77", "name nobody"])
        switch.chassis.save()
    document = planned(run, lab)
    assert document["deleted"]
    ended = pushed(run, lab, document | {"deleted": 0}, "--max-delete", "0")
    assert (ended.code, "would be deleted" in ended.err) == (4, True), ended


@pytest.mark.interop
def test_another_base(run: Run, lab: Lab, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What only the base of a plan takes away is not taken away without it, and the other way round."""
    Repository.new(home, {"new.yaml": BEFORE.replace("  20: db\n", "  20: db\n  99: old\n")})
    for switch in lab.switches.values():
        switch.execute(["vlan 99", "name old"])
        switch.chassis.save()
    ways = connect(lab, "nxapi")
    (home / "new.yaml").write_text(BEFORE, "utf-8")
    assert run("plan", "new.yaml", "--device", *ways, "--base", "HEAD", "--save", "plan.json").code in (0, 4)
    document = json.loads(Path("plan.json").read_text("utf-8"))
    assert {line for step in document["steps"] for line in step["commands"]} == {"no vlan 99"}
    heard = listened(monkeypatch)
    for words in (("--plan", "plan.json"), ("--approve", document["hash"])):
        ended = run("push", "new.yaml", *ways, *GO, *words)
        assert ended.code == 4, ended
        assert "the one that was saved" in ended.err or "not the one that was reviewed" in ended.err
    assert changing(heard) == []
    ended = run("push", "new.yaml", *ways, *GO, "--base", "HEAD", "--approve", document["hash"], "--plan", "plan.json")
    assert ended.code == 0, ended
    assert not any("name old" in switch.running_config() for switch in lab.switches.values())


@pytest.mark.interop
def test_other_roles(run: Run, lab: Lab, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plan for another leader is refused, alone, beside its pair file and by its hash; also one that hides it."""
    document = planned(run, lab)
    (leader,) = (name for name, role in document["roles"].items() if Role(role).leads)
    lab.happen(f"power-off {leader}")
    lab.happen(f"power-on {leader}")
    monkeypatch.setattr("mlagkit.nxos.lab.lab.Lab._so_far", _long_ago)
    heard = listened(monkeypatch)
    ended = pushed(run, lab, document, "--approve", document["hash"])
    assert (ended.code, f"made for {leader} as the operational primary" in ended.err) == (4, True), ended
    assert pushed(run, lab, document | {"roles": {}}).code == 2
    ways = (*connect(lab, "nxapi"), *GO)
    ended = run("push", "new.yaml", *ways, "--approve", document["hash"])
    assert (ended.code, "not the one that was reviewed" in ended.err) == (4, True), ended
    ended = run("push", "new.yaml", *ways, "--plan", "plan.json")
    assert (ended.code, "not any more the one that was saved" in ended.err) == (4, True), ended
    assert changing(heard) == []
    again = planned(run, lab)
    assert {*again["steps"][0]["commands"]} == {*document["steps"][0]["commands"]}
    assert (again["hash"], again["steps"][0]["switch"]) != (document["hash"], document["steps"][0]["switch"])
    assert pushed(run, lab, again, "--approve", again["hash"]).code == 0


def _long_ago(lab: Lab) -> list[Happened]:
    """What befell the pair, as if every timer of it were over."""
    return [Happened(words, 3600.0) for words, _ in lab._happened]
