"""What the virtual switches of a host can bundle its links with, and what the switches expect of them."""

from __future__ import annotations

from collections.abc import Iterator

from mlagkit.finding import Severity
from mlagkit.host import BY_IP_HASH, EMBEDDED_TEAMING, STANDARD_SWITCH, Host
from mlagkit.rules.rule import Hit, pair_rule, switch_rule
from mlagkit.switch import Port, Switch
from mlagkit.topology.attached import links, ports_to
from mlagkit.topology.channels import channel_modes, is_static, speaks_lacp


@pair_rule("HO10", Severity.ERROR)
def esxi_static_hash(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """A virtual switch of ESXi and the ports that it is on don't fit: LACP, or IP hash on one side only.

    Why: A standard switch has no LACP: the ports are suspended. IP hash and a static channel need each other: with one
        of the two alone a virtual machine's address moves from port to port. The rule needs the host's `system`, or its
        `teaming`. Beside a channel of the host other ports are another matter, such as one for management.

    Needs: `hosts` in a pair file; running-configs do not tell of them.

    Bad:
        hosts:
          web-01: {bond: , lacp_rate: , system: esxi-standard, teaming: iphash}

    Good:
        hosts:
          web-01: {system: esxi-distributed}

    Fix: Mode on with IP hash, no channel without it, or LACP on a distributed switch.

    Source: Broadcom KB 324555 [certain]
    """
    for host in switch.hosts.values():
        needs_channel = host.teaming == BY_IP_HASH and _has_single_links(switch, peer, host)
        for port in ports_to(switch, host.name):
            wrong = _unfit(switch, port, host, needs_channel=needs_channel)
            if wrong:
                yield Hit(port, "lacp", f"{port.name} {wrong}")


def _has_single_links(switch: Switch, peer: Switch, host: Host) -> bool:
    """Whether a host has several links, and none of them is in a channel."""
    ports = [(each, port) for each in (switch, peer) for port in ports_to(each, host.name)]
    return sum(len(links(*at)) for at in ports) > 1 and not any(channel_modes(*at) for at in ports)


def _unfit(switch: Switch, port: Port, host: Host, *, needs_channel: bool) -> str:
    """What is wrong about a port of a host."""
    if host.system == STANDARD_SWITCH and speaks_lacp(switch, port):
        return f"expects LACP, which the standard switch of {host.name} does not speak"
    if needs_channel:
        return f"is no channel, and {host.name} chooses links by IP hash"
    if host.teaming not in (None, BY_IP_HASH) and is_static(switch, port):
        return f"is a static channel, and {host.name} does not choose links by IP hash"
    return ""


@switch_rule("HO11", Severity.WARNING)
def set_on_channel(switch: Switch) -> Iterator[Hit]:
    """A Hyper-V host with Switch Embedded Teaming is on a port-channel.

    Why: Switch Embedded Teaming works without the switches' help only: with LACP the ports are suspended, and on a
        static channel its addresses move from port to port. The rule needs the host's `system`.

    Needs: `hosts` in a pair file; running-configs do not tell of them.

    Bad:
        hosts:
          web-01: {bond: , lacp_rate: , system: hyper-v-set}

    Good:
        hosts:
          web-01: {system: windows}

    Fix: Take the ports out of the port-channel, or team the host's links with LBFO, which is no choice for Hyper-V.

    Source: learn.microsoft.com, K [likely]
    """
    for host in switch.hosts.values():
        for port in ports_to(switch, host.name) if host.system == EMBEDDED_TEAMING else ():
            if channel_modes(switch, port):
                message = f"{port.name} is a channel, and {host.name} has Switch Embedded Teaming, which knows none"
                yield Hit(port, "lacp", message)
