//! How many tests a test runner says that it ran.
//!
//! Each runner has a sentence of its own for it. One that ended badly counts at least one failure, so that a suite
//! which did not even compile can't look like a suite without failures; and so does one that ran no test at all.

/// Tests that passed and tests that did not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Tests that passed.
    pub(crate) passed: u64,
    /// Tests that failed, ran out of time or could not run.
    pub(crate) failed: u64,
}

impl Tally {
    /// Counts another suite in.
    pub(crate) fn add(&mut self, other: Self) {
        self.passed = self.passed.saturating_add(other.passed);
        self.failed = self.failed.saturating_add(other.failed);
    }
}

/// Who says the numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Runner {
    /// `cargo nextest run`.
    Nextest,
    /// `cargo test`.
    Libtest,
    /// `cargo test --doc`, which may have nothing to run.
    Doctests,
    /// `vitest run`.
    Vitest,
    /// `pytest -q`.
    Pytest,
    /// Mocha, which `WebdriverIO` uses too; `node --test`; or a line `N passed, M failed`.
    Plain,
    /// A check that either holds or does not.
    Check,
}

/// The tests of one command, from what it wrote and how it ended.
pub(crate) fn count(runner: Runner, success: bool, output: &str) -> Tally {
    let mut tally = Tally::default();
    for line in output.lines() {
        tally.add(of_line(runner, &plain(line)));
    }
    // A suite that ran nothing has not passed: somebody moved it, or nobody found it.
    if tally == Tally::default() {
        match runner {
            Runner::Check => tally.passed = u64::from(success),
            Runner::Doctests => {}
            _ => tally.failed = 1,
        }
    }
    if !success && tally.failed == 0 {
        tally.failed = 1;
    }
    tally
}

fn of_line(runner: Runner, line: &str) -> Tally {
    let line = line.trim();
    let numbers = |names: &[&str]| names.iter().map(|name| before(line, name)).fold(0, u64::saturating_add);
    match runner {
        Runner::Nextest if line.starts_with("Summary [") => {
            let run = numbers(&["tests run", "test run"]);
            let passed = numbers(&["passed"]);
            Tally { passed, failed: run.saturating_sub(passed) }
        }
        Runner::Libtest | Runner::Doctests if line.starts_with("test result:") => {
            Tally { passed: numbers(&["passed"]), failed: numbers(&["failed"]) }
        }
        Runner::Vitest if line.starts_with("Tests ") => {
            Tally { passed: numbers(&["passed"]), failed: numbers(&["failed"]) }
        }
        Runner::Pytest if line.ends_with('s') && line.contains(" in ") => {
            Tally { passed: numbers(&["passed"]), failed: numbers(&["failed", "error"]) }
        }
        Runner::Plain => {
            let after =
                |name: &str| line.strip_prefix(name).and_then(|rest| rest.trim().parse().ok()).unwrap_or(0);
            let whole = line.starts_with(|first: char| first.is_ascii_digit());
            if !whole {
                let (passed, failed) = (after("# pass "), after("# fail "));
                let (shown, broken) = (after("ℹ pass "), after("ℹ fail "));
                return Tally { passed: passed.max(shown), failed: failed.max(broken) };
            }
            Tally { passed: numbers(&["passed", "passing"]), failed: numbers(&["failed", "failing"]) }
        }
        _ => Tally::default(),
    }
}

/// The number right before a word: 12 of `12 passed`.
fn before(line: &str, word: &str) -> u64 {
    line.match_indices(word)
        .find_map(|(at, _)| line.get(..at)?.split_whitespace().next_back()?.parse().ok())
        .unwrap_or(0)
}

/// A line without its colours.
fn plain(line: &str) -> String {
    let mut words = String::with_capacity(line.len());
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        if letter == '\u{1b}' {
            letters.by_ref().find(char::is_ascii_alphabetic);
        } else {
            words.push(letter);
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_runner_is_understood() {
        let check = |runner, success, output: &str, passed, failed| {
            assert_eq!(count(runner, success, output), Tally { passed, failed }, "{output}");
        };
        let summary =
            "     Summary [   1.204s] 120 tests run: 118 passed (1 slow), 1 failed, 1 timed out, 0 skipped";
        check(Runner::Nextest, false, summary, 118, 2);
        check(Runner::Nextest, true, "     Summary [   0.1s] 1 test run: 1 passed, 0 skipped", 1, 0);
        check(Runner::Nextest, false, "error: could not compile `wire`", 0, 1);
        let two = "test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out\n\
                   test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out";
        check(Runner::Libtest, false, two, 15, 2);
        let vitest = " Test Files  3 passed (3)\n      Tests  1 failed | 11 passed (12)\n";
        check(Runner::Vitest, false, vitest, 11, 1);
        check(
            Runner::Vitest,
            true,
            "\u{1b}[2m      Tests \u{1b}[22m \u{1b}[1m\u{1b}[32m12 passed\u{1b}[39m (12)",
            12,
            0,
        );
        check(Runner::Pytest, true, "...  [100%]\n7 passed, 27 subtests passed in 0.21s", 7, 0);
        check(Runner::Pytest, false, "1 failed, 4 passed, 2 errors in 1.10s", 4, 3);
        check(Runner::Pytest, true, "no tests ran in 0.01s", 0, 1);
        check(Runner::Plain, false, "  12 passing (3s)\n  1 failing", 12, 1);
        check(Runner::Plain, true, "# tests 5\n# pass 5\n# fail 0", 5, 0);
        check(Runner::Plain, true, "ℹ pass 4\nℹ fail 0", 4, 0);
        check(Runner::Plain, true, "9 passed, 0 failed", 9, 0);
        check(Runner::Libtest, true, "test result: ok. 0 passed; 0 failed; 0 ignored", 0, 1);
        check(Runner::Doctests, true, "test result: ok. 0 passed; 0 failed; 0 ignored", 0, 0);
        check(Runner::Doctests, false, "error: could not compile", 0, 1);
        check(Runner::Check, true, "12 passed", 1, 0);
        check(Runner::Check, false, "", 0, 1);
    }
}
