"""Is what is written usable? Every file by itself, and all of them together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mlagkit.errors import InputError
from mlagkit.finding import Finding, Origin
from mlagkit.input_rules import input_error, input_finding
from mlagkit.intent import Pair, load_pair, load_pairs
from mlagkit.peers import peers_of, peers_of_running
from mlagkit.record import record
from mlagkit.source import nearest

if TYPE_CHECKING:
    from mlagkit.config import ConfigTree
    from mlagkit.rules.judge import Alone
    from mlagkit.rules.rule import Rule
    from mlagkit.switch import Switch
    from mlagkit.verdict import Verdict
    from mlagkit.waivers import Accepted


def load(paths: Iterable[str | Path]) -> list[Pair]:
    """The pairs of all files and folders; InputError with every finding if anything is wrong with any of them."""
    pairs = load_pairs(paths)
    refuse_twins(name for pair in pairs for name in names_of(pair))
    return pairs


@record
class Judged:
    """What rules found, in which pair files; the verdicts where they were asked for."""

    findings: tuple[Finding, ...]
    files: tuple[str, ...] = ()
    verdicts: tuple[Verdict, ...] = ()


@record
class Look:
    """What is left of one pair file that was looked at: all that is needed to judge it beside others, and no more.

    ``of_file`` is what is found on it as a file that no rule about networks is asked of.
    """

    file: str
    names: tuple[TakenName, ...]
    alone: Alone
    of_file: tuple[Finding, ...]
    accepted: Accepted
    verdict: Verdict | None = None


@record
class Rules:
    """The rules that are asked, with the files of those that are a site's own."""

    files: tuple[str, ...] = ()
    rules: tuple[Rule, ...]

    @classmethod
    def of(cls, files: tuple[str, ...]) -> Rules:
        """Every rule, with those of a site's own files; InputError for a file that can't be used."""
        from mlagkit.rules import RULES

        if not files:
            return cls(rules=RULES)
        from mlagkit.rules.own import load_own

        return cls(files=files, rules=(*RULES, *load_own(files, RULES)))

    def __reduce__(self) -> tuple[Callable[[tuple[str, ...]], Rules], tuple[tuple[str, ...]]]:
        """Rules are functions, of which a new process makes its own."""
        return Rules.of, (self.files,)


def look(file: str, rules: Sequence[Rule], *, consistency: bool = False) -> Look:
    """One pair file, judged by itself; InputError where it is none. ``consistency`` asks for the verdict, too."""
    return look_at(load_pair(file), rules, consistency=consistency)


def look_at(pair: Pair, rules: Sequence[Rule], *, consistency: bool = False) -> Look:
    """The same of a pair whose file was read already."""
    from mlagkit.nxos.foreign import foreign_keys
    from mlagkit.nxos.keyed import unseen
    from mlagkit.rules.judge import alone
    from mlagkit.waivers import accepted

    one, other = peers_of(pair)
    return Look(
        file=pair.file,
        names=names_of(pair),
        alone=alone(rules, (one, other)),
        of_file=(*unseen((one, other)), *foreign_keys((one, other))),
        accepted=accepted(pair),
        verdict=_verdict(one, other) if consistency else None,
    )


def _verdict(one: Switch, other: Switch) -> Verdict:
    from mlagkit.verdict import verdict

    return verdict(one, other)


def judged(looks: Sequence[Look], rules: Sequence[Rule], day: date) -> Judged:
    """What the rules find on all pair files together as of that day; what is waived is marked as such.

    InputError where two files speak of one pair or switch.
    """
    from mlagkit.waivers import settled

    refuse_twins(name for each in looks for name in each.names)
    return Judged(
        findings=tuple(settled(found_on(looks, rules), [each.accepted for each in looks], rules, day)),
        files=tuple(each.file for each in looks),
        verdicts=tuple(each.verdict for each in looks if each.verdict),
    )


def found_on(looks: Sequence[Look], rules: Sequence[Rule]) -> list[Finding]:
    """What the rules find on all these pair files, and what is found on each as a file."""
    from mlagkit.rules.judge import together

    return [*together(rules, [each.alone for each in looks]), *(finding for each in looks for finding in each.of_file)]


def judge_running(trees: Mapping[str, ConfigTree], rules: Sequence[Rule], *, consistency: bool = False) -> Judged:
    """What the rules find on two running-configs, by hostname; findings point at their lines. None is waived."""
    from mlagkit.nxos.foreign import foreign_keys
    from mlagkit.rules.judge import findings

    one, other = peers_of_running(trees)
    verdicts = (_verdict(one, other),) if consistency else ()
    return Judged(findings=(*findings(rules, [(one, other)]), *foreign_keys((one, other))), verdicts=verdicts)


@record
class TakenName:
    """A name that only one file may use: of a ``pair`` or a ``switch``; ``path`` are the keys to it."""

    kind: str
    name: str
    path: tuple[str, ...]
    origin: Origin


def names_of(pair: Pair) -> tuple[TakenName, ...]:
    """The name of the pair and those of its switches."""
    origin = pair.sources[pair.hostnames[0]].origin
    return (
        TakenName(kind="pair", name=pair.name, path=("pair",), origin=origin(("pair",))),
        *(
            TakenName(kind="switch", name=name, path=("switches", name), origin=origin(("switches", name)))
            for name in pair.hostnames
        ),
    )


def refuse_twins(names: Iterable[TakenName]) -> None:
    """InputError where names are used twice: each after the first is a finding.

    Names are compared as a file system may compare them, which is without case: they become file names.
    """
    seen: dict[tuple[str, str], TakenName] = {}
    findings = []
    for each in names:
        first = seen.setdefault((each.kind, each.name.casefold()), each)
        if first is not each:
            message = f"there is already a {each.kind} {each.name}, in {first.origin.file}:{first.origin.line}"
            findings.append(input_finding("IN23", message, each.origin, path=each.path))
    if findings:
        raise InputError(findings)


def named(pairs: Sequence[Pair], switch: str | None) -> tuple[str, ...]:
    """The switches of all pairs, or the one that was asked for; InputError if no pair has it."""
    return one_of([name for pair in pairs for name in pair.hostnames], switch, pairs[0].switches_origin)


def one_of(names: Sequence[str], switch: str | None, origin: Origin | None = None) -> tuple[str, ...]:
    """All names, or the one that was asked for; InputError if it is none of them."""
    if switch is None or switch in names:
        return tuple(names) if switch is None else (switch,)
    likely = nearest(switch, names)
    hint = f"did you mean {likely}?" if likely else f"there are {', '.join(names[:10])}"
    raise input_error("IN08", f"{switch} is no switch of a pair here; {hint}", origin or Origin("--switch"))
