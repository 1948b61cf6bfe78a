"""Typing at a prompt, and requests of NX-API that change a switch: an answer is whole or it is refused."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlagkit.device.credentials import Credentials, Password
from mlagkit.device.https import Reply
from mlagkit.device.napalm import NxapiDevice
from mlagkit.device.shell import Shell
from mlagkit.device.store import Store
from mlagkit.device.target import Options, Target
from mlagkit.errors import BrokenReply, DeviceError, MlagkitError
from mlagkit.nxos.answer import verdict_on
from mlagkit.nxos.reply import Show

NAME = "leaf-101"
FAST = Options(read_timeout=0.2)
SAVE = "copy running-config startup-config"
LINES = ("vlan 20", "  name db", "interface port-channel11", "  switchport trunk allowed vlan add 20")
SECRET = "Hunter2Hunter2"
QUESTION = "This may hurt. Continue (y/n)? [n] "


@dataclass
class Terminal:
    """A switch at the far end of a line, mode by mode.

    ``says`` are its answers by line. ``early`` echoes a line at once, ``pieces`` cut each answer there. Behind a line
    of ``late`` more text comes when the prompt was there already; behind one of ``mute`` nothing comes, not even the
    echo; within the answer to one of ``dies`` the line goes dead, after so many characters.
    """

    says: Mapping[str, str] = field(default_factory=dict)
    early: bool = False
    pieces: tuple[int, ...] = ()
    late: Mapping[str, str] = field(default_factory=dict)
    mute: frozenset[str] = frozenset()
    dies: Mapping[str, int] = field(default_factory=dict)
    name: str = NAME
    mode: str = ""
    sent: list[str] = field(default_factory=list)
    coming: list[str] = field(default_factory=list)
    dead: bool = False

    def write_channel(self, out_data: str) -> None:
        """Take one typed line."""
        self.sent.append(out_data)
        line = out_data.removesuffix("\n")
        if line in self.mute or self.dead:
            return
        text = self._answer(line)
        if self.early:
            # The blank behind a prompt was on its way before anything was typed; other late text may come behind.
            self.coming.insert(int(self.coming[:1] == [" "]), out_data)
        whole = f"{'' if self.early else out_data}{text}{'' if text.endswith('? [n] ') else self._prompt()}"
        if line in self.dies:
            whole, self.dead = whole[: self.dies[line]], True
        ends = [0, *sorted(end for end in self.pieces if end < len(whole)), len(whole)]
        self.coming += [whole[begin:end] for begin, end in itertools.pairwise(ends) if begin < end]
        if line in self.late:
            self.coming.append(self.late[line])

    def _prompt(self) -> str:
        return f"{self.name}{self.mode}# "

    def _answer(self, line: str) -> str:
        word = line.strip()
        if word == Show.HOSTNAME:
            return f"{self.name} \n"
        if word == "configure terminal":
            self.mode = "(config)"
        elif word == "end":
            self.mode = ""
        elif word.startswith("hostname "):
            self.name = word.split()[1]
        elif self.mode:
            self.mode = {"vlan": "(config-vlan)", "interface": "(config-if)"}.get(word.split()[0], self.mode)
        return self.says.get(word, "")

    def read_channel(self) -> str:
        """The next piece."""
        return self.coming.pop(0) if self.coming else ""

    def closed(self) -> bool:
        """Whether the line is dead and everything that arrived before has been read."""
        return self.dead and not self.coming


def shell(terminal: Terminal, options: Options = FAST) -> Shell:
    """A session on that line, in step with it."""
    session = Shell(NAME, terminal, terminal.closed, options)
    session.synchronise()
    return session


PROGRESS = "[########################################] 100%\nCopy complete, now saving to disk (please wait)...\n"
NOTE = "Warning: Edge port type (portfast) should only be enabled\non ports connected to a single host.\n"


@given(early=st.booleans(), pieces=st.lists(st.integers(1, 120), max_size=20))
@settings(max_examples=60)
def test_any_pieces(early: bool, pieces: list[int]) -> None:
    """Answers are the same in whatever pieces they arrive, with an early and with a late echo."""
    says = {SAVE: f"{PROGRESS}Copy complete.\n", "name db": NOTE}
    session = shell(Terminal(says, early, tuple(pieces)), Options(read_timeout=5))  # the machine may be busy
    assert session.act(SAVE, 5) == says[SAVE]
    assert list(session.type(LINES)) == [(line, says.get(line.strip(), "")) for line in LINES]
    assert session.act(SAVE, 5) == says[SAVE]


def test_what_is_sent() -> None:
    """The session is made quiet once; a line goes out once and as it stands."""
    terminal = Terminal()
    session = shell(terminal)
    session.act("checkpoint a", 0.2)
    list(session.type(LINES))
    quiet = ["terminal no monitor", "terminal dont-ask"]
    assert [line.rstrip("\n") for line in terminal.sent] == [
        *("show hostname", *quiet, "checkpoint a", "show hostname"),
        *("configure terminal", *LINES, "end", "show hostname"),
    ]


@pytest.mark.parametrize("early", [False, True])
@pytest.mark.parametrize("inside", [f"{NAME}#", f"{NAME}# ", f"{NAME}(config)# ", "#Generating Rollback Patch"])
def test_prompt_inside_an_answer(inside: str, early: bool) -> None:
    """Text that looks like a prompt never passes the rest of the answer off as something else (device-side 1.5.2)."""
    answer = f"one\n{inside}\nRollback failed.\n"
    for pieces in ((), tuple(range(1, 200, 3)), (len(SAVE) + 1 + answer.index(inside) + len(inside),)):
        session = shell(Terminal({SAVE: answer}, early, pieces))
        try:
            heard = session.act(SAVE, 0.2)
        except BrokenReply:
            continue
        assert heard == answer


@pytest.mark.parametrize("early", [False, True])
def test_prompt_inside_the_answer_to_a_typed_line(early: bool) -> None:
    """The same for a line of configuration mode: the error behind it is never lost."""
    answer = f"{NAME}(config-vlan)# \nERROR: VLAN with the same name exists\n"
    for cut in range(1, len(answer) + 20):
        session = shell(Terminal({"name db": answer}, early, (cut,)))
        heard = ""
        try:
            for _, said in session.type(LINES):
                heard += said
        except BrokenReply:
            continue
        assert "ERROR" in heard


def test_late_output() -> None:
    """What comes behind the prompt of the last line belongs to it, and the reply is broken."""
    for line in ("name db", "switchport trunk allowed vlan add 20"):
        session = shell(Terminal(late={f"  {line}": f"\nERROR: too late\n{NAME}(config-vlan)# "}))
        with pytest.raises(BrokenReply):
            list(session.type(LINES))
    session = shell(Terminal(late={SAVE: f"\nERROR: no space left\n{NAME}# "}))
    with pytest.raises(BrokenReply):
        session.act(SAVE, 0.2)


def test_question() -> None:
    """A question is the answer; nothing is typed into it."""
    terminal = Terminal({"reload": QUESTION, "peer-gateway": QUESTION})
    session = shell(terminal)
    assert "Continue" in session.act("reload", 0.2)
    assert terminal.sent[-1] == "reload\n"
    terminal = Terminal({"peer-gateway": QUESTION})
    typed = shell(terminal).type(("vpc domain 10", "  peer-gateway", "  auto-recovery"))
    assert next(typed) == ("vpc domain 10", "")
    line, answer = next(typed)
    assert verdict_on(line.strip(), answer).stops
    typed.close()  # type: ignore[attr-defined]  # it is a generator
    assert terminal.sent[-1] == "  peer-gateway\n"


def test_another_hostname() -> None:
    """A line that gives the switch another name is answered as any other, and the end is still proven."""
    terminal = Terminal()
    session = shell(terminal)
    assert [answer for _, answer in session.type(("hostname leaf-9", "vlan 20", "  name db"))] == ["", "", ""]
    assert (session.hostname, session.prompt) == ("leaf-9", "leaf-9#")
    assert session.act("checkpoint a", 0.2) == ""
    assert session.show(Show.HOSTNAME) == "leaf-9 \n"


def test_hang() -> None:
    """A line that is not answered ends in time, and none is sent behind it."""
    for mute in LINES:
        terminal = Terminal(mute=frozenset({mute}))
        with pytest.raises(DeviceError, match="did not come within"):
            list(shell(terminal).type(LINES))
        assert terminal.sent[-1] == f"{mute}\n"
    with pytest.raises(DeviceError, match=r"did not come within 0\.1 s"):
        shell(Terminal(mute=frozenset({SAVE}))).act(SAVE, 0.1)


@pytest.mark.parametrize("early", [False, True])
def test_hang_up(early: bool) -> None:
    """A line that goes dead anywhere within an answer gives none."""
    answer = "Copy complete.\n"
    whole = (0 if early else len(SAVE) + 1) + len(answer) + len(f"{NAME}# ")
    for cut in range(whole):
        with pytest.raises(DeviceError):
            shell(Terminal({SAVE: answer}, early, dies={SAVE: cut})).act(SAVE, 0.2)
        terminal = Terminal(early=early, dies={"  name db": min(cut, len("  name db\n"))})
        with pytest.raises(DeviceError):
            list(shell(terminal).type(LINES))


def test_secrets_stay_out_of_messages() -> None:
    """Whatever goes wrong with a line that holds a secret, the message does not hold it."""
    line = f"username ops password 0 {SECRET} role network-operator"
    wrongs = (
        Terminal(mute=frozenset({line})),
        Terminal(dies={line: 20}),
        Terminal(late={line: "\nmore\nleaf-101(config)# "}),
        Terminal({line: "x" * 5000}),
        Terminal({line: f"{SECRET}\nleaf-101(config)# \n{SECRET}"}, pieces=(len(line) + 30,)),
    )
    for number, terminal in enumerate(wrongs):
        with pytest.raises(DeviceError) if number < 4 else nullcontext() as caught:
            (_, answer), _ = shell(terminal, Options(read_timeout=0.2, limit=2000)).type((line, "vlan 20"))
        error = caught.value if caught else verdict_on(line, answer).words
        told = f"{error!s}{error!r}{getattr(error, '__cause__', '')!s}"
        assert SECRET not in told


HELP = ["description what?", "name a\tb", "name a\x16b", "name a\nno feature vpc", "name a\x1b[A", "name a\x03"]


@pytest.mark.parametrize("line", HELP)
def test_keys_of_a_terminal(line: str) -> None:
    """What a terminal takes for an order of its own is refused before anything is sent (trust.md, S2)."""
    terminal = Terminal()
    session = shell(terminal)
    before = list(terminal.sent)
    with pytest.raises(DeviceError, match="can't be sent"):
        list(session.type(("vlan 20", line)))
    with pytest.raises(DeviceError, match="can't be sent"):
        session.act(line, 0.2)
    assert terminal.sent == before


ODD = st.one_of(
    st.sampled_from([f"{NAME}# ", f"{NAME}(config)# ", "\n", "vlan 20", "show hostname", NAME, "ERROR: x\n", QUESTION]),
    st.text(max_size=12),
)


@given(st.lists(ODD, max_size=12).map("".join), st.booleans(), st.lists(st.integers(1, 200), max_size=6))
@settings(max_examples=150)
def test_whatever_comes(said: str, early: bool, pieces: list[int]) -> None:
    """Only errors with a type, and never an answer without the refusal that was in it."""
    options = Options(read_timeout=0.02)
    for work in (_acted, _typed):
        try:
            heard = work(shell(Terminal({SAVE: said, "name db": said}, early, tuple(pieces)), options))
        except MlagkitError:
            continue
        assert "ERROR: x" not in said or "ERROR: x" in heard


def _acted(session: Shell) -> str:
    return session.act(SAVE, 0.02)


def _typed(session: Shell) -> str:
    return "".join(answer for _, answer in session.type(LINES))


# NX-API: what a request for so many lines may be answered, and what may be made of it.

Answered = Callable[[str], "list[tuple[str, str]]"]
OK = {"jsonrpc": "2.0", "result": None, "id": 1}
MESSAGE = {"jsonrpc": "2.0", "result": {"msg": "Copy complete.\n"}, "id": 1}
BODY = {"jsonrpc": "2.0", "result": {"body": {"x": "1"}}, "id": 1}
ERROR = {"jsonrpc": "2.0", "error": {"code": -32602, "message": "Invalid params", "data": {"msg": "% Bad\n"}}, "id": 1}


@pytest.fixture
def answered(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Answered:
    """What becomes of `LINES` when the switch answers that text."""
    return lambda text: list(nxapi(monkeypatch, tmp_path, text).type(LINES))


def nxapi(patch: pytest.MonkeyPatch, folder: Path, text: str) -> NxapiDevice:
    """A device whose every request is answered with that text."""
    patch.setattr("mlagkit.device.napalm.post", lambda *_: Reply(text.encode("utf-8", "surrogatepass")))
    return device(folder)


def device(folder: Path) -> NxapiDevice:
    """One that would connect to nobody."""
    login = Credentials("admin", Password(SECRET))
    return NxapiDevice(Target(NAME, "127.0.0.1", port=1), login, FAST, Store(folder, folder / "known_hosts"))


def whole(*last: object) -> list[object]:
    """The reply to the line that asks for no questions, and those to the lines."""
    return [OK, *last]


TAKEN: Mapping[str, tuple[object, Sequence[str]]] = {
    "all are taken": (whole(OK, OK, OK, OK), ("", "", "", "")),
    "text": (whole(OK, MESSAGE, OK, OK), ("", "Copy complete.\n", "", "")),
    "body": (whole(OK, BODY, OK, OK), ("", '{"x": "1"}', "", "")),
    "nothing in a result": (whole({"result": {}}, OK, OK, OK), ("", "", "", "")),
    "an error ends it": (whole(OK, ERROR), ("", "% Bad\n")),
    "an error in the first line": (whole(ERROR), ("% Bad\n",)),
    "an error in the last line": (whole(OK, OK, OK, ERROR), ("", "", "", "% Bad\n")),
    "an error in the middle, all the same": (whole(OK, ERROR, OK, OK), ("", "% Bad\n", "", "")),
    "an error without data": (whole(OK, {"error": {"message": "Internal"}}), ("", "Internal")),
}


@pytest.mark.parametrize("kind", TAKEN)
def test_nxapi_answers(kind: str, answered: Answered) -> None:
    """Each answer goes with its line, up to the first error."""
    reply, answers = TAKEN[kind]
    assert answered(json.dumps(reply)) == list(zip(LINES, answers, strict=False))


BROKEN = {
    "nothing": "",
    "null": "null",
    "an empty list": "[]",
    "an empty object": "{}",
    "a page": "<html><body>503 Service Unavailable</body></html>",
    "cut": json.dumps(whole(OK, OK, OK, OK))[:-20],
    "fewer answers than lines": json.dumps(whole(OK, OK)),
    "more answers than lines": json.dumps(whole(OK, OK, OK, OK, OK)),
    "one object for all": json.dumps(OK),
    "an error before the first line": json.dumps(ERROR),
    "neither result nor error": json.dumps(whole(OK, {"id": 1}, OK, OK)),
    "a number": "7",
    "texts": '["a", "b", "c", "d", "e"]',
    "an error that is a text": json.dumps(whole({"error": "x"})),
    "an error that is empty": json.dumps(whole({"error": {}})),
    "a result that is a text": json.dumps(whole({"result": "x"}, OK, OK, OK)),
    "a result that is a list": json.dumps(whole({"result": ["x"]}, OK, OK, OK)),
    "a deep one": "[" * 100_000,
}


@pytest.mark.parametrize("kind", BROKEN)
def test_nxapi_broken(kind: str, answered: Answered) -> None:
    """Whatever is no reply of NX-API to so many lines is none: nobody knows what the switch did."""
    with pytest.raises(BrokenReply):
        answered(BROKEN[kind])


def test_nxapi_sends_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """One request for all lines, with the order not to ask first; none that changes anything is repeated."""
    bodies: list[str] = []

    def post(*given: object) -> Reply:
        bodies.append(str(given[-1]))
        raise BrokenReply(NAME, "cut", "look")

    monkeypatch.setattr("mlagkit.device.napalm.post", post)
    for work in (lambda: list(device(tmp_path).type(LINES)), lambda: device(tmp_path).act(SAVE, 1)):
        with pytest.raises(BrokenReply):
            work()
    sent = [[call["params"]["cmd"] for call in json.loads(body)] for body in bodies]
    assert sent == [["terminal dont-ask", *LINES], ["terminal dont-ask", SAVE]]


@pytest.mark.parametrize("line", HELP)
def test_nxapi_lines(line: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What a terminal would act on is not sent over NX-API either: nobody has seen what it does there."""
    monkeypatch.setattr("mlagkit.device.napalm.post", lambda *_: pytest.fail("something was sent"))
    with pytest.raises(DeviceError, match="can't be sent"):
        list(device(tmp_path).type(("vlan 20", line)))


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=8), st.just(OK), st.just(ERROR), st.just(BODY)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=6),
        st.dictionaries(st.sampled_from(["result", "error", "msg", "body", "data", "message", "id"]), inner),
    ),
    max_leaves=12,
)


@given(reply=st.one_of(JSON.map(json.dumps), st.text(max_size=40)))
@settings(max_examples=400)
def test_nxapi_whatever_comes(reply: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Only errors with a type; what is taken has an answer for each line, or ends with an error."""
    with pytest.MonkeyPatch.context() as patch:
        try:
            found = list(nxapi(patch, tmp_path_factory.getbasetemp(), reply).type(LINES))
        except DeviceError as error:
            told = str(error)
        else:
            told = ""
            assert len(found) == len(LINES) or "error" in reply
            assert [line for line, _ in found] == list(LINES)[: len(found)]
    assert SECRET not in told
