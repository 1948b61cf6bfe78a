"""Bundles of the corpus: what mlagkit says of them stays the same, and nothing of whose they are is left."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from mlagkit.bundle.inputs import Texts, inputs, other_inputs, words_of_pair_files
from mlagkit.bundle.said import commands, verdict_of
from mlagkit.nxos.redact import secrets_in
from mlagkit.nxos.vocabulary import vocabulary
from mlagkit.pseudonym import Key
from tests.command import Run
from tests.conftest import CORPUS, NO_CORPUS, ROOT
from tests.corpus_lines import altered

_BACK = re.compile(
    r"  +(?:description|spanning-tree|no ip redirects|delay restore|peer-gateway|ip arp synchronize|mtu) ?"
)
_OTHER = re.compile(r"  +(?:description|name) ")
KEY = Key(b"the same each time")
FOLDERS = sorted(path for path in CORPUS.glob("nxos/pairs/*") if len([*path.glob("*.cfg")]) == 2)
PAIRS = pytest.mark.parametrize(
    "folder",
    FOLDERS or [pytest.param(None, marks=pytest.mark.skip(reason=NO_CORPUS))],
    ids=lambda folder: folder.name if folder else "absent",
)


def answers(texts: Texts, folder: Path, run: Run, patch: pytest.MonkeyPatch) -> Iterator[tuple[int, list[str]]]:
    """What the commands of a bundle say of these files, each with its exit code."""
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode("utf-8", "surrogateescape"))
    patch.chdir(folder)
    for words in commands(texts):
        ended = run(*words, "--format", "json")
        yield ended.code, verdict_of(ended.out)


@PAIRS
def test_same_answers_about_two_configurations(
    folder: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rules find the same at the same lines, and an import makes as much of it."""
    real = inputs((), [str(folder)])
    one, other = (
        [*answers(texts, tmp_path / name, run, monkeypatch)]
        for name, texts in (("real", real), ("other", other_inputs(real, KEY)))
    )
    assert len(one) == 2
    assert other == one


@PAIRS
def test_same_answers_about_a_pair_file(
    folder: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pair file that an import writes, held against configurations that lack some of its lines and have others."""
    pair = tmp_path / "pair.yaml"
    if run("import", *map(str, sorted(folder.glob("*.cfg"))), "-o", str(pair)).code:
        pytest.skip("it can't be imported")
    changed = tmp_path / "changed"
    changed.mkdir()
    for path in folder.glob("*.cfg"):
        (changed / path.name).write_bytes(_changed(path).encode("utf-8", "surrogateescape"))
    real = inputs([str(pair)], [str(changed)])
    one, other = (
        [*answers(texts, tmp_path / name, run, monkeypatch)]
        for name, texts in (("real", real), ("other", other_inputs(real, KEY)))
    )
    assert len(one) == 3
    assert other == one


def _changed(path: Path) -> str:
    """The configuration without lines that a plan can put back, and with other lines in the place of some."""
    lines = path.read_bytes().decode("utf-8", "surrogateescape").split("\n")
    left = [line for number, line in enumerate(lines) if number % 2 or not _BACK.match(line)]
    return "\n".join(altered(line) if _OTHER.match(line) else line for line in left)


_RUN = re.compile(r"[^\W\d_]{3,}")
_FORMS = re.compile(r"\S+\.bin\b|\b\d+\.\d+\(\S+|\bn\dk-[cx]\d\S+")
"""Image files, releases and models: what the software and the hardware are."""
_HEX = re.compile(r"\b[0-9a-f]*(?:[.:]+[0-9a-f]+){2,}\b", re.I)
_PORTS = {"ethernet", "eth", "port", "channel", "vlan", "loopback", "mgmt", "nve", "tunnel", "null"}


def test_no_word_is_left(corpus_config: Path) -> None:
    """Of a configuration only words of NX-OS are left: no name, no word of a description that is none of these."""
    text = corpus_config.read_bytes().decode("utf-8", "surrogateescape")
    (other,) = other_inputs({f"running/{corpus_config.name}": text}, KEY).values()
    kept = {run for word in vocabulary() | words_of_pair_files() for run in _RUN.findall(word.lower())} | _PORTS
    kept |= {run for form in _FORMS.findall(text.lower()) for run in _RUN.findall(form)}
    # What stands for a secret or an address may look like a short word.
    told = "\n".join(line for line in _HEX.sub("", other).split("\n") if not secrets_in(line))
    assert {*_RUN.findall(text.lower())} & {*_RUN.findall(told.lower())} <= kept
    assert len(other.split("\n")) == len(text.split("\n"))


_ADDRESS = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])")
_NOBODYS = re.compile(r"(?:0|127|22[4-9]|2[3-5]\d)\.")
"""Masks, groups, loopback: they mean the same everywhere."""
_TELLS = re.compile(r"\s*(?:hostname|switchname|username|vrf context|snmp-server user) +(\S+)")
_TEXT = re.compile(r"\s+(?:description|remark|name) +(.*\S)")
_OF_AS = re.compile(r"(?:router bgp|remote-as|local-as) (\d+)")
_MAC = re.compile(r"\b[0-9a-f]{4}(?:\.[0-9a-f]{4}){2}\b", re.I)
_WELL_KNOWN_MAC = re.compile(r"0000\.0c07|0000\.0c9f|0000\.5e00|01|ffff|0000\.0000\.0000", re.I)


def test_no_name_is_left(corpus: Path) -> None:
    """No host name, user, VRF, AS number, address or secret of the corpus is left at its place, but what the page says.

    An address stays in one of the some hundred cases in which no bit of it happens to be turned over.
    """
    seen: Counter[str] = Counter()
    for path in sorted(corpus.glob("nxos/**/*.cfg")):
        text = path.read_bytes().decode("utf-8", "surrogateescape")
        (other,) = other_inputs({f"running/{path.name}": text}, KEY).values()
        for line, now in zip(text.split("\n"), other.split("\n"), strict=True):
            for kind, stays in _left(line, now):
                seen[kind] += 1
                seen[f"{kind} left"] += stays
    assert min(seen[kind] for kind in ("name", "address", "AS number", "MAC", "secret")) > 100
    assert [kind for kind in ("name", "AS number", "MAC", "secret") if seen[f"{kind} left"]] == []
    assert seen["address left"] < seen["address"] / 500
    page = (ROOT / "docs" / "report.md").read_text("utf-8")
    shown = {
        kind: f"| {seen[kind]:,} | {seen[f'{kind} left']}" for kind in ("name", "address", "AS number", "MAC", "secret")
    }
    assert {kind: row for kind, row in shown.items() if row not in page} == {}
    assert f"{seen['text left']} of {seen['text']} descriptions" in page


def _left(line: str, now: str) -> Iterator[tuple[str, bool]]:
    """What of a line is somebody's, and whether it is left."""
    if (name := _TELLS.match(line)) and name[1].lower() not in vocabulary():
        yield "name", name[1] in now.split()
    if text := _TEXT.match(line):
        yield "text", text[1] in now
    for number in _OF_AS.findall(line):
        if number != "65535":  # nobody's (RFC 7300)
            yield "AS number", number in _OF_AS.findall(now)
    for mac in _MAC.findall(line):
        if not _WELL_KNOWN_MAC.match(mac):
            yield "MAC", mac in now
    for address in _ADDRESS.findall(line):
        if not _NOBODYS.match(address):
            yield "address", address in _ADDRESS.findall(now)
    for start, end in secrets_in(line):
        secret = line[start:end].strip('"')
        if secret.lower() not in ("public", "private") and any(map(str.isalnum, secret)):
            yield "secret", secret in now
