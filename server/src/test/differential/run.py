#!/usr/bin/env python3
"""Compares the requests of target/jvault with those of botocore and prints docs/differences.md.

Each case in corpus/ is a set of AWS config files. botocore and the packaged program resolve the
same profile; a recorder in front of moto_server records what each of them sends to AWS. All of it
happens in a network namespace of its own, which nothing leaves. A difference that differences.txt
does not explain is a failure, and so is an explanation of a difference that does not occur.

Needs Python with botocore and moto (pip install awscli 'moto[server]'), unshare and ip.
"""

import argparse
import concurrent.futures
import contextlib
import importlib.util
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time

PROJECT = pathlib.Path(__file__).resolve().parents[4]
PAGE = PROJECT / "docs/differences.md"
MOTO_PORT = 8881
sys.dont_write_bytecode = True


def progress(what):
    print(f"{time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)


def moto():
    """Starts moto_server and waits until it answers."""
    process = subprocess.Popen(
        ["moto_server", "-H", "127.0.0.1", "-p", str(MOTO_PORT)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    end = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < end:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", MOTO_PORT), 1):
            return process
        time.sleep(0.1)
    sys.exit("differential: moto_server does not answer.")


class Recorded:
    """What one of the programs sends for each case; record() asks it for one after another."""

    def __init__(self, front, program, cases):
        self.recordings, self.said = {}, {}
        self.front, self.program, self.cases = front, program, cases

    def record(self):
        from comparison import recording

        for case in self.cases:
            self.front.take()
            key_id, self.said[case.name] = self.program.ask(case)
            result = self.front.label(key_id) if key_id else "none"
            self.recordings[case.name] = recording(self.front.take(), result)


def compare(cases, names, program, folder, show):
    """Returns the recordings of both sides and their differences, for each case."""
    import corpus
    from comparison import differences
    from front import Front
    from programs import Botocore, Jvault

    with contextlib.ExitStack() as stack:
        server = moto()
        stack.callback(server.wait)
        stack.callback(server.terminate)
        fronts = [
            Front(folder / side, port, MOTO_PORT)
            for side, port in (("botocore", 8882), ("jvault", 8883))
        ]
        for front in fronts:
            front.secrets.update({corpus.key_id(name): corpus.SECRET for name in names})
        jvault = Jvault(folder / "jvault", fronts[1], program / "bin/jvault", names)
        stack.callback(jvault.close)
        botocore = Botocore(folder / "botocore", fronts[0])
        stack.callback(botocore.close)
        left = Recorded(fronts[0], botocore, [case for case in cases if case.expected is None])
        right = Recorded(fronts[1], jvault, cases)
        with concurrent.futures.ThreadPoolExecutor() as pool:
            for done in [pool.submit(side.record) for side in (left, right)]:
                done.result()
    results = {}
    for case in cases:
        name, against = (
            ("expected", case.expected)
            if case.expected
            else ("botocore", left.recordings[case.name])
        )
        found = right.recordings[case.name]
        results[case.name] = against, found, differences(name, against, "jvault", found)
        if show:
            for side, recording, said in (
                (name, against, left.said.get(case.name)),
                ("jvault", found, right.said[case.name]),
            ):
                print(
                    f"\n== {case.name}: {side}",
                    *(request.text() for request in recording),
                    *([f"({said})"] if said else []),
                    sep="\n",
                )
    return results


def inside(names, program, check, show):
    """Runs everything, in the namespace; returns the errors."""
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    import comparison
    import corpus
    import page

    corpus_of_all = corpus.load()
    stored = dict.fromkeys(name for case in corpus_of_all for name in case.vault)
    cases = [
        case for case in corpus_of_all if not names or any(name in case.name for name in names)
    ]
    explanations = comparison.Explanations(comparison.EXPLAINED.read_text())
    with tempfile.TemporaryDirectory(prefix="jvd-") as folder:
        progress(f"{len(cases)} cases")
        results = compare(cases, stored, program, pathlib.Path(folder), show)
    progress("compared")
    wrong = [
        line for case in cases for line in explanations.judge(case.name, results[case.name][2])
    ]
    if not names:
        wrong += explanations.left_over(results)
        text = page.render(cases, results, explanations)
        if not check:
            print(text, end="")
        elif not PAGE.exists() or page.of_any_version(PAGE.read_text()) != page.of_any_version(
            text
        ):
            wrong.append(f"docs/differences.md is out of date: run `{page.COMMAND}`")
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument(
        "case",
        nargs="*",
        help="cases whose names contain this; without any, all cases and the page",
    )
    parser.add_argument(
        "--program",
        type=pathlib.Path,
        default=PROJECT / "target/jvault",
        help="the packaged program (target/jvault)",
    )
    parser.add_argument(
        "--check", action="store_true", help="compare the page instead of printing it"
    )
    parser.add_argument("--show", action="store_true", help="print what both sides sent")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    program = options.program.absolute()
    if not os.access(program / "bin/jvault", os.X_OK):
        sys.exit(f"differential: {program} holds no program; run `mvn package -DskipTests`.")
    if options.inside:
        wrong = inside(options.case, program, options.check, options.show)
        for line in wrong:
            print(line, file=sys.stderr)
        sys.exit(1 if wrong else 0)
    # Debian leaves these folders out of a user's PATH.
    os.environ["PATH"] += ":/usr/sbin:/sbin"
    missing = [command for command in ("unshare", "ip", "moto_server") if not shutil.which(command)]
    missing += [
        module for module in ("botocore", "cryptography") if not importlib.util.find_spec(module)
    ]
    if missing:
        sys.exit(
            f"differential: {', '.join(missing)}: missing; install util-linux, iproute2 and "
            "`pip install awscli 'moto[server]'` for this python3."
        )
    os.execvp("unshare", ["unshare", "-rn", sys.executable, __file__, "--inside", *sys.argv[1:]])


if __name__ == "__main__":
    main()
