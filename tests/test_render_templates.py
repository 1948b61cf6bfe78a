"""A user's own templates replace single shipped ones, can do nothing else, and fail at their line."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jinja2 import FileSystemLoader
from jinja2.nodes import Node

from mlagkit.errors import InputError
from mlagkit.expand import expand
from mlagkit.finding import Origin
from mlagkit.intent.load import load_pair
from mlagkit.render import SECTIONS, render, render_annotated
from mlagkit.render import sandbox as limits
from mlagkit.render.compiled import BesideTemplates, DirectEnvironment
from mlagkit.render.templates import folder, shipped_templates
from mlagkit.switch import Switch
from tests.conftest import ROOT

Write = Callable[..., Path]


@cache
def switch() -> Switch:
    """A switch with a bit of everything."""
    return expand(load_pair(ROOT / "tests" / "fixtures" / "pairs" / "everything" / "pair.yaml"))["ev-a"]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write templates into a folder of the user's own: ``write(vlans="...")``."""

    def _write(**templates: str) -> Path:
        own = tmp_path / "own"
        own.mkdir(exist_ok=True)
        for name, text in templates.items():
            (own / f"{name}.j2").write_text(text, "utf-8")
        return own

    return _write


def refused(templates: Path) -> tuple[str, str, int]:
    """The one finding that the templates cause: its rule, its message and its line."""
    with pytest.raises(InputError) as caught:
        render(switch(), templates=templates)
    (finding,) = caught.value.findings
    return finding.rule, finding.message, finding.origin.line


def test_override(write: Write) -> None:
    """A file replaces the shipped template of its name; all others stay."""
    own = write(vlans="{% for vlan in vlans %}\nvlan {{ vlan.id }}\n{% endfor %}\n")
    text, plain = render(switch(), templates=own), render(switch())
    assert "\nvlan 10\nvlan 20\nvlan 40\nvlan 50\n" in text
    assert text.partition("spanning-tree")[2] == plain.partition("spanning-tree")[2]


def test_shipped_in_the_sandbox(write: Write) -> None:
    """The shipped templates print the same inside the sandbox, so a copy of them is where to start from."""
    own = write(**{Path(name).stem: (folder("nxos") / name).read_text("utf-8") for name, _ in SECTIONS})
    assert render(switch(), templates=own) == render(switch())


@pytest.mark.parametrize("kept", [1, 256])
def test_compiled_once(write: Write, monkeypatch: pytest.MonkeyPatch, kept: int) -> None:
    """Another switch with the same templates compiles none of them; one that was changed meanwhile is seen."""
    compiled = []

    def noted(*given: Any, **named: Any) -> Any:  # noqa: ANN401 -- whatever Jinja gives
        compiled.append(given)
        return compile(*given, **named)

    monkeypatch.setattr("mlagkit.render.compiled._KEPT", kept)
    monkeypatch.setattr("jinja2.environment.compile", noted, raising=False)
    own = write(system="hostname one\n")
    assert render(switch(), templates=own).startswith("hostname one\n")
    assert render_annotated(switch(), templates=own)[0].text == "hostname one"
    assert compiled
    compiled.clear()
    render(switch(), templates=own)
    render_annotated(switch(), templates=own)
    assert bool(compiled) is (kept == 1)
    write(system="hostname two\n")
    assert render(switch(), templates=own).startswith("hostname two\n")
    assert render_annotated(switch(), templates=own)[0].text == "hostname two"


def test_annotated(write: Write) -> None:
    """A line of an own template points at it."""
    own = write(system="{# ours #}\nhostname {{ switch.name }}\n")
    first = render_annotated(switch(), templates=own)[0]
    assert (first.text, first.template.file, first.template.line) == ("hostname ev-a", str(own / "system.j2"), 2)


def test_arithmetic(write: Write) -> None:
    """A template may count, and join texts."""
    own = write(routes="! {{ 1 + 2 }} {{ 7 // 2 }} {{ 'a' + 'b' }}\n")
    assert "! 3 3 ab\n" in render(switch(), templates=own)


def test_include(write: Write) -> None:
    """A template may use another of its folder, or a shipped one."""
    own = write(routes="{% include 'ours.j2' %}\n{% include 'settings.j2' %}\n", ours="! ours\n")
    assert "! ours\n" in render(switch(), templates=own)


FAILS = [
    ("{{ switch.nmae }}", "has no attribute 'nmae'", 1),
    ("\n{% for x in svis %}\n{{ y }}\n{% endfor %}", "'y' is undefined", 3),
    ("\n\n{% if %}", "Expected an expression", 3),
    ("{% for x in svis %}", "Unexpected end of template", 1),
    ("{{ 1 // 0 }}", "division", 1),
    ("{{ svis[1000].name }}", "has no element 1000", 1),
    ("{{ svis + 1 }}", "can't be used", 1),
    ("{% include 'routes.j2' %}", "recursion", 1),
    ("{% include '../../../pyproject.toml' %}", "pyproject.toml", 1),
    ("{% include '/etc/passwd' %}", "passwd", 1),
    ("{{ 'a\\nno feature vpc' }}", "control character", 1),
]


@pytest.mark.parametrize(("template", "says", "line"), FAILS)
def test_mistake(write: Write, template: str, says: str, line: int) -> None:
    """A mistake in a template is a finding at its file and line, never a traceback."""
    rule, message, where = refused(write(routes=template))
    assert says in message
    assert (rule, where) == (("IN07", where) if "control" in says else ("IN27", line))


ESCAPES = [
    "{{ ''.__class__.__mro__ }}",
    "{{ switch.__class__ }}",
    "{{ switch.__dict__ }}",
    "{{ svis.__class__.__base__.__subclasses__() }}",
    "{{ (svis|first).__init__.__globals__ }}",
    "{{ switch['__class__'] }}",
    "{{ switch|attr('__class__') }}",
    "{{ ''.format }}",
    "{{ '{0.__class__}'.format(switch) }}",
    "{{ 'x'.join.__self__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ self.__init__.__globals__ }}",
    "{{ tick.__self__.loader }}",
    "{{ tick.__func__.__globals__ }}",
    "{{ range.__self__ }}",
    "{{ svis.append(1) }}",
    "{{ svis.clear() }}",
    "{{ cycler.__init__.__globals__ }}",
    "{{ namespace() }}",
    "{{ lipsum() }}",
    "{% for x in svis %}{{ loop.__class__ }}{% endfor %}",
    "{% macro m() %}{% endmacro %}{{ m.__call__ }}",
    "{{ 'x'.encode() }}",
    "{{ 'x' ~ 'y' }}",
    "{% import 'os' as os %}",
    "{% do 1 %}",
    "{{ svis|map('upper')|list }}",
    "{{ svis|pprint }}",
]


@pytest.mark.parametrize("template", ESCAPES)
def test_escape(write: Write, template: str) -> None:
    """No template reaches beyond the values that it is given."""
    rule, _, _ = refused(write(routes=template))
    assert rule == "IN27"


GREEDY = [
    "{{ 'a' * 1000000000 }}",
    "{{ '%1000000000d' % 1 }}",
    "{{ 9 ** 9 ** 9 }}",
    "{{ 'a'|center(1000000000) }}",
    "{{ 'a'.ljust(1000000000) }}",
    "{{ '{:>1000000000}'.format('a') }}",
    "{{ ['a'] * 1000000000 }}",
    "{{ range(1000000000)|length }}",
    "{% set x = 'a' %}{% for i in range(60) %}{% set x = x + x %}{{ x }}{% endfor %}" + "{% set x = x + x %}" * 60,
    "{% set x %}aaaaaaaa{% endset %}" + "{% set x %}{{ x }}{{ x }}{% endset %}" * 40,
    "{% for i in range(99999) %}{% for j in range(99999) %}" + "x" * 500 + "{% endfor %}{% endfor %}",
    "{% set x %}{% for i in range(99999) %}" + "x" * 500 + "{% endfor %}{% endset %}",
    "{% macro m(n) %}{{ m(n) }}{% endmacro %}{{ m(1) }}",
    "{% for i in range(9999) %}{% for j in range(9999) %}{{ i * j }}{% endfor %}{% endfor %}",
]


@pytest.mark.parametrize("template", GREEDY)
def test_budget(write: Write, template: str) -> None:
    """No template prints more than its share or fills the memory."""
    rule, _, _ = refused(write(routes=template))
    assert rule == "IN27"


def test_time(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """A loop that prints nothing ends with its time, also inside another."""
    monkeypatch.setattr(limits, "SECONDS", 0.2)
    loops = "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}"
    for template in (
        loops,
        "{% macro m() %}" + loops + "{% endmacro %}{{ m() }}",
        "{% set x %}" + loops + "{% endset %}",
    ):
        rule, message, _ = refused(write(routes=template))
        assert (rule, "longer than" in message) == ("IN27", True)


def test_folder(tmp_path: Path, write: Write) -> None:
    """A folder that is none, that is empty, or whose file would do nothing is refused with what was meant."""
    assert refused(tmp_path / "none")[0] == "IN11"
    assert "holds no template" in refused(write())[1]
    assert "did you mean vlans.j2?" in refused(write(vlan="x"))[1]


def test_bytes_that_are_no_text(write: Write) -> None:
    """A template that is no UTF-8 is named, with the line."""
    own = write(routes="! ours\n")
    (own / "vlans.j2").write_bytes(b"! ours\n! B\xfcro\n")
    with pytest.raises(InputError, match="no UTF-8") as caught:
        render(switch(), templates=own)
    assert [(each.rule, each.origin) for each in caught.value.findings] == [("IN27", Origin(str(own / "vlans.j2"), 2))]


@pytest.mark.skipif(os.name != "posix", reason="symbolic links")
def test_link_out_of_the_folder(tmp_path: Path, write: Write) -> None:
    """A link that leads out of the folder is no template."""
    (tmp_path / "secret.j2").write_text("s3cret\n")
    own = write(routes="! ours\n")
    (own / "vlans.j2").symlink_to(tmp_path / "secret.j2")
    assert "s3cret" not in render(switch(), templates=own)


def test_shipped_templates_have_no_logic() -> None:
    """The shipped templates hold nothing but loops, conditions and values, and each belongs to a section."""
    environment = shipped_templates("nxos")
    files = sorted(folder("nxos").glob("*.j2"))
    assert {file.name for file in files} == {name for name, _ in SECTIONS}
    for file in files:
        kinds = {type(node).__name__ for node in environment.parse(file.read_text("utf-8")).find_all(Node)}
        assert kinds <= ALLOWED, (file.name, kinds - ALLOWED)


ALLOWED = {
    *("Output", "TemplateData", "Name", "Getattr", "Getitem", "Slice", "Const", "Tuple"),
    *("For", "If", "CondExpr", "Compare", "Operand", "Not"),
}


@pytest.fixture
def compile_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """Render a template of that text in a new environment, which may write what it compiled."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)

    def compile_in(text: str) -> str:
        (tmp_path / "one.j2").write_text(text, "utf-8")
        environment = DirectEnvironment(loader=FileSystemLoader(tmp_path), bytecode_cache=BesideTemplates())
        return environment.get_template("one.j2").render()

    return compile_in


def test_compiled(tmp_path: Path, compile_in: Callable[[str], str]) -> None:
    """A compiled template is kept and used again, never for another text, and never if it is damaged."""
    assert compile_in("a") == "a"
    (kept,) = (tmp_path / "__pycache__").iterdir()
    first = kept.read_bytes()
    assert compile_in("a") == "a"
    assert kept.read_bytes() == first
    assert compile_in("b") == "b"
    for damage in (b"", first[: len(first) // 2], b"\x00" * 100, first[:-4]):
        kept.write_bytes(damage)
        assert compile_in("b") == "b"
    assert [path.name for path in (tmp_path / "__pycache__").iterdir()] == [kept.name]


def test_compiled_is_not_needed(
    tmp_path: Path, compile_in: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing can be written, or nothing shall be, templates render all the same."""
    (tmp_path / "__pycache__").write_text("a file, so no folder")
    assert compile_in("a") == "a"
    (tmp_path / "__pycache__").unlink()
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert compile_in("a") == "a"
    assert not (tmp_path / "__pycache__").exists()
