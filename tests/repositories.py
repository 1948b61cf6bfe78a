"""Git repositories that tests make: always the same commits, whoever runs them and when."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_WHO = {
    **{f"GIT_{role}_NAME": "nobody" for role in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{role}_EMAIL": "nobody@example.net" for role in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{role}_DATE": "2026-11-01T12:00:00+0000" for role in ("AUTHOR", "COMMITTER")},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository with a working tree."""

    top: Path

    @classmethod
    def new(cls, top: Path, files: Mapping[str, str]) -> Repository:
        """One with a single commit of these files on ``main``."""
        top.mkdir(parents=True, exist_ok=True)
        made = cls(top)
        made.git("init", "--initial-branch=main")
        made.write(files)
        made.commit("first")
        return made

    def git(self, *args: str) -> str:
        """Run git there."""
        done = subprocess.run(
            ["git", "-C", str(self.top), *args], check=True, capture_output=True, env=os.environ | _WHO
        )
        return done.stdout.decode().strip()

    def write(self, files: Mapping[str, str]) -> None:
        """Write files of the working tree."""
        for name, text in files.items():
            path = self.top / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")

    def commit(self, message: str) -> str:
        """Commit all that is there; its id."""
        self.git("add", "--all")
        self.git("commit", "-m", message)
        return self.git("rev-parse", "HEAD")
