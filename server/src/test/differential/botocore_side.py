"""Asks botocore for a profile's credentials, as the AWS CLI would with --profile.

Reads a line of JSON for each question (`environment`, `profile`, `codes`: those that its person
types) and prints one for each answer: `key_id`, or `error`. A question has a process of its own.
"""

import json
import os
import sys

import botocore.credentials
import botocore.loaders
import botocore.session

# One loader for all: reading the models of the services is what takes the time.
LOADER = botocore.loaders.create_loader()


def ask(environment, profile, codes):
    os.environ.clear()
    os.environ.update(environment)
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
    if botocore.credentials.EC is None:
        # Without awscrt a login cannot be renewed, but what it left can be read.
        botocore.credentials.EC = object()
    for service in ("sts", "sso"):
        LOADER.load_service_model(service, "service-2")
        LOADER.load_service_model(service, "endpoint-rule-set-1")
    for name in ("endpoints", "partitions", "sdk-default-configuration", "_retry"):
        LOADER.load_data(name)
    for line in sys.stdin:
        if os.fork() == 0:
            try:
                answer = ask(**json.loads(line))
            except Exception as error:  # Whatever it is, it is botocore's answer.
                answer = {"error": f"{type(error).__name__}: {error}"}
            print(json.dumps(answer), flush=True)
            os._exit(0)
        os.wait()


if __name__ == "__main__":
    main()
