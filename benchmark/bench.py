"""The program under test in a throw-away home."""

import json
import os
import pathlib
import subprocess

from age_key import new_identity
from load_client import LoadClient
from machine import free_port
from report import fail
from targets import Target, fetch

CONFIG = """\
[profile base]
region = eu-west-1
[profile dev]
source_profile = base
role_arn = arn:aws:iam::111122223333:role/dev
# The launcher leaves a name with a dot to the Java client. The session is that of dev.
[profile dev.java]
source_profile = base
role_arn = arn:aws:iam::111122223333:role/dev
[profile deep]
source_profile = dev
role_arn = arn:aws:iam::444455556666:role/deep
"""
PROFILE = """\
[profile p{i}]
source_profile = base
role_arn = arn:aws:iam::111122223333:role/p{i}
"""


class Bench:
    """jvault's home, its daemon, and the client that puts it under load."""

    def __init__(self, folder, program, sts, quick):
        self.folder, self.sts, self.quick = folder, sts, quick
        self.jvault, self.lib = str(program / "bin/jvault"), program / "lib/jvault/current/lib"
        home = folder / "home"
        (home / ".aws").mkdir(parents=True)
        profiles = [PROFILE.format(i=i) for i in range(10)]
        (home / ".aws/config").write_text(CONFIG + "".join(profiles))
        key = folder / "key"
        key.touch(mode=0o600)
        key.write_text(new_identity() + "\n")
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "JVAULT_HOME": str(folder / "jvault"),
            "JVAULT_KEY_COMMAND": f"cat {key}",
            "AWS_ENDPOINT_URL_STS": sts.url,
        }
        self.port, self.imds_port = free_port(), free_port()
        self.client = LoadClient(folder)

    def run(self, command, **more):
        """Runs a command in the throw-away environment and returns its output; fails if it does."""
        more.setdefault("env", self.environment)
        done = subprocess.run(
            list(map(str, command)),
            stdin=subprocess.DEVNULL,
            text=True,
            capture_output=True,
            **more,
        )
        if done.returncode:
            fail(f"`{' '.join(map(str, command))}` failed: {done.stderr.strip()[-600:]}")
        return done.stdout

    def verb(self, *words):
        return self.run([self.jvault, *words])

    def serve(self):
        """Starts the daemon on a port of its own: the user's daemon may have the usual one."""
        self.verb("server", "--background", "--port", self.port)

    def status(self):
        return json.loads(self.verb("status", "--json"))

    def close(self):
        subprocess.run(
            [self.jvault, "stop"], env=self.environment, capture_output=True, check=False
        )
        self.client.close()

    def endpoint(self, profile):
        """The request for a profile's credentials that a command's variables lead to."""
        lines = self.verb("exec", profile, "--", "env").splitlines()
        variables = dict(line.split("=", 1) for line in lines if "=" in line)
        token = pathlib.Path(variables["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"]).read_text()
        uri = variables["AWS_CONTAINER_CREDENTIALS_FULL_URI"]
        return self.target(uri, f"Authorization: {token}")

    def imds(self, profile):
        """Opens an IMDS listener for the profile; the request for its credentials."""
        self.verb("server", "--imds", f"{profile}={self.imds_port}", "--background")
        base = f"http://127.0.0.1:{self.imds_port}/latest/"
        token = fetch(base + "api/token", "PUT", "x-aws-ec2-metadata-token-ttl-seconds: 21600")
        header = f"x-aws-ec2-metadata-token: {token}"
        roles = base + "meta-data/iam/security-credentials/"
        return self.target(roles + fetch(roles, "GET", header), header)

    def target(self, uri, header, status="200"):
        """A request whose header is in a file, because command lines are no place for a token."""
        file = self.folder / f"header-{len(list(self.folder.glob('header-*')))}"
        file.touch(mode=0o600)
        file.write_text(header)
        return Target(uri, str(file), status)
