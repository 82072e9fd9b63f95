//! The day itself: one stand, one office, the link between them, and what was filed so far.

use journeys::{Done, Errors, Office, Proxy, Running, Stand};
use serde_json::Value;
use tempfile::TempDir;

use crate::parsed;

/// Processes that record into one folder at once.
const RECORDERS: usize = 4;

pub(crate) struct Day {
    pub(crate) folder: TempDir,
    pub(crate) office: Office,
    pub(crate) proxy: Proxy,
    pub(crate) stand: Stand,
    /// Everything that the programs wrote to their logs.
    pub(crate) logs: String,
    /// Line and answer, for every request.
    pub(crate) filed: Vec<(String, Value)>,
}

impl Day {
    pub(crate) fn log(&mut self, done: &Done) {
        self.logs.push_str(&done.err);
    }

    /// What a process answered to these lines, one answer a line and in their order.
    fn take(&mut self, lines: &[String], done: &Done) {
        assert_eq!(done.code, Some(0), "{}", done.out);
        let answers = done.lines();
        assert_eq!(answers.len(), lines.len());
        for (line, answer) in lines.iter().zip(answers) {
            assert_eq!(answer["id"], parsed(line)["id"], "answers come in the order of the lines");
            assert_eq!(answer["copy"], false);
            self.filed.push((line.clone(), answer));
        }
        self.log(done);
    }

    pub(crate) fn record_alone(&mut self, lines: &[String]) {
        let done = self.stand.record("request", lines);
        self.take(lines, &done);
    }

    /// Several processes record into one folder at once; each gets its lines one by one, in turn with the others.
    pub(crate) fn record_together(&mut self, lines: &[String], encounters: &[String]) {
        let parts: Vec<&[String]> = lines.chunks(lines.len().div_ceil(RECORDERS)).collect();
        let mut processes: Vec<Running> = parts
            .iter()
            .map(|_| Running::start(self.stand.command(&["record", "request"]), &Errors::Kept))
            .collect();
        let mut beside = Running::start(self.stand.command(&["record", "encounter"]), &Errors::Kept);
        for line in encounters {
            beside.feed(format!("{line}\n").as_bytes());
        }
        let mut answers: Vec<String> = vec![String::new(); parts.len()];
        for turn in 0..parts[0].len() {
            for (part, process) in parts.iter().zip(&mut processes) {
                if let Some(line) = part.get(turn) {
                    process.feed(format!("{line}\n").as_bytes());
                }
            }
            for ((part, process), answers) in parts.iter().zip(&mut processes).zip(&mut answers) {
                if part.get(turn).is_some() {
                    *answers += &(process.line().unwrap() + "\n");
                }
            }
        }
        for ((part, process), out) in parts.into_iter().zip(processes).zip(answers) {
            let done = process.end();
            assert_eq!(done.out, "");
            self.take(part, &Done { out, ..done });
        }
        let done = beside.end().expect_code(0);
        assert_eq!(done.lines().len(), encounters.len());
        self.log(&done);
    }
}
