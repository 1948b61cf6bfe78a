"""Who has a configuration session open on a switch: lines that somebody collects, to have them carried out at once.

A switch can't be configured from such a session and from a terminal at the same time (N9K System Management guide
10.6(x), "Session Manager"). What a switch with sessions prints has two sources: ntc-templates'
cisco_nxos_show_configuration_session_summary.raw of 2017, and a text of 2008 without its first two lines (text index
id 36308878557) [certain]; that of a switch without any has one, an N5K (text index id 27443885038) [likely]. N7K and
N5K upgrades ask for the command, and Cisco's list of N9K show commands 9.3(x) names the same columns; which release
brought it is not known. The sessions of ``configure candidate``, which N9K 10.6(3) brought, may be others: no public
text shows how they are listed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mlagkit.nxos.reply import refusal

_NONE = "There are no active configuration sessions"
_FRAME = re.compile(r"Session Manager Database:|-+|Name +Session Owner +Creation Time")
_ROW = re.compile(r"(\S+) +(\S+) +(\d\d:\d\d:\d\d \S+ [A-Z][a-z]{2} +\d{1,2} \d{4})")
_COUNT = re.compile(r"Number of active configuration sessions = (\d{1,4})")


@dataclass(frozen=True, slots=True)
class Session:
    """One that is open: its name, who opened it, and when, in the words of the switch."""

    name: str
    owner: str
    since: str


@dataclass(frozen=True, slots=True)
class Untold:
    """An answer that is no list of sessions, in the words of the switch; ``absent``: it has no such command."""

    said: str
    absent: bool = False


Sessions = Sequence[Session] | Untold
"""What a switch answers about its sessions."""


def sessions(answer: str) -> Sessions:
    """Those that are open; Untold where anything in the answer is not understood, or their number is another one."""
    lines = [line.strip() for line in answer.splitlines() if line.strip()]
    if lines == [_NONE]:
        return ()
    left = [line for line in lines if not _FRAME.fullmatch(line)]
    rows = [row for line in left if (row := _ROW.fullmatch(line))]
    count = _COUNT.fullmatch(left[-1]) if left else None
    if count and int(count[1]) == len(rows) == len(left) - 1:
        return tuple(Session(*row.groups()) for row in rows)
    said = refusal(answer)
    return Untold(said or " ".join(lines), absent=(said or "").startswith("% Invalid command"))
