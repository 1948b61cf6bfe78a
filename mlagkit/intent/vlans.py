"""VLANs, by their number."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from mlagkit.intent.model import Block
from mlagkit.intent.ranges import Vni
from mlagkit.intent.text import VlanName


class Vlan(Block):
    """One VLAN; ``10: web`` is short for ``10: {name: web}``."""

    name: VlanName | None = Field(None, description="Name; without one the switch makes its own (VLAN0010).")
    state: Literal["active", "suspend"] | None = Field(None, description="suspend stops forwarding.")
    shutdown: bool | None = Field(None, description="Stop local forwarding.")
    vni: Vni | None = Field(None, description="VXLAN segment, `vn-segment`.")

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, data: object) -> object:
        if data is None:
            return {}
        return {"name": data} if isinstance(data, str | int | float) else data
