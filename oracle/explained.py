"""The disagreements in which the reader is known to be wrong, or in which both are right, each with its source.

Whatever is in no row here is open, and `make oracle` ends with 1.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mlagkit.nxos.reply import Show
from oracle.compare import UNREADABLE, Difference
from oracle.labs import INTERFACE
from oracle.ranges import reason


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of disagreement, whose it is, why it is none, and how it is told from others."""

    name: str
    oracle: str
    why: str
    explains: Callable[[Difference], bool]


def kind_of(found: Difference) -> str | None:
    """The kind that explains a disagreement; None where none does."""
    return next((kind.name for kind in KINDS if kind.oracle == found.oracle and kind.explains(found)), None)


def _of(command: str, *attributes: str) -> Callable[[Difference], bool]:
    return lambda found: found.command == command and found.attribute in attributes


_vpc_reason = _of(Show.VPC, "consistency reason")
_leg_reason = _of(Show.VPC, "leg reason")
_leg_vlans = _of(Show.VPC, "leg VLANs")
_trunk = _of(INTERFACE, "trunk VLANs")
_version = _of(Show.VERSION, UNREADABLE, "model")
_ports = _of(Show.INTERFACE_STATUS, UNREADABLE, "name", "status", "VLAN", "duplex", "speed", "type")
_HELD = "suspndByV"
"""What the emulated switch says of a leg that is suspended; its own source stands there."""
_OTHER_TABLES = ("ntc-show-interface-status-tunnel.txt", "ntc-show-interface-status3.txt")

KINDS: tuple[Kind, ...] = (
    Kind(
        "the label of a reason",
        "genie",
        "its parser knows `Configuration consistency reason` alone; Nexus 9000 print `Configuration inconsistency "
        "reason` (its ShowVpc, p5; corpus show-vpc/ntc-show-vpc.txt)",
        lambda found: _vpc_reason(found) and found.theirs is None,
    ),
    Kind(
        "a reason over several lines",
        "genie",
        "its parser takes the first line of a wrapped cell (its ShowVpc, p19; corpus show-vpc/genie-go-3.txt)",
        lambda found: _leg_reason(found) and bool(found.theirs) and str(found.ours).startswith(str(found.theirs)),
    ),
    Kind(
        "a list that the switch cut",
        "genie",
        "a list of VLANs that ends with a comma is not all of it: mlagkit takes none of it, genie the part "
        "(corpus show-vpc/genie-go-7.txt)",
        lambda found: _leg_vlans(found) and found.ours is None and str(found.theirs).endswith(","),
    ),
    Kind(
        "a table of ports that it does not know",
        "genie",
        "its pattern ends at the type's first word and has no `channelDo`; it takes the table of tunnels for that of "
        "ports (its ShowInterfaceStatus, p1 and p2; corpus show-interface-status, the two files of ntc-templates)",
        lambda found: _ports(found) and found.where.endswith(_OTHER_TABLES),
    ),
    Kind(
        "words around the model",
        "genie",
        "its parser wants the first line of a Nexus 9000 and a model without words behind `Chassis` (its ShowVersion, "
        "p1 and p15; corpus show-version/ntc-show-version2.txt, ntc-show-version7.txt)",
        lambda found: _version(found) and found.where.startswith("show-version/"),
    ),
    Kind(
        "a status of a port that it does not know",
        "ntc-templates",
        "its template has eight words for a status and refuses the whole answer at any other "
        "(corpus show-interface-status/genie-golden6.txt: `linkFlapE`; the lab: `suspndByV`)",
        lambda found: _ports(found) and (found.where.endswith("/genie-golden6.txt") or _HELD in str(found.theirs)),
    ),
    Kind(
        "a port that the vPC holds back",
        "genie",
        "its pattern has no word `suspndByV`, so that it takes it for a part of the name, and the columns behind it "
        "for those before (its ShowInterfaceStatus, p1)",
        lambda found: _ports(found) and (_HELD in f"{found.ours} {found.theirs}" or found.theirs in (None, "--")),
    ),
    Kind(
        "two lines for one",
        "genie",
        "its generator writes `peer-gateway` before `peer-gateway exclude-vlan`, which a switch shows as one line "
        "(node-utils vpc.yaml: the list says it, too [likely])",
        lambda found: found.object == "peer-gateway" and found.ours is None,
    ),
    Kind(
        "a range that is known to differ",
        "YANG",
        "each has its reason in `DIFFERENT_RANGE` of tests/test_dme.py or in oracle/ranges.py",
        lambda found: found.command == "value" and reason(found) is not None,
    ),
    Kind(
        "a list of VLANs that goes on below",
        "genie",
        "its parser takes the first line of a list and not `switchport trunk allowed vlan add` behind it (its "
        "ShowRunningConfigInterface, p10; corpus single/batfish-interface-switchport.cfg has such lines)",
        lambda found: _trunk(found) and bool(found.theirs) and str(found.ours).startswith(f"{found.theirs},"),
    ),
    Kind(
        "one VLAN where several may stand",
        "genie",
        "its generator takes one number for `dual-active exclude interface-vlan`, a switch takes a list (its Vpc, "
        "dual_active_exclude_svi; vpc-reference 2.1 [certain])",
        lambda found: found.object.startswith("dual-active exclude interface-vlan") and "," in found.object,
    ),
)
