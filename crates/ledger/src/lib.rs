//! The stand's append-only, sealed, hash-chained journal on SQLite.
//!
//! One file may hold several ledgers ("epochs") of one stand, oldest first; new entries go to the newest. Every
//! append reads the head, seals and writes inside one immediate transaction, so that the window and the command
//! line can use one file at the same time, and returns only after the durable commit: a receipt made from its
//! answer is a receipt for something that exists.
//!
//! This is the only crate of the stand that names SQLite. It knows no clock and no chance: both are handed in.

mod answers;
mod append;
mod attachment;
mod closing;
mod draw;
mod error;
mod handover;
mod office;
mod open;
mod outing;
mod pool;
mod push;
mod read;
mod recent;
mod release;
mod verify;

pub use answers::RestingAnswer;
pub use append::{Appended, At, NewRequest, Sealer};
pub use attachment::{AttachmentLimits, AttachmentRow};
pub use closing::{Closing, KeptAct, PaperMade};
pub use draw::{DrawTerms, NewEnd, OpenDraw};
pub use error::LedgerError;
pub use office::{HeldManifest, KeptAlarm};
pub use open::{Identity, Ledger, Opened, SCHEMA_VERSION, copy, schema_of, set_aside, set_aside_ledgers};
pub use outing::Outing;
pub use pool::{Pooled, UndoToken};
pub use push::{Chunk, LocalEpoch};
pub use read::{Counters, RequestRow};
pub use recent::RecentRow;
pub use release::GRACE_S;
pub use verify::Verified;
