"""``mlagkit trust``."""

from __future__ import annotations

import os

import click

from mlagkit.cli.command import command
from mlagkit.cli.options import Options
from mlagkit.device.store import HostKey, Store
from mlagkit.device.target import Options as DeviceOptions
from mlagkit.device.target import parse_address, parse_jump, place
from mlagkit.device.trust import Identity, offers
from mlagkit.errors import Refused


@command("text", output="")
@click.argument("hosts", nargs=-1, required=True, metavar="HOST...")
@click.option("--fingerprint", metavar="FINGERPRINT", help="The one that is expected; anything else is refused.")
@click.option("--yes", is_flag=True, help="Do not ask; only with --fingerprint.")
@click.option("--jump", metavar="HOST", help="Reach the switches through this SSH host.")
def trust(_: Options, hosts: tuple[str, ...], fingerprint: str | None, yes: bool, jump: str | None) -> None:
    """Show the host key or certificate of each HOST and, when you confirm it, remember it.

    HOST is [nxapi:|ssh:]NAME[:PORT]; without a transport both are asked. Compare the fingerprint with what the
    switch shows on its console.
    """
    if yes and not fingerprint:
        raise click.UsageError("--yes needs --fingerprint: somebody has to have compared it")
    try:
        addresses = [parse_address(host) for host in hosts]
        device = DeviceOptions(jump=parse_jump(jump) if jump else None)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    store = Store.of(os.environ)
    for address in addresses:
        for identity in offers(address, device):
            _confirm(store, identity, fingerprint, yes=yes)


def _confirm(store: Store, identity: Identity, expected: str | None, *, yes: bool) -> None:
    """Show one identity, ask, and pin it."""
    kind = f"host key ({identity.kind})" if isinstance(identity, HostKey) else "certificate (SHA-256)"
    where = place(identity.host, identity.port)
    click.echo(f"{where} {kind}\n  {identity.fingerprint}")
    known = _known(store, identity)
    for other in known if identity not in known else ():
        click.secho(f"  IS NOT THE ONE KNOWN BEFORE, {other.fingerprint}: find out why it changed", err=True)
    if expected and expected != identity.fingerprint:
        raise Refused(f"{where} does not show the expected fingerprint {expected}; nothing was remembered")
    if identity in known:
        click.echo("  is known already")
        return
    if not yes and not click.confirm("  Trust it?", default=False):
        raise Refused(f"{where} is not trusted; nothing was remembered")
    click.echo(f"  remembered in {store.pin(identity)}")


def _known(store: Store, identity: Identity) -> list[Identity]:
    """What was trusted for that address before."""
    if isinstance(identity, HostKey):
        return list(store.host_keys(identity.host, identity.port))
    certificate = store.certificate(identity.host, identity.port)
    return [certificate] if certificate else []
