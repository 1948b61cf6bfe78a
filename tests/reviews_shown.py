"""Writes reviews to be looked at, as Markdown and as pages: ``python -m tests.reviews_shown DIR``, or ``make look``.

The twelve scenario changes, one with drift between it and the live switches, two hundred hostile descriptions, and a
change of 500 VLANs and 100 vPCs.
"""

from __future__ import annotations

import contextlib
import json
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from mlagkit.config import ConfigTree
from mlagkit.expand import expand
from mlagkit.fleet.effort import Effort
from mlagkit.intent import Pair
from mlagkit.nxos.parse import parse
from mlagkit.render import render
from mlagkit.report.document import Document
from mlagkit.report.markdown import LONGEST, size
from mlagkit.report.review.html import review_html
from mlagkit.report.review.markdown import review_markdown
from mlagkit.review.beside import Beside
from mlagkit.review.live import Reader
from mlagkit.review.run import Asked, reviewed
from mlagkit.state import Role
from tests.hostile_words import HOSTILE
from tests.repositories import Repository
from tests.review_cases import BASES, CASES, FILE, OTHER, PAIR


def main(folder: Path) -> None:
    """Write all of them, and print how long each is."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, document in shown():
        texts = {
            "md": review_markdown(document, 10**7 if name == "hostile" else LONGEST),
            "html": review_html(document),
        }
        for suffix, text in texts.items():
            (folder / f"{name}.{suffix}").write_text(text, "utf-8")
        sys.stdout.write(f"{name}: {size(texts['md']):,} characters of Markdown, {size(texts['html']):,} of HTML\n")


def shown() -> Iterator[tuple[str, Document]]:
    """Each review by its name."""
    for name, head in CASES.items():
        yield name, changed({FILE: PAIR} | OTHER | dict(BASES.get(name, {})), head)
    yield "drift", changed({FILE: PAIR}, CASES["add-vlan"] | {"mlagkit.toml": "fail-level = 'none'\n"}, reader=_typed())
    yield "hostile", changed({FILE: PAIR}, {FILE: hostile_pair()})
    yield "large", changed({FILE: PAIR} | OTHER, {FILE: large_pair()})


def changed(base: Mapping[str, str], head: Mapping[str, str], reader: Reader | None = None) -> Document:
    """The review of a branch with these files."""
    with tempfile.TemporaryDirectory() as name, contextlib.chdir(name):
        repository = Repository.new(Path(name).resolve(), base)
        repository.git("switch", "-c", "topic")
        repository.write(head)
        repository.commit("change")
        beside = Beside(Path("templates") if Path("templates").exists() else None)
        asked = Asked(revision="main", paths=("pairs",), day=date(2026, 11, 27), beside=beside, reader=reader)
        return reviewed(asked, Effort())


def hostile_pair() -> str:
    """The example with two hundred ports whose descriptions try to break out of wherever they are shown."""
    known = [text.strip() for text in HOSTILE if "?" not in text]
    lines = [
        f"    Ethernet{2 + number // 40}/{number % 40 + 1}: "
        f"{{mode: access, vlan: 10, description: {json.dumps(text)}}}\n"
        for number, text in enumerate(known)
    ]
    return PAIR.replace("interfaces:\n  leaf-101:\n", f"interfaces:\n  leaf-101:\n{''.join(lines)}")


def large_pair() -> str:
    """The example with 500 VLANs and 100 vPCs more, and a mistake that rules find on each switch."""
    vlans = "".join(f"  {number}: V{number}\n" for number in range(1000, 1500))
    vpcs = "".join(
        f"  {number}: {{profile: server, host: h-{number}, vlans: [1000-1499], "
        f"members: [Ethernet{2 + number // 40}/{number % 40 + 1}]}}\n"
        for number in range(100, 200)
    )
    hosts = "".join(f"  h-{number}: {{bond: 802.3ad}}\n" for number in range(100, 200))
    text = CASES["keepalive-vrf"][FILE].replace("  30: storage\n", f"  30: storage\n{vlans}")
    return text.replace("\ninterfaces:\n", f"{vpcs}\ninterfaces:\n").replace("\nhosts:\n", f"\nhosts:\n{hosts}")


def _typed() -> Reader:
    """Switches that run what the base says, but for what somebody typed on the first."""

    def read(pairs: Sequence[Pair]) -> Mapping[str, tuple[Mapping[str, ConfigTree], Mapping[str, Role]]]:
        return {pair.file: (_running(pair), {}) for pair in pairs}

    return Reader(read=read, secrets=lambda _: None, user=lambda _: None)


def _running(pair: Pair) -> Mapping[str, ConfigTree]:
    texts = {name: render(switch) for name, switch in expand(pair).items()}
    first = pair.hostnames[0]
    texts[first] = texts[first].replace("name db\n", "name tmp-jim\n").replace("mtu 9216\n", "")
    return {name: parse(text, f"{name} (nxapi)") for name, text in texts.items()}


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute())
