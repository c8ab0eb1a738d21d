"""Reads credentials until they change, by boto3's default chain, and uses both."""
import sys
import time

import boto3

session = boto3.Session()
sts = session.client("sts")


def use():
    key = session.get_credentials().get_frozen_credentials().access_key
    print(key, sts.get_caller_identity()["Arn"], flush=True)
    return key


first = use()
end = time.monotonic() + 60
while session.get_credentials().get_frozen_credentials().access_key == first:
    if time.monotonic() > end:
        sys.exit("the credentials were not refreshed")
    time.sleep(0.2)
use()
