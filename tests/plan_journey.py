"""There and back: what two configurations of a switch have to show about the way from one to the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from mlagkit.config import ConfigTree
from mlagkit.diff import Change, Policy, Unmanaged, diff
from mlagkit.diff.walk import Walk
from mlagkit.nxos.affected import affected
from mlagkit.nxos.catalogue import Row
from mlagkit.nxos.change.edit import Edit
from mlagkit.nxos.change.effects import SHOWN_BY_MEMBERS
from mlagkit.nxos.change.typed import Typed
from mlagkit.nxos.context import Context
from mlagkit.nxos.effective import GROUP, Side
from mlagkit.nxos.facts import Facts, facts, heads
from mlagkit.nxos.lab.answer import Rejected
from mlagkit.nxos.lab.load import load
from mlagkit.nxos.lab.session import ConfigSession
from mlagkit.nxos.lab.store import Store
from mlagkit.nxos.objects import interface_name
from mlagkit.nxos.parse import parse
from mlagkit.plan.order import Disturbs
from mlagkit.plan.way import NoWay, Way, Work, way

STRICT = Policy(strict=True)
NOW = datetime(2026, 11, 27, tzinfo=UTC)
SWITCH = "sw"


def never(_switch: str, _edit: Edit) -> bool:
    """No line disturbs anybody."""
    return False


def always(_switch: str, _edit: Edit) -> bool:
    """Every line disturbs somebody, so that each object is done apart."""
    return True


def by_name(_switch: str, edit: Edit) -> bool:
    """Some objects disturb somebody, the ports among them."""
    return edit.head.startswith("interface ") and len(edit.head) % 2 == 0


@dataclass(slots=True)
class Journey:
    """What came of it: what is wrong, and the rows that the lines there and back are of."""

    faults: list[str] = field(default_factory=list)
    rows: set[Row] = field(default_factory=set)
    impossible: str = ""
    lines: int = 0


def work_of(running: ConfigTree, intended: ConfigTree, policy: Policy) -> Work:
    """The work of one switch."""
    here, there = Context.of(running), Context.of(intended)
    old, new = affected(running, intended, everything=here != there)
    return Work(Side(old, here), Side(new, there), policy)


def whole(tree: ConfigTree) -> Side:
    """All that a configuration states."""
    return Side(facts(tree.blocks()), Context.of(tree))


def differences(one: Side, other: Side, policy: Policy = STRICT) -> list[str]:
    """What differs, for a reader."""
    return [told(item) for item in Walk(one, other, policy).items() if isinstance(item, Change)]


def told(change: Change) -> str:
    """A change in one line."""
    return f"{' / '.join(change.section)}: {change.old!r} -> {change.new!r}"


def journey(running: str, intended: str, policy: Policy, disturbs: Disturbs = never) -> Journey:
    """Go from one configuration to the other and back, in memory and on the emulated switch."""
    found = Journey()
    here, there = parse(running), parse(intended)
    work = work_of(here, there, policy)
    forth = _gone(found, work, disturbs, "there")
    if forth is None:
        return found
    end = forth.ends[SWITCH]
    if not policy.strict:
        found.faults += _lost(here, there, policy, end)
    if again := way({SWITCH: Work(end, work.new, policy)}, (SWITCH,), disturbs).placed:
        found.faults.append(f"a second plan: {[each.edit.text for each in again]}")
    back = _gone(found, Work(end, work.old, STRICT), disturbs, "back")
    store = load(running)
    _witness(found, store, whole(here), forth, "there")
    after = parse(store.text("show running-config", NOW))
    found.faults += [f"lab there, left: {line}" for line in differences(whole(after), whole(there), policy)]
    if back is not None:
        found.faults += [f"back: {line}" for line in differences(back.ends[SWITCH], work.old)]
        found.faults += [f"back, other way: {line}" for line in differences(work.old, back.ends[SWITCH])]
        _witness(found, store, whole(after), back, "back")
        returned = whole(parse(store.text("show running-config", NOW)))
        left = differences(returned, whole(here))
        found.faults += [f"lab back, left: {line}" for line in left if not _is_by_itself(line, running)]
    return found


def _is_by_itself(line: str, running: str) -> bool:
    """Whether an SVI only shows what peer-gateway does to it: the emulated switch prints that, some releases do not.

    Reference 7.11; corpus/nxos/pairs/opennxos-puppet-vxlan-leaf12.
    """
    return line.startswith("interface Vlan") and line.endswith("redirects' -> None") and "peer-gateway" in running


def _gone(found: Journey, work: Work, disturbs: Disturbs, where: str) -> Way | None:
    try:
        got = way({SWITCH: work}, (SWITCH,), disturbs)
    except NoWay as error:
        if not work.policy.strict and all(change.key.startswith("channel-group ") for change in error.left[SWITCH]):
            found.impossible = "ports that are left alone speak LACP where the new ones do not, or the other way round"
        else:
            found.faults += [f"{where}, no way: {told(change)}" for change in error.left[SWITCH]]
        return None
    except ValueError as error:
        found.impossible = str(error)
        return None
    found.lines += len(got.placed)
    found.rows |= {each.edit.row for each in got.placed if each.edit.row}
    return got


def _witness(found: Journey, store: Store, before: Side, gone: Way, where: str) -> None:
    """Type the lines into the emulated switch; it refuses none and ends as the memory says."""
    memory = Typed.of(before)
    session = ConfigSession(store)
    for placed in gone.placed:
        edit = placed.edit
        memory.enter(edit.section, edit.text)
        for refused in typed_into(session, (*edit.section, *edit.text.split("\n"))):
            found.faults.append(f"lab {where}, refused: {' / '.join(edit.section)}: {refused}")
    now = whole(parse(store.text("show running-config", NOW)))
    found.faults += [f"lab {where}, unlike memory: {line}" for line in differences(now, memory.side())]


def typed_into(session: ConfigSession, lines: Sequence[str]) -> Iterator[str]:
    """Type lines from the left margin on; what is refused."""
    session.execute("end")
    for line in lines:
        try:
            session.execute(line)
        except Rejected as refusal:
            yield f"{line}: {refusal.text}"


def _lost(here: ConfigTree, there: ConfigTree, policy: Policy, end: Side) -> Iterable[str]:
    """What nobody manages and is gone all the same."""
    old = whole(here).root
    before = [item for item in diff(here, there, policy=policy).unmanaged if not _is_its_channels(old, item)]
    work = work_of(here, there, policy)
    after = {(item.section, item.text) for item in Walk(end, work.new, policy).items() if isinstance(item, Unmanaged)}
    for item in before:
        if (item.section, item.text) not in after and not _is_of_other_layer(end, item):
            yield f"unmanaged, lost: {' / '.join(item.section)}: {item.text}"


def troubles(text: str) -> list[str]:
    """Why a switch would not run exactly that: what it refuses of the text, and what differs when it prints it."""
    session = ConfigSession(Store())
    found = [refused for line in text.rstrip("\n").split("\n") for refused in _read_in(session, line)]
    for store in (session.store, load(text)):
        printed = whole(parse(store.text("show running-config", NOW)))
        found += differences(printed, whole(parse(text))) + differences(whole(parse(text)), printed)
    return found


def accepted(text: str) -> str:
    """What a switch runs into which a text was typed that it does not take all of."""
    session = ConfigSession(Store())
    for line in text.rstrip("\n").split("\n"):
        for _refused in _read_in(session, line):
            pass
    return session.store.text("show running-config", NOW)


def _read_in(session: ConfigSession, line: str) -> Iterator[str]:
    """Type a line of a text, indented by two blanks for each mode that it stands in."""
    if session.prompt:
        while len(session.stack) > 1 + (len(line) - len(line.lstrip())) // 2:
            session.leave()
    try:
        session.execute(line)
    except Rejected as refusal:
        yield f"{line.strip()}: {refusal.text}"


def _is_its_channels(root: Facts, item: Unmanaged) -> bool:
    """Whether a port only shows what its port-channel says, which is managed there (7.9)."""
    block = root.blocks.get(heads(item.section[0])[0]) if item.section else None
    return block is not None and block.has(GROUP) is True and item.text.removeprefix("no ").startswith(SHOWN_BY_MEMBERS)


def _is_of_other_layer(end: Side, item: Unmanaged) -> bool:
    """Whether a line is about routing, on a port that switches now."""
    block = end.root.blocks.get(item.section[0]) if item.section else None
    name = interface_name(item.section[0]) if item.section else None
    if block is None or name is None or name.kind not in ("Ethernet", "port-channel") or "." in name.number:
        return False
    layer2 = item.text.startswith(("switchport ", "spanning-tree "))
    return layer2 == end.values(block).context.routed
