"""What a switch says when it refuses or asks, each text with its source."""

from __future__ import annotations

INVALID = "% Invalid command at '^' marker."  # corpus/nxos/show/error-output/napalm-ssh-facts-does-not-support-json.txt
INVALID_NXAPI = "% Invalid command\n"  # corpus/nxos/show/error-output/nxapi-plumbing-jsonrpc-bogus-command.json
INCOMPLETE = "% Incomplete command at '^' marker."  # genie and scrapligo test data for NX-OS
AMBIGUOUS = "% Ambiguous command at '^' marker."  # the same
OUT_OF_RANGE = "% Invalid number, range is ({}:{}) at '^' marker."  # test data of a public MDS module; [likely]
BAD_RANGE = "Invalid range at '^' marker."  # scrapligo test data for NX-OS
INCOMPATIBLE = "command failed: port not compatible [{}]"  # `show port-channel compatibility-parameters` [likely]
COPIED = (  # N9K Interfaces guide, breakout procedure
    "[########################################] 100%\n"
    "Copy complete, now saving to disk (please wait)...\n"
    "Copy complete."
)
ENTER = "Enter configuration commands, one per line. End with CNTL/Z."  # ansible#43222
BANNER = "Enter TEXT message.  End with the character '{}'."  # [likely]
ASK_GATEWAY = "This peer-gateway config may cause traffic loss. Do you want to continue (y/n)? [n] "  # ansible#27129
ASK_DOMAIN = "Changing domain id will flap peer-link and vPCs. Continue (yes/no)? "  # vpc-reference 2.1, `vpc domain`

# The refusals below are [certain] (vpc-reference 2.3, 7 row 14); their wording is [assumed].
HAS_ORPHAN = "ERROR: Operation failed: vpc orphan-port suspend is configured on this interface"
NOT_SWITCHED = "ERROR: Operation failed: not a layer 2 port-channel"
MIXED_MODES = "ERROR: Operation failed: members of a port-channel are all LACP or all on"
NO_PHYSICAL = "ERROR: Operation failed: a physical interface cannot be deleted"
