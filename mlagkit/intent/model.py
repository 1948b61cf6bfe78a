"""What every part of a pair file has in common: unknown keys are refused, nothing is converted, nothing changes."""

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Self, TypeAlias, TypeVar

from pydantic import BaseModel, ConfigDict
from pydantic.annotated_handlers import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from mlagkit.intent.text import RawLines


def groups(**kinds: "type[Model]") -> "Mapping[str, type[Model]]":
    """What a model shares with others, by the name of the field that holds it.

    A function, so that `shared` needs no annotation: pydantic looks at that again for every model below.
    """
    return kinds


class Model(BaseModel):
    """A mapping of the pair file.

    A key without a value (``mtu:``) says nothing, as if it were not there; so a pair can take back
    what its profile or ``site.yaml`` says. A model is built when it is first used: a file that has
    no VXLAN does not pay for it.

    ``shared`` names fields that hold keys which several models share: in the file those keys stand
    beside the model's own. Building a model costs by the field, and five kinds of port have fifty
    keys in common.
    """

    # No name of a key is protected: pydantic looks for such at each field of each model.
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True, protected_namespaces=())
    shared: ClassVar = groups()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: type[BaseModel], handler: GetCoreSchemaHandler) -> CoreSchema:
        """The model on what `_grouped` gives, and `checked` on the model."""
        inner = handler(source)
        if cls.checked is not Model.checked:
            inner = core_schema.no_info_after_validator_function(cls.checked, inner)
        return core_schema.no_info_before_validator_function(cls._grouped, inner)

    def checked(self) -> Self:
        """The model, or Misfit where its keys contradict each other."""
        return self

    @classmethod
    def _grouped(cls, data: object) -> object:
        """Without what says nothing, and with each group's keys in their group."""
        if not isinstance(data, dict):
            return data
        if not cls.shared:
            return {key: value for key, value in data.items() if value is not None}
        owners = _owners(cls)
        found: dict[object, object] = {group: {} for group in cls.shared}
        for key, value in data.items():
            if value is not None:
                target = found.get(owners.get(key))
                (target if isinstance(target, dict) else found)[key] = value
        return found

    def said(self) -> dict[str, object]:
        """What is said, by key, groups among it; what is not said is left out."""
        found: dict[str, object] = {}
        for key in self.model_fields_set:
            value = getattr(self, key)
            if key in self.shared:
                found |= value.said()
            elif value is not None:
                found[key] = value
        return found


class WhenUsed:
    """Has the model of a field built when a file says something there, and not with the model that has the field.

    What few files say is built for few of them so; each such place costs a call more where it is said.
    """

    def __get_pydantic_core_schema__(self, source: type[BaseModel], _handler: GetCoreSchemaHandler) -> CoreSchema:
        """The model as a function, whose errors pydantic gives the place of the field."""
        return core_schema.no_info_plain_validator_function(source.model_validate)

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """The form of the model that the function is of."""
        model: type[BaseModel] = core["function"]["function"].__self__
        model.model_rebuild()
        return handler(model.__pydantic_core_schema__)


_M = TypeVar("_M", bound=BaseModel)
Rare: TypeAlias = Annotated[_M, WhenUsed()]
"""A model that most files do not have."""

_T = TypeVar("_T")

if TYPE_CHECKING:
    Maybe: TypeAlias = _T | None
else:

    class Maybe:
        """What a key holds that need not be said: its type, or None.

        Only a default is ever None, as `Model` leaves out what says nothing, and pydantic does not look at defaults. So
        it is given the type alone: three hundred unions, made, looked through and taken apart again, are left out.
        """

        def __class_getitem__(cls, kind: object) -> object:
            """The type itself."""
            return kind


@cache
def _owners(model: type[Model]) -> Mapping[object, str]:
    """The group of each key that is not the model's own."""
    own = model.model_fields.keys()
    return {key: name for name, group in model.shared.items() for key in keys_of(group) if key not in own}


@cache
def keys_of(model: type[Model]) -> frozenset[str]:
    """The keys of a mapping in the file: the model's own and those of its groups."""
    own = model.model_fields.keys() - model.shared.keys()
    return frozenset(own).union(*(keys_of(group) for group in model.shared.values()))


class Block(Model):
    """A mapping that stands for a block of configuration, and may hold lines that the model does not know."""

    extra: RawLines = ()
    """Raw lines of this block that have no key here, as the device prints them."""
