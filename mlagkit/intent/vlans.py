"""VLANs, by their number."""

from typing import Annotated, Literal, TypeAlias

from mlagkit.intent.model import Block, Maybe
from mlagkit.intent.ranges import Vni
from mlagkit.intent.text import VlanName
from mlagkit.intent.written import NOTHING, AlsoWritten


class Vlan(Block):
    """One VLAN."""

    name: Maybe[VlanName] = None
    """Name; without one the switch makes its own (VLAN0010)."""
    state: Maybe[Literal["active", "suspend"]] = None
    """suspend stops forwarding."""
    shutdown: Maybe[bool] = None
    """Stop local forwarding."""
    vni: Maybe[Vni] = None
    """VXLAN segment, `vn-segment`."""


NAME_SCHEMA = {"type": "string", "pattern": "^[!->@-~]+$", "maxLength": 128}


def _short_form(value: object) -> object:
    if value is None:
        return {}
    return {"name": value} if isinstance(value, str | int | float) else value


VlanEntry: TypeAlias = Annotated[Vlan, AlsoWritten(_short_form, NOTHING, NAME_SCHEMA)]
"""``10: web`` is short for ``10: {name: web}``, and ``10:`` for a VLAN without a name."""
