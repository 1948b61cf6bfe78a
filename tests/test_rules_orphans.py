"""Orphan ports: the cases in which a rule must speak, and those in which it must not."""

from __future__ import annotations

import pytest

from tests.judged import Told, found, laid_over, running

_PORT = "mode: access, vlan: 20"
_AT = "interfaces.Ethernet1/20"
_STANDBY = "hosts: {fw-01: {bond: active-backup}}\n"

CASES: dict[str, tuple[str, Told]] = {
    "a spare port": (f"interfaces: {{Ethernet1/20: {{{_PORT}}}}}", set()),
    "a host that the file does not describe": (f"interfaces: {{Ethernet1/20: {{{_PORT}, host: fw-01}}}}", set()),
    "two ports, known from the cabling": (
        f"{_STANDBY}interfaces: {{Ethernet1/20: {{{_PORT}}}}}\ncabling: {{Ethernet1/20: fw-01 eth1}}",
        {("OR01", "warning", None, _AT)},
    ),
    "links in local port-channels": (
        f"{_STANDBY}port_channels: {{20: {{{_PORT}, host: fw-01, lacp: active, members: [Ethernet1/20]}}}}",
        {("OR01", "warning", None, "port_channels.20")},
    ),
    "a bond that needs a port-channel": (
        f"hosts: {{fw-01: {{bond: 802.3ad}}}}\ninterfaces: {{Ethernet1/20: {{{_PORT}, host: fw-01}}}}",
        set(),
    ),
    "a VLAN that is not on the peer-link": (
        (
            f"{_STANDBY}vlans: {{30: a}}\npeer_link: {{vlans: [10, 20]}}\n"
            "interfaces: {Ethernet1/20: {mode: access, vlan: 30, host: fw-01}}"
        ),
        set(),
    ),
    "a port that is shut": (
        f"{_STANDBY}interfaces: {{Ethernet1/20: {{{_PORT}, host: fw-01, shutdown: true}}}}",
        set(),
    ),
    "one port is shut": (
        f"{_STANDBY}interfaces: {{Ethernet1/20: {{{_PORT}, host: fw-01, shutdown: {{sw-a: true, sw-b: false}}}}}}",
        set(),
    ),
    "single, on the one that becomes primary": (
        f"interfaces: {{sw-a: {{Ethernet1/20: {{{_PORT}, host: nas-01}}}}}}",
        {("OR02", "info", "sw-a", _AT)},
    ),
    "single, on the other one": (
        f"interfaces: {{sw-b: {{Ethernet1/20: {{{_PORT}, host: nas-01}}}}}}",
        {("OR02", "warning", "sw-b", _AT)},
    ),
    "two links to one switch, of which HO02 speaks": (
        f"interfaces: {{sw-b: {{Ethernet1/20: {{{_PORT}, host: nas-01}}, Ethernet1/21: {{{_PORT}, host: nas-01}}}}}}",
        set(),
    ),
    "single, in a VLAN of its own": (
        (
            "vlans: {30: a}\npeer_link: {vlans: [10, 20]}\n"
            "interfaces: {sw-b: {Ethernet1/20: {mode: access, vlan: 30, host: nas-01}}}"
        ),
        set(),
    ),
    "a second link of a host in a vPC": (
        f"interfaces: {{sw-b: {{Ethernet1/20: {{{_PORT}, host: web-01}}}}}}",
        set(),
    ),
    "a second link of a host in a vPC that only this switch has": (
        (
            f"interfaces: {{sw-b: {{Ethernet1/20: {{{_PORT}, host: nas-01}}}}}}\n"
            "vpcs: {13: {sw-b: {mode: access, vlan: 20, host: nas-01, members: [Ethernet1/3]}}}"
        ),
        set(),
    ),
    "single and suspended is said once": (
        f"interfaces: {{sw-b: {{Ethernet1/20: {{{_PORT}, host: nas-01, orphan_suspend: true}}}}}}",
        {("OR03", "warning", "sw-b", _AT)},
    ),
    "suspended, and nobody known behind it": (
        f"interfaces: {{sw-b: {{Ethernet1/20: {{{_PORT}, orphan_suspend: true}}}}}}",
        set(),
    ),
    "one of two is suspended": (
        f"{_STANDBY}interfaces: {{Ethernet1/20: {{{_PORT}, host: fw-01, orphan_suspend: {{sw-a: true}}}}}}",
        {("OR05", "warning", "sw-b", _AT)},
    ),
    "one is suspended, and the other one is in another VLAN": (
        (
            "interfaces:\n"
            f"  sw-a: {{Ethernet1/20: {{{_PORT}, host: fw-01, orphan_suspend: true}}}}\n"
            "  sw-b: {Ethernet1/20: {mode: access, vlan: 10, host: fw-01}}\n"
        ),
        set(),
    ),
    "one of two is suspended, and a third one is in another VLAN": (
        (
            "interfaces:\n"
            f"  sw-a: {{Ethernet1/20: {{{_PORT}, host: fw-01, orphan_suspend: true}}}}\n"
            "  sw-b:\n"
            f"    Ethernet1/20: {{{_PORT}, host: fw-01}}\n"
            "    Ethernet1/21: {mode: access, vlan: 10, host: fw-01}\n"
        ),
        {("OR05", "warning", "sw-b", _AT)},
    ),
    "no delay, and nothing is suspended": ("domain: {delay_restore: {orphan_port: 0}}", set()),
}


@pytest.mark.parametrize("case", CASES)
def test_pair_file(case: str) -> None:
    """A few lines over the base make exactly these findings about orphan ports."""
    text, expected = CASES[case]
    assert found([laid_over(text)], ["OR"]) == expected


def test_running() -> None:
    """A configuration names no hosts, so it shows only that suspended ports come back at once."""
    lines = "vlan 20\nvpc domain 10\ninterface Ethernet1/20\n  switchport access vlan 20\n  vpc orphan-port suspend\n"
    assert found([running(lines, "vpc domain 10\n")], ["OR"]) == {("OR04", "info", "sw-a", "domain")}
    assert found([running(lines.replace("vpc domain 10", ""), "")], ["OR"]) == set()
