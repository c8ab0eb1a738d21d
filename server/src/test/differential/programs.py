"""The two programs that are compared: botocore and the packaged jvault."""

import http.client
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys

from corpus import SECRET, key_id

HERE = pathlib.Path(__file__).resolve().parent
LIMIT = 60
# Prints the codes of an MFA device as `pass otp` does, each code once.
PASS = """#!/bin/sh
read -r code < "$0.next"
echo $((code + 1)) > "$0.next"
echo "$code"
"""


class Program:
    """What both have: a home and environment variables for each case."""

    def __init__(self, folder, front):
        self.folder, self.front = folder, front
        self.path = f"{folder / 'bin'}:{os.environ['PATH']}"

    def environment(self, case, home):
        variables = {
            "PATH": self.path,
            "LANG": "C.UTF-8",
            "HOME": str(home),
            "HTTPS_PROXY": self.front.url,
            "AWS_CA_BUNDLE": f"{home}/ca.pem",
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_VAULT_PROMPT": "pass",
        } | case.environment(home, self.front.url)
        return {name: value for name, value in variables.items() if value}

    def home(self, case, keys_in_plain):
        home = self.folder / case.name
        case.write(home, self.front.url, keys_in_plain)
        for authority in (self.front.authority.bundle, self.front.authority.other):
            (home / authority.name).write_bytes(authority.read_bytes())
        return home


class Botocore(Program):
    name = "botocore"

    def __init__(self, folder, front):
        super().__init__(folder, front)
        self.process = subprocess.Popen(
            [sys.executable, HERE / "botocore_side.py"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.code = 100_000

    def ask(self, case):
        """The access key id of the profile's credentials, or None; and what the program said."""
        home = self.home(case, True)
        codes = [str(self.code + number) for number in range(5)]
        self.code += 5
        print(
            json.dumps(
                {
                    "environment": self.environment(case, home),
                    "profile": case.profile,
                    "codes": codes,
                }
            ),
            file=self.process.stdin,
            flush=True,
        )
        answer = json.loads(self.process.stdout.readline())
        return answer.get("key_id"), answer.get("error", "")

    def close(self):
        self.process.stdin.close()
        self.process.wait(LIMIT)


class Jvault(Program):
    name = "jvault"

    def __init__(self, folder, front, program, names):
        super().__init__(folder, front)
        self.program = str(program)
        (folder / "bin").mkdir()
        (folder / "home").mkdir()
        otp = folder / "bin/pass"
        otp.write_text(PASS)
        otp.chmod(0o700)
        (folder / "bin/pass.next").write_text("500000\n")
        self.own = {
            "JVAULT_HOME": str(folder / "jv"),
            "JVAULT_PASSPHRASE": "of the differential test",
        }
        # The daemon runs in a container and on an instance; a profile says whether it uses either.
        daemon = self.own | {
            "PATH": self.path,
            "LANG": "C.UTF-8",
            "HOME": str(folder / "home"),
            "AWS_CONTAINER_CREDENTIALS_FULL_URI": front.url + "/container",
            "AWS_EC2_METADATA_SERVICE_ENDPOINT": front.url,
        }
        for name in names:
            self.run(
                daemon | {"AWS_ACCESS_KEY_ID": key_id(name), "AWS_SECRET_ACCESS_KEY": SECRET},
                "add",
                "--env",
                "--any-id",
                "--no-check",
                name,
            ).check_returncode()
        self.base = daemon

    def ask(self, case):
        """The access key id of the profile's credentials, or None; and what the program said."""
        home = self.home(case, False)
        # The daemon looks in its own home for what `aws sso login` has stored.
        own = self.folder / "home/.aws"
        own.unlink(missing_ok=True)
        own.symlink_to(home / ".aws")
        self.clear()
        ran = self.run(
            self.environment(case, home) | self.own, "credential-process", "--", case.profile
        )
        if ran.returncode:
            return None, ran.stderr.strip()
        return json.loads(ran.stdout)["AccessKeyId"], ran.stderr.strip()

    def clear(self):
        """Does what `jvault clear` does, without a process for it."""
        connection = http.client.HTTPConnection("localhost", timeout=LIMIT)
        connection.sock = socket.socket(socket.AF_UNIX)
        connection.sock.connect(str(self.folder / "jv/run/control.sock"))
        connection.request("POST", "/verbs/clear", "", {"Jvault-Protocol": "3"})
        response = connection.getresponse()
        if (response.status, response.headers.get("Jvault-Exit")) != (200, "0"):
            raise RuntimeError(f"jvault clear: {response.status} {response.read()}")
        connection.close()

    def run(self, environment, *words):
        return subprocess.run(
            [self.program, *words],
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=LIMIT,
            start_new_session=True,
            cwd=self.folder,
        )

    def close(self):
        """Stops the daemon, and kills it if it does not stop."""
        pid = (self.folder / "jv/vault/daemon.lock").read_text().split("\n")[0]
        if self.run(self.base, "stop").returncode and pid:
            os.kill(int(pid), signal.SIGKILL)
