//! Whose turn it is with a file: one request at a time, and the newest goes first.
//!
//! A stand whose link was cut comes back while the office still waits for the rest of what was cut. The old request is
//! told to stop and keeps what it has; the new one then finds out where the file is. That is what the draft on
//! resumable uploads asks for, and it keeps a half-open connection from holding a file.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tokio::sync::{OwnedMutexGuard, watch};
use wire::{DeviceId, Hash};

type Key = (DeviceId, Hash);

#[derive(Debug)]
struct Slot {
    turn: Arc<tokio::sync::Mutex<()>>,
    newest: watch::Sender<u64>,
}

/// The files that somebody is at.
#[derive(Debug, Default)]
pub(super) struct Turns(Mutex<BTreeMap<Key, Weak<Slot>>>);

/// A request's turn with a file.
pub(super) struct Turn {
    _held: OwnedMutexGuard<()>,
    _slot: Arc<Slot>,
    newest: watch::Receiver<u64>,
    mine: u64,
}

impl Turns {
    /// Waits for the file, after telling whoever has it to stop.
    pub(super) async fn take(&self, device: DeviceId, hash: Hash) -> Turn {
        let slot = self.slot((device, hash));
        let mut mine = 0;
        slot.newest.send_modify(|newest| {
            *newest = newest.saturating_add(1);
            mine = *newest;
        });
        let turn = Arc::clone(&slot.turn).lock_owned().await;
        Turn { _held: turn, newest: slot.newest.subscribe(), _slot: slot, mine }
    }

    fn slot(&self, key: Key) -> Arc<Slot> {
        let mut slots = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        slots.retain(|_, slot| slot.strong_count() > 0);
        if let Some(slot) = slots.get(&key).and_then(Weak::upgrade) {
            return slot;
        }
        let slot = Arc::new(Slot { turn: Arc::default(), newest: watch::Sender::new(0) });
        slots.insert(key, Arc::downgrade(&slot));
        slot
    }
}

impl Turn {
    /// Resolves when a newer request wants the file.
    pub(super) async fn wanted(&mut self) {
        let mine = self.mine;
        if self.newest.wait_for(|newest| *newest > mine).await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_newest_goes_first_and_files_do_not_meet() {
        let turns = Arc::new(Turns::default());
        let (one, two) = (DeviceId([1; 16]), Hash([2; 32]));
        let mut first = turns.take(one, two).await;
        let other = turns.take(one, Hash([3; 32])).await;
        let later = tokio::spawn({
            let turns = Arc::clone(&turns);
            async move { turns.take(one, two).await.mine }
        });
        first.wanted().await;
        drop(first);
        assert_eq!(later.await.unwrap(), 2);
        drop(other);
        drop(turns.take(one, Hash([4; 32])).await);
        turns.slot((one, two));
        assert_eq!(turns.0.lock().unwrap().len(), 1, "nobody is remembered for ever");
    }
}
