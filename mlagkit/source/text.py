"""From bytes to text that is safe to parse: UTF-8, of bounded size, without invisible characters."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import accumulate, islice
from pathlib import Path

from mlagkit.finding import Finding, Origin
from mlagkit.input_rules import input_error, input_finding

MAX_BYTES = 2 * 1024 * 1024
"""Size of a file in bytes; the largest pair is 50 times smaller."""

MAX_FINDINGS = 100
"""Findings of one file; with more than these, it is not a pair file with mistakes but another kind of file."""

# All of C0 and C1 but tab and newline; separators that some editors count as line ends and others don't (U+0085,
# U+2028, U+2029), marks that reorder or hide text (bidi, zero width, byte order), and what isn't a character.
_NAMES = {"\0": "NUL", "\r": "carriage return without a newline", "\x1b": "escape", "\ufeff": "byte order mark"}
_UNSAFE = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff"
)
UNSAFE_IN_FILE = f"[{_UNSAFE}]|\r(?!\n)"
UNSAFE_IN_VALUE = f"[{_UNSAFE}\r]"


_once: dict[tuple[str, int, int], bytes] = {}
_instead: dict[str, bytes] = {}


@contextmanager
def instead(path: str | Path, raw: bytes) -> Iterator[None]:
    """Take these bytes for those of the file, which need not exist: an editor has them and has not saved them yet."""
    _instead[str(path)] = raw
    try:
        yield
    finally:
        del _instead[str(path)]


def read_bytes(path: str | Path) -> bytes:
    """The file's bytes, one more than `MAX_BYTES` at most; InputError with IN11 if it can't be read.

    A pipe gives them only once, so they are kept for whoever asks for them again.
    """
    if str(path) in _instead:
        return _instead[str(path)]
    try:
        status = os.stat(path)
        key = (str(path), status.st_dev, status.st_ino)
        if key in _once:
            return _once[key]
        with open(path, "rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
        if stat.S_ISFIFO(status.st_mode):
            _once[key] = raw
        return raw
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise input_error("IN11", f"can't read the file: {reason}", Origin(str(path))) from error


def decode(raw: bytes, file: str) -> str:
    """The text without a byte order mark; InputError if it is too large (IN03) or not UTF-8 (IN14)."""
    if len(raw) > MAX_BYTES:
        message = f"the file is larger than {MAX_BYTES // 1024 // 1024} MiB; split it or remove what is not intent"
        raise input_error("IN03", message, Origin(file))
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff") or (b"\0\0" in (raw[0:4:2], raw[1:4:2]) and any(raw[:4])):
        raise input_error("IN14", "the file is UTF-16 or UTF-32; save it as UTF-8", Origin(file))
    try:
        return raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8").removeprefix("\ufeff")
        origin = Origin(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
        message = f"byte 0x{raw[error.start]:02x} is not UTF-8 ({error.reason}); save the file as UTF-8"
        raise input_error("IN14", message, origin) from error


def unsafe_characters(text: str, file: str) -> list[Finding]:
    """A finding (IN07) for each control or invisible character; with too many of them, the last one says so (IN03)."""
    if text.replace("\n", "").isprintable():  # none of them is, and the expression takes longer to compile
        return []
    matches = list(islice(re.finditer(UNSAFE_IN_FILE, text), MAX_FINDINGS + 1))
    if not matches:
        return []
    starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
    findings = []
    for match in matches:
        line = bisect_right(starts, match.start())
        origin = Origin(file, line, match.start() - starts[line - 1] + 1)
        findings.append(input_finding("IN07", f"control character {name_of(match[0])}; remove it", origin))
    if len(findings) > MAX_FINDINGS:
        findings[-1] = too_many(findings[-1].origin)
    return findings


def too_many(origin: Origin) -> Finding:
    """The finding (IN03) that stands for all that are not listed."""
    return input_finding("IN03", f"more than {MAX_FINDINGS} mistakes; the rest of the file was not read", origin)


def directive(text: str, file: str) -> Finding | None:
    """The first directive that isn't a single ``%YAML 1.2`` (IN10).

    Looked for before parsing, because libyaml compares every ``%TAG`` with all others: 2 MiB of them take minutes.
    """
    if not text.startswith("%") and "\n%" not in text:
        return None
    seen = False
    for number, line in enumerate(text.split("\n"), start=1):
        if line.startswith("%"):
            if seen or not re.fullmatch(r"%YAML[ \t]+1\.2[ \t]*(#.*)?\r?", line):
                message = "a directive changes how YAML is read; remove it (mlagkit reads YAML 1.2)"
                return input_finding("IN10", message, Origin(file, number))
            seen = True
        elif line.strip() and not line.lstrip().startswith("#"):
            return None
    return None


def name_of(char: str) -> str:
    """How a message names a character that can't be shown."""
    name = _NAMES.get(char) or unicodedata.name(char, "").lower()
    return f"U+{ord(char):04X} ({name})" if name else f"U+{ord(char):04X}"
