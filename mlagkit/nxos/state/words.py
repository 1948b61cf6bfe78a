"""The words in which NX-OS tells its state, as values: those of a terminal and those of NX-API for the same.

Each pair of words names where it was seen. ``corpus`` is ../shared/corpus/nxos/show, ``genie``
the tests of genieparser's ShowVpc, ``robel`` the NX-API library of A. Robel (nxapi_netbox), whose
docstrings hold answers of an N9K.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NoReturn

from mlagkit.state import KeepaliveStatus, LinkStatus, PeerStatus, Role, Timer, Verdict
from mlagkit.values import VLAN_MAX, VlanSet

# vpc-reference.md 1 has the words of a terminal. NX-API: corpus (primary, secondary, none-established), robel
# (secondary-primary); primary-secondary is its counterpart and was not seen.
_ROLES = {
    "none-established": Role.NONE,
    "primary-secondary": Role.PRIMARY_OPERATIONAL_SECONDARY,
    "secondary-primary": Role.SECONDARY_OPERATIONAL_PRIMARY,
}
# corpus; peer-link-down: robel; peer link not configured: genie golden_output_6.
_PEER = {
    "peer adjacency formed ok": PeerStatus.OK,
    "peer-ok": PeerStatus.OK,
    "peer link is down": PeerStatus.LINK_DOWN,
    "peer-link-down": PeerStatus.LINK_DOWN,
    "peer link not configured": PeerStatus.NOT_CONFIGURED,
    "peer-not-configured": PeerStatus.NOT_CONFIGURED,
}
# corpus.
_KEEPALIVE = {
    "peer is alive": KeepaliveStatus.ALIVE,
    "peer-alive": KeepaliveStatus.ALIVE,
    "peer is alive, but domain ids do not match": KeepaliveStatus.OTHER_DOMAIN,
    "disabled": KeepaliveStatus.DISABLED,
}
# corpus, text and JSON.
_VERDICTS = {
    "success": Verdict.SUCCESS,
    "consistent": Verdict.SUCCESS,
    "failed": Verdict.FAILED,
    "inconsistent": Verdict.FAILED,
    "not applicable": Verdict.NOT_APPLICABLE,
    "not-applicable": Verdict.NOT_APPLICABLE,
}
# corpus: 1 and Up; robel: 0; Cisco's NX-API CLI reference of the N3500: enabled, whose counterpart was not seen.
_LINKS = {
    "up": LinkStatus.UP,
    "1": LinkStatus.UP,
    "enabled": LinkStatus.UP,
    "down": LinkStatus.DOWN,
    "0": LinkStatus.DOWN,
    "disabled": LinkStatus.DOWN,
}
_SWITCHED = {"enabled": True, "1": True, "disabled": False, "0": False}

_TIMER = re.compile(r"Timer is (on|off)\.\s*\(timeout = (\d{1,5})s(?:, (\d{1,5})s left)?\)", re.I)
# corpus; without the word on the timer: ansible-nxos-vpc-show-vpc.txt.
_AUTO_RECOVERY = re.compile(
    r"Enabled(?:, timer is (on|off)\.)?\s*\(timeout = (\d{1,5})(?:s| seconds)(?:, (\d{1,5})s left)?\)", re.I
)
_VLANS = re.compile(r"\d[\d,-]*(?:\.\.\.,?)?")


def number(text: str) -> int:
    """A number without a sign; ValueError for anything else."""
    if not re.fullmatch(r"[0-9]{1,12}", text):
        raise ValueError(text)
    return int(text)


def flag(text: str) -> bool:
    """``0`` or ``1``."""
    return text == "1" if text in ("0", "1") else _none(text)


def role(text: str) -> Role:
    """A role, in the words of a terminal or of NX-API."""
    return _ROLES.get(text) or Role(text)


def peer(text: str) -> PeerStatus:
    """How the adjacency stands; words that are not known are no error, and not OK either."""
    return _PEER.get(text.lower(), PeerStatus.OTHER)


def keepalive(text: str) -> KeepaliveStatus:
    """How the keepalive stands; words that are not known are no error, and not ALIVE either."""
    if text.lower().startswith("suspended"):  # corpus: Suspended (Destination IP not reachable)
        return KeepaliveStatus.SUSPENDED
    return _KEEPALIVE.get(text.lower(), KeepaliveStatus.OTHER)


def verdict(text: str) -> Verdict:
    """What a check came to."""
    return _VERDICTS.get(text.lower()) or _none(text)


def link(text: str) -> LinkStatus:
    """Up or down."""
    return _LINKS.get(text.lower()) or _none(text)


def switched(text: str) -> bool:
    """Enabled or disabled, whatever follows in brackets: ``Disabled (due to peer configuration)``."""
    word = text.partition(" (")[0].lower()
    return _SWITCHED[word] if word in _SWITCHED else _none(text)


def bracketed(text: str) -> str | None:
    """The words in brackets behind a value, None without."""
    return text.partition(" (")[2].removesuffix(")") or None


def reason(text: str) -> str | None:
    """Why a check came to what it did; None where it only says that all is well."""
    return None if text.lower() in ("success", "-", "") else text


def timer(text: str) -> Timer:
    """``Timer is on.(timeout = 10s, 6s left)``."""
    match = _TIMER.fullmatch(text)
    return _timer(match) if match else _none(text)


def auto_recovery(text: str) -> Timer | None:
    """Its timer, None where it is disabled."""
    if text.lower() == "disabled":
        return None
    match = _AUTO_RECOVERY.fullmatch(text)
    return _timer(match) if match else _none(text)


def _timer(match: re.Match[str]) -> Timer:
    running = match[1].lower() == "on" if match[1] else None
    return Timer(running=running, timeout=int(match[2]), left=int(match[3]) if match[3] else None)


def is_vlans(text: str) -> bool:
    """Whether this is a list of VLANs or a piece of one."""
    return text == "-" or bool(_VLANS.fullmatch(text))


def vlans(text: str) -> VlanSet | None:
    """The VLANs of a list (``-`` is none of them), None where the switch cut it short (``141-...,``)."""
    if text.rstrip(",").endswith("..."):
        return None
    return VlanSet() if text == "-" else VlanSet.parse(text.rstrip(","))


@lru_cache(maxsize=64)  # most rows name the same VLANs, and a set of all takes 200 KiB
def all_vlans(text: str) -> VlanSet:
    """The VLANs of a list of the checks per VLAN, which count from 0 to 4095 (robel: ``0-4095``)."""
    found: set[int] = set()
    for part in [] if text == "-" else text.split(","):
        first, dash, last = part.partition("-")
        low, high = number(first), number(last if dash else first)
        if not low <= high <= VLAN_MAX + 1:
            raise ValueError(text)
        found.update(range(max(low, 1), min(high, VLAN_MAX) + 1))
    return VlanSet(found)


def _none(text: str) -> NoReturn:
    raise ValueError(text)
