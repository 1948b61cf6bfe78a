"""What pushes cost: one over each transport, and many pairs at once from one process, twice.

    python bench/bench_push.py [PAIRS]

The switches are emulated, in a process of their own. Each pair gets a VLAN of its own number; afterwards each switch
must have exactly the lines of its own pair, or the bench fails. Memory is the resident set of the process that pushes,
before the first round and behind each.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from mlagkit.cli import main as mlagkit
from mlagkit.starter import starter

BAR_GROWTH = 1.2
"""How much the second round may have added to what the first one took."""

LAB = """
import base64, contextlib, json, ssl, sys
from pathlib import Path
from mlagkit.device.store import Certificate, HostKey, Store
from mlagkit.emulate import lab_of
from mlagkit.intent import load_pair
store = Store(Path(sys.argv[1]), Path(sys.argv[1]) / "none")
with contextlib.ExitStack() as stack:
    labs = [stack.enter_context(lab_of(load_pair(Path(path)))) for path in sys.argv[2:]]
    switches = {name: switch for lab in labs for name, switch in lab.switches.items()}
    for switch in switches.values():
        kind, blob = switch.host_key.split()[:2]
        store.pin(HostKey(*switch.ssh, kind, base64.b64decode(blob)))
        store.pin(Certificate(*switch.nxapi, ssl.PEM_cert_to_DER_cert(switch.certificate)))
    print(json.dumps({name: {"nxapi": each.nxapi, "ssh": each.ssh} for name, each in switches.items()}), flush=True)
    for _ in sys.stdin:
        print(json.dumps({name: each.running_config() for name, each in switches.items()}), flush=True)
"""


def main(pairs: int) -> int:
    """Measure and print; 1 if a switch has lines that are not its own, or memory grows."""
    with tempfile.TemporaryDirectory() as name, contextlib.chdir(name):
        folder = Path(name)
        os.environ |= {
            "XDG_CONFIG_HOME": f"{name}/config",
            "XDG_STATE_HOME": f"{name}/state",
            "HOME": name,
            "MLAGKIT_USERNAME": "admin",
            "MLAGKIT_PASSWORD": "admin",
        }
        names = [f"p{number}" for number in range(1, pairs + 1)]
        for each in names:
            (folder / f"{each}.yaml").write_text(starter(each), "utf-8")
        with lab(folder, names) as process:
            ways = json.loads(line(process))
            print("| push | transport | at once | seconds | processors, s | memory before, MiB | behind it, MiB |")
            print("|---|---|---|---|---|---|---|")
            for number, transport in enumerate(("nxapi", "ssh")):
                pushed("one pair", names[:1], ways, transport, 3000 + number, 1)
            grown = []
            for turn in range(2):
                grown.append(pushed(f"{pairs} pairs", names, ways, "nxapi", 3002 + turn, pairs))
            for turn in range(2):
                pushed(f"{pairs} pairs", names, ways, "ssh", 3004 + turn, 20)
            wrong = mixed(process, names)
    first, second = grown
    missed = bool(wrong) or second > max(first, 1) * BAR_GROWTH
    print(f"lines of another pair: {wrong or 'none'}", "  MISSED" if missed else "")
    return int(missed)


@contextlib.contextmanager
def lab(folder: Path, names: list[str]) -> Iterator[subprocess.Popen[str]]:
    """The switches of all pairs, in their own process."""
    words = [sys.executable, "-c", LAB, str(folder / "config/mlagkit"), *(f"{name}.yaml" for name in names)]
    quiet = subprocess.DEVNULL  # asyncssh says of each client that has gone that it has gone
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=quiet, text=True) as process:
        yield process
        assert process.stdin
        process.stdin.close()


def line(process: subprocess.Popen[str]) -> str:
    """The next line that it prints."""
    assert process.stdout
    return process.stdout.readline()


def pushed(
    what: str, names: list[str], ways: dict[str, dict[str, list[str]]], transport: str, vlan: int, jobs: int
) -> float:
    """Push a VLAN to these pairs, whose name tells the pair; a row about it, and by how many MiB the process grew."""
    for name in names:
        path = Path(f"{name}.yaml")
        path.write_text(path.read_text("utf-8").replace("  20: db\n", f"  20: db\n  {vlan}: of-{name}-x\n"), "utf-8")
    words = ["push", *(f"{name}.yaml" for name in names), "--allow", "unproven-timer", "--max-pairs", str(len(names))]
    for name in names:
        for switch in (f"{name}-a", f"{name}-b"):
            host, port = ways[switch][transport]
            words += ["--connect", f"{switch}={transport}:{host}:{port}"]
    before, begin, spent = resident(), time.perf_counter(), time.process_time()
    told, errors = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True), io.StringIO()
    with contextlib.redirect_stdout(told), contextlib.redirect_stderr(errors), contextlib.suppress(SystemExit):
        mlagkit([*words, "--jobs", str(jobs)])
    seconds, processors = time.perf_counter() - begin, time.process_time() - spent
    told.seek(0)
    text = told.read()
    done = text.count("done: both switches are as planned")
    if done != len(names):
        raise SystemExit(f"{done} of {len(names)} pushes were done\n{text[-2000:]}{errors.getvalue()[-2000:]}")
    after = resident()
    print(
        f"| {what} | {transport} | {jobs} | {seconds:.1f} | {processors:.1f} | {before:.0f} | {after:.0f} |", flush=True
    )
    return after - before


def mixed(process: subprocess.Popen[str], names: list[str]) -> list[str]:
    """The switches that lack a line of their own pair, or have one of another."""
    assert process.stdin
    process.stdin.write("\n")
    process.stdin.flush()
    configs = json.loads(line(process))
    wrong = []
    for switch, text in configs.items():
        own = f"of-{switch.rpartition('-')[0]}-x"
        found = [each.strip() for each in text.splitlines() if "name of-" in each]
        if not found or any(each != f"name {own}" for each in found):
            wrong.append(switch)
    assert len(configs) == 2 * len(names)
    return wrong


def resident() -> float:
    """What the process holds in memory now, in MiB (Linux)."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 50))
