"""Whatever two running-configs say, the rules can be asked about them."""

from __future__ import annotations

from hypothesis import given

from mlagkit.nxos.parse import parse
from mlagkit.nxos.read import read
from mlagkit.rules import judge
from tests.nxos_lines import neighbours


@given(neighbours())
def test_any_two_configurations_are_judged(texts: tuple[str, str]) -> None:
    """Every finding on two configurations, whatever lines they hold, has a message and a line; both orders agree."""
    one, other = (read(parse(text, f"{name}.cfg"), name=name) for name, text in zip("ab", texts, strict=True))
    found = judge([(one, other)])
    assert all(finding.message and finding.origin.line for finding in found)
    again = {(finding.rule, finding.origin, finding.message) for finding in judge([(other, one)])}
    assert {(finding.rule, finding.origin, finding.message) for finding in found} == again
