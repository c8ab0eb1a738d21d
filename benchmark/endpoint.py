"""How fast requests for credentials are answered, beside bare servers."""

import statistics

from report import progress, spread, table, verdict

TABLES = (
    ("A request on a kept connection", "kept", "requests/s"),
    ("A request on a new connection", "cold", "requests/s"),
    ("All that an SDK asks of IMDS, on a new connection", "sdk", "times/s"),
)


def results_by_way(bench, ways, span, turns):
    """Results by way, kind and number of clients, then by server."""
    results = {
        (way, kind, clients): {server: [] for server in servers}
        for _, kind, _ in TABLES
        for way, servers in ways.servers.items()
        for clients in (1, 50)
        if kind != "sdk" or way == "IMDS"
    }
    for turn in range(turns):
        progress(f"endpoint, turn {turn + 1}")
        for (way, kind, clients), servers in results.items():
            for name, some in servers.items():
                some.append(bench.client.load(ways.servers[way][name], clients, span, kind=kind))
    return results


def measure(bench, ways):
    warm, span, turns = ("500ms", "500ms", 1) if bench.quick else ("4s", "2500ms", 3)
    for way, servers in ways.servers.items():
        progress(f"endpoint, warm-up by {way}")
        for target in servers.values():
            for kind, clients in (("kept", 50), ("cold", 1), ("kept", 1)):
                bench.client.load(target, clients, warm, kind=kind)
    results = results_by_way(bench, ways, span, turns)
    print("## Endpoint\n")
    for title, wanted, unit in TABLES:
        print(f"### {title}\n")
        rows = [
            row
            for (way, kind, clients), servers in results.items()
            if kind == wanted
            for row in latencies(f"{way}, {clients}", servers, (wanted, clients) == ("kept", 1))
        ]
        table(("way, clients", "server", "p50 µs", "p99 µs", "p99.9 µs", unit, "budget"), *rows)
    print(f"""\
One client written in Go runs on the same cores and sends its next request as soon as it has an \
answer, with one connection for each client; {turns} × {span} each, in turns, median (p10–p90) \
over the turns, after {warm} of warm-up each with 50 kept connections, new ones and 1 kept one. A \
kept connection has had an answer before. A new one counts from connect to close, which is a \
reset, so that nothing of it stays in the kernel's table. An SDK's sequence is the PUT for a \
session token, the GET of the role's name and the GET of its credentials. A p99.9 of fewer than \
1,000 requests a turn is not shown.

Go net/http and Jetty are bare handlers that compare the same token with one string and return the \
same body. Jetty is the package's own, on its runtime and with the daemon's JVM flags, but with \
Jetty's defaults and no AOT cache. jvault does everything that its gate does, finds the grant and \
its session, sees that the config files are unchanged, and writes the JSON; the next two tables \
separate these costs. Peers' servers answer in about 80 µs on a kept connection.
""")


def latencies(label, servers, budget):
    """A row for each server, and one for each ratio of jvault's numbers to another's."""
    columns = {
        name: {figure: [turn[figure] for turn in turns] for figure in turns[0]}
        for name, turns in servers.items()
    }
    few = {name: min(figures["count"]) < 1000 for name, figures in columns.items()}
    for name, figures in columns.items():
        p50, p99, p999, rate = (
            spread(figures[figure], 0) for figure in ("p50", "p99", "p99.9", "rate")
        )
        yield label, name, p50, p99, "–" if few[name] else p999, rate, ""
    for name in list(columns)[1:]:
        p50, p99, p999, rate = (
            statistics.median(columns["jvault"][figure]) / statistics.median(columns[name][figure])
            for figure in ("p50", "p99", "p99.9", "rate")
        )
        yield (
            label,
            f"jvault / {name}",
            f"{p50:.1f} ×",
            f"{p99:.1f} ×",
            "–" if few["jvault"] or few[name] else f"{p999:.1f} ×",
            f"{rate:.2f} ×",
            verdict(p50, 2, " × p50") if budget and name == "Go net/http" else "",
        )
