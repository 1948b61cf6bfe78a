"""``python -m mlagkit``: the command line, where the ``mlagkit`` script is not on the path."""

from mlagkit.cli import process

process()
