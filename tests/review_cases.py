"""The changes that a reviewer meets, one by one, on the example of two leaf switches."""

from __future__ import annotations

from collections.abc import Mapping

from tests.conftest import ROOT

FILE = "pairs/dc1-leaf-101.yaml"
PAIR = (ROOT / "examples" / "server-pair" / "pair.yaml").read_text("utf-8")
_TEMPLATE = (ROOT / "templates" / "nxos" / "extra.j2").read_text("utf-8")
MST = PAIR.replace("mode: rapid-pvst", "mode: mst").replace(
    "priority: {1-3967: 4096}",
    "mst_priority: {0-2: 4096}\n  mst: {name: DC1, revision: 1, instances: {1: 10-20, 2: 30-900}}",
)
BASES: Mapping[str, Mapping[str, str]] = {"mst-remap": {FILE: MST}}
"""The files of the base, where they are not just the example."""

_VPC = "  23: {profile: server, host: app-01, vlans: 10, members: Ethernet1/5}\n"
_ADDRESSES = ("{leaf-101: 192.0.2.102, leaf-102: 192.0.2.101}", "{leaf-101: 192.0.2.101, leaf-102: 192.0.2.102}")
_WAIVER = "waivers:\n  OR02 interfaces: {reason: it moves, owner: netops, expires: 2027-03-31}\n\n"


def _with(*changes: tuple[str, str], text: str = PAIR) -> dict[str, str]:
    """The pair file with these texts in the place of others, each of which is there."""
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return {FILE: text}


def second_pair(name: str) -> str:
    """Another pair, with other switches, which shares nothing with the example."""
    text = PAIR.replace("pair: dc1-leaf-101", f"pair: {name}").replace("leaf-10", "leaf-20")
    return text.replace("id: 101", "id: 201").replace("192.0.2.10", "192.0.2.20")


OTHER = {"pairs/dc2.yaml": second_pair("dc2")}
"""The file of a second pair."""


def _reordered() -> dict[str, str]:
    """The same pair with its sections the other way round."""
    sections = [part for part in PAIR.split("\n\n") if part.strip()]
    return {FILE: "\n\n".join([sections[0], *reversed(sections[1:])]) + "\n"}


CASES: dict[str, dict[str, str]] = {
    "add-vlan": _with(("  30: storage", "  30: storage\n  40: backup"), ("[10, 900]", "[10, 40, 900]")),
    "remove-vlan-in-use": _with(("  20: db\n", ""), ("[20, 900]", "900")),
    "native-vlan": _with(("mode: trunk, lacp", "mode: trunk, native_vlan: 10, lacp")),
    "mtu": _with(("port_type: edge trunk, mtu: 9216", "port_type: edge trunk, mtu: 1500")),
    "mst-remap": _with(("1: 10-20, 2: 30-900", "1: 10-30, 2: 40-900"), text=MST),
    "new-vpc": _with(
        ("  31: {profile: storage", f"{_VPC}  31: {{profile: storage"),
        ("hosts:\n", "hosts:\n  app-01: {bond: 802.3ad}\n"),
    ),
    "keepalive-vrf": _with(
        ("{vrf: management}", f"{{vrf: default, destination: {_ADDRESSES[0]}, source: {_ADDRESSES[1]}}}"),
    ),
    "domain-id": _with(("id: 101", "id: 102")),
    "description-only": _with(
        ("11: {profile: server,", "11: {profile: server, description: web one,"), ("20: db", "20: database")
    ),
    "reordering-only": _reordered(),
    "template-only": {"templates/extra.j2": f"{_TEMPLATE.rstrip()}\nlogging server 192.0.2.7 5 use-vrf management\n"},
    "waiver-only": _with(("extra: |", f"{_WAIVER}extra: |")),
}
"""What becomes of the files of the base."""
