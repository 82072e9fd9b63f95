//! `kept list | show | release`: what a stand signed and the office could not take.

use std::path::Path;

use central_db::{Device, KeptLine, KeptPush};
use ed25519_dalek::VerifyingKey;
use serde::Serialize;
use texts::{Value, text};

use super::args::KeptCommand;
use super::devices::{spanish_day, time};
use super::exit::Exit;
use super::open_folder::Open;
use super::output::Output;
use super::requests::show_fields;
use super::table::table;
use crate::error::CentralError;
use crate::folder::write_private;
use crate::kept::{KeptEntry, entries, find_kept, kept_id};

/// Symbols of a hash that a table shows.
const HASH_CHARS_SHOWN: usize = 16;

pub(super) async fn run(
    open: &Open,
    command: KeptCommand,
    output: &mut Output,
) -> Result<Exit, CentralError> {
    match command {
        KeptCommand::List => list(open, output).await,
        KeptCommand::Show { id } => show(open, &id, output).await,
        KeptCommand::Release { id, out } => release(open, &id, &out, output).await,
    }
}

/// One piece. The names are fixed.
#[derive(Serialize)]
struct Row {
    id: String,
    device: String,
    label: String,
    why: String,
    bytes: u64,
    received_at: String,
}

impl Row {
    fn of(line: &KeptLine, devices: &[Device]) -> Self {
        let stand = devices.iter().find(|device| device.device == line.device);
        Self {
            id: kept_id(line),
            device: line.device.to_string(),
            label: stand.map(|device| device.label.clone()).unwrap_or_default(),
            why: line.why.clone(),
            bytes: line.bytes,
            received_at: time(line.received_unix_s),
        }
    }

    fn cells(&self) -> Vec<String> {
        let hash = self.id.split_once(':').map_or(self.id.as_str(), |(_, hash)| hash);
        vec![
            hash.chars().take(HASH_CHARS_SHOWN).collect(),
            spanish_day(&self.received_at),
            self.label.clone(),
            self.bytes.to_string(),
            say(&format!("central-kept-{}", self.why.replace('_', "-"))),
        ]
    }
}

fn say(key: &str) -> String {
    text(super::language(), key, &[])
}

fn show_rows(rows: &[Row], output: &mut Output) {
    let heading = ["id", "received", "device", "bytes", "why"];
    let heading = heading.map(|name| say(&format!("central-head-{name}")));
    for line in table(&heading, &rows.iter().map(Row::cells).collect::<Vec<_>>()) {
        output.line(&line);
    }
}

async fn list(open: &Open, output: &mut Output) -> Result<Exit, CentralError> {
    let devices = open.store.devices().await?;
    let rows: Vec<Row> = open.store.kept().await?.iter().map(|line| Row::of(line, &devices)).collect();
    for row in &rows {
        output.json(row);
    }
    if rows.is_empty() {
        output.say("central-kept-none", &[]);
    } else {
        show_rows(&rows, output);
    }
    Ok(Exit::Ok)
}

/// A piece with everything, and its row.
async fn found(open: &Open, name: &str) -> Result<(KeptPush, Row, Option<VerifyingKey>), CentralError> {
    let (lines, devices) = (open.store.kept().await?, open.store.devices().await?);
    let line = find_kept(&lines, name)?;
    let kept = open.store.kept_push(line.device, line.payload_hash).await?;
    let kept = kept.ok_or_else(|| CentralError::UnknownKept(name.to_owned()))?;
    let stand = devices.iter().find(|device| device.device == line.device);
    let key = stand.and_then(|device| VerifyingKey::from_bytes(&device.public_key).ok());
    Ok((kept, Row::of(line, &devices), key))
}

#[derive(Serialize)]
struct Detail<'a> {
    #[serde(flatten)]
    row: &'a Row,
    entries: &'a [KeptEntry],
}

async fn show(open: &Open, name: &str, output: &mut Output) -> Result<Exit, CentralError> {
    let opener = open.opener()?;
    let (kept, row, key) = found(open, name).await?;
    let entries = key.map(|key| entries(&kept, &key, &opener)).unwrap_or_default();
    output.json(&Detail { row: &row, entries: &entries });
    if output.is_json() {
        return Ok(Exit::Ok);
    }
    show_rows(std::slice::from_ref(&row), output);
    output.line("");
    if entries.is_empty() {
        output.say("central-kept-unreadable", &[]);
    }
    for entry in &entries {
        let args = [("seq", Value::from(entry.seq.to_string())), ("kind", entry.kind.into())];
        let folio = entry.folio.as_deref().unwrap_or_default();
        let day = entry.captured_at.as_deref().map(spanish_day).unwrap_or_default();
        let said = text(super::language(), "central-kept-entry", &args);
        output.line(format!("{said}  {day}  {folio}").trim_end());
        if let Some(filed) = &entry.filed {
            show_fields(filed, "", output);
        }
        if let Some(why) = entry.why {
            output.line(&format!(
                "  {}",
                text(super::language(), "central-kept-closed", &[("why", why.into())])
            ));
        }
    }
    Ok(Exit::Ok)
}

#[derive(Serialize)]
struct Released<'a> {
    #[serde(flatten)]
    row: &'a Row,
    file: String,
}

/// On the disk first, and only then forgotten: released twice by two people, it lies in two files.
async fn release(open: &Open, name: &str, out: &Path, output: &mut Output) -> Result<Exit, CentralError> {
    let (kept, row, _) = found(open, name).await?;
    if out.exists() {
        return Err(CentralError::FileExists(out.to_owned()));
    }
    write_private(out, &kept.signed)?;
    open.store.release_kept(kept.device, kept.payload_hash).await?;
    let file = out.display().to_string();
    output.say("central-kept-released", &[("file", file.as_str().into())]);
    output.json(&Released { row: &row, file });
    Ok(Exit::Ok)
}
