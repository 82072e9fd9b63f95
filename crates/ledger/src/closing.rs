//! Closing an outing: its profiles, its last entry and its act, in one transaction; and what is kept of it.

use domain::{Kind, Outcome};
use rand_core::CryptoRng;
use rusqlite::{Connection, OptionalExtension as _, params};
use wire::act::Whereabouts;
use wire::body::{Body, DrawClosed, OutingClosed};
use wire::counts::OutingCounts;
use wire::{EntryKind, Epoch, Hash};

use crate::append::Append;
use crate::push::outcome_code;
use crate::read::{self, Word};
use crate::{Ledger, LedgerError, Outing};

/// A paper that is counted for the closing act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperMade {
    /// A citizen's receipt, sent to the printer.
    Receipt,
    /// A copy of one, on paper or in a file.
    Copy,
}

impl PaperMade {
    fn as_str(self) -> &'static str {
        match self {
            Self::Receipt => "receipt_printed",
            Self::Copy => "copy_made",
        }
    }
}

/// An outing that was closed, as an act states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// The ledger.
    pub epoch: Epoch,
    /// The outing.
    pub outing: Outing,
    /// The entry that closed it.
    pub closed: u64,
    /// The chain's hash after it.
    pub head: Hash,
    /// When, and how sure.
    pub captured: domain::Captured,
    /// What was recorded in it.
    pub counts: OutingCounts,
    /// Receipts sent to the printer.
    pub receipts_printed: u64,
    /// Copies made.
    pub copies: u64,
    /// Where this file's entries were.
    pub whereabouts: Whereabouts,
    /// How its draw came out: the seed is on this machine no more. None where nobody was invited.
    pub draw: Option<DrawClosed>,
}

/// An act as kept, with what has become of its closing since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptAct {
    /// The ledger.
    pub epoch: Epoch,
    /// The outing.
    pub outing: Outing,
    /// The entry that closed it.
    pub closed: u64,
    /// When, in seconds since 1970 (UTC).
    pub closed_unix_s: i64,
    /// The chain's hash after that entry.
    pub head: Hash,
    /// What this stand stated.
    pub signed: Vec<u8>,
    /// What the office certified, if it has.
    pub certificate: Option<Vec<u8>>,
    /// Whether the office has signed that it holds the closing.
    pub acknowledged: bool,
    /// Encounters of this file that were declared void while it was open; the act counts them among the encounters.
    pub voided_encounters: u64,
    /// Requests, in the same way.
    pub voided_requests: u64,
}

impl Ledger {
    /// Counts a paper for the open outing; without one it is not counted.
    pub fn count_paper(&self, paper: PaperMade) -> Result<(), LedgerError> {
        match self.current()? {
            Some(current) => match read::open_outing(&self.db, current.ordinal)? {
                Some(outing) => count(&self.db, current.ordinal, outing.seq, paper.as_str()),
                None => Ok(()),
            },
            None => Ok(()),
        }
    }

    /// Every act of this file, the newest first.
    pub fn acts(&self) -> Result<Vec<KeptAct>, LedgerError> {
        let mut statement = self.db.prepare_cached(
            "SELECT opened.seq, opened.opened_unix_s, opened.comuna, opened.place, opened.goal, opened.certainty,
                    opened.team, opened.token, opened.place_kind, epochs.epoch, closed.seq, closed.closed_unix_s,
                    entries.hash, acts.signed, certificates.signed,
                    coalesce(reconciliations.acknowledged, 0) >= closed.seq,
                    (SELECT count(DISTINCT of_epoch || ' ' || of_seq) FROM voids
                     JOIN entries AS target ON target.epoch = voids.of_epoch AND target.seq = voids.of_seq
                     WHERE voids.epoch = acts.epoch AND voids.seq BETWEEN opened.seq AND closed.seq
                       AND target.kind = ?1),
                    (SELECT count(DISTINCT of_epoch || ' ' || of_seq) FROM voids
                     JOIN entries AS target ON target.epoch = voids.of_epoch AND target.seq = voids.of_seq
                     WHERE voids.epoch = acts.epoch AND voids.seq BETWEEN opened.seq AND closed.seq
                       AND target.kind = ?2)
             FROM acts
             JOIN epochs ON epochs.ordinal = acts.epoch
             JOIN outing_openings AS opened ON opened.epoch = acts.epoch AND opened.seq = acts.opened_seq
             JOIN outing_closings AS closed ON closed.epoch = acts.epoch AND closed.opened_seq = acts.opened_seq
             JOIN entries ON entries.epoch = acts.epoch AND entries.seq = closed.seq
             LEFT JOIN certificates ON certificates.epoch = acts.epoch AND certificates.seq = closed.seq
             LEFT JOIN reconciliations ON reconciliations.epoch = acts.epoch
             ORDER BY acts.epoch DESC, acts.opened_seq DESC",
        )?;
        let kinds = params![EntryKind::ENCOUNTER.0, EntryKind::REQUEST.0];
        let rows = statement.query_map(kinds, |row| {
            Ok(KeptAct {
                outing: read::outing_row(row)?,
                epoch: Epoch(row.get(9)?),
                closed: row.get(10)?,
                closed_unix_s: row.get(11)?,
                head: Hash(row.get(12)?),
                signed: row.get(13)?,
                certificate: row.get(14)?,
                acknowledged: row.get(15)?,
                voided_encounters: row.get(16)?,
                voided_requests: row.get(17)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Keeps the office's certificate of a closing, in the place of an earlier one.
    pub fn store_certificate(&mut self, epoch: Epoch, closed: u64, signed: &[u8]) -> Result<(), LedgerError> {
        self.db
            .prepare_cached(
                "INSERT INTO certificates (epoch, seq, signed)
                 SELECT ordinal, ?2, ?3 FROM epochs WHERE epoch = ?1
                 ON CONFLICT DO UPDATE SET signed = excluded.signed",
            )?
            .execute(params![epoch.0, closed, signed])?;
        Ok(())
    }

    /// Entries of this file that are only here, and that the office holds.
    pub fn whereabouts(&self) -> Result<Whereabouts, LedgerError> {
        whereabouts(&self.db)
    }
}

impl<R: CryptoRng> Append<'_, '_, R> {
    /// Counts an encounter by its outcome.
    pub(crate) fn count_outcome(&self, opened: u64, outcome: Option<&str>) -> Result<(), LedgerError> {
        match outcome.and_then(Outcome::parse) {
            Some(outcome) => count(self.tx, self.ordinal, opened, outcome.as_str()),
            None => Ok(()),
        }
    }

    /// Appends the pool and the closing entry, and keeps the act that is made of them.
    pub(crate) fn close_outing(
        &mut self,
        outing: Outing,
        captured: domain::Captured,
        by: Option<String>,
        sign: &mut dyn FnMut(&Closing) -> Vec<u8>,
    ) -> Result<Closing, LedgerError> {
        // The profiles last: as many as are counted stand right before the closing.
        self.append_answers()?;
        let profiles = self.append_pool()?;
        let draw = self.close_draw(outing.seq)?;
        let counts = OutingCounts { profiles, ..counts(self.tx, self.ordinal, outing.seq)? };
        let mut body = OutingClosed::new(captured, outing.seq, &counts).by(by);
        if let Some(draw) = &draw {
            body = body.with_draw(draw);
        }
        let (closed, _) = self.entry(&Body::OutingClosed(body))?;
        self.tx
            .prepare_cached(
                "INSERT INTO outing_closings (epoch, opened_seq, seq, closed_unix_s) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![self.ordinal, outing.seq, closed, captured.at_unix_ms.div_euclid(1_000)])?;
        self.forget_seed(outing.seq)?;
        let paper = |paper: PaperMade| counted(self.tx, self.ordinal, outing.seq, paper.as_str());
        let closing = Closing {
            epoch: self.epoch,
            closed,
            head: self.head,
            captured,
            counts,
            receipts_printed: paper(PaperMade::Receipt)?,
            copies: paper(PaperMade::Copy)?,
            whereabouts: whereabouts(self.tx)?,
            draw,
            outing,
        };
        self.tx
            .prepare_cached("INSERT INTO acts (epoch, opened_seq, signed) VALUES (?1, ?2, ?3)")?
            .execute(params![self.ordinal, closing.outing.seq, sign(&closing)])?;
        Ok(closing)
    }
}

fn count(db: &Connection, ordinal: i64, opened: u64, what: &str) -> Result<(), LedgerError> {
    db.prepare_cached(
        "INSERT INTO outing_counts (epoch, opened_seq, what, count) VALUES (?1, ?2, ?3, 1)
         ON CONFLICT DO UPDATE SET count = count + 1",
    )?
    .execute(params![ordinal, opened, what])?;
    Ok(())
}

fn counted(db: &Connection, ordinal: i64, opened: u64, what: &str) -> Result<u64, LedgerError> {
    let mut statement = db.prepare_cached(
        "SELECT count FROM outing_counts WHERE epoch = ?1 AND opened_seq = ?2 AND what = ?3",
    )?;
    let found = statement.query_row(params![ordinal, opened, what], |row| row.get(0)).optional()?;
    Ok(found.unwrap_or_default())
}

/// What was recorded since an outing was opened, profiles apart.
fn counts(db: &Connection, ordinal: i64, opened: u64) -> Result<OutingCounts, LedgerError> {
    let mut counts = OutingCounts::default();
    for outcome in Outcome::ALL {
        counts.add_outcome(*outcome, counted(db, ordinal, opened, outcome.as_str())?);
    }
    let mut kinds =
        db.prepare_cached("SELECT kind, count(*) FROM requests WHERE epoch = ?1 AND seq > ?2 GROUP BY kind")?;
    let rows = kinds.query_map(params![ordinal, opened], |row| {
        Ok((row.get::<_, Word<Kind>>(0)?.0, row.get::<_, u64>(1)?))
    })?;
    for row in rows {
        let (kind, count) = row?;
        counts.add_kind(kind, count);
    }
    let mut small = db.prepare_cached(
        "SELECT count(*) FILTER (WHERE kind = ?3), count(*) FILTER (WHERE kind = ?4),
                count(*) FILTER (WHERE kind = ?5)
         FROM entries WHERE epoch = ?1 AND seq > ?2",
    )?;
    let (addition, withdrawal, void) = (EntryKind::ADDITION, EntryKind::WITHDRAWAL, EntryKind::VOID);
    let (additions, withdrawals, voids) = small
        .query_row(params![ordinal, opened, addition.0, withdrawal.0, void.0], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?;
    Ok(OutingCounts { additions, withdrawals, voids, ..counts })
}

/// Where the entries of all ledgers of a file are. Those that the office keeps apart are counted from the last answer
/// that accepted a ledger without reserve to the last one that did not.
fn whereabouts(db: &Connection) -> Result<Whereabouts, LedgerError> {
    let mut statement = db.prepare_cached(
        "SELECT coalesce((SELECT max(seq) FROM entries WHERE entries.epoch = ordinal), 0),
                coalesce((SELECT acknowledged FROM reconciliations WHERE reconciliations.epoch = ordinal), 0),
                coalesce((SELECT max(count) FROM checkpoints WHERE checkpoints.epoch = ordinal AND outcome = ?1), 0),
                coalesce((SELECT max(count) FROM checkpoints WHERE checkpoints.epoch = ordinal AND outcome = ?2), 0),
                coalesce((SELECT count FROM hand_overs WHERE hand_overs.epoch = ordinal), 0)
         FROM epochs",
    )?;
    let codes = [wire::push::Outcome::Accepted, wire::push::Outcome::Quarantined].map(outcome_code);
    let mut rows = statement.query(codes)?;
    let mut found = Whereabouts::default();
    while let Some(row) = rows.next()? {
        let (count, acknowledged): (u64, u64) = (row.get(0)?, row.get(1)?);
        let (accepted, apart, handed_over): (u64, u64, u64) = (row.get(2)?, row.get(3)?, row.get(4)?);
        found.held = found.held.saturating_add(count.saturating_sub(acknowledged));
        found.carried = found.carried.saturating_add(handed_over.min(count).saturating_sub(acknowledged));
        found.acknowledged = found.acknowledged.saturating_add(acknowledged);
        let apart = apart.min(acknowledged).saturating_sub(accepted);
        found.quarantined = found.quarantined.saturating_add(apart);
    }
    Ok(found)
}
