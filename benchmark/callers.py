"""What it costs to find out which process is calling."""

import statistics

from load_client import Crowd
from report import progress, spread, table


def measure(bench, ways):
    span, turns = ("500ms", 1) if bench.quick else ("1s", 3)
    targets = {
        "jvault, container": ways.container,
        "jvault, IMDS": ways.imds,
        "Jetty": ways.servers["Container"]["Jetty"],
        "Go net/http": ways.servers["Container"]["Go net/http"],
    }
    rows = []
    for crowd in (
        Crowd(20),
        Crowd(1_000),
        Crowd(10_000),
        Crowd(20, files=10_000),
        Crowd(20, files=10_000, younger=True),
    ):
        progress(f"callers among {crowd.sockets} sockets and {crowd.files} files")
        times = {name: [] for name in targets}
        for _ in range(turns):
            for name, target in targets.items():
                times[name].append(bench.client.first(target, span, crowd))
        for name, some in times.items():
            first, kept = ([turn[figure] for turn, _ in some] for figure in ("first", "kept"))
            size, processes, files = (max(around[i] for _, around in some) for i in range(3))
            rows.append(
                (
                    f"{size:,}",
                    f"{processes:,} with {files:,}"
                    + (
                        ", most of them in a process younger than the caller"
                        if crowd.younger
                        else ""
                    ),
                    name,
                    spread(first, 0),
                    spread(kept, 0),
                    f"{statistics.median(first) - statistics.median(kept):,.0f}",
                )
            )
    print("## Who is calling\n")
    table(
        (
            "TCP sockets in the kernel's table",
            "processes, their descriptors",
            "server",
            "first request on a connection, p50 µs",
            "later requests, p50 µs",
            "more for the first",
        ),
        *rows,
    )
    print(f"""\
On each new connection jvault asks the kernel once whose socket is at the other end, and keeps the \
answer with the connection: one exact question, whatever the number of sockets. On IMDS, which \
must refuse forwarders, it also looks once for the processes that hold that socket, through the \
links of `/proc/PID/fd`. It reads all descriptors of one process after another, the youngest \
first, until it has found the caller; of the remaining processes it reads only the names, and the \
descriptors of those that forward. The cost therefore grows with the number of processes, and with \
the descriptors of those younger than the caller. A kept connection pays none of it. One client \
opens one connection after another, with five requests on each. The time to connect is not \
counted; the server's work for a new connection is, as the lines of Jetty and Go show. {turns} × \
{span}, median (p10–p90) of their p50.
""")
