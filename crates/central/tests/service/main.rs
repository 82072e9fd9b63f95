//! The central office as its neighbours meet it: a real server on a free port, real keys, raw bytes on the wire.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::print_stderr
)]

mod citizens;
mod commands;
mod enrolling;
mod files;
mod hostile;
mod http;
mod journey;
mod office;
mod pushing;
mod stand;
mod surveys;
