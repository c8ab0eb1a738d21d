"""Finds the differences between two recordings, and whether differences.txt explains them."""

import difflib
import pathlib
import re

from front import Request

EXPLAINED = pathlib.Path(__file__).resolve().parent / "differences.txt"
RESULT = "result"
# The only thing that differs between two runs of botocore.
BOTOCORE_TIME = re.compile(r"botocore-session-\d+")


def recording(requests, result):
    """Requests and their result, in the form that is compared."""
    shown = [
        Request(
            request.action,
            {
                name: BOTOCORE_TIME.sub("botocore-session-TIME", value)
                for name, value in request.fields.items()
            },
        )
        for request in requests
    ]
    return [*shown, Request(RESULT, {"credentials": result})]


def subject(request):
    """What identifies a request: two requests with the same subject are compared field by field."""
    fields = request.fields
    role = fields.get("RoleArn") or "/".join(
        fields[name] for name in ("account_id", "role_name") if name in fields
    )
    return f"{request.action} {role}".strip()


def differences(left_name, left, right_name, right):
    """A line for each difference."""
    lines = []
    matcher = difflib.SequenceMatcher(
        None, [subject(request) for request in left], [subject(request) for request in right], False
    )
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            for one, other in zip(left[i1:i2], right[j1:j2], strict=True):
                lines += fields(one, other)
        else:
            lines += [only(left_name, request) for request in left[i1:i2]]
            lines += [only(right_name, request) for request in right[j1:j2]]
    return lines


def fields(one, other):
    for name in dict.fromkeys([*one.fields, *other.fields]):
        values = [request.fields.get(name, "not sent") for request in (one, other)]
        if values[0] != values[1]:
            yield f"{subject(one)}: {name}: {values[0]} → {values[1]}"


def only(name, request):
    details = "; ".join(f"{field} = {value}" for field, value in request.fields.items())
    return f"only {name}: {request.action} ({details})"


class Explanations:
    """differences.txt: reasons with their names, then for each case its differences with a reason.

    A paragraph `reason NAME` and its text; a paragraph `case NAME` and a line `REASON: DIFFERENCE`
    for each difference.
    """

    def __init__(self, text):
        self.reasons, self.cases = {}, {}
        for paragraph in re.split(r"\n\s*\n", text.strip()):
            lines = [line for line in paragraph.splitlines() if not line.startswith("#")]
            if not lines:
                continue
            kind, _, name = lines[0].partition(" ")
            if kind == "reason":
                self.reasons[name] = " ".join(line.strip() for line in lines[1:])
            elif kind == "case":
                self.cases[name] = dict(reversed(line.split(": ", 1)) for line in lines[1:])
            else:
                raise ValueError(f"differences.txt: neither a reason nor a case: {lines[0]}")

    def judge(self, name, found):
        """The errors: differences without an explanation, explanations without a difference."""
        explained = self.cases.get(name, {})
        wrong = [f"{name}: not explained: {line}" for line in found if line not in explained]
        wrong += [
            f"{name}: explained, but it no longer occurs: {line}"
            for line in explained
            if line not in found
        ]
        return wrong + [
            f"{name}: no reason is called {reason}"
            for reason in explained.values()
            if reason not in self.reasons
        ]

    def left_over(self, cases):
        """Explanations of cases that do not exist, and reasons of nothing."""
        used = {reason for lines in self.cases.values() for reason in lines.values()}
        return [
            f"differences.txt: there is no case {name}" for name in self.cases if name not in cases
        ] + [
            f"differences.txt: nothing has the reason {name}"
            for name in self.reasons
            if name not in used
        ]
