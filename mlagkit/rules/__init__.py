"""Rules: what is wrong with a pair, or unwise, judged from what both switches are told.

They see Switches only, so they judge a pair file and two running-configs alike. A rule lives in the module of its
topic; the import here is the list of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import ModuleType

from mlagkit.finding import Finding
from mlagkit.rules import (  # noqa: F401  # each is named for the rules in it
    backup_path,
    bridge_priority,
    domain,
    domains_of_site,
    edge,
    evpn,
    far_ends,
    fhrp,
    hardware,
    host_systems,
    hosts,
    jumbo,
    keepalive,
    keepalive_fate,
    keepalive_path,
    keepalive_reach,
    leg_parameters,
    legs,
    members,
    monitoring,
    orphans,
    peer_gateway,
    peer_link,
    peer_link_trunk,
    qos,
    recovery,
    relay,
    routing,
    security,
    separate_paths,
    spanning_tree,
    svis,
    underlay,
    vlans,
    vxlan,
)
from mlagkit.rules.judge import findings
from mlagkit.rules.rule import Peers, Rule

__all__ = ["RULES", "Rule", "judge"]


def _listed() -> tuple[Rule, ...]:
    """Every rule of the modules imported here, by id; ValueError for two of one id."""
    modules = [value for value in globals().values() if isinstance(value, ModuleType)]
    found: dict[str, Rule] = {}
    for rule in (value for module in modules for value in vars(module).values() if isinstance(value, Rule)):
        if found.setdefault(rule.id, rule) is not rule:
            raise ValueError(f"two rules have the id {rule.id}")
    return tuple(found[key] for key in sorted(found))


RULES: tuple[Rule, ...] = _listed()
"""Every rule, by id."""


def judge(pairs: Sequence[Peers]) -> list[Finding]:
    """What every rule finds on pairs of switches; several pairs are a site, whose pairs are held against each other."""
    return findings(RULES, pairs)
