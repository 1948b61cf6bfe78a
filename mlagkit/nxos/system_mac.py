"""The system address of a vPC domain."""

from __future__ import annotations

from mlagkit.switch import Domain

_FIRST = 0x0023_04EE_BE00
SURE = 511
"""Up to this number of a domain its address was seen on switches."""


def system_mac(domain: Domain) -> str:
    """The address that is configured, else the one that the switch derives from the domain's number.

    The number is added to ``0023.04ee.be00`` (reference 1: certain up to `SURE`, likely above).
    """
    if domain.system_mac:
        return domain.system_mac
    digits = f"{_FIRST + domain.id:012x}"
    return ".".join(digits[at : at + 4] for at in (0, 4, 8))
