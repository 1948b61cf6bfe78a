"""One spelling for the lines whose words may be left out or reordered."""

from __future__ import annotations

import re
from collections.abc import Mapping

from mlagkit.values import parse_address, parse_area

KEEPALIVE_DEFAULTS: Mapping[str, str] = {
    "udp-port": "3200",
    "vrf": "management",
    "interval": "1000",
    "timeout": "5",
    "precedence": "6",
    "hold-timeout": "3",
}
"""What a ``peer-keepalive`` line without the token means (reference 2.2; OUT4 prints all of them)."""

PRECEDENCE: Mapping[str, str] = {
    "routine": "0",
    "priority": "1",
    "immediate": "2",
    "flash": "3",
    "flash-override": "4",
    "critical": "5",
    "internet": "6",
    "network": "7",
}
"""The names of the eight IP precedences (DME vpcKeepalive.precType)."""

VIRTUAL_PEER_LINK_DSCP = 56
"""The DSCP of a virtual peer-link's packets without a word (CR93)."""

_DELAYS = ("minimum", "reload", "sync")

_KEEPALIVE_ORDER = (
    "destination",
    "source",
    "udp-port",
    "vrf",
    "interval",
    "timeout",
    "precedence",
    "tos",
    "tos-byte",
    "hold-timeout",
)
_LEVEL = r"([0-9]{1,3})(?:\.([0-9]{1,2}))?\Z"


def canonical_keepalive(text: str) -> str:
    """The line with its tokens in one order and without those at their default."""
    words = text.split()[1:]
    tokens = dict(zip(words[::2], words[1::2], strict=False))
    if "precedence" in tokens:
        tokens["precedence"] = PRECEDENCE.get(tokens["precedence"], tokens["precedence"])
    kept = [name for name in _KEEPALIVE_ORDER if name in tokens and KEEPALIVE_DEFAULTS.get(name) != tokens[name]]
    rest = [name for name in tokens if name not in _KEEPALIVE_ORDER]
    return " ".join(f"{name} {tokens[name]}" for name in (*kept, *rest))


def canonical_channel_group(text: str) -> str:
    """Number and mode; ``on`` is what a missing mode means and ``force`` is never stored (reference 2.3)."""
    words = text.split()
    return f"{int(words[1])} {words[words.index('mode') + 1].lower() if 'mode' in words else 'on'}"


def canonical_virtual_peer_link(text: str) -> str:
    """Destination, source and DSCP, which is 56 where the line does not say another (CR93)."""
    values = [*text.split()[3::2], str(VIRTUAL_PEER_LINK_DSCP)]
    return " ".join(values[:3])


def canonical_preempt_delay(text: str) -> str:
    """The delays with their words: two numbers alone would not say which of the three they are."""
    words = text.lower().split()[2:]
    return " ".join(next((full for full in _DELAYS if full.startswith(word)), word) for word in words)


def canonical_area(text: str) -> str:
    """An area as the device prints it, also where it was typed as a number; other words as they are."""
    area = text.rsplit(maxsplit=1)[-1]
    try:
        return parse_area(area)
    except ValueError:
        return area


def canonical_primary(text: str) -> str:
    """The address; the word behind it only says that it is no secondary one."""
    return parse_address(text.split()[1])


def canonical_simulate_pvst(text: str) -> str:
    """``disable``, or ``enable``, which is what the line means without a word."""
    return "disable" if len(text.split()) > 4 else "enable"


def canonical_level(text: str) -> str:
    """A percentage with two decimals, the form that NX-OS prints (BF show-all)."""
    level = text.rpartition(" ")[2]
    match = re.match(_LEVEL, level)
    return f"{int(match[1])}.{(match[2] or '').ljust(2, '0')}" if match else level


def canonical_words(text: str) -> str:
    """The line with one blank between its words, for what NX-OS prints with two (corpus: users and their roles)."""
    return " ".join(text.split())
