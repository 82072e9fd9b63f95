//! Places, encounters and the screen: who waits for which invitation.
//!
//! Every encounter takes a place of the draw, the lowest that is free. An encounter that is declared void gives its place
//! back, drawn or not, and the next encounter takes it: so undoing and recording again draws nothing anew, and an
//! invitation passes on. A place whose invitation was begun on the screen is spent, and stays with its encounter.
//!
//! One screen shows one invitation; the others wait their turn in the order of their places' taking. What is
//! still waiting at the closing has lapsed, and is counted as such: invitations that vanish would be a way to choose.

mod restore;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

pub use self::restore::Memory;
use super::{Rate, Seed, drawn};
use crate::words::words;

/// A place of the outing's draw, counted from 1.
pub type Place = u64;

words! {
    /// What became of an invitation.
    Fate {
        /// Answered to the end.
        Answered = "answered",
        /// The person said no.
        Refused = "refused",
        /// Begun, and not finished.
        BrokenOff = "broken_off",
        /// Never taken up: the person had gone, or the day ended.
        Lapsed = "lapsed",
    }
}

/// What happened. `E` names an encounter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event<E> {
    /// An encounter was recorded.
    Recorded(E),
    /// An encounter was declared void.
    Voided(E),
    /// The citizen's screen shows something else.
    ScreenBusy,
    /// The citizen's screen is free.
    ScreenFree,
    /// The person began with the invitation of this place: it can't pass on any more.
    Began(Place),
    /// The invitation of this place came to its end.
    Ended(Place, Fate),
    /// The outing is closed.
    Closed,
}

/// What the screen has to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Show the invitation of this place.
    Offer(Place),
    /// Take the invitation of this place away: its encounter was voided.
    Withdraw(Place),
}

/// Where an invitation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Waiting,
    Offered,
    Begun,
    Over(Fate),
}

/// How many there were.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Places that were ever taken: what the draw is recomputed over.
    pub places: u64,
    /// Places among them that were drawn: answered, refused, broken off, lapsed and open ones together.
    pub drawn: u64,
    /// Answered to the end.
    pub answered: u64,
    /// The person said no.
    pub refused: u64,
    /// Begun, and not finished.
    pub broken_off: u64,
    /// Never taken up.
    pub lapsed: u64,
    /// Still waiting, on the screen, or given back by the last encounter. None after the closing.
    pub open: u64,
}

/// The draw of one outing on one device.
#[derive(Debug, Clone)]
pub struct Sample<E> {
    seed: Seed,
    rate: Rate,
    /// Places that were ever taken.
    places: Place,
    /// Taken places that were given back, to be taken again.
    free: BTreeSet<Place>,
    /// The place of each encounter that has one.
    taken: BTreeMap<E, Place>,
    /// Encounters that were voided; a second void changes nothing, and none comes back.
    voided: BTreeSet<E>,
    /// Places whose invitation was once begun on the screen: they pass on no more, whatever became of the screen.
    begun: BTreeSet<Place>,
    /// The stage of each drawn place that an encounter holds, or that is spent.
    stages: BTreeMap<Place, Stage>,
    /// Places that wait, first come first.
    waiting: VecDeque<Place>,
    screen_free: bool,
    closed: bool,
}

impl<E: Ord + Clone> Sample<E> {
    /// The draw of an outing that is opened now. The screen counts as busy until it is said to be free.
    pub fn new(seed: Seed, rate: Rate) -> Self {
        Self {
            seed,
            rate,
            places: 0,
            free: BTreeSet::new(),
            taken: BTreeMap::new(),
            voided: BTreeSet::new(),
            begun: BTreeSet::new(),
            stages: BTreeMap::new(),
            waiting: VecDeque::new(),
            screen_free: false,
            closed: false,
        }
    }

    /// Takes in what happened, and says what the screen has to do. An event that makes no sense where it comes, or
    /// that came before, changes nothing.
    pub fn on(&mut self, event: Event<E>) -> Vec<Action> {
        if self.closed {
            return Vec::new();
        }
        let mut actions = Vec::new();
        match event {
            Event::Recorded(encounter) => self.recorded(encounter),
            Event::Voided(encounter) => actions.extend(self.void(&encounter)),
            Event::ScreenBusy => self.screen_free = false,
            Event::ScreenFree => self.screen_free = true,
            Event::Began(place) => {
                if let Some(stage) = self.stages.get_mut(&place).filter(|stage| **stage == Stage::Offered) {
                    *stage = Stage::Begun;
                    self.begun.insert(place);
                }
            }
            Event::Ended(place, fate) => self.ended(place, fate),
            Event::Closed => {
                self.close();
                return Vec::new();
            }
        }
        actions.extend(self.offer());
        actions
    }

    /// The place that an encounter holds, whether it is drawn or not.
    pub fn place(&self, encounter: &E) -> Option<Place> {
        self.taken.get(encounter).copied()
    }

    /// The place that the next encounter takes: what its entry in the ledger says, before it is told here.
    pub fn next_place(&self) -> Place {
        self.free.first().copied().unwrap_or(self.places.saturating_add(1))
    }

    /// Whether a place is drawn. The team isn't told before an encounter holds it.
    pub fn is_drawn(&self, place: Place) -> bool {
        drawn(&self.seed, place, self.rate)
    }

    /// Whether a place's invitation may be begun or is being answered.
    pub fn is_open(&self, place: Place) -> bool {
        matches!(self.stages.get(&place), Some(Stage::Offered | Stage::Begun))
    }

    /// Whether a place's invitation has still to come to its end.
    pub fn is_due(&self, place: Place) -> bool {
        matches!(self.stages.get(&place), Some(Stage::Waiting | Stage::Offered | Stage::Begun))
    }

    /// How many invitations wait, are offered or are being answered.
    pub fn waiting(&self) -> u64 {
        let due = self.stages.keys().filter(|place| self.is_due(**place));
        due.fold(0, |count: u64, _| count.saturating_add(1))
    }

    /// Whether a place's invitation was ever begun.
    pub fn has_begun(&self, place: Place) -> bool {
        self.begun.contains(&place)
    }

    /// How many there were.
    pub fn tally(&self) -> Tally {
        let mut tally = Tally { places: self.places, ..Tally::default() };
        let mut add = |count: fn(&mut Tally) -> &mut u64| {
            let count = count(&mut tally);
            *count = count.saturating_add(1);
        };
        for stage in self.stages.values() {
            add(|tally| &mut tally.drawn);
            add(match stage {
                Stage::Waiting | Stage::Offered | Stage::Begun => |tally| &mut tally.open,
                Stage::Over(Fate::Answered) => |tally| &mut tally.answered,
                Stage::Over(Fate::Refused) => |tally| &mut tally.refused,
                Stage::Over(Fate::BrokenOff) => |tally| &mut tally.broken_off,
                Stage::Over(Fate::Lapsed) => |tally| &mut tally.lapsed,
            });
        }
        for place in &self.free {
            if self.is_drawn(*place) {
                add(|tally| &mut tally.drawn);
                add(if self.closed { |tally| &mut tally.lapsed } else { |tally| &mut tally.open });
            }
        }
        tally
    }

    fn recorded(&mut self, encounter: E) {
        if self.taken.contains_key(&encounter) || self.voided.contains(&encounter) {
            return;
        }
        let place = self.next_place();
        self.take(encounter, place);
    }

    fn take(&mut self, encounter: E, place: Place) {
        self.free.remove(&place);
        self.places = self.places.max(place);
        self.taken.insert(encounter, place);
        if self.is_drawn(place) {
            self.stages.insert(place, Stage::Waiting);
            self.waiting.push_back(place);
        }
    }

    fn void(&mut self, encounter: &E) -> Option<Action> {
        if !self.voided.insert(encounter.clone()) {
            return None;
        }
        let place = *self.taken.get(encounter)?;
        let stage = self.stages.get(&place).copied();
        if matches!(stage, Some(Stage::Over(_))) || self.begun.contains(&place) {
            return None;
        }
        self.taken.remove(encounter);
        self.stages.remove(&place);
        self.waiting.retain(|waiting| *waiting != place);
        self.free.insert(place);
        (stage == Some(Stage::Offered)).then_some(Action::Withdraw(place))
    }

    fn ended(&mut self, place: Place, fate: Fate) {
        let Some(stage) = self.stages.get_mut(&place) else { return };
        let fits = match fate {
            Fate::Answered | Fate::BrokenOff => *stage == Stage::Begun,
            Fate::Refused => matches!(stage, Stage::Offered | Stage::Begun),
            Fate::Lapsed => matches!(stage, Stage::Waiting | Stage::Offered),
        };
        if fits {
            *stage = Stage::Over(fate);
            self.waiting.retain(|waiting| *waiting != place);
        }
    }

    /// The next invitation, when the screen is free and shows none.
    fn offer(&mut self) -> Option<Action> {
        let shown = self.stages.values().any(|stage| matches!(stage, Stage::Offered | Stage::Begun));
        if !self.screen_free || shown {
            return None;
        }
        let place = self.waiting.pop_front()?;
        self.stages.insert(place, Stage::Offered);
        Some(Action::Offer(place))
    }

    fn close(&mut self) {
        self.closed = true;
        self.waiting.clear();
        for (place, stage) in &mut self.stages {
            if !matches!(stage, Stage::Over(_)) {
                let fate = if self.begun.contains(place) { Fate::BrokenOff } else { Fate::Lapsed };
                *stage = Stage::Over(fate);
            }
        }
    }
}
