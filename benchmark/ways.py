"""The two ways in which SDKs ask jvault."""

import pathlib

from reference import ReferenceServers


class Ways:
    """The container endpoint and IMDS, each beside bare servers that give the same answer."""

    def __init__(self, bench):
        self.container, self.imds = bench.endpoint("dev"), bench.imds("dev")
        self.references = ReferenceServers(bench, self.container)
        bare = self.references.addresses
        secret = pathlib.Path(self.container.header).read_text().split(": ")[1]
        session = bench.target(self.imds.uri, f"x-aws-ec2-metadata-token: {secret}")
        self.servers = {
            "Container": {"jvault": self.container}
            | {name: self.container.at(base) for name, base in bare.items()},
            "IMDS": {"jvault": self.imds} | {name: session.at(base) for name, base in bare.items()},
        }

    def close(self):
        self.references.close()
