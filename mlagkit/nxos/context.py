"""What a default depends on: the product line, the release, and what an interface is."""

import functools
import re
from typing import NamedTuple

from mlagkit.config import ConfigTree, first_line
from mlagkit.values import ALL_VLANS, InterfaceName, VlanSet, is_number

_ROUTED = r"\n +no switchport *(?:\r|\Z|\n)"
_BARE = r"\n +switchport *(?:\r|\Z|\n)"
_RELEASE = r"[0-9]{1,10}"

_FIRST_WITH_AUTO_RECOVERY = {"n5k": (6, 0, 2, 3, 1), "n6k": (6, 0, 2, 3, 1), "n7k": (6, 2, 2)}
"""The release by product line from which on auto-recovery is on by default: 6.0(2)N3(1) and 6.2(2) (reference 2.1)."""

ALWAYS_VLANS = VlanSet((1,))
"""The VLANs that exist without a line and can't be deleted (2.4)."""


def family(model: str | None) -> str:
    """The product line of a model (``N9K-C93180YC-FX`` is ``n9k``); n9k where none is given."""
    match = re.match(r"(?i)(?:N|Nexus\s*)([35679])", model) if model else None
    return f"n{match[1]}k" if match else "n9k"


def release_numbers(release: str | None) -> tuple[int, ...]:
    """The numbers of a release (``10.3(5)`` is ``(10, 3, 5)``), ``()`` where unknown."""
    return tuple(int(number) for number in re.findall(_RELEASE, release)) if release else ()


def is_of_extender(name: str) -> bool:
    """Whether a port belongs to a fabric extender, whose number from 100 to 199 stands first in it.

    Of the parent's own ports those of a breakout have three numbers, too, and begin with the one of their module
    (N2K FEX guide for N9K 10.5(x), "Port Numbering Convention").
    """
    module, *behind = name.removeprefix("Ethernet").split("/")
    return len(behind) == 2 and len(module) == 3 and module.startswith("1") and "." not in name


class Context(NamedTuple):
    """Everything that a default may depend on; each property is one such default.

    ``switchport`` and ``switchport_shutdown`` are the two ``system default`` lines.
    ``kind`` to ``peer_link`` describe the interface that a line stands in.
    """

    family: str = "n9k"
    release: tuple[int, ...] = ()
    switchport: bool = True
    switchport_shutdown: bool = False
    jumbo_mtu: int = 9216
    kind: str = ""
    subinterface: bool = False
    routed: bool = False
    peer_link: bool = False

    @classmethod
    def of(cls, tree: ConfigTree, model: str | None = None, release: str | None = None) -> "Context":
        """Read the switch-wide defaults from a running-config.

        Without a ``system default switchport`` line the config itself tells: NX-OS prints
        only the non-default form, so ``no switchport`` on any port means that Layer 2 is the
        default (corpus: 33 files either way, SURPRISES.md).
        """
        said = {first_line(raw).strip() for start in ("system ", "no system ") for raw in tree.beginning(start)}
        jumbo = _jumbo_mtu(tree)
        return cls(
            family=family(model),
            release=release_numbers(release),
            switchport=_layer2_by_default(tree, said),
            switchport_shutdown="system default switchport shutdown" in said,
            jumbo_mtu=int(jumbo) if is_number(jumbo) else 9216,
        )

    def at(self, name: str, *, routed: bool | None = None, peer_link: bool = False) -> "Context":
        """The same for one interface; ``routed`` None means what the default says.

        Ports of a fabric extender are Layer 2 also where the parent's own are not: both are trunks in a public
        configuration of 9.3(1) (github.com/hsuryaka/Vxlan, site4-leaf-411), with a bare ``switchport`` on the latter.
        """
        default = self._replace(switchport=True) if is_of_extender(name) else self
        return _at(default, InterfaceName(name).kind, "." in name, routed, peer_link)

    def layer3_by_default(self, kind: str) -> bool:
        """Whether an interface of that kind is routed without a line saying so."""
        return kind not in ("Ethernet", "port-channel") or not self.switchport

    @property
    def mode(self) -> str:
        """Port mode without ``switchport mode`` (DME l1PhysIf.mode; BF)."""
        return "routed" if self.subinterface or self.layer3_by_default(self.kind) else "access"

    @property
    def switchport_line(self) -> bool:
        """Whether the interface is Layer 2 without a ``switchport`` line."""
        return self.mode == "access"

    @property
    def shutdown(self) -> bool:
        """Whether an interface is down without a line saying so (BF Interface.java; reference 2.3)."""
        if self.subinterface or self.kind in ("Vlan", "nve"):
            return True
        if self.kind != "Ethernet":
            return False
        return True if self.routed else self.switchport_shutdown

    @property
    def mtu(self) -> int:
        """1500, and on the peer-link what G106 says it uses without a line."""
        return self.jumbo_mtu if self.peer_link else 1500

    @property
    def vrf(self) -> str:
        """The VRF of an interface without ``vrf member``; mgmt0 is in no other than ``management`` (K)."""
        return "management" if self.kind == "mgmt" else "default"

    @property
    def auto_recovery(self) -> bool:
        """Off on N9K and N3K, on elsewhere but for early releases (G106, NU, JP2); an unknown one is none of these."""
        first = _FIRST_WITH_AUTO_RECOVERY.get(self.family)
        return first is not None and (not self.release or self.release >= first)

    @property
    def lacp_max_bundle(self) -> int:
        """32 on N3K and N9K, 16 elsewhere (NU)."""
        return 32 if self.family in ("n3k", "n9k") else 16

    @property
    def lacp_suspend_individual(self) -> bool:
        """On, except on N3K (NU; N5K disagrees with itself, reference section 10)."""
        return self.family != "n3k"

    @property
    def load_balance(self) -> str | None:
        """How port-channels choose a port on N9K; the words of the other lines differ, and are not known (NU)."""
        return "src-dst ip-l4port" if self.family == "n9k" else None

    @property
    def load_balance_resilient(self) -> bool:
        """Whether they choose again only for a port that went: on N3K alone (NU)."""
        return self.family == "n3k"

    @property
    def all_vlans(self) -> VlanSet:
        """What a trunk carries without a list (BF, DME l1PhysIf.trunkVlans)."""
        return ALL_VLANS


def _jumbo_mtu(tree: ConfigTree) -> str:
    """What ``system jumbomtu`` says, ``""`` without such a line; the last one counts."""
    sizes = {raw: words[2] for raw in tree.beginning("system jumbomtu ") if len(words := first_line(raw).split()) > 2}
    return next((sizes[raw] for raw in reversed(tree.raws) if raw in sizes), "") if sizes else ""


def _layer2_by_default(tree: ConfigTree, said: set[str]) -> bool:
    """Whether ports are Layer 2 without a line: said in so many words, or told by what is printed."""
    if "system default switchport" in said or "no system default switchport" in said:
        return "system default switchport" in said
    if any("no switchport" in raw and re.search(_ROUTED, raw) for raw in tree.raws):
        return True
    return not any("switchport" in raw and re.search(_BARE, raw) for raw in tree.raws)


@functools.lru_cache(maxsize=1024)
def _at(context: Context, kind: str, subinterface: bool, routed: bool | None, peer_link: bool) -> Context:
    layer3 = context.layer3_by_default(kind) if routed is None else routed
    return context._replace(kind=kind, subinterface=subinterface, routed=layer3, peer_link=peer_link)
