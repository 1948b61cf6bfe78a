"""Configuration mode of one login: which mode the next line is read in, and what it does there."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mlagkit.nxos.lab import texts
from mlagkit.nxos.lab.answer import Rejected
from mlagkit.nxos.lab.apply import loose, run
from mlagkit.nxos.lab.grammar import Ambiguous, Match, find
from mlagkit.nxos.lab.order import Order
from mlagkit.nxos.lab.row import Kind
from mlagkit.nxos.lab.store import Store
from mlagkit.nxos.lab.table import MODES, PROMPTS
from mlagkit.nxos.lab.tree import JOB_END, LAST, Line

_WHOLE = ("global", "vlan", "vpc", "if-Ethernet", "if-port-channel", "if-Vlan", "if-loopback", "if-nve")
"""The modes of which the table knows so much that a command of another one is a mistake."""

_OPEN = ("af", "loose")
"""The modes that take any line: what stands in them is not modelled."""

_CLOSED = ("schedule", "applet")
"""The modes in which a line that the table does not know is refused: taken, it would look like a timer and be none."""

_OTHERS = (*_WHOLE, "vrf", "router", "neighbor", "hsrp", "mst")


@dataclass(frozen=True, slots=True)
class Place:
    """An open mode: the blocks that a line is carried out on (several after a range), and where it began."""

    mode: str
    blocks: tuple[Line, ...]
    indent: int = -1


@dataclass(slots=True)
class _Banner:
    head: str
    mark: str
    lines: list[str]


class ConfigSession:
    """The stack of open modes over a store. A line that its mode does not know is tried in the modes around it.

    With ``strict`` a line that no mode knows is refused as on a switch; without, it is taken as it
    stands into the current mode and counted in ``store.unmodelled``: what a switch does with it is
    not known, and configuration that is not modelled must survive.
    """

    def __init__(self, store: Store, strict: bool = False, verbatim: bool = False, loading: bool = False) -> None:
        self.store = store
        self.strict = strict
        self.verbatim = verbatim
        self.loading = loading
        self.stack: list[Place] = [Place("global", (store.root,))]
        self._banner: _Banner | None = None
        self._generation = store.generation

    @property
    def place(self) -> Place:
        """The innermost open mode."""
        return self.stack[-1]

    @property
    def prompt(self) -> str:
        """What stands in the prompt's brackets; nothing while a banner is typed."""
        mode = self.place.mode
        name = PROMPTS.get("interface" if mode.startswith("if-") else mode, "config-sub")
        many = len(self.place.blocks) > 1 and mode.startswith("if-")
        return "" if self._banner else f"{name}-range" if many else name

    def leave(self) -> bool:
        """``exit``: close the innermost mode; False in the outermost, where it ends configuration."""
        if len(self.stack) == 1:
            return False
        self.stack.pop()
        return True

    def execute(self, line: str) -> str:
        """Carry out one line and return what the switch prints; Rejected where it refuses."""
        if self._generation != self.store.generation:
            self._stand_again()
        if self._banner:
            return self._more_banner(line)
        text = line.strip()
        if not text or text.startswith("!"):
            return ""
        special = self._special(text)
        if special is not None:
            return special
        if self.place.mode == "job":
            self._add_to_job(text)
            return ""
        negated = text.split()[0] == "no"
        wanted = text.removeprefix("no").strip() if negated else text
        if not wanted:
            raise Rejected(texts.INCOMPLETE, len(text))
        depth, match = self.locate(wanted, negated)
        if match is None:
            self.take(wanted, negated)
            return ""
        self.enter(depth, match, negated)
        return ""

    def _stand_again(self) -> None:
        """After a rollback a login stands in the mode in which it stood, as far as its blocks exist [assumed]."""
        stack = [Place("global", (self.store.root,))]
        for place in self.stack[1:]:
            above = stack[-1].blocks
            found = [next(filter(None, (self.store.again(b, parent) for parent in above)), None) for b in place.blocks]
            blocks = tuple(block for block in found if block)
            if len(blocks) < len(place.blocks):
                break
            stack.append(replace(place, blocks=blocks))
        self.stack[:] = stack
        self._generation = self.store.generation

    def _add_to_job(self, text: str) -> None:
        """A line of a scheduler's job is kept as typed, whatever it says, and carried out when the job runs.

        Also one that would leave the mode elsewhere: a job ends with ``end-job``, ``exit`` or ``end`` [assumed].
        """
        for block in self.place.blocks:
            self.store.add(block, Line(text, (), mode="loose"), append=True)

    def _special(self, text: str) -> str | None:
        """The lines that are no setting of a mode."""
        if text in ("exit", "end", JOB_END):
            if text == JOB_END and self.place.mode != "job":
                return None
            if text != "end":
                self.leave()
            else:
                del self.stack[1:]
            return ""
        if self.place.mode == "job":
            return None
        if text.startswith("banner "):
            return self._begin_banner(text)
        if text.split()[:2] == ["default", "interface"]:
            return self._default_interface(text)
        return None

    def locate(self, text: str, negated: bool) -> tuple[int, Match | None]:
        """The innermost mode that knows the line, and what it means there.

        A mode that knows how the line behaves goes before one that only knows its shape.
        """
        known: list[tuple[int, Match]] = []
        for depth in reversed(range(len(self.stack))):
            try:
                match = find(self.stack[depth].mode, text, negated, exact=self.verbatim)
            except Ambiguous:
                raise Rejected(texts.AMBIGUOUS, 0) from None
            if match and self.loading and depth == len(self.stack) - 1:
                return depth, match  # indentation says where the line belongs
            if match:
                known.append((depth, match))
        sure = [entry for entry in known if entry[1].row.kind is not Kind.LOOSE]
        if self.place.mode in _OPEN:  # it may take anything: only its own kind, or the outermost mode, is believed
            known = [entry for entry in known if entry[0] in (0, len(self.stack) - 1)]
        return (sure or known)[0] if sure or known else (len(self.stack) - 1, None)

    def enter(self, depth: int, match: Match, negated: bool, indent: int = -1) -> None:
        """Carry out an understood line in the mode at ``depth``, and open the mode that it opens."""
        opened: list[Line] = []
        place = self.stack[depth]
        for block in place.blocks:
            opened.extend(run(Order(self.store, block, match, negated, self.verbatim, self.loading)))
        del self.stack[depth + 1 :]
        if opened and (match.row.kind is not Kind.LOOSE or self.loading):
            self.stack.append(Place(opened[0].mode, tuple(opened), indent))

    def take(self, text: str, negated: bool) -> Line | None:
        """Keep a line that the table does not know in the current mode."""
        refused = self.strict or self.place.mode in _CLOSED or self._is_elsewhere(text, negated)
        if refused and not self.loading:
            raise Rejected(texts.INVALID, 0)
        kept = None
        for block in self.place.blocks:
            self.store.keep(block, self.verbatim)
            kept = loose(block, text, None, negated, self.verbatim)
        self.store.unmodelled.append(f"no {text}" if negated else text)
        return kept

    def _is_elsewhere(self, text: str, negated: bool) -> bool:
        """Whether the line is a command of another mode than the open one: no switch takes it here."""
        if self.place.mode not in _WHOLE:
            return False
        found = (find(mode, text, negated, exact=True) for mode in _OTHERS)
        return any(match and match.row.kind is not Kind.LOOSE for match in found)

    def _default_interface(self, text: str) -> str:
        """``default interface X`` empties the block (vpc-reference 7 row 10)."""
        self.stack[1:] = []
        before = ConfigSession(self.store, self.strict, loading=self.loading)
        before.execute(text.split(None, 1)[1])
        for block in before.place.blocks:
            block.children.clear()
        return ""

    def _begin_banner(self, text: str) -> str:
        words = text.split(None, 2)
        kind, body = (words[1], words[2]) if len(words) == 3 else ("motd", words[-1])
        head = f"banner {kind} {body}"
        if body[0] in body[1:]:
            self._keep_banner(head)
            return ""
        self._banner = _Banner(f"banner {kind}", body[0], [head])
        return "" if self.loading else texts.BANNER.format(body[0])

    def _more_banner(self, line: str) -> str:
        banner = self._banner
        assert banner is not None  # only called while one is open
        banner.lines.append(line)
        if banner.mark in line:
            self._banner = None
            self._keep_banner("\n".join(banner.lines))
        return ""

    def _keep_banner(self, text: str) -> None:
        key = tuple(text.split()[:2])
        root = self.store.root
        own = root.get(key)
        if own:
            own.text = text
            return
        match = find("global", "banner motd x")
        rank = (MODES["global"].index(match.row),) if match else LAST
        Store.add(root, Line(text, key, rank=rank), self.verbatim)
