"""Addresses in the place of others: what is in one subnet stays in one subnet, and no two become one.

A bit is turned over or not depending on the key and on all bits before it, so addresses that share the first n bits
share them afterwards (Xu et al., "Prefix-Preserving IP Address Anonymization", 2002: Crypto-PAn). As in netconan, what
has a meaning of its own stays where it is, and so do the last eight bits: a verdict may hang on which address is a
network's, its broadcast address, or the lower one of two.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network

from mlagkit.pseudonym import Key

Address = IPv4Address | IPv6Address
_Network = IPv4Network | IPv6Network


def _bits(address: Address) -> str:
    return f"{int(address):0{address.max_prefixlen}b}"


_HOST_BITS = 8
_KEPT: tuple[_Network, ...] = tuple(
    map(
        ip_network,
        (
            *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
            *("192.168.0.0/16", "224.0.0.0/4", "240.0.0.0/4", "::/8", "::ffff:0:0/96", "64:ff9b::/96"),
            *("2000::/3", "fc00::/7", "fe80::/64", "ff00::/8"),
        ),
    )
)
"""Blocks that mean something (RFC 6890, RFC 4291, RFC 6052): what is in one stays in it, and what is not outside."""
_WHOLE: tuple[_Network, ...] = tuple(
    map(ip_network, ("0.0.0.0/8", "127.0.0.0/8", "224.0.0.0/3", "::/127", "ff00::/12"))
)
"""Blocks of which every address means something to everybody, and tells nothing: masks are in them, too."""


_FORKS = frozenset(
    (network.version, _bits(network.network_address)[:end]) for network in _KEPT for end in range(network.prefixlen)
)
"""What stands before a bit that leads into one of these blocks, or past it."""


class Addresses:
    """The addresses of one bundle."""

    def __init__(self, key: Key) -> None:
        self._key = key
        self._turned: dict[tuple[int, str], bool] = {}

    def other(self, address: Address, length: int | None = None) -> Address:
        """The address in the place of another; of a network of that ``length`` the bits behind it stay zero."""
        if any(address in network for network in _WHOLE if network.version == address.version):
            return address
        bits = _bits(address)
        end = address.max_prefixlen - _HOST_BITS
        if length is not None and "1" not in bits[length:]:
            end = min(end, length)
        done = "".join(str(int(bit) ^ self._turns(address.version, bits[:at])) for at, bit in enumerate(bits[:end]))
        return type(address)(int(done + bits[end:], 2))

    def _turns(self, version: int, before: str) -> bool:
        """Whether the bit behind these is turned over."""
        known = (version, before)
        if known not in self._turned:
            self._turned[known] = known not in _FORKS and self._key.number("bit", *known) % 2 == 1
        return self._turned[known]
