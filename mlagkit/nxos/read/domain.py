"""The vPC domain, its keepalive and the virtual peer-link."""

from __future__ import annotations

from mlagkit.nxos.catalogue.canonical import KEEPALIVE_DEFAULTS
from mlagkit.nxos.read.block import Block, told
from mlagkit.switch import DelayRestore, Domain, Keepalive, VirtualPeerLink
from mlagkit.values import is_number

_KEEPALIVE = "peer-keepalive"
_VIRTUAL = "virtual peer-link destination source dscp"
_NUMBERS = ("udp-port", "interval", "timeout", "hold-timeout", "tos-byte")
_TEXTS = ("destination", "source", "vrf", "precedence", "tos")


def domain_of(block: Block, number: int) -> tuple[Domain, Keepalive | None]:
    """The domain with that number, and the keepalive that its block holds."""
    keepalive = _keepalive(block)
    return block.part(
        Domain,
        id=number,
        delay_restore=DelayRestore(**told(block, DelayRestore, "delay_restore.")),  # type: ignore[arg-type]
        virtual_peer_link=_virtual(block),
    ), keepalive


def _keepalive(block: Block) -> Keepalive | None:
    """The keepalive; a line with a token that nobody knows stays a raw line of the domain."""
    fact = block.take(_KEEPALIVE)
    tokens = _tokens(str(fact.line.value)) if fact and not fact.line.negated else None
    if fact is None or tokens is None:
        block.leave(_KEEPALIVE)
        return None
    block.places.lines["keepalive",] = fact.number
    marked = not {"precedence", "tos", "tos-byte"}.isdisjoint(tokens)
    default = {name: value for name, value in KEEPALIVE_DEFAULTS.items() if not (marked and name == "precedence")}
    said = {**default, **tokens}
    found: dict[str, object] = {name.replace("-", "_"): said.get(name) for name in _TEXTS}
    found |= {name.replace("-", "_"): int(said[name]) if name in said else None for name in _NUMBERS}
    return Keepalive(path=("keepalive",), **found)  # type: ignore[arg-type]  # numbers and texts by name


def _tokens(text: str) -> dict[str, str] | None:
    """Names and values of a line in its canonical form; None where one is unknown or no number where it must be."""
    words = text.split()
    tokens = dict(zip(words[::2], words[1::2], strict=False))
    known = tokens.keys() <= {*_NUMBERS, *_TEXTS} and "destination" in tokens and len(words) == 2 * len(tokens)
    return tokens if known and all(is_number(tokens[name]) for name in _NUMBERS if name in tokens) else None


def _virtual(block: Block) -> VirtualPeerLink | None:
    """The virtual peer-link in its canonical form: destination, source, DSCP."""
    fact = block.take(_VIRTUAL)
    if fact is None or fact.line.negated:
        return None
    block.places.lines[*block.path, "virtual_peer_link"] = fact.number
    destination, source, dscp = str(fact.line.value).split()
    return VirtualPeerLink(destination=destination, source=source, dscp=int(dscp))
