"""The runner of `make interop` itself: what it reads of its scripts, the table, and a script that crashes."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

FOLDER = Path(__file__).parent.parent / "interop"
SAID = {"client": "c", "version": "1", "operation": "open", "result": "ok", "remark": "0.1 s"}


@pytest.fixture
def runner(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """`interop/run.py`, as python finds its neighbours when it is run."""
    monkeypatch.syspath_prepend(str(FOLDER))
    for name in ("run", "table", "operations"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    return importlib.import_module("run")


def test_rows_are_read(runner: ModuleType) -> None:
    """A line of JSON is a row; anything else is an error, so that no operation is lost."""
    (row,) = runner.read([json.dumps(SAID)])
    assert (row.client, row.operation, row.result) == ("c", "open", "ok")
    for wrong in ("no JSON", json.dumps({**SAID, "more": 1}), json.dumps({**SAID, "result": "fine"}), "[]"):
        with pytest.raises(ValueError, match=r".+"):
            runner.read([wrong])


def test_table(runner: ModuleType) -> None:
    """The columns are as wide as what stands in them, a bar is no column, and the results are counted."""
    rows = [
        runner.Row("ssh", "9", "| include", "ok", "0.1 s"),
        runner.Row("ansible", "12", "facts", "refused", "no sample"),
    ]
    assert runner.written(rows).splitlines() == [
        "| client  | version | operation  | result  | remark    |",
        "|---------|---------|------------|---------|-----------|",
        "| ssh     | 9       | \\| include | ok      | 0.1 s     |",
        "| ansible | 12      | facts      | refused | no sample |",
        "",
        "1 ok, 1 refused.",
    ]


@pytest.mark.interop
def test_a_script_that_crashes(runner: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it did before is kept, how it ended is a failure."""
    script = tmp_path / "by_nobody.py"
    script.write_text(f"import json\nprint(json.dumps({SAID!r}), flush=True)\nraise SystemExit('gone')\n")
    monkeypatch.setattr(runner, "may_listen", lambda: False)
    rows = runner.asked("nobody", runner.Client(str(script)))
    assert [(row.operation, row.result, row.remark) for row in rows] == [
        ("open", "ok", "0.1 s"),
        ("ends", "failed", "gone"),
        ("the switch is left as it was found", "ok", ""),
    ]


def test_a_client_that_cannot_be_had(runner: ModuleType) -> None:
    """It says why, and fails nothing unless that is asked for."""
    (row,) = runner.asked("nobody", runner.Client("none.py", program="no-such-program"))
    assert (row.result, row.remark) == ("not available", "there is no program no-such-program here")
