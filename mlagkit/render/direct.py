"""Jinja, with ``port.mtu`` meaning the attribute and nothing else."""

from __future__ import annotations

from jinja2 import Environment
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Getattr


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
