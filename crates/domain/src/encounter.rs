//! The smaller entries of a field day: an encounter, and what is done afterwards to something already filed.
//!
//! Nothing is ever changed in place: adding to a request, withdrawing it and undoing a record are entries of
//! their own, so that the day's chain tells what happened in the order in which it happened.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::control_code::ControlCode;
use crate::error::FieldError;
use crate::folio::Folio;
use crate::input;
#[cfg(feature = "schema")]
use crate::limits;
use crate::profile::ProfileDraft;
use crate::territory::Comuna;
use crate::words::words;

words! {
    /// What came of an encounter.
    Outcome {
        /// The person got the information.
        Informed = "informed",
        /// The person was sent to the competent body.
        Referred = "referred",
        /// A request was filed.
        RequestFiled = "request_filed",
        /// The stand could do nothing.
        CameInVain = "came_in_vain",
    }
}

/// Declares a draft whose fields are optional text, as filed.
macro_rules! drafts {
    ($($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $field:ident),+ $(,)? })+) => {$(
        #[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        #[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        $(#[$meta])*
        pub struct $name {
            $($(#[$doc])* #[serde(skip_serializing_if = "Option::is_none")] pub $field: Option<String>),+
        }

        impl $name {
            /// Reads one JSON object.
            ///
            /// # Errors
            /// The first thing wrong with its form.
            pub fn from_json(json: &str) -> Result<Self, FieldError> {
                input::from_json(json)
            }
        }
    )+};
}

drafts! {
    /// An encounter as filed.
    #[cfg_attr(feature = "schema", schemars(title = "Encounter", extend("required" = ["matter", "outcome"])))]
    EncounterDraft {
        /// A UUID by which it is recorded once.
        #[cfg_attr(feature = "schema", schemars(with = "Option<Uuid>"))]
        id,
        /// What it was about, in free words. Required.
        #[cfg_attr(feature = "schema", schemars(with = "String", length(min = 1, max = limits::TOPIC_CHARS_MAX)))]
        matter,
        /// One of the words of [`Outcome`]. Required.
        #[cfg_attr(feature = "schema", schemars(with = "Outcome"))]
        outcome,
        /// The body that the person was sent to.
        #[cfg_attr(feature = "schema", schemars(length(max = limits::AGENCY_CHARS_MAX)))]
        referred_to,
        /// Where it took place, five digits; absent is the outing's place.
        #[cfg_attr(feature = "schema", schemars(regex(pattern = "^[0-9]{5}$")))]
        comuna,
        /// The id of the catalogue's sheet that was shown, read out or printed.
        #[cfg_attr(feature = "schema", schemars(length(max = limits::SHEET_ID_CHARS_MAX)))]
        sheet,
    }
    /// An addition to a request already filed, as filed.
    #[cfg_attr(feature = "schema", schemars(title = "Addition", extend("required" = ["folio", "text"])))]
    AdditionDraft {
        /// A UUID by which it is recorded once.
        #[cfg_attr(feature = "schema", schemars(with = "Option<Uuid>"))]
        id,
        /// The request's folio. Required.
        #[cfg_attr(feature = "schema", schemars(with = "String"))]
        folio,
        /// The control code on the citizen's paper, `XXXX-XXXX`, which proves that the paper is at hand. Absent where
        /// it isn't: the office then asks before it does anything.
        #[cfg_attr(feature = "schema", schemars(length(max = limits::CONTROL_CODE_CHARS_MAX)))]
        control_code,
        /// What is added. Required.
        #[cfg_attr(feature = "schema", schemars(with = "String", length(min = 1, max = limits::TEXT_CHARS_MAX)))]
        text,
    }
    /// The withdrawal of a request already filed, as filed.
    #[cfg_attr(feature = "schema", schemars(title = "Withdrawal", extend("required" = ["folio"])))]
    WithdrawalDraft {
        /// A UUID by which it is recorded once.
        #[cfg_attr(feature = "schema", schemars(with = "Option<Uuid>"))]
        id,
        /// The request's folio. Required.
        #[cfg_attr(feature = "schema", schemars(with = "String"))]
        folio,
        /// The control code on the citizen's paper, `XXXX-XXXX`, which proves that the paper is at hand. Absent where
        /// it isn't: the office then asks before it does anything.
        #[cfg_attr(feature = "schema", schemars(length(max = limits::CONTROL_CODE_CHARS_MAX)))]
        control_code,
        /// Why, if the person wants to say.
        #[cfg_attr(feature = "schema", schemars(length(max = limits::REASON_CHARS_MAX)))]
        reason,
    }
    /// What somebody looked for in the catalogue and did not find, as filed.
    #[cfg_attr(feature = "schema", schemars(title = "Wanted", extend("required" = ["words"])))]
    WantedDraft {
        /// A UUID by which it is recorded once.
        #[cfg_attr(feature = "schema", schemars(with = "Option<Uuid>"))]
        id,
        /// What was looked for, as it was typed. Required.
        #[cfg_attr(feature = "schema", schemars(with = "String", length(min = 1, max = limits::WANTED_CHARS_MAX)))]
        words,
    }
}

/// An encounter together with the profile of the person, as one line of input. The two part at once: nothing that is
/// recorded of the one names the other.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(title = "Encounter", extend("required" = ["matter", "outcome"])))]
pub struct EncounterLine {
    /// A UUID by which it is recorded once.
    #[cfg_attr(feature = "schema", schemars(with = "Option<Uuid>"))]
    id: Option<String>,
    /// What it was about, in free words. Required.
    #[cfg_attr(feature = "schema", schemars(with = "String", length(min = 1, max = limits::TOPIC_CHARS_MAX)))]
    matter: Option<String>,
    /// One of the words of [`Outcome`]. Required.
    #[cfg_attr(feature = "schema", schemars(with = "Outcome"))]
    outcome: Option<String>,
    /// The body that the person was sent to.
    #[cfg_attr(feature = "schema", schemars(length(max = limits::AGENCY_CHARS_MAX)))]
    referred_to: Option<String>,
    /// Where it took place, five digits; absent is the outing's place.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^[0-9]{5}$")))]
    comuna: Option<String>,
    /// The id of the catalogue's sheet that was shown, read out or printed.
    #[cfg_attr(feature = "schema", schemars(length(max = limits::SHEET_ID_CHARS_MAX)))]
    sheet: Option<String>,
    /// Who the person is for the statistics, if they want to say: every item is optional.
    #[serde(default, deserialize_with = "input::object")]
    profile: Option<ProfileDraft>,
}

impl EncounterLine {
    /// Reads one JSON object.
    ///
    /// # Errors
    /// The first thing wrong with its form.
    pub fn from_json(json: &str) -> Result<Self, FieldError> {
        input::from_json(json)
    }

    /// The two that it consists of.
    pub fn split(self) -> (EncounterDraft, Option<ProfileDraft>) {
        let Self { id, matter, outcome, referred_to, comuna, sheet, profile } = self;
        (EncounterDraft { id, matter, outcome, referred_to, comuna, sheet }, profile)
    }
}

/// The undoing of a record made by mistake, as filed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(title = "Void", extend("required" = ["epoch", "seq", "reason"])))]
pub struct VoidDraft {
    /// A UUID by which it is recorded once.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Uuid>"))]
    pub id: Option<String>,
    /// The epoch of the entry, sixteen hexadecimal digits. Required.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "String", regex(pattern = "^[0-9a-fA-F]{16}$")))]
    pub epoch: Option<String>,
    /// The entry's place in its epoch, from 1. Required.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "bindings", ts(optional, type = "number"))]
    #[cfg_attr(feature = "schema", schemars(with = "u64", range(min = 1)))]
    pub seq: Option<u64>,
    /// Why. Required.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "String", length(min = 1, max = limits::REASON_CHARS_MAX)))]
    pub reason: Option<String>,
}

impl VoidDraft {
    /// Reads one JSON object.
    ///
    /// # Errors
    /// The first thing wrong with its form.
    pub fn from_json(json: &str) -> Result<Self, FieldError> {
        input::from_json(json)
    }
}

/// An encounter: one person attended, whatever came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encounter {
    pub(crate) draft: EncounterDraft,
    pub(crate) id: Option<Uuid>,
    pub(crate) outcome: Outcome,
    pub(crate) comuna: Option<Comuna>,
}

impl Encounter {
    /// What was filed, as written.
    pub const fn filed(&self) -> &EncounterDraft {
        &self.draft
    }

    /// The UUID that it was filed with, if any.
    pub const fn id(&self) -> Option<Uuid> {
        self.id
    }

    /// What it was about.
    pub fn matter(&self) -> &str {
        self.draft.matter.as_deref().unwrap_or_default()
    }

    /// What came of it.
    pub const fn outcome(&self) -> Outcome {
        self.outcome
    }

    /// The body that the person was sent to.
    pub fn referred_to(&self) -> Option<&str> {
        self.draft.referred_to.as_deref()
    }

    /// Where it took place, if it was said.
    pub const fn comuna(&self) -> Option<Comuna> {
        self.comuna
    }

    /// The catalogue's sheet that was shown.
    pub fn sheet(&self) -> Option<&str> {
        self.draft.sheet.as_deref()
    }
}

/// An addition to a request already filed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addition {
    pub(crate) draft: AdditionDraft,
    pub(crate) id: Option<Uuid>,
    pub(crate) folio: Folio,
    pub(crate) control_code: Option<ControlCode>,
}

impl Addition {
    /// What was filed, as written.
    pub const fn filed(&self) -> &AdditionDraft {
        &self.draft
    }

    /// The UUID that it was filed with, if any.
    pub const fn id(&self) -> Option<Uuid> {
        self.id
    }

    /// The request that is added to.
    pub const fn folio(&self) -> Folio {
        self.folio
    }

    /// The control code on the citizen's paper, if they had it.
    pub const fn control_code(&self) -> Option<ControlCode> {
        self.control_code
    }

    /// What is added.
    pub fn text(&self) -> &str {
        self.draft.text.as_deref().unwrap_or_default()
    }
}

/// The withdrawal of a request already filed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawal {
    pub(crate) draft: WithdrawalDraft,
    pub(crate) id: Option<Uuid>,
    pub(crate) folio: Folio,
    pub(crate) control_code: Option<ControlCode>,
}

impl Withdrawal {
    /// What was filed, as written.
    pub const fn filed(&self) -> &WithdrawalDraft {
        &self.draft
    }

    /// The UUID that it was filed with, if any.
    pub const fn id(&self) -> Option<Uuid> {
        self.id
    }

    /// The request that is withdrawn.
    pub const fn folio(&self) -> Folio {
        self.folio
    }

    /// The control code on the citizen's paper, if they had it.
    pub const fn control_code(&self) -> Option<ControlCode> {
        self.control_code
    }

    /// Why, if the person said so.
    pub fn reason(&self) -> Option<&str> {
        self.draft.reason.as_deref()
    }
}

/// The undoing of a record made by mistake. The record stays in the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Void {
    pub(crate) draft: VoidDraft,
    pub(crate) id: Option<Uuid>,
    pub(crate) epoch: [u8; 8],
    pub(crate) seq: u64,
}

impl Void {
    /// What was filed, as written.
    pub const fn filed(&self) -> &VoidDraft {
        &self.draft
    }

    /// The UUID that it was filed with, if any.
    pub const fn id(&self) -> Option<Uuid> {
        self.id
    }

    /// The epoch of the entry that is undone.
    pub const fn epoch(&self) -> [u8; 8] {
        self.epoch
    }

    /// The place in its epoch of the entry that is undone, from 1.
    pub const fn seq(&self) -> u64 {
        self.seq
    }

    /// Why.
    pub fn reason(&self) -> &str {
        self.draft.reason.as_deref().unwrap_or_default()
    }
}

/// What somebody looked for in the catalogue and did not find: a request for content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    pub(crate) draft: WantedDraft,
    pub(crate) id: Option<Uuid>,
}

impl Wanted {
    /// What was filed, as written.
    pub const fn filed(&self) -> &WantedDraft {
        &self.draft
    }

    /// The UUID that it was filed with, if any.
    pub const fn id(&self) -> Option<Uuid> {
        self.id
    }

    /// What was looked for.
    pub fn words(&self) -> &str {
        self.draft.words.as_deref().unwrap_or_default()
    }
}
