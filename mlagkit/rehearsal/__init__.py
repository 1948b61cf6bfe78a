"""A failure rehearsed on an emulated pair: events told at a prompt or over HTTP while real clients watch.

What the pair makes of them is told by the drill, not by NX-OS: a rehearsal tries people, tools and their wiring.
"""

from mlagkit.rehearsal.listener import Listener
from mlagkit.rehearsal.prompt import prompt
from mlagkit.rehearsal.rehearse import Rehearsal

__all__ = ["Listener", "Rehearsal", "prompt"]
