"""Lines that the catalogue does not know and of which it is known all the same that no traffic notices them."""

from __future__ import annotations

from mlagkit.nxos.change.edit import Edit

_OF_MANAGEMENT = (
    *("ntp ", "logging ", "clock ", "snmp-server ", "banner ", "line ", "cli alias ", "ip domain", "ip name-server "),
    *("aaa ", "tacacs-server ", "radius-server ", "ssh ", "telnet ", "cdp ", "lldp ", "rmon ", "callhome", "boot "),
    *("event manager ", "scheduler ", "terminal ", "no ip domain-lookup", "errdisable ", "fips ", "userpassphrase "),
    *("service ", "sflow ", "flow record", "flow exporter", "password "),
)
"""Their first words: they speak of the management of a switch (K). What is about logins needs a permission besides."""


def is_harmless(edit: Edit) -> bool:
    """Whether an unknown line, or the block that it stands in, is about the management of the switch alone."""
    return edit.head.startswith(_OF_MANAGEMENT) or edit.text.removeprefix("no ").startswith(_OF_MANAGEMENT)
