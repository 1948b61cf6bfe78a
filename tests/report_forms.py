"""What the published forms of reports ask for, as far as the writers use them; each part names where it is said.

No schema is copied: these are the rules for the parts that are written, and everything else is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

Schema = dict[str, Any]


def closed(properties: Schema, *required: str) -> Schema:
    """An object that has these properties and no other."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def unique(items: Schema, **more: int) -> Schema:
    """A list in which nothing stands twice."""
    return {"type": "array", "items": items, "uniqueItems": True, **more}


# SARIF 2.1.0 plus errata 01 (OASIS), by section. The schema says the same: what was written was also held against
# sarif-schema-2.1.0.json itself, which is not part of this repository.
_NUMBER = {"type": "integer", "minimum": 1}
_TEXT = {"type": "string", "minLength": 1}
_LEVEL = {"enum": ["none", "note", "warning", "error"]}  # 3.27.10
_MESSAGE = closed({"text": _TEXT}, "text")  # 3.11
_DESCRIPTION = closed({"text": _TEXT, "markdown": _TEXT}, "text")  # 3.12
_ARTIFACT = closed({"uri": {"type": "string", "format": "uri-reference", "pattern": "^[!-~]+$"}}, "uri")  # 3.4.3
_REGION = closed({"startLine": _NUMBER, "startColumn": _NUMBER})  # 3.30
_PHYSICAL = closed({"artifactLocation": _ARTIFACT, "region": _REGION}, "artifactLocation")  # 3.29
_LOCATION = closed(  # 3.28
    {
        "physicalLocation": _PHYSICAL,
        "logicalLocations": unique(closed({"fullyQualifiedName": _TEXT})),  # 3.33
    }
)
_SUPPRESSION = closed(  # 3.35
    {
        "kind": {"enum": ["inSource", "external"]},
        "status": {"enum": ["accepted", "underReview", "rejected"]},
        "justification": _TEXT,
        "location": _LOCATION,
    },
    "kind",
)
_RESULT = closed(  # 3.27
    {
        "ruleId": _TEXT,
        "ruleIndex": {"type": "integer", "minimum": -1},
        "level": _LEVEL,
        "message": _MESSAGE,
        "locations": {"type": "array", "items": _LOCATION, "maxItems": 1},
        "partialFingerprints": {"type": "object", "additionalProperties": _TEXT},
        "suppressions": unique(_SUPPRESSION),
    },
    "message",
    "ruleId",
    "locations",
)
_RULE = closed(  # 3.49; GitHub needs the descriptions and the help
    {
        "id": _TEXT,
        "name": _TEXT,
        "shortDescription": _DESCRIPTION,
        "fullDescription": _DESCRIPTION,
        "help": _DESCRIPTION,
        "defaultConfiguration": closed({"level": _LEVEL}),
        "properties": closed({"tags": unique({"type": "string"}, maxItems=10)}),  # 10 of 20 are shown (GitHub)
    },
    "id",
    "name",
    "shortDescription",
    "fullDescription",
    "help",
)
_INVOCATION = closed(  # 3.20
    {
        "executionSuccessful": {"type": "boolean"},
        "toolExecutionNotifications": {
            "type": "array",
            "items": closed({"level": _LEVEL, "message": _MESSAGE}, "message"),  # 3.58
        },
    },
    "executionSuccessful",
)
_DRIVER = closed({"name": _TEXT, "version": _TEXT, "rules": unique(_RULE)}, "name")  # 3.19
SARIF: Schema = closed(
    {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},  # 3.13.2
        "runs": {
            "type": "array",
            "maxItems": 1,
            "items": closed(
                {
                    "tool": closed({"driver": _DRIVER}, "driver"),  # 3.18
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},  # 3.14.17
                    "invocations": {"type": "array", "items": _INVOCATION},
                    "results": {"type": "array", "items": _RESULT, "maxItems": 25_000},  # GitHub
                },
                "tool",
            ),
        },
    },
    "version",
    "runs",
)

# docs.gitlab.com, ci/testing/code_quality, "Code Quality report format".
GITLAB: Schema = {
    "type": "array",
    "items": closed(
        {
            "description": _TEXT,
            "check_name": _TEXT,
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": closed(
                {
                    "path": {"type": "string", "pattern": r"^(?!\./).+$"},  # relative, without `./`
                    "lines": closed({"begin": _NUMBER}, "begin"),
                },
                "path",
                "lines",
            ),
        },
        *("description", "check_name", "fingerprint", "severity", "location"),
    ),
}

# Jenkins' xunit plugin, junit-10.xsd: element -> attributes that it must have, that it may have, and its children.
JUNIT: dict[str, tuple[set[str], set[str], set[str]]] = {
    "testsuites": (set(), {"name", "time", "tests", "failures", "errors"}, {"testsuite"}),
    "testsuite": (
        {"name", "tests", "failures", "errors"},
        {"group", "time", "skipped", "timestamp", "hostname", "id", "package", "file", "log", "url"},
        {"testsuite", "properties", "testcase", "system-out", "system-err"},
    ),
    "testcase": (
        {"name"},
        {"time", "classname", "group"},
        {"skipped", "error", "failure", "system-out", "system-err"},
    ),
    "skipped": (set(), {"type", "message"}, set()),
    "error": (set(), {"type", "message"}, set()),
    "failure": (set(), {"type", "message"}, set()),
    "system-out": (set(), set(), set()),
}


def junit_problems(element: Element) -> Iterator[str]:
    """What the schema refuses, and numbers that don't add up."""
    needed, optional, children = JUNIT[element.tag]
    found = set(element.attrib)
    if not needed <= found <= needed | optional:
        yield f"{element.tag} has {sorted(found)}"
    for child in element:
        if child.tag not in children:
            yield f"{child.tag} in {element.tag}"
        yield from junit_problems(child)
    counts = {"tests": "testcase", "failures": "failure", "errors": "error", "skipped": "skipped"}
    for attribute, tag in counts.items():
        if attribute in found and int(element.attrib[attribute]) != sum(1 for _ in element.iter(tag)):
            yield f"{element.tag}: {attribute} is {element.attrib[attribute]}"


# cli.md, "JSON", with the keys that were added to it.
def _listed(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _by_name(values: Schema) -> Schema:
    return {"type": "object", "additionalProperties": values}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


_DAY = {"type": "string", "format": "date"}
_IMPACT = {"enum": ["none", "brief", "outage"]}
_COUNT = {"type": "integer", "minimum": 0}
_FLAG = {"type": "boolean"}
_LINE = {"type": "string"}
_SECOND = _or_null({"type": "number", "minimum": 0})
_WAIVED = closed(
    {
        **dict.fromkeys(("reason", "file"), _LINE),
        **dict.fromkeys(("owner", "expires"), _or_null(_TEXT)),
        **dict.fromkeys(("line", "column"), _NUMBER),
    },
    *("reason", "owner", "expires", "file", "line", "column"),
)


def _finding(waived: Schema) -> Schema:
    return closed(
        {
            **dict.fromkeys(("rule", "name", "message", "file"), _TEXT),
            "severity": {"enum": ["error", "warning", "info"]},
            **dict.fromkeys(("object", "fix", "advice"), _LINE),
            **dict.fromkeys(("pair", "switch"), _or_null(_TEXT)),
            **dict.fromkeys(("line", "column"), _NUMBER),
            "waived": waived,
        },
        *("rule", "name", "severity", "message", "pair", "switch", "object", "file", "line", "column"),
        *("fix", "advice", "waived"),
    )


_FINDING = _finding({"type": "null"})
_HOST = closed(
    {
        **dict.fromkeys(("connected", "degraded", "partial"), _FLAG),
        "seconds": {"type": "array", "items": _SECOND, "minItems": 2, "maxItems": 2},
        "why": _LINE,
        "links": _listed(closed({"switch": _TEXT, "interface": _TEXT, "state": _TEXT}, "switch", "interface", "state")),
    },
    *("connected", "degraded", "partial", "seconds", "why", "links"),
)
_STEP = closed(
    {
        "step": _NUMBER,
        "switch": _TEXT,
        **dict.fromkeys(("commands", "undo"), _listed(_LINE)),
        "origins": _listed(_or_null(closed({"file": _TEXT, "line": _NUMBER}, "file", "line"))),
        **dict.fromkeys(("reason", "gate"), _LINE),
        "impact": _IMPACT,
        "affected": _listed(_TEXT),
    },
    *("step", "switch", "commands", "origins", "undo", "reason", "impact", "affected", "gate"),
)
_STOP = closed(
    {"permission": _TEXT, "switch": _TEXT, "message": _TEXT, "allowed": _FLAG},
    *("permission", "switch", "message", "allowed"),
)
_CELL = closed(
    {"events": _listed(_TEXT), "host": _TEXT, "before": _or_null(_HOST), "after": _or_null(_HOST)},
    *("events", "host", "before", "after"),
)
_PLAN = {
    "format": {"const": "mlagkit.plan/1"},
    **dict.fromkeys(("pair", "tool", "summary"), _TEXT),
    "switches": {"type": "array", "items": _TEXT, "minItems": 2, "maxItems": 2},
    "created": _DAY,
    "expires": _or_null(_DAY),
    "commit": _or_null({"type": "string", "pattern": "^[0-9a-f]{40,64}$"}),
    "allowed": unique(_TEXT),
    **dict.fromkeys(("max_delete", "deleted"), _COUNT),
    "base": _by_name({"type": "string", "pattern": "^[0-9a-f]{64}$"}),
    **dict.fromkeys(("roles", "reloads"), _by_name(_TEXT)),
    "unmanaged": _by_name(_COUNT),
    "uncompared": _listed(
        closed(
            {
                **dict.fromkeys(("switch", "text"), _TEXT),
                **dict.fromkeys(("section", "secrets"), _listed(_TEXT)),
                "origin": _or_null(closed({"file": _TEXT, "line": _NUMBER}, "file", "line")),
            },
            *("switch", "section", "text", "secrets", "origin"),
        )
    ),
    "steps": _listed(_STEP),
    **dict.fromkeys(
        ("asks", "unproven"), _listed(closed(dict.fromkeys(("switch", "command"), _TEXT), "switch", "command"))
    ),
    "impact": _IMPACT,
    "stops": _listed(_STOP),
    **dict.fromkeys(("findings", "passing"), _listed(_FINDING)),
    "accepted": _listed(_finding(_WAIVED)),
    "drill": _listed(_CELL),
    "hash": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
}
PLAN: Schema = closed(_PLAN, *_PLAN)

# cli.md, "JSON", and the docstrings of mlagkit.verify.check.
_CHECK = closed(
    {
        **dict.fromkeys(("name", "object", "expected"), _TEXT),
        "switch": _or_null(_TEXT),
        **dict.fromkeys(("seen", "why", "advice"), _LINE),
        "result": {"enum": ["ok", "not ok", "not known"]},
        "worse": _or_null(_FLAG),
    },
    *("name", "switch", "object", "expected", "seen", "result", "why", "advice", "worse"),
)
_VERIFIED = closed(
    {
        "pair": _TEXT,
        "result": {"enum": ["ok", "not ok", "not known"]},
        "switches": _by_name(closed({"error": _or_null(_TEXT), "unproven": unique(_TEXT)}, "error", "unproven")),
        "checks": _listed(_CHECK),
    },
    *("pair", "result", "switches", "checks"),
)
VERIFY: Schema = closed({"format": {"const": "mlagkit.verify/1"}, "pairs": _listed(_VERIFIED)}, "format", "pairs")

# The docstrings of mlagkit.doctor.item and mlagkit.report.doctor.
_ITEM = closed(
    {"name": _TEXT, "seen": _TEXT, "advice": _LINE, "result": {"enum": ["ok", "not ok", "not known"]}},
    *("name", "seen", "advice", "result"),
)
_EXAMINED = closed(
    {
        "error": _or_null(_TEXT),
        "items": _listed(_ITEM),
        "level": _or_null({"enum": ["timer", "checkpoint", "none"]}),
    },
    *("error", "items", "level"),
)
_STANDS = closed({"standing": _TEXT, "advice": _listed(_TEXT)}, "standing", "advice")
_REVERTED = closed(
    {
        "result": {"enum": ["proven", "refused", "taken back", "unfinished"]},
        "cause": _LINE,
        "switches": _by_name(_STANDS),
    },
    *("result", "cause", "switches"),
)
_PATIENTS = closed(
    {"pair": _TEXT, "items": _listed(_ITEM), "proof": _or_null(_REVERTED), "switches": _by_name(_EXAMINED)},
    *("pair", "items", "proof", "switches"),
)
DOCTOR: Schema = closed(
    {
        "format": {"const": "mlagkit.doctor/1"},
        "host": closed({"items": _listed(_ITEM)}, "items"),
        "pairs": _listed(_PATIENTS),
    },
    *("format", "host", "pairs"),
)
