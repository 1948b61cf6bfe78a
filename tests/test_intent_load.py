"""Loading pair files: what may be left out, what lies under what, and where every value stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import BaseModel

from mlagkit.errors import InputError
from mlagkit.intent import load_pair, load_pairs, pair_of, pair_said
from mlagkit.intent.model import Model
from mlagkit.intent.pair import Intent, PairFacts
from mlagkit.intent.routing import AddressFamily
from mlagkit.source import Data, construct
from tests.conftest import ROOT
from tests.pair_files import EVERYTHING, PAIRS, flow, per_switch_everywhere, read_source, written

HEAD = """\
pair: dc1
switches:
  leaf-1: {management: 192.0.2.1/24}
  leaf-2: {management: 192.0.2.2/24}
"""


@pytest.mark.parametrize("path", PAIRS, ids=lambda path: path.parent.name)
def test_per_switch(path: Path, tmp_path: Path) -> None:
    """A value for both switches and the same value for each of them are the same."""
    data = construct(read_source(path).root)
    if (path.parent / "site.yaml").exists():
        (tmp_path / "site.yaml").write_bytes((path.parent / "site.yaml").read_bytes())
    pair = load_pair(written(flow(per_switch_everywhere(data)), tmp_path))
    assert pair.intents == load_pair(path).intents
    assert pair.facts == load_pair(path).facts


def used(part: object) -> set[tuple[str, str]]:
    """The model and the name of every key that is said somewhere below."""
    if isinstance(part, BaseModel):
        own = {(type(part).__name__, key) for key in part.model_fields_set}
        return own.union(*(used(getattr(part, key)) for key in part.model_fields_set))
    return set().union(*map(used, part.values())) if isinstance(part, dict) else set()


def models(kind: type[Model]) -> set[type[Model]]:
    """Every model of the pair file."""
    return {kind}.union(*(models(each) for each in kind.__subclasses__()))


def test_everything_is_used() -> None:
    """One fixture uses every key of every model, whichever port or gateway it stands on."""
    pair = load_pair(EVERYTHING)
    found = used(pair.facts).union(*map(used, pair.intents.values()))
    keys = {key for _, key in found}
    for kind in models(Model):
        assert set(kind.model_fields) - {"tos_byte"} <= keys, kind.__name__


def test_two_switches(tmp_path: Path) -> None:
    """A value that exists for one switch only is absent on the other."""
    pair = load_pair(written(HEAD + "vlans: {leaf-1: {10: web}}\nmodel: {leaf-2: N9K-C9336C-FX2}\n", tmp_path))
    assert set(pair.intents["leaf-1"].vlans) == {10}
    assert not pair.intents["leaf-2"].vlans
    assert pair.intents["leaf-1"].model is None
    assert pair.intents["leaf-2"].model == "N9K-C9336C-FX2"


def test_site_values_lie_under_the_pairs(tmp_path: Path) -> None:
    """What the pair says wins key by key; what only the site says holds, and its raw lines come first."""
    pair = load_pair(ROOT / "tests" / "fixtures" / "pairs" / "site" / "pair.yaml")
    intent = pair.intents["si-a"]
    assert intent.domain is not None
    assert intent.domain.delay_restore is not None
    assert (intent.domain.delay_restore.vpc, intent.domain.delay_restore.interface_vlan) == (150, 20)
    assert (intent.vlans[20].name, intent.vlans[20].vni) == ("db", 10020)
    assert intent.extra == ("ntp server 192.0.2.5 use-vrf management", "ntp server 192.0.2.6 use-vrf management")


def test_an_empty_key_takes_back(tmp_path: Path) -> None:
    """A key without a value says nothing, also where a profile says something."""
    pair = load_pair(ROOT / "tests" / "fixtures" / "pairs" / "site" / "pair.yaml")
    vpc = pair.intents["si-a"].vpcs[11]
    assert (vpc.interface.mtu, vpc.link.mode, vpc.bundle.lacp) == (None, "trunk", "active")
    assert vpc.link.storm_control is not None
    assert (vpc.link.storm_control.broadcast, vpc.link.storm_control.multicast) == ("1.00", "5.00")


def test_origins_point_at_the_file_that_said_it() -> None:
    """A value's place is in the site's file where the site said it, in the profile where the profile did."""
    folder = ROOT / "tests" / "fixtures" / "pairs" / "site"
    source = load_pair(folder / "pair.yaml").sources["si-a"]
    assert str(source.origin(("domain", "peer_switch"))) == f"{folder / 'site.yaml'}:2:10"
    assert str(source.origin(("domain", "id"))) == f"{folder / 'pair.yaml'}:5:10"
    assert source.origin(("vpcs", 11, "lacp")).file == str(folder / "site.yaml")
    assert source.origin(("vpcs", 11, "vlans")).line == 9
    assert source.origin(("vpcs", 99)).line == 8


def test_a_broken_site_is_reported_with_the_pair(tmp_path: Path) -> None:
    """Mistakes of the site and of the pair come in one run, each at its file."""
    (tmp_path / "site.yaml").write_text("domain: {peer_swich: true}\nprofiles: {server: {mtu: 1}}\n")
    with pytest.raises(InputError) as caught:
        load_pair(written(HEAD + "domain: {id: 0}\n", tmp_path))
    places = {(Path(finding.origin.file).name, finding.rule) for finding in caught.value.findings}
    assert places == {("site.yaml", "IN04"), ("site.yaml", "IN06"), ("pair.yaml", "IN06")}


def test_findings_name_the_pair_and_the_switch(tmp_path: Path) -> None:
    """A finding of one switch carries its name, one of both does not; each has the path of its value."""
    text = HEAD + "domain: {id: 0, track: {leaf-2: 0}}\n"
    with pytest.raises(InputError) as caught:
        load_pair(written(text, tmp_path))
    assert [(finding.pair, finding.switch, finding.object) for finding in caught.value.findings] == [
        ("dc1", None, "domain.id"),
        ("dc1", "leaf-2", "domain.track"),
    ]


def test_folders(tmp_path: Path) -> None:
    """In a folder, pair files count at any depth; a site, other YAML and hidden folders do not."""
    for name in ("b.yaml", "deep/a.yml", ".hidden/c.yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(HEAD.replace("dc1", Path(name).stem))
    (tmp_path / "site.yaml").write_text("vlans: {10: web}\n")
    (tmp_path / "mkdocs.yml").write_text("site_name: docs\n")
    assert [pair.name for pair in load_pairs([tmp_path])] == ["b", "a"]


def test_mistakes_of_all_files_in_one_run(tmp_path: Path) -> None:
    """One wrong file does not hide another, nor an empty folder."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.yaml").write_text(HEAD + "domain: {id: 0}\n")
    (tmp_path / "b.yaml").write_text(HEAD + "vlan: {}\n")
    with pytest.raises(InputError) as caught:
        load_pairs([tmp_path / "a.yaml", tmp_path / "b.yaml", tmp_path / "empty", tmp_path / "none.yaml"])
    assert [finding.rule for finding in caught.value.findings] == ["IN06", "IN04", "IN11", "IN11"]


def test_a_profile_gives_what_its_user_can_have(tmp_path: Path) -> None:
    """A port takes the settings of a profile but for those that only a port-channel has."""
    text = "profiles: {server: {mode: trunk, lacp: active}}\ninterfaces: {Ethernet1/1: {profile: server}}\n"
    port = load_pair(written(HEAD + text, tmp_path)).intents["leaf-1"].interfaces
    assert next(iter(port.values())).link.mode == "trunk"


def test_raw_lines_keep_their_indent(tmp_path: Path) -> None:
    """Raw lines are several and stay as they are: a banner's blanks count, too."""
    text = "extra: |\n  line console\n    exec-timeout 5  \n\n  cli alias name wr copy run start\n"
    pair = load_pair(written(HEAD + text, tmp_path))
    assert pair.intents["leaf-1"].extra == (
        "line console",
        "  exec-timeout 5  ",
        "",
        "cli alias name wr copy run start",
    )


@pytest.mark.parametrize("value", ["env:KEY", "file:/run/secrets/key", "cmd:pass show hsrp", "md5 key-chain HSRP"])
def test_references_to_secrets(value: str, tmp_path: Path) -> None:
    """A secret is a reference; the reference is what the model holds."""
    text = f"svis: {{10: {{hsrp: {{group: 1, authentication: '{value}'}}}}}}\n"
    hsrp = load_pair(written(HEAD + text, tmp_path)).intents["leaf-1"].svis[10].hsrp
    assert hsrp is not None
    assert hsrp.authentication == value


def test_a_refused_secret_is_not_repeated(tmp_path: Path) -> None:
    """A secret that stands in the file is refused without being shown."""
    with pytest.raises(InputError) as caught:
        load_pair(written(HEAD + "svis: {10: {hsrp: {group: 1, authentication: s3cret}}}\n", tmp_path))
    assert "s3cret" not in str(caught.value)


def test_the_two_models_share_no_key() -> None:
    """What is said once for the pair and what may be said per switch are different keys."""
    assert not set(PairFacts.model_fields) & set(Intent.model_fields)


@pytest.mark.parametrize("nothing", ["", "null", "~"])
def test_no_profile(nothing: str, tmp_path: Path) -> None:
    """A profile without a value says nothing, however that is written."""
    pair = load_pair(written(f"{HEAD}port_channels: {{7: {{profile: {nothing}}}}}\n", tmp_path))
    assert pair.intents["leaf-1"].port_channels[7].profile is None


def test_address_family_alone(tmp_path: Path) -> None:
    """A family without a value is one without settings, which is what the schema says, too."""
    pair = load_pair(written(f"{HEAD}vrfs: {{tenant: {{families: {{ipv4: }}}}}}\n", tmp_path))
    assert pair.intents["leaf-1"].vrfs["tenant"].families == {"ipv4": AddressFamily()}


def told(mtu: int = 9216, address: str = "192.0.2.2/24") -> tuple[Data, dict[str, Data]]:
    """What is said of a pair, and of each of its switches; both arguments are about the second."""
    facts: Data = {
        "pair": "dc1",
        "switches": {"leaf-1": {"management": "192.0.2.1/24"}, "leaf-2": {"management": address}},
    }
    return facts, {
        "leaf-1": {"vlans": {10: "web"}, "interfaces": {"Ethernet1/1": {"mtu": 1500}}},
        "leaf-2": {"vlans": {10: "web"}, "interfaces": {"Ethernet1/1": {"mtu": mtu}}},
    }


def test_what_is_said_without_a_text() -> None:
    """What each switch is told makes the same pair without a text as with one."""
    mtu = "{Ethernet1/1: {mtu: {leaf-1: 1500, leaf-2: 9216}}}"
    found, read = pair_said(*told(), "dc1"), pair_of(f"{HEAD}vlans: {{10: web}}\ninterfaces: {mtu}\n", "dc1")
    assert found.intents == read.intents
    assert found.facts == read.facts


@pytest.mark.parametrize(
    ("said", "findings"),
    [
        (told(mtu=1), [("IN06", "interfaces.Ethernet1/1.mtu", "leaf-2")]),
        (told(address="192.0.2.300/24"), [("IN06", "switches.leaf-2.management", None)]),
        (told(address="192.0.2.1/24"), [("IN17", "switches.leaf-2.management", None)]),
    ],
    ids=["of one switch", "of the pair", "of both together"],
)
def test_what_is_wrong_without_a_text(said: tuple[Data, dict[str, Data]], findings: list[tuple[str, str, str]]) -> None:
    """What is wrong with what stands in no text has its path, and its switch where it is one's alone."""
    with pytest.raises(InputError) as error:
        pair_said(*said, "dc1")
    assert [(each.rule, each.object, each.switch) for each in error.value.findings] == findings
