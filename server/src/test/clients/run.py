#!/usr/bin/env python3
"""Tries AWS clients of many languages against target/jvault and prints docs/clients.md.

Everything happens in a network namespace of its own, so that no request to a link-local address
leaves it, with a throw-away home and a stand-in for STS whose sessions are short. It needs no root.
The built clients are in target/clients. An unexpected cell is a failure.

catalogue.py lists what is tried and what is expected.
"""

import argparse
import concurrent.futures
import contextlib
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
from catalogue import (  # noqa: E402
    ABORTS,
    BUILDS,
    BUILT,
    CLIENTS,
    FAILS,
    HIDDEN,
    JAVA,
    NOT_TRIED,
    SHOWN,
    SOURCE,
    WAYS,
)

PROJECT = SOURCE.parents[3]
KEY, SESSION_SECONDS = "AKIAJVAULTCLIENTS222", 16
ARN = "arn:aws:sts::222222222222:assumed-role/Developer/by-hand"
IMDS_PORTS = {"child": 9171, "mfa": 9172}
CONFIG = """\
[profile root]
region = eu-west-1
[profile child]
source_profile = root
role_arn = arn:aws:iam::222222222222:role/Developer
role_session_name = by-hand
[profile mfa]
source_profile = root
role_arn = arn:aws:iam::222222222222:role/Developer
role_session_name = by-hand
mfa_serial = arn:aws:iam::123456789012:mfa/me
[profile process-child]
credential_process = {jvault} credential-process child
[profile process-mfa]
credential_process = {jvault} credential-process mfa
"""
PRINTED = {
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
    "AWS_REGION",
    "AWS_DEFAULT_REGION",
}


def progress(what):
    print(f"{time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)


def version(client):
    where, pattern = client.version
    text = run(where, os.environ)[1] if isinstance(where, tuple) else where.read_text()
    found = re.search(pattern, text)
    return found[1] if found else ""


def absent(client):
    """Why the client cannot be tried here, or nothing."""
    missing = [command for command in client.needs if not shutil.which(command)]
    if missing:
        return f"{missing[0]} is not installed"
    return "" if version(client) else "its library is not installed"


def build(folder):
    progress(f"building {folder}")
    BUILT.mkdir(parents=True, exist_ok=True)
    for command in BUILDS[folder]:
        code, out, err = run(command, os.environ, 1200)
        if code:
            sys.exit(f"clients: {folder} cannot be built:\n{out}{err}")


def run(command, environment, limit=120):
    """Runs a command in a session of its own, without a terminal, and waits for its end."""
    process = subprocess.Popen(
        list(map(str, command)),
        env=environment,
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        out, err = process.communicate(timeout=limit)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        out, err = process.communicate()
    return process.returncode, out, err


class Person:
    """A user in the namespace: a home, its daemon, and the addresses."""

    def __init__(self, home, program, sts):
        self.home, self.program = home, program
        self.environment = {
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "HOME": str(home),
            "JVAULT_HOME": f"{home}/jv",
            "JVAULT_PASSPHRASE": "made up for the matrix",
            "AWS_REGION": "eu-west-1",
            "AWS_DEFAULT_REGION": "eu-west-1",
            "AWS_ENDPOINT_URL_STS": sts,
        }
        (home / ".aws").mkdir()
        # A link whose name needs no quotes, because clients differ in how they read quotes.
        (home / "jvault").symlink_to(program)
        (home / ".aws/config").write_text(CONFIG.format(jvault=home / "jvault"))
        self.jvault(
            "add",
            "root",
            "--env",
            "--no-check",
            AWS_ACCESS_KEY_ID=KEY,
            AWS_SECRET_ACCESS_KEY="nobody-checks-the-signature",
        )
        # One code for one session, which has expired when the errors are tried.
        self.jvault("exec", "--mfa-token", "123456", "mfa", "--", "true")
        self.variables = {}
        for profile, port in IMDS_PORTS.items():
            self.variables["server", profile] = self.serve(profile)
            self.jvault("server", "--imds", f"{profile}={port}", "--background")
            for way in ("ecs", "eks", "imds"):
                self.variables[way, profile] = self.shell(f"--{way}", profile)

    def serve(self, profile):
        """Keeps the profile ready; returns the variables that jvault prints."""
        said = self.jvault("server", "--profile", profile, "--background")
        printed = dict(re.findall(r"(?m)^  (AWS_\w+)=(.+)$", said))
        if printed.keys() != PRINTED:
            sys.exit(f"clients: `jvault server` printed other variables:\n{said}")
        return printed

    def shell(self, option, profile):
        """The variables of a shell that has evaluated what `jvault env` prints."""
        lines = self.jvault("env", option, profile)
        out = run(("sh", "-ec", lines + "\nexec env -0"), self.environment)[1]
        lines = [line for line in out.split("\0") if line.startswith(("AWS_", "JVAULT_"))]
        return dict(line.split("=", 1) for line in lines)

    def jvault(self, *words, **variables):
        code, out, err = run((self.program, *words), self.environment | variables)
        if code:
            sys.exit(f"clients: jvault {' '.join(words)} failed: {out}{err}")
        return out

    def start(self, client, way, mode):
        """Runs the client: reading, within `exec`; for an error, with variables from before."""
        profile = "mfa" if mode == "error" else "child"
        command = [*(str(word).format(home=self.home) for word in client.command), mode]
        variables = self.environment | client.variables | self.variables.get((way, profile), {})
        if way == "exec" or (mode != "error" and way in ("ecs", "eks", "imds")):
            options = [] if way == "exec" else [f"--{way}"]
            options += ["--token-env"] if client.token_variable and way != "imds" else []
            return run([self.program, "exec", *options, profile, "--", *command], variables)
        if way == "process":
            variables["AWS_PROFILE"] = f"process-{profile}"
        if not way.startswith("imds"):
            # A client that does not know the way would otherwise find this one.
            variables["AWS_EC2_METADATA_DISABLED"] = "true"
        file = variables.get("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE")
        if file and client.token_variable:
            del variables["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"]
            variables["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = pathlib.Path(file).read_text()
        return run(command, variables)


def read(person, client, way):
    """Reads first, cached and refreshed credentials; returns what is wrong with them."""
    if not way.startswith("imds"):
        code, out, err = person.start(client, way, "read")
    else:
        # SDKs extend IMDS credentials by minutes, so another process reads the refreshed key.
        code, out, err = person.start(client, way, "once")
        later, end = out, time.monotonic() + 60
        while code == 0 and later.split()[1:2] == out.split()[1:2] and time.monotonic() < end:
            time.sleep(0.5)
            code, later, err = person.start(client, way, "once")
        out += later.replace("first", "refreshed", 1).partition("\n")[0]
    lines = [line.split() for line in out.splitlines()]
    names, keys = [line[0] for line in lines], [line[1] for line in lines if len(line) > 1]
    arns = [line[2] for line in lines if len(line) > 2]
    good = (
        code == 0
        and names == ["first", "cached", "refreshed"]
        and len(keys) == 3
        and keys[0] == keys[1] != keys[2]
        and arns == ([ARN] * 2 if client.arn else [])
    )
    return "" if good else f"exit status {code}\n{out}\n{err}"


def error(person, client, way):
    """What the user sees if the profile needs an MFA code: what kind of text, and the text."""
    code, out, err = person.start(client, way, "error")
    text = " ".join(out.removeprefix("error").split() or err.split())
    if code and way != "exec":
        return ABORTS, text
    return (SHOWN if "jvault unlock mfa" in out + err else HIDDEN), text


def expected(name, way):
    """What the cell should be and, if it should fail, why."""
    words = dict(zip(WAYS, CLIENTS[name].expected, strict=True))[way]
    return (words, "") if words in (SHOWN, HIDDEN, ABORTS) else (FAILS, words)


def matrix(person, names):
    """For each client and way, the result and its text."""
    cells = {(name, way): (FAILS, "") for name in names for way in WAYS}
    start = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(3 * os.cpu_count()) as pool:

        def each(what, some):
            found = pool.map(lambda cell: what(person, CLIENTS[cell[0]], cell[1]), some)
            return zip(some, found, strict=True)

        left = list(cells)
        person.jvault("link-local", "up", "child")
        for turn in ("reading", "reading again what failed"):
            progress(f"{turn}: {len(left)} cells")
            for cell, wrong in each(read, left):
                cells[cell] = (FAILS, wrong) if wrong else (SHOWN, "")
            # A session may be refreshed between the first and the cached reading.
            left = [
                cell for cell in left if cells[cell][0] == FAILS and expected(*cell)[0] != FAILS
            ]
        time.sleep(max(0, start + SESSION_SECONDS + 1 - time.monotonic()))
        person.jvault("link-local", "up", "mfa")
        left = [cell for cell in cells if cells[cell][0] != FAILS]
        progress(f"errors: {len(left)} cells")
        cells |= each(error, left)
    return cells


def table(names, cells):
    print(f"""\
# AWS clients

Printed by `server/src/test/clients/run.py > docs/clients.md` (after `mvn package -DskipTests`) on \
{time.strftime("%Y-%m-%d", time.gmtime())}. Real clients find their credentials by themselves, \
from the packaged program and a stand-in for STS whose sessions last {SESSION_SECONDS} seconds.

In each cell without a number, the client read credentials, read the same ones again from the same \
provider, and read refreshed ones, and STS accepted them as the right role. (The CRT has no STS \
client. The AWS CLI keeps nothing between commands, so each of its readings is a process.) The \
word says what the user sees when the profile needs an MFA code: **shown**, jvault's sentence with \
`jvault unlock NAME`; **hidden**, an error of the SDK's own; **aborts**, the process ends by a \
signal. Under `jvault exec`, jvault says it before the client starts.
""")
    print("| client | version | token in a |", " | ".join(WAYS.values()), "|")
    print("|---" * (3 + len(WAYS)) + "|")
    reasons = []
    for name in names:
        client, row = CLIENTS[name], []
        for way in WAYS:
            found, why = cells[name, way][0], expected(name, way)[1]
            if found == FAILS and why:
                reasons += [] if why in reasons else [why]
                found = f"– {reasons.index(why) + 1}"
            row.append(found)
        token = "variable" if client.token_variable else "file"
        print("|", " | ".join((client.title, version(client), token, *row)), "|")
    print("\nThese cells do not work, because of the client:\n")
    for number, why in enumerate(reasons, 1):
        print(f"{number}. It {why}.")
    print("""
Over IMDS, SDKs extend expired credentials by minutes if the service fails (static stability), so \
one provider may go on with expired credentials for as long as it lives. The refreshed credentials \
in those columns are therefore another process's. With container credentials and \
`credential_process` the same provider reads again.

## What hides it

The user sees this instead:
""")
    for name in names:
        seen = {}
        for way, label in WAYS.items():
            found, text = cells[name, way]
            if found in (HIDDEN, ABORTS):
                short = text if len(text) <= 160 else text[:160] + "…"
                seen.setdefault(short, []).append(label)
        for text, labels in seen.items():
            print(f"- {CLIENTS[name].title}, {', '.join(labels)}: ``{text}``")
    print("\n## Not in the table\n")
    print(NOT_TRIED, end="")


def unexpected(names, cells):
    """Reports each cell that is not as expected, and counts them."""
    wrong = 0
    for name in names:
        client = CLIENTS[name]
        if client.judged not in ("", version(client)):
            progress(f"{name} is not judged: the expected results are for version {client.judged}")
            continue
        for way in WAYS:
            (found, text), (wanted, why) = cells[name, way], expected(name, way)
            if found != wanted:
                wrong += 1
                progress(f"UNEXPECTED: {name} by {way} {found}, not {wanted} ({why}):\n{text}")
    return wrong


def inside(names, program):
    """Runs everything, in the namespace; returns the number of unexpected cells."""
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    lib = program / "lib/jvault/current/lib"
    with contextlib.ExitStack() as stack:
        home = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="jvault-")))
        sts = stack.enter_context(
            subprocess.Popen(
                [
                    JAVA,
                    "-cp",
                    f"{lib}/server/*:{lib}/client/*",
                    SOURCE / "StandIn.java",
                    KEY,
                    str(SESSION_SECONDS),
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        )
        person = Person(home, str(program / "bin/jvault"), sts.stdout.readline().strip())
        stack.callback(person.jvault, "stop")
        cells = matrix(person, names)
    table(names, cells)
    return unexpected(names, cells)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument(
        "client", nargs="*", help="of " + ", ".join(CLIENTS) + "; all that are here"
    )
    parser.add_argument(
        "--program",
        type=pathlib.Path,
        default=PROJECT / "target/jvault",
        help="the packaged program (target/jvault)",
    )
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    unknown = set(options.client) - CLIENTS.keys()
    if unknown:
        parser.error(f"no client is called {', '.join(sorted(unknown))}")
    program = options.program.absolute()
    if not os.access(program / "bin/jvault", os.X_OK):
        sys.exit(f"clients: {program} holds no program; run `mvn package -DskipTests`.")
    if options.inside:
        sys.exit(1 if inside(options.client, program) else 0)
    # Debian leaves these folders out of a user's PATH.
    os.environ["PATH"] += ":/usr/sbin:/sbin"
    for command in ("unshare", "ip", "nft"):
        if not shutil.which(command):
            sys.exit(f"clients: {command} is missing; install util-linux, iproute2 and nftables.")
    names = options.client or list(CLIENTS)
    for name in list(names):
        why = absent(CLIENTS[name])
        if why and options.client:
            sys.exit(f"clients: {name} cannot be tried: {why}.")
        if why:
            progress(f"{name} is left out: {why}")
            names.remove(name)
    for folder in dict.fromkeys(filter(None, (CLIENTS[name].build for name in names))):
        build(folder)
    os.execvp(
        "unshare",
        ["unshare", "-rn", sys.executable, __file__, "--inside", "--program", str(program), *names],
    )


if __name__ == "__main__":
    main()
