"""The emulated pairs that are asked, in health and after events, and what mlagkit says of each answer.

What it says of the pair is what the lab was told (`mlagkit.emulated`), of one switch alone what its chassis holds, of
its interfaces what the pair file comes to: never what was read from the text itself, but for the table of ports, whose
columns the lab makes up as it prints.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import yaml

from mlagkit.intent import load_pair, pair_of
from mlagkit.intent.pair import Pair
from mlagkit.nxos.lab.chassis import PRODUCT, Chassis
from mlagkit.nxos.reply import Show, refusal
from mlagkit.nxos.state import read_state
from mlagkit.peers import peers_of
from mlagkit.starter import starter
from mlagkit.state import InterfaceStatus, Neighbour, SwitchState
from mlagkit.switch import Switch
from oracle.facts import Asked, Facts, of_interface, of_state, texts
from tests.correct_pairs import SHAPES, TRADES, laid_over
from tests.live_pairs import LivePair
from tests.pair_files import flow
from tests.rule_examples import BASE

ROOT = Path(__file__).parent.parent

INVENTORY, CLOCK, DIR, CHECKPOINTS = "show inventory", "show clock", "dir", "show checkpoint summary"
_LINK_MTU = 9216
"""What the peer-link and its ports have without a line (vpc-reference 1)."""

INTERFACE, INTERFACES = "show running-config interface", "show interface"
OF_THE_PAIR = (Show.VPC, Show.PORT_CHANNEL_SUMMARY, Show.INTERFACE_STATUS, Show.LLDP_NEIGHBORS, INTERFACES)
OF_ONE = (Show.VERSION, Show.HOSTNAME, INVENTORY, CLOCK, DIR, CHECKPOINTS)


def pairs() -> Iterator[tuple[str, Pair]]:
    """The example pairs, the one that ``mlagkit init`` makes, and the tests' correct ones: each shape and each use."""
    for path in sorted(ROOT.glob("examples/*/pair.yaml")):
        yield path.parent.name, load_pair(path)
    yield "dc1", pair_of(starter("dc1"), "dc1")
    uses = {name: text for name, text in TRADES.items() if name != "servers"}
    for name, text in {**SHAPES, **uses, **_WIDE}.items():
        said = yaml.safe_load(text)
        overlay = laid_over(said, {"features": ["lldp", *said.get("features", ())]})
        yield name, pair_of(flow(overlay), name, BASE)


_VLANS = [*range(101, 160, 2)]
_WIDE = {
    "long lists": f"""
        vlans: {{{", ".join(f"{vlan}: v{vlan}" for vlan in _VLANS)}}}
        vpcs: {{11: {{vlans: {[10, 20, *_VLANS]}}}}}
    """,
    "many ports": """
        peer_link: {members: Ethernet1/49-56}
        vpcs: {11: {members: Ethernet1/1-8}, 12: {members: "Ethernet1/10-14"}}
        cabling:
    """,
}
"""What is too long for its column: lists of VLANs, and the ports of a port-channel."""


def events(pair: Pair) -> Mapping[str, Sequence[str]]:
    """What happens to a pair before it is asked."""
    one, other = pair.hostnames
    leg = next(iter(peers_of(pair)[0].vpcs))
    return {
        "healthy": (),
        "peer-link down": ("peer-link down",),
        "peer-link returns": ("peer-link down", "peer-link up"),
        "keepalive down": ("keepalive down",),
        "dual-active": ("keepalive down", "peer-link down"),
        "first off": (f"power-off {one}",),
        "second off": (f"power-off {other}",),
        "first returns": (f"power-off {one}", f"power-on {one}"),
        "type-1 mismatch": ("type-1 mismatch",),
        "one leg down": (f"vpc {leg} down on {one}",),
        "both legs down": (f"vpc {leg} down on {one}", f"vpc {leg} down on {other}"),
    }


def asked() -> Iterator[Asked]:
    """Every answer of every switch that is on."""
    for name, pair in pairs():
        for situation, happened in events(pair).items():
            live = LivePair(pair)
            live.happen(*happened)
            live.wait(7)
            off = {words.split()[1] for words in happened if words.startswith("power-off")}
            off -= {words.split()[1] for words in happened if words.startswith("power-on")}
            for switch in peers_of(pair):
                if switch.name not in off:
                    where = f"{name}, {situation}, {switch.name}"
                    yield from _of_the_pair(live, switch, where)
                    if not happened:
                        yield from _of_one(live, switch, where)


def _of_the_pair(live: LivePair, switch: Switch, where: str) -> Iterator[Asked]:
    state = live.states()[switch.name]
    for command in OF_THE_PAIR:
        text = live.ask(switch.name, command)
        if refusal(text):  # no such feature
            continue
        told = _with_ports(state, text) if command == Show.INTERFACE_STATUS else state
        facts = _interfaces(state, switch) if command == INTERFACES else of_state(told, command)
        yield Asked(where=where, command=command, text=text, facts=facts)


def _with_ports(state: SwitchState, text: str) -> SwitchState:
    """The table of ports as mlagkit reads it, with the words that the lab was told."""
    told = {each.port: each.status for each in state.interfaces or ()}
    rows: Sequence[InterfaceStatus] = read_state(state.hostname, {Show.INTERFACE_STATUS: text}).interfaces or ()
    return replace(state, interfaces=tuple(replace(row, status=told.get(row.port, row.status)) for row in rows))


def _interfaces(state: SwitchState, switch: Switch) -> Facts:
    """What the pair file says of each, and whether it carries traffic: nothing else is cabled in the lab."""
    links: dict[str, bool] = {
        each.name: each.name.kind != "Ethernet" and not each.shutdown for each in switch.interfaces
    }
    links |= {each.port: True for each in state.neighbours or () if isinstance(each, Neighbour)}
    links |= {each.port: each.status == "connected" for each in state.interfaces or ()}
    for channel in state.port_channels or ():
        links[channel.port] = channel.status == "up"
        links |= {member.port: member.status == "bundled" for member in channel.members}
    found: dict[tuple[str, str], str | int | None] = {
        (port, "link"): "up" if is_up else "down" for port, is_up in links.items()
    }
    for each in switch.interfaces:
        if each.name.kind != "Vlan":  # an SVI shows its line protocol instead
            found[each.name, "admin state"] = "down" if each.shutdown else "up"
        found[each.name, "MTU of the port"] = each.mtu
        found[each.name, "description"] = each.description
    if switch.nve:  # corpus: show-interface-brief/ntc-show-interface-brief2.txt has its MTU
        found[switch.nve.name, "MTU of the port"] = _LINK_MTU
        found[switch.nve.name, "admin state"] = "down" if switch.nve.shutdown else "up"
        found[switch.nve.name, "description"] = switch.nve.description
    return texts(found)


def _of_one(live: LivePair, switch: Switch, where: str) -> Iterator[Asked]:
    chassis = live.switches[switch.name]
    for words in ("checkpoint before", "checkpoint", "checkpoint file before.txt"):
        live.ask(switch.name, words)
    for command in OF_ONE:
        yield Asked(
            where=where, command=command, text=live.ask(switch.name, command), facts=_of_chassis(chassis, command)
        )
    link = switch.peer_link
    of_link = {link.name, *link.members} if link else set()
    for port in switch.interfaces:
        # Without a line of its own there is no block to show.
        text = live.ask(switch.name, f"{INTERFACE} {port.name}")
        if f"\ninterface {port.name}\n" in text:
            yield Asked(
                where=where,
                command=INTERFACE,
                text=text,
                facts=of_interface(port, _LINK_MTU if port.name in of_link else 1500),
            )


def _of_chassis(chassis: Chassis, command: str) -> Facts:
    days, hours, minutes, seconds = chassis.uptime
    if command == DIR:
        return texts({(name, "size"): len(file.data) for name, file in chassis.bootflash.files.items()})
    if command == CHECKPOINTS:
        found = {name: chassis.checkpoints.get(name) for name in chassis.checkpoints.names}
        sizes = {(name, "size"): len(each.text.encode()) for name, each in found.items()}
        made = {(name, "made at"): f"{each.made:%a, %H:%M:%S %d %b %Y}" for name, each in found.items()}
        return texts({**sizes, **made})
    now = chassis.now
    of_command: Mapping[str, Mapping[str, str | int]] = {
        Show.VERSION: {
            "hostname": chassis.name,
            "release": chassis.store.version,
            "serial": chassis.serial,
            "model": PRODUCT.removeprefix("N9K-"),
            "uptime": ((days * 24 + hours) * 60 + minutes) * 60 + seconds,
        },
        Show.HOSTNAME: {"hostname": chassis.name},
        INVENTORY: {"product": PRODUCT, "serial": chassis.serial},
        CLOCK: {"time": f"{now:%H:%M:%S}.{now.microsecond // 1000:03d}", "date": f"{now.year} {now:%b} {now.day}"},
    }
    return texts({("", attribute): value for attribute, value in of_command[command].items()})
