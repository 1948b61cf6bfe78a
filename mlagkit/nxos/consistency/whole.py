"""The parameters of the whole switch: `show vpc consistency-parameters global`.

OUT-MST is an N9K pair in MST with its configuration and this output (text-index id 23557151208), OUT-7X an N9K of
7.x (id 70209775193); ``corpus`` is show-vpc-consistency-parameters-global beside pairs/nickelface-07-nx57. The other
keys are those of the reference.
"""

from __future__ import annotations

from mlagkit.nxos.consistency.carried import carried_by_peer_link
from mlagkit.nxos.consistency.row import Mark, Row, switched
from mlagkit.nxos.system_mac import system_mac
from mlagkit.switch import Loopback, Switch
from mlagkit.values import InterfaceName, VlanSet

_MODES = {"rapid-pvst": "Rapid-PVST", "mst": "MST"}
_HOST_REACH = {"bgp": "CP", None: "DP"}
_NO_ADDRESS = "0.0.0.0"  # as the switch prints a missing address
_QOS = "QoS is not modelled"


def _port_type(switch: Switch) -> str:
    tree = switch.spanning_tree
    return f"{tree.port_type.title()}, {switched(tree.bpdufilter)}, {switched(tree.bpduguard)}"


def _instances(switch: Switch) -> str:
    """Every instance with its VLANs; instance 0 has the rest."""
    found = switch.spanning_tree.mst.instances
    return "; ".join(f"{number}: {found[number]}" for number in sorted(found) if number)


def _admin_up(switch: Switch) -> str | None:
    if "interface-vlan" not in switch.features:
        return None
    return str(VlanSet(vlan for vlan, svi in switch.svis.items() if not svi.shutdown))


def _routing(switch: Switch) -> str | None:
    """VLANs with an SVI; that of VLAN 1 is there without a line (corpus)."""
    return str(VlanSet({1, *switch.svis})) if "interface-vlan" in switch.features else None


def _nve(switch: Switch) -> str | None:
    """Eleven values."""
    nve = switch.nve
    if nve is None:
        return None
    said = (
        "Down" if nve.shutdown else "Up",
        _up(switch, nve.source_interface),
        secondary_address(switch),
        _HOST_REACH.get(nve.host_reachability, nve.host_reachability),
        "TRUE" if nve.advertise_virtual_rmac else "FALSE",
        switched(nve.global_suppress_arp),
        nve.global_mcast_group_l2 or _NO_ADDRESS,
        nve.global_mcast_group_l3 or _NO_ADDRESS,
        switched(nve.global_ingress_replication == "bgp"),
        _up(switch, nve.multisite_interface),
        _NO_ADDRESS,  # what the last one, Reo, shows is known only without multisite (corpus)
    )
    return ", ".join(map(str, said))


def _up(switch: Switch, name: str | None) -> str:
    loopback = _loopback(switch, name)
    return "Down" if loopback is None or loopback.shutdown else "Up"


def _loopback(switch: Switch, name: str | None) -> Loopback | None:
    return switch.loopbacks.get(int(InterfaceName(name).number)) if name and name.startswith("loopback") else None


def secondary_address(switch: Switch) -> str:
    """The address that both VTEPs share, without its length; 0.0.0.0 for none (OUT3)."""
    loopback = _loopback(switch, switch.nve.source_interface if switch.nve else None)
    found = loopback.secondary_addresses if loopback else ()
    return found[0].partition("/")[0] if found else _NO_ADDRESS


def _without_address(switch: Switch) -> str:
    """OUT3: 0.0.0.0 on both, and `show vpc` says "Secondary IP address does not match"."""
    lacks = switch.nve is not None and secondary_address(switch) == _NO_ADDRESS
    return f"{switch.name} has no secondary address on the NVE's source interface" if lacks else ""


def _xconnect(switch: Switch) -> str:
    return str(VlanSet(vlan.id for vlan in switch.vlans.values() if "xconnect" in vlan.extra))


def _not_compared(name: str) -> Row[Switch]:
    return Row(name=name, type=2, source="corpus, OUT1", mark=Mark.CERTAIN, unseen=_QOS)


# One row, one line, however long: that is how a table is read.
# fmt: off
WHOLE_ROWS: tuple[Row[Switch], ...] = (
    Row(name="STP MST Simulate PVST", type=1, source="corpus, OUT1", mark=Mark.CERTAIN, value=lambda switch: switched(switch.spanning_tree.simulate_pvst)),
    Row(name="STP Port Type, Edge BPDUFilter, Edge BPDUGuard", type=1, source="corpus, OUT-MST; Edge and Network [likely]", mark=Mark.CERTAIN, value=_port_type),
    Row(name="STP MST Region Name", type=1, source="corpus, OUT-MST", mark=Mark.CERTAIN, value=lambda switch: switch.spanning_tree.mst.name or '""'),
    Row(name="STP Disabled", type=1, source="corpus; a list of VLANs [likely]; per VLAN: G106 (state of a VLAN) [likely]", mark=Mark.LIKELY, value=lambda switch: str(switch.spanning_tree.disabled_vlans) or "None", per_vlan=True),
    Row(name="STP Mode", type=1, source="corpus, OUT-MST, DG10", mark=Mark.CERTAIN, value=lambda switch: _MODES.get(switch.spanning_tree.mode, switch.spanning_tree.mode)),
    Row(name="STP Bridge Assurance", type=1, source="corpus, OUT1", mark=Mark.CERTAIN, value=lambda switch: switched(switch.spanning_tree.bridge_assurance)),
    Row(name="STP Loopguard", type=1, source="corpus, OUT-MST", mark=Mark.CERTAIN, value=lambda switch: switched(switch.spanning_tree.loopguard)),
    Row(name="STP MST Region Instance to VLAN Mapping", type=1, source="OUT-MST: empty though instance 1 has all VLANs", mark=Mark.CERTAIN, value=_instances, prints=False),
    Row(name="STP MST Region Revision", type=1, source="corpus, OUT-MST", mark=Mark.CERTAIN, value=lambda switch: str(switch.spanning_tree.mst.revision)),
    Row(name="Interface-vlan admin up", type=2, source="corpus, OUT3", mark=Mark.CERTAIN, value=_admin_up),
    Row(name="Interface-vlan routing capability", type=2, source="corpus, OUT3", mark=Mark.CERTAIN, value=_routing),
    Row(name="Nve1 Adm St, Src Adm St, Sec IP, Host Reach, VMAC Adv, SA,mcast l2, mcast l3, IR BGP,MS Adm St, Reo", type=1, source="corpus, OUT-MST, OUT3; DP: OUT-7X; `global` and `multisite` lines [likely]", mark=Mark.CERTAIN, value=_nve, spoiled=_without_address),
    Row(name="Xconnect Vlans", type=1, source="corpus, OUT1: empty; a list [likely]; older releases lack it (id 13229883106)", mark=Mark.VARIES, value=_xconnect),
    _not_compared("QoS (Cos)"),
    _not_compared("Network QoS (MTU)"),
    _not_compared("Network Qos (Pause: T->Enabled, F->Disabled)"),
    _not_compared("Input Queuing (Bandwidth)"),
    _not_compared("Input Queuing (Absolute Priority: T->Enabled, F->Disabled)"),
    _not_compared("Output Queuing (Bandwidth Remaining)"),
    _not_compared("Output Queuing (Absolute Priority: T->Enabled, F->Disabled)"),
    Row(name="Allowed VLANs", type=None, source="corpus, OUT3", mark=Mark.CERTAIN, value=lambda switch: str(carried_by_peer_link(switch)) or "-"),
)
# fmt: on
"""In the order of an N9K; `Local suspended VLANs`, the last row, follows from both switches."""


def _domain(switch: Switch) -> str | None:
    return None if switch.domain is None else str(switch.domain.id)


def _system_mac(switch: Switch) -> str | None:
    return None if switch.domain is None else system_mac(switch.domain)


def _system_priority(switch: Switch) -> str | None:
    return None if switch.domain is None else str(switch.domain.system_priority)


def _peer_link(switch: Switch) -> str | None:
    if switch.peer_link is not None:
        return switch.peer_link.name
    return "virtual" if switch.domain and switch.domain.virtual_peer_link else None


def _same_kind(one: str, other: str) -> bool:
    """Whether both are ports, of any number, or both virtual."""
    return (one == "virtual") == (other == "virtual")


FORMING: tuple[Row[Switch], ...] = (
    Row(name="vPC domain id", type=None, source="3.1, G106", mark=Mark.CERTAIN, value=_domain),
    Row(name="vPC system-mac", type=None, source="3.1, G106", mark=Mark.CERTAIN, value=_system_mac),
    Row(name="vPC system-priority", type=None, source="3.1, G106", mark=Mark.CERTAIN, value=_system_priority),
    Row(name="vPC Peer-link", type=None, source="PL01, VXG", mark=Mark.CERTAIN, value=_peer_link, same=_same_kind),
)
"""What must be the same before the peer-link forms: no consistency parameter, and the condition for any comparison.

Names as `show vpc` and `show vpc role` print them. A value that is missing on one side is a difference here, too. The
words of the syslog that tells of one are "vPC domain mismatch", "system id mismatch", "system priority mismatch"
(reference 3.1, id 36945365527).
"""
