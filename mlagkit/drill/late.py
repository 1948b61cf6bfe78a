"""A mapping whose values are worked out when somebody asks for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Late(Mapping[Key, Value]):
    """Known keys, and a function that gives the value of each; it is asked once for each."""

    __slots__ = ("_ask", "_found", "_keys")

    def __init__(self, keys: Iterable[Key], ask: Callable[[Key], Value]) -> None:
        self._keys = dict.fromkeys(keys)
        self._ask = ask
        self._found: dict[Key, Value] = {}

    def __getitem__(self, key: Key) -> Value:
        if key not in self._found:
            if key not in self._keys:
                raise KeyError(key)
            self._found[key] = self._ask(key)
        return self._found[key]

    def __iter__(self) -> Iterator[Key]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)
