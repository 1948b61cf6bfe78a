"""What stands in the place of a reference to a secret is shown in no form, nor is a secret in a raw line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mlagkit.cli.texts import SECRET_KEYS
from tests.command import Run
from tests.conftest import ROOT
from tests.rule_examples import BASE

FORMS = ("text", "json", "github", "gitlab", "sarif", "junit", "markdown", "html")
HSRP = "    hsrp: {group: 10, address: 10.0.10.1, authentication: %s}\n"
SVI = "svis:\n  10:\n    address: {sw-a: 10.0.10.2/24, sw-b: 10.0.10.3/24}\n"


def connecting(words: str) -> str:
    """The base with a way to reach the first switch."""
    return BASE.replace("sw-a: {management", f"sw-a: {{connect: {{{words}}}, management")


# What is wrong, each with the secret `hunter2` or `20262027` in it.
LEAKS = {
    "in a flow": connecting("host: x, password: hunter2, username: hunter2"),
    "before another mistake": connecting("password: hunter2, hots: x"),
    "quoted": connecting('password: "hunter2"'),
    "a number": connecting("password: 20262027"),
    "in capitals": connecting("Password: hunter2"),
    "a list": connecting("password: [hunter2]"),
    "per switch": f"{BASE}{SVI}{HSRP % '{sw-a: text hunter2, sw-b: text hunter2}'}",
    "per switch, in lines of their own": f"{BASE}{SVI}"
    "    hsrp:\n      group: 10\n      address: 10.0.10.1\n"
    "      authentication:\n        sw-a: text hunter2\n        sw-b: 20262027\n",
    "behind a key that is none": connecting("passwd: hunter2"),
    "in a line that is none": f"{BASE}extras: snmp-server community hunter2 ro\n",
    "in a list that is none": f"{BASE}extra:\n  - username admin password 0 hunter2\n  - {{}}\n",
    "in a file that is none": f"{BASE}x: {{password: hunter2\n",
    "in a line of two findings": BASE.replace("id: 10", "{password: hunter2}: 1"),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("text", LEAKS.values(), ids=LEAKS)
@pytest.mark.parametrize("file", ["pair.yaml", "pair.txt"])
def test_no_secret(text: str, form: str, file: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A secret that was written where it must not stand is in no output."""
    monkeypatch.chdir(tmp_path)
    Path(file).write_text(text, "utf-8")
    for command in ("validate", "render"):
        ended = run(command, file, *(("--format", form) if command == "validate" else ()))
        assert ended.code == 2
        assert "hunter2" not in ended.out + ended.err
        assert "20262027" not in ended.out + ended.err


def test_the_rest_of_the_line_is_shown(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands before the secret is shown, and so are references, with the caret where it belongs."""
    monkeypatch.chdir(tmp_path)
    Path("pair.yaml").write_text(connecting("username: env:ME, password: hunter2, host: x"), "utf-8")
    assert (
        "  7 |   sw-a: {connect: {username: env:ME, password: <secret>\n"
        "    |                                                ^\n"
    ) in run("validate", "pair.yaml").out


def test_a_time_is_no_secret(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The key of a cluster's timer sounds like one of a secret, and its value is shown."""
    monkeypatch.chdir(tmp_path)
    hosts = "{db-01: {timers: {corosync_token: 3s}, heartbeats: 99}}"
    Path("pair.yaml").write_text(BASE.partition("\nhosts:")[0] + f"\nhosts: {hosts}\n", "utf-8")
    assert hosts in run("validate", "pair.yaml").out


def test_every_key_is_known() -> None:
    """The keys whose values may be secrets are those that take a reference to one."""

    def keys(schema: object) -> set[str]:
        if isinstance(schema, list):
            return set().union(*map(keys, schema)) if schema else set()
        if not isinstance(schema, dict):
            return set()
        found = {name for name, value in schema.get("properties", {}).items() if "env:" in json.dumps(value)}
        return found.union(*(keys(value) for value in schema.values())) if schema else found

    schema = json.loads((ROOT / "schemas" / "pair.json").read_text("utf-8"))
    assert keys(schema) == SECRET_KEYS
