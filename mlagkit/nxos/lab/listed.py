"""VLANs and VRFs, as a switch lists them: what follows from the configuration alone."""

from __future__ import annotations

from collections.abc import Iterator

from mlagkit.nxos.lab.answer import Answer
from mlagkit.nxos.lab.chassis import Chassis
from mlagkit.nxos.lab.spelling import VLANS
from mlagkit.nxos.lab.store import VLAN_ROW
from mlagkit.nxos.lab.tree import Line

_SHORT = {"Ethernet": "Eth", "port-channel": "Po"}
_RULE = "---- -------------------------------- --------- -------------------------------"


def vlans(chassis: Chassis, rest: str) -> Answer | None:
    """``show vlan`` and ``show vlan brief``.

    Text: corpus/nxos/show/show-vlan/ntc-show-vlan.txt. Body of ``brief``: ansible-nxos-vlan-agg-show-vlan-brief.txt and
    napalm-nxapi-vlans-6000.json there; of the plain command: the fixture nxos_vlans/show_vlan of cisco.nxos [certain].
    Which trunks a switch lists they do not say: the lab lists the ports of the configuration, a channel once [likely].
    """
    brief = bool(rest) and "brief".startswith(rest)
    if rest and not brief:
        return None
    text = ["", "VLAN Name                             Status    Ports", _RULE]
    rows, kinds = [], []
    for number in sorted(chassis.store.vlans):
        block = chassis.store.root.get(("vlan", str(number)), VLAN_ROW)
        name = _setting(block, "name") or ("default" if number == 1 else f"VLAN{number:04}")
        state, is_shut = _setting(block, "state") or "active", _setting(block, "shutdown") is not None
        ports = list(_ports(chassis, number))
        text += _printed(f"{number:<5}{name:<33}{'act/lshut' if is_shut else state:<10}", [_short(p) for p in ports])
        about: dict[str, object] = {
            "vlanshowbr-vlanid": str(number),
            "vlanshowbr-vlanid-utf": str(number),
            "vlanshowbr-vlanname": name,
            "vlanshowbr-vlanstate": state,
            "vlanshowbr-shutstate": "shutdown" if is_shut else "noshutdown",
        }
        rows.append({**about, "vlanshowplist-ifidx": ",".join(ports)} if ports else about)
        kind = {"vlanshowinfo-vlanid": str(number), "vlanshowinfo-media-type": "enet"}
        kinds.append({**kind, "vlanshowinfo-vlanmode": "ce-vlan"})
    if brief:
        body: dict[str, object] = {"TABLE_vlanbriefxbrief": {"ROW_vlanbriefxbrief": rows}}
        return Answer("\n".join([*text, ""]), body=body)
    text += ["", "VLAN Type         Vlan-mode", "---- -----        ----------"]
    text += [f"{number:<5}{'enet':<13}CE" for number in sorted(chassis.store.vlans)]
    body = {"TABLE_vlanbrief": {"ROW_vlanbrief": rows}, "TABLE_mtuinfo": {"ROW_mtuinfo": kinds}}
    return Answer("\n".join([*text, ""]), body=body)


def vrfs(chassis: Chassis, rest: str) -> Answer | None:
    """``show vrf`` and ``show vrf all``.

    Text: corpus/nxos/show/show-vrf/genie-go1.txt; body: the fixture nxos_vpc/show_vrf_all of cisco.nxos [certain].
    ``default`` is 1, ``management`` 2 (both there); that the others count from 3 as they were made is [likely].
    """
    if rest and not "all".startswith(rest):
        return None
    own = [line.key[2] for line in chassis.store.root.children if line.key[:2] == ("vrf", "context")]
    numbers = {"default": 1, "management": 2}
    numbers |= {name: number for number, name in enumerate((each for each in own if each not in numbers), 3)}
    text = [f"{'VRF-Name':<35}{'VRF-ID':>6} {'State':<7} {'Reason':<35}"]
    rows = []
    for name in sorted(numbers):
        text.append(f"{name:<35}{numbers[name]:>6} {'Up':<7} {'--':<35}")
        rows.append({"vrf_name": name, "vrf_id": numbers[name], "vrf_state": "Up", "vrf_reason": "--"})
    return Answer("\n".join([*text, ""]), body={"TABLE_vrf": {"ROW_vrf": rows}})


def _setting(block: Line | None, word: str) -> str | None:
    line = block.get((word,)) if block else None
    return None if line is None or line.text.startswith("no ") else line.text.removeprefix(word).strip()


def _ports(chassis: Chassis, vlan: int) -> Iterator[str]:
    for line in chassis.store.interfaces():
        if line.mode not in ("if-Ethernet", "if-port-channel") or chassis.store.is_routed(line):
            continue
        if line.get(("channel-group",)):
            continue
        mode = line.get(("switchport", "mode"))
        if mode and mode.text.endswith(" trunk"):
            allowed = line.get(("switchport", "trunk", "allowed", "vlan"))
            carried = VLANS if allowed is None or allowed.vlans is None else allowed.vlans
        else:
            access = line.get(("switchport", "access", "vlan"))
            carried = frozenset({int(access.text.split()[-1]) if access else 1})
        if vlan in carried:
            yield line.key[1]


def _short(port: str) -> str:
    for kind, short in _SHORT.items():
        port = port.replace(kind, short)
    return port


def _printed(head: str, ports: list[str]) -> Iterator[str]:
    """The row of a VLAN, its ports wrapped behind their commas."""
    lines = [""]
    for port in ports:
        if lines[-1] and len(lines[-1] + port) > 29:
            lines.append("")
        lines[-1] += f", {port}" if lines[-1] else port
    for number, line in enumerate(lines):
        yield f"{head if number == 0 else ' ' * 48}{line}".rstrip()
