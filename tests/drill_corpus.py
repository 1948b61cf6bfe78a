"""Real pairs for the drill: those of the corpus, and each of its single switches beside a twin of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from mlagkit.drill.wiring import Peers
from mlagkit.nxos.parse import parse
from mlagkit.nxos.read import read
from mlagkit.switch import Switch
from tests import corpus_lines
from tests.conftest import CORPUS

PAIRS = sorted(CORPUS.glob("nxos/pairs/*"))
SINGLES = sorted(CORPUS.glob("nxos/single/*.cfg"))

_KEEPALIVE = re.compile(r"(?m)^(\s+peer-keepalive destination )(\S+)( source )(\S+)")
_NAME = re.compile(r"(?m)^((?:hostname|switchname) +\S+)")
_ADDRESS = re.compile(r"(?m)^(\s+ip address )(\d+\.\d+\.\d+\.)(\d+)(/31\b)?")
"""Addresses of a twin: the last number is another one."""


@cache
def pair_of_corpus(path: Path) -> Peers:
    """The pair of a folder, or the single switch of a file with its twin."""
    if path.is_dir():
        one, other = (_read(corpus_lines.read(path / f"{name}.cfg"), name, path.name) for name in "ab")
        return one, other
    text = corpus_lines.read(path)
    turned = _KEEPALIVE.sub(r"\g<1>\g<4>\g<3>\g<2>", _ADDRESS.sub(_of_twin, text))
    return _read(text, "a", path.stem), _read(_NAME.sub(r"\1-twin", turned), "b", path.stem)


def _of_twin(match: re.Match[str]) -> str:
    return f"{match[1]}{match[2]}{int(match[3]) ^ 1}{match[4] or ''}"


def _read(text: str, name: str, pair: str) -> Switch:
    return read(parse(text, f"{name}.cfg"), name=name, peer="b" if name == "a" else "a", pair=pair)


def events_of(peers: Peers) -> Iterator[str]:
    """Everything that can happen to a pair, in words, from what its configurations name."""
    yield from ("peer-link down", "peer-link shutdown", "peer-link lossy", "keepalive down", "power-off both")
    yield from ("type-1 mismatch", "role preempt")
    if peers[0].peer_link is not None:
        yield from (f"peer-link member down {member}" for member in peers[0].peer_link.members)
    yield from (f"type-1 mismatch vpc {vpc}" for vpc in sorted(peers[0].vpcs.keys() & peers[1].vpcs.keys()))
    for switch in peers:
        for word in ("power-off", "reload", "hang", "uplinks down", "track down", "shutdown domain"):
            yield f"{word} {switch.name}"
        yield from (f"vpc {vpc} down on {switch.name}" for vpc in switch.vpcs)
        yield from (f"svi {vlan} down {switch.name}" for vlan in switch.svis)
        for port in switch.ports.values():
            if port.mode != "routed" and not port.shutdown and not port.members:
                yield f"link down {switch.name} {port.name}"
