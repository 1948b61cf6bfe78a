"""The emulated switch's configuration: what typed lines do to it, and what it prints."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from mlagkit.config import Entry
from mlagkit.nxos.lab.answer import Rejected
from mlagkit.nxos.lab.load import is_noise, load
from mlagkit.nxos.lab.session import ConfigSession
from mlagkit.nxos.lab.store import Store
from mlagkit.nxos.parse import parse

CASES = sorted((Path(__file__).parent / "fixtures/nxos/lab/store").glob("*.yaml"))
NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


def type_lines(store: Store, lines: list[str], strict: bool = False) -> dict[str, str]:
    """Type lines into one login and return what was refused, with the refusals."""
    session = ConfigSession(store, strict)
    refused = {}
    for line in lines:
        try:
            session.execute(line)
        except Rejected as refusal:
            refused[line] = refusal.text
    return refused


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    """The lines of a case are answered, and leave the configuration, as its file says."""
    case: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    store = load(case.get("start", ""))
    refused = type_lines(store, case["type"].splitlines())
    assert refused == case.get("refused", {}), case["says"]
    assert "\n".join(store.body()) + "\n" == case["now"], case["says"]
    again = load(store.text("show running-config", NOW))
    assert again.body() == store.body(), "printed and read again"


def test_strict_refuses_unknown_lines() -> None:
    """With strict a line that no mode knows is refused, and the configuration stays as it was."""
    store = load("")
    refused = type_lines(store, ["flow exporter lab", "hostname leaf-101"], strict=True)
    assert list(refused) == ["flow exporter lab"]
    assert store.body() == ["hostname leaf-101", "vlan 1"]
    assert store.unmodelled == []


def test_unmodelled_lines_are_counted() -> None:
    """Without strict the lines that the table does not know are taken and counted."""
    store = load("")
    type_lines(store, ["flow exporter lab", "no wheels"])
    assert store.unmodelled == ["flow exporter lab", "no wheels"]


def test_command_of_another_mode() -> None:
    """A command that belongs to another mode is refused, with or without strict."""
    assert list(type_lines(load(""), ["mtu 9216", "vlan 10", "peer-switch"])) == ["mtu 9216", "peer-switch"]


def test_header() -> None:
    """The header names the command and the time of the clock, and the release of the start text stays."""
    text = load("!Command: show running-config\n\nversion 9.3(5) Bios:version\nhostname a\n").text(
        "show startup-config", NOW
    )
    assert text.splitlines()[:6] == [
        "",
        "!Command: show startup-config",
        "!No configuration change since last restart",
        "!Time: Wed Mar  4 05:06:07 2026",
        "",
        "version 9.3(5) Bios:version",
    ]


def test_one_line_lists_stay_one_line() -> None:
    """A switch that prints long lists on one line keeps doing so."""
    long = "switchport trunk allowed vlan " + ",".join(str(vlan) for vlan in range(10, 60, 2))
    store = load(f"!Command: show running-config\nversion 10.3(5)\ninterface port-channel1\n  {long}\n")
    assert f"  {long}" in store.body()


# What a saved text may hold and the emulated switch does not print, each kind with its reason.
RESPELLED = {
    "exit": "closes a mode",
    "channel-group 12 force mode active": "force is never stored",
    "channel-group 5 force": "force is never stored",
    "channel-group 6 force": "force is never stored",
    "channel-group 7 mode on": "mode on is hidden",
    "switchport trunk allowed vlan all": "the default",
    "switchport trunk allowed vlan add 4": "joins the list above it",
    "switchport trunk allowed vlan remove 3": "leaves the list above it",
    "switchport trunk allowed vlan except 2": "printed as the list that it means",
}
# Lines of a typed text (no running-config) that a later line of the same text replaces or erases.
TYPED_OVER = {
    "rd 1.2.3.4:65535",
    "redistribute bgp 1 route-map rm1",
    "switchport",
    "ip address 10.0.3.1/24",
    "ip address 10.0.5.1/24",
    "ip address 10.0.6.1/24",
    "username xxxxxxx password 5 xxxxxxx role network-admin",
    "preempt",
}
# The defaults that a switch hides when they are typed.
DEFAULTS = {
    *("speed auto", "medium broadcast", "mtu 1500", "lacp rate normal", "lacp port-priority 32768"),
    *("switchport mode access", "spanning-tree cost auto", "spanning-tree link-type auto"),
    *("negotiate auto", "cdp enable"),
    *("spanning-tree port-priority 128", "no shutdown", "no spanning-tree bpdufilter"),
    *(f"storm-control {kind} level 100.00" for kind in ("broadcast", "multicast", "unicast")),
}


def missing(text: str, printed: str) -> set[str]:
    """The lines of a saved text that are not in the printed one, without those of a known reason."""
    have = {" ".join(line.split()) for line in printed.splitlines()}
    lines = {
        " ".join(line.split()) for line in text.replace("\r", "").splitlines() if line.strip() and not is_noise(line)
    }
    typed = "!Command: " not in text and "\nversion " not in text
    lost = lines - have - set(RESPELLED)
    lost = {line for line in lost if not line.lower().startswith(("interface ", "vlan ", "boot "))}
    return (
        {line for line in lost if line not in TYPED_OVER | DEFAULTS and not line.startswith("no ")} if typed else lost
    )


def test_corpus_is_kept(corpus_config: Path) -> None:
    """Every real configuration loads, is printed with all its lines that have an effect, and prints the same again."""
    text = corpus_config.read_text("utf-8", errors="surrogateescape")
    store = load(text)
    printed = store.text("show running-config", NOW)
    assert load(printed).body() == store.body()
    if "/".join(corpus_config.parts[-2:]) != "single/batfish-ignore.cfg":  # boot and user lines of many switches in one
        assert missing(text, printed) == set()


def paths(text: str) -> set[tuple[str, ...]]:
    """Each command with those that it stands below, outermost first."""
    found: set[tuple[str, ...]] = set()
    todo: list[tuple[tuple[str, ...], Entry]] = [((), entry) for entry in parse(text).entries()]
    while todo:
        above, entry = todo.pop()
        path = (*above, " ".join(entry.text.split()))
        found.add(path)
        todo += [(path, child) for child in entry.children]
    return found


def test_corpus_routing_stays_in_its_place(corpus_config: Path) -> None:
    """What a real running-config has below a routing protocol is printed in the same blocks, however it begins."""
    text = corpus_config.read_text("utf-8", errors="surrogateescape").replace("\r", "")
    if not re.search(r"^!Command: |^version \S", text, re.MULTILINE):
        pytest.skip("no running-config, but commands to be typed")
    now = paths(load(text).text("show running-config", NOW))
    assert {path for path in paths(text) - now if path[0].startswith("router ")} == set()


def test_corpus_heads_and_vlans_are_kept(corpus_config: Path) -> None:
    """Every VLAN and interface that a real configuration names is there, however its text spelled it."""
    text = corpus_config.read_text("utf-8", errors="surrogateescape").replace("\r", "")
    store = load(text)
    for line in text.splitlines():
        head, _, rest = line.strip().partition(" ")
        if head == "vlan" and rest.isdecimal() and int(rest) <= 4094:
            assert int(rest) in store.vlans
        if head == "interface" and re.fullmatch(r"(Ethernet|port-channel)[\d/.]+", rest):
            assert store.interface(rest) is not None


LINES = st.sampled_from(
    sorted(
        {
            line
            for path in CASES
            for line in yaml.safe_load(path.read_text("utf-8"))["type"].splitlines()
            if not line.startswith("banner")
        }
    )
)


@given(st.lists(LINES, max_size=40))
def test_printed_config_is_the_store(lines: list[str]) -> None:
    """Whatever was typed, the printed configuration read by a fresh switch gives the same configuration."""
    store = load("feature vpc\nfeature lacp\nfeature interface-vlan\n")
    type_lines(store, lines)
    assert load(store.text("show running-config", NOW)).body() == store.body()
