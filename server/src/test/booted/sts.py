"""A stand-in for STS and a login page in the booted machine: invents all, checks nothing."""

import datetime
import http.server
import itertools
import json
import sys
import urllib.parse

NUMBERS = itertools.count(1)
SECRET = "madeUp" + "/" * 34
NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/"
OIDC = {
    "/client/register": {
        "clientId": "booted",
        "clientSecret": SECRET,
        "clientIdIssuedAt": 1,
        "clientSecretExpiresAt": 4102444800,
    },
    "/token": {"accessToken": SECRET, "tokenType": "Bearer", "expiresIn": 3600},
}
USER = "arn:aws:iam::123456789012:user/booted"


def credentials():
    end = datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=1)
    return (
        f"<Credentials><AccessKeyId>ASIABOOTED{next(NUMBERS):010}</AccessKeyId>"
        f"<SecretAccessKey>{SECRET}</SecretAccessKey><SessionToken>{SECRET * 4}</SessionToken>"
        f"<Expiration>{end:%Y-%m-%dT%H:%M:%SZ}</Expiration></Credentials>"
    )


def result(form):
    match form["Action"][0]:
        case "GetCallerIdentity":
            return f"<Arn>{USER}</Arn><UserId>U</UserId><Account>123456789012</Account>"
        case "AssumeRole":
            arn = form["RoleArn"][0].replace(":iam:", ":sts:").replace(":role/", ":assumed-role/")
            arn += "/" + form["RoleSessionName"][0]
            user = f"<AssumedRoleId>R:S</AssumedRoleId><Arn>{arn}</Arn>"
            return f"{credentials()}<AssumedRoleUser>{user}</AssumedRoleUser>"
        case _:
            return credentials()


class Sts(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        """The page of a login, whose user agrees at once."""
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query)
        back = urllib.parse.urlencode({"code": "c", "state": query["state"][0]})
        self.send_response(302)
        self.send_header("Location", query["redirect_uri"][0] + "?" + back)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_POST(self):
        sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.path in OIDC:
            self.answer("application/json", json.dumps(OIDC[self.path]))
        else:
            self.answer_sts(urllib.parse.parse_qs(sent))

    def answer_sts(self, form):
        action = form["Action"][0]
        self.answer(
            "text/xml",
            f'<{action}Response xmlns="{NAMESPACE}"><{action}Result>{result(form)}'
            f"</{action}Result><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata>"
            f"</{action}Response>",
        )

    def answer(self, kind, text):
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Sts).serve_forever()
