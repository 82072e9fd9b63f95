//! The opening role: opens what waits and writes down what lists need.

use central_db::{Found, Opened, RequestLine, SealedEntry, Store as _};
use domain::Certainty;
use wire::body::Body;
use wire::compress;

use super::Office;
use crate::Trouble;
use crate::plan::Broken;

/// Entries opened in one go.
const OPENED_MAX: usize = 256;

impl Office {
    /// Opens everything that waits.
    pub(crate) fn open_all(&mut self, now_unix_s: u64) -> Result<(), Trouble> {
        loop {
            let mut waiting = self.ask(async |store| store.unopened(OPENED_MAX).await)?;
            if self.broken == Some(Broken::OfficeLeavesQuarantineClosed) {
                waiting.retain(|entry| entry.quarantine.is_none());
            }
            if waiting.is_empty() {
                return Ok(());
            }
            for entry in &waiting {
                self.bring(entry, now_unix_s)?;
            }
            let opened = waiting.iter().map(|entry| self.open(entry)).collect();
            self.ask(async |store| store.store_opened(opened, now_unix_s).await)?;
        }
    }

    /// Takes in what a copy of a pool holds, as if its stand had pushed it.
    fn bring(&mut self, entry: &SealedEntry, now_unix_s: u64) -> Result<(), Trouble> {
        let Some(Body::Resting(copy)) = self.body(entry) else { return Ok(()) };
        let Some(push) = copy.push else { return Ok(()) };
        for reply in self.push(&push, 1, now_unix_s)? {
            self.copies.insert((reply.answer.device, reply.answer.epoch));
        }
        Ok(())
    }

    fn body(&self, entry: &SealedEntry) -> Option<Body> {
        let packed = self.opening.open(&entry.sealed, &entry.position()).ok()?;
        let body = compress::unpack(entry.dictionary, &packed).ok()?;
        Body::decode(entry.kind, &body).ok()
    }

    fn open(&self, entry: &SealedEntry) -> Opened {
        Opened {
            id: entry.id,
            received_unix_s: entry.received_unix_s,
            quarantine: entry.quarantine,
            found: self.read(entry).unwrap_or_else(|| Found::Failed { why: "sealed_otherwise".into() }),
            survey: None,
        }
    }

    fn read(&self, entry: &SealedEntry) -> Option<Found> {
        let Body::Request(record) = self.body(entry)? else { return Some(Found::Other) };
        Some(Found::Request(RequestLine {
            folio: record.folio,
            kind: record.filed.kind.clone().unwrap_or_default(),
            comuna: record.filed.comuna.clone().unwrap_or_default(),
            answer_by: "ninguno".into(),
            captured_unix_s: record.captured.at_unix_ms.div_euclid(1_000),
            certainty: Certainty::Unconfirmed,
            paper_at: None,
            due_on: None,
            due_on_legal: None,
            status_token: record.claim.status_token(),
            control_tag: wire::Hash::of(&record.claim.status_token()).0,
        }))
    }
}
