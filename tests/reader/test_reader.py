"""The reader against real bytes: what the real programs pushed, signed and printed in this very run."""

from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

import pytest

import reader
from conftest import directories, parts
from forge import other_encodings, payload_of, sign
from reader import Refused, sha

CHECKS = {
    "enrolment answer": lambda day, data: reader.enrol_answer(data, day.public, day.code["fingerprint"]),
    "enrolment request": lambda day, data: reader.enrol_request(data, day.code["secret"]),
    "device certificate": lambda day, data: reader.device_certificate(data, day.roles),
    "push": lambda day, data: reader.check_push(data, day.roles, day.certificate),
    "checkpoint": lambda day, data: reader.check_checkpoint(data, day.roles, day.id, day.device, day.epoch),
    "manifest": lambda day, data: reader.check_manifest(data, day.roles, day.id, day.device),
    "time": lambda day, data: reader.check_time(data, day.roles, day.id, nonce(day)),
}
REAL = {
    "enrolment answer": lambda day: day.enrol.got,
    "enrolment request": lambda day: day.enrol.sent,
    "device certificate": lambda day: day.certificate,
    "push": lambda day: min((one.sent for one in day.pushed), key=len),
    "checkpoint": lambda day: day.pushed[-1].got,
    "manifest": lambda day: day.manifests[-1].got,
    "time": lambda day: timed(day).got,
}


def timed(day):
    return day.recorder.of("GET", "/v1/time/")[0]


def nonce(day):
    return bytes.fromhex(timed(day).path.rpartition("/")[2])


def receipts(day):
    return [(seq, answer) for seq, (what, _, answer) in day.stand.filed.items() if what == "request"]


# ---- Sections 3 and 4 ----

def test_the_enrolment_holds_from_the_code_to_the_certificates(day):
    request = reader.enrol_request(day.enrol.sent, day.code["secret"])
    assert request["public_key"] == day.public
    assert request["epoch"] == sha(day.public)[:8]
    assert (day.stand.data / "enrolment.cbor").read_bytes() == day.enrol.got
    assert day.device.hex() == day.stand.enrolled["device"]
    assert (day.office["office_name"], day.office["phone_line"]) == ("Oficina de Prueba", "600 000 0000")
    prefix = reader.folio_text(day.office["certificate"]["folio_prefix"] << 30)[:3]
    assert prefix == day.stand.enrolled["folio_prefix"]
    assert reader.enrol_answer(day.enrol.got, day.public)["root"] == day.office["root"]


def test_the_certificates_in_the_offices_folder_are_the_answers(day):
    root = day.central.keys("root.pub")[0]
    assert root == day.office["root"]
    certified = [reader.role_certificate(path.read_bytes(), root)
                 for path in (day.central.data / "keys").glob("*.cert")]
    by_role = sorted(certified, key=lambda one: one["role"])
    assert by_role == sorted(day.roles, key=lambda one: one["role"])
    assert [one["role"] for one in by_role] == [1, 2, 3, 4, 5]
    sealed_to = reader.keys_of(day.roles, reader.SEALING) + reader.keys_of(day.roles, reader.STATISTICS)
    assert [reader.x25519_public(private) for private in day.sealing] == sealed_to
    for name, role in (("sealing", reader.SEALING), ("statistics", reader.STATISTICS)):
        for path in (day.central.data / "keys").glob(f"{name}-*.key"):
            assert path.stem == f"{name}-" + reader.key_id(by_role[role - 1]["public_key"]).hex()


def test_another_code_another_stand_and_another_root_are_refused(day):
    with pytest.raises(reader.Contradiction):
        reader.enrol_answer(day.enrol.got, day.public, bytes(10))
    with pytest.raises(reader.Contradiction):
        reader.enrol_answer(day.enrol.got, bytes(32), day.code["fingerprint"])
    with pytest.raises(reader.UnknownSigner):
        reader.role_certificate((day.central.data / "keys" / "content.cert").read_bytes(), day.public)
    with pytest.raises(Refused):
        reader.enrol_request(day.enrol.sent, bytes(9))
    swapped = day.stand.code[:-1] + ("0" if day.stand.code[-1] != "0" else "1")
    with pytest.raises(reader.Malformed):
        reader.enrolment_code(swapped)


# ---- Sections 5, 9 and 10 ----

def test_the_chain_runs_from_the_certificate_to_the_head_that_sync_printed(day):
    assert day.pushes[0]["from"] == 0
    last = reader.genesis(day.id, day.certificate, day.epoch)
    for entry in day.entries:
        last = reader.link(last, entry)
        assert last == entry["hash"]
    for synced in day.synced:
        assert day.entries[synced["count"] - 1]["hash"].hex() == synced["head"]
    assert day.synced[-1]["count"] == len(day.entries)
    assert len(day.pushes) > len(day.synced), "the day was meant to need several pushes"


def test_every_checkpoint_answers_its_push(day):
    for one, push in zip(day.pushed, day.pushes, strict=True):
        answer = reader.check_checkpoint(one.got, day.roles, day.id, day.device, day.epoch)
        assert (answer["count"], answer["head"]) == (push["from"] + len(push["entries"]), push["head"])
        expected = ("quarantined", "revoked") if one is day.pushed[-1] else ("accepted", None)
        assert (answer["outcome"], answer["reason"]) == expected


def test_a_push_that_the_stand_itself_signed_wrongly_is_refused(day):
    real = REAL["push"](day)

    def resigned(alter):
        fields = payload_of(real)
        alter(fields)
        return sign(day.device_seed, "oirs/push/1", fields)

    assert reader.check_push(resigned(lambda fields: None), day.roles, day.certificate)
    assert reader.check_push(resigned(lambda fields: fields.update({900: {"new": [1.5]}})), day.roles, day.certificate)
    wrong = [
        lambda fields: fields.update({0: 2}),
        lambda fields: fields.update({1: bytes(16)}),
        lambda fields: fields.update({2: bytes(16)}),
        lambda fields: fields.update({4: fields[4] + 1}),
        lambda fields: fields.update({4: 0}),
        lambda fields: fields.update({5: bytes(32)}),
        lambda fields: fields.update({6: []}),
        lambda fields: fields.update({7: []}),
        lambda fields: fields[7].reverse(),
        lambda fields: fields[7].pop(),
        lambda fields: fields[7][0].__setitem__(0, 1 << 16),
        lambda fields: fields[7][0].__setitem__(1, len(fields[6])),
        lambda fields: fields[7][0].__setitem__(2, 0),
        lambda fields: fields[7][0].__setitem__(3, fields[7][0][3][:-1]),
        lambda fields: fields.update({8: bytes(32)}),
        lambda fields: fields.pop(8),
        lambda fields: fields.update({8: None}),
    ]
    for alter in wrong:
        with pytest.raises(Refused):
            reader.check_push(resigned(alter), day.roles, day.certificate)


# ---- Sections 11 and 12 ----

def test_manifests_name_what_the_office_holds_and_never_go_back(day):
    held = 0
    for one, synced in zip(day.manifests, day.synced, strict=True):
        manifest = reader.check_manifest(one.got, day.roles, day.id, day.device, held)
        # What stands behind a question mark changes nothing of what is answered and checked here.
        assert one.path.partition("?")[0] == "/v1/manifest/" + reader.key_id(day.public).hex()
        assert one.headers["ETag"] == f'"{manifest["number"]}"'
        assert [mark["epoch"] for mark in manifest["watermarks"]] == [day.epoch]
        mark = manifest["watermarks"][0]
        assert (mark["stored"], mark["hash_stored"].hex(), mark["safe"]) == (synced["count"], synced["head"], 0)
        assert (manifest["revoked"] is not None) == (synced is day.synced[-1])
        held = manifest["number"]
    with pytest.raises(reader.Contradiction):
        reader.check_manifest(day.manifests[0].got, day.roles, day.id, day.device, held)


def test_the_office_lists_its_certificates(day):
    for data in parts(day, reader.CERTIFICATES):
        roles = reader.certificates(data, day.office["root"], day.id)
        assert sorted(roles, key=lambda one: one["role"]) == sorted(day.roles, key=lambda one: one["role"])
        assert reader.certificates(data, day.office["root"], bytes(16)) == []
        assert reader.certificates(data, day.public, day.id) == []
    assert data
    with pytest.raises(reader.Malformed):
        reader.certificates(b"\x81\x01", day.office["root"], day.id)


def test_the_directory_holds_both_stands(day):
    for known in directories(day):
        own = [stand for stand in known if stand["device"] == day.device]
        assert [stand["public_key"] for stand in own] == [day.public]
        assert len(known) == 2
    with pytest.raises(reader.Contradiction):
        reader.check_part({"length": 1, "hash": sha(b"a")}, b"b")


def test_the_signed_time_is_for_the_nonce_that_was_asked_with(day):
    now = reader.check_time(timed(day).got, day.roles, day.id, nonce(day))
    assert abs(now - datetime.now().timestamp()) < 3600
    with pytest.raises(reader.Contradiction):
        reader.check_time(timed(day).got, day.roles, day.id, bytes(16))
    later = [day.bodies[seq]["when"] for seq in day.stand.filed if seq > day.synced[0]["count"]]
    assert later and all(when["trusted"] == now and when["elapsed"] is not None for when in later)


# ---- Sections 6 to 8 ----

def test_every_field_of_every_record_is_as_it_was_filed(day):
    kinds = {name: kind for kind, name in reader.KINDS.items()}
    by_seq = {entry["seq"]: entry for entry in day.entries}
    for seq, (what, line, answer) in day.stand.filed.items():
        assert by_seq[seq]["kind"] == kinds[what]
        # A profile parts from its encounter at once.
        expected = {"id": answer["id"], **{name: value for name, value in line.items() if name != "profile"}}
        if expected.get("person", "") is None:
            del expected["person"]
        assert reader.filed(by_seq[seq]["kind"], day.bodies[seq]) == expected
    assert len([1 for what, _, _ in day.stand.filed.values() if what == "request"]) >= 200


def test_what_the_stand_adds_to_a_request_is_what_it_answered(day):
    for seq, (what, _, answer) in day.stand.filed.items():
        body = day.bodies[seq]
        assert body["when"]["at"] == int(datetime.fromisoformat(answer["captured_at"]).timestamp())
        assert day.epoch.hex() == answer["epoch"]
        if what == "request":
            assert reader.folio_text(body["folio"]) == answer["folio"]
            due = (None, None) if body["due"] is None else (body["due"]["promise"], body["due"]["legal"])
            told = tuple(None if days is None else (date(1970, 1, 1) + timedelta(days)).isoformat() for days in due)
            assert told == (answer["due_on"], answer["due_on_legal"])


def test_the_ledger_and_its_outings_frame_the_day(day):
    kinds = {entry["seq"]: entry["kind"] for entry in day.entries}
    assert kinds[1] == 1 and (day.bodies[1]["reason"], day.bodies[1]["previous"]) == (1, None)
    opened = [seq for seq, kind in kinds.items() if kind == 2]
    own, planned = day.bodies[opened[0]], day.bodies[opened[1]]
    assert (own["comuna"], own["place"], own["goal"]) == (None, None, None)
    assert (reader.comuna(planned["comuna"]), planned["place"], planned["goal"]) == ("01101", "Plaza Prat", 7)
    assert (own["place_kind"], reader.word(planned["place_kind"], reader.PLACE_KINDS)) == (None, "plaza")
    closed = [day.bodies[seq] for seq, kind in kinds.items() if kind == 3]
    assert [(body["opened"], body["requests"], body["encounters"]) for body in closed] == [
        (opened[0], 200, 42), (opened[1], 2, 0)]
    for seq in day.stand.filed:
        assert day.bodies[seq]["outing"] == max(one for one in opened if one < seq)


def test_a_body_opens_at_its_own_place_only(day):
    entry = min(day.entries, key=lambda one: len(one["sealed"]))
    changed = [{"seq": entry["seq"] + 1}, {"kind": entry["kind"] + 1}, {"kind": reader.POOLED}, {"dictionary": 0},
               {"key_id": bytes(8)}]
    for change in changed:
        with pytest.raises(reader.NotOpened):
            reader.open_entry({**entry, **change}, day.id, day.device, day.epoch, day.sealing)
    for place in [(bytes(16), day.device, day.epoch), (day.id, bytes(16), day.epoch), (day.id, day.device, bytes(8))]:
        with pytest.raises(reader.NotOpened):
            reader.open_entry(entry, *place, day.sealing)
    for at in range(len(entry["sealed"])):
        with pytest.raises(reader.NotOpened):
            altered = altered_at(entry["sealed"], at)
            reader.open_entry({**entry, "sealed": altered}, day.id, day.device, day.epoch, day.sealing)


# ---- Section 14 ----

def test_every_receipt_says_what_was_sealed(day):
    known = next(directories(day))
    by_seq = {entry["seq"]: entry for entry in day.entries}
    for seq, answer in receipts(day):
        found, said = reader.verdict(answer["receipt"], known)
        body = day.bodies[seq]
        assert found == "genuine"
        assert said == {
            "folio": answer["folio"], "captured": body["when"]["at"], "certainty": body["when"]["certainty"],
            "kind": reader.word(body["kind"], reader.REQUEST_KINDS), "seq": answer["seq"],
            "sealed_hash": sha(by_seq[seq]["sealed"])[:16], "claim_key": body["claim_key"]}
        assert reader.control_code(said["claim_key"]) == answer["control_code"]
        assert answer["receipt"].startswith(f"HTTPS://{day.office['receipt_host']}/R/")
        assert len(answer["receipt"]) <= 262
        assert urlsplit(answer["receipt"]).scheme == "https"
    claims = [day.bodies[seq]["claim_key"] for seq, _ in receipts(day)]
    assert len(set(claims)) == len(claims)


def test_a_copy_lacks_the_claim_key_and_says_the_rest(day):
    known = next(directories(day))
    original, copy = (reader.verdict(one["receipt"], known)[1] for one in (day.stand.filed[3][2], day.copy))
    assert copy == {**original, "claim_key": None}
    assert (day.copy["copy"], day.copy["control_code"]) == (True, None)


def test_the_four_verdicts(day):
    before, *_, after = directories(day)
    receipt = day.stand.filed[3][2]["receipt"]
    assert reader.verdict(receipt, before)[0] == "genuine"
    assert reader.verdict(receipt, after)[0] == "revoked_device"
    assert reader.verdict(day.foreign["receipt"], [one for one in before if one["device"] == day.device]) == (
        "unknown_signer", None)
    assert reader.verdict(day.foreign["receipt"], before)[0] == "genuine"
    moved = [{**one, "folio_prefix": one["folio_prefix"] ^ 1} for one in before]
    assert reader.verdict(receipt, moved) == ("false", None)
    prefix, _, code = receipt.rpartition("/")
    for taken in (receipt.lower(), code, code.lower(), f" {code}\n", f"{prefix.lower()}/{code}"):
        assert reader.verdict(taken, before)[0] == "genuine"


def test_the_stand_gives_the_same_verdicts(day):
    *_, known = directories(day)
    receipt, code = day.stand.filed[3][2]["receipt"], day.copy["receipt"].rpartition("/")[2]
    last = code[:-1] + reader.RFC4648[reader.RFC4648.index(code[-1]) ^ 16]
    spare = code[:-1] + reader.RFC4648[reader.RFC4648.index(code[-1]) ^ 1]
    signature = code[:-20] + ("B" if code[-20] == "A" else "A") + code[-19:]
    for given in (receipt, code.lower(), signature, last, spare, receipt + "=", receipt[:-1], "", "1",
                  day.foreign["receipt"]):
        try:
            ours = reader.verdict(given, known)[0]
        except reader.Malformed:
            ours = None
        answers = day.stand.run("verify", given, codes=(0, 2, 3, 5, 9, 10))
        assert (answers[0]["verdict"] if answers else None) == ours, given


def test_a_receipt_with_any_symbol_changed_is_never_believed(day):
    known = next(directories(day))
    for address in (day.stand.filed[3][2]["receipt"], day.copy["receipt"]):
        code = address.rpartition("/")[2]
        for at, letter in enumerate(code):
            other = code[:at] + reader.RFC4648[(reader.RFC4648.index(letter) + 1) % 32] + code[at + 1:]
            try:
                assert reader.verdict(other, known) in (("false", None), ("unknown_signer", None))
            except reader.Malformed:
                pass


# ---- Every altered byte is refused ----

def altered_at(data, at):
    return data[:at] + bytes([data[at] ^ 1 << at % 8]) + data[at + 1:]


@pytest.mark.parametrize("what", CHECKS)
def test_every_altered_byte_is_refused(day, what):
    data, check = REAL[what](day), CHECKS[what]
    assert check(day, data)
    for at in range(len(data)):
        with pytest.raises(Refused):
            check(day, altered_at(data, at))


@pytest.mark.parametrize("what", CHECKS)
def test_every_other_encoding_is_refused(day, what):
    for name, data in other_encodings(REAL[what](day)):
        with pytest.raises(reader.Malformed):
            pytest.fail(f"{name}: {CHECKS[what](day, data)}")


@pytest.mark.parametrize("what", CHECKS)
def test_no_signed_object_passes_for_another(day, what):
    for other in REAL:
        if other != what:
            with pytest.raises(Refused):
                CHECKS[what](day, REAL[other](day))


# ---- Sections 8.6, 20 and 21 ----

def test_profiles_stand_before_their_closing_and_say_no_more_than_they_may(day):
    kinds = [entry["kind"] for entry in day.entries]
    closing = kinds.index(3)
    assert [at for at, kind in enumerate(kinds) if kind == 0x4000] == [closing - 2, closing - 1]
    profiles = [day.bodies[entry["seq"]] for entry in day.entries if entry["kind"] == 0x4000]
    assert day.bodies[closing + 1]["profiles"] == 2
    assert {len(entry["sealed"]) for entry in day.entries if entry["kind"] == 0x4000} == {176}
    said = sorted((one.get("age"), one.get("topic"), one["outcome"]) for one in profiles)
    assert said == [(5, 3, 1), (7, None, 2)]
    assert [one["consent"] for one in profiles if "consent" in one] == [[1, "consentimiento-2026-11"]]
    statistics = reader.keys_of(day.roles, reader.STATISTICS)
    assert {entry["key_id"] for entry in day.entries if entry["kind"] == 0x4000} == {reader.key_id(statistics[0])}


def test_a_closing_act_and_its_certificate_are_about_the_closing_itself(day):
    stands = [{"device": day.device, "public_key": day.public, "folio_prefix": 0, "revoked": None}]
    found, act = reader.act_verdict(reader.act_bytes(day.act["code"]), stands)
    assert found == "genuine"
    closing = day.entries[act["closed"] - 1]
    assert (closing["kind"], closing["hash"]) == (3, act["head"])
    body = day.bodies[act["closed"]]
    assert (body["by_outcome"], body["by_kind"]) == (act["by_outcome"], act["by_kind"])
    assert (sum(act["by_outcome"]), sum(act["by_kind"]), act["others"][3]) == (
        body["encounters"], body["requests"], body["profiles"])
    assert reader.act_verdict(reader.act_bytes(day.act["code"]), [])[0] == "unknown_signer"
    certified = [one for one in day.recorder.of("GET", "/v1/closing/") if one.status == 200]
    assert certified
    for one in certified:
        read = reader.check_certificate(one.got, reader.keys_of(day.roles, reader.CHECKPOINT))
        device, epoch, closed, digest = one.path.split("/")[3:]
        assert (device, epoch) == (day.device.hex(), day.epoch.hex())
        assert (read["closed"], read["closed_hash"]) == (int(closed), day.entries[int(closed) - 1]["hash"])
        assert (digest, read["difference"], read["unopened"]) == (read["closed_hash"].hex(), [], 0)
