"""A running-config to what the switch is told: the other way to a Switch, beside a pair file.

Every value is the effective one, as the differ sees it: both stand on the same facts, defaults and inheritance. What
the catalogue does not know, or no part has a field for, stays raw lines in its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from mlagkit.config import ConfigTree
from mlagkit.nxos.context import Context
from mlagkit.nxos.effective import Side
from mlagkit.nxos.facts import facts
from mlagkit.nxos.objects import interface_name
from mlagkit.nxos.read.block import Block, told
from mlagkit.nxos.read.domain import domain_of
from mlagkit.nxos.read.layer2 import is_of_the_tree, spanning_tree_of, vlans_of
from mlagkit.nxos.read.layer3 import evpn_of, loopback_of, nve_of, routes_of, svi_of, vrfs_of
from mlagkit.nxos.read.places import Places
from mlagkit.nxos.read.ports import KINDS, Known, ports_again, ports_of
from mlagkit.nxos.running import version
from mlagkit.switch import Domain, Keepalive, Loopback, Nve, Svi, Switch
from mlagkit.values import InterfaceName

__all__ = ["Known", "Places", "read", "read_side", "side_of"]


def read(
    tree: ConfigTree,
    *,
    name: str = "",
    peer: str = "",
    pair: str = "",
    model: str | None = None,
    release: str | None = None,
) -> Switch:
    """The switch that runs this configuration.

    ``name`` is the hostname where no line gives one; ``peer`` and ``pair`` are what a configuration does not tell.
    ``model`` and ``release`` sharpen the defaults; the release is that of the ``version`` line where it isn't given.
    """
    release = release or version(tree)
    side = side_of(tree, model, release)
    return read_side(side, tree.file, name=name, peer=peer, pair=pair, model=model, release=release)


def side_of(tree: ConfigTree, model: str | None = None, release: str | None = None) -> Side:
    """Everything that a configuration states, and its switch-wide defaults."""
    return Side(facts(tree.blocks()), Context.of(tree, model, release))


def read_side(
    side: Side,
    file: str = "",
    *,
    name: str = "",
    peer: str = "",
    pair: str = "",
    model: str | None = None,
    release: str | None = None,
    known: Known | None = None,
) -> Switch:
    """The same of facts that were read already, or worked out.

    ``known`` is what was read of the same switch before, and is kept up to date.
    """
    if known is not None and (again := _read_again(side, known)):
        return again
    places = Places(file)
    root = Block(side.values(side.root), (), places)
    names = {key: found for key in side.root.blocks if (found := interface_name(key))}
    domain, keepalive = _domain(root)
    fixed: dict[str, object] = {
        "name": _name(root) or name,
        "switchport_default": _switchport_default(root),
        "vlans": vlans_of(root),
        "spanning_tree": spanning_tree_of(root),
        "vrfs": vrfs_of(root),
        "routes": routes_of(root),
        "evpn": evpn_of(root),
        "domain": domain,
        "keepalive": keepalive,
        **_interfaces(root, side, names, known),
    }
    said = told(root, Switch, without=fixed)
    fixed["features"] = frozenset(cast("tuple[str, ...]", said["features"]))
    switch = Switch(
        **{**said, **fixed},  # type: ignore[arg-type]  # by the catalogue's rows
        peer=peer,
        pair=pair,
        platform="nxos",
        model=model,
        release=release,
        path=(),
        extra=_residue(root),
        source=places,
    )
    if known is not None:
        known.side, known.switch, known.places = side, switch, places
    return switch


def _read_again(side: Side, known: Known) -> Switch | None:
    """A switch that is known, where it differs in its ports alone; None where it differs in more.

    Nothing but a port is made of the block of a port, so that all the rest is as it was.
    """
    was, before = known.side, known.switch
    if was is None or before is None or side.context != was.context:
        return None
    if side.root.known != was.root.known or side.root.unknown != was.root.unknown:
        return None
    old, new = was.root.blocks, side.root.blocks
    keys = [*(key for key, facts in new.items() if old.get(key) is not facts), *(old.keys() - new.keys())]
    if not all((name := interface_name(key)) and name.kind in KINDS for key in keys):
        return None
    places = Places(known.places.file, dict(known.places.lines), list(known.places.residue))
    ports = ports_again(side, was, keys, before.ports, known, places)
    known.side, known.places = side, places
    known.switch = replace(before, ports=ports, source=places)
    return known.switch


def _name(root: Block) -> str:
    fact = root.take("hostname")
    if fact is None or fact.line.negated:
        return ""
    root.places.lines["name",] = fact.number
    return str(fact.line.value).strip('"')


def _switchport_default(root: Block) -> bool | None:
    """What a line says of ports without a line of their own, or else what the ports show; None for the usual."""
    fact = root.take("system default switchport")
    if fact is not None:
        return not fact.line.negated
    return None if root.values.context.switchport else False


def _domain(root: Block) -> tuple[Domain | None, Keepalive | None]:
    """The domain and the keepalive in it; a switch has one, so of a text with two the higher, wherever it stands."""
    found = {int(number): key for key, number in root.blocks("vpc-domain")}
    if not found:
        return None, None
    return domain_of(root.inner(found[max(found)], ("domain",)), max(found))


def _interfaces(root: Block, side: Side, names: Mapping[str, InterfaceName], known: Known | None) -> dict[str, object]:
    """Every interface of a kind that a Switch has; of several NVE interfaces the lowest."""
    svis: dict[int, Svi] = {}
    loopbacks: dict[int, Loopback] = {}
    nve: Nve | None = None
    ports = {key: name for key, name in names.items() if name.kind in KINDS}
    others = [(key, name) for key, name in names.items() if key not in ports]
    for key, name in sorted(others, key=lambda each: each[1].order):
        if name.kind == "Vlan":
            svis[int(name.number)] = svi_of(side, key, name, root.places)
        elif name.kind == "loopback":
            loopbacks[int(name.number)] = loopback_of(side, key, name, root.places)
        elif name.kind == "nve" and nve is None:
            nve = nve_of(root, side, key)
        else:
            continue
        root.taken.add(key)
    root.taken.update(ports)
    return {"svis": svis, "loopbacks": loopbacks, "nve": nve, "ports": ports_of(side, ports, root.places, known)}


def _residue(root: Block) -> tuple[str, ...]:
    """The raw lines at the left margin; those of spanning tree stand with it."""
    return root.residue(text for text in root.facts.unknown if not is_of_the_tree(text))
