//! The table of figures: what was measured, what was to be reached, whether it was, and what stands beside it.

use std::fmt::Write as _;

use crate::stats::Samples;

/// What a figure is held to.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Goal {
    AtMost(f64),
    Below(f64),
    AtLeast(f64),
    /// A number that is printed for whoever wants to know, and held to nothing.
    Told,
}

impl Goal {
    fn is_met(self, value: f64) -> Option<bool> {
        match self {
            Self::AtMost(limit) => Some(value <= limit),
            Self::Below(limit) => Some(value < limit),
            Self::AtLeast(limit) => Some(value >= limit),
            Self::Told => None,
        }
    }

    fn words(self, decimals: usize) -> String {
        match self {
            Self::AtMost(limit) => format!("≤ {limit:.decimals$}"),
            Self::Below(limit) => format!("< {limit:.decimals$}"),
            Self::AtLeast(limit) => format!("≥ {limit:.decimals$}"),
            Self::Told => String::new(),
        }
    }
}

struct Row {
    figure: String,
    measured: String,
    goal: String,
    met: &'static str,
    beside: String,
}

/// The rows so far. Each is printed as it is known: a run takes minutes.
pub(crate) struct Table {
    rows: Vec<Row>,
}

const HEAD: [&str; 5] = ["figure", "median (middle half)", "goal", "met", "beside it, in the same run"];

impl Table {
    pub(crate) fn begin() -> Self {
        println!("{:<52} {:>24} {:>9} {:>4}  {}", HEAD[0], HEAD[1], HEAD[2], HEAD[3], HEAD[4]);
        Self { rows: Vec::new() }
    }

    /// A figure whose median is held to its goal.
    pub(crate) fn row(&mut self, figure: &str, samples: &Samples, decimals: usize, goal: Goal, beside: &str) {
        let met = match goal.is_met(samples.median()) {
            Some(true) => "yes",
            Some(false) => "NO",
            None => "",
        };
        let measured = format!("{samples:.decimals$}");
        let row = Row {
            figure: figure.to_owned(),
            measured,
            goal: goal.words(decimals),
            met,
            beside: beside.to_owned(),
        };
        println!("{:<52} {:>24} {:>9} {:>4}  {}", row.figure, row.measured, row.goal, row.met, row.beside);
        self.rows.push(row);
    }

    /// How many goals were met, of how many.
    pub(crate) fn met(&self) -> (usize, usize) {
        let count = |word| self.rows.iter().filter(|row| row.met == word).count();
        (count("yes"), count("yes") + count("NO"))
    }

    /// The table as a document.
    pub(crate) fn document(&self, machine: &str) -> String {
        let mut text = String::from(
            "# Figures\n\n\
             What the product is held to, as measured. This page is written by `cargo xtask bench --write`; the\n\
             reasoning behind each row is in the file of `tests/figures/benches/figures/` that measures it.\n\n\
             Medians, with the middle half of the measurements in parentheses. What stands beside a figure was\n\
             measured in the same run, in turns with it, on the same machine: ",
        );
        let _ = write!(text, "{machine}.\n\n| {} |\n|---|---:|---:|---|---|\n", HEAD.join(" | "));
        for row in &self.rows {
            let Row { figure, measured, goal, met, beside } = row;
            let _ = writeln!(text, "| {figure} | {measured} | {goal} | {met} | {beside} |");
        }
        text
    }
}
