//! A sample from what the ledger remembers: after a restart, or when another program recorded.
//!
//! An encounter's entry says which place it took, and that is believed rather than reckoned again: an encounter that was
//! voided while its citizen was answering kept its place, and those after it took others. An invitation that was begun
//! when the program ended waits for the screen again, and passes on no more.

use std::collections::BTreeSet;

use super::{Fate, Place, Sample, Stage};
use crate::draw::{Rate, Seed};
use crate::limits::PLACES_MAX;

/// What an entry of the ledger says of the draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Memory<E> {
    /// An encounter took a place.
    Recorded(E, Place),
    /// An encounter was declared void.
    Voided(E),
    /// The invitation of a place was begun on the screen.
    Began(Place),
    /// The invitation of a place came to its end.
    Ended(Place, Fate),
}

impl<E: Ord + Clone> Sample<E> {
    /// The sample that these entries leave, in the ledger's order. What was on the screen waits again; the screen counts
    /// as busy until it is said to be free.
    pub fn restore(seed: Seed, rate: Rate, memories: &[Memory<E>]) -> Self {
        let mut sample = Self::new(seed, rate);
        let spent: BTreeSet<Place> = memories
            .iter()
            .filter_map(|memory| match memory {
                Memory::Began(place) | Memory::Ended(place, _) => Some(*place),
                Memory::Recorded(..) | Memory::Voided(_) => None,
            })
            .collect();
        for memory in memories {
            match memory {
                Memory::Recorded(encounter, place) => sample.remember(encounter, *place),
                Memory::Voided(encounter) => {
                    let place = sample.place(encounter);
                    if place.is_some_and(|place| spent.contains(&place)) {
                        sample.voided.insert(encounter.clone());
                    } else {
                        sample.void(encounter);
                    }
                }
                Memory::Began(place) => {
                    sample.begun.insert(*place);
                }
                Memory::Ended(place, fate) => {
                    if let Some(stage) = sample.stages.get_mut(place) {
                        *stage = Stage::Over(*fate);
                        sample.waiting.retain(|waiting| waiting != place);
                    }
                }
            }
        }
        sample.fill_gaps();
        sample
    }

    fn remember(&mut self, encounter: &E, place: Place) {
        let known = self.taken.contains_key(encounter) || self.voided.contains(encounter);
        if known || place == 0 || place > PLACES_MAX {
            return;
        }
        // Whoever held it was voided before its invitation began, or it couldn't have been taken.
        self.taken.retain(|_, taken| *taken != place);
        self.waiting.retain(|waiting| *waiting != place);
        self.take(encounter.clone(), place);
    }

    /// A place that no entry speaks of, below one that was taken, is free: its entry lies in a ledger that was damaged.
    fn fill_gaps(&mut self) {
        let held: BTreeSet<Place> = self.taken.values().copied().collect();
        self.free = (1..=self.places).filter(|place| !held.contains(place)).collect();
    }
}
