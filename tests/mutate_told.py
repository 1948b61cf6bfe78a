"""Small mistakes in what is told to others, auditors and those who get a report: see `mutate`."""

from __future__ import annotations

TOLD = ("audit.py", "bundle/", "pseudonym/", "nxos/disguise.py", "push/journal.py", "push/syslog.py")
"""How the files of it begin."""

RULES_OF_WHAT_IS_TOLD = (
    # a journal
    ("audit.py", "    if record.broken:\n", "    if False:\n"),
    ("audit.py", 'if number == 1 and (line.get("event"), line.get("run")) !=', "if False and () !="),
    ("audit.py", 'or (line["event"] == END and "result" not in line)', ""),
    ("audit.py", "        if seal.number > len(record.lines):\n", "        if False:\n"),
    ("audit.py", "        elif not seal.holds(record):\n", "        elif False:\n"),
    ("audit.py", "if seal.run == path.stem]", "]"),
    ("audit.py", "if half or not how_it_ended(record.lines):", "if half:"),
    ("audit.py", "if path.stat().st_size > record.whole else", "if False else"),
    ("audit.py", "sorted({seal.run for seal in seals} - there)", "[]"),
    ("audit.py", "for seal in seals if seal.run not in sealed)", "for seal in ())"),
    ("audit.py", "verdict=Verdict.UNREADABLE", "verdict=Verdict.OPEN"),
    ("audit.py", 'for place in (folder, folder / "runs"):', "for place in (folder,):"),
    ("push/journal.py", "self.number - 1 : self.number", "self.number - 1 :"),
    ("push/syslog.py", "            self.close()  # syslog", "            pass  # syslog"),
    ("push/syslog.py", '"backslashreplace")[:LENGTH]', '"backslashreplace")'),
    ("push/syslog.py", "            self._wait = 0.0\n", ""),
    ("push/syslog.py", "        self.lost += not sent\n", ""),
    # a network that nobody knows
    ("nxos/disguise.py", "word.lower() in self._known", "True"),
    ("nxos/disguise.py", "self.text(line)\n                end", "self.line(line)\n                end"),
    ("nxos/disguise.py", "forms = self.text if _TEXT.match(line) else", "forms = self._structured if False else"),
    ("nxos/disguise.py", "self.secret(line[start:end])]", "forms(line[start:end])]"),
    ("nxos/disguise.py", "        if self.is_reference(secret):\n", "        if False:\n"),
    ("nxos/disguise.py", "if int(form[0]) < _CLOCK else", "if True else"),
    ("nxos/disguise.py", "if _WELL_KNOWN_MAC.match(digits) else", "if True else"),
    ("nxos/disguise.py", 'if form["mask"] else None', "if False else None"),
    ("nxos/disguise.py", "(?<!\\d)(?<!\\d\\.)(?P<ipv4>", "(?<![\\w.-])(?P<ipv4>"),
    ("nxos/disguise.py", "(?:FXP|[A-Z]{1,2}(?:", "(?:FXP|[A-Z]+(?:"),
    ("nxos/disguise.py", '"username", "user",', '"user",'),
    ("nxos/disguise.py", "(?<=\\bengineid local )", "(?<=\\bengineid local x)"),
    ("pseudonym/addresses.py", '"::/127", "ff00::/12"', '"::/8", "ff00::/12"'),
    ("pseudonym/addresses.py", "known not in _FORKS and", ""),
    ("pseudonym/addresses.py", 'if length is not None and "1" not in bits[length:]:', "if False:"),
    ("pseudonym/addresses.py", "bits[:at])) for at", "bits[:1])) for at"),
    ("pseudonym/words.py", "(kind, each) not in self._used and", ""),
    ("pseudonym/words.py", "and each not in taken)", ")"),
    ("pseudonym/words.py", "new.upper() if old.isupper() else new", "new"),
    ("pseudonym/words.py", "new if old.isascii() else _FAR[new]", "new"),
    ("pseudonym/words.py", '(0, first) if digits[0] == "0" else', "(0, 10 * first) if digits[0] == '0' else"),
    ("pseudonym/words.py", "other = next(free, drawn(start))", "other = next(free)"),
    ("pseudonym/words.py", "range(1, 23456), range(23457, 64512)", "range(1, 64512)"),
    ("pseudonym/words.py", "if number in _RESERVED:", "if False:"),
    ("pseudonym/words.py", "| (int(digits[:2], 16) & 3) << 16", ""),
    ("bundle/inputs.py", "disguise.text(_COMMENT.sub(", "str(_COMMENT.sub("),
    ("bundle/inputs.py", '    if place.style in ("|", ">"):\n', "    if False:\n"),
    ("bundle/inputs.py", "disguise.is_reference(place.value) or", "False or"),
    ("bundle/inputs.py", "            number += 1\n            name = f", "            break\n            name = f"),
    ("bundle/inputs.py", "Path(os.path.abspath(file))", "Path(file).absolute()"),
    ("bundle/said.py", '        str(Path.home()): "~",\n', ""),
    ("bundle/said.py", 'bool(row["waived"])', "False"),
    ("bundle/inputs.py", "not place.value.startswith(_NO_SECRET)", "True"),
    ("nxos/disguise.py", 'end = "" if end in line else end', 'end = ""'),
    ("bundle/make.py", "(was.code, was.verdict) != (now.code, now.verdict)", "was.code != now.code"),
)
"""File, old, new."""
