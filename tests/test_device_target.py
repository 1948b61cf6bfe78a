"""Addresses as people type them, and which one counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlagkit.device.connect import target
from mlagkit.device.target import Address, Transport, parse_address, parse_connect, parse_jump, place
from mlagkit.errors import DeviceError

NXAPI, SSH, NXOS_SSH = Transport.NXAPI, Transport.SSH, Transport.NXOS_SSH


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("192.0.2.1", Address("192.0.2.1")),
        ("192.0.2.1:8443", Address("192.0.2.1", None, 8443)),
        ("ssh:192.0.2.1", Address("192.0.2.1", SSH)),
        ("nxapi:leaf-101.example.net:443", Address("leaf-101.example.net", NXAPI, 443)),
        ("nxos_ssh:leaf", Address("leaf", NXOS_SSH)),
        ("leaf:22", Address("leaf", None, 22)),
        ("ssh", Address("ssh")),
        ("[2001:db8::1]", Address("2001:db8::1")),
        ("ssh:[2001:DB8:0::1]:2222", Address("2001:db8::1", SSH, 2222)),
    ],
)
def test_address(text: str, address: Address) -> None:
    """Transport and port may be left out, an IPv6 address stands in brackets."""
    assert parse_address(text) == address
    assert parse_connect(f"leaf-101={text}") == ("leaf-101", address)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no host name"),
        ("ssh:", "no host name"),
        ("2001:db8::1", "brackets"),
        ("ssh:2001:db8::1", "brackets"),
        ("telnet:leaf:23", "'telnet' is no transport; there are nxapi, ssh, nxos_ssh"),
        ("telnet:[2001:db8::1]", "'telnet' is no transport"),
        ("leaf:http", "'http' is no port"),
        ("leaf:0", "'0' is no port"),
        ("leaf:65536", "'65536' is no port"),
        ("leaf:²", "'²' is no port"),
        ("leaf:", "'' is no port"),
        ("-oProxyCommand=x", "no host name"),
        ("le af", "no host name"),
        ("leaf\n", "no host name"),
        ("user@leaf", "no host name"),
        ("[192.0.2.1]", "192.0.2.1"),
        ("[2001:db8::1", "brackets"),
    ],
)
def test_no_address(text: str, reason: str) -> None:
    """What can't be an address is refused with the reason."""
    with pytest.raises(ValueError, match=reason.replace("[", r"\[")):
        parse_address(text)


@pytest.mark.parametrize("text", ["", "192.0.2.1", "=192.0.2.1", "ssh:192.0.2.1"])
def test_connect_without_name(text: str) -> None:
    """``--connect`` names the switch that it is for."""
    with pytest.raises(ValueError, match="names no switch; write NAME="):
        parse_connect(text)


def test_place() -> None:
    """An IPv6 address has brackets, so that its port can be told from it."""
    assert (place("192.0.2.1", 22), place("2001:db8::1", 22)) == ("192.0.2.1:22", "[2001:db8::1]:22")


@given(st.text(max_size=40))
def test_any_text(text: str) -> None:
    """Any text is an address or a ValueError, and an address reads back as itself."""
    try:
        address = parse_address(text)
    except ValueError:
        return
    kind = address.transport or SSH
    assert parse_address(f"{kind}:{place(address.host, address.port or 1)}").host == address.host


@pytest.mark.parametrize("text", ["bastion", "ops@bastion.example.net:2222", "[2001:db8::7]:22", "192.0.2.9"])
def test_jump(text: str) -> None:
    """A jump host may have a user and a port."""
    assert parse_jump(text) == text


@pytest.mark.parametrize("text", ["", "-oProxyCommand=touch x", "a b", "ops@", "host:ssh", "-l@x", "x;y", "a\nb"])
def test_no_jump(text: str) -> None:
    """Nothing that ``ssh`` could take for an option reaches it."""
    with pytest.raises(ValueError, match="is not"):
        parse_jump(text)


def test_target() -> None:
    """``--connect`` goes before ``connect``, and that before the management address."""
    said = Address("leaf.example.net", SSH, 2222)
    found = target("leaf-101", None, None, "192.0.2.101/24")
    assert (found.host, found.transport, found.port) == ("192.0.2.101", NXAPI, 443)
    found = target("leaf-101", said, None, "192.0.2.101/24")
    assert (found.host, found.transport, found.port) == ("leaf.example.net", SSH, 2222)
    found = target("leaf-101", said, Address("198.51.100.7"), None)
    assert (found.host, found.transport, found.port) == ("198.51.100.7", SSH, 2222)
    found = target("leaf-101", said, Address("198.51.100.7", NXAPI), None)
    assert (found.host, found.transport, found.port) == ("198.51.100.7", NXAPI, 443)
    found = target("leaf-101", Address("leaf", None, 8443), Address("leaf", NXAPI), None)
    assert (found.transport, found.port) == (NXAPI, 8443)
    found = target("leaf-101", said, Address("198.51.100.7", NXOS_SSH, 22), None, username="env:NAME")
    assert (found.transport, found.port, found.username) == (NXOS_SSH, 22, "env:NAME")
    assert str(found) == "nxos_ssh 198.51.100.7:22"


def test_no_target() -> None:
    """A switch without any address is named, with the ways to give it one."""
    with pytest.raises(DeviceError, match=r"leaf-101: it has no address to connect to; .*--connect"):
        target("leaf-101", None, None, None)
