"""Whose a running-config is, and what is refused as one."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from mlagkit.errors import InputError
from mlagkit.nxos.parse import parse
from mlagkit.nxos.running import cut_short, foreign, hostname, within_another
from mlagkit.running import assign, either, read_running

PAIR = ("leaf-101", "leaf-102")
BODY = "vlan 10\n  name web\n"


def write(folder: Path, **texts: str) -> list[Path]:
    """Files with these texts; a name's underscore stands for a hyphen."""
    files = []
    for name, text in texts.items():
        path = folder / f"{name.replace('_', '-')}.cfg"
        path.write_bytes(text.encode("utf-8", "surrogateescape"))
        files.append(path)
    return files


def refusal(sources: list[Path], *names: str) -> list[tuple[str, int]]:
    """Rule and line of everything that is said against these files."""
    with pytest.raises(InputError) as caught:
        assign(PAIR, sources, names)
    assert caught.value.exit_code == 2
    return [(finding.rule, finding.origin.line) for finding in caught.value.findings]


def test_hostname_line_decides(tmp_path: Path) -> None:
    """Order and name of the files mean nothing where a line names the switch."""
    files = write(tmp_path, leaf_101=f"hostname leaf-102\n{BODY}", b=f"!\nswitchname leaf-101\n{BODY}")
    found = assign(PAIR, files, ("leaf-101", "leaf-102"))
    assert list(found) == list(PAIR)
    assert [running.file for running in found.values()] == [str(files[1]), str(files[0])]
    assert found["leaf-101"].line == 2


def test_names_in_the_order_of_the_files(tmp_path: Path) -> None:
    """Without a hostname line, `--names` says whose a file is, before its own name does."""
    files = write(tmp_path, leaf_101=BODY, leaf_102=BODY)
    found = assign(PAIR, files, ("leaf-102", "leaf-101"))
    assert found["leaf-102"].file == str(files[0])


def test_stem_is_the_last_resort(tmp_path: Path) -> None:
    """Without a hostname line and `--names`, the file's stem names the switch."""
    files = write(tmp_path, leaf_102=BODY, leaf_101=BODY)
    assert assign(PAIR, files)["leaf-101"].file == str(files[1])


def test_folder(tmp_path: Path) -> None:
    """A folder holds a file for each switch, and may hold others."""
    write(tmp_path, leaf_101=BODY, leaf_102=BODY, spine_1=BODY)
    assert assign(PAIR, [tmp_path])["leaf-102"].file == str(tmp_path / "leaf-102.cfg")


def test_folder_without_a_file(tmp_path: Path) -> None:
    """A folder in which a switch's file is missing is refused, with the name of the file."""
    write(tmp_path, leaf_101=BODY)
    assert refusal([tmp_path]) == [("IN11", 1)]
    with pytest.raises(InputError, match=r"there is no leaf-102\.cfg in the folder"):
        assign(PAIR, [tmp_path])


def test_same_switch_twice(tmp_path: Path) -> None:
    """Two files of one switch are refused, whatever says so."""
    assert refusal(write(tmp_path, a=f"hostname leaf-101\n{BODY}", leaf_101=BODY)) == [("IN23", 1)]


def test_renamed(tmp_path: Path) -> None:
    """A strange hostname is that of the switch which has no running-config, if it is renamed; a file's name is none."""
    of_other = f"hostname leaf-102\n{BODY}"
    with pytest.raises(InputError, match="; if it is leaf-101 by another name, rename the switch first"):
        assign(PAIR, write(tmp_path, a=f"hostname core-7\n{BODY}", b=of_other))
    for strange in ("core_7", "leaf_103"):
        with pytest.raises(InputError) as caught:
            assign(PAIR, write(tmp_path, **{strange: BODY, "b": of_other}))
        assert "rename" not in caught.value.findings[0].message
    assert caught.value.findings[0].message.endswith("; did you mean leaf-101?")


def test_stranger(tmp_path: Path) -> None:
    """A hostname that is not in the pair is refused at its line, with the name that was meant."""
    files = write(tmp_path, a=f"!\nhostname leaf101\n{BODY}", b=f"hostname other\n{BODY}")
    with pytest.raises(InputError, match="did you mean leaf-101"):
        assign(PAIR, files)
    assert refusal(files) == [("IN08", 2), ("IN08", 1)]


def test_folders_for_files(tmp_path: Path) -> None:
    """Where a pair is two files, a folder in the place of one is told apart from a third file."""
    (file,) = write(tmp_path, leaf_101=BODY)
    for sources, words in (([tmp_path, file], "here are 2, with a folder among them"), ([file] * 3, "here are 3$")):
        with pytest.raises(InputError, match=words):
            either(sources)


@pytest.mark.parametrize("number", [1, 3])
def test_number_of_files(tmp_path: Path, number: int) -> None:
    """Running-configs come as two files or as one folder."""
    files = write(tmp_path, leaf_101=BODY, leaf_102=BODY, leaf_103=BODY)[:number]
    assert refusal(files) == [("IN24", 1)]


def test_file_that_is_not_there(tmp_path: Path) -> None:
    """A source that is not there is named as such, however many there are."""
    (file,) = write(tmp_path, leaf_101=BODY)
    for sources in ([tmp_path / "none"], [file, tmp_path / "none"]):
        assert refusal(sources) == [("IN11", 1)]


def test_file_that_cannot_be_read(tmp_path: Path) -> None:
    """Why a file can't be read is said in words, without numbers and the name once more."""
    for file, why in ((tmp_path, os.strerror(errno.EISDIR)), (tmp_path / "a\0b", "embedded null byte")):
        with pytest.raises(InputError) as caught:
            read_running(file, "leaf-101")
        assert [each.message for each in caught.value.findings] == [f"can't read the file: {why}"]


def test_mistakes_of_both_files(tmp_path: Path) -> None:
    """What is wrong with either of two files is told at once, also where no pair file names the switches."""
    with pytest.raises(InputError) as caught:
        either([tmp_path / "a.cfg", tmp_path / "b.cfg"])
    assert [Path(each.origin.file).name for each in caught.value.findings] == ["a.cfg", "b.cfg"]


def test_every_mistake_in_one_run(tmp_path: Path) -> None:
    """What is wrong with the second file shows although the first one is wrong, too."""
    files = write(tmp_path, a="{}", b=f"hostname leaf-103\n{BODY}")
    assert refusal(files) == [("IN20", 1), ("IN08", 1)]


BAD = {
    "empty": ("", "IN20", 1),
    "blank": ("\n \n", "IN20", 1),
    "json": ('{"ins_api": {}}\n', "IN20", 1),
    "html": ("<!DOCTYPE html>\n<html>\n", "IN20", 1),
    "pair file": ("pair: dc1\nswitches:\n  leaf-101: {}\n", "IN20", 1),
    "prose": ("Please find the configuration attached.\n", "IN20", 1),
    "IOS": ("hostname leaf-101\ninterface GigabitEthernet1/0/1\n shutdown\n", "IN20", 1),
    "EOS": ("hostname leaf-101\nmlag configuration\n   domain-id x\n", "IN20", 1),
    "an interface in another": (
        "hostname leaf-101\ninterface Ethernet1/1\n  vrf member ka\n  interface loopback1\n  ip address 192.0.2.1/32\n",
        "IN20",
        4,
    ),
    "NUL bytes": ("hostname leaf-101\nvlan 10\n\0\0\n", "IN20", 3),
    "control character": ("hostname leaf-101\nvlan 10\n  name \x01\n", "IN07", 3),
    "cut in a line": ("hostname leaf-101\nvlan 10\n  name we", "IN21", 3),
    "cut in a word": ("hostname leaf-101\nvlan 10\ninterf", "IN21", 3),
    "read by pages": (f"hostname leaf-101\n{BODY} --More-- \n  vn-segment 10\n", "IN21", 4),
    "cut in a banner": ("hostname leaf-101\nbanner motd #\nvlan 10\n", "IN21", 2),
    "UTF-16": ("\udcff\udcfeh\0", "IN14", 1),
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_no_running_config(tmp_path: Path, case: str) -> None:
    """Anything but a whole running-config is refused with its place."""
    text, rule, line = BAD[case]
    files = write(tmp_path, leaf_101=text, leaf_102=BODY)
    assert refusal(files) == [(rule, line)]


def test_too_large(tmp_path: Path) -> None:
    """A file beyond the limit is not read to its end."""
    path = tmp_path / "leaf-101.cfg"
    with path.open("wb") as file:
        file.truncate(21 * 1024 * 1024)
    assert refusal([path, *write(tmp_path, leaf_102=BODY)]) == [("IN03", 1)]


def test_last_line_without_a_newline() -> None:
    """A last line that can't be part of a longer one needs no newline."""
    for last in ("", "  ", "!", "end", "leaf-101#", "leaf-101# ", "boot nxos bootflash:/nxos.9.3.3.bin sup-1"):
        assert cut_short(parse(f"vlan 10\n{last}")) is None, last
    for last in ("  name web", "boot nxos bootflash:/nxos.9.3", "feature", "interface Ethernet1/"):
        assert cut_short(parse(f"vlan 10\n{last}")) is not None, last


def test_hostname_in_a_banner() -> None:
    """A line of a banner's body names no switch; of several hostname lines the last one counts."""
    assert hostname(parse("banner motd #\nhostname wrong\n#\nvlan 10\n")) is None
    assert hostname(parse("hostname first\nhostname second\r\n")) == ("second", 2)
    assert hostname(parse("vlan 10\n  hostname inner\n")) is None


# The two whose last line ends in the middle of nowhere, as far as anyone can tell.
UNENDED = {"labval-evpn-l2vni-nx-1.cfg", "labval-evpn-l3vni-nx-2.cfg"}


def test_corpus_is_taken(corpus_config: Path) -> None:
    """Every real configuration is recognised as one of NX-OS, and as whole."""
    text = corpus_config.read_bytes().decode("utf-8", "surrogateescape")
    assert foreign(text) is None
    assert (cut_short(parse(text)) is not None) == (corpus_config.name in UNENDED)
    assert within_another(parse(text)) is None


def test_an_interface_in_words() -> None:
    """A line that only speaks of an interface stands where it belongs."""
    assert within_another(parse("interface Ethernet1/1\n  description to interface Ethernet1/2\n")) is None


def test_other_systems_are_refused(corpus: Path) -> None:
    """No configuration of another system passes for one of NX-OS."""
    others = sorted((corpus / "other").rglob("*.cfg"))
    assert others
    assert [path.name for path in others if foreign(path.read_bytes().decode("utf-8", "surrogateescape")) is None] == []
