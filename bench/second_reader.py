"""On how many lines of the corpus ciscoconfparse2 sees another nesting than the tree, by the kind that explains it.

    python bench/second_reader.py

Prints the table of ``docs/measurements.md`` and what both readers took; ends with 1 if a line is not explained.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

from mlagkit.nxos.parse import parse
from mlagkit.nxos.second_reader import KINDS, Disagreement, disagreements

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "nxos"


def main() -> int:
    """Read every configuration twice and print a row for each kind."""
    texts = [path.read_bytes().decode("utf-8", "surrogateescape") for path in sorted(CORPUS.glob("**/*.cfg"))]
    if not texts:
        print("../shared/corpus is not here: nothing to read twice.", file=sys.stderr)
        return 0
    begin = time.perf_counter()
    found = [disagreements(parse(text)) for text in texts]
    seconds = time.perf_counter() - begin
    lines = sum(bool(line.strip()) for text in texts for line in text.split("\n"))
    print(f"{len(texts)} configurations, {lines:,} lines that are not blank, read twice in {seconds:.1f} s\n")
    return table(found)


def table(found: list[tuple[Disagreement, ...]]) -> int:
    """Print the counts over all files; 1 if a line has no kind."""
    counts = Counter(each.kind for file in found for each in file)
    print("| kind | lines | reason |\n|---|---|---|")
    for kind in KINDS:
        print(f"| {kind.name} | {counts[kind.name]} | {kind.reason} |")
    print(f"| not explained | {counts['']} | |\n\nin {sum(map(bool, found))} configurations")
    return int(counts[""] > 0)


if __name__ == "__main__":
    sys.exit(main())
