"""What ntc-templates and genie make of an answer, as facts: a row here for each command that they read.

A reader is held against the attributes that stand in its row; those that it takes, but not from every text that has
them, stand there too, since what it misses is a disagreement.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mlagkit.nxos.reply import Show
from mlagkit.values import InterfaceName, VlanSet
from oracle.facts import Facts, listed
from oracle.labs import CHECKPOINTS, CLOCK, DIR, INTERFACE, INTERFACES, INVENTORY

Found = Iterator[tuple[tuple[str, str], object]]


@dataclass(frozen=True, slots=True)
class Reader:
    """How the answer of an oracle to one command is put into facts, and which attributes those can be of."""

    attributes: frozenset[str]
    found: Callable[[Any], Found]

    def facts(self, read: object) -> Facts:
        """What it read; an attribute that it leaves empty is none."""
        return {key: str(value) for key, value in self.found(read) if value not in (None, "")}


def _reader(found: Callable[[Any], Found], *attributes: str) -> Reader:
    return Reader(frozenset(attributes), found)


def _port(text: str) -> str:
    try:
        return InterfaceName.parse(text)
    except ValueError:
        return text


def _vlans(text: str) -> str:
    """A list of VLANs in one form; one that is cut off stays as it is."""
    try:
        return str(VlanSet.parse(text))
    except ValueError:
        return text


_FLAGS = {
    "D": "down",
    "P": "bundled",
    "I": "individual",
    "H": "hot standby",
    "s": "suspended",
    "r": "module removed",
    "b": "waiting for BFD",
    "p": "up, waiting for LACP",
}
_CHANNELS = {"U": "up", "D": "down", "M": "too few members"}


def _ntc_vpc(rows: Any) -> Found:
    """Nothing tells the peer-link from the legs: a row is known by its number and its port."""
    for row in rows:
        yield (f"{row['id']} {_port(row['port'])}", "row"), row["status"]


def _ntc_channels(rows: Any) -> Found:
    for row in rows:
        name = _port(row["bundle_name"])
        layer, status = row["bundle_status"][:1], row["bundle_status"][-1:]
        yield (name, "channel layer"), {"S": "switched", "R": "routed"}.get(layer)
        yield (name, "channel status"), _CHANNELS.get(status, status)
        yield (name, "channel protocol"), row["bundle_protocol"].lower()
        members = zip(row["member_interface"], row["member_interface_status"], strict=False)
        yield (name, "members"), listed(f"{_port(port)} {_FLAGS.get(flag, flag)}" for port, flag in members)


def _ntc_ports(rows: Any) -> Found:
    for row in rows:
        name = _port(row["port"])
        yield (name, "name"), row["name"] or "--"
        yield (name, "status"), row["status"]
        yield (name, "VLAN"), row["vlan_id"] or "--"
        yield (name, "duplex"), row["duplex"]
        yield (name, "speed"), "" if row["speed"] == "--" else row["speed"]
        yield (name, "type"), row["type"] or "--"


def _ntc_neighbours(rows: Any) -> Found:
    for row in rows:
        yield (f"{_port(row['local_interface'])} {row['neighbor_name']}", "neighbour's port"), row["neighbor_interface"]


def _ntc_version(rows: Any) -> Found:
    for row in rows[:1]:
        yield ("", "hostname"), row["hostname"]
        yield ("", "release"), row["os"].split()[0] if row["os"] else ""
        yield ("", "serial"), row["serial"]
        yield ("", "model"), row["platform"]
        numbers = [int(number) for number in re.findall(r"\d+", row["uptime"])]
        if len(numbers) == 4:
            yield ("", "uptime"), ((numbers[0] * 24 + numbers[1]) * 60 + numbers[2]) * 60 + numbers[3]


def _ntc_hostname(rows: Any) -> Found:
    for row in rows:
        yield ("", "hostname"), row["hostname"]


def _ntc_inventory(rows: Any) -> Found:
    for row in rows[:1]:
        yield ("", "product"), row["pid"]
        yield ("", "serial"), row["sn"]


def _ntc_clock(rows: Any) -> Found:
    for row in rows:
        yield ("", "time"), row["time"]
        yield ("", "date"), f"{row['year']} {row['month']} {row['day']}"


def _ntc_dir(rows: Any) -> Found:
    for row in rows:
        yield (row["item_name"], "size"), row["size"]


def _ntc_interfaces(rows: Any) -> Found:
    for row in rows:
        name = _port(row["interface"])
        yield (name, "link"), row["link_status"].split()[0]
        if not name.startswith("Vlan"):
            yield (name, "admin state"), row["admin_state"]
        yield (name, "MTU of the port"), row["mtu"]
        yield (name, "description"), row["description"]


_PORT_ATTRIBUTES = ("name", "status", "VLAN", "duplex", "speed", "type")
_CHANNEL_ATTRIBUTES = ("channel status", "channel layer", "channel protocol", "members")

NTC: Mapping[str, Reader] = {
    Show.VPC: _reader(_ntc_vpc, "row"),
    Show.PORT_CHANNEL_SUMMARY: _reader(_ntc_channels, *_CHANNEL_ATTRIBUTES),
    Show.INTERFACE_STATUS: _reader(_ntc_ports, *_PORT_ATTRIBUTES),
    Show.LLDP_NEIGHBORS: _reader(_ntc_neighbours, "neighbour's port"),
    Show.VERSION: _reader(_ntc_version, "hostname", "release", "serial", "model", "uptime"),
    Show.HOSTNAME: _reader(_ntc_hostname, "hostname"),
    INVENTORY: _reader(_ntc_inventory, "product", "serial"),
    CLOCK: _reader(_ntc_clock, "time", "date"),
    DIR: _reader(_ntc_dir, "size"),
    INTERFACES: _reader(_ntc_interfaces, "link", "admin state", "MTU of the port", "description"),
}
"""Every command that the lab answers as text and for which there is a template."""


_TIMER = re.compile(r".*[Tt]imer is (on|off)\.\(timeout = (\d+)s(?:, (\d+)s left)?\)")


def _timer(text: str | None) -> str | None:
    match = _TIMER.fullmatch(text or "")
    return " ".join(filter(None, match.groups())) if match else None


_GENIE_VPC = {
    "domain": "vpc_domain_id",
    "peer": "vpc_peer_status",
    "keepalive": "vpc_peer_keepalive_status",
    "consistency": "vpc_configuration_consistency_status",
    "consistency reason": "vpc_configuration_consistency_reason",
    "VLAN consistency": "vpc_per_vlan_consistency_status",
    "type-2 consistency": "vpc_type_2_consistency_status",
    "role": "vpc_role",
    "vPCs": "num_of_vpcs",
    "excluded VLANs": "dual_active_excluded_vlans",
}
_GENIE_SWITCHES = {
    "peer-gateway": "peer_gateway",
    "graceful check": "vpc_graceful_consistency_check_status",
    "peer-router": "operational_l3_peer_router",
    "virtual peer-link": "virtual_peerlink_mode",
}
_GENIE_TIMERS = {
    "auto-recovery timer": "vpc_auto_recovery_status",
    "delay restore": "vpc_delay_restore_status",
    "delay restore of SVIs": "vpc_delay_restore_svi_status",
}


def _genie_vpc(read: Any) -> Found:
    for attribute, key in _GENIE_VPC.items():
        yield ("", attribute), read.get(key)
    for attribute, key in _GENIE_SWITCHES.items():
        yield ("", attribute), read.get(key, "").split(" ")[0].rstrip(",").lower()
    for attribute, key in _GENIE_TIMERS.items():
        yield ("", attribute), _timer(read.get(key))
    yield ("", "auto-recovery"), re.split(r"[ ,]", read.get("vpc_auto_recovery_status", ""))[0].lower()
    for link in read.get("peer_link", {}).values():
        name = f"peer-link {link['peer_link_id']}"
        yield (name, "peer-link port"), _port(link["peer_link_ifindex"])
        yield (name, "peer-link status"), link["peer_link_port_state"]
        yield (name, "peer-link VLANs"), _vlans(link["peer_up_vlan_bitset"])
    for leg in read.get("vpc", {}).values():
        name = f"vPC {leg['vpc_id']}"
        yield (name, "leg port"), _port(leg["vpc_ifindex"])
        yield (name, "leg status"), leg["vpc_port_state"]
        yield (name, "leg consistency"), leg["vpc_consistency"]
        yield (name, "leg reason"), leg["vpc_consistency_status"]
        yield (name, "leg VLANs"), _vlans(leg["up_vlan_bitset"])


def _genie_channels(read: Any) -> Found:
    for port, row in read.get("interfaces", {}).items():
        name = _port(port)
        yield (name, "channel layer"), row["layer"]
        yield (name, "channel status"), row["oper_status"]
        yield (name, "channel protocol"), row["protocol"]
        members = ((_port(each), said["flags"]) for each, said in row["members"].items())
        yield (name, "members"), listed(f"{each} {_FLAGS.get(flag, flag)}" for each, flag in members)


def _genie_ports(read: Any) -> Found:
    for port, row in read.get("interfaces", {}).items():
        name = _port(port)
        yield (name, "name"), row.get("name") or "--"
        yield (name, "status"), row.get("status")
        yield (name, "VLAN"), row.get("vlan") or "--"
        yield (name, "duplex"), row.get("duplex_code")
        yield (name, "speed"), "" if row.get("port_speed") == "--" else row.get("port_speed")
        yield (name, "type"), row.get("type") or "--"


def _genie_version(read: Any) -> Found:
    platform = read["platform"]
    hardware, software = platform.get("hardware", {}), platform.get("software", {})
    yield ("", "hostname"), hardware.get("device_name")
    yield ("", "release"), software.get("system_version", "").split(" ")[0]
    yield ("", "serial"), hardware.get("processor_board_id")
    yield ("", "model"), hardware.get("model", "").strip().rpartition(" ")[2]
    up = platform.get("kernel_uptime", {})
    if up:
        yield ("", "uptime"), ((up["days"] * 24 + up["hours"]) * 60 + up["minutes"]) * 60 + up["seconds"]


def _genie_inventory(read: Any) -> Found:
    chassis = read["name"]["Chassis"]
    yield ("", "product"), chassis.get("pid")
    yield ("", "serial"), chassis.get("serial_number")


def _genie_dir(read: Any) -> Found:
    for name, row in read.get("files", {}).items():
        yield (name, "size"), row["size"]


def _genie_checkpoints(read: Any) -> Found:
    for name, row in read.get("checkpoint", {}).items():
        yield (name, "size"), row["size"]
        yield (name, "made at"), row["created_time"]


def _genie_interface(read: Any) -> Found:
    for port, row in read["interface"].items():
        name = _port(port)
        channel = row.get("port_channel", {})
        yield (name, "description"), row.get("description")
        yield (name, "MTU"), row.get("mtu")
        yield (name, "address"), row.get("ip_address")
        yield (name, "VRF"), row.get("vrf_member") if row.get("vrf_member") != "management" else None
        yield (name, "trunk VLANs"), _vlans(row.get("trunk_vlans", ""))
        yield (name, "native VLAN"), row.get("trunk_native_vlan")
        yield (name, "access VLAN"), row.get("access_vlan")
        yield (name, "configured speed"), row.get("speed")
        yield (name, "vPC"), row.get("vpc")
        yield (name, "channel"), channel.get("port_channel_int")


GENIE: Mapping[str, Reader] = {
    Show.VPC: _reader(
        _genie_vpc,
        *_GENIE_VPC,
        *_GENIE_SWITCHES,
        *_GENIE_TIMERS,
        "auto-recovery",
        *("peer-link port", "peer-link status", "peer-link VLANs"),
        *("leg port", "leg status", "leg consistency", "leg reason", "leg VLANs"),
    ),
    Show.PORT_CHANNEL_SUMMARY: _reader(_genie_channels, *_CHANNEL_ATTRIBUTES),
    Show.INTERFACE_STATUS: _reader(_genie_ports, *_PORT_ATTRIBUTES),
    Show.VERSION: _reader(_genie_version, "hostname", "release", "serial", "model", "uptime"),
    INVENTORY: _reader(_genie_inventory, "product", "serial"),
    DIR: _reader(_genie_dir, "size"),
    CHECKPOINTS: _reader(_genie_checkpoints, "size", "made at"),
    INTERFACE: _reader(
        _genie_interface,
        *("description", "MTU", "address", "VRF", "trunk VLANs", "native VLAN", "access VLAN"),
        *("configured speed", "vPC", "channel"),
    ),
}
"""Every command that the lab answers as text and that genie has a parser for."""
