"""Two configurations of one switch to the changes between them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace

from mlagkit.config import COMMENT, ConfigTree
from mlagkit.diff.change import Action, Change, Policy, Section, SwitchDiff, Uncompared, Unmanaged
from mlagkit.diff.unknown import uncompared, with_running
from mlagkit.diff.walk import Walk
from mlagkit.nxos.affected import affected
from mlagkit.nxos.context import Context
from mlagkit.nxos.effective import Side
from mlagkit.values import VlanSet

__all__ = [
    "Action",
    "Change",
    "Policy",
    "Section",
    "SwitchDiff",
    "Uncompared",
    "Unmanaged",
    "Walk",
    "diff",
    "fingerprint",
    "uncompared",
    "walk",
    "with_running",
]


def diff(
    running: ConfigTree,
    intended: ConfigTree,
    *,
    policy: Policy | None = None,
    base: ConfigTree | None = None,
    contexts: tuple[Context, Context] | None = None,
) -> SwitchDiff:
    """What has to change on the switch that runs ``running`` so that it does what ``intended`` says.

    ``base`` is what was intended before: what it declared and ``intended`` does not is removed.
    ``contexts`` are the switch-wide defaults of both, read from the texts where not given.
    """
    found = list(walk(running, intended, policy=policy, base=base, contexts=contexts).items())
    return SwitchDiff(
        tuple(item for item in found if isinstance(item, Change)),
        tuple(item for item in found if isinstance(item, Unmanaged)),
    )


def walk(
    running: ConfigTree,
    intended: ConfigTree,
    *,
    policy: Policy | None = None,
    base: ConfigTree | None = None,
    contexts: tuple[Context, Context] | None = None,
) -> Walk:
    """Both sides of that comparison, read as far as they differ, for whoever goes on from there."""
    policy = policy or Policy()
    if base is not None:
        policy = replace(policy, dropped=_dropped(base, intended))
    here, there = contexts or (Context.of(running), Context.of(intended))
    there = here if here == there else there  # what is looked up for one of them is found for both
    old, new = affected(running, intended, everything=here != there)
    return Walk(Side(old, here), Side(new, there), policy)


def fingerprint(tree: ConfigTree) -> str:
    """SHA-256 over a configuration without the comments that differ from read to read."""
    kept = "\n".join(raw for raw in tree.raws if raw and raw[0] not in COMMENT)
    return hashlib.sha256(kept.encode("utf-8", "surrogateescape")).hexdigest()


def _dropped(base: ConfigTree, intended: ConfigTree) -> Mapping[tuple[Section, str], VlanSet]:
    """The settings that the base declared and the intent does not, by section and key."""
    gone = diff(base, intended, policy=Policy(strict=True)).changes
    return {
        (change.section, change.key): change.vlans
        for change in gone
        if change.action is Action.REMOVE or (change.row and change.row.relists and change.vlans)
    }
