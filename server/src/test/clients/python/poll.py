"""Asks for credentials while FILE exists, each time by a provider of its own: FILE CLIENTS."""

import pathlib
import sys
import threading
import time

from botocore.session import Session

asking, clients = pathlib.Path(sys.argv[1]), int(sys.argv[2])
begun = time.monotonic()
counts = [0] * clients
troubles = []


def poll(client):
    while True:
        asked = time.monotonic()
        try:
            credentials = Session().get_credentials()
            if credentials is None:
                raise ValueError("no credentials")
            credentials.get_frozen_credentials()
            counts[client] += 1
        except Exception as e:
            took = time.monotonic() - asked
            troubles.append(f"at {asked - begun:.1f} s, for {took:.1f} s: {e!r}")
        if not asking.exists():
            return
        time.sleep(1)


threads = [threading.Thread(target=poll, args=(client,)) for client in range(clients)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sum(counts), len(troubles), *troubles[:20])
