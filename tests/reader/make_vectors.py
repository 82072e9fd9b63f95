"""Writes tests/vectors/*.json from a run of the real programs with keys that are visibly test keys.

    python tests/reader/make_vectors.py

The vectors are written once and then stay: a change of the bytes on the wire must show as a test that fails. They are
written again only when the format changes on purpose, together with docs/protocol.md.

Keys are 32 bytes of ASCII that say what they are. Byte strings are lower-case hexadecimal; what a record was filed as is
the JSON object itself. Whoever reads them needs JSON and hexadecimal and nothing else.
"""

import base64
import json
import tempfile
import time
from pathlib import Path

import reader
from conftest import directories, parts, play, understand
from forge import ed25519_public, other_encodings, payload_of, sign
from programs import ROOT, Central, jornada

VECTORS = ROOT / "tests" / "vectors"
YEARS_2 = 2 * 365 * 86_400
SEEDS = {name: f"TEST KEY, NO SECRET: {name}".ljust(32, ".").encode()
         for name in ("root", "enrolment", "checkpoint", "content", "sealing", "device")}


def prepare(data):
    """Puts the test keys in the office's place, with certificates of our own making (section 3)."""
    office = bytes.fromhex(json.loads((data / "office.json").read_text())["id"])
    keys, now = data / "keys", int(time.time())
    for old in keys.glob("sealing-*"):
        old.unlink()
    (keys / "root.pub").write_text(ed25519_public(SEEDS["root"]).hex() + "\n")
    for number, role in enumerate(("enrolment", "checkpoint", "content", "sealing"), 1):
        seed = SEEDS[role]
        public = reader.x25519_public(seed) if role == "sealing" else ed25519_public(seed)
        name = f"sealing-{reader.key_id(public).hex()}" if role == "sealing" else role
        fields = {0: 1, 1: office, 2: number, 3: public, 4: now - 3_600, 5: now + YEARS_2}
        (keys / f"{name}.key").write_text(seed.hex() + "\n")
        (keys / f"{name}.cert").write_bytes(sign(SEEDS["root"], "oirs/role-certificate/1", fields))


def plain(value):
    """The same in JSON: byte strings as hexadecimal."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    return [plain(one) for one in value] if isinstance(value, list) else value


def chosen():
    """A dozen requests of the field day: the first of each kind, voice and way to be filed."""
    requests = jornada("requests")
    wanted = [lambda one, name=name: name in one for name in ("organisation", "affected", "captured_at", "language")]
    wanted += [lambda one, kind=kind: one["kind"] == kind for kind in reader.REQUEST_KINDS.values()]
    wanted += [lambda one: "social_name" in (one.get("person") or {}), lambda one: "\r\n" in one["text"]]
    rows = {next(row for row, one in enumerate(requests) if fits(one)) for fits in wanted}
    rows |= set(range(12 - len(rows)))
    return [requests[row] for row in sorted(rows)]


def office_vectors(day):
    root = day.office["root"]
    return {
        "keys": SEEDS, "enrolment_code": day.stand.code,
        "enrolment_request": day.enrol.sent, "enrolment_answer": day.enrol.got,
        "expected": {"office": day.id, "device": day.device, "root": root, "device_public_key": day.public,
                     "device_key_id": reader.key_id(day.public), "device_certificate": day.certificate,
                     "folio_prefix": day.office["certificate"]["folio_prefix"], "roles": day.roles,
                     "receipt_host": day.office["receipt_host"], "office_name": day.office["office_name"],
                     "phone_line": day.office["phone_line"]},
    }


def some(fields, *names):
    """Those of the fields that are there."""
    return {name: fields[name] for name in names if name in fields}


def expected_entry(entry, body):
    """What an entry must open to: `filed` as the JSON object that was filed, `stand` as what the stand added."""
    header = some(entry, "seq", "kind", "key_id", "dictionary", "hash")
    if entry["kind"] < 4:
        return {**header, "filed": None, "stand": body}
    added = some(body, "when", "outing", "folio", "claim_key", "due")
    return {**header, "filed": reader.filed(entry["kind"], body), "stand": added}


def push_vectors(day):
    vectors = []
    for one, push in zip(day.pushed, day.pushes, strict=True):
        answer = reader.check_checkpoint(one.got, day.roles, day.id, day.device, day.epoch)
        entries = [expected_entry(entry, day.bodies[entry["seq"]]) for entry in push["entries"]]
        vectors.append({"push": one.sent, "checkpoint": one.got,
                        "expected": {**some(push, "epoch", "from", "previous", "head"), "entries": entries},
                        "expected_checkpoint": some(answer, "outcome", "reason", "count", "head", "time")})
    return {"pushes": vectors}


def manifest_vectors(day):
    vectors = [{"manifest": one.got, "expected": reader.check_manifest(one.got, day.roles, day.id, day.device)}
               for one in day.manifests]
    timed = day.recorder.of("GET", "/v1/time/")[0]
    nonce = bytes.fromhex(timed.path.rpartition("/")[2])
    listed = {data: reader.certificates(data, day.office["root"], day.id) for data in parts(day, reader.CERTIFICATES)}
    return {"manifests": vectors,
            "directories": [{"part": data, "expected": reader.directory(data)}
                            for data in dict.fromkeys(parts(day, reader.DIRECTORY))],
            "certificates": [{"part": data, "expected": roles} for data, roles in listed.items()],
            "time": {"nonce": nonce, "answer": timed.got,
                     "expected": reader.check_time(timed.got, day.roles, day.id, nonce)}}


def receipt_vectors(day):
    before, *_, after = directories(day)
    answers = [answer for what, _, answer in day.stand.filed.values() if what == "request"][:3]
    own = [one for one in before if one["device"] == day.device]
    moved = [{**own[0], "folio_prefix": own[0]["folio_prefix"] ^ 1}]
    receipt = answers[0]["receipt"]
    forged = receipt[:-9] + ("A" if receipt[-9] != "A" else "B") + receipt[-8:]
    cases = [(address, own) for address in [*(one["receipt"] for one in answers), day.copy["receipt"]]]
    cases += [(receipt, [one for one in after if one["device"] == day.device]), (receipt, moved), (forged, own),
              (day.foreign["receipt"], own)]
    vectors = []
    for address, known in cases:
        found, said = reader.verdict(address, known)
        claim = said and said["claim_key"]
        vectors.append({"address": address, "directory": known, "expected": {
            "verdict": found, "statement": said, "control_code": claim and reader.control_code(claim),
            "status_token": claim and reader.status_token(claim)}})
    return {"receipts": vectors}


def resigned(day, signed, context, seed, alterations):
    """The same object, altered and signed again with the right key."""
    for why, alter in alterations:
        fields = payload_of(signed)
        alter(fields)
        yield {"why": why, "object": sign(seed, context, fields)}


def refused_vectors(day):
    """What must be refused although, but for the first group, its signature is good."""
    last = day.pushed[-1]
    receipt = reader.receipt_bytes(day.copy["receipt"])
    pushes = [
        ("version 2", lambda fields: fields.update({0: 2})),
        ("another office", lambda fields: fields.update({1: bytes(16)})),
        ("another device", lambda fields: fields.update({2: bytes(16)})),
        ("entries at other positions", lambda fields: fields.update({4: fields[4] + 1})),
        ("another previous hash", lambda fields: fields.update({5: bytes(32)})),
        ("index beyond the keys", lambda fields: fields[7][0].__setitem__(1, len(fields[6]))),
        ("no entries", lambda fields: fields.update({7: []})),
        ("a kind of 17 bits", lambda fields: fields[7][0].__setitem__(0, 1 << 16)),
        ("an altered sealed body", lambda fields: fields[7][0].__setitem__(3, fields[7][0][3] + b"\0")),
        ("no head", lambda fields: fields.pop(8)),
    ]
    checkpoints = [
        ("an outcome that is not known", lambda fields: fields.update({4: 3})),
        ("another ledger", lambda fields: fields.update({3: bytes(8)})),
        ("version 2", lambda fields: fields.update({0: 2})),
        ("a head of 31 bytes", lambda fields: fields.update({6: bytes(31)})),
    ]
    receipts = [
        ("a folio of 46 bits", lambda fields: fields.__setitem__(0, 1 << 45)),
        ("certainty 3", lambda fields: fields.__setitem__(2, 3)),
        ("kind 7", lambda fields: fields.__setitem__(3, 7)),
        ("a hash of 15 bytes", lambda fields: fields.__setitem__(4, bytes(15))),
    ]
    return {
        "encodings": [{"why": why, "object": data} for why, data in other_encodings(last.got)],
        "pushes": list(resigned(day, last.sent, "oirs/push/1", day.device_seed, pushes)),
        "checkpoints": list(resigned(day, last.got, "oirs/checkpoint/1", SEEDS["checkpoint"], checkpoints)),
        "receipts": list(resigned(day, receipt, "oirs/receipt/1", day.device_seed, receipts)),
        "receipt_codes": [
            {"why": "padding", "code": base64.b32encode(receipt).decode()},
            {"why": "bits behind the end", "code": day.copy["receipt"][:-1] + spare_bits(day.copy["receipt"][-1])},
            {"why": "cut", "code": day.copy["receipt"][:-2]},
        ],
    }


def spare_bits(letter):
    """The last symbol of 197 has one bit too many; this is the symbol with that bit set."""
    return reader.RFC4648[reader.RFC4648.index(letter) | 1]


def write(name, vectors):
    note = "Made by tests/reader/make_vectors.py. The keys are test keys, people and records are invented."
    text = json.dumps({"note": note, **plain(vectors)}, ensure_ascii=False, indent=1)
    (VECTORS / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def main():
    VECTORS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        central = Central(folder / "central", prepare)
        try:
            day = understand(play(folder, central, chosen(), jornada("encounters")[:5], SEEDS["device"]))
            for name, make in (("office", office_vectors), ("pushes", push_vectors), ("manifests", manifest_vectors),
                               ("receipts", receipt_vectors), ("refused", refused_vectors)):
                write(name, make(day))
        finally:
            central.close()


if __name__ == "__main__":
    main()
