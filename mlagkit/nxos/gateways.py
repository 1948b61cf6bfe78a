"""What raw lines say of gateways, relaying and multicast: BFD, burnt-in MACs, PIM, NAT, guards on DHCP."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence

from mlagkit.nxos.nested import Line, found, has, lines_of, number
from mlagkit.record import record
from mlagkit.switch import Svi, Switch
from mlagkit.values import VlanSet

_TIMER = r"(msec )?(\d+)"


@record
class GatewayLines:
    """Lines of an SVI that no part holds; ``pim_hello`` is milliseconds, None without a line."""

    use_bia: bool
    bfd: bool
    pim_hello: int | None


def gateway_lines_of(svi: Svi) -> GatewayLines:
    """What the raw lines of an SVI and of its groups say (G106; FHRP chapters of the unicast guides)."""
    return _gateway_lines(svi.extra, tuple(group.extra for group in svi.vrrp))


@functools.lru_cache(maxsize=1024)  # as ``lines_of``: SVIs are many, and most of them have no line or the same ones
def _gateway_lines(extra: tuple[str, ...], of_groups: tuple[tuple[str, ...], ...]) -> GatewayLines:
    lines = lines_of(extra)
    return GatewayLines(
        use_bia=has(lines, "hsrp use-bia"),
        bfd=any(line.text in ("hsrp bfd", "vrrp bfd") for line in lines)
        or any(has(lines_of(each), "bfd") for each in of_groups),
        pim_hello=_number(lines, "ip pim hello-interval"),
    )


def hello_and_hold(timers: str) -> tuple[float, float] | None:
    """The seconds of HSRP's ``3 10`` or ``msec 250 msec 750``; None for words that are neither."""
    found = [int(digits) / 1000 if msec else float(digits) for msec, digits in re.findall(_TIMER, timers)]
    return (found[0], found[1]) if len(found) == 2 else None


def _number(lines: Sequence[Line], beginning: str) -> int | None:
    return next((number(words) for words in found(lines, beginning)), None)


def has_shared_tree_only(switch: Switch) -> bool:
    """Whether PIM is told to stay on the shared tree, which G106 does not support with vPC."""
    lines = [*lines_of(switch.extra)]
    for vrf in switch.vrfs.values():
        lines += lines_of(vrf.extra)
    return has(lines, "ip pim spt-threshold infinity", "ip pim use-shared-tree-only")


def translates(extra: tuple[str, ...]) -> bool:
    """Whether an interface with these raw lines is a side of NAT."""
    return any(line.text in ("ip nat inside", "ip nat outside") for line in lines_of(extra))


def guarded_vlans(switch: Switch) -> Mapping[str, VlanSet]:
    """The VLANs in which DHCP snooping and ARP inspection are on, by the name of the guard."""
    lines = lines_of(switch.extra)
    beginnings = {"DHCP snooping": "ip dhcp snooping vlan", "ARP inspection": "ip arp inspection vlan"}
    return {name: _vlans(lines, beginning) for name, beginning in beginnings.items()}


def verifies_source(extra: tuple[str, ...]) -> bool:
    """Whether IP source guard is on at an interface with these raw lines."""
    return has(lines_of(extra), "ip verify source dhcp-snooping-vlan")


def _vlans(lines: Sequence[Line], beginning: str) -> VlanSet:
    lists = [words[0] for words in found(lines, beginning) if words]
    return VlanSet(vlan for text in lists for vlan in _listed(text))


def _listed(text: str) -> VlanSet:
    """The VLANs of a list; none where the word is no list, as in lines that configure something else."""
    try:
        return VlanSet.parse(text)
    except ValueError:
        return VlanSet()
