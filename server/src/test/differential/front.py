"""Stands in for AWS: records each request, and answers it or passes it to moto_server.

It is the HTTPS proxy of both programs and answers for every host itself, with a certificate of an
authority that is made for the run. So it sees the real host names, and nothing leaves the machine.
The same port is the plain HTTP endpoint, the container endpoint and instance metadata.
"""

import base64
import dataclasses
import datetime
import hashlib
import hmac
import http.client
import json
import re
import socketserver
import ssl
import threading
import urllib.parse

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.x509.oid import NameOID

MFA_CODE = re.compile(r"\d{6}")
SIGNATURE = re.compile(
    r"AWS4-HMAC-SHA256 Credential=([^/]+)/((\d+)/([^/]+)/([^/]+)/aws4_request), ?"
    r"SignedHeaders=(\S+), ?Signature=([0-9a-f]{64})"
)
CHAINED_SECONDS = 3600
# Six hours: no program refreshes credentials that last so long.
LONG = 6 * 3600


@dataclasses.dataclass(frozen=True)
class Request:
    """One request: its action and its fields, without secrets."""

    action: str
    fields: dict

    def text(self):
        return "\n".join(
            [self.action, *(f"  {name} = {value}" for name, value in self.fields.items())]
        )


def after(seconds):
    time = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=seconds)
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")


class Authority:
    """A certificate authority for any host name, and a second one that signs nothing."""

    def __init__(self, folder):
        folder.mkdir()
        self.folder, self.key = folder, ec.generate_private_key(ec.SECP256R1())
        self.contexts, self.lock = {}, threading.Lock()
        self.certificate = self.issue("authority of the differential test", True)
        self.bundle, self.other = folder / "ca.pem", folder / "other-ca.pem"
        self.bundle.write_bytes(self.certificate.public_bytes(serialization.Encoding.PEM))
        own, self.key = self.key, ec.generate_private_key(ec.SECP256R1())
        other = self.issue("another authority", True)
        self.other.write_bytes(other.public_bytes(serialization.Encoding.PEM))
        self.key = own
        self.key_file = folder / "key.pem"
        self.key_file.write_bytes(
            self.key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )

    def issue(self, name, is_authority):
        now = datetime.datetime.now(datetime.UTC)
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])
        issuer = subject if is_authority else self.certificate.subject
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer)
            .public_key(self.key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=1))
            .not_valid_after(now + datetime.timedelta(days=2))
            .add_extension(x509.BasicConstraints(is_authority, None), critical=True)
        )
        if not is_authority:
            builder = builder.add_extension(
                x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False
            )
        return builder.sign(self.key, hashes.SHA256())

    def context(self, host):
        """A TLS context with a certificate for this host name."""
        with self.lock:
            if host not in self.contexts:
                file = self.folder / "host.pem"
                file.write_bytes(self.issue(host, False).public_bytes(serialization.Encoding.PEM))
                self.contexts[host] = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                self.contexts[host].load_cert_chain(file, self.key_file)
            return self.contexts[host]


class Front(socketserver.ThreadingTCPServer):
    """The recorder. `take` returns what it has recorded; `label` names credentials it issued."""

    allow_reuse_address = daemon_threads = True
    request_queue_size = 64

    def __init__(self, folder, port, moto_port):
        self.authority, self.moto_port = Authority(folder), moto_port
        self.url = f"http://127.0.0.1:{port}"
        self.lock, self.requests, self.labels, self.tokens = threading.Lock(), [], {}, {}
        self.secrets = {}
        self.codes = set()
        super().__init__(("127.0.0.1", port), Connection)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def take(self):
        with self.lock:
            taken, self.requests = self.requests, []
            return taken

    def record(self, action, fields):
        with self.lock:
            self.requests.append(Request(action, fields))

    def issued(self, key_id, secret, token, label):
        """Remembers whom these credentials belong to."""
        with self.lock:
            self.labels[key_id], self.tokens[key_id] = label, token
            self.secrets[key_id] = secret

    def label(self, key_id, token=None):
        """The owner of an access key id; an id that this front has not issued is its own label."""
        with self.lock:
            known = self.labels.get(key_id, key_id)
            right = token is None or token == self.tokens.get(key_id, token)
            return known if right else f"{known} with a wrong session token"

    def spend(self, code):
        """Whether the code is valid and unused; it is used from now on."""
        with self.lock:
            fresh = bool(MFA_CODE.fullmatch(code)) and code not in self.codes
            self.codes.add(code)
            return fresh


class Connection(socketserver.StreamRequestHandler):
    """One connection of a client: plain HTTP, or a tunnel, whose other end is here too."""

    def handle(self):
        try:
            scheme, first, connected = "http", self.message(), ""
            if first and first[0] == "CONNECT":
                connected = first[1].removesuffix(":443")
                self.connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                self.connection = self.server.authority.context(
                    connected.split(":")[0]
                ).wrap_socket(self.connection, server_side=True)
                self.rfile = self.connection.makefile("rb")
                scheme, first = "https", self.message()
            while first:
                self.answer(scheme, connected, *first)
                first = self.message()
        except (OSError, ValueError):
            pass  # The client has gone, or does not trust us.

    def message(self):
        """Reads method, target, headers and body; None at the end of the connection."""
        line = self.rfile.readline().decode("latin-1").split()
        if len(line) < 2:
            return None
        headers = http.client.parse_headers(self.rfile)
        return line[0], line[1], headers, self.rfile.read(int(headers.get("Content-Length", 0)))

    def answer(self, scheme, connected, method, target, headers, body):
        host = headers.get("Host", "")
        endpoint = f"{scheme}://{host}".replace(self.server.url, "{front}")
        if connected and connected != host:
            endpoint += f" (reached as {connected})"
        path = urllib.parse.urlsplit(target)
        query = dict(urllib.parse.parse_qsl(path.query))
        if path.path.startswith(("/latest/", "/container")):
            status, kind, text, more = self.place(endpoint, method, path.path, headers)
        elif path.path == "/federation/credentials":
            status, kind, text, more = self.portal(endpoint, headers, query)
        elif path.path == "/v1/token" or headers.get("Content-Type", "").startswith(
            "application/json"
        ):
            status, kind, text, more = self.token(endpoint, path.path, headers, body)
        else:
            status, kind, text, more = self.sts(endpoint, path.path, headers, body)
        data = text.encode()
        head = (
            f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(data)}\r\n"
            f"{more}\r\n"
        )
        self.connection.sendall(head.encode() + data)

    def credentials(self, prefix, label):
        """Makes up credentials."""
        front = self.server
        with front.lock:
            key_id = f"ASIA{prefix}{len(front.labels):0{16 - len(prefix)}d}"
        front.issued(key_id, "secret+of/" + key_id, "token+of/" + key_id, label)
        return key_id, "secret+of/" + key_id, "token+of/" + key_id

    def place(self, endpoint, method, path, headers):
        """A container's endpoint, or instance metadata version 2."""
        if method == "PUT":
            return (
                200,
                "text/plain",
                "metadata-token",
                "X-aws-ec2-metadata-token-ttl-seconds: 21600\r\n",
            )
        if path.endswith("/security-credentials/"):
            return 200, "text/plain", "instance-role", ""
        container = path.startswith("/container")
        label = "role of the container" if container else "role of the instance"
        fields = {"endpoint": endpoint + path}
        if container:
            fields["Authorization"] = headers.get("Authorization", "none")
        self.server.record("credentials of the " + label, fields)
        key_id, secret, token = self.credentials("PLACE", label)
        return (
            200,
            "application/json",
            json.dumps(
                {
                    "Code": "Success",
                    "Type": "AWS-HMAC",
                    "LastUpdated": after(0),
                    "AccessKeyId": key_id,
                    "SecretAccessKey": secret,
                    "Token": token,
                    "Expiration": after(LONG),
                    "AccountId": "123456789012",
                }
            ),
            "",
        )

    def portal(self, endpoint, headers, query):
        """The access portal of IAM Identity Center."""
        role = f"{query.get('account_id')}/{query.get('role_name')}"
        self.server.record(
            "GetRoleCredentials",
            {
                "endpoint": endpoint,
                "signer": signer(self.server, headers, "", b""),
                **query,
                "bearer": headers.get("x-amz-sso_bearer_token", "none"),
            },
        )
        key_id, secret, token = self.credentials("SSO", "GetRoleCredentials " + role)
        now = int(datetime.datetime.now().timestamp())
        return (
            200,
            "application/json",
            json.dumps(
                {
                    "roleCredentials": {
                        "accessKeyId": key_id,
                        "secretAccessKey": secret,
                        "sessionToken": token,
                        "expiration": (now + LONG) * 1000,
                    }
                }
            ),
            "",
        )

    def token(self, endpoint, path, headers, body):
        """OAuth 2: tokens of IAM Identity Center and of a console login."""
        asked = json.loads(body)
        if headers.get("DPoP"):
            asked["proof"] = proof(headers["DPoP"])
        console = path == "/v1/token"
        self.server.record(
            "CreateOAuth2Token" if console else "CreateToken" if path == "/token" else path,
            {
                "endpoint": endpoint,
                **{name: value for name, value in asked.items() if not name.endswith("ecret")},
            },
        )
        if not console:
            return (
                200,
                "application/json",
                json.dumps(
                    {
                        "accessToken": "renewed-token",
                        "expiresIn": 28800,
                        "tokenType": "Bearer",
                        "refreshToken": "renewed-refresh-token",
                    }
                ),
                "",
            )
        key_id, secret, token = self.credentials("LOGIN", "CreateOAuth2Token")
        return (
            200,
            "application/json",
            json.dumps(
                {
                    "accessToken": {
                        "accessKeyId": key_id,
                        "secretAccessKey": secret,
                        "sessionToken": token,
                    },
                    "tokenType": "aws_sigv4",
                    "expiresIn": 900,
                    "refreshToken": "renewed-refresh-token",
                }
            ),
            "",
        )

    def sts(self, endpoint, path, headers, body):
        """STS: refuses what moto would wrongly accept, and passes the rest to moto."""
        front = self.server
        sent = dict(urllib.parse.parse_qsl(body.decode(), keep_blank_values=True))
        action, _ = sent.pop("Action", "no action"), sent.pop("Version", "")
        signed_by = signer(front, headers, path, body)
        code = sent.get("TokenCode")
        good = code is None or front.spend(code)
        if code is not None:
            sent["TokenCode"] = "a fresh code" if good else "a code that was used"
        front.record(
            action,
            {
                "endpoint": endpoint + path.rstrip("/"),
                "signer": signed_by,
                **{name: sent[name].replace("\n", "\\n") for name in sorted(sent)},
            },
        )
        session = headers.get("X-Amz-Security-Token") is not None
        if not good:
            return refusal("AccessDenied", "MultiFactorAuthentication failed")
        if session and int(sent.get("DurationSeconds", 0)) > CHAINED_SECONDS:
            return refusal(
                "ValidationError",
                "The requested DurationSeconds exceeds the 1 hour "
                "session limit for roles assumed by role chaining",
            )
        if session and action == "GetSessionToken":
            return refusal("AccessDenied", "Cannot call GetSessionToken with session credentials")
        return self.moto(action, sent, headers, body)

    def moto(self, action, sent, headers, body):
        # moto recognises STS by this host name.
        forwarded = {
            name: value
            for name, value in headers.items()
            if name.lower() in ("content-type", "authorization", "x-amz-date")
        }
        connection = http.client.HTTPConnection("127.0.0.1", self.server.moto_port, timeout=30)
        connection.request("POST", "/", body, forwarded | {"Host": "sts.amazonaws.com"})
        response = connection.getresponse()
        text = response.read().decode()
        connection.close()
        key_id = re.search("<AccessKeyId>(.*)</AccessKeyId>", text)
        token = re.search("<SessionToken>(.*)</SessionToken>", text)
        if key_id and token:
            secret = re.search("<SecretAccessKey>(.*)</SecretAccessKey>", text)[1]
            self.server.issued(
                key_id[1], secret, token[1], f"{action} {sent.get('RoleArn', '')}".strip()
            )
        return response.status, "text/xml", text, ""


def signer(front, headers, path, body):
    """Whose credentials signed, for which region and service, and if the signature is right."""
    found = SIGNATURE.match(headers.get("Authorization", ""))
    if not found:
        return "none"
    key_id, scope, day, region, service, names, signature = found.groups()
    who = front.label(key_id, headers.get("X-Amz-Security-Token"))
    secret = front.secrets.get(key_id)
    right = secret is None or signature == signed(secret, scope, day, names, headers, path, body)
    return (
        f"{who}, for {region}"
        + ("" if service == "sts" else f" and {service}")
        + ("" if right else ", with a wrong signature")
    )


def signed(secret, scope, day, names, headers, path, body):
    """The Signature Version 4 of a POST without a query."""
    lines = ["POST", path, ""]
    lines += [f"{name}:{' '.join(headers.get(name, '').split())}" for name in names.split(";")]
    lines += ["", names, hashlib.sha256(body).hexdigest()]
    request = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    key = ("AWS4" + secret).encode()
    for part in (
        day,
        *scope.split("/")[1:],
        "\n".join(["AWS4-HMAC-SHA256", headers["X-Amz-Date"], scope, request]),
    ):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return key.hex()


def proof(token):
    """What a DPoP proof (RFC 9449) claims, or `wrong` if its signature is."""
    head, payload, signature = token.split(".")
    decoded = [base64.urlsafe_b64decode(part + "==") for part in (head, payload, signature)]
    key, claims = json.loads(decoded[0])["jwk"], json.loads(decoded[1])
    x, y, r, s = (
        int.from_bytes(part, "big")
        for part in (
            base64.urlsafe_b64decode(key["x"] + "=="),
            base64.urlsafe_b64decode(key["y"] + "=="),
            decoded[2][:32],
            decoded[2][32:],
        )
    )
    try:
        ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key().verify(
            utils.encode_dss_signature(r, s),
            f"{head}.{payload}".encode(),
            ec.ECDSA(hashes.SHA256()),
        )
    except InvalidSignature:
        return "wrong"
    return f"{claims['htm']} {claims['htu']}"


def refusal(code, message):
    return (
        403 if code == "AccessDenied" else 400,
        "text/xml",
        (
            '<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>'
            f"<Code>{code}</Code><Message>{message}</Message></Error><RequestId>0</RequestId>"
            "</ErrorResponse>"
        ),
        "",
    )
