"""The options that lead to live switches, and the reading of them."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from mlagkit.cli.options import Options
from mlagkit.config import ConfigTree
from mlagkit.device.connect import Means, target
from mlagkit.device.credentials import Credentials, Login, login_name
from mlagkit.device.read import Answers, Further, Reading, nothing_further, read_answers, read_running
from mlagkit.device.store import Store
from mlagkit.device.target import Address, Target, Transport, parse_address, parse_connect, parse_jump
from mlagkit.device.target import Options as DeviceOptions
from mlagkit.errors import DeviceError
from mlagkit.nxos.parse import parse
from mlagkit.nxos.reply import Show
from mlagkit.nxos.running import hostname

if TYPE_CHECKING:
    from mlagkit.compare import Read
    from mlagkit.intent import Pair
    from mlagkit.review.live import Reader
    from mlagkit.state import Role


_LISTED = 10
"""Switches that a message names; a folder may hold hundreds."""

K = TypeVar("K")
Live = tuple[Mapping[str, "Read"], Mapping[str, "Role"]]
"""What came of reading each switch of a pair, and their roles, if both told them."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How to get to the switches of some pairs, as the options and the environment say."""

    addresses: Mapping[str, Address]
    means: Means
    jobs: int

    @classmethod
    def of(cls, options: Options, pairs: Sequence[Pair], given: Mapping[str, str], *, some: bool = False) -> Reach:
        """Usage errors for addresses that are none, or of no switch of these pairs, unless they are only ``some``."""
        addresses = _addresses(given, None if some else {name for pair in pairs for name in pair.hostnames})
        return cls(addresses, _means(given), options.jobs)

    def live(self, pair: Pair) -> Live:
        """The running-configs of a pair, and who leads."""
        from mlagkit.observing import roles_told

        answers = self.answers(pair, (Show.VPC,))
        running = {
            name: each if isinstance(each, DeviceError) else _tree(each.running) for name, each in answers.items()
        }
        return running, roles_told(answers)

    def targets(self, pair: Pair) -> Sequence[Target]:
        """Where the switches of a pair are."""
        found = []
        for name, connect in pair.connect.items():
            transport = Transport(connect.transport) if connect.transport else None
            said = Address(connect.host or "", transport, connect.port)
            management = pair.facts.switches[name].management
            where, chosen = str(management) if management else name, self.addresses.get(name)
            found.append(target(name, said, chosen, where, username=connect.username, password=connect.password))
        return found

    def targets_of(self, names: Sequence[str]) -> Sequence[Target]:
        """Where switches are that no pair file tells of; DeviceError for one that --connect does not lead to."""
        return [target(name, None, self.addresses.get(name), None) for name in names]

    def answers(
        self, pair: Pair, commands: Sequence[Show], further: Further = nothing_further
    ) -> Mapping[str, Answers | DeviceError]:
        """The running-configs of a pair with the answers to these commands, and to what follows from them."""
        return read_answers(self.targets(pair), self.means, commands, further)

    def each(self, pairs: Sequence[Pair], work: Callable[[Pair], K]) -> dict[str, K]:
        """What is done for each pair, ``--jobs`` of them at once, by file."""
        with ThreadPoolExecutor(min(self.jobs, len(pairs))) as pool:
            return dict(zip((pair.file for pair in pairs), pool.map(work, pairs), strict=True))


def _means(given: Mapping[str, str]) -> Means:
    return Means(_login(), _device_options(given), Store.of(os.environ), lambda: datetime.now(UTC))


def device_reader(options: Options, pairs: list[Pair], given: Mapping[str, str]) -> Callable[[Pair], Live]:
    """Read the switches of all pairs, ``--jobs`` pairs at once; what gives the result of one."""
    reach = Reach.of(options, pairs, given)
    results = reach.each(pairs, reach.live)
    return lambda pair: results[pair.file]


def live_reader(options: Options, given: Mapping[str, str]) -> Reader:
    """What reads the switches of pairs that are not known yet."""
    from mlagkit.review.live import Reader
    from mlagkit.secrets import resolver

    def read(pairs: Sequence[Pair]) -> Mapping[str, Live]:
        reach = Reach.of(options, pairs, given, some=True)
        return reach.each(pairs, reach.live)

    secrets = resolver(os.environ)
    return Reader(read=read, secrets=secrets, user=lambda pair: login_name(os.environ, pair, secrets))


def read_hosts(hosts: Sequence[str], given: Mapping[str, str]) -> dict[str, ConfigTree]:
    """The running-configs of two switches of which only the addresses are known, by the hostnames that they say.

    Raises DeviceError where one can't be read, and where both say the same name.
    """
    targets = [_of_host(host) for host in hosts]
    read = read_running(targets, _means(given))
    errors = [reading for reading in read.values() if isinstance(reading, DeviceError)]
    for error in errors[1:]:
        click.echo(f"Error: {error}", err=True)
    if errors:
        raise errors[0]
    trees = [tree for reading in read.values() if not isinstance(tree := _tree(reading), DeviceError)]
    found = {name[0]: tree for tree in trees if (name := hostname(tree))}
    if len(found) < len(hosts):
        tried = f"{' and '.join(hosts)} are the same switch"
        raise DeviceError(next(iter(found), hosts[0]), tried, "give the addresses of both switches of the pair")
    return found


def _of_host(text: str) -> Target:
    try:
        address = parse_address(text)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--from-device") from error
    return replace(target(text, address, None, None), known=False)


def _tree(reading: Reading | DeviceError) -> Read:
    return reading if isinstance(reading, DeviceError) else parse(reading.text, str(reading.target))


def _addresses(given: Mapping[str, str], known: Collection[str] | None) -> dict[str, Address]:
    """``--connect`` by switch, each of which must be known, if it is known which there are."""
    found = {}
    for text in given["connect"]:
        try:
            name, address = parse_connect(text)
        except ValueError as error:
            raise click.BadParameter(str(error), param_hint="--connect") from error
        if known is not None and name not in known:
            message = f"{name} is no switch of a pair here; there are {', '.join(sorted(known)[:_LISTED])}"
            raise click.BadParameter(message, param_hint="--connect")
        found[name] = address
    return found


def _device_options(given: Mapping[str, str]) -> DeviceOptions:
    if given["insecure"]:
        click.echo("warning: --insecure: certificates are not checked, somebody may be listening in", err=True)
    try:
        jump = parse_jump(given["jump"]) if given["jump"] else None
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--jump") from error
    ca_file = Path(given["ca_file"]) if given["ca_file"] else None
    return DeviceOptions(ca_file=ca_file, insecure=bool(given["insecure"]), jump=jump)


def _login() -> Callable[[Target], Credentials]:
    """Finds credentials for one switch at a time, so that a person is never asked twice at once."""
    finder = Login(os.environ, _ask if sys.stdin.isatty() and sys.stderr.isatty() else None)
    lock = threading.Lock()

    def login(switch: Target) -> Credentials:
        with lock:
            return finder(switch)

    return login


def _ask(question: str, hidden: bool) -> str:
    answer: str = click.prompt(question, hide_input=hidden, err=True)
    return answer
