"""On how many pairs each rule was seen to find a fault in one switch: ``python -m tests.count_seeded``.

A line for each fault: the rule, on how many correct pairs the fault was found of how many that can have it, the fault,
and the errors of other rules that follow from it.
"""

from __future__ import annotations

import sys

from tests import test_rules_seeded as lines
from tests.seeded import tried
from tests.test_seeded import FAULTS, SEEDED, UNSEEDED


def main() -> int:
    """Try every fault, and count."""
    told: list[tuple[str, int, int, str]] = []
    for fault in FAULTS:
        found = tried(fault)
        follows = "".join(f"; {rule}: {why}" for rule, why in fault.follows.items())
        told.append((fault.rule, len({*found.pairs} - {*found.missed}), len(found.pairs), f"{fault.words}{follows}"))
    told += [(each.rule, len(lines.USABLE), len(lines.USABLE), " ".join(each.after.split())) for each in lines.FAULTS]
    for rule, caught, count, words in sorted(told):
        sys.stdout.write(f"{rule} {caught} of {count}  {words}\n")
    least = {rule: min(count for other, _, count, _ in told if other == rule) for rule in SEEDED}
    sys.stdout.write(f"{len(told)} faults of {len(least)} rules, on {min(least.values())} pairs or more; ")
    sys.stdout.write(f"{len(UNSEEDED)} rules speak only where both switches have the fault\n")
    return int(any(caught < count for _, caught, count, _ in told))


if __name__ == "__main__":
    sys.exit(main())
