"""A switch to the text of its running-config, in the form and order in which NX-OS prints it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mlagkit.finding import Origin
from mlagkit.render.contents import contents
from mlagkit.render.place import place_of
from mlagkit.render.refusal import refusals
from mlagkit.render.shown import Secrets
from mlagkit.render.templates import check_own, folder, shipped_templates
from mlagkit.switch import Switch

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["SECTIONS", "RenderedLine", "check_templates", "render", "render_annotated"]

SECTIONS: tuple[tuple[str, str | None], ...] = (
    ("system.j2", None),
    ("settings.j2", None),
    ("routes.j2", None),
    ("vlans.j2", None),
    ("spanning_tree.j2", None),
    ("vrfs.j2", None),
    ("domain.j2", None),
    ("svis.j2", None),
    ("ports.j2", "port_channels"),
    ("nve.j2", None),
    ("ports.j2", "ethernet"),
    ("ports.j2", "management"),
    ("loopbacks.j2", None),
    ("evpn.j2", None),
    ("extra.j2", None),
)
"""The templates in the order of a running-config (reference 7.3); the second word is what ``ports`` means there."""

_NAMES = frozenset(name for name, _ in SECTIONS)


@dataclass(frozen=True, slots=True)
class RenderedLine:
    """One line of a configuration, where its value was written, and the template line that printed it."""

    text: str
    origin: Origin
    template: Origin


def check_templates(templates: Path) -> None:
    """InputError for a folder of one's own templates that `render` would refuse, before anything is rendered."""
    check_own(templates, _NAMES)


def render(switch: Switch, *, templates: Path | None = None, secrets: Secrets | None = None) -> str:
    """The configuration of the switch, as text that ends with a line break.

    ``templates`` is a folder whose files replace the shipped templates of the same name, run in
    a sandbox. Without ``secrets`` the references to secrets stay in the text. InputError where
    a value holds a control character, or one of the user's own templates can't be used.
    """
    values = contents(switch, secrets)
    environment = _environment(switch, templates)
    with refusals(switch, templates):
        return "".join(_sections(environment, values))


def render_annotated(switch: Switch, *, templates: Path | None = None) -> list[RenderedLine]:
    """The lines without secrets, each with its places; raises what `render` raises, and takes several times as long."""
    from mlagkit.render.marks import collected, marking, marking_shipped

    values = contents(switch, None)
    marked = marking(_environment(switch, templates)) if templates else marking_shipped(switch.platform)
    with refusals(switch, templates), collected() as marks:
        lines = "".join(_sections(marked, values)).split("\n")[:-1]
    find = place_of(switch, values)
    return [
        RenderedLine(line, find(line, mark.part, Path(mark.template).stem), Origin(mark.template, mark.line))
        for line, mark in zip(lines, marks, strict=True)
    ]


def _environment(switch: Switch, templates: Path | None) -> Environment:
    if templates is None:
        return shipped_templates(switch.platform)
    from mlagkit.render.sandbox import own_templates

    return own_templates(templates, folder(switch.platform), _NAMES)


def _sections(environment: Environment, values: Mapping[str, object]) -> Iterator[str]:
    for template, ports in SECTIONS:
        yield environment.get_template(template).render(values, ports=values[ports] if ports else ())
