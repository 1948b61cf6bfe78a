"""Which of the things that hold a pair together, or that lead to a switch, a line touches."""

from __future__ import annotations

from collections.abc import Mapping

from mlagkit.nxos.catalogue import Phase
from mlagkit.nxos.change.edit import Edit
from mlagkit.nxos.change.order import grows, joins
from mlagkit.nxos.objects import interface_name
from mlagkit.nxos.services import guards
from mlagkit.part import asked_once
from mlagkit.switch import Interface, Switch
from mlagkit.values import InterfaceName

_ADDRESSING = ("ip address <prefix>", "ip address <#prefix> secondary", "ipv6 address <#prefix>", "vrf member <word>")
_QUIET = ("description <text>", "load-interval <int>", "switchport trunk allowed vlan <trunk>")
_VPC = "vpc <int>"
_VRF = "vrf context "
_MEMBER = "member vni "
_LISTS = (["access-list"], ["prefix-list"])
_OF_MODE = {"mst": "spanning-tree mst ", "rapid-pvst": "spanning-tree vlan "}
_SYSTEM = ("system-mac <mac>", "system-priority <int>")
_KEEPALIVE = "peer-keepalive "
_LOGIN = (
    *("aaa ", "tacacs-server ", "radius-server ", "ssh ", "line vty", "nxapi "),
    *("feature ssh", "feature nxapi", "feature tacacs+", "feature radius"),
)
"""How the lines begin that decide who may log in, and over what (K)."""
_ACCOUNTS = ("username ", "snmp-server user ")
"""What is followed by the name of an account. A user of SNMP and the account of that name have one password, the same
roles and one end (N5000 CLI guide 4.0, "CLI and SNMP User Synchronization")."""


def domain_id(edit: Edit, before: Switch) -> bool:
    """Whether a line gives the domain another id, or ends it; or makes it another system to the hosts (reference 6)."""
    if edit.row is not None and edit.row.command in _SYSTEM:
        return before.domain is not None
    if not edit.opens or not domain(edit):
        return False
    return edit.new is None or edit.old is not None


def domain(edit: Edit) -> bool:
    """Whether a line is one of the vPC domain."""
    return edit.head.startswith("vpc domain ")


def vrf(edit: Edit) -> str | None:
    """The name of the VRF that a line is of."""
    return edit.head.removeprefix(_VRF) if edit.head.startswith(_VRF) else None


def segment(edit: Edit) -> int | None:
    """The VNI of the tunnel that a line is of."""
    found = next((head for head in edit.path if head.startswith(_MEMBER)), "").removeprefix(_MEMBER).split()
    return int(found[0]) if found and found[0].isdecimal() else None


def filters(edit: Edit) -> str | None:
    """The access list or prefix list that a line is of, as its lines begin."""
    return " ".join(edit.head.split()[:3]) if edit.head.split()[1:2] in _LISTS else None


def mode(edit: Edit) -> str | None:
    """The mode of spanning tree in which alone a line means something."""
    return next((mode for mode, beginning in _OF_MODE.items() if edit.head.startswith(beginning)), None)


def vpc(edit: Edit, before: Switch) -> int | None:
    """The vPC that a line ends on a switch, by its number."""
    if edit.row is not None and edit.row.command == _VPC and edit.old is not None:
        return int(edit.old.split()[1])
    port = before.ports.get(name) if (name := interface_name(edit.head)) else None
    return port.vpc if port and edit.opens and not grows(edit) else None


def feature(edit: Edit) -> str | None:
    """The feature that a line ends."""
    return edit.old if edit.row is not None and edit.row.phase is Phase.FEATURE else None


def keepalive(edit: Edit, before: Switch) -> bool:
    """Whether a line changes the keepalive or the address that it is sent from."""
    if edit.text.startswith(_KEEPALIVE):
        return edit.old is not None
    name = interface_name(edit.head)
    source = before.keepalive.source if before.keepalive else None
    return name is not None and source is not None and _has_address(before, name, source) and _readdresses(edit)


def peer_link(edit: Edit, before: Switch) -> bool:
    """Whether a line changes the peer-link otherwise than by its VLANs, or by one more port.

    What is shut for a while is shut for a change that needs a permission of its own.
    """
    if edit.row is not None and edit.row.phase is Phase.PEER_LINK and edit.row.mode == "vpc-domain":
        return edit.old is not None
    name = interface_name(edit.head)
    link = before.peer_link
    if link is None or name is None or name not in (link.name, *link.members):
        return False
    return not (joins(edit) or edit.passing or (edit.row is not None and edit.row.command in _QUIET))


def tunnel(edit: Edit, before: Switch) -> bool:
    """Whether a line gives the loopback that the tunnel interface sends from another address, or takes one."""
    if edit.row is None or before.nve is None or interface_name(edit.head) != before.nve.source_interface:
        return False
    return shared_address(edit) or (edit.row.command == _ADDRESSING[0] and edit.old is not None)


def shared_address(edit: Edit) -> bool:
    """Whether a line is about a second address: the loopback of a tunnel has the one that both switches share."""
    return edit.row is not None and edit.row.command == _ADDRESSING[1]


def management(edit: Edit, before: Switch, addresses: frozenset[str], user: str | None) -> bool:
    """Whether a line touches the way by which mlagkit itself reaches a switch: address, VRF, user, filter, login.

    An unknown line on a management interface may be a filter, one about logins may shut everybody out, and so may one
    of an access list that stands before them.
    """
    access_list = filters(edit)
    if access_list is not None and access_list.split()[-1] in guards(before):
        return True
    account = next((edit.head.removeprefix(head) for head in _ACCOUNTS if edit.head.startswith(head)), None)
    if account is not None and edit.old is not None:
        return edit.new is None or (user is not None and account.split()[0] == user)
    name = interface_name(edit.head)
    if name is None:
        return edit.head == "vrf context management" or edit.head.startswith(_LOGIN)
    if name.kind == "mgmt" or any(_has_address(before, name, address) for address in addresses):
        return edit.row is None or _readdresses(edit)
    return False


def role(edit: Edit, before: Switch) -> bool:
    """Whether a line changes who leads at the next election; where there was no domain nobody has led."""
    return edit.row is not None and edit.row.command == "role priority <int>" and before.domain is not None


def _readdresses(edit: Edit) -> bool:
    if edit.row is None:
        return False
    if edit.row.command == "shutdown":
        return not edit.text.startswith("no ")
    return (edit.opens and not grows(edit)) or (edit.row.command in _ADDRESSING and edit.old is not None)


def _has_address(switch: Switch, name: InterfaceName, address: str) -> bool:
    found = _interfaces(switch).get(name)
    return found is not None and address in {
        each.partition("/")[0] for each in (found.address or "", *found.secondary_addresses)
    }


@asked_once
def _interfaces(switch: Switch) -> Mapping[InterfaceName, Interface]:
    return {each.name: each for each in switch.interfaces}
