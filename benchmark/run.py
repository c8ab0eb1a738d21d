#!/usr/bin/env python3
"""Measures the packaged program in target/jvault and prints docs/benchmarks.md.

Everything happens in a throw-away home with a stand-in for STS on loopback; nothing is left behind.
Each number stands beside a reference that was measured in the same run, in turns with it.

Needs hyperfine, Go and a JDK 25, on Linux.
"""

import argparse
import base64
import contextlib
import os
import pathlib
import signal
import sys
import tempfile
import time

sys.dont_write_bytecode = True

import callers  # noqa: E402
import cold_start  # noqa: E402
import commands  # noqa: E402
import endpoint  # noqa: E402
import gate  # noqa: E402
import idle  # noqa: E402
import machine  # noqa: E402
import memory  # noqa: E402
import sts_calls  # noqa: E402
from bench import Bench  # noqa: E402
from report import fail, progress  # noqa: E402
from sts import Sts  # noqa: E402
from ways import Ways  # noqa: E402

PROJECT = pathlib.Path(__file__).resolve().parent.parent
# In this order: an IMDS listener survives restarts and would count in all that follow.
WITHOUT_IMDS = {
    "commands": commands,
    "cold-start": cold_start,
    "sts-calls": sts_calls,
    "memory": memory,
    "idle": idle,
}
WITH_IMDS = {"endpoint": endpoint, "gate": gate, "callers": callers}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    names = [*WITHOUT_IMDS, *WITH_IMDS]
    parser.add_argument("part", nargs="*", help=f"of {', '.join(names)}; all of them")
    parser.add_argument("--quick", action="store_true", help="few runs: a check that it works")
    parser.add_argument(
        "--program",
        type=pathlib.Path,
        default=PROJECT / "target/jvault",
        help="the packaged program (target/jvault)",
    )
    options = parser.parse_args()
    unknown = set(options.part) - set(names)
    if unknown:
        parser.error(f"no part is called {', '.join(sorted(unknown))}")
    options.part = options.part or names
    options.program = options.program.resolve()
    return options


def check_machine(program, parts):
    if not os.access(program / "bin/jvault", os.X_OK):
        fail(f"{program} holds no program; run `mvn package -DskipTests`.")
    if not pathlib.Path("/proc/self/smaps_rollup").exists():
        fail("this system has no /proc/PID/smaps_rollup; run it on Linux.")
    if {"memory", "idle"} & set(parts) and os.geteuid() != 0:
        fail(
            "only root can read the memory of the daemon; run it as root, or without memory, idle."
        )
    machine.tool("hyperfine", "hyperfine")
    machine.require_descriptors(11_000)


def print_head(bench, description):
    version = (bench.lib / "version").read_text().strip()
    print(f"""\
# Benchmarks

Printed by `benchmark/run.py > docs/benchmarks.md` (after `mvn package -DskipTests`), jvault \
{version}, on {time.strftime("%Y-%m-%d", time.gmtime())}: {description}. Compare ratios, not \
numbers, between runs and machines. Budgets are goals, and none of them is a test.
""")
    if bench.quick:
        print("**Made with `--quick`: too few runs to say anything.**\n")


def store_key(bench):
    made_up = {
        "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
        "AWS_SECRET_ACCESS_KEY": base64.b64encode(os.urandom(30)).decode(),
    }
    bench.run([bench.jvault, "add", "base", "--env", "--no-check"], env=bench.environment | made_up)


def main():
    options = arguments()
    check_machine(options.program, options.part)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    start, description = time.monotonic(), machine.describe()
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="jvault-bench-"))
        progress("preparing")
        bench = Bench(pathlib.Path(folder), options.program, Sts(), options.quick)
        stack.callback(bench.close)
        bench.serve()
        store_key(bench)
        print_head(bench, description)
        for name, part in WITHOUT_IMDS.items():
            if name in options.part:
                part.measure(bench)
        parts = [part for name, part in WITH_IMDS.items() if name in options.part]
        if parts:
            ways = Ways(bench)
            stack.callback(ways.close)
            for part in parts:
                part.measure(bench, ways)
    progress(f"{time.monotonic() - start:.0f} s")


if __name__ == "__main__":
    main()
