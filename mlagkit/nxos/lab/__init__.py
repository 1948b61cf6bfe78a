"""The emulated pair: switches on loopback that real clients talk to.

It executes commands from a table of its own (`mlagkit.nxos.lab.table`) and imports nothing of the program that it
is there to check.
"""

from mlagkit.nxos.lab.answer import Answer
from mlagkit.nxos.lab.clock import LabClock
from mlagkit.nxos.lab.faults import Faults, HttpFault, RollbackFault
from mlagkit.nxos.lab.lab import Lab, LabSwitch

__all__ = ["Answer", "Faults", "HttpFault", "Lab", "LabClock", "LabSwitch", "RollbackFault"]
