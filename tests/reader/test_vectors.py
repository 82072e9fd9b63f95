"""The reader against tests/vectors: bytes that were written once, so that the format can't drift unseen."""

import base64
import json

import pytest

import reader
from forge import ed25519_public
from make_vectors import VECTORS, expected_entry, plain, some


def load(name):
    return json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))


def octets(value):
    return bytes.fromhex(value)


@pytest.fixture(scope="module")
def office():
    vectors = load("office")
    code = reader.enrolment_code(vectors["enrolment_code"])
    public = octets(vectors["expected"]["device_public_key"])
    answer = reader.enrol_answer(octets(vectors["enrolment_answer"]), public, code["fingerprint"])
    return {**answer, "sealing": octets(vectors["keys"]["sealing"])}


def known(stands):
    return [{**one, "device": octets(one["device"]), "public_key": octets(one["public_key"])} for one in stands]


def test_keys_are_visibly_test_keys():
    for name, key in load("office")["keys"].items():
        assert octets(key).startswith(f"TEST KEY, NO SECRET: {name}"[:32].encode())


def test_office(office):
    vectors = load("office")
    expected = vectors["expected"]
    request = reader.enrol_request(octets(vectors["enrolment_request"]),
                                   reader.enrolment_code(vectors["enrolment_code"])["secret"])
    assert ed25519_public(octets(vectors["keys"]["device"])) == request["public_key"]
    assert request["public_key"].hex() == expected["device_public_key"]
    assert reader.key_id(request["public_key"]).hex() == expected["device_key_id"]
    assert ed25519_public(octets(vectors["keys"]["root"])) == office["root"]
    for role, name in enumerate(("enrolment", "checkpoint", "content"), 1):
        assert reader.keys_of(office["roles"], role) == [ed25519_public(octets(vectors["keys"][name]))]
    assert reader.keys_of(office["roles"], reader.SEALING) == [reader.x25519_public(office["sealing"])]
    told = some(office, "office", "device", "root", "device_certificate", "roles", "receipt_host", "office_name",
                "phone_line")
    assert plain(told) == {name: expected[name] for name in told}
    assert office["certificate"]["folio_prefix"] == expected["folio_prefix"]


def as_then(read, expected):
    """What was read without the fields that came into the protocol later: in what was written before, they are absent."""
    if isinstance(read, dict) and isinstance(expected, dict):
        return {name: as_then(value, expected.get(name)) for name, value in read.items()
                if value is not None or name in expected}
    if isinstance(read, list) and isinstance(expected, list) and len(read) == len(expected):
        return [as_then(*both) for both in zip(read, expected)]
    return read


def test_pushes_and_checkpoints(office):
    certificate, pushes = office["device_certificate"], []
    for vector in load("pushes")["pushes"]:
        push = reader.check_push(octets(vector["push"]), office["roles"], certificate)
        place = (office["office"], office["device"], push["epoch"])
        entries = [expected_entry(entry, reader.open_entry(entry, *place, [office["sealing"]]))
                   for entry in push["entries"]]
        read = plain({**some(push, "epoch", "from", "previous", "head"), "entries": entries})
        assert as_then(read, vector["expected"]) == vector["expected"]
        answer = reader.check_checkpoint(octets(vector["checkpoint"]), office["roles"], *place)
        assert plain(some(answer, *vector["expected_checkpoint"])) == vector["expected_checkpoint"]
        pushes.append(push)
    kinds = {entry["kind"] for entry in reader.check_ledger(pushes)}
    # The profile has a vector, and the survey's kinds and the copy of what rests examples in the document and a run of their own.
    assert kinds == set(reader.KINDS) - {10, 13, 0x4000, 0x4001}


def test_manifests_directories_and_time(office):
    vectors = load("manifests")
    for vector in vectors["manifests"]:
        manifest = reader.check_manifest(octets(vector["manifest"]), office["roles"], office["office"],
                                         office["device"])
        assert plain(manifest) == vector["expected"]
    for vector in vectors["directories"]:
        assert plain(reader.directory(octets(vector["part"]))) == vector["expected"]
    assert vectors["certificates"]
    for vector in vectors["certificates"]:
        roles = reader.certificates(octets(vector["part"]), office["root"], office["office"])
        assert plain(roles) == vector["expected"]
    time = vectors["time"]
    assert reader.check_time(octets(time["answer"]), office["roles"], office["office"],
                             octets(time["nonce"])) == time["expected"]


def test_receipts():
    vectors = load("receipts")["receipts"]
    for vector in vectors:
        verdict, said = reader.verdict(vector["address"], known(vector["directory"]))
        expected = vector["expected"]
        assert (verdict, plain(said)) == (expected["verdict"], expected["statement"])
        if said and said["claim_key"]:
            assert reader.control_code(said["claim_key"]) == expected["control_code"]
            assert reader.status_token(said["claim_key"]).hex() == expected["status_token"]
    assert {vector["expected"]["verdict"] for vector in vectors} == {
        "genuine", "revoked_device", "unknown_signer", "false"}


def test_what_must_be_refused(office):
    vectors = load("refused")
    stands = known(load("receipts")["receipts"][0]["directory"])
    place = (office["office"], office["device"], octets(load("pushes")["pushes"][0]["expected"]["epoch"]))
    code = lambda data: base64.b32encode(data).decode().rstrip("=")  # noqa: E731
    checks = {
        "encodings": reader.unframe,
        "pushes": lambda data: reader.check_push(data, office["roles"], office["device_certificate"]),
        "checkpoints": lambda data: reader.check_checkpoint(data, office["roles"], *place),
        "receipts": lambda data: reader.verdict(code(data), stands),
    }
    for group, check in checks.items():
        assert vectors[group]
        for vector in vectors[group]:
            with pytest.raises((reader.Malformed, reader.Contradiction)):
                pytest.fail(f"{vector['why']}: {check(octets(vector['object']))}")
    for vector in vectors["receipt_codes"]:
        with pytest.raises(reader.Malformed):
            pytest.fail(f"{vector['why']}: {reader.verdict(vector['code'], stands)}")


def test_closings():
    vectors = load("closings")
    profile = vectors["profile"]
    entry = {**profile["entry"], "key_id": octets(profile["entry"]["key_id"]),
             "sealed": octets(profile["entry"]["sealed"])}
    body = reader.open_entry(entry, octets(profile["office"]), bytes(16), bytes(8), [octets(profile["statistics_key"])])
    assert plain(body) == profile["expected"]
    assert len(entry["sealed"]) == 176
    act = vectors["act"]
    assert reader.act_bytes(act["code"]) == octets(act["signed"])
    stands = [{"device": octets(act["expected"]["device"]), "public_key": octets(act["device_public_key"]),
               "folio_prefix": 0, "revoked": None}]
    found, said = reader.act_verdict(octets(act["signed"]), stands)
    assert (found, plain(said)) == ("genuine", act["expected"])
    certificate = vectors["certificate"]
    read = reader.check_certificate(octets(certificate["signed"]), [octets(certificate["checkpoint_public_key"])])
    assert plain(read) == certificate["expected"]


def test_release():
    vectors = load("release")
    signed, root = octets(vectors["signed"]), octets(vectors["root_public_key"])
    office = octets(vectors["expected"]["office"])
    said = reader.release(signed, office, root)
    assert plain(said) == vectors["expected"]
    package = octets(vectors["package"])
    assert (reader.sha(package), len(package)) == (said["hash"], said["bytes"])
    for other in (bytes(16), office[:-1] + b"\0"):
        with pytest.raises(reader.Contradiction):
            reader.release(signed, other, root)
    with pytest.raises(reader.UnknownSigner):
        reader.release(signed, office, ed25519_public(bytes(32)))
