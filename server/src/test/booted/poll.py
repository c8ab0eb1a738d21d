"""Reads credentials in the booted machine, as an SDK does.

With a number of clients and of seconds it polls, and prints how many answers of each kind came, and
each failure of a connection. Otherwise it prints one answer: its status and its body.
"""

import collections
import http.client
import pathlib
import sys
import threading
import time
import urllib.parse

URI, TOKEN = urllib.parse.urlsplit(sys.argv[1]), pathlib.Path(sys.argv[2]).read_text()


def read():
    connection = http.client.HTTPConnection(URI.hostname, URI.port, timeout=60)
    try:
        connection.request("GET", URI.path, headers={"Authorization": TOKEN})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def poll(end, kinds):
    while time.monotonic() < end:
        try:
            kinds[str(read()[0])] += 1
        except (OSError, http.client.HTTPException) as e:
            kinds[f"{type(e).__name__}: {e}"] += 1
        time.sleep(0.05)


if len(sys.argv) == 3:
    print(*read())
else:
    counts = [collections.Counter() for _ in range(int(sys.argv[3]))]
    stop = time.monotonic() + int(sys.argv[4])
    threads = [threading.Thread(target=poll, args=(stop, counter)) for counter in counts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for kind, count in sorted(sum(counts, collections.Counter()).items()):
        print(count, kind)
