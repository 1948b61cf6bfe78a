"""The names of the two switches: what everything else that is said per switch is keyed by."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yaml.nodes import MappingNode, Node

from mlagkit.excerpt import visible
from mlagkit.finding import Finding
from mlagkit.input_rules import input_finding
from mlagkit.intent.model import Model, keys_of
from mlagkit.intent.text import HOSTNAME
from mlagkit.source import find, key_of, locate


def hostnames_of(root: MappingNode) -> tuple[list[str], list[Finding]]:
    """The hostnames as far as they can be had, and what is wrong with them.

    Missing or misspelt ``switches``, and names with wrong characters, are left to the model; here it is about their
    number, and about names that are also keys of the pair file.
    """
    switches = find(root, ("switches",))
    if not isinstance(switches, MappingNode):
        return [], []
    names = [str(key_of(key)) for key, _ in switches.value]
    return names, list(_misnumbered(root, switches)) + list(_mistaken(switches))


def _misnumbered(root: MappingNode, switches: MappingNode) -> Iterator[Finding]:
    count = len(switches.value)
    if count < 2:
        message = f"a pair has two switches; `switches` names {count or 'none'}"
        yield input_finding("IN16", message, locate(root, ("switches",)), path=("switches",))
    for key, _ in switches.value[2:]:
        name = visible(str(key_of(key)), 40)
        message = f"a pair has two switches; `{name}` is one too many"
        yield input_finding("IN08", message, locate(key, ()), path=("switches", name))


def _mistaken(switches: MappingNode) -> Iterator[Finding]:
    """A name that is also a key would make `{name: value}` mean two things."""
    keys = keys_of_the_file()
    for key, _ in switches.value:
        if str(key_of(key)) in keys and re.fullmatch(HOSTNAME, str(key_of(key))):
            yield _a_key(key)


def _a_key(key: Node) -> Finding:
    name = str(key_of(key))
    message = f"`{name}` is a key of the pair file and can't be the name of a switch"
    return input_finding("IN08", message, locate(key, ()), path=("switches", name))


def keys_of_the_file() -> set[str]:
    """Every key that a model of the pair file has, at whatever place."""
    return {key for model in models() for key in keys_of(model)}


def models(above: type[Model] = Model) -> Iterator[type[Model]]:
    """Every model of the pair file."""
    yield above
    for narrower in above.__subclasses__():
        yield from models(narrower)
