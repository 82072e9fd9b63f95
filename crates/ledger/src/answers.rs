//! Answers to the survey that wait for their outing's closing, and are then appended in an order drawn for it.
//!
//! Nothing in the clear says whose an answer is: its key here is random, and it has no number, time or outing. The entry that
//! says how an invitation ended is another one, and names no answer. What a disk tells all the same is written in
//! `docs/threat-model.md`.

use rand_core::CryptoRng;
use rusqlite::{Connection, params};
use wire::body::{Body, SurveyAnswer};
use wire::chain::Position;
use wire::compress::CURRENT;
use wire::{Entry, EntryKind, KeyId};

use crate::append::Append;
use crate::pool::shuffle;
use crate::{Ledger, LedgerError};

/// An answer that waits, with the random key that it is kept under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestingAnswer {
    pub(crate) token: [u8; 16],
    /// The entry that it becomes, without a position yet.
    pub(crate) entry: Entry,
}

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
        let entry = Entry { seq: 0, kind, key_id, dictionary: CURRENT, sealed };
        insert(self.tx, &RestingAnswer { token, entry })
    }

    /// Appends all that wait, in an order drawn now, and empties the pool.
    pub(crate) fn append_answers(&mut self) -> Result<(), LedgerError> {
        let mut waiting = resting(self.tx)?;
        shuffle(&mut waiting, self.rng);
        for RestingAnswer { entry, .. } in waiting {
            let entry = Entry { seq: self.next_seq(), ..entry };
            self.link(&entry)?;
        }
        self.tx.prepare_cached("DELETE FROM resting_answers")?.execute([])?;
        Ok(())
    }
}

impl Ledger {
    /// Every answer that waits, in the order of their random keys.
    pub fn answers_at_rest(&self) -> Result<Vec<RestingAnswer>, LedgerError> {
        resting(&self.db)
    }

    /// How many answers to the survey wait for the closing.
    pub fn resting_answers(&self) -> Result<u64, LedgerError> {
        let mut statement = self.db.prepare_cached("SELECT count(*) FROM resting_answers")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }
}

/// What is here already stays as it is.
pub(crate) fn insert(
    db: &Connection,
    RestingAnswer { token, entry }: &RestingAnswer,
) -> Result<(), LedgerError> {
    db.prepare_cached(
        "INSERT INTO resting_answers (token, key_id, dictionary, sealed) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT DO NOTHING",
    )?
    .execute(params![token, entry.key_id.0, entry.dictionary, entry.sealed])?;
    Ok(())
}

pub(crate) fn resting(db: &Connection) -> Result<Vec<RestingAnswer>, LedgerError> {
    let mut statement =
        db.prepare_cached("SELECT token, key_id, dictionary, sealed FROM resting_answers ORDER BY token")?;
    let rows = statement.query_map([], |row| {
        let (key_id, dictionary, sealed) = (KeyId(row.get(1)?), row.get(2)?, row.get(3)?);
        let entry = Entry { seq: 0, kind: EntryKind::SURVEY_ANSWER, key_id, dictionary, sealed };
        Ok(RestingAnswer { token: row.get(0)?, entry })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
