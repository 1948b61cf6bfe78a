"""Records: a dataclass in everything but the writing of its methods."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Mapping
from dataclasses import FrozenInstanceError, dataclass, field, fields, is_dataclass, replace

import pytest

from mlagkit.record import record


@record
class Tower:
    """As a record."""

    name: str
    height: int = 3
    bells: Mapping[str, int] = field(default_factory=dict)
    place: str = field(default="", compare=False, repr=False)


@record
class Church(Tower):
    """A record that has a record's fields."""

    nave: Tower | None = None


@record
class Empty:
    """A record that has no field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The same as a dataclass."""

    name: str
    height: int = 3
    bells: Mapping[str, int] = field(default_factory=dict)
    place: str = field(default="", compare=False, repr=False)


def test_fields() -> None:
    """It has the fields of the dataclass, with those of the class above first, and no room for more."""
    assert [each.name for each in fields(Tower)] == [each.name for each in fields(Written)]
    assert [each.name for each in fields(Church)] == ["name", "height", "bells", "place", "nave"]
    assert not hasattr(Tower(name="a"), "__dict__")
    assert is_dataclass(Tower)


@pytest.mark.parametrize("given", [{"name": "a"}, {"name": "a", "height": 4, "bells": {"x": 1}, "place": "hill"}])
def test_making(given: dict[str, object]) -> None:
    """What is not given is as the class says, and looks as it does in a dataclass."""
    made, written = Tower(**given), Written(**given)  # type: ignore[arg-type]  # what is given is right
    assert all(getattr(made, each.name) == getattr(written, each.name) for each in fields(Written))
    assert repr(made) == repr(written).replace("Written", "Tower")


def test_fresh() -> None:
    """Each has a default of its own where the class says how it is made."""
    assert Tower(name="a").bells is not Tower(name="b").bells


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "it lacks ['name'], and has no []"),
        ({"name": "a", "hight": 4}, "it lacks [], and has no ['hight']"),
        ({"nave": "a", "height": 4, "bells": {}, "place": ""}, "it lacks ['name'], and has no ['nave']"),
    ],
)
def test_wrong_fields(given: dict[str, object], says: str) -> None:
    """A field that is missing, and one that there is not, is a TypeError that names it."""
    with pytest.raises(TypeError) as refused:
        Tower(**given)  # type: ignore[arg-type]  # it is wrong
    assert says in str(refused.value)


def test_by_name() -> None:
    """Fields are taken by name only."""
    with pytest.raises(TypeError):
        Tower("a")  # type: ignore[call-arg]  # it is wrong


def test_frozen() -> None:
    """No field is set or deleted once it is made."""
    made = Tower(name="a")
    with pytest.raises(FrozenInstanceError):
        made.height = 4  # type: ignore[misc]  # it is wrong
    with pytest.raises(FrozenInstanceError):
        del made.height
    assert made.height == 3


def test_equal() -> None:
    """Equal are those of one class whose compared fields are equal."""
    assert Tower(name="a") == Tower(name="a", place="hill") != Tower(name="a", height=4)
    assert Tower(name="a") != Church(name="a")
    assert Tower(name="a") != Written(name="a")  # type: ignore[comparison-overlap]  # that is what it says
    assert Empty() == Empty()


def test_hash() -> None:
    """Equal ones are one in a set; what can't be hashed makes the whole such."""
    assert {Tower(name="a", bells=()), Tower(name="a", bells=(), place="hill")} == {Tower(name="a", bells=())}  # type: ignore[arg-type]  # a mapping that can be hashed
    with pytest.raises(TypeError, match="unhashable"):
        hash(Tower(name="a"))


def test_changed_copy() -> None:
    """A changed copy has all the rest of the first."""
    assert replace(Church(name="a", height=5, nave=Tower(name="b")), name="c") == Church(
        name="c", height=5, nave=Tower(name="b")
    )


@pytest.mark.parametrize("through", [copy.copy, copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))])
def test_copies(through: object) -> None:
    """A copy, and one that was sent to another process, has every field."""
    made = Church(name="a", bells={"x": 1}, place="hill", nave=Tower(name="b"))
    again = through(made)  # type: ignore[operator]  # any of the three
    assert again == made
    assert again.place == "hill"


def test_own_method() -> None:
    """A method that the class has itself stays."""

    @record
    class Shown:
        name: str

        def __repr__(self) -> str:
            return self.name

    assert repr(Shown(name="a")) == "a"
