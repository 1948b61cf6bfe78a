"""A switch becomes the text that NX-OS would print, and every line of it knows where it came from."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlagkit.errors import InputError
from mlagkit.expand import expand
from mlagkit.intent.load import load_pair
from mlagkit.nxos.form import EVPN, FEATURE_ORDER, feature_lines, list_lines
from mlagkit.render import RenderedLine, render, render_annotated
from mlagkit.switch import Switch
from mlagkit.values import InterfaceName, VlanSet
from tests.conftest import CORPUS, NO_CORPUS, ROOT, Golden

PAIRS = sorted((ROOT / "tests" / "fixtures" / "pairs").glob("*/pair.yaml"))
EXAMPLES = sorted(path for path in (ROOT / "examples").rglob("*.yaml") if path.name != "site.yaml")
EVERYTHING = ROOT / "tests" / "fixtures" / "pairs" / "everything" / "pair.yaml"


def case(path: Path) -> str:
    """The name of a pair's folder."""
    return path.parent.name


@cache
def switches(path: Path) -> Mapping[str, Switch]:
    """Both switches of a pair file."""
    return MappingProxyType(expand(load_pair(path)))


@pytest.mark.parametrize("path", PAIRS, ids=case)
def test_golden(path: Path, golden: Golden) -> None:
    """Each pair renders exactly the configurations beside it."""
    for name, switch in switches(path).items():
        golden(path.with_name(f"{name}.cfg"), render(switch))


@pytest.mark.parametrize("path", [*PAIRS, *EXAMPLES], ids=case)
def test_annotated(path: Path) -> None:
    """The annotated lines are the rendered ones, each with a line of a template that begins alike and a place."""
    for switch in switches(path).values():
        lines = render_annotated(switch)
        assert "".join(f"{line.text}\n" for line in lines) == render(switch)
        for line in filter(lambda line: line.text, lines):
            printed = line_of(line.template.file, line.template.line)
            fixed = re.split(r"\{\{|\{%", printed)[0]
            assert line.text.startswith(fixed), (line, printed)
            assert Path(line.origin.file).name in ("pair.yaml", "site.yaml", path.name)


# Lines whose words stand nowhere in the pair file, and what is written at the place that they follow from.
FOLLOWS = (
    (
        r"feature (hsrp|vrrp|vrrpv3|pim|ospf|dhcp|interface-vlan)|(no shutdown)",
        r"svis:|\d+:|vrrp:|Ethernet|peer_link:|nve:|members|loopback",
    ),
    (r"feature lacp", r"vpcs:|port_channels:|peer_link:"),
    (r"feature vpc", r"domain:"),
    (r"feature (nv overlay|fabric forwarding)|nv overlay evpn", r"nve:|anycast_gateway|host_reachability|svis:"),
    (r"feature vn-segment-vlan-based|vlan [\d,-]+", r"vlans:|\d+:"),
    (r"no ip(v6)? redirects", r"peer_gateway: true"),
    (r"(no )?switchport.*|spanning-tree port type network|vpc( peer-link)?.*", r"peer_link:|\d+:|Ethernet|mode|vlan"),
    (r"interface (port-channel|Ethernet|mgmt|Vlan|nve|loopback).*", r"peer_link:|\d+:|members|management|nve"),
    (r"channel-group.*", r"members|Ethernet|\d+:"),
    (r"(vrf member management|ip address|vrf context management|ip route).*", r"management|gateway|\d|routes"),
    (r"(peer-keepalive|dscp|virtual peer-link|source-interface|address-family).*", r"keepalive|virtual|nve|ipv[46]"),
    (r"no .*", r"false"),
    (r"spanning-tree (bpduguard|bpdufilter) (enable|disable)", r"true|false"),
)


@pytest.mark.parametrize("path", [*PAIRS, *EXAMPLES], ids=case)
def test_origin(path: Path) -> None:
    """The place of a line holds its value or its key, or is what the line is known to follow from."""
    for switch in switches(path).values():
        for line in filter(lambda line: line.text, render_annotated(switch)):
            assert is_origin(line), (line, line_of(line.origin.file, line.origin.line))


def is_origin(line: RenderedLine) -> bool:
    """Whether the words of the line stand where it says, or below it in a block of raw lines."""
    written = line_of(line.origin.file, line.origin.line, count=60 if "extra" in at(line) else 1)
    key = at(line).partition(":")[0].strip(" \"'")
    mac = re.sub(r"[.:-]", "", written)
    words = [word for word in line.text.split() if word not in ("no", "ip", "vlan")]
    written = written.replace(", ", ",")
    if any(word in written or word.replace("-", "_") in key or word.replace(".", "") in mac for word in words):
        return True
    return any(re.fullmatch(text, line.text.strip()) and re.search(place, at(line)) for text, place in FOLLOWS)


def at(line: RenderedLine) -> str:
    """The pair file's line from the place of the value."""
    return line_of(line.origin.file, line.origin.line)[line.origin.column - 1 :]


@cache
def text_lines(file: str) -> list[str]:
    """The lines of a file."""
    return Path(file).read_text("utf-8").splitlines()


def line_of(file: str, number: int, count: int = 1) -> str:
    """Lines of a file, counted from 1."""
    return "\n".join(text_lines(file)[number - 1 : number - 1 + count])


def test_same_bytes() -> None:
    """The order of sets and dicts inside Python does not show."""
    program = (
        "import sys; from mlagkit.expand import expand; from mlagkit.intent.load import load_pair\n"
        "from mlagkit.render import render\n"
        "print(''.join(render(switch) for switch in expand(load_pair(sys.argv[1])).values()))"
    )
    texts = {
        subprocess.run(
            [sys.executable, "-c", program, str(EVERYTHING)],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4711")
    }
    assert len(texts) == 1


def test_jinja_is_lazy() -> None:
    """Jinja is loaded by the first rendering, not before."""
    program = "import sys; import mlagkit.render; assert 'jinja2' not in sys.modules"
    subprocess.run([sys.executable, "-c", program], env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True)


BREAKS = (
    "\n",
    "\r",
    "\r\n",
    "\x0b",
    "\x0c",
    "\x1c",
    "\x1d",
    "\x1e",
    "\x85",
    "\u2028",
    "\u2029",
    "\x00",
    "\x1b",
    "\x16",
    "\t",
)
HOSTILE = [
    *(
        f"{before}{sign}{after}"
        for sign in BREAKS
        for before in ("", "a", "web ")
        for after in ("", "no feature vpc", "!")
    ),
    *(
        "!",
        "# x",
        "exit",
        "no shutdown",
        "end",
        "{{ 7 * 7 }}",
        "{% raw %}",
        "{#",
        "%s",
        "$(reboot)",
        "`id`",
        "; reload",
    ),
    *(
        "interface Ethernet1/1",
        "  shutdown",
        "<script>",
        "[/bold]",
        "::set-output",
        "\\n",
        "\\",
        '"',
        "'",
        "?",
        "..",
        "/",
    ),
    *(
        "é",
        "日本",
        "\u200b",
        "\u202e",
        "\u00a0",
        "\ufeff",
        "\U0001f600",
        "a" * 5000,
        "-",
        "no",
        "0",
        " ",
        "a  b",
        "\udc80",
    ),
    *(f"{chr(code)}no vpc domain 1" for code in (*range(1, 9), *range(14, 28), *range(127, 160))),
]


def with_description(switch: Switch, text: str) -> Switch:
    """The text as the description of every port and SVI."""
    ports = {name: replace(port, description=text) for name, port in switch.ports.items()}
    return replace(
        switch, ports=ports, svis={vlan: replace(svi, description=text) for vlan, svi in switch.svis.items()}
    )


def with_names(switch: Switch, text: str) -> Switch:
    """The text as the name of VLANs, gateways, the region, and of the switch."""
    tree = replace(switch.spanning_tree, mst=replace(switch.spanning_tree.mst, name=text))
    svis = {
        v: replace(svi, hsrp=tuple(replace(each, name=text) for each in svi.hsrp)) for v, svi in switch.svis.items()
    }
    vlans = {number: replace(vlan, name=text) for number, vlan in switch.vlans.items()}
    return replace(switch, name=text, spanning_tree=tree, svis=svis, vlans=vlans)


def with_words(switch: Switch, text: str) -> Switch:
    """The text wherever a Switch holds words of the device, and as a raw line of every part."""
    vrfs = {name: replace(vrf, description=text, rd=text, extra=(text,)) for name, vrf in switch.vrfs.items()}
    ports = {name: replace(port, extra=(text,), speed=text) for name, port in switch.ports.items()}
    return replace(switch, vrfs=vrfs, ports=ports, extra=(text,))


@pytest.mark.parametrize("put", [with_description, with_names, with_words], ids=lambda put: put.__name__)
def test_hostile(put: Callable[[Switch, str], Switch]) -> None:
    """Whatever a name or description holds, it adds no line: it stays within its own or is refused with its place."""
    assert len(HOSTILE) >= 200
    switch = switches(EVERYTHING)["ev-a"]
    benign = render(put(switch, "benign")).split("\n")
    for text in HOSTILE:
        if any(ord(sign) < 32 or 127 <= ord(sign) < 160 or sign in "\u2028\u2029" for sign in text):
            with pytest.raises(InputError) as caught:
                render(put(switch, text))
            assert [(finding.rule, finding.origin.line > 1) for finding in caught.value.findings] == [("IN07", True)]
            continue
        lines = render(put(switch, text)).split("\n")
        assert len(lines) == len(benign), text
        assert len("\n".join(lines).splitlines()) == len(lines) - 1, text


def test_secret_references() -> None:
    """References stay in the text until secrets are asked for, and where one can't be had; a key chain is none."""
    switch = switches(EVERYTHING)["ev-a"]
    asked: list[str] = []
    assert "    authentication env:HSRP_KEY\n" in render(switch)
    assert "    authentication text s3cret\n" in render(switch, secrets=lambda _: "text s3cret")
    assert "    authentication env:HSRP_KEY\n" in render(switch, secrets=asked.append)
    assert set(asked) == {"env:HSRP_KEY"}
    with pytest.raises(InputError):
        render(switch, secrets=lambda _: "text a\nno feature vpc")


def test_members() -> None:
    """A member port repeats what NX-OS repeats of its port-channel, and not its spanning tree (test_corpus_members)."""
    text = render(switches(EVERYTHING)["ev-a"])
    member = text.partition("interface Ethernet1/1\n")[2].partition("\n\n")[0]
    assert "  mtu 9100\n  speed 25000\n  duplex full\n" in member
    assert "  switchport trunk native vlan 10\n" in member
    assert not re.search("spanning-tree|storm-control|negotiate|vpc", member)


def test_corpus_members() -> None:
    """In real configurations members repeat mode, VLANs, MTU, speed and duplex, and never spanning tree."""
    if not CORPUS.exists():
        pytest.skip(NO_CORPUS)
    repeated: set[str] = set()
    own: set[str] = set()
    for path in CORPUS.glob("nxos/pairs/*/*.cfg"):
        text = path.read_text("utf-8", errors="replace").replace("\r", "")
        found = dict(re.findall(r"^interface (\S+) *\n((?: +\S.*\n)*)", text, re.M))
        for block in found.values():
            number = re.search(r"^ +channel-group (\d+)", block, re.M)
            for line in found.get(f"port-channel{number[1]}", "").splitlines() if number else []:
                words = " ".join(line.split()[: 2 if line.split()[0] != "switchport" else 3])
                (repeated if f"{line}\n" in block else own).add(re.sub(r"\d.*", "", words).strip())
    assert {"switchport mode trunk", "switchport trunk allowed", "mtu", "speed", "duplex full"} <= repeated
    assert {"spanning-tree port", "spanning-tree link-type"} <= own - repeated


def test_trunk_without_vlans() -> None:
    """A trunk that carries nothing says so, as a list that is missing means all of them."""
    switch = switches(EVERYTHING)["ev-a"]
    name = InterfaceName("port-channel111")
    assert "vlan none\n" in render(replace(switch, ports={name: replace(switch.ports[name], vlans=VlanSet())}))


@given(st.frozensets(st.integers(1, 4094)), st.integers(9, 200))
def test_list_lines(vlans: frozenset[int], width: int) -> None:
    """A list of VLANs that is broken into lines is still the same set, and no line is too long."""
    lines = list_lines(VlanSet(vlans), width)
    assert all(len(line) <= width for line in lines)
    assert frozenset().union(*(VlanSet.parse(line) for line in lines)) == vlans


def test_long_trunk() -> None:
    """A trunk's long list goes on with ``add``; what can't be added to is never broken."""
    switch = switches(EVERYTHING)["ev-a"]
    odd = VlanSet(range(1, 1000, 2))
    name = InterfaceName("port-channel111")
    assert switch.domain
    domain = replace(switch.domain, dual_active_exclude_vlans=odd)
    text = render(replace(switch, ports={name: replace(switch.ports[name], vlans=odd)}, domain=domain))
    lists = re.findall(r"allowed vlan (add )?(\S+)$", text, re.M)
    assert [bool(add) for add, _ in lists] == [False] + [True] * (len(lists) - 1)
    assert frozenset().union(*(VlanSet.parse(ids) for _, ids in lists)) == odd
    assert f"  dual-active exclude interface-vlan {odd}\n" in text


def test_feature_order() -> None:
    """Features stand in the order of real configurations, whatever their names."""
    lines = feature_lines({"vpc", "bgp", "zebra", "aardvark", "lacp"}, evpn=True)
    assert lines == [EVPN, "feature bgp", "feature lacp", "feature vpc", "feature aardvark", "feature zebra"]


def test_corpus_feature_order(corpus_config: Path) -> None:
    """What a running-config lists in one run of lines is in our order."""
    text = corpus_config.read_text("utf-8", errors="replace")
    if "!Command: show running-config" not in text or "opennxos" in str(corpus_config):
        return  # not printed by a device in one piece: another release's order, or typed
    block = re.search(rf"(?:^(?:feature .*|{EVPN}|cfs .*) *\r?\n)+", text, re.M)
    names = [line.strip().removeprefix("feature ") for line in (block[0] if block else "").splitlines()]
    ours = [name for name in names if name in FEATURE_ORDER]
    assert ours == sorted(ours, key=FEATURE_ORDER.index)
