"""SVIs with their gateways, loopbacks, VRFs, routes and VXLAN."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from mlagkit import switch
from mlagkit.expand.domain import has_peer_gateway
from mlagkit.expand.features import has_interface
from mlagkit.expand.fill import NOTHING, Default, defaults, fill
from mlagkit.intent.pair import Intent
from mlagkit.intent.routing import Hop
from mlagkit.intent.svis import Hsrp, HsrpGroup, Svi, Vrrpv3, Vrrpv3Group
from mlagkit.nxos.context import Context
from mlagkit.nxos.form import virtual_addresses
from mlagkit.part import Path
from mlagkit.switch import in_one_order
from mlagkit.values import InterfaceName


def svis_of(intent: Intent, context: Context) -> Mapping[int, switch.Svi]:
    """SVIs by VLAN; with peer-gateway the device itself turns redirects off on them (reference 7.11)."""
    derived = {"ip_redirects": False, "ipv6_redirects": False} if has_peer_gateway(intent) else {}
    default = Default(defaults("interface", context.at(InterfaceName("Vlan1"))), derived, shutdown=False)
    return {vlan: _svi(vlan, intent.svis[vlan], default, context) for vlan in sorted(intent.svis)}


def _svi(vlan: int, said: Svi, default: Default, context: Context) -> switch.Svi:
    name = InterfaceName(f"Vlan{vlan}")
    path: Path = ("svis", vlan)
    return fill(
        switch.Svi,
        default,
        {key: value for key, value in said.said().items() if key not in ("hsrp", "vrrp", "vrrpv3")},
        name=name,
        path=path,
        vlan=vlan,
        hsrp_version=(said.hsrp.version if said.hsrp else None) or default["hsrp_version"],
        hsrp=tuple(sorted(_hsrp(said, path, context), key=lambda group: (group.group, group.family))),
        vrrp=tuple(sorted(_vrrp(said, path, context), key=lambda group: group.group)),
        vrrpv3=tuple(sorted(_vrrpv3(said, path, context), key=lambda group: (group.group, group.family))),
    )


def _hsrp(said: Svi, path: Path, context: Context) -> Iterator[switch.Hsrp]:
    if said.hsrp is None:
        return
    default = defaults("hsrp", context)
    for group, fixed in _of_families(said.hsrp, (*path, "hsrp")):
        yield _hsrp_group(default, cast("HsrpGroup", group), **fixed)


def _of_families(said: Hsrp | Vrrpv3, path: Path) -> Iterator[tuple[HsrpGroup | Vrrpv3Group, Mapping[str, object]]]:
    """Each group with its number, its family and where it is said: there itself, or below ``groups``."""
    if said.group is not None:
        yield said, {"group": said.group, "family": said.family or "ipv4", "path": path}
    for (number, family), group in (said.groups or {}).items():
        key = number if family == "ipv4" else f"{number} {family}"
        yield group, {"group": number, "family": family, "path": (*path, "groups", key)}


def _hsrp_group(default: Default, said: HsrpGroup, **fixed: object) -> switch.Hsrp:
    """One group; a delay of preemption implies preemption, as the device prints one line for both.

    So there is none where preemption is said to be off.
    """
    if said.preempt is None and said.preempt_delay is not None:
        fixed["preempt"] = True
    if said.preempt is False:
        fixed["preempt_delay"] = None
    address, further = virtual_addresses(said.address, said.secondary_addresses or ())
    fixed |= {"address": address, "secondary_addresses": further}
    return fill(switch.Hsrp, default, said, **fixed)


def _vrrp(said: Svi, path: Path, context: Context) -> Iterator[switch.Vrrp]:
    if said.vrrp is None:
        return
    default = Default(defaults("vrrp", context), shutdown=False)  # a declared group is up
    if said.vrrp.group is not None:
        yield fill(switch.Vrrp, default, said.vrrp, group=said.vrrp.group, path=(*path, "vrrp"))
    for number, group in (said.vrrp.groups or {}).items():
        yield fill(switch.Vrrp, default, group, group=number, path=(*path, "vrrp", "groups", number))


def _vrrpv3(said: Svi, path: Path, context: Context) -> Iterator[switch.Vrrpv3]:
    if said.vrrpv3 is None:
        return
    default = defaults("vrrpv3", context)
    for group, fixed in _of_families(said.vrrpv3, (*path, "vrrpv3")):
        yield fill(switch.Vrrpv3, default, group, **fixed)


def loopbacks_of(intent: Intent, context: Context) -> Mapping[int, switch.Loopback]:
    """Loopbacks by number."""
    found = {}
    for number, said in sorted(intent.loopbacks.items()):
        name = InterfaceName(f"loopback{number}")
        default = defaults("interface", context.at(name))
        path: Path = ("loopbacks", number)
        found[number] = fill(switch.Loopback, default, said.said(), name=name, path=path)
    return found


def routes_of(said: Mapping[str, Mapping[str, Hop]] | None) -> tuple[switch.Route, ...]:
    """Static routes by prefix and next hop."""
    found = (
        switch.Route(prefix=prefix, next_hop=next_hop, name=hop.name, tag=hop.tag, preference=hop.preference)
        for prefix, hops in (said or {}).items()
        for next_hop, hop in hops.items()
    )
    return in_one_order(found)


def vrfs_of(intent: Intent) -> Mapping[str, switch.Vrf]:
    """VRFs by name; the management gateway is the default route of the VRF management."""
    gateway = intent.management.gateway if intent.management else None
    found: dict[str, switch.Vrf] = {}
    for name, said in intent.vrfs.items():
        families = tuple(
            fill(switch.AddressFamily, NOTHING, content, name=family, path=("vrfs", name, "families", family))
            for family, content in sorted((said.families or {}).items())
        )
        found[name] = fill(
            switch.Vrf, NOTHING, said, name=name, path=("vrfs", name), routes=routes_of(said.routes), families=families
        )
    if gateway:
        found["management"] = _with_gateway(found.get("management"), gateway)
    return found


def _with_gateway(vrf: switch.Vrf | None, gateway: str) -> switch.Vrf:
    route = switch.Route(prefix="::/0" if ":" in gateway else "0.0.0.0/0", next_hop=gateway)
    default = Default(name="management", path=("management",))
    return fill(switch.Vrf, default, vrf, routes=in_one_order((route, *(vrf.routes if vrf else ()))))


def evpn_of(intent: Intent) -> Mapping[int, switch.EvpnVni]:
    """The VNIs that BGP announces, by number."""
    said = (intent.nve.evpn if intent.nve else None) or {}
    return {vni: fill(switch.EvpnVni, NOTHING, said[vni], vni=vni, path=("nve", "evpn", vni)) for vni in sorted(said)}


def nve_of(intent: Intent, context: Context) -> switch.Nve | None:
    """The NVE interface, where there is one."""
    said = intent.nve
    if said is None or not has_interface(intent):
        return None
    vnis = tuple(
        fill(
            switch.Vni,
            Default({"associate_vrf": False}, defaults("nve-vni", context)),
            content,
            vni=vni,
            path=("nve", "vnis", vni),
        )
        for vni, content in sorted((said.vnis or {}).items())
    )
    name = InterfaceName(said.name or "nve1")
    return fill(
        switch.Nve,
        defaults("nve", context),
        said,
        path=("nve",),
        name=name,
        shutdown=said.shutdown is True,
        vnis=vnis,
    )
