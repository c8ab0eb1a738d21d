"""The corpus: a file for each case, of parts that begin with a line `-- NAME --`.

The text before the first part says what the case shows. The parts:
  config, credentials   the two files; `crlf` or `bom` after the name selects how they are written
  file NAME             another file in the home; `run` after the name: it is executable; `bare`: it
                        does not end with a newline
  env                   a line NAME=VALUE for each variable; without a value it is not set
  vault                 names whose keys are in jvault's vault; botocore gets the same keys in plain
                        text in its credentials file
  profile               the requested profile; `dev` if this part is missing
  expect                the requests that jvault should send if botocore has no such feature, in the
                        form of a recording; its comment says where they are from
In all parts {home} is the home, {front} the plain-HTTP endpoint, {in SECONDS} a time, {sha1 TEXT}
and {sha256 TEXT} the hashes by which the AWS CLI names the files of its caches (file names can have
them too), {private key} a new key, escaped for a JSON string.
"""

import dataclasses
import hashlib
import pathlib
import re

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from front import Request, after

FOLDER = pathlib.Path(__file__).resolve().parent / "corpus"
PART = re.compile(r"^-- (.+) --$", re.M)
SECRET = "secret/Of+TheKeysOfTheVault/0123456789012"


@dataclasses.dataclass(frozen=True)
class Case:
    name: str
    title: str
    parts: dict

    def lines(self, part):
        return [line for line in self.parts.get(part, "").splitlines() if line.strip()]

    @property
    def vault(self):
        return self.lines("vault")

    @property
    def profile(self):
        return self.parts.get("profile", "dev").strip("\n")

    def environment(self, home, front):
        """The variables of the case; the value is empty if the case unsets the variable."""
        text = filled(self.parts.get("env", ""), home, front)
        return dict(line.split("=", 1) for line in text.splitlines() if line.strip())

    def write(self, home, front, keys_in_plain):
        """Puts the case's files into a home."""
        (home / ".aws").mkdir(parents=True)
        texts = {}
        for part, text in self.parts.items():
            words = part.split()
            if words[0] in ("config", "credentials"):
                texts[home / ".aws" / words[0]] = text, words[1:]
            elif words[0] == "file":
                name, _, how = filled(part.removeprefix("file "), home, front).partition(" ")
                texts[home / name] = text, how.split()
        for name in self.vault if keys_in_plain else []:
            file = home / ".aws/credentials"
            text, how = texts.get(file, ("", []))
            texts[file] = (
                (
                    f"[{name}]\naws_access_key_id = {key_id(name)}\n"
                    f"aws_secret_access_key = {SECRET}\n{text}"
                ),
                how,
            )
        for file, (text, how) in texts.items():
            text = filled(text, home, front)
            if "bare" in how:
                text = text.removesuffix("\n")
            if "crlf" in how:
                text = text.replace("\n", "\r\n")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes((b"\xef\xbb\xbf" if "bom" in how else b"") + text.encode())
            file.chmod(0o700 if "run" in how else 0o600)

    @property
    def expected(self):
        """The requests and the result in the part `expect`, or None without that part."""
        if "expect" not in self.parts:
            return None
        requests = []
        for line in self.parts["expect"].splitlines():
            if line.startswith("  "):
                field, value = line.strip().split(" = ", 1)
                requests[-1].fields[field] = value
            elif line.strip() and not line.startswith("#"):
                requests.append(Request(line.strip(), {}))
        return requests

    @property
    def source(self):
        """Where the expected requests are from."""
        return " ".join(line[1:].strip() for line in self.lines("expect") if line.startswith("#"))


def key_id(name):
    """The id of the stored key of this name."""
    return "AKIA" + re.sub("[^A-Z]", "", name.upper()).ljust(16, "7")[:16]


def filled(text, home, front):
    text = text.replace("{home}", str(home)).replace("{front}", front)
    text = re.sub(r"\{sha1 ([^}]+)\}", lambda m: hashlib.sha1(m[1].encode()).hexdigest(), text)
    text = re.sub(r"\{sha256 ([^}]+)\}", lambda m: hashlib.sha256(m[1].encode()).hexdigest(), text)
    if "{private key}" in text:
        text = text.replace("{private key}", private_key().replace("\n", "\\n"))
    return re.sub(r"\{in (-?\d+)\}", lambda m: after(int(m[1])), text)


def private_key():
    return (
        ec.generate_private_key(ec.SECP256R1())
        .private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.TraditionalOpenSSL,
            serialization.NoEncryption(),
        )
        .decode()
    )


def load():
    """All cases, in the order of their names."""
    cases = [parse(file) for file in sorted(FOLDER.glob("*.txt"))]
    stored = {name for case in cases for name in case.vault}
    for case in cases:
        text = "\n".join(case.parts.values())
        for name in stored - set(case.vault):
            if re.search(rf"^\[(profile )?[\"']?{re.escape(name)}[\"']?\]", text, re.M):
                raise ValueError(
                    f"{case.name} has a profile {name}, whose key is in the vault of all"
                )
    return cases


def parse(file):
    pieces = PART.split(file.read_text())
    parts = dict(zip(pieces[1::2], (text.removeprefix("\n") for text in pieces[2::2]), strict=True))
    known = ("config", "credentials", "file", "env", "vault", "profile", "expect")
    for part in parts:
        if part.split()[0] not in known:
            raise ValueError(f"{file.name}: no part is called {part}")
    return Case(file.stem, " ".join(pieces[0].split()), parts)
