"""genie, in its own environment: JSON per line in and out.

``{"command", "text"}`` is read by its parser of that command; ``{"domain", "attributes", "interfaces"}`` becomes the
lines that its generator for vPC writes.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from typing import Any

from genie.conf import Genie
from genie.conf.base import Device, Testbed
from genie.libs.conf.vpc import Vpc

# Command -> module and class of the parser, all below genie.libs.parser.nxos.
PARSERS = {
    "show vpc": ("show_vpc", "ShowVpc"),
    "show port-channel summary": ("show_lag", "ShowPortChannelSummary"),
    "show interface status": ("show_interface", "ShowInterfaceStatus"),
    "show running-config interface": ("show_interface", "ShowRunningConfigInterface"),
    "show version": ("show_platform", "ShowVersion"),
    "show inventory": ("show_platform", "ShowInventory"),
    "dir": ("show_platform", "Dir"),
    "show checkpoint summary": ("show_checkpoint", "ShowCheckpointSummary"),
}


def main() -> None:
    """Answer line by line; what it raises is its answer, too."""
    device = Device(name="switch", os="nxos", testbed=Testbed())
    # Parsers are looked up by the system of the device; no connection is made.
    device.custom.setdefault("abstraction", {})["order"] = ["os"]
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            said = {"read": parsed(device, asked) if "command" in asked else generated(asked)}
        except Exception as error:  # noqa: BLE001 -- whatever another tool ends in is its answer
            said = {"error": f"{type(error).__name__}: {error}".partition("\n")[0]}
        print(json.dumps(said), flush=True)


def parsed(device: Any, asked: dict[str, str]) -> Any:
    """The dictionary of its parser."""
    module, name = PARSERS[asked["command"]]
    parser = getattr(import_module(f"genie.libs.parser.nxos.{module}"), name)
    return parser(device=device).parse(output=asked["text"])


def generated(asked: dict[str, Any]) -> list[str]:
    """The lines of its generator, for a device of its own so that none is left of the one before."""
    Genie.testbed = Testbed()
    device = Device(name="switch", os="nxos", testbed=Genie.testbed)
    vpc = Vpc()
    device.add_feature(vpc)
    told = vpc.device_attr[device]
    told.enabled = True
    for name, value in asked["attributes"].items():
        setattr(told.domain_attr[asked["domain"]], name, value)
    for port, attributes in asked["interfaces"].items():
        for name, value in attributes.items():
            setattr(told.interface_attr[port], name, value)
    return str(vpc.build_config(apply=False)[device.name]).splitlines()


if __name__ == "__main__":
    main()
