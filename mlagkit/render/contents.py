"""Everything that the templates of a switch are filled with, by the names that they use."""

from __future__ import annotations

from collections.abc import Iterator

from mlagkit.nxos.catalogue.canonical import KEEPALIVE_DEFAULTS, PRECEDENCE
from mlagkit.nxos.context import Context, family, release_numbers
from mlagkit.nxos.form import feature_lines, in_order_of_targets, list_lines
from mlagkit.part import Path
from mlagkit.render.shown import Secrets, Shown, Viewer
from mlagkit.switch import (
    Domain,
    EvpnVni,
    Hsrp,
    Interface,
    Keepalive,
    Nve,
    Port,
    Route,
    SpanningTree,
    Svi,
    Switch,
    Vrf,
    Vrrp,
    Vrrpv3,
)
from mlagkit.values import VlanSet, in_order

_NO_LINES = dict.fromkeys(("source", "peer", "pair", "platform", "model", "release", "hosts", "cabling", "line_cards"))
_SEPARATE = ("features", "nv_overlay_evpn", "vlans", "spanning_tree", "vrfs", "routes", "domain", "keepalive", "nve")
_OTHER_TEMPLATES = dict.fromkeys((*_SEPARATE, "ports", "svis", "loopbacks", "evpn"))
_KEEPALIVE = {name.replace("-", "_"): value for name, value in KEEPALIVE_DEFAULTS.items()}


def contents(switch: Switch, secrets: Secrets | None = None) -> dict[str, object]:
    """The variables of the templates; one in the plural holds a view per object, in the device's order."""
    view = Viewer(secrets)
    context = context_of(switch)
    return {
        "switch": view.show(switch, "", context, _NO_LINES | _OTHER_TEMPLATES),
        "features": feature_lines(switch.features, evpn=switch.nv_overlay_evpn),
        "vlan_lists": list_lines(VlanSet(switch.vlans)),
        "vlans": [each for each in _vlans(view, context, switch) if _says_something(each, "id")],
        "routes": [_route(view, context, route) for route in switch.routes],
        "vrfs": [_vrf(view, context, vrf) for _, vrf in sorted(switch.vrfs.items())],
        "domain": switch.domain and _domain(view, context, switch.domain),
        "keepalive": switch.keepalive and _keepalive(view, context, switch.keepalive),
        "evpn": [_evpn(view, context, vni) for vni in switch.evpn.values()],
        "nve": switch.nve and _nve(view, context, switch.nve),
        "svis": [_svi(view, context, svi) for _, svi in sorted(switch.svis.items())],
        "loopbacks": [_interface(view, context, each) for _, each in sorted(switch.loopbacks.items())],
        **_spanning_tree(view, context, switch.spanning_tree),
        **_ports(view, context, switch),
    }


def context_of(switch: Switch) -> Context:
    """What the defaults of that switch depend on."""
    return Context(
        family=family(switch.model),
        release=release_numbers(switch.release),
        switchport=switch.switchport_default is not False,
        switchport_shutdown=switch.switchport_shutdown_default,
        jumbo_mtu=switch.jumbo_mtu,
    )


def _says_something(view: Shown, *names: str) -> bool:
    """Whether a block has a line besides its first, of which the names are part."""
    return any(value for name, value in vars(view).items() if name not in ("path", *names))


def _vlans(view: Viewer, context: Context, switch: Switch) -> Iterator[Shown]:
    return (view.show(vlan, "vlan", context) for _, vlan in sorted(switch.vlans.items()))


def _route(view: Viewer, context: Context, route: Route, above: Path = ()) -> Shown:
    own = {"ipv6": ":" in route.prefix, "path": (*above, "routes", route.prefix, route.next_hop)}
    return view.show(route, "", context, own, prefix="routes.")


def _vrf(view: Viewer, context: Context, vrf: Vrf) -> Shown:
    routes = [_route(view, context, route, vrf.path) for route in vrf.routes]
    families = [
        view.show(each, "address-family", context, {"route_targets": in_order_of_targets(each.route_targets)})
        for each in vrf.families
    ]
    return view.show(vrf, "vrf", context, {"routes": routes, "families": families})


def _domain(view: Viewer, context: Context, domain: Domain) -> Shown:
    return view.show(domain, "vpc-domain", context)


def _keepalive(view: Viewer, context: Context, keepalive: Keepalive) -> Shown:
    """A line of tokens, each with its default; interval and timeout are written together (2.2)."""
    shown = view.show(keepalive, "", context, prefix="keepalive.")
    found = vars(shown)
    for name, default in _KEEPALIVE.items():
        if PRECEDENCE.get(found.get(name, ""), found.get(name)) == default:
            del found[name]
    if "interval" in found or "timeout" in found:
        found |= {"interval": str(keepalive.interval), "timeout": str(keepalive.timeout)}
    return shown


def _nve(view: Viewer, context: Context, nve: Nve) -> Shown:
    vnis = [view.show(vni, "nve-vni", context) for vni in nve.vnis]
    return view.show(nve, "nve", view.at(context, nve.name), {"vnis": vnis})


def _evpn(view: Viewer, context: Context, vni: EvpnVni) -> Shown:
    return view.show(vni, "evpn-vni", context, {"route_targets": in_order_of_targets(vni.route_targets)})


def _spanning_tree(view: Viewer, context: Context, tree: SpanningTree) -> dict[str, object]:
    mst = view.show(tree.mst, "mst", context)
    pseudo = view.show(tree.pseudo_information, "pseudo-information", context)
    parts = {"mst": None, "pseudo_information": None}
    return {
        "spanning_tree": view.show(tree, "", context, parts, prefix="spanning_tree."),
        "mst": mst if _says_something(mst) else None,
        "pseudo_information": pseudo if _says_something(pseudo) else None,
    }


def _interface(view: Viewer, context: Context, interface: Interface) -> Shown:
    return view.show(interface, "interface", view.at(context, interface.name))


def _svi(view: Viewer, context: Context, svi: Svi) -> Shown:
    hsrp = [_hsrp(view, context, group) for group in svi.hsrp]
    vrrp = [_vrrp(view, context, group) for group in svi.vrrp]
    vrrpv3 = [_vrrpv3(view, context, group) for group in svi.vrrpv3]
    own = {"vlan": None, "hsrp": hsrp, "vrrp": vrrp, "vrrpv3": vrrpv3}
    return view.show(svi, "interface", view.at(context, svi.name), own)


def _hsrp(view: Viewer, context: Context, group: Hsrp) -> Shown:
    """The threshold is part of the priority's line, and IPv4 what a group is without a word (BF).

    Only a further address of IPv4 says that it is one (NU).
    """
    own: dict[str, object] = {"authentication": view.told(group.authentication)}
    own["secondary_addresses"] = [each if ":" in each else f"{each} secondary" for each in group.secondary_addresses]
    if group.family == "ipv4":
        own["family"] = None
    if group.forwarding_threshold:
        own["priority"] = str(group.priority)
    return view.show(group, "hsrp", context, own)


def _vrrp(view: Viewer, context: Context, group: Vrrp) -> Shown:
    return view.show(group, "vrrp", context, {"authentication": view.told(group.authentication)})


def _vrrpv3(view: Viewer, context: Context, group: Vrrpv3) -> Shown:
    """Its family is always printed, also IPv4 (CR93: the command ends with it)."""
    return view.show(group, "vrrpv3", context, {"family": group.family})


def _ports(view: Viewer, context: Context, switch: Switch) -> dict[str, list[Shown]]:
    """The ports of each kind; the members of the peer-link have its defaults."""
    found: dict[str, list[Shown]] = {"port-channel": [], "Ethernet": [], "mgmt": []}
    peer_link = switch.peer_link
    number = peer_link.name.number if peer_link else ""
    for name in in_order(switch.ports):
        port = switch.ports[name]
        is_peer_link = port.peer_link or str(port.channel) == number
        where = view.at(context, name, routed=port.mode == "routed", peer_link=is_peer_link)
        found[name.kind].append(_port(view, where, port))
    return {"port_channels": found["port-channel"], "ethernet": found["Ethernet"], "management": found["mgmt"]}


def _port(view: Viewer, context: Context, port: Port) -> Shown:
    """Layer 2 or 3 is a line of its own; a trunk without any VLAN says so; ``on`` is what a channel's mode is (2.3)."""
    switched = port.mode != "routed"
    own: dict[str, object] = {"switchport": None if switched == context.switchport_line else switched}
    if port.mode in ("routed", "access"):
        own["mode"] = None
    if not port.vlans:
        own["vlans"] = ("none",)
    if port.lacp == "on":
        own["lacp"] = None
    if port.name.kind == "mgmt":  # its VRF is the only one it can have, and the device prints it all the same
        own["vrf"] = port.vrf
    return view.show(port, "interface", context, own)
