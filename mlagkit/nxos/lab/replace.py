"""``configure replace``: a whole running-config from a file in place of the present one, on trial if asked to.

Forms: "Performing Configuration Replace", N9K System Management guides 7.x-10.x, and "Configure Replace", N7K
Fundamentals guide 8.x (vpc-reference 7 row 23): the patch is computed on the switch, the previous configuration comes
back on an error and when the commit timer runs out, 30-3600 seconds [certain]. Options in another order than here,
and texts, are [assumed].
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from mlagkit.nxos.lab import texts
from mlagkit.nxos.lab.answer import Answer, Ask, Rejected
from mlagkit.nxos.lab.chassis import Chassis, Replacement
from mlagkit.nxos.lab.checkpoint import is_checkpoint
from mlagkit.nxos.lab.faults import RollbackFault
from mlagkit.nxos.lab.patch import patch
from mlagkit.nxos.lab.store import Store

_SPAN = range(30, 3601)


def configure_replace(chassis: Chassis, words: Sequence[str]) -> Answer | Ask | None:
    """``configure replace bootflash:FILE [show-patch | verify-only | verbose] [commit-timeout N]``, and its commit.

    ``best-effort`` is refused: what it leaves behind after an error is not known.
    """
    if list(words) == ["commit"]:
        return _commit(chassis)
    if not words or ":" not in words[0]:
        return None
    options = list(words[1:])
    timeout = _timeout(options)
    option = options.pop(0) if options else ""
    if options or option not in ("", "show-patch", "verify-only", "verbose"):
        return None
    if chassis.replacement:
        raise Rejected(texts.REPLACE_PENDING)
    text = chassis.bootflash.read(words[0])
    if is_checkpoint(text):
        raise Rejected(texts.REPLACE_IS_CHECKPOINT)
    target = chassis.read(text)
    if option in ("show-patch", "verify-only"):
        return Answer("\n".join(_shown(chassis, target)))
    return Ask(texts.ASK_REPLACE, lambda: _replace(chassis, target, timeout, option == "verbose"))


def _timeout(options: list[str]) -> int | None:
    """The seconds of ``commit-timeout``, taken out of the options."""
    if "commit-timeout" not in options:
        return None
    at = options.index("commit-timeout")
    seconds = options[at + 1] if at + 1 < len(options) else ""
    del options[at : at + 2]
    if not seconds.isdecimal() or int(seconds) not in _SPAN:
        raise Rejected(texts.OUT_OF_RANGE.format(_SPAN.start, _SPAN.stop - 1))
    return int(seconds)


def _shown(chassis: Chassis, target: Store) -> list[str]:
    lines = patch(chassis.store, target)
    return [texts.COLLECTING, texts.GENERATING, *(["!!", *lines] if lines else [texts.EMPTY_PATCH])]


def _replace(chassis: Chassis, target: Store, timeout: int | None, verbose: bool) -> Answer:
    shown = _shown(chassis, target) if verbose else [texts.COLLECTING, texts.GENERATING]
    if not chassis.takes(target, patch(chassis.store, target)):
        is_text = chassis.faults.rollback is RollbackFault.TEXT
        return Answer("\n".join([*shown, texts.REPLACE_FAILED]), ok=is_text)
    before = chassis.store.snapshot()
    chassis.restore(target.snapshot())
    if timeout is not None:
        chassis.replacement = Replacement(chassis.now + timedelta(seconds=timeout), before)
    return Answer("\n".join([*shown, texts.REPLACED]))


def _commit(chassis: Chassis) -> Answer:
    if chassis.replacement is None:
        raise Rejected(texts.NOTHING_TO_COMMIT)
    chassis.replacement = None
    return Answer(texts.COMMITTED)
