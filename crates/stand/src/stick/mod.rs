//! Hand-over by files: what is still here goes onto a stick, and the office's answers come back on it.
//!
//! The form is section 16 of `docs/protocol.md`. Whoever carries the stick needs no trust: it holds the same signed
//! bytes as a network would carry. Nothing that was captured is touched by anything here; a stick that is full, locked
//! or gone in the middle costs a file that is named as unfinished, and the next export goes on from what is whole.

mod acknowledge;
mod export;
mod files;
mod lay;

pub use acknowledge::{BundleAcknowledged, FileState, FileTold};
pub use export::BundleExported;
pub(crate) use files::{lay_files, take_words};
pub(crate) use lay::{Laid, RUN_BYTES_MAX, Source, UNTOLD, covered, lay, own_runs};
