#!/usr/bin/env python3
"""Tries the packages in target/dist as a user would, as root on Debian; names of parts choose some.

deb           installs the Debian package in a fresh Debian, uses it, upgrades it under a running
              daemon that is asked all the time, removes and purges it
rpm           compares the RPM's files with the Debian package's, installs it and removes it there
aur           lets makepkg build a package from the PKGBUILD, and print its .SRCINFO
homebrew      checks the formula's syntax, and that it names the archive
reproducible  builds the packages in two other folders and compares them byte for byte

The fresh Debian is in target/packages-root, and what happens there happens in namespaces.
"""

import argparse
import contextlib
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time

PROJECT = pathlib.Path(__file__).resolve().parents[3]
sys.dont_write_bytecode = True
sys.path.insert(0, str(PROJECT / "server/src/test/booted"))
import fresh_debian  # noqa: E402

PACKAGES = PROJECT / "target/dist"
ROOT = PROJECT / "target/packages-root"
OLD_VERSION = "0.0.9"
USER = 1000
WAIT = 120
CONFIG = (
    "[profile dev]\nregion = eu-west-1\ncredential_process = /bin/cat /home/u/credentials.json\n"
)
CREDENTIALS = {"Version": 1, "AccessKeyId": "ASIAPACKAGES22222222", "SecretAccessKey": "s" * 40}
CREDENTIALS |= {"SessionToken": "t", "Expiration": "2099-01-01T00:00:00Z"}
VAULT_STAYS = "The vault of each user stays in ~/.local/share/jvault"


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    parts = arguments.parts or list(PARTS)
    if arguments.inside:
        run("mount", "-t", "proc", "proc", ROOT / "proc")
        run("ip", "link", "set", "lo", "up")
    else:
        check_sums()
    for part in parts:
        function, in_root = PARTS[part]
        if in_root and not arguments.inside:
            make_root()
            inside(part)
        else:
            function()
            print(f"{part}: good", flush=True)


def inside(part):
    """Runs a part again in namespaces of its own, all of whose processes end with it."""
    # Bash is process 1 there and reaps the daemons, as an init does.
    script = '"$@"; exit $?'
    namespaces = ["--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"]
    command = ["bash", "-c", script, "bash", sys.executable, __file__, "--inside", part]
    run("unshare", *namespaces, *command, shown=True)


def check_sums():
    run("sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS", cwd=PACKAGES)
    named = {line.split()[1] for line in (PACKAGES / "SHA256SUMS").read_text().splitlines()}
    there = {file.name for file in PACKAGES.iterdir() if file.is_file()} - {"SHA256SUMS"}
    expect(named == there, f"SHA256SUMS names {named}, but there is {there}")


def make_root():
    """Makes the fresh Debian, unless a run before has left it as it was."""
    home = ROOT / "home/u"
    if not home.is_dir() or list(ROOT.glob("usr/**/*jvault*")) or list(home.glob(".local")):
        fresh_debian.make(run, ROOT)
        run("chroot", ROOT, "useradd", "--create-home", "--uid", USER, "u")
    (home / ".aws").mkdir(exist_ok=True)
    (home / ".aws/config").write_text(CONFIG)
    (home / "credentials.json").write_text(json.dumps(CREDENTIALS))
    (home / "passphrase").write_text("passphrase of the vault\n")
    (home / "passphrase").chmod(0o600)
    for path in home.rglob("*"):
        os.chown(path, USER, USER)


def try_deb():
    new = only("*.deb")
    run("lintian", "--fail-on", "error,warning", "--allow-root", new)
    with tempfile.TemporaryDirectory() as scratch:
        old = repacked(new, pathlib.Path(scratch))
        said = dpkg("--install", old)
        expect("Nothing has been started" in said, said)
        expect(not programs(), "a daemon runs after the installation")
    use(OLD_VERSION)

    with asked_all_the_time() as answers:
        said = dpkg("--install", new)
        expect("hand over" in said, said)
        # The old daemon cannot give the new one the passphrase that opens this vault.
        as_user("jvault", "restart")
        wait_for(lambda: programs() == {version()}, "the daemon of the new version runs alone")
    expect(answers["200"] > 20 and len(answers) == 1, f"answers during the upgrade: {answers}")
    use(version())

    # Installed once more, as the same version: nothing runs from a deleted file afterwards.
    dpkg("--install", new)
    use(version())
    expect(not list(ROOT.glob("usr/lib/jvault/.*")), "something hidden is left in /usr/lib/jvault")

    said = dpkg("--purge", "jvault")
    expect(VAULT_STAYS in said and "nothing of a user is purged" in said, said)
    expect_nothing_left()


def try_rpm():
    rpm = only("*.rpm")
    listed = run("rpm", "-qp", "--qf", "[%{FILENAMES} %{FILEMODES:perms}\n]", rpm).splitlines()
    in_rpm = {line.split()[0]: line.split()[1] for line in listed if line.split()[1][0] != "d"}
    listed = run("dpkg-deb", "--contents", only("*.deb")).splitlines()
    in_deb = {line.split()[5][1:]: line.split()[0] for line in listed if line[0] != "d"}

    def program(files):
        return {n: m for n, m in files.items() if not n.startswith(DOCUMENTS)}

    expect(program(in_rpm) == program(in_deb), set(in_rpm.items()) ^ set(in_deb.items()))
    expect("/usr/share/licenses/jvault/LICENSE" in in_rpm, "the RPM has no license")

    run("rpm", "--root", ROOT, "--initdb")
    said = run("rpm", "--root", ROOT, "--nodeps", "--install", rpm)
    expect("Nothing has been started" in said, said)
    use(version())
    said = run("rpm", "--root", ROOT, "--erase", "jvault")
    expect(VAULT_STAYS in said, said)
    expect_nothing_left()


def try_aur():
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        shutil.copytree(PACKAGES / "aur", folder, dirs_exist_ok=True)
        shutil.copy(only("*.tar.gz"), folder)
        for path in [folder, *folder.iterdir()]:
            os.chown(path, USER, USER)
        run("shellcheck", "--shell=bash", "--exclude=SC2034,SC2154,SC2164", "PKGBUILD", cwd=folder)
        run("shellcheck", "--shell=sh", "jvault.install", cwd=folder)
        # makepkg refuses to run as root; there is no pacman on Debian, nor is it needed.
        user = ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups"]
        user += ["env", f"HOME={folder}", "PACMAN=true", "PKGEXT=.pkg.tar"]
        info = run(*user, "makepkg", "--printsrcinfo", cwd=folder)
        expect(info.strip() == (folder / ".SRCINFO").read_text().strip(), info)
        run(*user, "makepkg", "--nodeps", cwd=folder)
        built = next(folder.glob("*.pkg.tar"))
        names = set(run("bsdtar", "-tf", built).splitlines())
        for name in ["usr/bin/jvault", f"usr/lib/jvault/{version()}/lib/train", ".INSTALL"]:
            expect(name in names, f"the package lacks {name}")


def try_homebrew():
    formula = PACKAGES / "homebrew/jvault.rb"
    run("ruby", "-c", formula)
    text = formula.read_text()
    archive = only("*.tar.gz")
    expect(f"/v{version()}/{archive.name}" in text, "the formula does not name the archive")
    expect(hashlib.sha256(archive.read_bytes()).hexdigest() in text, "the formula's sum is wrong")


def try_reproducible():
    # Not target/dist: a jar that an earlier build has made names the Java on which that Maven ran.
    with tempfile.TemporaryDirectory(prefix="jvault build ") as scratch:
        folder = pathlib.Path(scratch)
        here = tree(build(folder / "one", {}))
        # As another user would build: another zone and language. The umask is in the modes of the
        # jars' entries.
        there = tree(build(folder / "the other", {"TZ": "Asia/Tokyo", "LC_ALL": "C"}))
        differ = sorted(n for n in here | there if here.get(n) != there.get(n))
        expect(not differ, f"not the same in a second build: {differ}")


def build(copy, variables):
    """Builds the packages from a copy of the sources; returns their folder."""
    files = run("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", cwd=PROJECT)
    for name in filter(None, files.split("\0")):
        if (PROJECT / name).exists():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(PROJECT / name, copy / name, follow_symlinks=False)
    options = ["-B", "-ntp", "-q", "-Pdist", "-DskipTests"]
    if "JVAULT_HOMEPAGE" in os.environ:
        options.append(f"-Dhomepage={os.environ['JVAULT_HOMEPAGE']}")
    run("mvn", *options, "package", cwd=copy, env=os.environ | variables)
    return copy / "target/dist"


def tree(folder):
    files = (file for file in folder.rglob("*") if file.is_file())
    return {str(f.relative_to(folder)): hashlib.sha256(f.read_bytes()).hexdigest() for f in files}


DOCUMENTS = ("/usr/share/doc/", "/usr/share/licenses/", "/usr/share/lintian/")
PARTS = {
    "homebrew": (try_homebrew, False),
    "aur": (try_aur, False),
    "deb": (try_deb, True),
    "rpm": (try_rpm, True),
    "reproducible": (try_reproducible, False),
}


def repacked(package, scratch):
    """The package as the version before would have been."""
    folder = scratch / "old"
    run("dpkg-deb", "--raw-extract", package, folder)
    program = folder / "usr/lib/jvault"
    (program / version()).rename(program / OLD_VERSION)
    (program / "current").unlink()
    (program / "current").symlink_to(OLD_VERSION)
    (program / OLD_VERSION / "lib/version").write_text(OLD_VERSION + "\n")
    for file in (folder / "DEBIAN").iterdir():
        text = file.read_text().replace(version(), OLD_VERSION)
        file.write_text(text)
    built = scratch / f"jvault_{OLD_VERSION}-1_amd64.deb"
    run("dpkg-deb", "--build", "--root-owner-group", "-Znone", folder, built)
    return built


def use(expected):
    """What a user does first, with the daemon of this version."""
    expect(f"jvault {expected}" in as_user("jvault", "version"), "another version answers")
    caches = ROOT / f"usr/lib/jvault/{expected}/lib/aot"
    expect((caches / "daemon.aot").is_file(), "the installation has made no caches")
    key = ["AWS_ACCESS_KEY_ID=AKIAPACKAGES22222222", "AWS_SECRET_ACCESS_KEY=" + "s" * 40]
    as_user("env", *key, "jvault", "add", "--env", "--no-check", "--replace", "work")
    expect("work" in as_user("jvault", "list", "--credentials"), "the key is not in the vault")
    shown = as_user("jvault", "exec", "dev", "--", "env")
    expect("AWS_CONTAINER_CREDENTIALS_FULL_URI" in shown, shown)
    shown = as_user("jvault", "credential-process", "dev")
    expect(json.loads(shown)["AccessKeyId"] == CREDENTIALS["AccessKeyId"], shown)
    expect(programs() == {expected}, f"daemons run from {programs()}")


@contextlib.contextmanager
def asked_all_the_time():
    """Asks the endpoint as an SDK does, in a loop, and counts the answers by their status."""
    shown = as_user("jvault", "env", "--shell", "sh", "dev")
    uri = re.search(r"CREDENTIALS_FULL_URI='?http://127.0.0.1:(\d+)(/[^' ;]*)", shown)
    token = re.search(r"AUTHORIZATION_TOKEN_FILE='?([^' ;]*)", shown)
    script = (
        f"exec 3<>/dev/tcp/127.0.0.1/{uri[1]} || exit\n"
        f"printf 'GET {uri[2]} HTTP/1.1\\r\\nHost: 127.0.0.1:{uri[1]}\\r\\nConnection: close\\r\\n"
        f'Authorization: %s\\r\\n\\r\\n\' "$(<{token[1]})" >&3\n'
        "read -r _ status _ <&3 && echo $status"
    )
    answers, end = {}, threading.Event()

    def ask():
        while not end.is_set():
            result = chroot("bash", "-c", script, user=True, check=False)
            answer = result.stdout.strip() or f"none: {result.stderr}"
            answers[answer] = answers.get(answer, 0) + 1

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        yield answers
    finally:
        end.set()
        thread.join()


def expect_nothing_left():
    wait_for(lambda: not programs(), "the daemon has ended")
    expect((ROOT / "home/u/.local/share/jvault/keys.age").is_file(), "the vault is gone")
    left = [*ROOT.glob("usr/**/*jvault*"), *ROOT.glob("etc/**/*jvault*")]
    expect(not left, f"left behind: {left}")
    shutil.rmtree(ROOT / "home/u/.local")


def programs():
    """The versions that processes run from."""
    found = set()
    for link in pathlib.Path("/proc").glob("[0-9]*/exe"):
        with contextlib.suppress(OSError):
            path = os.readlink(link)
            match = re.search(r"/usr/lib/jvault/([^/]+)/lib/runtime/bin/java", path)
            if match:
                found.add(match[1])
    return found


def dpkg(*words):
    words = list(words)
    if words[0] == "--install":
        shutil.copy(words[1], ROOT / "tmp/jvault.deb")
        words[1] = "/tmp/jvault.deb"
    try:
        result = chroot("dpkg", *words)
    finally:
        (ROOT / "tmp/jvault.deb").unlink(missing_ok=True)
    return result.stdout + result.stderr


def as_user(*words):
    return chroot(*words, user=True).stdout


def chroot(*words, user=False, check=True):
    command = ["chroot", *([f"--userspec={USER}:{USER}"] if user else []), ROOT, "env", "-i"]
    command += [
        "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
        "LANG=C.UTF-8",
        "HOME=/home/u" if user else "HOME=/root",
    ]
    if user:
        command.append("JVAULT_PASSPHRASE_FILE=/home/u/passphrase")
    command = [str(word) for word in [*command, *words]]
    result = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if check and result.returncode:
        fail(
            f"{' '.join(words)} ended with status {result.returncode}: "
            f"{result.stdout}{result.stderr}"
        )
    return result


def run(*words, shown=False, **options):
    """Runs a command; returns what it printed."""
    output = {} if shown else {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    command = [str(word) for word in words]
    result = subprocess.run(command, text=True, stdin=subprocess.DEVNULL, **output, **options)
    if result.returncode:
        fail(f"{' '.join(command)} ended with status {result.returncode}\n{result.stdout or ''}")
    return result.stdout or ""


def wait_for(condition, what):
    end = time.monotonic() + WAIT
    while not condition():
        expect(time.monotonic() < end, f"not after {WAIT} s: {what}; daemons: {programs()}")
        time.sleep(0.2)


def only(pattern):
    found = list(PACKAGES.glob(pattern))
    expect(
        len(found) == 1, f"{PACKAGES} has not one {pattern}: run `mvn -Pdist package -DskipTests`"
    )
    return found[0]


def version():
    return only("*.tar.gz").name.split("-")[1]


def expect(condition, otherwise):
    if not condition:
        fail(otherwise)


def fail(reason):
    sys.exit(f"packaging/src/test/run.py: {reason}")


if __name__ == "__main__":
    main()
