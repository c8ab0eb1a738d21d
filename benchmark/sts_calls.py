"""How often STS is called when many ask at once."""

import json
import subprocess

from report import progress, table, verdict


def measure(bench):
    progress("STS calls")
    bench.sts.delay = 0.1
    ours = bench.endpoint("deep")
    rows = []

    def row(name, calls, refused, failed):
        rows.append((name, str(calls), "2", str(refused), failed, verdict(calls / 2, 1, " a hop")))

    bench.verb("clear")
    calls = bench.sts.calls
    refused = int(bench.client.load(ours, 200, "1m", 1)["refused"])
    bench.verb("exec", "deep", "--", "true")
    row("200 concurrent first requests, daemon runs", bench.sts.calls - calls, refused, "0")

    bench.verb("clear")
    bench.verb("stop")
    calls = bench.sts.calls
    command = [bench.jvault, "exec", "deep", "--", bench.client.path, "get"]
    many = [
        subprocess.Popen(
            command,
            env=bench.environment,
            stdin=subprocess.DEVNULL,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for _ in range(50)
    ]
    answers = [process.communicate() for process in many]
    refused = sum(int(json.loads(out)["refused"]) for out, _ in answers if out)
    errors = [
        error.strip()
        for process, (_, error) in zip(many, answers, strict=True)
        if process.returncode
    ]
    failed = f"**{len(errors)}**: {', '.join(sorted(set(errors)))}" if errors else "0"
    row("50 parallel `jvault exec`, no daemon runs", bench.sts.calls - calls, refused, failed)

    bench.sts.delay = 0.0
    print("## STS calls\n")
    table(("what", "STS calls", "hops", "answered 503 (try again)", "failed", "budget"), *rows)
    print(f"""\
Counted by the stand-in, which took 100 ms for each call, for a role assumed by a role: two hops. \
A request waits 900 ms for the one shared load, then it gets a 503. In the whole run STS was \
called {bench.sts.calls} times.
""")
