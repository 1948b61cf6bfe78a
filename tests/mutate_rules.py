"""Does a test notice a mistake in a rule? One at a time is put into the rules, and their tests must fail.

``python -m tests.mutate_rules [WORD]`` (or ``make proof``) runs the mistakes whose place or text holds WORD, all by
default: a rule without its body; a condition that is always or never true; one side of an `and` or `or` missing; a
comparison that is off by one. What no test notices mypy may, such as a missing question whether there is a value. It
ends with 1 when a rule without its body is not noticed, or fewer than 95 in 100 of the others.

The tests run once as they are, and each pair that they ask the rules about is kept. With a mistake, only the tests
for which its rules then say something else run again, in a process of their own, until one fails.
"""

from __future__ import annotations

import ast
import contextlib
import os
import re
import subprocess
import sys
import tempfile
import types
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from mlagkit import part
from mlagkit.finding import Finding

part.asked_once = lambda question: question  # an answer that is kept would hide the mistake that comes after it

from mlagkit.rules import RULES, Rule  # noqa: E402  # only now
from mlagkit.rules.judge import findings  # noqa: E402
from mlagkit.rules.rule import Peers  # noqa: E402

ROOT = Path(__file__).parent.parent
FILES = {
    path.name: path for folder in ("rules", "topology") for path in sorted((ROOT / "mlagkit" / folder).glob("*.py"))
}
"""The modules of the rules, and of the questions that they ask, by name."""
TESTS = ("test_rules*.py", "test_seeded*.py", "test_facts*.py")
APART = frozenset({"__init__.py", "rule.py", "judge.py", "own.py"})
"""What holds no rule and no question of one."""

SWAPPED: dict[type[ast.cmpop], type[ast.cmpop]] = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt}

NO_BODY = "no body"
WANTED = 0.95


@dataclass(frozen=True, slots=True)
class Mutation:
    """A mistake: the file, the function, its code with the mistake, and the mistake in words."""

    file: str
    line: int
    function: str
    words: str
    code: types.CodeType = field(repr=False)
    text: str = field(repr=False)

    @property
    def name(self) -> str:
        """The mutation as one line."""
        return f"{self.file}: {self.function}: {self.words}"


@dataclass(slots=True)
class Asked:
    """What one test asks the rules about, and what each rule then says."""

    item: pytest.Item
    pairs: list[Sequence[Peers]] = field(default_factory=list)


def mutations(path: Path) -> Iterator[Mutation]:
    """Every mistake in the functions of a module."""
    tree = ast.parse(path.read_text("utf-8"))
    for function in (node for node in tree.body if isinstance(node, ast.FunctionDef)):
        for line, words, put in [*_places(function)]:
            undo = put()
            code = _code(compile(ast.fix_missing_locations(tree), str(path), "exec"), function)
            yield Mutation(path.name, line, function.name, words, code, ast.unparse(tree))
            undo()


Put = Callable[[], Callable[[], None]]
"""Puts a mistake into the tree, and gives what takes it out again."""


def _places(function: ast.FunctionDef) -> Iterator[tuple[int, str, Put]]:
    if any("_rule(" in ast.unparse(each) for each in function.decorator_list):
        yield function.lineno, NO_BODY, _putting(function, "body", [ast.Return(ast.Tuple([], ast.Load()))])
    for node in (each for statement in function.body for each in ast.walk(statement)):
        if isinstance(node, (ast.If, ast.IfExp)):
            for truth in (True, False):
                yield node.test.lineno, f"{_told(node.test)} => {truth}", _putting(node, "test", _open(truth))
        elif isinstance(node, ast.comprehension):
            for index, test in enumerate(node.ifs):
                ifs = [*node.ifs[:index], *node.ifs[index + 1 :]]
                yield test.lineno, f"{_told(test)} => True", _putting(node, "ifs", ifs)
        elif isinstance(node, ast.BoolOp):
            for index, value in enumerate(node.values):
                others = [*node.values[:index], *node.values[index + 1 :]]
                words = f"{_told(node)} without {_told(value)}"
                yield value.lineno, words, _putting(node, "values", others * 2)  # one alone is no tree of Python
        elif isinstance(node, ast.Compare) and type(node.ops[0]) in SWAPPED:
            other = SWAPPED[type(node.ops[0])]()
            yield node.lineno, f"{_told(node)} by one", _putting(node, "ops", [other, *node.ops[1:]])


def _open(truth: bool) -> ast.expr:
    """A truth value that mypy does not know, so that it calls nothing unreachable."""
    return ast.parse(f"bool({truth:d})", mode="eval").body


def _told(node: ast.AST) -> str:
    return " ".join(ast.unparse(node).split())


def _putting(node: ast.AST, name: str, new: object) -> Put:
    def put() -> Callable[[], None]:
        old = getattr(node, name)
        setattr(node, name, new)
        return lambda: setattr(node, name, old)

    return put


def _code(module: types.CodeType, function: ast.FunctionDef) -> types.CodeType:
    """The code of a function of the module."""
    codes = (each for each in module.co_consts if isinstance(each, types.CodeType))
    return next(each for each in codes if each.co_name == function.name)


@contextlib.contextmanager
def in_place(mutation: Mutation) -> Iterator[None]:
    """The mistake is in the function that it changes, as long as this lasts."""
    found = vars(sys.modules[_module(FILES[mutation.file])])[mutation.function]
    function = _check(found) if isinstance(found, Rule) else getattr(found, "__wrapped__", found)
    forget = getattr(found, "cache_clear", lambda: None)
    code = function.__code__
    forget()
    function.__code__ = mutation.code
    try:
        yield
    finally:
        function.__code__ = code
        forget()


def _module(path: Path) -> str:
    return f"mlagkit.{path.parent.name}.{path.stem}"


def rules_of(file: str) -> list[Rule]:
    """The rules that the code of a module has a part in."""
    users = {Path(file).stem}
    while more := {path.stem for path in FILES.values() if _imports(path) & users} - users - {"__init__"}:
        users |= more
    return [rule for rule in RULES if Path(_check(rule).__code__.co_filename).stem in users]


def _imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return {(each.module or "").rpartition(".")[2] for each in ast.walk(tree) if isinstance(each, ast.ImportFrom)}


def _check(rule: Rule) -> types.FunctionType:
    found = rule.on_switch or rule.on_pair or rule.on_site
    assert isinstance(found, types.FunctionType)
    return found


class Mutants:
    """The plugin of pytest that runs the tests with one mistake after the other."""

    def __init__(self, word: str) -> None:
        self.word = word
        self.asked: list[Asked] = []
        self.survivors: list[Mutation] = []
        self.tried: list[Mutation] = []

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run everything once as it is, and what is concerned with each mistake."""
        self._run_as_it_is(session)
        for path in FILES.values():
            chosen = [] if path.name in APART else [each for each in mutations(path) if self.word in each.name]
            said = {rule: self._said(rule) for rule in rules_of(path.name)} if chosen else {}
            for mutation in chosen:
                self.tried.append(mutation)
                if not self._is_noticed(mutation, said, session):
                    self.survivors.append(mutation)
        return True

    def _run_as_it_is(self, session: pytest.Session) -> None:
        def recording(asked: Iterable[Rule], pairs: Sequence[Peers]) -> list[Finding]:
            self.asked[-1].pairs.append(pairs)
            return findings(asked, pairs)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("mlagkit.rules.findings", recording)
            for item in session.items:
                self.asked.append(Asked(item))
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
        if session.testsfailed:
            raise pytest.UsageError("the tests fail without a mistake")
        self.asked.sort(key=lambda each: len(each.pairs))

    def _said(self, rule: Rule) -> list[object]:
        return [_answer(rule, each) for each in self.asked]

    def _is_noticed(self, mutation: Mutation, said: dict[Rule, list[object]], session: pytest.Session) -> bool:
        with in_place(mutation):
            return any(
                any(_answer(rule, asked) != before[index] for rule, before in said.items())
                and _fails(asked.item, session)
                for index, asked in enumerate(self.asked)
            )


def _answer(rule: Rule, asked: Asked) -> object:
    """What a rule says to all that a test asks; the error where it ends in one."""
    try:
        return [findings([rule], pairs) for pairs in asked.pairs]
    except Exception as error:  # noqa: BLE001  # a mistake may end in any
        return repr(error)


def _fails(item: pytest.Item, session: pytest.Session) -> bool:
    """Whether a test fails, in a process of its own."""
    child = os.fork()
    if not child:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
        os._exit(bool(session.testsfailed))
    return os.waitpid(child, 0)[1] != 0


def refused_by_types(mutations: Sequence[Mutation]) -> set[int]:
    """The places of those of which mypy says more than of the module as it is, but without its comments.

    A rule without a body is none of them: a test has to notice it.
    """
    right = {each.file: ast.unparse(ast.parse(FILES[each.file].read_text("utf-8"))) for each in mutations}
    texts = right | {f"mutant_{number}.py": each.text for number, each in enumerate(mutations)}
    with tempfile.TemporaryDirectory() as folder:
        for name, text in texts.items():
            Path(folder, name).write_text(text, "utf-8")
        files = [str(Path(folder, name)) for name in texts]
        command = [sys.executable, "-m", "mypy", "--config-file", str(ROOT / "pyproject.toml"), *files]
        lines = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, text=True).stdout if files else ""
    said: dict[str, set[str]] = {name: set() for name in texts}
    for name, message in re.findall(r"(\w+\.py):\d+: error: (.*)", lines):
        said[name].add(message)
    more = {number for number, each in enumerate(mutations) if said[f"mutant_{number}.py"] - said[each.file]}
    return {number for number in more if mutations[number].words != NO_BODY}


def main(word: str = "") -> int:
    """Run the mutations and report on each that is not noticed."""
    mutants = Mutants(word)
    files = sorted(str(path) for pattern in TESTS for path in (ROOT / "tests").glob(pattern))
    status = pytest.main(["-q", "-s", "-p", "no:cacheprovider", "-m", "not corpus", *files], plugins=[mutants])
    by_types = refused_by_types(mutants.survivors)
    left = [each for number, each in enumerate(mutants.survivors) if number not in by_types]
    for each in left:
        sys.stdout.write(f"not noticed: {each.file}:{each.line}: {each.function}: {each.words}\n")
    bodies, empty = (sum(each.words == NO_BODY for each in some) for some in (mutants.tried, left))
    unknown = 0 if word else len(RULES) - bodies
    caught = len(mutants.tried) - len(mutants.survivors)
    sys.stdout.write(f"{bodies - empty} of {bodies} rules without a body noticed\n")
    sys.stdout.write(
        f"{caught} of {len(mutants.tried)} mutations of rules noticed by tests, {len(by_types)} by types\n"
    )
    return int(bool(status or empty or unknown or caught + len(by_types) < WANTED * len(mutants.tried)))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
