//! The smaller entries of a field day: an encounter, and what is done afterwards to something already filed.
//!
//! Nothing is ever changed in place: adding to a request, withdrawing it and undoing a record are entries of
//! their own, so that the day's chain tells what happened in the order in which it happened.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::FieldError;
use crate::folio::Folio;
use crate::input;
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
        $(#[$meta])*
        #[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        #[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    EncounterDraft {
        /// A UUID by which it is recorded once.
        id,
        /// What it was about, in free words. Required.
        matter,
        /// One of the words of [`Outcome`]. Required.
        outcome,
        /// The body that the person was sent to.
        referred_to,
        /// Where it took place, five digits; absent is the outing's place.
        comuna,
    }
    /// An addition to a request already filed, as filed.
    AdditionDraft {
        /// A UUID by which it is recorded once.
        id,
        /// The request's folio. Required.
        folio,
        /// What is added. Required.
        text,
    }
    /// The withdrawal of a request already filed, as filed.
    WithdrawalDraft {
        /// A UUID by which it is recorded once.
        id,
        /// The request's folio. Required.
        folio,
        /// Why, if the person wants to say.
        reason,
    }
}

/// The undoing of a record made by mistake, as filed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VoidDraft {
    /// A UUID by which it is recorded once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The epoch of the entry, sixteen hexadecimal digits. Required.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub epoch: Option<String>,
    /// The entry's place in its epoch, from 1. Required.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "bindings", ts(optional, type = "number"))]
    pub seq: Option<u64>,
    /// Why. Required.
    #[serde(skip_serializing_if = "Option::is_none")]
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
}

/// An addition to a request already filed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addition {
    pub(crate) draft: AdditionDraft,
    pub(crate) id: Option<Uuid>,
    pub(crate) folio: Folio,
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
