"""The machine that measures: its tools, its limits, its kernel's tables."""

import contextlib
import os
import pathlib
import platform
import re
import resource
import shutil
import socket

from report import fail


def tool(name, package):
    return shutil.which(name) or fail(f"{name} is missing; install the package {package}.")


def javac():
    homes = [os.environ.get("JAVA_HOME", "")]
    homes += sorted(map(str, pathlib.Path("/usr/lib/jvm").glob("*25*")))
    for home in filter(None, homes):
        if os.access(f"{home}/bin/javac", os.X_OK):
            return f"{home}/bin/javac"
    return tool("javac", "of a JDK 25, or set JAVA_HOME")


def require_descriptors(wanted):
    """Fails if a process may not open that many files. Go raises the soft limit by itself."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most != resource.RLIM_INFINITY and most < wanted:
        fail(f"a process may have {most} files open, not {wanted}; raise `ulimit -Hn`.")


def describe():
    cpu = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    kib = int(re.search(r"MemTotal: +(\d+)", pathlib.Path("/proc/meminfo").read_text())[1])
    load = os.getloadavg()[0]
    return (
        f"{cpu[1] if cpu else platform.machine()}, {os.cpu_count()} cores, "
        f"{kib / 2**20:.0f} GiB, Linux {platform.release()}, load {load:.1f} at the start"
    )


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return str(free.getsockname()[1])


def tcp_sockets():
    """How many sockets the kernel's TCP tables show."""
    tables = [pathlib.Path("/proc/net", name) for name in ("tcp", "tcp6")]
    return sum(table.read_text().count("\n") - 1 for table in tables if table.exists())


def processes_and_descriptors():
    """How many processes let us list their descriptors, and how many descriptors they have."""
    counts = []
    for folder in pathlib.Path("/proc").glob("[0-9]*/fd"):
        with contextlib.suppress(OSError):
            counts.append(len(os.listdir(folder)))
    return len(counts), sum(counts)
