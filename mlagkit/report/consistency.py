"""Consistency verdicts: the key ``consistency`` of ``mlagkit.findings/1``, and text in the look of the switch."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from mlagkit.excerpt import visible
from mlagkit.report.document import Document
from mlagkit.report.paint import Paint, counted, plain
from mlagkit.state import Role
from mlagkit.verdict import Action, Comparison, Consequence, Verdict, VpcTable

_WIDTHS = (27, 5, 22, 22)
_WRAPPED = (26, 5, 22, 22)
_HEADINGS = (("Name", "Type", "Local Value", "Peer Value"), ("-------------", "----", "-" * 22, "-" * 22))
_VLANS_SHOWN = 10
_DIFFERS, _UNTOLD, _MEANINGS = "*", "?", "* differs   ? not compared"

_TEXTS = {
    Action.FORMS_NO_PEER_LINK: "forms no peer-link, so that no vPC comes up",
    Action.SUSPENDS_ALL: "suspends all its vPCs",
    Action.SUSPENDS_VPC: "suspends vPC {vpc}",
    Action.KEEPS_ALL: "keeps its vPCs up all the same",
    Action.KEEPS_VPC: "keeps vPC {vpc} up all the same",
    Action.SUSPENDS_VLANS: "suspends VLAN {vlans} on {where}",
    Action.KEEPS_VLANS: "keeps VLAN {vlans} on {where}, since the check per VLAN does not apply to MST",
    Action.LOGS: "writes a line to its log and goes on",
}


def consistency_rows(verdicts: Iterable[Verdict]) -> list[Document]:
    """The verdicts as plain data, one for each pair."""
    return [_verdict(verdict) for verdict in verdicts]


def _verdict(verdict: Verdict) -> Document:
    names = verdict.switches
    return {
        "pair": verdict.pair,
        "switches": list(names),
        "roles": dict(zip(names, (_role(role) for role in verdict.roles.of), strict=True)),
        "roles_because": verdict.roles.because,
        "graceful": dict(zip(names, verdict.graceful, strict=True)),
        "listing": {"source": verdict.listing.source, "mark": verdict.listing.mark.value},
        "forming": [_row(row, names) for row in verdict.forming],
        "global": [_row(row, names) for row in verdict.whole],
        "vpcs": [_vpc(vpc, names) for vpc in verdict.vpcs.values()],
        "vlans": [
            {"vlan": vlan, "parameters": [_row(row, names) for row in rows]} for vlan, rows in verdict.vlans.items()
        ],
        "consequences": [_consequence(each) for each in verdict.consequences],
    }


def _role(role: Role | None) -> str | None:
    return None if role is None else "unknown" if role is Role.NONE else role.value


def _row(row: Comparison, names: tuple[str, str]) -> Document:
    return {
        "name": row.name,
        "type": "-" if row.type is None else str(row.type),
        "values": dict(zip(names, row.values, strict=True)),
        "equal": row.equal,
        "fails": row.fails,
        "note": row.note or row.spoiled,
        "printed": row.prints,
        "source": row.source,
        "mark": row.mark.value,
    }


def _vpc(vpc: VpcTable, names: tuple[str, str]) -> Document:
    return {
        "vpc": vpc.number,
        "port_channels": dict(zip(names, vpc.ports, strict=True)),
        "parameters": [_row(row, names) for row in vpc.rows],
    }


def _consequence(each: Consequence) -> Document:
    return {
        "switch": each.switch,
        "action": each.action.value,
        "role": _role(each.role),
        "vpc": each.vpc,
        "vlans": str(each.vlans),
        "because": list(each.because),
        "source": each.source,
        "mark": each.mark.value,
    }


def consistency_text(rows: Iterable[Document], *, paint: Paint = plain, every_row: bool = False) -> str:
    """Each pair's tables and what its switches do.

    ``every_row`` adds the tables of vPCs in which nothing differs, and of more than a few VLANs.
    """
    return "".join(f"{line}\n" for row in rows for line in _pair(row, paint, every_row=every_row))


def _pair(pair: Document, paint: Paint, *, every_row: bool) -> Iterator[str]:
    local, peer = (visible(name) for name in pair["switches"])
    title = f"{visible(pair['pair'])}: " if pair["pair"] else ""
    yield paint("bold", f"{title}consistency parameters, local {local}, peer {peer}")
    yield f"roles: {_roles(pair)}"
    yield f"graceful consistency check: {_graceful(pair)}"
    yield from _table("to form the peer-link", pair["forming"], pair, paint)
    yield from _table("global", pair["global"], pair, paint)
    for vpc in pair["vpcs"]:
        yield from _of_vpc(vpc, pair, paint, every_row=every_row)
    shown = pair["vlans"] if every_row else pair["vlans"][:_VLANS_SHOWN]
    for vlan in shown:
        yield from _table(f"VLAN {vlan['vlan']}", vlan["parameters"], pair, paint)
    if left := len(pair["vlans"]) - len(shown):
        yield from ("", f"… {counted(left, 'more VLAN')} that differ; -v shows all")
    yield paint("dim", _MEANINGS)
    yield from _not_compared(pair)
    yield ""
    yield from _what_follows(pair, paint)
    yield ""


def _roles(pair: Document) -> str:
    known = [f"{visible(name)} {role}" for name, role in pair["roles"].items() if role != "unknown"]
    said = f"assumed {', '.join(known)}" if known else "not known"
    return f"{said} ({pair['roles_because']})"


def _graceful(pair: Document) -> str:
    off = [visible(name) for name, on in pair["graceful"].items() if not on]
    return f"off on {' and '.join(off)}" if off else "on"


def _of_vpc(vpc: Document, pair: Document, paint: Paint, *, every_row: bool) -> Iterator[str]:
    ports = [f"{visible(name)} {port or 'has none'}" for name, port in vpc["port_channels"].items()]
    title = f"vPC {vpc['vpc']} ({', '.join(ports)})"
    if vpc["parameters"] and (every_row or any(row["fails"] for row in vpc["parameters"])):
        yield from _table(title, vpc["parameters"], pair, paint)
    else:
        yield from ("", f"{title}: {'nothing differs' if vpc['parameters'] else 'nothing to compare'}")


def _table(title: str, rows: Sequence[Document], pair: Document, paint: Paint) -> Iterator[str]:
    yield from ("", title)
    for heading in _HEADINGS:
        yield _line("", heading)
    for row in rows:
        mark = _DIFFERS if row["fails"] else _UNTOLD if row["equal"] is None else ""
        values = [row["values"][name] for name in pair["switches"]]
        cells = (row["name"], row["type"], *("" if value is None else visible(value) for value in values))
        wrapped = [
            textwrap.wrap(cell, width, break_on_hyphens=False) for cell, width in zip(cells, _WRAPPED, strict=True)
        ]
        for number in range(max(map(len, wrapped))):
            line = _line(mark if number == 0 else "", [part[number] if number < len(part) else "" for part in wrapped])
            yield paint("red", line) if row["fails"] else line


def _line(mark: str, cells: Sequence[str]) -> str:
    return f"{mark:<2}{' '.join(f'{cell:<{width}}' for cell, width in zip(cells, _WIDTHS, strict=True))}".rstrip()


def _not_compared(pair: Document) -> Iterator[str]:
    """Why a row is not compared, each reason once with the names of its rows."""
    reasons: dict[str, dict[str, None]] = {}
    for row in (*pair["global"], *(row for vpc in pair["vpcs"] for row in vpc["parameters"])):
        if row["equal"] is None:
            reasons.setdefault(row["note"], {})[row["name"]] = None
    for reason, names in reasons.items():
        yield f"not compared, since {visible(reason)}: {'; '.join(names)}"


def _what_follows(pair: Document, paint: Paint) -> Iterator[str]:
    if not pair["consequences"]:
        yield paint("green", "what follows: nothing; what the switches compare is the same as far as it was compared")
        return
    yield paint("bold", "what follows:")
    for each in pair["consequences"]:
        yield f"  {_sentence(each)}"
    for row in (*pair["global"], *(row for vpc in pair["vpcs"] for row in vpc["parameters"])):
        if row["fails"] and row["note"]:
            yield f"  {row['name'].partition(',')[0]} fails though both are the same: {visible(row['note'])}"


def _sentence(each: Document) -> str:
    who = visible(each["switch"])
    if each["role"] == "unknown":
        who = f"{who}, if it is the secondary,"
    elif each["role"]:
        who = f"{who} (assumed {each['role']})"
    where = f"vPC {each['vpc']}" if each["vpc"] else "its vPCs and the peer-link"
    does = _TEXTS[Action(each["action"])].format(vpc=each["vpc"], vlans=each["vlans"], where=where)
    sure = "" if each["mark"] == "certain" else f" [{each['mark']}]"
    return f"{who} {does}: {visible('; '.join(each['because']))}{sure}"
