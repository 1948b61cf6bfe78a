"""Secrets that nobody has: which running lines may be the intended ones, and what is told of them."""

from __future__ import annotations

import pytest

from mlagkit.diff import Policy, uncompared, walk, with_running
from mlagkit.nxos.parse import parse
from mlagkit.nxos.redact import may_be, references_in

KEY, OTHER = "env:KEY", "env:OTHER"


@pytest.mark.parametrize(
    ("running", "intended"),
    [
        ("tacacs-server key 7 x", f"tacacs-server key 7 {KEY}"),
        ("tacacs-server key 7 x", f"tacacs-server key {KEY}"),
        ("tacacs-server key 7 x", f"tacacs-server key 0 {KEY}"),
        ("tacacs-server key x", f"tacacs-server key 0 {KEY}"),
        ("username ops password 5 x  role network-admin", f"username ops password {KEY} role network-admin"),
        ("3C priv aes-128 4F localizedV2key", f"{KEY} priv aes-128 {KEY} localizedV2key"),
        ("authentication x", f"authentication {KEY}"),
        ("authentication text x", f"authentication {KEY}"),
        ("authentication md5 key-string x", f"authentication {KEY}"),
        ("authentication md5 key-string 7 x", f"authentication {KEY}"),
        ("authentication md5 key-string 7 x", f"authentication md5 key-string {KEY}"),
        (
            "snmp-server user u network-admin auth md5 x priv aes-128 y localizedkey",
            f"snmp-server user u network-admin auth md5 {KEY} priv aes-128 {KEY} localizedkey",
        ),
        ("snmp-server user u g auth md5 x priv known", f"snmp-server user u g auth md5 {KEY} priv known"),
    ],
)
def test_only_the_secret_may_differ(running: str, intended: str) -> None:
    """In whatever form a switch prints it; a secret that is known is no reason to look away."""
    assert may_be(f"  {running}", intended, {KEY})
    assert not may_be(running, intended, {OTHER})
    assert not may_be(f"{running} more", intended, {KEY})


@pytest.mark.parametrize(
    ("running", "intended"),
    [
        ("authentication md5 key-chain x", f"authentication {KEY}"),
        ("authentication md5 key-string 7 x", f"authentication text {KEY}"),
        ("username ops password 5 x role network-operator", f"username ops password 5 {KEY} role network-admin"),
        ("username ops password 5 x", f"username ops password 8 {KEY}"),
        ("key-string 7 x", f"key-octet-string 7 {KEY}"),
        ("snmp-server user u g auth md5 x priv y", f"snmp-server user u g auth md5 {KEY} priv aes-128 {KEY}"),
        ("snmp-server user u g auth md5 x priv y", f"snmp-server user u g auth md5 {KEY} priv known"),
        ("snmp-server user u g auth md5 x", f"snmp-server user u g auth md5 {KEY} priv {KEY}"),
        ("snmp-server user u g auth md5 x priv y", f"snmp-server user u g auth md5 {KEY}"),
        ("name web", "name web"),
    ],
)
def test_more_differs_than_the_secret(running: str, intended: str) -> None:
    """Another role, another cipher, another kind of key, or a secret that is known: it can't be the intended line."""
    assert not may_be(running, intended, {KEY})


RUNNING = """\
feature hsrp
snmp-server community one group network-operator
snmp-server community two group network-operator
tacacs-server key 7 x
interface Vlan10
  hsrp 10
    authentication text a
interface Vlan20
  hsrp 20
    authentication text b
"""
INTENDED = """\
feature hsrp
snmp-server community env:OTHER group network-operator
interface Vlan10
  hsrp 10
    priority 110
interface Vlan20
  hsrp 20
    authentication env:KEY
"""


@pytest.mark.parametrize("policy", [Policy(), Policy(strict=True)])
def test_each_in_its_section(policy: Policy) -> None:
    """A line stands for one in its own section, and one for one; whatever is not declared plays no part."""
    running, intended = parse(RUNNING), parse(INTENDED)
    found = list(uncompared(walk(running, intended, policy=policy).items(), {KEY, OTHER}))
    assert {(each.section, each.text, each.secrets, each.lines) for each in found} == {
        ((), "snmp-server community one group network-operator", (OTHER,), (2, 2)),
        (("interface Vlan20", "hsrp 20"), "authentication text b", (KEY,), (10, 8)),
    }
    assert with_running(intended, found).text == INTENDED.replace("env:OTHER", "one").replace("env:KEY", "text b")


def test_a_reference_with_blanks() -> None:
    """A command is a reference, too, and what begins like another one is not that one."""
    command, longer = "cmd:pass show key", "cmd:pass show keys"
    assert may_be("authentication text x", f"authentication {command}", {command, longer})
    assert may_be("authentication text x", f"authentication {longer}", {command, longer})
    assert not may_be("authentication text x", f"authentication {longer}", {command})
    assert references_in(f"authentication {longer}", {command, longer}) == [longer]
    two = f"snmp-server user u g auth md5 {KEY} priv {KEY}2"
    assert sorted(references_in(two, {KEY, f"{KEY}2"})) == [KEY, f"{KEY}2"]


def test_one_line_stands_for_one() -> None:
    """Where fewer run than are intended the others are changes."""
    two = "snmp-server community env:KEY\nsnmp-server community env:OTHER\n"
    found = list(uncompared(walk(parse("snmp-server community one\n"), parse(two)).items(), {KEY, OTHER}))
    assert [(each.text, each.secrets, each.lines) for each in found] == [("snmp-server community one", (KEY,), (1, 1))]
