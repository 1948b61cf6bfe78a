"""The short forms of a pair file: what follows from the rest is left out, what has a short form takes it."""

from __future__ import annotations

from mlagkit.expand.features import GLOBAL_VXLAN
from mlagkit.expand.ports import mode_of
from mlagkit.importing.data import Table, get
from mlagkit.intent.vxlan import ALL_AUTO
from mlagkit.nxos.context import Context
from mlagkit.source import Data, Key
from mlagkit.values import InterfaceName


def terse(table: Table, context: Context) -> Table:
    """What is said of one switch, in the words of a person."""
    found = dict(table.items())
    for section, kind in (("vpcs", "port-channel"), ("port_channels", "port-channel"), ("interfaces", "")):
        found[section] = {key: _port(key, value, kind, context) for key, value in _items(found, section)}
    if isinstance(link := found.get("peer_link"), dict):
        found["peer_link"] = _channel({key: value for key, value in link.items() if (key, value) != ("mode", "trunk")})
    found["vlans"] = {number: _vlan(vlan) for number, vlan in _items(found, "vlans")}
    found["svis"] = {number: _svi(svi) for number, svi in _items(found, "svis")}
    found["nve"] = _nve(found.get("nve"))
    found["system"] = _system(found.get("system"))
    return {key: value for key, value in found.items() if value or key == "management"}


def _items(table: Table, section: str) -> list[tuple[Key, Data]]:
    inner = table.get(section)
    return list(inner.items()) if isinstance(inner, dict) else []


def _port(key: Key, said: Data, kind: str, context: Context) -> Data:
    """A port or port-channel: its mode where that does not follow, its number where it is another than the key."""
    if not isinstance(said, dict):
        return said
    name = InterfaceName(f"{kind}{said.get('port_channel', key)}")
    own = {each: value for each, value in said.items() if (each, value) != ("port_channel", key)}
    without = {each: value for each, value in own.items() if each != "mode"}
    words = {str(each): value for each, value in without.items()}
    return _channel(without if mode_of(words, name, context) == own.get("mode") else own)


def _channel(said: Table) -> Table:
    """Members without settings as a list; no members at all say nothing."""
    members = said.get("members")
    if not isinstance(members, dict):
        return said
    if not members:
        return {key: value for key, value in said.items() if key != "members"}
    return said if any(members.values()) else {**said, "members": [*map(str, members)]}


def _vlan(said: Data) -> Data:
    if isinstance(said, dict) and said.keys() <= {"name"}:
        return said.get("name")
    return said


def _svi(said: Data) -> Data:
    if not isinstance(said, dict):
        return said
    found = dict(said.items())
    if isinstance(hsrp := said.get("hsrp"), dict):
        found["hsrp"] = _groups({key: value for key, value in hsrp.items() if (key, value) != ("version", 1)})
    for protocol in ("vrrp", "vrrpv3"):
        if isinstance(groups := said.get(protocol), dict):
            found[protocol] = _groups(groups)
    return found


def _groups(said: Table) -> Table:
    """A single group with its settings right there."""
    groups = said.get("groups")
    if not isinstance(groups, dict) or len(groups) != 1:
        return said
    ((key, settings),) = groups.items()
    number, _, family = str(key).partition(" ")
    own: Table = {name: value for name, value in said.items() if name != "groups"}
    own["group"] = int(number)
    if family:
        own["family"] = family
    return own | (settings if isinstance(settings, dict) else {})


def _nve(said: Data) -> Data:
    if not isinstance(said, dict):
        return said
    vnis, evpn = get(said, ("vnis",)), get(said, ("evpn",))
    if said.get("host_reachability") == "bgp" and said.get("nv_overlay_evpn") is True:
        said = {key: value for key, value in said.items() if key != "nv_overlay_evpn"}
    found = {key: value for key, value in said.items() if (key, value) != ("name", "nve1")}
    if isinstance(vnis, dict):
        found["vnis"] = {number: vni or None for number, vni in vnis.items()}
        if not vnis:
            del found["vnis"]
    if isinstance(evpn, dict):
        found["evpn"] = {number: "auto" if vni == ALL_AUTO else vni or None for number, vni in evpn.items()}
        if not evpn:
            del found["evpn"]
    if "name" in said and GLOBAL_VXLAN.issuperset(map(str, found)):  # without it there would be no interface
        found["name"] = said["name"]
    return found


def _system(said: Data) -> Data:
    usual = ("jumbo_mtu", Context().jumbo_mtu)
    return {key: value for key, value in said.items() if (key, value) != usual} if isinstance(said, dict) else said
