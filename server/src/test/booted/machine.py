"""A Debian that systemd boots in podman, without a network, and its users."""

import functools
import os
import pathlib
import shutil
import subprocess
import sys
import time

sys.dont_write_bytecode = True
import fresh_debian  # noqa: E402

PROJECT = pathlib.Path(__file__).resolve().parents[4]
FOLDER = PROJECT / "target/booted"
NAME = f"jvault-booted-{os.getpid()}"
PACKAGES = "systemd,systemd-sysv,dbus,dbus-user-session,libpam-systemd,python3"
# In some containers podman may not raise these limits.
CONF = '[containers]\ndefault_ulimits = ["nofile=20000:20000", "nproc=4000:4000"]\n'


def progress(what):
    print(f"{time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)


class Failed(Exception):
    """A check of this test, or a command of it."""


def run(*command, check=True, limit=300, **options):
    """Runs a command; returns its status, standard output and standard error."""
    done = subprocess.run(
        list(map(str, command)),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=limit,
        check=False,
        **options,
    )
    if check and done.returncode:
        raise Failed(
            f"`{' '.join(map(str, command))}` ended with {done.returncode}:\n"
            f"{done.stdout}{done.stderr}"
        )
    return done.returncode, done.stdout, done.stderr


def until(what, condition, limit=60):
    """Waits for a condition, which returns something true."""
    end = time.monotonic() + limit
    while not (found := condition()):
        if time.monotonic() > end:
            raise Failed(f"after {limit} s still not true: {what}")
        time.sleep(0.2)
    return found


class Machine:
    """The machine. Its file system is a folder, so files can be put there from outside."""

    def __init__(self):
        base, self.root = FOLDER / "debian", FOLDER / "root"
        FOLDER.mkdir(parents=True, exist_ok=True)
        if not (base / "usr/bin/python3").exists():
            progress("debootstrap")
            patient = functools.partial(run, limit=900)
            fresh_debian.make(patient, base, f"--include={PACKAGES}")
        shutil.rmtree(self.root, ignore_errors=True)
        run("cp", "-a", "--reflink=auto", base, self.root)
        # The user's systemd ends right after the last logout.
        logind = self.root / "etc/systemd/logind.conf.d/short.conf"
        logind.parent.mkdir()
        logind.write_text("[Login]\nUserStopDelaySec=0\n")

    def boot(self):
        """Boots with the first container runtime that works here."""
        reasons = []
        for runtime in ("runc", "crun"):
            if not shutil.which(runtime):
                continue
            conf = FOLDER / "containers.conf"
            conf.write_text(f'{CONF}[engine]\nruntime = "{runtime}"\n')
            os.environ["CONTAINERS_CONF"] = str(conf)
            status, _, error = run(
                "podman", "run", "-d", "--name", NAME, "--network", "none", "--privileged",
                "--systemd=always", "--rootfs", self.root, "/sbin/init", check=False,
            )  # fmt: skip
            if status == 0:
                return self.await_boot()
            reasons.append(f"{runtime}: {error}")
            run("podman", "rm", "-f", NAME, check=False)
        raise Failed(f"podman cannot boot a machine here: {reasons or 'no runc and no crun'}")

    def await_boot(self):
        def state():
            said = self.sh("systemctl is-system-running", check=False)[1].strip()
            return said if said in ("running", "degraded") else ""

        if until("the machine has booted", state, 120) == "degraded":
            raise Failed(self.sh("systemctl --failed --no-pager; journalctl -b -p err")[1])

    def reboot(self):
        run("podman", "restart", "-t", "60", NAME)
        self.await_boot()

    def sh(self, script, check=True, user="root", limit=120, **variables):
        """Runs a shell script in the machine."""
        options = [word for name, value in variables.items() for word in ("-e", f"{name}={value}")]
        return run(
            "podman", "exec", "-u", user, *options, NAME, "/bin/bash", "-c", script,
            check=check, limit=limit,
        )  # fmt: skip

    def remove(self):
        run("podman", "rm", "-f", "-t", "5", NAME, check=False)


class User:
    """A user without root, who logs in by PAM as from a terminal."""

    def __init__(self, machine, name, uid, **variables):
        self.machine, self.name, self.uid = machine, name, uid
        self.home = machine.root / "home" / name
        self.variables = {
            "HOME": f"/home/{name}",
            "USER": name,
            "SHELL": "/bin/bash",
            "XDG_RUNTIME_DIR": f"/run/user/{uid}",
            "PATH": f"/home/{name}/.local/bin:/usr/bin:/bin",
        } | variables
        machine.sh(f"useradd -m -u {uid} -s /bin/bash {name}")

    def sh(self, script, check=True, **variables):
        return self.machine.sh(script, check, self.name, **self.variables | variables)

    def jvault(self, words, check=True, **variables):
        return self.sh(f"jvault {words}", check, **variables)

    def log_in(self):
        self.machine.sh(
            f"systemd-run --quiet --unit=login-{self.name} --property=PAMName=login"
            f" --property=User={self.name} sleep infinity"
        )
        until(
            f"{self.name} is logged in",
            lambda: "running" in self.sh("systemctl --user is-system-running", False)[1],
        )

    def log_out(self):
        self.machine.sh(f"systemctl stop login-{self.name}")
        until(
            f"{self.name} is logged out",
            lambda: self.machine.sh(f"systemctl is-active user@{self.uid}", False)[0],
        )

    def pid(self):
        """The process id of the daemon that systemd runs, or 0."""
        said = self.sh("systemctl --user show jvault.service -p MainPID --value")[1]
        return int(said.strip() or 0)
