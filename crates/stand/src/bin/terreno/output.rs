//! What goes to standard output and standard error, for people or for programs.

use std::io::{self, Write as _};

use domain::FieldError;
use serde::Serialize;
use serde_json::{Map, Value};
use stand::{AnswerFault, Exit, StandError, SyncProgress, fault_sentence, field_reason};
use texts::Language;

/// Where answers and errors go, and in which form.
pub(crate) struct Output {
    json: bool,
    pub(crate) language: Language,
}

/// An error as scripts rely on it.
#[derive(Debug, Serialize)]
pub(crate) struct ErrorLine {
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    code: String,
    reason: String,
}

impl Output {
    pub(crate) fn new(json: bool, language: Language) -> Self {
        Self { json, language }
    }

    /// Whether programs read this.
    pub(crate) fn is_json(&self) -> bool {
        self.json
    }

    /// One answer: a JSON object on a line, or its fields with their names.
    pub(crate) fn answer(&self, answer: &impl Serialize) -> io::Result<()> {
        let value = serde_json::to_value(answer).map_err(io::Error::other)?;
        match value {
            Value::Object(fields) if !self.json => self.fields(&fields, 0),
            value => Self::json_line(&value),
        }
    }

    /// One JSON object on a line of standard output, whatever the form; flushed, since a receipt follows a commit.
    pub(crate) fn json_line(value: &impl Serialize) -> io::Result<()> {
        let mut out = io::stdout().lock();
        serde_json::to_writer(&mut out, value)?;
        out.write_all(b"\n")?;
        out.flush()
    }

    fn fields(&self, fields: &Map<String, Value>, depth: usize) -> io::Result<()> {
        let indent = " ".repeat(depth.saturating_mul(2));
        for (name, value) in fields {
            let label = texts::text(self.language, &format!("field-{}", name.replace('_', "-")), &[]);
            match value {
                Value::Null => {}
                Value::Object(inner) => {
                    writeln!(io::stdout(), "{indent}{label}:")?;
                    self.fields(inner, depth.saturating_add(1))?;
                }
                Value::Array(items) => {
                    writeln!(io::stdout(), "{indent}{label}:")?;
                    for item in items {
                        Self::item(item, depth.saturating_add(1))?;
                    }
                }
                Value::String(text) => writeln!(io::stdout(), "{indent}{label}: {text}")?,
                Value::Bool(yes) => {
                    let word = texts::text(self.language, if *yes { "word-yes" } else { "word-no" }, &[]);
                    writeln!(io::stdout(), "{indent}{label}: {word}")?;
                }
                Value::Number(number) => writeln!(io::stdout(), "{indent}{label}: {number}")?,
            }
        }
        Ok(())
    }

    fn item(item: &Value, depth: usize) -> io::Result<()> {
        let indent = " ".repeat(depth.saturating_mul(2));
        match item {
            Value::Object(inner) => {
                let line: Vec<String> = inner
                    .values()
                    .filter(|value| !value.is_null())
                    .map(|value| value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned))
                    .collect();
                writeln!(io::stdout(), "{indent}{}", line.join("  "))
            }
            Value::String(text) => writeln!(io::stdout(), "{indent}{text}"),
            other => writeln!(io::stdout(), "{indent}{other}"),
        }
    }

    /// How far a sync is, for whoever watches it. Programs get the answer at the end and nothing before it.
    pub(crate) fn progress(&self, progress: &SyncProgress) {
        if self.json {
            return;
        }
        let seconds = |ms: u64| ("seconds", texts::Value::from(ms.div_ceil(1_000)));
        if progress.attachments_left > 0 {
            let left = ("left", texts::Value::from(progress.attachments_left));
            let done_kb = ("done", texts::Value::from(progress.bytes_done.div_euclid(1_024)));
            let total_kb = ("total", texts::Value::from(progress.bytes_total.div_euclid(1_024)));
            let text = match progress.waiting_ms {
                Some(ms) => texts::text(self.language, "sync-waiting", &[seconds(ms)]),
                None => texts::text(self.language, "sync-progress-attachments", &[left, done_kb, total_kb]),
            };
            let _ = writeln!(io::stderr(), "{text}");
            return;
        }
        let done = ("done", texts::Value::from(progress.records_done));
        let total = ("total", texts::Value::from(progress.records_total));
        let text = match (progress.waiting_ms, progress.left_ms) {
            (Some(ms), _) => texts::text(self.language, "sync-waiting", &[seconds(ms)]),
            (None, Some(ms)) => texts::text(self.language, "sync-progress-left", &[done, total, seconds(ms)]),
            (None, None) => texts::text(self.language, "sync-progress", &[done, total]),
        };
        let _ = writeln!(io::stderr(), "{text}");
    }

    /// The lines of an error: one for each rule that an input broke, else one.
    pub(crate) fn error_lines(&self, error: &StandError, line: Option<u64>) -> Vec<ErrorLine> {
        match error {
            StandError::Input(errors) => errors.iter().map(|error| self.field_line(error, line)).collect(),
            StandError::Answer(faults) => {
                let said = |fault: &AnswerFault| ErrorLine {
                    line,
                    field: fault.question.as_ref().map(|name| format!("replies.{name}")),
                    code: fault.code.as_str().to_owned(),
                    reason: fault_sentence(fault.code, self.language),
                };
                faults.iter().map(said).collect()
            }
            other => vec![ErrorLine {
                line,
                field: None,
                code: other.code().to_owned(),
                reason: other.reason(self.language),
            }],
        }
    }

    pub(crate) fn field_line(&self, error: &FieldError, line: Option<u64>) -> ErrorLine {
        ErrorLine {
            line,
            field: error.field.clone(),
            code: error.code.as_str().to_owned(),
            reason: field_reason(error, self.language),
        }
    }

    /// Errors on standard error, one a line.
    pub(crate) fn errors(&self, lines: &[ErrorLine]) {
        for line in lines {
            let text =
                if self.json { serde_json::to_string(line).unwrap_or_default() } else { self.sentence(line) };
            // Nobody is left to be told when standard error is gone.
            let _ = writeln!(io::stderr(), "{text}");
        }
    }

    fn sentence(&self, error: &ErrorLine) -> String {
        let line = error
            .line
            .map(|line| texts::text(self.language, "cli-line", &[("line", texts::Value::from(line))]));
        let parts = [line, error.field.clone(), Some(error.reason.clone())];
        parts.into_iter().flatten().collect::<Vec<_>>().join(": ")
    }

    /// Reports a failed command and gives its exit status.
    pub(crate) fn failed(&self, error: &StandError) -> Exit {
        tracing::info!(error = error as &dyn std::error::Error, "failed");
        self.errors(&self.error_lines(error, None));
        error.exit()
    }

    /// Reports a file on a stick that was not taken.
    pub(crate) fn file_refused(&self, file: &str, state: stand::FileState) {
        let code = state.as_str();
        let key = format!("stand-file-{}", code.replace('_', "-"));
        let reason = texts::text(self.language, &key, &[]);
        self.errors(&[ErrorLine { line: None, field: Some(file.to_owned()), code: code.to_owned(), reason }]);
    }

    /// Reports an error that has a sentence of its own.
    pub(crate) fn refused(&self, code: &str, exit: Exit) -> Exit {
        let reason = texts::text(self.language, &format!("cli-error-{}", code.replace('_', "-")), &[]);
        self.errors(&[ErrorLine { line: None, field: None, code: code.to_owned(), reason }]);
        exit
    }
}

/// Reports a command line that does not parse (or help, which is asked for) and gives the exit status.
pub(crate) fn usage(error: &clap::Error, json: bool) -> u8 {
    if !error.use_stderr() {
        let _ = error.print();
        return Exit::Ok as u8;
    }
    if json {
        let reason = error.to_string();
        let line =
            ErrorLine { line: None, field: None, code: "usage".to_owned(), reason: reason.trim().to_owned() };
        let _ = writeln!(io::stderr(), "{}", serde_json::to_string(&line).unwrap_or_default());
    } else {
        let _ = error.print();
    }
    Exit::Usage as u8
}
