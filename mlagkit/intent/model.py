"""What every part of a pair file has in common: unknown keys are refused, nothing is converted, nothing changes."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from mlagkit.intent.text import RawLines


class Model(BaseModel):
    """A mapping of the pair file.

    A key without a value (``mtu:``) says nothing, as if it were not there; so a pair can take back
    what its profile or ``site.yaml`` says. A model is built when it is first used: a file that has
    no VXLAN does not pay for it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def _unsaid(cls, data: object) -> object:
        if isinstance(data, dict):
            return {key: value for key, value in data.items() if value is not None}
        return data


class Block(Model):
    """A mapping that stands for a block of configuration, and may hold lines that the model does not know."""

    extra: Annotated[
        RawLines, Field(description="Raw lines of this block that have no key here, as the device prints them.")
    ] = ()
