"""Who may log in."""

from __future__ import annotations

import hmac
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Login:
    """The one account of a lab."""

    username: str
    password: str

    def accepts(self, username: str, password: str) -> bool:
        """Whether these are its name and password."""
        return username == self.username and hmac.compare_digest(password.encode(), self.password.encode())
