"""Raw lines that have a key: each is found, since rules and drill see nothing of it, and no other line is."""

from __future__ import annotations

from pathlib import Path

import pytest

from mlagkit.nxos.keyed import unseen
from tests.command import Run
from tests.judged import laid_over
from tests.rule_examples import BASE

HAVE_A_KEY = {
    "vpcs: {12: {extra: {sw-a: mtu 1500, sw-b: ''}}}": {("vpcs.12.extra", "mtu 1500", "mtu")},
    "vpcs: {12: {extra: no lacp suspend-individual}}": {
        ("vpcs.12.extra", "no lacp suspend-individual", "lacp_suspend_individual")
    },
    "svis: {10: {extra: ip dhcp relay address 192.0.2.67}}": {
        ("svis.10.extra", "ip dhcp relay address 192.0.2.67", "dhcp_relay")
    },
    "svis: {10: {extra: hsrp version 1}}": {("svis.10.extra", "hsrp version 1", "hsrp.version")},
    'interfaces: {Ethernet1/40: {extra: "vpc 7\\nchannel-group 8"}}': {
        ("interfaces.Ethernet1/40.extra", "vpc 7", "vpcs"),
        ("interfaces.Ethernet1/40.extra", "channel-group 8", "members"),
    },
    "port_channels: {30: {extra: vpc orphan-port suspend}}": {
        ("port_channels.30.extra", "vpc orphan-port suspend", "orphan_suspend")
    },
    "domain: {extra: no peer-gateway}": {("domain.extra", "no peer-gateway", "peer_gateway")},
    "vlans: {20: {name: db, extra: state suspend}}": {("vlans.20.extra", "state suspend", "state")},
    "vrfs: {blue: {extra: vni 50000}}": {("vrfs.blue.extra", "vni 50000", "vni")},
    "nve: {source_interface: loopback1, extra: shutdown}": {("nve.extra", "shutdown", "shutdown")},
    'extra: "vlan 30\\n  name ring"': {("extra", "vlan 30", "vlans")},
    'extra: "interface Ethernet1/40\\n  mtu 9216"': {("extra", "interface Ethernet1/40", "interfaces")},
    'extra: "interface Vlan20\\n  no shutdown"': {("extra", "interface Vlan20", "svis")},
    "extra: vpc domain 10": {("extra", "vpc domain 10", "domain")},
    "extra: system jumbomtu 9000": {("extra", "system jumbomtu 9000", "system.jumbo_mtu")},
    "extra: spanning-tree mst configuration": {("extra", "spanning-tree mst configuration", "spanning_tree.mst")},
}
TOLD_OTHERWISE = {
    "vpcs: {12: {members: {Ethernet1/2: {extra: spanning-tree bpdufilter enable}}}}": (
        "no rule sees the raw line `spanning-tree bpdufilter enable`;"
        " its key `bpdufilter` stands at port-channel12, for all ports of it"
    ),
    "vpcs: {12: {members: {Ethernet1/2: {extra: lacp rate fast}}}}": (
        "no rule sees the raw line `lacp rate fast`; it has the key `lacp_rate`"
    ),
    "port_channels: {30: {mode: routed, extra: switchport mode trunk}}": (
        "the raw line `switchport mode trunk` contradicts `mode: routed`, by which rules and drill go"
    ),
    "port_channels: {30: {mode: access, extra: switchport mode trunk}}": (
        "no rule sees the raw line `switchport mode trunk`; it has the key `mode`"
    ),
    "port_channels: {30: {mode: routed, extra: mtu 9000}}": (
        "no rule sees the raw line `mtu 9000`; it has the key `mtu`"
    ),
    "management: {extra: ip address 192.0.2.99/24}": (
        "no rule sees the raw line `ip address 192.0.2.99/24`; it has the key `switches.NAME.management`"
    ),
    "management: {extra: description out of band}": (
        "no rule sees the raw line `description out of band`; it has the key `description`"
    ),
    "svis: {10: {extra: ip address 192.0.2.99/24}}": (
        "no rule sees the raw line `ip address 192.0.2.99/24`; it has the key `address`"
    ),
}
HAVE_NONE = (
    "vpcs: {12: {extra: description web \u2192 db}}",
    "vpcs: {12: {extra: 'description web or db?'}}",
    "vpcs: {12: {extra: vpc orphan-port suspend}}",
    "peer_link: {members: {Ethernet1/53: {extra: vpc orphan-ports suspend}}}",
    "vpcs: {12: {extra: ip port access-group SERVERS in}}",
    'extra: "ip access-list SERVERS\\n  10 permit ip any any"',
    "extra: ip route 198.51.100.0/24 192.0.2.1 track 5",
    'extra: "router ospf 1\\n  vrf blue\\n    shutdown"',
    "extra: ntp server 192.0.2.5 use-vrf management",
)


@pytest.mark.parametrize("text", HAVE_A_KEY)
def test_has_a_key(text: str) -> None:
    """The finding names the line, its place and its key, once for both switches."""
    found = unseen(laid_over(text))
    assert {(each.object, each.message) for each in found} == {
        (where, f"no rule sees the raw line `{line}`; it has the key `{key}`") for where, line, key in HAVE_A_KEY[text]
    }
    assert len(found) == len(HAVE_A_KEY[text])


@pytest.mark.parametrize("text", TOLD_OTHERWISE)
def test_where_the_key_stands(text: str) -> None:
    """The key of a port in a channel, or of mgmt0, stands elsewhere; a mode that is contradicted is told as that."""
    assert [each.message for each in unseen(laid_over(text))] == [TOLD_OTHERWISE[text]]


@pytest.mark.parametrize("text", HAVE_NONE)
def test_has_no_key(text: str) -> None:
    """What no key says belongs into ``extra``."""
    assert not unseen(laid_over(text))


def test_validate(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pair file is told of such a line, whether an earlier run found it or this one; its configurations are not."""
    monkeypatch.chdir(tmp_path)
    lines = BASE.replace("    description: db-01\n", "    description: db-01\n    extra: mtu 1500\n")
    for number in range(1, 10):
        named = lines.replace("sw-", f"sw{number}-").replace("pair: base", f"pair: base{number}")
        Path(f"pair{number}.yaml").write_text(named, "utf-8")
    found = [run("validate", *map(str, tmp_path.glob("*.yaml")), "--cache-dir", "kept").out for _ in range(2)]
    assert [each.count("EX01") for each in found] == [9, 9]
    run("render", "pair1.yaml", "-o", "configs")
    assert "EX01" not in run("validate", "--running", "configs").out


@pytest.mark.parametrize("accepted", ["waiver", "comment"])
def test_accepted(accepted: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Such a line can be accepted as any other finding can; where it has gone, that is told."""
    monkeypatch.chdir(tmp_path)
    comment = "  # mlagkit: allow extra-line-has-key # the vendor asks for it" if accepted == "comment" else ""
    lines = BASE.replace("    description: db-01\n", f"    description: db-01\n    extra: mtu 1500{comment}\n")
    waiver = "{reason: the vendor asks for it, owner: netops, expires: 2027-01-31}"
    lines += f"waivers:\n  EX01 vpcs.12: {waiver}\n" if accepted == "waiver" else ""
    Path("pair.yaml").write_text(lines, "utf-8")
    told = run("validate", "pair.yaml", "--date", "2026-11-27", "--fail-level", "warning")
    assert (told.code, told.out.count("EX01")) == (0, 0)
    assert "EX01" in run("validate", "pair.yaml", "--date", "2026-11-27", "-v").out
    Path("pair.yaml").write_text(lines.replace("extra: mtu 1500", "storm_control: {broadcast: 1}"), "utf-8")
    assert "WA02" in run("validate", "pair.yaml", "--date", "2026-11-27").out
