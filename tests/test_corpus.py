"""Real configurations: nothing is lost, nothing is seen that is not there, and nothing that is there is missed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mlagkit.config import ConfigTree, Entry
from mlagkit.diff import Change, Policy, diff
from mlagkit.nxos.context import ALWAYS_VLANS
from mlagkit.nxos.parse import parse
from mlagkit.nxos.ranges import members
from mlagkit.nxos.script import is_script
from mlagkit.values import VlanSet
from tests.corpus_lines import Place, altered, expanded, places, read, shuffled

STRICT = Policy(strict=True)


def changes(running: str, intended: ConfigTree) -> tuple[Change, ...]:
    """Every difference between a text and an intended configuration."""
    return diff(parse(running), intended, policy=STRICT).changes


def test_every_byte_is_kept(corpus_config: Path) -> None:
    """A configuration that was parsed and printed is the same, byte for byte."""
    text = read(corpus_config)
    tree = parse(text)
    assert tree.text.encode("utf-8", "surrogateescape") == corpus_config.read_bytes()
    lines = text.split("\n")
    for entry in _all(tree):
        assert entry.text.split("\n")[0].strip() in lines[entry.line - 1]


def _all(tree: ConfigTree) -> Iterator[Entry]:
    todo = list(tree.entries())
    while todo:
        entry = todo.pop()
        yield entry
        todo += entry.children


def test_nothing_differs_from_itself(corpus_config: Path) -> None:
    """A configuration has no difference from itself, even when every block is read."""
    tree = parse(read(corpus_config))
    assert not diff(tree, tree, policy=STRICT).changes
    assert not changes(read(corpus_config) + "\nlogging server 192.0.2.99", tree)[1:]


@pytest.mark.parametrize("seed", range(3))
def test_order_is_no_difference(corpus_config: Path, seed: int) -> None:
    """Lines in another order, where NX-OS has none, are no difference."""
    text = _indented(corpus_config)
    assert not changes(shuffled(text, seed), parse(text))


def test_ranges_are_no_difference(corpus_config: Path) -> None:
    """Ranges of VLANs and ports written out are no difference."""
    text = _indented(corpus_config)
    assert not changes(expanded(text), parse(text))


def _indented(path: Path) -> str:
    """The text of a file whose blocks show by their indent; in a script, a line's place is its meaning."""
    text = read(path)
    if is_script(text.split("\n")):
        pytest.skip("a script with its lines at the left margin has no order-free sections")
    return text


Excuse = Callable[[Place], bool]
MEMBER_LINE = re.compile(r"(?:no )?(?:switchport|spanning-tree|storm-control|mtu|speed|duplex|negotiate)\b")
NO_COMMAND = re.compile(r"[!#]|\S+#(?: |sh |$)|version |Building |Current ")
SCRIPT = re.compile(r"(?:configure(?: terminal)?|end|exit|wr|copy run\S* start\S*)$")
MANAGEMENT = re.compile(r"(?i)interface mgmt ?0")
PHYSICAL = re.compile(r"(?i)interface (?:ethernet|mgmt) ?\d[\d/,-]*$")


def _states_default(place: Place) -> bool:
    return _is_default(place.text, place.head)


def _is_default(line: str, head: str) -> bool:
    its_only_vrf = bool(MANAGEMENT.fullmatch(head)) and line == "vrf member management"
    return its_only_vrf or line[0] in "!#" or any(expression.fullmatch(line) for expression in DEFAULTS)


DEFAULTS = tuple(
    re.compile(expression)
    for expression in (
        r"no shutdown",
        r"storm-control \w+ level 100.00",
        r"spanning-tree (?:link-type auto|port-priority 128)",
        r"lacp (?:rate normal|port-priority 32768)",
        r"negotiate auto",
        r"shutdown",
        r"switchport",
        r"no switchport",
        r"switchport mode access",
        r"switchport access vlan 1",
        r"switchport trunk native vlan 1",
        r"switchport trunk allowed vlan (?:all|1-4094)",
        r"mtu 1500",
        r"medium broadcast",
        r"speed auto",
        r"no system default switchport shutdown",
        r"system default switchport",
        r"spanning-tree mode rapid-pvst",
        r"hsrp version 1",
        r"state active",
        r"no (?:lacp mode delay|autostate|ip redirects|peer-switch|auto-recovery)",
        r"ip redirects",
        r"no vrf member",
    )
)


VLANS = re.compile(r"vlan 1(?:,[\d,-]+)?")
NOTHING = re.compile(
    r"no (?:vlan|interface|feature|name|description|ip route|udld|storm-control action|preempt)\b"
    r"|no spanning-tree bpdufilter\b"
)
REPLACEABLE = re.compile(r"(?:no )?(?:vrf member|rd|switchport trunk allowed vlan)\b")


def _ports(*heads: str) -> set[str]:
    return {port for head in heads for port in (head, *members("", head))}


EXCUSES: dict[str, Excuse] = {
    "no command: a comment, a prompt or a stamp": lambda place: bool(NO_COMMAND.match(place.text)),
    "a word of a script": lambda place: bool(SCRIPT.match(place.text)),
    "says what the default is": _states_default,
    "a member's line that repeats its port-channel": lambda place: (
        bool(MEMBER_LINE.match(place.text)) and any("channel-group" in line for line in place.stanza)
    ),
    "a physical port without settings, which is there anyway": lambda place: (
        not place.below and bool(PHYSICAL.match(place.text))
    ),
    "a VRF without settings that every switch has": lambda place: (
        place.text == "vrf context management" and not place.below
    ),
    "a block of EVPN that announces nothing": lambda place: place.text == "evpn" and not place.below,
    "VLAN 1, which every switch has, and VLANs that have a stanza, too": lambda place: (
        bool(VLANS.fullmatch(place.text))
        and all(f"vlan {vlan}" in place.heads for vlan in VlanSet.parse(place.text[len("vlan ") :]) - ALWAYS_VLANS)
    ),
    "said twice": lambda place: place.stanza.count(place.text) > 1 or place.heads.count(place.text) > 1,
    "said again by another stanza of the port": lambda place: (
        sum(not _ports(place.head, altered(place.head)).isdisjoint(_ports(head)) for head in place.heads) > 1
    ),
    "a physical port whose lines all say what the default is": lambda place: (
        bool(PHYSICAL.match(place.text)) and all(_is_default(line, place.head) for line in place.below)
    ),
    "said by the delay, which switches it on": lambda place: (
        place.text in ("auto-recovery", "preempt")
        and any(line.startswith(("auto-recovery reload-delay", "preempt delay")) for line in place.stanza)
    ),
    "a later line for the same user replaces it": lambda place: (
        place.text.startswith("username ")
        and sum(head.split()[:2] == place.text.split()[:2] for head in place.heads) > 1
    ),
    "a later line of the stanza replaces or repeats it": lambda place: (
        bool(REPLACEABLE.match(place.text))
        and sum(bool(REPLACEABLE.match(line)) and line.split()[-2:][0] in place.text for line in place.stanza) > 1
    ),
    "takes back what is not there": lambda place: bool(NOTHING.match(place.text)),
}
"""Why a line may go or change unnoticed: each reason with the test that the line must pass."""


def _named(place: Place, new: str, found: tuple[Change, ...]) -> bool:
    """Whether the changes name the line as it was or as it became."""
    texts = {text for change in found for text in (change.old, change.new, *change.section) if text}
    texts |= {line.strip() for text in texts for line in text.split("\n")}
    texts |= {place.text for head in (*members("", place.text), *members("", new)) if head in texts}
    return not texts.isdisjoint({place.text, new}) or any(_of_its_list(place.text, text) for text in texts)


def _of_its_list(line: str, text: str) -> bool:
    """Whether a text speaks of VLANs of the same list as the line."""
    words = re.split(r" (?=(?:add |remove |except )?\d|all$|none$)", line, maxsplit=1)[0]
    before, vlan, _ = line.rpartition(" vlan ")
    return ("vlan" in words and text.startswith(words)) or (bool(vlan) and text.startswith(f"{before} vlan "))


def _strays(place: Place, found: tuple[Change, ...]) -> list[str]:
    """The changes that speak of something else than a single line that went or changed.

    Not asked of a head, which leaves what stood below it to the stanza before, nor of a line that
    turns the defaults of others: whether a port is routed, which channel it joins. A banner is one
    setting, which any of its lines changes.
    """
    if place.below or place.text == place.head or TURNS.match(place.text):
        return []
    own = {place.text, altered(place.text)}
    texts = {text for change in found for text in (change.old, change.new) if text}
    return sorted(text for text in texts if not _belongs(text, own))


TURNS = re.compile(r"(?:no )?(?:switchport$|channel-group|vpc|auto-recovery)")


def _belongs(text: str, own: set[str]) -> bool:
    key = {line.removeprefix("no ").split()[0] for line in own} | {"banner"}
    return text in own or any(_of_its_list(line, text) for line in own) or text.removeprefix("no ").split()[0] in key


@pytest.mark.parametrize("how", ["deleted", "altered"])
def test_no_line_changes_unseen(corpus_config: Path, how: str) -> None:
    """Each line that goes or changes is named, or there is a reason why it makes no difference."""
    text = read(corpus_config)
    lines, tree = text.split("\n"), parse(text)
    unseen: list[str] = []
    for place in places(lines):
        new = [altered(lines[place.number])] if how == "altered" else []
        found = changes("\n".join([*lines[: place.number], *new, *lines[place.number + 1 :]]), tree)
        named, strays = _named(place, new[0].strip() if new else "", found), _strays(place, found)
        if strays or not (named or any(excuse(place) for excuse in EXCUSES.values())):
            unseen.append(f"{place.number + 1}: {place.text} -> {strays or [(c.old, c.new) for c in found]}")
    assert not unseen, "\n".join(unseen)
