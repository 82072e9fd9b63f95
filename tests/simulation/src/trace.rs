//! What happened, line by line, and a hash over all of it: the same seed gives the same hash.

use wire::Hash;

/// The record of one run.
pub(crate) struct Trace {
    lines: Vec<String>,
    keep: bool,
    hash: Hash,
    count: u64,
}

impl Trace {
    pub(crate) fn new(keep: bool) -> Self {
        Self { lines: Vec::new(), keep, hash: Hash([0; 32]), count: 0 }
    }

    pub(crate) fn line(&mut self, at_ms: u64, what: &str) {
        let seconds = at_ms.div_euclid(1_000);
        let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
        let clock = (rest.div_euclid(3_600), rest.rem_euclid(3_600).div_euclid(60), rest.rem_euclid(60));
        let line = format!(
            "day {days:>2} {:02}:{:02}:{:02}.{:03}  {what}",
            clock.0,
            clock.1,
            clock.2,
            at_ms.rem_euclid(1_000)
        );
        self.hash = Hash::of(&[self.hash.0.as_slice(), line.as_bytes()].concat());
        self.count = self.count.saturating_add(1);
        if self.keep {
            self.lines.push(line);
        }
    }

    pub(crate) fn count(&self) -> u64 {
        self.count
    }

    pub(crate) fn finish(self) -> (String, Vec<String>) {
        (self.hash.to_string(), self.lines)
    }
}

/// The first eight hexadecimal digits of an identifier: enough to follow it by eye.
pub(crate) fn short(id: &impl std::fmt::Display) -> String {
    id.to_string().chars().take(8).collect()
}
