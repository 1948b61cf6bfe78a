"""Confirmed identities: written for the owner only, in one step, and read back as they were."""

from __future__ import annotations

import base64
import os
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from paramiko import ECDSAKey, RSAKey

from mlagkit.device.store import Certificate, HostKey, Store
from mlagkit.errors import DeviceError
from tests.tls import self_signed


def host_key(host: str = "192.0.2.101", port: int = 22, bits: int = 256) -> HostKey:
    """A new key of that host."""
    key = ECDSAKey.generate(bits=bits)
    return HostKey(host, port, key.get_name(), key.asbytes())


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store, with a user who knows nobody."""
    return Store(tmp_path / "config" / "mlagkit", tmp_path / "known_hosts")


@pytest.fixture
def open_umask() -> Iterator[None]:
    """The umask that gives everybody everything."""
    before = os.umask(0)
    yield
    os.umask(before)


def test_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The store lies where XDG says, and the user's known_hosts where OpenSSH has it."""
    monkeypatch.setenv("HOME", str(tmp_path))
    assert Store.of({}).folder == tmp_path / ".config" / "mlagkit"
    assert Store.of({"XDG_CONFIG_HOME": "/x"}).folder == Path("/x/mlagkit")
    assert Store.of({"XDG_CONFIG_HOME": "relative"}).folder == tmp_path / ".config" / "mlagkit"
    assert Store.of({}).user_known_hosts == tmp_path / ".ssh" / "known_hosts"


@pytest.mark.parametrize("port", [22, 2222])
@pytest.mark.parametrize("host", ["192.0.2.101", "leaf-101.example.net", "2001:db8::1"])
def test_host_keys(store: Store, host: str, port: int) -> None:
    """A confirmed host key is known for its host and port, and for no other."""
    key = host_key(host, port)
    assert store.host_keys(host, port) == ()
    assert store.pin(key) == store.known_hosts
    assert store.host_keys(host, port) == (key,)
    assert store.host_keys(host, port + 1) == ()
    assert store.host_keys("198.51.100.1", port) == ()


def test_pin_again(store: Store) -> None:
    """A new key takes the place of the old one of that address and leaves all others."""
    old, other, new = host_key(), host_key(port=2222), host_key(bits=384)
    for key in (old, other, new):
        store.pin(key)
    assert store.host_keys("192.0.2.101", 22) == (new,)
    assert store.host_keys("192.0.2.101", 2222) == (other,)


def test_both_files(store: Store) -> None:
    """A host is known from the user's own file as well as from the store, and the user's is never written."""
    mine, other = host_key(), host_key()
    store.user_known_hosts.write_text(f"# mine\n{mine.line} me@here\n\nnonsense\n{mine.line[:-9]}*\n")
    before = store.user_known_hosts.read_bytes()
    store.pin(other)
    assert store.host_keys("192.0.2.101", 22) == (mine, other)
    assert store.user_known_hosts.read_bytes() == before


def test_markers(store: Store) -> None:
    """A revoked key is not known, whoever else vouches for it; a certificate authority's key is nobody's own."""
    key, other = host_key(), host_key()
    store.pin(key)
    authority = other.line.replace("192.0.2.101", "@cert-authority *")
    store.user_known_hosts.write_text(f"{key.line.replace('192.0.2.101', '@revoked *')}\n{authority}\n")
    assert store.host_keys("192.0.2.101", 22) == ()
    store.user_known_hosts.write_text(authority)
    assert store.host_keys("192.0.2.101", 22) == (key,)


@pytest.mark.parametrize(
    ("patterns", "known"),
    [
        ("192.0.2.*", True),
        ("leaf-1?1,192.0.2.101", True),
        ("192.0.2.?", False),
        ("*,!192.0.2.101", False),
        ("!192.0.2.9,192.0.2.*", True),
        ("[192.0.2.101]:22", False),
        ("|1|broken", False),
    ],
)
def test_patterns(store: Store, patterns: str, known: bool) -> None:
    """Names in known_hosts may be lists, wildcards and exceptions, as for OpenSSH."""
    key = host_key()
    store.user_known_hosts.write_text(key.line.replace("192.0.2.101", patterns) + "\n")
    assert store.host_keys("192.0.2.101", 22) == ((key,) if known else ())


def test_hashed_names(store: Store, tmp_path: Path) -> None:
    """Hashed host names, as many distributions write them, are understood."""
    key = host_key("leaf-101", 2222)
    store.user_known_hosts.write_text(key.line + "\n")
    subprocess.run(["ssh-keygen", "-H", "-f", store.user_known_hosts], check=True, capture_output=True)
    assert "leaf-101" not in store.user_known_hosts.read_text()
    assert store.host_keys("leaf-101", 2222) == (key,)


def test_fingerprint_of_a_key(tmp_path: Path) -> None:
    """A host key's fingerprint is the one that ``ssh-keygen -l`` prints."""
    key = RSAKey.generate(2048)
    mine = HostKey("leaf-101", 22, key.get_name(), key.asbytes())
    path = tmp_path / "key.pub"
    path.write_text(f"{mine.kind} {base64.b64encode(mine.blob).decode()}\n")
    shown = subprocess.run(["ssh-keygen", "-l", "-f", path], check=True, capture_output=True, text=True).stdout
    assert mine.fingerprint == shown.split()[1]


@pytest.mark.parametrize("host", ["192.0.2.101", "2001:db8::1", "../../../x", "CON", "a/b"])
def test_certificates(store: Store, host: str) -> None:
    """A confirmed certificate is known for its address; no name leads out of the folder."""
    certificate = Certificate(host, 443, self_signed("leaf-101")[0])
    assert store.certificate(host, 443) is None
    path = store.pin(certificate)
    assert path.parent == store.folder / "certificates"
    assert store.certificate(host, 443) == certificate
    assert store.certificate(host, 8443) is None


def test_fingerprint_of_a_certificate(store: Store) -> None:
    """A certificate's fingerprint is the one that ``openssl x509`` prints."""
    certificate = Certificate("leaf-101", 443, self_signed("leaf-101")[0])
    command = ["openssl", "x509", "-noout", "-fingerprint", "-sha256", "-in", str(store.pin(certificate))]
    shown = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert certificate.fingerprint == shown.strip().partition("=")[2]


@pytest.mark.usefixtures("open_umask")
def test_private(store: Store) -> None:
    """Files are 0600 and folders 0700 whatever the umask, and nothing else is left behind."""
    store.pin(host_key())
    store.pin(Certificate("leaf-101", 443, self_signed("leaf-101")[0]))
    found = {path: stat.S_IMODE(path.stat().st_mode) for path in [store.folder, *store.folder.rglob("*")]}
    assert {mode for path, mode in found.items() if path.is_dir()} == {0o700}
    assert {mode for path, mode in found.items() if path.is_file()} == {0o600}
    assert len(found) == 4


def test_failed_write_keeps_what_was(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that can't be replaced stays as it was, and the draft goes."""
    key = host_key()
    store.pin(key)

    def refuse(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(OSError, match="disk full"):
        store.pin(host_key())
    assert store.host_keys("192.0.2.101", 22) == (key,)
    assert list(store.folder.iterdir()) == [store.known_hosts]


def test_damaged_files(store: Store) -> None:
    """A store that can't be read is an error that names the file, never an empty store."""
    path = store.pin(Certificate("leaf-101", 443, self_signed("leaf-101")[0]))
    path.write_text("no certificate")
    with pytest.raises(DeviceError, match=f"{path} is no certificate"):
        store.certificate("leaf-101", 443)
    store.known_hosts.mkdir()
    with pytest.raises(DeviceError, match=f"{store.known_hosts} can't be read"):
        store.host_keys("leaf-101", 22)
