"""What differs between a pair's intent and what its switches run, as one value for both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mlagkit.diff import Change, Unmanaged
from mlagkit.finding import Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchResult:
    """One switch: its changes, each with the place that it comes from; or why there is nothing to compare.

    ``file`` is where the running-config came from. A change's origin is the line of the pair file that
    declares it, of what is removed the line of the running-config.
    """

    file: str = ""
    changes: tuple[tuple[Change, Origin], ...] = ()
    unmanaged: tuple[Unmanaged, ...] = ()
    fingerprint: str = ""
    error: str | None = None


@dataclass(frozen=True, slots=True)
class PairDiff:
    """Both switches of a pair, in the order of the pair file."""

    pair: str
    switches: Mapping[str, SwitchResult]

    @property
    def differs(self) -> bool:
        """Whether there is any change."""
        return any(result.changes for result in self.switches.values())
