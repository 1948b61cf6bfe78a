"""What a switch may be asked, and how an answer that is not the whole running-config is told from one that is."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from mlagkit.nxos.parse import parse
from mlagkit.nxos.reply import Show, ShowLeg, defect, question, refusal, without_stamps
from mlagkit.nxos.running import hostname
from mlagkit.values import InterfaceName

CONFIG = """\
!Command: show running-config
!Running configuration last done at: Mon Nov 23 09:00:00 2026
!Time: Mon Nov 23 10:00:00 2026

version 10.3(5) Bios:version 05.47
hostname leaf-101
banner motd ^
leaf-102# is next door
Stop#
^
vlan 1,10
vlan 10
  name web

interface Ethernet1/1
  description uplink # 1 (leaf-101#)
line vty
"""


def test_only_shows() -> None:
    """Every command that reading can send only shows something, and none has a pipe, a redirection or a second line."""
    assert {command for command in Show if not command.startswith("show ")} == {"dir bootflash:"}
    assert not any(sign in command for command in Show for sign in "|>;\n")


def test_show_leg() -> None:
    """The one command with a name in it holds a name of an interface, in the form of NX-OS, and nothing else."""
    command = ShowLeg(InterfaceName("Po11"))
    assert command.value == command == "show vpc consistency-parameters interface port-channel11"
    assert question(command).value == command.value
    for text in ("port-channel11 | no-more", "port-channel11\nreload", ""):
        with pytest.raises(ValueError, match="no interface name"):
            ShowLeg(InterfaceName(text))
    with pytest.raises(ValueError, match="is not a valid Show"):
        question(command.value)  # type: ignore[arg-type]  # a caller that cheats


def test_whole_config() -> None:
    """A whole running-config has no defect, whatever its banner and descriptions say."""
    assert defect(CONFIG, "leaf-101") is None


def test_corpus_config(corpus_config: Path) -> None:
    """A real dump has a defect only where its prompts were copied with it, or where its end was cut away."""
    text = corpus_config.read_bytes().decode("utf-8", "surrogateescape")
    said = hostname(parse(text))
    reason = defect(text, said[0] if said else "none")
    assert reason is None or "is a prompt" in reason or "ends inside this line" in reason or "no end" in reason, reason


@pytest.mark.parametrize(
    "seam",
    [
        "leaf-101#",
        "leaf-101# ",
        "leaf-101# show running-config",
        "leaf-101(config)#",
        "leaf-101(config-if)# shutdown",
        "leaf-101>",
        "leaf-102# show vlan",
        "leaf-102#sh run",
        "other.example.net#",
    ],
)
def test_prompts(seam: str) -> None:
    """A line that looks like a prompt is a defect between any two lines; in a banner, if it is the switch's own."""
    lines = CONFIG.splitlines(keepends=True)
    for at in range(len(lines) + 1):
        reason = defect("".join([*lines[:at], f"{seam}\n", *lines[at:]]), "leaf-101")
        in_banner = "".join(lines[:at]).count("^") == 1
        assert reason or (in_banner and not seam.startswith("leaf-101")), (at, seam)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "none of NX-OS"),
        ("\n\n", "none of NX-OS"),
        ("% Permission denied for the role\n", "it answered '% Permission denied for the role'"),
        ("hello\n", "none of NX-OS"),
        ("<html>busy</html>\n", "none of NX-OS"),
        (CONFIG + CONFIG, "more than one answer"),
        (CONFIG.replace("web", "w\x1b[0meb"), "control characters"),
        (CONFIG.replace("web", "w\x01eb"), "control characters"),
        (CONFIG[: CONFIG.index("Stop")], "no end"),
        (CONFIG[:-4], "ends inside this line"),
    ],
)
def test_defects(text: str, reason: str) -> None:
    """An empty, refused, foreign, doubled, damaged or cut answer says what is wrong with it."""
    assert reason in (defect(text, "leaf-101") or "")


def test_cut_inside_a_line() -> None:
    """A running-config cut anywhere but between two lines has a defect."""
    for end in range(1, len(CONFIG)):
        text = CONFIG[:end]
        last = text[text.rfind("\n") + 1 :]
        # What is left of a comment or a line of blanks can't be told from a whole one; the transport notices it.
        if last.strip() and not last.startswith("!"):
            assert defect(text, "leaf-101"), end


def test_stamps() -> None:
    """Two dumps of one configuration are equal once the time of the dump is gone; a changed line still tells."""
    later = CONFIG.replace("10:00:00", "10:00:07").replace("09:00:00", "09:30:00")
    assert without_stamps(later) == without_stamps(CONFIG)
    assert without_stamps(CONFIG.replace("web", "wed")) != without_stamps(CONFIG)
    assert "version 10.3(5)" in without_stamps(CONFIG)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("% Invalid command at '^' marker.\n", "% Invalid command at '^' marker."),
        ("\n  ^\n% Incomplete command\n", "% Incomplete command"),
        ("Syntax error while parsing 'show x'\n", "Syntax error while parsing 'show x'"),
        ("\nleaf-101 \n", None),
        (CONFIG, None),
    ],
)
def test_refusals(answer: str, said: str | None) -> None:
    """An answer that opens with an error is a refusal; one that shows something is not."""
    assert refusal(answer) == said


def test_huge_lines() -> None:
    """A line of 100 kB, or a million short ones, is looked through in a moment."""
    begun = time.monotonic()
    assert defect(f"hostname leaf-101\nvlan 10\n  name {'x' * 100_000}\n", "leaf-101") is None
    assert defect("leaf-101" * 15_000 + "\nhostname leaf-101\n", "leaf-101") is None
    assert defect("hostname leaf-101\n" + "vlan 10\n" * 200_000, "leaf-101") is None
    assert time.monotonic() - begun < 5
