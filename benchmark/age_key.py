"""Makes the key of the throw-away vault."""

import os

ALPHABET, PREFIX = "qpzry9x8gf2tvdw0s3jn54khce6mua7l", "age-secret-key-"
GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def new_identity():
    """A new age identity: 32 random bytes in Bech32."""
    bits = int.from_bytes(os.urandom(32), "big") << 4
    data = [bits >> shift & 31 for shift in range(255, -1, -5)]
    spread = [ord(c) >> 5 for c in PREFIX] + [0] + [ord(c) & 31 for c in PREFIX]
    check = 1
    for value in spread + data + [0] * 6:
        top, check = check >> 25, (check & 0x1FFFFFF) << 5 ^ value
        for i, generator in enumerate(GENERATORS):
            check ^= generator if top >> i & 1 else 0
    data += [(check ^ 1) >> 5 * (5 - i) & 31 for i in range(6)]
    return (PREFIX + "1" + "".join(ALPHABET[d] for d in data)).upper()
