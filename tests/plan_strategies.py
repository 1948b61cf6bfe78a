"""Configurations to go between: those of random pairs, of correct pairs and of the corpus, respelled and edited."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import pairwise

from hypothesis import strategies as st

from mlagkit.expand import expand
from mlagkit.nxos.change.edit import row_of
from mlagkit.nxos.facts import heads
from mlagkit.nxos.lab.load import load
from mlagkit.nxos.lab.session import ConfigSession
from mlagkit.nxos.parse import parse
from mlagkit.render import render
from tests import nxos_lines
from tests.conftest import CORPUS
from tests.corpus_lines import altered, expanded, read, shuffled
from tests.correct_pairs import APART, CORRECT, FILES
from tests.diff_cases import FEATURES
from tests.pair_strategies import Drawn, pair_files
from tests.plan_journey import NOW, accepted, troubles, typed_into, whole

CORPUS_TEXTS = sorted(CORPUS.glob("nxos/pairs/*/*.cfg"))
UNMANAGED = (
    "zz new knob",
    "route-map ZZ permit 10\n  match tag 5\n  set metric 20",
    "logging event link-status default",
    "line vty\n  exec-timeout 5",
    "cli alias name wr copy",
)

_PORTS = ("interface Ethernet", "interface port-channel")
_NOTHING_OF_A_SWITCH = re.compile(r"\n *(?:no zz|source-interface (?!lo|hold)\S+)(?=\n)")
"""Lines that no switch shows: the bare ``no`` form of all that begins like it, a tunnel that ends at another port."""


def runs(text: str) -> str | None:
    """A text as a switch runs it; None for what no switch would run."""
    text = _NOTHING_OF_A_SWITCH.sub("", f"\n{text}")[1:]
    if troubles(text):
        text = accepted(text)
    return None if is_odd(text) or troubles(text) else text


def is_odd(text: str) -> bool:
    """Whether a text is none that a switch prints: a routed port that switches, ports that say both defaults.

    And routes of which one is the beginning of another: nobody knows which of the two its ``no`` takes.
    """
    side = whole(parse(text))
    routes = sorted(line.strip() for line in text.split("\n") if line.lstrip().startswith(("ip route ", "ipv6 route ")))
    if any(longer.startswith(f"{route} ") for route, longer in pairwise(routes)):
        return True
    said = set()
    for head, block in side.root.blocks.items():
        said.add(block.has("switchport") if head.startswith("interface ") else None)
        if head.startswith(_PORTS) and ("." in head or side.values(block).context.routed):
            lines = [*block.known, *(text.text.removeprefix("no ") for text in block.unknown)]
            mine = [line for line in lines if "orphan" not in line or "." in head]
            if any(line.startswith(("switchport ", "spanning-tree ", "vpc")) for line in mine):
                return True
    return {True, False} <= said


def are_two_platforms(one: str, other: str) -> bool:
    """Whether no switch would print both texts: ports are routed by default on one platform and not on another (7.17).

    Only what is not the default is printed, so that either text may say which it is.
    """
    routed = [_routes_by_default(text) for text in (one, other)]
    return {True, False} <= set(routed)


def _routes_by_default(text: str) -> bool | None:
    bare = {line.strip() for line in text.split("\n")}
    if bare & {"no system default switchport", "no switchport"}:
        return False
    return True if "switchport" in bare else None


@cache
def correct() -> Sequence[str]:
    """The configurations of the correct pairs and of the pair files."""
    pairs = {**CORRECT, **FILES, **APART}.values()
    return [text for pair in pairs for switch in pair if (text := runs(render(switch))) is not None]


def drawn_texts(drawn: Drawn) -> list[str]:
    """What the switches of a pair file would run."""
    return [text for switch in expand(drawn.pair).values() if (text := runs(render(switch))) is not None]


@st.composite
def random_courses(draw: st.DrawFn) -> list[tuple[str, str]]:
    """From a switch of one random pair to those of another, and to a mixture of both."""
    here, there = drawn_texts(draw(pair_files())), drawn_texts(draw(pair_files()))
    chance = random.Random(draw(st.integers(0, 2**32)))
    found = [(a, b) for a in here[:1] for b in there if not are_two_platforms(a, b)]
    return [*found, *((a, mixture) for a, b in found if (mixture := runs(mixed(a, b, chance))) is not None)]


def mixed(one: str, other: str, chance: random.Random) -> str:
    """Blocks of both: an object that both have is that of one of them."""
    left, right = _by_head(one), _by_head(other)
    heads = [head for head in {**left, **right} if chance.random() < 0.8]
    return "\n".join(
        (left if head not in right or (head in left and chance.random() < 0.5) else right)[head] for head in heads
    )


def _by_head(text: str) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    head = ""
    for line in text.split("\n"):
        if line and not line.startswith((" ", "!", "#")):
            head = line
        if line.strip() and head:
            found.setdefault(head, []).append(line)
    return {head: "\n".join(lines) for head, lines in found.items()}


def edited(text: str, chance: random.Random, count: int) -> str:
    """What a switch runs after somebody typed a few lines at random into it."""
    store = load(text)
    session = ConfigSession(store)
    places = list(_places(store.text("show running-config", NOW)))
    members = {place[0] for place in places if place[-1].startswith("channel-group ")}
    for _ in range(count):
        lines = _something(places, chance)
        if members.intersection(heads(lines[0])) and any(line.startswith(_NOT_ON_A_MEMBER) for line in lines[1:]):
            continue
        next(typed_into(session, lines), None)  # as far as the switch takes them
    return store.text("show running-config", NOW)


_UNCERTAIN = re.compile(r"passive-interface|^router-id|^feature fabric forwarding")
"""Lines of which nobody knows what a switch prints when they are taken back."""


def keeps_uncertain(one: str, other: str) -> bool:
    """Whether no such line goes, or comes, with something else that was typed."""
    before, after = ([line for line in text.split("\n") if "passive-interface" in line] for text in (one, other))
    return before == after


_NOT_ON_A_MEMBER = ("switchport", "no switchport", "sw ", "mtu ", "no mtu", "speed", "no speed", "duplex", "no duplex")
"""What a port has of its port-channel (7.9)."""


def _something(places: list[tuple[str, ...]], chance: random.Random) -> list[str]:
    """A line to type, below its heads: one taken back, another value, one that such a place may have, a new object."""
    *section, line = chance.choice([place for place in places if not _UNCERTAIN.search(place[-1])])
    how = chance.randrange(6)
    if how == 0:
        return [*section, line.removeprefix("no ") if line.startswith("no ") else f"no {line}"]
    if (
        how == 1
        and re.search(r"\d$", line)
        and row_of(tuple(section), line)
        and "/" not in line
        and not line.startswith("interface ")
    ):
        return [*section, altered(line)]
    if how == 2 and line.startswith("interface "):
        return [line, *chance.choice(_pool(line)).split("\n")]
    if how == 3:
        return [chance.choice(nxos_lines.GLOBAL)]
    if how == 4 and section:
        return [section[0], *chance.choice(_pool(section[0])).split("\n")]
    heads, lines = chance.choice([block for block in nxos_lines.BLOCKS if block[0][0] != "interface mgmt0"])
    return [chance.choice(heads), *chance.choice(lines).split("\n")]


def _pool(head: str) -> Sequence[str]:
    """Lines for a block with that head."""
    kinds = (
        ("interface Ethernet", nxos_lines.MEMBER),
        ("interface port-channel", nxos_lines.CHANNEL),
        ("interface Vlan", nxos_lines.SVI),
        ("interface nve", nxos_lines.NVE),
        ("interface loopback", nxos_lines.LOOPBACK),
        ("vpc domain", nxos_lines.DOMAIN),
        ("vlan ", nxos_lines.VLAN),
        ("vrf context", [line for line in nxos_lines.VRF if "domain-name" not in line]),
    )
    return next((lines for beginning, lines in kinds if head.startswith(beginning)), ("zz another knob",))


def _places(text: str) -> Iterator[tuple[str, ...]]:
    """Every line with the heads that it stands below."""
    stack: list[tuple[int, str]] = []
    for line in text.split("\n"):
        if not line.strip() or line.startswith(("!", "banner", "#")):
            continue
        indent = len(line) - len(line.lstrip())
        while stack and stack[-1][0] >= indent:
            stack.pop()
        stack.append((indent, line.strip()))
        yield tuple(text for _, text in stack)


@cache
def corpus_texts() -> Sequence[str]:
    """The configurations of the real pairs, with the features that the excerpts among them leave out."""
    texts = map(read, CORPUS_TEXTS)
    whole = (load(text if troubles(text) == [] else f"{text}\n{_features(text)}") for text in texts)
    return [text for store in whole if not _is_cut(text := store.text("show running-config", NOW)) and not is_odd(text)]


def _is_cut(text: str) -> bool:
    """Whether an excerpt has lines of a port that lost its head."""
    return re.search(r"^vpc (?!domain)", text, re.MULTILINE) is not None


def _features(text: str) -> str:
    features = f"{FEATURES}feature ospf\nfeature isis\nfeature pim\n"
    return "".join(line for line in features.splitlines(keepends=True) if line not in text)


Way = Callable[[str, random.Random], str]

_LIST = re.compile(r"( +)(switchport trunk allowed vlan) ([\d,-]+)$", re.MULTILINE)
_SHORT = (
    (re.compile(r"^interface Ethernet(?=\d)", re.MULTILINE), "int e"),
    (re.compile(r"^interface port-channel(?=\d)", re.MULTILINE), "interface po"),
    (re.compile(r"^interface Vlan(?=\d)", re.MULTILINE), "interface vlan "),
    (re.compile(r"^( +)switchport mode trunk$", re.MULTILINE), r"\1sw mo tr"),
    (re.compile(r"^( +)description ", re.MULTILINE), r"\1desc "),
    (re.compile(r"^( +)ip address (\S+)/24$", re.MULTILINE), r"\1ip address \2 255.255.255.0"),
)
_SHOWN = {
    "interface Ethernet": ("  lacp port-priority 32768",),
    "interface port-channel": ("  no shutdown", "  lacp max-bundle 32", "  storm-control broadcast level 100"),
    "vlan ": ("  state active",),
    "vpc domain ": ("  role priority 32667", "  delay restore orphan-port 0", "  graceful consistency-check"),
}


def respelled(text: str, chance: random.Random) -> str:
    """The same configuration in other words and with lines that nobody manages, as it is printed or as it is typed."""
    ways = chance.choice((_PRINTED, _TYPED_IN))
    if ways is _TYPED_IN:
        text = "\n".join(line for line in text.split("\n") if not line.startswith("!"))
    elif not text.lstrip().startswith("!"):
        text = f"!Command: show running-config\n{text}"
    for way in ways:
        if chance.random() < 0.5:
            text = way(text, chance).rstrip("\n") + "\n"
    return text


def _abbreviated(text: str, chance: random.Random) -> str:
    for full, short in _SHORT:
        text = full.sub(short, text) if chance.random() < 0.5 else text
    return text


def _wrapped(text: str, chance: random.Random) -> str:
    def wrap(match: re.Match[str]) -> str:
        margin, words, vlans = match.groups()
        first, *more = vlans.split(",")
        return "\n".join((f"{margin}{words} {first}", *(f"{margin}{words} add {part}" for part in more)))

    return _LIST.sub(wrap, text)


def _with_defaults(text: str, chance: random.Random) -> str:
    out = []
    for line in text.split("\n"):
        out.append(line)
        for beginning, lines in _SHOWN.items():
            if line.startswith(beginning) and "," not in line and chance.random() < 0.5:
                out.append(chance.choice(lines))
    return "\n".join(out)


def _twice(text: str, chance: random.Random) -> str:
    blocks = [block for head, block in _by_head(text).items() if head.startswith(("interface ", "vpc domain", "vrf "))]
    return text + "\n".join(chance.sample(blocks, min(2, len(blocks)))) + "\n"


def _with_unmanaged(text: str, chance: random.Random) -> str:
    return text + chance.choice(UNMANAGED) + "\n"


_PRINTED: Sequence[Way] = (
    lambda text, _: expanded(text),
    lambda text, chance: shuffled(text, chance.randrange(1000)),
    _wrapped,
    _with_defaults,
    _with_unmanaged,
)
_TYPED_IN: Sequence[Way] = (_wrapped, _with_defaults, _twice, _with_unmanaged, _abbreviated)
"""The ways to write the same configuration in other words."""
