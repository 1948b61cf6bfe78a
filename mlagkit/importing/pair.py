"""Two running-configs to one pair file, and what an import has to say of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from mlagkit.config import DEEPER, ConfigTree
from mlagkit.errors import InputError
from mlagkit.excerpt import visible
from mlagkit.finding import Finding
from mlagkit.importing.draft import Residue, draft
from mlagkit.importing.unwritable import homeless, unnameable, unwritable
from mlagkit.nxos.effective import Side
from mlagkit.nxos.noise import is_noise
from mlagkit.nxos.read import Places, read_side, side_of
from mlagkit.nxos.redact import redact
from mlagkit.nxos.running import version
from mlagkit.rules import RULES
from mlagkit.rules.judge import findings
from mlagkit.switch import Switch

NO_PAIR = frozenset({"DO02", "KA02"})
"""The rules whose findings say that two configurations may not be those of one pair."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """A pair file, and what an import has to say of it.

    ``modelled`` counts the lines of both configurations that the model holds, ``residue`` are the others. ``secrets``
    are the values behind the references in the file, by environment variable. ``doubts`` say why the two may be no
    pair.
    """

    pair: str
    text: str
    modelled: int
    residue: tuple[Residue, ...]
    secrets: Mapping[str, str] = field(repr=False)
    doubts: tuple[Finding, ...]


def import_pair(trees: Mapping[str, ConfigTree], pair: str, doubts: Sequence[Finding] = ()) -> Imported:
    """The pair file called ``pair`` of two running-configs, by hostname.

    What it renders has no difference, under ``strict``, from both: the differ has the last word. ``doubts`` are what
    is known already. Raises InputError for a line that no pair file takes, and for names of that kind.
    """
    wrong = [*unnameable(trees, pair)]
    sides = _sides(trees)
    for name, tree in trees.items():
        wrong += (*unwritable(tree), *homeless(tree, sides[name].root.unknown))
    if wrong:
        raise InputError(wrong)
    switches = _switches(trees, sides, pair)
    one, other = switches.values()
    doubts = (*doubts, *findings([rule for rule in RULES if rule.id in NO_PAIR], [(one, other)]))
    text, found = draft(switches, trees, pair, _head(trees, doubts))
    residue = (*_residue(switches), *found.carried)
    return Imported(
        pair=pair,
        text=text,
        modelled=sum(map(_commands, trees.values())) - len(residue),
        residue=residue,
        secrets=found.secrets,
        doubts=doubts,
    )


def read_pair(trees: Mapping[str, ConfigTree], pair: str = "") -> dict[str, Switch]:
    """Both switches of two running-configs; the names are those given, whatever a hostname line says."""
    return _switches(trees, _sides(trees), pair)


def _sides(trees: Mapping[str, ConfigTree]) -> dict[str, Side]:
    return {name: side_of(tree, release=version(tree)) for name, tree in trees.items()}


def _switches(trees: Mapping[str, ConfigTree], sides: Mapping[str, Side], pair: str) -> dict[str, Switch]:
    one, other = trees
    peers = {one: other, other: one}
    return {
        name: replace(read_side(sides[name], tree.file, peer=peers[name], pair=pair, release=version(tree)), name=name)
        for name, tree in trees.items()
    }


def _residue(switches: Mapping[str, Switch]) -> Iterator[Residue]:
    """The raw lines of both, in the order of their configurations, without what is secret in them."""
    for name, switch in switches.items():
        if isinstance(switch.source, Places):
            raws = sorted(switch.source.residue, key=lambda raw: raw.number)
            yield from (Residue(name, raw.number, redact(raw.text.strip())) for raw in raws if raw.text.strip())


def _commands(tree: ConfigTree) -> int:
    """The lines of a configuration that say something."""
    lines = (line.strip().lstrip(DEEPER).lstrip() for raw in tree.raws for line in raw.split("\n"))
    return sum(not is_noise(text) for text in lines if text)


def _head(trees: Mapping[str, ConfigTree], doubts: Sequence[Finding]) -> str:
    """What stands above the file: where it is from, and what speaks against a pair."""
    lines = [f"imported from {' and '.join(tree.file or name for name, tree in trees.items())}"]
    lines += [f"{doubt.rule} {doubt.name}: {doubt.message}" for doubt in doubts]
    return "".join(f"# {visible(line)}\n" for line in lines)
