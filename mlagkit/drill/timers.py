"""When what happens in a step happens: the timers of a switch as seconds from the event (reference 5.1).

Times are those of the timers configured. Where the sources disagree (reference 10) a time is a range from what one
says to what the other says.
"""

from __future__ import annotations

from dataclasses import dataclass

from mlagkit.drill.outcome import Seconds
from mlagkit.switch import DelayRestore, Switch

CARRIER = Seconds(0, 1)
"""A host notices lost carrier and uses its other link (F01, F02: less than a second)."""
FAILOVER = Seconds(1, 3)
"""The same where the switch takes the port down (F05, F25: about one to three seconds)."""
REJOIN = Seconds(0, 10)
"""What was seen to be lost when a switch comes back (F16: CSCvw14768, CSCvu13461), on some releases."""
LEG_BRING_UP = 5
"""Seconds until a leg is up that nothing delays (reference 5.1: 3 x i + 5)."""
SHORT = 1
"""The same of a port without LACP and of an SVI."""
NO_DELAY = DelayRestore(vpc=0, interface_vlan=0, orphan_port=0)


@dataclass(frozen=True, slots=True)
class Shift:
    """When the links of a switch change in a step, in seconds from the event.

    ``lost``: until hosts use another link. ``back``: until legs forward that did not; ``svis``: until there is a
    gateway again; ``orphans``: until suspended orphan ports are up. ``flap``: legs that forward before and after went
    down for ``back`` in between, for sure or, with ``maybe``, in the worst case; with ``suspends`` all that is
    suspended with the legs went with them.
    """

    lost: Seconds = CARRIER
    back: Seconds = CARRIER
    svis: Seconds = CARRIER
    orphans: Seconds = CARRIER
    flap: bool = False
    maybe: bool = False
    suspends: bool = False

    @classmethod
    def promotion(cls, back: Seconds, *, flap: bool = False, maybe: bool = False) -> Shift:
        """Everything comes up at once when a switch takes over."""
        return cls(back=back, svis=back, orphans=back, flap=flap, maybe=maybe, suspends=flap)


STILL = Shift()


def restored(switch: Switch, *, flap: bool, is_new: bool) -> Shift:
    """The delays of a switch from the adjacency on (5.1); until then another one is the gateway unless it is new."""
    delay = switch.domain.delay_restore if switch.domain else NO_DELAY
    return Shift(
        lost=FAILOVER,
        back=_within(delay.vpc, LEG_BRING_UP),
        svis=_within(delay.interface_vlan, SHORT) if is_new else CARRIER,
        orphans=_within(delay.orphan_port, SHORT),
        flap=flap,
    )


def suspends_by(switch: Switch) -> float:
    """When hosts use their other link at the latest: the hold-timeout, one more hello, and the failover (5.1)."""
    keepalive = switch.keepalive
    waited = keepalive.hold_timeout + keepalive.interval / 1000 if keepalive else 0
    return waited + (FAILOVER.worst or 0)


def recovery(switch: Switch) -> Seconds:
    """How long auto-recovery takes: three hellos by the guide, up to the reload-delay in the field (5.1)."""
    interval = switch.keepalive.interval / 1000 if switch.keepalive else 1
    best = 3 * interval + LEG_BRING_UP
    return Seconds(best, max(best, switch.domain.auto_recovery_reload_delay if switch.domain else 0))


def takeover(switch: Switch) -> Seconds:
    """When a secondary leads that hears nothing, with legs that were suspended: hold-timeout plus timeout (5.1)."""
    waited = switch.keepalive.hold_timeout + switch.keepalive.timeout if switch.keepalive else 0
    return _within(waited, LEG_BRING_UP)


def start_alone(switch: Switch) -> Seconds:
    """When auto-recovery brings up a switch that started alone: after the reload-delay (5.1, F21)."""
    return _within(switch.domain.auto_recovery_reload_delay if switch.domain else 0, LEG_BRING_UP)


def _within(delay: float, more: float) -> Seconds:
    return Seconds(delay, delay + more)
