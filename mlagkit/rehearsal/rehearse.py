"""What can be said to a running lab, and what it answers; where the words come from is not known here."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator

from mlagkit.drill import Kind
from mlagkit.nxos.lab import Lab, LabClock
from mlagkit.nxos.lab.live import Power
from mlagkit.report.document import Document
from mlagkit.source.nearest import nearest
from mlagkit.state import KeepaliveStatus, LinkStatus, PeerStatus, SwitchState, VpcState

QUIT = "quit"
DAY = 86_400
"""Seconds that the clock is advanced by at most: every timer on the way is served."""

_WORDS = ("help", "state", "events", "clock", QUIT)
_SECONDS = re.compile(r"\+?([1-9]\d{0,5})")
_HELP = f"""\
state        how both switches fare
events       what has happened so far
clock        the time of day on the switches; clock +60 lets a minute pass at once
quit         end the lab
An event happens as soon as it is said; its return has `up` for `down`, a switch returns with `power-on <switch>`:
  {"; ".join(kind.replace("{", "<").replace("}", ">") for kind in Kind)}
"""


class Rehearsal:
    """A lab that is told what happens; several may talk to it at once."""

    def __init__(self, lab: Lab, clock: LabClock) -> None:
        self._lab = lab
        self._clock = clock
        self._advancing = threading.Lock()

    def say(self, line: str) -> str:
        """The answer to one line of a person; ValueError, and no effect, where it means nothing."""
        word, *rest = line.split() or [""]
        if word == "clock" and rest:
            return self._clock_text(self.advance(" ".join(rest)))
        if rest or word not in _WORDS:
            return self._event_text(line)
        if word == "state":
            return "\n".join([*_table(self.state()), ""])
        if word == "events":
            happened = [f"{each['time'][11:19]}  {each['words']}\n" for each in self.events()["events"]]
            return "".join(happened) or "nothing has happened\n"
        return {"help": _HELP, "clock": self._clock_text(()), QUIT: ""}[word]

    def _event_text(self, line: str) -> str:
        own = nearest(line.strip(), _WORDS)
        if own and own != line.strip():
            raise ValueError(f"{line.strip()!r} is no command; did you mean `{own}`?")
        return "".join(f"{words}\n" for words in self.happen(line)["happened"])

    def _clock_text(self, told: tuple[str, ...]) -> str:
        return "".join(f"{line}\n" for line in (f"{self._lab.now:%Y-%m-%d %H:%M:%S}", *told))

    def happen(self, words: str) -> Document:
        """Let an event happen; ValueError where the words mean none that can happen now."""
        return {"happened": list(self._lab.happen(words))}

    def events(self) -> Document:
        """What has happened, and when by the clock of the lab."""
        return {
            "events": [{"time": at.isoformat(timespec="seconds"), "words": words} for words, at in self._lab.happened]
        }

    def state(self) -> Document:
        """How both switches fare, by name: from where they take what they answer to a client."""
        told = self._lab.states()
        return {
            "time": self._lab.now.isoformat(timespec="seconds"),
            "switches": {name: _fares(switch.power, told[name]) for name, switch in self._lab.switches.items()},
        }

    def advance(self, text: str) -> tuple[str, ...]:
        """Let seconds pass (``+60``), and give what the switches did by themselves in them."""
        match = _SECONDS.fullmatch(text.strip())
        if match is None or int(match[1]) > DAY:
            raise ValueError(f"{text!r} is no number of seconds to let pass: +1 to +{DAY}")
        with self._advancing:
            known = {name: len(switch.log) for name, switch in self._lab.switches.items()}
            self._clock.advance(int(match[1]))
            self._lab.look()
            new = {name: switch.log[known[name] :] for name, switch in self._lab.switches.items()}
        return tuple(f"{name} {at:%H:%M:%S} {did}" for name, log in new.items() for at, did in log)

    def time(self) -> Document:
        """The time of day on the switches."""
        return {"time": self._lab.now.isoformat(timespec="seconds")}


def _fares(power: Power, state: SwitchState) -> Document:
    """One switch: of one that does not run, nothing else is told."""
    vpc = state.vpc
    if power is not Power.ON or not isinstance(vpc, VpcState):
        return {"power": power.value, "vpc": None}
    timer = vpc.delay_restore
    return {
        "power": power.value,
        "vpc": {
            "role": vpc.role.value,
            "peer_link": "up" if vpc.peer is PeerStatus.OK else "down",
            "keepalive": "alive" if vpc.keepalive is KeepaliveStatus.ALIVE else "dead",
            "legs": {str(leg.vpc): "up" if leg.status is LinkStatus.UP else "down" for leg in vpc.legs},
            "delay_restore": timer.left if timer else None,
        },
    }


def _table(document: Document) -> Iterator[str]:
    rows = [("switch", "power", "role", "peer-link", "keepalive", "vPCs up", "")]
    for name, told in document["switches"].items():
        rows.append((name, told["power"], *(_cells(told["vpc"]) if told["vpc"] else ("-",) * 4 + ("",))))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()


def _cells(vpc: Document) -> tuple[str, ...]:
    up = [leg for leg in vpc["legs"].values() if leg == "up"]
    left = vpc["delay_restore"]
    waits = f"{left} s of delay restore left" if left else ""
    return vpc["role"], vpc["peer_link"], vpc["keepalive"], f"{len(up)} of {len(vpc['legs'])}", waits
