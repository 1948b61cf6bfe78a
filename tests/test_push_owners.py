"""Somebody else who has a configuration session open on a switch: seen before a push, and once more before it types."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mlagkit.errors import Refused
from mlagkit.nxos.lab.chassis import OpenSession
from mlagkit.nxos.reply import Show
from mlagkit.nxos.sessions import Session, Untold, sessions
from mlagkit.push.back import Standing
from mlagkit.push.errand import Terms
from tests.live_pairs import LivePair, dc1
from tests.push_faults import scene
from tests.push_pair import TIMER, WHOLE, Pushed

ONE, OTHER = scene().errand.switches
ALLOWED = Terms(permissions=("unproven-timer", "competing-owner"))
ABSENT = "% Invalid command at '^' marker."

# ntc-templates, cisco_nxos_show_configuration_session_summary.raw.
OF_2017 = """\
Session Manager Database:
--------------------------------------------------------------------
Name                    Session Owner           Creation Time
--------------------------------------------------------------------
ACL-SESSION1            ntc                     02:37:14 UTC Oct 28 2017
ACL-SESS22              ntc                     02:37:55 UTC Oct 28 2017

Number of active configuration sessions = 2

"""
# Text index id 36308878557, cut to one session.
OF_2008 = """\
Name                    Session Owner           Creation Time
--------------------------------------------------------------------
myACLS                  admin                   21:34:39 UTC Apr 27 2008
Number of active configuration sessions = 1"""
# Text index id 27443885038: an N5K.
NONE = "There are no active configuration sessions \n"


def opened(pair: LivePair, name: str, owner: str = "ann") -> None:
    """Somebody opens a session now."""
    pair.switches[name].sessions.append(OpenSession("acl-change", owner, pair.now))


def answers(pair: LivePair, name: str, text: str) -> None:
    """What a switch says from now on when it is asked for its sessions."""
    chassis = pair.switches[name]
    chassis.faults = replace(chassis.faults, refuse={Show.SESSIONS.value: text})


def test_sessions() -> None:
    """Name, owner and time as the switch tells them."""
    assert sessions(OF_2017) == (
        Session("ACL-SESSION1", "ntc", "02:37:14 UTC Oct 28 2017"),
        Session("ACL-SESS22", "ntc", "02:37:55 UTC Oct 28 2017"),
    )
    assert sessions(OF_2008) == (Session("myACLS", "admin", "21:34:39 UTC Apr 27 2008"),)
    assert sessions(NONE) == ()


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "{}",
        "OK",
        "% Permission denied for the role",
        "Invalid command.",  # what napalm's client says of any error that brings no words
        f"{NONE}and more",
        OF_2017.replace("= 2", "= 3"),
        OF_2017.replace("= 2", "= 1"),
        OF_2017.replace("Number of active configuration sessions = 2\n", ""),
        OF_2017.replace("ACL-SESS22 ", "ACL SESS22 "),
        *(OF_2017[:end] for end in range(len(OF_2017.rstrip()) - 1)),
    ],
)
def test_no_list_of_sessions(answer: str) -> None:
    """What is cut, counted otherwise or worded otherwise tells nothing."""
    found = sessions(answer)
    assert isinstance(found, Untold)
    assert not found.absent


@pytest.mark.parametrize("said", [f"    ^\n{ABSENT}\n", "% Invalid command\n"])
def test_no_such_command(said: str) -> None:
    """The words of a terminal and of NX-API for a command that a switch does not have."""
    assert sessions(said) == Untold(said.replace("^\n", "").strip(), absent=True)


def test_ntc_templates(tmp_path: Path) -> None:
    """An independent reader takes the same from what the lab answers."""
    ntc = pytest.importorskip("ntc_templates.parse")
    pair = dc1(tmp_path)
    opened(pair, ONE)
    text = pair.ask(ONE, Show.SESSIONS)
    (row,) = ntc.parse_output(platform="cisco_nxos", command=Show.SESSIONS.value, data=text)
    assert sessions(text) == (Session(*(row[key] for key in ("session_name", "session_owner", "creation_time"))),)
    pair.switches[ONE].reload()
    assert pair.ask(ONE, Show.SESSIONS) == NONE


@pytest.mark.parametrize("terms", [TIMER, WHOLE])
def test_an_open_session_is_refused(terms: Terms, tmp_path: Path) -> None:
    """With its name, its owner and its time, and the permission that would allow it; nothing was sent."""
    pushed = Pushed.at(scene(), tmp_path)
    opened(pushed.pair, OTHER)
    since = f"{pushed.pair.now:%H:%M:%S UTC %b %d %Y}"
    words = f"{OTHER}: ann has the configuration session acl-change open since {since}"
    with pytest.raises(Refused, match=f"{words}\n  to go on all the same: --allow competing-owner"):
        pushed.run(terms)
    assert not any(each.write for each in pushed.world.sent)


def test_a_session_that_is_allowed(tmp_path: Path) -> None:
    """One that was known and allowed stands in the way no more when it is seen again."""
    pushed = Pushed.at(scene(), tmp_path)
    opened(pushed.pair, OTHER)
    assert pushed.run(ALLOWED).is_done


@pytest.mark.parametrize("terms", [TIMER, ALLOWED, WHOLE])
@pytest.mark.parametrize("say", ["opens", "falls silent"])
def test_a_session_that_is_opened_meanwhile(say: str, terms: Terms, tmp_path: Path) -> None:
    """Before the first line both are looked at again, and left as before, whatever of what was known was allowed."""
    pushed = Pushed.at(scene(), tmp_path)

    def meanwhile(name: str, line: str) -> None:
        if name == ONE and line.startswith("checkpoint "):
            if say == "opens":
                opened(pushed.pair, OTHER, "bob")
            else:
                answers(pushed.pair, OTHER, "hello")

    pushed.world.meanwhile = meanwhile
    outcome = pushed.run(terms)
    assert outcome.is_taken_back
    assert outcome.cause.startswith(f"{OTHER}: {'bob has' if say == 'opens' else 'it does not tell who has'}")
    assert not any(line["event"] == "step" for line in pushed.world.noted)
    assert set(pushed.standings().values()) == {Standing.OLD}
    assert not pushed.left(done=False)


def test_unknown_words_are_refused(tmp_path: Path) -> None:
    """A switch that says anything else may have one; it can be allowed, and is noted then."""
    pushed = Pushed.at(scene(), tmp_path)
    answers(pushed.pair, ONE, "hello")
    with pytest.raises(Refused, match=f"{ONE}: it does not tell who .* it says: hello\n.*competing-owner"):
        pushed.run()
    assert not any(each.write for each in pushed.world.sent)
    assert pushed.run(ALLOWED).is_done
    assert [(line["switch"], line["what"]) for line in pushed.world.noted if line["event"] == "untold"] == [
        (ONE, "hello")
    ]


def test_a_switch_without_the_command(tmp_path: Path) -> None:
    """It has no sessions: the push goes on, and says so."""
    pushed = Pushed.at(scene(), tmp_path)
    answers(pushed.pair, ONE, ABSENT)
    assert pushed.run().is_done
    assert [(line["switch"], line["what"]) for line in pushed.world.noted if line["event"] == "untold"] == [
        (ONE, ABSENT)
    ]
