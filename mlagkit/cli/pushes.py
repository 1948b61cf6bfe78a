"""What ``mlagkit push`` is asked to do, from its options, for one pair or many."""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mlagkit.cli.compared import compared, secret_mask
from mlagkit.cli.devices import Reach
from mlagkit.cli.office import office_of, state_folder
from mlagkit.cli.options import Options
from mlagkit.cli.own_rules import rules_of_push
from mlagkit.cli.templates import own_templates
from mlagkit.compare import OwnTemplates
from mlagkit.device.credentials import login_name, user_name
from mlagkit.diff import fingerprint
from mlagkit.errands import errand_from, errand_of, judged_anew, plan_of, unlike
from mlagkit.errors import DeviceError, InputError, MlagkitError, Refused
from mlagkit.finding import Origin
from mlagkit.input_rules import input_error
from mlagkit.intent import Pair
from mlagkit.plan import Plan
from mlagkit.plan import Reach as Ways
from mlagkit.planning import plan_pair
from mlagkit.push.consent import Ask
from mlagkit.push.engine import Outcome
from mlagkit.push.errand import Errand, Terms
from mlagkit.push.look import Seen, roles
from mlagkit.push.proof import proofs, proofs_of
from mlagkit.push.refusals import Refusal
from mlagkit.pushing import Office, push_pair, resume_run, roll_back_run
from mlagkit.report.document import Document
from mlagkit.report.paint import paint
from mlagkit.report.plan.document import plan_document
from mlagkit.report.plan.text import plan_text
from mlagkit.report.push import accepted_text
from mlagkit.secrets import resolver
from mlagkit.validate import Rules, load

if TYPE_CHECKING:
    from mlagkit.push.journal import Line

_NO_PLAN = "it is not what `mlagkit plan --save FILE` writes"

Ended = Outcome | MlagkitError
"""How the push of a pair ended, or why it was not begun."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What was asked for: pairs, or a saved plan, or both; a run that is to be gone on with needs neither.

    ``templates`` are those of each pair, by file; ``rules`` judge what a plan comes to. ``asking`` is held while
    somebody reads a plan and answers, since a terminal takes one question at a time.
    """

    options: Options
    pairs: Sequence[Pair]
    templates: Mapping[str, OwnTemplates]
    rules: Rules
    document: Document | None
    given: Mapping[str, Any]
    halt: threading.Event
    asking: threading.Lock

    @classmethod
    def of(cls, options: Options, paths: Sequence[str], given: Mapping[str, Any]) -> Order:
        """Usage errors for what can't be asked for together; InputError for files that can't be used."""
        runs = [given["resume"], given["rollback"]]
        if sum(map(bool, runs)) + bool(paths or given["plan_file"]) != 1:
            raise click.UsageError("give a pair file, or --plan FILE, or one of --resume and --rollback with a run")
        if given["insecure"] and os.environ.get("CI"):
            raise Refused("--insecure is no way to push from CI: pin the certificates with mlagkit trust")
        if paths and os.environ.get("CI") and not (given["approve"] or given["plan_file"]):
            raise Refused("in CI nobody is asked: say which plan somebody has seen, by --approve HASH or --plan FILE")
        pairs = load(paths) if paths else []
        names = [pair.name for pair in pairs]
        document = plan_of(_document(given["plan_file"]), names) if given["plan_file"] else None
        if document and pairs and names != [document.get("pair")]:
            raise click.UsageError(f"the plan is for {document.get('pair')}: give the pair file of that one")
        return cls(
            options=options,
            pairs=pairs,
            templates=own_templates(pairs, given) if pairs else {},
            rules=Rules.of(()) if any(runs) else rules_of_push(pairs, given),
            document=document,
            given=given,
            halt=threading.Event(),
            asking=threading.Lock(),
        )


def carried_out(
    order: Order, heard: Callable[[Line], None], copied: Callable[[str], None]
) -> Iterator[tuple[str, Ended]]:
    """Each pair with how its push ended, as they end; lines of journals are ``heard``, and as written ``copied``."""
    reach = Reach.of(order.options, order.pairs, order.given, some=not order.pairs)
    office = office_of(reach, heard, copied, order.halt.is_set, order.given["break_lock"] or "")
    run = order.given["resume"] or order.given["rollback"]
    if run:
        work = resume_run if order.given["resume"] else roll_back_run
        yield run, _ended(lambda: work(office, run))
        return
    if not order.pairs:
        assert order.document is not None
        name = str(order.document.get("pair", order.given["plan_file"]))
        yield name, _ended(lambda: _saved(order, office, reach))
        return
    if len(order.pairs) > order.given["max_pairs"]:
        _check_number(order)
    if len(order.pairs) == 1:
        yield order.pairs[0].name, _ended(lambda: _one(order, office, reach, order.pairs[0]))
        return
    yield from _many(order, office, reach)


def _many(order: Order, office: Office, reach: Reach) -> Iterator[tuple[str, Ended]]:
    """``--jobs`` pairs at once; who stops it stops all of them before their next step, and hears how each ended."""
    with ThreadPoolExecutor(min(order.options.jobs, len(order.pairs)), "pair") as pool:
        begun = [
            (pair, pool.submit(_ended, lambda pair=pair: _one(order, office, reach, pair)))  # type: ignore[misc]
            for pair in order.pairs
        ]
        for pair, future in begun:
            try:
                ended = future.result()
            except KeyboardInterrupt:
                order.halt.set()
                for _, other in begun:
                    other.cancel()
                ended = Refused("stopped by the operator") if future.cancelled() else future.result()
            except CancelledError:
                ended = Refused("stopped by the operator")
            yield pair.name, ended


def _ended(work: Callable[[], Outcome]) -> Ended:
    try:
        return work()
    except MlagkitError as error:
        return error


def _one(order: Order, office: Office, reach: Reach, pair: Pair) -> Outcome:
    secrets = resolver(os.environ)

    def made(seen: Mapping[str, Seen]) -> tuple[Errand, Ask | None]:
        plan = plan_pair(
            pair,
            {name: each.tree for name, each in seen.items()},
            secrets=secrets,
            base=_base(order, pair),
            user=login_name(os.environ, pair, secrets),
            templates=order.templates[pair.file],
            roles=roles(seen),
            rules=order.rules.rules,
            day=order.options.date,
        )
        return _approved(order, errand_of(plan, secret_mask())), _asking(order, plan)

    return push_pair(office, pair.name, reach.targets(pair), made, _terms(order))


def _saved(order: Order, office: Office, reach: Reach) -> Outcome:
    """A saved plan alone: where its switches are, only --connect tells."""
    assert order.document is not None
    try:
        errand = errand_from(order.document, order.options.date)
    except ValueError as error:
        raise _unusable(order.given["plan_file"], str(error)) from error
    targets = reach.targets_of(errand.switches)

    def made(seen: Mapping[str, Seen]) -> tuple[Errand, Ask | None]:
        running = {name: each.tree for name, each in seen.items()}
        if any(fingerprint(tree) != errand.base[name] for name, tree in running.items()):
            return errand, None  # which is refused, whatever it needs
        way = Ways(frozenset(each.host for each in targets), user_name(os.environ))
        again = judged_anew(
            errand, running, roles(seen), way, order.options.date, rules=order.rules.rules, mask=secret_mask()
        )
        return _approved(order, again), None

    return push_pair(office, errand.pair, targets, made, _terms(order))


def _approved(order: Order, errand: Errand) -> Errand:
    """The errand, if it is what a person has seen, and no larger than allowed."""
    approve, limit = order.given["approve"], order.given["max_delete"]
    if order.document and (lines := unlike(order.document, errand)):
        raise Refused("\n".join(("the plan is not any more the one that was saved:", *lines)))
    if approve and (len(approve) < 8 or not errand.hash.startswith(approve)):
        raise Refused(
            f"the plan has the hash {errand.hash[:12]}, not {approve[:12]}: it is not the one that was reviewed; "
            "the --base REF of the review counts, too; "
            "mlagkit plan --device shows it, and push --plan FILE says which lines differ"
        )
    if errand.deleted > limit:
        raise Refused(f"{errand.deleted} objects would be deleted: --max-delete {errand.deleted} allows it")
    return errand


def _asking(order: Order, plan: Plan) -> Ask | None:
    """Who pushes from a terminal, and named no plan, sees it first (trust.md, S16); None where nobody is asked."""
    if order.given["approve"] or order.document or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    return partial(_confirmed, order, plan)


def _confirmed(order: Order, plan: Plan, accepted: Sequence[Refusal]) -> None:
    """Show a plan, and what was allowed of all that stands against its push; Refused unless the answer is yes."""
    document = plan_document(
        plan,
        secret_mask(),
        created=order.options.date.isoformat(),
        expires=None,
        commit=None,
        allowed=order.given["allow"],
        max_delete=order.given["max_delete"],
    )
    shown = plan_text(document, width=order.options.width, paint=paint(order.options.color))
    with order.asking:
        click.echo(f"{shown}{accepted_text(accepted)}", err=True)
        try:
            answer = click.confirm(f"Carry it out on {' and '.join(plan.switches)}?", default=False, err=True)
        except click.Abort as error:
            raise Refused("stopped by the operator") from error
    if not answer:
        raise Refused("the plan was shown, and not confirmed")


def _check_number(order: Order) -> None:
    """Count the pairs that would change before any is changed."""
    secrets = resolver(os.environ)
    changing = []
    for each in compared(order.options, order.pairs, {**order.given, "device": "live"}):
        trees = {name: read for name, read in each.running.items() if not isinstance(read, DeviceError)}
        if len(trees) < len(each.running):
            raise next(read for read in each.running.values() if isinstance(read, DeviceError))
        made = plan_pair(each.pair, trees, secrets=secrets, base=each.base, templates=each.templates, roles=each.roles)
        if made.steps:
            changing.append(each.pair.name)
    if len(changing) > order.given["max_pairs"]:
        raise Refused(f"{len(changing)} pairs would change: --max-pairs {len(changing)} allows it")


def _base(order: Order, pair: Pair) -> Pair | None:
    from mlagkit.revision import pair_at

    return pair_at(order.given["base"], pair.file) if order.given["base"] else None


def _terms(order: Order) -> Terms:
    minutes = order.given["timer"]
    known = proofs(proofs_of(state_folder(os.environ)))
    return Terms(
        permissions={*order.given["allow"]},
        proofs=known,
        seconds=60.0 * minutes if minutes else None,
        replace=order.given["replace"],
        rules=order.rules.files,
        local_rules=order.given["allow_local_rules"],
    )


def _document(file: str) -> Document:
    try:
        found = json.loads(Path(file).read_text("utf-8"))
    except OSError as error:
        raise _unusable(file, f"it can't be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise _unusable(file, _NO_PLAN) from error
    if not isinstance(found, dict):
        raise _unusable(file, _NO_PLAN)
    return found


def _unusable(file: str, reason: str) -> InputError:
    return input_error("IN28", f"the plan can't be used: {reason}", Origin(file))
