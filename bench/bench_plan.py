"""How long a plan is beside those of hier_config and annet, and what hier_config's `future()` says to it.

    python bench/bench_plan.py

The inputs are generated configurations with 1,000 lines, five seeds, and the cases of ``tests/fixtures/nxos/diff``;
all that is not intended goes. A plan may have no more commands than the longer one of the two, but for the cases that
`LONGER` names, and all plans together fewer than either. What `future()` makes of the running configuration and of each
command in turn is read by mlagkit and held against the intended one; a difference that is none of two known kinds and
not in `UNLIKE` is an error. Both need the environments that ``bench_peers.py setup --only hier,annet`` makes.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from peers import ask, generated, missing, typed
from plan_worker import led, work_of

from mlagkit.diff import Change, Policy, diff
from mlagkit.nxos.catalogue import Kind, Line, recognise
from mlagkit.nxos.change.edit import Edit
from mlagkit.nxos.parse import parse
from mlagkit.plan import NoWay, typed_lines
from mlagkit.plan.steps import commands

CASES = Path(__file__).resolve().parent.parent / "tests/fixtures/nxos/diff"
SHUT = "a vPC that ends, and has ports, is shut before on both switches (row remove vPC)"
LONGER = {
    "peers-12-channel-and-member-go": SHUT,
    "row-14-words-behind-no": f"{SHUT}; what stays comes up again, and its port loses the MTU that it keeps (7.10)",
    "row-17-new-ports-where-they-route": "new ports are made switched and brought up, where they are neither (7.17)",
    "base-port-in-other-words": "`no interface` is no command for a port: each of its lines goes (peers.md)",
    "denied-text": "text and its opposite are two lines, since a switch may print either",
}
"""Cases in which the plan is longer than either, with the reason."""

BESIDE = "a second value stays beside the first: the driver has no rule that the line has one value"
LISTS = "of a list of VLANs neither `add` and `remove` nor a part of it is understood"
UNLIKE = {
    "base-port-in-other-words": "a port that is spelled otherwise is another one",
    "peers-19-exclamation-mark-in-a-community": "text behind `!` is cut off",
    "row-13-lines-that-add-up": "a secondary address replaces the first one",
    "row-03-order-below-unknown-lines": "what is new stands before what is there, where order may mean something",
    "row-16-abbreviated-undeclared": "words cut short are not understood",
    "strict-below-unknown-lines": "what is new stands before what is there, where order may mean something",
    "text-banner-delimiters": "a banner with such a delimiter is not read",
    "text-domain-id-changes": "a domain with another id is another block, without the lines of the first",
    "text-ranges-as-heads": "a range of interfaces is one block",
    "text-script-at-the-margin": "a script without indentation has no blocks",
    "text-script-vlan-name": "a script without indentation has no blocks",
    "text-secondary-addresses": "a secondary address replaces the first one",
    "text-stanza-twice": "a block that stands there twice is not read",
    "text-unknown-stanza-in-pieces": "a block that stands there twice is not read",
    "text-unknown-stanza-twice": "a block that stands there twice is not read",
    "text-vni-ranges": "neither a range of VNIs nor a `no` form without the value is understood",
}
"""What `future()` makes of a case and a switch does not."""

_STRICT = Policy(strict=True)

Paths = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Case:
    """One input with its plan; ``edits`` are None where there is none, for the reason in ``why``."""

    name: str
    running: str
    intended: str
    edits: tuple[Edit, ...] | None
    why: str = ""

    @property
    def length(self) -> int | None:
        """How many commands the plan has."""
        return None if self.edits is None else typed(list(typed_lines(commands(self.edits))))


def main() -> int:
    """Print both tables; 1 where a plan is too long or a difference is not explained."""
    absent = missing("hier", "annet")
    if absent:
        print(f"bench_plan: SKIPPED, no environment of {', '.join(absent)}: bench_peers.py setup --only hier,annet")
        return 0
    cases = [_case(*each) for each in _inputs()]
    for case in cases:
        if case.edits is None:
            print(f"no plan for {case.name}: {case.why}")
    return max(_lengths(cases), _witness([case for case in cases if case.edits is not None]))


def _inputs() -> Iterator[tuple[str, str, str]]:
    for seed, (running, intended) in enumerate(generated(1000, 5), 1):
        yield f"1,000 lines, seed {seed}", running, intended
    for path in sorted(CASES.glob("*.yaml")):
        found = yaml.safe_load(path.read_text("utf-8"))
        yield path.stem, found["before"], found["after"]


def _case(name: str, running: str, intended: str) -> Case:
    try:
        found = led(work_of(parse(running), parse(intended)))
    except (NoWay, ValueError) as error:
        return Case(name, running, intended, None, str(error))
    return Case(name, running, intended, tuple(placed.edit for placed in found.placed))


def _lengths(cases: Sequence[Case]) -> int:
    """The table of commands; what one of the three has no answer to is left out of the totals."""
    pairs = [(case.running, case.intended) for case in cases]
    others = {peer: ask(peer, "push", pairs) for peer in ("hier", "annet")}
    totals: Counter[str] = Counter()
    equal = shorter = failed = 0
    print("\n| case | mlagkit | hier_config | annet |\n|---|---|---|---|")
    for number, case in enumerate(cases):
        answers = [others[peer][number] for peer in ("hier", "annet")]
        lengths = [case.length, *(None if isinstance(each, str) else typed(each) for each in answers)]
        print(f"| {case.name} | {' | '.join('-' if each is None else str(each) for each in lengths)} |")
        known = [each for each in lengths if each is not None]
        if case.length is None or len(known) == 1:
            continue
        longest = max(known[1:])
        shorter, equal = shorter + (case.length < longest), equal + (case.length == longest)
        if case.length > longest:
            why = LONGER.get(case.name)
            failed += why is None
            print(f"  longer than both: {why or 'NOT EXPLAINED'}")
        if len(known) == len(lengths):
            totals.update(dict(zip(("mlagkit", "hier", "annet"), known, strict=True)))
    print(
        f"\nshorter than the longer of the two: {shorter}, as long: {equal}; together where all three have an answer: ",
        end="",
    )
    print(", ".join(f"{name} {count}" for name, count in totals.items()))
    return int(failed > 0 or totals["mlagkit"] >= min(totals["hier"], totals["annet"]))


def _witness(cases: Sequence[Case]) -> int:
    """What `future()` says to each plan, by reason."""
    paths = [[(*edit.section, edit.text) for edit in case.edits or ()] for case in cases]
    answers = ask(
        "hier", "future", [(case.running, case.intended, each) for case, each in zip(cases, paths, strict=True)]
    )
    reasons: Counter[str] = Counter()
    agreed = failed = 0
    for case, answer in zip(cases, answers, strict=True):
        found = [answer] if isinstance(answer, str) else list(_unlike(*answer))
        agreed += not found
        for each in found:
            reason = each if each in (BESIDE, LISTS) else UNLIKE.get(case.name)
            failed += reason is None
            reasons[reason or "NOT EXPLAINED"] += 1
            if reason is None:
                print(f"{case.name}: {each}")
    lines = sum(map(len, paths))
    print(f"\nfuture(): {len(cases)} plans with {lines} commands, {agreed} of the plans without a difference\n")
    print("| differences | reason |\n|---|---|")
    for reason, count in reasons.most_common():
        print(f"| {count} | {reason} |")
    return int(failed > 0)


def _unlike(future: Paths, wanted: Paths) -> Iterator[str]:
    """How the two differ to mlagkit: as one of the known reasons, or as the change that is left."""
    both = {tuple(path) for path in wanted} & {tuple(path) for path in future}
    said = {(path[:-1], line.key) for path in both if (line := _line(path))}
    kept = []
    for path in future:
        line = _line(path)
        again = tuple(path) not in both and line is not None and (tuple(path[:-1]), line.key) in said
        if again and line is not None and line.row.kind is not Kind.VLANS:
            yield BESIDE
        else:
            kept.append(path)
    for change in diff(parse(_text(kept)), parse(_text(wanted)), policy=_STRICT).changes:
        yield LISTS if _is_list(change) else f"{change.section} {change.old} -> {change.new}"


def _is_list(change: Change) -> bool:
    """Whether a difference is one of a list of VLANs, or of a stanza that several VLANs have."""
    mode = recognise("", change.section[0]) if change.section else None
    return any(row is not None and row.kind is Kind.VLANS for row in (change.row, mode.row if mode else None))


def _line(path: Sequence[str]) -> Line | None:
    """The last line of a path as the catalogue knows it."""
    mode = ""
    for head in path[:-1]:
        line = recognise(mode, head)
        if line is None or line.row.opens is None:
            return None
        mode = line.row.opens
    return recognise(mode, path[-1])


def _text(paths: Paths) -> str:
    return "\n".join("  " * (len(path) - 1) + path[-1] for path in paths)


if __name__ == "__main__":
    sys.exit(main())
