"""Prints docs/differences.md."""

import importlib.metadata
import re

from comparison import RESULT

COMMAND = "server/src/test/differential/run.py > docs/differences.md"
HEAD = """\
# Against botocore and aws-vault

Printed by `{command}` (after `mvn package -DskipTests`); a \
test fails if it is out of date. Each of the {count} cases is a set of config files and a profile. \
The page compares what the packaged jvault sends to AWS with what botocore {version} sends for the \
same files; for features that only aws-vault has, the expected requests were written down from its \
sources. A key in jvault's vault is a key in plain text in botocore's credentials file.

The comparison covers the requests and their order; for each request the action, the endpoint \
(protocol, host, path), the signer (the signature is checked), the signing region and all \
parameters; and finally the credentials that come out. It does not cover the API version, the user \
agent, or the order of parameters in a request. The time in botocore's session names shows as \
TIME. Like AWS, the stand-in refuses a code that was used before, more than an hour for a role \
that a session assumes, and GetSessionToken with a session.

{same} cases are the same; {differ} differ, each for a reason below.
"""


def of_any_version(text):
    """The page without botocore's version, because a new version alone changes nothing."""
    return re.sub(r"botocore \d[\w.]*", "botocore", text)


def cell(text):
    return text.replace("|", "\\|")


def calls(recording):
    """The names of the calls, and whether they were refused."""
    names = [request.action for request in recording if request.action != RESULT]
    text = ", ".join(names) or "no call"
    return text + (" (refused)" if recording[-1].fields["credentials"] == "none" else "")


def render(cases, results, explanations):
    differ = [case for case in cases if results[case.name][2]]
    lines = [
        HEAD.format(
            command=COMMAND,
            count=len(cases),
            same=len(cases) - len(differ),
            differ=len(differ),
            version=importlib.metadata.version("botocore"),
        )
    ]
    lines += [
        "## Cases\n",
        "| case | shows | against | jvault's calls | |",
        "|---|---|---|---|---|",
    ]
    for case in cases:
        _, found, lines_of_case = results[case.name]
        reasons = dict.fromkeys(
            explanations.cases.get(case.name, {}).get(line, "**unexplained**")
            for line in lines_of_case
        )
        against = f"written: {case.source}" if "expect" in case.parts else "botocore"
        lines.append(
            f"| {case.name} | {cell(case.title)} | {cell(against)} | {calls(found)} | "
            f"{'differs: ' + ', '.join(reasons) if reasons else 'same'} |"
        )
    lines.append("\n## Differences\n")
    lines.append(
        "Left of the arrow is what botocore sends or what was expected; right of it is what jvault "
        "sends.\n"
    )
    for reason, text in explanations.reasons.items():
        lines.append(f"### {reason}\n\n{text}\n")
        for name, explained in explanations.cases.items():
            lines += [f"- {name}: `{line}`" for line, why in explained.items() if why == reason]
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"
