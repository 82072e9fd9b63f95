//! `cargo xtask bench`: every figure with its goal and what it is compared with, in one run.
//!
//! Machines are noisy and shared, so what counts are ratios of medians taken in turn, never seconds alone.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::cast_precision_loss,
    clippy::print_stdout
)]

mod capture;
mod intake;
mod link;
mod processes;
mod stats;

fn main() {
    let wanted: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let wants = |name: &str| wanted.is_empty() || wanted.iter().any(|word| name.contains(word.as_str()));
    println!("{:<58} {:>14} {:>14}   beside", "figure", "measured", "goal");
    if wants("capture") {
        capture::run();
    }
    if wants("link") || wants("intake") {
        let programs = processes::Programs::build();
        if wants("link") {
            link::run(&programs);
        }
        if wants("intake") {
            intake::run(&programs);
        }
    }
}
