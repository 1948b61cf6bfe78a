"""The command line: one small module per command, and what is done for all of them before and after."""

from __future__ import annotations

import atexit
import gc
import importlib
import os
import sys
import types
from collections.abc import Sequence


def process() -> None:
    """`main` as what a process is for; it ends without taking the interpreter apart.

    What stands in memory at the end need not be freed piece by piece, which is a twentieth of a short command's time.
    Threads that are still at work, a stream that takes no more, a debugger: then the interpreter ends in order.
    """
    try:
        main()
    except SystemExit as ended:
        if isinstance(ended.code, int) and not _needed():
            os._exit(ended.code)
        raise


def _needed() -> bool:
    """Is there anything left for which the interpreter must end in order? What is registered for its end is run."""
    threading = sys.modules.get("threading")
    if _is_watched() or (threading and threading.active_count() > 1):
        return True
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):  # ValueError: it was closed
        return True
    return False


def _is_watched() -> bool:
    """Whether a debugger, a profiler or a person at a prompt goes on when this ends."""
    monitoring = getattr(sys, "monitoring", None)  # since Python 3.12
    tools = any(monitoring.get_tool(number) for number in range(6)) if monitoring else False
    return bool(tools or sys.gettrace() or sys.getprofile() or sys.flags.inspect or os.environ.get("PYTHONINSPECT"))


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line and end the process with the exit code that it earned."""
    # Loading makes tens of thousands of objects that all stay; looking through them again and again takes an eighth
    # of a short command's time.
    gc.set_threshold(100_000, 20, 20)
    _without_plugins()
    from mlagkit.cli.app import app
    from mlagkit.cli.outcome import Outcome

    # Python has no stream at all where the shell closed it (`>&-`); then nobody wants to read it.
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # open until the end
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    with Outcome() as outcome:
        outcome.code = app.main(args, prog_name="mlagkit", standalone_mode=False) or 0
    sys.exit(outcome.code)


_LOADER = "pydantic.plugin._loader"


def _without_plugins() -> None:
    """Have pydantic look for no plugins, in the metadata of every installed package; none of them has a say here.

    PYDANTIC_DISABLE_PLUGINS says the same, but the module that reads it has loaded importlib.metadata by then, with
    email, zipfile and csv: a twentieth of what `validate` takes for one file. So there is another one in its place,
    which gives way to the real one for whatever else a later pydantic may ask of it.
    """
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    loader = types.ModuleType(_LOADER)
    vars(loader).update(get_plugins=tuple, __getattr__=_of_real_loader)
    sys.modules[_LOADER] = loader


def _of_real_loader(name: str) -> object:
    if name.startswith("__"):
        raise AttributeError(name)
    sys.modules.pop(_LOADER, None)
    return getattr(importlib.import_module(_LOADER), name)
