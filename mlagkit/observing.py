"""From what two switches answered to what was observed of their pair."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from mlagkit.compare import OwnTemplates, PairDiff, Read, compare
from mlagkit.config import COMMENT, ConfigTree
from mlagkit.device.read import Answers, Further
from mlagkit.errors import BrokenReply, DeviceError
from mlagkit.intent.pair import Pair
from mlagkit.nxos.parse import parse
from mlagkit.nxos.reply import Question, Show, ShowLeg, defect
from mlagkit.nxos.state import read_apart
from mlagkit.render.shown import Secrets
from mlagkit.state import PairState, Role, SwitchState, VpcState
from mlagkit.verify import Implied, Observed, Standing, suspects

ALWAYS = (
    Show.STARTUP_CONFIG,
    Show.VPC,
    Show.VPC_ROLE,
    Show.VPC_PEER_KEEPALIVE,
    Show.VPC_CONSISTENCY_GLOBAL,
    Show.VPC_ORPHAN_PORTS,
    Show.PORT_CHANNEL_SUMMARY,
    Show.INTERFACE_STATUS,
    Show.VERSION,
)
"""What is asked whatever the intent says, and at every look of a push."""


_NO_STATE = (Show.STARTUP_CONFIG, Show.CLOCK, Show.CHECKPOINTS, Show.BOOTFLASH, Show.SESSIONS)


def commands(implied: Implied) -> Sequence[Show]:
    """What a verification asks both switches beside their running-config: neighbours only where LLDP is to run."""
    is_heard = any(switch.lldp for switches in implied.led.values() for switch in switches.values())
    asked = (*ALWAYS, Show.VPC_CONSISTENCY_VLANS)
    return (*asked, Show.LLDP_NEIGHBORS) if is_heard else asked


def closer(implied: Implied) -> Further:
    """What a verification asks a switch once it has answered: the table of each vPC with which something is wrong."""

    def asked(name: str, replies: Mapping[Question, str]) -> Sequence[Question]:
        vpc = read_apart(name, {Show.VPC: replies[Show.VPC]})[0].vpc
        if not isinstance(vpc, VpcState):
            return ()
        return [ShowLeg(port) for port in suspects(implied.led[implied.hostnames[0]][name], vpc)]

    return asked


def observed(
    pair: Pair, answers: Mapping[str, Answers | DeviceError], secrets: Secrets, templates: Path | None = None
) -> tuple[Observed, Mapping[str, DeviceError]]:
    """What was observed, and by switch why it could not be read, or what it says of vPC not be understood.

    ``templates`` are a site's own, by which it is told what has drifted.
    """
    states: dict[str, SwitchState] = {}
    unread: dict[str, Mapping[str, str]] = {}
    errors: dict[str, DeviceError] = {}
    running: dict[str, Read] = {}
    for name, answer in answers.items():
        if isinstance(answer, DeviceError):
            errors[name] = running[name] = answer
            continue
        running[name] = parse(answer.running.text, str(answer.running.target))
        state, missing = told(name, answer)
        if Show.VPC.value in missing:
            advice = "nothing was taken from it; please report it with the release of the switch"
            errors[name] = BrokenReply(name, missing[Show.VPC.value], advice)
            continue
        states[name], unread[name] = state, missing
    drift = compare(pair, running, secrets=secrets, templates=OwnTemplates(head=templates))
    standing = _standing(drift, running, answers)
    seen = {name: standing[name] for name in states}
    return Observed(state=PairState(switches=states), standing=seen, unread=unread), errors


def told(name: str, answer: Answers) -> tuple[SwitchState, Mapping[str, str]]:
    """What a switch says of itself, and by command why an answer is not in it."""
    return read_apart(name, {show: reply for show, reply in answer.replies.items() if show not in _NO_STATE})


def roles_told(answers: Mapping[str, Answers | DeviceError]) -> Mapping[str, Role]:
    """The operational roles, where both switches could be read and say them, and exactly one leads; else nothing."""
    read = {name: told(name, each)[0] for name, each in answers.items() if isinstance(each, Answers)}
    return PairState(switches=read).roles if len(read) == len(answers) else {}


def _standing(
    drift: PairDiff, running: Mapping[str, Read], answers: Mapping[str, Answers | DeviceError]
) -> Mapping[str, Standing]:
    found: dict[str, Standing] = {}
    for name, result in drift.switches.items():
        answer, tree = answers[name], running[name]
        if isinstance(answer, Answers) and isinstance(tree, ConfigTree):
            startup = answer.replies.get(Show.STARTUP_CONFIG, "")
            found[name] = Standing(
                changes=len(result.changes), uncompared=len(result.uncompared), unsaved=unsaved(tree, startup, name)
            )
    return found


def unsaved(running: ConfigTree, startup: str, name: str) -> int | None:
    """In how many lines the two differ; None where the answer is no configuration."""
    if not startup.strip() or defect(startup, name):
        return None
    here, there = (
        Counter(raw for raw in tree.raws if raw and raw[0] not in COMMENT) for tree in (running, parse(startup))
    )
    return max((here - there).total(), (there - here).total())
