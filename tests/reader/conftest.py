"""A field day with the real programs, once for all tests: everything that went over the wire is kept."""

from types import SimpleNamespace

import cbor2
import pytest

import reader
from forge import ed25519_public
from programs import Central, Stand, jornada

# The id is filed in another spelling than the canonical one, and two fields are filed empty or absent.
ODD = [
    {"id": "01A2FFFF-0000-7000-8000-00000000000A", "kind": "opinion", "text": "Mayúsculas en el id.", "comuna": "01101"},
    {"kind": "sugerencia", "text": "Sin id.", "comuna": "16101", "person": {}},
]

# Encounters with a profile: what is said of the person parts from the encounter at once.
PROFILED = [
    {"matter": "Subsidio", "outcome": "informed", "sheet": "subsidio-ds49",
     "profile": {"gender": "mujer", "age": "30-44", "topic": "vivienda",
                 "consent": {"by": "persona", "text": "consentimiento-2026-11"}}},
    {"matter": "Cédula", "outcome": "referred", "referred_to": "Registro Civil", "profile": {"age": "60-64"}},
]


def play(folder, central, requests, encounters, seed=None):
    """Three contacts: the day's records, small records and an outing, and what comes after a revocation."""
    stand, stranger = Stand(central, folder / "stand", "A", seed), Stand(central, folder / "stranger", "B")
    day = SimpleNamespace(central=central, stand=stand, recorder=central.recorder, synced=[])
    stand.record("request", requests)
    stand.record("encounter", encounters)
    stand.record("encounter", PROFILED)
    day.synced.append(stand.sync())
    first = stand.filed[3][2]
    day.act = stand.run("outing", "close")[0]["act"]
    stand.run("outing", "open", "--comuna", "01101", "--place", "Plaza Prat", "--place-kind", "plaza", "--goal",
              "7")
    stand.record("request", ODD)
    stand.record("addition", [{"folio": first["folio"], "text": "Faltó el número de la casa."}])
    code = first["control_code"].lower().replace("-", " ")
    stand.record("withdrawal", [{"folio": first["folio"].lower(), "control_code": code, "reason": "Ya se arregló."},
                                {"folio": first["folio"]}])
    stand.record("void", [{"epoch": first["epoch"], "seq": 4, "reason": "Quedó dos veces."}])
    day.copy = stand.run("record", "request", lines=requests[:1])[0]
    stand.run("outing", "close")
    day.synced.append(stand.sync())
    day.foreign = stranger.record("request", [{"kind": "opinion", "text": "Otro puesto.", "comuna": "01101"}])[0]
    central.run("device", "revoke", "A", "--reason", "Prueba")
    stand.record("request", [{"kind": "opinion", "text": "Después.", "comuna": "01101"}])
    day.synced.append(stand.sync())
    return day


def understand(day):
    """Reads what the reader needs to start from: the office's keys, the enrolment and the exchanges."""
    day.code = reader.enrolment_code(day.stand.code)
    day.enrol = day.recorder.of("POST", "/v1/enrol")[0]
    day.device_seed = (day.stand.data / "device.key").read_bytes()
    day.public = ed25519_public(day.device_seed)
    day.office = reader.enrol_answer(day.enrol.got, day.public, day.code["fingerprint"])
    day.roles, day.id, day.device = (day.office[name] for name in ("roles", "office", "device"))
    day.certificate = day.office["device_certificate"]
    day.sealing = day.central.keys("sealing-*.key") + day.central.keys("statistics-*.key")
    day.pushed = day.recorder.of("POST", "/v1/push")
    day.pushes = [reader.check_push(one.sent, day.roles, day.certificate) for one in day.pushed]
    day.epoch = day.pushes[0]["epoch"]
    day.entries = reader.check_ledger(day.pushes)
    day.bodies = {entry["seq"]: reader.open_entry(entry, day.id, day.device, day.epoch, day.sealing)
                  for entry in day.entries}
    day.manifests = [one for one in day.recorder.of("GET", "/v1/manifest/") if one.status == 200]
    day.parts = {one.path.rpartition("/")[2]: one.got for one in day.recorder.of("GET", "/v1/part/")}
    # The stand has this one from its enrolment and does not ask for it (section 11).
    listed = cbor2.dumps(reader.decode(reader.unframe(day.enrol.got)[1])[1])
    day.parts[reader.sha(listed).hex()] = listed
    return day


def parts(day, kind):
    """The parts of a kind that the manifests name, in the order in which they came."""
    for one in day.manifests:
        for part in reader.check_manifest(one.got, day.roles, day.id, day.device)["parts"]:
            if part["kind"] == kind:
                yield reader.check_part(part, day.parts[part["hash"].hex()])


def directories(day):
    """The directories among them."""
    return map(reader.directory, parts(day, reader.DIRECTORY))


@pytest.fixture(scope="session")
def day(tmp_path_factory):
    folder = tmp_path_factory.mktemp("day")
    central = Central(folder / "central")
    try:
        yield understand(play(folder, central, jornada("requests"), jornada("encounters")))
    finally:
        central.close()
