"""A start text as the configuration of a switch: a running-config as it was printed, or a list of commands.

A text with a running-config's header keeps its own order and its own lines, because releases differ in
both; any other text is typed into an empty switch. Nothing is refused: what the table does not know, or a
switch would not take, is kept where it stands.
"""

from __future__ import annotations

import re

from mlagkit.nxos.lab.answer import Rejected
from mlagkit.nxos.lab.grammar import Match
from mlagkit.nxos.lab.row import Kind
from mlagkit.nxos.lab.session import ConfigSession, Place
from mlagkit.nxos.lab.store import Store
from mlagkit.nxos.lab.tree import JOB_END, Line

_HEADER = re.compile(r"^(!Command: |version \S)", re.MULTILINE)
_PROMPT = re.compile(r"[\w.@-]+(\([\w-]+\))?#(\s|$|sh(ow?)? )")
_EXEC = re.compile(
    r"(configure terminal|conf t|end|wr|copy r\S* s\S*|checkpoint \S+|Building configuration.*|\(\.\.\.\)|\$)\s*$"
)


def load(text: str) -> Store:
    """The store of a switch that runs ``text``."""
    store = Store()
    lines = text.replace("\r", "").split("\n")
    store.default_l3 = _routed_by_default(lines)
    session = ConfigSession(store, verbatim=bool(_HEADER.search(text)), loading=True)
    gap = False
    for number, line in enumerate(lines):
        of_job = session.place.mode == "job" and _is_of_job(lines[number:])
        if of_job or session.prompt == "" or line.lstrip().startswith("banner "):
            session.execute(line)
            gap = False
        elif not line.strip():
            gap = True
        elif not is_noise(line):
            added = _read(session, line.rstrip(), gap)
            gap = gap and not added
    store.list_vlans([], append=False)
    return store


def _is_of_job(lines: list[str]) -> bool:
    """Whether the first line belongs to the open job of the scheduler.

    One at the left margin does where the end of the job is still to come: a text may have lost its indentation.
    """
    if not lines[0].strip() or lines[0][0] == " " or lines[0].strip() in (JOB_END, "exit"):
        return True
    heads = (line for line in lines if line.startswith("scheduler ") or line.strip() == JOB_END)
    return next(heads, "").strip() == JOB_END


def is_noise(line: str) -> bool:
    """Lines of a saved text that no switch has in its configuration: comments, prompts, commands of exec mode."""
    bare = line.strip()
    return bare.startswith(("!", "#")) or bool(_PROMPT.match(line) or _EXEC.match(bare))


def _routed_by_default(lines: list[str]) -> bool:
    """Ports are routed by default on a platform that prints a bare ``switchport`` on one, unless a line made them so.

    It varies by platform: vpc-reference 7 row 17.
    """
    bare = {line.strip() for line in lines}
    return "switchport" in bare and "no system default switchport" not in bare


def _read(session: ConfigSession, line: str, gap: bool) -> bool:
    """Carry out one line where its indentation puts it; whether it made a line of its own."""
    text = line.strip()
    indent = len(line) - len(line.lstrip())
    if text == "exit":
        session.leave()
        return False
    before = len(session.store.root.children)
    whole = session.stack[:1] if gap else list(session.stack)  # an empty line ends a block
    while len(session.stack) > 1 and session.place.indent >= indent:
        session.stack.pop()
    negated = text.startswith("no ")
    wanted = text.removeprefix("no ").strip() if negated else text
    try:
        _carry_out(session, whole, wanted, negated, indent)
    except Rejected:
        _keep(session, wanted, negated, indent)
    grown = session.verbatim and len(session.store.root.children) > before
    if grown:
        session.store.root.children[before].gap = gap
    return grown


def _carry_out(session: ConfigSession, whole: list[Place], wanted: str, negated: bool, indent: int) -> None:
    if _is_reset(wanted):
        session.execute(wanted)
        return
    depth, match = session.locate(wanted, negated)
    if match is None and indent == 0 and len(whole) > 1:
        session.stack[:] = whole  # children that stand at the left margin
        depth, match = session.locate(wanted, negated)
        if match is None:
            session.stack[1:] = []
    if match is None or _astray(session, depth, match):
        _keep(session, wanted, negated, indent)
    elif negated and _without_effect(session, depth, match):
        return
    else:
        session.enter(depth, match, negated, indent)


def _is_reset(wanted: str) -> bool:
    """Whether the line puts an interface back to its defaults."""
    return wanted.startswith("default interface ")


def _astray(session: ConfigSession, depth: int, match: Match) -> bool:
    """Indented below a block, a line is the block's own, even where only a mode further out knows it.

    Heads of blocks are believed, as they may be indented by hand.
    """
    if depth == len(session.stack) - 1:
        return False
    return session.place.mode == "loose" or match.row.kind not in (Kind.BLOCK, Kind.VLANS)


def _without_effect(session: ConfigSession, depth: int, match: Match) -> bool:
    """A ``no`` form of something that is not there, in a text that is typed: a switch prints nothing for it."""
    if session.verbatim or match.row.kind in (Kind.LOOSE, Kind.FLAG, Kind.WITHOUT):
        return False
    return not any(child.row is match.row for block in session.stack[depth].blocks for child in block.children)


def _keep(session: ConfigSession, wanted: str, negated: bool, indent: int) -> None:
    kept: Line | None = session.take(wanted, negated)
    if kept:
        session.stack.append(Place("loose", (kept,), indent))
