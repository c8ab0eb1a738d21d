"""boto3's default chain; `catalogue.py` says what each mode prints."""

import sys
import time

import boto3


def main(mode):
    session = boto3.Session()
    sts = session.client("sts")

    def key():
        return session.get_credentials().get_frozen_credentials().access_key

    def arn():
        return sts.get_caller_identity()["Arn"]

    if mode == "error":
        arn()
        return
    first, cached = key(), key()
    print("first", first, arn())
    print("cached", cached)
    if mode == "read":
        end = time.monotonic() + 60
        while (later := key()) == first:
            if time.monotonic() > end:
                sys.exit("the credentials were not refreshed")
            time.sleep(0.2)
        print("refreshed", later, arn())


try:
    main(sys.argv[1])
except Exception as shown:  # what a person sees of it, whatever it is
    if sys.argv[1] != "error":
        raise
    print("error", shown)
