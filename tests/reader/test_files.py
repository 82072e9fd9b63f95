"""Section 16: a stick that the programs write is read here, and a stick that is written here is taken in.

Names, hashes and bytes come from the document alone.
"""

import hashlib
from types import SimpleNamespace

import pytest

import reader
from forge import ed25519_public
from programs import Central, Stand, jornada


def name_hash(data):
    return hashlib.sha256(data).hexdigest()[:16]


def files(stick, ending):
    """The files of a kind, by name, each with its bytes."""
    return {path.relative_to(stick).as_posix(): path.read_bytes() for path in sorted(stick.rglob(f"*.{ending}"))}


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    folder = tmp_path_factory.mktemp("files")
    central = Central(folder / "central")
    try:
        stand = Stand(central, folder / "stand", "A")
        seed = (stand.data / "device.key").read_bytes()
        known = reader.enrol_answer((stand.data / "enrolment.cbor").read_bytes(), ed25519_public(seed))
        yield SimpleNamespace(central=central, stand=stand, folder=folder, **known)
    finally:
        central.close()


@pytest.fixture(scope="module")
def stick(office):
    """Two exports onto one stick, of requests only."""
    stick = office.folder / "stick"
    stick.mkdir()
    for lines in (jornada("requests")[:6], jornada("requests")[6:9]):
        office.stand.record("request", lines)
        office.stand.run("bundle", "export", stick)
    return stick


def test_an_export_is_the_pushes_of_section_9_under_the_names_of_section_16(office, stick):
    pushes = {name: reader.check_push(data, office.roles, office.device_certificate)
              for name, data in files(stick, "push").items()}
    assert len(pushes) == 2
    for (name, push), data in zip(pushes.items(), files(stick, "push").values()):
        count = push["from"] + len(push["entries"])
        assert name == (f"oirs/{office.device.hex()}/{push['epoch'].hex()}/"
                        f"{push['from']:010}-{count:010}-{name_hash(data)}.push")
    assert len(reader.check_ledger(list(pushes.values()))) == 11
    assert not files(stick, "tmp")


def test_the_answers_on_a_stick_are_those_of_sections_10_and_11(office, stick):
    imported = office.central.run("bundle", "import", stick)[0]
    assert (imported["stored"], imported["refused"], imported["answered"]) == (2, 0, True)
    pushes = [reader.check_push(data, office.roles, office.device_certificate)
              for data in files(stick, "push").values()]
    heads = {push["from"] + len(push["entries"]): push["head"] for push in pushes}
    for name, data in files(stick, "checkpoint").items():
        answer = reader.check_checkpoint(data, office.roles, office.office, office.device, pushes[0]["epoch"])
        assert (answer["outcome"], answer["head"]) == ("accepted", heads.pop(answer["count"]))
        assert name == (f"oirs/{office.device.hex()}/{pushes[0]['epoch'].hex()}/"
                        f"{answer['count']:010}-{name_hash(data)}.checkpoint")
    assert not heads
    (name, data), = files(stick, "manifest").items()
    manifest = reader.check_manifest(data, office.roles, office.office, office.device)
    assert name == f"oirs/{office.device.hex()}/{manifest['number']:010}-{name_hash(data)}.manifest"
    lying = files(stick, "part")
    assert sorted(lying) == sorted(f"oirs/parts/{part['hash'].hex()}.part" for part in manifest["parts"])
    for part in manifest["parts"]:
        reader.check_part(part, lying[f"oirs/parts/{part['hash'].hex()}.part"])
    home = office.stand.run("bundle", "acknowledge", stick)[0]
    assert (home["acknowledged"], home["held"], home["manifest"]) == (11, 0, manifest["number"])


def test_a_stick_that_is_written_from_the_document_is_taken_in(office, stick):
    ours = office.folder / "ours"
    for data in files(stick, "push").values():
        push = reader.check_push(data, office.roles, office.device_certificate)
        count = push["from"] + len(push["entries"])
        place = ours / "oirs" / office.device.hex() / push["epoch"].hex()
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{push['from']:010}-{count:010}-{name_hash(data)}.push").write_bytes(data)
        (place / f"{push['from']:010}-{count:010}-{name_hash(data)}.push.tmp").write_bytes(data[:100])
    imported = office.central.run("bundle", "import", ours)[0]
    assert (imported["known"], imported["unfinished"], imported["entries"]) == (2, 2, 0)
    assert files(ours, "checkpoint") == files(stick, "checkpoint"), "the same answers, byte for byte"
