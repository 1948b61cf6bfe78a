"""What can't be printed, said with the place of the value or of the template's line."""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from pathlib import Path as FilePath

from mlagkit.finding import Origin
from mlagkit.input_rules import input_error
from mlagkit.part import Part, Path
from mlagkit.render.templates import InvisibleCharacter
from mlagkit.switch import Switch


@contextmanager
def refusals(switch: Switch, templates: FilePath | None) -> Iterator[None]:
    """Turn what a template raises into an InputError: always for a value, else only for a user's own template."""
    from jinja2 import TemplateError

    mistakes = (TemplateError, ArithmeticError, LookupError, TypeError, ValueError, RecursionError)
    try:
        yield
    except InvisibleCharacter as error:
        message = f"{error.value!r} holds a control character, which would reach the device as a command"
        raise input_error("IN07", message, _origin(switch, error.value)) from error
    except mistakes as error:
        if templates is None:
            raise
        raise input_error("IN27", _said(error), _template_line(error, templates)) from error


def _said(error: Exception) -> str:
    return f"the template can't be used: {error}" if str(error) else f"the template ended in {type(error).__name__}"


def _template_line(error: Exception, templates: FilePath) -> Origin:
    """The innermost line of a template that the error came from; Jinja puts those lines into the traceback."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename.endswith(".j2"):
            return Origin(frame.filename, frame.lineno or 1)
    return Origin(str(templates))


def _origin(switch: Switch, value: str) -> Origin:
    """The place of the first field that holds the value."""
    return switch.source.origin(next(_holders(switch, (), value), ()))


def _holders(thing: object, path: Path, value: str) -> Iterator[Path]:
    """The paths of all fields, from the outside in, that are the text or a list of lines with it."""
    if isinstance(thing, Part):
        path = thing.path
    if isinstance(thing, str):
        if value in (thing, thing.lstrip()):
            yield path
    elif isinstance(thing, Mapping):
        for key, each in thing.items():
            yield from _holders(each, (*path, key), value)
    elif isinstance(thing, tuple | frozenset):
        for each in thing:
            yield from _holders(each, path, value)
    elif is_dataclass(thing):
        for each in fields(thing):
            if each.name not in ("path", "source"):
                yield from _holders(getattr(thing, each.name), (*path, each.name), value)
