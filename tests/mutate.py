"""Does a test notice? One small mistake at a time is put into a copy of the heart, and its tests must fail.

``python -m tests.mutate [WORD]`` (or ``make proof``) runs the mutations of which the group (``heart``, ``drill``,
``plan``, ``push``, ``told``), the place or the text holds WORD, all by default. It ends with 1 when fewer than 85 in
100 are noticed, or when a mutation no longer fits the source.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.mutate_plan import PLANNER, RULES_OF_A_CHANGE
from tests.mutate_push import PUSH, RULES_OF_A_PUSH
from tests.mutate_told import RULES_OF_WHAT_IS_TOLD, TOLD

ROOT = Path(__file__).parent.parent
DRILL = "drill/"
TESTS = {
    "heart": (
        *("facts", "nxos_text", "commands", "nxos_context", "tables_agree", "catalogue"),
        *("diff", "config", "pared", "affected", "uncompared", "cli_uncompared", "diff_properties", "second_reader"),
    ),
    "told": ("audit", "push_syslog", "pseudonym", "bundle"),
    "drill": ("drill_events", "drill_properties", "drill_steady"),
    "plan": (
        *(
            "plan_way",
            "plan_typed",
            "plan_impossible",
            "plan_invariants",
            "plan_proof",
            "plan_stands",
            "plan_stops",
            "plan_cases",
            "plan_isolate",
            "cli_plan",
            "cli_uncompared",
        ),
        *("own_templates", "own_rules_of_plans", "plan_impact", "plan_properties"),
    ),
    "push": (
        *(
            "push_copies",
            "push_consent",
            "push_saved",
            "own_rules_of_plans",
            "push_promises",
            "push_gate",
            "push_journal",
            "push_lock",
            "push_night",
            "push_owners",
        ),
        *("push_uncompared", "push_whole", "push_faults", "push_prove", "push_answers", "push_sent", "own_templates"),
    ),
}
"""The tests of each group, the quickest first; those that read the corpus are not needed."""

WANTED = 0.85


@dataclass(frozen=True, slots=True)
class Mutation:
    """A piece of source, which stands in its file once, and what is put in its place."""

    file: str
    old: str
    new: str

    @property
    def group(self) -> str:
        """What it is a mistake in."""
        groups: dict[str, str | tuple[str, ...]] = {"told": TOLD, "drill": DRILL, "plan": PLANNER, "push": PUSH}
        return next((name for name, start in groups.items() if self.file.startswith(start)), "heart")

    @property
    def tests(self) -> tuple[str, ...]:
        """The tests that should notice it."""
        return TESTS[self.group]

    @property
    def name(self) -> str:
        """The mutation as one line."""
        return f"{self.group}: {self.file}: {' '.join(self.old.split())} => {' '.join(self.new.split()) or '(nothing)'}"


RULES_OF_THE_GAME = (
    # boot: nothing forms before the peer was heard, and what shuts the vPCs outlives a start
    ("condition", "if has_carrier and all(own.heard for own in condition.switches):", "if has_carrier:"),
    ("condition", "legs=Legs.SHUT if _is_shut(wiring, condition, at) else Legs.WAITING", "legs=Legs.WAITING"),
    ("condition", "elif own.legs is Legs.WAITING:", "elif False:"),
    ("condition", "role=Role.PRIMARY, sticky=True, legs", "role=Role.PRIMARY, sticky=False, legs"),
    ("condition", "and (power, other) != (Power.OFF, Power.HUNG)", ""),
    # elect
    ("condition", "leader = sticky[0] if len(sticky) == 1 else by_priority", "leader = by_priority"),
    ("condition", "int(other < one)", "int(one < other)"),
    ("condition", "condition.assumed if one == other else", "0 if one == other else"),
    ("condition", "_formed(wiring, alone, priority_primary(wiring, alone))", "_formed(wiring, alone, primary)"),
    ("condition", "sticky=sticky and at == leader", "sticky=False"),
    # the peer-link is lost
    ("condition", "second = 1 - leader", "second = leader"),
    ("condition", "    if heard:\n        worst", "    if False:\n        worst"),
    ("condition", "suspended = replace(own, legs=Legs.SUSPENDED)", "suspended = own"),
    ("condition", "if late and (kind is Kind.RELOAD or is_tracked):", "if kind is Kind.RELOAD or is_tracked:"),
    ("condition", "if late and (kind is Kind.RELOAD or is_tracked):", "if False:"),
    ("condition", "and kind is not Kind.SHUTDOWN_DOMAIN", ""),
    ("condition", "        if not recovers(switch):\n            return", "        if False:\n            return"),
    ("condition", "flap=True, maybe=kind is Kind.RELOAD", "flap=True"),
    ("condition", "FAILOVER.worst if kind is Kind.PEER_LINK_SHUTDOWN else", ""),
    # promote
    ("condition", "role=role, sticky=True, legs=Legs.FORWARDING", "role=role, sticky=False, legs=Legs.FORWARDING"),
    ("condition", "role=role, sticky=True, legs=Legs.FORWARDING, bypass=True", "role=role, sticky=True, bypass=True"),
    ("condition", "sticky=True, legs=Legs.FORWARDING, bypass=True)\n\n", "sticky=True, legs=Legs.FORWARDING)\n\n"),
    # auto-recovery
    ("condition", "or heard or not recovers(switch)", "or heard"),
    ("condition", "or heard or not recovers(switch)", "or not recovers(switch)"),
    ("condition", "        if own.legs is Legs.SUSPENDED:\n", "        if False:\n"),
    # the peer-link is restored
    ("condition", "flaps = own.legs is Legs.FORWARDING and at != leader", "flaps = False"),
    ("condition", "is_new = all(own.legs", "is_new = False and all(own.legs"),
    ("condition", "mismatches=_mismatches(condition), held=frozenset())", "mismatches=_mismatches(condition))"),
    ("condition", "rejoins=returns and kind in DEAD", "rejoins=False"),
    # the consistency check
    ("condition", "Step(replace(condition, mismatches=mismatches), (lost", "Step(condition, (lost"),
    ("reach", "condition.leader is None or condition.switches[at].bypass", "condition.leader is None"),
    ("reach", "keeps = self.wiring.graceful and at == condition.leader", "keeps = at == condition.leader"),
    ("reach", "keeps = self.wiring.graceful and at == condition.leader", "keeps = self.wiring.graceful"),
    # the operator, and legs that nobody can check
    ("condition", "all(switch.domain and switch.domain.peer_switch for switch in wiring.peers)", "True"),
    ("condition", "or recovers(wiring.peers[at])", ""),
    ("condition", "if was_down else begun", ""),
    # the keepalive, and what there is not
    ("condition", "if wiring.keepalive_over_peer_link and not peer_link_up(wiring, condition):", "if False:"),
    ("condition", "if event.switch not in (None, *(switch.name for switch in wiring.peers)):", "if False:"),
    # who reaches what
    ("reach", "port.orphan_suspend and own.legs is not Legs.FORWARDING", "False"),
    ("reach", "stays or (segment.excluded[at] and segment.ports[at])", "stays"),
    ("reach", "is_rival and (alone or segment.alone[far])", "is_rival and segment.alone[far]"),
    ("reach", "if not segment.inhabited[far]:", "if False:"),
    ("reach", "Way.LOSSY if crosses and", "Way.LOSSY if"),
    ("reach", "joined = exits.by_link or (exits.by_peer_link[at] and self.condition.adjacent)", "joined = True"),
    ("reach", "self._out(at, segment) if segment.tunnelled else Way.DIRECT", "Way.DIRECT"),
    # how long it takes
    ("interruption", "waits.append(shift.orphans)", "pass"),
    ("interruption", "waits = [shift.svis] if host.is_routed else []", "waits: list[Seconds] = []"),
    ("interruption", "port.orphan_suspend or host.is_routed", "port.orphan_suspend"),
    ("interruption", "elif after.cables[index] < before.cables[index]:", "elif False:"),
    ("timers", "keepalive.hold_timeout + keepalive.interval / 1000", "keepalive.hold_timeout"),
    ("timers", "switch.keepalive.hold_timeout + switch.keepalive.timeout", "switch.keepalive.timeout"),
    ("timers", "best = 3 * interval + LEG_BRING_UP", "best = interval + LEG_BRING_UP"),
)
"""Mistakes in the drill, each a rule of the game (reference 5) without a part of it: file of ``drill/``, old, new."""

MUTATIONS = (
    Mutation("config.py", "yield indent if offset else 0, number + offset", "yield indent if offset else 0, number"),
    Mutation("config.py", 'if line[0] in " \\t" else', 'if line[0] == " " else'),
    Mutation("config.py", "stack[-1][0] >= indent", "stack[-1][0] > indent"),
    Mutation("config.py", "number += text.count(VERBATIM)", "pass"),
    Mutation("config.py", "done[0] if len(done) == 1 else", "done[0] if done else"),
    Mutation("config.py", "if text[0] in COMMENT:", "if False:"),
    Mutation("config.py", " if blank else (bisect_right, ordered[at])", ""),
    Mutation("config.py", "if known and known[0] == text:", "if known:"),
    Mutation("config.py", "            done = bisect_left(self.ordered, start + _LAST)\n", ""),
    Mutation(
        "config.py", "if not raw[len(head) : len(head) + 1].strip() and first_line(raw).rstrip() == head:", "if True:"
    ),
    Mutation("nxos/second_reader.py", "if _BANNER.match(entry.text) else 0", ""),
    Mutation("nxos/second_reader.py", "for kind in KINDS if kind.printed", "for kind in KINDS"),
    Mutation("nxos/second_reader.py", "_takes(reading.text(found.ours), found.text) and", ""),
    Mutation("nxos/second_reader.py", 'and recognise("", text) is None', ""),
    Mutation("nxos/second_reader.py", "and is_script(list(reading.lines))", ""),
    Mutation("nxos/second_reader.py", "any(begin[1] in line for line in before)", "False"),
    Mutation("nxos/second_reader.py", "found.ours == next(", "True or found.ours == next("),
    Mutation("nxos/second_reader.py", "max(reading.indent(found.line), 1)", "reading.indent(found.line)"),
    Mutation("nxos/parse.py", "(?:motd|exec)[ \\t]+", "(?:motd|exec)\\s+"),
    Mutation("nxos/parse.py", "for mark in _REFUSED:", "for mark in _REFUSED[:2]:"),
    Mutation("nxos/parse.py", "(\\^C|\\S)", "(\\S)"),
    Mutation("nxos/parse.py", "len(whole) > loose", "len(whole) >= loose"),
    Mutation("nxos/script.py", 'elif self.modes and head == "exit":', 'elif self.modes and head == "quit":'),
    Mutation("nxos/script.py", '"\\n" + DEEPER * depth + raw', '"\\n" + raw'),
    Mutation("nxos/ranges.py", "range(int(run[2]), int(run[3]) + 1)", "range(int(run[2]), int(run[3]))"),
    Mutation("nxos/ranges.py", "range(int(first), int(last) + 1)", "range(int(first), int(last))"),
    Mutation("nxos/ranges.py", "last = last if dash else first", "last = last or first"),
    Mutation("nxos/facts.py", "stack[-1].indent >= indent", "stack[-1].indent > indent"),
    Mutation("nxos/facts.py", "return VlanSet(known - value)", "return VlanSet(known | value)"),
    Mutation("nxos/facts.py", "line.negated != line.row.takes_out", "line.negated"),
    Mutation("nxos/facts.py", "if line.row.by_value and not line.negated:", "if False:"),
    Mutation("nxos/facts.py", "value if line.row.relists else VlanSet(known | value)", "VlanSet(known | value)"),
    Mutation("nxos/facts.py", "ALL_VLANS if before is None else before", "before or VlanSet()"),
    Mutation("nxos/effective.py", "and (fact is None or self._repeats(fact))", "and fact is None"),
    Mutation("nxos/effective.py", "if cause is None or cause.line.negated or", "if True or cause is None or"),
    Mutation("nxos/effective.py", "fact is None and self.facts.has(row.implied_by)", "self.facts.has(row.implied_by)"),
    Mutation("nxos/objects.py", 'in ("Ethernet", "mgmt") and "." not in name', 'in ("Ethernet", "mgmt")'),
    Mutation("nxos/objects.py", "list(section) == [_MANAGEMENT]", "False"),
    Mutation("nxos/effective.py", "facts.mode in _ONLY_ONE and", "False and"),
    Mutation("nxos/effective.py", '{"vpc peer-link": "peer_link", "vpc": "vpcs"}', '{"vpc": "vpcs"}'),
    Mutation("nxos/context.py", "return True if self.routed else self.switchport_shutdown", "return self.routed"),
    Mutation("nxos/context.py", 'return self.family != "n3k"', "return True"),
    Mutation("nxos/context.py", "self.jumbo_mtu if self.peer_link else 1500", "1500"),
    Mutation("nxos/commands.py", 'return f"no {line}" if row.takes_out else line', "return line"),
    Mutation("nxos/commands.py", '_with_verb(old, "remove") if trunk else', ""),
    Mutation("nxos/commands.py", "row.negation is Negation.LINE or ", ""),
    Mutation("nxos/commands.py", "row.undo or ", ""),
    Mutation(
        "nxos/catalogue/match.py", "loose and len(given) >= 2 and word.startswith(given)", "word.startswith(given)"
    ),
    Mutation("nxos/catalogue/match.py", "key=len, reverse=True", "key=len"),
    Mutation("nxos/catalogue/__init__.py", "return best[0] if len({", "return best[0] if best or len({"),
    Mutation("nxos/catalogue/canonical.py", '"timeout": "5"', '"timeout": "3"'),
    Mutation("nxos/catalogue/canonical.py", "if 'mode' in words else 'on'", "if 'mode' in words else 'active'"),
    Mutation("nxos/catalogue/row.py", "VlanSet(before - self.vlans)", "VlanSet(self.vlans - before)"),
    Mutation("nxos/catalogue/table.py", '"role_priority", 32667', '"role_priority", 32768'),
    Mutation(
        "nxos/catalogue/table.py",
        '"dual_active_exclude_vlans", _NO_VLANS, relists=True',
        '"dual_active_exclude_vlans", _NO_VLANS',
    ),
    Mutation("nxos/catalogue/table.py", 'kept_by="preempt delay minimum reload sync", ', ""),
    Mutation("nxos/affected.py", "else _restated(old) | _restated(new)", "else set()"),
    Mutation("nxos/affected.py", "return bare.difference(map(first_line, differing - bare))", "return bare"),
    Mutation("nxos/affected.py", "if _PRINTED.match(head) else", 'if head.startswith("interface ") else'),
    Mutation("nxos/affected.py", "equal |= _under(old, channels - topics.heads, odd=odd)", "pass"),
    Mutation("drill/wiring.py", "(switch.name, switch.domain, switch.keepalive,", "(switch.name, switch.keepalive,"),
    Mutation("drill/wiring.py", "(switch.name, switch.domain, switch.keepalive,", "(switch.name, switch.domain,"),
    Mutation("drill/wiring.py", "links = self.members, ", "links = "),
    Mutation("drill/wiring.py", "return self._decisive() == other._decisive()", "return False"),
    Mutation("drill/wiring.py", "return self._decisive() == other._decisive()", "return True"),
    Mutation("nxos/affected.py", "old ^ new | no_more | no_longer | never", "old ^ new"),
    Mutation("nxos/affected.py", "- single if not _opens_block(top)", "- single"),
    Mutation("nxos/pared.py", "if len(left) == len(right) and words <= _ALONE:", "if len(left) == len(right):"),
    Mutation("nxos/pared.py", "channel is not None and channel not in changed", "channel is not None"),
    Mutation("nxos/pared.py", "if rest != rest_then or ", "if "),
    Mutation("nxos/pared.py", "and head not in spoken", ""),
    Mutation("nxos/pared.py", "is_flat(raw) and _times(starts, raw.lower())", "_times(starts, raw.lower())"),
    Mutation("nxos/pared.py", "and not takes_back", ""),
    Mutation("nxos/pared.py", "and stated == sum(map(str.isdecimal, words))", ""),
    Mutation("nxos/facts.py", 'if recognise("interface", whole.strip()) else match[0]', ""),
    Mutation("nxos/facts.py", ' + "\\n" * more.count("\\n")', ""),
    Mutation("nxos/facts.py", "(?!  \\S)", "(?!  )"),
    Mutation("nxos/effective.py", "fact is None or fact.line.negated else str", "fact is None else str"),
    Mutation("nxos/effective.py", "if new.switchport and not old.switchport:", "if False:"),
    Mutation("diff/walk.py", "goes = cause and (", "goes = ("),
    Mutation("diff/walk.py", "if isinstance(value, VlanSet) else fact.text", "if False else fact.text"),
    Mutation("nxos/affected.py", "everything or loose or _cuts_words(old.words | new.words):", "everything or loose:"),
    Mutation("nxos/affected.py", "loose = _has_loose(others) or _has_loose(came) or", "loose ="),
    Mutation("nxos/affected.py", "_has_loose(others) or _has_loose(came) or any(", "_has_loose(others) or any("),
    Mutation(
        "nxos/affected.py",
        "_has_loose(came) or any(map(_is_loose, (*old.raws[:1], *new.raws[:1])))",
        "_has_loose(came)",
    ),
    Mutation("nxos/affected.py", "if line is not None and line.row.object_words:", "if False:"),
    Mutation("nxos/affected.py", "beginnings.update(_as_printed(head))", "pass"),
    Mutation("nxos/ranges.py", "return found if len(found) <= _LONGEST else ()", "return found"),
    Mutation("nxos/affected.py", 'if "vlan " in topics.beginnings else', "if False else"),
    Mutation("diff/__init__.py", "everything=here != there", "everything=False"),
    Mutation("diff/change.py", '(declared and rule == "replaced")', "declared"),
    Mutation("nxos/facts.py", "_merged(before, text) if before else text", "text"),
    Mutation("diff/vlans.py", "if gone.line.row is came.line.row and left & joined", "if left & joined"),
    Mutation("diff/walk.py", "if before.channel and after.channel else", "if before.channel or after.channel else"),
    Mutation(
        "diff/walk.py", "if row.trunk and owned and (not was or not will or ALL_VLANS in (was, will)):", "if False:"
    ),
    Mutation("diff/walk.py", "going = leaving if owned else VlanSet(", "going = VlanSet("),
    Mutation("diff/walk.py", "if old is None and not always_there(inner):", "if old is None:"),
    Mutation("diff/walk.py", "if declared or not leaves:", "if declared:"),
    Mutation("diff/walk.py", "if dropped or denied or self.policy.strict:", "if dropped or self.policy.strict:"),
    Mutation("diff/walk.py", "if dropped or denied or self.policy.strict:", "if dropped or denied:"),
    Mutation("diff/walk.py", "dropped and is_unproven(None, text.text)", "dropped"),
    Mutation("diff/walk.py", "if old and not new and row.kept_by and", "if False and row.kept_by and"),
    Mutation("diff/walk.py", "if setting.row.neutral is not None and", "if False and"),
    Mutation("diff/unknown.py", "if may_be(line[0], change.new, unknown):", "if True:"),
    Mutation("diff/unknown.py", "                runs.remove(line)\n", ""),
    Mutation("diff/unknown.py", "elif item.action is Action.REMOVE and item.old is not None:", "elif False:"),
    Mutation("diff/unknown.py", "left.get(change.section, [])", "[each for some in left.values() for each in some]"),
    Mutation("diff/unknown.py", "lines[each.lines[1] - 1] = old", "lines[each.lines[0] - 1] = old"),
    Mutation("nxos/redact.py", "or len(hidden) != len(secrets_in(running)):", ":"),
    Mutation("nxos/redact.py", "sorted(unknown, key=len, reverse=True)", "sorted(unknown, key=len)"),
    Mutation("nxos/redact.py", "        intended = intended.replace(reference, _ONE_WORD)", "        pass"),
    Mutation("nxos/redact.py", "MASK if next(marks) else secret", "MASK if next(marks) or True else secret"),
    Mutation("nxos/redact.py", 're.sub(_CLEAR, "", there) in (here, bare,', "there in (here, bare,"),
    Mutation("nxos/redact.py", "in (here, bare, re.sub(_WORDS", "in (here, re.sub(_WORDS"),
    Mutation("nxos/redact.py", 'bare, re.sub(_WORDS_OF_A_GATEWAY, "", bare))', "bare)"),
    Mutation("nxos/redact.py", 'bare = re.sub(_TYPE, "", here)', "bare = here"),
    Mutation("compare.py", "_as_far_as_known(task) if task.missing else task", "task"),
    Mutation("compare.py", "for reference in task.missing if reference in unknown", "for reference in task.missing"),
    *(Mutation(f"{DRILL}{file}.py", old, new) for file, old, new in RULES_OF_THE_GAME),
    *(Mutation(*each) for each in RULES_OF_A_CHANGE),
    *(Mutation(*each) for each in RULES_OF_A_PUSH),
    *(Mutation(*each) for each in RULES_OF_WHAT_IS_TOLD),
)


def notices(mutation: Mutation, folder: Path) -> bool | None:
    """Whether a test fails with this mistake in the source; None where the source has no such place."""
    path = folder / "mlagkit" / mutation.file
    source = path.read_text("utf-8")
    if source.count(mutation.old) != 1:
        return None
    path.write_text(source.replace(mutation.old, mutation.new), "utf-8")
    try:
        return not passes(folder, mutation.tests)
    finally:
        path.write_text(source, "utf-8")


def passes(folder: Path, tests: tuple[str, ...]) -> bool:
    """Whether those tests pass in that copy of the project."""
    names = [f"tests/test_{name}.py" for name in tests]
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-m", "not corpus", *names]
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False).returncode == 0


def main(word: str = "") -> int:
    """Run the mutations and report on each."""
    chosen = [mutation for mutation in MUTATIONS if word in mutation.name]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "project"
        folder.mkdir()
        for part in ("mlagkit", "tests", "templates", "schemas", "examples", "docs"):
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", folder)
        if not all(passes(folder, tests) for tests in {mutation.tests for mutation in chosen}):
            sys.exit("the tests fail without a mutation")
        found = [reported(mutation, folder) for mutation in chosen]
    caught = found.count(True)
    sys.stdout.write(f"{caught} of {len(found)} mutations noticed\n")
    return int(None in found or caught < WANTED * len(found))


def reported(mutation: Mutation, folder: Path) -> bool | None:
    """Whether it is noticed, which is said at once: all of them take longer than one likes to wait."""
    noticed = notices(mutation, folder)
    word = {True: "noticed", False: "NOT NOTICED", None: "NO SUCH PLACE"}[noticed]
    sys.stdout.write(f"{word}: {mutation.name}\n")
    sys.stdout.flush()
    return noticed


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
