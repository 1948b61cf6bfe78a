"""What is wrong with a pair file although every value by itself is right: things said twice, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_interface

from mlagkit.excerpt import visible
from mlagkit.finding import Finding
from mlagkit.input_rules import input_finding
from mlagkit.intent.pair import Intent, Pair
from mlagkit.intent.ranges import LAST_CHANNEL
from mlagkit.part import Path
from mlagkit.source import locate, nearest, value_origin


def contradictions(pair: Pair) -> list[Finding]:
    """What no single value shows; findings of both switches at one place are one."""
    findings = [*_same_address(pair), *_hosts_to_reach(pair)]
    for hostname in pair.hostnames:
        check = _Check(pair, hostname)
        findings += [*check.without_a_domain(), *check.role_priority(), *check.keepalive(), *check.claimed_twice()]
        findings += [*check.management(), *check.subinterfaces(), *check.channel_numbers()]
    return findings


def _same_address(pair: Pair) -> Iterator[Finding]:
    first, second = pair.hostnames
    taken = {ip_interface(prefix).ip: prefix for prefix, _ in _management(pair, first)}
    for prefix, path in _management(pair, second):
        if ip_interface(prefix).ip in taken:
            origin = value_origin(pair.sources[second].root, path)
            message = f"{second} has the management address of {first}, {taken[ip_interface(prefix).ip]}"
            yield input_finding("IN17", message, origin, path=path)


def _management(pair: Pair, hostname: str) -> Iterator[tuple[str, Path]]:
    """The addresses of mgmt0 and where they are said."""
    own, said = pair.facts.switches[hostname].management, pair.intents[hostname].management
    if own:
        yield own, ("switches", hostname, "management")
    if said and said.interface.address:
        yield said.interface.address, ("management", "address")


def _hosts_to_reach(pair: Pair) -> Iterator[Finding]:
    """A host that must reach one that the file does not have, or itself."""
    root = pair.sources[pair.hostnames[0]].root
    for name, host in pair.hosts.items():
        for place, other in enumerate(host.reaches or ()):
            path = ("hosts", name, "reaches", place)
            origin = value_origin(root, path)
            if other == name:
                yield input_finding("IN06", "a host needs nobody to reach itself", origin, path=path)
            elif other not in pair.hosts:
                others = [*(pair.hosts.keys() - {name})]
                near = nearest(other, others)
                advice = f"did you mean `{near}`?" if near else f"known: {', '.join(sorted(others)) or 'no other'}"
                message = f"no host is called `{visible(other, 40)}`; {advice}"
                yield input_finding("IN09", message, origin, path=path, fix=near or "")


class _Check:
    """The checks of one switch of a pair."""

    def __init__(self, pair: Pair, hostname: str) -> None:
        self.pair = pair
        self.hostname = hostname
        self.intent: Intent = pair.intents[hostname]
        self.root = pair.sources[hostname].root

    def _at(self, rule: str, message: str, path: Path) -> Finding:
        return input_finding(rule, message, locate(self.root, path), path=path)

    def without_a_domain(self) -> Iterator[Finding]:
        """VPC lines without a domain are refused by the switch."""
        intent = self.intent
        used = [key for key in ("vpcs", "peer_link", "keepalive") if getattr(intent, key)]
        if intent.domain is None and used:
            yield self._at("IN16", f"`{used[0]}` needs a `domain` with its `id`", (used[0],))

    def role_priority(self) -> Iterator[Finding]:
        """One fact, one place."""
        facts = self.pair.facts.switches[self.hostname]
        if self.intent.domain and self.intent.domain.role_priority and facts.role_priority:
            path = ("switches", self.hostname, "role_priority")
            yield self._at("IN17", "`domain.role_priority` says this already; keep one of the two", path)

    def management(self) -> Iterator[Finding]:
        """One IPv4 address, said once."""
        own, said = self.pair.facts.switches[self.hostname].management, self.intent.management
        if own and ":" not in own and said and said.interface.address:
            path = ("switches", self.hostname, "management")
            yield self._at("IN17", "`management.address` says this already; keep one of the two", path)

    def keepalive(self) -> Iterator[Finding]:
        """The ends of the keepalive are said, or can be had from the management addresses."""
        keepalive = self.intent.keepalive
        if keepalive is None or keepalive.destination:
            return
        if (keepalive.vrf or "management") != "management":
            message = f"`keepalive` in VRF {keepalive.vrf} needs `destination` and `source`, each per switch"
            yield self._at("IN16", message, ("keepalive",))
            return
        peer = self.pair.peer_of(self.hostname)
        if not self.pair.facts.switches[peer].management:
            message = f"`keepalive` needs `destination`, or the address in `switches.{peer}.management`"
            yield self._at("IN16", message, ("keepalive",))

    def subinterfaces(self) -> Iterator[Finding]:
        """A subinterface is routed, whatever its parent is."""
        for name, port in self.intent.interfaces.items():
            if "." in name and port.link.mode not in (None, "routed"):
                message = f"{name} is a subinterface, which is routed and has no mode `{port.link.mode}`"
                yield self._at("IN06", message, ("interfaces", name, "mode"))

    def channel_numbers(self) -> Iterator[Finding]:
        """A vPC may have a number that no port-channel has."""
        for number, vpc in self.intent.vpcs.items():
            if number > LAST_CHANNEL and vpc.port_channel is None:
                message = f"vPC {number} needs its `port_channel`, whose numbers end at {LAST_CHANNEL}"
                yield self._at("IN16", message, ("vpcs", number))

    def claimed_twice(self) -> Iterator[Finding]:
        """A port or a port-channel that two places describe."""
        owners: dict[str, Path] = {}
        for name, path in self._claims():
            if name in owners:
                owner = owners[name]
                line = locate(self.root, owner).line
                message = f"{name} belongs to `{'.'.join(map(str, owner))}` already (line {line})"
                yield self._at("IN17", message, path)
            owners.setdefault(name, path)

    def _claims(self) -> Iterator[tuple[str, Path]]:
        intent = self.intent
        channels: list[tuple[Path, int, object]] = [
            *((("vpcs", number), vpc.port_channel or number, vpc.members) for number, vpc in intent.vpcs.items()),
            *((("port_channels", number), number, channel.members) for number, channel in intent.port_channels.items()),
        ]
        if intent.peer_link:
            channels.insert(0, (("peer_link",), intent.peer_link.port_channel, intent.peer_link.members))
        for path, number, members in channels:
            yield f"port-channel{number}", path
            yield from ((str(name), (*path, "members")) for name in (members or {}))  # type: ignore[attr-defined]
        for name in intent.interfaces:
            yield str(name), ("interfaces", name)
        if intent.management:
            yield "mgmt0", ("management",)
