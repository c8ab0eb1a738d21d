"""The Debian package in the booted machine, as a user meets it who starts nothing by hand."""

import importlib.util
import json
import pathlib
import re
import shutil
import sys
import tempfile

sys.dont_write_bytecode = True
from machine import PROJECT, Failed, User, until  # noqa: E402

PACKAGES = PROJECT / "target/dist"
NAMES_THE_LIMIT = "This system gives a user's units no namespaces"


def there():
    """Whether the packages are built."""
    return bool(list(PACKAGES.glob("*.deb")))


class DebianPackage:
    """What happens to Dee, whose daemon comes from the units of the package, in order."""

    def __init__(self, machine, config, key):
        self.machine, self.config, self.key = machine, config, key
        self.dee = self.uri = self.token = None
        self.new = ""

    def puts_the_packages_there(self):
        """The package, and the same as the version before."""
        source = PROJECT / "packaging/src/test/run.py"
        spec = importlib.util.spec_from_file_location("packages", source)
        packages = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(packages)
        self.new = packages.version()
        folder = self.machine.root / "opt"
        shutil.copy(packages.only("*.deb"), folder / "new.deb")
        with tempfile.TemporaryDirectory() as scratch:
            old = packages.repacked(folder / "new.deb", pathlib.Path(scratch))
            shutil.copy(old, folder / "old.deb")

    def serves_from_the_packages_units(self):
        self.dee = User(self.machine, "dee", 1003, JVAULT_KEY_COMMAND="cat /home/dee/key")
        shutil.copy(self.machine.root / "home/ann/key", self.dee.home / "key")
        (self.dee.home / ".aws").mkdir()
        (self.dee.home / ".aws/config").write_text(self.config)
        settings = self.dee.home / ".config/environment.d/vault.conf"
        settings.parent.mkdir(parents=True)
        settings.write_text('JVAULT_KEY_COMMAND="cat /home/dee/key"\n')
        self.machine.sh("chown -R dee:dee /home/dee")
        self.dee.log_in()
        self.machine.sh("dpkg --install /opt/old.deb")
        self.dee.sh("systemctl --user enable --now jvault.socket")
        self.dee.jvault("add root --env --no-check", **self.key)
        said = self.dee.jvault("server --profile dev --background")[1]
        printed = dict(re.findall(r"(?m)^  (AWS_\w+)=(.+)$", said))
        self.uri = printed["AWS_CONTAINER_CREDENTIALS_FULL_URI"]
        self.token = printed["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"]
        self.dee.sh("systemctl --user stop jvault.service")
        self.reads()
        self.expect("/lib/jvault/0.0.9/" in self.program(), self.program())

    def hands_over_after_an_upgrade(self):
        """By itself, and every request of that time is answered."""
        said = self.machine.sh("dpkg --install /opt/new.deb")[1]
        self.expect("hand over to it by themselves" in said, said)

        def replaced():
            self.reads()
            return f"/lib/jvault/{self.new}/" in self.program()

        until("the daemon of the new version runs", replaced, 120)
        self.reads()
        self.expect(self.dee.pid(), "the new daemon is not systemd's")
        log = (self.dee.home / ".local/state/jvault/jvault.log").read_text()
        self.expect("heartbeat_failed" not in log, log)

    def does_without_namespaces(self):
        """Dee's systemd may make none, as in some containers: the installation finds that out."""
        self.dee.log_out()
        limit = self.machine.root / "etc/systemd/system/user@1003.service.d/limit.conf"
        limit.parent.mkdir()
        limit.write_text("[Service]\nRestrictNamespaces=yes\n")
        self.machine.sh("systemctl daemon-reload")
        self.dee.log_in()
        self.dee.sh("systemctl --user start jvault.service", False)
        said = self.dee.jvault("service status", False)[1]
        self.expect("gives a user's units no namespaces; `jvault service install`" in said, said)
        said = self.dee.jvault("service install")[1]
        self.expect(NAMES_THE_LIMIT in said, said)
        self.reads()
        self.expect(self.dee.pid(), "the daemon is not systemd's")
        status, said, _ = self.dee.jvault("service status", False)
        self.expect(status == 0 and "less hardening, because this system" in said, said)

    def leaves_only_the_vault(self):
        self.dee.jvault("service uninstall")
        self.machine.sh("dpkg --purge jvault")
        running = self.machine.sh("ls -l /proc/[0-9]*/exe 2>/dev/null | grep jvault", False)[1]
        self.expect(not running, f"still runs: {running}")
        left = self.machine.sh(
            "find /etc /usr /var /run /tmp /home/dee -xdev -path '*jvault*'"
            " ! -path '*/.local/share/jvault*' ! -path '*/.local/state/jvault*' -print"
        )[1]
        self.expect(not left, f"left behind: {left}")
        self.expect((self.dee.home / ".local/share/jvault/keys.age").exists(), "no vault")

    PARTS = (
        puts_the_packages_there,
        serves_from_the_packages_units,
        hands_over_after_an_upgrade,
        does_without_namespaces,
        leaves_only_the_vault,
    )

    def program(self):
        return self.machine.sh(f"readlink /proc/{self.dee.pid()}/exe", False)[1]

    def reads(self):
        said = self.dee.sh(f"python3 /opt/test/poll.py {self.uri} {self.token}")[1]
        self.expect(said.startswith("200 "), f"not 200: {said}")
        json.loads(said.partition(" ")[2])

    def expect(self, condition, sentence):
        if not condition:
            raise Failed(sentence)
