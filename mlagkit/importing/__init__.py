"""Import: two running switches to the pair file that a person would have written of them."""

from __future__ import annotations
