"""What a model and the names of ports tell of the hardware."""

from __future__ import annotations

import re

from mlagkit.nxos.context import family, release_numbers
from mlagkit.switch import Switch
from mlagkit.values import VLAN_MAX, InterfaceName, VlanSet

_CHASSIS = r"C(\d{4,5}[A-Z0-9-]*)"
_TRAIN_OF_N5K = r"N\d+\("  # 7.3(7)N1(1)
_TRAIN_OF_N9K = r"\)[IF]\d+\("  # 7.0(3)I7(1), which N3K has, too
_R_CARD = r"-R[X2]?\Z"
_CLOUD_SCALE = r"-[EFGH]X"
_VIRTUAL = r"(?i)9[035]00v|NXOSV|N9Kv"
_FIRST_OF_9 = 9
_FEX = 100  # a fabric extender has a number from 100 on where others have their slot (K)


def chassis(model: str) -> str:
    """The chassis in any of the ways to write a model: ``N9K-C9336C-FX2`` and ``Nexus9000 C9336C-FX2`` are one."""
    match = re.search(_CHASSIS, model.upper())
    return match[1] if match else model.upper().strip()


def is_modular(model: str) -> bool:
    """Whether line cards make up the switch: Nexus 7000, and 9500 of the Nexus 9000."""
    return family(model) == "n7k" or is_9500(model)


def is_9500(model: str) -> bool:
    """Whether it is one of the modular Nexus 9500, of which equal slots of a pair have equal line cards (G106)."""
    return chassis(model).startswith("95")


def has_two_supervisors(model: str) -> bool:
    """Whether a second supervisor may take over mgmt0 (G106: Nexus 7000 and 9500; a 7702 has one only, K)."""
    return is_modular(model) and not chassis(model).startswith("7702")


def may_have_r_cards(model: str) -> bool:
    """Whether line cards of type -R may do the forwarding.

    VXG names the chassis 9504 and 9508; that the name of a card or of a fixed switch has -R is own knowledge (K).
    """
    return chassis(model).startswith(("9504", "9508")) or bool(re.search(_R_CARD, chassis(model)))


def has_cloud_scale_suffix(model: str) -> bool:
    """Whether the name says that the chip is of Cloud Scale: EX, FX, FX2 (community.cisco.com ta-p/4172260).

    Later suffixes are own knowledge (K). Switches without a suffix may have it, too.
    """
    return bool(re.search(_CLOUD_SCALE, chassis(model)))


def is_virtual(model: str) -> bool:
    """Whether it is the switch in software: C9300v, 9000v (corpus show/), and C9500v, NXOSV, N9Kv (K)."""
    return bool(re.search(_VIRTUAL, model))


def is_9300(model: str) -> bool:
    """Whether it is one of the Nexus 9300 series, of which only equal models make a pair (G106)."""
    return family(model) == "n9k" and chassis(model).startswith("93")


def product_line(model: str | None, release: str | None) -> str | None:
    """The product line as the model tells, else the release; None where neither does.

    Trains of releases: ``N1`` is Nexus 5000 and 6000; ``I`` and ``F`` are Nexus 3000 and 9000, as is everything from
    9.2 on (K); what else is below 9 may be a Nexus 7000.
    """
    if model:
        return family(model)
    if not release:
        return None
    if re.search(_TRAIN_OF_N5K, release):
        return "n5k"
    return "n9k" if re.search(_TRAIN_OF_N9K, release) or release_numbers(release)[:1] >= (_FIRST_OF_9,) else "n7k"


def slot(name: InterfaceName) -> int | None:
    """The slot of a port of the chassis itself, None for others."""
    first, slash, _ = name.number.partition("/")
    return int(first) if name.kind == "Ethernet" and slash and not is_on_extender(name) else None


def is_on_extender(name: InterfaceName) -> bool:
    """Whether a port is one of a fabric extender (``Ethernet101/1/1``)."""
    first, slash, _ = name.number.partition("/")
    return name.kind == "Ethernet" and bool(slash) and int(first) >= _FEX


def socket(name: InterfaceName) -> str | None:
    """The port that a breakout port is a lane of (``Ethernet1/49`` of ``Ethernet1/49/2``), None for others."""
    parent, slash, _ = name.partition(".")[0].rpartition("/")
    return parent if slot(name) is not None and slash and "/" in parent else None


_LIMITS = {
    ("n9k", True): 40,
    ("n9k", False): 32,
    ("n5k", True): 16,
    ("n7k", True): 16,
    ("n7k", False): 8,
}
"""By product line, and whether LACP bundles: G106 (N9K: 32, and 8 in reserve with LACP), N7K guide p.168."""


def most_ports(model: str | None, release: str | None, *, lacp: bool) -> int | None:
    """How many ports a port-channel takes, None where no source says or neither model nor release is known."""
    line = product_line(model, release)
    return _LIMITS.get((line, lacp)) if line else None


_LENGTH = 128
_USUAL = VlanSet(range(3968, VLAN_MAX + 1))
"""The block of N9K and N3K (BF)."""
_OLDER = VlanSet([*range(3968, 4048), 4094])
"""What N5K, N6K and N7K keep, and so what every product line does (reference 2.4, different by release)."""


def reserved_vlans(switch: Switch) -> VlanSet:
    """The block of the switch: 128 VLANs from where it was moved to (BF), else that of the product line.

    Without a model it is what every product line reserves.
    """
    if switch.vlan_reserve != min(_USUAL):
        return VlanSet(range(switch.vlan_reserve, min(switch.vlan_reserve + _LENGTH, VLAN_MAX + 1)))
    is_newer = switch.model is not None and family(switch.model) in ("n3k", "n9k")
    return _USUAL if is_newer else _OLDER
