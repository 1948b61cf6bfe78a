"""Whether a switch tags the native VLAN of its trunks: one line for all of them, read from raw lines."""

from __future__ import annotations

from mlagkit.nxos.nested import found, lines_of
from mlagkit.part import asked_once
from mlagkit.switch import Switch

TAGGING = "vlan dot1q tag native"


@asked_once
def native_tagging(switch: Switch) -> str | None:
    """The line as it stands, such as ``vlan dot1q tag native exclude control``; None where frames go without a tag.

    A switch prints it with a capital Q (corpus single/napalm-n9k-checkpoint-initial), a person types it without.
    """
    lines = (line._replace(text=line.text.lower()) for line in lines_of(switch.extra))
    words = next(found(lines, TAGGING), None)
    return None if words is None else " ".join((TAGGING, *words))


def tagged_on_one(switch: Switch, peer: Switch) -> str:
    """How the two differ in it, in one order whichever is asked first; empty where they do not."""
    told = sorted((each.name, native_tagging(each)) for each in (switch, peer))
    if told[0][1] == told[1][1]:
        return ""
    return ", ".join(f"`{line}` on {name}" if line else f"no tags on {name}" for name, line in told)
