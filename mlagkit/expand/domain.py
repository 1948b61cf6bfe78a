"""The vPC domain, its keepalive and the virtual peer-link."""

from __future__ import annotations

from ipaddress import ip_interface

from mlagkit import switch
from mlagkit.expand.fill import Default, defaults, fill
from mlagkit.intent.pair import Intent, Pair
from mlagkit.nxos.catalogue.canonical import KEEPALIVE_DEFAULTS, PRECEDENCE, VIRTUAL_PEER_LINK_DSCP
from mlagkit.nxos.context import Context
from mlagkit.values import VlanSet


def has_peer_gateway(intent: Intent) -> bool:
    """Whether frames to the peer's address are routed: as is said, else because VLANs are excluded from it (NU)."""
    said = intent.domain
    if said is None:
        return False
    return bool(said.peer_gateway_exclude_vlans) if said.peer_gateway is None else said.peer_gateway


def domain_of(pair: Pair, hostname: str, context: Context) -> switch.Domain | None:
    """The domain block; a reload delay implies auto-recovery (reference 2.1), and there is none where that is off.

    So do VLANs that are excluded from peer-gateway imply it.
    """
    intent, facts = pair.intents[hostname], pair.facts.switches[hostname]
    said = intent.domain
    if said is None:
        return None
    derived: dict[str, object] = {"role_priority": facts.role_priority, "peer_gateway": has_peer_gateway(intent)}
    if said.auto_recovery is None and said.auto_recovery_reload_delay is not None:
        derived["auto_recovery"] = True
    usual = defaults("vpc-domain", context)
    if said.auto_recovery is False:
        derived["auto_recovery_reload_delay"] = usual["auto_recovery_reload_delay"]
    if said.peer_gateway is False:
        derived["peer_gateway_exclude_vlans"] = VlanSet()
    nested = defaults("vpc-domain", context, "delay_restore.")
    return fill(
        switch.Domain,
        usual,
        derived,
        said,
        path=("domain",),
        delay_restore=fill(switch.DelayRestore, nested, said.delay_restore),
        virtual_peer_link=_virtual(intent),
    )


def _virtual(intent: Intent) -> switch.VirtualPeerLink | None:
    """What is said, or the DSCP that the device uses."""
    virtual = intent.peer_link.virtual if intent.peer_link else None
    if virtual is None:
        return None
    dscp = virtual.dscp or VIRTUAL_PEER_LINK_DSCP
    return switch.VirtualPeerLink(destination=virtual.destination, source=virtual.source, dscp=dscp)


def keepalive_of(pair: Pair, hostname: str) -> switch.Keepalive | None:
    """The keepalive; between the management addresses where it does not say others."""
    said = pair.intents[hostname].keepalive
    if said is None:
        return None
    derived: dict[str, object] = {}
    if said.destination is None:
        derived["destination"] = _address(pair, pair.peer_of(hostname))
        derived["source"] = said.source or _address(pair, hostname)
    precedence = said.precedence and PRECEDENCE.get(said.precedence, said.precedence)
    marked = said.precedence or said.tos or said.tos_byte is not None
    default = Default(
        {name.replace("-", "_"): int(text) for name, text in KEEPALIVE_DEFAULTS.items() if name in _NUMBERS},
        vrf=KEEPALIVE_DEFAULTS["vrf"],
        precedence=None if marked else KEEPALIVE_DEFAULTS["precedence"],
    )
    return fill(switch.Keepalive, default, derived, {"precedence": precedence}, said, path=("keepalive",), extra=())


_NUMBERS = frozenset({"udp-port", "interval", "timeout", "hold-timeout"})


def _address(pair: Pair, hostname: str) -> str | None:
    management = pair.facts.switches[hostname].management
    return str(ip_interface(management).ip) if management else None
