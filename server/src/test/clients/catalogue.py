"""What run.py tries: the ways to credentials, the clients, how they are built, what is expected.

A client is a program beside this file. Its last argument is a mode:
  once   reads twice with one provider and prints `first KEYID ARN` and `cached KEYID`; the ARN is
         that of GetCallerIdentity, signed with these credentials
  read   does the same, then reads until the key has changed, and prints `refreshed KEYID ARN`
  error  calls GetCallerIdentity, and prints `error` and what its SDK shows
"""

import dataclasses
import os
import pathlib
import sys

SOURCE = pathlib.Path(__file__).resolve().parent
BUILT = SOURCE.parents[3] / "target/clients"

WAYS = {
    "exec": "`jvault exec`",
    "server": "`jvault server`'s variables",
    "ecs": "ECS at 169.254.170.2",
    "eks": "EKS at 169.254.170.23",
    "imds": "IMDSv2 by variable",
    "imds-real": "IMDSv2 at 169.254.169.254",
    "process": "`credential_process`",
}
# What a cell can be. A cell that is expected to fail has the reason instead of FAILS.
SHOWN, HIDDEN, ABORTS, FAILS = "shown", "hidden", "aborts", "fails"


def java_home():
    """The JDK 25 that builds and runs the Java clients, and runs the stand-in for STS."""
    homes = [os.environ.get("JAVA_HOME", "")]
    homes += sorted(map(str, pathlib.Path("/usr/lib/jvm").glob("*25*")))
    for home in filter(None, homes):
        release = pathlib.Path(home, "release")
        if os.access(f"{home}/bin/javac", os.X_OK) and 'JAVA_VERSION="25' in release.read_text():
            return home
    sys.exit("clients: no JDK 25 was found; install one, or set JAVA_HOME.")


JAVA = java_home() + "/bin/java"
COPY_JARS = "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy-dependencies"
PYTHON = BUILT / "python/bin/python"


def java_build(name):
    return (
        (
            "mvn",
            "-B",
            "-ntp",
            "-q",
            "-f",
            SOURCE / name / "pom.xml",
            COPY_JARS,
            f"-DoutputDirectory={BUILT / name}",
        ),
        (JAVA + "c", "-cp", f"{BUILT / name}/*", "-d", BUILT / name, SOURCE / name / "Client.java"),
    )


def go_build(name):
    return (("go", "build", "-C", SOURCE / name, "-o", BUILT / name / "client", "."),)


# How each folder of SOURCE is built. Lock files determine the versions.
BUILDS = {
    "python": (
        ("python3", "-m", "venv", BUILT / "python"),
        (PYTHON, "-m", "pip", "install", "-q", "-r", SOURCE / "python/requirements.txt"),
    ),
    "javascript": (
        ("cp", "-r", SOURCE / "javascript", BUILT),
        ("npm", "ci", "--silent", "--no-audit", "--no-fund", "--prefix", BUILT / "javascript"),
    ),
    "java": java_build("java"),
    "java-v1": java_build("java-v1"),
    "go": go_build("go"),
    "go-v1": go_build("go-v1"),
    "rust": (
        (
            "cargo",
            "build",
            "-q",
            "--locked",
            "--manifest-path",
            SOURCE / "rust/Cargo.toml",
            "--target-dir",
            BUILT / "rust",
        ),
    ),
}


@dataclasses.dataclass(frozen=True)
class Client:
    """A program, and the expected result of each way, in the order of WAYS."""

    title: str
    command: tuple
    version: tuple  # a file or a command, and the pattern that finds the version in it
    expected: tuple
    build: str = ""
    needs: tuple = ()  # commands that must be installed
    variables: dict = dataclasses.field(default_factory=dict)
    token_variable: bool = False  # it cannot read a token file
    arn: bool = True
    judged: str = ""  # the only version that `expected` is about, if no lock file fixes it


CONTAINER_ONLY = "is a container provider and nothing else"
NO_FULL_URI = "knows no full URI"
CLIENTS = {
    "boto3": Client(
        "Python: boto3",
        (PYTHON, SOURCE / "python/boto3_client.py"),
        build="python",
        needs=("python3",),
        version=(SOURCE / "python/requirements.txt", r"boto3==(\S+)"),
        expected=(SHOWN, SHOWN, SHOWN, SHOWN, HIDDEN, HIDDEN, SHOWN),
    ),
    "cli-v1": Client(
        "AWS CLI 1",
        ("sh", SOURCE / "aws-cli/client.sh"),
        build="python",
        needs=("python3",),
        version=(SOURCE / "python/requirements.txt", r"awscli==(\S+)"),
        # Not its script: that names the folder in its first line, which breaks if it has a space.
        variables={"AWS": str(PYTHON), "AWS_MODULE": "awscli"},
        expected=(SHOWN, SHOWN, SHOWN, SHOWN, HIDDEN, HIDDEN, SHOWN),
    ),
    "cli-v2": Client(
        "AWS CLI 2",
        ("sh", SOURCE / "aws-cli/client.sh"),
        needs=("/usr/bin/aws",),
        version=(("/usr/bin/aws", "--version"), r"aws-cli/(\S+)"),
        judged="2.9.19",
        variables={"AWS": "/usr/bin/aws"},
        token_variable=True,
        expected=(
            SHOWN,
            SHOWN,
            SHOWN,
            "does not accept that address",
            "requires a slash at the end of the variable, which Java 2 would double",
            HIDDEN,
            SHOWN,
        ),
    ),
    "crt": Client(
        "C: AWS CRT, by Python's awscrt",
        (PYTHON, SOURCE / "python/crt.py"),
        build="python",
        needs=("python3",),
        version=(SOURCE / "python/requirements.txt", r"awscrt==(\S+)"),
        arn=False,
        expected=(SHOWN, HIDDEN, HIDDEN, HIDDEN, ABORTS, ABORTS, HIDDEN),
    ),
    "javascript": Client(
        "JavaScript 3",
        ("node", BUILT / "javascript/main.js"),
        build="javascript",
        needs=("node", "npm"),
        version=(
            SOURCE / "javascript/package-lock.json",
            r'credential-provider-node": {\s+"version": "([^"]+)',
        ),
        expected=(SHOWN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN),
    ),
    "javascript-legacy": Client(
        "JavaScript: fromContainerMetadata",
        ("node", BUILT / "javascript/main.js", "legacy"),
        build="javascript",
        needs=("node", "npm"),
        token_variable=True,
        version=(
            SOURCE / "javascript/package-lock.json",
            r'credential-provider-imds": {\s+"version": "([^"]+)',
        ),
        expected=(
            SHOWN,
            HIDDEN,
            HIDDEN,
            "does not accept that address",
            CONTAINER_ONLY,
            CONTAINER_ONLY,
            CONTAINER_ONLY,
        ),
    ),
    "java": Client(
        "Java 2",
        (JAVA, "-cp", f"{BUILT}/java:{BUILT}/java/*", "Client"),
        build="java",
        needs=("mvn",),
        version=(SOURCE / "java/pom.xml", r"sts</artifactId>\s+<version>([^<]+)"),
        expected=(SHOWN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN),
    ),
    "java-v1": Client(
        "Java 1",
        (JAVA, "-Duser.home={home}", "-cp", f"{BUILT}/java-v1:{BUILT}/java-v1/*", "Client"),
        build="java-v1",
        needs=("mvn",),
        version=(SOURCE / "java-v1/pom.xml", r"sts</artifactId>\s+<version>([^<]+)"),
        expected=(SHOWN, SHOWN, "sends no token there", SHOWN, SHOWN, SHOWN, HIDDEN),
    ),
    "go": Client(
        "Go 2",
        (BUILT / "go/client",),
        build="go",
        needs=("go",),
        version=(SOURCE / "go/go.mod", r"aws-sdk-go-v2 v(\S+)"),
        expected=(SHOWN, SHOWN, SHOWN, SHOWN, HIDDEN, HIDDEN, SHOWN),
    ),
    "go-v1": Client(
        "Go 1",
        (BUILT / "go-v1/client",),
        build="go-v1",
        needs=("go",),
        version=(SOURCE / "go-v1/go.mod", r"aws-sdk-go v(\S+)"),
        expected=(SHOWN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, SHOWN),
    ),
    "ruby": Client(
        "Ruby",
        ("ruby", SOURCE / "ruby/client.rb"),
        needs=("ruby",),
        judged="3.168.1",
        version=(("ruby", "-e", "require 'aws-sdk-core'; puts Aws::CORE_GEM_VERSION"), r"(\S+)"),
        expected=(
            NO_FULL_URI,
            NO_FULL_URI,
            "sends no token there",
            NO_FULL_URI,
            "takes no port from the variable",
            HIDDEN,
            SHOWN,
        ),
    ),
    "rust": Client(
        "Rust",
        (BUILT / "rust/debug/jvault-test-client",),
        build="rust",
        needs=("cargo",),
        version=(SOURCE / "rust/Cargo.lock", r'"aws-config"\s+version = "([^"]+)'),
        expected=(SHOWN, HIDDEN, HIDDEN, HIDDEN, SHOWN, SHOWN, SHOWN),
    ),
}
NOT_TRIED = """\
- **PHP**: AWS's SDK is only in Composer's registry, which was not reachable. Debian's \
php-async-aws-core 1.18.1 knows relative URIs without a token and IMDSv1, and no \
`credential_process`, so it works in none of these ways.
- **Ruby**: RubyGems was not reachable. The version is Debian's, of 2022; newer ones are said to \
support every way.
- **C++, Swift**: covered by the CRT in the table, as far as they use it. Their SDKs are in no \
registry that was reachable.
- **.NET**: Debian has no runtime for it.
"""
