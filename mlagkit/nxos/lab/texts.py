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
LAST_GROUP = "Cannot delete the last group of the user!"  # cisco.nxos pull 657 [certain]

# The refusals below are [certain] (vpc-reference 2.3, 7 row 14); their wording is [assumed].
HAS_ORPHAN = "ERROR: Operation failed: vpc orphan-port suspend is configured on this interface"
NOT_SWITCHED = "ERROR: Operation failed: not a layer 2 port-channel"
MIXED_MODES = "ERROR: Operation failed: members of a port-channel are all LACP or all on"
NO_PHYSICAL = "ERROR: Operation failed: a physical interface cannot be deleted"

# The rollback of a switch. The first transcript is napalm-ansible#168 (Nexus 3000) [certain] up to its verification;
# the lines of a rollback that works are [likely]. Error and advisory: scrapli_cfg's recorded N9Kv sessions [certain],
# corpus/nxos/show/rollback-running-config. Empty patch: napalm#618 (NX-OSv 7.3) [certain].
NOTE = "Note: Applying config parallelly may fail Rollback verification"
COLLECTING = "Collecting Running-Config"
GENERATING = "#Generating Rollback Patch"
EMPTY_PATCH = "Rollback Patch is Empty"
EXECUTING = "Executing Rollback Patch"
VERIFYING = "Generating Running-config for verification\nGenerating Patch for verification"
VERIFIED = "Verification is Successful.\n\nRollback completed successfully."
NOT_VERIFIED = "Verification failed, Rolling back to previous configuration\nCollecting Running-Config"
ROLLBACK_FAILED = "Rollback failed."  # what napalm and genie look for
ADVISORY = (
    "ADVISORY: Rollback operation started...\n"
    "Modifying running configuration from another VSH terminal in parallel\n"
    "is not recommended, as this may lead to Rollback failure.\n"
)
NOT_A_CHECKPOINT = (
    "ERROR: Rollback patch computation failed due to the following reason(s)\n"
    "The checkpoint file was not created using checkpoint CLI"
)
MADE = "..................Done"  # learnduty.com, "Cisco Nexus Checkpoint & Rollback": `.....Done` [certain]

# `configure replace`: a test suite of Cisco's looks for the first line, a public recipe answers the question [likely];
# how a switch words the rest is [assumed].
REPLACED = "Configure replace completed successfully"
REPLACE_FAILED = "ERROR: Configure replace failed, the previous configuration is restored"
ASK_REPLACE = "This command will replace the running configuration. Do you want to proceed? (y/n) [n] "
REPLACE_IS_CHECKPOINT = "ERROR: the file is a checkpoint, not a running configuration"  # napalm#762 [likely]
REPLACE_PENDING = "ERROR: a configure replace waits for its commit"
NOTHING_TO_COMMIT = "ERROR: no configure replace waits for its commit"
COMMITTED = "Commit of configure replace completed"

NO_FILE = "No such file or directory"  # what napalm and netmiko look for [certain]
NO_SPACE = "No space left on device"  # [assumed]
EXISTS = "Warning: There is already a file existing with this name. Do you want to overwrite (y/n)?[n] "  # [likely]
ASK_DELETE = 'Do you want to delete "/{}" ? (yes/no/abort)   [y] '  # [likely]
ASK_RELOAD = "This command will reboot the system. (y/n)?  [n] "  # unicon.plugins, nxos/service_patterns.py [certain]
UNSAVED = (
    "!!!WARNING! there is unsaved configuration!!!\n"  # unicon.plugins, mock_data/nxos/nxos_mock_n9k.yaml [certain]
)
ASK_ERASE = (  # the same file [certain]
    "Warning: This command will erase the startup-configuration.\nDo you wish to proceed anyway? (y/n)  [n] "
)
NO_STARTUP = "No startup configuration\n"  # [likely]

# Refusals that the guides state and do not quote: the facts are [certain], the wording is [assumed].
BUSY = "ERROR: another user performs a checkpoint, a rollback or a copy to startup-config"
CHECKPOINT_FULL = "ERROR: the maximum number of checkpoints (10) exists already"
CHECKPOINT_TAKEN = "ERROR: a checkpoint of this name exists already"
CHECKPOINT_MISSING = "ERROR: no checkpoint of this name"
CHECKPOINT_SYSTEM = "ERROR: the name of a checkpoint may not start with system"
CHECKPOINT_LONG = "ERROR: the name of a checkpoint and its description have 80 characters at most"
IN_THE_PAST = "ERROR: the start time has passed"  # what a switch does then is not known: refused
