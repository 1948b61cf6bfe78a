"""Secrets leave no line of NX-OS, whatever command they stand in, and everything else stays."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from mlagkit.nxos.redact import MASK, fingerprint, redact

FIXTURES = Path(__file__).parent / "fixtures" / "nxos"
SOURCED: list[dict[str, str]] = yaml.safe_load((FIXTURES / "secret_lines.yaml").read_text("utf-8"))
MARKED = re.compile(r"\[\[(.*?)\]\]")
# What follows these words in the configurations of the corpus is a secret, whatever the rest of the line says.
KNOWN = re.compile(
    r"\$[15]\$\S{8,}|\b0x[0-9a-f]{32}|\b[0-9A-F]{34,}\b|hex-key (\S+)|(?:key-string|password) [0-9] (\S+)"
    r"|authentication-key 3 (\S+)|snmp-server community (\S+)|version 2c (\S+)|password (admin\.cisco)"
)


def lines_of(name: str) -> list[str]:
    """The lines of a fixture but for its comments."""
    return [line for line in (FIXTURES / name).read_text("utf-8").splitlines() if not line.startswith("# ")]


@pytest.mark.parametrize("line", lines_of("secrets.txt"))
def test_secret(line: str) -> None:
    """Each form loses its secret and nothing else."""
    assert MARKED.search(line)
    assert redact(MARKED.sub(r"\1", line)) == MARKED.sub(MASK, line)


def test_number_of_forms() -> None:
    """The table holds more forms than the 60 that are known to reach a configuration."""
    assert len(lines_of("secrets.txt")) >= 60


# What a line may stand in: a checkpoint's comments, the removal of it, a stanza, a session, an applet, an alias, a job.
PLACES = (
    *("!#{}", "no {}", "      {}", "\t{}", "configure terminal ; {}", "vlan 10 ; {} ; end"),
    *("action 1.0 cli {}", 'action 1.0 cli command "{}"', "cli alias name x {}", "cli  alias  name  x  {}"),
    "  action 7 cli command conf t ; {}",
)


@pytest.mark.parametrize("row", SOURCED, ids=lambda row: row["line"][:60])
def test_sourced(row: dict[str, str]) -> None:
    """Each form that somebody documents or shows loses its secret and nothing else."""
    assert redact(MARKED.sub(r"\1", row["line"])) == MARKED.sub(MASK, row["line"])


@pytest.mark.parametrize("row", [row for row in SOURCED if not row.get("wrapped")], ids=lambda row: row["line"][:60])
@pytest.mark.parametrize("place", PLACES)
def test_sourced_anywhere(row: dict[str, str], place: str) -> None:
    """It loses it wherever a command may stand, also with a key, in capitals and for whatever secret."""
    bare = row["line"].strip()
    if place == "no {}":
        bare = bare.removeprefix("no ")
    for secret in ("Zq9-leak-Zq9", "zq9;leak", "leak%$!?", "077leak"):
        line = place.format(MARKED.sub(secret, bare))
        assert "leak" not in redact(line), line
        assert "leak" not in redact(line, "key"), line
    words = re.sub(r"\[\[.*?\]\]", "[[x]]", bare).upper().replace("[[X]]", "leak-of-it")
    assert "leak" not in redact(words) or "$5$" in bare, words


@pytest.mark.parametrize("place", PLACES)
def test_inside(place: str) -> None:
    """The other forms lose their secret there too."""
    for line in lines_of("secrets.txt"):
        if not MARKED.sub("", line).strip().startswith("priv "):  # the rest of a line that a terminal wrapped
            assert "leak" not in redact(place.format(MARKED.sub("zq9leak", line.strip())))


def test_number_of_sources() -> None:
    """At least sixty forms have a source (trust.md, P16), and no form is there twice."""
    forms = [MARKED.sub(MASK, row["line"]) for row in SOURCED]
    assert len(set(forms)) == len(forms) >= 60
    assert all(row["source"] for row in SOURCED)


@pytest.mark.parametrize("line", lines_of("no_secrets.txt"))
def test_no_secret(line: str) -> None:
    """A line without a secret stays as it is."""
    assert redact(line) == line


@pytest.mark.parametrize("path", sorted(FIXTURES.parent.glob("pairs/*/*.cfg")), ids=lambda path: path.stem)
def test_rendered(path: Path) -> None:
    """What mlagkit renders holds references and no secret, so no line of it changes."""
    lines = path.read_text("utf-8").splitlines()
    assert [redact(line) for line in lines] == lines


@pytest.mark.parametrize(
    "line", ["\u017fnmp-server community [[x]]", "\u0131sis password [[x]]", "\u212aey-string [[x]]"]
)
def test_letters_that_pass_for_others(line: str) -> None:
    """A form fits in capitals and in small letters, also where a letter is neither (long s, dotless i, Kelvin)."""
    assert redact(MARKED.sub(r"\1", line)) == MARKED.sub(MASK, line)


def test_twice() -> None:
    """A masked line is not masked again."""
    for line in (*lines_of("secrets.txt"), *(row["line"] for row in SOURCED)):
        once = redact(MARKED.sub(r"\1", line))
        assert redact(once) == once


def test_fingerprint() -> None:
    """With a key, equal secrets look equal, other secrets and other keys look different, and none shows itself."""
    line = "snmp-server community {} group network-operator"
    one, same, other = (redact(line.format(text), "k1") for text in ("alpha", "alpha", "beta"))
    assert one == same == line.format(f"<secret {fingerprint('alpha', 'k1')}>")
    assert one not in (other, redact(line.format("alpha"), "k2"))
    assert redact(one, "k1") == one
    assert "alpha" not in one


def test_long_line() -> None:
    """A line of 100,000 characters comes back, whatever it is made of."""
    for piece in ("x", "a-", "a:", "://a:b", "auth md5 ", "key ", " ", '"', ";", "; key-string ", "username a "):
        text = "snmp-server user " + piece * (100_000 // len(piece))
        assert redact(text)


def test_corpus(corpus_config: Path) -> None:
    """No secret of a real configuration survives."""
    for line in corpus_config.read_text("utf-8", errors="surrogateescape").splitlines():
        secrets = [next((group for group in match.groups() if group), match[0]) for match in KNOWN.finditer(line)]
        assert all(redact(line).count(secret) < line.count(secret) for secret in secrets), line


def test_corpus_is_not_blotted_out(corpus_config: Path) -> None:
    """Of a real configuration only lines that speak of a secret change."""
    speaks = re.compile(r"password|key|snmp-server|trap|localized|authentication", re.I)
    for line in corpus_config.read_text("utf-8", errors="surrogateescape").splitlines():
        assert redact(line) == line or speaks.search(line), line
