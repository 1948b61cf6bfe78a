"""What every client script says of its operations: one line of JSON each. The standard library is all it needs.

It runs in the environment of the client, which has nothing of this project.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable, Mapping
from importlib.metadata import version
from typing import Any, TypeVar

_T = TypeVar("_T")

_LONGEST = 160
_WHITE = re.compile(r"\s+")


class Switch:
    """The emulated switch that a script is told of on its standard input."""

    def __init__(self, told: Mapping[str, Any]) -> None:
        self.name: str = told["name"]
        self.host: str = told["host"]
        self.ssh: int = told["ssh"]
        self.https: int = told["https"]
        self.username: str = told["username"]
        self.password: str = told["password"]
        self.host_key: str = told["host_key"]


def switch() -> Switch:
    """Read what the runner wrote."""
    return Switch(json.load(sys.stdin))


class Operations:
    """The operations of one client, said as they end, so that what was done before a crash is known."""

    def __init__(self, client: str, package: str = "", version_text: str = "") -> None:
        self._client = client
        self._version = version_text or version(package)

    def run(self, operation: str, act: Callable[[], _T], refused: str = "") -> _T | None:
        """Do it: what ``act`` returns passes, what it raises is the failure.

        ``refused`` is why the switch gives no answer here; then it has to fail.
        """
        started = time.monotonic()
        returned, error = None, ""
        try:
            returned = act()
        except Exception as raised:  # noqa: BLE001 -- whatever a client ends in is the result
            error = _short(f"{type(raised).__name__}: {raised}")
        if refused:
            self._say(operation, *(("refused", refused) if error else ("failed", "answered without a source")))
        else:
            took = f"{time.monotonic() - started:.1f} s"
            self._say(operation, "failed" if error else "ok", error or took)
        return returned

    def _say(self, operation: str, result: str, remark: str) -> None:
        said = {"client": self._client, "version": self._version, "operation": operation}
        print(json.dumps({**said, "result": result, "remark": remark}), flush=True)


def want(found: object, *texts: str) -> None:
    """AssertionError where one of the texts is not in what was found."""
    missing = [text for text in texts if text not in str(found)]
    if missing:
        raise AssertionError(f"{missing} not in: {str(found)[-_LONGEST:]}")


def want_none(found: object, *texts: str) -> None:
    """AssertionError where one of the texts is in what was found."""
    there = [text for text in texts if text in str(found)]
    if there:
        raise AssertionError(f"{there} in: {str(found)[-_LONGEST:]}")


def _short(text: str) -> str:
    flat = _WHITE.sub(" ", text).strip()
    return flat if len(flat) <= _LONGEST else f"{flat[: _LONGEST - 1]}…"
