//! Answers to the survey that wait for their outing's closing, and are then appended in an order drawn for it.
//!
//! Nothing in the clear says whose an answer is: its key here is random, and it has no number, time or outing. The entry that
//! says how an invitation ended is another one, and names no answer. What a disk tells all the same is written in
//! `docs/threat-model.md`.

use rand_core::CryptoRng;
use rusqlite::params;
use wire::body::{Body, SurveyAnswer};
use wire::chain::Position;
use wire::compress::CURRENT;
use wire::{Entry, EntryKind, KeyId};

use crate::append::Append;
use crate::{Ledger, LedgerError};

impl<R: CryptoRng> Append<'_, '_, R> {
    /// Seals an answer and lets it rest until the closing.
    pub(crate) fn rest_answer(&mut self, answer: SurveyAnswer) -> Result<(), LedgerError> {
        let kind = EntryKind::SURVEY_ANSWER;
        let key_id = self.sealer.key_id();
        // A pooled kind's seal leaves stand, ledger and position out.
        let position =
            Position { device: self.device, epoch: self.epoch, seq: 0, kind, key_id, dictionary: CURRENT };
        let sealed = self.sealer.seal(&Body::SurveyAnswer(answer), &position, self.rng)?;
        let mut token = [0; 16];
        self.rng.fill_bytes(&mut token);
        self.tx
            .prepare_cached(
                "INSERT INTO resting_answers (token, key_id, dictionary, sealed) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![token, key_id.0, CURRENT, sealed])?;
        Ok(())
    }

    /// Appends all that wait, in an order drawn now, and empties the pool.
    pub(crate) fn append_answers(&mut self) -> Result<(), LedgerError> {
        let mut waiting: Vec<(u64, Entry)> = {
            let mut statement =
                self.tx.prepare_cached("SELECT key_id, dictionary, sealed FROM resting_answers")?;
            let rows = statement.query_map([], |row| {
                Ok(Entry {
                    seq: 0,
                    kind: EntryKind::SURVEY_ANSWER,
                    key_id: KeyId(row.get(0)?),
                    dictionary: row.get(1)?,
                    sealed: row.get(2)?,
                })
            })?;
            rows.map(|row| Ok((self.rng.next_u64(), row?))).collect::<Result<_, LedgerError>>()?
        };
        waiting.sort_by_key(|(order, _)| *order);
        for (_, entry) in waiting {
            let entry = Entry { seq: self.next_seq(), ..entry };
            self.link(&entry)?;
        }
        self.tx.prepare_cached("DELETE FROM resting_answers")?.execute([])?;
        Ok(())
    }
}

impl Ledger {
    /// How many answers to the survey wait for the closing.
    pub fn resting_answers(&self) -> Result<u64, LedgerError> {
        let mut statement = self.db.prepare_cached("SELECT count(*) FROM resting_answers")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }
}
