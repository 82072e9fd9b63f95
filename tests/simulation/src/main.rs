//! `cargo xtask sim --seed N [--count K] [--trace]`: runs seeds one after another and ends badly if a property broke.

use std::io::Write as _;
use std::process::ExitCode;

/// What to run.
struct Wanted {
    seed: u64,
    count: u64,
    trace: bool,
}

fn main() -> ExitCode {
    let Some(wanted) = parse(std::env::args().skip(1)) else {
        let _ = writeln!(std::io::stderr(), "simulation --seed N [--count K] [--trace]");
        return ExitCode::from(2);
    };
    let mut broken = false;
    for seed in (wanted.seed..).zip(0..wanted.count).map(|(seed, _)| seed) {
        let ran = if wanted.trace { simulation::run_with_trace(seed) } else { simulation::run(seed) };
        let said = match &ran {
            Ok(report) => report.to_string(),
            Err(trouble) => format!("seed {seed}: {trouble}"),
        };
        broken |= !ran.is_ok_and(|report| report.violations.is_empty());
        // A closed pipe is somebody who has seen enough.
        if writeln!(std::io::stdout(), "{said}").is_err() {
            break;
        }
    }
    if broken { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn parse(mut words: impl Iterator<Item = String>) -> Option<Wanted> {
    let mut wanted = Wanted { seed: 0, count: 1, trace: false };
    let mut seeded = false;
    while let Some(word) = words.next() {
        match word.as_str() {
            "--seed" => (wanted.seed, seeded) = (words.next()?.parse().ok()?, true),
            "--count" => wanted.count = words.next()?.parse().ok()?,
            "--trace" => wanted.trace = true,
            _ => return None,
        }
    }
    seeded.then_some(wanted)
}
