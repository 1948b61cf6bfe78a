"""The proof that both switches go back by themselves, on emulated ones, whose clock moves where somebody sleeps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from mlagkit.errors import DeviceError, Refused
from mlagkit.nxos.lab.faults import Faults, RollbackFault
from mlagkit.nxos.lab.shell import tick
from mlagkit.nxos.redact import redact
from mlagkit.push.engine import Outcome
from mlagkit.push.journal import Journal, read
from mlagkit.push.leftover import leftovers
from mlagkit.push.proof import proofs, proofs_of
from mlagkit.pushing import Office, prove_pair, resume_run, roll_back_run
from tests.live_pairs import LivePair, dc1
from tests.push_pair import DirectConsole, Killed, Kind, Trouble, World

pytestmark = pytest.mark.usefixtures("off_disk")
NAMES = ("dc1-a", "dc1-b")
Line = Mapping[str, object]


@dataclass(slots=True)
class Bench:
    """A pair, its office, and what was heard of each run."""

    folder: Path
    pair: LivePair
    world: World
    heard: list[Line]

    @property
    def office(self) -> Office:
        """Where the proofs are kept; the clock is that of the switches."""
        return self.pair.office(
            self.folder / "state", lambda target: DirectConsole(self.world, target.name), self.world.sleep, self._hear
        )

    def _hear(self, line: Line) -> None:
        if self.world.dead:
            raise Killed
        self.heard.append(line)

    def prove(self) -> Outcome:
        """One proof of both."""
        return prove_pair(self.office, "dc1", self.pair.targets)

    def events(self, event: str) -> list[str]:
        """The switches of which that was heard, in order."""
        return [str(line.get("switch")) for line in self.heard if line["event"] == event]

    @property
    def proven(self) -> set[str]:
        """The switches of which there is a proof."""
        return set(proofs(proofs_of(self.office.folder)))

    @property
    def configs(self) -> dict[str, str]:
        """What both run, without the stamps."""
        return {name: _body(chassis.running_config()) for name, chassis in self.pair.switches.items()}

    def is_clear(self, before: Mapping[str, str]) -> bool:
        """Whether both run what they ran, and keep nothing."""
        return self.configs == before and not any(each.checkpoints.names for each in self.pair.switches.values())


def _body(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if not line.startswith("!"))


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """The pair of `mlagkit init dc1`, doing what it was told, and saved."""
    pair = dc1(tmp_path)
    for chassis in pair.switches.values():
        chassis.save()
    return Bench(tmp_path, pair, World(pair), [])


def test_both_go_back(bench: Bench) -> None:
    """Each switch in its turn takes a harmless change, goes back by itself, and is remembered; nothing is left."""
    before = bench.configs
    outcome = bench.prove()
    assert (outcome.is_taken_back, outcome.cause) == (True, "")
    assert bench.events("reverted") == ["dc1-a", "dc1-b"]
    assert bench.events("back") == []
    assert bench.is_clear(before)
    known = proofs(proofs_of(bench.office.folder))
    assert {name: proof.serial for name, proof in known.items()} == {
        name: chassis.serial for name, chassis in bench.pair.switches.items()
    }
    assert [text for chassis in bench.pair.switches.values() for _, text in chassis.log if "success" in text] != []


def test_what_is_sent(bench: Bench) -> None:
    """Nothing but a checkpoint, the timer, one unused loopback, and what clears up; the second after the first."""
    bench.prove()
    lines = read(next((bench.office.folder / "runs").glob("*.jsonl"))).lines
    run = str(lines[0]["run"])
    typed = [
        (line["switch"], line.get("command") or line.get("commands"))
        for line in lines
        if line["event"] in ("send", "type")
    ]
    at = [str(line["at"]) for line in lines if line["event"] == "arm"]
    wanted: list[tuple[str, object]] = []
    for name, time in zip(NAMES, at, strict=True):
        job = f"mlagkit-{run}"
        start = f"time start {time[:16].replace('-', ':').replace('T', ':')}"
        wanted += [
            (name, ["feature scheduler"]),
            (name, f"checkpoint {job}"),
            (
                name,
                [
                    *(f"scheduler job name {job}", f"rollback running-config checkpoint {job} atomic", "exit"),
                    *(f"scheduler schedule name {job}", f"job name {job}", start),
                ],
            ),
            (name, ["interface loopback1023", f"  description {job}"]),
            (name, ["no feature scheduler"]),
            (name, f"no checkpoint {job}"),
        ]
    assert typed == wanted


def test_loopback_that_is_free(bench: Bench) -> None:
    """An interface that is in use is left alone."""
    for chassis in bench.pair.switches.values():
        assert all(answer.ok for answer in chassis.execute(["interface loopback1023", "description ours"]))
        chassis.save()
    before = bench.configs
    bench.prove()
    assert bench.world.typed["dc1-a"].count("interface loopback1022") == 1
    assert bench.is_clear(before)


def test_scheduler_that_was_on(bench: Bench) -> None:
    """A scheduler that is somebody else's stays on, with its jobs."""
    for chassis in bench.pair.switches.values():
        job = ["feature scheduler", "scheduler job name theirs", "show version", "end-job"]
        assert all(answer.ok for answer in chassis.execute(job))
        chassis.save()
    before = bench.configs
    assert bench.prove().cause == ""
    assert bench.is_clear(before)


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda pair: pair.happen("keepalive down"), "keepalive"),
        (lambda pair: pair.type("dc1-b", "vlan 77"), "not saved"),
        (lambda pair: [pair.ask("dc1-a", f"checkpoint c{number}") for number in range(10)], "checkpoints"),
    ],
)
def test_refused(bench: Bench, spoil: Callable[[LivePair], object], says: str) -> None:
    """Nothing is begun on a pair that a push would refuse."""
    spoil(bench.pair)
    before = bench.configs
    with pytest.raises(Refused, match=says):
        bench.prove()
    assert bench.configs == before
    assert bench.world.typed == {}
    assert bench.proven == set()


@contextmanager
def failing(bench: Bench, name: str, faults: Faults, *, until_due: bool) -> Iterator[None]:
    """Faults of a switch, for all the time or only while its timer goes off."""
    chassis = bench.pair.switches[name]
    if not until_due:
        chassis.faults = faults
        yield
        return
    world = bench.world
    sleep = World.sleep

    def failing_sleep(self: World, seconds: float) -> None:
        due = world.pair.now + timedelta(seconds=seconds)
        if name in bench.events("arm")[-1:]:
            chassis.faults = faults
        sleep(self, seconds)
        assert world.pair.now >= due
        chassis.faults = Faults()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(World, "sleep", failing_sleep)
        yield


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("fault", RollbackFault)
@pytest.mark.parametrize("until_due", [True, False])
def test_rollback_that_fails(bench: Bench, name: str, fault: RollbackFault, until_due: bool) -> None:
    """A switch that does not go back by itself is taken back by hand, and is not proven."""
    before = bench.configs
    with failing(bench, name, Faults(rollback=fault), until_due=until_due):
        outcome = bench.prove()
    assert outcome.is_taken_back
    assert outcome.cause == f"{name}: its timer was due 120 s ago, and it has not gone back by itself"
    assert bench.proven == ({"dc1-a"} if name == "dc1-b" else set())
    assert bench.is_clear(before)


@pytest.mark.parametrize(
    "line", ["feature scheduler", "scheduler job name", "interface loopback1023", "checkpoint", "time start"]
)
def test_switch_that_refuses(bench: Bench, line: str) -> None:
    """A switch that takes no timer, no checkpoint or no change is not proven, and nothing is left on it."""
    before = bench.configs
    chassis = bench.pair.switches["dc1-a"]

    class Refusing(dict[str, str]):
        def __contains__(self, command: object) -> bool:
            return str(command).startswith(line)

        def __getitem__(self, command: str) -> str:
            return "ERROR: not now"

    chassis.faults = Faults(refuse=Refusing())
    outcome = bench.prove()
    chassis.faults = Faults()
    assert outcome.is_taken_back
    assert "not now" in outcome.cause
    assert bench.proven == set()
    assert bench.is_clear(before)


def made(folder: Path, trouble: Trouble | None = None) -> Bench:
    """A bench of its own, with one fault."""
    folder.mkdir()
    pair = dc1(folder)
    for chassis in pair.switches.values():
        chassis.save()
    return Bench(folder, pair, World(pair, trouble), [])


STRIDE = 13
"""Every so-many-th boundary is tried, each kind from another one on."""


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("name", NAMES)
def test_fault_at_a_boundary(tmp_path: Path, kind: Kind, name: str) -> None:
    """Whatever goes wrong wherever, both switches end as before, with nothing left once the proof is made again."""
    whole = made(tmp_path / "whole")
    whole.prove()
    for at in range(1 + [*Kind].index(kind) % STRIDE, whole.world.passed[name] + 1, STRIDE):
        bench = made(tmp_path / str(at), Trouble(name, at, kind))
        before = bench.configs
        broken_off(bench, at)
        bench.world.dead = bench.world.disk_full = False
        bench.world.away.clear()
        assert bench.prove().cause == "", at
        assert bench.is_clear(before), at
        assert not [*leftovers(bench.office.folder)], at


def broken_off(bench: Bench, at: int) -> None:
    """A proof with a fault in it: both switches are as before, by our hand or by their timers."""
    try:
        outcome = bench.prove()
    except Killed:
        bench.pair.now += timedelta(seconds=200)
        for chassis in bench.pair.switches.values():
            tick(chassis)
        assert not any("loopback1023" in text for text in bench.configs.values()), at
    except (Refused, DeviceError, OSError):
        assert not bench.world.typed, at
    else:
        assert outcome.is_taken_back, (at, outcome)


def test_left_by_a_dead_controller(bench: Bench) -> None:
    """What a dead controller leaves is told, belongs to the proof, and is cleared away by a resume or a new proof."""
    before = bench.configs
    bench.world.trouble = Trouble("dc1-a", 1, Kind.KILL, hit=True)
    sleep = World.sleep
    with pytest.MonkeyPatch.context() as patch:

        def killed(self: World, seconds: float) -> None:
            self.dead = True
            raise Killed

        patch.setattr(World, "sleep", killed)
        with pytest.raises(Killed):
            bench.prove()
    bench.world.dead = False
    assert World.sleep is sleep
    (left,) = leftovers(bench.office.folder)
    assert (left.pair, left.is_proof) == ("dc1", True)
    assert "loopback1023" in bench.configs["dc1-a"]
    bench.world.sleep(200)
    assert "loopback1023" not in bench.configs["dc1-a"]
    assert bench.pair.switches["dc1-a"].checkpoints.names == (f"mlagkit-{left.run}",)
    assert resume_run(bench.office, left.run).is_taken_back
    assert bench.is_clear(before)
    assert not [*leftovers(bench.office.folder)]


def test_proof_that_can_not_be_kept(bench: Bench) -> None:
    """What can't be remembered is not proven, and is told; the switch is as before all the same."""
    before = bench.configs
    proofs_of(bench.office.folder).mkdir(parents=True)
    outcome = bench.prove()
    assert (outcome.is_taken_back, "can't be written" in outcome.cause) == (True, True)
    assert bench.is_clear(before)


def test_serial_that_is_another(bench: Bench) -> None:
    """A switch that was replaced is proven anew; the proof of the old one counts no longer."""
    bench.prove()
    bench.pair.switches["dc1-a"].serial = "9LABNEW0000"
    assert bench.prove().cause == ""
    assert proofs(proofs_of(bench.office.folder))["dc1-a"].serial == "9LABNEW0000"


def test_no_way_back_from_a_proof(bench: Bench) -> None:
    """A proof that is over can't be rolled back: it has left nothing to go back to."""
    bench.prove()
    run = next((bench.office.folder / "runs").glob("*.jsonl")).stem
    with pytest.raises(Refused):
        roll_back_run(bench.office, run)
    with pytest.raises(Refused, match="has ended"):
        resume_run(bench.office, run)


def test_unfinished_push_comes_first(bench: Bench) -> None:
    """While a push of the pair is not finished nothing is proven."""
    run = "20261123-110000-0000"
    with Journal(bench.office.journal(run), lambda: bench.pair.now, redact) as other:
        other.note("begin", pair="dc1", run=run, targets=[])
        other.note("send", switch="dc1-a", command="x")
    with pytest.raises(Refused, match=f"push --resume {run}"):
        bench.prove()
    assert bench.world.passed == {}
