"""The configuration of one emulated switch: what it holds, and how it prints it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from mlagkit.nxos.lab.row import Kind, Row
from mlagkit.nxos.lab.spelling import LIST_WIDTH, InterfaceName, vlan_text
from mlagkit.nxos.lab.table import MODES
from mlagkit.nxos.lab.tree import Line, rank_of

VLAN_ROW = next(row for row in MODES["global"] if row.kind is Kind.VLANS)
INTERFACE_ROW = next(row for row in MODES["global"] if row.words == ("interface",))
_OF_EXTENDER = re.compile(r"Ethernet1\d\d/.+")
_STAMP = "%a %b %e %H:%M:%S %Y"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A whole configuration as it was at one moment; it shares no line with the store that it was taken of."""

    lines: tuple[Line, ...]
    vlans: frozenset[int]


class Store:
    """All lines of one switch. A session changes it, a reader prints it; nothing else is remembered.

    ``unmodelled`` are the lines that were taken although the table does not know them, in order:
    what a real switch does with them is not known here. ``default_l3`` says that ports are routed
    on this platform where no line says otherwise (vpc-reference 7 row 17), ``list_width`` where long VLAN lists
    are cut. ``generation`` counts how often all lines were put in place of others, so that a session knows
    that the blocks that it stands in are gone; ``clock`` is there once a switch runs on it.
    """

    def __init__(self) -> None:
        self.root = Line("", (), mode="global")
        self.vlans: set[int] = {1}  # VLAN 1 always exists (vpc-reference 2.4)
        self.unmodelled: list[str] = []
        self.default_l3 = False
        self.list_width = LIST_WIDTH
        self.changed: datetime | None = None
        self.generation = 0
        self.clock: Callable[[], datetime] | None = None

    @property
    def hostname(self) -> str:
        """The name in the prompt; ``switch`` where none is set."""
        for key in (("hostname",), ("switchname",)):
            line = self.root.get(key)
            if line:
                return line.text.split()[-1]
        return "switch"

    @property
    def version(self) -> str:
        """The release that the start text names, else one that the table was written for."""
        line = self.root.get(("version",)) or next((x for x in self.root.children if x.key[:1] == ("version",)), None)
        words = line.text.split() if line else []
        return words[1] if len(words) > 1 else "10.3(5)"

    def has_feature(self, name: str) -> bool:
        """Whether ``feature NAME`` stands in the configuration."""
        return self.root.get(("feature", *name.split())) is not None

    def interface(self, name: str) -> Line | None:
        """The block of an interface, by its printed name."""
        return self.root.get(("interface", name))

    def interfaces(self) -> list[Line]:
        """Every interface block, in printed order."""
        return [line for line in self.root.children if line.row is INTERFACE_ROW]

    def open_interface(self, name: InterfaceName, append: bool = False) -> Line:
        """The block of an interface, made where it is missing."""
        found = self.interface(str(name))
        if found:
            return found
        mode = "if-sub" if "." in name.number else f"if-{name.kind}"
        line = Line(
            f"interface {name}",
            ("interface", str(name)),
            row=INTERFACE_ROW,
            mode=mode,
            rank=rank_of("global", INTERFACE_ROW, *name.order),
            gap=True,
        )
        self.add(self.root, line, append)
        return line

    def vlan_blocks(self, vlans: frozenset[int]) -> list[Line]:
        """The blocks of VLANs; one that has no line yet is printed, and kept, from its first line on."""
        held = {line.key: line for line in self.root.children if line.row is VLAN_ROW}
        blocks = []
        for vlan in sorted(vlans):
            key, rank = ("vlan", str(vlan)), rank_of("global", VLAN_ROW, vlan)
            blocks.append(held.get(key) or Line(f"vlan {vlan}", key, VLAN_ROW, "vlan", rank))
        return blocks

    def keep(self, block: Line, append: bool) -> None:
        """Give a VLAN block its place before it gets its first line."""
        if block.row is VLAN_ROW and block not in self.root.children:
            self.list_vlans([int(block.key[1])], append)
            self.add(self.root, block, append)

    def list_vlans(self, vlans: list[int], append: bool = False) -> None:
        """Create VLANs: they join the one list line (vpc-reference 7 row 5)."""
        self.vlans.update(vlans)
        line = self.root.get(("vlan",), VLAN_ROW)
        if line is None:
            line = Line("", ("vlan",), VLAN_ROW, rank=rank_of("global", VLAN_ROW, 0))
            self.add(self.root, line, append)
        line.text = f"vlan {vlan_text(self.vlans)}"

    def drop_vlans(self, vlans: frozenset[int]) -> None:
        """Delete VLANs with their blocks. VLAN 1 stays: it is never deleted (bench/README, assumptions)."""
        gone = vlans - {1}
        self.vlans -= gone
        for vlan in gone:
            block = self.root.get(("vlan", str(vlan)))
            if block:
                self.root.remove(block)
        self.list_vlans([])

    @staticmethod
    def add(block: Line, line: Line, append: bool) -> None:
        """A new line in a block: at its end while a dump is read, else where the switch prints it."""
        if append:
            block.children.append(line)
        else:
            block.insert(line)

    def members(self, channel: str) -> list[Line]:
        """The ports of a port-channel, by its number."""
        found = []
        for port in self.interfaces():
            line = port.get(("channel-group",))
            if line and line.text.split()[1] == channel:
                found.append(port)
        return found

    def is_routed(self, port: Line) -> bool:
        """Whether a port is a layer 3 port: its own line, else the platform's default."""
        line = port.get(("switchport",))
        return line.text == "no switchport" if line else self.routes_by_default(port)

    def routes_by_default(self, port: Line) -> bool:
        """Whether a port without a line of its own is a layer 3 port: as a line says, else the platform's default.

        None of a fabric extender is (github.com/hsuryaka/Vxlan, site4-leaf-411: a bare ``switchport`` on others only).
        """
        if _OF_EXTENDER.fullmatch(port.key[-1]):
            return False
        line = self.root.get(("system", "default", "switchport"))
        return line.text.startswith("no ") if line else self.default_l3

    def snapshot(self) -> Snapshot:
        """A copy of the configuration that no later line changes."""
        return Snapshot(tuple(line.copy() for line in self.root.children), frozenset(self.vlans))

    def restore(self, snapshot: Snapshot) -> None:
        """Put all lines of a snapshot in place of the present ones."""
        self.root.children = [line.copy() for line in snapshot.lines]
        self.vlans = set(snapshot.vlans)
        self.generation += 1

    def again(self, block: Line, parent: Line) -> Line | None:
        """The block that stands now where one of an earlier generation stood; None where there is none.

        Physical ports and VLANs are there with or without lines.
        """
        if block.row is VLAN_ROW:
            return self.vlan_blocks(frozenset({int(block.key[1])}))[0]
        found = parent.get(block.key, block.row)
        if found is None and block.mode == "if-Ethernet":
            found = self.open_interface(InterfaceName("Ethernet", block.key[1].removeprefix("Ethernet")))
        return found

    def body(self) -> list[str]:
        """The configuration without the header: equal bodies are equal configurations."""
        rows: list[str] = []
        for line in self.root.children:
            rows.extend(line.rows(self.list_width))
        return rows[1:] if rows[:1] == [""] else rows

    def text(self, command: str, now: datetime) -> str:
        """What ``show running-config`` prints; the header as in corpus/nxos/pairs/ales999-project-bgw12."""
        done = f"{self.changed:{_STAMP}}" if self.changed else ""
        head = ["", f"!Command: {command}"]
        head.append(
            f"!Running configuration last done at: {done}" if done else "!No configuration change since last restart"
        )
        return "\n".join([*head, f"!Time: {now:{_STAMP}}", "", *self.body()]) + "\n"


def find_row(mode: str, words: str) -> Row:
    """The row of a mode by its key words; for the effects that type lines themselves."""
    return next(row for row in MODES[mode] if str(row) == words)
