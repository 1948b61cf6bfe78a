"""Real answers: the texts of ../shared/corpus, and what mlagkit's own readers say of each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mlagkit.errors import BrokenReply
from mlagkit.nxos.reply import Show
from mlagkit.nxos.state import read_state
from oracle.facts import Asked, of_state

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "nxos" / "show"

FOLDERS = {
    "show-vpc": Show.VPC,
    "show-vpc-brief": Show.VPC,
    "show-port-channel-summary": Show.PORT_CHANNEL_SUMMARY,
    "show-interface-status": Show.INTERFACE_STATUS,
    "show-lldp-neighbors": Show.LLDP_NEIGHBORS,
    "show-version": Show.VERSION,
}


def asked() -> Iterator[Asked]:
    """Every text that mlagkit reads; one that it refuses is read by nobody here, since it has no state to compare."""
    for folder, command in FOLDERS.items():
        for path in sorted((CORPUS / folder).glob("*.txt")):
            text = path.read_bytes().decode("utf-8", "surrogateescape")
            if text.lstrip().startswith("{"):  # NX-API's form under the name of a text
                continue
            try:
                state = read_state("switch", {command: text})
            except BrokenReply:
                continue
            if facts := of_state(state, command):
                yield Asked(where=f"{folder}/{path.name}", command=command, text=text, facts=facts)
