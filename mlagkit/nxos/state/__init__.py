"""What a switch answers when it is asked how it is: text of a terminal or JSON of NX-API, to one value.

An answer that is not of the form that its parser knows is refused as a whole, with the command and
the first thing that was not understood; nothing is taken from it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import TypeVar

from mlagkit.errors import BrokenReply
from mlagkit.nxos.reply import Question, Show, ShowLeg, refusal
from mlagkit.nxos.state import channels, consistency, interfaces, keepalive, neighbours, orphans, role, version, vpc
from mlagkit.nxos.state.body import Json, opened
from mlagkit.nxos.state.lines import Line, Misread, meaningful
from mlagkit.state import Absent, ConsistencyState, SwitchState
from mlagkit.values import InterfaceName

__all__ = ["UNPROVEN", "Form", "Replies", "form", "read_apart", "read_state"]

Replies = Mapping[Question, str]
"""What a switch answered to each command that it was asked."""


class Form(StrEnum):
    """How an answer came, which is seen in the answer."""

    TEXT = "text"
    JSON = "JSON"


# The forms of which ../shared/corpus has no sample, or none that shows what it is asked for.
UNPROVEN: frozenset[tuple[Show, Form]] = frozenset(
    {
        (Show.VPC_CONSISTENCY_GLOBAL, Form.JSON),
        (Show.VPC_CONSISTENCY_VLANS, Form.TEXT),
        (Show.VPC_CONSISTENCY_VLANS, Form.JSON),
        (Show.VPC_ORPHAN_PORTS, Form.TEXT),
        (Show.VPC_ORPHAN_PORTS, Form.JSON),
        (Show.PORT_CHANNEL_SUMMARY, Form.JSON),
        (Show.INTERFACE_STATUS, Form.JSON),
        (Show.LLDP_NEIGHBORS, Form.JSON),
    }
)
"""The answers that are read in a documented form only: `SwitchState.unproven` names them."""


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Answers:
    """What one switch answered, and how an answer becomes a value, or the error that names it."""

    name: str
    replies: Replies

    def told(self, show: Show, text: Callable[[list[Line]], T], body: Callable[[Json], T]) -> T | None:
        """The value of an answer, None where this was not asked."""
        found = self.told_of_feature(show, text, body)
        if isinstance(found, Absent):
            raise self._broken(show.value, f"{found.value}, which every switch has")
        return found

    def told_of_feature(
        self, show: Show, text: Callable[[list[Line]], T], body: Callable[[Json], T]
    ) -> T | Absent | None:
        """The same for a command that a switch does not know without the feature that brings it."""
        reply = self.replies.get(show)
        return None if reply is None else self.read(reply, show.value, text, body)

    def read(self, reply: str, command: str, text: Callable[[list[Line]], T], body: Callable[[Json], T]) -> T | Absent:
        """An answer as a value; BrokenReply says what of it is not understood."""
        try:
            content = opened(reply)
            if isinstance(content, dict):
                return body(content)
            said = refusal(content)
            if said and said.startswith("% Invalid command"):
                return Absent.UNKNOWN_COMMAND
            if said:
                raise Misread(f"the switch refused: {said!r}")
            return text(meaningful(content, command))
        except Misread as error:
            raise self._broken(command, str(error)) from None

    def _broken(self, command: str, reason: str) -> BrokenReply:
        tried = f"the answer to {command!r} is not of a form that mlagkit knows: {reason}"
        return BrokenReply(
            self.name, tried, "nothing was taken from it; please report it with the release of the switch"
        )


def read_state(name: str, replies: Replies) -> SwitchState:
    """The state of the switch of that hostname from its answers, each the text of a terminal or the JSON of NX-API.

    What was not asked is None, and an answer to any other command is not looked at. BrokenReply where an answer is
    not understood, with the command and the first line that is not of its form.
    """
    answers = _Answers(name, replies)
    asked, of_feature = answers.told, answers.told_of_feature
    return SwitchState(
        hostname=name,
        vpc=of_feature(Show.VPC, vpc.from_text, vpc.from_body),
        role=of_feature(Show.VPC_ROLE, role.from_text, role.from_body),
        keepalive=of_feature(Show.VPC_PEER_KEEPALIVE, keepalive.from_text, keepalive.from_body),
        consistency=of_feature(Show.VPC_CONSISTENCY_GLOBAL, consistency.from_text, consistency.from_body),
        vlan_consistency=of_feature(
            Show.VPC_CONSISTENCY_VLANS, consistency.vlans_from_text, consistency.vlans_from_body
        ),
        interface_consistency=_of_legs(answers),
        orphan_ports=of_feature(Show.VPC_ORPHAN_PORTS, orphans.from_text, orphans.from_body),
        port_channels=asked(Show.PORT_CHANNEL_SUMMARY, channels.from_text, channels.from_body),
        interfaces=asked(Show.INTERFACE_STATUS, interfaces.from_text, interfaces.from_body),
        software=asked(Show.VERSION, version.from_text, version.from_body),
        neighbours=of_feature(Show.LLDP_NEIGHBORS, neighbours.from_text, neighbours.from_body),
        unproven=_unproven(replies),
    )


def read_apart(name: str, replies: Replies) -> tuple[SwitchState, Mapping[str, str]]:
    """The same, and by command why an answer is not in it: one that is not understood does not spoil the others."""
    state, unread = SwitchState(hostname=name), dict[str, str]()
    for show, reply in replies.items():
        try:
            one = read_state(name, {show: reply})
        except BrokenReply as error:
            unread[show.value] = error.tried
            continue
        told = {field.name: value for field in fields(one) if (value := getattr(one, field.name)) is not None}
        legs = {**(state.interface_consistency or {}), **(one.interface_consistency or {})} or None
        unproven = (*state.unproven, *one.unproven)
        state = replace(state, **{**told, "interface_consistency": legs, "unproven": unproven})
    return state, unread


def _of_legs(answers: _Answers) -> Mapping[InterfaceName, ConsistencyState | Absent] | None:
    asked = {show: reply for show, reply in answers.replies.items() if isinstance(show, ShowLeg)}
    return {
        show.port: answers.read(reply, show.value, consistency.from_text, consistency.from_body)
        for show, reply in asked.items()
    } or None


def _unproven(replies: Replies) -> tuple[str, ...]:
    """The commands whose answer came in a form of which no sample was at hand; always those for one interface."""
    return tuple(
        show.value for show, reply in replies.items() if isinstance(show, ShowLeg) or (show, form(reply)) in UNPROVEN
    )


def form(reply: str) -> Form:
    """How an answer came."""
    return Form.JSON if reply.lstrip().startswith(("{", "[")) else Form.TEXT
