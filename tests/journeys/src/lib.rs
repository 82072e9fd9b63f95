//! Whole days with the real programs: what a crate's own tests can't see, because it happens between processes.
//!
//! `terreno` and `oirs-central` run as they ship, from the command line, and speak over real sockets through a link
//! that cuts, swallows and lies. Everything here is bounded in time and waits for the event itself; only processes
//! that a test began are ended, by their id. Chance is seeded, so that a failure can be seen twice.
// This crate is test code all through: a helper that fails should fail the test where it stands.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::missing_panics_doc
)]

mod chance;
mod fixture;
mod http;
mod killing;
mod office;
mod process;
mod programs;
mod proxy;
mod stand;

pub use chance::Chance;
pub use fixture::{bad_inputs, encounters, fixture, requests};
pub use http::{HttpAnswer, post};
pub use killing::{CALLS, Kill, Point, at_each, counted, points_of, selected, strace};
pub use office::{Office, Serving};
pub use process::{Done, Errors, LIMIT, Running, run, run_with};
pub use programs::program;
pub use proxy::{Link, Proxy};
pub use stand::{Stand, entry_kinds, pushes};
