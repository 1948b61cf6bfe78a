"""The one shape of every problem: where it stands, how bad it is, what to do about it."""

from enum import StrEnum
from typing import NamedTuple

from mlagkit.record import record


class Severity(StrEnum):
    """How bad a finding is; the order is from worst to mildest."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the worst; what sorting and ``--fail-level`` compare."""
        return list(Severity).index(self)

    def reaches(self, level: str) -> bool:
        """Whether it is as bad as a ``--fail-level``, which may be ``none``, or worse."""
        return level != "none" and self.rank <= Severity(level).rank


class Origin(NamedTuple):
    """The place that a value came from: a file with a line and a column, both counted from 1."""

    file: str
    line: int = 1
    column: int = 1

    @classmethod
    def of_index(cls, text: str, index: int, file: str) -> "Origin":
        """The place of a character of the file's text."""
        return cls(file, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@record
class Waived:
    """Why a finding is accepted, and where that is written; what only a comment allows has no owner and no last day."""

    reason: str
    origin: Origin
    owner: str | None = None
    expires: str | None = None


@record
class Finding:
    """One problem at one place, as every command reports it.

    ``rule`` is an id that never changes (``IN04``), ``name`` the same for people (``unknown-key``); ``keys`` are the
    path in the pair file and ``fix`` what to write instead, empty where that is not mechanical; ``advice`` is what is
    to be done, in the words of the rule. What is ``waived`` is shown as such and counts for nothing.
    """

    rule: str
    name: str
    severity: Severity
    message: str
    origin: Origin
    pair: str | None = None
    switch: str | None = None
    keys: tuple[str, ...] = ()
    fix: str = ""
    advice: str = ""
    waived: Waived | None = None

    @property
    def object(self) -> str:
        """The path as it is shown (``vpcs.12``); a key may hold dots itself (``Ethernet1/1.10``)."""
        return ".".join(self.keys)
