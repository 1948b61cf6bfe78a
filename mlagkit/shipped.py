"""The folders that come with the package."""

from __future__ import annotations

from pathlib import Path


def shipped(folder: str) -> Path:
    """Where ``templates`` or ``schemas`` lie: inside the package when installed, beside it in a checkout."""
    here = Path(__file__).parent
    return here / folder if (here / folder).is_dir() else here.parent / folder
