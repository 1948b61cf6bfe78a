"""Keys that the hardware or the release of a switch does not know."""

from __future__ import annotations

from pathlib import Path

import pytest

from mlagkit.nxos.catalogue import ROWS
from mlagkit.nxos.foreign import foreign_keys
from tests.command import Run
from tests.judged import laid_over
from tests.rule_examples import BASE

N9K, N7K, N5K = "model: N9K-C93180YC-FX\n", "model: N7K-C7009\n", "model: N5K-C5548UP\n"

CASES = {
    f"{N9K}domain: {{self_isolation: true}}": {("domain.self_isolation", "error")},
    f"{N9K}domain: {{port_channel_limit: true}}": set(),
    f"{N9K}domain: {{port_channel_limit: false}}": {("domain.port_channel_limit", "error")},
    f"{N5K}domain: {{fabricpath_switch_id: 7, fabricpath_multicast_load_balance: true}}": {
        ("domain.fabricpath_switch_id", "error"),
        ("domain.fabricpath_multicast_load_balance", "error"),
    },
    f"{N7K}domain: {{self_isolation: true, fabricpath_switch_id: 7, port_channel_limit: false}}": set(),
    f"{N7K}domain: {{dual_active_exclude_vlans: 20}}": {("domain.dual_active_exclude_vlans", "error")},
    f"{N9K}domain: {{dual_active_exclude_vlans: 20}}": set(),
    'release: "10.3(5)"\nmodel:\ndomain: {self_isolation: {sw-a: true}}': {("domain.self_isolation", "warning")},
    "model:\nrelease:\ndomain: {self_isolation: true}": set(),
    f'{N9K}release: "7.0(3)I6(2)"\nvpcs: {{12: {{lacp_vpc_convergence: false}}}}': {
        ("domain.fast_convergence", "error"),
        ("vpcs.11.lacp_vpc_convergence", "error"),
    },
    f'{N9K}release: "7.0(3)I7(1)"': set(),
    f'{N9K}release: "7.0(3)F3(1)"': set(),
    f'{N9K}release: "9.3(10)"\nvpcs: {{12: {{lacp_suspend_individual_pxe: false}}}}': {
        ("vpcs.12.lacp_suspend_individual_pxe", "error")
    },
    f'{N9K}release: "10.2(1)F"\nvpcs: {{12: {{lacp_suspend_individual_pxe: false}}}}': set(),
    f'{N7K}release: "6.2(12)"\ndomain: {{fast_convergence: true}}': set(),
}


@pytest.mark.parametrize("text", CASES)
def test_foreign_keys(text: str) -> None:
    """Each key that the switch does not know is one finding, as sure as the product line is."""
    found = foreign_keys(laid_over(text))
    assert {(each.object, str(each.severity)) for each in found} == CASES[text]
    assert len(found) == len(CASES[text])


def test_messages() -> None:
    """A finding says who knows the line, and what to do."""
    (isolation,) = foreign_keys(laid_over(f"{N9K}domain: {{self_isolation: true}}"))
    assert isolation.message == (
        "`self_isolation`: only Nexus 7000 knows the line, and the switch is a Nexus 9000; take it away"
    )
    (pxe,) = foreign_keys(laid_over(f'{N9K}release: "9.3(1)"\nvpcs: {{11: {{lacp_suspend_individual_pxe: false}}}}'))
    assert pxe.message == (
        "`lacp_suspend_individual_pxe`: the line is there from 10.2(1) on, and the release is 9.3(1); take it away"
    )
    assert pxe.origin.line > 1


VRRPV3 = "svis: {20: {mtu: 9216, address: {sw-a: 10.0.20.2/24, sw-b: 10.0.20.3/24}, vrrpv3: {group: 2}%s}}\n"


def test_features_exclude_each_other() -> None:
    """VRRP and VRRPv3 on one switch are one finding, at a group of VRRPv3 or at the features."""
    (found,) = foreign_keys(laid_over(VRRPV3 % ", vrrp: {group: 1}"))
    assert (found.rule, found.object, found.origin.line) == ("HW02", "svis.20.vrrpv3", 1)
    assert "vrrp or vrrpv3, not both" in found.message
    (said,) = foreign_keys(laid_over("features: [vrrp, vrrpv3]"))
    assert (said.rule, said.object) == ("HW02", "features")
    assert not foreign_keys(laid_over(VRRPV3 % ""))


def test_validate(run: Run, tmp_path: Path) -> None:
    """Such a key is a finding with its place, which a waiver accepts."""
    file = tmp_path / "pair.yaml"
    file.write_text(BASE.replace("  id: 10\n", "  id: 10\n  self_isolation: true\n"), "utf-8")
    told = run("validate", str(file))
    assert (told.code, told.out.count("HW01")) == (1, 1)
    assert "pair.yaml:12:3: error HW01 key-of-other-hardware" in told.out
    waiver = "{reason: a lab, owner: netops, expires: 2027-01-31}"
    file.write_text(f"{file.read_text('utf-8')}waivers:\n  HW01 domain: {waiver}\n", "utf-8")
    assert run("validate", str(file), "--date", "2026-11-27").code == 0


RUNNING = """version {release}
hostname {name}
feature vpc
feature hsrp
{features}
vpc domain 10
  self-isolation
interface port-channel11
  switchport
  no lacp suspend-individual pxe
  vpc 11
{end}"""


def test_running(run: Run, tmp_path: Path) -> None:
    """Lines of running-configs are judged by the release, each at its place."""
    group = "interface Vlan20\n  vrrpv3 2 address-family ipv4\n    address 192.0.2.1 primary\n"
    ends = {"sw-a": "", "sw-b": group}
    for name, end in ends.items():
        features = "feature vrrp\nfeature vrrpv3"
        text = RUNNING.format(name=name, release="9.3(8)", features=features, end=end)
        (tmp_path / f"{name}.cfg").write_text(text, "utf-8")
    told = run("validate", "--running", str(tmp_path), "--fail-level", "warning")
    found = [line.removeprefix(f"{tmp_path}/").split(": ")[:2] for line in told.out.splitlines() if " HW0" in line]
    assert found == [
        ["sw-a.cfg:6:1", "error HW02 features-exclude-each-other"],
        ["sw-a.cfg:8:1", "warning HW01 key-of-other-hardware"],
        ["sw-a.cfg:11:1", "warning HW01 key-of-other-hardware"],
        ["sw-b.cfg:8:1", "warning HW01 key-of-other-hardware"],
        ["sw-b.cfg:11:1", "warning HW01 key-of-other-hardware"],
        ["sw-b.cfg:14:1", "error HW02 features-exclude-each-other"],
    ]


def test_limits_are_of_fields() -> None:
    """A row that is not for every switch fills a field, of the domain or of a port, so that its key is found."""
    limited = [row for row in ROWS if row.known_by or row.unknown_to or row.since]
    assert {row.mode for row in limited} == {"vpc-domain", "interface"}
    assert all(row.field for row in limited)
