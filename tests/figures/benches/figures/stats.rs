//! Medians, their spread, and a line of the table.

use std::time::{Duration, Instant};

/// Times of many runs of one thing.
pub(crate) struct Times(Vec<Duration>);

impl Times {
    pub(crate) fn new() -> Self {
        Self(Vec::new())
    }

    /// Runs and times once.
    pub(crate) fn take<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let begun = Instant::now();
        let done = work();
        self.0.push(begun.elapsed());
        done
    }

    fn at(&self, share: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort();
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let index = ((sorted.len() - 1) as f64 * share).round() as usize;
        sorted[index].as_secs_f64() * 1e6
    }

    /// The median, in microseconds.
    pub(crate) fn median(&self) -> f64 {
        self.at(0.5)
    }

    /// Median and the middle half, in microseconds.
    pub(crate) fn words(&self) -> String {
        format!("{:.0} µs ({:.0}–{:.0})", self.median(), self.at(0.25), self.at(0.75))
    }
}

/// One line of the table.
pub(crate) fn line(figure: &str, measured: &str, goal: &str, beside: &str) {
    println!("{figure:<58} {measured:>14} {goal:>14}   {beside}");
}
