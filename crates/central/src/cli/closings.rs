//! `closings list | show`: how the outings that stands closed arrived, and which have no closing yet.

use std::collections::BTreeMap;

use central_db::{Closing, Device, OpenOuting};
use domain::{Comuna, PlaceKind};
use serde::Serialize;
use texts::{Value, text};
use wire::reconciliation::{Certificate, Difference};

use super::args::ClosingsCommand;
use super::devices::spanish_day;
use super::exit::Exit;
use super::open_folder::Open;
use super::output::Output;
use super::table::table;
use super::told::Told;
use crate::clock::Clock;
use crate::closings::certificate;
use crate::error::CentralError;
use crate::requests::local_rfc3339;

pub(super) async fn run(
    open: &Open,
    command: ClosingsCommand,
    clock: &Clock,
    output: &mut Output,
) -> Result<Exit, CentralError> {
    let now = clock.now_unix_s();
    // As for requests: what waits is opened first, where the keys for it are.
    if let Ok(opener) = open.opener() {
        opener.open_waiting(&*open.store, now).await?;
    }
    match command {
        ClosingsCommand::List => list(open, now, output).await,
        ClosingsCommand::Show { id } => show(open, &id, now, output).await,
    }
}

/// A number in which closing and office differ. The names are fixed.
#[derive(Serialize)]
struct DifferenceRow {
    what: String,
    stated: u64,
    counted: u64,
}

impl From<&Difference> for DifferenceRow {
    fn from(one: &Difference) -> Self {
        Self { what: one.what.name(), stated: one.stated, counted: one.counted }
    }
}

/// One closing.
#[derive(Serialize)]
struct Row {
    id: String,
    device: String,
    device_label: String,
    epoch: String,
    opened_seq: u64,
    closed_seq: u64,
    comuna: Option<String>,
    /// The kind of place, by its stable word; one of a later version in digits.
    place_kind: Option<String>,
    opened_at: Option<String>,
    closed_at: String,
    /// Whether nothing differs.
    zero: bool,
    difference: Vec<DifferenceRow>,
    /// What the office opened, by stable words.
    counted: BTreeMap<String, u64>,
    quarantined: u64,
    unopened: u64,
    apart: u64,
    profiles_twice: u64,
}

/// An outing without a closing.
#[derive(Serialize)]
struct OpenRow {
    open: bool,
    device: String,
    device_label: String,
    epoch: String,
    opened_seq: u64,
    comuna: Option<String>,
    place_kind: Option<String>,
    opened_at: String,
    entries_since: u64,
    /// Profiles that rested on the stand and came from its mirror.
    profiles: u64,
    /// Answers to the survey that came so.
    answers: u64,
}

fn label(devices: &[Device], device: wire::DeviceId) -> String {
    let stand = devices.iter().find(|known| known.device == device);
    stand.map(|device| device.label.clone()).unwrap_or_default()
}

/// What tells closings apart: ledger and position; the branch as well where it is not the main one.
fn id_of(closing: &Closing) -> String {
    let id = format!("{}:{}", closing.id.epoch, closing.id.seq);
    if closing.id.branch == central_db::BranchId::MAIN { id } else { format!("{id}:{}", closing.id.branch) }
}

fn row(closing: &Closing, certificate: &Certificate, devices: &[Device]) -> Row {
    let place = closing.comuna.as_deref().and_then(Comuna::by_code);
    Row {
        id: id_of(closing),
        device: closing.id.device.to_string(),
        device_label: label(devices, closing.id.device),
        epoch: closing.id.epoch.to_string(),
        opened_seq: closing.opened_seq,
        closed_seq: closing.id.seq,
        comuna: closing.comuna.clone(),
        place_kind: closing.place_kind.clone(),
        opened_at: closing.opened_unix_s.map(|unix_s| local_rfc3339(place, unix_s)),
        closed_at: local_rfc3339(place, closing.captured_unix_s),
        zero: certificate.is_zero(),
        difference: certificate.difference.iter().map(Into::into).collect(),
        counted: closing.counts.each().into_iter().map(|(what, count)| (what.name(), count)).collect(),
        quarantined: closing.quarantined,
        unopened: closing.unopened,
        apart: closing.apart,
        profiles_twice: closing.profiles_twice,
    }
}

fn open_row(outing: &OpenOuting, devices: &[Device]) -> OpenRow {
    let place = outing.comuna.as_deref().and_then(Comuna::by_code);
    OpenRow {
        open: true,
        device: outing.id.device.to_string(),
        device_label: label(devices, outing.id.device),
        epoch: outing.id.epoch.to_string(),
        opened_seq: outing.id.seq,
        comuna: outing.comuna.clone(),
        place_kind: outing.place_kind.clone(),
        opened_at: local_rfc3339(place, outing.captured_unix_s),
        entries_since: outing.since,
        profiles: outing.resting_profiles,
        answers: outing.resting_answers,
    }
}

fn say(key: &str) -> String {
    text(super::language(), key, &[])
}

/// Where it was, in words: comuna and kind of place, as far as they were said.
fn place_of(row: &Row) -> Option<String> {
    let comuna = row.comuna.as_deref().and_then(Comuna::by_code).map(|comuna| comuna.name().to_owned());
    let kind = row.place_kind.as_deref().map(|word| match PlaceKind::parse(word) {
        Some(kind) => say(&format!("place-kind-{kind}")),
        None => text(super::language(), "place-kind-later", &[("number", word.into())]),
    });
    let said: Vec<String> = [comuna, kind].into_iter().flatten().collect();
    (!said.is_empty()).then(|| said.join(" · "))
}

/// The note of a row: zero, or by how many numbers it differs; and what is apart.
fn note(row: &Row) -> String {
    let mut notes = vec![if row.zero {
        say("certificate-zero")
    } else {
        let count = Value::from(row.difference.len().max(1));
        text(super::language(), "central-closings-differ", &[("count", count)])
    }];
    for (key, count) in [
        ("certificate-unopened", row.unopened),
        ("certificate-quarantined", row.quarantined),
        ("certificate-apart", row.apart),
    ] {
        if count > 0 {
            notes.push(text(super::language(), key, &[("count", count.into())]));
        }
    }
    notes.join(" ")
}

async fn list(open: &Open, now_unix_s: u64, output: &mut Output) -> Result<Exit, CentralError> {
    let devices = open.store.devices().await?;
    let closings = open.store.closings().await?;
    let rows: Vec<Row> = closings
        .iter()
        .map(|closing| row(closing, &certificate(open.office.id, closing, now_unix_s), &devices))
        .collect();
    let unclosed: Vec<OpenRow> =
        open.store.open_outings().await?.iter().map(|outing| open_row(outing, &devices)).collect();
    if rows.is_empty() && unclosed.is_empty() {
        output.say("central-closings-none", &[]);
        return Ok(Exit::Ok);
    }
    for row in &rows {
        output.json(row);
    }
    for row in &unclosed {
        output.json(row);
    }
    let heading = ["id", "closed", "device", "encounters", "requests", "note"];
    let heading = heading.map(|name| say(&format!("central-head-{name}")));
    let counted = |row: &Row, name: &str| row.counted.get(name).copied().unwrap_or_default().to_string();
    let cells = |row: &Row| {
        vec![
            row.id.clone(),
            spanish_day(&row.closed_at),
            row.device_label.clone(),
            counted(row, "encounters"),
            counted(row, "requests"),
            note(row),
        ]
    };
    for line in table(&heading, &rows.iter().map(cells).collect::<Vec<_>>()) {
        output.line(&line);
    }
    for row in &unclosed {
        let args = [
            ("device", row.device_label.as_str().into()),
            ("date", spanish_day(&row.opened_at).into()),
            ("count", row.entries_since.into()),
        ];
        output.say("central-closings-open", &args);
        if row.profiles > 0 || row.answers > 0 {
            let counts = [("profiles", row.profiles.into()), ("answers", row.answers.into())];
            output.say("central-closings-rested", &counts);
        }
    }
    Ok(Exit::Ok)
}

async fn show(open: &Open, id: &str, now_unix_s: u64, output: &mut Output) -> Result<Exit, CentralError> {
    let devices = open.store.devices().await?;
    let closings = open.store.closings().await?;
    let Some(closing) = closings.iter().find(|closing| id_of(closing) == id) else {
        output.error(&Told::unknown_closing(id));
        return Ok(Exit::Rejected);
    };
    let row = row(closing, &certificate(open.office.id, closing, now_unix_s), &devices);
    output.json(&row);
    output.line(&format!("{}  {}  {}", row.device_label, spanish_day(&row.closed_at), row.id));
    if let Some(place) = place_of(&row) {
        output.line(&place);
    }
    output.line(&note(&row));
    for one in &row.difference {
        let name = format!("counted-{}", one.what.replace('_', "-"));
        let args = [
            ("what", Value::from(say(&name))),
            ("stated", one.stated.into()),
            ("counted", one.counted.into()),
        ];
        output.say("certificate-item", &args);
    }
    for (name, count) in row.counted.iter().filter(|(_, count)| **count > 0) {
        output.line(&format!("{count:>8}  {}", say(&format!("counted-{}", name.replace('_', "-")))));
    }
    if row.profiles_twice > 0 {
        output.say("central-closings-twice", &[("count", row.profiles_twice.into())]);
    }
    Ok(Exit::Ok)
}
