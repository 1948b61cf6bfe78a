"""Which findings a change brings and which it ends."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mlagkit.finding import Finding, Origin, Severity, Waived
from mlagkit.turned import turned

BASE = Finding(
    rule="ST10", name="peer-switch-not-root", severity=Severity.WARNING, message="", origin=Origin("a"), pair="dc1"
)

# Messages of before, of now, those that are new, and those that are over.
MESSAGES: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "the same": (("VLANs 10,20 lead nowhere",), ("VLANs 10,20 lead nowhere",), (), ()),
    "fewer VLANs": (("VLANs 10,20 lead nowhere",), ("VLANs 10 lead nowhere",), (), ()),
    "a part of a range": (("VLANs 10-40 lead nowhere",), ("VLANs 10-24,26-40 lead nowhere",), (), ()),
    "one VLAN more": (("VLANs 10,20 lead",), ("VLANs 10,20,30 lead",), ("VLANs 10,20,30 lead",), ()),
    "another range": (("VLANs 10-20 lead",), ("VLANs 15-25 lead",), ("VLANs 15-25 lead",), ()),
    "other VLANs": (("VLAN 10 leads",), ("VLAN 20 leads",), ("VLAN 20 leads",), ("VLAN 10 leads",)),
    "one of two that are alike": (("VLAN 10 is a", "VLAN 20 is a"), ("VLAN 20 is a",), (), ("VLAN 10 is a",)),
    "two lists": (("VLANs 1,2 by VLANs 3",), ("VLANs 1 by VLANs 3,4",), ("VLANs 1 by VLANs 3,4",), ()),
    "another sentence": (("VLANs 10,20 lead",), ("VLANs 10 stay",), ("VLANs 10 stay",), ("VLANs 10,20 lead",)),
    "another number": (("after 10,20 s",), ("after 10 s",), ("after 10 s",), ("after 10,20 s",)),
    "no VLANs that there are": (("VLANs 10,9999",), ("VLANs 10",), ("VLANs 10",), ("VLANs 10,9999",)),
}


def findings(messages: tuple[str, ...]) -> list[Finding]:
    """A finding of one rule on one thing for each of the messages."""
    return [replace(BASE, message=message) for message in messages]


@pytest.mark.parametrize("case", MESSAGES.values(), ids=MESSAGES)
def test_messages(case: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]]) -> None:
    """What is said of fewer VLANs is not new, what is said of other ones is not over; all others go by the message."""
    then, now, new, resolved = case
    found = turned(findings(then), findings(now))
    assert tuple(each.message for each in found.new) == new
    assert tuple(each.message for each in found.resolved) == resolved
    assert found.unchanged == len(now) - len(new)


@pytest.mark.parametrize("change", [{"rule": "ST09"}, {"pair": "dc2"}, {"switch": "sw-a"}, {"keys": ("domain",)}])
def test_other_things(change: dict[str, str]) -> None:
    """The same words of fewer VLANs are another finding, if it is of another rule, pair, switch or object."""
    (one,), (other,) = findings(("VLANs 10,20 lead",)), findings(("VLANs 10 lead",))
    other = replace(other, **change)  # type: ignore[arg-type]  # all of these are texts
    found = turned([one], [other])
    assert (found.new, found.resolved) == ((other,), (one,))


def test_what_was_waived() -> None:
    """A finding that counts now and was waived before is new, of however few VLANs it speaks."""
    (one,), (other,) = findings(("VLANs 10,20 lead",)), findings(("VLANs 10 lead",))
    found = turned([replace(one, waived=Waived(reason="x", origin=Origin("a")))], [other])
    assert (found.new, found.resolved) == ((other,), ())
