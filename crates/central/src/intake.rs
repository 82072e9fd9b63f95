//! From the bytes of a push to the bytes of its answer.
//!
//! What is not signed by a stand of this office is refused. What is, is never lost: a push is stored or answered
//! from what is stored, and signed bytes that are no push, or one that would begin too many branches, are kept apart
//! for a person to look at (promise 6).

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use central_db::{
    Accepted, KeptApart, KeptPush, SignCheckpoint, SignedPush, Store, StoreError, signed_payload_hash,
};
use ed25519_dalek::VerifyingKey;
use wire::push::PushError;
use wire::sign1::Sign1;
use wire::{DeviceId, KeyId, OfficeId};

/// Why a readable push is kept apart, as a stable code.
const TOO_MANY_BRANCHES: &str = "too_many_branches";

/// Why a push was not taken.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Not the form of anything signed.
    #[error("not a signed push")]
    Malformed,
    /// Signed by a key that no stand of this office has.
    #[error("not signed by a stand of this office")]
    UnknownSigner,
    /// The signature does not fit the stand's key.
    #[error("the signature does not verify")]
    BadSignature,
    /// Signed by a stand, and not readable as its push. Kept.
    #[error("signed, but not readable as this stand's push: {code}")]
    Unreadable {
        /// What is wrong, as a stable code.
        code: &'static str,
    },
    /// A push of a stand that would begin one branch more than a stand may have. Kept.
    #[error("this stand has as many branches as it may")]
    TooManyBranches,
    /// Signed by a stand, and not to be taken; as many of those came within a day as may be. Not kept.
    #[error("signed, but not to be taken, and too many of those were kept today: {code}")]
    TooManyKept {
        /// What is wrong, as a stable code.
        code: &'static str,
    },
    /// Signed by a stand, and not to be taken; as many of those lie here as may. Not kept.
    #[error("signed, but not to be taken, and no more of those are kept until a person has looked: {code}")]
    KeptFull {
        /// What is wrong, as a stable code.
        code: &'static str,
    },
    /// Keeping it failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Takes pushes. Holds no private key but the one that signs checkpoints.
pub struct Intake {
    office: OfficeId,
    store: Arc<dyn Store>,
    signer: Arc<dyn SignCheckpoint>,
    /// A stand's key never changes, so a key found once needs no second look. Only known stands are remembered:
    /// strangers can't make it grow.
    known: Mutex<BTreeMap<KeyId, (DeviceId, VerifyingKey)>>,
}

impl Intake {
    /// An intake of this office.
    pub fn new(office: OfficeId, store: Arc<dyn Store>, signer: Arc<dyn SignCheckpoint>) -> Self {
        Self { office, store, signer, known: Mutex::default() }
    }

    /// The office that it takes for.
    pub(crate) fn office(&self) -> OfficeId {
        self.office
    }

    /// Takes the bytes of one push.
    pub async fn take(&self, bytes: Vec<u8>, now_unix_s: u64) -> Result<Accepted, Refusal> {
        let kid = Sign1::read(&bytes).map_err(|_| Refusal::Malformed)?.kid;
        let (device, key) = self.signer_of(kid).await?.ok_or(Refusal::UnknownSigner)?;
        let bytes = Arc::new(bytes);
        let push = match SignedPush::open(Arc::clone(&bytes), &key) {
            Ok(push) => push,
            Err(error) => {
                return Err(self.keep_apart(device, &key, bytes, code_of(&error), now_unix_s).await);
            }
        };
        if push.office() != self.office {
            return Err(self.keep_apart(device, &key, bytes, "other_office", now_unix_s).await);
        }
        if push.device() != device {
            return Err(self.keep_apart(device, &key, bytes, "other_device", now_unix_s).await);
        }
        match self.store.accept_push(push, Arc::clone(&self.signer), now_unix_s).await {
            Err(StoreError::TooManyBranches(_)) => {
                Err(self.keep_apart(device, &key, bytes, TOO_MANY_BRANCHES, now_unix_s).await)
            }
            taken => Ok(taken?),
        }
    }

    /// The stand and key behind a key id.
    pub(crate) async fn signer_of(&self, kid: KeyId) -> Result<Option<(DeviceId, VerifyingKey)>, StoreError> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner).get(&kid).copied();
        if known.is_some() {
            return Ok(known);
        }
        let Some(device) = self.store.device_by_kid(kid).await? else { return Ok(None) };
        let Ok(key) = VerifyingKey::from_bytes(&device.public_key) else { return Ok(None) };
        self.known.lock().unwrap_or_else(PoisonError::into_inner).insert(kid, (device.device, key));
        Ok(Some((device.device, key)))
    }

    /// Keeps signed bytes that can't be taken as a push of this stand; what isn't even signed by it is refused.
    async fn keep_apart(
        &self,
        device: DeviceId,
        key: &VerifyingKey,
        signed: Arc<Vec<u8>>,
        code: &'static str,
        now_unix_s: u64,
    ) -> Refusal {
        let Some(payload_hash) = signed_payload_hash(&signed, key) else { return Refusal::BadSignature };
        tracing::warn!(%device, code, "a stand signed what can't be taken as its push");
        let signed = Arc::unwrap_or_clone(signed);
        let push = KeptPush { device, payload_hash, why: code.into(), signed, received_unix_s: now_unix_s };
        match self.store.keep_apart(push).await {
            Ok(KeptApart::Kept) if code == TOO_MANY_BRANCHES => Refusal::TooManyBranches,
            Ok(KeptApart::Kept) => Refusal::Unreadable { code },
            Ok(KeptApart::TooManyToday) => Refusal::TooManyKept { code },
            Ok(KeptApart::Full) => Refusal::KeptFull { code },
            Err(error) => error.into(),
        }
    }
}

fn code_of(error: &PushError) -> &'static str {
    match error {
        PushError::Malformed(_) | PushError::Signature(_) => "malformed",
        PushError::Version(_) => "version",
        PushError::Chain => "chain",
    }
}
