"""Making one tree of what a switch's file says: interface names in one spelling, profiles under their users."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from yaml.nodes import MappingNode, Node, ScalarNode

from mlagkit.excerpt import visible
from mlagkit.finding import Finding
from mlagkit.input_rules import input_finding
from mlagkit.intent.model import Model, keys_of
from mlagkit.intent.ports import PeerLink, Port, PortChannel, Vpc
from mlagkit.part import Path
from mlagkit.source import construct, find, key_of, locate, nearest, overlay, value_origin, with_entries
from mlagkit.values import InterfaceName

_DEEP = 9
"""Levels that a profile lies under its user: all that a port's settings have."""

_USERS: tuple[tuple[str, type[Model]], ...] = (("vpcs", Vpc), ("port_channels", PortChannel), ("interfaces", Port))


class Settled:
    """The tree in which profiles and spellings are settled, and what was wrong with them."""

    def __init__(self, root: MappingNode) -> None:
        self.findings: list[Finding] = []
        self._profiles = find(root, ("profiles",))
        self.root = self._with_sections(root)

    def _with_sections(self, root: MappingNode) -> MappingNode:
        changed = _replaced(root, "peer_link", lambda node: self._user(node, PeerLink, ("peer_link",)))
        changed = _replaced(changed, "interfaces", lambda node: self._spelled(node, ("interfaces",)))
        for section, kind in _USERS:
            changed = _replaced(changed, section, partial(self._users, kind=kind, section=section))
        return changed

    def _users(self, node: Node, kind: type[Model], section: str) -> Node:
        if not isinstance(node, MappingNode):
            return node
        entries = [(key, self._user(value, kind, (section, key_of(key)))) for key, value in node.value]
        return with_entries(node, entries)

    def _user(self, node: Node, kind: type[Model], path: Path) -> Node:
        """The node with its profile under it and its members in one spelling."""
        if not isinstance(node, MappingNode):
            return node
        node = _replaced(node, "members", lambda members: self._spelled(members, (*path, "members")))
        name = find(node, ("profile",))
        if not isinstance(name, ScalarNode) or construct(name) in (None, ""):
            return node
        profile = find(self._profiles, (name.value,)) if self._profiles else None
        if profile is None:
            self.findings.append(self._unknown(name, path))
            return node
        return overlay(_only(profile, kind), node, _DEEP)

    def _unknown(self, name: ScalarNode, path: Path) -> Finding:
        known = [str(key_of(key)) for key, _ in self._profiles.value] if isinstance(self._profiles, MappingNode) else []
        near = nearest(name.value, known)
        advice = f"did you mean `{near}`?" if near else f"known: {', '.join(known) or 'none'}"
        message = f"no profile is called `{visible(name.value, 40)}`; {advice}"
        return input_finding("IN09", message, value_origin(name, ()), path=(*path, "profile"), fix=near or "")

    def _spelled(self, node: Node, path: Path) -> Node:
        """Keys that are interface names as NX-OS prints them; two spellings of one are reported (IN17)."""
        if not isinstance(node, MappingNode):
            return node
        entries: list[tuple[Node, Node]] = []
        seen: dict[str, Node] = {}
        for key, value in node.value:
            name = _interface(str(key_of(key)))
            if name in seen:
                line = locate(seen[name], ()).line
                message = f"`{visible(str(key_of(key)), 40)}` is {name}, which line {line} describes already"
                self.findings.append(input_finding("IN17", message, locate(key, ()), path=(*path, name)))
                continue
            seen[name] = key
            same = ScalarNode(key.tag, name, key.start_mark, key.end_mark, key.style) if name != key.value else key
            entries.append((same, value))
        return with_entries(node, entries)


def _interface(text: str) -> str:
    try:
        return InterfaceName.parse(text)
    except ValueError:  # refused by the model, with its place
        return text


def _only(profile: Node, kind: type[Model]) -> Node:
    """The settings of a profile that its user can have: an orphan port takes a server's, but no LACP."""
    if not isinstance(profile, MappingNode):
        return profile
    return with_entries(profile, [(key, value) for key, value in profile.value if key_of(key) in keys_of(kind)])


def _replaced(root: MappingNode, wanted: str, change: Callable[[Node], Node]) -> MappingNode:
    return with_entries(root, [(key, change(value) if key_of(key) == wanted else value) for key, value in root.value])
