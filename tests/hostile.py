"""A hundred hostile YAML files, by name, each with the rules that may refuse it.

Run as a program, it reads all of them in one process of at most 256 MiB and writes what came of each as JSON.
"""

from __future__ import annotations

import json
import sys
import time

from mlagkit.errors import InputError
from mlagkit.excerpt import excerpt
from mlagkit.source import MAX_BYTES, construct
from tests.pair_files import parse_source

MEMORY = 256 * 1024 * 1024
"""Bytes of address space that the process may use, interpreter and libraries included."""

MIB = 1024 * 1024


def bomb(levels: int, width: int) -> str:
    """Lists of aliases to lists of aliases: ``width ** levels`` items when written out."""
    lines = ["a0: &a0 [x]"]
    for level in range(1, levels + 1):
        parts = ", ".join([f"*a{level - 1}"] * width)
        lines.append(f"a{level}: &a{level} [{parts}]")
    return "\n".join(lines)


def deep_block(levels: int) -> str:
    """Mappings inside each other by indentation."""
    return "\n".join(f"{' ' * level}a:" for level in range(levels))


def _aliases() -> dict[str, tuple[str, str]]:
    hundred = ", ".join(["*a"] * 101)
    mapping_bomb = "a0: &a0 {x: y}\n" + "\n".join(
        f"a{n}: &a{n} {{{', '.join(f'k{k}: *a{n - 1}' for k in range(9))}}}" for n in range(1, 12)
    )
    return {
        "billion-laughs": (bomb(10, 10), "IN03"),
        "bomb-of-mappings": (mapping_bomb, "IN03"),
        "bomb-below-the-alias-limit": (bomb(11, 9), "IN03"),
        "bomb-of-doubling": (bomb(49, 2), "IN03"),
        "bomb-of-characters": (f"a: &a {'x' * MIB}\nb: [{', '.join(['*a'] * 100)}]", "IN03"),
        "aliases-101": (f"a: &a 1\nb: [{hundred}]", "IN03"),
        "aliases-a-hundred-thousand": (f"a: &a 1\nb: [{', '.join(['*a'] * 100_000)}]", "IN03"),
        "aliases-deep-chain": ("a0: &a0 [x]\n" + "\n".join(f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 90)), "IN03"),
        "alias-inside-itself-list": ("a: &a [*a]", "IN03"),
        "alias-inside-itself-mapping": ("a: &a {b: {c: *a}}", "IN03"),
        "alias-root-inside-itself": ("&a\nb: *a", "IN03"),
        "alias-unknown": ("a: *nothing", "IN09"),
        "alias-before-anchor": ("a: *x\nb: &x 1", "IN09"),
        "alias-as-key": ("a: &x b\n*x : 1", "IN05"),
        "anchor-on-key": ("&x a: 1", "IN05"),
        "anchor-twice": ("a: &x 1\nb: &x 2", "IN02"),
        "anchors-fifty-thousand": ("\n".join(f"k{n}: &a{n} [" for n in range(50_000)), "IN01 IN03"),
        "anchor-name-of-a-mebibyte": (f"a: &{'x' * MIB} 1\nb: *y", "IN09"),
        "alias-name-of-a-mebibyte": (f"a: *{'x' * MIB}", "IN09"),
        "merge-key": ("a: &a {b: 1}\nc: {<<: *a}", "IN04"),
        "merge-key-list": ("a: &a {b: 1}\nc:\n  <<: [*a, *a]", "IN04"),
        "wide-anchored-lists-repeated": (f"a: &a [{'x, ' * 60_000}]\nb: [{', '.join(['*a'] * 50)}]", "IN03"),
    }


def _sizes() -> dict[str, tuple[str, str]]:
    return {
        "brackets-a-hundred-thousand": ("a: " + "[" * 100_000, "IN03"),
        "brackets-closed": ("[" * 100_000 + "]" * 100_000, "IN03"),
        "braces-a-hundred-thousand": ("{a: " * 100_000, "IN03"),
        "braces-as-keys": ("{" * 100_000, "IN03"),
        "brackets-and-braces": ("[{a: " * 50_000, "IN03"),
        "brackets-two-mebibytes": ("[" * MAX_BYTES, "IN03"),
        "dashes-nested": ("- " * 100_000, "IN03"),
        "question-marks-nested": ("? " * 100_000, "IN03"),
        "block-mappings-1000-deep": (deep_block(1000), "IN03"),
        "depth-51": ("a: " + "[" * 50 + "]" * 50, "IN03"),
        "list-of-400000": (f"a: [{'1, ' * 400_000}]", "IN03"),
        "keys-400000": ("".join(f"{n}:\n" for n in range(250_000)), "IN03"),
        "empty-lists-300000": (f"a: [{'[],' * 300_000}]", "IN03"),
        "empty-mappings-300000": (f"a: [{'{},' * 300_000}]", "IN03"),
        "pairs-in-a-list": (f"a: [{'b: c,' * 150_000}]", "IN03"),
        "nulls-in-braces": (f"a: {{{','.join(map(str, range(250_000)))}}}", "IN03"),
        "larger-than-allowed": ("a: " + "x" * MAX_BYTES, "IN03"),
        "larger-than-allowed-comments": ("# x\n" * MAX_BYTES, "IN03"),
        "scalar-of-two-mebibytes": (f"a: {'x' * (MAX_BYTES - 20)}\na: 1", "IN02"),
        "quoted-scalar-of-two-mebibytes": (f'a: "{"x" * (MAX_BYTES - 20)}', "IN01"),
        "escapes-two-mebibytes": ('a: "' + r"\x41" * (MAX_BYTES // 5) + '"\na: 1', "IN02"),
        "block-scalar-of-two-mebibytes": ("a: |\n" + "  x\n" * (MAX_BYTES // 4 - 20) + "a: 1\n", "IN02"),
        "folded-blank-lines": ("a: >\n" + "\n" * (MAX_BYTES - 30) + "  x\na: 1\n", "IN02"),
        "plain-scalar-of-many-lines": ("a: x\n" + "  y\n" * (MAX_BYTES // 4 - 20) + "a: 1\n", "IN02"),
        "comment-of-two-mebibytes": (f"#{'x' * (MAX_BYTES - 20)}\n", "IN13"),
        "blank-lines-only": ("\n" * MAX_BYTES, "IN13"),
        "spaces-only": (" " * MAX_BYTES, "IN13"),
        "key-of-a-mebibyte": (f"{'k' * MIB}: 1", "IN01"),
        "quoted-key-of-a-mebibyte": (f'"{"k" * MIB}": 1', "IN01"),
        "explicit-key-of-a-mebibyte": (f"? {'k' * MIB}\n: 1\n? {'k' * MIB}\n: 1", "IN03 IN02"),
        "explicit-key-of-half-a-mebibyte-twice": (f"? {'k' * (MIB // 2)}\n: 1\n? {'k' * (MIB // 2)}\n: 1", "IN02"),
        "line-never-closed": (f'a: [{"x," * 90_000}"', "IN01"),
        "digits-a-mebibyte": (f"a: {'9' * MIB}", "IN12"),
        "hex-digits-a-mebibyte": (f"a: 0x{'f' * MIB}", "IN12"),
        "float-digits-a-mebibyte": (f"a: {'9' * MIB}.5", "IN12"),
        "float-exponent": ("a: 1e999999999999", "IN12"),
        "digit-key-a-kilobyte": (f"{'9' * 1000}: x", "IN12"),
        "duplicates-300000": ("a: 1\n" * 300_000, "IN02 IN03"),
        "duplicates-in-braces": (f"a: {{{'b: 1, ' * 100_000}}}", "IN02 IN03"),
        "flow-commas-90000": (f"a: {{b: 1{',2' * 90_000}}}", "IN15"),
        "flow-strays-in-many-braces": (f"a: [{'{b: 1,2}, ' * 30_000}]", "IN15 IN03"),
        "tags-100000": (f"a: [{'!!x 1, ' * 100_000}]", "IN10 IN03"),
        "tag-directives-100000": ("".join(f"%TAG !a{n}! b\n" for n in range(100_000)) + "---\na: 1", "IN10"),
        "tag-directives-behind-the-document": (
            "a: 1\n...\n" + "".join(f"%TAG !a{n}! b\n" for n in range(100_000)) + "---\nb: 1",
            "IN13",
        ),
        "documents-100000": ("---\na: 1\n" * 100_000, "IN13"),
        "numbers-with-leading-zeros": (f"a: [{'007, ' * 100_000}]", "IN12 IN03"),
    }


def _tags() -> dict[str, tuple[str, str]]:
    return {
        "tag-python-object-apply": ("a: !!python/object/apply:os.system ['true']", "IN10"),
        "tag-python-object-new": ("a: !!python/object/new:type {args: [x, [], {}]}", "IN10"),
        "tag-python-name": ("a: !!python/name:os.system", "IN10"),
        "tag-python-module": ("a: !!python/module:os ''", "IN10"),
        "tag-on-root": ("!!map {a: 1}", "IN10"),
        "tag-on-key": ("!!str a: 1", "IN10"),
        "tag-own": ("a: !include other.yaml", "IN10"),
        "tag-verbatim": ("a: !<tag:yaml.org,2002:str> b", "IN10"),
        "tag-verbatim-open": ("a: !<tag:yaml.org b", "IN10"),
        "tag-undefined-handle": ("a: !x!y b", "IN10"),
        "tag-bare": ("a: ! b", "IN10"),
        "tag-str": ("a: !!str 10", "IN10"),
        "tag-int-of-text": ("a: !!int web", "IN10"),
        "tag-binary": ("a: !!binary R0lGODlh", "IN10"),
        "tag-set": ("a: !!set {b, c}", "IN10 IN15"),
        "tag-escapes": ("a: !%1b%5b2J b", "IN10"),
        "directive-tag": ("%TAG ! tag:example.net:\n---\na: 1", "IN10"),
        "directive-yaml-1.1": ("%YAML 1.1\n---\na: no", "IN10"),
        "directive-yaml-9": ("%YAML 9.9\n---\na: 1", "IN10"),
        "directive-yaml-huge": (f"%YAML {'9' * 100_000}.1\n---\na: 1", "IN10"),
        "directive-twice": ("%YAML 1.2\n%YAML 1.2\n---\na: 1", "IN10"),
        "directive-unknown": ("%FOO bar\n---\na: 1", "IN10"),
    }


def _characters() -> dict[str, tuple[str | bytes, str]]:
    return {
        "nul": ("a: b\0c", "IN07"),
        "nul-only": (b"\0" * 100, "IN07"),
        "nul-two-mebibytes": (b"\0" * MAX_BYTES, "IN07 IN03"),
        "nul-behind-a-comment": ("a: 1\n# \0\n", "IN07"),
        "escape": ("a: \x1b[2J", "IN07"),
        "escape-in-key": ("a\x1b[31m: 1", "IN07"),
        "bell-in-comment": ("a: 1 # \x07", "IN07"),
        "delete": ("a: b\x7f", "IN07"),
        "backspace": ("a: no \x08\x08yes", "IN07"),
        "vertical-tab-and-form-feed": ("a: 1\x0b\x0c", "IN07"),
        "c1-csi": ("a: \x9b2J", "IN07"),
        "next-line": ("a: b\x85c: d", "IN07"),
        "line-separator": ("a: b\u2028c: d", "IN07"),
        "paragraph-separator": ("a: b\u2029c: d", "IN07"),
        "carriage-returns-only": ("a: 1\rb: 2\r", "IN07"),
        "carriage-return-hides-text": ("a: 1 # no feature vpc\ra: 2\n", "IN07"),
        "crlf-and-duplicate": ("a: 1\r\nb: 2\r\na: 3\r\n", "IN02"),
        "right-to-left-override": ("a: \u202eoN", "IN07"),
        "bidi-isolate": ("a: \u2066x\u2069", "IN07"),
        "zero-width-space-in-key": ("vl\u200bans: 1", "IN07"),
        "byte-order-mark-twice": (b"\xef\xbb\xbf\xef\xbb\xbfa: 1", "IN07"),
        "byte-order-mark-inside": ("a: 1\n\ufeffb: 2", "IN07"),
        "noncharacter": ("a: \ufffe", "IN07"),
        "escaped-nul": ('a: "\\0"', "IN07"),
        "escaped-escape": ('a: "\\e[2J"', "IN07"),
        "escaped-hex-control": ('a: "\\x1b"', "IN07"),
        "escaped-next-line": ('a: "\\N"', "IN07"),
        "escaped-carriage-return": ('a: "b\\r"', "IN07"),
        "escaped-bidi": ('a: "\\u202e"', "IN07"),
        "escaped-control-in-key": ('"a\\a": 1', "IN07"),
        "escaped-surrogate": ('a: "\\ud800"', "IN01"),
        "escaped-beyond-unicode": ('a: "\\U00110000"', "IN01"),
        "invalid-utf-8-byte": (b"a: \xff", "IN14"),
        "latin-1": ("a: Köln".encode("latin-1"), "IN14"),
        "overlong-utf-8": (b"a: \xc0\xaf", "IN14"),
        "surrogate-in-utf-8": (b"a: \xed\xa0\x80", "IN14"),
        "cut-utf-8": (b"a: \xe2\x82", "IN14"),
        "utf-16-le-bom": ("a: 1\n".encode("utf-16"), "IN14"),
        "utf-16-be-bom": (b"\xfe\xff" + "a: 1\n".encode("utf-16-be"), "IN14"),
        "utf-16-le": ("a: 1\n".encode("utf-16-le"), "IN14"),
        "utf-16-be": ("a: 1\n".encode("utf-16-be"), "IN14"),
        "utf-32": ("a: 1\n".encode("utf-32"), "IN14"),
        "random-bytes": (bytes(n * 167 % 256 for n in range(4096)), "IN14"),
        "a-gzip-file": (b"\x1f\x8b\x08\x00" + bytes(range(256)), "IN14"),
    }


def _shapes() -> dict[str, tuple[str, str]]:
    return {
        "empty": ("", "IN13"),
        "comment-only": ("# nothing\n", "IN13"),
        "document-of-nothing": ("---\n...\n", "IN13"),
        "root-list": ("- a\n- b\n", "IN13"),
        "root-scalar": ("just words", "IN13"),
        "root-null": ("~", "IN13"),
        "root-number": ("42", "IN13"),
        "two-documents": ("a: 1\n---\na: 2\n", "IN13"),
        "second-document-broken": ("a: 1\n---\n[[[", "IN13"),
        "text-behind-the-end": ("a: 1\n...\nb: 2\n", "IN13"),
        "behind-a-flow-root": ("{a: 1}\nb: 2\n", "IN13 IN01"),
        "duplicate-int-and-text": ('10: a\n"10": b\n', "IN02"),
        "duplicate-hex": ("10: a\n0xa: b\n", "IN02"),
        "duplicate-plus": ("10: a\n+10: b\n", "IN02"),
        "duplicate-escaped": ('a: 1\n"\\x61": 2\n', "IN02"),
        "duplicate-nested-in-list": ("a: [{b: 1, b: 2}]", "IN02"),
        "key-list": ("? [a]\n: b", "IN05"),
        "key-list-flow": ("{[a]: b}", "IN05"),
        "key-mapping": ("? {a: b}\n: c", "IN05"),
        "key-null": ("~: a", "IN05"),
        "key-empty": ('"": a', "IN05"),
        "key-missing": ("a: {: b}", "IN01"),
        "key-boolean": ("true: a", "IN05"),
        "key-float": ("1.0: a", "IN05"),
        "key-infinite": (".inf: a", "IN12"),
        "leading-zero": ("vlan: 010", "IN12"),
        "leading-zero-key": ("010: web", "IN12"),
        "leading-zero-negative": ("a: -01", "IN12"),
        "infinite": ("a: .inf", "IN12"),
        "not-a-number": ("a: .NaN", "IN12"),
        "overflowing-float": ("a: 1e400", "IN12"),
        "base-60-and-duplicate": ("a: 65000:10\na: 10:11:22:33:44:55", "IN02"),
        "norway-and-duplicate": ("no: on\nno: off", "IN02"),
        "flow-comma": ("11: {vlans: 10,900}", "IN15"),
        "flow-value-missing": ("a: {b, c: 1}", "IN15"),
        "flow-colon-without-space": ("a: {1-3967:4096}", "IN15"),
        "tab-indent": ("a:\n\tb: 1", "IN01"),
        "tab-before-dash": ("a:\n\t- b", "IN01"),
        "unclosed-double-quote": ('a: "b\nc: d\n', "IN01"),
        "unclosed-single-quote": ("a: 'b\nc: d\n", "IN01"),
        "unclosed-bracket": ("a: [b\nc: d\n", "IN01"),
        "unclosed-brace": ("a: {b: c\nd: e\n", "IN01"),
        "stray-bracket": ("a: ]", "IN01"),
        "stray-brace": ("}", "IN01"),
        "stray-comma": (",", "IN01"),
        "wrong-closing": ("a: [b}", "IN01"),
        "two-colons": ("a: b: c", "IN01"),
        "list-in-line": ("a: - b", "IN01"),
        "percent": ("a: %b", "IN01"),
        "at-sign": ("a: @b", "IN01"),
        "backtick": ("a: `b`", "IN01"),
        "star": ("a: *", "IN01"),
        "ampersand": ("a: &", "IN01"),
        "bad-escape": ('a: "\\q"', "IN01"),
        "indent-back-too-far": ("a:\n    b: 1\n  c: 2", "IN01"),
        "block-scalar-indicator": ("a: |99\n  b", "IN01"),
        "document-marker-in-quotes": ('a: "b\n---\nc"', "IN01"),
        "text-behind-quotes": ('a: "b" c', "IN01"),
        "a-running-config": ("hostname leaf-101\nvlan 10\n  name web\ninterface Ethernet1/1\n", "IN13"),
        "json-with-comments": ('{"a": 1, // x\n "b": 2}', "IN15 IN01"),
        "jinja": ("a: {{ b }}", "IN05 IN15"),
    }


CASES: dict[str, tuple[str | bytes, str]] = {**_aliases(), **_sizes(), **_tags(), **_characters(), **_shapes()}
"""Name to text (or bytes) and the ids of the rules that may show up."""


def attempt(name: str) -> dict[str, object]:
    """What reading one hostile file gives, with the seconds of processor time that it took."""
    text, _ = CASES[name]
    raw = text.encode("utf-8") if isinstance(text, str) else text
    started = time.process_time()
    error = ""
    findings = []
    try:
        source = parse_source(raw, "pair.yaml")
        construct(source.root)
    except InputError as refused:
        shown = raw.decode("utf-8", "replace")
        for finding in refused.findings:
            place = finding.origin
            findings.append([finding.rule, place.line, place.column, finding.message])
            excerpt(place, {"pair.yaml": shown})
    except BaseException as other:  # noqa: BLE001 - any other exception is the very thing to report
        error = repr(other)[:200]
    seconds = time.process_time() - started
    return {"seconds": seconds, "error": error, "lines": raw.count(b"\n") + 1, "findings": findings}


if __name__ == "__main__":
    import resource  # not on Windows

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    json.dump({name: attempt(name) for name in CASES}, sys.stdout)
