//! Where answers go: JSON objects for scripts, sentences in their language for people.

use std::io::Write;

use serde::Serialize;
use texts::{Value, text};

use super::told::Told;

/// Where answers and errors go.
pub struct Output {
    json: bool,
    out: Box<dyn Write>,
    err: Box<dyn Write>,
}

impl Output {
    /// Standard output and standard error.
    pub fn terminal(json: bool) -> Self {
        Self { json, out: Box::new(std::io::stdout()), err: Box::new(std::io::stderr()) }
    }

    /// Whether a script reads.
    pub fn is_json(&self) -> bool {
        self.json
    }

    /// One JSON object on a line of its own, when a script reads.
    pub fn json(&mut self, value: &impl Serialize) {
        if self.json
            && let Ok(line) = serde_json::to_string(value)
        {
            self.write(&line);
        }
    }

    /// A line as it is, for people and scripts alike.
    pub fn write(&mut self, line: &str) {
        // A reader that went away (`| head`) is no reason to fail.
        let _ = writeln!(self.out, "{line}").and_then(|()| self.out.flush());
    }

    /// A line for people.
    pub fn line(&mut self, line: &str) {
        if !self.json {
            self.write(line);
        }
    }

    /// A sentence for people.
    pub fn say(&mut self, key: &str, args: &[(&str, Value<'_>)]) {
        if !self.json {
            self.write(&text(super::language(), key, args));
        }
    }

    /// What went wrong.
    pub fn error(&mut self, told: &Told) {
        let line = match serde_json::to_string(told) {
            Ok(json) if self.json => json,
            _ => told.reason.clone(),
        };
        let _ = writeln!(self.err, "{line}");
    }
}
