"""Compiled templates, kept where Python keeps compiled modules, or as long as the process lives.

Compiling the shipped templates takes longer than rendering ten pairs with them. So the result lies
in ``__pycache__`` beside a template, as long as nobody turned that off
(``PYTHONDONTWRITEBYTECODE``) and the folder can be written; whoever could change it there could
change mlagkit's modules, too. Jinja checks that it belongs to the template's present text.

What others wrote leaves nothing on a disk: a folder that came with a pull request may hold what looks compiled.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from importlib.util import cache_from_source
from pathlib import Path
from types import CodeType

import jinja2
from jinja2 import Environment
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Getattr

from mlagkit import __version__

_KEPT = 256
"""So many templates: of a pair there are fifteen, and in a review as many of the base."""


class BesideTemplates(BytecodeCache):
    """Jinja's cache with one file per template, for one version of Python, Jinja and mlagkit.

    ``variant`` tells apart what different environments make of the same text.
    """

    def __init__(self, variant: str = "") -> None:
        self.variant = variant

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """The path of the compiled template."""
        path = Path(filename or name)
        version = f"{jinja2.__version__}{__version__}{self.variant}"
        return cache_from_source(str(path), optimization="".join(filter(str.isalnum, version)))

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket, which refuses what is not of this text; nothing there is nothing said."""
        with contextlib.suppress(OSError, ValueError, EOFError), open(bucket.key, "rb") as file:
            bucket.load_bytecode(file)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write it whole or not at all: two runs may do so at once."""
        if sys.dont_write_bytecode:
            return
        with contextlib.suppress(OSError):
            os.makedirs(os.path.dirname(bucket.key), exist_ok=True)
            handle, name = tempfile.mkstemp(dir=os.path.dirname(bucket.key))
            with open(handle, "wb") as file:
                bucket.write_bytecode(file)
            os.replace(name, bucket.key)


class InMemory(BytecodeCache):
    """Jinja's cache for one kind of environment, by the file and the text of each template."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket where its text was compiled before."""
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled; of a process that meets ever new templates the memory stays as it is."""
        if len(self._codes) >= _KEPT:
            self._codes.clear()
        self._codes[bucket.key, bucket.checksum] = bucket.code


class DirectCode(CodeGenerator):
    """Compiles an attribute to an attribute.

    Jinja calls a function that also tries items and makes an Undefined of what is missing. Views
    have every field, and a name that is none is an AttributeError either way; a third of the
    time of a rendering goes into those calls.
    """

    def visit_Getattr(self, node: Getattr, frame: Frame) -> None:  # noqa: N802 -- as Jinja names it
        """Write ``thing.name``."""
        self.visit(node.node, frame)
        self.write(f".{node.attr}")


class DirectEnvironment(Environment):
    """For templates that nobody but us has written; a user's own go through the sandbox."""

    code_generator_class = DirectCode
