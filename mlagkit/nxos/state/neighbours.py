"""`show lldp neighbors`: who is heard on which port.

Own code, to refuse what is not understood. The corpus has one answer of a terminal, from which this was written; of
NX-API there is none, so its answer is refused.
"""

from __future__ import annotations

import re

from mlagkit.nxos.state.body import Json
from mlagkit.nxos.state.lines import Line, Misread, squeezed
from mlagkit.state import Neighbour
from mlagkit.values import InterfaceName

_HEAD = "device id local intf hold-time capability port id"
# corpus: ntc-show-lldp-neighbors.txt. A name that is too long for its column stands in a line of its own.
_ROW = re.compile(r"(?P<device>\S.*?)?\s+(?P<port>[A-Za-z]+\d\S*)\s+\d+\s+(?:[A-Z]+\s+)?(?P<far>\S.*)")
_TOTAL = re.compile(r"Total entries displayed: (\d{1,6})")


def from_text(lines: list[Line]) -> tuple[Neighbour, ...]:
    """What a terminal shows."""
    heads = [number for number, line in enumerate(lines) if squeezed(line.text) == _HEAD]
    total = _TOTAL.fullmatch(lines[-1].text)
    if len(heads) != 1 or not total:
        raise Misread("it has no table, or no end")
    found: list[Neighbour] = []
    device = ""
    for line in lines[heads[0] + 1 : -1]:
        row = _ROW.fullmatch(line.text)
        if row and bool(row["device"]) != bool(device):
            port = line.read(InterfaceName.parse, row["port"])
            found.append(Neighbour(port=port, device=row["device"] or device, far_port=row["far"]))
            device = ""
        elif row or device or line.text[0].isspace():
            raise line.misread()
        else:
            device = line.text
    if device or len(found) != int(total[1]):
        raise Misread(f"it has {len(found)} rows, and says {total[1]}")
    return tuple(found)


def from_body(body: Json) -> tuple[Neighbour, ...]:
    """What NX-API tells: not read, for want of a sample."""
    raise Misread(f"no sample of this JSON was at hand ({', '.join(sorted(body))[:60]})")
