"""What the keys of the pair file are for: the text below each in the source of its model.

pydantic finds these texts, too (``use_attribute_docstrings``), but in every model whenever it is loaded; as an argument
of ``Field`` they make a start of Python's half a tenth longer that shows none of them. So whoever shows them asks here.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Mapping
from functools import cache
from itertools import pairwise

from mlagkit.intent.model import Model


@cache
def described(model: type[Model]) -> Mapping[str, str]:
    """What each field of the model is for, inherited ones included; one that has no text is not there."""
    found: dict[str, str] = {}
    for kind in reversed(model.__mro__):
        if issubclass(kind, Model):
            found |= _texts(kind)
    return found


def _texts(kind: type[Model]) -> dict[str, str]:
    found = {}
    for statements in pairwise(ast.iter_child_nodes(ast.parse(inspect.getsource(kind)).body[0])):
        match statements:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                found[name] = " ".join(text.split())
    return found
