"""Has botocore resolve the credentials of a profile, as the AWS CLI does with --profile.

Reads one line of JSON for each request (`environment`, `profile`, `codes`: the MFA codes that the
user types) and prints one line of JSON: `key_id` or `error`. Forks a process for each request.
"""

import json
import os
import sys

import botocore.credentials
import botocore.loaders
import botocore.session
import botocore.tokens
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils

# Shared by all requests, because reading the service models takes most of the time.
LOADER = botocore.loaders.create_loader()


class EC:
    """Replaces the class of awscrt that signs the refresh of a login, if awscrt is missing."""

    def __init__(self, key):
        self.key = key

    @staticmethod
    def new_key_from_der_data(data):
        return EC(serialization.load_der_private_key(data, None))

    @staticmethod
    def decode_der_signature_to_padded_pair(signature, pad_to):
        return b"".join(n.to_bytes(pad_to, "big") for n in utils.decode_dss_signature(signature))

    def get_public_coords(self):
        numbers = self.key.public_key().public_numbers()
        return numbers.x.to_bytes(32, "big"), numbers.y.to_bytes(32, "big")

    def sign(self, digest):
        return self.key.sign(digest, ec.ECDSA(utils.Prehashed(hashes.SHA256())))


def ask(environment, profile, codes):
    os.environ.clear()
    os.environ.update(environment)
    # botocore computed these paths when it was imported, with another HOME.
    for holder in (botocore.credentials.SSOProvider, botocore.tokens.SSOTokenProvider):
        holder._SSO_TOKEN_CACHE_DIR = os.path.expanduser("~/.aws/sso/cache")
    session = botocore.session.Session(profile=profile)
    session.register_component("data_loader", LOADER)
    left = iter(codes)
    provider = session.get_component("credential_provider").get_provider("assume-role")
    provider._prompter = lambda _: next(left)
    credentials = session.get_credentials()
    if credentials is None:
        return {"error": "no credentials"}
    return {"key_id": credentials.get_frozen_credentials().access_key}


def main():
    botocore.credentials.EC = botocore.credentials.EC or EC
    for service in ("sts", "sso", "sso-oidc", "signin"):
        LOADER.load_service_model(service, "service-2")
        LOADER.load_service_model(service, "endpoint-rule-set-1")
    for name in ("endpoints", "partitions", "sdk-default-configuration", "_retry"):
        LOADER.load_data(name)
    for line in sys.stdin:
        if os.fork() == 0:
            try:
                answer = ask(**json.loads(line))
            except Exception as error:  # Any exception is botocore's answer.
                answer = {"error": f"{type(error).__name__}: {error}"}
            print(json.dumps(answer), flush=True)
            os._exit(0)
        os.wait()


if __name__ == "__main__":
    main()
