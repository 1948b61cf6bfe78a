"""What a switch's answer to a configuration command means: what is not known to be harmless stops a push.

A switch that takes a line says nothing, as a rule. What it says all the same is judged against a table of
notes, each with the commands that it may follow and the place where a switch was seen to print it; words that
stand nowhere in that table are never harmless, whether they are known as a refusal or not (trust.md, P11).
Line ends, indents and where a terminal wraps are not part of a text, so texts are compared word by word.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from enum import StrEnum

from mlagkit.nxos.redact import MASK, redact, with_secrets


class Meaning(StrEnum):
    """What an answer is."""

    HARMLESS = "harmless"
    REFUSED = "refused"
    ASKS = "asks"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an answer means, and the words of the switch that say so: those of a harmless one are left out."""

    meaning: Meaning
    words: str = ""

    @property
    def stops(self) -> bool:
        """Whether a push ends here."""
        return self.meaning is not Meaning.HARMLESS


@dataclass(frozen=True, slots=True)
class Note:
    """A text that changes nothing about what its commands did; ``{...}`` is one of the slots below."""

    commands: tuple[str, ...]
    text: str
    source: str


_SLOTS = {
    "{dots}": r"\.{0,200}",
    "{interface}": r"[A-Za-z][A-Za-z-]{1,19}\d{1,4}(?:[/.]\d{1,4}){0,3}",
    "{log}": r"\d{4} [A-Z][a-z]{2} \d{1,2} \d\d:\d\d:\d\d(?: [\w.-]{1,63})? %\$ VDC-\d{1,2} %\$",
    "{progress}": r"\[#{0,60} ?\] ?\d{1,3}%",
}
"""What may stand in the place of a slot; each is bounded, so that no text takes long."""

_EDGE = (
    "Edge port type (portfast) should only be enabled on ports connected to a single host. Connecting hubs,"
    " concentrators, switches, bridges, etc... to this interface when edge port type (portfast) is enabled, can"
    " cause temporary bridging loops. Use with CAUTION"
)
_SET_EDGE = ("spanning-tree port type edge",)
_PEER_LINK = ("vpc peer-link",)
_SAVE = ("copy running-config startup-config",)

NOTES: tuple[Note, ...] = (
    Note(_SET_EDGE, _EDGE, "github.com/ansible/ansible/issues/37936, 7.0(3)I7(2)"),
    Note(_SET_EDGE, "Warning: " + _EDGE, "github.com/ansible/ansible/issues/50635, 7.3(1)N1(1)"),
    Note(
        _SET_EDGE,
        "Edge Port Type (Portfast) has been configured on {interface} but will only have effect when the interface is"
        " in a non-trunking mode.",
        "transcript of an N9K, text index id 43455424422",
    ),
    Note(
        _PEER_LINK,
        "Warning: Bridge Assurance MUST be enabled at the remotely connected interface",
        "Ales999/otus-labs Data-Center-Network-Ddesign-Course/lab-7/README.md line 325",
    ),
    Note(
        _PEER_LINK,
        "{log} %STP-2-BRIDGE_ASSURANCE_WARNING: Bridge Assurance MUST be enabled at the remotely connected interface",
        "transcript, text index id 43507116626",
    ),
    Note(
        _PEER_LINK,
        '{log} stp: Please note that spanning tree port type is changed to "network" port type on vPC peer-link. This'
        " will enable spanning tree Bridge Assurance on vPC peer-link provided the STP Bridge Assurance (which is"
        " enabled by default) is not disabled.",
        "MarkovD/TrainingNexus LAB01/LAB01_instruction.md line 395",
    ),
    Note(
        ("vpc domain",),
        "{log} %STP-2-VPC_PEERSWITCH_CONFIG_DISABLED: vPC peer-switch configuration is disabled. Please make sure to"
        ' change spanning tree "bridge" priority as per the recommended guidelines.',
        "MarkovD/TrainingNexus LAB01/LAB01_instruction.md line 333",
    ),
    Note(
        ("peer-switch",),
        "{log} %STP-2-VPC_PEERSWITCH_CONFIG_ENABLED: vPC peer-switch configuration is enabled. Please make sure to"
        ' configure spanning tree "bridge" priority as per recommended guidelines to make vPC peer-switch operational.',
        "Ales999/otus-labs Data-Center-Network-Ddesign-Course/lab-5/README.md, text index id 35365598108",
    ),
    Note(
        ("role priority",),
        'Note: Change will take effect after user has: 1. Triggered "vpc role preempt" (non-disruptive - no traffic'
        " loss on STP root switch) OR 2. Re-initd the vPC peer-link (disruptive) Warning: !!:: vPCs will be flapped on"
        " current primary vPC switch while attempting option 2 ::!!",
        "Ales999/otus-labs Data-Center-Network-Ddesign-Course/lab-5/README.md line 660",
    ),
    Note(
        ("vrf member",),
        "Warning: Deleted all L3 config on interface {interface}",
        "MarkovD/TrainingNexus LAB01/LAB01_instruction.md line 233; Ales999/otus-labs lab-8/README.md line 289",
    ),
    Note(
        ("vrf member",),
        "% Deleted all L3 config on interface {interface}",
        "comment in a client of NX-OS, text index id 17064574404",
    ),
    Note(
        ("no lacp suspend-individual",),
        "Warning: !! Disable lacp suspend-individual only on port-channel with edge ports. Disabling this on network"
        " port port-channel could lead to loops.!",
        "github.com/ansible/ansible/issues/50635, 7.3(1)N1(1)",
    ),
    Note(
        ("hardware access-list tcam region",),
        "Warning: Please save config and reload the system for the configuration to take effect",
        "transcript, text index id 52065658676",
    ),
    Note(
        ("timers",),
        "% ISSU will be affected if hold time is less than system switchover time (8 seconds)",
        "github.com/ansible-collections/cisco.nxos/issues/82",
    ),
    Note(
        ("configure terminal",),
        "Enter configuration commands, one per line. End with CNTL/Z.",
        "github.com/ansible/ansible/pull/43222",
    ),
    Note(
        ("checkpoint",),
        "{dots}Done",
        "transcript of an N5K, text index id 27443885038; with dots learnduty.com, as in mlagkit.nxos.lab.texts",
    ),
    Note(_SAVE, "{progress}", "scrapli/scrapli_cfg, recorded sessions of cisco_nxos"),
    Note(_SAVE, "Copy complete, now saving to disk (please wait)...", "scrapli/scrapli_cfg, the same"),
    Note(_SAVE, "Copy complete.", "scrapli/scrapli_cfg, the same"),
)
"""Every text that a switch may print without stopping a push."""

_REFUSES = (
    *("%", "error", "syntax error", "invalid ", "illegal ", "command failed", "cmd exec error", "cannot ", "unable "),
    *("permission denied", "feature not supported", "duplicate ", "warning: password should", "please configure "),
)
"""How a line begins that refuses, in small letters."""
_REFUSES_ANYWHERE = (
    *("at '^' marker", "not allowed", "not permitted", "not supported", "not capable", "not present", "not part of"),
    *("command failed", " failed", "port not compatible", "does not match", "does not exist", "doesn t support"),
    *("delete in progress", "not created using"),
)

# A question is the last thing on the screen; the answer that counts if nothing is typed may stand behind it.
_QUESTION = re.compile(r"[(\[](?:y|yes)/(?:n|no)(?:/[a-z]{1,10})?[)\]][ ?]{0,4}(?:\[[a-z]{1,10}\])?[ ?:]{0,4}\Z", re.I)
_PROMPT = r"[\w.-]{1,63}(?:\([\w-]{1,40}\))?[#>]"
# Escapes, backspaces and the like mean that a terminal was not quiet: nothing is known of what it shows.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f]")
_WORDS = 300


def verdict_on(command: str, answer: str) -> Verdict:
    """What ``answer`` means after ``command``, with or without its echo and the prompts around it.

    The words of the switch come without the secrets of the command, and not longer than is good to read.
    """
    lines = _without_frame(command, [_words(line) for line in re.split(r"[\r\n]+", answer)])
    said = " ".join(lines)
    if _CONTROL.search(answer):
        return Verdict(Meaning.UNKNOWN, _readable(command, _CONTROL.sub("?", said)))
    if _only_notes(command, said):
        return Verdict(Meaning.HARMLESS)
    refusal = next((line for line in lines if _refuses(line)), None)
    if refusal:
        return Verdict(Meaning.REFUSED, _readable(command, refusal))
    return Verdict(Meaning.ASKS if asks(said) else Meaning.UNKNOWN, _readable(command, said))


def asks(answer: str) -> bool:
    """Whether the switch waits for a word at the end of that text."""
    return _QUESTION.search(answer[-80:].rstrip()) is not None


def _without_frame(command: str, lines: list[str]) -> list[str]:
    """The lines that say something: neither the command again, nor the prompt in front of it and at the end."""
    lines = [line for line in lines if line]
    echo = _words(command)
    if lines and echo and lines[0].endswith(echo) and _is_prompt(lines[0].removesuffix(echo).rstrip()):
        lines = lines[1:]
    return lines[:-1] if lines and lines[-1] and _is_prompt(lines[-1]) else lines


def _words(text: str) -> str:
    """That line with one blank between its words; other white space than blanks and tabs is a part of a word."""
    return re.sub(r"[ \t]+", " ", text).strip(" ")


def _is_prompt(text: str) -> bool:
    return not text or re.fullmatch(_PROMPT, text) is not None


def _only_notes(command: str, said: str) -> bool:
    """Whether that text is made of notes that may follow this command, one behind the other, and of nothing else."""
    line = _words(command) + " "
    notes = [pattern for start, pattern in _patterns() if line.startswith(start)]
    at = 0
    while at < len(said):
        ends = (match.end() for pattern in notes if (match := pattern.match(said, at)))
        at = max(ends, default=-1)
        if at < 0:
            return False
    return True


@functools.cache  # a push without a word from the switch needs none of them
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The beginning of a command with a blank behind it, and a note that may follow it."""
    return tuple((f"{start} ", _pattern(note.text)) for note in NOTES for start in note.commands)


def _pattern(text: str) -> re.Pattern[str]:
    """That text word by word, with what its slots allow, up to the next word."""
    parts = re.split(r"(\{\w+\})", text)
    return re.compile("".join(_SLOTS.get(part) or re.escape(part) for part in parts) + r"(?: |\Z)")


def _refuses(line: str) -> bool:
    low = line.lower()
    return low.startswith(_REFUSES) or any(words in low for words in _REFUSES_ANYWHERE)


def without_secrets(command: str, text: str) -> str:
    """What was answered to a command without the secrets that the command holds, and those of any line in it."""
    secrets: set[str] = set()

    def told(_: str, secret: str) -> str:
        secrets.add(secret.strip('"'))
        return MASK

    with_secrets(command, told)
    for secret in sorted(secrets - {""}, key=len, reverse=True):
        text = text.replace(secret, MASK)
    return "\n".join(map(redact, text.split("\n")))


def _readable(command: str, words: str) -> str:
    """These words without secrets, a few hundred characters of them."""
    words = without_secrets(command, words)
    return words if len(words) <= _WORDS else words[: _WORDS - 1] + "…"
