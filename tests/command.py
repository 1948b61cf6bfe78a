"""Running the command line inside a test: what it printed, and the code that it ended with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from mlagkit.cli import main


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


Run = Callable[..., Ended]


def runner(capsys: pytest.CaptureFixture[str]) -> Run:
    """``run("diff", "x.yaml")``: the command in this process, with everything that `main` does."""

    def run(*args: str) -> Ended:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(args)
        code = ended.value.code
        assert isinstance(code, int)
        return Ended(code, *capsys.readouterr())

    return run
