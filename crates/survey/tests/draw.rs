//! The draw: known answers, recomputation, and that nobody can steer it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use survey::draw::{Action, Event, Fate, Memory, Place, Rate, Sample, Seed, count_drawn, drawn};
use survey::limits::PLACES_MAX;

fn seed(byte: u8) -> Seed {
    Seed::new([byte; 32])
}

fn rate(numerator: u16, denominator: u16) -> Rate {
    Rate::new(numerator, denominator).unwrap()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
}

/// Reckoned by Python's hmac and hashlib, as docs/surveys.md shows.
#[test]
fn the_draw_is_what_anybody_else_reckons() {
    let bytes: [u8; 32] = std::array::from_fn(|at| u8::try_from(at).unwrap());
    let seed = Seed::new(bytes);
    let commitment = seed.commit(rate(1, 5));
    assert_eq!(
        hex(&commitment.0),
        include_str!("../../../tests/fixtures/survey/draw.txt").lines().next().unwrap()
    );
    let places: Vec<String> =
        (1..=100).filter(|n| drawn(&seed, *n, rate(1, 5))).map(|n| n.to_string()).collect();
    assert_eq!(
        places.join(" "),
        include_str!("../../../tests/fixtures/survey/draw.txt").lines().nth(1).unwrap()
    );
    assert!(commitment.holds(&seed, rate(1, 5)));
    assert!(!commitment.holds(&seed, rate(2, 10)));
    assert!(!commitment.holds(&Seed::new([0; 32]), rate(1, 5)));
}

#[test]
fn rates_are_shares() {
    assert!(Rate::new(1, 0).is_none());
    assert!(Rate::new(2, 1).is_none());
    assert!(Rate::new(0, 1).is_some());
    assert!(Rate::new(u16::MAX, u16::MAX).is_some());
    assert_eq!(count_drawn(&seed(1), 1000, Rate::NONE), 0);
    assert_eq!(count_drawn(&seed(1), 1000, rate(1, 1)), 1000);
    assert_eq!(count_drawn(&seed(1), 1000, rate(u16::MAX, u16::MAX)), 1000);
    // A fifth of ten thousand, within five standard deviations (40 each), for several seeds.
    for byte in 0..5 {
        let count = count_drawn(&seed(byte), 10_000, rate(1, 5));
        assert!((1800..=2200).contains(&count), "{count}");
    }
}

#[test]
fn a_seed_is_not_printed() {
    assert_eq!(format!("{:?}", seed(7)), "Seed(..)");
}

/// A sample in which everybody is drawn, with the screen free.
fn everybody() -> Sample<u32> {
    let mut sample = Sample::new(seed(1), rate(1, 1));
    assert_eq!(sample.on(Event::ScreenFree), []);
    sample
}

#[test]
fn an_invitation_is_offered_once_and_spent() {
    let mut sample = everybody();
    assert_eq!(sample.on(Event::Recorded(10)), [Action::Offer(1)]);
    assert_eq!(sample.on(Event::Recorded(10)), []);
    assert!(sample.is_open(1));
    assert_eq!(sample.on(Event::Began(1)), []);
    assert_eq!(sample.on(Event::Ended(1, Fate::Answered)), []);
    assert!(!sample.is_open(1));
    // Spent: neither again, nor by another event.
    assert_eq!(sample.on(Event::Began(1)), []);
    assert_eq!(sample.on(Event::Ended(1, Fate::Refused)), []);
    let tally = sample.tally();
    assert_eq!((tally.places, tally.drawn, tally.answered, tally.refused), (1, 1, 1, 0));
}

#[test]
fn invitations_wait_their_turn() {
    let mut sample = everybody();
    assert_eq!(sample.on(Event::ScreenBusy), []);
    assert_eq!(sample.on(Event::Recorded(10)), []);
    assert_eq!(sample.on(Event::Recorded(11)), []);
    assert_eq!(sample.on(Event::ScreenFree), [Action::Offer(1)]);
    assert_eq!(sample.on(Event::Began(1)), []);
    assert_eq!(sample.on(Event::Recorded(12)), []);
    assert_eq!(sample.on(Event::Ended(1, Fate::BrokenOff)), [Action::Offer(2)]);
    assert_eq!(sample.on(Event::Ended(2, Fate::Refused)), [Action::Offer(3)]);
    assert_eq!(sample.on(Event::Ended(3, Fate::Lapsed)), []);
    let tally = sample.tally();
    assert_eq!((tally.broken_off, tally.refused, tally.lapsed, tally.open), (1, 1, 1, 0));
}

#[test]
fn a_void_passes_the_invitation_on() {
    let mut sample = everybody();
    assert_eq!(sample.on(Event::Recorded(10)), [Action::Offer(1)]);
    assert_eq!(sample.on(Event::Voided(10)), [Action::Withdraw(1)]);
    assert_eq!(sample.tally().open, 1);
    assert_eq!(sample.on(Event::Recorded(11)), [Action::Offer(1)]);
    assert_eq!((sample.place(&10), sample.place(&11)), (None, Some(1)));
    // Told again: nothing moves, and what was voided doesn't come back.
    assert_eq!(sample.on(Event::Voided(10)), []);
    assert_eq!(sample.on(Event::Recorded(10)), []);
    assert_eq!(sample.place(&10), None);
    // Begun is spent: the citizen isn't interrupted, and nothing passes on.
    assert_eq!(sample.on(Event::Began(1)), []);
    assert_eq!(sample.on(Event::Voided(11)), []);
    assert_eq!(sample.on(Event::Recorded(12)), []);
    assert_eq!(sample.place(&12), Some(2));
    assert_eq!(sample.on(Event::Ended(1, Fate::Answered)), [Action::Offer(2)]);
}

#[test]
fn places_given_back_are_taken_again_from_the_lowest() {
    let mut sample = everybody();
    for encounter in [10, 11, 12] {
        sample.on(Event::Recorded(encounter));
    }
    sample.on(Event::Voided(12));
    sample.on(Event::Voided(11));
    sample.on(Event::Recorded(13));
    sample.on(Event::Recorded(14));
    sample.on(Event::Recorded(15));
    assert_eq!([13, 14, 15].map(|encounter| sample.place(&encounter)), [Some(2), Some(3), Some(4)]);
}

/// Who isn't drawn stays so: undoing and recording again takes the same place.
#[test]
fn undoing_draws_nothing_anew() {
    let (seed, rate) = (seed(3), rate(1, 4));
    let mut sample = Sample::new(seed.clone(), rate);
    sample.on(Event::ScreenFree);
    for attempt in 0..200 {
        assert_eq!(sample.on(Event::Recorded(attempt)).is_empty(), !drawn(&seed, 1, rate));
        sample.on(Event::Voided(attempt));
    }
    assert_eq!(sample.tally().places, 1);
}

#[test]
fn the_closing_accounts_for_every_place() {
    let mut sample = everybody();
    for encounter in 1..=5 {
        sample.on(Event::Recorded(encounter));
    }
    sample.on(Event::Began(1));
    sample.on(Event::Voided(5));
    assert_eq!(sample.tally().open, 5);
    assert_eq!(sample.on(Event::Closed), []);
    let tally = sample.tally();
    assert_eq!((tally.places, tally.drawn, tally.broken_off, tally.lapsed, tally.open), (5, 5, 1, 4, 0));
    assert!(tally.adds_up());
    assert_eq!(sample.on(Event::Recorded(6)), []);
    assert_eq!(sample.tally(), tally);
}

fn any_event() -> impl Strategy<Value = Event<u8>> {
    let fate = prop::sample::select(Fate::ALL.to_vec());
    prop_oneof![
        6 => (0_u8..40).prop_map(Event::Recorded),
        3 => (0_u8..40).prop_map(Event::Voided),
        2 => Just(Event::ScreenFree),
        1 => Just(Event::ScreenBusy),
        3 => (1_u64..30).prop_map(Event::Began),
        3 => (1_u64..30, fate).prop_map(|(place, fate)| Event::Ended(place, fate)),
    ]
}

/// What an onlooker holds of a sample, written without looking at how it is made.
#[derive(Default)]
struct Onlooker {
    /// The place that the screen shows.
    shown: Option<Place>,
    ended: BTreeSet<Place>,
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn no_events_can_break_the_draw(
        events in prop::collection::vec(any_event(), 0..200), byte: u8, share in 0_u16..=4,
    ) {
        let (seed, rate) = (seed(byte), rate(share, 4));
        let mut sample = Sample::new(seed.clone(), rate);
        let mut onlooker = Onlooker::default();
        // Recounted once, not after each event.
        let counts: Vec<u64> = (0..=40).map(|places| count_drawn(&seed, places, rate)).collect();
        let mut recorded = BTreeSet::new();
        let mut voided = BTreeSet::new();
        for event in &events {
            // Single use: what is offered is drawn, was not ended, and nothing else is shown.
            let ended = match event {
                Event::Ended(place, _) => Some(*place),
                _ => None,
            };
            let was_open = ended.filter(|place| sample.is_open(*place));
            match event {
                Event::Recorded(encounter) => { recorded.insert(*encounter); }
                Event::Voided(encounter) => { voided.insert(*encounter); }
                _ => {}
            }
            let actions = sample.on(event.clone());
            if let Some(place) = was_open.filter(|place| !sample.is_open(*place)) {
                prop_assert!(onlooker.ended.insert(place));
                prop_assert_eq!(onlooker.shown.take(), Some(place));
            }
            for action in actions {
                match action {
                    Action::Withdraw(place) => prop_assert_eq!(onlooker.shown.take(), Some(place)),
                    Action::Offer(place) => {
                        prop_assert!(drawn(&seed, place, rate));
                        prop_assert!(!onlooker.ended.contains(&place));
                        prop_assert_eq!(onlooker.shown.replace(place), None);
                    }
                }
            }
            // Never two encounters at one place, and each place that is held was handed out.
            let held: BTreeMap<Place, u8> =
                (0..40).filter_map(|encounter| Some((sample.place(&encounter)?, encounter))).collect();
            prop_assert_eq!(held.len(), (0..40).filter(|encounter| sample.place(encounter).is_some()).count());
            let tally = sample.tally();
            prop_assert!(held.keys().all(|place| (1..=tally.places).contains(place)));
            // The disclosed seed recounts exactly what was drawn, and every invitation is accounted for.
            prop_assert_eq!(tally.drawn, counts[usize::try_from(tally.places).unwrap()]);
            prop_assert!(tally.adds_up());
            // No place more than encounters that ever stood side by side: voiding draws nothing anew.
            prop_assert!(tally.places <= u64::try_from(recorded.len()).unwrap());
        }
        sample.on(Event::Closed);
        let tally = sample.tally();
        prop_assert_eq!((tally.open, tally.adds_up()), (0, true));
        prop_assert_eq!(tally.drawn, count_drawn(&seed, tally.places, rate));
    }

    /// The same events give the same sample.
    #[test]
    fn events_can_be_told_again(events in prop::collection::vec(any_event(), 0..100), byte: u8) {
        let tell = || {
            let mut sample = Sample::new(seed(byte), rate(1, 3));
            let actions: Vec<Action> = events.iter().flat_map(|event| sample.on(event.clone())).collect();
            (actions, sample.tally())
        };
        prop_assert_eq!(tell(), tell());
    }

    /// What the ledger holds of a day gives the same places and counts, wherever the day is cut.
    #[test]
    fn the_ledger_restores_the_sample(events in prop::collection::vec(any_event(), 0..150), byte: u8, share in 1_u16..=4) {
        let (seed, rate) = (seed(byte), rate(share, 4));
        let mut sample = Sample::new(seed.clone(), rate);
        let (mut ledger, mut voided) = (Vec::new(), BTreeSet::new());
        for event in events {
            let ended = |sample: &Sample<u8>| {
                let tally = sample.tally();
                tally.answered + tally.refused + tally.broken_off + tally.lapsed
            };
            let (before, next) = (ended(&sample), sample.next_place());
            match &event {
                Event::Recorded(encounter) => {
                    let known = sample.place(encounter).is_some() || voided.contains(encounter);
                    sample.on(event.clone());
                    if !known {
                        prop_assert_eq!(sample.place(encounter), Some(next));
                        ledger.push(Memory::Recorded(*encounter, next));
                    }
                }
                // A void names an entry that is there.
                Event::Voided(encounter) if sample.place(encounter).is_some() => {
                    sample.on(event.clone());
                    voided.insert(*encounter);
                    ledger.push(Memory::Voided(*encounter));
                }
                Event::Voided(_) => {}
                Event::Ended(place, fate) => {
                    sample.on(event.clone());
                    if ended(&sample) > before {
                        ledger.push(Memory::Ended(*place, *fate));
                    }
                }
                _ => { sample.on(event); }
            }
            let restored = Sample::restore(seed.clone(), rate, &ledger);
            prop_assert_eq!(restored.tally(), sample.tally());
            let held: Vec<Place> = (0..40).filter_map(|encounter| restored.place(&encounter)).collect();
            prop_assert_eq!(held.len(), held.iter().collect::<BTreeSet<_>>().len());
            for encounter in (0..40).filter(|encounter| !voided.contains(encounter)) {
                prop_assert_eq!(restored.place(&encounter), sample.place(&encounter));
            }
        }
    }
}

#[test]
fn an_encounter_voided_while_answering_keeps_its_place_after_a_restart() {
    let ledger = [
        Memory::Recorded(10, 1),
        // Begun before this, which the ledger doesn't know.
        Memory::Voided(10),
        Memory::Recorded(11, 2),
        Memory::Ended(1, Fate::Answered),
    ];
    let mut sample = Sample::restore(seed(1), rate(1, 1), &ledger);
    assert_eq!((sample.place(&11), sample.next_place()), (Some(2), 3));
    assert_eq!(sample.on(Event::ScreenFree), [Action::Offer(2)]);
    let tally = sample.tally();
    assert_eq!((tally.places, tally.drawn, tally.answered, tally.open), (2, 2, 1, 1));
}

#[test]
fn what_the_ledger_lost_is_a_free_place() {
    let of = |places: &[Place]| {
        let ledger: Vec<_> =
            places.iter().enumerate().map(|(at, place)| Memory::Recorded(at, *place)).collect();
        Sample::restore(seed(1), rate(1, 1), &ledger)
    };
    let sample = of(&[1, 3, 6]);
    assert_eq!((sample.next_place(), sample.tally().places, sample.tally().drawn), (2, 6, 6));
    // A place that can't be is no place.
    assert_eq!(of(&[0, 1, PLACES_MAX + 1, u64::MAX]).tally().places, 1);
    assert_eq!(of(&[PLACES_MAX - 1]).tally().places, PLACES_MAX - 1);
    assert_eq!(of(&[PLACES_MAX]).tally().places, PLACES_MAX);
}
