"""The vPC lines that are rendered, against those that genie's generator writes for the same values.

It writes a line for every value that it is given; a switch hides those that are its defaults. So it is asked twice: for
all values, and every rendered line must be among those; and for those that are no defaults, and each must be rendered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from mlagkit.configurations import configurations
from mlagkit.expand import expand
from mlagkit.intent.pair import Pair
from mlagkit.nxos.catalogue import defaults
from mlagkit.nxos.catalogue.canonical import KEEPALIVE_DEFAULTS
from mlagkit.nxos.context import Context, family, release_numbers
from mlagkit.peers import peers_of
from mlagkit.switch import Switch
from oracle.compare import Difference

# The attribute of genie's vPC object -> the field of ours, with its part of the switch in front.
_DOMAIN = {
    "auto_recovery_enabled": "auto_recovery",
    "auto_recovery_interval": "auto_recovery_reload_delay",
    "delay_restore_vpc": "delay_restore.vpc",
    "delay_restore_svi": "delay_restore.interface_vlan",
    "delay_restore_orphan": "delay_restore.orphan_port",
    "dual_active_exclude_svi": "dual_active_exclude_vlans",
    "fast_convergence_enabled": "fast_convergence",
    "ip_arp_sync_enabled": "ip_arp_synchronize",
    "ipv6_nd_sync_enabled": "ipv6_nd_synchronize",
    "l3_peer_router_enabled": "layer3_peer_router",
    "l3_peer_router_syslog_intvl": "layer3_peer_router_syslog_interval",
    "mac_bpdu_src_ver": "bpdu_source_mac_version_2",
    "peer_gw_enabled": "peer_gateway",
    "peer_gw_exlude_vlan": "peer_gateway_exclude_vlans",
    "peer_switch_enabled": "peer_switch",
    "role_priority": "role_priority",
    "shutdown": "shutdown",
    "system_mac": "system_mac",
    "system_priority": "system_priority",
    "track": "track",
    "virtual_peer_link_dst_ip": "virtual_peer_link.destination",
    "virtual_peer_link_src_ip": "virtual_peer_link.source",
    "virtual_peer_link_dscp": "virtual_peer_link.dscp",
}
_KEEPALIVE = {
    "keepalive_dst_ip": "destination",
    "keepalive_src_ip": "source",
    "keepalive_vrf": "vrf",
    "keepalive_udp_port": "udp_port",
    "keepalive_interval": "interval",
    "keepalive_timeout": "timeout",
    "keepalive_tos": "tos",
    "keepalive_tos_byte": "tos_byte",
    "keepalive_precedence": "precedence",
}
# The lines that its generator has no attribute for, or only without `no`: nothing is compared of them.
_NOT_ITS = re.compile(r"no .*|self-isolation|fabricpath .*|peer-keepalive hold-timeout .*|reload .*")
_VPC_LINE = re.compile(r"  (vpc \d+|vpc peer-link|port-type fabric)")
# One fact of each option, in whatever order they stand.
_OPTIONS = re.compile(r"(peer-keepalive|virtual peer-link) (.*)")


def questions(pairs: Iterator[tuple[str, Pair]]) -> Iterator[tuple[str, set[str], dict[str, Any], dict[str, Any]]]:
    """For each switch its lines about vPC, and what to ask for: all values, and those that are no defaults."""
    for name, pair in pairs:
        texts = configurations(expand(pair).values())
        for switch in peers_of(pair):
            if switch.domain:
                lines = {line for line in _rendered(texts[switch.name]) if not _NOT_ITS.fullmatch(line)}
                yield f"{name}, {switch.name}", lines, _asked(switch, {}), _asked(switch, _defaults(switch))


def _rendered(text: str) -> Iterator[str]:
    """The lines of the domain, and of each interface those about vPC, with the interface before them."""
    block = ""
    for line in text.splitlines():
        if not line.startswith(" "):
            block = line
        if block.startswith("vpc domain") or line == "feature vpc":
            yield from options(line.strip())
        elif block.startswith("interface ") and _VPC_LINE.fullmatch(line):
            yield f"{block}: {line.strip()}"


def options(line: str) -> Iterator[str]:
    """A line as facts: one for each option where it has several."""
    match = _OPTIONS.fullmatch(line.strip())
    if not match:
        yield line.strip()
        return
    words = match[2].split()
    for at in range(0, len(words), 2):
        yield f"{match[1]} {' '.join(words[at : at + 2])}"


def _defaults(switch: Switch) -> Mapping[str, object]:
    context = Context(family=family(switch.model), release=release_numbers(switch.release))
    of_domain = dict(defaults("vpc-domain", context))
    of_keepalive = {name.replace("-", "_"): value for name, value in KEEPALIVE_DEFAULTS.items()}
    return of_domain | {f"keepalive {name}": value for name, value in of_keepalive.items()}


def _asked(switch: Switch, without: Mapping[str, object]) -> dict[str, Any]:
    assert switch.domain is not None
    found: dict[str, Any] = {}
    for attribute, path in _DOMAIN.items():
        value = _at(switch.domain, path)
        if value and value != without.get(path, object()):
            found[attribute] = _worded(attribute, value)
    for attribute, name in _KEEPALIVE.items():
        value = _at(switch.keepalive, name)
        if value is not None and str(value) != str(without.get(f"keepalive {name}")):
            found[attribute] = value
    interfaces: dict[str, dict[str, Any]] = {}
    for port in switch.ports.values():
        told = {"peer_link": port.peer_link, "vpc_id": str(port.vpc) if port.vpc else None, "fabric_port": port.fabric}
        if any(told.values()):
            interfaces[port.name] = {key: value for key, value in told.items() if value}
    return {"domain": switch.domain.id, "attributes": found, "interfaces": interfaces}


def _at(part: object, path: str) -> Any:
    for step in path.split("."):
        part = getattr(part, step, None)
    return part


def _worded(attribute: str, value: Any) -> Any:
    """Version 2 where it wants a number; a list of VLANs, of which it takes one, as that number."""
    if attribute == "mac_bpdu_src_ver":
        return 2
    if isinstance(value, frozenset):
        return next(iter(value)) if len(value) == 1 else None
    return value


def lines_of(read: list[str]) -> set[str]:
    """What it wrote, in the form of our lines."""
    found: set[str] = set()
    block = ""
    for line in read:
        if not line.startswith(" "):
            block = line
        if line.strip() == "exit":
            continue
        if block.startswith("interface "):
            found |= {f"{block}: {line.strip()}"} if line.startswith(" ") else set()
        else:
            found |= set(options(line))
    return found


def judged(where: str, ours: set[str], every: set[str], needed: set[str]) -> Iterator[Difference]:
    """What is rendered and not among all that it writes, and what it writes for a value that is no default."""
    for line in sorted((ours - every) | (needed - ours)):
        yield Difference(
            oracle="genie",
            where=where,
            command="render",
            object=line,
            attribute="line",
            ours="rendered" if line in ours else None,
            theirs="written" if line in every else None,
        )
