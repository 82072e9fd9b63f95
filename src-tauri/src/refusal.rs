//! What a window is told when a command fails: a stable code, the key of its sentence, and which fields are wrong.
//! The whole chain of causes is logged here, once, and never repeats what a person wrote.

use domain::FieldError;
use serde::Serialize;
use stand::StandError;

/// Why a command did nothing.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct Refusal {
    /// The stable code.
    pub(crate) code: String,
    /// The key of the sentence, where the use case has one of its own.
    pub(crate) text_key: Option<String>,
    /// Seconds to wait, for a PIN.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub(crate) seconds: Option<u64>,
    /// What is wrong with which field.
    pub(crate) fields: Vec<FieldError>,
}

impl Refusal {
    /// A refusal of the window's own.
    pub(crate) fn of(code: &str) -> Self {
        Self { code: code.to_owned(), text_key: None, seconds: None, fields: Vec::new() }
    }
}

impl From<StandError> for Refusal {
    fn from(error: StandError) -> Self {
        let code = error.code();
        let text_key = match &error {
            StandError::Print { source, .. } => source.text_key().to_owned(),
            StandError::Unreachable(fault) => format!("sync-fault-{}", fault.code().replace('_', "-")),
            _ => format!("stand-error-{}", code.replace('_', "-")),
        };
        let seconds = match &error {
            StandError::PinWrong { wait_s }
            | StandError::PinDelayed { wait_s }
            | StandError::ResponseWrong { wait_s }
            | StandError::ResponseDelayed { wait_s } => Some(*wait_s),
            _ => None,
        };
        match error {
            StandError::Input(fields) => Self { code: "rejected".into(), text_key: None, seconds, fields },
            other => {
                tracing::warn!(error = &other as &dyn std::error::Error, code, "a command was refused");
                Self { code: code.to_owned(), text_key: Some(text_key), seconds, fields: Vec::new() }
            }
        }
    }
}
