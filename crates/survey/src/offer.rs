//! What the office publishes: one survey and how many are invited to it, `oirs-survey-offer/1`.
//!
//! The rate belongs to the survey and not to the outing: whoever opens the day can't turn it down for a bad one. Like
//! the survey itself it has exactly one encoding.

use serde::{Deserialize, Serialize};

use crate::Code;
use crate::draw::Rate;
use crate::form::{Fault, Form, Part, Place, Survey};
use crate::limits::OFFER_BYTES_MAX;

/// The name and version of the format.
pub const FORMAT: &str = "oirs-survey-offer/1";

/// A survey with the rate at which people are invited to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    survey: Survey,
    rate: Rate,
    bytes: Vec<u8>,
}

/// Its form on the wire. The rate's numerator comes first.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Encoded {
    format: String,
    rate: (u16, u16),
    survey: Form,
}

impl Offer {
    /// Offers a survey at a rate.
    ///
    /// # Errors
    /// [`Code::FileTooLarge`].
    pub fn new(survey: Survey, rate: Rate) -> Result<Self, Vec<Fault>> {
        let whole = |code| vec![Fault::new(Place::Form, Part::Whole, code)];
        let encoded = Encoded {
            format: FORMAT.to_owned(),
            rate: (rate.numerator(), rate.denominator()),
            survey: survey.form().clone(),
        };
        let bytes = serde_json::to_vec(&encoded).map_err(|_| whole(Code::NotASurvey))?;
        if bytes.len() > OFFER_BYTES_MAX {
            return Err(whole(Code::FileTooLarge));
        }
        Ok(Self { survey, rate, bytes })
    }

    /// Reads what was published.
    ///
    /// # Errors
    /// [`Code::FileTooLarge`], [`Code::NotASurvey`], every rule that the survey breaks, or [`Code::OtherEncoding`].
    pub fn read(bytes: &[u8]) -> Result<Self, Vec<Fault>> {
        let whole = |code| vec![Fault::new(Place::Form, Part::Whole, code)];
        if bytes.len() > OFFER_BYTES_MAX {
            return Err(whole(Code::FileTooLarge));
        }
        let encoded: Encoded = serde_json::from_slice(bytes).map_err(|_| whole(Code::NotASurvey))?;
        let (numerator, denominator) = encoded.rate;
        let rate = Rate::new(numerator, denominator).filter(|_| encoded.format == FORMAT);
        let rate = rate.ok_or_else(|| whole(Code::NotASurvey))?;
        let offer = Self::new(Survey::new(encoded.survey)?, rate)?;
        if offer.bytes == bytes { Ok(offer) } else { Err(whole(Code::OtherEncoding)) }
    }

    /// Its one encoding: what is hashed, published and carried.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The survey.
    pub fn survey(&self) -> &Survey {
        &self.survey
    }

    /// How many are invited.
    pub fn rate(&self) -> Rate {
        self.rate
    }

    /// Whether it may be published after these. Of one survey only a higher version may come, or the newest itself at
    /// another rate: answers name survey and version, and so no two may share them.
    pub fn may_follow<'a>(&self, earlier: impl IntoIterator<Item = &'a Self>) -> bool {
        let same = |other: &&Self| other.survey.form().id == self.survey.form().id;
        earlier
            .into_iter()
            .filter(same)
            .all(|other| self.survey.follows(&other.survey) || self.survey == other.survey)
    }
}
