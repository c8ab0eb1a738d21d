"""How long the commands take while the daemon runs."""

import json
import pathlib
import shutil
import statistics

from reference import EmptyJava
from report import progress, spread, table, verdict

# What readline does at a TAB behind `jvault exec d`: it splits the line and calls the function.
TAB = """\
COMP_LINE='jvault exec d' COMP_POINT=13 COMP_WORDS=(jvault exec d) COMP_CWORD=2 COMP_TYPE=9
_jvault jvault d exec
case " ${COMPREPLY[*]} " in *" dev "*) ;; *) exit 1 ;; esac
"""


def completion(bench):
    """Commands that read the completion, and that also press TAB once."""
    prefix = pathlib.Path(bench.jvault).parent.parent
    load = f". '{prefix}/share/bash-completion/completions/jvault'\n"
    files = bench.folder / "load.bash", bench.folder / "tab.bash"
    for file, text in zip(files, (load, load + TAB), strict=True):
        file.write_text(text)
    return [f"bash {file}" for file in files]


def measure(bench):
    progress("commands")
    empty = EmptyJava(bench)
    bench.verb("exec", "dev", "--", "true")
    bench.verb("credential-process", "dev.java")
    true, jvault = shutil.which("true"), bench.jvault
    fast = ["sh -c :", f"{jvault} exec dev -- {true}", f"{jvault} credential-process dev"]
    shell_only = ["bash -c :", f"{jvault} help", f"{jvault} version", *completion(bench)]
    slow = [
        empty.with_aot_cache,
        empty.plain,
        f"{jvault} exec dev.java -- {true}",
        f"{jvault} credential-process dev.java",
        f"{jvault} status",
    ]
    many, few = (20, 5) if bench.quick else (100, 15)
    groups = (fast, many), (shell_only, many), (slow, few)
    times = {command: [] for group, _ in groups for command in group}
    out = bench.folder / "hyperfine.json"
    for _ in range(1 if bench.quick else 4):
        for group, runs in groups:
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
    bash, loaded = median[shell_only[0]], median[shell_only[3]]

    def shell_row(name, command, budget):
        return name, spread(times[command]), f"{median[command] / bash:.1f} ×", budget

    table(
        ("without a JVM", "ms: median (p10–p90)", "of `bash -c :`", "budget"),
        shell_row("`bash -c :`", shell_only[0], "reference"),
        shell_row("`help`", shell_only[1], verdict(median[shell_only[1]], 5, " ms")),
        shell_row("`version`", shell_only[2], verdict(median[shell_only[2]], 5, " ms")),
        shell_row("bash that reads the completion", shell_only[3], "reference of the next row"),
        shell_row(
            "the same, and one TAB behind `jvault exec d`",
            shell_only[4],
            verdict(median[shell_only[4]] - loaded, 10, " ms more"),
        ),
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
