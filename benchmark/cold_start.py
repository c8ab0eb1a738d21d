"""How long the first credentials take if no daemon runs."""

import statistics
import time

from report import fail, progress, spread, table, verdict


def measure(bench):
    cases = (
        ("session in the vault, no STS call", False, 0.0),
        ("no session, STS answers at once", True, 0.0),
        ("no session, STS takes 100 ms", True, 0.1),
    )
    times = {case: [] for case in cases}
    for turn in range(2 if bench.quick else 5):
        progress(f"cold start, turn {turn + 1}")
        for case in cases:
            _, forget, bench.sts.delay = case
            if forget:
                bench.verb("clear")
            else:
                bench.verb("exec", "dev", "--", bench.client.path, "get")
            bench.verb("stop")
            before, calls = time.perf_counter(), bench.sts.calls
            bench.verb("exec", "dev", "--", bench.client.path, "get")
            times[case].append(1000 * (time.perf_counter() - before))
            if bench.sts.calls - calls != int(forget):
                fail(f"a cold start made {bench.sts.calls - calls} STS calls.")
    bench.sts.delay = 0.0
    print("## First credential from no daemon\n")
    first = statistics.median(times[cases[0]])
    table(
        ("`jvault stop`, then `jvault exec dev -- get`", "ms: median (p10–p90)", "budget"),
        *(
            (
                case[0],
                spread(times[case], 0),
                verdict(round(first), 400, " ms") if case is cases[0] else "",
            )
            for case in cases
        ),
    )
    print(f"""\
From the start of the launcher to the end of a command that reads the endpoint once: Java client, \
start of the daemon, opening the vault (with a key command, `cat` of a file), the chain, the \
command. Files are in the page cache; {len(times[cases[0]])} turns. The budget covers the daemon's \
first answer after its start; the number here includes the client's start as well.
""")
