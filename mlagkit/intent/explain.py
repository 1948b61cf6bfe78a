"""What the model refuses, in the words of an engineer: where, what was expected, what was found, what was meant."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from pydantic import ValidationError
from yaml.nodes import MappingNode

from mlagkit.excerpt import visible
from mlagkit.finding import Finding
from mlagkit.input_rules import input_finding
from mlagkit.intent.elsewhere import advice
from mlagkit.intent.expected import KEY, expectation, in_the_file, keys_at, purpose
from mlagkit.intent.misfit import Misfit, kind_of
from mlagkit.intent.model import Model
from mlagkit.intent.synonyms import meant
from mlagkit.part import Path
from mlagkit.source import locate, nearest, value_origin

_OUT_OF_RANGE = frozenset({"greater_than_equal", "less_than_equal", "multiple_of", "literal_error"})
_FEW = 16  # keys that fit a message
_YAML_1_1 = {"yes": "true", "on": "true", "no": "false", "off": "false"}  # words that YAML 1.2 leaves alone


class Explainer:
    """Turns the errors of one model on one tree into findings.

    ``known`` are further top-level keys that another model reads, ``hostnames`` what a mapping may be keyed by.
    """

    def __init__(
        self, model: type[Model], root: MappingNode, known: Collection[str], hostnames: Collection[str]
    ) -> None:
        self._model = model
        self._root = root
        self._known = known
        self._hostnames = hostnames

    def findings(self, error: ValidationError) -> Iterator[Finding]:
        """One finding for each error, but none for what only follows from another."""
        details = [
            detail | {"loc": in_the_file(self._model, detail["loc"])} for detail in error.errors(include_url=False)
        ]
        refused = {detail["loc"][:-1] for detail in details if detail["loc"][-1:] == (KEY,)}
        slips = {detail["loc"][:-1] for detail in details if self._is_slip(detail["type"], detail["loc"])}
        for detail in details:
            kind, loc = detail["type"], detail["loc"]
            below_refused = any(len(loc) > len(key) and loc[: len(key)] == key and loc[-1] != KEY for key in refused)
            if not below_refused and not (kind == "missing" and loc[:-1] in slips):
                yield self._finding(kind, loc, detail["input"], detail.get("ctx", {}))

    def _is_slip(self, kind: str, loc: Path) -> bool:
        """A slip in a hostname, which the model takes for an unknown key."""
        return kind == "extra_forbidden" and len(loc) > 1 and bool(nearest(str(loc[-1]), self._hostnames))

    def _finding(self, kind: str, loc: Path, found: object, ctx: dict[str, Any]) -> Finding:
        if loc and loc[-1] == KEY:
            return self._bad_key(loc[:-1], found, ctx)
        if kind == "extra_forbidden":
            return self._unknown_key(loc)
        if kind == "missing":
            return self._missing(loc)
        misfit = ctx.get("error")
        if isinstance(misfit, Misfit):
            return self._misfit(misfit, loc, found)
        expected, choices = expectation(self._model, loc)
        rule = "IN06" if kind in _OUT_OF_RANGE or (kind.startswith("string_") and kind != "string_type") else "IN05"
        if kind == "value_error":
            return self._at("IN06", f"{self._named(loc)}: {misfit}", loc)
        message = f"{self._named(loc)} takes {expected}, not {kind_of(found)}"
        near = (nearest(found, choices) or _YAML_1_1.get(found.lower())) if isinstance(found, str) else None
        if near in ("true", "false") and expected != "true or false":
            near = None
        if near:
            return self._at(rule, f"{message}; did you mean `{near}`?", loc, fix=near)
        if isinstance(found, int | float) and not isinstance(found, bool) and expected == "text":
            message += "; put it in quotes"
        return self._stray_hostname(found, loc) or self._at(rule, message, loc)

    def _misfit(self, misfit: Misfit, loc: Path, found: object) -> Finding:
        stray = self._stray_hostname(found, loc) if misfit.rule == "IN05" else None
        inside = misfit.item if isinstance(misfit.item, int | str) else None
        message = f"{self._named(loc)} {misfit}"
        if stray is None and isinstance(found, dict) and inside is not None:
            return input_finding(misfit.rule, message, locate(self._root, (*loc, inside)), path=loc)
        return stray or self._at(misfit.rule, message, loc if inside is None else (*loc, inside))

    def _stray_hostname(self, found: object, loc: Path) -> Finding | None:
        """A mapping where a value is expected: per switch, but with a slip in a hostname."""
        if not isinstance(found, dict):
            return None
        for key in found:
            near = nearest(str(key), self._hostnames)
            if near:
                message = f"`{visible(str(key), 40)}` is no switch of this pair; did you mean `{near}`?"
                return input_finding("IN08", message, locate(self._root, (*loc, key)), path=loc, fix=near)
        return None

    def _unknown_key(self, loc: Path) -> Finding:
        key = str(loc[-1])
        known = sorted({*keys_at(self._model, loc[:-1]), *(self._known if len(loc) == 1 else ())})
        near = meant(key, known) or nearest(key, [*known, *(self._hostnames if len(loc) > 1 else ())])
        help_text = f"; did you mean `{near}`?" if near else advice(self._model, loc) or _few(known)
        message = f"unknown key `{visible(key, 40)}`{help_text}"
        return input_finding("IN04", message, locate(self._root, loc), path=loc, fix=near or "")

    def _missing(self, loc: Path) -> Finding:
        help_text = purpose(self._model, loc).rstrip(".")
        message = f"{self._named(loc[:-1])} needs `{loc[-1]}`: {help_text[:1].lower()}{help_text[1:]}"
        return input_finding("IN16", message, locate(self._root, loc[:-1]), path=loc)

    def _bad_key(self, loc: Path, found: object, ctx: dict[str, Any]) -> Finding:
        misfit = ctx.get("error")
        expected, choices = expectation(self._model, (*loc[:-1], KEY))
        wrong = str(misfit) if isinstance(misfit, Misfit) else f"takes {expected}, not {kind_of(found)}"
        near = nearest(str(found), [*choices, *(self._hostnames if loc[0] != "switches" else ())])
        near = None if near == found else near  # right elsewhere, not here
        advice = f"; did you mean `{near}`?" if near else ""
        message = f"a key of {self._named(loc[:-1])} {wrong}{advice}"
        rule = misfit.rule if isinstance(misfit, Misfit) else "IN06"
        return input_finding(rule, message, locate(self._root, loc), path=loc, fix=near or "")

    def _named(self, loc: Path) -> str:
        """The key that a message speaks of; an entry of a mapping together with the mapping's key."""
        if not loc:
            return "the file"
        inside = len(loc) > 1 and not keys_at(self._model, loc[:-1])
        return f"`{visible('.'.join(map(str, loc[-2:] if inside else loc[-1:])), 60)}`"

    def _at(self, rule: str, message: str, loc: Path, fix: str = "") -> Finding:
        return input_finding(rule, message, value_origin(self._root, loc), path=loc, fix=fix)


def _few(known: Sequence[str]) -> str:
    """The keys that a place has, where they are few enough to be read; else where lines go that have no key."""
    if len(known) <= _FEW:
        return f"; known here: {', '.join(known)}"
    return "; lines that have no key go into `extra`" if "extra" in known else ""
