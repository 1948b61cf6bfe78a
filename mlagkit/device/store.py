"""The host keys and certificates that the user has confirmed, in a folder that only the user can read.

``known_hosts`` has OpenSSH's form; ``certificates/`` holds one PEM file per address. The user's own
``~/.ssh/known_hosts`` is read as well, and never written.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import ssl
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from mlagkit.errors import DeviceError
from mlagkit.write import put_file


@dataclass(frozen=True, slots=True)
class HostKey:
    """The public key of an SSH server: ``kind`` such as ``ssh-ed25519``, ``blob`` as it goes over the wire."""

    host: str
    port: int
    kind: str
    blob: bytes

    @property
    def fingerprint(self) -> str:
        """``SHA256:...``, exactly as OpenSSH prints it."""
        return "SHA256:" + base64.b64encode(hashlib.sha256(self.blob).digest()).decode().rstrip("=")

    @property
    def line(self) -> str:
        """Its line in a known_hosts file."""
        return f"{known_name(self.host, self.port)} {self.kind} {base64.b64encode(self.blob).decode()}"


@dataclass(frozen=True, slots=True)
class Certificate:
    """The certificate of an NX-API server, DER encoded."""

    host: str
    port: int
    der: bytes

    @property
    def fingerprint(self) -> str:
        """SHA-256 as pairs of hex digits, as ``openssl x509 -fingerprint -sha256`` prints it."""
        return hashlib.sha256(self.der).digest().hex(":").upper()


@dataclass(frozen=True, slots=True)
class Store:
    """Where confirmed identities lie: mlagkit's own folder, and the user's known_hosts beside it."""

    folder: Path
    user_known_hosts: Path

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> Store:
        """``$XDG_CONFIG_HOME/mlagkit``, or ``~/.config/mlagkit`` where that is unset or not absolute."""
        home = Path.home()
        config = Path(environ.get("XDG_CONFIG_HOME", ""))
        folder = (config if config.is_absolute() else home / ".config") / "mlagkit"
        return cls(folder, home / ".ssh" / "known_hosts")

    @property
    def known_hosts(self) -> Path:
        """The file of host keys that `pin` writes."""
        return self.folder / "known_hosts"

    def host_keys(self, host: str, port: int) -> tuple[HostKey, ...]:
        """The known keys of a host, from either file; DeviceError where one can't be read.

        A key that a ``@revoked`` line names is never among them.
        """
        entries = [entry for path in (self.user_known_hosts, self.known_hosts) for entry in _entries(path, host)]
        mine = [entry for entry in entries if entry.names(known_name(host, port))]
        revoked = {entry.blob for entry in mine if entry.marker == "@revoked"}
        keys = (HostKey(host, port, entry.kind, entry.blob) for entry in mine if not entry.marker)
        return tuple(dict.fromkeys(key for key in keys if key.blob not in revoked))

    def certificate(self, host: str, port: int) -> Certificate | None:
        """The confirmed certificate of that address, if any; DeviceError where its file is damaged."""
        path = self._certificate_path(host, port)
        try:
            return Certificate(host, port, ssl.PEM_cert_to_DER_cert(path.read_text("ascii")))
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            advice = "delete it and trust the host again"
            raise DeviceError(host, f"{path} is no certificate ({error})", advice) from error

    def pin(self, identity: HostKey | Certificate) -> Path:
        """Remember an identity in place of what was known of that address; the file that holds it now.

        Call it only after a person has compared the fingerprint. OSError where the folder can't be written.
        """
        if isinstance(identity, Certificate):
            path = self._certificate_path(identity.host, identity.port)
            self._write(path, ssl.DER_cert_to_PEM_cert(identity.der))
            return path
        name = known_name(identity.host, identity.port)
        lines = self.known_hosts.read_text("utf-8").splitlines() if self.known_hosts.exists() else []
        kept = [line for line in lines if line.split(" ", 1)[0] != name]
        self._write(self.known_hosts, "\n".join([*kept, identity.line, ""]))
        return self.known_hosts

    def _write(self, path: Path, text: str) -> None:
        """Replace a file in one step, 0600 below folders of 0700 whatever the umask."""
        for level in {self.folder, path.parent}:
            level.mkdir(mode=0o700, parents=True, exist_ok=True)
            level.chmod(0o700)
        put_file(path, text.encode())

    def _certificate_path(self, host: str, port: int) -> Path:
        return self.folder / "certificates" / f"{quote(host.lower(), safe='')}_{port}.pem"


def known_name(host: str, port: int) -> str:
    """How a known_hosts file names an address: the bare host on port 22, else ``[host]:port``."""
    return host if port == 22 else f"[{host}]:{port}"


@dataclass(frozen=True, slots=True)
class _Entry:
    """One line of a known_hosts file (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT)."""

    marker: str
    patterns: tuple[str, ...]
    kind: str
    blob: bytes

    def names(self, name: str) -> bool:
        """Whether the line speaks of that host; one ``!`` pattern that fits outweighs all others."""
        fitting = [pattern for pattern in self.patterns if _fits(pattern.removeprefix("!"), name)]
        return bool(fitting) and not any(pattern.startswith("!") for pattern in fitting)


def _entries(path: Path, host: str) -> Iterator[_Entry]:
    """The lines of the file; none where it is absent. A line that is damaged says nothing, as for OpenSSH."""
    try:
        text = path.read_bytes().decode("utf-8", "surrogateescape")
    except FileNotFoundError:
        return
    except OSError as error:
        raise DeviceError(host, f"{path} can't be read ({error.strerror})", "make it readable for you") from error
    for line in text.splitlines():
        words = line.split()
        marker = words.pop(0) if words and words[0].startswith("@") else ""
        if len(words) < 3 or words[0].startswith("#"):
            continue
        with suppress(ValueError):
            yield _Entry(marker, tuple(words[0].split(",")), words[1], base64.b64decode(words[2], validate=True))


def _fits(pattern: str, name: str) -> bool:
    if pattern.startswith("|1|"):
        salt, _, digest = pattern[3:].partition("|")
        with suppress(ValueError):
            return hmac.digest(base64.b64decode(salt), name.encode(), "sha1") == base64.b64decode(digest)
        return False
    wild = re.escape(pattern.lower()).replace(r"\*", ".*").replace(r"\?", ".")
    return bool(re.fullmatch(wild, name.lower()))
