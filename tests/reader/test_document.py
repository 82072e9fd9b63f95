"""The examples that stand in docs/protocol.md, and its rules that no real run breaks: what must be refused."""

import cbor2
import pytest

import reader
from forge import compress, ed25519_public, padme, seal, seal_file, sign
from programs import ROOT
from reader import Malformed, Refused

SEED = b"\x01" * 32
OFFICE, DEVICE, EPOCH = b"\x0f" * 16, b"\xde" * 16, b"\xe0" * 8
SECRET = b"\x05" * 9
ENTRY = {"seq": 1, "kind": 4, "key_id": b"\x03" * 8, "dictionary": 1, "sealed": b"sealed"}


def test_section_1_key_id():
    assert reader.key_id(bytes(32)).hex() == "ca97548615c9cace"


def test_section_2_signed_object():
    public = ed25519_public(SEED)
    assert public.hex() == "8a88e3dd7409f195fd52db2d3cba5d72ca6709bf1d94121bf3748801b40f6f5c"
    assert reader.key_id(public).hex() == "681bd060b721e4cd"
    assert reader.sig_structure(reader.key_id(public), "oirs/receipt/1", b"\xf6").hex() == (
        "846a5369676e6174757265314da201270448681bd060b721e4cd4e6f6972732f726563656970742f3141f6")
    signed = bytes.fromhex(
        "844da201270448681bd060b721e4cda041f65840bf28430323cf10630b79e2d14e82765780c6f144c51d3d6e731391fc"
        "3ca5a84bde27af73d69ae403cbff01c578bb2ce0e0b5349eb757f2939d236c2c523c2805")
    assert sign(SEED, "oirs/receipt/1", None) == signed
    assert reader.open_signed(signed, "oirs/receipt/1", [public]) == b"\xf6"
    with pytest.raises(reader.BadSignature):
        reader.open_signed(signed, "oirs/push/1", [public])


@pytest.mark.parametrize("length", [0, 23, 24, 255, 256, 65_535, 65_536])
def test_section_2_heads_are_the_shortest(length):
    signed = sign(SEED, "oirs/push/1", b"x" * length)
    public = ed25519_public(SEED)
    assert cbor2.loads(reader.open_signed(signed, "oirs/push/1", [public])) == b"x" * length


def test_section_2_ed25519_is_strict():
    # A point of order 8: doubled, its y is 0, so y² + x² = 0 on -x² + y² = 1 + d·x²·y².
    d = -121_665 * pow(121_666, -1, reader.P) % reader.P
    squared = (reader.Y8**2 - 1) * pow(d * reader.Y8**2 + 1, -1, reader.P)
    assert (reader.Y8**2 + squared) % reader.P == 0
    for y in [*reader.SMALL_ORDER, reader.P, reader.P + 1]:
        for point in (y, y | 1 << 255):
            # With R = A and S = 0 these pass wherever small orders are not looked for.
            encoded = point.to_bytes(32, "little")
            with pytest.raises(reader.BadSignature):
                reader.verify(encoded, b"", encoded + bytes(32))
    signed = sign(SEED, "oirs/receipt/1", None)
    order = 2**252 + 27742317777372353535851937790883648493
    scalar = int.from_bytes(signed[-32:], "little") + order
    with pytest.raises(reader.BadSignature):
        reader.open_signed(signed[:-32] + scalar.to_bytes(32, "little"), "oirs/receipt/1", [ed25519_public(SEED)])


def test_section_4_enrolment_code():
    code = reader.enrolment_code("0M2G-A185-0M2G-A18M-E15S-1HJ8-CZEC-YP6G")
    assert code == {"secret": SECRET, "fingerprint": reader.root_fingerprint(ed25519_public(SEED))}
    assert reader.enrolment_code(" om2ga185 0M2GA18M\nEi5SLHJ8-CZECYP6G ") == code
    assert reader.sha(b"oirs/code-id/1", SECRET)[:8].hex() == "6357ece2f0a64c6a"
    assert reader.enrol_proof(SECRET, ed25519_public(SEED), EPOCH).hex() == (
        "7a72ed7bcc5d1b91154ee75c81a2df33c71c311d7f7c17b24525b70fc3821c27")


def test_section_4_unlocking_by_telephone():
    key = reader.unlock_key(SECRET, DEVICE)
    assert key.hex() == "d74727330bf1ec322e0fc5bf94eef5f96171f5308824644068cc2849946224cf"
    challenge = reader.unlock_number("04hm aswy", reader.CHALLENGE)
    assert (challenge, reader.unlock_code(challenge, reader.CHALLENGE)) == (152_709_948, "04HM-ASWY")
    response = reader.unlock_response(key, challenge, "T-1")
    assert reader.unlock_code(response, reader.RESPONSE) == "SK4P-A5CY"
    for wrong, start in (("04HM-ASWY", reader.RESPONSE), ("O4HM-ASWZ", reader.CHALLENGE), ("04HM-ASW", reader.CHALLENGE)):
        with pytest.raises(Malformed):
            reader.unlock_number(wrong, start)


def test_section_8_shared_outing():
    code = ("QRG2EAJHAREGQG6QMC3SDZGNUBMEFB2QB4HQ6DYPB4HQ6DYPB4HQ6DYPB5IHA4DQOBYHA4DQOBYHA4DQOBYHAGKRFIMSYJTNINQW"
            "YZLUMEQFI33SORSWYGB4QJRVILJRMNKC2MSYIAZF4ZMCF475YQL3LDA5O5LRK62Y7YN2PA6VX7FR3LCS7LLVJ3JJAYBMZGYQ2FJM"
            "V5XBRHZ3UKXGAOBZUWMG2CGJILOEJJSR5MPKT4AK")
    said = reader.shared_outing(code, [ed25519_public(SEED)])
    assert said == {"office": OFFICE, "token": b"\x70" * 16, "day": 20_778, "comuna": 11_302, "place": "Caleta Tortel",
                    "goal": 60, "team": ["T-1", "T-2"], "place_kind": None}
    with pytest.raises(reader.BadSignature):
        reader.shared_outing(code[:-8] + "AAAAAAAA", [ed25519_public(SEED)])


def test_section_5_chain():
    first = reader.genesis(OFFICE, b"certificate", EPOCH)
    assert first.hex() == "fd051dee8f9b41e308fce9ab95a5517597b83c7875ac0d81e267b66b015addc6"
    assert reader.link(first, ENTRY).hex() == "d26e1684297a0356430d253f65721dbd5a6b705be4bc4fe7cb177a28fd58c484"


def test_section_7_associated_data():
    pooled = reader.associated_data(DEVICE, EPOCH, {**ENTRY, "kind": 0x4001})
    assert pooled.hex() == "01" + "4001" + "03" * 8 + "0001"
    placed = reader.associated_data(DEVICE, EPOCH, ENTRY)
    assert placed.hex() == "01" + "de" * 16 + "e0" * 8 + "0000000000000001" + "0004" + "03" * 8 + "0001"
    assert (len(pooled), len(placed)) == (13, 45)


@pytest.mark.parametrize("compressed, padded", [(0, 128), (127, 128), (128, 144), (143, 144), (200, 208), (300, 304),
                                                (1_000, 1_024), (4_000, 4_096)])
def test_section_7_padded_lengths(compressed, padded):
    assert padme(compressed) == padded


def test_section_7_padding():
    assert reader.unpad(b"a\x80" + bytes(9)) == b"a"
    assert reader.unpad(b"a\x80\x80") == b"a\x80"
    for wrong in (b"", bytes(128), b"a", b"a\x80\x01"):
        with pytest.raises(Malformed):
            reader.unpad(wrong)


@pytest.mark.parametrize("number", [0, 1])
def test_section_7_exactly_one_frame(number):
    body = cbor2.dumps({4: [1_795_000_000, 0], 5: 1})
    one = compress(body, number)
    assert reader.decompress(one, number) == body
    skippable = bytes.fromhex("502a4d18") + b"\x01\0\0\0x"
    for wrong in (one + reader.ZSTD_MAGIC + one, one + skippable, one + b"\0", one[:-1], b"", reader.ZSTD_MAGIC + one):
        with pytest.raises(Malformed):
            reader.decompress(wrong, number)
    with pytest.raises(Malformed):
        reader.decompress(one, 2)


def test_section_7_at_most_131072_bytes():
    assert len(reader.decompress(compress(bytes(reader.BODY_MAX), 1), 1)) == reader.BODY_MAX
    with pytest.raises(Malformed):
        reader.decompress(compress(bytes(reader.BODY_MAX + 1), 1), 1)


@pytest.mark.parametrize("kind", [9, 16_383, 0x7FFF, 0xFFFF])
def test_sections_6_and_18_kinds_of_later_versions_open_as_far_as_the_cbor(kind):
    private = b"\x02" * 32
    public = reader.x25519_public(private)
    entry = {**ENTRY, "kind": kind, "key_id": reader.key_id(public)}
    place = reader.associated_data(DEVICE, EPOCH, entry)
    entry["sealed"] = seal(public, OFFICE, place, compress(cbor2.dumps({0: "new"}), 1))
    assert reader.open_entry(entry, OFFICE, DEVICE, EPOCH, [private]) == {"unread": {0: "new"}}
    elsewhere = {**entry, "seq": 2}
    if kind >= 0x4000:
        assert reader.open_entry(elsewhere, OFFICE, DEVICE, bytes(8), [private])
    else:
        with pytest.raises(reader.NotOpened):
            reader.open_entry(elsewhere, OFFICE, DEVICE, EPOCH, [private])


def test_section_8_the_draw():
    seed, rate = bytes(range(32)), {"numerator": 1, "denominator": 5}
    assert reader.commitment(rate, seed).hex() == "e3381ce9b1ea78089bda83183ff2f5134c49e347a2eae73f942b3084ab5ce7b2"
    assert reader.drawn(rate, seed, 50) == [2, 8, 10, 13, 22, 33, 41, 48]
    opened = reader.read_body(2, reader.decode(bytes.fromhex(
        "a404821a6afd86c000181e820105181f5820c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0"
        "c0c0c0c0c0c0c0c0c0c018206c736174697366616363696f6e")))
    assert (opened["draw_rate"], opened["draw_survey"]) == (rate, "satisfaccion")
    assert opened["draw_commitment"] == b"\xc0" * 32
    closed = reader.read_body(3, reader.decode(bytes.fromhex(
        "a604821a6afd86c0001402150a161832182858205e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e"
        "5e5e5e5e5e5e5e5e5e5e5e5e18298618321109040103")))
    assert closed["draw_tally"] == {"places": 50, "drawn": 17, "answered": 9, "refused": 4, "broken_off": 1, "lapsed": 3}


def test_section_8_the_survey():
    ended = reader.read_body(10, reader.decode(bytes.fromhex(
        "a500500505050505050505050505050505050504821a6afd86c0000502140215"
        "0d")))
    assert (ended["id"], ended["fate"], ended["outing"], ended["place"]) == (b"\x05" * 16, "refused", 2, 13)
    answer = reader.read_body(0x4001, reader.decode(bytes.fromhex(
        "a40050a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5056e7b227265706c696573223a"
        "7b7d7d06183c0719512a")))
    assert answer == {"id": b"\xa5" * 16, "answer": '{"replies":{}}', "duration": 60, "day": 20_778}


def test_section_8_the_copy_of_what_rests():
    assert reader.read_body(13, reader.decode(bytes.fromhex("a1183d42f1f1"))) == {
        "push": None, "filler": b"\xf1\xf1"}


def test_section_8_words_and_comunas_of_later_versions():
    body = reader.read_body(4, {0: bytes(16), 2: bytes(16), 3: 0, 4: [1, 7], 5: 77, 7: 1101, 10: {8: "paloma"},
                                17: "robot", 99: {"x": 1}})
    assert body["when"] == {"at": 1, "certainty": "unconfirmed", "trusted": None, "elapsed": None}
    assert reader.filed(4, body) == {"id": "00000000-0000-0000-0000-000000000000", "kind": "77", "comuna": "01101",
                                     "person": {"answer_by": "paloma"}, "written_by": "robot"}


@pytest.mark.parametrize("body", [[], {0: 1}, {0: bytes(16), 2: bytes(16), 3: 1 << 45, 4: [1, 0]},
                                  {0: bytes(15), 2: bytes(16), 3: 0, 4: [1, 0]},
                                  {0: bytes(16), 2: bytes(16), 3: 0, 4: [1]},
                                  {0: bytes(16), 2: bytes(16), 3: 0, 4: [1, 0], 13: 1},
                                  {0: bytes(16), 2: bytes(16), 3: 0, 4: [1, 0], 5: -1},
                                  {0: bytes(16), 2: bytes(16), 3: 0, 4: [1, 0], 19: [1 << 31, 0]}])
def test_section_8_wrong_bodies(body):
    with pytest.raises(Malformed):
        reader.read_body(4, body)


@pytest.mark.parametrize("data", ["", "a200010001", "1801", "0000", "9fff", "a2010000 00", "f97e00ff", "5f41004100ff"])
def test_section_1_cbor_that_is_not_deterministic(data):
    with pytest.raises(Malformed):
        reader.decode(bytes.fromhex(data))


def test_section_13_folios():
    for number, text in ((0, "000-0000-00R"), (13_255_934_568_329, "C1S-HMAS-W91"), ((1 << 45) - 1, "ZZZ-ZZZZ-ZZ5")):
        assert reader.folio_text(number) == text
        assert reader.folio_number(text) == number
    number = reader.folio_number("T7K-4QX9-2MB")
    assert reader.folio_number(" t7k\u20134qx9\u22122mb\n") == number
    assert reader.folio_number("OOO-oooo-ooR") == 0
    assert reader.folio_number("cls-hmas-w9i") == 13_255_934_568_329
    assert (reader.folio_prefix(13_255_934_568_329), 13_255_934_568_329 & 0x3FFFFFFF) == (12_345, 0x23456789)
    for wrong in ("000-0000-000", "T7K-4QX9-2MC", "7TK-4QX9-2MB", "T7K-4QX9-2M", "T7K-4QX9-2MBB", "U7K-4QX9-2MB", "ñ"):
        with pytest.raises(Malformed):
            reader.folio_number(wrong)
    with pytest.raises(Malformed):
        reader.folio_text(1 << 45)


def test_section_13_every_wrong_symbol_and_every_swap_is_caught():
    folio = "T7K4QX92MB"
    for at, letter in enumerate(folio):
        for other in reader.CROCKFORD.replace(letter, ""):
            with pytest.raises(Malformed):
                reader.folio_number(folio[:at] + other + folio[at + 1:])
        for to in range(at):
            swapped = list(folio)
            swapped[at], swapped[to] = swapped[to], swapped[at]
            with pytest.raises(Malformed):
                reader.folio_number("".join(swapped))


def test_section_14_claim_key():
    assert reader.control_code(bytes(16)) == "YQQ5-QAVJ"
    assert reader.status_token(bytes(16)).hex() == "42b8761953dd893931521cf98469efd7"


def receipt(**changes):
    values = {"folio": 5 << 30, "captured": 1, "certainty": 0, "kind": 1, "hash": bytes(16), "seq": 1,
              "claim": bytes(16)}
    data = sign(SEED, "oirs/receipt/1", list({**values, **changes}.values()))
    return "HTTPS://X/R/" + reader.base64.b32encode(data).decode().rstrip("=")


def test_section_14_a_receipt_is_as_long_as_it_says():
    largest = receipt(folio=(1 << 45) - 1, captured=(1 << 32) - 1, certainty=2, kind=6, seq=(1 << 32) - 1)
    assert len(reader.receipt_bytes(largest)) == 140
    assert len(largest) - len("HTTPS://X/R/") == 224


def test_section_14_statements():
    known = [{"device": DEVICE, "public_key": ed25519_public(SEED), "folio_prefix": 5, "revoked": None}]
    assert reader.verdict(receipt(), known)[0] == "genuine"
    assert reader.verdict(receipt(claim=None), known)[1]["claim_key"] is None
    assert reader.verdict(receipt(new=[1]), known)[0] == "genuine"
    assert reader.verdict(receipt(folio=4 << 30), known) == ("false", None)
    assert reader.verdict(receipt(), []) == ("unknown_signer", None)
    assert reader.verdict(receipt(), [{**known[0], "revoked": 7}])[0] == "revoked_device"
    for wrong in ({"folio": 1 << 45}, {"certainty": 3}, {"kind": 0}, {"kind": 7}, {"hash": bytes(15)},
                  {"claim": bytes(15)}, {"seq": 1 << 63}, {"certainty": "0"}):
        with pytest.raises(Refused):
            reader.verdict(receipt(**wrong), known)
    for wrong in ("", "HTTPS://X/R/", "8", "ñ", receipt() + "A", receipt() + "===="):
        with pytest.raises(Malformed):
            reader.verdict(wrong, known)


def certificate(context, **changes):
    values = {"version": 1, "office": OFFICE, "what": 1, "public": ed25519_public(SEED), "from": 0, "until": 9}
    return sign(SEED, context, dict(enumerate({**values, **changes}.values())))


def test_section_3_certificates_of_later_versions():
    root, context = ed25519_public(SEED), "oirs/role-certificate/1"
    assert reader.role_certificate(certificate(context), root)["role"] == 1
    assert reader.role_certificate(certificate(context, what=7), root) is None
    for version in (0, 2):
        with pytest.raises(Malformed):
            reader.role_certificate(certificate(context, version=version), root)


FILE = "2f0cdbcc4ca4939ba45bbde9688d1726267f33cd7ce561ab4da52677c275ee58"


def test_section_7_1_sealed_file():
    sealed = seal_file(b"oirs", SEED)
    assert (len(sealed), reader.sha(sealed).hex()) == (144, FILE)
    assert reader.open_file(sealed, SEED, 65_536, 4) == b"oirs"
    long = bytes(range(256)) * 1_000
    sealed = seal_file(long, SEED, 10_000)
    assert reader.open_file(sealed, SEED, 10_000, len(long)) == long
    for altered in (sealed[:-1], sealed[10_016:], sealed[:20_032], sealed[10_016:20_032] + sealed[:10_016]):
        with pytest.raises((Malformed, reader.NotOpened)):
            reader.open_file(altered, SEED, 10_000, len(long))
    with pytest.raises(Malformed):
        reader.open_file(seal_file(b"oirs", SEED), SEED, 65_536, 3)


def test_section_12_1_files():
    public, hashed = ed25519_public(SEED), bytes.fromhex(FILE)
    upload = sign(SEED, "oirs/upload/1", {0: 1, 1: OFFICE, 2: DEVICE, 3: EPOCH, 4: 7, 5: hashed, 6: 144})
    stored = sign(SEED, "oirs/stored/1", {0: 1, 1: OFFICE, 2: DEVICE, 3: hashed, 4: 144, 5: 1_795_000_000})
    document = (ROOT / "docs" / "protocol.md").read_text(encoding="utf-8").replace("\n    ", "")
    assert upload.hex() in document and stored.hex() in document
    roles = [{"role": reader.CHECKPOINT, "public_key": public}]
    said = reader.check_upload(upload, public)
    assert (said["seq"], reader.check_stored(stored, roles, said)["time"]) == (7, 1_795_000_000)
    with pytest.raises(reader.Contradiction):
        reader.check_stored(stored, roles, {**said, "length": 143})
    with pytest.raises(reader.BadSignature):
        reader.check_upload(stored, public)
