"""What serves the switch itself: users, AAA, SNMP, NTP, logging, the terminal lines. Read from raw lines.

The forms are those that the device prints: Cisco Guide to Securing NX-OS (C07-665160), and the configurations of the
corpus.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from mlagkit.nxos.nested import Line, blocks, found, has, lines_of, number
from mlagkit.nxos.redact import shape
from mlagkit.part import asked_once
from mlagkit.record import record
from mlagkit.switch import Switch
from mlagkit.values import InterfaceName

_REFERENCE = ("env:", "file:", "cmd:")
_WRITING_GROUPS = frozenset(("network-admin", "vdc-admin", "rw"))
_ACL_WORDS = frozenset(("use-acl", "use-ipv4acl", "use-ipv6acl"))
_IPV4 = ("ip access-group", "access-class", "ip access-class")
_IPV6 = ("ipv6 traffic-filter", "ipv6 access-class")
_CLEAR, _REVERSIBLE = "0", "7"
_TOPICS: Mapping[str, tuple[str, ...]] = {
    "AAA": ("aaa", "no aaa", "tacacs-server", "no tacacs-server", "radius-server", "no radius-server"),
    "SNMP": ("snmp-server", "no snmp-server"),
    "logging": ("logging", "no logging"),
    "CoPP": ("copp", "no copp", "control-plane"),
    "terminal": ("line", "ssh", "no ssh"),
    "ACL": ("ip access-list", "ipv6 access-list", "mac access-list"),
}
_OF_ONE_SWITCH = (
    "snmp-server location",
    "snmp-server contact",
    "snmp-server user",
    "logging level",
    "logging origin-id",
)
"""What tells one switch from the other, or belongs to its engine (reference 7.18), and how much a process logs."""


@record
class Community:
    """One SNMP community: its name is a secret, so messages show only those that everybody guesses."""

    name: str
    writes: bool
    filtered: bool

    @property
    def guessed(self) -> bool:
        """Whether it is one of the two names that every scanner tries first."""
        return self.name in ("public", "private")


@record
class TimeServer:
    """One ``ntp server``; ``vrf`` is None where the line names none."""

    address: str
    vrf: str | None


@record
class Services:
    """The management of one switch.

    ``told`` is whether the raw lines name a user: a running-config always does (corpus), and a pair file that leaves
    these lines to others says nothing by what it lacks. ``exec_timeouts`` are minutes by terminal line
    (``console``, ``vty``), None where no line says.
    """

    told: bool
    filtered: bool
    communities: tuple[Community, ...]
    time_servers: tuple[TimeServer, ...]
    log_servers: tuple[str, ...]
    login_groups: tuple[str, ...]
    local_fallback: bool
    weak_users: tuple[str, ...]
    strength_check: bool
    copp: bool
    exec_timeouts: Mapping[str, int | None]
    nxapi_http: bool
    nxapi_vrf: str | None
    cdp: bool


@asked_once
def services_of(switch: Switch) -> Services:
    """What the raw lines of a switch say of its management."""
    lines = lines_of(switch.extra)
    return Services(
        told=has(lines, "username"),
        filtered=any(_filters(switch, _IPV4)),
        communities=_communities(lines),
        time_servers=tuple(_time_servers(lines)),
        log_servers=tuple(words[0] for words in found(lines, "logging server") if words and _is_host(words[0])),
        login_groups=tuple(_login_groups(lines)),
        local_fallback=not any(
            line.text == "no aaa authentication login default fallback error local" for line in lines
        ),
        weak_users=tuple(_weak_users(lines)),
        strength_check=not any(line.text == "no password strength-check" for line in lines),
        copp=_has_copp(lines),
        exec_timeouts={kind: _exec_timeout(lines, kind) for kind in ("console", "vty")},
        nxapi_http=has(lines, "nxapi http"),
        nxapi_vrf=next((words[0] for words in found(lines, "nxapi use-vrf") if words), None),
        cdp=not any(line.text == "no cdp enable" for line in lines),
    )


@asked_once
def hardening_of(switch: Switch) -> Mapping[str, frozenset[str]]:
    """The lines of a switch's management by topic, without what is secret and what is of one switch alone."""
    lines = lines_of(switch.extra)
    return {topic: frozenset(_of_topic(lines, beginnings)) for topic, beginnings in _TOPICS.items()}


def discovers(extra: tuple[str, ...], protocol: str) -> bool:
    """Whether an interface with these raw lines sends CDP or LLDP, where the switch has it on."""
    off = {"cdp": "no cdp enable", "lldp": "no lldp transmit"}[protocol]
    return not any(line.text == off for line in lines_of(extra))


@asked_once
def guards(switch: Switch) -> frozenset[str]:
    """The names of the access lists on mgmt0 and on the remote terminal lines: they decide who reaches the switch."""
    return frozenset((*_filters(switch, _IPV4), *_filters(switch, _IPV6)))


def _filters(switch: Switch, beginnings: Iterable[str]) -> Iterator[str]:
    mgmt = switch.ports.get(InterfaceName("mgmt0"))
    on_port = lines_of(mgmt.extra) if mgmt else ()
    vty = [line for words, below in blocks(lines_of(switch.extra), "line") if words == ["vty"] for line in below]
    for beginning in beginnings:
        yield from (words[0] for words in found([*on_port, *vty], beginning) if words)


def _communities(lines: Sequence[Line]) -> tuple[Community, ...]:
    """By name; group and ACL of one community stand in lines of their own."""
    words_of: dict[str, set[str]] = {}
    for words in found(lines, "snmp-server community"):
        words_of.setdefault(words[0].strip('"'), set()).update(words[1:]) if words else None
    return tuple(
        Community(name=name, writes=bool(words & _WRITING_GROUPS), filtered=bool(words & _ACL_WORDS))
        for name, words in words_of.items()
    )


def _time_servers(lines: Sequence[Line]) -> Iterator[TimeServer]:
    for words in found(lines, "ntp server"):
        if words:
            yield TimeServer(address=words[0], vrf=_word_behind(words, "use-vrf"))


def _word_behind(words: Sequence[str], keyword: str) -> str | None:
    at = words.index(keyword) + 1 if keyword in words else len(words)
    return words[at] if at < len(words) else None


def _is_host(word: str) -> bool:
    """An address or a name with a dot or digits; ``dns-refresh-interval`` is a setting (corpus ales999-*)."""
    return word != "dns-refresh-interval"


def _login_groups(lines: Sequence[Line]) -> Iterator[str]:
    """The server groups that a login asks, on the terminal or by default."""
    for words in found(lines, "aaa authentication login default"):
        if words[:1] == ["group"]:
            yield from (word for word in words[1:] if word not in ("local", "none"))


def _weak_users(lines: Sequence[Line]) -> Iterator[str]:
    """Users whose password stands in the clear or can be turned back; a reference tells nothing."""
    for line in lines:
        match = re.match(r"username (\S+) password (?:(\d) )?(\S+)", line.text)
        if match and not match[3].startswith(_REFERENCE) and match[2] in (None, _CLEAR, _REVERSIBLE):
            yield match[1]


def _has_copp(lines: Sequence[Line]) -> bool:
    below = [line for _, below in blocks(lines, "control-plane") for line in below]
    return has(lines, "copp profile") or has(below, "service-policy input")


def _exec_timeout(lines: Sequence[Line], kind: str) -> int | None:
    for words, below in blocks(lines, "line"):
        for minutes in found(below, "exec-timeout") if words == [kind] else ():
            return number(minutes)
    return None


def _of_topic(lines: Sequence[Line], beginnings: Iterable[str]) -> Iterator[str]:
    """The lines of a topic that both switches of a pair should have; of an ACL only its name.

    The entries of an ACL name the switch's own addresses, so they differ where nothing is wrong.
    """
    for line in lines:
        begins = next((word for word in beginnings if line.behind(word) is not None), None)
        if begins and not any(line.behind(word) is not None for word in _OF_ONE_SWITCH):
            texts = [line.text] if begins.endswith("access-list") else line.flat()
            yield from (shape(text) for text in texts)
