"""The host keys and certificates that the user has confirmed, in a folder that only the user can read.

``known_hosts`` has OpenSSH's form; ``certificates/`` holds one PEM file per address. The user's own
``~/.ssh/known_hosts`` is read as well, comes first, and is never written.
"""

from __future__ import annotations

import base64
import hashlib
import os
import ssl
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from mlagkit.errors import DeviceError


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

    def host_keys(self, host: str, port: int) -> tuple[Path, tuple[HostKey, ...]]:
        """The known keys of a host and the file that holds them: the user's if it has any, else mlagkit's.

        Paramiko decides in the same order when the session is opened. DeviceError where a file is
        no known_hosts file.
        """
        for path in (self.user_known_hosts, self.known_hosts):
            keys = _read_host_keys(path, host, port)
            if keys:
                return path, keys
        return self.known_hosts, ()

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
            _write(path, ssl.DER_cert_to_PEM_cert(identity.der), self.folder)
            return path
        name = known_name(identity.host, identity.port)
        lines = self.known_hosts.read_text("utf-8").splitlines() if self.known_hosts.exists() else []
        kept = [line for line in lines if line.split(" ", 1)[0] != name]
        _write(self.known_hosts, "\n".join([*kept, identity.line, ""]), self.folder)
        return self.known_hosts

    def _certificate_path(self, host: str, port: int) -> Path:
        return self.folder / "certificates" / f"{quote(host.lower(), safe='')}_{port}.pem"


def known_name(host: str, port: int) -> str:
    """How a known_hosts file names an address: the bare host on port 22, else ``[host]:port``."""
    return host if port == 22 else f"[{host}]:{port}"


def _read_host_keys(path: Path, host: str, port: int) -> tuple[HostKey, ...]:
    from paramiko.hostkeys import HostKeys, InvalidHostKey

    try:
        found = HostKeys(str(path)).lookup(known_name(host, port))
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, InvalidHostKey) as error:
        raise DeviceError(host, f"{path} can't be read ({error})", "repair the file") from error
    return tuple(HostKey(host, port, kind, key.asbytes()) for kind, key in (found or {}).items())


def _write(path: Path, text: str, folder: Path) -> None:
    """Replace a file in one step, 0600 below folders of 0700 whatever the umask."""
    for level in {folder, path.parent}:
        level.mkdir(mode=0o700, parents=True, exist_ok=True)
        level.chmod(0o700)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with open(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.replace(draft, path)
    except OSError:
        Path(draft).unlink(missing_ok=True)
        raise
