"""Both switches of a pair, read live over every transport: whole, from the right switch, or not at all."""

from __future__ import annotations

import re
import socket
import subprocess
import traceback
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import asyncssh
import pytest
from paramiko import ECDSAKey

from mlagkit.device import trust
from mlagkit.device.connect import Means, open_device
from mlagkit.device.credentials import Credentials, Login, Password
from mlagkit.device.read import Reading, read_running
from mlagkit.device.store import Certificate, HostKey, Store
from mlagkit.device.target import Options, Target, Transport
from mlagkit.errors import BrokenReply, DeviceError
from mlagkit.nxos.lab import Answer, Faults, HttpFault, Lab, LabSwitch
from mlagkit.nxos.lab import ssh as ssh_server
from mlagkit.nxos.lab.login import Login as LabLogin
from mlagkit.nxos.lab.shell import Shell as LabShell
from mlagkit.nxos.reply import Show, without_stamps
from tests.tls import self_signed

pytestmark = pytest.mark.interop

SECRET = "s3cret-Pass"
NAMES = ("leaf-101", "leaf-102")
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
RUNNING = Show.RUNNING_CONFIG.value
PATIENT = Options(connect_timeout=20, read_timeout=20)
NXAPI, SSH, NXOS_SSH = Transport.NXAPI, Transport.SSH, Transport.NXOS_SSH

Result = dict[str, Reading | DeviceError]
Read = Callable[..., Result]


def config(name: str) -> str:
    """A configuration with what is hard to read: a banner with ``#``, other alphabets, bytes that are no text."""
    ports = "".join(f"interface Ethernet1/{port}\n  description host {port} # {name}#\n" for port in range(1, 20))
    return (
        f"hostname {name}\nfeature vpc\nbanner motd ^\n##### {name}# is not yours ####\n> keep off #\n^\n"
        f"vlan 10\n  name Büro-\udcff-\u4e2d\n{ports}line vty\n"
    )


@pytest.fixture(scope="module", params=["early", "late"])
def lab(request: pytest.FixtureRequest) -> Iterator[Lab]:
    """A pair that answers over both transports, once for each way of echoing."""
    with Lab({name: config(name) for name in NAMES}, username="ops", password=SECRET, echo=request.param) as lab:
        yield lab


@pytest.fixture(scope="module")
def one_lab() -> Iterator[Lab]:
    """The same, where the echo makes no difference."""
    with Lab({name: config(name) for name in NAMES}, username="ops", password=SECRET) as lab:
        yield lab


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Nobody is trusted, and the user's own files are out of sight."""
    monkeypatch.setenv("HOME", str(tmp_path))
    return Store.of({})


@pytest.fixture
def read(store: Store) -> Read:
    """Read targets with the lab's login."""

    def read(targets: list[Target], options: Options = PATIENT, password: str = SECRET) -> Result:
        return read_running(
            targets, Means(lambda _: Credentials("ops", Password(password)), options, store, lambda: NOW)
        )

    return read


def targets(lab: Lab, transport: Transport) -> list[Target]:
    """Both switches over that transport."""
    return [target(switch, transport) for switch in lab.switches.values()]


def target(switch: LabSwitch, transport: Transport) -> Target:
    """One switch over that transport."""
    return Target(switch.name, *_split(switch, transport))


def _split(switch: LabSwitch, transport: Transport) -> tuple[str, Transport, int]:
    host, port = switch.nxapi if transport is NXAPI else switch.ssh
    return host, transport, port


def trusted(store: Store, found: list[Target]) -> list[Target]:
    """The same targets, all of them confirmed."""
    for one in found:
        fetch = trust.fetch_host_key if one.transport.is_ssh else trust.fetch_certificate
        store.pin(fetch(one.name, one.host, one.port, PATIENT))
    return found


def only_error(result: Result, name: str = "leaf-101") -> DeviceError:
    """What went wrong with that switch."""
    error = result[name]
    assert isinstance(error, DeviceError), error
    assert error.switch == name
    return error


@pytest.mark.parametrize("transport", Transport)
def test_whole(lab: Lab, store: Store, read: Read, transport: Transport, capfd: pytest.CaptureFixture[str]) -> None:
    """Over every transport both running-configs arrive, byte for byte, and not a word goes to the terminal."""
    found = trusted(store, targets(lab, transport))
    result = read(found)
    assert list(result) == list(NAMES)
    for one in found:
        reading = result[one.name]
        assert isinstance(reading, Reading), reading
        shown = lab.switches[one.name].running_config().strip("\n") + "\n"
        assert without_stamps(reading.text) == without_stamps(shown)
        assert "Büro-\udcff-\u4e2d" in reading.text
        assert (reading.target, reading.time) == (one, NOW)
    said = [line for line in capfd.readouterr().err.splitlines() if "socket.send()" not in line]  # asyncssh's own
    assert said == []


@pytest.mark.parametrize("transport", Transport)
def test_commands(
    one_lab: Lab, store: Store, read: Read, transport: Transport, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A switch is sent nothing but the fixed list of show commands, and over SSH the size of the terminal."""
    sent: list[str] = []
    feed = LabShell.feed

    def noted(shell: LabShell, line: str) -> Answer:
        sent.append(line)
        return feed(shell, line)

    monkeypatch.setattr(LabShell, "feed", noted)
    assert isinstance(read(trusted(store, targets(one_lab, transport)))["leaf-101"], Reading)
    allowed = {command.value for command in Show}
    if transport.is_ssh:
        allowed |= {"", "terminal width 511", "terminal length 0", "exit"}
    assert set(sent) <= allowed
    assert sent.count(RUNNING) == 4


def test_put(store: Store) -> None:
    """A file reaches the switch over SSH byte for byte, in the place of one of that name."""
    with Lab({"leaf-101": "feature scp-server\n"}, username="ops", password=SECRET) as lab:
        (one,) = trusted(store, targets(lab, SSH))
        for text in ("an older and longer one\n" * 999, config("leaf-101")):
            with open_device(one, Credentials("ops", Password(SECRET)), PATIENT, store) as device:
                device.put("a.cfg", text)
            assert lab.switches["leaf-101"].files["a.cfg"] == text


@pytest.mark.parametrize("transport", [SSH, NXOS_SSH])
def test_unknown_host_key(one_lab: Lab, read: Read, transport: Transport, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unknown host key is shown with the command to trust it, before a password is sent."""
    monkeypatch.setattr(LabLogin, "accepts", lambda *_: pytest.fail("a password was sent"))
    switch = one_lab.switches["leaf-101"]
    error = only_error(read(targets(one_lab, transport)))
    key = HostKey("", 0, *_blob(switch.host_key))
    assert f"its host key {key.fingerprint} (ecdsa-sha2-nistp256) is not known" in error.tried
    assert error.advice.endswith(f"run: mlagkit trust ssh:{switch.ssh[0]}:{switch.ssh[1]}")
    assert error.exit_code == 3


def _blob(public: str) -> tuple[str, bytes]:
    import base64

    kind, text, *_ = public.split()
    return kind, base64.b64decode(text)


@pytest.mark.parametrize("transport", [SSH, NXOS_SSH])
def test_changed_host_key(
    one_lab: Lab, store: Store, read: Read, transport: Transport, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A changed host key is refused with both fingerprints, before a password is sent, and never taken up."""
    monkeypatch.setattr(LabLogin, "accepts", lambda *_: pytest.fail("a password was sent"))
    for one in targets(one_lab, transport):
        other = ECDSAKey.generate(bits=384)
        store.pin(HostKey(one.host, one.port, other.get_name(), other.asbytes()))
    before = store.known_hosts.read_bytes()
    error = only_error(read(targets(one_lab, transport)))
    assert len(re.findall(r"SHA256:\S{43}", error.tried)) == 2
    assert "somebody may be listening in" in error.tried
    assert store.known_hosts.read_bytes() == before


def test_self_signed(one_lab: Lab, read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    """A self-signed certificate is refused with its fingerprint and the command to trust it, before a login is sent."""
    monkeypatch.setattr(LabLogin, "accepts", lambda *_: pytest.fail("a password was sent"))
    switch = one_lab.switches["leaf-101"]
    error = only_error(read(targets(one_lab, NXAPI)))
    assert re.search(r"its certificate ([0-9A-F]{2}:){31}[0-9A-F]{2} is not valid \(self-signed", error.tried)
    assert f"mlagkit trust nxapi:{switch.nxapi[0]}:{switch.nxapi[1]}, or give --ca-file" in error.advice


def test_changed_certificate(one_lab: Lab, store: Store, read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    """A certificate that is not the confirmed one is refused, even if an authority vouches for it."""
    monkeypatch.setattr(LabLogin, "accepts", lambda *_: pytest.fail("a password was sent"))
    switch = one_lab.switches["leaf-101"]
    store.pin(Certificate(*switch.nxapi, self_signed(switch.name)[0]))
    authority = store.folder / "lab.pem"
    authority.write_text(switch.certificate)
    error = only_error(read([target(switch, NXAPI)], replace(PATIENT, ca_file=authority)))
    assert "is not the confirmed one" in error.tried


def test_ca_file(one_lab: Lab, tmp_path: Path, read: Read) -> None:
    """``--ca-file`` alone says who may vouch, and the name must still fit."""
    switch = one_lab.switches["leaf-101"]
    path = tmp_path / "ca.pem"
    path.write_text(switch.certificate)
    options = replace(PATIENT, ca_file=path)
    result = read(targets(one_lab, NXAPI), options)
    assert isinstance(result["leaf-101"], Reading)
    assert "is not valid" in only_error(result, "leaf-102").tried
    path.write_text("nonsense")
    assert "can't be read as certificates" in only_error(read(targets(one_lab, NXAPI), options)).tried
    options = replace(PATIENT, ca_file=tmp_path / "none.pem")
    assert "none.pem can't be read" in only_error(read(targets(one_lab, NXAPI), options)).tried


def test_certificate_of_another_name(store: Store, read: Read, tmp_path: Path) -> None:
    """A certificate for another name is refused although its authority is known, and taken once it is confirmed."""
    with Lab(
        {"leaf-101": config("leaf-101")}, username="ops", password=SECRET, addresses={"leaf-101": "127.0.0.1"}
    ) as lab:
        switch = lab.switches["leaf-101"]
        there = replace(target(switch, NXAPI), host="localhost")
        authority = tmp_path / "ca.pem"
        authority.write_text(switch.certificate)
        error = only_error(read([there], replace(PATIENT, ca_file=authority)))
        assert "Hostname mismatch" in error.tried
        assert isinstance(read(trusted(store, [there]))["leaf-101"], Reading)


def test_insecure(one_lab: Lab, read: Read) -> None:
    """``--insecure`` takes any certificate, and still no unknown host key."""
    options = replace(PATIENT, insecure=True)
    assert isinstance(read(targets(one_lab, NXAPI), options)["leaf-101"], Reading)
    assert "is not known" in only_error(read(targets(one_lab, SSH), options)).tried


@pytest.mark.parametrize("transport", Transport)
def test_wrong_password(one_lab: Lab, store: Store, read: Read, transport: Transport) -> None:
    """A refused login says so and what to check; the password is in no message, and in nothing that is behind it."""
    error = only_error(read(trusted(store, targets(one_lab, transport)), password="wr0ng-Pass"))
    assert "refused the login" in error.tried
    assert error.exit_code == 3
    told = "".join(traceback.format_exception(error)) + repr(error) + repr(vars(error))
    assert "wr0ng-Pass" not in told
    assert _basic("wr0ng-Pass") not in told


def _basic(password: str) -> str:
    import base64

    return base64.b64encode(f"ops:{password}".encode()).decode()


@pytest.mark.parametrize("transport", Transport)
def test_one_of_two(one_lab: Lab, store: Store, read: Read, transport: Transport) -> None:
    """What is wrong with one switch takes nothing from the other."""
    found = trusted(store, targets(one_lab, transport))
    with socket.create_server((found[0].host, 0)) as closed:
        port = closed.getsockname()[1]
    result = read([replace(found[0], port=port), found[1]])
    assert "refused the connection" in only_error(result).tried
    assert isinstance(result["leaf-102"], Reading)


@pytest.mark.parametrize("transport", Transport)
def test_silence(store: Store, read: Read, transport: Transport) -> None:
    """Something that takes connections and says nothing is given up, with the address."""
    with socket.create_server(("127.0.0.1", 0)) as mute:
        port = mute.getsockname()[1]
        there = Target("leaf-101", "127.0.0.1", transport, port)
        error = only_error(read([there], Options(connect_timeout=0.3, read_timeout=0.3)))
    assert f"127.0.0.1:{port} did not complete" in error.tried


def test_no_such_name(read: Read) -> None:
    """A name that nobody knows is said to be one."""
    error = only_error(read([Target("leaf-101", "leaf-101.invalid", SSH, 22)]))
    assert "no address is known for leaf-101.invalid" in error.tried


def test_wrong_protocol(one_lab: Lab, read: Read) -> None:
    """SSH where TLS listens, TLS where SSH or plain HTTP listens: refused with what to check."""
    switch = one_lab.switches["leaf-101"]
    for transport, place in ((SSH, switch.nxapi), (NXAPI, switch.ssh), (NXAPI, switch.nxapi_http)):
        there = Target(switch.name, place[0], transport, place[1])
        error = only_error(read([there], replace(PATIENT, connect_timeout=1)))
        assert "handshake" in error.tried
        assert "listens on that port" in error.advice


@pytest.fixture
def fault(one_lab: Lab) -> Iterator[Callable[[Faults], None]]:
    """Give the first switch a fault, for one test."""
    chassis = one_lab.switches["leaf-101"].chassis

    def give(faults: Faults) -> None:
        chassis.faults = faults

    yield give
    chassis.faults = Faults()


Fault = Callable[[Faults], None]


@pytest.mark.parametrize("transport", Transport)
@pytest.mark.parametrize("end", [0, 700, -1])
def test_cut(one_lab: Lab, store: Store, read: Read, fault: Fault, transport: Transport, end: int) -> None:
    """A reply that breaks off is refused wherever it does, and is bad input, not an unreachable switch."""
    whole = len(one_lab.switches["leaf-101"].running_config())
    fault(Faults(cut={RUNNING: end % whole}))
    result = read(trusted(store, targets(one_lab, transport)))
    assert not isinstance(result["leaf-101"], Reading)
    assert isinstance(result["leaf-102"], Reading)


@pytest.mark.parametrize("transport", Transport)
@pytest.mark.parametrize("seam", ["leaf-101#", "leaf-101# ", "leaf-101# show running-config", "leaf-102# show vlan"])
def test_seam(one_lab: Lab, store: Store, read: Read, fault: Fault, transport: Transport, seam: str) -> None:
    """A line that looks like a prompt makes a reply useless."""
    fault(Faults(noise={RUNNING: seam}))
    error = only_error(read(trusted(store, targets(one_lab, transport))))
    assert isinstance(error, BrokenReply), error
    assert error.exit_code == 2


@pytest.mark.parametrize("transport", Transport)
def test_changed_between(one_lab: Lab, store: Store, read: Read, fault: Fault, transport: Transport) -> None:
    """A running-config that changes between two reads is refused, and the next run takes it."""
    fault(Faults(between=("vlan 20", "name added")))
    found = trusted(store, targets(one_lab, transport))
    one_lab.switches["leaf-101"].execute(["no vlan 20"])
    error = only_error(read(found))
    assert "two readings" in error.tried
    assert isinstance(error, BrokenReply)
    fault(Faults())
    assert isinstance(read(found)["leaf-101"], Reading)


@pytest.mark.parametrize("transport", Transport)
def test_swapped(one_lab: Lab, store: Store, read: Read, transport: Transport) -> None:
    """Two switches behind each other's address are both refused by their hostnames."""
    first, second = trusted(store, targets(one_lab, transport))
    result = read([replace(first, name="leaf-102"), replace(second, name="leaf-101")])
    assert "is leaf-101, not leaf-102" in only_error(result, "leaf-102").tried
    assert "is leaf-102, not leaf-101" in only_error(result, "leaf-101").tried
    assert "swapped" in only_error(result, "leaf-101").advice


@pytest.mark.parametrize("transport", Transport)
def test_too_slow(one_lab: Lab, store: Store, read: Read, fault: Fault, transport: Transport) -> None:
    """A switch that takes too long to answer is given up."""
    fault(Faults(slow={RUNNING: 30}))
    result = read(trusted(store, targets(one_lab, transport)), replace(PATIENT, read_timeout=2))
    assert isinstance(only_error(result), DeviceError)
    assert isinstance(result["leaf-102"], Reading)


@pytest.mark.parametrize("transport", Transport)
def test_too_large(one_lab: Lab, store: Store, read: Read, transport: Transport) -> None:
    """A reply beyond the limit is refused."""
    error = only_error(read(trusted(store, targets(one_lab, transport)), replace(PATIENT, limit=500)))
    assert "larger than 500 bytes" in error.tried


@pytest.mark.parametrize(
    ("http", "says"),
    [
        (HttpFault.UNAVAILABLE, "HTTP status 503"),
        (HttpFault.UNAUTHORIZED, "refused the login"),
        (HttpFault.HANG, "0.5 s"),
    ],
)
def test_http(one_lab: Lab, store: Store, read: Read, fault: Fault, http: HttpFault, says: str) -> None:
    """A web server that is overloaded, refuses or hangs is told apart."""
    fault(Faults(http=http))
    error = only_error(read(trusted(store, targets(one_lab, NXAPI)), replace(PATIENT, read_timeout=0.5)))
    assert says in error.tried


def test_login_that_is_missing(one_lab: Lab, store: Store) -> None:
    """A switch for which there is no login is not asked; the other one is."""
    found = trusted(store, targets(one_lab, NXAPI))

    def login(one: Target) -> Credentials:
        if one.name == "leaf-101":
            raise DeviceError(one.name, "no password", "set one")
        return Credentials("ops", Password(SECRET))

    result = read_running(found, Means(login, PATIENT, store, lambda: NOW))
    assert only_error(result).tried == "no password"
    assert isinstance(result["leaf-102"], Reading)
    assert list(result) == list(NAMES)


@pytest.fixture
def key(tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A private key that the switches know, and no password is taken."""
    path = store.user_known_hosts.parent / "id_ed25519"
    path.parent.mkdir(mode=0o700)
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", path], check=True)
    known = asyncssh.import_public_key(path.with_suffix(".pub").read_text())
    monkeypatch.setattr(ssh_server._Server, "password_auth_supported", lambda _: False)
    monkeypatch.setattr(ssh_server._Server, "public_key_auth_supported", lambda _: True)
    monkeypatch.setattr(ssh_server._Server, "validate_public_key", lambda _, user, key: key == known and user == "ops")
    return path


@pytest.mark.parametrize("transport", [SSH, NXOS_SSH])
def test_key_file(one_lab: Lab, store: Store, key: Path, transport: Transport) -> None:
    """Without a password, an SSH key of the user logs in; one that the switch does not know is refused."""
    found = trusted(store, targets(one_lab, transport))
    environ = {"MLAGKIT_USERNAME": "ops"}
    assert isinstance(read_running(found, Means(Login(environ), PATIENT, store, lambda: NOW))["leaf-101"], Reading)
    key.unlink()
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], input=b"y\n", check=True)
    error = only_error(read_running(found, Means(Login(environ), PATIENT, store, lambda: NOW)))
    assert "refused the login" in error.tried


@pytest.mark.parametrize("transport", [SSH, NXOS_SSH])
def test_agent(
    one_lab: Lab, store: Store, key: Path, transport: Transport, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a password and a key file, the keys of an agent log in."""
    found = trusted(store, targets(one_lab, transport))
    monkeypatch.setenv("SSH_AUTH_SOCK", str(tmp_path / "agent"))
    with subprocess.Popen(["ssh-agent", "-D", "-a", tmp_path / "agent"], stdout=subprocess.DEVNULL) as agent:
        try:
            while not (tmp_path / "agent").exists():
                assert agent.poll() is None
            subprocess.run(["ssh-add", "-q", key], check=True)
            key.unlink()
            login = Login({"MLAGKIT_USERNAME": "ops", "SSH_AUTH_SOCK": str(tmp_path / "agent")})
            assert isinstance(read_running(found, Means(login, PATIENT, store, lambda: NOW))["leaf-101"], Reading)
        finally:
            agent.terminate()
