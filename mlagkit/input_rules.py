"""The ids of everything that can be wrong with an input, before any rule about networks is asked.

``INxx`` make an input unusable, ``LBxx`` that of the lab, ``VExx`` that of a verification, ``WAxx`` are about waivers:
nobody can accept these. ``EXxx`` are about raw lines, ``HWxx`` about what the hardware knows.

A finding names its rule by id; name and explanation come from this one table, so they never drift apart.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from mlagkit.errors import InputError
from mlagkit.finding import Finding, Origin, Severity
from mlagkit.part import Path


class InputRule(NamedTuple):
    """One way in which an input can be wrong: a stable id, a name for people, one line of explanation."""

    id: str
    name: str
    summary: str
    severity: Severity = Severity.ERROR


INPUT_RULES: Mapping[str, InputRule] = MappingProxyType(
    {
        rule.id: rule
        for rule in (
            InputRule("IN01", "yaml-syntax", "The text is not YAML."),
            InputRule("IN02", "duplicate-key", "One mapping has the same key twice; which one counts would be chance."),
            InputRule("IN03", "yaml-limit", "The file is larger, deeper or more repetitive than a pair file can be."),
            InputRule("IN04", "unknown-key", "A key that means nothing at this place."),
            InputRule("IN05", "wrong-type", "A value or key of another kind than the place takes."),
            InputRule("IN06", "value-out-of-range", "A value that the field or the device does not take."),
            InputRule("IN07", "control-character", "An invisible character that would reach a device or a terminal."),
            InputRule("IN08", "unknown-switch", "A hostname that is not one of the pair's two switches."),
            InputRule("IN09", "unknown-reference", "A name that points at something the file does not define."),
            InputRule("IN10", "yaml-tag", "A tag or directive: it would change what a value means, or run code."),
            InputRule("IN11", "unreadable-file", "The file can't be opened or read."),
            InputRule("IN12", "ambiguous-scalar", "A number that people and YAML versions read in different ways."),
            InputRule("IN13", "not-one-mapping", "A file must hold exactly one document, and that must be a mapping."),
            InputRule("IN14", "not-utf-8", "The bytes are not UTF-8."),
            InputRule("IN15", "flow-comma", "A comma inside {...} ended a value that was meant to go on."),
            InputRule("IN16", "missing-key", "A key without which the rest can't be understood."),
            InputRule("IN17", "claimed-twice", "One thing of a switch is described in two places."),
            InputRule("IN20", "not-a-configuration", "The text is no running-config of the pair's platform."),
            InputRule("IN21", "cut-short", "A configuration that breaks off inside a line or a banner."),
            InputRule("IN22", "unwritable-file", "A file can't be written, or is there and may not be replaced."),
            InputRule("IN23", "same-switch-twice", "Two files, or two pairs, speak of one switch."),
            InputRule(
                "IN24", "missing-running-config", "A switch of the pair has no running-config among those given."
            ),
            InputRule("IN25", "unknown-revision", "The git revision, or the file at that revision, does not exist."),
            InputRule("IN26", "own-rules", "A file of own rules that can't be used."),
            InputRule("IN27", "own-templates", "Templates of one's own that can't be used."),
            InputRule(
                "IN28", "broken-journal", "A journal of a push or a saved plan that can't be read, or was changed."
            ),
            InputRule("IN29", "not-a-pair-file", "A file of another kind where a pair file is expected."),
            InputRule("LB01", "lab-cannot-listen", "An emulated switch can't listen at its address."),
            InputRule("VE01", "no-saved-state", "The file of `--before` holds no state of the pair that is verified."),
            InputRule(
                "EX01",
                "extra-line-has-key",
                "A raw line in `extra` says what a key says: it counts more, and neither rules nor drill see it.",
                Severity.WARNING,
            ),
            InputRule(
                "HW01",
                "key-of-other-hardware",
                "A key, or a running-config's line, that the product line or the release of the switch does not know.",
            ),
            InputRule(
                "HW02",
                "features-exclude-each-other",
                "Two features of which a switch takes only one.",
            ),
            InputRule(
                "WA01",
                "waiver-expired",
                "A waiver whose last day has passed: what it accepted counts again.",
                Severity.WARNING,
            ),
            InputRule(
                "WA02",
                "waiver-unused",
                "A waiver, or a comment that allows a rule, at a place where that rule finds nothing.",
                Severity.WARNING,
            ),
            InputRule(
                "WA03",
                "waiver-unknown-rule",
                "A waiver, or a comment, that names no rule, or one that can't be waived.",
                Severity.WARNING,
            ),
        )
    }
)


def can_be_waived(rule: str) -> bool:
    """Whether a waiver or a comment may accept the findings of the rule with this id."""
    return not rule.startswith(("IN", "LB", "VE", "WA"))


def input_finding(rule: str, message: str, origin: Origin, *, path: Path = (), fix: str = "") -> Finding:
    """The finding with this id at this place; ``rule`` must be a key of `INPUT_RULES`.

    ``path`` are the keys in the file, ``fix`` is what to write instead.
    """
    known = INPUT_RULES[rule]
    keys = tuple(map(str, path))
    return Finding(
        rule=rule, name=known.name, severity=known.severity, message=message, origin=origin, keys=keys, fix=fix
    )


def input_error(rule: str, message: str, origin: Origin) -> InputError:
    """The error of that finding alone."""
    return InputError([input_finding(rule, message, origin)])
