"""An answer to a configuration command stops a push unless a switch is known to print it without harm."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from mlagkit.nxos.answer import NOTES, Meaning, Verdict, verdict_on
from mlagkit.nxos.lab import texts

FIXTURES = Path(__file__).parent / "fixtures" / "nxos"
Row = Mapping[str, str]
REFUSALS: list[Row] = yaml.safe_load((FIXTURES / "refusals.yaml").read_text("utf-8"))
ANSWERS: Mapping[str, list[Row]] = yaml.safe_load((FIXTURES / "answers.yaml").read_text("utf-8"))
HARMLESS, ASKS = ANSWERS["harmless"], ANSWERS["asks"]

# Every command that a note belongs to, and one of each kind that a plan is made of.
COMMANDS = sorted(
    {row["command"] for row in HARMLESS}
    | {row["command"] for row in ASKS}
    | {
        *("interface port-channel10", "vlan 10,20-30", "name web", "no vlan 20", "feature vpc", "no feature hsrp"),
        *("switchport mode trunk", "switchport trunk allowed vlan add 40", "channel-group 10 mode active", "vpc 10"),
        *("mtu 9216", "no shutdown", "shutdown", "description uplink", "ip address 10.0.0.1/31", "no vpc domain 10"),
        *("system jumbomtu 9216", "spanning-tree mst configuration", "instance 1 vlan 10-20", "exit", "hsrp 10"),
        *("peer-keepalive destination 192.0.2.2", "auto-recovery", "delay restore 150", "no peer-switch", "end"),
        *("username ops password 5 $5$a$b role network-operator", "snmp-server community private ro", "hostname leaf"),
    }
)
TEXTS = [row["text"] for row in REFUSALS]

# What frames an answer on a terminal: nothing, the echo, the caret below it, the prompt at its end.
FRAMES = (
    "{text}",
    "\r\n{text}\r\n",
    "{command}\r\r\n{text}\r\n\rleaf-101(config-if)# ",
    "leaf-101(config)# {command}\n                  ^\n{text}\nleaf-101(config)#",
)


def start_of(command: str) -> str:
    """The beginning of a command that the table has notes for."""
    return next(start for note in NOTES for start in note.commands if f"{command} ".startswith(f"{start} "))


@pytest.mark.parametrize("row", HARMLESS, ids=lambda row: row["command"])
@pytest.mark.parametrize("frame", FRAMES[:3], ids=["bare", "lines", "terminal"])
def test_harmless(row: Row, frame: str) -> None:
    """Each note is harmless behind its command, however the terminal frames it and wherever it wraps."""
    answer = row["answer"].removeprefix(row["command"])
    assert verdict_on(row["command"], frame.format(command=row["command"], text=answer)) == Verdict(Meaning.HARMLESS)
    wrapped = re.sub(r" +", "\r\n ", answer)
    assert not verdict_on(row["command"], wrapped).stops


@pytest.mark.parametrize("row", HARMLESS, ids=lambda row: row["command"])
def test_harmless_only_there(row: Row) -> None:
    """Behind any other kind of command the same note stops the push."""
    start = start_of(row["command"])
    for command in COMMANDS:
        if not command.startswith(start):
            assert verdict_on(command, row["answer"].removeprefix(row["command"])).stops, command


def test_longer_words() -> None:
    """A command that only begins like one of the table's is another."""
    for row in HARMLESS:
        assert verdict_on(f"{start_of(row['command'])}x", row["answer"].removeprefix(row["command"])).stops


def test_every_note_has_its_witness() -> None:
    """No note stands in the table without a source, and none without an answer of a switch that needs it."""
    assert all(note.source and note.commands for note in NOTES)
    seen = {" ".join(row["answer"].split()) for row in HARMLESS}
    for note in NOTES:
        parts = [part.strip() for part in re.split(r"\{\w+\}", note.text) if part.strip()]
        assert any(all(part in answer for part in parts) for answer in seen), note.text


@pytest.mark.parametrize("command", COMMANDS)
def test_silence(command: str) -> None:
    """Nothing, white space, the echo and the prompt mean that the switch took the line."""
    for answer in ("", "\r\n", " \r\r\n\n", command, f"{command}\r\r\n", f"leaf-101(config)# {command}\nleaf-101# "):
        assert verdict_on(command, answer) == Verdict(Meaning.HARMLESS)


def test_number_of_refusals() -> None:
    """The lines that refuse are at least sixty (trust.md, P11), no two of them equal, each with its source."""
    assert len(set(TEXTS)) == len(TEXTS) >= 60
    assert all(row["source"] for row in REFUSALS)


@pytest.mark.parametrize("row", REFUSALS, ids=lambda row: row["text"][:60])
def test_refusal(row: Row) -> None:
    """Each stops the push after every kind of command, in any frame, and beside any note."""
    for command in (*COMMANDS, row.get("command", "vlan 10")):
        for frame in FRAMES:
            verdict = verdict_on(command, frame.format(command=command, text=row["text"]))
            assert verdict.meaning in (Meaning.REFUSED, Meaning.UNKNOWN), (command, frame)
            assert verdict.words
    for harmless in HARMLESS:
        assert verdict_on(harmless["command"], f"{harmless['answer']}\n{row['text']}").stops
        assert verdict_on(harmless["command"], f"{row['text']}\n{harmless['answer']}").stops


def test_most_refusals_are_known() -> None:
    """A refusal is told from words that nobody knows, with the line that says it and not the caret above it."""
    known = [text for text in TEXTS if verdict_on("vlan 10", f"     ^\n{text}\n").meaning is Meaning.REFUSED]
    assert len(known) >= 0.9 * len(TEXTS)
    assert verdict_on("vlan 10", "     ^\n% Invalid command at '^' marker.").words == "% Invalid command at '^' marker."


@pytest.mark.parametrize("row", ASKS, ids=lambda row: row["command"])
def test_question(row: Row) -> None:
    """A question that waits for an answer is one; answered or cut before its end it is unknown."""
    for command in COMMANDS:
        assert verdict_on(command, f"\r\n{row['answer']}").meaning is Meaning.ASKS
    assert verdict_on(row["command"], f"{row['answer']} y\nDone").meaning is Meaning.UNKNOWN
    assert verdict_on(row["command"], row["answer"][:20]).stops


@pytest.mark.parametrize(
    "answer", ["hello", "null", "^", "OK", "ok", "1", "Warning:", "{}", "<html>", "\x1b[0m", "\x07"]
)
def test_unknown(answer: str) -> None:
    """What nobody knows is never harmless, however short it is."""
    for command in COMMANDS:
        assert verdict_on(command, answer).meaning is Meaning.UNKNOWN


def test_texts_of_the_lab() -> None:
    """What the emulated switch prints is judged as what it stands for."""
    assert not verdict_on("copy running-config startup-config", texts.COPIED).stops
    assert not verdict_on("configure terminal", texts.ENTER).stops
    assert not verdict_on("checkpoint before-push", texts.MADE).stops
    for text in (texts.INVALID, texts.INVALID_NXAPI, texts.INCOMPLETE, texts.AMBIGUOUS, texts.BAD_RANGE):
        assert verdict_on("vlan 10", text).meaning is Meaning.REFUSED
    assert verdict_on("mtu 1", texts.OUT_OF_RANGE.format(1500, 9216)).meaning is Meaning.REFUSED
    assert verdict_on("channel-group 10", texts.INCOMPATIBLE.format("speed")).meaning is Meaning.REFUSED
    assert verdict_on("peer-gateway", texts.ASK_GATEWAY).meaning is Meaning.ASKS
    assert verdict_on("vpc domain 11", texts.ASK_DOMAIN).meaning is Meaning.ASKS


def test_another_echo() -> None:
    """The echo of another command, or of a part of this one, is none."""
    for answer in ("vlan 100", "vlan 1", "leaf(config)# vlan 100", "vlan 10\nvlan 10", "xvlan 10", "leaf# x vlan 10"):
        assert verdict_on("vlan 10", answer).stops


def test_control_characters() -> None:
    """A note with an escape or a backspace in it is not the note: a terminal may show something else."""
    for sign in "\x00\x08\x0b\x1b\x7f\x85":
        note = f"Copy complete.{sign}"
        assert verdict_on("copy running-config startup-config", note).meaning is Meaning.UNKNOWN
    assert verdict_on("copy running-config startup-config", "Copy\u2028complete.").stops
    assert verdict_on("vlan 10", "\x1b[31mERROR: no\x07").words == "?[31mERROR: no?"


def test_words_without_secrets() -> None:
    """What is said of an answer holds neither a secret of the command nor one that the switch adds."""
    command = "username ops password 0 Hunter2Hunter2 role network-operator"
    for answer in (
        "% Invalid password Hunter2Hunter2 at '^' marker.",
        "saw Hunter2Hunter2",
        "Hunter2Hunter2 (y/n)? [n]",
    ):
        verdict = verdict_on(command, answer)
        assert verdict.stops
        assert "Hunter2" not in verdict.words
    assert "s3cret" not in verdict_on("end", "snmp-server community s3cret group network-operator").words


def test_words_are_short() -> None:
    """A long answer is cut, the secrets in it masked before."""
    assert len(verdict_on("vlan 10", "word " * 10_000).words) <= 300


anything = st.text(st.characters(codec="utf-8"), max_size=60)


@given(st.sampled_from(COMMANDS), anything, st.sampled_from(TEXTS), anything)
def test_no_refusal_is_harmless(command: str, before: str, text: str, behind: str) -> None:
    """Whatever stands around a refusal, the answer stops the push."""
    assert verdict_on(command, before + text + behind).stops
    assert verdict_on(command, f"{before}\n{text}\n{behind}").stops


@given(st.sampled_from(COMMANDS), anything)
def test_no_unknown_is_harmless(command: str, answer: str) -> None:
    """Text is harmless only where it is white space, the echo or a prompt."""
    framed = re.compile(r"[ \t\r\n]*(?:[\w.-]+(?:\([\w-]+\))?[#>][ \t]*)?[ \t\r\n]*")
    if not framed.fullmatch(answer) and answer.strip() != command:
        assert verdict_on(command, answer).stops


@given(st.sampled_from(HARMLESS), st.data())
def test_no_damaged_note_is_harmless(row: Row, data: st.DataObject) -> None:
    """A note that lacks a letter, or has one more, is not the note."""
    answer = row["answer"].removeprefix(row["command"]).strip()
    at = data.draw(st.integers(0, len(answer) - 1))
    more = answer[:at] + data.draw(st.sampled_from("xQ%!")) + answer[at:]
    less = answer[:at] + answer[at + 1 :]
    variable = re.compile(r"\.\.|Ethernet|Vlan|VDC|\d|#|%\$|switch|N7K|Leaf")
    near = answer[max(0, at - 10) : at + 10]
    if not variable.search(near) and answer[at] not in " \n":
        assert verdict_on(row["command"], more).stops
        assert verdict_on(row["command"], less).stops


@pytest.mark.parametrize(
    "piece", ["x", " ", "% ", "[#", "] 1%", "Copy complete. ", "(y/n)? [", "a#", "^", "y/", "Edge "]
)
@pytest.mark.parametrize("command", ["copy running-config startup-config", "vlan 10", "spanning-tree port type edge"])
def test_long_lines(command: str, piece: str) -> None:
    """A line of 100 kB, or that many short ones, is judged in a moment."""
    begun = time.monotonic()
    for text in (piece * (100_000 // len(piece)), f"{piece}\n" * (100_000 // len(piece))):
        verdict_on(command, text)
        verdict_on(command + " " + piece * 1000, text)
    assert time.monotonic() - begun < 5
