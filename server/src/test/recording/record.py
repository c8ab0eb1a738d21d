#!/usr/bin/env python3
"""Records the README's terminal session with the packaged program and prints it as an SVG.

    mvn -q package -DskipTests
    server/src/test/recording/record.py > docs/terminal.svg

The program in target/jvault runs in a real terminal (tmux), with a real OS keyring and with moto
as AWS. Everything happens in namespaces that end with the recording: a network with nothing but
loopback, and an empty /home and /run, so that the picture shows nothing of this machine.

Needs no root, but util-linux, iproute2, tmux, dbus, gnome-keyring, the AWS CLI, and the Python
packages rich and moto[server].
"""

import contextlib
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable

from rich.ansi import AnsiDecoder
from rich.console import Console
from rich.terminal_theme import MONOKAI

PROJECT = pathlib.Path(__file__).resolve().parents[4]
PROGRAM = PROJECT / "target/jvault/bin/jvault"
NEEDED = ("unshare", "ip", "tmux", "dbus-run-session", "gnome-keyring-daemon", "aws", "moto_server")

HOME, RUN = pathlib.Path("/home/you"), pathlib.Path("/run/user/1000")
COLUMNS, ROWS = 90, 60
SECONDS = 60
# An empty line, a green prompt, and bold for what is typed until the command starts.
PROMPT = {"PS1": r"\n\[\e[32m\]$\[\e[0;1m\] ", "PS0": r"\e[0m"}

CONFIG = """\
[profile work]
region = eu-west-1

[profile dev]
region = eu-west-1
source_profile = work
role_arn = arn:aws:iam::111122223333:role/Developer
role_session_name = you
"""

# The key is the example of AWS's own documentation.
KEY = ("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")

# Each command, and what is typed at the questions that it asks.
SESSION = (
    ("jvault add work", KEY),
    ("jvault exec dev -- aws sts get-caller-identity", ()),
    ("jvault list", ()),
    ("jvault status", ()),
)

# Rich's own template loads a font from another host.
TEMPLATE = """\
<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg" role="img">
<title>A terminal session with jvault</title>
<style>
.{unique_id}-matrix {{
  font: {char_height}px/{line_height}px ui-monospace, SFMono-Regular, Menlo, Consolas,
    "DejaVu Sans Mono", monospace;
}}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


class Terminal:
    """A tmux server of its own with one pane, in which a shell runs."""

    def __init__(self) -> None:
        self.run(
            "-f",
            "/dev/null",
            "new-session",
            "-d",
            "-x",
            str(COLUMNS),
            "-y",
            str(ROWS),
            "env",
            *(f"{name}={text}" for name, text in PROMPT.items()),
            "bash",
            "--noprofile",
            "--norc",
        )
        self.run("set-option", "-g", "status", "off")
        self.wait(self.asks)

    def run(self, *words: str) -> str:
        """Runs a tmux command and returns what it prints."""
        command = ("tmux", "-S", str(RUN / "tmux"), *words)
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def screen(self, *options: str) -> list[str]:
        """The lines of the pane, without the empty ones at the end."""
        return self.run("capture-pane", "-p", *options).rstrip().split("\n")

    def asks(self) -> bool:
        """Whether the shell or a program waits for input at the end of a line."""
        column, row = map(int, self.run("display", "-p", "#{cursor_x} #{cursor_y}").split())
        lines = self.screen()
        return row == len(lines) - 1 and column == len(lines[row]) + 1

    def type(self, text: str) -> None:
        """Types a line, and waits for the next prompt or question."""
        before = self.screen()
        self.run("send-keys", "-l", text)
        self.run("send-keys", "Enter")
        self.wait(lambda: len(self.screen()) > len(before) and self.asks())

    def wait(self, condition: Callable[[], bool]) -> None:
        end = time.monotonic() + SECONDS
        while not condition():
            if time.monotonic() > end:
                sys.exit("record: the terminal did not answer:\n" + "\n".join(self.screen()))
            time.sleep(0.05)

    def close(self) -> None:
        self.run("kill-server")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def moto():
    """AWS's stand-in; yields its address once it answers."""
    port = free_port()
    process = subprocess.Popen(
        ("moto_server", "-H", "127.0.0.1", "-p", str(port)),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        end = time.monotonic() + SECONDS
        while True:
            try:
                urllib.request.urlopen(f"{address}/moto-api/").close()
                break
            except OSError:
                if process.poll() is not None or time.monotonic() > end:
                    sys.exit("record: moto_server does not answer.")
                time.sleep(0.1)
        yield address
    finally:
        process.kill()
        process.wait()


def record() -> list[str]:
    """Plays the session and returns the screen, with its colours."""
    with moto() as address:
        os.environ["AWS_ENDPOINT_URL"] = address
        with contextlib.closing(Terminal()) as terminal:
            for command, answers in SESSION:
                for line in (command, *answers):
                    terminal.type(line)
            lines = terminal.screen("-e")
            terminal.type("jvault stop")
    # The shell waits again at the end.
    return "\n".join(lines[:-1]).strip().split("\n")


def svg(lines: list[str]) -> str:
    """The screen as a picture."""
    with open(os.devnull, "w") as nowhere:
        console = Console(record=True, width=COLUMNS, file=nowhere, force_terminal=True)
        for line in AnsiDecoder().decode("\n".join(lines)):
            console.print(line)
    picture = console.export_svg(title="", theme=MONOKAI, code_format=TEMPLATE, unique_id="t")
    return "\n".join(line.strip() for line in picture.splitlines() if line.strip())


def prepare() -> None:
    """Makes the person's home and opens the keyring; runs in the namespaces."""
    subprocess.run(("ip", "link", "set", "lo", "up"), check=True)
    for folder in ("/home", "/run"):
        subprocess.run(("mount", "-t", "tmpfs", "none", folder), check=True)
    (HOME / ".aws").mkdir(parents=True)
    RUN.mkdir(parents=True, mode=0o700)
    (HOME / ".aws/config").write_text(CONFIG)
    kept = {name: os.environ[name] for name in ("PATH", "DBUS_SESSION_BUS_ADDRESS")}
    os.environ.clear()
    os.environ.update(
        kept,
        HOME=str(HOME),
        XDG_RUNTIME_DIR=str(RUN),
        LANG="C.UTF-8",
        TZ="UTC",
        TERM="xterm-256color",
        AWS_PAGER="",
    )
    os.environ["PATH"] = f"{PROGRAM.parent}:{kept['PATH']}"
    os.chdir(HOME)
    subprocess.run(
        ("gnome-keyring-daemon", "--daemonize", "--unlock", "--components=secrets"),
        input=b"recording",
        stdout=subprocess.DEVNULL,
        check=True,
    )


def main() -> None:
    if sys.argv[1:] == ["--inside"]:
        prepare()
        print(svg(record()))
        return
    if not os.access(PROGRAM, os.X_OK):
        sys.exit(f"record: {PROGRAM} is missing; run `mvn package -DskipTests`.")
    os.environ["PATH"] += ":/usr/sbin:/sbin"
    for command in NEEDED:
        if not shutil.which(command):
            sys.exit(f"record: {command} is missing; the head of this file lists what is needed.")
    command = (
        "unshare",
        "--map-root-user",
        "--net",
        "--mount",
        "--pid",
        "--fork",
        "--kill-child",
        "--mount-proc",
        "dbus-run-session",
        "--",
        sys.executable,
        __file__,
        "--inside",
    )
    os.execvp(command[0], command)


if __name__ == "__main__":
    main()
