"""Reads what OIRS en Terreno puts on the wire, written from docs/protocol.md and nothing else.

It shares no code with the programs: that it can open their records and check their signatures proves that the document
is enough to do so. It reads, it never writes. "Section" below is always a section of docs/protocol.md.

Every failed check raises a subclass of `Refused`; nothing is returned that was not checked.
"""

import base64
import hashlib
import hmac
import re
import struct
import uuid
from pathlib import Path

import cbor2
import zstandard
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pyhpke import AEADId, CipherSuite, KDFId, KEMId
from pyhpke.exceptions import PyHPKEError


class Refused(Exception):
    """What was read does not hold."""


class Malformed(Refused):
    """The bytes are not the structure that they should be."""


class UnknownSigner(Refused):
    """No key is known that has the header's key id."""


class BadSignature(Refused):
    """The signature does not fit the key and the context."""


class Contradiction(Refused):
    """Two things that are each well formed do not belong together."""


class NotOpened(Refused):
    """The sealed body does not open with this key and at this place."""


# ---- Section 1: conventions ---------------------------------------------------------------------------------------

def sha(*parts):
    """`H`: SHA-256 over the joined parts (section 1)."""
    return hashlib.sha256(b"".join(parts)).digest()


def key_id(public):
    """A hint at an Ed25519 or X25519 public key, eight bytes (section 1, identifiers)."""
    return sha(b"oirs/kid/1", public)[:8]


def decode(data):
    """One CBOR item that is deterministic and has nothing behind it (section 1, CBOR).

    To encode again and compare refuses loose bytes, keys given twice, long integers and indefinite lengths at once.
    """
    try:
        value = cbor2.loads(data)
        again = cbor2.dumps(value, canonical=True)
    except Exception as error:  # the library raises a dozen kinds, RecursionError included
        raise Malformed(f"no CBOR: {type(error).__name__}") from None
    if again != data:
        raise Malformed("CBOR that is not deterministic, or bytes behind its end")
    return value


def uint(bits=63):
    """A type: an unsigned integer of so many bits (sections 1 and 17)."""
    return lambda value: type(value) is int and 0 <= value < 1 << bits


def integer(bits=64):
    """A type: a signed integer of so many bits (sections 1 and 17)."""
    return lambda value: type(value) is int and -(1 << bits - 1) <= value < 1 << bits - 1


def exactly(length):
    """A type: a byte string of exactly so many bytes (section 1)."""
    return lambda value: type(value) is bytes and len(value) == length


def is_a(kind):
    """A type: a value that the CBOR library gives as `kind`."""
    return lambda value: type(value) is kind


def words(value):
    """A type: a code of a closed list, or the filed text (section 8); a comuna has the same form."""
    return type(value) is str or uint(32)(value)


BYTES, TEXT, ARRAY, MAP, BOOL = is_a(bytes), is_a(str), is_a(list), is_a(dict), is_a(bool)
REQUIRED, OPTIONAL = True, False


def read_map(value, table):
    """The named fields of a map; unknown keys are skipped, `null` is absent (section 1, map)."""
    if type(value) is not dict or not all(type(key) is int and key >= 0 for key in value):
        raise Malformed("not a map with unsigned keys")
    return read_fields({place: value.get(place) for place in table}, table)


def read_array(value, *columns):
    """The named fields of an array; it may be shorter or longer than its table (section 1, array)."""
    if type(value) is not list:
        raise Malformed("not an array")
    table = dict(enumerate(columns))
    return read_fields({place: value[place] if place < len(value) else None for place in table}, table)


def read_fields(values, table):
    """Checks presence and type of every field of a table; an absent field comes back as None."""
    fields = {}
    for place, (name, fits, required) in table.items():
        value = values[place]
        if value is None and required:
            raise Malformed(f"{name} is absent")
        if value is not None and not fits(value):
            raise Malformed(f"{name} is of another type")
        fields[name] = value
    return fields


def require_version(fields):
    """Version 1 is the only one that there is (sections 3, 4, 9 to 12)."""
    if fields["version"] != 1:
        raise Malformed("unknown version")
    return fields


# ---- Section 2: signed objects ------------------------------------------------------------------------------------

PROTECTED = bytes.fromhex("a201270448")
P = 2**255 - 19
# y of the points of order 8; with 0, 1 and -1 these are all the points whose order divides 8.
Y8 = int.from_bytes(bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), "little")
SMALL_ORDER = {0, 1, P - 1, Y8, P - Y8}


def cbor_head(length):
    """The shortest head of a byte string (section 2)."""
    if length < 24:
        return bytes([0x40 + length])
    for lead, form in ((0x58, ">B"), (0x59, ">H"), (0x5A, ">I")):
        if length < 1 << 8 * struct.calcsize(form):
            return bytes([lead]) + struct.pack(form, length)
    raise Malformed("too long")


def frame(kid, payload, signature):
    """The only encoding of a signed object (section 2)."""
    return b"\x84\x4d" + PROTECTED + kid + b"\xa0" + cbor_head(len(payload)) + payload + b"\x58\x40" + signature


def sig_structure(kid, context, payload):
    """What the signature is over (section 2; RFC 9052, section 4.4)."""
    return cbor2.dumps(["Signature1", PROTECTED + kid, context.encode("ascii"), payload])


def unframe(data):
    """Key id, payload and signature of a signed object, unverified (section 2)."""
    value = decode(data)
    fits = type(value) is list and len(value) == 4 and BYTES(value[0]) and BYTES(value[2]) and exactly(64)(value[3])
    if not fits or len(value[0]) != 13:
        raise Malformed("no signed object")
    kid, payload, signature = value[0][5:], value[2], value[3]
    if frame(kid, payload, signature) != data:
        raise Malformed("another encoding of a signed object")
    return kid, payload, signature


def small_order(point):
    """Whether an encoded point has an order that divides 8 (section 2: checked strictly)."""
    return (int.from_bytes(point, "little") & (1 << 255) - 1) % P in SMALL_ORDER


def verify(public, message, signature):
    """Ed25519, strictly (section 2; the library checks that the scalar is canonical)."""
    if small_order(public) or small_order(signature[:32]):
        raise BadSignature("small order")
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        raise BadSignature("the signature does not fit") from None


def open_signed(data, context, public_keys):
    """The payload of a signed object, verified with the one of these keys that its header names (section 2)."""
    kid, payload, signature = unframe(data)
    keys = {key_id(public): public for public in public_keys}
    if kid not in keys:
        raise UnknownSigner(kid.hex())
    verify(keys[kid], sig_structure(kid, context, payload), signature)
    return payload


# ---- Section 3: certificates --------------------------------------------------------------------------------------

ENROLMENT, CHECKPOINT, CONTENT, SEALING, STATISTICS, RELEASES = 1, 2, 3, 4, 5, 6

ROLE_CERTIFICATE = {
    0: ("version", uint(8), REQUIRED), 1: ("office", exactly(16), REQUIRED), 2: ("role", uint(64), REQUIRED),
    3: ("public_key", exactly(32), REQUIRED), 4: ("not_before", uint(), REQUIRED), 5: ("not_after", uint(), REQUIRED),
}
DEVICE_CERTIFICATE = {
    0: ("version", uint(8), REQUIRED), 1: ("office", exactly(16), REQUIRED), 2: ("device", exactly(16), REQUIRED),
    3: ("public_key", exactly(32), REQUIRED), 4: ("folio_prefix", uint(15), REQUIRED),
    5: ("not_before", uint(), REQUIRED), 6: ("not_after", uint(), REQUIRED),
}


def role_certificate(data, root):
    """A role certificate signed by the root (section 3); None when it has a role or a form of a later version."""
    payload = decode(open_signed(data, "oirs/role-certificate/1", [root]))
    if MAP(payload) and payload.get(0) != 1:
        raise Malformed("unknown version of a role certificate")
    try:
        fields = read_map(payload, ROLE_CERTIFICATE)
    except Malformed:
        return None
    return fields if ENROLMENT <= fields["role"] <= RELEASES else None


def keys_of(roles, role):
    """The public keys that are certified for a role: there may be several (section 3)."""
    return [certificate["public_key"] for certificate in roles if certificate["role"] == role]


def device_certificate(data, roles):
    """A stand's certificate, checked up to the role certificates (section 3)."""
    payload = open_signed(data, "oirs/device-certificate/1", keys_of(roles, ENROLMENT))
    fields = require_version(read_map(decode(payload), DEVICE_CERTIFICATE))
    if any(certificate["office"] != fields["office"] for certificate in roles):
        raise Contradiction("the certificates are of several offices")
    return fields


# ---- Sections 4 and 13: Crockford's alphabet, enrolment code, folio -------------------------------------------------

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RFC4648 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
HYPHENS = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"


def symbols(text):
    """The symbol values of a text in Crockford's alphabet, spaces, hyphens and look-alikes taken (sections 4, 13)."""
    kept = "".join(text.split()).translate({ord(hyphen): None for hyphen in HYPHENS})
    if not kept.isascii():
        raise Malformed("no Crockford symbols")
    kept = kept.upper().translate(str.maketrans("OIL", "011"))
    if any(letter not in CROCKFORD for letter in kept):
        raise Malformed("no Crockford symbols")
    return [CROCKFORD.index(letter) for letter in kept]


def grouped(data):
    """Bytes as Crockford symbols in groups of four (section 4)."""
    text = base64.b32encode(data).decode().rstrip("=").translate(str.maketrans(RFC4648, CROCKFORD))
    return "-".join(text[at:at + 4] for at in range(0, len(text), 4))


def enrolment_code(text):
    """Secret and root fingerprint of an enrolment code (section 4)."""
    values = symbols(text)
    if len(values) != 32:
        raise Malformed("an enrolment code has 32 symbols")
    data = base64.b32decode("".join(RFC4648[value] for value in values))
    if sha(b"oirs/code/1", data[:19])[:1] != data[19:]:
        raise Malformed("the check of the enrolment code")
    return {"secret": data[:9], "fingerprint": data[9:19]}


def root_fingerprint(root):
    """What an enrolment code says of the root (section 4)."""
    return sha(b"oirs/root/1", root)[:10]


def folio_check(values, start=24):
    """The check symbol of symbol values, over GF(32) with x⁵ + x² + 1 (section 13)."""
    total = 0
    for value in values:
        total = (total ^ value) << 1
        if total & 0b100000:
            total ^= 0b100101
    return total ^ start


def folio_text(number):
    """A folio's number as it is written, `T7K-4QX9-2MB` (section 13)."""
    if not uint(45)(number):
        raise Malformed("a folio has 45 bits")
    values = [number >> shift & 31 for shift in range(40, -1, -5)]
    text = "".join(CROCKFORD[value] for value in [*values, folio_check(values)])
    return f"{text[:3]}-{text[3:7]}-{text[7:]}"


def folio_number(text):
    """The number of a written folio, its check compared (section 13)."""
    values = symbols(text)
    if len(values) != 10 or folio_check(values[:9]) != values[9]:
        raise Malformed("no folio")
    number = 0
    for value in values[:9]:
        number = number << 5 | value
    return number


def folio_prefix(number):
    """The stand's prefix in a folio's number (section 13)."""
    return number >> 30


# ---- Section 4: enrolment -----------------------------------------------------------------------------------------

ENROL_REQUEST = {
    0: ("version", uint(8), REQUIRED), 1: ("code", exactly(8), REQUIRED), 2: ("public_key", exactly(32), REQUIRED),
    3: ("epoch", exactly(8), REQUIRED), 4: ("proof", exactly(32), REQUIRED),
}
ENROL_ANSWER = {
    0: ("root", exactly(32), REQUIRED), 1: ("roles", ARRAY, REQUIRED), 2: ("device", BYTES, REQUIRED),
    3: ("receipt_host", TEXT, REQUIRED), 4: ("office_name", TEXT, REQUIRED), 5: ("phone_line", TEXT, OPTIONAL),
}


def enrol_proof(secret, public, epoch):
    """That whoever asks knows the code's secret (section 4)."""
    return hmac.digest(sha(b"oirs/enrol-proof/1", secret), public + epoch, "sha256")


CHALLENGE, RESPONSE = 7, 19


def unlock_code(number, start):
    """A challenge or a response as it is dictated, `XXXX-XXXX` (section 4)."""
    values = [number >> shift & 31 for shift in range(30, -1, -5)]
    text = "".join(CROCKFORD[value] for value in [*values, folio_check(values, start)])
    return f"{text[:4]}-{text[4:]}"


def unlock_number(text, start):
    """The 35 bits of what was dictated, its check compared (section 4)."""
    values = symbols(text)
    if len(values) != 8 or folio_check(values[:7], start) != values[7]:
        raise Malformed("no code for unlocking")
    number = 0
    for value in values[:7]:
        number = number << 5 | value
    return number


def unlock_key(secret, device):
    """What stand and office derive from the enrolment code for unlocking by telephone (section 4)."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"oirs/unlock/1" + device).derive(secret)


def unlock_response(key, challenge, staff_code):
    """What the office reads back (section 4)."""
    said = b"oirs/unlock-answer/1" + struct.pack(">Q", challenge) + staff_code.encode("ascii")
    return int.from_bytes(hmac.digest(key, said, "sha256")[:8], "big") >> 29


def enrol_request(data, secret):
    """An enrolment request, signed by the key that it carries and made with this secret (section 4)."""
    carried = read_map(decode(unframe(data)[1]), ENROL_REQUEST)
    fields = require_version(carried)
    open_signed(data, "oirs/enrol/1", [fields["public_key"]])
    if fields["code"] != sha(b"oirs/code-id/1", secret)[:8]:
        raise Contradiction("another code")
    if not hmac.compare_digest(fields["proof"], enrol_proof(secret, fields["public_key"], fields["epoch"])):
        raise Contradiction("the proof does not fit the code")
    return fields


def enrol_answer(data, own_public_key, fingerprint=None):
    """The office as a stand knows it, checked in the order of section 4, 1 to 6.

    Without a fingerprint the root inside is trusted, as when a stand reads its `enrolment.cbor` again.
    """
    answer = read_map(decode(unframe(data)[1]), ENROL_ANSWER)
    if fingerprint is not None and root_fingerprint(answer["root"]) != fingerprint:
        raise Contradiction("the root is not the code's")
    if not all(BYTES(one) for one in answer["roles"]):
        raise Malformed("roles are byte strings")
    roles = [role for one in answer["roles"] if (role := role_certificate(one, answer["root"])) is not None]
    open_signed(data, "oirs/enrol-answer/1", keys_of(roles, ENROLMENT))
    certificate = device_certificate(answer["device"], roles)
    if not all(keys_of(roles, role) for role in (CHECKPOINT, CONTENT, SEALING)):
        raise Malformed("a role without a certificate")
    if certificate["public_key"] != own_public_key:
        raise Contradiction("the certificate is another stand's")
    return {**answer, "roles": roles, "device_certificate": answer["device"], "certificate": certificate,
            "office": certificate["office"], "device": certificate["device"]}


# ---- Sections 5 and 9: chain and push ------------------------------------------------------------------------------

def genesis(office, device_certificate_bytes, epoch):
    """`hash_0` of a ledger (section 5)."""
    return sha(b"oirs/chain/1", office, sha(device_certificate_bytes), epoch)


def link(previous, entry):
    """`hash_i` from `hash_{i-1}` and the entry's clear header and sealed body (section 5)."""
    return sha(b"oirs/entry/1", previous, struct.pack(">QH", entry["seq"], entry["kind"]), entry["key_id"],
               struct.pack(">H", entry["dictionary"]), sha(entry["sealed"]))


PUSH = {
    0: ("version", uint(8), REQUIRED), 1: ("office", exactly(16), REQUIRED), 2: ("device", exactly(16), REQUIRED),
    3: ("epoch", exactly(8), REQUIRED), 4: ("from", uint(), REQUIRED), 5: ("previous", exactly(32), REQUIRED),
    6: ("keys", ARRAY, REQUIRED), 7: ("entries", ARRAY, REQUIRED), 8: ("head", exactly(32), REQUIRED),
}
PUSH_ENTRY = (("kind", uint(16), REQUIRED), ("key", uint(16), REQUIRED), ("dictionary", uint(16), REQUIRED),
              ("sealed", BYTES, REQUIRED))
PUSH_MAX, ENTRIES_MAX, SEALED_MAX = 1_048_576, 4_096, 262_144


def push_entries(push):
    """The entries of a push with their seq and key id spelled out (section 9)."""
    if not all(exactly(8)(kid) for kid in push["keys"]) or not 1 <= len(push["entries"]) <= ENTRIES_MAX:
        raise Malformed("keys or number of entries")
    entries = []
    for seq, value in enumerate(push["entries"], push["from"] + 1):
        entry = read_array(value, *PUSH_ENTRY)
        if entry["key"] >= len(push["keys"]) or len(entry["sealed"]) > SEALED_MAX:
            raise Malformed("index into keys, or size of a sealed body")
        entries.append({"seq": seq, "key_id": push["keys"][entry.pop("key")], **entry})
    return entries


def check_push(data, roles, device_certificate_bytes):
    """A push with its entries, checked as section 9 says; each entry gets its `hash`."""
    certificate = device_certificate(device_certificate_bytes, roles)
    if len(data) > PUSH_MAX:
        raise Malformed("a push is too large")
    payload = open_signed(data, "oirs/push/1", [certificate["public_key"]])
    push = require_version(read_map(decode(payload), PUSH))
    entries, last = push_entries(push), push["previous"]
    for entry in entries:
        entry["hash"] = last = link(last, entry)
    if last != push["head"]:
        raise Contradiction("the chain does not lead to the head")
    if (push["office"], push["device"]) != (certificate["office"], certificate["device"]):
        raise Contradiction("a push of another office or stand")
    if push["from"] == 0 and push["previous"] != genesis(push["office"], device_certificate_bytes, push["epoch"]):
        raise Contradiction("a ledger that begins elsewhere")
    return {**push, "entries": entries}


def check_ledger(pushes):
    """The entries of one ledger from consecutive checked pushes, the first from 0 (sections 5 and 9)."""
    entries = []
    for push in pushes:
        expected = entries[-1]["hash"] if entries else push["previous"]
        if push["from"] != len(entries) or push["previous"] != expected or push["epoch"] != pushes[0]["epoch"]:
            raise Contradiction("a push that does not continue the one before")
        entries += push["entries"]
    return entries


# ---- Section 7: the sealed body ------------------------------------------------------------------------------------

SUITE = CipherSuite.new(KEMId.DHKEM_X25519_HKDF_SHA256, KDFId.HKDF_SHA256, AEADId.CHACHA20_POLY1305)
ZSTD_MAGIC = bytes.fromhex("28b52ffd")
BODY_MAX = 131_072
POOLED = 0x4000
DICTIONARIES = {1: "5c3e917b3574415b941aa59bdadabdbc749dc461e1d90031afe7bed5c901ec59"}
DICTIONARY_FOLDER = Path(__file__).resolve().parents[2] / "crates" / "wire" / "dict"


def x25519_public(private):
    """The public key of an X25519 private key; its key id finds the key for an entry (section 7, to open)."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def associated_data(device, epoch, entry):
    """What binds a body to its place; a pooled one has no place (section 7)."""
    end = entry["key_id"] + struct.pack(">H", entry["dictionary"])
    kind = struct.pack(">H", entry["kind"])
    if entry["kind"] >= POOLED:
        return b"\x01" + kind + end
    return b"\x01" + device + epoch + struct.pack(">Q", entry["seq"]) + kind + end


def unseal(private, office, data, sealed):
    """HPKE open of `enc ‖ ciphertext ‖ tag` (section 7)."""
    try:
        key = SUITE.kem.deserialize_private_key(private)
        return SUITE.create_recipient_context(sealed[:32], key, info=b"oirs/seal/1" + office).open(sealed[32:], data)
    except (PyHPKEError, ValueError):
        raise NotOpened("HPKE") from None


def unpad(padded):
    """Drops ISO/IEC 7816-4 padding (section 7)."""
    body = padded.rstrip(b"\0")
    if not body.endswith(b"\x80"):
        raise Malformed("padding")
    return body[:-1]


def dictionary(number):
    """A shipped Zstandard dictionary, its hash compared (section 7)."""
    if number not in DICTIONARIES:
        raise Malformed("unknown dictionary")
    data = (DICTIONARY_FOLDER / f"{number}.zdict").read_bytes()
    if sha(data).hex() != DICTIONARIES[number]:
        raise Contradiction("the dictionary has changed")
    return zstandard.ZstdCompressionDict(data, dict_type=zstandard.DICT_TYPE_FULLDICT)


def decompress(compressed, number):
    """Exactly one Zstandard frame, kept without its magic number (section 7)."""
    data = ZSTD_MAGIC + compressed
    try:
        if not zstandard.frame_content_size(data) <= BODY_MAX or zstandard.frame_content_size(data) < 0:
            raise Malformed("a frame that is too large, or states no size")
        chosen = None if number == 0 else dictionary(number)
        stream = zstandard.ZstdDecompressor(dict_data=chosen).decompressobj()
        body = stream.decompress(data)
    except zstandard.ZstdError:
        raise Malformed("no Zstandard frame") from None
    if not stream.eof or stream.unused_data:
        raise Malformed("a frame that is cut, or bytes behind it")
    return body


def open_entry(entry, office, device, epoch, private_keys):
    """The body of an entry as named fields (section 7, to open an entry; section 8)."""
    keys = {key_id(x25519_public(private)): private for private in private_keys}
    if entry["key_id"] not in keys:
        raise NotOpened(f"no sealing key {entry['key_id'].hex()}")
    place = associated_data(device, epoch, entry)
    padded = unseal(keys[entry["key_id"]], office, place, entry["sealed"])
    return read_body(entry["kind"], decode(decompress(unpad(padded), entry["dictionary"])))


# ---- Section 7.1: sealed files -------------------------------------------------------------------------------------

CHUNK_MAX, FILE_MAX, TAG = 1_048_576, 9_437_184, 16


def open_file(sealed, key, chunk, length):
    """The content of a sealed file (section 7.1)."""
    if not 1 <= chunk <= CHUNK_MAX or not 0 < length <= len(sealed) <= FILE_MAX:
        raise Malformed("no length of a file or of a chunk")
    pieces = [sealed[at:at + chunk + TAG] for at in range(0, len(sealed), chunk + TAG)]
    content = b""
    for number, piece in enumerate(pieces):
        last = b"\x01" if number == len(pieces) - 1 else b"\x00"
        nonce = bytes(7) + number.to_bytes(4, "big") + last
        try:
            content += ChaCha20Poly1305(key).decrypt(nonce, piece, b"oirs/file/1")
        except InvalidTag:
            raise NotOpened(f"chunk {number}") from None
    if len(content) < length or any(content[length:]):
        raise Malformed("another length than announced")
    return content[:length]


# ---- Section 8: bodies ---------------------------------------------------------------------------------------------

KINDS = {1: "ledger_opened", 2: "outing_opened", 3: "outing_closed", 4: "request", 5: "addition", 6: "withdrawal",
         7: "encounter", 8: "void", 10: "invitation_ended", 13: "resting", 0x4000: "profile", 0x4001: "survey_answer"}
MEDIA_TYPES = {1: "image/jpeg", 2: "image/png", 3: "application/pdf"}
REQUEST_KINDS = {1: "consulta", 2: "felicitacion", 3: "opinion", 4: "peticion", 5: "reclamo", 6: "sugerencia"}
ANSWER_WAYS = {0: "ninguno", 1: "correo", 2: "telefono", 3: "carta", 4: "presencial"}
WRITERS = {1: "citizen", 2: "staff", 3: "transcriber"}
DOCUMENT_TYPES = {1: "run", 2: "rut", 3: "ipe", 4: "ipa", 5: "pasaporte", 6: "documento_extranjero"}
OUTCOMES = {1: "informed", 2: "referred", 3: "request_filed", 4: "came_in_vain"}
PLACE_KINDS = dict(enumerate((
    "plaza", "sede_social", "establecimiento_educacional", "centro_de_salud", "edificio_municipal", "edificio_publico",
    "feria", "recinto_deportivo", "caleta_o_muelle", "terminal", "residencia", "domicilio", "otro"), 1))
CERTAINTIES = {0: "confirmed", 1: "unconfirmed", 2: "contradicted"}

WHEN = (("at", integer(), REQUIRED), ("certainty", uint(32), REQUIRED), ("trusted", integer(), OPTIONAL),
        ("elapsed", uint(), OPTIONAL))
DUE = (("promise", integer(32), REQUIRED), ("legal", integer(32), REQUIRED))
ID = {0: ("id", exactly(16), REQUIRED), 1: ("filed_id", TEXT, OPTIONAL)}
AT = {4: ("when", ARRAY, REQUIRED)}
BY = {16: ("by", TEXT, OPTIONAL)}
OUTING = {20: ("outing", uint(), OPTIONAL)}
SMALL = {**ID, **AT, 5: ("word", words, OPTIONAL), 6: ("text", TEXT, OPTIONAL), 7: ("comuna", words, OPTIONAL),
         8: ("reference", TEXT, OPTIONAL), 9: ("position", uint(), OPTIONAL), 10: ("control_code", TEXT, OPTIONAL),
         **BY, **OUTING}
BODIES = {
    1: {**AT, 5: ("reason", uint(32), REQUIRED), 6: ("previous", exactly(8), OPTIONAL)},
    2: {**AT, 7: ("comuna", words, OPTIONAL), 8: ("place", TEXT, OPTIONAL), 9: ("goal", uint(32), OPTIONAL),
        **BY, 34: ("team", ARRAY, OPTIONAL), 35: ("token", exactly(16), OPTIONAL),
        36: ("place_kind", words, OPTIONAL)},
    3: {**AT, **BY, 20: ("opened", uint(), REQUIRED), 21: ("requests", uint(), REQUIRED),
        22: ("encounters", uint(), REQUIRED), 23: ("profiles", uint(), OPTIONAL), 24: ("additions", uint(), OPTIONAL),
        25: ("withdrawals", uint(), OPTIONAL), 26: ("voids", uint(), OPTIONAL), 27: ("by_outcome", ARRAY, OPTIONAL),
        28: ("by_kind", ARRAY, OPTIONAL)},
    4: {**ID, 2: ("claim_key", exactly(16), REQUIRED), 3: ("folio", uint(45), REQUIRED), **AT,
        5: ("kind", words, OPTIONAL), 6: ("text", TEXT, OPTIONAL), 7: ("comuna", words, OPTIONAL),
        8: ("locality", TEXT, OPTIONAL), 9: ("topic", TEXT, OPTIONAL), 10: ("person", MAP, OPTIONAL),
        11: ("organisation", MAP, OPTIONAL), 12: ("affected", MAP, OPTIONAL), 13: ("will_accepted", BOOL, OPTIONAL),
        14: ("privacy_notice", TEXT, OPTIONAL), 15: ("language", TEXT, OPTIONAL), 16: ("assisted_by", TEXT, OPTIONAL),
        17: ("written_by", words, OPTIONAL), 18: ("captured_at", TEXT, OPTIONAL), 19: ("due", ARRAY, OPTIONAL),
        **OUTING},
    5: SMALL, 6: SMALL, 7: {**SMALL, 22: ("sheet", TEXT, OPTIONAL)}, 8: SMALL,
    10: {**ID, **AT, 5: ("fate", uint(32), REQUIRED), 20: ("outing", uint(), REQUIRED),
         21: ("place", uint(), REQUIRED)},
    11: {**ID, 3: ("folio", uint(45), REQUIRED), **AT, 6: ("name", TEXT, OPTIONAL), **OUTING,
         50: ("request", exactly(16), REQUIRED), 51: ("media_type", words, REQUIRED), 52: ("length", uint(), REQUIRED),
         53: ("sealed_length", uint(), REQUIRED), 54: ("hash", exactly(32), REQUIRED),
         55: ("chunk", uint(32), REQUIRED), 56: ("key", exactly(32), REQUIRED)},
    13: {60: ("push", BYTES, OPTIONAL), 61: ("filler", BYTES, REQUIRED)},
    0x4000: {0: ("id", exactly(16), REQUIRED), 5: ("gender", uint(32), OPTIONAL), 6: ("age", uint(32), OPTIONAL),
             7: ("nationality", uint(32), OPTIONAL), 8: ("indigenous_people", uint(32), OPTIONAL),
             9: ("disability", uint(32), OPTIONAL), 10: ("organisation", uint(32), OPTIONAL),
             11: ("role", uint(32), OPTIONAL), 12: ("consent", ARRAY, OPTIONAL), 13: ("kind", uint(32), OPTIONAL),
             14: ("topic", uint(32), OPTIONAL), 15: ("outcome", uint(32), REQUIRED), 16: ("day", integer(32), REQUIRED)},
    0x4001: {0: ("id", exactly(16), REQUIRED), 5: ("answer", TEXT, REQUIRED), 6: ("duration", uint(32), OPTIONAL),
             7: ("day", integer(32), REQUIRED)},
}
# What the survey's draw adds to bodies: there together, or not at all.
DRAW = {
    2: {30: ("draw_rate", ARRAY, OPTIONAL), 31: ("draw_commitment", exactly(32), OPTIONAL),
        32: ("draw_survey", TEXT, OPTIONAL)},
    3: {40: ("draw_seed", exactly(32), OPTIONAL), 41: ("draw_tally", ARRAY, OPTIONAL)},
    7: {21: ("place", uint(), OPTIONAL)},
}
FATES = {1: "answered", 2: "refused", 3: "broken_off", 4: "lapsed"}
RATE = (("numerator", uint(16), REQUIRED), ("denominator", uint(16), REQUIRED))
TALLY = tuple((name, uint(), REQUIRED)
              for name in ("places", "drawn", "answered", "refused", "broken_off", "lapsed"))
PERSON = {0: ("name", TEXT, OPTIONAL), 1: ("social_name", TEXT, OPTIONAL), 2: ("document", MAP, OPTIONAL),
          3: ("country_of_residence", TEXT, OPTIONAL), 4: ("phone", TEXT, OPTIONAL), 5: ("email", TEXT, OPTIONAL),
          6: ("address", TEXT, OPTIONAL), 7: ("address_comuna", words, OPTIONAL), 8: ("answer_by", words, OPTIONAL)}
ORGANISATION = {0: ("name", TEXT, OPTIONAL), 1: ("rut", TEXT, OPTIONAL), 2: ("role", TEXT, OPTIONAL)}
AFFECTED = {0: ("name", TEXT, OPTIONAL), 1: ("social_name", TEXT, OPTIONAL), 2: ("document", MAP, OPTIONAL),
            3: ("relation", TEXT, OPTIONAL)}
DOCUMENT = {0: ("type", words, OPTIONAL), 1: ("number", TEXT, OPTIONAL), 2: ("country", TEXT, OPTIONAL)}


SHARED_OUTING = (("office", exactly(16), REQUIRED), ("token", exactly(16), REQUIRED), ("day", uint(32), REQUIRED),
                 ("comuna", uint(32), REQUIRED), ("place", TEXT, REQUIRED), ("goal", uint(32), OPTIONAL),
                 ("team", ARRAY, REQUIRED), ("place_kind", uint(32), OPTIONAL))


def shared_outing(code, public_keys):
    """What the code of an outing says, once one of these stands signed it (section 8.2)."""
    data = base64.b32decode(code + "=" * (-len(code) % 8))
    return read_array(decode(open_signed(data, "oirs/outing/1", public_keys)), *SHARED_OUTING)


def read_body(kind, value):
    """A body by the kind of its entry; one of an unknown kind is kept as its CBOR (sections 6 and 8)."""
    if kind not in BODIES:
        return {"unread": value}
    fields = {**read_map(value, BODIES[kind]), **present(read_map(value, DRAW.get(kind, {})))}
    if kind in (3, 0x4000):
        fields = present(fields)
    if "when" in fields:
        fields["when"] = read_array(fields["when"], *WHEN)
        fields["when"]["certainty"] = CERTAINTIES.get(fields["when"]["certainty"], "unconfirmed")
    if "draw_rate" in fields:
        fields["draw_rate"] = read_array(fields["draw_rate"], *RATE)
    if "draw_tally" in fields:
        fields["draw_tally"] = read_array(fields["draw_tally"], *TALLY)
    if "fate" in fields:
        fields["fate"] = FATES.get(fields["fate"])
    if fields.get("due") is not None:
        fields["due"] = read_array(fields["due"], *DUE)
    return fields


def commitment(rate, seed):
    """What an outing's opening says of its draw (section 8.2)."""
    return sha(b"oirs/survey-seed/1", struct.pack(">HH", rate["numerator"], rate["denominator"]), seed)


def drawn(rate, seed, places):
    """The places of a draw that are invited (section 8.3)."""
    def number(place):
        code = hmac.digest(seed, b"oirs/survey-draw/1" + struct.pack(">Q", place), "sha256")
        return int.from_bytes(code[:8], "big")
    return [place for place in range(1, places + 1)
            if number(place) * rate["denominator"] < rate["numerator"] << 64]


def word(value, codes):
    """A word as it was filed; a number that is not in the list is shown in digits (section 8)."""
    return codes.get(value, str(value)) if type(value) is int else value


def comuna(value):
    """A comuna as it was filed (section 8)."""
    return f"{value:05}" if type(value) is int else value


def present(fields):
    """A field that was not filed is absent (section 8)."""
    return {name: value for name, value in fields.items() if value is not None}


def filed_id(body):
    """The record's id as it was filed (section 8, keys 0 and 1)."""
    return body["filed_id"] if body["filed_id"] is not None else str(uuid.UUID(bytes=body["id"]))


def filed_document(value):
    """A document as it was filed (section 8.4)."""
    if value is None:
        return None
    fields = read_map(value, DOCUMENT)
    return present({**fields, "type": word(fields["type"], DOCUMENT_TYPES)})


def filed_party(value, table):
    """A person, an organisation or an affected person as filed (section 8.4)."""
    if value is None:
        return None
    fields = read_map(value, table)
    if "document" in fields:
        fields["document"] = filed_document(fields["document"])
    if "answer_by" in fields:
        fields["answer_by"] = word(fields["answer_by"], ANSWER_WAYS)
        fields["address_comuna"] = comuna(fields["address_comuna"])
    return present(fields)


REQUEST_WORDS = ("text", "locality", "topic", "will_accepted", "privacy_notice", "language", "assisted_by",
                 "captured_at")


def filed_request(body):
    """The JSON object that a citizen's request was filed as (section 8.4)."""
    return present({
        "id": filed_id(body),
        "kind": word(body["kind"], REQUEST_KINDS),
        "comuna": comuna(body["comuna"]),
        **{name: body[name] for name in REQUEST_WORDS},
        "written_by": word(body["written_by"], WRITERS),
        "person": filed_party(body["person"], PERSON),
        "organisation": filed_party(body["organisation"], ORGANISATION),
        "affected": filed_party(body["affected"], AFFECTED),
    })


def filed(kind, body):
    """The JSON object that a record of kind 4 to 8 was filed as (sections 8.4 and 8.5)."""
    if kind == 4:
        return filed_request(body)
    names = {
        5: {"folio": body["reference"], "control_code": body["control_code"], "text": body["text"]},
        6: {"folio": body["reference"], "control_code": body["control_code"], "reason": body["text"]},
        7: {"matter": body["text"], "outcome": word(body["word"], OUTCOMES), "referred_to": body["reference"],
            "comuna": comuna(body["comuna"]), "sheet": body.get("sheet")},
        8: {"epoch": body["reference"], "seq": body["position"], "reason": body["text"]},
    }
    return present({"id": filed_id(body), **names[kind]})


# ---- Sections 10 to 12: checkpoint, manifest, directory, time --------------------------------------------------------

CHECKPOINT_FIELDS = {
    0: ("version", uint(8), REQUIRED), 1: ("office", exactly(16), REQUIRED), 2: ("device", exactly(16), REQUIRED),
    3: ("epoch", exactly(8), REQUIRED), 4: ("outcome", uint(64), REQUIRED), 5: ("count", uint(), REQUIRED),
    6: ("head", exactly(32), REQUIRED), 7: ("time", uint(), REQUIRED), 8: ("reason", uint(32), OPTIONAL),
}
CHECKPOINT_OUTCOMES = {0: "accepted", 1: "quarantined", 2: "gap"}
QUARANTINES = {1: "fork", 2: "revoked", 3: "expired"}


def check_checkpoint(data, roles, office, device, epoch):
    """The office's answer to a push of this ledger (section 10)."""
    payload = open_signed(data, "oirs/checkpoint/1", keys_of(roles, CHECKPOINT))
    fields = require_version(read_map(decode(payload), CHECKPOINT_FIELDS))
    if fields["outcome"] not in CHECKPOINT_OUTCOMES:
        raise Malformed("unknown outcome")
    if (fields["office"], fields["device"], fields["epoch"]) != (office, device, epoch):
        raise Contradiction("a checkpoint of another ledger")
    fields["outcome"] = CHECKPOINT_OUTCOMES[fields["outcome"]]
    quarantined = fields["outcome"] == "quarantined"
    fields["reason"] = QUARANTINES.get(fields["reason"], "another reason") if quarantined else None
    return fields


MANIFEST = {
    0: ("version", uint(8), REQUIRED), 1: ("office", exactly(16), REQUIRED), 2: ("device", exactly(16), REQUIRED),
    3: ("number", uint(), REQUIRED), 4: ("parts", ARRAY, REQUIRED), 5: ("watermarks", ARRAY, REQUIRED),
    6: ("revoked", uint(), OPTIONAL), 7: ("issued", uint(), REQUIRED),
}
PART = (("kind", uint(16), REQUIRED), ("hash", exactly(32), REQUIRED), ("length", uint(), REQUIRED))
WATERMARK = (("epoch", exactly(8), REQUIRED), ("stored", uint(), REQUIRED), ("hash_stored", exactly(32), REQUIRED),
             ("safe", uint(), REQUIRED), ("hash_safe", exactly(32), REQUIRED))
DIRECTORY, CERTIFICATES = 1, 2
STAND = (("device", exactly(16), REQUIRED), ("public_key", exactly(32), REQUIRED),
         ("folio_prefix", uint(15), REQUIRED), ("revoked", uint(), OPTIONAL))


def check_manifest(data, roles, office, device, held=0):
    """What the office wants this stand to hold; `held` is the number of the manifest it has (section 11)."""
    payload = open_signed(data, "oirs/manifest/1", keys_of(roles, CONTENT))
    fields = require_version(read_map(decode(payload), MANIFEST))
    if (fields["office"], fields["device"]) != (office, device):
        raise Contradiction("a manifest for another stand")
    if fields["number"] < held:
        raise Contradiction("a rollback")
    fields["parts"] = [read_array(one, *PART) for one in fields["parts"]]
    fields["watermarks"] = [read_array(one, *WATERMARK) for one in fields["watermarks"]]
    return fields


def check_part(part, data):
    """The bytes of a part that a manifest names (section 11)."""
    if len(data) != part["length"] or sha(data) != part["hash"]:
        raise Contradiction("other bytes than the manifest's")
    return data


def directory(data):
    """The stands whose receipts can be verified (section 11, part kind 1)."""
    value = decode(data)
    if not ARRAY(value):
        raise Malformed("no directory")
    return [read_array(one, *STAND) for one in value]


def certificates(data, root, office):
    """What of a list of role certificates the root signed for this office (section 11, part kind 2)."""
    value = decode(data)
    if not ARRAY(value) or not all(BYTES(one) for one in value):
        raise Malformed("no list of certificates")
    roles = []
    for one in value:
        try:
            role = role_certificate(one, root)
        except (Malformed, BadSignature, UnknownSigner):
            continue
        if role is not None and role["office"] == office:
            roles.append(role)
    return roles


TIME = {0: ("version", uint(8), REQUIRED), 1: ("office", exactly(16), REQUIRED), 2: ("nonce", exactly(16), REQUIRED),
        3: ("time", uint(), REQUIRED)}


def check_time(data, roles, office, nonce):
    """The office's time, in seconds, for the nonce that was asked with (section 12)."""
    fields = require_version(read_map(decode(open_signed(data, "oirs/time/1", keys_of(roles, CHECKPOINT))), TIME))
    if fields["office"] != office or fields["nonce"] != nonce:
        raise Contradiction("the time of another office, or for another nonce")
    return fields["time"]


UPLOAD = {0: ("version", uint(8), REQUIRED), 1: ("office", exactly(16), REQUIRED), 2: ("device", exactly(16), REQUIRED),
          3: ("epoch", exactly(8), REQUIRED), 4: ("seq", uint(), REQUIRED), 5: ("hash", exactly(32), REQUIRED),
          6: ("length", uint(), REQUIRED)}
STORED = {0: ("version", uint(8), REQUIRED), 1: ("office", exactly(16), REQUIRED), 2: ("device", exactly(16), REQUIRED),
          3: ("hash", exactly(32), REQUIRED), 4: ("length", uint(), REQUIRED), 5: ("time", uint(), REQUIRED)}


def check_upload(data, device_public_key):
    """A stand's word on a file that it brings (section 12.1)."""
    payload = open_signed(data, "oirs/upload/1", [device_public_key])
    return require_version(read_map(decode(payload), UPLOAD))


def check_stored(data, roles, upload):
    """The office's word that it holds that file whole (section 12.1)."""
    payload = open_signed(data, "oirs/stored/1", keys_of(roles, CHECKPOINT))
    fields = require_version(read_map(decode(payload), STORED))
    if any(fields[name] != upload[name] for name in ("office", "device", "hash", "length")):
        raise Contradiction("a word on another file")
    return fields


# ---- Section 14: receipt -------------------------------------------------------------------------------------------

RECEIPT = (("folio", uint(45), REQUIRED), ("captured", uint(), REQUIRED), ("certainty", uint(8), REQUIRED),
           ("kind", uint(8), REQUIRED), ("sealed_hash", exactly(16), REQUIRED), ("seq", uint(), REQUIRED),
           ("claim_key", exactly(16), OPTIONAL))


def receipt_bytes(address):
    """The signed object in a receipt's address, or in the code alone (section 14)."""
    code = address.strip().rpartition("/")[2].upper()
    if not code.isascii():
        raise Malformed("no base 32")
    try:
        data = base64.b32decode(code + "=" * (-len(code) % 8))
    except ValueError:
        raise Malformed("no base 32") from None
    if base64.b32encode(data).decode().rstrip("=") != code:
        raise Malformed("padding, or bits behind the end of the base 32")
    return data


def statement(payload):
    """What a receipt says (section 14)."""
    fields = read_array(decode(payload), *RECEIPT)
    if fields["certainty"] not in CERTAINTIES or fields["kind"] not in REQUEST_KINDS:
        raise Malformed("an unknown certainty or kind")
    return {**fields, "folio": folio_text(fields["folio"]), "certainty": CERTAINTIES[fields["certainty"]],
            "kind": REQUEST_KINDS[fields["kind"]]}


def verdict(address, stands):
    """One of the four verdicts on a receipt, and its statement where it may be believed (section 14).

    Raises `Malformed` for what is no receipt at all: an error, not a verdict.
    """
    data = receipt_bytes(address)
    kid, payload, _ = unframe(data)
    stand = next((one for one in stands if key_id(one["public_key"]) == kid), None)
    if stand is None:
        return "unknown_signer", None
    try:
        said = statement(open_signed(data, "oirs/receipt/1", [stand["public_key"]]))
    except BadSignature:
        return "false", None
    if folio_prefix(folio_number(said["folio"])) != stand["folio_prefix"]:
        return "false", None
    return ("genuine" if stand["revoked"] is None else "revoked_device"), said


def derive(claim_key, info, length):
    """HKDF-SHA-256 of the claim key, without a salt (section 14)."""
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=info).derive(claim_key)


def control_code(claim_key):
    """The control code on the paper, `XXXX-XXXX` (section 14)."""
    return grouped(derive(claim_key, b"oirs/control/1", 5))


def status_token(claim_key):
    """By which the office recognises the paper (section 14)."""
    return derive(claim_key, b"oirs/status/1", 16)


# ---- Sections 20 and 21: closing act, reconciliation certificate ------------------------------------------------------

ACT_PREFIX = "OIRS/ACTA/"
ACT = (("version", uint(8), REQUIRED), ("office", exactly(16), REQUIRED), ("device", exactly(16), REQUIRED),
       ("epoch", exactly(8), REQUIRED), ("opened", uint(), REQUIRED), ("closed", uint(), REQUIRED),
       ("head", exactly(32), REQUIRED), ("opened_at", uint(), REQUIRED), ("opened_certainty", uint(8), REQUIRED),
       ("closed_at", uint(), REQUIRED), ("closed_certainty", uint(8), REQUIRED), ("by_outcome", ARRAY, REQUIRED),
       ("by_kind", ARRAY, REQUIRED), ("others", ARRAY, REQUIRED), ("surveys", ARRAY, REQUIRED),
       ("papers", ARRAY, REQUIRED), ("whereabouts", ARRAY, REQUIRED), ("attachments", uint(), REQUIRED),
       ("token", exactly(16), OPTIONAL))
CERTIFICATE = {
    0: ("version", uint(8), REQUIRED), 1: ("office", exactly(16), REQUIRED), 2: ("device", exactly(16), REQUIRED),
    3: ("epoch", exactly(8), REQUIRED), 4: ("closed", uint(), REQUIRED), 5: ("closed_hash", exactly(32), REQUIRED),
    6: ("count", uint(), REQUIRED), 7: ("head", exactly(32), REQUIRED), 8: ("issued", uint(), REQUIRED),
    9: ("by_outcome", ARRAY, REQUIRED), 10: ("by_kind", ARRAY, REQUIRED), 11: ("others", ARRAY, REQUIRED),
    12: ("difference", ARRAY, REQUIRED), 13: ("quarantined", uint(), REQUIRED), 14: ("unopened", uint(), REQUIRED),
    15: ("apart", uint(), REQUIRED),
}


def act_bytes(text):
    """The signed object in the text of an act's code (section 20)."""
    text = "".join(text.split()).upper()
    if not text.startswith(ACT_PREFIX):
        raise Malformed("no act's code")
    code = text.removeprefix(ACT_PREFIX)
    try:
        return base64.b32decode(code + "=" * (-len(code) % 8))
    except ValueError:
        raise Malformed("no base 32") from None


def act_verdict(data, stands):
    """One of the four verdicts on a closing act, and what it says where it may be believed (section 20)."""
    kid, _, _ = unframe(data)
    stand = next((one for one in stands if key_id(one["public_key"]) == kid), None)
    if stand is None:
        return "unknown_signer", None
    try:
        payload = open_signed(data, "oirs/closing-act/1", [stand["public_key"]])
    except BadSignature:
        return "false", None
    act = require_version(read_array(decode(payload), *ACT))
    for name in ("opened_certainty", "closed_certainty"):
        if act[name] not in CERTAINTIES:
            raise Malformed("an unknown certainty")
        act[name] = CERTAINTIES[act[name]]
    if act["device"] != stand["device"]:
        return "false", None
    return ("genuine" if stand["revoked"] is None else "revoked_device"), act


def check_certificate(data, checkpoint_keys):
    """What the office states of a closing (section 21)."""
    payload = open_signed(data, "oirs/reconciliation/1", checkpoint_keys)
    return require_version(read_map(decode(payload), CERTIFICATE))


# ---- Section 22: release --------------------------------------------------------------------------------------------

RELEASE = {
    0: ("version", uint(8), REQUIRED), 1: ("office", exactly(16), REQUIRED), 2: ("number", uint(), REQUIRED),
    3: ("program", TEXT, REQUIRED), 4: ("reads", uint(32), REQUIRED), 5: ("writes", uint(32), REQUIRED),
    6: ("hash", exactly(32), REQUIRED), 7: ("bytes", uint(), REQUIRED), 8: ("issued", uint(), REQUIRED),
}
PACKAGE_BYTES_MAX = 64 * 1_024 * 1_024
PROGRAM = re.compile(r"[0-9A-Za-z.+~-]{1,32}")


def release(data, office, root):
    """A release, checked up to the root of an office (section 22)."""
    value = decode(data)
    if type(value) is not list or len(value) != 2 or not all(BYTES(one) for one in value):
        raise Malformed("no release")
    certificate = role_certificate(value[0], root)
    if certificate is None or certificate["office"] != office or certificate["role"] != RELEASES:
        raise Contradiction("not certified for releases of this office")
    payload = open_signed(value[1], "oirs/release/1", [certificate["public_key"]])
    said = require_version(read_map(decode(payload), RELEASE))
    if said["office"] != office or not certificate["not_before"] <= said["issued"] < certificate["not_after"]:
        raise Contradiction("not of this office, or not of the certificate's time")
    fits = said["number"] >= 1 and said["reads"] <= said["writes"] and 1 <= said["bytes"] <= PACKAGE_BYTES_MAX
    if not fits or not PROGRAM.fullmatch(said["program"]):
        raise Malformed("what no release has")
    return said
