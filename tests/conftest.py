"""What every test may ask for: the corpus, expected files that can be rewritten, the command line, a home."""

from __future__ import annotations

import gc
import os
import signal
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from tests.command import Run

ROOT = Path(__file__).parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"
NO_CORPUS = "../shared/corpus is not here"
CORPUS_FIXTURES = {"corpus", "corpus_config", "corpus_show"}

# The folders of answers that a state is read from: those of `show vpc`, in any of its forms, and these.
STATE_FOLDERS = (
    "show-vpc*",
    "show-port-channel-summary",
    "show-interface-status",
    "show-version",
    "show-lldp-neighbors",
)

LONGEST = (
    *("test_push_killed", "test_read_properties", "test_readme", "test_bundle", "test_report_review"),
    *("test_push_faults", "test_plan_properties", "test_push_prove", "test_push_saved", "test_push_secrets"),
    *("test_push_traps", "test_push_whole", "test_cli_verify", "test_push_device", "test_push_sent"),
)
"""The files that take half a minute and longer: none begins when the others end. Then come those of most tests."""

# A shared machine may stall at any moment: what is slow is measured by `make bench`, never by a test.
# The same examples each time, so that a change is judged by what it changed; `make proof` looks for new ones.
settings.register_profile("default", deadline=None, derandomize=True)
settings.register_profile("proof", deadline=None, max_examples=10_000)
settings.load_profile("default")

# As in the command line, whoever ran it first in this process: tens of thousands of tests stay in memory to the end.
gc.set_threshold(100_000, 20, 20)

# A shell has a job in its background, and all that this starts, ignore Ctrl-C; some tests send it to what they start.
signal.signal(signal.SIGINT, signal.default_int_handler)

Golden = Callable[[Path, str], None]


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: many tests wait for a switch, or for a process that they started."""
    return (os.cpu_count() or 1) + 1


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--update-golden`` takes what the program says now for what it ought to say."""
    parser.addoption("--update-golden", action="store_true", help="rewrite the expected files instead of comparing")


@cache
def _files_of_the_corpus(name: str) -> Sequence[Path]:
    """The files that such a fixture stands for; two thousand tests ask."""
    patterns = {"corpus_config": ("**/*.cfg",), "corpus_show": [f"show/{folder}/*" for folder in STATE_FOLDERS]}
    return sorted(path for pattern in patterns[name] for path in CORPUS.glob(f"nxos/{pattern}"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that asks for ``corpus_config`` or ``corpus_show`` runs once for every such file of the corpus."""
    for name in {"corpus_config", "corpus_show"} & set(metafunc.fixturenames):
        absent = pytest.param(None, id="absent", marks=pytest.mark.skip(reason=NO_CORPUS))
        found = _files_of_the_corpus(name)
        params = [pytest.param(path, id=str(path.relative_to(CORPUS / "nxos"))) for path in found]
        metafunc.parametrize(name, params or [absent])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that read the corpus, so that ``-m corpus`` finds them, and begin with `LONGEST`."""
    files = Counter(item.path for item in items)
    items.sort(key=lambda item: (_turn(item.path.stem), -files[item.path]))
    for item in items:
        if CORPUS_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.corpus)


def _turn(name: str) -> int:
    return LONGEST.index(name) if name in LONGEST else len(LONGEST)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in the last lines what did not run for want of the corpus; nobody reads a row of dots."""
    skipped = [report for report in terminalreporter.stats.get("skipped", ()) if NO_CORPUS in str(report.longrepr)]
    if skipped:
        line = f"SKIPPED: {NO_CORPUS}, {len(skipped)} corpus tests did not run"
        terminalreporter.write_line(line, yellow=True, bold=True)


@pytest.fixture(scope="session", autouse=True)
def _cache_of_nobody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test takes or leaves results in the folder of whoever runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real configurations, read in place; the test is skipped where it is absent."""
    if not CORPUS.is_dir():
        pytest.skip(NO_CORPUS)
    return CORPUS


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """``golden(path, actual)``: the file holds exactly this text, or is made to by ``--update-golden``."""

    def compare(path: Path, actual: str) -> None:
        data = actual.encode("utf-8", "surrogateescape")
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        assert path.exists(), f"{path.relative_to(ROOT)} does not exist; --update-golden writes it"
        assert data.decode("utf-8", "surrogateescape") == path.read_bytes().decode("utf-8", "surrogateescape")

    return compare


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line, in this process."""
    from tests.command import runner

    return runner(capsys)


@pytest.fixture
def off_disk() -> Iterator[None]:
    """A journal that is only read back by the test that wrote it need not be on the disk."""
    with mock.patch("os.fsync", return_value=None):
        yield


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, which is a home, too, as `tests.push_lab.settle` makes it; no pause between two tries."""
    from tests.push_lab import settle

    settle(tmp_path, monkeypatch)
    monkeypatch.setattr("mlagkit.push.wire.PAUSE", 0.0)
    return tmp_path
