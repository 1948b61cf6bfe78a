"""Every exception that mlagkit raises on purpose, each with the exit code that the command line promises.

MlagkitError
├── InputError      2   what was given can't be used; carries findings
├── DeviceError     3   a switch could not be reached, refused the login, or is not the one expected
│   ├── Stranger    3   nobody has confirmed that this is the switch which answers there
│   ├── CommandRefused  3   it does not carry out this command
│   └── BrokenReply 2   what it sent is cut, mixed up or too large, and can't be used
├── Refused         4   nothing was changed, because changing it would not be safe
└── Unfinished      5   something was changed and the result is not the planned one
"""

from __future__ import annotations

from collections.abc import Sequence

from mlagkit.finding import Finding


class MlagkitError(Exception):
    """The root of the tree; ``exit_code`` is what the process returns."""

    exit_code = 70


class InputError(MlagkitError):
    """A file, an option or a value can't be used; every reason is a finding with its place."""

    exit_code = 2

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("\n".join(f"{finding.origin}: {finding.message}" for finding in findings))
        self.findings = tuple(findings)

    def __reduce__(self) -> tuple[type[InputError], tuple[Sequence[Finding]]]:
        """What a copy in another process is made of."""
        return InputError, (self.findings,)


class DeviceError(MlagkitError):
    """A switch did not answer as it must: which one, what was tried, what to do."""

    exit_code = 3

    def __init__(self, switch: str, tried: str, advice: str) -> None:
        super().__init__(f"{switch}: {tried}; {advice}")
        self.switch = switch
        self.tried = tried
        self.advice = advice

    @property
    def words(self) -> str:
        """The message for where the switch is named already."""
        return f"{self.tried}; {self.advice}"

    def __reduce__(self) -> tuple[type[DeviceError], tuple[str, ...]]:
        """What a copy in another process is made of."""
        return type(self), (self.switch, self.tried, self.advice)


class Stranger(DeviceError):
    """The key or the certificate at an address is not known for it: no credential was sent."""


class CommandRefused(DeviceError):
    """A switch answered that it does not carry out a command, in the words of ``said``; the session goes on."""

    def __init__(self, switch: str, tried: str, advice: str, said: str) -> None:
        super().__init__(switch, tried, advice)
        self.said = said

    def __reduce__(self) -> tuple[type[DeviceError], tuple[str, ...]]:
        """The same, with what it said."""
        return type(self), (self.switch, self.tried, self.advice, self.said)


class BrokenReply(DeviceError):
    """A switch answered, but not with one whole answer: bad input, from the wire."""

    exit_code = 2


class Refused(MlagkitError):
    """Refused before any change."""

    exit_code = 4


class Unfinished(MlagkitError):
    """A change was begun and did not end as planned."""

    exit_code = 5
