//! `bundle import`: a stick, or a mirror, taken in at the office.

use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

use ::bundle::{MediumError, Place};
use central_db::IssueManifest;
use serde::Serialize;
use texts::{Value, text};

use super::args::BundleCommand;
use super::exit::Exit;
use super::open_folder::Open;
use super::output::Output;
use super::told::Told;
use crate::bundle::{Door, FileState, FileTold, ImportError, Imported, answer, import, missing_name};
use crate::clock::Clock;
use crate::error::CentralError;
use crate::files::SealedFiles;
use crate::intake::Intake;
use crate::manifest::Issuer;

pub(super) async fn run(
    open: Open,
    command: BundleCommand,
    clock: &Clock,
    output: &mut Output,
) -> Result<Exit, CentralError> {
    let BundleCommand::Import { path, no_answer } = command;
    bring_in(open, &path, no_answer, clock, output).await
}

/// What came in. The names are fixed.
#[derive(Serialize)]
struct Row<'a> {
    /// Entries that were stored now.
    entries: usize,
    /// Attachments that were stored now.
    attachments: usize,
    stored: usize,
    known: usize,
    quarantined: usize,
    refused: usize,
    unfinished: usize,
    missing: Vec<MissingRow>,
    /// Whether the answers lie on the medium now.
    answered: bool,
    files: Vec<FileRow<'a>>,
}

#[derive(Serialize)]
struct MissingRow {
    ledger: String,
    /// What is there begins after so many entries.
    before: u64,
}

#[derive(Serialize)]
struct FileRow<'a> {
    file: &'a str,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'static str>,
}

async fn bring_in(
    open: Open,
    path: &Path,
    no_answer: bool,
    clock: &Clock,
    output: &mut Output,
) -> Result<Exit, CentralError> {
    let gone = || CentralError::File {
        operation: "reading",
        path: path.to_owned(),
        source: ErrorKind::NotFound.into(),
    };
    let mut place = Place::of(path).ok_or_else(gone)?;
    let opener = open.opener().ok();
    let Open { folder, office, keys, store, .. } = open;
    let files = SealedFiles::of(&folder);
    let intake = Intake::new(office.id, Arc::clone(&store), Arc::new(keys.checkpoint.clone()));
    let door = Door { intake: &intake, store: &*store, files: &files, checkpoint: &keys.checkpoint };
    let imported = import(&door, &place, clock.now_unix_s()).await.map_err(|error| failed(error, path))?;
    // Where another host opens, it will.
    if let Some(opener) = opener {
        opener.open_waiting(&*store, clock.now_unix_s()).await?;
    }
    let issuer: Arc<dyn IssueManifest> = Arc::new(Issuer { office: office.id, keys: Arc::new(keys) });
    let written = if no_answer {
        None
    } else {
        Some(answer(&*store, &issuer, &mut place, &imported, clock.now_unix_s()).await)
    };
    let answered = matches!(written, Some(Ok(_)));
    let exit = tell(&imported, answered, output);
    Ok(match written {
        Some(Err(ImportError::Store(error))) => return Err(error.into()),
        Some(Err(ImportError::Files(error))) => return Err(error),
        Some(Err(ImportError::Medium(error))) => {
            output.error(&Told::medium(&error, path));
            match (exit, &error) {
                (Exit::Ok, MediumError::Full) => Exit::DiskFull,
                (Exit::Ok, _) => Exit::Failed,
                _ => exit,
            }
        }
        _ => exit,
    })
}

fn failed(error: ImportError, path: &Path) -> CentralError {
    match error {
        ImportError::Store(error) => error.into(),
        ImportError::Files(error) => error,
        ImportError::Medium(error) => CentralError::File {
            operation: "reading",
            path: path.to_owned(),
            source: std::io::Error::other(error),
        },
    }
}

/// Prints what came in and names each file that did not.
fn tell(imported: &Imported, answered: bool, output: &mut Output) -> Exit {
    let is_apart = |file: &&FileTold| file.code.is_some() && file.state != FileState::Refused;
    let row = Row {
        entries: imported.entries,
        attachments: imported.attachments,
        stored: imported.count(FileState::Stored),
        known: imported.count(FileState::Known),
        quarantined: imported.files.iter().filter(is_apart).count(),
        refused: imported.count(FileState::Refused),
        unfinished: imported.count(FileState::Unfinished),
        missing: imported
            .missing
            .iter()
            .map(|one| MissingRow { ledger: missing_name(one.device, one.epoch), before: one.before })
            .collect(),
        answered,
        files: imported
            .files
            .iter()
            .map(|file| FileRow { file: &file.file, state: file.state.as_str(), code: file.code })
            .collect(),
    };
    output.json(&row);
    let number = |name: &'static str, value: usize| (name, Value::from(value));
    output.say("central-bundle-imported", &[number("count", row.entries), number("known", row.known)]);
    if row.quarantined > 0 {
        output.say("central-bundle-apart", &[number("count", row.quarantined)]);
    }
    if row.unfinished > 0 {
        output.say("central-bundle-unfinished", &[number("count", row.unfinished)]);
    }
    if imported.files.is_empty() {
        output.say("central-bundle-empty", &[]);
    }
    output.say(if answered { "central-bundle-answered" } else { "central-bundle-not-answered" }, &[]);
    let mut exit = Exit::Ok;
    for file in imported.files.iter().filter(|file| file.state == FileState::Refused) {
        output.error(&Told::file(&file.file, file.code.unwrap_or("malformed")));
        exit = Exit::Rejected;
    }
    for missing in &imported.missing {
        let ledger = missing_name(missing.device, missing.epoch);
        output.error(&Told::missing(ledger, missing.before));
        exit = Exit::Rejected;
    }
    if imported.more {
        output.error(&Told::too_many_files());
        exit = Exit::Rejected;
    }
    exit
}

/// The sentence of a code; tested to be there for each.
pub(super) fn sentence(code: &str) -> String {
    text(super::language(), &format!("central-bundle-file-{}", code.replace('_', "-")), &[])
}

#[cfg(test)]
mod tests {
    /// Every code that a file or a medium can get, from wherever it comes.
    const CODES: [&str; 20] = [
        "too_large",
        "cut",
        "not_signed",
        "malformed",
        "unknown_signer",
        "bad_signature",
        "version",
        "chain",
        "other_office",
        "other_device",
        "too_many_branches",
        "too_many_kept",
        "kept_full",
        "medium_full",
        "medium_read_only",
        "medium_gone",
        "medium_failed",
        "unannounced",
        "too_many_files",
        "other_length",
    ];

    #[test]
    fn every_code_has_its_sentence() {
        let keys = texts::keys(texts::Language::Spanish);
        for code in CODES {
            let key = format!("central-bundle-file-{}", code.replace('_', "-"));
            assert!(keys.contains(&key), "{key}");
        }
    }
}
