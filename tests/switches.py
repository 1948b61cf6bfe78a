"""Two switches compared as a configuration can tell them: without what no line says, raw lines by their meaning."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from functools import cache

from mlagkit.nxos.facts import Facts, Text, by_text, facts
from mlagkit.nxos.parse import parse
from mlagkit.nxos.read import read
from mlagkit.switch import Domain, Loopback, Port, Svi, Switch, Vlan
from mlagkit.values import InterfaceName

_UNTOLD = {"host", "peer", "pair", "model", "release"}
"""What a pair file knows and a configuration does not say."""

_HEADS = {
    Port: "interface Ethernet1/1",
    Svi: "interface Vlan1",
    Loopback: "interface loopback0",
    Vlan: "vlan 2",
    Domain: "vpc domain 1",
}
"""A head below which the raw lines of a part mean what they mean in it."""


def told(part: object) -> object:
    """Everything of a switch, or of a part of it, that its configuration tells, in a form that can be compared."""
    if isinstance(part, Switch):
        part = replace(part, ports={name: port for name, port in part.ports.items() if not _is_idle(part, port)})
    if is_dataclass(part) and not isinstance(part, type):
        values = {each.name: told(getattr(part, each.name)) for each in fields(part) if each.compare}
        kept = {name: value for name, value in values.items() if name not in _UNTOLD}
        if "extra" in kept:
            kept["extra"] = _meaning_of(getattr(part, "extra"), _HEADS.get(type(part), ""))  # noqa: B009  # any part
        return type(part).__name__, kept
    if isinstance(part, dict):
        return {key: told(value) for key, value in part.items()}
    return tuple(map(told, part)) if isinstance(part, tuple) else part


def _is_idle(switch: Switch, port: Port) -> bool:
    """Whether a physical port is told nothing but what it does without a stanza: it is there all the same."""
    if port.name.kind not in ("Ethernet", "mgmt") or "." in port.name:
        return False
    blank = _blank(port.name.kind, switch.model, switch.switchport_default, switch.switchport_shutdown_default)
    return port == replace(blank, name=port.name, host=port.host)


@cache
def _blank(kind: str, model: str | None, switchport: bool | None, shutdown: bool) -> Port:
    name = InterfaceName("mgmt0" if kind == "mgmt" else "Ethernet1/1")
    defaults = "no system default switchport\n" if switchport is False else ""
    defaults += "system default switchport shutdown\n" if shutdown else ""
    found = read(parse(f"{defaults}interface {name}\n  description one\n"), model=model).ports[name]
    return replace(found, description=None)


def _meaning_of(lines: tuple[str, ...], head: str) -> object:
    """Raw lines as the catalogue and the order of NX-OS take them."""
    text = "\n".join([head, *(f"  {line}" for line in lines)] if head else lines)
    found = facts(parse(text).blocks())
    return _meaning(next(iter(found.blocks.values()), Facts("", "")) if head else found)


def _meaning(block: Facts) -> object:
    return (
        {key: (str(fact.line.value), fact.line.negated) for key, fact in block.known.items()},
        {key: _meaning(inner) for key, inner in block.blocks.items()},
        {text: _ordered(below) for text, below in by_text(block.unknown).items()},
    )


def _ordered(text: Text) -> object:
    """An unknown line with those below it, of which a switch keeps each once, however often it was typed."""
    return text.text, tuple(map(_ordered, by_text(text.children).values()))


def differences(one: object, other: object, at: str = "") -> list[str]:
    """Where two told switches differ, for messages."""
    if isinstance(one, dict) and isinstance(other, dict):
        return [line for key in {**one, **other} for line in differences(one.get(key), other.get(key), f"{at}.{key}")]
    if isinstance(one, tuple) and isinstance(other, tuple) and len(one) == len(other):
        return [
            line for n, pair in enumerate(zip(one, other, strict=True)) for line in differences(*pair, f"{at}[{n}]")
        ]
    return [] if one == other else [f"{at}: {one!r} is not {other!r}"]
