"""What jvault is compared with: an empty Java program, and bare servers in Go and Java."""

import pathlib
import re
import subprocess
import zipfile

from machine import javac
from report import fail
from targets import fetch

SOURCE = pathlib.Path(__file__).resolve().parent / "java"


def compile_java(bench, source, release, *options):
    bench.run([javac(), "--release", release, *options, "-d", bench.folder, SOURCE / source])


def jvm_flags(bench, *functions):
    """The JVM flags in some functions of the launcher."""
    script = (bench.lib / "jvm.bash").read_text()
    names = "|".join(functions)
    bodies = re.findall(rf"^(?:{names})\(\) \{{(.*?)^\}}", script, re.M | re.S)
    flags = [flag.rstrip(")") for body in bodies for flag in re.findall(r"(?<=\s)-X[^\s\"]+", body)]
    if len(bodies) != len(functions) or "-XX:+UseSerialGC" not in flags:
        fail(f"lib/jvm.bash no longer has the JVM flags in {' and '.join(functions)}.")
    return flags


class EmptyJava:
    """Command lines of a Java program that does nothing, on the client's runtime and flags."""

    def __init__(self, bench):
        compile_java(bench, "Empty.java", "17")
        jar, cache = bench.folder / "empty.jar", bench.folder / "empty.aot"
        with zipfile.ZipFile(jar, "w") as archive:
            archive.write(bench.folder / "Empty.class", "Empty.class")
        java = str(bench.lib / "runtime/bin/java")
        words = [*jvm_flags(bench, "jv_jvm", "jv_client"), "-cp", str(jar), "Empty"]
        bench.run([java, f"-XX:AOTCacheOutput={cache}", *words])
        self.plain = " ".join([java, *words])
        self.with_aot_cache = " ".join([java, f"-XX:AOTCache={cache}", *words])


class ReferenceServers:
    """Bare servers that give the same answer to the same token as jvault."""

    def __init__(self, bench, target):
        self.bench, self.started = bench, []
        body, secret = bench.folder / "answer.json", bench.folder / "secret"
        header = pathlib.Path(target.header).read_text()
        body.write_text(fetch(target.uri, "GET", header))
        secret.touch(mode=0o600)
        secret.write_text(header.split(": ")[1])
        go = [bench.client.path, "serve"]
        self.addresses = {
            name: self.start([*command, body, secret])
            for name, command in (("Go net/http", go), ("Jetty", self.jetty()))
        }

    def jetty(self):
        jars = f"{self.bench.lib}/server/*"
        compile_java(self.bench, "BareJetty.java", "25", "-cp", jars)
        flags = jvm_flags(self.bench, "jv_jvm", "jv_server")
        java = str(self.bench.lib / "runtime/bin/java")
        return [java, *flags, "-cp", f"{self.bench.folder}:{jars}", "BareJetty"]

    def start(self, command):
        """Starts a server that prints its address, and returns that."""
        process = subprocess.Popen(
            command,
            env=self.bench.environment | {"MALLOC_ARENA_MAX": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.started.append(process)
        return f"http://{process.stdout.readline().strip()}"

    def close(self):
        for process in self.started:
            process.kill()
            process.wait()
