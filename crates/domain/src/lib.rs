//! The words of the trade: identity, kinds, places, calendar, deadlines. Pure: no input, no output, no clock.
//!
//! Everything here is a value or a function of values: the time is passed in, chance is passed in, and
//! nothing is read from the machine. So the stand without a network, the central office and the simulator
//! say the same of the same request. Words and their law: `docs/glossary.md`.

pub mod attachment;
pub mod calendar;
mod check;
mod contact;
pub mod control_code;
pub mod country;
pub mod deadline;
pub mod document;
pub mod encounter;
pub mod error;
pub mod folio;
mod input;
pub mod invitation;
pub mod kind;
pub mod limits;
mod place_kind;
pub mod profile;
pub mod request;
pub mod rut;
pub mod space;
pub mod spelling;
pub mod staff;
pub mod territory;
pub mod unlock_code;
mod words;

pub use attachment::{AttachmentDraft, MediaType};
pub use calendar::{Calendar, CalendarException, CalendarExceptions, Holiday, Scope, Why};
pub use check::check_encounter;
pub use control_code::ControlCode;
pub use deadline::{Deadline, DeadlineError, Deadlines, deadlines};
pub use document::{Document, DocumentKind};
pub use encounter::{
    Addition, AdditionDraft, Encounter, EncounterDraft, EncounterLine, Outcome, Void, VoidDraft, Wanted,
    WantedDraft, Withdrawal, WithdrawalDraft,
};
pub use error::{Arg, ErrorCode, FieldError};
pub use folio::{DevicePrefix, Folio, FolioError};
pub use input::{filed_id, line_text};
pub use invitation::InvitationFate;
pub use kind::Kind;
pub use place_kind::PlaceKind;
pub use profile::{Profile, ProfileDraft};
pub use request::{
    AffectedDraft, AnswerWay, Captured, Certainty, DocumentDraft, OrganisationDraft, PersonDraft, Request,
    RequestDraft, Writer,
};
pub use rut::{Rut, RutError, RutWarning};
pub use space::Space;
pub use staff::{Role, StaffCode, StaffCodeError};
pub use territory::Comuna;
pub use unlock_code::{UnlockChallenge, UnlockCodeError, UnlockResponse};
