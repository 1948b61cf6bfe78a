"""What may be installed beside mlagkit's core, and which libraries each of it brings."""

from __future__ import annotations

EXTRAS = {
    "device": ("ciscoconfparse2", "napalm", "netmiko", "ntc_templates", "paramiko"),
    "lab": ("asyncssh", "cryptography"),
}
