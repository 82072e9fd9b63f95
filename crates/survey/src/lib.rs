//! Surveys as data: XLSForm in, a compiled form out, what an answer may say, and whom the device invites. Pure.
//!
//! The office writes a survey in a spreadsheet; [`xlsform`] compiles it once, at the office, into a [`form`] that
//! stands read and nobody interprets twice. [`answer`] judges what a person filled in by the version that they
//! saw. [`draw`] decides whom the device invites, so that neither the team nor the office can choose, and
//! anybody can recompute it afterwards. [`offer`] is what stands carry: a survey and how many are invited to it.
//! [`summary`] counts what a day's closing says.
//!
//! Nothing here reads a disk, a clock or chance: bytes and seeds are handed in.

pub mod answer;
mod code;
pub mod draw;
pub mod expression;
pub mod form;
pub mod limits;
pub mod offer;
pub mod standard;
pub mod summary;
mod words;
pub mod xlsform;

pub use answer::{Ending, Filled, Reply};
pub use code::Code;
pub use form::{Form, Survey};
pub use offer::Offer;
