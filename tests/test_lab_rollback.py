"""Checkpoints, rollback, patches and configure replace of the emulated switch."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlagkit.nxos.lab import Faults, LabClock, RollbackFault
from mlagkit.nxos.lab.load import load
from mlagkit.nxos.lab.patch import patch
from tests.lab_logins import NOW, START, Login, body, switch
from tests.test_lab_store import LINES, type_lines

CHANGES = (
    ("vlan 30", "name db", "interface port-channel10", "switchport trunk allowed vlan add 30"),
    ("no vlan 20", "interface Ethernet1/1", "no description"),
    ("no interface port-channel10",),
    ("no feature vpc",),
    ("hostname other", "vpc domain 10", "role priority 5", "peer-gateway"),
    ("flow exporter unknown", "interface Ethernet1/7", "no switchport", "ip address 192.0.2.1/24"),
)


@pytest.mark.parametrize("lines", CHANGES, ids=lambda lines: lines[0])
@pytest.mark.parametrize("kind", ["checkpoint", "file"])
def test_rollback_brings_everything_back(lines: tuple[str, ...], kind: str) -> None:
    """Whatever was changed, a rollback to a checkpoint or to its file leaves the configuration of that moment."""
    chassis = switch()
    before = body(chassis)
    login = Login(chassis)
    login.says("checkpoint before" if kind == "checkpoint" else "checkpoint file before")
    login.config(*lines)
    assert body(chassis) != before
    said = login.says(f"rollback running-config {kind} before")
    assert said.startswith("Note: Applying config parallelly may fail Rollback verification\nCollecting Running-Config")
    assert said.endswith("Rollback completed successfully.")
    assert body(chassis) == before


def test_empty_patch() -> None:
    """A rollback to what runs already says so, and works."""
    login = Login(switch())
    login.says("checkpoint a")
    said = login.says("rollback running-config checkpoint a")
    assert "Rollback Patch is Empty" in said
    assert said.endswith("Rollback completed successfully.")


@pytest.mark.parametrize("kind", ["atomic", "best-effort", "stop-at-first-failure", "atomic verbose", "verbose"])
def test_rollback_types(kind: str) -> None:
    """All documented types and ``verbose`` are taken; a word that is none of them is refused."""
    chassis = switch()
    login = Login(chassis)
    login.says("checkpoint a")
    login.config("vlan 30")
    said = login.says(f"rollback running-config checkpoint a {kind}")
    assert ("no vlan 30" in said) == ("verbose" in kind)
    assert "vlan 1,10,20" in body(chassis)
    assert "% Invalid command" in login.refused("rollback running-config checkpoint a gently")
    assert "% Invalid command" in login.refused("rollback startup-config checkpoint a")
    assert "% Invalid command" in login.refused("rollback")


def test_checkpoint_names() -> None:
    """Names are unique, 80 characters at most and not of the system; without one the switch makes one up."""
    chassis = switch()
    login = Login(chassis)
    login.says("checkpoint", "checkpoint description two words", f"checkpoint {'x' * 80}")
    assert chassis.checkpoints.names[:2] == ("user-checkpoint-1", "user-checkpoint-2")
    assert chassis.checkpoints.get("user-checkpoint-2").description == "two words"
    assert login.refused("checkpoint system-mine").startswith("ERROR")
    assert login.refused(f"checkpoint {'y' * 81}").startswith("ERROR")
    assert login.refused("checkpoint user-checkpoint-1").startswith("ERROR")
    assert login.refused("rollback running-config checkpoint nowhere").startswith("ADVISORY")
    login.says("no checkpoint user-checkpoint-1")
    assert login.refused("no checkpoint user-checkpoint-1").startswith("ERROR")
    assert "% Invalid command" in login.refused("checkpoint a b")
    login.says("clear checkpoint database")
    assert chassis.checkpoints.names == ()


def test_ten_checkpoints() -> None:
    """The eleventh is refused until one goes; files do not count."""
    login = Login(switch())
    for number in range(10):
        login.says(f"checkpoint c{number}")
    assert login.refused("checkpoint c10").startswith("ERROR")
    login.says("checkpoint file f")
    login.says("no checkpoint c3", "checkpoint c10")


def test_show_checkpoint() -> None:
    """The summary has the form of the corpus, a checkpoint its text."""
    login = Login(switch())
    assert login.says("show checkpoint summary") == ""
    login.says("checkpoint before description why not")
    assert login.says("show checkpoint summary").splitlines()[:6] == [
        "User Checkpoint Summary",
        "-" * 80,
        "1) before:",
        "Created by admin",
        "Created at Wed, 05:06:07 04 Mar 2026",
        "Size is 560 bytes",
    ]
    assert "Description: why not" in login.says("show checkpoint summary")
    assert "!Command: Checkpoint cmd vdc 1" in login.says("show checkpoint before")
    assert "hostname leaf-101" in login.says("show checkpoint")


def test_patch_is_shown() -> None:
    """``show diff rollback-patch`` prints the commands that lead from the first configuration to the second."""
    login = Login(switch())
    login.says("checkpoint a")
    assert login.says("show diff rollback-patch running-config checkpoint a").splitlines() == [
        "Collecting Running-Config",
        "#Generating Rollback Patch",
        "Rollback Patch is Empty",
    ]
    login.config("vlan 30", "interface Ethernet1/2", "no shutdown", "interface Ethernet1/1", "no description")
    login.says("checkpoint file b")
    assert login.says("show diff rollback-patch running-config checkpoint a").splitlines()[2:] == [
        "!!",
        "no vlan 30",
        "interface Ethernet1/1",
        "  description host",
        "  exit",
        "interface Ethernet1/2",
        "  shutdown",
        "  exit",
    ]
    assert login.says("show diff rollback-patch checkpoint a file b").splitlines()[3:6] == [
        "vlan 30",
        "interface Ethernet1/1",
        "  no description host",
    ]
    assert "Empty" not in login.says("show diff rollback-patch startup-config running-config")
    assert "% Invalid command" in login.refused("show diff rollback-patch running-config")
    assert "% Invalid command" in login.refused("show diff running-config")


@given(st.lists(LINES, max_size=25), st.lists(LINES, max_size=10))
def test_patch_is_empty_for_equal_configurations_only(first: list[str], second: list[str]) -> None:
    """A patch has lines where two configurations differ, but for the order of unknown lines, and only there."""
    one, other = load("feature vpc\nfeature lacp\n"), load("feature vpc\nfeature lacp\n")
    type_lines(one, first)
    type_lines(other, second)
    told = patch(one, other)
    assert not told or one.body() != other.body()
    assert told or sorted(one.body()) == sorted(other.body())


def test_only_a_checkpoint_file() -> None:
    """A file that ``checkpoint`` did not write is refused in the words of a real switch."""
    login = Login(switch())
    login.says("copy running-config bootflash:plain.cfg")
    assert login.refused("rollback running-config file plain.cfg") == (
        "ADVISORY: Rollback operation started...\nModifying running configuration from another VSH terminal in parallel"
        "\nis not recommended, as this may lead to Rollback failure.\n\n"
        "ERROR: Rollback patch computation failed due to the following reason(s)\n"
        "The checkpoint file was not created using checkpoint CLI"
    )
    assert "not created using" in login.refused("show diff rollback-patch running-config file plain.cfg")
    assert login.refused("rollback running-config file nowhere").endswith("No such file or directory")


@pytest.mark.parametrize("fault", list(RollbackFault))
def test_rollback_that_fails(fault: RollbackFault) -> None:
    """A rollback that fails leaves the configuration; whether NX-API calls that an error can be chosen."""
    chassis = switch(faults=Faults(rollback=fault))
    login = Login(chassis)
    login.says("checkpoint a")
    login.config("vlan 30")
    changed = body(chassis)
    answer = login.answer("rollback running-config checkpoint a")
    assert "Rollback failed." in answer.text
    assert answer.ok == (fault is RollbackFault.TEXT)
    assert body(chassis) == changed


def test_refused_line_fails_the_whole_rollback() -> None:
    """A line that is refused makes the rollback fail of which it is a part; a refused command changes nothing."""
    chassis = switch(faults=Faults(refuse={"vlan 20": "ERROR: no", "checkpoint b": "ERROR: not now"}))
    login = Login(chassis)
    login.says("checkpoint a")
    assert login.refused("checkpoint b") == "ERROR: not now"
    login.config("no vlan 20")
    assert "Rollback failed." in login.answer("rollback running-config checkpoint a").text
    assert "vlan 1,10" in body(chassis)


@pytest.mark.parametrize("strict", [False, True])
def test_unknown_line_in_a_file(strict: bool) -> None:
    """A file with a line that the table does not know is taken as it stands; with ``strict`` it fails as a whole."""
    chassis = switch(strict=strict)
    login = Login(chassis)
    login.says("checkpoint file f", "copy running-config bootflash:r")
    before = body(chassis)
    for name in ("f", "r"):
        chassis.bootflash.write(name, chassis.bootflash.read(name) + "flow exporter lab\n", NOW)
    for line in ("rollback running-config file f", "configure replace bootflash:r"):
        assert ("failed" in login.answer(line).text) == strict
        assert (body(chassis) == before) == strict


def test_one_at_a_time() -> None:
    """While one login performs a checkpoint, a rollback or a copy, another one is refused."""
    chassis = switch(faults=Faults(slow={"checkpoint a": 5}))
    first, second = Login(chassis), Login(chassis)
    assert first.shell.start("checkpoint a") == 5
    for line in ("checkpoint b", "rollback running-config checkpoint b", "copy run start"):
        assert "another user" in second.refused(line)
    second.says("show clock")
    first.says("checkpoint a")
    second.says("checkpoint b")
    assert first.shell.start("checkpoint a") == 5
    first.shell.close()  # the client went away
    second.says("checkpoint c")


def test_login_in_a_mode_during_a_rollback() -> None:
    """A login that stands in an interface goes on there after somebody else's rollback."""
    chassis = switch()
    first, second = Login(chassis), Login(chassis)
    second.says("checkpoint a")
    first.says("configure terminal", "interface Ethernet1/9", "description new", "vlan 10", "name changed")
    second.says("rollback running-config checkpoint a")
    first.says("name again", "interface Ethernet1/9", "description late")
    assert "  name again" in body(chassis)
    assert "  description late" in body(chassis)


def replaced(chassis_clock: LabClock, options: str) -> tuple[Login, list[str]]:
    """A switch on which a file with another description replaced the configuration, and its lines before."""
    chassis = switch(clock=chassis_clock)
    login = Login(chassis)
    before = body(chassis)
    login.says("copy running-config bootflash:new.cfg")
    text = login.says("show file bootflash:new.cfg").replace("description host", "description replaced")
    chassis.bootflash.write("new.cfg", text, NOW)
    assert "Configure replace completed successfully" in login.says(f"configure replace bootflash:new.cfg {options}")
    assert "  description replaced" in body(chassis)
    return login, before


def test_replace() -> None:
    """The file takes the place of the configuration, and stays without a timer."""
    clock = LabClock(NOW)
    login, before = replaced(clock, "")
    clock.advance(7200)
    login.says("show clock")
    assert body(login.shell.chassis) != before


def test_replace_taken_back() -> None:
    """Without a commit in time the previous configuration is back, at the second and without a login."""
    clock = LabClock(NOW)
    login, before = replaced(clock, "commit-timeout 60")
    clock.advance(59)
    login.says("show clock")
    assert body(login.shell.chassis) != before
    clock.advance(1)
    login.says("show clock")
    assert body(login.shell.chassis) == before
    assert login.refused("configure replace commit").startswith("ERROR")
    assert [text for _, text in login.shell.chassis.log] == [
        "configure replace: not committed in time, the previous configuration is restored"
    ]


def test_replace_committed() -> None:
    """A commit in time keeps the new configuration; meanwhile there is no second one."""
    clock = LabClock(NOW)
    login, before = replaced(clock, "commit-timeout 60")
    assert login.refused("configure replace bootflash:new.cfg").startswith("ERROR")
    login.says("configure replace commit")
    clock.advance(3600)
    login.says("show clock")
    assert body(login.shell.chassis) != before


def test_replace_shows_its_patch() -> None:
    """``show-patch`` and ``verify-only`` print the patch and change nothing; other words are refused."""
    chassis = switch()
    login = Login(chassis)
    login.says("copy running-config bootflash:new.cfg")
    login.config("interface Ethernet1/1", "description other")
    changed = body(chassis)
    for option in ("show-patch", "verify-only"):
        said = login.says(f"configure replace bootflash:new.cfg {option}")
        assert said.splitlines()[2:] == ["!!", "interface Ethernet1/1", "  description host", "  exit"]
    assert body(chassis) == changed
    for rest in ("new.cfg", "bootflash:new.cfg best-effort", "bootflash:new.cfg force", "bootflash:new.cfg now please"):
        assert "% Invalid command" in login.refused(f"configure replace {rest}")
    for seconds in ("29", "3601", "x", ""):
        assert "Invalid number" in login.refused(f"configure replace bootflash:new.cfg commit-timeout {seconds}")
    login.says("checkpoint file c")
    assert login.refused("configure replace bootflash:c").startswith("ERROR")


def test_replace_that_fails() -> None:
    """A line that is refused makes the whole replacement fail; the previous configuration stays."""
    chassis = switch(faults=Faults(refuse={"description host": "ERROR: no"}))
    login = Login(chassis)
    login.says("copy running-config bootflash:new.cfg")
    login.config("interface Ethernet1/1", "description other")
    changed = body(chassis)
    assert "ERROR: Configure replace failed" in login.refused("configure replace bootflash:new.cfg commit-timeout 60")
    assert body(chassis) == changed
    assert chassis.replacement is None


def test_start_text_keeps_its_header() -> None:
    """The start of these tests is what the switch prints, so files of it read as they were."""
    assert load(START).body() == body(switch())
