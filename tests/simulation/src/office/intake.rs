//! What a request meets at the office: the checks before the store, and the store's answer.

use std::sync::Arc;

use central_db::{Accepted, SignedPush, Store as _};
use ed25519_dalek::VerifyingKey;
use sync::Fault;
use wire::manifest::Manifest;
use wire::push::{Checkpoint, Outcome, Push, QuarantineReason};
use wire::sign1::Sign1;
use wire::{Hash, KeyId};

use super::Office;
use super::issuer::Issuer;
use crate::Trouble;
use crate::plan::Broken;

/// A signed answer to a push.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub(crate) payload: Hash,
    /// Entries before the push.
    pub(crate) from: u64,
    pub(crate) bytes: Vec<u8>,
    pub(crate) answer: Checkpoint,
    /// Decided now, and not repeated.
    pub(crate) fresh: bool,
}

/// What became of a manifest request.
pub(crate) enum ManifestReply {
    NotModified,
    Given { bytes: Vec<u8>, etag: String, manifest: Manifest },
}

impl Office {
    /// Takes the same push `times` times at once, as repeated messages come, and answers each.
    pub(crate) fn push(
        &mut self,
        bytes: &[u8],
        times: usize,
        now_unix_s: u64,
    ) -> Result<Vec<Reply>, Trouble> {
        let refused = |code: &str| Trouble::Refused(Fault::Refused { status: 401, code: code.into() });
        let signed = Sign1::read(bytes).map_err(|_| refused("unsigned"))?;
        let payload = Hash::of(signed.unverified_payload());
        let kid = signed.kid;
        let device =
            self.ask(async |store| store.device_by_kid(kid).await)?.ok_or_else(|| refused("uncertified"))?;
        let key = VerifyingKey::from_bytes(&device.public_key).map_err(|_| refused("bad_key"))?;
        let push = SignedPush::open(bytes.to_vec(), &key).map_err(|_| refused("bad_signature"))?;
        let read = Push::open(&signed, &key).map_err(|_| refused("malformed"))?;
        self.seen.insert((read.device, read.epoch));
        if self.broken == Some(Broken::OfficeForgets) && read.from > 0 {
            return Ok(vec![self.lie(payload, &read, Outcome::Accepted, None, now_unix_s)]);
        }
        if self.broken == Some(Broken::OfficeDropsForks) && self.would_fork(&read)? {
            let fork = Some(QuarantineReason::Fork);
            return Ok(vec![self.lie(payload, &read, Outcome::Quarantined, fork, now_unix_s)]);
        }
        let accepted = self.take(&push, times, now_unix_s)?;
        accepted.into_iter().map(|accepted| self.reply(payload, &read, accepted, now_unix_s)).collect()
    }

    fn take(&self, push: &SignedPush, times: usize, now_unix_s: u64) -> Result<Vec<Accepted>, Trouble> {
        let signer = Arc::new(self.checkpoint.clone());
        self.ask(async |store| {
            let one = || store.accept_push(push.clone(), signer.clone(), now_unix_s);
            Ok(match times {
                0 | 1 => vec![one().await?],
                2 => {
                    let (first, second) = tokio::join!(one(), one());
                    vec![first?, second?]
                }
                _ => {
                    let (first, second, third) = tokio::join!(one(), one(), one());
                    vec![first?, second?, third?]
                }
            })
        })
    }

    fn reply(
        &self,
        payload: Hash,
        push: &Push<'_>,
        taken: Accepted,
        now_unix_s: u64,
    ) -> Result<Reply, Trouble> {
        let answer = Checkpoint::open(&taken.checkpoint, &self.checkpoint_key())?;
        let (from, fresh) = (push.from, taken.outcome.is_some());
        if self.broken == Some(Broken::OfficeAnswersAnew) && !fresh {
            let at = (answer.count, answer.head);
            let anew = Checkpoint::new(push, answer.outcome, answer.reason, at, now_unix_s);
            return Ok(Reply { payload, from, bytes: anew.sign(&self.checkpoint), answer: anew, fresh });
        }
        Ok(Reply { payload, from, bytes: taken.checkpoint, answer, fresh })
    }

    /// An answer without anything behind it.
    fn lie(
        &self,
        payload: Hash,
        push: &Push<'_>,
        outcome: Outcome,
        reason: Option<QuarantineReason>,
        now_unix_s: u64,
    ) -> Reply {
        let answer = Checkpoint::new(push, outcome, reason, (push.count(), push.head), now_unix_s);
        Reply { payload, from: push.from, bytes: answer.sign(&self.checkpoint), answer, fresh: true }
    }

    fn would_fork(&self, push: &Push<'_>) -> Result<bool, Trouble> {
        let held = self.audit()?;
        let at = |seq| held.chains.iter().find(|c| (c.0, c.1, c.2) == (push.device, push.epoch, seq));
        Ok(push.hashes().any(|(seq, hash, _)| at(seq).is_some_and(|known| known.3 != hash)))
    }

    pub(crate) fn manifest(
        &self,
        kid: KeyId,
        etag: Option<&str>,
        held: Option<u64>,
        now_unix_s: u64,
    ) -> Result<ManifestReply, Trouble> {
        let falls = self.broken == Some(Broken::OfficeWatermarksFall);
        let hears = self.broken != Some(Broken::OfficeHearsNoNumbers);
        let issuer = Issuer {
            office: self.id,
            content: self.content.clone(),
            safe: self.safe.clone(),
            short_by: if falls { now_unix_s.rem_euclid(3) } else { 0 },
        };
        let issued = self.ask(async |store| {
            let Some(device) = store.device_by_kid(kid).await? else { return Ok(None) };
            store
                .manifest(device.device, held.filter(|_| hears), Arc::new(issuer), now_unix_s)
                .await
                .map(Some)
        })?;
        let unknown = || Trouble::Refused(Fault::Refused { status: 404, code: "unknown_stand".into() });
        let issued = issued.ok_or_else(unknown)?;
        let current = format!("\"{}\"", issued.number);
        if etag == Some(current.as_str()) {
            return Ok(ManifestReply::NotModified);
        }
        let manifest = Manifest::open(&issued.signed, &self.content_key())?;
        Ok(ManifestReply::Given { bytes: issued.signed, etag: current, manifest })
    }

    pub(crate) fn part(&self, hash: Hash) -> Result<Option<Vec<u8>>, Trouble> {
        self.ask(async |store| store.part(hash).await)
    }
}
