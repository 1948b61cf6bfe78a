"""What an import costs, beside recognising every line of both configurations.

    python bench/bench_import.py [ROUNDS]

The pair is the largest of ``../shared/corpus``. Each round does every step once, one after the other, in this process;
times are those of the processor, which others on the machine disturb less, and ratios are formed in the round. What is
paid once, such as building the models and compiling the templates, was paid before; what was recognised of these lines
is forgotten before each step, since whoever imports a pair does so once. The parts of the proof are those that an
import goes through with the file that it is about to write, each measured alone on that file.
"""

from __future__ import annotations

import gc
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from ciscoconfparse2 import CiscoConfParse

from mlagkit.compare import compare
from mlagkit.config import ConfigTree
from mlagkit.expand import expand
from mlagkit.importing import import_pair, read_pair
from mlagkit.importing.names import pair_name
from mlagkit.intent import pair_of
from mlagkit.nxos.catalogue import recognise
from mlagkit.nxos.facts import facts
from mlagkit.nxos.objects import interface_name
from mlagkit.nxos.parse import parse
from mlagkit.nxos.ranges import members
from mlagkit.nxos.redact import secrets_in
from mlagkit.nxos.running import hostname
from mlagkit.render import render

PAIRS = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "nxos" / "pairs"
BAR = 3.0
"""Times what recognising every line takes."""
YARDSTICK, WHOLE = "every line recognised by the catalogue", "`import`, proof included"
OF_TEXTS = (recognise, interface_name, members, secrets_in)
"""What keeps what it found for a text."""


def main(rounds: int) -> int:
    """Measure and print a row for each step; 1 if the bar is missed."""
    texts = largest()
    gc.set_threshold(100_000, 20, 20)  # as the command line does
    begin = time.process_time()
    import_pair(trees(texts), "imported")
    cold = time.process_time() - begin
    ways = steps(texts)
    times = [{step: seconds(run) for step, run in ways.items()} for _ in range(rounds + 1)][1:]
    lines = sum(text.count("\n") for text in texts.values())
    print(f"{lines} lines; the first import of a process, what is paid once included: {cold * 1000:.0f} ms")
    for step in ways:
        spent = statistics.median(found[step] for found in times) * 1000
        ratio = statistics.median(found[step] / found[YARDSTICK] for found in times)
        print(f"{step:48} {spent:6.1f} ms  {ratio:5.1f}x")
    reached = statistics.median(found[WHOLE] / found[YARDSTICK] for found in times)
    print(f"{WHOLE}: {reached:.1f}x (at most {BAR:g}){'' if reached <= BAR else '  MISSED'}")
    return int(reached > BAR)


def largest() -> Mapping[str, str]:
    """Both configurations of the pair with the most lines."""
    found = [{path.name: _text(path) for path in folder.glob("*.cfg")} for folder in sorted(PAIRS.iterdir())]
    return max(found, key=lambda texts: sum(text.count("\n") for text in texts.values()))


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "surrogateescape")


def trees(texts: Mapping[str, str]) -> dict[str, ConfigTree]:
    """The configurations by the names that they say."""
    found = (parse(text, file) for file, text in texts.items())
    return {(hostname(tree) or (tree.file, 1))[0]: tree for tree in found}


def steps(texts: Mapping[str, str]) -> Mapping[str, Callable[[], object]]:
    """The steps of an import that can be taken alone, other readers beside them, and the whole."""
    running = trees(texts)
    imported = import_pair(running, pair_name([*running]))
    secrets = {f"env:{name}": value for name, value in imported.secrets.items()}
    pair = pair_of(imported.text, "pair.yaml")
    switches = expand(pair)
    return {
        "cutting both texts into blocks": lambda: trees(texts),
        "the tree of every line": lambda: [[*tree.entries()] for tree in trees(texts).values()],
        YARDSTICK: lambda: [facts(tree.blocks()) for tree in trees(texts).values()],
        "`read`: both switches": lambda: read_pair(trees(texts)),
        "ciscoconfparse2 on the same texts, parse only": lambda: [cisco(text) for text in texts.values()],
        "proof: loading the file": lambda: pair_of(imported.text, "pair.yaml"),
        "proof: expanding it": lambda: expand(pair),
        "proof: rendering both switches": lambda: [render(each, secrets=secrets.get) for each in switches.values()],
        "`mlagkit diff` of the file and both texts": lambda: compare(pair, running, secrets=secrets.get, strict=True),
        WHOLE: lambda: import_pair(trees(texts), pair.name),
    }


def cisco(text: str) -> CiscoConfParse:
    """The same text in ciscoconfparse2."""
    return CiscoConfParse(  # type: ignore[misc]  # mypy goes by the signature that attrs would make
        text.split("\n"),  # type: ignore[arg-type]
        syntax="nxos",
    )


def seconds(run: Callable[[], object]) -> float:
    """Processor time of one run in seconds, with nothing known of any text."""
    for kept in OF_TEXTS:
        kept.cache_clear()
    gc.collect()
    begin = time.process_time()
    run()
    return time.process_time() - begin


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 15))
