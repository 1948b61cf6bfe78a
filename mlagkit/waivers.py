"""What a person accepted: a waiver in the pair file, or a comment on the line, takes a finding out of the count.

Either must still be needed and still be in force; where it is not, that is a finding of its own (WA01 to WA03).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import accumulate
from pathlib import Path

from mlagkit.finding import Finding, Origin, Waived
from mlagkit.input_rules import INPUT_RULES, can_be_waived, input_finding
from mlagkit.intent import Pair
from mlagkit.intent.load import SITE, pair_files_beside
from mlagkit.record import record
from mlagkit.rules.rule import Rule
from mlagkit.source import inspect_source, nearest, read_bytes
from mlagkit.source.comments import Allowed, allowed


@record
class Waiver:
    """One waiver of a pair: ``rule`` is an id, ``object`` a path or empty for the whole pair."""

    pair: str
    rule: str
    object: str
    waived: Waived

    def covers(self, finding: Finding) -> bool:
        """Whether a finding of its rule, in its pair, is at this object or below it.

        Key by key: ``interfaces.Ethernet1/1.10`` is not below ``interfaces.Ethernet1/1``.
        """
        return not self.object or self.object in accumulate(finding.keys, "{}.{}".format)

    def says(self, rule: str, message: str) -> Finding:
        """A finding about the waiver."""
        key = f"{self.rule} {self.object}".strip()
        return replace(input_finding(rule, message, self.waived.origin, path=("waivers", key)), pair=self.pair)


@record
class Accepted:
    """What the file of a pair accepts: its waivers, and the comments in it."""

    pair: str
    file: str
    waivers: tuple[Waiver, ...]
    comments: tuple[Allowed, ...]


@record
class _Asked:
    """What was judged: the rules, by id and by name, how many pairs, and whether all that a file speaks for."""

    rules: Mapping[str, Rule]
    pairs: int
    is_whole: Callable[[str], bool]

    def knows_idle(self, word: str, file: str) -> bool:
        """Whether a waiver in that file that met no finding is needed by none.

        Alone a pair breaks no rule that holds pairs against each other.
        """
        is_alone = word in self.rules and self.rules[word].on_site is not None and self.pairs == 1
        return not is_alone and self.is_whole(file)

    def refusal(self, word: str) -> str:
        """Why no finding is of the rule of that word, empty where some may be."""
        if word in self.rules:
            return ""
        for rule in INPUT_RULES.values():
            if word in (rule.id, rule.name):
                return "" if can_be_waived(rule.id) else f"{word} can't be waived"
        likely = nearest(word, self.rules)
        return f"there is no rule {word}; " + (f"did you mean {likely}?" if likely else "`mlagkit rules` lists them")


def accepted(pair: Pair) -> Accepted:
    """What the file of the pair accepts."""
    waivers, comments = tuple(_waivers_of(pair)), tuple(_comments_of(pair.file))
    return Accepted(pair=pair.name, file=pair.file, waivers=waivers, comments=comments)


def settled(
    findings: Iterable[Finding], pairs: Sequence[Accepted], rules: Iterable[Rule], day: date, *, partial: bool = False
) -> list[Finding]:
    """The findings, those that are waived marked as such, and what is wrong with the waivers as of that day.

    ``partial``: there are more pairs than were judged, so what speaks of several may be needed by one of the others.
    """
    by_word = {word: rule for rule in rules for word in (rule.id, rule.name)}
    whole = _no_site_file if partial else _wholeness(pairs)
    asked = _Asked(rules=by_word, pairs=1 if partial else len(pairs), is_whole=whole)
    waivers = [waiver for pair in pairs for waiver in pair.waivers]
    in_force = [waiver for waiver in waivers if not is_over(waiver.waived, day)]
    comments: list[tuple[str | None, Allowed]] = [(each.pair, comment) for each in pairs for comment in each.comments]
    comments += [(None, comment) for file in _site_files(pairs) for comment in _comments_of(file)]
    found, used = _waived(findings, in_force)
    found, met = _allowed(found, [comment for _, comment in comments])
    # Behind all that accepts: nobody can accept that a waiver is over.
    over = (waiver for waiver in waivers if is_over(waiver.waived, day))
    found += [waiver.says("WA01", over_words(waiver.rule, waiver.waived)) for waiver in over]
    found += _not_needed(in_force, used, asked)
    return found + [replace(each, pair=pair) for pair, comment in comments for each in _idle(comment, met, asked)]


def _no_site_file(file: str) -> bool:
    return Path(file).name != SITE


def _wholeness(pairs: Sequence[Accepted]) -> Callable[[str], bool]:
    """Whether every pair was judged that a file speaks for: a site file speaks for all that lie beside it."""

    @cache  # the folder is looked through once, and only where it matters
    def is_whole(file: str) -> bool:
        return Path(file).name != SITE or pair_files_beside(file) <= files()

    @cache
    def files() -> frozenset[Path]:
        return frozenset(Path(pair.file).resolve() for pair in pairs)

    return is_whole


def _waivers_of(pair: Pair) -> Iterator[Waiver]:
    source = pair.sources[pair.hostnames[0]]
    for key, waiver in pair.waivers.items():
        rule, _, path = key.partition(" ")
        origin = source.origin(("waivers", key))
        waived = Waived(reason=waiver.reason, owner=waiver.owner, expires=waiver.expires, origin=origin)
        yield Waiver(pair=pair.name, rule=rule, object=path, waived=waived)


def is_over(waived: Waived, day: date) -> bool:
    """Whether the last day has passed; what a comment allows has none."""
    return waived.expires is not None and day > date.fromisoformat(waived.expires)


def over_words(rule: str, waived: Waived) -> str:
    """That what somebody accepted of a rule counts again."""
    return f"the waiver of {rule} ended on {waived.expires}; {waived.owner} had accepted it"


def _waived(findings: Iterable[Finding], waivers: Iterable[Waiver]) -> tuple[list[Finding], set[Origin]]:
    """The findings with the first waiver that covers each, and the places of all waivers that cover any."""
    by_rule: dict[tuple[str | None, str], list[Waiver]] = {}
    for waiver in waivers:
        by_rule.setdefault((waiver.pair, waiver.rule), []).append(waiver)
    found, used = [], set()
    for finding in findings:
        covering = [item for item in by_rule.get((finding.pair, finding.rule), ()) if item.covers(finding)]
        used |= {waiver.waived.origin for waiver in covering}
        found.append(replace(finding, waived=covering[0].waived) if covering else finding)
    return found, used


def _not_needed(waivers: Iterable[Waiver], used: Collection[Origin], asked: _Asked) -> Iterator[Finding]:
    """What accepts nothing: no such rule, or none of its findings is there."""
    for waiver in waivers:
        origin = waiver.waived.origin
        if why := asked.refusal(waiver.rule):
            yield waiver.says("WA03", why)
        elif origin not in used and asked.knows_idle(waiver.rule, origin.file):
            place = f" at {waiver.object}" if waiver.object else ""
            yield waiver.says("WA02", f"{waiver.rule} finds nothing{place}: remove the waiver")


def _allowed(findings: Iterable[Finding], comments: Iterable[Allowed]) -> tuple[list[Finding], set[tuple[Origin, str]]]:
    """The findings with the comment that allows each, and the names in comments that allow any."""
    by_line: dict[tuple[str, int], list[Allowed]] = {}
    for comment in comments:
        by_line.setdefault((comment.origin.file, comment.origin.line), []).append(comment)
    found, met = [], set()
    for finding in findings:
        words = {finding.rule, finding.name}
        here = by_line.get((finding.origin.file, finding.origin.line), ())
        naming = [comment for comment in here if words & set(comment.names)]
        met |= {(comment.origin, name) for comment in naming for name in words & set(comment.names)}
        by_comment = [Waived(reason=comment.reason, origin=comment.origin) for comment in naming]
        found.append(replace(finding, waived=finding.waived or by_comment[0]) if by_comment else finding)
    return found, met


def _idle(comment: Allowed, met: Collection[tuple[Origin, str]], asked: _Asked) -> Iterator[Finding]:
    """What a comment names in vain."""
    if not comment.names:
        yield input_finding("WA03", "a comment that allows no rule by name", comment.origin)
    for name in comment.names:
        if (comment.origin, name) in met:
            continue
        if why := asked.refusal(name):
            is_many = len(name.replace(";", " ").split()) > 1
            hint = "a comma stands between rules, a second # before words"
            yield input_finding("WA03", f"{name} is no rule: {hint}" if is_many else why, comment.origin)
        elif asked.knows_idle(name, comment.origin.file):
            yield input_finding("WA02", f"{name} finds nothing on this line: remove the comment", comment.origin)


def _site_files(pairs: Iterable[Accepted]) -> list[str]:
    """The site files that lie beside the files of the pairs, each once."""
    sites = dict.fromkeys(Path(pair.file).with_name(SITE) for pair in pairs)
    return [str(site) for site in sites if site.exists()]


def _comments_of(file: str) -> list[Allowed]:
    raw = read_bytes(file)
    if b"mlagkit:" not in raw:
        return []
    source, _ = inspect_source(raw, file)
    return allowed(source.text, file, source.root) if source else []
