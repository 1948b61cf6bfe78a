"""The loader: YAML text to nodes with places."""

from __future__ import annotations

import json
import warnings
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from mlagkit.errors import InputError
from mlagkit.excerpt import WIDTH, excerpt
from mlagkit.finding import Origin
from mlagkit.input_rules import INPUT_RULES
from mlagkit.source import (
    Index,
    Source,
    construct,
    find,
    inspect_source,
    locate,
    nearest,
    overlay,
    value_origin,
    visible,
)
from mlagkit.source.compose import MAX_DEPTH
from mlagkit.source.text import MAX_FINDINGS
from tests.conftest import Golden
from tests.pair_files import parse_source, read_source

BROKEN = sorted((Path(__file__).parent / "fixtures" / "broken" / "yaml").glob("*.yaml"))

PAIR = """\
pair: dc1
domain:
  id: 101
vpcs:
  11: {host: web-01, vlans: [10, 20]}
  "12":
    vlans: 10,900
    members:
      - Ethernet1/1
      - Ethernet1/2
"""


def parse(text: str, file: str = "pair.yaml") -> Source:
    """The source of a text that must be clean."""
    return parse_source(text.encode(), file)


def data(text: str) -> object:
    """The plain data of a text that must be clean."""
    return construct(parse(text).root)


def rules(text: str | bytes) -> list[str]:
    """The ids of the findings of a text, in order of their places."""
    raw = text.encode() if isinstance(text, str) else text
    return [finding.rule for finding in inspect_source(raw, "pair.yaml")[1]]


@pytest.mark.parametrize("path", BROKEN, ids=[path.stem for path in BROKEN])
def test_broken_files(path: Path, golden: Golden) -> None:
    """Each broken file raises exactly the findings that lie beside it, with their places."""
    with pytest.raises(InputError) as caught:
        parse_source(path.read_bytes(), path.name)
    found = "".join(f"{finding.origin}: {finding.rule} {finding.message}\n" for finding in caught.value.findings)
    golden(path.with_suffix(".txt"), found)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("NULL", None),
        ("true", True),
        ("True", True),
        ("FALSE", False),
        ("10", 10),
        ("+10", 10),
        ("-3", -3),
        ("0", 0),
        ("0o17", 15),
        ("0x1F", 31),
        ("1.5", 1.5),
        (".5", 0.5),
        ("5.", 5.0),
        ("1e3", 1000.0),
        ("-1.5E-3", -0.0015),
    ],
)
def test_core_schema_values(text: str, value: object) -> None:
    """A plain scalar means what the core schema of YAML 1.2 says."""
    got = data(f"key: {text}")
    assert got == {"key": value}
    assert isinstance(got, dict)
    assert type(got["key"]) is type(value)


@pytest.mark.parametrize(
    "text",
    [
        *("no", "No", "off", "on", "yes", "y", "n", "tRUE", "nULL", "none", "None"),
        *("65000:10", "10:11:22:33:44:55", "12:34:56:12:34:56", "0000.0c07.ac01", "00:00:5e:00:01:01"),
        *("2027-01-31", "2027-01-31T10:00:00Z", "1_000", "0b101", "0o8", "0xg", "-0x10", "1:30", "10.0.0.1", "1.2.3"),
        *("+", "-1-2", ".", "..", "e5", "1e", "10,900", "10-20", "2001:db8::1", "=", "<=", "0x", "+.nan", "infinity"),
    ],
)
def test_yaml_1_1_surprises_stay_text(text: str) -> None:
    """What YAML 1.1 turns into booleans, dates and base-60 numbers is text."""
    assert data(f"key: {text}") == {"key": text}


@pytest.mark.parametrize("text", ['"010"', "'010'", '"true"', "'~'", '"1.5"', "|-\n  10", ">-\n  true"])
def test_quoted_scalars_are_text(text: str) -> None:
    """A scalar in quotes, or in a block, is text whatever it looks like."""
    got = data(f"key: {text}")
    assert isinstance(got, dict)
    assert type(got["key"]) is str


def test_keys_keep_their_type() -> None:
    """A number as a key is an int, anything else a str, and a quoted number is a str."""
    assert data('10: a\n"11": b\n0x10: c\nno: d\n') == {10: "a", "11": "b", 16: "c", "no": "d"}


def test_equal_keys_of_different_types_are_duplicates() -> None:
    """The keys 10 and "10" are the same VLAN."""
    assert rules('10: a\n"10": b\n') == ["IN02"]


def test_first_of_two_equal_keys_stays() -> None:
    """A source with a duplicate key can still be checked further; the first of the two counts."""
    source, findings = inspect_source(b"a: 1\na: 2\nb: 3\n", "pair.yaml")
    assert source is not None
    assert construct(source.root) == {"a": 1, "b": 3}
    assert [finding.object for finding in findings] == [""]


def test_findings_name_their_object() -> None:
    """A finding of the loader carries the dotted path of the value that it is about."""
    _, findings = inspect_source(b"vpcs:\n  11:\n    members: [a, {x: 010}]\n", "pair.yaml")
    assert [finding.object for finding in findings] == ["vpcs.11.members.1.x"]


def test_flow_comma_says_how_to_write_it() -> None:
    """The comma trap of flow mappings comes with the text to write instead."""
    _, (finding,) = inspect_source(b"11: {vlans: 10,20-25,900, mode: trunk}\n", "pair.yaml")
    assert finding.rule == "IN15"
    assert finding.fix == 'vlans: "10,20-25,900"'
    assert finding.origin == Origin("pair.yaml", 1, 13)


@pytest.mark.parametrize("text", ["a: {b: , c: 1}", "a: {b: ~, c: }", 'a: {"b":1, c: null}', "a: {b:\n , c: 1}"])
def test_null_with_a_colon_is_no_flow_comma(text: str) -> None:
    """An empty value behind a colon is a null, not a mistake of the loader's."""
    assert rules(text) == []


def test_aliases_repeat_a_value() -> None:
    """An alias within the limits is the value that its anchor names."""
    text = "a: &a [1, {b: 2}]\nc: *a\nd: {e: &f web, g: *f}\n"
    assert data(text) == {"a": [1, {"b": 2}], "c": [1, {"b": 2}], "d": {"e": "web", "g": "web"}}


def test_line_ends_and_byte_order_mark() -> None:
    """Windows line ends and a byte order mark at the start change neither values nor places."""
    source = parse_source(b"\xef\xbb\xbfpair: dc1\r\nextra: |\r\n  one\r\n  two\r\nvlans: {}\r\n", "pair.yaml")
    assert construct(source.root) == {"pair": "dc1", "extra": "one\ntwo\n", "vlans": {}}
    assert locate(source.root, ("pair",)) == Origin("pair.yaml", 1, 1)
    assert locate(source.root, ("vlans",)) == Origin("pair.yaml", 5, 1)


@pytest.mark.parametrize(
    "text", ["---\na: 1\n", "%YAML 1.2\n---\na: 1\n", "# x\n\na: 1\n...\n# y\n\n", "---\na: 1\n..."]
)
def test_document_markers(text: str) -> None:
    """One document may have its markers, a YAML 1.2 directive and comments around it."""
    assert data(text) == {"a": 1}


def test_every_unsafe_character_is_reported() -> None:
    """Control characters are all found, each at its own place, together with other mistakes of the file."""
    with pytest.raises(InputError) as caught:
        parse_source("pair: a\x07b\x1bc\nvlans: {1: a, 1: b}\nname: \u202ex\n".encode(), "pair.yaml")
    places = [(finding.rule, finding.origin.line, finding.origin.column) for finding in caught.value.findings]
    assert places == [("IN07", 1, 8), ("IN07", 1, 10), ("IN02", 2, 15), ("IN07", 3, 7)]


def test_bad_byte_has_a_place() -> None:
    """A byte that isn't UTF-8 is reported where it stands, counted in characters."""
    with pytest.raises(InputError) as caught:
        parse_source("pair: dc1\nname: é".encode() + b"\xe9\n", "pair.yaml")
    assert caught.value.findings[0].origin == Origin("pair.yaml", 2, 8)


def test_too_many_mistakes_end_the_reading() -> None:
    """A file of nothing but mistakes yields a bounded number of findings, and the last says so."""
    _, findings = inspect_source(b"a: 1\n" * 5000, "pair.yaml")
    assert len(findings) == MAX_FINDINGS + 1
    assert (findings[-1].rule, findings[-1].origin.line) == ("IN03", MAX_FINDINGS + 2)


@pytest.mark.parametrize(("depth", "found"), [(MAX_DEPTH, []), (MAX_DEPTH + 1, ["IN03"])])
def test_depth_limit(depth: int, found: list[str]) -> None:
    """As many levels as allowed are read, one more is refused."""
    assert rules("a: " + "[" * (depth - 1) + "]" * (depth - 1)) == found


@pytest.mark.parametrize("inner", [1, 20])
@pytest.mark.parametrize(("depth", "found"), [(MAX_DEPTH, []), (MAX_DEPTH + 1, ["IN03"])])
def test_depth_limit_with_an_alias(depth: int, found: list[str], inner: int) -> None:
    """A list that an alias repeats is as deep as if it were written there."""
    outer = depth - 1 - inner
    assert rules(f"a: &a {'[' * inner}{']' * inner}\nb: {'[' * outer}*a{']' * outer}") == found


def test_aliases_count_towards_the_depth() -> None:
    """Lists that repeat lists by aliases can't get deeper than lists that are written out."""
    lines = ["a0: &a0 [x]", *(f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 60))]
    assert rules("\n".join(lines)) == ["IN03"]


def test_missing_file_is_a_finding(tmp_path: Path) -> None:
    """A file that can't be read is an input error at that file."""
    for path in (tmp_path / "absent.yaml", tmp_path, tmp_path / "a\0b"):
        with pytest.raises(InputError) as caught:
            read_source(path)
        assert [(f.rule, f.origin) for f in caught.value.findings] == [("IN11", Origin(str(path)))]


def test_read_source_names_the_file(tmp_path: Path) -> None:
    """Origins of a file show the path as it was given."""
    path = tmp_path / "pair.yaml"
    path.write_text(PAIR)
    assert locate(read_source(path).root, ("domain", "id")) == Origin(str(path), 3, 3)


@pytest.mark.parametrize(
    ("path", "key", "value"),
    [
        ((), (1, 1), (1, 1)),
        (("domain", "id"), (3, 3), (3, 7)),
        (("domain", "peer_switch"), (2, 1), (3, 3)),  # missing: the mapping that lacks it
        (("vpcs", 11, "vlans", 1), (5, 34), (5, 34)),
        (("vpcs", "11", "vlans", 7), (5, 22), (5, 29)),
        (("vpcs", 12, "members", 1), (10, 9), (10, 9)),
        (("vpcs", 12, "members", "list[str]", 1), (10, 9), (10, 9)),  # a union's tag
        (("vpcs", 12, "[key]"), (6, 3), (7, 5)),
        (("vpcs", 12, "vlans", "leaf-101"), (7, 5), (7, 12)),
    ],
)
def test_locate(path: tuple[str | int, ...], key: tuple[int, int], value: tuple[int, int]) -> None:
    """A path leads to its key and its value, as far as it exists."""
    root = parse(PAIR).root
    assert locate(root, path) == Index(root).locate(path) == Origin("pair.yaml", *key)
    assert value_origin(root, path) == Origin("pair.yaml", *value)


def test_an_index_finds_the_first_of_equal_keys() -> None:
    """Keys that are equal once they are read lead to the first of them, asked again as well."""
    root = overlay(parse("1: a\n").root, parse("domain: {id: 1}\n").root)
    twice = type(root)(root.tag, [*root.value, *parse("\n\n1: b\n").root.value], root.start_mark, root.end_mark)
    index = Index(twice)
    assert [index.locate((1,)), index.locate(("1",)), index.locate(("domain", "id"))] == [
        Origin("pair.yaml", 1, 1),
        Origin("pair.yaml", 1, 1),
        Origin("pair.yaml", 1, 10),
    ]
    assert all(index.locate(path) == locate(twice, path) for path in ((1,), (2,), ("domain", "id", "x")))


def test_exact_lookups() -> None:
    """What isn't there has no node and no key."""
    root = parse(PAIR).root
    assert find(root, ("domain", "peer_switch")) is None
    assert find(root, ("vpcs", 12, "members", -1)) is None
    node = find(root, ("vpcs", 12, "vlans"))
    assert node is not None
    assert construct(node) == "10,900"


SITE = "vlans:\n  10: web\n  20: db\nprofiles: {server: {mode: trunk, mtu: 9216}}\nextra: a\n"
OWN = "pair: dc1\nvlans: {20: data, 30: app}\nprofiles: {server: {mode: access}}\n"


@pytest.mark.parametrize(
    ("depth", "vlans", "server"),
    [
        (0, {20: "data", 30: "app"}, {"mode": "access"}),
        (1, {10: "web", 20: "data", 30: "app"}, {"mode": "access"}),
        (2, {10: "web", 20: "data", 30: "app"}, {"mode": "access", "mtu": 9216}),
    ],
)
def test_overlay_depth(depth: int, vlans: object, server: object) -> None:
    """Keys of the top win; how deep mappings are laid over each other is the caller's choice."""
    laid = construct(overlay(parse(SITE).root, parse(OWN).root, depth))
    assert laid == {"pair": "dc1", "vlans": vlans, "profiles": {"server": server}, "extra": "a"}


def test_overlay_keeps_origins_and_inputs() -> None:
    """Each value of an overlay points at the file that said it, and neither input changes."""
    base, top = parse(SITE, "site.yaml").root, parse(OWN, "pair.yaml").root
    before = construct(base), construct(top)
    laid = overlay(base, top, depth=1)
    assert locate(laid, ("vlans", 10)) == Origin("site.yaml", 2, 3)
    assert locate(laid, ("vlans", 20)) == Origin("pair.yaml", 2, 9)
    assert locate(laid, ("extra",)) == Origin("site.yaml", 5, 1)
    assert locate(laid, ("vlans", 99)) == Origin("pair.yaml", 2, 1)
    assert (construct(base), construct(top)) == before


def test_overlay_never_merges_lists_or_nulls() -> None:
    """A list, a scalar or an explicit null of the top replaces whatever was below."""
    base = parse("a: [1, 2]\nb: {x: 1}\nc: {y: 1}\nd: 1").root
    top = parse("a: [3]\nb: ~\nc: text\nd: {z: 1}").root
    assert construct(overlay(base, top, depth=9)) == {"a": [3], "b": None, "c": "text", "d": {"z": 1}}


def test_excerpt_points_at_the_column() -> None:
    """The caret stands below the column of the origin."""
    shown = excerpt(Origin("pair.yaml", 5, 22), {"pair.yaml": PAIR})
    line, caret = shown.split("\n")
    assert line == "  5 |   11: {host: web-01, vlans: [10, 20]}"
    assert line[caret.index("^") :].startswith("vlans")


def test_excerpt_without_a_line_is_empty() -> None:
    """A file or line that isn't at hand gives no excerpt, and no error."""
    assert excerpt(Origin("other.yaml", 1, 1), {"pair.yaml": PAIR}) == ""
    assert excerpt(Origin("pair.yaml", 99, 1), {"pair.yaml": PAIR}) == ""


def test_excerpt_shows_escapes_as_text() -> None:
    """Terminal escapes, tabs and text-reordering marks are shown as escapes, and the caret still fits."""
    line, caret = excerpt(Origin("f", 1, 8), {"f": "a\x1b[2J\u202e\tX\r\n"}).split("\n")
    assert line == r"  1 | a\x1b[2J\u202e\tX"
    assert line[caret.index("^")] == "X"


@given(st.text(max_size=400), st.integers(1, 5), st.integers(1, 500))
def test_excerpt_never_lets_a_control_character_out(text: str, line: int, column: int) -> None:
    """Whatever a file holds, an excerpt is at most two printable lines of bounded width."""
    shown = excerpt(Origin("f", line, column), {"f": text})
    assert len(shown.split("\n")) in (1, 2)
    assert all(char.isprintable() or char in " \n" or char.isspace() for char in shown)
    assert not any(ord(char) < 32 or 0x7F <= ord(char) < 0xA0 for char in shown.replace("\n", ""))


@pytest.mark.parametrize("column", [1, 30, 500, 980, 1000])
def test_excerpt_of_a_long_line_is_cut_around_the_column(column: int) -> None:
    """Of a long line the part around the place is shown, with the caret below it."""
    text = "".join(chr(97 + n % 26) for n in range(1000))
    line, caret = excerpt(Origin("f", 1, column), {"f": text}).split("\n")
    assert len(line) <= WIDTH + 6
    assert line[caret.index("^")] == text[column - 1]
    shown = line.partition("| ")[2]
    assert [shown.startswith("…"), shown.endswith("…")] == [text[0] != shown[0], text[-1] != shown[-1]]
    assert shown.strip("…") in text


def test_excerpt_counts_wide_characters() -> None:
    """The caret stands below the right place also behind characters of two columns."""
    _, caret = excerpt(Origin("f", 1, 3), {"f": "日本x"}).split("\n")
    assert caret == "    |     ^"


def test_visible_cuts_and_escapes() -> None:
    """Text in a message is short and shows no raw control character."""
    assert visible("a\nb") == r"a\nb"
    assert visible("é日") == "é日"
    assert visible("x" * 50, 10) == "x" * 9 + "…"


@pytest.mark.parametrize(
    ("word", "best"),
    [
        ("peer_swich", "peer_switch"),
        ("peer-switch", "peer_switch"),
        ("Peer Switch", "peer_switch"),
        ("vlan", "vlans"),
        ("vpc", "vpcs"),
        ("zzz", None),
        ("v" * 1_000_000, None),
    ],
)
def test_nearest(word: str, best: str | None) -> None:
    """A slip finds the word that was meant; a word like no other finds none."""
    assert nearest(word, ["pair", "peer_switch", "vlans", "vpcs"]) == best


def test_input_rules_are_keyed_by_their_id() -> None:
    """Every rule of the table stands under its own id, and no name is used twice."""
    assert all(key == rule.id for key, rule in INPUT_RULES.items())
    assert len({rule.name for rule in INPUT_RULES.values()}) == len(INPUT_RULES)


def test_without_libyaml(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without libyaml the same file gives the same data, places and findings, and a notice."""
    monkeypatch.setattr(yaml, "__with_libyaml__", False)
    with pytest.warns(RuntimeWarning, match="libyaml"):
        source = parse(PAIR)
    assert construct(source.root) == {
        "pair": "dc1",
        "domain": {"id": 101},
        "vpcs": {
            11: {"host": "web-01", "vlans": [10, 20]},
            "12": {"vlans": "10,900", "members": ["Ethernet1/1", "Ethernet1/2"]},
        },
    }
    assert locate(source.root, ("vpcs", 12, "members", 1)) == Origin("pair.yaml", 10, 9)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert rules("a: {b: 1,2}\nc: 1\nc: !x 2\nd: [\n") == ["IN15", "IN02", "IN10", "IN01"]


SAFE_TEXT = st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp", "Co", "Cn")), max_size=20)
WORDS = st.sampled_from(
    ["no", "010", "1e3", "10:20:30", "~", "null", "true", "0x1f", "1_0", "2027-01-31", "<<", "=", ".inf"]
)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**18), 10**18)
    | st.floats(allow_nan=False, allow_infinity=False)
    | SAFE_TEXT
    | WORDS
)
KEYS = st.integers(0, 4096) | SAFE_TEXT.filter(bool) | WORDS


def unique(entries: list[tuple[int | str, object]]) -> dict[int | str, object]:
    """A mapping without keys that differ only in their type."""
    return dict({str(key): (key, value) for key, value in entries}.values())


TREES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.lists(st.tuples(KEYS, inner), max_size=4).map(unique)
)


def as_flow(value: object) -> str:
    """The value as a flow document with every text in double quotes: JSON, but with numbers as keys."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{as_flow(key)}: {as_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(as_flow(item) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False)


@given(st.lists(st.tuples(KEYS, TREES), min_size=1, max_size=5).map(unique))
def test_json_comes_back(value: dict[int | str, object]) -> None:
    """Whatever JSON can say comes back equal."""
    assert data(as_flow(value)) == value


def quoted(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    """Every text in quotes, since PyYAML leaves bare what only YAML 1.1 takes for text."""
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')


class QuotingDumper(yaml.SafeDumper):
    """A dumper in block style that quotes every text."""

    def ignore_aliases(self, data: object) -> bool:
        """Write everything out."""
        return True


QuotingDumper.add_representer(str, quoted)


@given(st.lists(st.tuples(KEYS, TREES), min_size=1, max_size=5).map(unique))
def test_dumped_data_comes_back(value: dict[int | str, object]) -> None:
    """What PyYAML writes in block style is read back equal."""
    assert data(yaml.dump(value, Dumper=QuotingDumper, allow_unicode=True)) == value


YAMLISH = st.lists(
    st.sampled_from(
        [*"{}[]:,-?&*!|>%@`'\"#\t\n\r ab10", ": ", "- ", "\n  ", "&a ", "*a", "<<", "---\n", "é", "\x85", "!!str "]
    )
).map("".join)


@given(st.binary(max_size=200) | YAMLISH.map(str.encode))
def test_any_bytes_give_a_source_or_findings(raw: bytes) -> None:
    """Bytes are a source, or findings with places inside the file, or both; nothing is raised."""
    source, findings = inspect_source(raw, "pair.yaml")
    lines = raw.count(b"\n") + 1
    assert all(1 <= finding.origin.line <= lines and finding.origin.column >= 1 for finding in findings)
    if source is None:
        assert findings
    else:
        construct(source.root)
