"""What may be asked of a switch, and whether what came back is the whole answer."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Self

from mlagkit.config import ConfigTree
from mlagkit.nxos.noise import is_prompt
from mlagkit.nxos.parse import parse
from mlagkit.nxos.running import cut_short, foreign
from mlagkit.values import InterfaceName


class Show(StrEnum):
    """Every command without a name in it that reading a switch may send (trust.md, S19)."""

    RUNNING_CONFIG = "show running-config"
    STARTUP_CONFIG = "show startup-config"
    HOSTNAME = "show hostname"
    VERSION = "show version"
    INTERFACE_STATUS = "show interface status"
    PORT_CHANNEL_SUMMARY = "show port-channel summary"
    VPC = "show vpc"
    VPC_ROLE = "show vpc role"
    VPC_PEER_KEEPALIVE = "show vpc peer-keepalive"
    VPC_CONSISTENCY_GLOBAL = "show vpc consistency-parameters global"
    VPC_CONSISTENCY_VLANS = "show vpc consistency-parameters vlans"
    VPC_ORPHAN_PORTS = "show vpc orphan-ports"
    LLDP_NEIGHBORS = "show lldp neighbors"
    CLOCK = "show clock"
    CHECKPOINTS = "show checkpoint summary"
    BOOTFLASH = "dir bootflash:"
    SESSIONS = "show configuration session summary"


class ShowLeg(str):
    """The one command with a name in it: what both switches compare of the vPC on that port.

    So ask N5OPS page 1-3 and the tools of A. Robel, these an N9K (nxapi_netbox). `show vpc` itself names the form with
    the number of the vPC: an N9K shows 23 rows for either (OUT1; nxapi_netbox).
    """

    port: InterfaceName

    def __new__(cls, port: InterfaceName) -> Self:
        """ValueError for what is no name of an interface."""
        name = InterfaceName.parse(port)
        command = super().__new__(cls, f"show vpc consistency-parameters interface {name}")
        command.port = name
        return command

    @property
    def value(self) -> str:
        """The words, as a member of `Show` has them."""
        return str(self)


Question = Show | ShowLeg
"""What may be asked of a switch; there is no way to send anything else to be read (trust.md, S19)."""


def question(command: Question) -> Question:
    """That command, whatever its caller said that it is; ValueError for one that reading may not send."""
    return command if isinstance(command, ShowLeg) else Show(command)


# The forms that Ansible's cisco.nxos terminal plugin watches for, where they can open the answer to a show command.
_REFUSAL = re.compile(r"[\s^]*((?:% ?|ERROR:|Error:|Syntax error|Permission denied|Invalid ).*)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# corpus: the first line of a dump and the stamps that differ between two dumps of one configuration (72 files).
_COMMAND = re.compile(r"^!Command: .*$", re.M)
_STAMP = re.compile(
    r"^!(?:Time|Running configuration last done at|No configuration change since last restart"
    r"|Startup config saved at)\b.*\n?",
    re.M,
)


def refusal(answer: str) -> str | None:
    """The words with which the switch refused a show command, None where it answered."""
    match = _REFUSAL.match(answer)
    return match[1].strip() if match else None


def without_stamps(config: str) -> str:
    """The configuration less the lines that two dumps of it never share, such as the time of the dump."""
    return _STAMP.sub("", config)


def defect(config: str, name: str) -> str | None:
    """Why this text can't be the whole running-config of one switch, None where nothing speaks against it.

    ``name`` is the hostname: a line that looks like its prompt is the seam of two answers
    (netmiko#3628), also inside a banner. A cut between two lines leaves no trace in the text;
    it is the transport that notices it.
    """
    said = refusal(config)
    if said:
        return f"it answered {said!r}"
    if _CONTROL.search(config):
        return "it holds control characters"
    if len(_COMMAND.findall(config)) > 1:
        return "it is more than one answer"
    other = foreign(config)
    if other:
        return f"it is none of NX-OS: {other}"
    tree = parse(config)
    broken = cut_short(tree)
    return f"line {broken[0]}: {broken[1]}" if broken else _seam(tree, name)


def _seam(tree: ConfigTree, name: str) -> str | None:
    """The first line that is a prompt: anybody's where commands stand, the switch's own anywhere."""
    own = re.search(rf"^{re.escape(name)}(?:\([\w-]+\))?[#>]", tree.text, re.M)
    if own:
        return f"line {tree.text[: own.start()].count(chr(10)) + 1} is a prompt"
    lines = (block.line for block, head in zip(tree.blocks(), tree.heads, strict=True) if is_prompt(head))
    return next((f"line {line} is a prompt" for line in lines), None)
