"""VLANs and spanning tree."""

from __future__ import annotations

from collections.abc import Mapping

from mlagkit.nxos.context import ALWAYS_VLANS
from mlagkit.nxos.effective import Values
from mlagkit.nxos.facts import Facts, Text, by_text
from mlagkit.nxos.raw import text_lines
from mlagkit.nxos.read.block import Block, told
from mlagkit.switch import Mst, PseudoInformation, SpanningTree, Vlan
from mlagkit.values import VlanSet

_LIST = "vlan"
_MST = "spanning-tree mst configuration"
_PSEUDO = "spanning-tree pseudo-information"


def vlans_of(root: Block) -> Mapping[int, Vlan]:
    """The VLANs by number; VLAN 1 always exists."""
    root.take(_LIST)
    listed = root.facts.vlans(_LIST) or VlanSet()
    return {number: _vlan(root, number) for number in sorted(listed | ALWAYS_VLANS)}


def _vlan(root: Block, number: int) -> Vlan:
    key, path = f"{_LIST} {number}", ("vlans", number)
    if key in root.facts.blocks:
        return root.inner(key, path).part(Vlan, id=number)
    listed = root.facts.known.get(_LIST)
    facts = Facts(key, "vlan", listed.number if listed else 0)
    return Block(Values(facts, root.values.context), path, root.places).part(Vlan, id=number)


def spanning_tree_of(root: Block) -> SpanningTree:
    """Spanning tree of the whole switch with its two blocks."""
    tree = Block(root.values, ("spanning_tree",), root.places, root.taken)
    said = told(tree, SpanningTree, "spanning_tree.")
    mst = _inner(root, _MST, "mst", ("spanning_tree", "mst")).part(Mst)
    pseudo = _inner(root, _PSEUDO, "pseudo-information", ("spanning_tree", "pseudo_information"))
    fixed: dict[str, object] = {"mst": mst, "pseudo_information": pseudo.part(PseudoInformation)}
    texts = [text for text in by_text(root.facts.unknown).values() if is_of_the_tree(text)]
    fixed["extra"] = tree.carry(raw for text in texts for raw in text_lines(text))
    return SpanningTree(path=tree.path, **{**said, **fixed})  # type: ignore[arg-type]  # by the catalogue's rows


def is_of_the_tree(text: Text) -> bool:
    """Whether an unknown line at the left margin speaks of spanning tree."""
    return text.text.removeprefix("no ").startswith("spanning-tree ")


def _inner(root: Block, key: str, mode: str, path: tuple[str, ...]) -> Block:
    """A block of which there is one, empty where the configuration has none."""
    if key in root.facts.blocks:
        return root.inner(key, path)
    return Block(Values(Facts(key, mode), root.values.context), path, root.places)
