"""Import: two running switches to the pair file that a person would have written of them."""

from __future__ import annotations

from mlagkit.importing.pair import Imported, import_pair, read_pair

__all__ = ["Imported", "import_pair", "read_pair"]
