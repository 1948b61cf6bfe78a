"""The words of events: what is printed is read again, and what people type is understood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlagkit.drill import Event, Kind, parse_event
from mlagkit.values import InterfaceName

_NUMBERED = {Kind.VPC, Kind.SVI, Kind.TYPE_1_VPC}
_PORTS = {Kind.LINK, Kind.PEER_LINK_MEMBER}


@st.composite
def events(draw: st.DrawFn) -> Event:
    """Any event with the objects that its kind has."""
    kind = draw(st.sampled_from(Kind))
    number = draw(st.integers(1, 4094)) if kind in _NUMBERED else None
    port = InterfaceName(f"Ethernet1/{draw(st.integers(1, 96))}") if kind in _PORTS else None
    switch = draw(st.sampled_from(("leaf-101", "both", "up"))) if "{switch}" in kind else None
    return Event(kind, switch, port, number, draw(st.booleans()) and kind is not Kind.ROLE_PREEMPT)


@given(events())
def test_printed_and_read(event: Event) -> None:
    """Every event is read as it was printed; all that takes a switch away has one return, and `both` is both."""
    read = parse_event(str(event))
    is_return = event.up and event.kind in (Kind.POWER_OFF, Kind.RELOAD, Kind.HANG)
    if is_return:
        assert read == Event(Kind.POWER_OFF, event.switch, up=True)
    elif event.kind is Kind.POWER_OFF and event.switch == "both":
        assert read == Event(Kind.POWER_OFF_BOTH)
    else:
        assert read == event


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("peer-link up", "peer-link up"),
        ("peer-link down up", "peer-link up"),
        ("vpc 11 up on leaf-101", "vpc 11 up on leaf-101"),
        ("vpc 11 down on leaf-101 up", "vpc 11 up on leaf-101"),
        ("link  up leaf-101 eth1/7", "link up leaf-101 Ethernet1/7"),
        ("svi 10 up leaf-101", "svi 10 up leaf-101"),
        ("power-on leaf-101", "power-on leaf-101"),
        ("hang leaf-101 up", "power-on leaf-101"),
        ("type-1 mismatch up", "type-1 mismatch up"),
        ("shutdown domain leaf-101 up", "shutdown domain leaf-101 up"),
        ("power-off both up", "power-off both up"),
    ],
)
def test_returns(typed: str, printed: str) -> None:
    """A return has `up` in the place of `down`, or behind the whole event."""
    assert str(parse_event(typed)) == printed


@pytest.mark.parametrize("text", ["", "peer-link", "vpc 0 down on a", "svi 4095 down a", "role preempt up"])
def test_no_event(text: str) -> None:
    """Anything else is none."""
    with pytest.raises(ValueError, match=r"no event|no VLAN|no return"):
        parse_event(text)
