//! The outing: one trip of the stand. Recording never waits for one.

use rand_core::CryptoRng;
use rusqlite::params;
use wire::body::{Body, DrawClosed, OutingClosed, OutingOpened};
use wire::{EntryKind, OutingToken};

use crate::append::Sealer;
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
    /// People to be attended.
    pub goal: Option<u32>,
    /// The staff codes of whoever works at it.
    pub team: Vec<String>,
    /// Names it among all stands that share it; none when the stand opened it by itself.
    pub token: Option<OutingToken>,
    /// How its draw came out, of one that is being closed: the seed is on this machine no more.
    pub draw: Option<DrawClosed>,
}

impl Ledger {
    /// The open outing of the newest ledger.
    pub fn open_outing(&self) -> Result<Option<Outing>, LedgerError> {
        match self.current()? {
            Some(current) => read::open_outing(&self.db, current.ordinal),
            None => Ok(None),
        }
    }

    /// Opens an outing. One that the stand opened by itself, without a place, is closed first.
    pub fn begin_outing(
        &mut self,
        opened: &OutingOpened,
        sealer: &mut Sealer,
        rng: &mut impl CryptoRng,
    ) -> Result<Outing, LedgerError> {
        let ordinal = self.in_transaction(sealer, rng, |append| {
            match read::open_outing(append.tx, append.ordinal)? {
                Some(Outing { place: Some(_), .. }) => return Err(LedgerError::OutingOpen),
                Some(unnamed) => {
                    append.close_outing(&unnamed, opened.captured(), opened.by.clone())?;
                }
                None => {}
            }
            append.open_outing(opened)?;
            Ok(append.ordinal)
        })?;
        read::open_outing(&self.db, ordinal)?.ok_or(LedgerError::NoOuting)
    }

    /// Closes the open outing and returns it. `by` is the staff code of who does.
    pub fn close_outing(
        &mut self,
        captured: domain::Captured,
        by: Option<String>,
        sealer: &mut Sealer,
        rng: &mut impl CryptoRng,
    ) -> Result<Outing, LedgerError> {
        self.in_transaction(sealer, rng, |append| {
            let outing = read::open_outing(append.tx, append.ordinal)?.ok_or(LedgerError::NoOuting)?;
            let draw = append.close_outing(&outing, captured, by)?;
            Ok(Outing { draw, ..outing })
        })
    }

    /// Requests and encounters recorded since an outing of the newest ledger was opened.
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
         FROM entries WHERE epoch = ?1 AND seq > ?2",
    )?;
    let kinds = params![ordinal, seq, EntryKind::REQUEST.0, EntryKind::ENCOUNTER.0];
    Ok(statement.query_row(kinds, |row| Ok((row.get(0)?, row.get(1)?)))?)
}

impl<R: CryptoRng> crate::append::Append<'_, '_, R> {
    fn close_outing(
        &mut self,
        outing: &Outing,
        captured: domain::Captured,
        by: Option<String>,
    ) -> Result<Option<DrawClosed>, LedgerError> {
        let (requests, encounters) = counts_since(self.tx, self.ordinal, outing.seq)?;
        self.append_answers()?;
        let mut closed = OutingClosed::new(captured, outing.seq, requests, encounters).by(by);
        let draw = self.close_draw(outing.seq)?;
        if let Some(draw) = &draw {
            closed = closed.with_draw(draw);
        }
        let (seq, _) = self.entry(&Body::OutingClosed(closed))?;
        self.tx
            .prepare_cached(
                "INSERT INTO outing_closings (epoch, opened_seq, seq, closed_unix_s) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![self.ordinal, outing.seq, seq, captured.at_unix_ms.div_euclid(1_000)])?;
        self.forget_seed(outing.seq)?;
        Ok(draw)
    }
}
