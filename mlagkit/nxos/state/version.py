"""`show version`: the release, the model, the serial number.

Text through ntc-templates: its template finds all of it in every text of the corpus. It passes over
what it does not know, which this page of free text asks for, and refuses nothing; so what it finds
is taken only where it is one row, with every value that must be there in its form.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from mlagkit.nxos.reply import Show
from mlagkit.nxos.state import words
from mlagkit.nxos.state.body import Json, scalars
from mlagkit.nxos.state.facts import Fact, Facts, need, want
from mlagkit.nxos.state.lines import Line, Misread
from mlagkit.state import Software

# The column of the template for each key of NX-API.
_COLUMNS = {
    "host_name": "hostname",
    "chassis_id": "platform",
    "proc_board_id": "serial",
    "nxos_ver_str": "os",
    "uptime": "uptime",
    "rr_reason": "last_reboot_reason",
}
# What stands around the model (corpus): `Nexus9000 C9396PX Chassis`, `Nexus5548 Chassis`, `C7009 (9 Slot) Chassis`.
_MODEL = re.compile(r"(?:Nexus\d* (?!Chassis))?([\w-]+).*")
_RELEASE = re.compile(r"(\d+\.\d+\([\w.]+\)\S*).*")
_UPTIME = re.compile(r"(\d{1,6}) day\(s\), (\d{1,2}) hour\(s\), (\d{1,2}) minute\(s\), (\d{1,2}) second\(s\)")
_UNITS = {"kern_uptm_days": 86_400, "kern_uptm_hrs": 3_600, "kern_uptm_mins": 60, "kern_uptm_secs": 1}


def from_text(lines: list[Line]) -> Software:
    """What a terminal shows; needs the extra ``device``."""
    return _software(_facts(_rows("\n".join(line.text for line in lines))))


def _rows(text: str) -> list[dict[str, str]]:
    from ntc_templates.parse import parse_output

    # ntc-templates publishes no types.
    found: list[dict[str, str]] = parse_output("cisco_nxos", Show.VERSION.value, text)  # type: ignore[no-untyped-call]
    return found


def _facts(rows: list[dict[str, str]]) -> Facts:
    if not rows:
        raise Misread("it holds nothing that it should")
    if len(rows) > 1:
        said = next(value for value in rows[1].values() if value)
        raise Misread(f"it goes on with {said!r} where it should end")
    return {key: Fact(rows[0][name], f"{name} {rows[0][name]!r}") for key, name in _COLUMNS.items()}


def from_body(body: Json) -> Software:
    """What NX-API tells; N9K has ``nxos_ver_str``, others ``sys_ver_str`` (corpus)."""
    facts = scalars(body)
    return _software(facts if "nxos_ver_str" in facts or "sys_ver_str" not in facts else _as_n9k(facts))


def _as_n9k(facts: Mapping[str, Fact]) -> Facts:
    return {**facts, "nxos_ver_str": facts["sys_ver_str"]}


def _software(facts: Facts) -> Software:
    return Software(
        hostname=need(facts, "host_name", str),
        model=need(facts, "chassis_id", _model),
        serial=need(facts, "proc_board_id", str),
        release=need(facts, "nxos_ver_str", _release),
        uptime=_uptime(facts),
        last_reset=want(facts, "rr_reason", str),
    )


def _model(text: str) -> str:
    return _first(_MODEL, text)


def _release(text: str) -> str:
    """``7.3(1)D1(1)``, without the build that may follow."""
    return _first(_RELEASE, text)


def _first(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.fullmatch(text)
    if not match:
        raise ValueError(text)
    return match[1]


def _uptime(facts: Facts) -> int | None:
    if set(_UNITS) <= set(facts):
        return sum(need(facts, unit, words.number) * seconds for unit, seconds in _UNITS.items())
    return want(facts, "uptime", _seconds)


def _seconds(text: str) -> int:
    match = _UPTIME.fullmatch(text)
    if not match:
        raise ValueError(text)
    return sum(int(number) * seconds for number, seconds in zip(match.groups(), _UNITS.values(), strict=True))
