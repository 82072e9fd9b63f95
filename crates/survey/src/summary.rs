//! What a day's closing and a month's report say of a survey, from counts alone.
//!
//! The indicator is the State's (Secretaría de Modernización, "Metodología" and `get_valores` of its published
//! site, 2022): of the grades 1 to 7 alone, the share of 6 and 7 less the share of 1 to 4, each rounded to whole
//! percent before the subtraction. "I don't know" and "I'd rather not say" are in no denominator. Python's `round`
//! takes a half to the even number, and so does this.
//!
//! This survey is the office's own. The State's is carried out by others, by telephone and on the web; the numbers stand
//! on one scale and are not to be mixed.

use std::collections::BTreeMap;

use crate::answer::{Filled, Reply};
use crate::draw::Tally;
use crate::words::words;

/// Answers below which a share isn't shown: it would speak of persons.
pub const ANSWERS_SHOWN_MIN: u64 = 10;
/// Answers below which a share is shown with a warning.
pub const ANSWERS_FIRM_MIN: u64 = 30;

words! {
    /// Whether a share may be shown.
    Standing {
        /// Too few answers: not to be shown.
        HeldBack = "held_back",
        /// Few answers: to be shown with a warning.
        Uncertain = "uncertain",
        /// Enough answers.
        Firm = "firm",
    }
}

/// How often each grade from 1 to 7 was given, and what stood beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Grades {
    given: [u64; 7],
    /// "I don't know".
    pub dont_know: u64,
    /// "I'd rather not say".
    pub declined: u64,
}

/// Net satisfaction, in whole percent and percentage points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Net {
    /// Grades given: the denominator.
    pub answers: u64,
    /// Share of 6 and 7, rounded.
    pub satisfied: u8,
    /// Share of 5, rounded.
    pub neutral: u8,
    /// Share of 1 to 4, rounded.
    pub dissatisfied: u8,
    /// `satisfied` less `dissatisfied`: from -100 to 100. The rounded shares need not make 100 together.
    pub net: i16,
    /// Whether it may be shown.
    pub standing: Standing,
}

impl Grades {
    /// Counts grades, from 1 to 7.
    pub fn new(given: [u64; 7]) -> Self {
        Self { given, dont_know: 0, declined: 0 }
    }

    /// Adds what an answer replied to a question about a grade from 1 to 7. Anything else changes nothing.
    pub fn add(&mut self, filled: &Filled, question: &str) {
        let more = |count: &mut u64| *count = count.saturating_add(1);
        match filled.replies.get(question) {
            Some(Reply::Number(grade)) => {
                let index = usize::try_from(grade.saturating_sub(1)).ok();
                if let Some(count) = index.and_then(|index| self.given.get_mut(index)) {
                    more(count);
                }
            }
            Some(Reply::DontKnow) => more(&mut self.dont_know),
            Some(Reply::Declined) => more(&mut self.declined),
            _ => {}
        }
    }

    /// How often each grade was given, from 1 to 7.
    pub fn given(&self) -> [u64; 7] {
        self.given
    }

    /// The State's indicator; none without a grade.
    pub fn net(&self) -> Option<Net> {
        let [one, two, three, four, five, six, seven] = self.given;
        let sum = |parts: &[u64]| parts.iter().fold(0_u64, |sum, part| sum.saturating_add(*part));
        let answers = sum(&self.given);
        let satisfied = percent(sum(&[six, seven]), answers)?;
        let neutral = percent(five, answers)?;
        let dissatisfied = percent(sum(&[one, two, three, four]), answers)?;
        let net = i16::from(satisfied).saturating_sub(i16::from(dissatisfied));
        Some(Net { answers, satisfied, neutral, dissatisfied, net, standing: standing(answers) })
    }

    /// The margin of the net score at 95 %, in tenths of a percentage point: of a difference of two shares of one
    /// sample (variance `[p + q - (p - q)²] / n`), drawn without replacement from `population` persons. None without
    /// a grade, or when there are more grades than persons.
    pub fn net_margin_tenths(&self, population: u64) -> Option<u32> {
        const NORMAL_95: f64 = 1.96;
        let [one, two, three, four, five, six, seven] = self.given.map(as_real);
        let answers = one + two + three + four + five + six + seven;
        let population = as_real(population);
        if answers < 1.0 || answers > population {
            return None;
        }
        let (p, q) = ((six + seven) / answers, (one + two + three + four) / answers);
        let variance = (p + q - (p - q).powi(2)) / answers;
        let left_out = if population > 1.0 { (population - answers) / (population - 1.0) } else { 0.0 };
        let tenths = (NORMAL_95 * (variance * left_out).sqrt() * 1000.0).round();
        // From 0 to 1960 by its making.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded above")]
        Some(tenths.clamp(0.0, 2000.0) as u32)
    }
}

/// How often each choice of a question was made, and what stood beside it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choices {
    /// By the choice's name. Of a question of several, one person counts at each of theirs.
    pub given: BTreeMap<String, u64>,
    /// Persons who made a choice: the denominator.
    pub answers: u64,
    /// "I'd rather not say".
    pub declined: u64,
}

impl Choices {
    /// Adds what an answer replied to a question of choices. Anything else changes nothing.
    pub fn add(&mut self, filled: &Filled, question: &str) {
        let chosen: &[String] = match filled.replies.get(question) {
            Some(Reply::Choice(choice)) => std::slice::from_ref(choice),
            Some(Reply::Choices(choices)) => choices,
            Some(Reply::Declined) => {
                self.declined = self.declined.saturating_add(1);
                return;
            }
            _ => return,
        };
        self.answers = self.answers.saturating_add(u64::from(!chosen.is_empty()));
        for choice in chosen {
            let count = self.given.entry(choice.clone()).or_default();
            *count = count.saturating_add(1);
        }
    }

    /// The share of those who made this choice, in whole percent; none when nobody made any.
    pub fn percent(&self, choice: &str) -> Option<u8> {
        percent(self.given.get(choice).copied().unwrap_or_default(), self.answers)
    }
}

/// Whether shares of so many answers may be shown.
pub fn standing(answers: u64) -> Standing {
    if answers < ANSWERS_SHOWN_MIN {
        Standing::HeldBack
    } else if answers < ANSWERS_FIRM_MIN {
        Standing::Uncertain
    } else {
        Standing::Firm
    }
}

/// Counts of persons are far below the 2^53 up to which this is exact.
#[expect(clippy::cast_precision_loss, reason = "counts of persons")]
fn as_real(count: u64) -> f64 {
    count as f64
}

/// A share in whole percent, a half to the even number; none of nothing.
pub fn percent(part: u64, whole: u64) -> Option<u8> {
    let (part, whole) = (u128::from(part.min(whole)), u128::from(whole));
    let hundredfold = part.saturating_mul(100);
    let (floor, rest) = (hundredfold.checked_div(whole)?, hundredfold.checked_rem(whole)?);
    let up = match rest.saturating_mul(2).cmp(&whole) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => floor & 1 == 1,
        std::cmp::Ordering::Greater => true,
    };
    u8::try_from(floor.saturating_add(u128::from(up))).ok()
}

/// The interval in which a share lies at 95 %, in tenths of a percent (Wilson, 1927): unlike the usual margin it holds for
/// few answers and for shares near none and all. None of nothing.
pub fn share_interval_tenths(part: u64, whole: u64) -> Option<(u16, u16)> {
    const NORMAL_95_SQUARED: f64 = 1.96 * 1.96;
    if whole == 0 {
        return None;
    }
    let (n, p) = (as_real(whole), as_real(part.min(whole)) / as_real(whole));
    let middle = p + NORMAL_95_SQUARED / (2.0 * n);
    let reach = (NORMAL_95_SQUARED * (p * (1.0 - p) / n + NORMAL_95_SQUARED / (4.0 * n * n))).sqrt();
    let below = 1.0 + NORMAL_95_SQUARED / n;
    // Between 0 and 1 by its making.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded")]
    let tenths = |share: f64| (share * 1000.0).round().clamp(0.0, 1000.0) as u16;
    Some((tenths((middle - reach) / below), tenths((middle + reach) / below)))
}

impl Tally {
    /// Whether every drawn place is accounted for: the closing's own check.
    pub fn adds_up(&self) -> bool {
        let ends = [self.answered, self.refused, self.broken_off, self.lapsed, self.open];
        ends.iter().try_fold(0_u64, |sum, end| sum.checked_add(*end)) == Some(self.drawn)
    }

    /// Answered of drawn, in whole percent; none when nobody was drawn.
    pub fn response_percent(&self) -> Option<u8> {
        percent(self.answered, self.drawn)
    }

    /// Adds another device's or outing's counts.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            places: self.places.saturating_add(other.places),
            drawn: self.drawn.saturating_add(other.drawn),
            answered: self.answered.saturating_add(other.answered),
            refused: self.refused.saturating_add(other.refused),
            broken_off: self.broken_off.saturating_add(other.broken_off),
            lapsed: self.lapsed.saturating_add(other.lapsed),
            open: self.open.saturating_add(other.open),
        }
    }
}
