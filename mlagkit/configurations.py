"""The configurations of many pairs, as text and as files."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path

from mlagkit.errors import InputError
from mlagkit.excerpt import visible
from mlagkit.expand import expand
from mlagkit.finding import Finding, Origin
from mlagkit.input_rules import input_error
from mlagkit.intent.pair import Pair
from mlagkit.render import RenderedLine, render, render_annotated
from mlagkit.switch import Switch
from mlagkit.write import write_file


def configurations(switches: Iterable[Switch], templates: Path | None = None) -> dict[str, str]:
    """The text of each switch by its name; InputError with all that is wrong with any of them."""
    return _by_name(switches, lambda switch: render(switch, templates=templates))


def annotated(switches: Iterable[Switch], templates: Path | None = None) -> dict[str, str]:
    """The same, where each line has in front of it the line that said it and that of the template that made it."""
    return _by_name(
        switches, lambda switch: "".join(f"{row}\n" for row in _table(render_annotated(switch, templates=templates)))
    )


def _by_name(switches: Iterable[Switch], make: Callable[[Switch], str]) -> dict[str, str]:
    texts: dict[str, str] = {}
    wrong: list[Finding] = []
    for switch in switches:
        try:
            texts[switch.name] = make(switch)
        except InputError as error:
            wrong += error.findings
    if wrong:
        raise InputError(wrong)
    return texts


def _table(lines: list[RenderedLine]) -> Iterator[str]:
    rows = [(visible(str(line.origin)), _short(line.template), line.text) for line in lines]
    first, second = (max((len(row[column]) for row in rows), default=0) for column in (0, 1))
    for origin, template, text in rows:
        yield f"{origin:<{first}}  {template:<{second}}  {text}"


def _short(template: Origin) -> str:
    """A template's place without its folder: a section has one template."""
    return visible(f"{Path(template.file).name}:{template.line}")


def write_configurations(texts: Iterable[tuple[str, str]], folder: Path) -> list[Path]:
    """Write the text of each switch as ``<switch>.cfg`` in the folder, made if it is not there; what was written.

    Only their owner can read them. Raises InputError where that is not possible.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        message = f"can't be made a folder: {error.strerror}"
        raise input_error("IN22", message, Origin(str(folder))) from error
    paths = []
    for name, text in texts:
        # A hostname of the model holds nothing that a path could mean; should that change, this is where it stops.
        if Path(name).name != name:
            raise input_error("IN22", f"{name!r} is no name for a file", Origin(str(folder)))
        write_file(folder / f"{name}.cfg", text)
        paths.append(folder / f"{name}.cfg")
    return paths


def switches_of(pairs: Iterable[Pair], names: Collection[str]) -> list[Switch]:
    """The switches of pairs that are in ``names``, in the order of the pairs."""
    return [switch for pair in pairs for name, switch in expand(pair).items() if name in names]
