//! Golden bytes of what a closing brings: a sealed profile, a closing act, a reconciliation certificate. The independent
//! reader opens the same file (`tests/vectors/closings.json`).
//!
//! `VECTORS=write cargo test -p wire --test closings` writes it: only when the format changes on purpose.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::path::PathBuf;

use data_encoding::HEXLOWER;
use domain::profile::{AgeBand, Consent, ConsentBy, Gender, Items, Topic};
use domain::{Certainty, Kind, Outcome, Profile};
use ed25519_dalek::SigningKey;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng as _;
use serde_json::{Value, json};
use wire::act::{self, Act, SurveyCounts, Whereabouts};
use wire::body::ProfileRecord;
use wire::compress::Packer;
use wire::counts::{Counted, OutingCounts};
use wire::profile::SealedProfile;
use wire::reconciliation::{Certificate, Difference};
use wire::seal::{OpeningKey, SealingKey};
use wire::{DeviceId, Epoch, Hash, OfficeId, OutingToken};

const OFFICE: OfficeId = OfficeId([0x0f; 16]);
const DEVICE: DeviceId = DeviceId([0xde; 16]);
const EPOCH: Epoch = Epoch([0xe0; 8]);

/// Keys that say of themselves that they are none.
fn seed(name: &str) -> [u8; 32] {
    let text = format!("{:.<32}", format!("TEST KEY, NO SECRET: {name}"));
    text.as_bytes().try_into().unwrap()
}

fn hex(bytes: impl AsRef<[u8]>) -> String {
    HEXLOWER.encode(bytes.as_ref())
}

fn counts() -> OutingCounts {
    let (by_outcome, by_kind) = ([40, 5, 4, 1], [3, 0, 0, 2, 4, 1]);
    OutingCounts { by_outcome, by_kind, additions: 2, withdrawals: 1, voids: 3, profiles: 37 }
}

fn profile() -> Value {
    let mut rng = ChaCha20Rng::from_seed([1; 32]);
    let opening = OpeningKey::new(OFFICE, &seed("statistics")).unwrap();
    let key = SealingKey::new(OFFICE, &opening.public_key()).unwrap();
    let items = Items { gender: Some(Gender::NonBinary), age: Some(AgeBand::From18), ..Items::default() };
    let consent = Some(Consent { by: ConsentBy::Person, text: "consentimiento-2026-11".into() });
    let (kind, topic) = (Some(Kind::Reclamo), Some(Topic::Housing));
    let profile = Profile { items, consent, kind, topic, outcome: Outcome::RequestFiled };
    let record = ProfileRecord { id: [0x1d; 16], profile, day: 20_778 };
    let entry = SealedProfile::seal(record, &key, &mut Packer::default(), &mut rng).unwrap().at(9);
    json!({
        "statistics_key": hex(seed("statistics")),
        "office": hex(OFFICE),
        "entry": {
            "seq": entry.seq,
            "kind": entry.kind.0,
            "key_id": hex(entry.key_id),
            "dictionary": entry.dictionary,
            "sealed": hex(&entry.sealed),
        },
        "expected": {
            "id": hex([0x1d; 16]), "gender": 5, "age": 4, "consent": [1, "consentimiento-2026-11"], "kind": 5,
            "topic": 3, "outcome": 3, "day": 20_778,
        },
    })
}

fn closing_act() -> Value {
    let act = Act {
        office: OFFICE,
        device: DEVICE,
        epoch: EPOCH,
        opened: 2,
        closed: 113,
        head: Hash([4; 32]),
        opened_unix_s: 1_795_250_000,
        opened_certainty: Certainty::Confirmed,
        closed_unix_s: 1_795_280_000,
        closed_certainty: Certainty::Unconfirmed,
        counts: counts(),
        surveys: SurveyCounts { drawn: 9, answered: 6, refused: 1, broken_off: 1, lapsed: 1 },
        receipts_printed: 9,
        copies: 2,
        whereabouts: Whereabouts { held: 110, carried: 20, acknowledged: 3, quarantined: 1 },
        attachments_waiting: 4,
        token: Some(OutingToken([0x70; 16])),
    };
    let key = SigningKey::from_bytes(&seed("device"));
    let signed = act.sign(&key);
    json!({
        "device_public_key": hex(key.verifying_key().as_bytes()),
        "signed": hex(&signed),
        "code": act::code(&signed),
        "expected": {
            "version": 1, "office": hex(OFFICE), "device": hex(DEVICE), "epoch": hex(EPOCH), "opened": 2,
            "closed": 113, "head": hex([4; 32]), "opened_at": 1_795_250_000_u64, "opened_certainty": "confirmed",
            "closed_at": 1_795_280_000_u64, "closed_certainty": "unconfirmed", "by_outcome": [40, 5, 4, 1],
            "by_kind": [3, 0, 0, 2, 4, 1], "others": [2, 1, 3, 37], "surveys": [9, 6, 1, 1, 1],
            "papers": [9, 2], "whereabouts": [110, 20, 3, 1], "attachments": 4,
            "token": hex([0x70; 16]),
        },
    })
}

fn certificate() -> Value {
    let differs = |what, stated, counted| Difference { what, stated, counted };
    let certificate = Certificate {
        office: OFFICE,
        device: DEVICE,
        epoch: EPOCH,
        closed: 113,
        closed_hash: Hash([4; 32]),
        count: 120,
        head: Hash([5; 32]),
        issued_unix_s: 1_795_290_000,
        counts: counts(),
        difference: vec![
            differs(Counted::Encounters, 51, 50),
            differs(Counted::Outcome(Outcome::CameInVain), 2, 1),
        ],
        quarantined: 3,
        unopened: 1,
        apart: 7,
    };
    let key = SigningKey::from_bytes(&seed("checkpoint"));
    json!({
        "checkpoint_public_key": hex(key.verifying_key().as_bytes()),
        "signed": hex(certificate.sign(&key)),
        "expected": {
            "version": 1, "office": hex(OFFICE), "device": hex(DEVICE), "epoch": hex(EPOCH), "closed": 113,
            "closed_hash": hex([4; 32]), "count": 120, "head": hex([5; 32]), "issued": 1_795_290_000_u64,
            "by_outcome": [40, 5, 4, 1], "by_kind": [3, 0, 0, 2, 4, 1], "others": [2, 1, 3, 37],
            "difference": [[2, 51, 50], [14, 2, 1]], "quarantined": 3, "unopened": 1, "apart": 7,
        },
    })
}

#[test]
fn the_bytes_of_a_closing_stay_as_they_are() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/closings.json");
    let made = json!({ "profile": profile(), "act": closing_act(), "certificate": certificate() });
    if std::env::var("VECTORS").is_ok_and(|wanted| wanted == "write") {
        std::fs::write(&path, format!("{}\n", serde_json::to_string_pretty(&made).unwrap())).unwrap();
    }
    let kept: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    assert_eq!(made, kept);
}
