"""A switch to the text of its running-config, in the form and order in which NX-OS prints it."""

from __future__ import annotations

from mlagkit.render.contents import contents
from mlagkit.render.shown import Secrets
from mlagkit.render.templates import shipped
from mlagkit.switch import Switch

__all__ = ["SECTIONS", "render"]

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
    ("extra.j2", None),
)
"""The templates in the order of a running-config (reference 7.3); the second word is what ``ports`` means there."""


def render(switch: Switch, *, secrets: Secrets | None = None) -> str:
    """The configuration of the switch."""
    environment = shipped(switch.platform)
    values = contents(switch, secrets)
    parts = []
    for template, ports in SECTIONS:
        parts.append(environment.get_template(template).render(values, ports=values[ports] if ports else ()))
    return "".join(parts)
