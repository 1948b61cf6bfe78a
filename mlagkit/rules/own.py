"""A site's own rules: Python files with the same decorators, which run with all that the caller may do.

Whatever such a file does wrong is an error in an input, at its line (IN26), never one of mlagkit's own.
"""

from __future__ import annotations

import ast
import functools
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from types import CodeType, ModuleType, TracebackType
from typing import Any

from mlagkit.errors import InputError
from mlagkit.finding import Finding, Origin
from mlagkit.input_rules import INPUT_RULES, input_error, input_finding
from mlagkit.part import Part
from mlagkit.rules.rule import Facts, Hit, Peers, Rule, SiteHit, Spot, whole
from mlagkit.source import read_bytes

_ID = re.compile(r"[A-Z][A-Z0-9]\d\d")
_CLOSED = re.compile(
    r"mlagkit\.(finding|host|nxos|part|rules|switch|topology|values)(\..*)?|__future__|collections(\.abc)?|dataclasses|enum"
    r"|functools|ipaddress|itertools|math|operator|re|string|textwrap|typing"
)
"""Modules that give nobody a way to what lies outside: the parts of mlagkit that rules are made of, and pure ones."""


def load_own(files: Iterable[str], known: Iterable[Rule]) -> tuple[Rule, ...]:
    """The rules of these files, fit to be asked beside those that are ``known``.

    InputError for a file that can't be read (IN11), does not run, holds no rule, or has an id or a name that is taken
    (IN26). A rule that fails when it is asked, or yields something else than hits, raises InputError then.
    """
    taken = {word: rule.id for rule in known for word in (rule.id, rule.name)}
    taken |= {word: rule.id for rule in INPUT_RULES.values() for word in (rule.id, rule.name)}
    found: list[Rule] = []
    findings: list[Finding] = []
    for file in dict.fromkeys(files):
        for rule in _rules_of(file):
            findings += _refused(rule, file, taken)
            taken |= {rule.id: rule.id, rule.name: rule.id}
            found.append(_guarded(rule, file))
    if findings:
        raise InputError(findings)
    return tuple(sorted(found, key=lambda rule: rule.id))


def looks_at_pairs_alone(file: str) -> bool:
    """Whether nothing but what it is given can matter to the rules of the file: it reads no files, and asks nobody."""
    tree = ast.parse(read_bytes(file))
    for node in ast.walk(tree):
        match node:
            case ast.Import(names):
                modules = [alias.name for alias in names]
            case ast.ImportFrom(module=str(module), level=0):
                modules = [module]
            case ast.ImportFrom() | ast.Name(id="open" | "exec" | "eval" | "compile" | "input" | "__import__"):
                return False
            case ast.Name(id="__builtins__" | "globals" | "vars") | ast.Attribute(attr="__globals__"):
                return False
            case _:
                continue
        if not all(_CLOSED.fullmatch(module) for module in modules):
            return False
    return True


def _rules_of(file: str) -> Sequence[Rule]:
    source = read_bytes(file)
    module = ModuleType(f"own rules in {file}")
    module.__file__ = file
    sys.modules[module.__name__] = module  # dataclasses look for their module there
    with _Blame(file):
        exec(compile(source, file, "exec", dont_inherit=True), module.__dict__)  # no cached bytecode beside the file
    rules = [value for value in vars(module).values() if isinstance(value, Rule) and _file_of(value) == file]
    if not rules:
        raise input_error("IN26", "no rule stands in this file", Origin(file))
    return rules


def _refused(rule: Rule, file: str, taken: dict[str, str]) -> Iterator[Finding]:
    origin = Origin(file, _code(rule).co_firstlineno)
    if not _ID.fullmatch(rule.id):
        message = f"{rule.id} is no id of a rule: a capital letter, a letter or digit, and two digits, such as XX01"
        yield input_finding("IN26", message, origin)
    if rule.gaps:
        yield input_finding("IN26", f"{rule.id}: its docstring lacks {', '.join(rule.gaps)}", origin)
    for word in (rule.id, rule.name):
        if word in taken:
            yield input_finding("IN26", f"there is already a rule {word} ({taken[word]})", origin)


def _file_of(rule: Rule) -> str | None:
    return _code(rule).co_filename if hasattr(_check(rule), "__code__") else None


def _code(rule: Rule) -> CodeType:
    code: CodeType = _check(rule).__code__
    return code


def _check(rule: Rule) -> Any:  # noqa: ANN401  # any of three kinds of function
    return rule.on_switch or rule.on_pair or rule.on_site


def _guarded(rule: Rule, file: str) -> Rule:
    """The rule, whose mistakes are those of its file."""
    line = _code(rule).co_firstlineno
    if rule.on_site:
        facts = rule.facts if rule.facts is whole else _taking(rule.facts, file, line)
        return replace(rule, on_site=_asking(rule.on_site, SiteHit, file, line), facts=facts)
    if rule.on_pair:
        return replace(rule, on_pair=_asking(rule.on_pair, Hit, file, line))
    return replace(rule, on_switch=_asking(_check(rule), Hit, file, line))


def _asking(check: Callable[..., Iterable[Any]], kind: type[Any], file: str, line: int) -> Callable[..., Iterator[Any]]:
    def ask(*args: object) -> Iterator[Any]:
        with _Blame(file, line):
            for hit in check(*args):
                if not isinstance(hit, kind) or not _is_usable(hit):
                    raise TypeError(f"a rule yields {kind.__name__}(…), not {hit!r:.80}")
                yield hit

    return ask


def _taking(facts: Facts, file: str, line: int) -> Facts:
    @functools.wraps(facts)
    def take(peers: Peers) -> object:
        with _Blame(file, line):
            return facts(peers)

    return take


def _is_usable(hit: object) -> bool:
    match hit:
        case Hit(Part(), str(), str(), str()) | SiteHit(Spot(), str(), str()):
            return True
    return False


class _Blame:
    """Whatever is raised inside becomes an input error at the line of the file that it came through last."""

    def __init__(self, file: str, line: int = 1) -> None:
        self.file = file
        self.line = line

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, InputError) or not isinstance(error, Exception | SystemExit):
            return
        origin = Origin(self.file, *self._place(error))
        text = error.msg if isinstance(error, SyntaxError) else error
        raise input_error("IN26", f"{type(error).__name__}: {text}", origin) from error

    def _place(self, error: BaseException) -> tuple[int, int]:
        if isinstance(error, SyntaxError) and error.filename == self.file:
            return error.lineno or 1, error.offset or 1
        line, trace = self.line, error.__traceback__
        while trace:
            if trace.tb_frame.f_code.co_filename == self.file:
                line = trace.tb_lineno
            trace = trace.tb_next
        return line, 1
