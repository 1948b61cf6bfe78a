"""``--running`` where no pair file says whose the running-configs are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mlagkit.config import ConfigTree


def trees_of(running: Sequence[str], names: str | None) -> Mapping[str, ConfigTree]:
    """Both configurations by hostname; InputError where they can't be used."""
    from mlagkit.running import both

    return both([Path(source) for source in running], tuple(names.split(",")) if names else ())
