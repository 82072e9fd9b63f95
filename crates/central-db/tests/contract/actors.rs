//! A stand and an office with real keys, small enough to write a case in a few lines.

use std::sync::Arc;

use central_db::{Accepted, Applicant, Certified, CertifyStand, Enrolled, NewCode, SignedPush, Slot, Store};
use domain::Space;
use ed25519_dalek::SigningKey;
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng as _, SeedableRng as _};
use wire::cert::DeviceCertificate;
use wire::chain::{Entry, genesis};
use wire::push::{Checkpoint, Outcome, Push, PushEntry, QuarantineReason};
use wire::{DeviceId, EntryKind, Epoch, Hash, KeyId, OfficeId};

pub(crate) const OFFICE: OfficeId = OfficeId([9; 16]);
/// 21/11/2026, 13:32 UTC.
pub(crate) const NOW: u64 = 1_795_267_920;
pub(crate) const CODE_GOOD_FOR_S: u64 = 1_000;
pub(crate) const CERTIFICATE_GOOD_FOR_S: u64 = 100_000;
pub(crate) const UNLOCK_KEY: [u8; 32] = [0x75; 32];

pub(crate) fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

/// The office's checkpoint key.
pub(crate) fn office_key() -> Arc<SigningKey> {
    Arc::new(key(200))
}

/// Certifies whoever holds the code, without the real proof, which is the wire's own to test.
pub(crate) struct Enrolment {
    pub(crate) public_key: [u8; 32],
    pub(crate) proof_fits: bool,
}

impl CertifyStand for Enrolment {
    fn certify(&self, slot: &Slot) -> Option<Certified> {
        let not_after_unix_s = NOW + CERTIFICATE_GOOD_FOR_S;
        let validity = NOW..not_after_unix_s;
        let certificate =
            DeviceCertificate::new(OFFICE, slot.device, self.public_key, slot.folio_prefix, validity)
                .sign(&key(201));
        let answer = [b"answer to ".as_slice(), slot.code.as_bytes(), &certificate].concat();
        self.proof_fits.then_some(Certified { certificate, not_after_unix_s, answer, unlock_key: UNLOCK_KEY })
    }
}

pub(crate) fn code(seed: u8) -> NewCode {
    NewCode {
        code_id: KeyId([seed; 8]),
        device: DeviceId([seed; 16]),
        label: format!("Puesto {seed}"),
        space: Space::ALL[usize::from(seed) % Space::ALL.len()],
        code: format!("CODE-{seed}"),
        made_unix_s: NOW,
        expires_unix_s: NOW + CODE_GOOD_FOR_S,
    }
}

/// Applies with a code as the holder of a key.
pub(crate) async fn apply(store: &dyn Store, code: u8, key_seed: u8, now_unix_s: u64) -> Enrolled {
    let public_key = key(key_seed).verifying_key().to_bytes();
    let applicant = Applicant { code_id: KeyId([code; 8]), public_key, folio_prefixes: vec![1, 2, 3, 4, 5] };
    store.enrol(applicant, Arc::new(Enrolment { public_key, proof_fits: true }), now_unix_s).await.unwrap()
}

/// A stand: its key, its certificate and one ledger. Cloning it clones the machine.
#[derive(Clone)]
pub(crate) struct Stand {
    pub(crate) key: SigningKey,
    pub(crate) device: DeviceId,
    pub(crate) epoch: Epoch,
    pub(crate) certificate: Vec<u8>,
    pub(crate) genesis: Hash,
    pub(crate) entries: Vec<Entry>,
    pub(crate) rng: ChaCha20Rng,
}

impl Stand {
    /// A stand that is enrolled at the store's office.
    pub(crate) async fn enrolled(store: &dyn Store, seed: u8) -> Self {
        store.add_code(code(seed)).await.unwrap();
        let Enrolled::Answer(answer) = apply(store, seed, seed, NOW).await else { panic!("not enrolled") };
        let certificate = answer.get(format!("answer to CODE-{seed}").len()..).unwrap();
        let (device, epoch) = (DeviceId([seed; 16]), Epoch([seed; 8]));
        Self {
            key: key(seed),
            device,
            epoch,
            genesis: genesis(OFFICE, certificate, epoch),
            certificate: certificate.to_vec(),
            entries: Vec::new(),
            rng: ChaCha20Rng::from_seed([seed; 32]),
        }
    }

    /// The same machine under another life: it draws other numbers from here on.
    pub(crate) fn diverged(&self, seed: u8) -> Self {
        Self { rng: ChaCha20Rng::from_seed([seed; 32]), ..self.clone() }
    }

    /// The same machine at the beginning of another ledger.
    pub(crate) fn begun(&self, number: u64) -> Self {
        let epoch = Epoch(number.to_be_bytes());
        let genesis = genesis(OFFICE, &self.certificate, epoch);
        Self { epoch, genesis, entries: Vec::new(), ..self.clone() }
    }

    pub(crate) fn record(&mut self, entries: usize) -> &mut Self {
        for _ in 0..entries {
            let mut sealed = vec![0; 200];
            self.rng.fill_bytes(&mut sealed);
            self.record_sealed(EntryKind::REQUEST, sealed);
        }
        self
    }

    pub(crate) fn record_sealed(&mut self, kind: EntryKind, sealed: Vec<u8>) {
        let seq = self.entries.len() as u64 + 1;
        self.entries.push(Entry { seq, kind, key_id: KeyId([5; 8]), dictionary: 1, sealed });
    }

    /// The chain's hash after so many entries.
    pub(crate) fn head_at(&self, count: usize) -> Hash {
        self.entries[..count].iter().fold(self.genesis, |previous, entry| entry.hash(previous))
    }

    /// A push of the entries from..to.
    pub(crate) fn push(&self, from: usize, to: usize) -> SignedPush {
        let push = Push {
            office: OFFICE,
            device: self.device,
            epoch: self.epoch,
            from: from as u64,
            previous: self.head_at(from),
            entries: self.entries[from..to].iter().map(PushEntry::from).collect(),
            head: self.head_at(to),
        };
        SignedPush::open(push.sign(&self.key), &self.key.verifying_key()).unwrap()
    }

    /// Pushes entries from..to and returns the answer's bytes.
    pub(crate) async fn send(&self, store: &dyn Store, from: usize, to: usize, now_unix_s: u64) -> Accepted {
        store.accept_push(self.push(from, to), office_key(), now_unix_s).await.unwrap()
    }

    /// Pushes entries from..to and checks what the answer says.
    pub(crate) async fn expect(
        &self,
        store: &dyn Store,
        (from, to): (usize, usize),
        stored: usize,
        said: Said,
    ) {
        let accepted = self.send(store, from, to, NOW).await;
        assert_eq!(accepted.stored, stored, "{from}..{to}");
        assert_eq!(read(&accepted), said, "{from}..{to}");
    }

    pub(crate) fn accepted(&self, count: usize) -> Said {
        (Outcome::Accepted, None, count as u64, self.head_at(count))
    }

    pub(crate) fn forked(&self, count: usize) -> Said {
        (Outcome::Quarantined, Some(QuarantineReason::Fork), count as u64, self.head_at(count))
    }

    pub(crate) fn gap(&self, count: usize) -> Said {
        (Outcome::Gap, None, count as u64, self.head_at(count))
    }
}

/// What a checkpoint says, its time and names apart.
pub(crate) type Said = (Outcome, Option<QuarantineReason>, u64, Hash);

pub(crate) fn read(accepted: &Accepted) -> Said {
    let checkpoint = Checkpoint::open(&accepted.checkpoint, &office_key().verifying_key()).unwrap();
    (checkpoint.outcome, checkpoint.reason, checkpoint.count, checkpoint.head)
}
