"""How much of the lines that concern vPC the model holds, on every configuration of the corpus.

    python bench/modelled.py

A line is *modelled* where deleting it changes a field of what `read` returns, *raw* where only raw lines change, and
*silent* where nothing does: it says what would be so without it, or is said twice. Prints the table of
``docs/measurements.md``; ends with 1 if less than 97 % of the lines that say something are modelled.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

from mlagkit.config import Block, ConfigTree
from mlagkit.nxos.noise import is_noise
from mlagkit.nxos.objects import interface_name
from mlagkit.nxos.parse import parse
from mlagkit.nxos.read import read
from mlagkit.switch import Switch

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "nxos"
BAR = 0.97
_HEADS = ("vpc domain", "vlan ", "no vlan ", "spanning-tree", "no spanning-tree")


def relevant(tree: ConfigTree, switch: Switch) -> Iterator[int]:
    """The numbers of the lines that concern vPC.

    Those of the domain, port-channels and members, VLANs, SVIs, spanning tree, and the VRF of the keepalive.
    """
    for block in tree.blocks():
        lines = [(number, text) for _, number, text in block.lines() if not is_noise(text)]
        if lines and _concerns(block, lines[0][1], switch):
            yield from (number for number, _ in lines)


def _concerns(block: Block, head: str, switch: Switch) -> bool:
    if head.startswith(_HEADS):
        return True
    if switch.keepalive and head == f"vrf context {switch.keepalive.vrf}":
        return True
    name = interface_name(head)
    if name is None:
        return head.lower().startswith("interface ") and "channel-group" in block.raw
    port = switch.ports.get(name)
    return name.kind in ("port-channel", "Vlan") or bool(port and port.channel)


def kinds(path: Path) -> Counter[str]:
    """The lines of one configuration that concern vPC, by what deleting them changes."""
    text = path.read_bytes().decode("utf-8", "surrogateescape")
    lines = text.split("\n")
    switch = read(parse(text))
    bare = _bare(switch)
    found: Counter[str] = Counter()
    for number in relevant(parse(text), switch):
        without = read(parse("\n".join(lines[: number - 1] + lines[number:])))
        if without == switch:
            found["silent"] += 1
        else:
            found["raw" if _bare(without) == bare else "modelled"] += 1
    return found


def _bare(part: Any) -> Any:  # noqa: ANN401  # any part of a switch
    """The same without raw lines."""
    if isinstance(part, dict):
        return {key: _bare(value) for key, value in part.items()}
    if isinstance(part, tuple) and part and is_dataclass(part[0]):
        return tuple(map(_bare, part))
    if not is_dataclass(part) or isinstance(part, type):
        return part
    inner = {each.name: _bare(getattr(part, each.name)) for each in fields(part) if each.init and each.name != "source"}
    return replace(part, **inner | ({"extra": ()} if "extra" in inner else {}))


def main() -> int:
    """Print a row for each pair, one for the single switches, and the sum."""
    print("| configurations | modelled | raw | silent | modelled of what says something |\n|---|---|---|---|---|")
    total: Counter[str] = Counter()
    for folder in sorted((CORPUS / "pairs").glob("*")):
        found = sum((kinds(path) for path in sorted(folder.glob("*.cfg"))), Counter[str]())
        _row(folder.name, found)
        total += found
    found = sum((kinds(path) for path in sorted((CORPUS / "single").glob("*.cfg"))), Counter[str]())
    _row("single switches", found)
    total += found
    return 0 if _row("all", total) >= BAR else 1


def _row(name: str, found: Counter[str]) -> float:
    said = found["modelled"] + found["raw"]
    share = found["modelled"] / said if said else 1.0
    print(f"| {name} | {found['modelled']} | {found['raw']} | {found['silent']} | {share:.1%} |", flush=True)
    return share


if __name__ == "__main__":
    sys.exit(main() if CORPUS.is_dir() else print("../shared/corpus is not here", file=sys.stderr))
