"""``mlagkit report``: what somebody may send is shown first, says nothing of whose it is, and shows the same fault."""

from __future__ import annotations

import io
import json
import os
import re
import stat
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml

from mlagkit.bundle.inputs import Texts, disguised, other_inputs, words_of_pair_files
from mlagkit.bundle.said import crashes, verdict_of
from mlagkit.nxos.disguise import Disguise
from mlagkit.pseudonym import Key
from mlagkit.rules import RULES, judge
from mlagkit.rules.rule import Rule
from mlagkit.starter import starter
from tests import rule_examples
from tests.command import Run
from tests.conftest import ROOT
from tests.test_redact import MARKED, SOURCED, lines_of

KEY = Key(b"the same each time")
FORMS = [*lines_of("secrets.txt"), *(row["line"] for row in SOURCED)]


def disguise(*inputs: str) -> Disguise:
    """That of a bundle of these texts."""
    return Disguise(inputs, words_of_pair_files(), KEY)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory: a pair file. The key is always the same: others may make up a word that a test misses."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("mlagkit.pseudonym.secrets.token_bytes", lambda _: b"the same each time")
    (tmp_path / "dc1.yaml").write_text(starter("dc1"), "utf-8")
    return tmp_path


@pytest.fixture
def running(run: Run, folder: Path) -> Path:
    """What both switches of it run."""
    assert run("render", "dc1.yaml", "-o", "running").code == 0
    first = folder / "running" / "dc1-a.cfg"
    first.write_text(
        first.read_text("utf-8").replace("  name web", "  name Bielefeld-Mitte")
        + "username alice password 5 $5$BIAEAI$g7S6cA17ouaeJumeRs1OUSymCDinqbRsX6Shhw6DVV2 role network-admin\n"
        + "snmp-server contact noc@bank.example +49 521 1234567\n",
        "utf-8",
    )
    return folder / "running"


def contents(path: Path) -> dict[str, str]:
    """The files of an archive."""
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as opened:
        return {name: opened.read(name).decode("utf-8") for name in opened.namelist()}


def test_shown_and_written(run: Run, running: Path) -> None:
    """All that is written stands on the screen before, is readable by its owner alone, and holds no name."""
    ended = run("report", "dc1.yaml", "--running", "running", "--yes", "-o", "bug.zip")
    assert (ended.code, ended.err) == (0, "wrote bug.zip\n")
    assert stat.S_IMODE(os.stat("bug.zip").st_mode) == 0o600
    with zipfile.ZipFile("bug.zip") as opened:
        assert {entry.external_attr >> 16 for entry in opened.infolist()} == {0o600}
    files = contents(Path("bug.zip"))
    assert [name.split("/")[0] for name in files] == ["about.txt", *["said"] * 3, "pairs", "running", "running"]
    for name, text in files.items():
        assert f"==> {name} <==\n{text.rstrip()}" in ended.out
    everything = "".join((*files, *files.values())).lower()
    for word in ("dc1", "web", "bielefeld", "mitte", "alice", "bank", "noc", "521", "1234567", "biaeai", "192.0.2"):
        assert word not in everything, word
    assert "\nmlagkit diff pairs --running running/" in files["about.txt"]
    assert files["about.txt"].count("the same on the real inputs") == 3
    assert "to change" in files["said/2-diff.txt"]


def test_whoever_gets_it_sees_the_same(
    run: Run, running: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The commands of the bundle, typed where it was unpacked, print what it says they print."""
    run("report", "dc1.yaml", "--running", "running", "--yes", "-o", "bug.zip")
    there = tmp_path / "there"
    with zipfile.ZipFile("bug.zip") as opened:
        opened.extractall(there)
    monkeypatch.chdir(there)
    monkeypatch.setenv("COLUMNS", "120")
    line, said = Path("said/2-diff.txt").read_text("utf-8").split("\n\n", 1)
    assert run(*line.removeprefix("mlagkit ").split()).out == said


def test_nothing_is_written_that_nobody_wants(run: Run, running: Path) -> None:
    """Without somebody who says yes it is only shown; without -o there is nothing to ask."""
    ended = run("report", "dc1.yaml", "--running", "running", "-o", "bug.zip")
    assert (ended.code, Path("bug.zip").exists()) == (4, False)
    assert "==> about.txt <==" in ended.out
    assert "nothing was written: --yes says that somebody has read what would be" in ended.err
    assert run("report", "dc1.yaml").code == 0
    assert {path.name for path in Path().iterdir()} == {"dc1.yaml", "running"}


def test_what_is_set_here_is_said(run: Run, running: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Own rules and templates are not asked with, and whoever makes or gets the archive knows that there are some."""
    assert "asked without" not in run("report", "dc1.yaml", "--running", "running").err
    Path("mlagkit.toml").write_text('templates = "own"\n[validate]\nrules = ["own.py"]\n', "utf-8")
    monkeypatch.setenv("MLAGKIT_STRICT", "1")
    ended = run("report", "dc1.yaml", "--running", "running")
    assert "warning: asked without your rules, strict, templates:" in ended.err
    assert "Set where this was made, and neither in here nor asked with: rules, strict, templates.\n" in ended.out


def test_json(run: Run, running: Path) -> None:
    """For programs it is one object with every file."""
    document = json.loads(run("report", "dc1.yaml", "--running", "running", "--format", "json").out)
    assert (document["format"], document["unlike"]) == ("mlagkit.report/1", [])
    assert {"about.txt", "said/1-validate.txt"} < set(document["files"])


def test_two_configurations_alone(run: Run, running: Path) -> None:
    """Without a pair file the rules are asked, and the import."""
    words = [word for name in ("dc1-a", "dc1-b") for word in ("--running", f"running/{name}.cfg")]
    ended = run("report", *words)
    assert ended.code == 0, ended.out + ended.err
    assert "==> said/2-import.txt <==" in ended.out
    assert ended.out.count("the same on the real inputs") == 2


def test_files_of_one_name(run: Run, running: Path) -> None:
    """Two configurations may be called the same, in two folders; a folder without any is said."""
    (running.parent / "other").mkdir()
    (running / "dc1-b.cfg").rename(running.parent / "other" / "dc1-a.cfg")
    ended = run("report", "--running", "running/dc1-a.cfg", "--running", "other/dc1-a.cfg")
    assert (ended.code, len(re.findall("==> running/", ended.out))) == (0, 2)
    (running.parent / "empty").mkdir()
    ended = run("report", "dc1.yaml", "--running", "empty")
    assert (ended.code, "IN24" in ended.err) == (2, True)


def test_files_of_folders_above(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path that leads up is none in the bundle: nothing real is written elsewhere, and nothing unpacked elsewhere."""
    for name in ("one/dc1.yaml", "two/below/dc2.yaml"):
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text(starter("dc1"), "utf-8")
    monkeypatch.chdir(folder / "two")
    ended = run("report", "../one/dc1.yaml", "below/dc2.yaml", "--format", "json")
    names = [name for name in json.loads(ended.out)["files"] if name.startswith("pairs/")]
    assert [(name.count("/"), ".." in name) for name in sorted(names, key=len)] == [(2, False), (3, False)]


def test_a_verdict_that_got_lost_is_said(run: Run, running: Path) -> None:
    """Where the answers are not those on the real inputs, whoever sends it is told: a banner between letters ends."""
    with (running / "dc1-b.cfg").open("a", encoding="utf-8") as file:
        file.write("banner motd XwelcomeX\n")
    ended = run("report", "dc1.yaml", "--running", "running")
    assert ended.code == 1
    assert ended.out.count("NOT the same answer as on the real inputs") == 2
    assert ended.out.count("; the same on the real inputs") == 1


def test_an_answer_is_more_than_its_exit_code(run: Run, running: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One difference more is another answer, where there were some before."""

    def lacking(texts: Texts) -> Texts:
        return {name: text.replace("  peer-gateway\n", "") for name, text in texts.items()}

    monkeypatch.setattr("mlagkit.bundle.make.other_inputs", lacking)
    ended = run("report", "dc1.yaml", "--running", "running", "--format", "json")
    unlike = json.loads(ended.out)["unlike"]
    assert (ended.code, [line.split()[1] for line in unlike]) == (1, ["diff", "plan"])


def test_broken_pair_file(run: Run, folder: Path) -> None:
    """What is no YAML can be sent, too: the error is the same, at the same line."""
    (folder / "dc1.yaml").write_text(starter("dc1").replace("domain:", "domain: [oops-corp, {", 1), "utf-8")
    ended = run("report", "dc1.yaml")
    assert ended.code == 0, ended.out
    assert "IN01 yaml-syntax" in ended.out
    assert "oops" not in ended.out


def test_a_crash_is_sent_along(folder: Path) -> None:
    """Where mlagkit itself breaks, its report of that is in the bundle, without the folders of this machine."""
    (folder / "broken").mkdir()
    (folder / "broken" / "sitecustomize.py").write_text(
        "import mlagkit.fleet.judge\n"
        "def fails(*_, **__): raise RuntimeError('on purpose')\n"
        "mlagkit.fleet.judge.look = fails\n",
        "utf-8",
    )
    environment = {**os.environ, "PYTHONPATH": f"{folder / 'broken'}{os.pathsep}{ROOT}"}
    words = [sys.executable, "-m", "mlagkit", "report", "dc1.yaml"]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert "==> said/crash.txt <==" in done.stdout, done.stdout + done.stderr
    assert "RuntimeError: on purpose" in done.stdout
    assert str(ROOT) not in done.stdout


def test_whose_machine_it_is_stays_untold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home and the place of Python may name a person or a company."""
    monkeypatch.setattr(Path, "home", lambda: Path("/home/alice"))
    monkeypatch.setattr(sys, "base_prefix", "/opt/acme/python3")
    (tmp_path / "mlagkit-report-1.txt").write_text("/home/alice/a.py /opt/acme/python3/lib/b.py\n", "utf-8")
    assert crashes(tmp_path) == "~/a.py PYTHON/lib/b.py\n"


def test_what_is_waived_is_another_answer() -> None:
    """A finding that the pair file allows is not the same as one that it does not."""
    row = {"rule": "VL01", "severity": "error", "line": 1}
    one, other = (
        verdict_of(json.dumps({"format": "mlagkit.findings/1", "findings": [{**row, "waived": waived}]}))
        for waived in (None, {"owner": "x"})
    )
    assert one != other


def test_a_command_that_hangs(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That mlagkit does not come to an end is an answer, too."""
    monkeypatch.setattr("mlagkit.bundle.said._SECONDS", 0.01)
    ended = run("report", "dc1.yaml")
    assert "exit code 124; the same on the real inputs" in ended.out
    assert "no answer within 0.01 s" in ended.out


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form[:50])
def test_secrets(form: str) -> None:
    """Each of more than sixty forms loses its secret, in a configuration and in a pair file."""
    line = MARKED.sub("Zq9leakZq9", form)
    pair = yaml.safe_dump({"extra": line.strip(), "vpcs": {11: {"extra": [line.strip()]}}}, width=10_000)
    files = other_inputs({"running/a.cfg": line, "pairs/a.yaml": pair}, KEY)
    assert not [text for text in files.values() if "leak" in text.lower()]
    assert yaml.safe_load(files["pairs/" + next(name for name in files if "pairs" in name)[6:]])


def test_number_of_forms() -> None:
    """They are as many as trust.md asks for (P16)."""
    assert len({MARKED.sub("", form) for form in FORMS}) >= 60


def test_the_same_secret_stays_the_same() -> None:
    """In a configuration, as a reference, and in a raw line of a pair file."""
    text = "snmp-server community Hugo1 group network-admin"
    other = disguise(text)
    assert other.line(text) == other.line(text)
    assert "Hugo1" not in other.line(text)
    pair = disguised(f"extra:\n  - {text}\n", other)
    assert pair == f"extra:\n  - {other.line(text)}\n"


@pytest.mark.parametrize("reference", ["env:ACME_KEY", "file:/home/alice/key", "cmd:pass show acme"])
def test_references(reference: str) -> None:
    """Of a reference to a secret nothing is left, least of all a command; the same one stays the same."""
    text = f"switches: {{a: {{connect: {{username: '{reference}', passwort: \"{reference}\"}}}}}}\n"
    other = disguised(text, disguise(text))
    assert other.count("env:SECRET_1") == 2
    assert not re.search(r"acme|alice|file:|cmd:|pass\b", other, re.I)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rules_find_the_same(rule: Rule, monkeypatch: pytest.MonkeyPatch) -> None:
    """The examples of every rule say the same after they were made unknown."""
    for kind in ("Bad", "Good"):
        texts = rule.sections.get(kind, "").split("\n---\n")
        lines = rule.sections.get(f"{kind} config", "")
        other = disguise(rule_examples.BASE, *texts, lines)
        with monkeypatch.context() as patch:
            patch.setattr(rule_examples, "BASE", disguised(rule_examples.BASE, other))
            patch.setattr(rule_examples, "USUAL", tuple(map(other.line, rule_examples.USUAL)))
            pairs = [rule_examples.of_yaml(disguised(text, other)) for text in texts]
            if lines:
                pairs = [rule_examples.with_lines(pairs[0], {pairs[0][0].name: other.config(lines)})]
            found = sorted(finding.rule for finding in judge(pairs))
        assert found == sorted(finding.rule for finding in rule_examples.found(rule, kind)), kind


PAIRS = sorted((ROOT / "tests/fixtures/pairs").glob("*/pair.yaml"))


@pytest.mark.parametrize("path", PAIRS, ids=lambda path: path.parent.name)
def test_pair_file_keeps_its_shape(path: Path) -> None:
    """The same keys at the same lines, and no comment."""
    text = path.read_text("utf-8")
    other = disguised(text, disguise(text))
    assert _shape(yaml.compose(other)) == _shape(yaml.compose(text))
    assert not re.search(r"#[^\n]*\w", re.sub(r"'[^']*'|\"[^\"]*\"", "", other).replace("# mlagkit: allow", ""))


def test_scalars_keep_their_form() -> None:
    """What YAML writes as an escape stays one, and how a key is named is no key itself."""
    text = 'vpcs: {description: "x\\tacme", authentication: md5 key-chain acme}\n'
    other = yaml.safe_load(disguised(text, disguise(text)))["vpcs"]
    name = disguise(text).line("acme")
    assert (other["description"][1:], other["authentication"]) == (f"\t{name}", f"md5 key-chain {name}")


def test_anchors_and_comments() -> None:
    """An anchor is a name, too; of a comment only the rules that it allows are left."""
    text = "vpcs:\n  11: &acme {host: web} # mlagkit: allow OR02 # alice said so\n  12: *acme # ask alice\n"
    other = disguised(text, disguise(text))
    name = re.search(r"&(\w+)", other)
    assert name
    assert (f"12: *{name[1]} #\n" in other, "# mlagkit: allow OR02 \n" in other) == (True, True)
    assert not re.search("acme|web|alice|said", other)


def _shape(node: yaml.Node | None) -> object:
    """Where the values of a tree begin, and how many there are in each part."""
    if isinstance(node, yaml.MappingNode):
        return [(key.start_mark.line, _shape(value)) for key, value in node.value]
    if isinstance(node, yaml.SequenceNode):
        return [_shape(each) for each in node.value]
    return node.start_mark.line if node else None


# A line, and what of it has to be gone or to stay.
LINES: tuple[tuple[str, Sequence[str], Sequence[str]], ...] = (
    ("hostname ACME-leaf-101", ["ACME", "leaf", "101"], ["hostname"]),
    ("  description to 10.20.30.40 at ACME", ["10.20.30.40", "ACME"], ["description"]),
    ("http://10.20.30.40:8080/acme", ["10.20.30.40", "acme"], ["8080"]),
    ("ip host acme.10.20.30.40 host-10.20.30.41", ["acme", "10.20.30.40", "10.20.30.41"], ["ip host"]),
    ("  rd 64999:100", ["64999"], [":100"]),
    ("  rd 203.0.113.9:100", ["203.0.113.9"], [":100"]),
    ("router bgp 64999.7", ["64999.7"], ["router bgp"]),
    ("  confederation peers 64998 64999", ["64998", "64999"], ["confederation peers"]),
    ("  match peers 203.0.113.9", ["203.0.113.9"], [".9"]),
    ("  net 49.0001.0100.2003.0040.00", ["0100.2003.0040"], ["net 49."]),
    ("ip as-path access-list X seq 10 permit ^64999$", ["64999"], ["as-path", "seq 10 permit ^"]),
    ("snmp-server location Rack 12, room 4711", ["Rack", "room", "4711"], ["12"]),
    ("banner motd #Property of ACME, call 0521-1234567#", ["ACME", "0521", "1234567"], ["banner motd #"]),
    ("! ACME, changed by alice on 2026-11-27", ["ACME", "alice"], ["!"]),
    ("  ip address 2001:db8:aaaa:bbbb::1/64", ["aaaa", "bbbb"], ["/64"]),
    ("mac address-table static 00aa.bb11.2233 vlan 10", ["00aa.bb11.2233"], ["mac", "static", "vlan 10"]),
    ("  mac-address 00:AA:BB:11:22:33", ["00:AA:BB:11:22:33"], ["mac-address"]),
    ("  hsrp mac 0000.0c9f.f00a", [], ["0000.0c9f.f00a"]),
    ("boot nxos bootflash:/nxos64-cs.10.3.4a.M.bin", [], ["bootflash:/nxos64-cs.10.3.4a.M.bin"]),
    ("boot nxos bootflash:/nxos-acme.9.3.10.bin", ["acme"], ["boot nxos bootflash:/", ".9.3.10."]),
    ("boot kickstart bootflash:/n5000-uk9-kickstart.5.2.1.N1.9.bin", [], ["/n5000-uk9-kickstart.5.2.1.N1.9.bin"]),
    ("hostname N9K-C9336C-HAMBURG", ["HAMBURG"], ["hostname"]),
    ("hostname N9K-C93180-HAM-01", ["HAM"], ["hostname"]),
    ("  description N9K-C93180YC-FX3P, N9K-C9504-FM-E, N2K-C2248TP-E-1GE", [], ["YC-FX3P", "9504-FM-E", "TP-E-1GE"]),
    ("  description 9.3(acme)acme", ["acme"], ["9.3("]),
    ("  description E4711123 po47111 12345m", ["4711", "12345m"], ["description"]),
    ("  description to e1/4.100, po100 and vl1234 at 25g", [], ["to e1/4.100, po100", "vl1234", "25g"]),
    ("username 12345678 password 5 x role network-admin", ["12345678"], ["username", "role network-admin"]),
    ("snmp-server user 12345678 network-operator", ["12345678"], ["snmp-server user", "network-operator"]),
    ("snmp-server engineID local 80:00:00:09:03:00:50:56:12:34:56", ["50:56:12"], ["engineID local"]),
    ("  contract-id 7654321", ["7654321"], ["contract-id"]),
    ("  phone-contact 0521-1234567", ["0521", "1234567"], ["phone-contact"]),
    ("  10 permit ipv6 ::ffff:203.0.113.9/128 any", ["203.0.113", "cb00:71"], ["::ffff:", "/128 any"]),
    ("  10 permit ipv6 64:ff9b::203.0.113.9/128 any", ["203.0.113", "cb00:71"], ["64:ff9b::", "/128 any"]),
    ("  statistics per-entry", [], ["statistics per-entry"]),
    ("version 10.3(5) Bios:version 05.47", [], ["version 10.3(5)"]),
    ("interface Ethernet1/1/4.100", [], ["interface Ethernet1/1/4.100"]),
    ("ip route 10.20.0.0/16 Null0 name acme", ["10.20.", "acme"], [".0.0/16 Null0 name"]),
    ("  10 permit ip 10.20.30.0 0.0.0.255 any", ["10.20.30"], ["10 permit ip", ".0 0.0.0.255 any"]),
    ("snmp-server community 471108154711 ro", ["4711"], ["snmp-server community", " ro"]),
    ("  key-string 7 070123456789", ["070123456789"], ["key-string 7 "]),
    ("snmp-server community public ro", [], ["community public ro"]),
    ("snmp-server host 203.0.113.9 traps version 2c Hugo1", ["203.0.113.9", "Hugo1"], ["traps version 2c"]),
)


@pytest.mark.parametrize(("line", "gone", "stays"), LINES)
def test_lines(line: str, gone: Sequence[str], stays: Sequence[str]) -> None:
    """What is somebody's goes, wherever it stands, and what anybody has stays."""
    other = disguise(line).line(line)
    assert not [word for word in gone if word in other], other
    assert not [word for word in stays if word not in other], other


def test_banner() -> None:
    """Whatever stands in a banner is text for people, until it ends."""
    text = "banner motd ^\nroom 4711\nvlan 1234\n^\nvlan 1234\n"
    other = disguise(text).config(text).split("\n")
    assert (other[0], other[3:]) == ("banner motd ^", ["^", "vlan 1234", ""])
    assert "4711" not in other[1]
    assert "1234" not in other[2]
