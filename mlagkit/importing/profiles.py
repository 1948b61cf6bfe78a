"""Profiles: the settings that several vPCs share, said once under a name."""

from __future__ import annotations

from collections.abc import Collection

from mlagkit.importing.data import Table
from mlagkit.importing.names import free
from mlagkit.source import Data, Key

_OWN = frozenset({"members", "description", "port_channel", "extra", "host", "shutdown"})
"""What belongs to one vPC alone."""

_OF_VLANS = ("vlan", "vlans", "native_vlan")
_FEWEST = 2
"""So many vPCs, and so many settings, make a profile worth its name."""


def with_profiles(table: Table) -> Table:
    """The data with a profile for each group of vPCs whose settings are the same but for their VLANs."""
    vpcs = table.get("vpcs")
    if not isinstance(vpcs, dict):
        return table
    profiles: Table = {}
    switches = table.get("switches")
    others = switches if isinstance(switches, dict) else {}
    changed: Table = dict(vpcs)
    for numbers in _groups(vpcs):
        users = [said for number in numbers if isinstance(said := vpcs[number], dict)]
        settings = _common(users)
        if len(users) < _FEWEST or len(settings) < _FEWEST:
            continue
        name = _name(settings, {*profiles, *others})
        profiles[name] = settings
        for number, said in zip(numbers, users, strict=True):
            changed[number] = {"profile": name, **{key: said[key] for key in said if key not in settings}}
    return {**table, "profiles": profiles, "vpcs": changed} if profiles else table


def _groups(vpcs: Table) -> list[list[Key]]:
    """The vPCs by their settings without their VLANs."""
    found: dict[str, list[Key]] = {}
    for number, said in vpcs.items():
        if isinstance(said, dict):
            settings = {key: said[key] for key in said if key not in _OWN and key not in _OF_VLANS}
            found.setdefault(repr(sorted(settings.items())), []).append(number)
    return list(found.values())


def _common(users: list[Table]) -> Table:
    """What all users say alike, in the order of the first."""
    first = users[0]
    return {key: first[key] for key in first if key not in _OWN and all(_same(user, key, first[key]) for user in users)}


def _same(user: Table, key: Key, value: Data) -> bool:
    return key in user and user[key] == value


def _name(settings: Table, taken: Collection[Key]) -> str:
    """A name that says what the profile is: ``trunk``, ``access-edge``."""
    mode = settings.get("mode")
    words = [mode if isinstance(mode, str) else "access" if "vlan" in settings else "trunk"]
    if str(settings.get("port_type", "")).startswith("edge"):
        words.append("edge")
    return free("-".join(words), "-", taken.__contains__)
