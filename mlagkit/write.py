"""Files that are written whole or not at all, readable by nobody they are not meant for."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from mlagkit.errors import InputError
from mlagkit.finding import Finding, Origin
from mlagkit.input_rules import input_finding

PRIVATE = 0o600
PUBLIC = 0o644
_TAKEN = "this file exists, and is not overwritten"


def write_file(path: Path, text: str, *, public: bool = False, overwrite: bool = True) -> None:
    """Put the text (UTF-8; bytes that were no UTF-8 as they came in) into the file, atomically.

    A reader finds the old file or the new one, never half of it; a symlink is replaced, not followed.
    Only its owner can read it, since a configuration tells about a network; ``public`` says that this text
    does not. Without ``overwrite`` nothing may be there yet. Raises InputError when something is, or when the
    folder can't be written to.
    """
    write_bytes(path, text.encode("utf-8", "surrogateescape"), public=public, overwrite=overwrite)


def write_bytes(path: Path, data: bytes, *, public: bool = False, overwrite: bool = True) -> None:
    """The same for bytes."""
    try:
        put_file(path, data, public=public, overwrite=overwrite)
    except FileExistsError as error:
        raise InputError([_refusal(path, _TAKEN)]) from error
    except OSError as error:
        raise InputError([_refusal(path, f"can't be written: {error.strerror}")]) from error


def vacant(*paths: Path) -> None:
    """Raise InputError with each of the files that is there already: several are written all or none."""
    if taken := [_refusal(path, _TAKEN) for path in paths if os.path.lexists(path)]:
        raise InputError(taken)


def private_folder(path: Path) -> None:
    """Make a folder, and those above it that are not there, that only their owner can enter, whatever the umask."""
    for missing in [each for each in (*reversed(path.parents), path) if not each.exists()]:
        missing.mkdir(mode=0o700, exist_ok=True)


def _refusal(path: Path, message: str) -> Finding:
    return input_finding("IN22", message, Origin(str(path)))


def put_file(path: Path, data: bytes, *, public: bool = False, overwrite: bool = True) -> None:
    """The same with the OSError as it is: FileExistsError without ``overwrite``."""
    if overwrite and path.exists() and not path.is_symlink() and not path.is_file():
        path.write_bytes(data)  # /dev/null, a pipe: nothing that could be replaced
        return
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with open(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fchmod(file.fileno(), PUBLIC & ~_umask() if public else PRIVATE)
            os.fsync(file.fileno())
        if overwrite:
            os.replace(temporary, path)
        else:
            os.link(temporary, path)  # unlike a rename, this refuses a name that is taken
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(temporary)


def _umask() -> int:
    """The umask, which can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
