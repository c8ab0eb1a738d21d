"""A stand-in for STS on loopback."""

import base64
import http.server
import os
import threading
import time
import urllib.parse


class Sts(http.server.ThreadingHTTPServer):
    """Answers GetSessionToken and AssumeRole with made-up credentials, and counts the calls.

    `delay` is how long each call takes, in seconds.
    """

    daemon_threads = True
    request_queue_size = 256

    def __init__(self):
        super().__init__(("127.0.0.1", 0), StsHandler)
        self.calls, self.delay, self.lock = 0, 0.0, threading.Lock()
        threading.Thread(target=self.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server_port}"


class StsHandler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def log_message(self, *_):
        pass

    def do_POST(self):
        form = self.rfile.read(int(self.headers["Content-Length"])).decode()
        action = urllib.parse.parse_qs(form)["Action"][0]
        with self.server.lock:
            self.server.calls += 1
        time.sleep(self.server.delay)
        end = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 3600))
        fields = {
            "AccessKeyId": "ASIA" + base64.b32encode(os.urandom(10)).decode(),
            "SecretAccessKey": base64.b64encode(os.urandom(30)).decode(),
            "SessionToken": base64.b64encode(os.urandom(240)).decode(),
            "Expiration": end,
        }
        inner = "".join(f"<{name}>{value}</{name}>" for name, value in fields.items())
        answer = (
            f'<{action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><{action}Result>'
            f"<Credentials>{inner}</Credentials></{action}Result><ResponseMetadata>"
            f"<RequestId>benchmark</RequestId></ResponseMetadata></{action}Response>"
        ).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/xml")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)
