"""Asks for credentials again and again, each time by a provider of its own: SECONDS CLIENTS."""
import sys
import threading
import time

from botocore.session import Session

seconds, clients = int(sys.argv[1]), int(sys.argv[2])
end = time.monotonic() + seconds
counts = [0] * clients
troubles = []


def poll(client):
    while time.monotonic() < end:
        try:
            credentials = Session().get_credentials()
            if credentials is None:
                raise ValueError("no credentials")
            credentials.get_frozen_credentials()
            counts[client] += 1
        except Exception as e:
            troubles.append(repr(e))
        time.sleep(0.1)


threads = [threading.Thread(target=poll, args=(client,)) for client in range(clients)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sum(counts), len(troubles), *troubles[:3])
