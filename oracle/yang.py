"""A rendered pair in the words of Cisco's own YANG of NX-OS 9.3(1), and yanglint as the judge of it.

Here stands where a value of a switch is in that model; whatever yanglint refuses of a switch that mlagkit takes is a
disagreement.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from mlagkit.switch import Domain, Hsrp, Keepalive, Port, Svi, Switch, Vlan
from mlagkit.values import InterfaceName
from oracle.environment import NotAvailable, models

MODULE = "Cisco-NX-OS-device"
_SHORT = {"Ethernet": "eth", "port-channel": "po", "Vlan": "vlan", "loopback": "lo"}
SPEED = {"100": "100M", "1000": "1G", "10000": "10G", "25000": "25G", "40000": "40G", "50000": "50G"}
SPEED |= {"100000": "100G", "200000": "200G", "400000": "400G", "auto": "auto"}
_PORT_TYPE = {"normal": "default", "edge trunk": "trunk", "edge": "edge", "network": "network"}
_FEATURES = {
    **{name: name for name in ("vpc", "lacp", "hsrp", "vrrp", "lldp", "udld", "dhcp", "ospf", "bgp", "pim", "bfd")},
    "interface-vlan": "ifvlan",
    "nv overlay": "nvo",
    "vn-segment-vlan-based": "vnsegment",
    "nxapi": "nxapi",
    "scp-server": "scpserver",
    "fabric forwarding": "hmm",
}

Node = dict[str, Any]


class Yanglint:
    """The judge: the model's folder, and a folder for what is put before it."""

    def __init__(self) -> None:
        found = shutil.which("yanglint")
        if not found:
            raise NotAvailable("there is no yanglint here: it is in Debian's package libyang-tools")
        self._command = found
        self._models = models("yang", ".yang")

    @property
    def version(self) -> str:
        """Its name and version."""
        return subprocess.run([self._command, "--version"], capture_output=True, text=True, check=True).stdout.strip()

    def refused(self, systems: Sequence[Node]) -> str | None:
        """The first thing that it says against one of these configurations; None where it takes them all."""
        with tempfile.TemporaryDirectory() as folder:
            files = [Path(folder, f"{number}.json") for number in range(len(systems))]
            for file, system in zip(files, systems, strict=True):
                file.write_text(json.dumps({f"{MODULE}:System": system}), "utf-8")
            return self._said(files)

    def _said(self, files: Sequence[Path]) -> str | None:
        model = self._models / f"{MODULE}.yang"
        command: list[str | Path] = [self._command, "-p", self._models, "-t", "config", model, *files]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        said = [line for line in done.stderr.splitlines() if line.startswith("libyang err")]
        if done.returncode and not said:
            raise NotAvailable(f"yanglint can't read the model: {done.stderr[-200:]}")
        return said[0].removeprefix("libyang err : ") if said else None


def leaves(node: object) -> int:
    """How many values a configuration has."""
    if isinstance(node, dict):
        return sum(map(leaves, node.values()))
    return sum(map(leaves, node)) if isinstance(node, list) else 1


def system_of(switch: Switch) -> Node:
    """All that the table knows of a switch."""
    found: Node = {"fm-items": {f"{_FEATURES[name]}-items": _on(True) for name in switch.features if name in _FEATURES}}
    if switch.domain:
        found["vpc-items"] = {"inst-items": {"dom-items": _domain(switch, switch.domain)}}
    found["intf-items"] = {
        "phys-items": {"PhysIf-list": [_port(port) for port in _ports(switch, "Ethernet")]},
        "aggr-items": {"AggrIf-list": [_channel(port) for port in switch.port_channels]},
        "svi-items": {"If-list": [_svi(svi) for svi in switch.svis.values()]},
        "lb-items": {
            "LbRtdIf-list": [
                {"id": _id(each.name), **_text("descr", each.description), "adminSt": _up(each.shutdown)}
                for each in switch.loopbacks.values()
            ]
        },
    }
    found["bd-items"] = {"bd-items": {"BD-list": [_vlan(vlan) for vlan in switch.vlans.values()]}}
    found["lacp-items"] = {"inst-items": {"if-items": {"If-list": [_lacp(port) for port in _members(switch)]}}}
    found["stp-items"] = {"inst-items": _spanning_tree(switch)}
    found["hsrp-items"] = {"inst-items": {"if-items": {"If-list": list(_hsrp_interfaces(switch))}}}
    found["ipv4-items"] = {"inst-items": {"dom-items": {"Dom-list": list(_addresses(switch))}}}
    if switch.nve:
        found["eps-items"] = {"epId-items": {"Ep-list": [_nve(switch)]}}
    return found


def _domain(switch: Switch, domain: Domain) -> Node:
    virtual = domain.virtual_peer_link
    found = {
        "id": domain.id,
        "rolePrio": domain.role_priority,
        "sysPrio": domain.system_priority,
        **_text("sysMac", _mac(domain.system_mac)),
        "peerSwitch": _able(domain.peer_switch),
        "peerGw": _able(domain.peer_gateway),
        **_text("peerGWExcludeVLAN", str(domain.peer_gateway_exclude_vlans)),
        "l3PeerRouter": _able(domain.layer3_peer_router),
        "l3PeerRouterSyslog": _able(domain.layer3_peer_router_syslog),
        "l3PeerRouterSyslogInterval": domain.layer3_peer_router_syslog_interval,
        "autoRecovery": _able(domain.auto_recovery),
        "autoRecoveryIntvl": domain.auto_recovery_reload_delay,
        "delayRestoreVPC": domain.delay_restore.vpc,
        "delayRestoreSVI": domain.delay_restore.interface_vlan,
        "delayRestoreOrphanPort": domain.delay_restore.orphan_port,
        **_text("excludeSVI", str(domain.dual_active_exclude_vlans)),
        "fastConvergence": _able(domain.fast_convergence),
        "grcflCnstncyChck": _able(domain.graceful_consistency_check),
        "macBpduSrcVer2": domain.bpdu_source_mac_version_2,
        "track": domain.track or 0,
        "adminSt": _able(not domain.shutdown),
        "if-items": {"If-list": [_leg(number, port) for number, port in switch.vpcs.items()]},
    }
    if virtual:
        found |= {"virtualIp": virtual.source, "peerIp": virtual.destination, "dscp": virtual.dscp}
    if switch.keepalive:
        found["keepalive-items"] = _keepalive(switch.keepalive)
        if switch.peer_link:
            found["keepalive-items"]["peerlink-items"] = {"id": _id(switch.peer_link.name)}
    return found


def _keepalive(keepalive: Keepalive) -> Node:
    found: Node = {
        "destIp": keepalive.destination,
        **_text("srcIp", keepalive.source),
        "vrf": keepalive.vrf,
        "udpPort": keepalive.udp_port,
        "interval": keepalive.interval,
        "timeout": keepalive.timeout,
        "flushTout": keepalive.hold_timeout,
    }
    if keepalive.tos_byte is not None:
        found |= {"tosCfgType": "tos-byte", "tosByte": keepalive.tos_byte}
    for said, name in ((keepalive.tos, "tos"), (keepalive.precedence, "prec")):
        if said is not None:
            found |= {f"{name}Value": int(said)} if said.isdecimal() else {f"{name}Type": said}
    return found


def _leg(number: int, port: Port) -> Node:
    where = f"/System/intf-items/aggr-items/AggrIf-list[id='{_id(port.name)}']"
    return {"id": number, "rsvpcConf-items": {"tDn": where}}


def _ports(switch: Switch, kind: str) -> Iterator[Port]:
    return (port for port in switch.ports.values() if port.name.kind == kind and port.encapsulation is None)


def _members(switch: Switch) -> Iterator[Port]:
    return (port for port in switch.ports.values() if port.channel is not None and port.lacp != "on")


def _port(port: Port) -> Node:
    return {
        "id": _id(port.name),
        **_text("descr", port.description),
        "adminSt": _up(port.shutdown),
        "mtu": port.mtu,
        "speed": SPEED.get(port.speed, port.speed),
        "duplex": port.duplex,
        "autoNeg": "on" if port.negotiate else "off",
        "layer": "Layer3" if port.mode == "routed" else "Layer2",
        **({} if port.mode == "routed" else _switched(port)),
        **({"bw": port.bandwidth} if port.bandwidth else {}),
        **({"delay": port.delay} if port.delay else {}),
    }


def _switched(port: Port) -> Node:
    return {
        "mode": port.mode,
        "accessVlan": f"vlan-{port.vlan}",
        "nativeVlan": f"vlan-{port.native_vlan}",
        "trunkVlans": str(port.vlans) or "",
    }


def _channel(port: Port) -> Node:
    return {
        **_port(port),
        "pcId": int(port.name.number),
        "pcMode": port.lacp or "on",
        "minLinks": port.lacp_min_links,
        "maxLinks": port.lacp_max_bundle,
        "suspIndividual": _enable(port.lacp_suspend_individual),
        "gracefulConv": _enable(port.lacp_graceful_convergence),
        "lacpDelayMode": _enable(port.lacp_mode_delay),
        "lacpVpcConvergence": _enable(port.lacp_vpc_convergence),
        "rsmbrIfs-items": {
            "RsMbrIfs-list": [
                {"tDn": f"/System/intf-items/phys-items/PhysIf-list[id='{_id(member)}']"} for member in port.members
            ]
        },
    }


def _lacp(port: Port) -> Node:
    return {"id": _id(port.name), "prio": port.lacp_port_priority, "txRate": port.lacp_rate}


def _svi(svi: Svi) -> Node:
    return {
        "id": _id(svi.name),
        **_text("descr", svi.description),
        "adminSt": _up(svi.shutdown),
        "mtu": svi.mtu,
        "autostate": svi.autostate,
        **({"bw": svi.bandwidth} if svi.bandwidth else {}),
        **({"delay": svi.delay} if svi.delay else {}),
    }


def _vlan(vlan: Vlan) -> Node:
    return {
        "fabEncap": f"vlan-{vlan.id}",
        **_text("accEncap", f"vxlan-{vlan.vni}" if vlan.vni else None),
        **_text("name", vlan.name),
        "BdState": vlan.state,
        "adminSt": "suspend" if vlan.shutdown else "active",
    }


def _spanning_tree(switch: Switch) -> Node:
    tree = switch.spanning_tree
    found: Node = {
        "mode": "pvrst" if tree.mode == "rapid-pvst" else tree.mode,
        "pathcostOp": tree.pathcost_method,
        "bridge": _able(tree.bridge_assurance),
        "loopguard": _able(tree.loopguard),
        "if-items": {"If-list": [_tree_port(port) for port in switch.ports.values() if port.mode != "routed"]},
        "vlan-items": {
            "Vlan-list": [
                # The first and the last one stand for the rest: a priority is usually that of thousands.
                {"id": vlan, "priority": str(priority)}
                for priority, vlans in tree.priority.items()
                for vlan in sorted({min(vlans), max(vlans)})
            ]
        },
    }
    if tree.mode == "mst":
        found["mstent-items"] = {
            **_text("regName", tree.mst.name),
            "rev": tree.mst.revision,
            "simulate": _able(tree.simulate_pvst),
            "mst-items": {
                "MstDom-list": [{"id": number, "vlanRange": str(vlans)} for number, vlans in tree.mst.instances.items()]
            },
        }
    return found


def _tree_port(port: Port) -> Node:
    return {
        "id": _id(port.name),
        "mode": _PORT_TYPE[port.port_type],
        **({"guard": port.guard} if port.guard != "none" else {}),
        **({"bpduguard": port.bpduguard} if port.bpduguard in ("enable", "disable") else {}),
        **({"bpdufilter": port.bpdufilter} if port.bpdufilter in ("enable", "disable") else {}),
        "linkType": "p2p" if port.stp_link_type == "point-to-point" else port.stp_link_type,
        "priority": port.stp_port_priority,
        "cost": port.stp_cost or 0,
        **({"simulatePvst": f"{port.mst_simulate_pvst}d"} if port.mst_simulate_pvst != "default" else {}),
    }


def _hsrp_interfaces(switch: Switch) -> Iterator[Node]:
    for svi in switch.svis.values():
        if svi.hsrp:
            groups = [_hsrp(group) for group in svi.hsrp]
            yield {"id": _id(svi.name), "version": f"v{svi.hsrp_version}", "grp-items": {"Group-list": groups}}


def _hsrp(group: Hsrp) -> Node:
    delays = (group.preempt_delay or "").split()
    names = {"minimum": "preemptDelayMin", "reload": "preemptDelayReload", "sync": "preemptDelaySync"}
    found: Node = {"id": group.group, "af": group.family, "prio": group.priority, **_text("ip", group.address)}
    found |= {names[word]: int(value) for word, value in zip(delays[::2], delays[1::2], strict=True)}
    hello, hold = _milliseconds(group.timers)
    return {**found, "helloIntvl": hello, "holdIntvl": hold, **_text("mac", _mac(group.mac_address))}


def _milliseconds(timers: str) -> tuple[int, int]:
    words = timers.split()
    found: list[int] = []
    for before, word in zip(["", *words], words, strict=False):
        if word != "msec":
            found.append(int(word) * (1 if before == "msec" else 1000))
    return found[0], found[1]


def _addresses(switch: Switch) -> Iterator[Node]:
    vrfs: dict[str, list[Node]] = {}
    for port in switch.interfaces:
        listed = [{"addr": port.address, "type": "primary"}] if port.address else []
        listed += [{"addr": address, "type": "secondary"} for address in port.secondary_addresses]
        found: Node = {
            "id": _id(port.name),
            "addr-items": {"Addr-list": [each for each in listed if "." in each["addr"]]},
        }
        vrfs.setdefault(port.vrf, []).append(found)
    for name, interfaces in vrfs.items():
        yield {"name": name, "if-items": {"If-list": interfaces}}


def _nve(switch: Switch) -> Node:
    nve = switch.nve
    assert nve is not None
    vnis = []
    for vni in nve.vnis:
        found: Node = {"vni": vni.vni, "associateVrfFlag": vni.associate_vrf, **_text("mcastGroup", vni.mcast_group)}
        if vni.suppress_arp:
            found["suppressARP"] = "enabled"
        if vni.ingress_replication:
            found["IngRepl-items"] = {"proto": vni.ingress_replication}
        vnis.append(found)
    return {
        "epId": 1,
        "adminSt": _able(not nve.shutdown),
        **_text("descr", nve.description),
        **_text("sourceInterface", _id(nve.source_interface) if nve.source_interface else None),
        **_text("hostReach", nve.host_reachability),
        "holdDownTime": nve.hold_down_time,
        "advertiseVmac": nve.advertise_virtual_rmac,
        "nws-items": {"vni-items": {"Nw-list": vnis}},
    }


def _id(name: str) -> str:
    """``eth1/1``, ``po10``: how the model names an interface."""
    found = InterfaceName(name)
    return f"{_SHORT.get(found.kind, found.kind)}{found.number}"


def _mac(text: str | None) -> str | None:
    digits = (text or "").replace(".", "")
    return ":".join(digits[at : at + 2] for at in range(0, 12, 2)) if digits else None


def _text(leaf: str, value: str | None) -> Node:
    return {leaf: value} if value else {}


def _able(value: bool) -> str:
    return "enabled" if value else "disabled"


def _enable(value: bool) -> str:
    return "enable" if value else "disable"


def _up(is_shut: bool) -> str:
    return "down" if is_shut else "up"


def _on(value: bool) -> Node:
    return {"adminSt": _able(value)}
