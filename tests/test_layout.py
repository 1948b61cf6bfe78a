"""The shape of the package: what may import what, what it may be called, how long it may be, where NX-OS may stand.

Every check is a function from a package to problems. It runs on the real package, and on a few lines of source that
break it: a check that cannot fail proves nothing.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TypeGuard

import pytest

from mlagkit.nxos.catalogue import ROWS, recognise

ROOT = Path(__file__).parent.parent


def _modules(*lines: str) -> tuple[str, ...]:
    """The modules of one layer, which are named without the package."""
    return tuple(f"mlagkit.{name}" for line in lines for name in line.split())


# From the inside out. A name stands for the module and all below it, the longest name wins (`mlagkit` is only itself);
# a module imports its own layer and those above it in this table.
LAYERS: dict[str, tuple[str, ...]] = {
    "words": ("mlagkit", *_modules("errors excerpt extras finding record shipped values")),
    "values": _modules("config host input_rules intent part plain pseudonym source state switch"),
    "platform": _modules("nxos"),
    "functions": _modules(
        "compare diff drill expand explanation importing peers plan planning render rules starter topology",
        "turned validate verdict verify waivers",
    ),
    "edges": _modules(
        "audit befalling bundle cache configurations demo device doctor emulate emulated errands fleet history",
        "nxos.lab observing processes push pushing rehearsal report review revision running secrets workers write",
    ),
    "command line": _modules("cli __main__"),
}

# Library -> the only modules (with all below them) that import it.
HOMES: dict[str, tuple[str, ...]] = {
    "asyncssh": ("mlagkit.nxos.lab",),
    "ciscoconfparse2": ("mlagkit.nxos.second_reader",),
    "click": ("mlagkit.cli",),
    "cryptography": ("mlagkit.device", "mlagkit.nxos.lab"),
    "jinja2": ("mlagkit.render",),
    "napalm": ("mlagkit.device.napalm",),
    "netmiko": ("mlagkit.device.netmiko",),
    "ntc_templates": ("mlagkit.nxos.state.version",),
    "paramiko": ("mlagkit.device",),
    "pydantic": ("mlagkit.intent",),
    "pydantic_core": ("mlagkit.intent",),
    "scp": ("mlagkit.device.netmiko",),
    "yaml": ("mlagkit.intent", "mlagkit.source"),
}

# What `mlagkit --help` must not load: each costs more than all the rest of the start.
HEAVY = {*HOMES, "requests"} - {"click"}
# What only the function that talks to a device or serves the lab may load.
DEVICE_LIBRARIES = {"asyncssh", "ciscoconfparse2", "napalm", "netmiko", "paramiko", "scp"}
START = ("mlagkit.cli", "mlagkit.cli.app", "mlagkit.__main__")

# The lab witnesses what the differ says; it may share none of its knowledge of NX-OS.
LAB = "mlagkit.nxos.lab"
NOT_IN_LAB = ("mlagkit.diff", "mlagkit.nxos.catalogue", "mlagkit.nxos.facts", "mlagkit.nxos.parse", "mlagkit.nxos.read")

VAGUE_MODULES = {"base", "common", "core", "helper", "helpers", "lib", "misc", "tools", "util", "utilities", "utils"}
VAGUE_CLASS = re.compile(r"(Manager|Factory|Handler|Service|Helper|Utils?)$")

MODULE_LINES = 400
FUNCTION_LINES = 50

NXOS = ("mlagkit.nxos",)
# Beginnings that are NX-OS whatever follows, for the lines that the catalogue need not know.
NXOS_BEGINNING = re.compile(
    r"(no )?(switchport|channel-group|spanning-tree|storm-control|udld|peer-(keepalive|gateway|switch)"
    r"|show (running-config|startup-config|version|vpc|interface|vlan|module|hostname|inventory)|copy running-config"
    r"|configure (terminal|replace)|terminal (length|width|dont-ask)|write erase|checkpoint"
    r"|vpc (domain|peer-link|orphan-port)|interface (Ethernet|port-channel|Vlan|loopback|nve|mgmt)"
    r"|ip (address|route) \d|ipv6 (address|route) [\da-f:]|vrf (member|context)|feature(-set)? [a-z]+$|vn-segment"
    r"|hsrp \d|vrrp \d|vlan \d[\d,-]*$|vpc \d+$|lacp|auto-recovery|role priority|delay restore|ip arp synchronize)\b"
)

Function = ast.FunctionDef | ast.AsyncFunctionDef
Documented = ast.Module | ast.ClassDef | Function


@dataclass(frozen=True, slots=True)
class Module:
    """One source file."""

    name: str
    source: str
    tree: ast.Module
    is_package: bool = False

    @property
    def parents(self) -> list[str]:
        """The packages that run before it."""
        parts = self.name.split(".")
        return [".".join(parts[:end]) for end in range(1, len(parts))]


Package = dict[str, Module]
Problems = Iterator[str]


def read_package(files: Mapping[str, str]) -> Package:
    """Path below the root (``mlagkit/diff.py``) -> source, parsed and named as Python does."""
    modules = {}
    for path, source in files.items():
        name = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        modules[name] = Module(name, source, ast.parse(source), path.endswith("/__init__.py"))
    return modules


@cache
def mlagkit() -> Package:
    """The package as it stands in this checkout."""
    files = sorted((ROOT / "mlagkit").rglob("*.py"))
    return read_package({path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in files})


def within(name: str, places: Iterable[str]) -> bool:
    """Whether the module is one of the places or below it."""
    return any(name == place or name.startswith(place + ".") for place in places)


def imports(module: Module, *, loading: bool = False) -> set[str]:
    """Absolute names of all that a module imports; with ``loading`` only what runs when it is loaded."""
    found = set()
    pending: list[ast.AST] = [module.tree]
    while pending:
        node = pending.pop()
        if loading and (isinstance(node, Function) or (isinstance(node, ast.If) and _is_type_checking(node.test))):
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        pending.extend(ast.iter_child_nodes(node))
    return found


def _is_type_checking(test: ast.expr) -> bool:
    return ast.unparse(test).endswith("TYPE_CHECKING")


def inner_imports(package: Package, module: Module, *, loading: bool = False) -> set[str]:
    """The modules of the package itself that a module imports."""
    names = {name if name in package else name.rpartition(".")[0] for name in imports(module, loading=loading)}
    return {name for name in names if name in package and name != module.name}


def libraries(module: Module, *, loading: bool = False) -> set[str]:
    """The top names of everything else that it imports."""
    return {name.partition(".")[0] for name in imports(module, loading=loading)} - {"mlagkit"}


def reached(package: Package, start: Iterable[str], *, loading: bool) -> set[str]:
    """Every module that is loaded with the given ones, the packages above them included."""
    seen: set[str] = set()
    pending = [name for name in start if name in package]
    while pending:
        name = pending.pop()
        if name not in seen:
            seen.add(name)
            module = package[name]
            pending += [*inner_imports(package, module, loading=loading), *(set(module.parents) & set(package))]
    return seen


def layer_of(name: str) -> int | None:
    """The number of a module's layer in the table, from the inside."""
    found = [
        (len(place), number)
        for number, places in enumerate(LAYERS.values())
        for place in places
        if name == place or (place != "mlagkit" and within(name, [place]))
    ]
    return max(found)[1] if found else None


def outward_imports(package: Package) -> Problems:
    """Imports point one way, and every module has its layer."""
    names = list(LAYERS)
    for module in package.values():
        own = layer_of(module.name)
        if own is None:
            yield f"{module.name} has no layer: name it in LAYERS"
            continue
        for target in sorted(inner_imports(package, module)):
            other = layer_of(target)
            if other is not None and other > own:
                yield f"{module.name} ({names[own]}) imports {target} ({names[other]})"


def cycles(package: Package) -> Problems:
    """No two modules need each other, not even inside a function."""
    try:
        TopologicalSorter({name: inner_imports(package, module) for name, module in package.items()}).prepare()
    except CycleError as error:
        yield " imports ".join(reversed(error.args[1]))


def library_homes(package: Package) -> Problems:
    """A library is imported in its home, and a driver's library in one module only."""
    for module in package.values():
        for library in sorted(libraries(module) - sys.stdlib_module_names):
            if not within(module.name, HOMES.get(library, ())):
                yield f"{module.name} imports {library}, whose home is {' or '.join(HOMES.get(library, ['nowhere']))}"
    for library in ("napalm", "netmiko"):
        users = sorted(name for name, module in package.items() if library in libraries(module))
        if len(users) > 1:
            yield f"{library} is imported in {len(users)} modules: {', '.join(users)}"


def heavy_imports(package: Package) -> Problems:
    """Starting the command line loads nothing heavy, and nothing loads a driver before it is used."""
    for name in sorted(reached(package, START, loading=True)):
        for library in sorted(libraries(package[name], loading=True) & HEAVY):
            yield f"starting the command line loads {name}, which imports {library}"
    for module in package.values():
        for target in sorted(inner_imports(package, module, loading=True)):
            drivers = libraries(package[target], loading=True) & DEVICE_LIBRARIES
            # Whoever loads a driver's library itself is loaded late enough, as is the lab.
            late = libraries(module, loading=True) & DEVICE_LIBRARIES or within(module.name, [LAB])
            if drivers and not late:
                yield f"{module.name} loads {target}, and so {', '.join(sorted(drivers))}; import it where it is used"


def witness(package: Package) -> Problems:
    """The lab knows NX-OS from its own table; what it shares with the differ it could not disprove."""
    lab = [name for name in package if within(name, [LAB])]
    for name in sorted(reached(package, lab, loading=False)):
        if within(name, NOT_IN_LAB):
            yield f"{LAB} reaches {name}"


def vague_names(package: Package) -> Problems:
    """No module or class that could be called anything."""
    for module in package.values():
        for part in set(module.name.split(".")) & VAGUE_MODULES:
            yield f"{module.name}: {part!r} says nothing"
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ClassDef) and VAGUE_CLASS.search(node.name):
                yield f"{module.name}:{node.lineno}: {node.name} says nothing"


def prints(package: Package) -> Problems:
    """Only the command line prints or ends the process."""
    for module in package.values():
        if within(module.name, START):
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("print", "exit", "sys.exit", "os._exit"):
                yield f"{module.name}:{node.lineno}: {ast.unparse(node.func)}"


def nxos_text(package: Package) -> Problems:
    """NX-OS lines stand in mlagkit/nxos and templates/nxos, nowhere else; docstrings aside."""
    for module in package.values():
        if within(module.name, NXOS):
            continue
        for number, text in literals(module.tree):
            for line in text.splitlines():
                if is_nxos(line):
                    yield f"{module.name}:{number}: {line.strip()!r} is NX-OS"


def literals(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every string with its line; an f-string as one text, with 1 for what is filled in."""
    documented = (node.body[0] for node in ast.walk(tree) if _has_docstring(node))
    skipped: set[ast.AST] = {node.value for node in documented if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = [part.value if isinstance(part, ast.Constant) else "1" for part in node.values]
            skipped |= set(ast.walk(node))
            yield node.lineno, "".join(map(str, parts))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in skipped:
            yield node.lineno, node.value


def _has_docstring(node: ast.AST) -> TypeGuard[Documented]:
    return isinstance(node, Documented) and ast.get_docstring(node) is not None


def is_nxos(line: str) -> bool:
    """Whether a text would do something if it were typed into a switch."""
    text = line.strip()
    if line.endswith(" ") and (text == "no" or text in _beginnings()):
        return True
    return " " in text and bool(NXOS_BEGINNING.match(text) or _in_catalogue(text))


def _in_catalogue(text: str) -> bool:
    """Whether a row knows the text, but for rows of one word and a free text, which any sentence may look like."""
    for mode in _modes_by_word().get(text.removeprefix("no ").partition(" ")[0], ()):
        line = recognise(mode, text)
        if line and not re.fullmatch(r"\S+ <(text|word)>", line.row.command):
            return True
    return False


@cache
def _modes_by_word() -> dict[str, set[str]]:
    index: dict[str, set[str]] = {}
    for row in ROWS:
        index.setdefault(row.command.partition(" ")[0], set()).add(row.mode)
    return index


@cache
def _beginnings() -> set[str]:
    """The words that commands begin with: a text that ends in a blank behind them waits for the rest of a line."""
    words = (row.command.partition(" <")[0].split() for row in ROWS if "{" not in row.command)
    return {" ".join(some[:end]) for some in words for end in range(1, len(some) + 1)}


def missing_docstrings(package: Package) -> Problems:
    """Every module and everything public in it says what it is for."""
    for module in package.values():
        for name, node in public(module.tree, module.name):
            if not ast.get_docstring(node):
                yield f"{name} has no docstring"


def public(node: Documented, name: str) -> Iterator[tuple[str, Documented]]:
    """A module, its public classes and functions, and their public methods."""
    yield name, node
    if isinstance(node, ast.Module | ast.ClassDef):
        for child in node.body:
            if isinstance(child, ast.ClassDef | Function) and not child.name.startswith("_"):
                yield from public(child, f"{name}.{child.name}")


def sizes(package: Package) -> Problems:
    """A module is read in one sitting, a function on one screen."""
    for module in package.values():
        lines = len(module.source.splitlines())
        if lines > MODULE_LINES:
            yield f"{module.name} has {lines} lines, {MODULE_LINES} are allowed: make it a folder of the same name"
        for node in ast.walk(module.tree):
            if isinstance(node, Function) and (length := function_length(node)) > FUNCTION_LINES:
                yield f"{module.name}:{node.lineno}: {node.name} has {length} lines, {FUNCTION_LINES} are allowed"


def function_length(node: Function) -> int:
    """From ``def`` to the end, less the docstring."""
    last = node.end_lineno or node.lineno
    docstring = node.body[0] if _has_docstring(node) else None
    documented = (docstring.end_lineno or 0) - docstring.lineno + 1 if docstring else 0
    return last - node.lineno + 1 - documented


Check = Callable[[Package], Problems]
CHECKS: tuple[Check, ...] = (
    outward_imports,
    cycles,
    library_homes,
    heavy_imports,
    witness,
    vague_names,
    prints,
    nxos_text,
    missing_docstrings,
    sizes,
)

DOC = '"""Says why."""\n'
LONG_FUNCTION = DOC + 'def f() -> None:\n    """Run."""\n' + "    x = 1\n" * FUNCTION_LINES

# Check, source that breaks it, and a part of what it has to say.
BROKEN: list[tuple[Check, dict[str, str], str]] = [
    (outward_imports, {"mlagkit/switch.py": "import mlagkit.diff", "mlagkit/diff.py": ""}, "switch (values) imports"),
    (
        outward_imports,
        {"mlagkit/diff.py": "def f():\n  from mlagkit.cli import main", "mlagkit/cli/__init__.py": ""},
        "diff (functions) imports mlagkit.cli (command line)",
    ),
    (outward_imports, {"mlagkit/novelty.py": ""}, "mlagkit.novelty has no layer"),
    (
        cycles,
        {"mlagkit/a.py": "from mlagkit import b", "mlagkit/b.py": "def f():\n  from mlagkit.a import g"},
        "mlagkit.a imports mlagkit.b",
    ),
    (library_homes, {"mlagkit/diff.py": "def f():\n  import napalm.nxos"}, "diff imports napalm, whose home"),
    (library_homes, {"mlagkit/diff.py": "import leftpad"}, "diff imports leftpad, whose home is nowhere"),
    (
        library_homes,
        {"mlagkit/device/netmiko.py": "import netmiko", "mlagkit/device/netmiko/x.py": "from netmiko import y"},
        "netmiko is imported in 2 modules",
    ),
    (
        heavy_imports,
        {"mlagkit/cli/__init__.py": "from mlagkit.intent import Pair", "mlagkit/intent.py": "import pydantic"},
        "loads mlagkit.intent, which imports pydantic",
    ),
    (
        heavy_imports,
        {
            "mlagkit/device/__init__.py": "from mlagkit.device import napalm",
            "mlagkit/device/napalm.py": "import napalm",
        },
        "import it where it is used",
    ),
    (
        witness,
        {
            "mlagkit/nxos/lab/store.py": "from mlagkit.config import x",
            "mlagkit/config.py": "def f():\n  import mlagkit.nxos.catalogue.rows",
            "mlagkit/nxos/catalogue/rows.py": "",
        },
        "reaches mlagkit.nxos.catalogue.rows",
    ),
    (vague_names, {"mlagkit/nxos/utils.py": ""}, "'utils' says nothing"),
    (vague_names, {"mlagkit/diff.py": "class DiffManager: pass"}, "DiffManager says nothing"),
    (prints, {"mlagkit/diff.py": "def f(): print('x')"}, "diff:1: print"),
    (prints, {"mlagkit/load.py": "import sys\nsys.exit(2)"}, "load:2: sys.exit"),
    (nxos_text, {"mlagkit/diff.py": "x = ('switchport mode trunk')"}, "diff:1: 'switchport mode trunk'"),
    (nxos_text, {"mlagkit/diff.py": "def f(n): return f'vlan {n}'"}, "'vlan 1' is NX-OS"),
    (nxos_text, {"mlagkit/diff.py": DOC + "x = '''a\n  no vpc domain 10\n'''"}, "'no vpc domain 10' is NX-OS"),
    (nxos_text, {"mlagkit/render.py": "x = 'track 7'"}, "'track 7' is NX-OS"),
    (nxos_text, {"mlagkit/diff.py": "x = line.startswith('spanning-tree ')"}, "'spanning-tree' is NX-OS"),
    (nxos_text, {"mlagkit/diff.py": "x = 'no ' + line"}, "'no' is NX-OS"),
    (nxos_text, {"mlagkit/device/ssh.py": "x = 'show running-config all'"}, "is NX-OS"),
    (missing_docstrings, {"mlagkit/diff.py": ""}, "mlagkit.diff has no docstring"),
    (missing_docstrings, {"mlagkit/diff.py": DOC + "class A:\n  def b(self): pass"}, "mlagkit.diff.A.b has no"),
    (sizes, {"mlagkit/diff.py": "x = 1\n" * (MODULE_LINES + 1)}, "mlagkit.diff has 401 lines"),
    (sizes, {"mlagkit/diff.py": LONG_FUNCTION}, "f has 51 lines"),
]

SOUND: list[tuple[Check, dict[str, str]]] = [
    (outward_imports, {"mlagkit/diff.py": "from mlagkit.switch import Switch", "mlagkit/switch.py": ""}),
    (cycles, {"mlagkit/a.py": "import mlagkit.b", "mlagkit/b.py": ""}),
    (library_homes, {"mlagkit/device/napalm.py": "from napalm.nxos import nxos"}),
    (
        heavy_imports,
        {"mlagkit/cli/__init__.py": "def f():\n  import mlagkit.intent", "mlagkit/intent.py": "import yaml"},
    ),
    (witness, {"mlagkit/nxos/lab/store.py": "import mlagkit.values", "mlagkit/values.py": ""}),
    (vague_names, {"mlagkit/baseline.py": "class Corehost: pass"}),
    (prints, {"mlagkit/cli/show.py": "print('x')"}),
    (nxos_text, {"mlagkit/nxos/read.py": "x = 'switchport mode trunk'"}),
    (nxos_text, {"mlagkit/diff.py": "'''vlan 10'''\nx = 'vlan 10 is not defined', 'interface', 'vpc ids differ'"}),
    (missing_docstrings, {"mlagkit/diff.py": DOC + "def _f(): pass"}),
    (sizes, {"mlagkit/diff.py": "x = 1\n" * MODULE_LINES}),
]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_package(check: Check) -> None:
    """The package keeps every rule of its layout."""
    problems = list(check(mlagkit()))
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize(("check", "files", "says"), BROKEN, ids=lambda value: getattr(value, "__name__", ""))
def test_check_can_fail(check: Check, files: dict[str, str], says: str) -> None:
    """Source that breaks a rule is reported, with the place and the reason."""
    problems = list(check(read_package(files)))
    assert any(says in problem for problem in problems), problems


@pytest.mark.parametrize(("check", "files"), SOUND, ids=lambda value: getattr(value, "__name__", ""))
def test_check_can_pass(check: Check, files: dict[str, str]) -> None:
    """Source that keeps a rule is not reported."""
    assert list(check(read_package(files))) == []


def test_every_check_is_proven() -> None:
    """Each check has source that breaks it and source that keeps it."""
    assert {check for check, _, _ in BROKEN} == set(CHECKS) == {check for check, _ in SOUND}


def test_package_is_found() -> None:
    """The checks look at the modules that Python imports."""
    assert {"mlagkit", "mlagkit.finding", "mlagkit.errors"} <= set(mlagkit())
