"""Drives the program in go/, which puts a server under load."""

import contextlib
import json
import os
import pathlib
import subprocess
import typing

from machine import processes_and_descriptors, tcp_sockets, tool
from report import fail

SOURCE = pathlib.Path(__file__).resolve().parent / "go"


class Crowd(typing.NamedTuple):
    """What is open while callers are looked up; younger: its holder starts after the caller."""

    sockets: int
    files: int = 0
    younger: bool = False


class LoadClient:
    """The compiled program and the processes of it that have been started."""

    def __init__(self, folder):
        self.path, self.started = str(folder / "loopback"), []
        go = tool("go", "golang-go")
        variables = {"GOCACHE": str(folder / "go-cache"), "GOTOOLCHAIN": "local"}
        subprocess.run(
            [go, "build", "-C", SOURCE, "-o", self.path, "."],
            env=os.environ | variables,
            check=True,
        )

    def load(self, target, clients, span, at_most=0, kind="kept"):
        """Quantiles in µs and a rate; see load.go for the kinds."""
        command = [self.path, kind, *target, str(clients), span, str(at_most)]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode:
            fail(f"a load of {kind} requests failed: {done.stderr.strip()[-600:]}")
        return json.loads(done.stdout)

    def first(self, target, span, crowd):
        """Times of the first and the later requests of connections, and what else was open."""
        with contextlib.ExitStack() as stack:
            if not crowd.younger:
                stack.enter_context(self.holding(crowd))
            client = self.start("first", *target, span)
            if crowd.younger:
                stack.enter_context(self.holding(crowd))
            around = (tcp_sockets(), *processes_and_descriptors())
            out, _ = client.communicate("begin\n")
        return json.loads(out), around

    @contextlib.contextmanager
    def holding(self, crowd):
        """Runs a process that keeps files open, and sockets: both ends of each connection."""
        pairs = max(0, crowd.sockets - tcp_sockets()) // 2
        process = self.start("hold", str(pairs), str(crowd.files))
        if not process.stdout.readline():
            fail(f"{crowd.sockets} sockets and {crowd.files} files cannot be held open.")
        yield
        process.communicate()

    def start(self, *arguments):
        process = subprocess.Popen(
            [self.path, *arguments], text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.started.append(process)
        return process

    def close(self):
        for process in self.started:
            process.kill()
            process.wait()
