"""Reading at a prompt: whatever the line does, an answer is whole or it is refused."""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlagkit.device.shell import Shell
from mlagkit.device.target import Options
from mlagkit.errors import BrokenReply, DeviceError
from mlagkit.nxos.reply import Show, defect

NAME = "leaf-101"
PROMPT = f"{NAME}# "
BODY = "".join(
    f"interface Ethernet1/{port}\n  description host-{port} {NAME}\n  switchport access vlan {port}\n\n"
    for port in range(1, 49)
)
CONFIG = f"!Command: show running-config\n\nversion 10.3(5)\nhostname {NAME}\nvlan 1-48\n\n{BODY}line vty\n"
FAST = Options(read_timeout=0.2)


@dataclass
class Tape:
    """A switch at the far end of a line: what it types, in the pieces in which it arrives.

    ``early`` echoes a command at once, even into an answer that is still coming; ``pieces`` are
    offsets at which an answer is split; ``cut`` is where the line goes dead; ``stale`` is what
    was still on its way at the beginning.
    """

    config: str = CONFIG
    early: bool = False
    pieces: tuple[int, ...] = ()
    cut: int | None = None
    stale: str = ""
    sent: list[str] = field(default_factory=list)
    coming: list[str] = field(default_factory=list)
    dead: bool = False

    def write_channel(self, out_data: str) -> None:
        """Take one typed line."""
        self.sent.append(out_data)
        command = out_data.removesuffix("\n")
        answer = self.config if command == Show.RUNNING_CONFIG else f"{NAME} \n"
        if self.early:
            self.coming.insert(0, out_data)
        text = f"{'' if self.early else out_data}{answer}{PROMPT}"
        if self.cut is not None and command == Show.RUNNING_CONFIG:
            text, self.dead = text[: self.cut], True
        ends = [0, *sorted(end for end in self.pieces if end < len(text)), len(text)]
        self.coming += [text[begin:end] for begin, end in itertools.pairwise(ends) if begin < end]

    def read_channel(self) -> str:
        """The next piece."""
        if self.stale:
            stale, self.stale = self.stale, ""
            return stale
        return self.coming.pop(0) if self.coming else ""

    def closed(self) -> bool:
        """Whether the line is dead and everything that arrived before has been read."""
        return self.dead and not self.coming


def shell(tape: Tape, options: Options = FAST) -> Shell:
    """A session on that line, in step with it."""
    session = Shell(NAME, tape, tape.closed, options)
    session.synchronise()
    return session


def accepted(tape: Tape) -> str | None:
    """The running-config that two checks let through, None where one of them refuses."""
    try:
        text = shell(tape).show(Show.RUNNING_CONFIG)
    except DeviceError:
        return None
    return None if defect(text, NAME) else text


@given(early=st.booleans(), pieces=st.lists(st.integers(1, len(CONFIG)), max_size=40))
@settings(max_examples=100)
def test_any_pieces(early: bool, pieces: list[int]) -> None:
    """An answer is the same in whatever pieces it arrives, with an early and with a late echo."""
    session = shell(Tape(early=early, pieces=tuple(pieces)))
    assert [session.show(Show.RUNNING_CONFIG) for _ in range(2)] == [CONFIG, CONFIG]


@pytest.mark.parametrize("early", [False, True])
def test_cut_anywhere(early: bool) -> None:
    """Of 2,000 places to cut the line, none gives a running-config."""
    whole = len(CONFIG) + len(PROMPT)
    assert whole > 2_000
    for cut in random.Random(1).sample(range(whole), 2_000):
        with pytest.raises(BrokenReply):
            shell(Tape(early=early, cut=cut)).show(Show.RUNNING_CONFIG)


@pytest.mark.parametrize("early", [False, True])
@pytest.mark.parametrize("paused", [False, True])
@pytest.mark.parametrize("seam", [PROMPT, f"{NAME}#", f"{PROMPT}show running-config", f"{NAME}(config)# "])
def test_prompt_inside(early: bool, paused: bool, seam: str) -> None:
    """A prompt inside the answer never ends it unnoticed, not even where the line pauses just behind it."""
    lines = CONFIG.splitlines(keepends=True)
    for at in range(len(lines) + 1):
        before = "".join(lines[:at]) + seam
        echo = 0 if early else len(Show.RUNNING_CONFIG) + 1
        pieces = (echo + len(before),) if paused else ()
        tape = Tape(f"{before}\n{''.join(lines[at:])}", early, pieces)
        assert accepted(tape) is None, (at, seam)


@pytest.mark.parametrize("early", [False, True])
def test_prompt_text_inside_a_line(early: bool) -> None:
    """The prompt's text within a longer line is no prompt: the answer is read to its end."""
    config = CONFIG.replace("description host-7 ", f"description {PROMPT}")
    middle = config.index(PROMPT) + len(PROMPT)
    assert accepted(Tape(config, early, (middle, middle + 20))) == config


@pytest.mark.parametrize("early", [False, True])
@pytest.mark.parametrize(
    "stale", [f"\n{PROMPT}", f"\n{PROMPT}\n{PROMPT}", f"terminal length 0\n{PROMPT}", "motd #\n# "]
)
def test_late_prompts(early: bool, stale: str) -> None:
    """Prompts that were still on their way when the session opened are skipped."""
    assert accepted(Tape(early=early, stale=stale)) == CONFIG


def test_no_answer() -> None:
    """A switch that says nothing is given up after the timeout, and that is no broken reply."""

    class Mute(Tape):
        def read_channel(self) -> str:
            return ""

    with pytest.raises(DeviceError, match=r"an answer to 'show hostname' did not come within 0\.2 s") as caught:
        shell(Mute())
    assert not isinstance(caught.value, BrokenReply)


def test_no_end() -> None:
    """An answer that stops without a prompt is refused after the timeout."""
    tape = Tape(cut=200)
    session = shell(tape)
    session.closed = lambda: False
    with pytest.raises(BrokenReply, match="the end of the answer"):
        session.show(Show.RUNNING_CONFIG)


def test_too_large() -> None:
    """An answer larger than the limit is refused while it still comes."""
    tape = Tape(config="x" * 50_000, pieces=tuple(range(1000, 50_000, 1000)))
    with pytest.raises(BrokenReply, match="larger than 8000 bytes"):
        shell(tape, Options(read_timeout=5, limit=8000)).show(Show.RUNNING_CONFIG)
    assert len(tape.coming) > 30


def test_refused_command() -> None:
    """A command that the role of the account does not allow is no answer."""
    with pytest.raises(DeviceError, match="refused 'show running-config': % Permission denied"):
        shell(Tape(config="% Permission denied for the role\n")).show(Show.RUNNING_CONFIG)


def test_something_else_first() -> None:
    """What a switch says by itself before it echoes the command is no part of an answer."""
    tape = Tape()
    session = shell(tape)
    tape.stale = "%ETHPORT-5-IF_DOWN: Ethernet1/1 is down\n"
    with pytest.raises(BrokenReply, match="something else came before the answer to 'show vpc'"):
        session.ask(Show.VPC)


def test_what_is_sent() -> None:
    """Nothing is typed but the commands of the fixed list."""
    tape = Tape()
    shell(tape).show(Show.RUNNING_CONFIG)
    assert tape.sent == [f"{command}\n" for command in (Show.HOSTNAME, Show.RUNNING_CONFIG, Show.HOSTNAME)]
