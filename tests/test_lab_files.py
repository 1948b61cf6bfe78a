"""Files, startup-config and restarts of the emulated switch."""

from __future__ import annotations

import hashlib

import pytest
from ntc_templates.parse import parse_output

from mlagkit.nxos.lab import Faults, LabClock
from tests.lab_logins import NOW, Login, body, switch


def test_copy_and_show() -> None:
    """The running-config goes into a file, which can be shown, summed, listed and deleted under any of its names."""
    login = Login(switch())
    running = login.says("show running-config")
    login.says("copy running-config bootflash:a.cfg")
    for name in ("a.cfg", "bootflash:a.cfg", "bootflash:/a.cfg", "bootflash:///a.cfg"):
        assert login.says(f"show file {name}") == running
        assert login.says(f"show file {name} md5sum").strip() == hashlib.md5(running.encode()).hexdigest()
    assert login.says("dir bootflash:a.cfg").splitlines() == [
        f"{len(running):>11}    Mar 04 05:06:07 2026  a.cfg",
        "",
        "Usage for bootflash://sup-local",
        f"{4183900160 - 1950945280 + len(running):>12} bytes used",
        f"{1950945280 - len(running):>12} bytes free",
        f"{4183900160:>12} bytes total",
    ]
    assert login.says("dir") == login.says("dir bootflash:")
    login.says("delete bootflash:a.cfg")
    for line in ("show file a.cfg", "dir a.cfg", "delete a.cfg no-prompt", "show file a.cfg md5sum"):
        assert login.refused(line) == "No such file or directory"
    for line in ("dir slot0:", "copy running-config slot0:a", "show file bootflash:folder/a"):
        assert login.refused(line) == "No such file or directory"


@pytest.mark.parametrize(
    "line",
    [
        *("copy bootflash:a running-config", "copy startup-config running-config", "copy running-config a", "copy"),
        *("delete", "delete a b", "write", "write memory", "reload in 5", "dir a b", "show file", "show file a sha"),
        *("clear", "clear counters", "show checkpoint a b", "show clock detail", "no checkpoint", "rollback x"),
        *("terminal", "configure replace", "configure session x", "checkpoint file", "checkpoint a description"),
    ],
)
def test_unknown_forms_are_refused(line: str) -> None:
    """A form that the lab does not carry out is refused, and changes nothing."""
    chassis = switch()
    login = Login(chassis)
    before = body(chassis), dict(chassis.bootflash.files), chassis.startup, chassis.checkpoints.names
    login.refused(line)
    assert (body(chassis), dict(chassis.bootflash.files), chassis.startup, chassis.checkpoints.names) == before


def test_questions() -> None:
    """What destroys something asks first; an empty line means the letter in brackets."""
    chassis = switch()
    login = Login(chassis, ask=True)
    login.says("copy run bootflash:a", "checkpoint file b")
    login.config("vlan 30")
    for line, name in (("copy run bootflash:a", "a"), ("checkpoint file b", "b")):
        old = chassis.bootflash.read(name)
        answer = login.answer(line)
        assert answer.asks
        assert "overwrite (y/n)?[n]" in answer.text
        assert login.shell.prompt == ""
        login.says("")
        assert chassis.bootflash.read(name) == old
        login.answer(line)
        login.says("y")
        assert chassis.bootflash.read(name) != old
    assert login.answer("delete a").text == 'Do you want to delete "/a" ? (yes/no/abort)   [y] '
    login.says("no")
    assert chassis.bootflash.has("a")
    login.answer("delete a")
    login.says("")
    assert not chassis.bootflash.has("a")
    login.says("delete b no-prompt")
    assert login.answer("configure replace bootflash:b").text == "No such file or directory"
    login.says("copy run bootflash:c")
    assert "Do you want to proceed?" in login.answer("configure replace bootflash:c").text
    login.says("n")
    assert login.answer("write erase").text.endswith("Do you wish to proceed anyway? (y/n)  [n] ")
    login.says("n")
    assert "hostname" in chassis.startup
    assert login.answer("reload").text.startswith("!!!WARNING! there is unsaved configuration!!!\n")
    login.says("n")
    login.says("copy run start")
    assert login.answer("reload").text == "This command will reboot the system. (y/n)?  [n] "
    login.says("n")
    assert chassis.boots == 1


def test_reload() -> None:
    """After a restart runs what was saved; files and checkpoints are there, a login is not."""
    chassis = switch()
    login, other = Login(chassis), Login(chassis)
    login.says("checkpoint a", "copy run bootflash:f")
    login.config("vlan 30")
    login.says("copy running-config startup-config")
    saved = body(chassis)
    login.config("vlan 40")
    other.says("configure terminal", "interface Ethernet1/1")
    assert login.answer("reload").closes
    assert body(chassis) == saved
    assert chassis.checkpoints.names == ("a",)
    assert chassis.bootflash.has("f")
    assert other.answer("description lost").closes
    assert body(chassis) == saved
    assert "0 day(s), 0 hour(s), 0 minute(s), 0 second(s)" in Login(chassis).says("show version")


def test_write_erase() -> None:
    """Erased and restarted, a switch has no configuration and no checkpoints; files stay."""
    chassis = switch()
    login = Login(chassis)
    login.says("checkpoint a", "copy run bootflash:f", "write erase")
    assert login.says("show startup-config") == "No startup configuration\n"
    assert len(chassis.checkpoints.names) == 1
    login.answer("reload")
    assert body(chassis) == ["vlan 1"]
    assert not Login(chassis).says("show checkpoint summary")
    assert chassis.bootflash.has("f")


def test_reload_forgets_a_replacement() -> None:
    """A restart ends the wait for a commit; what was saved runs."""
    clock = LabClock(NOW)
    chassis = switch(clock=clock)
    login = Login(chassis)
    before = body(chassis)
    login.says("copy run bootflash:f")
    login.config("vlan 30")
    login.says("configure replace bootflash:f commit-timeout 60")
    login.answer("reload")
    clock.advance(3600)
    assert Login(chassis).refused("configure replace commit").startswith("ERROR")
    assert body(chassis) == before


def test_full_drive() -> None:
    """A file that does not fit is refused, and the old one of its name stays."""
    chassis = switch(faults=Faults(space=1000))
    login = Login(chassis)
    login.says("checkpoint file a")
    old = chassis.bootflash.read("a")
    login.config("interface Ethernet1/1", f"description {'x' * 600}")
    assert login.refused("checkpoint file a") == "No space left on device"
    assert login.refused("copy running-config bootflash:b") == "No space left on device"
    assert chassis.bootflash.read("a") == old
    assert not chassis.bootflash.has("b")


def test_abbreviations_and_faults() -> None:
    """Abbreviated commands are the same commands, also to a fault."""
    chassis = switch(faults=Faults(refuse={"copy running-config startup-config": "ERROR: no"}))
    login = Login(chassis)
    assert login.refused("cop r s") == "ERROR: no"
    assert login.shell.command("roll run check x") == "rollback running-config checkpoint x"
    assert login.shell.command("sh diff roll running-config checkpoint x") == (
        "show diff rollback-patch running-config checkpoint x"
    )
    assert login.shell.command("conf t") == "configure terminal"


def test_clock() -> None:
    """``show clock`` has the form of ntc-templates' sample."""
    assert Login(switch()).says("show clock") == "05:06:07.000 UTC Wed Mar 4 2026\n"


def parsed(command: str, text: str) -> list[dict[str, str]]:
    """A text as ntc-templates reads it."""
    found: list[dict[str, str]] = parse_output("cisco_nxos", command, text)  # type: ignore[no-untyped-call]
    return found


def test_independent_readers() -> None:
    """ntc-templates reads the list of files and the clock as it reads those of a real switch."""
    login = Login(switch())
    login.says("copy running-config bootflash:a.cfg", "checkpoint file b")
    files = parsed("dir", login.says("dir bootflash:"))
    assert [(file["item_name"], file["date_time"]) for file in files] == [
        ("a.cfg", "Mar 04 05:06:07 2026"),
        ("b", "Mar 04 05:06:07 2026"),
    ]
    assert {file["total_free"] for file in files} == {str(login.shell.chassis.bootflash.free)}
    (clock,) = parsed("show clock", login.says("show clock"))
    assert (clock["time"], clock["year"]) == ("05:06:07.000", "2026")


def test_running_clock() -> None:
    """A clock without a start runs with the time of this machine, and can be advanced as well."""
    clock = LabClock()
    before = clock()
    assert clock() >= before
    clock.advance(3600)
    assert (clock() - before).total_seconds() >= 3600
