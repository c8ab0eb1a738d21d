"""How much memory the daemon takes."""

import pathlib
import re
import time

from report import progress, table, verdict


def measure(bench):
    rows, totals = [], {}
    for profiles in (1, 10):
        idle = 3 if bench.quick else 30
        progress(f"memory with {profiles} profiles, {idle} s idle")
        bench.verb("clear")
        bench.verb("stop")
        bench.serve()
        for i in range(profiles):
            bench.client.load(bench.endpoint(f"p{i}"), 1, "1m", 1000 // profiles)
        time.sleep(idle)
        daemon = pathlib.Path(f"/proc/{bench.status()['pid']}")
        size = {
            name: int(kib) / 1024
            for name, kib in re.findall(r"(\w+): +(\d+) kB", (daemon / "smaps_rollup").read_text())
        }
        archive = runtime = 0
        for mapping in re.split(r"^(?=[0-9a-f]+-)", (daemon / "smaps").read_text(), flags=re.M):
            kib = int((re.search(r"^Pss: +(\d+)", mapping, re.M) or [0, 0])[1]) / 1024
            first = mapping.split("\n", 1)[0]
            archive += kib if first.endswith(".aot") else 0
            runtime += kib if "/runtime/lib/" in first else 0
        threads = len(list((daemon / "task").iterdir()))
        totals[profiles] = size["Pss"]
        rows.append(
            (
                str(profiles),
                f"{size['Pss']:.0f}",
                f"{size['Rss']:.0f}",
                f"{archive:.0f}",
                f"{runtime:.0f}",
                f"{size['Pss'] - archive - runtime:.0f}",
                str(threads),
                verdict(round(totals[10]), 80, " MiB") if profiles == 10 else "",
            )
        )
    print("## Memory of the daemon\n")
    table(
        (
            "profiles",
            "PSS MiB",
            "RSS MiB",
            "of PSS: AOT cache",
            "runtime's files",
            "heap and the rest",
            "threads",
            "budget",
        ),
        *rows,
    )
    print(f"""\
One reading each from `/proc/PID/smaps_rollup` and `smaps`, {idle} s after 1,000 requests to a \
daemon that has just started. The AOT cache and the runtime are mapped files. Peers take 23 and 30 \
MB for each `exec`, a Rust agent 36 MB for all.
""")
