//! A stand of a few lines: real keys, seals, chain and receipts, and none of the stand's own code.

use std::net::SocketAddr;

use domain::{Captured, Certainty, DevicePrefix, Folio, RequestDraft};
use ed25519_dalek::SigningKey;
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng as _, SeedableRng as _};
use wire::body::{Body, Due, Recorded, RequestRecord};
use wire::cert::Role;
use wire::chain::{Entry, Position, genesis};
use wire::compress::{CURRENT, Packer};
use wire::enrol::{EnrolAnswer, EnrolRequest, Enrolment, EnrolmentCode};
use wire::push::{Checkpoint, Outcome, Push, PushEntry};
use wire::receipt::{ClaimKey, Statement};
use wire::seal::SealingKey;
use wire::{EntryKind, Epoch, Hash, KeyId};

use crate::http::{Response, post_cbor};
use crate::office::{NOW, Running};

/// What a citizen took away.
#[derive(Clone)]
pub(crate) struct Filed {
    pub(crate) folio: Folio,
    pub(crate) claim: ClaimKey,
    pub(crate) receipt: String,
    pub(crate) copy: String,
    pub(crate) seq: u64,
}

/// A stand. Cloning it clones the machine.
#[derive(Clone)]
pub(crate) struct Stand {
    pub(crate) key: SigningKey,
    pub(crate) enrolment: Enrolment,
    pub(crate) epoch: Epoch,
    pub(crate) entries: Vec<Entry>,
    pub(crate) address: SocketAddr,
    pub(crate) rng: ChaCha20Rng,
}

/// The fixture person whose name and numbers must be nowhere but inside seals.
pub(crate) const NAMED: &str = r#"{"kind":"reclamo","topic":"beneficios","text":"La barcaza no llega hace semanas y nadie contesta.",
    "comuna":"11303","locality":"Caleta Tortel","person":{"name":"Ñanculeo Aguilera Quilodrán","social_name":"Ñanco",
    "document":{"type":"run","number":"44.444.444-4"},"phone":"+56 9 5555 0199","email":"nanco@correo.example",
    "answer_by":"telefono"},"will_accepted":true,"privacy_notice":"2026-12-01"}"#;

impl Stand {
    /// Enrols over the network.
    pub(crate) async fn enrol(office: &Running, seed: u8) -> Self {
        let code = office.invite(&format!("Puesto {seed}"), seed).await;
        let answer = apply(office.address, &code, seed).await;
        assert_eq!(answer.status, 200, "{:?}", answer.body);
        let key = key(seed);
        let enrolment = EnrolAnswer::open(&answer.body, &code, &key.verifying_key()).unwrap();
        Self {
            key,
            enrolment,
            epoch: Epoch([seed; 8]),
            entries: Vec::new(),
            address: office.address,
            rng: ChaCha20Rng::from_seed([seed.wrapping_add(100); 32]),
        }
    }

    pub(crate) fn kid(&self) -> KeyId {
        self.enrolment.device.kid()
    }

    fn certificate_of(&self, role: Role) -> ed25519_dalek::VerifyingKey {
        self.enrolment.verifying_key(role).unwrap()
    }

    /// Seals a body at the next place of the ledger.
    pub(crate) fn record(&mut self, body: &Body) -> u64 {
        let device = &self.enrolment.device;
        let sealing = SealingKey::new(device.office, &self.enrolment.sealing_key().unwrap()).unwrap();
        let seq = self.entries.len() as u64 + 1;
        let (kind, key_id, dictionary) = (body.kind(), sealing.id(), CURRENT);
        let position = Position { device: device.device, epoch: self.epoch, seq, kind, key_id, dictionary };
        let packed = Packer::default().pack(&body.encode()).unwrap();
        let sealed = sealing.seal(&packed, &position, &mut self.rng).unwrap();
        self.record_sealed(kind, key_id, sealed)
    }

    /// Puts any bytes at the next place of the ledger.
    pub(crate) fn record_sealed(&mut self, kind: EntryKind, key_id: KeyId, sealed: Vec<u8>) -> u64 {
        let seq = self.entries.len() as u64 + 1;
        self.entries.push(Entry { seq, kind, key_id, dictionary: CURRENT, sealed });
        seq
    }

    /// Files a request; `due` is what the citizen was promised.
    pub(crate) fn file(&mut self, json: &str, due: Option<Due>) -> Filed {
        let mut filed = RequestDraft::from_json(json).unwrap();
        let id = filed.id.get_or_insert_with(|| uuid::Uuid::from_bytes([7; 16]).to_string()).parse().unwrap();
        let claim = ClaimKey::draw(&mut self.rng);
        let prefix = DevicePrefix::new(self.enrolment.device.folio_prefix).unwrap();
        let folio = Folio::new(prefix, self.rng.next_u32() >> 2).unwrap();
        let kind = domain::Kind::parse(filed.kind.as_deref().unwrap()).unwrap();
        let record =
            RequestRecord { id, claim: claim.clone(), folio, captured: captured(), filed, due, outing: None };
        let seq = self.record(&Body::Request(Box::new(record)));
        let statement = |claim| Statement {
            folio,
            captured_unix_s: NOW,
            certainty: Certainty::Confirmed,
            kind,
            sealed_hash: self.entries.last().unwrap().sealed_hash().short(),
            seq,
            claim,
        };
        let receipt = statement(Some(claim.clone())).sign(&self.key);
        let copy = statement(None).sign(&self.key);
        Filed { folio, claim, receipt, copy, seq }
    }

    pub(crate) fn head_at(&self, count: usize) -> Hash {
        let begin = genesis(self.enrolment.device.office, &self.enrolment.device_bytes, self.epoch);
        self.entries[..count].iter().fold(begin, |previous, entry| entry.hash(previous))
    }

    /// The push of the entries from..to, unsigned.
    pub(crate) fn push(&self, from: usize, to: usize) -> Push<'_> {
        Push {
            office: self.enrolment.device.office,
            device: self.enrolment.device.device,
            epoch: self.epoch,
            from: from as u64,
            previous: self.head_at(from),
            entries: self.entries[from..to].iter().map(PushEntry::from).collect(),
            head: self.head_at(to),
        }
    }

    pub(crate) fn signed(&self, from: usize, to: usize) -> Vec<u8> {
        self.push(from, to).sign(&self.key)
    }

    /// Pushes everything; checks the answer's signature.
    pub(crate) async fn sync(&self) -> Checkpoint {
        let answer = post_cbor(self.address, "/v1/push", &self.signed(0, self.entries.len())).await;
        self.read(&answer)
    }

    pub(crate) fn read(&self, answer: &Response) -> Checkpoint {
        assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
        Checkpoint::open(&answer.body, &self.certificate_of(Role::Checkpoint)).unwrap()
    }

    pub(crate) async fn sync_accepted(&self) {
        let checkpoint = self.sync().await;
        let expected = (Outcome::Accepted, self.entries.len() as u64, self.head_at(self.entries.len()));
        assert_eq!((checkpoint.outcome, checkpoint.count, checkpoint.head), expected);
    }

    pub(crate) fn content_key(&self) -> ed25519_dalek::VerifyingKey {
        self.certificate_of(Role::Content)
    }
}

pub(crate) fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

pub(crate) fn captured() -> Captured {
    let at_unix_ms = i64::try_from(NOW * 1_000).unwrap();
    Captured { at_unix_ms, certainty: Certainty::Confirmed, trusted_unix_s: None, elapsed_ms: None }
}

pub(crate) fn recorded<T>(filed: T) -> Recorded<T> {
    Recorded { id: uuid::Uuid::from_bytes([8; 16]), captured: captured(), filed, outing: None, by: None }
}

/// 04/12/2026 and 07/12/2026: ten working days after Saturday 21/11/2026, in both readings.
#[allow(clippy::unnecessary_wraps)]
pub(crate) fn due() -> Option<Due> {
    Some(Due { promise_days: 20_791, legal_days: 20_794 })
}

pub(crate) async fn apply(address: SocketAddr, code: &EnrolmentCode, seed: u8) -> Response {
    post_cbor(address, "/v1/enrol", &EnrolRequest::sign(code, Epoch([seed; 8]), &key(seed))).await
}
