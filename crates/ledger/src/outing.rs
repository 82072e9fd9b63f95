//! The outing: one trip of the stand. Recording never waits for one.

use domain::Certainty;
use rand_core::CryptoRng;
use rusqlite::params;
use wire::body::OutingOpened;
use wire::{EntryKind, OutingToken};

use crate::append::Sealer;
use crate::closing::Closing;
use crate::{Ledger, LedgerError, read};

/// An open outing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outing {
    /// The entry that opened it.
    pub seq: u64,
    /// When, in seconds since 1970 (UTC).
    pub opened_unix_s: i64,
    /// The comuna's five-digit code; none when the stand opened the outing by itself.
    pub comuna: Option<String>,
    /// The place, in the team's words.
    pub place: Option<String>,
    /// The kind of place, as a word; none where nobody said.
    pub place_kind: Option<String>,
    /// People to be attended.
    pub goal: Option<u32>,
    /// The staff codes of whoever works at it.
    pub team: Vec<String>,
    /// Names it among all stands that share it; none when the stand opened it by itself.
    pub token: Option<OutingToken>,
    /// How sure the time of opening was.
    pub certainty: Certainty,
}

impl Ledger {
    /// The open outing of the newest ledger.
    pub fn open_outing(&self) -> Result<Option<Outing>, LedgerError> {
        match self.current()? {
            Some(current) => read::open_outing(&self.db, current.ordinal),
            None => Ok(None),
        }
    }

    /// Opens an outing. One that the stand opened by itself, without a place, is closed first, with its act.
    pub fn begin_outing(
        &mut self,
        opened: &OutingOpened,
        sealer: &mut Sealer,
        rng: &mut impl CryptoRng,
        sign: &mut dyn FnMut(&Closing) -> Vec<u8>,
    ) -> Result<Outing, LedgerError> {
        let ordinal = self.in_transaction(sealer, rng, |append| {
            match read::open_outing(append.tx, append.ordinal)? {
                Some(Outing { place: Some(_), .. }) => return Err(LedgerError::OutingOpen),
                Some(unnamed) => {
                    append.close_outing(unnamed, opened.captured(), opened.by.clone(), sign).map(|_| ())?;
                }
                None => {}
            }
            append.open_outing(opened)?;
            Ok(append.ordinal)
        })?;
        read::open_outing(&self.db, ordinal)?.ok_or(LedgerError::NoOuting)
    }

    /// Closes the open outing: appends its profiles in an order drawn now, then the closing entry, and keeps what `sign`
    /// makes of the closing as the act, all in one transaction. `by` is the staff code of who does.
    pub fn close_outing(
        &mut self,
        captured: domain::Captured,
        by: Option<String>,
        sealer: &mut Sealer,
        rng: &mut impl CryptoRng,
        sign: &mut dyn FnMut(&Closing) -> Vec<u8>,
    ) -> Result<Closing, LedgerError> {
        self.in_transaction(sealer, rng, |append| {
            let outing = read::open_outing(append.tx, append.ordinal)?.ok_or(LedgerError::NoOuting)?;
            append.close_outing(outing, captured, by, sign)
        })
    }

    /// Requests and encounters recorded since an outing of the newest ledger was opened, without those that were
    /// declared void.
    pub fn outing_counters(&self, outing: &Outing) -> Result<(u64, u64), LedgerError> {
        match self.current()? {
            Some(current) => counts_since(&self.db, current.ordinal, outing.seq),
            None => Ok((0, 0)),
        }
    }
}

fn counts_since(db: &rusqlite::Connection, ordinal: i64, seq: u64) -> Result<(u64, u64), LedgerError> {
    let mut statement = db.prepare_cached(
        "SELECT count(*) FILTER (WHERE kind = ?3), count(*) FILTER (WHERE kind = ?4)
         FROM entries
         WHERE epoch = ?1 AND seq > ?2
           AND NOT EXISTS (SELECT 1 FROM voids WHERE of_epoch = entries.epoch AND of_seq = entries.seq)",
    )?;
    let kinds = params![ordinal, seq, EntryKind::REQUEST.0, EntryKind::ENCOUNTER.0];
    Ok(statement.query_row(kinds, |row| Ok((row.get(0)?, row.get(1)?)))?)
}
