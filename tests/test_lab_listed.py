"""What the emulated switch lists of its configuration, and what stands behind a pipe."""

from __future__ import annotations

import json

import pytest

from tests.lab_logins import START, Login, switch

MORE = "vlan 20\n  shutdown\n  state suspend\nvrf context management\nvrf context blue\n"


@pytest.fixture
def login() -> Login:
    """A client of a switch."""
    return Login(switch(START + MORE))


def test_vlans(login: Login) -> None:
    """Every VLAN with its name, its state and the ports that the configuration gives it, no members of channels."""
    text = login.says("show vlan")
    assert "1    default                          active    Eth1/2\n" in text
    assert "10   web                              active    Po10\n" in text
    rows = json.loads(login.says("show vlan | json"))["TABLE_vlanbrief"]["ROW_vlanbrief"]
    assert [row["vlanshowbr-vlanid"] for row in rows] == ["1", "10", "20"]
    assert rows[2]["vlanshowbr-vlanname"] == "VLAN0020"
    assert (rows[2]["vlanshowbr-vlanstate"], rows[2]["vlanshowbr-shutstate"]) == ("suspend", "shutdown")
    assert rows[1]["vlanshowplist-ifidx"] == "port-channel10"
    assert json.loads(login.says("show vlan brief | json"))["TABLE_vlanbriefxbrief"]["ROW_vlanbriefxbrief"] == rows


def test_vrfs(login: Login) -> None:
    """The two that are always there, and those of the configuration."""
    rows = json.loads(login.says("show vrf all | json"))["TABLE_vrf"]["ROW_vrf"]
    assert [(row["vrf_name"], row["vrf_id"]) for row in rows] == [("blue", 3), ("default", 1), ("management", 2)]
    assert "management                              2 Up" in login.says("show vrf")


def test_running_config_of_vpc(login: Login) -> None:
    """The domain, and of interfaces only what is vPC."""
    text = login.says("show running-config vpc")
    assert "vpc domain 10\n  peer-switch\n  role priority 100\n" in text
    assert text.endswith("\ninterface port-channel10\n  vpc 10\n")
    assert login.says("show run vpc | inc domain") == "vpc domain 10\n"


def test_pipes(login: Login) -> None:
    """Expressions, quoted or not; sections with all below them; JSON, also in lines; nothing else."""
    assert login.says("show running-config | include '^vlan [0-9,]+$'").splitlines() == [
        "vlan 1,10,20",
        "vlan 10",
        "vlan 20",
    ]
    assert login.says("show running-config | section port-channel10") == (
        "interface port-channel10\n  switchport mode trunk\n  switchport trunk allowed vlan 10,20\n  vpc 10\n"
    )
    assert login.says("show hostname | json-pretty") == '{\n    "hostname": "leaf-101.example.net"\n}'
    for wrong in ("include", "include (", "begin vlan", "json more"):
        login.refused(f"show running-config | {wrong}")
