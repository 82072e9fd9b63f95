//! Reconciliation of a stand with its central office: an engine without input or output, and its drivers for network and stick.
//!
//! A stand is the only writer of its ledgers, so that reconciling means one thing: central comes to hold the
//! same prefix. [`engine`] decides what to do next from what happened so far, and nothing else: it draws no
//! randomness, reads no clock and touches no socket, so that a table of events is its test and the simulator can
//! replay it. The driver gives it a network; [`log`] is the stand's side that both ask.

mod alarm;
pub mod driver;
pub mod engine;
mod fault;
pub mod log;
mod outcome;
pub mod upload;

pub use alarm::Alarm;
pub use engine::{Action, Engine, Event, Limits, Sent};
pub use fault::Fault;
pub use log::{Chunk, ChunkRead, HeldManifest, Identity, LedgerState, Log, Snapshot};
pub use outcome::{Outcome, Progress, Totals};
