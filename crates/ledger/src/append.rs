//! Appending: number, seal, link, write, commit, in that order and in one transaction.

use domain::{DevicePrefix, Folio, Request};
use rand_core::CryptoRng;
use rusqlite::{OptionalExtension as _, Transaction, TransactionBehavior, params};
use uuid::Uuid;
use wire::body::{Body, Due, LedgerOpened, OutingOpened, RequestRecord};
use wire::chain::{self, Position};
use wire::compress::{CURRENT, Packer};
use wire::receipt::ClaimKey;
use wire::seal::SealingKey;
use wire::{Entry, EntryKind, Hash, KeyId};

use crate::draw::{DrawTerms, opened_with};
use crate::read::{self, RequestRow};
use crate::{Ledger, LedgerError};

const MINUTE_MS: i64 = 60_000;

/// Seals bodies to the office's key. Opens nothing.
pub struct Sealer {
    key: SealingKey,
    packer: Packer,
}

impl Sealer {
    /// A sealer for this key, with the current dictionary.
    pub fn new(key: SealingKey) -> Self {
        Self { key, packer: Packer::default() }
    }

    /// The key that opens what it seals.
    pub(crate) fn key_id(&self) -> KeyId {
        self.key.id()
    }

    pub(crate) fn seal(
        &mut self,
        body: &Body,
        position: &Position,
        rng: &mut impl CryptoRng,
    ) -> Result<Vec<u8>, LedgerError> {
        let packed = zeroize::Zeroizing::new(self.packer.pack(&body.encode())?);
        Ok(self.key.seal(&packed, position, rng)?)
    }
}

/// A checked request that is to be recorded.
pub struct NewRequest<'a> {
    /// The record's id: filed, or drawn.
    pub id: Uuid,
    /// What was filed.
    pub request: &'a Request,
    /// The citizen's key, just drawn.
    pub claim: ClaimKey,
    /// When, and how sure.
    pub captured: domain::Captured,
    /// What is promised.
    pub due: Option<Due>,
}

/// Whether a record was made now or had been made before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Appended<T> {
    /// Recorded now.
    New(T),
    /// This id was recorded before; nothing was written.
    Known(T),
}

impl<T> Appended<T> {
    /// The record, whenever it was made.
    pub fn into_inner(self) -> T {
        match self {
            Self::New(row) | Self::Known(row) => row,
        }
    }
}

/// Where an entry came to stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct At {
    /// The ledger.
    pub epoch: wire::Epoch,
    /// The position.
    pub seq: u64,
}

impl Ledger {
    /// Records a request under a new folio. Returns after the durable commit.
    ///
    /// Without an open outing, one of unknown place is opened in the same transaction: a citizen is never
    /// refused for what the team forgot.
    pub fn append_request(
        &mut self,
        new: &NewRequest<'_>,
        prefix: DevicePrefix,
        sealer: &mut Sealer,
        rng: &mut impl CryptoRng,
    ) -> Result<Appended<RequestRow>, LedgerError> {
        self.in_transaction(sealer, rng, |append| {
            if let Some((ordinal, seq)) = append.find(new.id)? {
                return Ok(read::request_at(append.tx, ordinal, seq)?.map(Appended::Known));
            }
            let outing = append.ensure_outing(new.captured)?;
            let folio = append.draw_folio(prefix)?;
            let record = RequestRecord {
                id: new.id,
                claim: new.claim.clone(),
                folio,
                captured: new.captured,
                filed: new.request.to_draft(),
                due: new.due,
                outing: Some(outing),
            };
            let (seq, _) = append.entry(&Body::Request(Box::new(record)))?;
            append.remember(new.id, seq, new.captured)?;
            append.request(new, folio, seq, outing)?;
            Ok(read::request_at(append.tx, append.ordinal, seq)?.map(Appended::New))
        })?
        .ok_or_else(|| LedgerError::Sqlite(rusqlite::Error::QueryReturnedNoRows))
    }

    /// Records anything else that is not a request or an outing. `body` is made from the outing's position.
    pub fn append(
        &mut self,
        id: Uuid,
        captured: domain::Captured,
        sealer: &mut Sealer,
        rng: &mut impl CryptoRng,
        body: impl FnOnce(u64) -> Body,
    ) -> Result<Appended<At>, LedgerError> {
        self.append_and(id, captured, sealer, rng, body, |_| Ok(()))
    }

    /// The same, with something more in the same transaction when the record is new.
    pub(crate) fn append_and<R: CryptoRng>(
        &mut self,
        id: Uuid,
        captured: domain::Captured,
        sealer: &mut Sealer,
        rng: &mut R,
        body: impl FnOnce(u64) -> Body,
        more: impl FnOnce(&mut Append<'_, '_, R>) -> Result<(), LedgerError>,
    ) -> Result<Appended<At>, LedgerError> {
        self.in_transaction(sealer, rng, |append| {
            if let Some(known) = append.known(id)? {
                return Ok(Appended::Known(known));
            }
            let outing = append.ensure_outing(captured)?;
            let mut body = body(outing);
            if let Body::Encounter(attended) = &mut body {
                attended.place = append.next_place(outing)?;
            }
            let (seq, _) = append.entry(&body)?;
            append.remember(id, seq, captured)?;
            append.note_draw(outing, &body, seq)?;
            match &body {
                Body::Encounter(attended) => {
                    append.count_outcome(outing, attended.record.filed.outcome.as_deref())?;
                }
                Body::Void(void) => append.note_void(&void.filed, seq)?,
                _ => {}
            }
            more(append)?;
            Ok(Appended::New(At { epoch: append.epoch, seq }))
        })
    }

    /// Begins a ledger with its first entry, which says why. From here on entries go to it. Answers that rested in the
    /// ledger before it follow at once, shuffled: no outing of this one invited who gave them, so that its closing
    /// must not count them.
    pub fn begin(
        &mut self,
        epoch: wire::Epoch,
        opened: LedgerOpened,
        sealer: &mut Sealer,
        rng: &mut impl CryptoRng,
    ) -> Result<At, LedgerError> {
        let genesis = self.identity.genesis(epoch);
        let device = self.identity.device;
        self.check_in_place()?;
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        tx.execute("INSERT INTO epochs (epoch, genesis) VALUES (?1, ?2)", params![epoch.0, genesis.0])?;
        let ordinal = tx.last_insert_rowid();
        let mut append =
            Append { tx: &tx, sealer, rng, device, ordinal, epoch, count: 0, head: genesis, terms: None };
        let (seq, _) = append.entry(&Body::LedgerOpened(opened))?;
        append.append_answers()?;
        tx.commit()?;
        Ok(At { epoch, seq })
    }

    pub(crate) fn in_transaction<T, R: CryptoRng>(
        &mut self,
        sealer: &mut Sealer,
        rng: &mut R,
        work: impl FnOnce(&mut Append<'_, '_, R>) -> Result<T, LedgerError>,
    ) -> Result<T, LedgerError> {
        let device = self.identity.device;
        let terms = self.terms.clone();
        self.check_in_place()?;
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let Some(current) = read::current(&tx)? else {
            return Err(LedgerError::Sqlite(rusqlite::Error::QueryReturnedNoRows));
        };
        let mut append = Append {
            tx: &tx,
            sealer,
            rng,
            device,
            ordinal: current.ordinal,
            epoch: current.epoch,
            count: current.count,
            head: current.head,
            terms,
        };
        let done = work(&mut append)?;
        tx.commit()?;
        Ok(done)
    }
}

/// One append in progress.
pub(crate) struct Append<'a, 'tx, R> {
    pub(crate) tx: &'a Transaction<'tx>,
    pub(crate) sealer: &'a mut Sealer,
    pub(crate) rng: &'a mut R,
    pub(crate) device: wire::DeviceId,
    pub(crate) ordinal: i64,
    pub(crate) epoch: wire::Epoch,
    count: u64,
    pub(crate) head: Hash,
    pub(crate) terms: Option<DrawTerms>,
}

impl<R: CryptoRng> Append<'_, '_, R> {
    /// Seals a body at the next position and links it. Returns that position and the sealed body's hash.
    pub(crate) fn entry(&mut self, body: &Body) -> Result<(u64, Hash), LedgerError> {
        let seq = self.next_seq();
        let key_id = self.sealer.key.id();
        let kind: EntryKind = body.kind();
        let position =
            Position { device: self.device, epoch: self.epoch, seq, kind, key_id, dictionary: CURRENT };
        let sealed = self.sealer.seal(body, &position, self.rng)?;
        let sealed_hash = self.link(&Entry { seq, kind, key_id, dictionary: CURRENT, sealed })?;
        Ok((seq, sealed_hash))
    }

    /// The position that the next entry gets.
    pub(crate) fn next_seq(&self) -> u64 {
        self.count.saturating_add(1)
    }

    /// Links an entry that is sealed, at the next position. Returns the sealed body's hash.
    pub(crate) fn link(&mut self, entry: &Entry) -> Result<Hash, LedgerError> {
        let Entry { seq, kind, key_id, dictionary, ref sealed } = *entry;
        let sealed_hash = entry.sealed_hash();
        let hash = chain::link(self.head, seq, kind, key_id, dictionary, sealed_hash);
        self.tx
            .prepare_cached(
                "INSERT INTO entries (epoch, seq, kind, key_id, dictionary, sealed_hash, hash)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![self.ordinal, seq, kind.0, key_id.0, dictionary, sealed_hash.0, hash.0])?;
        self.tx
            .prepare_cached("INSERT INTO bodies (epoch, seq, sealed) VALUES (?1, ?2, ?3)")?
            .execute(params![self.ordinal, seq, sealed])?;
        (self.count, self.head) = (seq, hash);
        Ok(sealed_hash)
    }

    pub(crate) fn find(&self, id: Uuid) -> Result<Option<(i64, u64)>, LedgerError> {
        read::find_record(self.tx, id)
    }

    /// Where the record of this id stands, if it was made before.
    pub(crate) fn known(&self, id: Uuid) -> Result<Option<At>, LedgerError> {
        let Some((ordinal, seq)) = self.find(id)? else { return Ok(None) };
        Ok(Some(At { epoch: self.epoch_of(ordinal)?, seq }))
    }

    fn epoch_of(&self, ordinal: i64) -> Result<wire::Epoch, LedgerError> {
        let mut statement = self.tx.prepare_cached("SELECT epoch FROM epochs WHERE ordinal = ?1")?;
        Ok(statement.query_row([ordinal], |row| Ok(wire::Epoch(row.get(0)?)))?)
    }

    pub(crate) fn remember(&self, id: Uuid, seq: u64, captured: domain::Captured) -> Result<(), LedgerError> {
        self.tx
            .prepare_cached(
                "INSERT INTO records (id, epoch, seq, captured_unix_min) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![id.as_bytes(), self.ordinal, seq, captured.at_unix_ms.div_euclid(MINUTE_MS)])?;
        Ok(())
    }

    fn request(&self, new: &NewRequest<'_>, folio: Folio, seq: u64, outing: u64) -> Result<(), LedgerError> {
        let request = new.request;
        self.tx
            .prepare_cached(
                "INSERT INTO requests (epoch, seq, folio, kind, answer_by, comuna, captured_unix_s, certainty,
                                       paper_at, due_promise_days, due_legal_days, outing_seq)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
            )?
            .execute(params![
                self.ordinal,
                seq,
                folio.number(),
                request.kind().as_str(),
                request.answer_by().as_str(),
                request.comuna().code(),
                new.captured.at_unix_ms.div_euclid(1_000),
                new.captured.certainty.as_str(),
                request.paper_at().and(request.filed().captured_at.as_deref()),
                new.due.map(|due| due.promise_days),
                new.due.map(|due| due.legal_days),
                outing,
            ])?;
        Ok(())
    }

    /// The entry that opened the open outing; opens one of unknown place when there is none.
    pub(crate) fn ensure_outing(&mut self, captured: domain::Captured) -> Result<u64, LedgerError> {
        match read::open_outing(self.tx, self.ordinal)? {
            Some(outing) => Ok(outing.seq),
            None => self.open_outing(&OutingOpened::new(captured, None, None, None)),
        }
    }

    pub(crate) fn open_outing(&mut self, opened: &OutingOpened) -> Result<u64, LedgerError> {
        let draw = self.commit_draw();
        let (seq, _) = self.entry(&Body::OutingOpened(opened_with(opened, draw.as_ref())))?;
        self.tx
            .prepare_cached(
                "INSERT INTO outing_openings (epoch, seq, opened_unix_s, comuna, place, place_kind, goal, team, token,
                                              certainty)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            )?
            .execute(params![
                self.ordinal,
                seq,
                opened.captured().at_unix_ms.div_euclid(1_000),
                opened.comuna(),
                opened.place,
                opened.place_kind(),
                opened.goal,
                opened.team.as_ref().map(|team| team.join(" ")),
                opened.token.map(|token| token.0),
                opened.captured().certainty.as_str(),
            ])?;
        if let Some((draw, seed)) = &draw {
            self.keep_draw(seq, draw, seed)?;
        }
        Ok(seq)
    }

    /// A folio that no request of this machine has, however unlikely that is.
    fn draw_folio(&mut self, prefix: DevicePrefix) -> Result<Folio, LedgerError> {
        let mut taken = self.tx.prepare_cached("SELECT 1 FROM requests WHERE folio = ?1")?;
        loop {
            let random = self.rng.next_u32() >> 2;
            let Ok(folio) = Folio::new(prefix, random) else { continue };
            if taken.query_row([folio.number()], |_| Ok(())).optional()?.is_none() {
                return Ok(folio);
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use rand_chacha::ChaCha20Rng;
    use rand_core::SeedableRng as _;
    use wire::body::OpeningReason;
    use wire::seal::OpeningKey;
    use wire::{DeviceId, Epoch, OfficeId};

    use super::*;
    use crate::Identity;

    /// Only a connection of the ledger's own can be told that the disk ends here.
    #[test]
    fn a_disk_without_any_room_takes_nothing_and_loses_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let mut rng = ChaCha20Rng::from_seed([7; 32]);
        let office = OfficeId([1; 16]);
        let (opening, _) = OpeningKey::generate(office, &mut rng).unwrap();
        let mut sealer = Sealer::new(SealingKey::new(office, &opening.public_key()).unwrap());
        let identity = Identity { office, device: DeviceId([2; 16]), certificate: b"certificado".to_vec() };
        let (mut ledger, _) = Ledger::open(&folder.path().join("ledger.db"), identity).unwrap();
        let captured = domain::Captured {
            at_unix_ms: 1_795_000_000_000,
            certainty: domain::Certainty::Unconfirmed,
            trusted_unix_s: None,
            elapsed_ms: None,
        };
        let opened = LedgerOpened::new(captured, OpeningReason::Enrolled, None);
        ledger.begin(Epoch([3; 8]), opened, &mut sealer, &mut rng).unwrap();

        let pages = |ledger: &Ledger, most: u32| {
            let pragma = format!("PRAGMA max_page_count = {most}");
            ledger.db.query_row(&pragma, [], |row| row.get::<_, u32>(0)).unwrap()
        };
        let full = pages(&ledger, 1);
        let place = "x".repeat(20_000);
        let outing = OutingOpened::new(captured, None, Some(place), None);
        let before = ledger.head().unwrap();
        let refused = ledger.begin_outing(&outing, &mut sealer, &mut rng, &mut |_| Vec::new());
        assert!(matches!(refused, Err(LedgerError::DiskFull)), "{refused:?}");
        assert_eq!(ledger.head().unwrap(), before);
        pages(&ledger, full.saturating_add(1_000));
        ledger.begin_outing(&outing, &mut sealer, &mut rng, &mut |_| Vec::new()).unwrap();
        assert_eq!(ledger.verify().unwrap().entries, 2);
    }
}
