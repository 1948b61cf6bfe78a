"""The keywords of exec mode, and what their abbreviations mean."""

from __future__ import annotations

from collections.abc import Sequence

_Tree = dict[str, "_Tree"]


def _tree(*commands: str) -> _Tree:
    """The keywords of commands as a tree; a word that may be anything ends a branch."""
    tree: _Tree = {}
    for command in commands:
        at = tree
        for word in command.split():
            at = at.setdefault(word, {})
    return tree


KEYWORDS = _tree(
    "configure terminal",
    "configure replace commit",
    "show running-config all",
    "show running-config vpc",
    "show startup-config",
    "show version",
    "show inventory",
    "show hostname",
    "show hosts",
    "show hardware",
    "show vlan",
    "show vrf",
    "show interface status",
    "show vpc",
    "show port-channel summary",
    "show lldp neighbors",
    "show checkpoint summary",
    "show clock",
    "show configuration session summary",
    "show diff rollback-patch",
    "show file",
    "show scheduler job",
    "show scheduler logfile",
    "show scheduler schedule",
    "terminal dont-ask",
    "terminal length",
    "terminal width",
    "terminal session-timeout",
    "copy running-config startup-config",
    "end",
    "exit",
    "checkpoint description",
    "checkpoint file",
    "rollback running-config checkpoint",
    "rollback running-config file",
    "clear checkpoint database",
    "clear scheduler logfile",
    "dir",
    "delete",
    "write erase",
    "reload",
)
"""Only what the lab carries out; a word behind them is taken as it stands."""


def verb(word: str) -> str:
    """The command that an abbreviation of two letters or more means; nothing where it means none or several."""
    found = [each for each in KEYWORDS if each == word or (len(word) > 1 and each.startswith(word))]
    return word if word in found else found[0] if len(found) == 1 else ""


def spelled(words: Sequence[str]) -> list[str]:
    """The words of a command with its abbreviations written out, as far as keywords go.

    Where several begin with a word the first of the table is meant.
    """
    at, done = KEYWORDS, list(words)
    for number, word in enumerate(done):
        first = verb(word) if number == 0 else ""
        found = [each for each in at if each.startswith(word)] if number else [first] if first else []
        if not found:
            break
        done[number] = word if word in found else found[0]
        at = at[done[number]]
    return done


EXCLUSIVE = ("checkpoint", "rollback", "copy running-config startup-config", "configure replace")
"""What one login at a time may do ("Configuring Rollback", N3548 guide 7.x p. 198 [certain], the last [likely])."""


def is_exclusive(command: str) -> bool:
    """Whether a command, written in full, is one of these."""
    return f"{command} ".startswith(tuple(f"{each} " for each in EXCLUSIVE))
