"""What models, releases and names of ports tell of the hardware."""

from __future__ import annotations

import pytest

from mlagkit.nxos.chassis import (
    chassis,
    has_cloud_scale_suffix,
    has_two_supervisors,
    is_9300,
    is_modular,
    is_on_extender,
    is_virtual,
    may_have_r_cards,
    product_line,
    slot,
    socket,
)
from mlagkit.values import InterfaceName


@pytest.mark.parametrize(
    ("model", "name", "modular", "two", "of_9300"),
    [
        ("N9K-C93180YC-FX", "93180YC-FX", False, False, True),
        ("Nexus9000 C93180YC-FX Chassis", "93180YC-FX", False, False, True),
        ("N9K-C9336C-FX2", "9336C-FX2", False, False, True),
        ("N9K-C92160YC-X", "92160YC-X", False, False, False),
        ("n9k-c9504", "9504", True, True, False),
        ("N7K-C7010", "7010", True, True, False),
        ("N77-C7702", "7702", True, False, False),
        ("N5K-C5548UP", "5548UP", False, False, False),
        ("N3K-C3172PQ", "3172PQ", False, False, False),
    ],
)
def test_model(model: str, name: str, modular: bool, two: bool, of_9300: bool) -> None:
    """A model tells its chassis, whether it has line cards, two supervisors, and whether it is of the 9300 series."""
    assert (chassis(model), is_modular(model), has_two_supervisors(model), is_9300(model)) == (
        name,
        modular,
        two,
        of_9300,
    )


@pytest.mark.parametrize(
    ("model", "cloud_scale", "r_cards", "virtual"),
    [
        ("N9K-C93180YC-FX3", True, False, False),
        ("Nexus9000 C9332D-GX2B Chassis", True, False, False),
        ("N9K-C9396PX", False, False, False),
        ("N9K-C92160YC-X", False, False, False),
        ("N9K-C9364C", False, False, False),
        ("Nexus9000 C9504 (4 Slot) Chassis", False, True, False),
        ("N9K-C9508", False, True, False),
        ("N9K-C9516", False, False, False),
        ("N3K-C36180YC-R", False, True, False),
        ("Nexus9000 C9300v Chassis", False, False, True),
        ("Nexus9000 9000v Chassis", False, False, True),
        ("N9K-C9500v", False, False, True),
    ],
)
def test_chip(model: str, cloud_scale: bool, r_cards: bool, virtual: bool) -> None:
    """A model tells whether its chip is named Cloud Scale, may be that of -R cards, or is none."""
    assert (has_cloud_scale_suffix(model), may_have_r_cards(model), is_virtual(model)) == (
        cloud_scale,
        r_cards,
        virtual,
    )


@pytest.mark.parametrize(
    ("model", "release", "expected"),
    [
        ("N5K-C5548UP", "10.3(5)", "n5k"),
        (None, "7.3(7)N1(1)", "n5k"),
        (None, "7.0(3)I7(3)", "n9k"),
        (None, "7.0(3)F3(1)", "n9k"),
        (None, "9.3(8)", "n9k"),
        (None, "10.4(2)", "n9k"),
        (None, "8.4(2)", "n7k"),
        (None, "7.3(6)D1(1)", "n7k"),
        (None, None, None),
    ],
)
def test_product_line(model: str | None, release: str | None, expected: str | None) -> None:
    """The model tells the product line before the release does; without both nobody knows."""
    assert product_line(model, release) == expected


@pytest.mark.parametrize(
    ("name", "in_slot", "lane_of"),
    [
        ("Ethernet1/48", 1, None),
        ("Ethernet12/3", 12, None),
        ("Ethernet1/49/2", 1, "Ethernet1/49"),
        ("Ethernet1/48.10", 1, None),
        ("Ethernet101/1/5", None, None),
        ("port-channel48", None, None),
        ("mgmt0", None, None),
    ],
)
def test_port(name: str, in_slot: int | None, lane_of: str | None) -> None:
    """A port of the chassis has a slot, and a lane the port that it is of; a fabric extender's ports have neither."""
    assert (slot(InterfaceName(name)), socket(InterfaceName(name))) == (in_slot, lane_of)
    assert is_on_extender(InterfaceName(name)) == name.startswith("Ethernet101")
