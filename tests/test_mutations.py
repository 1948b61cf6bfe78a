"""Mistakes that are put into the code for proof have a place in it: one that has none proves nothing."""

from __future__ import annotations

import pytest

from tests.mutate import MUTATIONS, ROOT, Mutation


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_has_its_place(mutation: Mutation) -> None:
    """What is replaced stands once in its file, and something else comes into its place."""
    assert (ROOT / "mlagkit" / mutation.file).read_text("utf-8").count(mutation.old) == 1
    assert mutation.new != mutation.old
