"""Plan: the safe way from what a pair runs to what is intended, on both switches, with proof.

A pure function from two running-configs and their differences to ordered steps. What is printed leads there, line by
line, was found to lead back, and says what it costs.
"""

from __future__ import annotations

from mlagkit.plan.isolate import isolate
from mlagkit.plan.make import Task, Waives, plan
from mlagkit.plan.retrace import Untraceable, retrace
from mlagkit.plan.step import Command, Permission, Plan, Step, Stop, typed_lines
from mlagkit.plan.stops import Reach
from mlagkit.plan.way import NoWay, Way, Work, way

__all__ = [
    "Command",
    "NoWay",
    "Permission",
    "Plan",
    "Reach",
    "Step",
    "Stop",
    "Task",
    "Untraceable",
    "Waives",
    "Way",
    "Work",
    "isolate",
    "plan",
    "retrace",
    "typed_lines",
    "way",
]
