#!/usr/bin/env python3
"""Keeps sockets as a socket unit of systemd does, for tests without a user's manager.

keep.py ADDRESS… -- COMMAND…

An ADDRESS is HOST:PORT or the path of a Unix socket. Starts the command at the first connection
with the sockets as descriptors 3, 4, …, and again at the next connection after it has ended. Ends
with SIGTERM, and so does the command.
"""

import os
import select
import signal
import socket
import sys

FIRST = 3


def listen(address: str) -> socket.socket:
    if address.startswith("/"):
        os.makedirs(os.path.dirname(address), mode=0o700, exist_ok=True)
        kept = socket.socket(socket.AF_UNIX)
        kept.bind(address)
    else:
        host, port = address.rsplit(":", 1)
        kept = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
        kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        kept.bind((host, int(port)))
    kept.listen(4096)
    return kept


def start(command: list[str], kept: list[socket.socket]) -> int:
    pid = os.fork()
    if pid == 0:
        become(command, kept)
    return pid


def become(command: list[str], kept: list[socket.socket]) -> None:
    high = [os.dup(one.fileno()) for one in kept]
    for number, descriptor in enumerate(high):
        os.dup2(descriptor, FIRST + number)
    os.environ["LISTEN_PID"] = str(os.getpid())
    os.environ["LISTEN_FDS"] = str(len(kept))
    os.execvp(command[0], command)


def main() -> None:
    end = sys.argv.index("--")
    kept = [listen(address) for address in sys.argv[1:end]]
    while True:
        select.select(kept, [], [])
        pid = start(sys.argv[end + 1 :], kept)
        signal.signal(
            signal.SIGTERM, lambda *_, child=pid: os.kill(child, signal.SIGTERM) or sys.exit()
        )
        os.waitpid(pid, 0)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


main()
