"""Expand: from what a person writes about a pair to what each of its switches is told, with nothing implied.

Defaults come from the command catalogue and nowhere else; what can be derived is derived here.
"""

from __future__ import annotations

from mlagkit.expand.domain import domain_of, keepalive_of
from mlagkit.expand.features import features_of, is_evpn
from mlagkit.expand.fill import defaults, fill
from mlagkit.expand.hosts import hosts_of
from mlagkit.expand.layer2 import spanning_tree_of, vlans_of
from mlagkit.expand.layer3 import evpn_of, loopbacks_of, nve_of, routes_of, svis_of, vrfs_of
from mlagkit.expand.ports import ports_of
from mlagkit.intent.pair import Intent, Pair
from mlagkit.nxos.context import Context, family, release_numbers
from mlagkit.switch import Switch

__all__ = ["context_of", "expand"]


def expand(pair: Pair) -> dict[str, Switch]:
    """Both switches by hostname, in the order of the file."""
    return {hostname: _switch(pair, hostname) for hostname in pair.hostnames}


def context_of(intent: Intent) -> Context:
    """What the defaults of a switch depend on."""
    said = intent.system
    switchport = said.switchport_default if said else None
    usual = Context()
    return Context(
        family=family(intent.model),
        release=release_numbers(intent.release),
        switchport=usual.switchport if switchport is None else switchport,
        switchport_shutdown=bool(said and said.switchport_shutdown_default),
        jumbo_mtu=(said and said.jumbo_mtu) or usual.jumbo_mtu,
    )


def _switch(pair: Pair, hostname: str) -> Switch:
    intent = pair.intents[hostname]
    context = context_of(intent)
    ports = ports_of(pair, hostname, context)
    nve = intent.nve
    return fill(
        Switch,
        defaults("", context),
        intent,
        intent.system,
        nve,
        name=hostname,
        peer=pair.peer_of(hostname),
        pair=pair.name,
        platform=pair.platform,
        switchport_default=intent.system.switchport_default if intent.system else None,
        switchport_shutdown_default=context.switchport_shutdown,
        jumbo_mtu=context.jumbo_mtu,
        features=features_of(intent, ports),
        nv_overlay_evpn=is_evpn(nve),
        vlans=vlans_of(intent, context),
        spanning_tree=spanning_tree_of(intent, context),
        vrfs=vrfs_of(intent),
        routes=routes_of(intent.routes),
        domain=domain_of(pair, hostname, context),
        keepalive=keepalive_of(pair, hostname),
        ports=ports,
        svis=svis_of(intent, context),
        loopbacks=loopbacks_of(intent, context),
        nve=nve_of(intent, context),
        evpn=evpn_of(intent),
        hosts=hosts_of(pair),
        cabling=intent.cabling,
        line_cards=intent.line_cards,
        extra=intent.extra + pair.facts.switches[hostname].extra,
        source=pair.sources[hostname],
        path=(),
    )
