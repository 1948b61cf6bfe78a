"""Prove who answers before any name or password is sent; fetch what a stranger offers, so that a person can judge."""

from __future__ import annotations

import ssl
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

from mlagkit.device.dial import dial
from mlagkit.device.store import Certificate, HostKey, Store
from mlagkit.device.target import Address, Options, Target, Transport, place
from mlagkit.errors import DeviceError, Stranger

# A known_hosts file says `ssh-rsa` for a key that signs with any of these (RFC 8332).
_SIGNATURES = {"ssh-rsa": ("rsa-sha2-512", "rsa-sha2-256", "ssh-rsa")}


def fetch_host_key(name: str, host: str, port: int, options: Options, kinds: Sequence[str] = ()) -> HostKey:
    """The key that an SSH server offers, of one of these kinds if it has one; nothing is sent but the handshake.

    Raises DeviceError for ``name``.
    """
    from paramiko import SSHException
    from paramiko import Transport as Session

    with dial(name, host, port, options) as stream:
        session = Session(stream)
        try:
            session.banner_timeout = options.connect_timeout
            known = session.get_security_options()
            first = [word for kind in kinds for word in _SIGNATURES.get(kind, (kind,)) if word in known.key_types]
            known.key_types = (*first, *(word for word in known.key_types if word not in first))
            session.start_client(timeout=options.connect_timeout)
            key = session.get_remote_server_key()
            return HostKey(host, port, key.get_name(), key.asbytes())
        except (SSHException, EOFError, OSError) as error:
            tried = f"{place(host, port)} did not complete an SSH handshake ({str(error) or 'connection closed'})"
            raise DeviceError(name, tried, _what_listens(options)) from error
        finally:
            session.close()


def fetch_certificate(name: str, host: str, port: int, options: Options) -> Certificate:
    """The certificate that a TLS server offers, whoever signed it; nothing is sent but the handshake.

    Raises DeviceError for ``name``.
    """
    with dial(name, host, port, options) as stream:
        try:
            with _taking_any().wrap_socket(stream, server_hostname=host) as session:
                return Certificate(host, port, session.getpeercert(binary_form=True) or b"")
        except (OSError, ValueError) as error:
            raise _no_tls(name, host, port, error) from error


def check_host_key(target: Target, options: Options, store: Store) -> HostKey:
    """The host key that the switch offers, which is known for it; DeviceError for an unknown or changed one."""
    known = store.host_keys(target.host, target.port)
    offered = fetch_host_key(target.name, target.host, target.port, options, [key.kind for key in known])
    if offered in known:
        return offered
    shown = f"its host key {offered.fingerprint} ({offered.kind})"
    if not known:
        raise Stranger(target.name, f"{shown} is not known", _trust_it(target, options))
    before = ", ".join(key.fingerprint for key in known)
    tried = f"{shown} is not the known one ({before}): somebody may be listening in"
    raise Stranger(target.name, tried, _changed(target, options))


@contextmanager
def secured(target: Target, options: Options, store: Store) -> Iterator[ssl.SSLSocket]:
    """A TLS session with a switch that shows the confirmed certificate, or else a valid one; nothing is sent yet.

    DeviceError for a certificate that is unknown, invalid or changed. ``options.insecure`` takes any.
    """
    pinned = None if options.insecure else store.certificate(target.host, target.port)
    context = _taking_any() if pinned or options.insecure else _verifying(target, options)
    with ExitStack() as stack:
        stream = stack.enter_context(dial(target.name, target.host, target.port, options))
        try:
            session = stack.enter_context(context.wrap_socket(stream, server_hostname=target.host))
        except ssl.SSLCertVerificationError as error:
            offered = fetch_certificate(target.name, target.host, target.port, options)
            tried = f"its certificate {offered.fingerprint} is not valid ({error.verify_message})"
            raise Stranger(target.name, tried, _trust_it(target, options) + ", or give --ca-file") from error
        except (OSError, ValueError) as error:
            raise _no_tls(target.name, target.host, target.port, error) from error
        if pinned:
            _compare(target, options, pinned, session.getpeercert(binary_form=True) or b"")
        yield session


def trust_command(target: Target, options: Options) -> str:
    """What to type to see and confirm the identity of this address."""
    kind = Transport.SSH if target.transport.is_ssh else Transport.NXAPI
    port = "" if target.port == kind.port else f":{target.port}"
    host = f"[{target.host}]" if ":" in target.host else target.host
    jump = f" --jump {options.jump}" if options.jump else ""
    return f"mlagkit trust {kind}:{host}{port}{jump}"


def _trust_it(target: Target, options: Options) -> str:
    return f"compare it with what the switch itself shows, then run: {trust_command(target, options)}"


def _changed(target: Target, options: Options) -> str:
    return f"find out why it changed; only if that is in order, run: {trust_command(target, options)}"


def _what_listens(options: Options) -> str:
    if options.jump:
        return f"check that `ssh {options.jump}` works without asking for anything, and that SSH listens behind it"
    return "check that SSH and nothing else listens on that port"


def _compare(target: Target, options: Options, pinned: Certificate, der: bytes) -> None:
    offered = Certificate(target.host, target.port, der)
    if offered != pinned:
        tried = f"its certificate {offered.fingerprint} is not the confirmed one {pinned.fingerprint}"
        raise Stranger(target.name, tried + ": somebody may be listening in", _changed(target, options))


def _no_tls(name: str, host: str, port: int, error: Exception) -> DeviceError:
    tried = f"{place(host, port)} did not complete a TLS handshake ({error})"
    return DeviceError(name, tried, "check that HTTPS and not plain HTTP listens on that port")


def _taking_any() -> ssl.SSLContext:
    """Encrypts without asking who is there: the caller compares the certificate itself."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _verifying(target: Target, options: Options) -> ssl.SSLContext:
    """Takes what the system's authorities, or those of ``--ca-file`` alone, have signed for that name."""
    try:
        return ssl.create_default_context(cafile=options.ca_file)
    except (OSError, ValueError) as error:
        tried = f"{options.ca_file} can't be read as certificates ({error})"
        raise DeviceError(target.name, tried, "give a PEM file with --ca-file") from error


Identity = HostKey | Certificate


def offers(address: Address, options: Options) -> list[Identity]:
    """The identity that the address shows over its transport; over both, where none was said.

    Of two, one may be missing: not every switch has NX-API enabled. Raises DeviceError if there is none.
    """
    if address.transport is not None:
        return [_fetch(address, address.transport, options)]
    found: list[Identity] = []
    wrong: list[DeviceError] = []
    for transport in (Transport.NXAPI, Transport.SSH):
        try:
            found.append(_fetch(address, transport, options))
        except DeviceError as error:
            wrong.append(error)
    if not found:
        raise wrong[-1]
    return found


def _fetch(address: Address, transport: Transport, options: Options) -> Identity:
    fetch = fetch_host_key if transport.is_ssh else fetch_certificate
    port = transport.port if address.port is None else address.port
    return fetch(address.host, address.host, port, options)
