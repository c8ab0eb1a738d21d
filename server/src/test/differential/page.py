"""Prints docs/differences.md."""

import importlib.metadata
import re

from comparison import RESULT

HEAD = """\
# Against botocore and aws-vault

Printed by `docs/differential > docs/differences.md` (after `mvn package -DskipTests`); a test fails \
where it is not up to date. {count} config files, each with a profile that is asked for: what the \
packaged jvault sends to AWS is compared with what botocore {version} sends for the same files, or, \
for what only aws-vault has, with an expectation that was written down from its sources. A key in \
jvault's vault is one in plain text in botocore's credentials file.

Compared are the requests and their order; of each the action, the endpoint (protocol, host, path), \
whose credentials signed it (the signature is checked), for which region, and all parameters; and \
whose credentials come out in the end. Not compared: the API's version, the user agent, the order of parameters in a request. The \
time in botocore's session names shows as TIME. The stand-in for AWS refuses what AWS does: a code \
that was used, more than an hour for a role that a session assumes, GetSessionToken with a session.

{same} are the same; {differ} differ, each difference for a reason below.
"""


def of_any_version(text):
    """The page without botocore's version: another one that behaves alike changes nothing."""
    return re.sub(r"botocore \d[\w.]*", "botocore", text)


def cell(text):
    return text.replace("|", "\\|")


def calls(recording):
    """The calls in a word each, and whether anything came of them."""
    names = [request.action for request in recording if request.action != RESULT]
    text = ", ".join(names) or "no call"
    return text + (" (refused)" if recording[-1].fields["credentials"] == "none" else "")


def render(cases, results, explanations):
    differ = [case for case in cases if results[case.name][2]]
    lines = [HEAD.format(
        count=len(cases), same=len(cases) - len(differ), differ=len(differ),
        version=importlib.metadata.version("botocore"))]
    lines += ["## Cases\n", "| case | shows | against | jvault's calls | |", "|---|---|---|---|---|"]
    for case in cases:
        _, found, lines_of_case = results[case.name]
        reasons = dict.fromkeys(
            explanations.cases.get(case.name, {}).get(line, "**unexplained**") for line in lines_of_case)
        against = f"written: {case.source}" if "expect" in case.parts else "botocore"
        lines.append(f"| {case.name} | {cell(case.title)} | {cell(against)} | {calls(found)} | "
                     f"{'differs: ' + ', '.join(reasons) if reasons else 'same'} |")
    lines.append("\n## Differences\n")
    lines.append("What is left of the arrow is botocore's or expected, what is right of it jvault's.\n")
    for reason, text in explanations.reasons.items():
        lines.append(f"### {reason}\n\n{text}\n")
        for name, explained in explanations.cases.items():
            lines += [f"- {name}: `{line}`" for line, why in explained.items() if why == reason]
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"
