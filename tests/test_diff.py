"""What a difference says: each file of fixtures/nxos/diff is one comparison with its answer."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.diff_cases import FEATURES, FOLDER, Case, applied, left, shown, typed

CASES = sorted(FOLDER.glob("*.yaml"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    """The changes, their commands and what is left alone are exactly those that the file names."""
    case = Case.read(path)
    found = case.diff(case.before)
    assert list(map(shown, found.changes)) == case.changes, case.why
    assert list(map(typed, found.changes)) == case.commands, case.why
    assert list(map(left, found.unmanaged)) == case.left_alone, case.why


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_typed_into_the_switch(path: Path) -> None:
    """Typed in the order in which they are shown, the commands leave nothing to do; or the file says why not."""
    case = Case.read(path)
    needed = "".join(line for line in FEATURES.splitlines(keepends=True) if line not in case.before + case.after)
    after, refused = applied(needed + case.before, case.diff(needed + case.before, needed).changes)
    todo = [shown(change) for change in case.diff(after, needed).changes]
    if case.in_order:
        assert todo + refused, "it works now; in_order may go"
    else:
        assert not todo + refused


ROWS_OF_PEERS = range(1, 20)
ROWS_OF_THE_REFERENCE = range(1, 19)


def test_every_row_has_its_case() -> None:
    """Each row of the comparison with other tools, and each of section 7 that concerns a diff, has a file."""
    names = [path.stem for path in CASES]
    for prefix, rows in (("peers", ROWS_OF_PEERS), ("row", ROWS_OF_THE_REFERENCE)):
        missing = [row for row in rows if not any(name.startswith(f"{prefix}-{row:02}-") for name in names)]
        assert not missing, f"{prefix}: {missing}"


def test_no_command_opens_a_trunk() -> None:
    """In no case is a trunk's list taken back, or a keepalive, or VLAN 1."""
    for path in CASES:
        case = Case.read(path)
        for line in case.commands:
            assert line is None or not re.match(r"no (switchport trunk allowed|peer-keepalive|vlan 1\b)", line), (
                path.stem
            )
