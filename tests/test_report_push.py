"""Pushes as text and as a stream of JSON, from runs on an emulated pair that go well and that do not."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from mlagkit.device.protocol import Console
from mlagkit.device.target import Target
from mlagkit.errors import DeviceError, Refused
from mlagkit.nxos.lab import Faults, RollbackFault
from mlagkit.push.back import Stand, Standing
from mlagkit.push.consent import Ask
from mlagkit.push.engine import Outcome
from mlagkit.push.errand import Terms
from mlagkit.push.journal import Line
from mlagkit.push.refusals import UNPROVEN, Refusal
from mlagkit.pushing import Office, push_pair, resume_run, roll_back_run
from mlagkit.report.paint import colored, plain
from mlagkit.report.push import Teller, accepted_text, outcome_text, refused_text
from tests.conftest import ROOT, Golden
from tests.push_pair import DirectConsole, Killed, Kind, Pushed, Trouble

GOLDEN = Path(__file__).parent / "fixtures" / "push"
RUN = "20261123-120000-abcd"
BEFORE = """\
pair: dc1
switches:
  leaf-101: {management: 192.0.2.101/24, role_priority: 8192}
  leaf-102: {management: 192.0.2.102/24, role_priority: 16384}
domain: {id: 101, peer_switch: true, peer_gateway: true, auto_recovery: true}
keepalive: {vrf: management}
peer_link: {port_channel: 1, members: [Ethernet1/53, Ethernet1/54], lacp: active}
vlans: {10: web}
vpcs:
  11: {host: web-01, mode: trunk, lacp: active, vlans: 10, members: [Ethernet1/1], port_type: edge trunk}
"""
AFTER = BEFORE.replace("{10: web}", "{10: web, 20: db}").replace("vlans: 10,", "vlans: '10,20',")
OUT_OF_REACH = "192.0.2.102:22 did not answer within 10 s"


@dataclass(slots=True)
class Story:
    """A pair that is pushed to, what a reader is told, and every line of the stream."""

    pushed: Pushed
    permissions: Sequence[str] = (UNPROVEN,)
    told: str = ""
    stream: list[Line] = field(default_factory=list)
    teller: Teller = field(default_factory=lambda: Teller(plain))
    is_cut: bool = False
    ask: Ask | None = None

    @property
    def office(self) -> Office:
        """Where it is recorded."""
        pushed = self.pushed
        return pushed.pair.office(pushed.folder / "state", self._opened, pushed.world.sleep, self._heard)

    def _heard(self, line: Line) -> None:
        self.stream.append(line)
        self.told += self.teller.line(line) or ""

    def _opened(self, target: Target) -> Console:
        trouble = self.pushed.world.trouble
        if self.is_cut and trouble and trouble.hit and target.name == trouble.switch:
            raise DeviceError(target.name, OUT_OF_REACH, "check the address and the way there")
        return DirectConsole(self.pushed.world, target.name)

    def push(self) -> None:
        """A push; nothing more is told where the controller dies."""
        terms = Terms(permissions=self.permissions)
        made = self.pushed.errand, self.ask
        self.ended(lambda: push_pair(self.office, "dc1", self.pushed.pair.targets, lambda _: made, terms))

    def ended(self, work: Callable[[], Outcome]) -> None:
        """How it ends, as a reader is told."""
        try:
            outcome = work()
        except Killed:
            self.pushed.world.dead = False
        except (Refused, DeviceError) as error:
            self.told += refused_text("dc1", str(error))
        else:
            self.told += outcome_text("dc1", outcome, plain).replace(str(self.pushed.folder), "")


def well(story: Story) -> None:
    """Nothing goes wrong, and it is taken back later."""
    story.push()
    story.told += "\n"
    story.ended(lambda: roll_back_run(story.office, RUN))


def refused_line(story: Story) -> None:
    """One switch does not take a line."""
    story.pushed.pair.switches["leaf-101"].faults = Faults(refuse={"vlan 20": "ERROR: VLAN 20 is reserved"})
    story.push()


def no_way_back(story: Story) -> None:
    """One switch takes neither a line nor a rollback, and its timer does not help."""
    faults = Faults(refuse={"name db": "ERROR: Operation failed"}, rollback=RollbackFault.TEXT)
    story.pushed.pair.switches["leaf-102"].faults = faults
    story.push()


def out_of_reach(story: Story) -> None:
    """The way to one switch is lost in the middle, for longer than its timer takes."""
    story.pushed.world.trouble = Trouble("leaf-102", 31, Kind.DROP_BEFORE)
    story.is_cut = True
    story.push()


def controller_dies(story: Story) -> None:
    """The process dies in the middle, and somebody goes on with its run."""
    story.pushed.world.trouble = Trouble("leaf-102", 31, Kind.KILL)
    story.push()
    story.told += "\n"
    story.ended(lambda: resume_run(story.office, RUN))


def not_saved(story: Story) -> None:
    """One switch does not save."""
    refused = {"copy running-config startup-config": "ERROR: Configuration update aborted: no space"}
    story.pushed.pair.switches["leaf-102"].faults = Faults(refuse=refused)
    story.push()


def refused(story: Story) -> None:
    """Nothing is begun: the pair is not well, and nobody has seen its timers."""
    story.pushed.pair.happen("peer-link down")
    story.permissions = ()
    story.push()


def asked(story: Story) -> None:
    """A person is shown what was allowed and says yes, and the pair has become worse meanwhile."""

    def answered(accepted: Sequence[Refusal]) -> None:
        story.told += accepted_text(accepted) + "\n"
        story.pushed.pair.happen("keepalive down")

    story.ask = answered
    story.push()


STORIES: Mapping[str, Callable[[Story], None]] = {
    story.__name__: story
    for story in (*(well, refused_line, no_way_back, out_of_reach, controller_dies, not_saved, refused, asked),)
}


@pytest.fixture
def story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Story:
    """A pair, and a run whose name is known."""
    monkeypatch.setattr("mlagkit.pushing.secrets.token_hex", lambda _: "abcd")
    monkeypatch.setattr("mlagkit.push.journal.os.fsync", lambda _: None)  # nobody pulls the plug of a test
    return Story(Pushed.of(BEFORE, AFTER, tmp_path))


@pytest.mark.parametrize("name", STORIES)
def test_text(name: str, story: Story, golden: Golden) -> None:
    """What a reader is told is the expected file, and fits into a wide terminal."""
    STORIES[name](story)
    golden(GOLDEN / f"{name.replace('_', '-')}.txt", story.told)
    assert max(map(len, story.told.splitlines())) <= 140


@pytest.mark.parametrize("name", ["well", "refused_line", "refused"])
def test_stream(name: str, story: Story) -> None:
    """Every line is an object of its own that says whose it is, and the last one has the result."""
    STORIES[name](story)
    for line in story.stream:
        assert json.loads(json.dumps(line)) == line
        assert (line["format"], line["pair"], line["run"]) == ("mlagkit.push/1", "dc1", RUN)
        assert set(line) >= {"event", "time", "number", "previous"}
    results = [line["result"] for line in story.stream if line["event"] == "end"]
    assert results == {"well": ["done", "taken back"], "refused_line": ["taken back"], "refused": ["refused"]}[name]
    sent = [line for line in story.stream if line["event"] in ("type", "send")]
    assert bool(sent) == (name != "refused")


def test_the_page_shows_such_texts() -> None:
    """What docs/push.md shows of pushes that go wrong is a part of what they say here."""
    shown = re.findall(r"^```text\n(.*?)^```$", (ROOT / "docs" / "push.md").read_text("utf-8"), re.M | re.S)
    real = [file.read_text("utf-8") for file in GOLDEN.glob("*.txt")]
    assert len(shown) == 2
    for text in shown:
        assert any(text in each for each in real), text


def test_not_told_again() -> None:
    """What is tried or waited for again is told once in a while, for each pair and switch."""
    teller = Teller(plain, many=True)
    line = {"event": "wait", "pair": "dc1", "switch": "a", "seconds": 600, "misses": "x"}
    told = [
        teller.line({**line, "time": f"2026-11-23T12:0{minute}:{second}+00:00"})
        for minute, second in ((0, "00"), (0, "59"), (1, "00"))
    ]
    assert [bool(each) for each in told] == [True, False, True]
    for change in ({"pair": "dc2"}, {"switch": "b"}, {"misses": "y"}, {"event": "fault", "what": "z"}):
        assert teller.line({**line, "time": "2026-11-23T12:01:01+00:00", **change})
    assert teller.line(line) == teller.line(line)  # without a time nothing is left out


@pytest.mark.parametrize(("level", "word"), [("timer", "by itself"), ("checkpoint", "NO TIMER"), ("none", "undo")])
def test_levels(level: str, word: str) -> None:
    """What a safety level means is said with it."""
    assert word in (Teller(plain).line({"event": "level", "level": level}) or "")


def test_many_pairs_are_named() -> None:
    """Of several pairs each line names its own."""
    line = {"event": "save", "pair": "dc1", "switch": "leaf-101", "time": "2026-11-23T12:00:00+00:00"}
    assert Teller(plain, many=True).line(line) == "12:00:00  dc1           leaf-101      saving\n"
    assert Teller(plain).line(line) == "12:00:00  leaf-101      saving\n"


def test_other_ends() -> None:
    """Nothing to do; not as well as before; not recorded."""
    both = {"a": Stand(Standing.NEW), "b": Stand(Standing.NEW)}
    assert outcome_text("dc1", Outcome(both, idle=True), plain) == "dc1: nothing has to change on either switch\n"
    old = Outcome(dict.fromkeys("ab", Stand(Standing.OLD)), "a: no", amiss=["a: vPC 11: down"], unrecorded="disk full")
    text = outcome_text("dc1", old, plain)
    assert "the pair is not as well as before: a: vPC 11: down" in text
    assert "a part of it is not in the journal: disk full" in text


def test_what_is_left_to_do_is_no_good_end() -> None:
    """Both as planned, or both as before, is not the end while something of the run is on a switch."""
    for standing in (Standing.NEW, Standing.OLD):
        done = Outcome({"a": Stand(standing), "b": Stand(standing, ("it is armed",))}, "b: no", run=RUN, journal="/j")
        assert not done.is_done
        assert not done.is_taken_back
        assert "NOT FINISHED" in outcome_text("dc1", done, plain)
        assert "    it is armed" in outcome_text("dc1", done, plain)


def test_color_changes_nothing_but_colors(story: Story) -> None:
    """The colored text without its escapes is the plain one."""
    story.teller = Teller(colored)
    STORIES["refused_line"](story)
    golden = (GOLDEN / "refused-line.txt").read_text("utf-8")
    assert "\x1b[31mfault" in story.told
    assert re.sub(r"\x1b\[\d+m", "", story.told) == golden


def test_control_characters_are_shown_as_escapes() -> None:
    """A switch can't write to the terminal with what it answers."""
    spoiled = "\x1b[2J\x9b"
    text = Teller(plain).line({"event": "fault", "switch": spoiled, "what": spoiled}) or ""
    stands = {spoiled: Stand(Standing.UNKNOWN, (spoiled,))}
    text += outcome_text(spoiled, Outcome(stands, spoiled, spoiled, [spoiled], journal=spoiled), plain)
    text += refused_text(spoiled, spoiled)
    assert "\x1b" not in text
    assert "\x9b" not in text
