"""Which ports stand behind an interface, and in which modules of the chassis they are."""

from __future__ import annotations

from mlagkit.nxos.chassis import is_modular, slot
from mlagkit.switch import Interface, Port, Switch
from mlagkit.values import InterfaceName


def physical(switch: Switch, interface: Interface) -> tuple[InterfaceName, ...]:
    """The ports behind an interface: itself, its members, those of the one that it is a subinterface of; else none."""
    port = switch.ports.get(InterfaceName(interface.name.partition(".")[0]), interface)
    if not isinstance(port, Port) or port.name.kind == "mgmt":
        return ()
    return port.members if port.name.kind == "port-channel" else (InterfaceName(port.name.partition(".")[0]),)


def has_modules(switch: Switch) -> bool:
    """Whether a failure can take one slot and leave others: by the model, or because several slots are in use."""
    if switch.model and is_modular(switch.model):
        return True
    return len({slot(name) for name in switch.ports} - {None}) > 1
