"""How long the commands take while the daemon runs."""

import json
import shutil
import statistics

from reference import EmptyJava
from report import progress, spread, table, verdict


def measure(bench):
    progress("commands")
    empty = EmptyJava(bench)
    bench.verb("exec", "dev", "--", "true")
    bench.verb("credential-process", "dev.java")
    true, jvault = shutil.which("true"), bench.jvault
    fast = ["sh -c :", f"{jvault} exec dev -- {true}", f"{jvault} credential-process dev"]
    slow = [
        empty.with_aot_cache,
        empty.plain,
        f"{jvault} exec dev.java -- {true}",
        f"{jvault} credential-process dev.java",
        f"{jvault} status",
    ]
    times = {command: [] for command in fast + slow}
    out = bench.folder / "hyperfine.json"
    for _ in range(1 if bench.quick else 4):
        for group, runs in ((fast, 20 if bench.quick else 100), (slow, 5 if bench.quick else 15)):
            bench.run(
                [
                    "hyperfine",
                    "-N",
                    "--style=none",
                    "--warmup=3",
                    f"--runs={runs}",
                    f"--export-json={out}",
                    *group,
                ]
            )
            for result in json.loads(out.read_text())["results"]:
                times[result["command"]] += [1000 * seconds for seconds in result["times"]]
    median = {command: statistics.median(values) for command, values in times.items()}
    shell, java = median[fast[0]], median[empty.with_aot_cache]

    def row(name, command, budget):
        return (
            name,
            spread(times[command]),
            f"{median[command] / shell:.1f} ×",
            f"{median[command] / java:.2f} ×",
            budget,
        )

    print("## Commands while the daemon runs\n")
    table(
        ("command", "ms: median (p10–p90)", "of `sh -c :`", "of empty Java", "budget"),
        row("`sh -c :`", fast[0], "reference"),
        row("`exec dev -- true`, hot path", fast[1], verdict(median[fast[1]] / shell, 4, " × sh")),
        row(
            "`credential-process dev`, hot path",
            fast[2],
            verdict(median[fast[2]] / shell, 6, " × sh"),
        ),
        row("empty Java program, AOT cache of its own", slow[0], "reference"),
        row("empty Java program, no AOT cache", slow[1], ""),
        row(
            "`exec dev.java -- true`, Java client",
            slow[2],
            verdict(median[slow[2]] / java, 2, " × Java"),
        ),
        row(
            "`credential-process dev.java`, Java client",
            slow[3],
            verdict(median[slow[3]] / java, 2, " × Java"),
        ),
        row("`status`, Java client", slow[4], verdict(median[slow[4]] / java, 2, " × Java")),
    )
    print(f"""\
Measured with `hyperfine -N`, {len(times[fast[0]])} and {len(times[slow[0]])} runs in turns after \
warm-up. The empty Java program is one class with an empty `main`, on the package's linked runtime \
and with the client's flags. That runtime has no default CDS archive, so a program without an AOT \
cache loads and links every class itself. `dev.java` is the same role as `dev`, under a name that \
the launcher leaves to the Java client.

Peers on a similar machine, with an STS that takes 100 ms: aws-vault's warm `exec` takes 120 ms \
because it calls STS each time (20 ms without that), aws-runas 136 ms; a Rust agent answers a \
client process in 8 ms.
""")
