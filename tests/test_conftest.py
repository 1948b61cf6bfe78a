"""What every test leans on holds by itself."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

CASES = """
def test_folder(corpus): assert (corpus / "MANIFEST.tsv").exists()
def test_config(corpus_config): assert corpus_config.suffix == ".cfg"
def test_golden(golden, request): golden(request.path.with_name("expected.txt"), "text\\r\\n")
"""


def run(folder: Path, *options: str) -> str:
    """The output of pytest on the cases, in a checkout of its own with nothing but our conftest."""
    tests = folder / "checkout" / "tests"
    tests.mkdir(parents=True, exist_ok=True)
    shutil.copy(Path(__file__).with_name("conftest.py"), tests)
    (tests / "test_cases.py").write_text(CASES, encoding="utf-8")
    (folder / "checkout" / "pytest.ini").write_text("[pytest]\nmarkers = corpus\n", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *options]
    return subprocess.run(command, cwd=folder / "checkout", stdout=subprocess.PIPE, check=False).stdout.decode()


def test_absent_corpus_is_said_aloud(tmp_path: Path) -> None:
    """Without the corpus its tests are skipped, and the end of the output says how many."""
    assert "SKIPPED: ../shared/corpus is not here, 2 corpus tests did not run" in run(tmp_path, "-m", "corpus")


def test_present_corpus_is_read(tmp_path: Path) -> None:
    """With the corpus beside the checkout every configuration is a test."""
    folder = tmp_path / "shared" / "corpus" / "nxos" / "pairs" / "one"
    folder.mkdir(parents=True)
    (tmp_path / "shared" / "corpus" / "MANIFEST.tsv").touch()
    for name in ("a.cfg", "b.cfg"):
        (folder / name).touch()
    assert "3 passed, 1 deselected" in run(tmp_path, "-m", "corpus")


def test_golden_file_is_compared_or_written(tmp_path: Path) -> None:
    """An expected file that differs in a line ending fails, until ``--update-golden`` rewrites it."""
    expected = tmp_path / "checkout" / "tests" / "expected.txt"
    assert "expected.txt does not exist" in run(tmp_path, "-k", "golden")
    expected.write_bytes(b"text\n")
    assert "1 failed" in run(tmp_path, "-k", "golden")
    assert "1 passed" in run(tmp_path, "-k", "golden", "--update-golden")
    assert expected.read_bytes() == b"text\r\n"
    assert "1 passed" in run(tmp_path, "-k", "golden")
