"""Requests that are measured."""

import typing
import urllib.parse
import urllib.request


class Target(typing.NamedTuple):
    """A request: its URI, the file with the header that carries the token, the expected status."""

    uri: str
    header: str
    status: str

    def at(self, base):
        """The same request to another server."""
        return self._replace(uri=base + urllib.parse.urlsplit(self.uri).path)

    def elsewhere(self, path, status):
        """A request for another path of the same server."""
        return self._replace(uri=urllib.parse.urljoin(self.uri, path), status=status)


def fetch(uri, method, header):
    """Sends one request, without a proxy, and returns the body of the answer."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    request = urllib.request.Request(uri, headers=dict([header.split(": ")]), method=method)
    return direct.open(request, timeout=10).read().decode()
