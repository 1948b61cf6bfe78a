"""The commands of exec mode that act on a switch as a whole, each with the forms that the lab carries out.

What stands behind a verb is refused unless it is one of these forms.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from mlagkit.nxos.lab import texts
from mlagkit.nxos.lab.answer import Answer, Ask
from mlagkit.nxos.lab.chassis import Chassis
from mlagkit.nxos.lab.replace import configure_replace
from mlagkit.nxos.lab.rollback import checkpoint, rollback

Command = Callable[[Chassis, Sequence[str]], Answer | Ask | None]
"""The words behind the verb -> what is answered; None where that is no form of the command."""


def _copy(chassis: Chassis, words: Sequence[str]) -> Answer | Ask | None:
    """``copy running-config startup-config`` and ``copy running-config bootflash:FILE``."""
    if len(words) != 2 or words[0] != "running-config":
        return None
    if words[1] == "startup-config":
        chassis.save()
        return Answer(texts.COPIED)
    if ":" not in words[1]:
        return None

    def write() -> Answer:
        chassis.bootflash.write(words[1], chassis.running_config(), chassis.now)
        return Answer(texts.COPIED)

    return Ask(texts.EXISTS, write) if chassis.bootflash.has(words[1]) else write()


def _clear(chassis: Chassis, words: Sequence[str]) -> Answer | None:
    """``clear checkpoint database`` (guide, p. 198) and ``clear scheduler logfile`` (scheduler guide)."""
    if list(words) == ["checkpoint", "database"]:
        chassis.checkpoints.clear()
    elif list(words) == ["scheduler", "logfile"]:
        chassis.scheduler.text = ""
    else:
        return None
    return Answer()


def _dir(chassis: Chassis, words: Sequence[str]) -> Answer | None:
    """``dir [bootflash:[FILE]]``."""
    return Answer(chassis.bootflash.listing(*words)) if len(words) < 2 else None


def _delete(chassis: Chassis, words: Sequence[str]) -> Answer | Ask | None:
    """``delete FILE [no-prompt]``: scrapli_cfg's sessions, a recipe in ironcore's network-operator [certain]."""
    if not words or list(words[1:]) not in ([], ["no-prompt"]):
        return None
    chassis.bootflash.read(words[0])

    def delete() -> Answer:
        chassis.bootflash.delete(words[0])
        return Answer()

    question = texts.ASK_DELETE.format(words[0].rpartition(":")[2].lstrip("/"))
    return delete() if words[1:] else Ask(question, delete, default=True)


def _write(chassis: Chassis, words: Sequence[str]) -> Ask | None:
    """``write erase``."""

    def erase() -> Answer:
        chassis.erase()
        return Answer()

    return Ask(texts.ASK_ERASE, erase) if list(words) == ["erase"] else None


def _reload(chassis: Chassis, words: Sequence[str]) -> Ask | None:
    """``reload``."""

    def restart() -> Answer:
        chassis.reload()
        return Answer(closes=True)

    return None if words else Ask(("" if chassis.is_saved else texts.UNSAVED) + texts.ASK_RELOAD, restart)


def _no_checkpoint(chassis: Chassis, words: Sequence[str]) -> Answer | None:
    if len(words) != 1:
        return None
    chassis.checkpoints.drop(words[0])
    return Answer()


COMMANDS: Mapping[str, Command] = {
    "checkpoint": checkpoint,
    "no checkpoint": _no_checkpoint,
    "rollback": rollback,
    "configure replace": configure_replace,
    "copy": _copy,
    "clear": _clear,
    "dir": _dir,
    "delete": _delete,
    "write": _write,
    "reload": _reload,
}
"""Verb -> its function."""
