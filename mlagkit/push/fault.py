"""What ends a push before its time."""

from __future__ import annotations


class Fault(Exception):
    """Something did not go as planned; ``switch`` is where, ``""`` where it is the pair as a whole."""

    def __init__(self, switch: str, what: str) -> None:
        super().__init__(f"{switch}: {what}" if switch else what)
        self.switch = switch
        self.what = what
