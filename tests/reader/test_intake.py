"""What the office answers to pushes that no stand of ours makes: sections 10, 11 and 15 against the real program.

The pushes are made here, from the document, with a stand's key.
"""

import http.client
import json
from types import SimpleNamespace
from urllib.parse import urlsplit

import cbor2
import pytest

import reader
from forge import compress, ed25519_public, payload_of, seal, sign
from programs import Central, Stand

EPOCH = b"\x0e" * 8


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    folder = tmp_path_factory.mktemp("intake")
    central = Central(folder / "central")
    try:
        stand = Stand(central, folder / "stand", "A")
        seed = (stand.data / "device.key").read_bytes()
        known = reader.enrol_answer((stand.data / "enrolment.cbor").read_bytes(), ed25519_public(seed))
        yield SimpleNamespace(central=central, seed=seed, **known)
    finally:
        central.close()


def ask(office, method, path, body=None, **headers):
    """One request; status, headers and body of the answer."""
    link = http.client.HTTPConnection(urlsplit(office.central.recorder.url).netloc, timeout=60)
    try:
        link.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = link.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        link.close()


def offer(office, push):
    status, headers, body = ask(office, "POST", "/v1/push", push, Content_Type="application/cbor")
    if status != 200:
        assert headers["Content-Type"] == "application/json"
        return status, json.loads(body)["code"]
    return status, body


def checkpoint(office, push, epoch=EPOCH):
    status, body = offer(office, push)
    assert status == 200
    answer = reader.check_checkpoint(body, office.roles, office.office, office.device, epoch)
    return answer["outcome"], answer["reason"], answer["count"], answer["head"]


def entry_of(office, seq, text, epoch=EPOCH):
    """An addition, sealed to the office at its place (sections 5 and 7)."""
    public = reader.keys_of(office.roles, reader.SEALING)[0]
    entry = {"seq": seq, "kind": 5, "key_id": reader.key_id(public), "dictionary": 1}
    body = {0: seq.to_bytes(16, "big"), 4: [1_795_000_000, 1], 6: text, 8: "T7K-4QX9-2MB"}
    place = reader.associated_data(office.device, epoch, entry)
    return {**entry, "sealed": seal(public, office.office, place, compress(cbor2.dumps(body, canonical=True), 1))}


def push_of(office, previous, entries, epoch=EPOCH, seed=None):
    """A push of entries that follow one another (section 9), and the hash it leads to."""
    head = previous
    for entry in entries:
        head = reader.link(head, entry)
    rows = [[entry["kind"], 0, entry["dictionary"], entry["sealed"]] for entry in entries]
    fields = {0: 1, 1: office.office, 2: office.device, 3: epoch, 4: entries[0]["seq"] - 1, 5: previous,
              6: [entries[0]["key_id"]], 7: rows, 8: head}
    return sign(seed or office.seed, "oirs/push/1", fields), head


def test_push_repeat_overlap_gap_and_fork(office):
    start = reader.genesis(office.office, office.device_certificate, EPOCH)
    entries = [entry_of(office, seq, f"Entrada {seq}.") for seq in (1, 2, 3)]
    one, at_one = push_of(office, start, entries[:1])
    _, at_two = push_of(office, at_one, entries[1:2])
    last, at_three = push_of(office, at_two, entries[2:])
    assert checkpoint(office, last) == ("gap", None, 0, start)
    assert checkpoint(office, one) == ("accepted", None, 1, at_one)
    first_answer = offer(office, one)
    assert checkpoint(office, last) == ("gap", None, 1, at_one)
    overlapping, head = push_of(office, start, entries)
    assert checkpoint(office, overlapping) == ("accepted", None, 3, at_three) and head == at_three
    assert checkpoint(office, last) == ("accepted", None, 3, at_three)
    assert offer(office, one) == first_answer, "a known push has the same answer for ever, byte for byte"

    other = [entries[0], entry_of(office, 2, "Otra cosa.")]
    clone, at_clone = push_of(office, start, other)
    assert checkpoint(office, clone) == ("quarantined", "fork", 2, at_clone)
    further, at_further = push_of(office, at_clone, [entry_of(office, 3, "Más.")])
    assert checkpoint(office, further) == ("quarantined", "fork", 3, at_further)
    unknown, _ = push_of(office, bytes(32), entries[1:2])
    assert checkpoint(office, unknown) == ("gap", None, 0, start)
    manifest = manifest_of(office)
    assert {(mark["stored"], mark["hash_stored"]) for mark in manifest["watermarks"]} == {
        (3, at_three), (3, at_further)}


def test_a_ledger_that_begins_elsewhere_is_kept_as_a_branch(office):
    epoch = b"\x0b" * 8
    push, head = push_of(office, bytes(32), [entry_of(office, 1, "Sin principio.", epoch)], epoch)
    assert checkpoint(office, push, epoch) == ("quarantined", "fork", 1, head)


def manifest_of(office):
    path = "/v1/manifest/" + reader.key_id(office.certificate["public_key"]).hex()
    status, headers, body = ask(office, "GET", path)
    manifest = reader.check_manifest(body, office.roles, office.office, office.device)
    assert (status, headers["ETag"]) == (200, f'"{manifest["number"]}"')
    again = ask(office, "GET", path.upper().replace("/V1/MANIFEST", "/v1/manifest"), If_None_Match=headers["ETag"])
    assert (again[0], again[2]) == (304, b"")
    return manifest


def test_what_is_refused_has_its_status_and_code(office):
    epoch = b"\x0a" * 8
    start = reader.genesis(office.office, office.device_certificate, epoch)
    good, _ = push_of(office, start, [entry_of(office, 1, "Buena.", epoch)], epoch)

    def changed(**changes):
        fields = payload_of(good)
        fields.update({int(key[1:]): value for key, value in changes.items()})
        return sign(office.seed, "oirs/push/1", fields)

    stranger, _ = push_of(office, start, [entry_of(office, 1, "Ajena.", epoch)], epoch, seed=b"\x01" * 32)
    expected = [
        (b"", (400, "malformed")),
        (good + b"\0", (400, "malformed")),
        (b"\xd2" + good, (400, "malformed")),
        (sign(office.seed, "oirs/push/1", []), (400, "malformed")),
        (changed(_0=2), (400, "version")),
        (changed(_8=bytes(32)), (400, "chain")),
        (changed(_1=bytes(16)), (400, "other_office")),
        (changed(_2=bytes(16)), (400, "other_device")),
        (stranger, (401, "unknown_signer")),
        (good[:-1] + bytes([good[-1] ^ 1]), (401, "bad_signature")),
        (sign(office.seed, "oirs/receipt/1", payload_of(good)), (401, "bad_signature")),
    ]
    for push, answer in expected:
        assert offer(office, push) == answer
    assert ask(office, "POST", "/v1/push", good, Content_Type="text/plain")[0] == 415
    assert ask(office, "GET", "/v1/time/00")[0] == 400
    assert ask(office, "GET", "/v1/part/" + "00" * 32)[0] == 404
    assert ask(office, "GET", "/v1/manifest/" + "00" * 8)[0] == 404
    assert checkpoint(office, good, epoch)[:3] == ("accepted", None, 1), "what was refused before does no harm"


def test_the_office_opens_what_was_written_from_the_document(office):
    epoch = b"\x0c" * 8
    public = reader.keys_of(office.roles, reader.SEALING)[0]
    entry = {"seq": 1, "kind": 4, "key_id": reader.key_id(public), "dictionary": 0}
    number = office.certificate["folio_prefix"] << 30 | 5
    filed = {"id": "00000000-0000-4000-8000-000000000001", "kind": "reclamo", "text": "Escrito según el documento.",
             "comuna": "01101", "person": {"phone": "9 5555 0101", "answer_by": "telefono"}}
    body = {0: bytes.fromhex(filed["id"].replace("-", "")), 2: b"\x07" * 16, 3: number, 4: [1_795_000_000, 1], 5: 5,
            6: filed["text"], 7: 1101, 10: {4: "9 5555 0101", 8: 2}}
    place = reader.associated_data(office.device, epoch, entry)
    entry["sealed"] = seal(public, office.office, place, compress(cbor2.dumps(body, canonical=True), 0))
    start = reader.genesis(office.office, office.device_certificate, epoch)
    push, head = push_of(office, start, [entry], epoch)
    assert checkpoint(office, push, epoch) == ("accepted", None, 1, head)
    shown = office.central.run("requests", "show", reader.folio_text(number))[0]["request"]
    assert {name: value for name, value in shown.items() if value is not None} == filed


def test_enrolment_by_the_document(office):
    new = office.central.run("device", "new", "--label", "C")[0]["code"]
    code, seed = reader.enrolment_code(new), b"\x09" * 32
    public = ed25519_public(seed)

    def request(secret, seed=seed, version=1):
        public = ed25519_public(seed)
        epoch = reader.sha(public)[:8]
        fields = {0: version, 1: reader.sha(b"oirs/code-id/1", code["secret"])[:8], 2: public, 3: epoch,
                  4: reader.enrol_proof(secret, public, epoch)}
        status, _, body = ask(office, "POST", "/v1/enrol", sign(seed, "oirs/enrol/1", fields),
                              Content_Type="application/cbor")
        return (status, body) if status == 200 else (status, json.loads(body)["code"])

    assert request(bytes(9)) == (404, "unknown_code")
    assert request(code["secret"], version=2) == (401, "bad_signature")
    status, answer = request(code["secret"])
    assert status == 200
    assert reader.enrol_answer(answer, public, code["fingerprint"])["office"] == office.office
    assert request(code["secret"]) == (200, answer)
    assert request(code["secret"], seed=b"\x0a" * 32) == (409, "used_code")
    assert request(code["secret"], seed=office.seed) == (409, "used_code")
