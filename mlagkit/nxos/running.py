"""What a text is, before anyone reads it as a running-config: whose, of which system, and whether it is all there."""

from __future__ import annotations

import re

from mlagkit.config import ConfigTree
from mlagkit.nxos.parse import BANNER

# At the left margin only; SURPRISES.md: `switchname` stands for it on opennxos-puppet-vxlan-leaf12.
_HOSTNAME = re.compile(r"(?:hostname|switchname) +(\S+) *\r?\Z")
_VERSION = re.compile(r"version +(\d\S*)")
_PAGER = re.compile(r"^[ \t]*--More--", re.M)  # what `show running-config` waits with on a terminal of limited length

# What a configuration of another system has and NX-OS never prints; all of ../shared/corpus/other has one.
_FOREIGN: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "Arista EOS",
        re.compile(r"^(?:! device: .*EOS|mlag configuration|transceiver qsfp|vrf instance |daemon \w)", re.M),
    ),
    (
        "Dell OS9",
        re.compile(r"^(?:interface (?:TenGigabitEthernet \d|fortyGigE|ManagementEthernet)|! Version 9)", re.M),
    ),
    (
        "Cisco IOS",
        re.compile(
            r"^(?:interface (?:\w*GigabitEthernet|FastEthernet)|service timestamps |boot-start|Building config)", re.M
        ),
    ),
    ("Cumulus Linux", re.compile(r"^(?:auto \S+|iface \S+|net add .*|nv set .*)$", re.M)),
    ("Junos", re.compile(r"^(?:set (?:system|interfaces|version) .*|system \{)$", re.M)),
    ("JSON", re.compile(r"\A\s*[\[{]")),
    ("HTML or XML", re.compile(r"\A\s*<[!?a-zA-Z]")),
)

# First words of lines at the left margin that any configuration has at least one of.
_OURS = re.compile(
    r"^(?:(?:no )?(?:feature|feature-set|vlan|interface|vpc|hostname|switchname|spanning-tree|system|ip|ipv6"
    r"|vrf context|router|line|logging|snmp-server|ntp|username|banner|class-map|policy-map|route-map|nv overlay"
    r"|install|boot nxos|copp|rmon|port-channel|track|key chain|vdc|cfs|aaa|radius-server|tacacs-server|role|fex) \S"
    r"|version \d|!Command: )",
    re.M,
)

# A text without a newline at its end is whole only where its last line can't be a part of a longer one: nothing but
# blanks, a comment, a prompt, a script's last word, the boot line (the last that NX-OS prints; 6 files of the corpus).
_WHOLE_LAST_LINE = re.compile(
    r"\s*(?:!.*|[\w.()-]+#\s*|end|exit|boot (?:nxos|kickstart|system) \S+\.bin(?: sup-\d)?)?\s*\Z"
)


def hostname(tree: ConfigTree) -> tuple[str, int] | None:
    """The name that the configuration gives its switch, with its line number; the last one counts, as on a device."""
    found = [(match[1], at) for at, head in enumerate(tree.heads) if (match := _HOSTNAME.match(head))]
    if not found:
        return None
    name, at = found[-1]
    return name.strip('"'), next(tree.chosen([at])).line


def version(tree: ConfigTree) -> str | None:
    """The release that the configuration says it is of (``9.3(8)``), None where it does not."""
    found = [match[1] for head in tree.heads if (match := _VERSION.match(head))]
    return found[-1] if found else None


def foreign(text: str) -> str | None:
    """What the text is, if it is no running-config of NX-OS; None if it is one."""
    if not text.strip():
        return "it is empty"
    for name, pattern in _FOREIGN:
        if pattern.search(text):
            return f"it looks like {name}"
    return None if _OURS.search(text) else "no line of it is one that NX-OS prints"


def cut_short(tree: ConfigTree) -> tuple[int, str] | None:
    """Line and reason, if the text breaks off inside a line or a banner, or was read page by page."""
    for block in tree.blocks():
        banner = BANNER.match(block.raw)
        if banner and banner[1] not in block.raw[banner.end() :]:
            return block.line, "the banner that begins here has no end"
    text = tree.text
    if pause := _PAGER.search(text):
        reason = "a pager stopped here and may have swallowed text; read it again after `terminal length 0`"
        return text.count("\n", 0, pause.start()) + 1, reason
    if _WHOLE_LAST_LINE.match(text[text.rfind("\n") + 1 :]):
        return None
    return text.count("\n") + 1, "the text ends inside this line; read it again, or end the line if it is whole"


def within_another(tree: ConfigTree) -> int | None:
    """The line of an interface that is indented below another one: typed it leaves that, and no switch prints it so."""
    for block in tree.blocks():
        if block.raw.startswith("interface ") and "interface " in block.raw[1:]:  # tells of nearly all at once
            inner = (entry.line for entry in block.entry().children if entry.text.startswith("interface "))
            if (line := next(inner, None)) is not None:
                return line
    return None
