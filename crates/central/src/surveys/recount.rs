//! Whether a draw is the one that the stand had committed itself to: counted again from the disclosed seed.

use std::collections::{BTreeMap, BTreeSet};

use central_db::Draw;
use domain::InvitationFate;
use survey::draw::{Commitment, Rate, Seed, count_drawn, drawn};
use survey::limits::PLACES_MAX;

/// What came of counting a draw again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Its closing has not come.
    Open,
    /// Nothing differs.
    Good,
    /// The seed or the rate is not the one that was committed.
    Commitment,
    /// Encounters took other places than the closing says: entries are missing, or a place was skipped.
    Places,
    /// Not as many places are drawn as the closing says.
    Drawn,
    /// An invitation ended that was not drawn, or twice, or the ends don't make up the drawn ones.
    Ends,
    /// Not as many answers came as the closing counted.
    Answers,
}

impl Verdict {
    /// The stable name in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Good => "good",
            Self::Commitment => "commitment",
            Self::Places => "places",
            Self::Drawn => "drawn",
            Self::Ends => "ends",
            Self::Answers => "answers",
        }
    }

    /// Whether somebody has to look.
    pub fn is_mismatch(self) -> bool {
        !matches!(self, Self::Open | Self::Good)
    }
}

/// Counts a draw again. The first thing that differs is named.
pub fn verdict(draw: &Draw) -> Verdict {
    let Some(closing) = &draw.closing else { return Verdict::Open };
    let seed = Seed::new(closing.seed);
    let rate = Rate::new(draw.opening.numerator, draw.opening.denominator);
    let Some(rate) = rate.filter(|rate| Commitment(draw.opening.commitment).holds(&seed, *rate)) else {
        return Verdict::Commitment;
    };
    let tally = closing.tally;
    let taken: BTreeSet<u64> = draw.places.iter().copied().collect();
    let whole = tally.places <= PLACES_MAX && taken.into_iter().eq(1..=tally.places);
    if !whole {
        return Verdict::Places;
    }
    if count_drawn(&seed, tally.places, rate) != tally.drawn {
        return Verdict::Drawn;
    }
    if !ends_fit(draw, |place| place <= tally.places && drawn(&seed, place, rate)) {
        return Verdict::Ends;
    }
    if draw.complete_answers == tally.answered { Verdict::Good } else { Verdict::Answers }
}

/// What ended by itself is exact for those who answered or refused. The closing adds to the others: who was still waiting has
/// lapsed, and whose survey was on the screen broke it off.
fn ends_fit(draw: &Draw, was_drawn: impl Fn(u64) -> bool) -> bool {
    let Some(tally) = draw.closing.map(|closing| closing.tally) else { return true };
    let mut places = BTreeSet::new();
    let mut counts: BTreeMap<Option<InvitationFate>, u64> = BTreeMap::new();
    for (place, fate) in &draw.ended {
        if !places.insert(*place) || !was_drawn(*place) {
            return false;
        }
        let count = counts.entry(*fate).or_default();
        *count = count.saturating_add(1);
    }
    let count = |fate| counts.get(&Some(fate)).copied().unwrap_or_default();
    let parts = [tally.answered, tally.refused, tally.broken_off, tally.lapsed];
    let sum = parts.iter().try_fold(0_u64, |sum, part| sum.checked_add(*part));
    sum == Some(tally.drawn)
        && count(InvitationFate::Answered) == tally.answered
        && count(InvitationFate::Refused) == tally.refused
        && count(InvitationFate::BrokenOff) <= tally.broken_off
        && count(InvitationFate::Lapsed) <= tally.lapsed
}

#[cfg(test)]
mod tests {
    use central_db::{BranchId, DrawClosing, DrawOpening, EntryId};
    use wire::body::DrawTally;
    use wire::{DeviceId, Epoch};

    use super::*;

    /// Of the first ten places of this seed at one in three, as docs/surveys.md counts them: some are drawn.
    fn honest() -> Draw {
        let seed = Seed::new([7; 32]);
        let rate = Rate::new(1, 3).unwrap();
        let places: Vec<u64> = (1..=30).collect();
        let invited: Vec<u64> = places.iter().copied().filter(|place| drawn(&seed, *place, rate)).collect();
        assert!(invited.len() >= 4, "{invited:?}");
        let fates = [InvitationFate::Answered, InvitationFate::Refused, InvitationFate::BrokenOff];
        let ended = invited.iter().zip(fates).map(|(place, fate)| (*place, Some(fate))).collect();
        let drawn = u64::try_from(invited.len()).unwrap();
        let tally = DrawTally {
            places: 30,
            drawn,
            answered: 1,
            refused: 1,
            broken_off: 1,
            lapsed: drawn.checked_sub(3).unwrap(),
        };
        Draw {
            id: EntryId { device: DeviceId([1; 16]), epoch: Epoch([2; 8]), branch: BranchId([0; 8]), seq: 2 },
            quarantined: false,
            opening: DrawOpening {
                survey: "prueba".into(),
                numerator: 1,
                denominator: 3,
                commitment: seed.commit(rate).0,
                captured_unix_s: 1_795_000_000,
            },
            closing: Some(DrawClosing { outing: 2, seed: [7; 32], tally }),
            places,
            ended,
            complete_answers: 1,
        }
    }

    fn check(what: &str, expected: Verdict, change: impl FnOnce(&mut Draw)) {
        let mut draw = honest();
        change(&mut draw);
        assert_eq!(verdict(&draw), expected, "{what}");
    }

    #[test]
    fn every_way_to_steer_a_draw_is_named() {
        let closing =
            |change: fn(&mut DrawClosing)| move |draw: &mut Draw| change(draw.closing.as_mut().unwrap());
        check("an honest draw", Verdict::Good, |_| {});
        check("a place that was given back and taken again", Verdict::Good, |draw| draw.places.push(3));
        check("no closing", Verdict::Open, |draw| draw.closing = None);
        check("another seed", Verdict::Commitment, closing(|closing| closing.seed = [8; 32]));
        check("another rate", Verdict::Commitment, |draw| draw.opening.numerator = 2);
        check("no rate", Verdict::Commitment, |draw| draw.opening.denominator = 0);
        check("an encounter is missing", Verdict::Places, |draw| {
            draw.places.remove(4);
        });
        check("an encounter more", Verdict::Places, |draw| draw.places.push(31));
        check("no place", Verdict::Places, |draw| draw.places.push(0));
        check("fewer places", Verdict::Places, closing(|closing| closing.tally.places = 29));
        check("one drawn less", Verdict::Drawn, closing(|closing| closing.tally.drawn -= 1));
        check("an end of one who wasn't drawn", Verdict::Ends, |draw| {
            let seed = Seed::new([7; 32]);
            let other = (1..=30).find(|place| !drawn(&seed, *place, Rate::new(1, 3).unwrap())).unwrap();
            draw.ended.push((other, Some(InvitationFate::Refused)));
        });
        check("an end twice", Verdict::Ends, |draw| draw.ended.push(draw.ended[0]));
        check("an end beyond", Verdict::Ends, |draw| draw.ended.push((31, None)));
        check(
            "a refusal hidden",
            Verdict::Ends,
            closing(|closing| {
                closing.tally.refused -= 1;
                closing.tally.lapsed += 1;
            }),
        );
        check("ends that don't add up", Verdict::Ends, closing(|closing| closing.tally.lapsed += 1));
        check("an answer is missing", Verdict::Answers, |draw| draw.complete_answers = 0);
        check("an answer more", Verdict::Answers, |draw| draw.complete_answers = 2);
    }
}
