"""The passphrase part of the age format, written a second time from its specification.

Makes what `pyrage.passphrase.encrypt` makes, but with as little work for scrypt as the format
allows, so that tests do not wait; and proves that a pack's key is what other age programs open.
See the age specification (v1): header, scrypt recipient stanza, payload.
"""

import hashlib
import hmac
import os
import struct
from base64 import b64encode

_LABEL = b"age-encryption.org/v1/scrypt"
_MASK = 0xFFFFFFFF


def sealed(content: bytes, passphrase: str, work: int = 1) -> bytes:
    """An age file of at most 64 KiB under a passphrase, with 2**work rounds of scrypt."""
    file_key, salt, nonce = os.urandom(16), os.urandom(16), os.urandom(16)
    wrapping = hashlib.scrypt(
        passphrase.encode(), salt=_LABEL + salt, n=1 << work, r=8, p=1, dklen=32
    )
    body = _closed(wrapping, bytes(12), file_key)
    head = f"age-encryption.org/v1\n-> scrypt {_text(salt)} {work}\n{_text(body)}\n---".encode()
    mac = hmac.digest(_derived(file_key, b"", b"header"), head, "sha256")
    payload = _closed(_derived(file_key, nonce, b"payload"), bytes(11) + b"\x01", content)
    return head + b" " + _text(mac).encode() + b"\n" + nonce + payload


def _text(raw: bytes) -> str:
    return b64encode(raw).decode().rstrip("=")


def _derived(key: bytes, salt: bytes, info: bytes) -> bytes:
    """HKDF-SHA-256, 32 bytes."""
    drawn = hmac.digest(salt or bytes(32), key, "sha256")
    return hmac.digest(drawn, info + b"\x01", "sha256")


def _closed(key: bytes, nonce: bytes, plain: bytes) -> bytes:
    """ChaCha20-Poly1305 (RFC 8439) without further data."""
    stream = b"".join(
        _block(key, number, nonce) for number in range(1, 2 + (len(plain) + 63) // 64)
    )
    cipher = bytes(a ^ b for a, b in zip(plain, stream, strict=False))
    told = cipher + bytes(-len(cipher) % 16) + struct.pack("<QQ", 0, len(cipher))
    return cipher + _poly1305(_block(key, 0, nonce)[:32], told)


def _poly1305(key: bytes, told: bytes) -> bytes:
    r = int.from_bytes(key[:16], "little") & 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF
    total = 0
    for start in range(0, len(told), 16):
        piece = int.from_bytes(told[start : start + 16] + b"\x01", "little")
        total = (total + piece) * r % (2**130 - 5)
    return ((total + int.from_bytes(key[16:], "little")) % 2**128).to_bytes(16, "little")


def _block(key: bytes, number: int, nonce: bytes) -> bytes:
    start = list(
        struct.unpack("<16I", b"expand 32-byte k" + key + struct.pack("<I", number) + nonce)
    )
    state = list(start)
    rounds = ((0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15),
              (0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14))  # fmt: skip
    for _ in range(10):
        for places in rounds:
            _quarter(state, *places)
    return struct.pack("<16I", *((a + b) & _MASK for a, b in zip(state, start, strict=True)))


def _quarter(state: list[int], a: int, b: int, c: int, d: int) -> None:
    for one, two, three, turn in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
        state[one] = (state[one] + state[two]) & _MASK
        mixed = state[three] ^ state[one]
        state[three] = (mixed << turn | mixed >> (32 - turn)) & _MASK
