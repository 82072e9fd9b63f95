//! `device unlock | unlocks`: a leader who is locked out far from any network calls, reads a challenge, and is read
//! the response. It is written down before it is shown.

use central_db::{UnlockGiven, Unlocking};
use domain::{StaffCode, UnlockChallenge};
use serde::Serialize;
use texts::text;
use wire::unlock::UnlockKey;

use super::devices::{spanish_day, time};
use super::exit::Exit;
use super::open_folder::Open;
use super::output::Output;
use super::table::table;
use crate::error::CentralError;
use crate::requests::find_device;

#[derive(Serialize)]
struct Answered<'a> {
    device: String,
    label: &'a str,
    person: &'a str,
    challenge: String,
    response: String,
}

/// Answers a challenge.
pub(super) async fn give(
    open: &Open,
    name: &str,
    challenge: &str,
    person: &str,
    now_unix_s: u64,
    output: &mut Output,
) -> Result<Exit, CentralError> {
    let devices = open.store.devices().await?;
    let device = find_device(&devices, name)?;
    let challenge = UnlockChallenge::parse(challenge).map_err(CentralError::UnlockCode)?;
    let person = StaffCode::parse(person).map_err(CentralError::StaffCode)?;
    let given = UnlockGiven {
        device: device.device,
        person: person.to_string(),
        challenge: challenge.to_string(),
        given_unix_s: now_unix_s,
    };
    let key = match open.store.give_unlock(given).await? {
        Unlocking::Key(key) => UnlockKey::from_bytes(key),
        Unlocking::Revoked => return Err(CentralError::RevokedDevice(device.label.clone())),
        Unlocking::NeverEnrolled => return Err(CentralError::UnknownDevice(name.to_owned())),
    };
    let response = key.answer(challenge, &person).to_string();
    output.say(
        "central-unlock-given",
        &[("label", device.label.as_str().into()), ("person", person.as_str().into())],
    );
    output.line(&format!("\n    {response}\n"));
    output.say("central-unlock-use", &[]);
    output.json(&Answered {
        device: device.device.to_string(),
        label: &device.label,
        person: person.as_str(),
        challenge: challenge.to_string(),
        response,
    });
    Ok(Exit::Ok)
}

#[derive(Serialize)]
struct Row {
    device: String,
    label: String,
    person: String,
    challenge: String,
    given_at: String,
}

/// Who was answered, the latest first.
pub(super) async fn list(open: &Open, output: &mut Output) -> Result<Exit, CentralError> {
    let devices = open.store.devices().await?;
    let label = |given: &UnlockGiven| {
        let device = devices.iter().find(|device| device.device == given.device);
        device.map(|device| device.label.clone()).unwrap_or_default()
    };
    let rows: Vec<Row> = open
        .store
        .unlocks()
        .await?
        .into_iter()
        .map(|given| Row {
            device: given.device.to_string(),
            label: label(&given),
            person: given.person,
            challenge: given.challenge,
            given_at: time(given.given_unix_s),
        })
        .collect();
    for row in &rows {
        output.json(row);
    }
    if rows.is_empty() {
        output.say("central-unlock-none", &[]);
        return Ok(Exit::Ok);
    }
    let heading = ["label", "person", "challenge", "given"];
    let heading = heading.map(|name| text(super::language(), &format!("central-head-{name}"), &[]));
    let cells = |row: &Row| {
        vec![row.label.clone(), row.person.clone(), row.challenge.clone(), spanish_day(&row.given_at)]
    };
    for line in table(&heading, &rows.iter().map(cells).collect::<Vec<_>>()) {
        output.line(&line);
    }
    Ok(Exit::Ok)
}
