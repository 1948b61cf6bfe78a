"""A home of its own for a test, whose user has never talked to a switch."""

from __future__ import annotations

from pathlib import Path

import pytest


def settle(home: Path, patch: pytest.MonkeyPatch, password: str = "admin") -> None:
    """A home in which nothing is trusted and nothing was pushed; the name and the password are those of a lab."""
    patch.setenv("HOME", str(home))
    patch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    patch.setenv("XDG_STATE_HOME", str(home / "state"))
    patch.setenv("MLAGKIT_USERNAME", "admin")
    patch.setenv("MLAGKIT_PASSWORD", password)
    for name in ("CI", "SSH_AUTH_SOCK"):
        patch.delenv(name, raising=False)
