"""The emulated pair: switches on loopback that real clients talk to.

It executes commands from a table of its own (`mlagkit.nxos.lab.table`) and imports nothing of the program that it
is there to check.

Besides its configuration a switch has files, checkpoints, a startup copy and a clock, and does by itself what its
scheduler says. What it does not emulate it refuses. Not there, as no source says what a switch does: the checkpoints
that NX-OS makes by itself before ``no feature`` and the defaults that its checkpoint files list; what ``best-effort``
and ``stop-at-first-failure`` leave behind; the logs of a rollback; schedules by week and month, and by a delta from
now. EEM has no timer in the guides for Nexus, so none is taken here. A restart takes no time.
"""

from mlagkit.nxos.lab.answer import Answer
from mlagkit.nxos.lab.clock import LabClock
from mlagkit.nxos.lab.faults import Faults, HttpFault, RollbackFault
from mlagkit.nxos.lab.lab import Lab, LabSwitch

__all__ = ["Answer", "Faults", "HttpFault", "Lab", "LabClock", "LabSwitch", "RollbackFault"]
