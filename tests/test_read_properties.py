"""What holds for every pair file over the whole model: rendered and read it is the same, and so is its import."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

import pytest
from hypothesis import Phase, given, seed, settings

from mlagkit.config import ConfigTree
from mlagkit.diff import Change, Policy, diff
from mlagkit.expand import expand
from mlagkit.importing import Imported, import_pair
from mlagkit.importing.text import pair_text
from mlagkit.intent import Pair, pair_of
from mlagkit.intent.model import Model
from mlagkit.intent.pair import Intent
from mlagkit.nxos.context import Context
from mlagkit.nxos.parse import parse
from mlagkit.nxos.read import read
from mlagkit.render import render
from mlagkit.source import construct, inspect_source
from mlagkit.switch import Hsrp, Switch, Vrrp
from tests.pair_strategies import SCHEMA, Drawn, loaded, pair_files, smallest, without
from tests.switches import differences, told

Group = TypeVar("Group", Hsrp, Vrrp)

STRICT = Policy(strict=True)
PROFILE = settings.get_profile(settings.get_current_profile_name())
FEW = settings(
    max_examples=PROFILE.max_examples // 10 if PROFILE.max_examples > 1000 else 60,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
"""Each takes a tenth of a second; what fails makes itself smaller, faster than hypothesis could."""
MORE = settings(FEW, max_examples=2 * FEW.max_examples)


def trees_of(switches: Mapping[str, Switch], secrets: Mapping[str, str] | None = None) -> dict[str, ConfigTree]:
    """The rendered configurations, with what is behind the references to secrets."""
    known = {f"env:{name}": value for name, value in (secrets or {}).items()}
    return {name: parse(render(switch, secrets=known.get), f"{name}.cfg") for name, switch in switches.items()}


def misread(drawn: Drawn) -> list[str]:
    """Where rendered configurations tell something else than the pair file, and its raw lines that they lost."""
    found: list[str] = []
    for name, switch in expand(drawn.pair).items():
        text = render(switch)
        found += differences(told(switch), told(read(parse(text), model=switch.model)))
        found += lost(drawn.pair.intents[name], text)
    return found


def lost(intent: Intent, text: str) -> set[str]:
    """The raw lines that are said of a switch and that its configuration has not."""
    said = {line.strip() for key, value in intent.said().items() if key != "profiles" for line in raw(key, value)}
    return said - {line.strip() for line in text.split("\n")}


def raw(key: object, value: object) -> Iterator[str]:
    """Every raw line that is said somewhere below."""
    if key == "extra" and isinstance(value, tuple):
        yield from value
    for inner, below in _said(value).items():
        yield from raw(inner, below)


def _said(part: object) -> Mapping[object, object]:
    """What is said in a mapping, by key."""
    if isinstance(part, Model):
        return dict(part.said().items())
    return part if isinstance(part, dict) else {}


@MORE
@given(pair_files())
def test_rendered_and_read(drawn: Drawn) -> None:
    """What a pair file tells a switch is what its rendered configuration tells, and no raw line is missing."""
    assert misread(drawn) == [], smallest(drawn, misread)


def imported(drawn: Drawn) -> tuple[dict[str, ConfigTree], Imported, Pair]:
    """The configurations of a pair file, what an import makes of them, and the pair that this is."""
    trees = trees_of(expand(drawn.pair))
    found = import_pair(trees, drawn.pair.name)
    return trees, found, pair_of(found.text, "imported.yaml")


def misimported(drawn: Drawn) -> list[str]:
    """Where an import tells something else than the pair file, or renders something else.

    The model is what a configuration does not tell; so it is nowhere said.
    """
    drawn = without(drawn, "model")
    trees, found, pair = imported(drawn)
    again = expand(pair)
    faults: list[str] = []
    for name, switch in expand(drawn.pair).items():
        faults += differences(told(switch), told(revealed(again[name], found.secrets)))
    for name, tree in trees_of(again, found.secrets).items():
        faults += [str((change.old, change.new)) for change in left(tree, trees[name])]
    return faults


def revealed(switch: Switch, secrets: Mapping[str, str]) -> Switch:
    """The switch with its secrets as they were before the import took them out."""
    text = "\n".join(switch.extra)
    for name in sorted(secrets, key=len, reverse=True):
        text = text.replace(f"env:{name}", secrets[name])
    behind = {f"env:{name}": secret for name, secret in secrets.items()}
    svis = {
        vlan: replace(svi, hsrp=shown(svi.hsrp, behind), vrrp=shown(svi.vrrp, behind))
        for vlan, svi in switch.svis.items()
    }
    return replace(switch, extra=tuple(text.split("\n")) if text else (), svis=svis)


def shown(groups: tuple[Group, ...], behind: Mapping[str, str]) -> tuple[Group, ...]:
    """Groups of gateways with what is behind the references to how they authenticate."""
    return tuple(
        replace(group, authentication=behind.get(group.authentication or "", group.authentication)) for group in groups
    )


def left(intended: ConfigTree, running: ConfigTree) -> tuple[Change, ...]:
    """What differs strictly, each way."""
    contexts = Context.of(intended), Context.of(running)
    there = diff(intended, running, policy=STRICT, contexts=contexts).changes
    return (*there, *diff(running, intended, policy=STRICT, contexts=contexts[::-1]).changes)


@FEW
@given(pair_files())
def test_imported_is_equal(drawn: Drawn) -> None:
    """An import of what a pair file renders tells both switches the same, and renders it without any difference."""
    assert misimported(drawn) == [], smallest(drawn, misimported)


def undetermined(drawn: Drawn) -> list[str]:
    """Where a second import, or one with the switches the other way round, says something else.

    What a secret's variable is called may depend on which switch comes first.
    """
    trees, found, pair = imported(without(drawn, "model"))
    swapped = import_pair(dict(reversed(trees.items())), drawn.pair.name)
    facts, others = expand(pair), expand(pair_of(swapped.text, "swapped.yaml"))
    faults: list[str] = []
    for name, switch in facts.items():
        other = revealed(others[name], swapped.secrets)
        faults += differences(told(revealed(switch, found.secrets)), told(other))
    again = import_pair(trees, drawn.pair.name)
    return faults if again == found else [*faults, "a second import"]


@FEW
@given(pair_files())
def test_import_is_deterministic(drawn: Drawn) -> None:
    """The same two configurations give the same file, and the other way round the same facts."""
    assert undetermined(drawn) == [], smallest(drawn, undetermined)


HEAD = "pair: dc1\nswitches: {leaf-1: {}, leaf-2: {}}\n"
FOUND = (
    "nve: {infra_vlans: 10, shutdown: {leaf-1: false}}",
    "nve: {extra: knob}",
    "vrfs: {tenant: {families: {ipv4: {route_targets: [import 1:2, both auto, import 1:2]}}}}",
    "svis: {10: {ipv6_addresses: [2001:db8::1/64, 2001:db8::1/64]}}",
    "svis: {10: {hsrp: {group: 1, preempt: false, preempt_delay: minimum 060}}}",
    "domain: {id: 1, auto_recovery: false, auto_recovery_reload_delay: 60}",
    "svis: {10: {hsrp: {version: 2, groups: {}}}}",
    "domain: {id: 1}\nvpcs: {1: {mode: {leaf-1: fex-fabric}, mtu: 9000}, 2: {mode: {leaf-1: fex-fabric}, mtu: 9000}}",
    "domain: {id: 1}\npeer_link: {port_channel: 1, bandwidth: 5, virtual: {destination: 192.0.2.1, source: 192.0.2.2}}",
    "nve: {host_reachability: bgp, nv_overlay_evpn: false}",
    "interfaces: {port-channel10.20: {}}\nport_channels: {10: {members: Ethernet1/1}}",
    "interfaces: {Ethernet1/1: {}}",
    "vlans: {10: {extra: '! a remark'}}",
)
"""What once went wrong, as small as it could be."""


@pytest.mark.parametrize("rest", FOUND)
def test_found(rest: str) -> None:
    """All of that holds for each pair file for which it once did not."""
    source, _ = inspect_source(f"{HEAD}{rest}\n".encode(), "pair.yaml")
    assert source is not None
    data = construct(source.root)
    assert isinstance(data, dict)
    for faults in (misread, misimported, undetermined, miswritten):
        assert faults(loaded(data)) == []


def test_the_same_address_on_both() -> None:
    """Which switch comes first decides nothing where both claim one address, which a pair file can't say."""
    text = "interface mgmt0\n  ip address 192.0.2.1/24\n"
    trees = {name: parse(f"hostname {name}\n{text}") for name in ("leaf-1", "leaf-2")}
    found, swapped = import_pair(trees, "dc1"), import_pair(dict(reversed(trees.items())), "dc1")
    one, other = (expand(pair_of(each.text, "pair.yaml")) for each in (found, swapped))
    assert [differences(told(one[name]), told(other[name])) for name in trees] == [[], []]


def miswritten(drawn: Drawn) -> list[str]:
    """What is read otherwise of the text that an import would write of the data."""
    pair = pair_of(pair_text(drawn.data), "written.yaml")
    same = pair.facts == drawn.pair.facts and pair.intents == drawn.pair.intents
    return [] if same else [repr(pair)]


@FEW
@given(pair_files())
def test_written_and_read(drawn: Drawn) -> None:
    """The text that an import would write of the data of a pair file is read as the same pair."""
    assert miswritten(drawn) == [], smallest(drawn, miswritten)


def used(part: object) -> Iterator[tuple[str, str]]:
    """Every key that is said somewhere below, with its model."""
    for key, value in _said(part).items():
        if isinstance(part, Model):
            yield type(part).__name__, str(key)
        yield from used(value)


def test_every_key_comes() -> None:
    """Among some hundred generated files each key of each model is said."""
    models = {name: part for name, part in SCHEMA["definitions"].items() if name[0].isupper()}
    missing = {(name, key) for name, part in models.items() for key in part["properties"]}

    @settings(FEW, max_examples=100)
    @given(pair_files())
    def collect(drawn: Drawn) -> None:
        for part in (drawn.pair.facts, *drawn.pair.intents.values()):
            missing.difference_update(used(part))

    for number in range(12):
        if missing:
            seed(number)(collect)()
    assert missing == set()
