"""Emulated switches without a network: what a test types, and what is answered."""

from __future__ import annotations

from datetime import UTC, datetime

from mlagkit.nxos.lab import Faults, LabClock
from mlagkit.nxos.lab.answer import Answer
from mlagkit.nxos.lab.chassis import Chassis
from mlagkit.nxos.lab.shell import Shell

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
START = """\
!Command: show running-config
version 10.3(5) Bios:version
hostname leaf-101
feature nxapi
feature scp-server
feature scheduler
feature lacp
feature vpc
ip domain-name example.net
vlan 1,10,20
vlan 10
  name web
vpc domain 10
  peer-switch
  role priority 100

interface port-channel10
  switchport mode trunk
  switchport trunk allowed vlan 10,20
  vpc 10

interface Ethernet1/1
  description host
  switchport mode trunk
  switchport trunk allowed vlan 10,20
  channel-group 10 mode active

interface Ethernet1/2
  shutdown
"""


class Login:
    """One client of a switch; ``says`` wants success, ``refused`` a refusal."""

    def __init__(self, chassis: Chassis, *, ask: bool = False) -> None:
        self.shell = Shell(chassis)
        if not ask:
            self.says("terminal dont-ask")

    def answer(self, line: str) -> Answer:
        """Whatever is answered."""
        return self.shell.feed(line)

    def says(self, *lines: str) -> str:
        """The text of the last of several lines, none of which may be refused."""
        answers = [self.answer(line) for line in lines]
        assert [answer.text for answer in answers if not answer.ok] == []
        return answers[-1].text

    def refused(self, line: str) -> str:
        """The text of a refusal."""
        answer = self.answer(line)
        assert not answer.ok, answer.text
        return answer.text.split("^\n")[-1]

    def config(self, *lines: str) -> None:
        """Lines of configuration, from and to exec mode."""
        self.says("configure terminal", *lines, "end")


def switch(
    start: str = START, *, clock: LabClock | None = None, faults: Faults | None = None, strict: bool = False
) -> Chassis:
    """A switch that runs ``start``; its clock stands until it is advanced."""
    return Chassis("leaf-101", start, clock or LabClock(NOW), faults or Faults(), strict)


def body(chassis: Chassis) -> list[str]:
    """Its configuration without the header."""
    return chassis.store.body()
