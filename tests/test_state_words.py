"""Words, wrapped cells, prompts and envelopes: the parts that every answer is read with."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlagkit.errors import BrokenReply
from mlagkit.nxos.reply import Show, ShowLeg
from mlagkit.nxos.state import read_apart, read_state, words
from mlagkit.nxos.state.lines import LONGEST, Misread, meaningful
from mlagkit.nxos.state.table import columns, joined
from mlagkit.state import Absent, KeepaliveStatus, PeerStatus, Role, SwitchState, Timer
from mlagkit.values import ALL_VLANS, InterfaceName
from tests.state_answers import FOLDER, INTERFACE, PORT, read, text_of

WORDS: list[tuple[Callable[[str], object], str, object]] = [
    (words.role, "none-established", Role.NONE),
    (words.role, "primary-secondary", Role.PRIMARY_OPERATIONAL_SECONDARY),
    (words.role, "primary, operational secondary", Role.PRIMARY_OPERATIONAL_SECONDARY),
    (words.peer, "peer-link-down", PeerStatus.LINK_DOWN),
    (words.peer, "something new", PeerStatus.OTHER),
    (words.keepalive, "Suspended (VRF down)", KeepaliveStatus.SUSPENDED),
    (words.keepalive, "peer was alive", KeepaliveStatus.OTHER),
    (words.auto_recovery, "Disabled", None),
    (words.auto_recovery, "Enabled (timeout = 240 seconds)", Timer(running=None, timeout=240)),
    (words.timer, "Timer is on.(timeout = 10s, 6s left)", Timer(running=True, timeout=10, left=6)),
    (words.switched, "Disabled (due to peer configuration)", False),
    (words.bracketed, "Disabled (due to peer configuration)", "due to peer configuration"),
    (words.bracketed, "Enabled", None),
    (words.vlans, "1,10-12,", {1, 10, 11, 12}),
    (words.vlans, "1-9,141-...,", None),
    (words.vlans, "-", set()),
    (words.all_vlans, "0-4095", ALL_VLANS),
    (words.all_vlans, "-", set()),
]


@pytest.mark.parametrize(("convert", "text", "expected"), WORDS, ids=lambda value: getattr(value, "__name__", value))
def test_words(convert: Callable[[str], object], text: str, expected: object) -> None:
    """A word of a terminal or of NX-API is this value."""
    assert convert(text) == expected


NONSENSE: list[tuple[Callable[[str], object], str]] = [
    (words.role, "tertiary"),
    (words.number, "-1"),
    (words.number, "1²"),
    (words.number, "9" * 5000),
    (words.flag, "2"),
    (words.verdict, "maybe"),
    (words.link, "sideways"),
    (words.switched, "perhaps"),
    (words.timer, "Timer is odd.(timeout = 30s)"),
    (words.auto_recovery, "Enabled"),
    (words.vlans, "1-"),
    (words.all_vlans, "9-1"),
    (words.all_vlans, "4096"),
]


@pytest.mark.parametrize(("convert", "text"), NONSENSE, ids=lambda value: getattr(value, "__name__", value)[:20])
def test_nonsense(convert: Callable[[str], object], text: str) -> None:
    """What is none of the words is no value."""
    with pytest.raises(ValueError, match=r"."):
        convert(text)


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        (["14,54,66-70,7", "5,77"], "14,54,66-70,75,77"),
        (["84,87,89", ",92,1235-123", "7"], "84,87,89,92,1235-1237"),
        (["Normal, Disabled,", "Disabled"], "Normal, Disabled, Disabled"),
        (["", "one", ""], "one"),
        ([], ""),
    ],
)
def test_wrapped_cells(pieces: list[str], expected: str) -> None:
    """A list of VLANs is wrapped anywhere, anything else between words."""
    assert joined(pieces) == expected


ROLE = text_of(FOLDER / "show-vpc-role" / "secondary.txt")


@pytest.mark.parametrize(
    "around",
    [
        "{}",
        "leaf-101# show vpc role\n{}",
        "leaf-101# sh vpc rol\n{}leaf-101#",
        "leaf-101(config-if)# show vpc role \n{}leaf-101(config-if)# \n",
        "+++ leaf-101: executing command +++\nshow vpc role\n{}",
        "Notice to users: # of logins is counted\nleaf-101# show vpc role\n{}",
        "\n\n!\n{}!!!!\n",
    ],
)
def test_surroundings(around: str) -> None:
    """What a terminal or a document puts around an answer changes nothing."""
    assert read("show-vpc-role", around.format(ROLE)) == read("show-vpc-role", ROLE)
    assert read("show-vpc-role", around.format(ROLE).replace("\n", "\r\n")) == read("show-vpc-role", ROLE)


@pytest.mark.parametrize(
    ("around", "says"),
    [
        ("leaf-101# show vpc role | include mac\n{}", "line 1: 'leaf-101# show vpc role | include mac'"),
        ("leaf-101# show vpc\n{}", "line 1: 'leaf-101# show vpc'"),
        ("leaf-101# show vpc role\n{}leaf-102# show vpc role\n{}", "'leaf-102# show vpc role'"),
        ("{}leaf-102# reload\n", "'leaf-102# reload'"),
        ("role of the switch\n{}", "line 1: 'role of the switch'"),
        ("", "there is nothing in it"),
        ("leaf-101#", "there is nothing in it"),
        ("{}" + "x" * (LONGEST + 1), f"line 14 has {LONGEST + 1} characters"),
    ],
)
def test_wrong_surroundings(around: str, says: str) -> None:
    """The answer to another command, to a part of it, or more than one answer is refused."""
    with pytest.raises(BrokenReply) as error:
        read("show-vpc-role", around.format(ROLE, ROLE))
    assert says in str(error.value)
    assert "'show vpc role'" in str(error.value)


def test_line_numbers() -> None:
    """A line keeps the number that it has in the answer as it came."""
    lines = meaningful("leaf# show vpc role\n\none\n---- --\ntwo \n", Show.VPC_ROLE)
    assert [(line.number, line.text) for line in lines] == [(3, "one"), (5, "two")]
    assert isinstance(lines[0].misread(), Misread)


def test_columns_that_begin_alike() -> None:
    """A column whose name is the beginning of another's stands where its own name does."""
    (head,) = meaningful("Vlans  Vlan  Vlan\n", Show.VPC_ROLE)
    assert columns(head, ["Vlans", "Vlan", "Vlan"]) == [0, 7, 13]


BODY = json.loads(text_of(FOLDER / "show-vpc-role" / "secondary.json"))
ENVELOPES = {
    "native": BODY,
    "JSON-RPC": {"jsonrpc": "2.0", "result": {"body": BODY}, "id": 1},
    "a list of one": [{"jsonrpc": "2.0", "result": {"body": BODY}, "id": 1}],
    "ins_api": {"ins_api": {"outputs": {"output": {"body": BODY, "code": "200", "msg": "Success"}}}},
}


@pytest.mark.parametrize("envelope", ENVELOPES.values(), ids=ENVELOPES)
def test_envelopes(envelope: object) -> None:
    """The same answer is read from each envelope of NX-API."""
    assert read("show-vpc-role", json.dumps(envelope)) == read("show-vpc-role", json.dumps(BODY))


def test_text_in_an_envelope() -> None:
    """What NX-API gives as text is read as that of a terminal."""
    reply = json.dumps({"jsonrpc": "2.0", "result": {"msg": ROLE}, "id": 1})
    assert read("show-vpc-role", reply) == read("show-vpc-role", ROLE)


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        ("{", "'{' is no JSON"),
        ("[" * 100_000, "is no JSON"),
        ("[1]", "JSON of another form"),
        ("{}", "it does not say 'vpc-current-role'"),
        ('{"jsonrpc": "2.0", "result": null}', "JSON without an answer"),
        ('{"jsonrpc": "2.0", "error": {"code": 1, "data": {"msg": "% Permission denied"}}}', "'% Permission denied'"),
        ('{"vpc-current-role": "a", "vpc-current-role": "b"}', "'vpc-current-role' comes twice"),
        ('{"vpc-current-role": {"a": 1}, "dual-active-detected": 1}', "it does not say 'vpc-current-role'"),
        ('{"vpc-current-role": NaN}', "'vpc-current-role': 'nan'"),
    ],
)
def test_broken_bodies(reply: str, says: str) -> None:
    """JSON that is no answer is refused with the reason."""
    with pytest.raises(BrokenReply) as error:
        read("show-vpc-role", reply)
    assert says in str(error.value)


@pytest.mark.parametrize("table", ["{}", '{"ROW_orphan_ports": 1}', "7", '{"ROW_orphan_ports": [1]}'])
def test_broken_tables(table: str) -> None:
    """A table that is none, or is empty, is refused."""
    with pytest.raises(BrokenReply):
        read("show-vpc-orphan-ports", f'{{"TABLE_orphan_ports": {table}}}')


def test_feature_is_off() -> None:
    """A switch that does not know a command of vPC has nothing to tell, which is no error."""
    answer = "             ^\n% Invalid command at '^' marker.\n"
    state = read_state("leaf-101", {Show.VPC: answer, Show.VPC_ROLE: answer, ShowLeg(PORT): answer})
    assert state.vpc is state.role is Absent.UNKNOWN_COMMAND
    assert state.interface_consistency == {PORT: Absent.UNKNOWN_COMMAND}
    assert state.keepalive is None


def test_tables_of_several_vpcs() -> None:
    """Each table that was asked for is there, also where another one is not understood."""
    answer = text_of(FOLDER / INTERFACE / "n9k.txt")
    asked = [ShowLeg(InterfaceName(f"port-channel{number}")) for number in (11, 12, 13)]
    state, unread = read_apart("leaf-101", {asked[0]: answer, asked[1]: "hello", asked[2]: answer})
    assert set(state.interface_consistency or {}) == {asked[0].port, asked[2].port}
    assert set(unread) == {asked[1].value}


def test_not_asked() -> None:
    """A switch that was asked nothing tells nothing; other commands are not looked at."""
    assert read_state("leaf-101", {Show.HOSTNAME: "leaf-101"}) == SwitchState(hostname="leaf-101")


SAMPLES = sorted(path for path in FOLDER.glob("*/*") if path.suffix in (".txt", ".json"))
PIECES = st.lists(st.sampled_from(["-", "0", "9", ",", ":", " ", "\n", "\t", "(", "*", '"', "{", "]", "Po", "é", "\0"]))


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, str]:
    """An answer that was cut, or in which something was replaced, left out or put in twice."""
    path = draw(st.sampled_from(SAMPLES))
    answer = text_of(path)
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(answer)))
        end = draw(st.integers(start, min(start + 80, len(answer))))
        middle = draw(st.one_of(PIECES.map("".join), st.just(answer[start:end] * 2)))
        answer = answer[:start] if draw(st.booleans()) and start else answer[:start] + middle + answer[end:]
    return path.parent.name, answer


def outcome(folder: str, answer: str) -> SwitchState | BrokenReply:
    """The state, or the one error that an answer may raise."""
    try:
        return read(folder, answer)
    except BrokenReply as error:
        return error


@given(damaged())
def test_damage(sample: tuple[str, str]) -> None:
    """A damaged answer is a state or is refused as one, and nothing else ever happens."""
    assert isinstance(outcome(*sample), SwitchState | BrokenReply)


@given(st.sampled_from(sorted({path.parent.name for path in SAMPLES})), st.text(max_size=400))
def test_any_text(folder: str, answer: str) -> None:
    """No text at all does anything but give a state or be refused."""
    assert isinstance(outcome(folder, answer), SwitchState | BrokenReply)
