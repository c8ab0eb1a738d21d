"""What the gate in front of the endpoint costs."""

import statistics

from report import progress, spread, table


def measure(bench, ways):
    progress("gate")
    span, turns = ("500ms", 1) if bench.quick else ("2500ms", 3)
    steps = {
        "Jetty alone, full answer": ways.servers["Container"]["Jetty"],
        "container: no such path (404)": ways.container.elsewhere("/%41", "404"),
        "container: a wrong token (401)": bench.target(
            ways.container.uri, "Authorization: " + "A" * 43, "401"
        ),
        "container: full answer": ways.container,
        "IMDS: no such path (404)": ways.imds.elsewhere("/%41", "404"),
        "IMDS: a wrong token (401)": bench.target(
            ways.imds.uri, "x-aws-ec2-metadata-token: " + "A" * 56, "401"
        ),
        "IMDS: full answer": ways.imds,
    }
    times = {step: [] for step in steps}
    for _ in range(turns):
        for step, target in steps.items():
            times[step].append(bench.client.load(target, 1, span)["p50"])
    median = {step: statistics.median(values) for step, values in times.items()}
    print("## The gate\n")
    names = list(steps)
    below = [
        names[0] if "404" in step else before
        for before, step in zip([names[0], *names], names, strict=False)
    ]
    table(
        ("answer on one kept connection", "p50 µs", "µs more than", "is"),
        *(
            (
                step,
                spread(times[step], 0),
                other if other != step else "",
                f"{median[step] - median[other]:+.0f}" if other != step else "",
            )
            for other, step in zip(below, names, strict=True)
        ),
    )
    checks = [
        median[f"{way}: a wrong token (401)"] - median[f"{way}: no such path (404)"]
        for way in ("container", "IMDS")
    ]
    print(f"""\
The same load as above, {turns} × {span} each in turns. The 404 is the gate's first answer, before \
any other check. What it costs beyond Jetty alone is the way jvault runs Jetty (a virtual thread \
for each request, the wiring of the gate), less the longer body. The 401 is the gate's last \
answer, after every check: Host, headers, the caller (already known by then, see the next table), \
the token's hash and its comparison with those of all grants (SHA-256; on IMDS a decoded token and \
its HMAC). The checks themselves therefore cost a request {checks[0]:.0f} µs on the container \
endpoint and {checks[1]:.0f} µs on IMDS. The rest of a full answer is not the gate: the server's \
layers behind it, the profile, the session, the JSON.
""")
