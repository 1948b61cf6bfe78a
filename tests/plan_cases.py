"""A change of a pair as a file: how both switches run, how they shall run, and the plan, as an engineer reads it.

``before`` and ``after`` are configuration texts (one for both switches, or one by name), laid behind `FRAME`; or
changes of the pair of ``base.yaml``, ``after`` laid over ``before``. ``plan`` stands last and is what
``--update-golden`` rewrites.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import yaml

from mlagkit.config import ConfigTree
from mlagkit.configurations import configurations
from mlagkit.diff import Policy, diff, walk
from mlagkit.expand import expand
from mlagkit.intent import pair_of
from mlagkit.intent.pair import Pair
from mlagkit.nxos.context import Context
from mlagkit.nxos.lab.answer import Rejected
from mlagkit.nxos.lab.load import load
from mlagkit.nxos.lab.session import ConfigSession
from mlagkit.nxos.lab.store import Store
from mlagkit.nxos.parse import parse
from mlagkit.nxos.read import read
from mlagkit.plan import Command, Plan, Step, Task, Work, plan, typed_lines
from mlagkit.planning import plan_pair
from tests.diff_cases import shown
from tests.drill_cases import laid
from tests.pair_files import flow
from tests.rule_examples import BASE, USUAL

FOLDER = Path(__file__).parent / "fixtures" / "plans"
MODEL, RELEASE = "N9K-C93180YC-FX", "10.3(5)"

FRAME = """\
hostname {name}
feature interface-vlan
feature hsrp
feature lacp
feature vpc
username admin password 5 $5$AAAA$admin role network-admin
vlan 1
vrf context management
  ip route 0.0.0.0/0 192.0.2.1
vpc domain 10
  role priority {priority}
  peer-keepalive destination {peer} source {own}
interface port-channel1
  switchport mode trunk
  spanning-tree port type network
  vpc peer-link
interface Ethernet1/53
  switchport mode trunk
  channel-group 1 mode active
interface Ethernet1/54
  switchport mode trunk
  channel-group 1 mode active
interface mgmt0
  vrf member management
  ip address {own}/24
"""
"""What a pair needs to be one, for cases that are texts; sw-a leads."""

_OF_FRAME: Mapping[str, Mapping[str, str]] = {
    "sw-a": {"name": "sw-a", "priority": "8192", "own": "192.0.2.11", "peer": "192.0.2.12"},
    "sw-b": {"name": "sw-b", "priority": "16384", "own": "192.0.2.12", "peer": "192.0.2.11"},
}
_PLAN = re.compile(r"^plan:", re.MULTILINE)

Said = str | Mapping[str, object] | None


@dataclass(frozen=True, kw_only=True)
class Case:
    """One file: ``why`` says what it shows and where that is said.

    ``frame`` is whether the texts stand behind `FRAME`; ``owns`` what may be removed, where they are texts. A change of
    the pair file removes what the file said before.
    """

    path: Path
    why: str
    before: Said = None
    after: Said = None
    owns: Mapping[str, str] = field(default_factory=dict)
    frame: bool = True
    plan: Mapping[str, object] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Case:
        """The case of a file; a key that none knows is a TypeError."""
        return cls(path=path, **yaml.safe_load(path.read_text("utf-8")))

    @property
    def name(self) -> str:
        """What the case is called."""
        return self.path.stem

    @cached_property
    def running(self) -> Mapping[str, str]:
        """The running-config of each switch."""
        return self._texts(self.before) if self._is_text else _rendered(self._pair(self.before))

    @cached_property
    def intended(self) -> Mapping[str, str]:
        """What each switch shall run."""
        return self._texts(self.after) if self._is_text else _rendered(self._pair(self.before, self.after))

    @cached_property
    def found(self) -> Plan:
        """The plan."""
        return self.planned_from(self.running)

    def planned_from(self, running: Mapping[str, str]) -> Plan:
        """The plan of the same change for switches that run something else."""
        trees = {name: parse(text, f"{name}.cfg") for name, text in running.items()}
        if self._is_text:
            return plan(self._task(trees))
        before, after = self._pair(self.before), self._pair(self.before, self.after)
        return plan_pair(after, trees, secrets=lambda _: None, base=before)

    @property
    def policy(self) -> Policy:
        """What may be removed where the case is a text."""
        return Policy(owns=self.owns)

    @property
    def _is_text(self) -> bool:
        return isinstance(self.after, str) or bool(self.after and set(self.after) == set(USUAL))

    def _texts(self, said: Said) -> dict[str, str]:
        of_switch = said if isinstance(said, Mapping) else dict.fromkeys(USUAL, said)
        frames = {name: FRAME.format(**words) if self.frame else "" for name, words in _OF_FRAME.items()}
        return {name: frames[name] + str(of_switch[name] or "") for name in USUAL}

    def _pair(self, *over: Said) -> Pair:
        data: object = yaml.safe_load(BASE)
        for above in over:
            data = laid(data, above or {})
        return pair_of(flow(data), self.path.name)

    def _task(self, trees: Mapping[str, ConfigTree]) -> Task:
        work, told = {}, {}
        for name, other in zip(USUAL, reversed(USUAL), strict=True):
            new = parse(self.intended[name], f"{name}.cfg")
            contexts = Context.of(trees[name], MODEL, RELEASE), Context.of(new, MODEL, RELEASE)
            found = walk(trees[name], new, policy=self.policy, contexts=contexts)
            work[name] = Work(found.old, found.new, found.policy)
            told[name] = read(new, peer=other, pair=self.name, model=MODEL)
        return Task(pair=self.name, running=trees, work=work, told=told)


def _rendered(pair: Pair) -> dict[str, str]:
    return configurations(expand(pair).values())


def told(found: Plan, left: Mapping[str, list[str]]) -> dict[str, object]:
    """A plan in the words of a case, with what is ``left`` as it was though the intent does not have it."""
    said: dict[str, object] = {
        "steps": [_step(step) for step in found.steps],
        "stops": [f"{stop.permission} ({stop.switch}) {stop.message}" for stop in found.stops],
        "reloads": dict(found.reloads),
        "asks": [f"{switch}: {line}" for switch, line in found.asks],
        "unproven": [f"{switch}: {line}" for switch, line in found.unproven],
        "deleted": found.deleted,
        "errors_in_between": [f"{finding.rule}: {finding.message}" for finding in found.passing],
        "errors_at_the_end": [f"{finding.rule}: {finding.message}" for finding in found.findings],
        "left_alone": left if any(left.values()) else {},
    }
    return {key: value for key, value in said.items() if value or key == "steps"}


def _step(step: Step) -> dict[str, object]:
    said: dict[str, object] = {"switch": step.switch, "reason": step.reason, "impact": str(step.impact)}
    said |= {"affected": ", ".join(step.affected)} if step.affected else {}
    said["commands"] = "".join(f"{line}\n" for line in typed_lines(step.commands))
    return said | ({"gate": step.gate} if step.gate else {})


class _Dumper(yaml.SafeDumper):
    """Writes a text of several lines as a block."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if text.endswith("\n") else None)


_Dumper.add_representer(str, _text)


def rewritten(path: Path, said: Mapping[str, object]) -> str:
    """The text of a file with that plan in place of the one that it has."""
    text = path.read_text("utf-8")
    begins = _PLAN.search(text)
    head = text[: begins.start()] if begins else text
    return head + yaml.dump({"plan": said}, Dumper=_Dumper, sort_keys=False, width=118, allow_unicode=True)


class Emulated:
    """Both switches of a case in the lab, into which steps are typed."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.stores: dict[str, Store] = {name: load(text) for name, text in texts.items()}
        self.refused: list[str] = []

    def texts(self) -> dict[str, str]:
        """What they run."""
        return {name: "\n".join(store.body()) + "\n" for name, store in self.stores.items()}

    def type_in(self, switch: str, commands: Iterable[Command]) -> None:
        """Type commands into one of them."""
        session = ConfigSession(self.stores[switch])
        for line in typed_lines(commands):
            try:
                session.execute(line)
            except Rejected as refusal:
                self.refused.append(f"{switch}: {line.strip()}: {refusal.text}")


def differences(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, list[str]]:
    """All that differs between two states of a pair, line by line, by switch; nothing is left out."""
    return {name: list(_differences(old[name], new[name])) for name in old}


def _differences(old: str, new: str) -> Iterator[str]:
    trees = parse(old), parse(new)
    here, there = (Context.of(tree, MODEL, RELEASE) for tree in trees)
    found = diff(*trees, policy=Policy(strict=True), contexts=(here, there))
    return map(shown, found.changes)


def cases() -> list[Case]:
    """Every file of the folder."""
    return [Case.read(path) for path in sorted(FOLDER.glob("*.yaml"))]
