"""What the parser says about broken YAML, in words that tell what to do."""

from __future__ import annotations

from yaml.error import Mark, MarkedYAMLError, YAMLError

from mlagkit.excerpt import visible
from mlagkit.finding import Finding, Origin
from mlagkit.input_rules import input_finding

# A part of what libyaml's scanner and parser say (their `problem`), and what it nearly always means in a pair file.
_ADVICE: tuple[tuple[str, str], ...] = (
    (
        "mapping values are not allowed",
        "a second `: ` in one line; put a text that holds `: ` in quotes",
    ),
    ("could not find expected ':'", "a key without `: ` behind it, or a line that is indented too little"),
    ("did not find expected key", "this does not line up with the keys above; check the indentation and the quotes"),
    ("did not find expected '-' indicator", "this does not line up with the `- ` items above; check the indentation"),
    ("block sequence entries are not allowed", "`- ` must start its own line"),
    ("block mapping", "this does not line up with the keys above; check the indentation"),
    ("did not find expected ',' or ']'", "the `[` that opens here is never closed, or lacks a `,` between two items"),
    ("did not find expected ',' or '}'", "the `{` that opens here is never closed, or lacks a `,` between two items"),
    ("did not find expected node content", "a value is missing here, or a bracket that opens above is never closed"),
    ("found unknown escape character", r"this `\` escape means nothing; use single quotes, or write `\\`"),
    ("found unexpected end of stream", "the quote that opens here is never closed"),
    ("found unexpected document indicator", "the quote that opens here is never closed"),
    ("did not find expected alphabetic or numeric", "a value can't start with `*` or `&`; put it in quotes"),
    ("did not find expected <document start>", "text that belongs to nothing; check the indentation"),
    ("found a tab character", "a tab can't indent; use spaces"),
    ("did not find expected hexdecimal number", "digits are missing in this escape"),
    ("found invalid Unicode character escape code", "this escape is no character"),
)
_LONGEST_KEY = 1024  # YAML 1.2, section 7.4.2: of a key without `? `
# For these the end of the file is where the parser noticed; where the quote or bracket opens is where the fix goes.
_NOTICED_LATE = ("end of stream", "document indicator", "',' or ']'", "',' or '}'")
_STARTERS = {
    "\t": "a tab can't indent or separate here; use spaces",
    "@": "a value can't start with `@`; put it in quotes",
    "`": "a value can't start with a backtick; put it in quotes",
    "%": "a value can't start with `%`; put it in quotes",
}


def syntax_finding(error: YAMLError, text: str, file: str) -> Finding:
    """The parser's complaint as a finding: IN10 if it is about a tag, else IN01."""
    if not isinstance(error, MarkedYAMLError):
        return input_finding("IN01", visible(str(error), 200), Origin(file))
    problem = error.problem or error.context or "not YAML"
    mark = _place(error, problem)
    if mark is None:
        return input_finding("IN01", visible(problem, 200), Origin(file))
    end = len(text.rstrip())
    origin = Origin.of_index(text, end, file) if mark.index >= end else Origin(file, mark.line + 1, mark.column + 1)
    if "tag" in problem.split() or (error.context and "tag" in error.context.split()):
        return input_finding("IN10", "tags (`!name`) are not read here; remove it, or put the text in quotes", origin)
    line = text[mark.index - mark.column : mark.index]
    return input_finding("IN01", _meaning(problem, line, text[mark.index : mark.index + 1]), origin)


def _place(error: MarkedYAMLError, problem: str) -> Mark | None:
    late = any(part in problem for part in _NOTICED_LATE)
    return error.context_mark if late and error.context_mark else error.problem_mark or error.context_mark


def _meaning(problem: str, before: str, char: str) -> str:
    """The advice; ``before`` is the line up to the place, ``char`` what stands there."""
    if "mapping values are not allowed" in problem and ": " not in before:
        if len(before) > _LONGEST_KEY:
            return f"a key can't be longer than {_LONGEST_KEY:,} characters"
        return "the line above has no `: `, or this line is indented too far"
    if "cannot start any token" in problem and char in _STARTERS:
        return _STARTERS[char]
    advice = next((advice for part, advice in _ADVICE if part in problem), "")
    return advice or f"not YAML: {visible(problem, 200)}"
