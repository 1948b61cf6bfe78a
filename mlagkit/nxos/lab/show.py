"""The answers to ``show``: text as on a terminal, and the structured body where NX-API has one.

Wording and field names follow the corpus file named at each function. What the lab has no knowledge of
(counters) has no answer here; what it must be told, because it is between the switches, stands in
`mlagkit.nxos.lab.told`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mlagkit.nxos.lab import listed, texts, told
from mlagkit.nxos.lab.answer import Answer
from mlagkit.nxos.lab.chassis import MODEL, PRODUCT, Chassis
from mlagkit.nxos.lab.rollback import show_checkpoint, show_diff
from mlagkit.nxos.lab.schedule import job_texts, schedules
from mlagkit.nxos.lab.spelling import interface_names
from mlagkit.nxos.lab.tree import Line

Body = dict[str, object]

_SHORT = {"Ethernet": "Eth", "port-channel": "Po", "loopback": "Lo"}


def _running(chassis: Chassis, rest: str) -> Answer | None:
    """All of it, or with ``interface X`` one block.

    ``all`` prints no more than the plain command: which defaults a release has is not known here.
    """
    if rest in ("", "all"):
        return Answer(chassis.running_config(f"show running-config {rest}".rstrip()))
    if rest in ("vpc", "vpc all"):
        return _running_vpc(chassis, rest)
    word, _, name = rest.partition(" ")
    if not word or not "interface".startswith(word) or not name:
        return None
    try:
        names = [str(found) for found in interface_names(name)]
    except ValueError:
        return None
    blocks = [block for block in map(chassis.store.interface, names) if block]
    rows = [row for block in blocks for row in block.rows(chassis.store.list_width)]
    head = f"\n!Command: show running-config interface {','.join(names)}\n!Time: {chassis.now:%a %b %e %H:%M:%S %Y}\n"
    return Answer(f"{head}\nversion {chassis.store.version} Bios:version \n" + "\n".join([*rows, ""]))


def _running_vpc(chassis: Chassis, rest: str) -> Answer | None:
    """corpus/nxos/show/show-running-config-vpc/markovd-lab01-n7k-1.txt: of interfaces only the lines of vPC."""
    if not chassis.store.has_feature("vpc"):
        return None
    rows = [f"\n!Command: show running-config {rest}\n!Time: {chassis.now:%a %b %e %H:%M:%S %Y}\n"]
    rows += [f"version {chassis.store.version}", "feature vpc", ""]
    for block in chassis.store.root.children:
        if block.key[:2] == ("vpc", "domain"):
            rows += block.rows(chassis.store.list_width)
    for port in chassis.store.interfaces():
        own = [line.text for line in port.children if line.text.split()[0] == "vpc"]
        rows += ["", port.text, *(f"  {text}" for text in own)] if own else []
    return Answer("\n".join([*rows, ""]))


def _hardware(chassis: Chassis, rest: str) -> Answer | None:
    """The release, with which it begins as ``show version`` does: all that the fixture of cisco.nxos has [likely]."""
    return _version(chassis, rest)


def _startup(chassis: Chassis, rest: str) -> Answer | None:
    return None if rest else Answer(chassis.startup or texts.NO_STARTUP)


def _clock(chassis: Chassis, rest: str) -> Answer | None:
    """ntc-templates' cisco_nxos_show_clock.raw."""
    now = chassis.now
    time = f"{now:%H:%M:%S}.{now.microsecond // 1000:03d} {now.tzname() or 'UTC'} {now:%a %b} {now.day} {now.year}"
    return None if rest else Answer(f"{time}\n")


def _sessions(chassis: Chassis, rest: str) -> Answer | None:
    """ntc-templates' cisco_nxos_show_configuration_session_summary.raw [certain]; without any, an N5K's [likely]."""
    if rest != "session summary":
        return None
    if not chassis.sessions:
        return Answer("There are no active configuration sessions \n")
    rule = "-" * 68
    rows = [f"{each.name:<23} {each.owner:<23} {each.since:%H:%M:%S UTC %b %d %Y}" for each in chassis.sessions]
    head = ["Session Manager Database:", rule, f"{'Name':<23} {'Session Owner':<23} Creation Time", rule]
    return Answer("\n".join([*head, *rows, "", f"Number of active configuration sessions = {len(rows)}", "", ""]))


def _file(chassis: Chassis, rest: str) -> Answer | None:
    """``show file FILE`` and ``show file FILE md5sum`` (device-side 1.2, 4.4)."""
    words = rest.split()
    if len(words) == 1:
        return Answer(chassis.bootflash.read(words[0]))
    return Answer(f"{chassis.bootflash.md5(words[0])}\n") if words[1:] == ["md5sum"] else None


def _scheduler(chassis: Chassis, rest: str) -> Answer | None:
    """``show scheduler job``, ``schedule``, each with ``name X``, and ``logfile``.

    An MDS 9710 and Cisco's sample scripts for N9K show them [certain].
    """
    words = rest.split()
    if not chassis.store.has_feature("scheduler"):
        return None
    if words == ["logfile"]:
        return Answer(chassis.scheduler.text)
    name = words[2] if len(words) == 3 and words[1] == "name" else None
    if words[:1] == ["schedule"] and (len(words) == 1 or name):
        found = [each for each in schedules(chassis.store) if name in (None, each.name)]
        return Answer("".join(chassis.scheduler.schedule_text(each) for each in found))
    if words[:1] == ["job"] and (len(words) == 1 or name):
        return Answer("".join(job_texts(chassis.store, name)))
    return None


def _version(chassis: Chassis, rest: str) -> Answer | None:
    """corpus/nxos/show/show-version/genie-go-3.txt and, for the body, napalm-nxapi-facts-n9000.json."""
    if rest:
        return None
    days, hours, minutes, seconds = chassis.uptime
    version, name = chassis.store.version, chassis.store.hostname
    text = (
        "Cisco Nexus Operating System (NX-OS) Software\nEmulated by mlagkit\n\n"
        f"Software\n  BIOS: version \n NXOS: version {version}\n  NXOS image file is: bootflash:///nxos.lab.bin\n\n"
        f"Hardware\n  cisco {MODEL} \n  Processor Board ID {chassis.serial}\n  Device name: {name}\n\n"
        f"Kernel uptime is {days} day(s), {hours} hour(s), {minutes} minute(s), {seconds} second(s)\n"
    )
    body: Body = {
        "sys_ver_str": version,
        "kickstart_ver_str": version,
        "chassis_id": MODEL,
        "proc_board_id": chassis.serial,
        "host_name": name,
        "kern_uptm_days": days,
        "kern_uptm_hrs": hours,
        "kern_uptm_mins": minutes,
        "kern_uptm_secs": seconds,
        "manufacturer": "Cisco Systems, Inc.",
    }
    return Answer(text, body=body)


def _inventory(chassis: Chassis, rest: str) -> Answer | None:
    """corpus/nxos/show/show-inventory/ntc-show-inventory3.txt."""
    if rest:
        return None
    text = f'NAME: "Chassis",  DESCR: "{MODEL}"\nPID: {PRODUCT:<20},  VID:     ,  SN: {chassis.serial}\n'
    row = {"name": "Chassis", "desc": MODEL, "productid": PRODUCT, "vendorid": "", "serialnum": chassis.serial}
    return Answer(text, body={"TABLE_inv": {"ROW_inv": [row]}})


def _hostname(chassis: Chassis, rest: str) -> Answer | None:
    """With the domain behind it where one is set (napalm reads the fqdn here)."""
    if rest:
        return None
    domain = chassis.store.root.get(("ip", "domain-name"))
    name = chassis.store.hostname + (f".{domain.text.split()[-1]}" if domain else "")
    return Answer(f"{name} \n", body={"hostname": name})


def _hosts(chassis: Chassis, rest: str) -> Answer | None:
    """The line that napalm's nxos_ssh reads; its wording is [likely]."""
    domain = chassis.store.root.get(("ip", "domain-name"))
    known = (
        f"Default domain for vrf:default is {domain.text.split()[-1]}\n" if domain else "Default domain is not set\n"
    )
    return None if rest else Answer(f"DNS lookup enabled\n{known}")


def _name(line: Line) -> str:
    return line.key[1]


def _is_down(line: Line) -> bool:
    own = line.get(("shutdown",))
    return own.text == "shutdown" if own else line.mode == "if-Vlan"


def _text_of(line: Line, *key: str) -> str:
    own = line.get(key)
    return own.text.removeprefix(" ".join(key)).strip() if own else ""


def _carries(chassis: Chassis) -> Mapping[str, bool]:
    """Whether an interface carries traffic, for those of which the lab was told.

    These are port-channels with their ports, what is routed, and ports on which somebody is heard.
    """
    live = chassis.live()
    if live is None:
        return {}
    heard = live.neighbours if isinstance(live.neighbours, tuple) else ()
    found = {str(one.port): True for one in heard}
    found |= {str(each.port): each.status == "connected" for each in live.interfaces or ()}
    for channel in live.port_channels or ():
        found[str(channel.port)] = channel.status == "up"
        found |= {str(member.port): member.status == "bundled" for member in channel.members}
    return found


_HELD = "suspndByV"  # a lab's answers that are public (text index id 32119367463) [certain]
_NOT_UP = {"Ethernet": "notconnec", "port-channel": "noOperMem"}


def _status(chassis: Chassis, rest: str) -> Answer | None:
    """The form of corpus/nxos/show/show-interface-status/napalm-ssh-facts-n93180.txt; `noOperMem` of genie-golden4.txt.

    What the lab was told of the pair decides; of the rest, what is not shut is ``notconnec``, since nothing is cabled,
    and the management port ``connected``.
    """
    if rest:
        return None
    rule = "-" * 80
    carries, live = _carries(chassis), chassis.live()
    held = told.held_by_vpc(live) if live else frozenset()
    rows = ["", rule, "Port          Name               Status    Vlan      Duplex  Speed   Type", rule]
    for line in chassis.store.interfaces():
        if line.mode == "if-sub" or (line.mode == "if-nve" and _name(line) not in carries):
            continue
        kind = line.mode.removeprefix("if-")
        port = _name(line).replace(kind, _SHORT.get(kind, kind), 1)
        is_up = carries.get(_name(line), kind in ("mgmt", "loopback"))
        told_down = _NOT_UP.get(kind, "down") if _name(line) in carries else "notconnec"
        told_down = _HELD if _name(line) in held else told_down
        state = "disabled" if _is_down(line) else "connected" if is_up else told_down
        mode = _text_of(line, "switchport", "mode")
        routed = kind in ("mgmt", "loopback", "Vlan") or chassis.store.is_routed(line)
        vlan = (
            "--"
            if kind == "nve"
            else "routed"
            if routed
            else "trunk"
            if mode == "trunk"
            else _text_of(line, "switchport", "access", "vlan") or "1"
        )
        about = (_text_of(line, "description") or "--")[:18]
        rows.append(f"{port:<13} {about:<18} {state:<9} {vlan:<9} {'auto':<7} {'auto':<7} --")
    return Answer("\n".join([*rows, ""]))


_REASONS = {"Ethernet": " (Link not connected)", "port-channel": " (No operational members)"}


def _interface(chassis: Chassis, rest: str) -> Answer | None:
    """The lines that follow from the configuration, no counters.

    The form of corpus/nxos/show/show-interface/labval-eigrp-neighbor-nxos1.txt; why a port-channel is down, of
    show-interface-brief/ntc-show-interface-brief2.txt.
    """
    if rest:
        return _status(chassis, "") if "status".startswith(rest) else None
    rows: list[str] = []
    table: list[Body] = []
    carries, mtus = _carries(chassis), _mtus(chassis)
    for line in chassis.store.interfaces():
        name, kind = _name(line), line.mode.removeprefix("if-")
        admin = "down" if _is_down(line) else "up"
        parent_is_up = carries.get(name.partition(".")[0], kind != "Ethernet")
        is_up = admin == "up" and carries.get(name, parent_is_up)
        state = "up" if is_up else "down"
        reason = "" if is_up else " (Administratively down)" if admin == "down" else _REASONS.get(kind, "")
        about, channel = _text_of(line, "description"), _text_of(line, "channel-group").split(" ")[0]
        if kind == "Vlan":
            rows.append(f"{name} is {state}{reason}, line protocol is {state}, autostate enabled")
        else:
            rows += [f"{name} is {state}{reason}"]
            rows += [f"admin state is {admin},{' Dedicated Interface' if kind == 'Ethernet' else ''}"]
        rows += [f"  Belongs to Po{channel}"] if channel else []
        rows += [*([f"  Description: {about}"] if about else []), f"  MTU {mtus[name]} bytes", ""]
        entry: Body = {"interface": name, "state": state, "admin_state": admin, "eth_mtu": mtus[name]}
        table.append({**entry, "desc": about} if about else entry)
    return Answer("\n".join(rows), body={"TABLE_interface": {"ROW_interface": table}})


def _mtus(chassis: Chassis) -> Mapping[str, str]:
    """The MTU of each interface.

    Without a line 9216 on the peer-link and its ports (vpc-reference 1 [certain]) and on a tunnel
    (corpus/nxos/show/show-interface-brief/ntc-show-interface-brief2.txt).
    """
    lines = {_name(line): line for line in chassis.store.interfaces()}
    links = {name for name, line in lines.items() if line.get(("vpc", "peer-link"))}
    found = {}
    for name, line in lines.items():
        channel = f"port-channel{_text_of(line, 'channel-group').split(' ')[0]}"
        is_long = line.mode == "if-nve" or {name, channel} & links
        found[name] = _text_of(line, "mtu") or ("9216" if is_long else "1500")
    return found


SHOW: Mapping[str, Callable[[Chassis, str], Answer | None]] = {
    "running-config": _running,
    "startup-config": _startup,
    "version": _version,
    "inventory": _inventory,
    "hostname": _hostname,
    "hosts": _hosts,
    "hardware": _hardware,
    "interface": _interface,
    "vlan": listed.vlans,
    "vrf": listed.vrfs,
    "vpc": told.vpc,
    "port-channel": told.port_channels,
    "lldp": told.neighbours,
    "checkpoint": show_checkpoint,
    "clock": _clock,
    "configuration": _sessions,
    "diff": show_diff,
    "file": _file,
    "scheduler": _scheduler,
}
"""Word after ``show`` -> its answer for the rest of the line; None where the lab has none."""
