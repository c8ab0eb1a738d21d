"""The default chain of the AWS Common Runtime, in C, below several of the SDKs.

It has no client of STS; `catalogue.py` says what each mode prints.
"""

import sys
import time

from awscrt.auth import AwsCredentialsProvider


def main(mode):
    provider = AwsCredentialsProvider.new_default_chain()

    def key():
        return provider.get_credentials().result(timeout=30).access_key_id

    first = key()
    if mode == "error":
        return
    cached = key()
    print("first", first)
    print("cached", cached)
    if mode == "read":
        end = time.monotonic() + 60
        while (later := key()) == first:
            if time.monotonic() > end:
                sys.exit("the credentials were not refreshed")
            time.sleep(0.2)
        print("refreshed", later)


try:
    main(sys.argv[1])
except Exception as shown:  # what a person sees of it, whatever it is
    if sys.argv[1] != "error":
        raise
    print("error", shown)
