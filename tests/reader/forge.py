"""Makes bytes that a reader must take or refuse, from docs/protocol.md: for the tests, never for use."""

import struct

import cbor2
import zstandard
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import reader


def ed25519_public(seed):
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def sign(seed, context, fields):
    """A signed object over a map or an array (section 2)."""
    payload = cbor2.dumps(fields, canonical=True)
    kid = reader.key_id(ed25519_public(seed))
    signature = Ed25519PrivateKey.from_private_bytes(seed).sign(reader.sig_structure(kid, context, payload))
    return reader.frame(kid, payload, signature)


def payload_of(signed):
    """The decoded payload of a signed object, to be altered and signed again."""
    return cbor2.loads(reader.unframe(signed)[1])


def other_encodings(signed):
    """The same array of four, written in every other way (section 2): each must be refused."""
    kid, payload, signature = reader.unframe(signed)
    protected, head = reader.PROTECTED + kid, reader.cbor_head(len(payload))
    tail = b"\x58\x40" + signature
    yield "tagged", b"\xd2" + signed
    yield "a byte behind", signed + b"\0"
    yield "cut", signed[:-1]
    yield "empty", b""
    yield "five elements", b"\x85" + signed[1:] + b"\xf6"
    yield "indefinite array", b"\x9f" + signed[1:] + b"\xff"
    yield "long head of the protected header", b"\x84\x58\x0d" + protected + b"\xa0" + head + payload + tail
    yield "unprotected header", b"\x84\x4d" + protected + b"\xa1\x04\x00" + head + payload + tail
    yield "long head of the payload", b"\x84\x4d" + protected + b"\xa0\x5a" + struct.pack(">I", len(payload)) + payload + tail
    yield "indefinite payload", b"\x84\x4d" + protected + b"\xa0\x5f" + head + payload + b"\xff" + tail
    yield "payload as text", b"\x84\x4d" + protected + b"\xa0\x61\x61" + tail
    yield "detached payload", b"\x84\x4d" + protected + b"\xa0\xf6" + tail
    yield "another algorithm", b"\x84\x4d\xa2\x01\x26\x04\x48" + kid + b"\xa0" + head + payload + tail


def padme(length):
    """The padded length of a compressed body (section 7)."""
    least = max(length + 1, 128)
    exponent = least.bit_length() - 1
    free = exponent - exponent.bit_length()
    return (least + (1 << free) - 1) >> free << free


def compress(body, number):
    """A compressed body (section 7)."""
    chosen = reader.dictionary(number) if number else None
    compressor = zstandard.ZstdCompressor(dict_data=chosen, write_checksum=False, write_dict_id=False,
                                          write_content_size=True)
    return compressor.compress(body)[4:]


def seal(public, office, data, compressed):
    """Pads and seals what is already compressed (section 7)."""
    padded = (compressed + b"\x80").ljust(padme(len(compressed)), b"\0")
    key = reader.SUITE.kem.deserialize_public_key(public)
    enc, context = reader.SUITE.create_sender_context(key, info=b"oirs/seal/1" + office)
    return enc + context.seal(padded, data)


def seal_file(content, key, chunk=65_536):
    """A sealed file (section 7.1)."""
    padded = content.ljust(padme(len(content) - 1), b"\0")
    pieces = [padded[at:at + chunk] for at in range(0, len(padded), chunk)]
    sealed = b""
    for number, piece in enumerate(pieces):
        nonce = bytes(7) + number.to_bytes(4, "big") + (b"\x01" if number == len(pieces) - 1 else b"\x00")
        sealed += ChaCha20Poly1305(key).encrypt(nonce, piece, b"oirs/file/1")
    return sealed
