//! `cargo xtask bench`: every figure with its goal and what it is compared with, in one run.
//!
//! Machines are noisy and shared, so what counts are ratios of what was measured in turns, never seconds alone.

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
mod catalogue;
mod driver;
mod evening;
mod intake;
mod link;
mod opening;
mod photograph;
mod processes;
mod stats;
mod table;
mod tree;
mod windows;
mod wire_count;

use std::cell::LazyCell;

use table::Table;

/// What measures some figures.
enum Measure {
    /// From the programs, as they are built and run.
    Programs(fn(&processes::Programs, &mut Table)),
    /// From within this program.
    Within(fn(&mut Table)),
}
use Measure::{Programs, Within};

/// The figures by the names that `cargo xtask bench NAME` knows.
const FIGURES: [(&str, Measure); 8] = [
    ("catalogue", Within(catalogue::run)),
    ("capture", Programs(capture::run)),
    ("photograph", Programs(photograph::run)),
    ("evening", Programs(evening::run)),
    ("opening", Programs(opening::run)),
    ("link", Programs(link::run)),
    ("intake", Programs(intake::run)),
    ("windows", Programs(windows::run)),
];

fn main() {
    // Measures itself in a process of its own.
    if photograph::once() {
        return;
    }
    let wanted: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let wants = |name: &str| wanted.is_empty() || wanted.iter().any(|word| name.contains(word.as_str()));
    // Minutes of building, where a figure needs it.
    let programs = LazyCell::new(processes::Programs::build);
    let mut table = Table::begin();
    for (name, measure) in FIGURES {
        if wants(name) {
            match measure {
                Programs(measure) => measure(&programs, &mut table),
                Within(measure) => measure(&mut table),
            }
        }
    }
    let (met, all) = table.met();
    println!("{met} of {all} goals met, on {}", machine());
    if let Some(path) = std::env::var_os("OIRS_FIGURES") {
        std::fs::write(path, table.document(&machine())).unwrap();
    }
}

/// The machine in neutral words.
fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!("{} {}, {cores} cores", std::env::consts::OS, std::env::consts::ARCH)
}
