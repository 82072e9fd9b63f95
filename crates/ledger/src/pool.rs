//! The pool: sealed profiles that wait for their outing's closing, and are then appended in an order drawn for it. And
//! what is done with profiles and answers alike: copied for the mirror, brought in from a ledger that was set aside.
//!
//! Nothing in the clear says which profile was given at which encounter: its key in the pool is random, and it has no
//! number, time or outing. Until somebody undoes the encounter it was given at, the key is known to the program's
//! memory and to nobody else. What a disk tells all the same is written in `docs/threat-model.md`.

use rand_core::CryptoRng;
use rusqlite::{Row, params};
use uuid::Uuid;
use wire::body::Body;
use wire::profile::SealedProfile;
use wire::{Entry, KeyId};

use crate::answers::{self, RestingAnswer};
use crate::append::{Append, Appended, At, Sealer};
use crate::{Ledger, LedgerError};

/// What takes a profile out of the pool again, as long as somebody keeps it. Never written, shown or logged.
pub struct UndoToken([u8; 16]);

/// A profile as it lies in the pool, on its way to the pool of another ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pooled {
    token: [u8; 16],
    profile: SealedProfile,
}

impl Ledger {
    /// Records an encounter and, in the same transaction, lays its profile into the pool. Nothing of either is written
    /// when the id is known.
    pub fn append_encounter(
        &mut self,
        id: Uuid,
        captured: domain::Captured,
        profile: Option<&SealedProfile>,
        sealer: &mut Sealer,
        rng: &mut impl CryptoRng,
        body: impl FnOnce(u64) -> Body,
    ) -> Result<(Appended<At>, Option<UndoToken>), LedgerError> {
        let mut token = None;
        let appended = self.append_and(id, captured, sealer, rng, body, |append| {
            token = profile.map(|profile| append.pool(profile)).transpose()?;
            Ok(())
        })?;
        Ok((appended, token))
    }

    /// Records the void of an encounter and, in the same transaction, takes its profile out of the pool.
    pub fn append_undo(
        &mut self,
        id: Uuid,
        captured: domain::Captured,
        token: Option<&UndoToken>,
        sealer: &mut Sealer,
        rng: &mut impl CryptoRng,
        body: impl FnOnce(u64) -> Body,
    ) -> Result<Appended<At>, LedgerError> {
        self.append_and(id, captured, sealer, rng, body, |append| match token {
            Some(token) => append.take_out(token),
            None => Ok(()),
        })
    }

    /// How many profiles wait.
    pub fn pooled(&self) -> Result<u64, LedgerError> {
        Ok(self.db.prepare_cached("SELECT count(*) FROM pool")?.query_row([], |row| row.get(0))?)
    }

    /// All that wait, in the order of their random keys.
    pub fn pool(&self) -> Result<Vec<Pooled>, LedgerError> {
        pool_of(&self.db)
    }

    /// Takes over what rested in a ledger that was set aside: the seals name no ledger, so that this can be done
    /// (ADR 21). What is here already stays as it is.
    pub fn carry_pool(&mut self, pool: &[Pooled], answers: &[RestingAnswer]) -> Result<(), LedgerError> {
        let tx = self.db.transaction()?;
        for Pooled { token, profile } in pool {
            insert(&tx, token, profile)?;
        }
        for answer in answers {
            answers::insert(&tx, answer)?;
        }
        tx.commit()?;
        Ok(())
    }

    /// Everything that rests, profiles and answers, as the entries that they become, without a position yet and in an
    /// order drawn now.
    pub fn resting(&self, rng: &mut impl CryptoRng) -> Result<Vec<Entry>, LedgerError> {
        // One look at both tables: a closing in between would empty one of them.
        let tx = self.db.unchecked_transaction()?;
        let answers = answers::resting(&tx)?.into_iter().map(|RestingAnswer { entry, .. }| entry);
        let profiles = pool_of(&tx)?.into_iter().map(|Pooled { profile, .. }| profile.at(0));
        let mut resting: Vec<Entry> = answers.chain(profiles).collect();
        shuffle(&mut resting, rng);
        Ok(resting)
    }
}

impl<R: CryptoRng> Append<'_, '_, R> {
    fn pool(&mut self, profile: &SealedProfile) -> Result<UndoToken, LedgerError> {
        let mut token = [0; 16];
        self.rng.fill_bytes(&mut token);
        insert(self.tx, &token, profile)?;
        Ok(UndoToken(token))
    }

    fn take_out(&mut self, UndoToken(token): &UndoToken) -> Result<(), LedgerError> {
        self.tx.prepare_cached("DELETE FROM pool WHERE token = ?1")?.execute([token])?;
        Ok(())
    }

    /// Appends all that wait, in an order drawn now, and empties the pool. Says how many.
    pub(crate) fn append_pool(&mut self) -> Result<u64, LedgerError> {
        let mut pool = pool_of(self.tx)?;
        shuffle(&mut pool, self.rng);
        let count = u64::try_from(pool.len()).unwrap_or(u64::MAX);
        for Pooled { profile, .. } in pool {
            let entry = profile.at(self.next_seq());
            self.link(&entry)?;
        }
        self.tx.prepare_cached("DELETE FROM pool")?.execute([])?;
        Ok(count)
    }
}

fn insert(db: &rusqlite::Connection, token: &[u8; 16], profile: &SealedProfile) -> Result<(), LedgerError> {
    db.prepare_cached(
        "INSERT INTO pool (token, key_id, dictionary, sealed) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
    )?
    .execute(params![token, profile.key_id.0, profile.dictionary, profile.sealed])?;
    Ok(())
}

fn pool_of(db: &rusqlite::Connection) -> Result<Vec<Pooled>, LedgerError> {
    let mut statement =
        db.prepare_cached("SELECT token, key_id, dictionary, sealed FROM pool ORDER BY token")?;
    let pooled = |row: &Row<'_>| {
        let (key_id, dictionary, sealed) = (KeyId(row.get(1)?), row.get(2)?, row.get(3)?);
        Ok(Pooled { token: row.get(0)?, profile: SealedProfile { key_id, dictionary, sealed } })
    };
    let rows = statement.query_map([], pooled)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Every order as likely as any other (Fisher and Yates; Knuth, volume 2, 3.4.2, algorithm P).
pub(crate) fn shuffle<T>(items: &mut [T], rng: &mut impl CryptoRng) {
    for last in (1..items.len()).rev() {
        items.swap(last, below(last.saturating_add(1), rng));
    }
}

/// A number below a bound, every one as likely as any other: draws from the uneven end are drawn again.
fn below(bound: usize, rng: &mut impl CryptoRng) -> usize {
    let bound = u64::try_from(bound).unwrap_or(u64::MAX).max(1);
    let even = u64::MAX.saturating_sub(u64::MAX.checked_rem(bound).unwrap_or_default());
    loop {
        let drawn = rng.next_u64();
        if drawn < even {
            return usize::try_from(drawn.checked_rem(bound).unwrap_or_default()).unwrap_or_default();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use rand_chacha::ChaCha20Rng;
    use rand_core::SeedableRng as _;

    use super::*;

    #[test]
    fn every_order_is_as_likely_as_any_other() {
        let mut rng = ChaCha20Rng::from_seed([5; 32]);
        let mut seen: BTreeMap<Vec<u8>, u32> = BTreeMap::new();
        for _ in 0..24_000 {
            let mut items = vec![0, 1, 2, 3];
            shuffle(&mut items, &mut rng);
            *seen.entry(items).or_default() += 1;
        }
        assert_eq!(seen.len(), 24);
        // A thousand of each, give or take six standard deviations.
        assert!(seen.values().all(|count| (810..1_190).contains(count)), "{seen:?}");
        shuffle::<u8>(&mut [], &mut rng);
    }
}
