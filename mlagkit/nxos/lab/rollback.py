"""``checkpoint``, ``rollback`` and ``show diff rollback-patch``.

Forms: N3548 guide 7.x pp. 198-199 and the N9K command reference 9.3(x) (vpc-reference 7 rows 20-22) [certain].
"""

from __future__ import annotations

from collections.abc import Sequence

from mlagkit.nxos.lab import texts
from mlagkit.nxos.lab.answer import Answer, Ask, Rejected
from mlagkit.nxos.lab.chassis import Chassis
from mlagkit.nxos.lab.checkpoint import checkpoint_text, is_checkpoint
from mlagkit.nxos.lab.faults import RollbackFault
from mlagkit.nxos.lab.patch import patch
from mlagkit.nxos.lab.store import Store

_TYPES = ("atomic", "best-effort", "stop-at-first-failure")


def checkpoint(chassis: Chassis, words: Sequence[str]) -> Answer | Ask | None:
    """``checkpoint [NAME] [description TEXT]`` and ``checkpoint file FILE``."""
    if words[:1] == ["file"]:
        return _to_file(chassis, words[1]) if len(words) == 2 else None
    named = bool(words) and words[0] != "description"
    name, rest = (words[0], words[1:]) if named else ("", words)
    if rest and (rest[0] != "description" or len(rest) == 1):
        return None
    chassis.checkpoints.make(chassis.store, chassis.now, name, " ".join(rest[1:]).strip('"'))
    return Answer(texts.MADE)


def _to_file(chassis: Chassis, name: str) -> Answer | Ask:
    def write() -> Answer:
        chassis.bootflash.write(name, checkpoint_text(chassis.store, chassis.now), chassis.now)
        return Answer(texts.MADE)

    return Ask(texts.EXISTS, write) if chassis.bootflash.has(name) else write()


def rollback(chassis: Chassis, words: Sequence[str]) -> Answer | None:
    """``rollback running-config {checkpoint NAME | file FILE} [atomic|best-effort|stop-at-first-failure] [verbose]``.

    The whole configuration comes back, or, where a fault refuses a part of it, none of it: what a switch leaves
    behind after ``best-effort`` or ``stop-at-first-failure`` is not known, so they differ from ``atomic`` in
    nothing here.
    """
    options = list(words[3:])
    if options and options[0] in _TYPES:
        options.pop(0)
    if len(words) < 3 or words[0] != "running-config" or options not in ([], ["verbose"]):
        return None
    try:
        target = source(chassis, words[1:3])
    except Rejected as refusal:
        raise Rejected(f"{texts.ADVISORY}\n{refusal.text}") from None
    if target is None:
        return None
    lines = patch(chassis.store, target)
    head = [texts.NOTE, texts.COLLECTING, texts.GENERATING]
    if not chassis.takes(target, lines):
        said = [*head, texts.EXECUTING, texts.VERIFYING, texts.NOT_VERIFIED, texts.ROLLBACK_FAILED]
        return Answer("\n".join(said), ok=chassis.faults.rollback is not RollbackFault.ERROR)
    shown = ["!!", *lines] if options else []
    if not lines:
        return Answer("\n".join([*head, texts.EMPTY_PATCH, "", texts.VERIFIED.split("\n")[-1]]))
    chassis.restore(target.snapshot())
    return Answer("\n".join([*head, texts.EXECUTING, *shown, texts.VERIFYING, texts.VERIFIED]))


def source(chassis: Chassis, words: Sequence[str]) -> Store | None:
    """The configuration that ``checkpoint NAME``, ``file FILE``, ``running-config`` or ``startup-config`` means."""
    if list(words) == ["running-config"]:
        return chassis.store
    if list(words) == ["startup-config"]:
        return chassis.read(chassis.startup)
    if len(words) != 2 or words[0] not in ("checkpoint", "file"):
        return None
    if words[0] == "checkpoint":
        store = chassis.read("")
        store.restore(chassis.checkpoints.get(words[1]).snapshot)
        return store
    text = chassis.bootflash.read(words[1])
    if not is_checkpoint(text):
        raise Rejected(texts.NOT_A_CHECKPOINT)
    return chassis.read(text)


def show_diff(chassis: Chassis, rest: str) -> Answer | None:
    """``show diff rollback-patch SOURCE DESTINATION``: the commands that lead from the first to the second.

    The guide says that a switch reports no changes for a file on bootflash (p. 198), napalm#618 shows it for equal
    configurations: the lab compares files as it does checkpoints.
    """
    words = rest.split()
    if words[:1] != ["rollback-patch"]:
        return None
    first = 2 if words[1:2] in (["checkpoint"], ["file"]) else 1
    stores = [source(chassis, part) for part in (words[1 : 1 + first], words[1 + first :])]
    if stores[0] is None or stores[1] is None:
        return None
    lines = patch(stores[0], stores[1])
    return Answer(
        "\n".join([texts.COLLECTING, texts.GENERATING, *(["!!", *lines] if lines else [texts.EMPTY_PATCH]), ""])
    )


def show_checkpoint(chassis: Chassis, rest: str) -> Answer | None:
    """``show checkpoint [NAME]`` and ``show checkpoint summary``; how the texts are set apart is [likely]."""
    words = rest.split()
    if words == ["summary"]:
        return Answer(chassis.checkpoints.summary())
    if len(words) > 1:
        return None
    found = [chassis.checkpoints.get(name) for name in words or chassis.checkpoints.names]
    return Answer("\n".join(f"{'-' * 80}\nName: {each.name}\n\n{each.text}" for each in found))
