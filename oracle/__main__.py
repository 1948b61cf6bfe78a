"""Ask every oracle and print what came of it: ``python -m oracle [NAME …]``.

A row for each oracle, input and command: how many facts were compared, how many are the same, how many differ for a
reason that is known (`oracle.explained`), and how many are open. What can't be asked here has a row that says so. Ends
with 1 if anything is open, with 2 if an oracle was not available, which is no agreement.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mlagkit.intent import load_pair
from mlagkit.intent.pair import Pair
from mlagkit.peers import peers_of
from oracle import corpus, generator, labs, ranges
from oracle.compare import UNREADABLE, Difference, agreed, differences
from oracle.environment import NotAvailable, ask
from oracle.explained import KINDS, kind_of
from oracle.facts import Asked
from oracle.readers import GENIE, NTC, Reader
from oracle.yang import Yanglint, leaves, system_of
from tests.pair_files import PAIRS

SHOWN = 20
"""How many open disagreements are printed of each kind of fact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What came of one oracle over one kind of input."""

    oracle: str
    input: str
    inputs: int
    same: int
    found: Sequence[Difference]


def main(*names: str) -> int:
    """Print the table, then every disagreement that nothing explains."""
    rows: list[Row] = []
    missing: dict[str, str] = {}
    for name, rows_of in ORACLES.items():
        if names and name not in names:
            continue
        try:
            rows += rows_of()
        except NotAvailable as error:
            missing[name] = str(error)
    kinds = {id(found): kind_of(found) for row in rows for found in row.found}
    print("| oracle | input | inputs | facts | the same | explained | open |\n|---|---|---|---|---|---|---|")
    for row in rows:
        explained = sum(kinds[id(found)] is not None for found in row.found)
        numbers = (row.inputs, row.same + len(row.found), row.same, explained, len(row.found) - explained)
        print(f"| {row.oracle} | {row.input} | {' | '.join(f'{number:,}' for number in numbers)} |")
    for name, why in missing.items():
        print(f"| {name} | NOT AVAILABLE: {why} | | | | | |")
    _print_kinds(Counter(kind for kind in kinds.values() if kind))
    unknown = [found for row in rows for found in row.found if kinds[id(found)] is None]
    _print_open(unknown)
    return 1 if unknown else 2 if missing else 0


def _print_kinds(counts: Mapping[str, int]) -> None:
    if counts:
        print("\n| explained | facts | why |\n|---|---|---|")
    for kind in KINDS:
        if kind.name in counts:
            print(f"| {kind.oracle}: {kind.name} | {counts[kind.name]:,} | {kind.why} |")


def _print_open(unknown: Sequence[Difference]) -> None:
    shown: Counter[tuple[str, str, str]] = Counter()
    for found in unknown:
        key = (found.oracle, found.command, found.attribute)
        shown[key] += 1
        if shown[key] <= SHOWN:
            words = (found.where, found.command, found.object, found.attribute)
            print(f"OPEN {found.oracle}: {', '.join(filter(None, words))}: {found.ours!r}, {found.theirs!r}")
    for (oracle, command, attribute), number in shown.items():
        if number > SHOWN:
            print(f"OPEN {oracle}: {number - SHOWN} more of {command}, {attribute}")


def _readers(name: str, environment: str, readers: Mapping[str, Reader]) -> Iterator[Row]:
    """The lab and the real answers, a row for each command."""
    for source, every in (("lab", labs.asked()), ("corpus", corpus.asked())):
        asked = [each for each in every if each.command in readers]
        answers = ask(environment, ({"command": each.command, "text": each.text} for each in asked))
        of_command: dict[str, tuple[list[Difference], Counter[str]]] = {}
        for each, said in zip(asked, answers, strict=True):
            found, numbers = of_command.setdefault(each.command, ([], Counter()))
            numbers["inputs"] += 1
            numbers["same"] += _compared(name, each, said, readers[each.command], found)
        for command, (found, numbers) in of_command.items():
            input_name = f"{source}: `{command}`"
            yield Row(oracle=name, input=input_name, inputs=numbers["inputs"], same=numbers["same"], found=found)


def _compared(name: str, asked: Asked, said: Mapping[str, object], reader: Reader, found: list[Difference]) -> int:
    """How many facts are the same; the others are added."""
    ours = {key: value for key, value in asked.facts.items() if key[1] in reader.attributes}
    if "error" in said:
        found += differences(name, asked, {("", UNREADABLE): "read"}, {("", UNREADABLE): str(said["error"])})
        return 0
    theirs = reader.facts(said["read"])
    found += differences(name, asked, ours, theirs)
    return agreed(ours, theirs)


def _pairs() -> Iterator[tuple[str, Pair]]:
    """Those of the lab, and the pair files of the tests: what is rendered, not what an emulated switch says."""
    yield from labs.pairs()
    for path in PAIRS:
        if "fixtures" in path.parts:
            yield path.parent.name, load_pair(path)


def _genie() -> Iterator[Row]:
    yield from _readers("genie", "genie", GENIE)
    asked = list(generator.questions(_pairs()))
    answers = ask("genie", (each for _, _, every, needed in asked for each in (every, needed)))
    found: list[Difference] = []
    same = 0
    for (where, lines, *_), every, needed in zip(asked, answers[::2], answers[1::2], strict=True):
        if said := every.get("error") or needed.get("error"):
            raise NotAvailable(f"its generator fails at {where}: {said}")
        wrong = list(
            generator.judged(where, lines, generator.lines_of(every["read"]), generator.lines_of(needed["read"]))
        )
        same += len(lines) - sum(each.ours is not None for each in wrong)
        found += wrong
    yield Row(oracle="genie", input="rendered vPC lines", inputs=len(asked), same=same, found=found)


def _yang() -> Iterator[Row]:
    judge = Yanglint()
    found: list[Difference] = []
    inputs = same = 0
    for name, pair in _pairs():
        for switch in peers_of(pair):
            inputs += 1
            system = system_of(switch)
            said = judge.refused([system])
            same += 0 if said else leaves(system)
            if said:
                where = f"{name}, {switch.name}"
                found.append(
                    Difference(
                        oracle="YANG",
                        where=where,
                        command="render",
                        object="",
                        attribute="configuration",
                        ours="taken",
                        theirs=said,
                    )
                )
    yield Row(oracle="YANG", input="rendered pairs", inputs=inputs, same=same, found=found)
    every = list(ranges.probes())
    same, found = ranges.judged(judge, every)
    attributes = len({probe.name for probe in every})
    yield Row(oracle="YANG", input="values at the edges", inputs=attributes, same=same, found=found)


ORACLES: Mapping[str, Callable[[], Iterator[Row]]] = {
    "ntc": lambda: _readers("ntc-templates", "ntc", NTC),
    "genie": _genie,
    "yang": _yang,
}
"""By the name under which one is asked for."""


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
