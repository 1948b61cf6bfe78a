"""What is attached to a pair."""

from __future__ import annotations

from collections.abc import Mapping

from mlagkit import host
from mlagkit.expand.fill import NOTHING, fill
from mlagkit.host import Host
from mlagkit.intent.pair import Pair
from mlagkit.intent.switches import Timers

_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}


def hosts_of(pair: Pair) -> Mapping[str, Host]:
    """The hosts by name, with durations in seconds."""
    return {
        name: fill(
            Host,
            NOTHING,
            said,
            name=name,
            path=("hosts", name),
            pxe=bool(said.pxe),
            max_interruption=_seconds(said.max_interruption),
            timers=_timers(said.timers or Timers()),
        )
        for name, said in pair.hosts.items()
    }


def _timers(said: Timers) -> host.Timers:
    return host.Timers(
        corosync_token=_seconds(said.corosync_token),
        vrrp_advertisement=_seconds(said.vrrp_advertisement),
        drbd_ping_timeout=_seconds(said.drbd_ping_timeout),
    )


def _seconds(text: str | None) -> float | None:
    if text is None:
        return None
    number = text.rstrip("msh")
    return int(number) * _UNITS[text[len(number) :]]
