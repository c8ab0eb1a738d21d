#!/usr/bin/env python3
"""Installs the packaged program in a booted Debian, as a user does, and lives with it.

The machine is a Debian that systemd boots in podman, without a network; debootstrap makes it in
target/booted. Needs root, podman, debootstrap and age, and takes some minutes. If a machine cannot
be booted, that is a failure.
"""

import argparse
import contextlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

sys.dont_write_bytecode = True
import debian_package  # noqa: E402
from machine import NAME, PROJECT, Failed, Machine, User, progress, run, until  # noqa: E402

SOURCE = pathlib.Path(__file__).parent
STS = 5999
CONFIG = f"""\
[profile root]
region = eu-west-1
endpoint_url = http://127.0.0.1:{STS}
[profile dev]
source_profile = root
role_arn = arn:aws:iam::222222222222:role/Developer
role_session_name = booted
endpoint_url = http://127.0.0.1:{STS}
[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = eu-west-1
sso_registration_scopes = sso:account:access
"""
STS_UNIT = f"""\
[Service]
ExecStart=/usr/bin/python3 /opt/test/sts.py {STS}
[Install]
WantedBy=multi-user.target
"""
KEY = {"AWS_ACCESS_KEY_ID": "AKIAJVAULTBOOTED2222", "AWS_SECRET_ACCESS_KEY": "madeUp" + "/" * 34}
ANN_UNITS = ".config/systemd/user"


def check(condition, sentence):
    if not condition:
        raise Failed(sentence)


class Story:
    """What happens to the users of one machine, in order. Each part is a method."""

    def __init__(self, machine, program):
        self.machine, self.program = machine, program
        self.ann = self.bob = None
        self.uri = self.token = ""

    def prepare(self):
        """Two users: Ann, whose vault a command opens, and Bob, whose vault has a passphrase."""
        test = self.machine.root / "opt/test"
        test.mkdir(parents=True)
        for name in ("sts.py", "poll.py", "browser.py"):
            shutil.copy(SOURCE / name, test)
        (self.machine.root / "etc/systemd/system/sts.service").write_text(STS_UNIT)
        self.machine.sh("systemctl enable --now sts")
        self.ann = User(self.machine, "ann", 1001, JVAULT_KEY_COMMAND="cat /home/ann/key")
        self.bob = User(self.machine, "bob", 1002)
        identity = run("age-keygen")[1]
        (self.ann.home / "key").write_text(re.search("AGE-SECRET-KEY-.*", identity)[0] + "\n")
        for user in (self.ann, self.bob):
            (user.home / ".aws").mkdir()
            (user.home / ".aws/config").write_text(CONFIG)
            self.copy_program(user)
        passphrase = {"JVAULT_PASSPHRASE": "made up for the test"}
        self.ann.jvault("add root --env --no-check", **KEY)
        self.bob.jvault("add root --env --no-check", **KEY, **passphrase)
        self.bob.jvault("stop")

    def copy_program(self, user):
        run("cp", "-a", f"{self.program}/.", user.home / ".local")
        self.machine.sh(f"chown -R {user.uid}:{user.uid} /home/{user.name}")

    def refuses_without_a_user_manager(self):
        """A user who is not logged in, as after su, gets a sentence and no files."""
        status, _, error = self.ann.jvault("service install", False)
        check(status == 1, f"exit status {status} without a user manager: {error}")
        check("loginctl enable-linger ann" in error, error)
        check(not (self.ann.home / ".config").exists(), "files without a user manager")

    def refuses_a_taken_port(self):
        """A port of another program: one sentence, nothing written, nothing stopped."""
        self.ann.log_in()
        self.ann.jvault("stop")
        listen = "import socket,time; s=socket.create_server(('127.0.0.1',9170)); time.sleep(600)"
        self.machine.sh(f'systemd-run --quiet --unit=taken --uid=ann python3 -c "{listen}"')
        until("the port is taken", lambda: "9170" in self.listening())
        status, _, error = self.ann.jvault("service install", False)
        check(status == 1 and "Port 9170 is taken by `python3` (pid " in error, error)
        check(not (self.ann.home / ANN_UNITS).exists(), "units although the port is taken")
        self.machine.sh("systemctl stop taken")

    def listening(self):
        """The listening TCP ports, in decimal."""
        lines = self.machine.sh("cat /proc/net/tcp /proc/net/tcp6")[1].splitlines()
        fields = [line.split() for line in lines if ":" in line]
        return [
            str(int(f[1].rpartition(":")[2], 16)) for f in fields if len(f) > 3 and f[3] == "0A"
        ]

    def installs(self):
        """Replaces the daemon that a command has started; nothing changes the second time."""
        self.ann.jvault("server --background")
        shown = self.ann.jvault("service install --dry-run --profile dev")[1]
        check("jvault.socket" in shown and not (self.ann.home / ANN_UNITS).exists(), shown)
        said = self.ann.jvault("service install --profile dev")[1]
        printed = dict(re.findall(r"(?m)^  (AWS_\w+)=(.+)$", said))
        self.uri = printed["AWS_CONTAINER_CREDENTIALS_FULL_URI"]
        self.token = printed["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"]
        self.reads()
        check(self.ann.pid(), "the daemon is not systemd's:\n" + self.status())
        again = self.ann.jvault("service install --profile dev")[1]
        check("The service is up to date" in again, again)

    def status(self):
        return self.ann.jvault("service status", False)[1]

    def reads(self, user=None, status="200"):
        """One request of an SDK; returns the body."""
        said = (user or self.ann).sh(f"python3 /opt/test/poll.py {self.uri} {self.token}")[1]
        check(said.startswith(status + " "), f"not {status}: {said}")
        return json.loads(said.partition(" ")[2])

    def starts_at_the_first_request(self):
        """Neither a stop nor kill -9 keeps a request from being answered."""
        key = self.reads()["AccessKeyId"]
        self.ann.sh("systemctl --user stop jvault.service")
        check(self.ann.pid() == 0, "the daemon has not stopped")
        check(self.reads()["AccessKeyId"] == key, "another session after a stop")
        pid = self.ann.pid()
        self.ann.sh(f"kill -9 {pid}")
        check(self.reads()["AccessKeyId"] == key, "another session after kill -9")
        until("a new daemon runs", lambda: self.ann.pid() not in (0, pid))

    def replaces_a_daemon_that_hangs(self):
        """The watchdog kills it, and the request that waits meanwhile is answered."""
        drop_in = self.ann.home / ANN_UNITS / "jvault.service.d/short.conf"
        drop_in.parent.mkdir(exist_ok=True)
        # The daemon says every 20 seconds that it is alive.
        drop_in.write_text("[Service]\nWatchdogSec=25s\n")
        self.ann.sh("systemctl --user daemon-reload; systemctl --user restart jvault.service")
        pid = self.ann.pid()
        drop_in.unlink()
        self.ann.sh(f"systemctl --user daemon-reload; kill -STOP {pid}")
        self.reads()
        check(self.ann.pid() not in (0, pid), "no other daemon after a hang")
        said = self.ann.sh("journalctl --user --unit=jvault.service --no-pager")[1]
        check("Watchdog timeout" in said, said)

    def opens_a_browser_outside_the_sandbox(self):
        """A login; the browser can do what the sandbox forbids, and the journal has no address."""
        oidc = f"http://127.0.0.1:{STS}"
        self.ann.jvault(
            "sso login corp",
            BROWSER="/usr/bin/python3 /opt/test/browser.py",
            AWS_ENDPOINT_URL_SSO_OIDC=oidc,
        )
        cgroup = (self.ann.home / "browsers-cgroup").read_text()
        check("user@1001.service" in cgroup and "jvault.service" not in cgroup, cgroup)
        said = self.ann.sh("journalctl --user --no-pager")[1]
        check("browser.py" not in said, said)

    def survives_logout_and_reboot(self):
        self.ann.log_out()
        until("the port is closed", lambda: "9170" not in self.listening())
        self.ann.log_in()
        self.reads()
        self.machine.reboot()
        self.ann.log_in()
        self.reads()
        check("runs (pid" in self.status(), self.status())

    def survives_storms(self):
        """50 clients poll while the daemon is restarted, and replaced by another version."""
        command = f"python3 /opt/test/poll.py {self.uri} {self.token} 50 25"
        polling = subprocess.Popen(
            ["podman", "exec", "-u", "ann", NAME, "/bin/bash", "-c", command],
            stdout=subprocess.PIPE,
            text=True,
        )
        started, pids = time.monotonic(), {self.ann.pid()}
        while time.monotonic() < started + 10:
            self.ann.jvault("restart")
            pids.add(self.ann.pid())
        self.upgrade("0.1.999")
        self.ann.jvault("restart")
        program = self.machine.sh(f"readlink /proc/{self.ann.pid()}/exe")[1]
        check("/lib/jvault/0.1.999/" in program, f"the daemon is still {program}")
        pids.add(self.ann.pid())
        counts = dict(
            reversed(line.split(" ", 1))
            for line in polling.communicate(timeout=120)[0].splitlines()
        )
        progress(f"    {len(pids)} daemons, answers: {counts}")
        check(set(counts) == {"200"} and int(counts["200"]) > 500, f"not all answered: {counts}")

    def upgrade(self, version):
        """Puts the same program beside itself under another version, and switches the link."""
        lib = self.ann.home / ".local/lib/jvault"
        old = os.readlink(lib / "current")
        run("cp", "-a", lib / old, lib / version)
        file = lib / version / "lib/version"
        file.chmod(0o644)
        file.write_text(version + "\n")
        (lib / "new").symlink_to(version)
        (lib / "new").rename(lib / "current")
        self.machine.sh("chown -R 1001:1001 /home/ann/.local/lib/jvault")

    def names_unlock_for_a_locked_vault(self):
        """After a reboot Bob's vault is locked: a request gets a 503 that says what to do."""
        self.bob.log_in()
        port = {"JVAULT_PASSPHRASE": "made up for the test"}
        self.bob.jvault("server --port 9270 --background", **port)
        said = self.bob.jvault("service install --profile dev", **port)[1]
        printed = dict(re.findall(r"(?m)^  (AWS_\w+)=(.+)$", said))
        uri, token = self.uri, self.token
        self.uri = printed["AWS_CONTAINER_CREDENTIALS_FULL_URI"]
        self.token = printed["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"]
        check(":9270/" in self.uri, self.uri)
        self.reads(self.bob)
        self.bob.log_out()
        self.bob.log_in()
        body = self.reads(self.bob, "503")
        check("jvault unlock" in json.dumps(body), body)
        self.bob.jvault("unlock dev", **port)
        self.reads(self.bob)
        self.bob.jvault("service uninstall")
        self.uri, self.token = uri, token

    def serves_instance_metadata(self):
        """Its listener has no token, so the sandbox must show the daemon who asks."""
        self.ann.jvault("service install --imds dev=9171")
        script = (
            "import urllib.request as u; b='http://127.0.0.1:9171/latest/';"
            "h='X-aws-ec2-metadata-token'; r=lambda p,m,x: u.urlopen(u.Request("
            "b+p,method=m,headers=x)).read().decode();"
            "t=r('api/token','PUT',{h+'-ttl-seconds':'60'});"
            "p='meta-data/iam/security-credentials/'; print(r(p+r(p,'GET',{h:t}),'GET',{h:t}))"
        )
        said = self.ann.sh(f'python3 -c "{script}"')[1]
        check(json.loads(said)["AccessKeyId"].startswith("ASIA"), said)
        self.reads()
        again = self.ann.jvault("service install")[1]
        check("The service is up to date" in again, again)

    def keeps_an_edited_unit(self):
        unit = self.ann.home / ANN_UNITS / "jvault.service"
        text = unit.read_text()
        unit.write_text(text.replace("[Service]", "[Service]\nNice=5"))
        said = self.ann.jvault("service install")[1]
        check("\n+Nice=5\n" in said, said)
        unit.write_text(text)

    def uninstalls(self):
        """Leaves no unit, no link, no port and no process, and the vault as it was."""
        self.ann.jvault("service uninstall")
        left = self.ann.sh("find ~/.config -name '*jvault*'; ls ~/.config", False)[1]
        check(not left.strip(), f"left behind: {left}")
        check("9170" not in self.listening(), "the port is still open")
        running = self.machine.sh("ls -l /proc/[0-9]*/exe 2>/dev/null | grep /home/ann", False)[1]
        check(not running, f"still runs: {running}")
        units = self.ann.sh("systemctl --user list-units --all --plain 'jvault*'")[1]
        check("jvault" not in units, units)
        check(self.ann.jvault("service status", False)[0] == 1, self.status())
        check((self.ann.home / ".local/share/jvault/keys.age").exists(), "the vault is gone")

    PARTS = (
        prepare,
        refuses_without_a_user_manager,
        refuses_a_taken_port,
        installs,
        starts_at_the_first_request,
        replaces_a_daemon_that_hangs,
        opens_a_browser_outside_the_sandbox,
        survives_logout_and_reboot,
        survives_storms,
        names_unlock_for_a_locked_vault,
        serves_instance_metadata,
        keeps_an_edited_unit,
        uninstalls,
    )

    def tell(self):
        self.tell_parts(self)
        if debian_package.there():
            self.tell_parts(debian_package.DebianPackage(self.machine, CONFIG, KEY))
        else:
            progress("not tried: the Debian package; run `mvn -Pdist package -DskipTests`")

    @staticmethod
    def tell_parts(story):
        for part in story.PARTS:
            progress(part.__name__.replace("_", " "))
            part(story)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument(
        "--program",
        type=pathlib.Path,
        default=PROJECT / "target/jvault",
        help="the packaged program (target/jvault)",
    )
    parser.add_argument("--keep", action="store_true", help="leave the machine running")
    options = parser.parse_args()
    for command in ("podman", "debootstrap", "age-keygen"):
        if not shutil.which(command):
            sys.exit(f"booted: {command} is missing; install it.")
    if not os.access(options.program / "bin/jvault", os.X_OK):
        sys.exit(f"booted: {options.program} holds no program; run `mvn package -DskipTests`.")
    machine = Machine()
    story = Story(machine, options.program)
    with contextlib.ExitStack() as stack:
        if not options.keep:
            stack.callback(machine.remove)
        try:
            machine.boot()
            story.tell()
        except Failed as e:
            journal = machine.sh("journalctl -b --no-pager -n 60", False)[1]
            sys.exit(f"booted: {e}\n\nThe journal's last lines:\n{journal}")
    progress("the machine did all that was expected")


if __name__ == "__main__":
    main()
