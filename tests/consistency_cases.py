"""The cases of the consistency verdict: a pair file laid over base.yaml, or two configurations, and what is to be said.

`expected.txt` is what a network engineer looks at: the rows that are marked and what follows; the whole output where
nothing differs.
"""

from __future__ import annotations

from pathlib import Path

from mlagkit.intent import pair_of
from mlagkit.nxos.parse import parse
from mlagkit.nxos.read import read
from mlagkit.peers import peers_of
from mlagkit.rules.rule import Peers
from tests.conftest import ROOT
from tests.rule_examples import BASE

CASES = ROOT / "tests" / "fixtures" / "consistency"
WHOLE = {"nothing-differs", "i17-one-leaf-only", "n5k", "n3k"}
"""Cases whose whole output is expected."""


def names() -> list[str]:
    """Every case."""
    return sorted(path.name for path in CASES.iterdir())


def peers(name: str) -> Peers:
    """The two switches of a case."""
    folder = CASES / name
    file = folder / "pair.yaml"
    if file.exists():
        return of_yaml(file.read_text("utf-8"))
    return read_files(folder)


def of_yaml(text: str) -> Peers:
    """The two switches of a pair file that is laid over base.yaml."""
    return peers_of(pair_of(text, "pair.yaml", BASE))


def read_files(folder: Path) -> Peers:
    """The two switches of a folder with ``a.cfg`` and ``b.cfg``."""
    one, other = (
        read(parse((folder / name).read_bytes().decode("utf-8", "surrogateescape"), name), name=name, pair=folder.name)
        for name in ("a.cfg", "b.cfg")
    )
    return one, other


def short(text: str) -> str:
    """Of an output the first lines, the titles of tables with marked rows, those rows, and what follows."""
    head, *tables, last = text.rstrip("\n").split("\n\n")
    kept = [head]
    for table in tables:
        rows = _marked(table.split("\n"))
        kept += ["\n".join([table.split("\n")[0], *rows])] if rows else []
    return "\n\n".join([*kept, last]) + "\n"


def _marked(lines: list[str]) -> list[str]:
    """The lines of the rows that differ, those below the first included."""
    found: list[str] = []
    taking = False
    for line in lines[3:]:
        begins = len(line) > 30 and line[30:31] in "12-" and line[:2] in ("* ", "? ", "  ")
        taking = line.startswith("* ") if begins else taking and line.startswith("  ")
        found += [line] if taking else []
    return found
