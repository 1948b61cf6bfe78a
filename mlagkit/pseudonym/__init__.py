"""Other names for what must not be told: of the same form, and always the same one for the same word of one bundle.

Everything hangs on a key that is drawn for a bundle and not kept, so nobody can look a word up, or go back.
"""

from __future__ import annotations

import hmac
import secrets


class Key:
    """Numbers that look drawn by lot, the same for the same words; without the key nobody can tell which."""

    def __init__(self, key: bytes | None = None) -> None:
        self._key = key or secrets.token_bytes(32)

    def number(self, *words: object) -> int:
        """A number of 256 bits for these words."""
        text = "\0".join(map(str, words)).encode("utf-8", "surrogateescape")
        return int.from_bytes(hmac.digest(self._key, text, "sha256"), "big")
