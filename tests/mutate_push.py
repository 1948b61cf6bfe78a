"""Small mistakes in a push, each a rule of it (trust.md, docs/push.md) without a part: see `mutate`."""

from __future__ import annotations

PUSH = ("push/", "pushing.py", "cli/pushes.py")
"""How the files of a push begin."""

RULES_OF_A_PUSH = (
    # refused before the first command
    ("push/refusals.py", "if fingerprint(each.tree) != errand.base[name]:", "if False:"),
    ("push/refusals.py", "leaders != [errand.leader]", "False"),
    ("push/refusals.py", "if why := transaction.cannot_be_typed(line):", "if why := None:"),
    ("push/refusals.py", "if transaction.renames(line):", "if False:"),
    ("push/refusals.py", "if transaction.is_full(seen.checkpoints):", "if False:"),
    ("push/refusals.py", "if seen.unsaved != 0:", "if False:"),
    ("push/owners.py", "    elif not found.absent:\n", "    elif False:\n"),
    ("push/owners.py", "        if isinstance(before, Untold):\n            continue\n", ""),
    ("push/owners.py", "            if each not in before:\n", "            if True:\n"),
    ("push/arm.py", "    nobody_came(run, seen)\n", ""),
    ("push/whole.py", "    nobody_came(run, seen)\n", ""),
    ("push/refusals.py", "        yield from _misread(name, each)\n", ""),
    ("push/refusals.py", "if seen.ahead is None:", "if False:"),
    ("push/refusals.py", "proof.release != software.release and", "False and"),
    ("push/refusals.py", "proof and software and proof.serial != software.serial", "False"),
    ("push/refusals.py", "if check.result is Result.NOT_OK]", "if False]"),
    ("push/refusals.py", "each.permission not in permissions", "not permissions"),
    ("push/refusals.py", "terms.seconds < patience:", "False:"),
    ("push/refusals.py", "    if not seen.takes_files:\n", "    if False:\n"),
    ("push/refusals.py", "if Planned.of(seen.tree, name, errand.moves).text() is None:", "if False:"),
    # told before anybody is asked, and looked at again behind the answer
    ("push/consent.py", "    accepted = _refuse(errand, seen, terms)\n", "    accepted = ()\n"),
    ("push/consent.py", "    now = look(run)\n", "    now = seen\n"),
    ("push/consent.py", "    _refuse(errand, now, terms)\n", ""),
    ("push/consent.py", "each.permission not in errand.stops", "False"),
    # the gates
    ("push/gate.py", "    if len(told) < len(every):\n        return False\n", ""),
    ("push/gate.py", "all(vpc.keepalive is", "any(vpc.keepalive is"),
    ("push/gate.py", "vpc.peer is PeerStatus.OK and _links_up(vpc)", "vpc.peer is PeerStatus.OK"),
    ("push/gate.py", "vpc.peer is PeerStatus.OK and _links_up(vpc)", "_links_up(vpc)"),
    ("push/gate.py", "all(vpc.consistency is", "any(vpc.consistency is"),
    ("push/gate.py", "int(number) not in _up(before[switch]) or", ""),
    ("push/gate.py", "or int(number) in _up(now[switch])", ""),
    ("push/gate.py", "    return False  # a condition", "    return True  # a condition"),
    # what was reviewed
    ("cli/pushes.py", "            templates=order.templates[pair.file],\n", ""),
    ("cli/pushes.py", "            base=_base(order, pair),\n", ""),
    ("cli/pushes.py", "len(approve) < 8 or not errand.hash.startswith(approve)", "len(approve) < 8"),
    # armed before anything is typed
    ("push/arm.py", "- known:", "- {*kept[name], *transaction.timers(tree)}:"),
    ("push/arm.py", "if name in run.kept and run.id not in kept[name]:", "if False:"),
    ("push/arm.py", "if not same(run.apart(name, tree), run.before[name]):", "if False:"),
    ("push/arm.py", "        if permission not in want.permissions:\n            raise\n", ""),
    ("push/arm.py", "at - timedelta(seconds=ahead), scheduler", "at, False"),
    ("push/arm.py", "if timer and timer.scheduler and transaction.has_scheduler(tree):", "if False:"),
    ("push/arm.py", "if run.id in transaction.timers(tree) else ()", "if False else ()"),
    # carried out
    ("push/carry.py", "        run.touched.add(move.switch)\n", ""),
    ("push/carry.py", "            at_gate(run, move, before, patience)\n", "            pass\n"),
    (
        "push/run.py",
        "            if verdict.stops:\n                self",
        "            if False:\n                self",
    ),
    ("push/wire.py", '        self.note("type", switch=self.name, commands=list(lines))\n', ""),
    ("push/wire.py", '        self.note("send", switch=self.name, command=command)\n', ""),
    ("push/wire.py", "                raise DeviceError(self.name, error.tried, _NOBODY_KNOWS) from error\n", ""),
    # finished
    ("push/finish.py", "    if missing:\n        raise", "    if False:\n        raise"),
    ("push/finish.py", '            raise Fault(name, "its timer is still armed")\n', "            pass\n"),
    ("push/finish.py", "        run.act(name, transaction.SAVE, LONG)\n", ""),
    ("push/finish.py", "        disarm(run, name, tree)\n", ""),
    ("push/engine.py", "stand == Stand(standing)", "stand.standing is standing"),
    ("push/engine.py", "            if not _all_new(run, after):\n                break\n", ""),
    ("push/engine.py", "except BaseException as error:", "except Fault as error:"),
    # taken back
    ("push/back.py", "    if name in run.touched and not same(", "    if not same("),
    ("push/back.py", "    if verdict.meaning is not Meaning.HARMLESS:\n", "    if False:\n"),
    ("push/back.py", "            found[name] = _by_timer(run, name)\n", "            pass\n"),
    ("push/back.py", "_RESTART = 600.0", "_RESTART = 0.0"),
    ("push/back.py", "    disarm(run, name, tree)\n", ""),
    ("push/back.py", "        run.act(name, transaction.forget(run.id))\n", "        pass\n"),
    ("push/back.py", "        _undo(run, name)\n        return\n", "        return\n"),
    ("push/back.py", "for move in reversed([move", "for move in ([move"),
    # by a second controller
    ("push/resume.py", "if UNDO not in events and (after", "if (after"),
    ("push/resume.py", "must=bool(OFF & events)", "must=False"),
    ("push/resume.py", "        if must:\n            raise\n", ""),
    ("push/resume.py", 'not (again and line["result"] == REFUSED)', "True"),
    ("push/resume.py", "                run.kept.add(switch)\n", "                pass\n"),
    ("push/resume.py", "                run.saved.add(switch)\n", "                pass\n"),
    ("push/whole.py", "    if verdict.stops and not again:\n", "    if verdict.stops:\n"),
    ("push/whole.py", "        run.touched.add(name)\n", ""),
    # written down, one at a time
    ("push/journal.py", 'line.get("previous") != previous or', ""),
    ("push/journal.py", "            os.fsync(self._handle)\n", ""),
    ("push/journal.py", "                os.ftruncate(self._handle, self._end.whole)\n", "                pass\n"),
    ("push/journal.py", "            while left:\n", "            if left:\n"),
    ("pushing.py", "        if not run.note.sent:\n", "        if True:\n"),
    ("pushing.py", "        run.note.must = False  # why", "        pass  # why"),
    ("push/engine.py", "    except KeyboardInterrupt:\n        return (", "    except EOFError:\n        return ("),
    ("pushing.py", '    if ended in ("", UNFINISHED):\n', "    if False:\n"),
    ("pushing.py", "if not _RUN.fullmatch(name) or", "if"),
    ("push/copies.py", 'not in ("", UNFINISHED)', '!= ""'),
    ("push/copies.py", "        if _has_ended(runs, run):\n", "        if True:\n"),
    ("push/notes.py", "            if self.must:\n                raise\n", ""),
    ("push/lock.py", "    if found is None or found.id != name:\n", "    if found is None:\n"),
    ("push/lock.py", "        if _read(path) == holder:\n", "        if True:\n"),
    # what nobody could compare
    ("pushing.py", "            run.note(UNCOMPARED, what=line)\n", "            pass\n"),
    ("pushing.py", "return replace(outcome, uncompared=errand.uncompared)", "return outcome"),
    ("pushing.py", 'if line["event"] == UNCOMPARED]', "if False]"),
    ("pushing.py", "    return all(copy_of(", "    return True or all(copy_of("),
    (
        "pushing.py",
        "_unless_stopped(run, work)\n    except OSError",
        "_unless_stopped(run, work)\n    except EOFError",
    ),
)
"""Mistakes in a push: file, old, new. That a disk was waited for no test can see; the mistake is here to say so."""
