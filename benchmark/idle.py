"""What a day costs on which nobody asks."""

import os
import pathlib
import re
import subprocess
import time

from reference import compile_java, jvm_flags
from report import progress, table

SECONDS_A_DAY = 86_400


def measure(bench):
    settle, span = (5, 10) if bench.quick else (45, 180)
    progress(f"an idle daemon and an idle JVM, {settle + span} s")
    bench.verb("clear")
    bench.verb("stop")
    bench.serve()
    bench.verb("server", "--profile", "p0", "--background")
    compile_java(bench, "Sleeping.java", "17")
    java = str(bench.lib / "runtime/bin/java")
    programs = {
        "jvault, one profile kept ready": bench.status()["pid"],
    }
    started = {
        "a JVM that sleeps, the daemon's flags": jvm_flags(bench, "jv_jvm", "jv_server"),
        "a JVM that sleeps, no flags": [],
    }
    sleeping = [
        subprocess.Popen(
            [java, *flags, "-cp", str(bench.folder), "Sleeping"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        for flags in started.values()
    ]
    try:
        for name, process in zip(started, sleeping, strict=True):
            process.stdout.readline()
            programs[name] = process.pid
        time.sleep(settle)
        before = {name: Reading(pid) for name, pid in programs.items()}
        time.sleep(span)
        after = {name: Reading(pid) for name, pid in programs.items()}
    finally:
        for process in sleeping:
            process.kill()
            process.wait()
    bench.verb("server", "--forget", "p0")
    print("## An idle day\n")
    table(
        ("what", "wake-ups a minute", "CPU seconds a day", "PSS MiB", "threads"),
        *(after[name].row(name, before[name]) for name in programs),
    )
    print(f"""\
Measured side by side for {span} s, {settle} s after the start. A wake-up is a voluntary context \
switch of any thread (`/proc/PID/task/*/status`); the CPU time is that of `/proc/PID/stat`, in \
ticks of {1000 // os.sysconf("SC_CLK_TCK")} ms, extrapolated to a day. The daemon looks at its \
files, clocks and sessions every 20 s; the rest is the JVM.
""")


class Reading:
    """The counters of a process at one moment."""

    def __init__(self, pid):
        process = pathlib.Path(f"/proc/{pid}")
        self.time = time.monotonic()
        self.switches = {}
        for task in (process / "task").iterdir():
            try:
                status = (task / "status").read_text()
            except FileNotFoundError:
                continue
            found = re.search(r"^voluntary_ctxt_switches:\s+(\d+)", status, re.M)
            self.switches[task.name] = int(found[1])
        fields = (process / "stat").read_text().rsplit(")", 1)[1].split()
        self.cpu = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        rollup = (process / "smaps_rollup").read_text()
        self.pss = int(re.search(r"^Pss: +(\d+)", rollup, re.M)[1]) / 1024

    def row(self, name, before):
        span = self.time - before.time
        wakes = sum(
            count - before.switches.get(thread, 0) for thread, count in self.switches.items()
        )
        return (
            name,
            f"{wakes / span * 60:,.0f}",
            f"{(self.cpu - before.cpu) / span * SECONDS_A_DAY:,.0f}",
            f"{self.pss:.0f}",
            str(len(self.switches)),
        )
