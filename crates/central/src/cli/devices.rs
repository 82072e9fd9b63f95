//! `device new | list | renew | revoke`; `unlock` has a file of its own.

use central_db::{Device, PendingCode, Revoked};
use domain::Space;
use serde::Serialize;
use texts::{Value, text};

use super::args::DeviceCommand;
use super::exit::Exit;
use super::open_folder::Open;
use super::output::Output;
use super::picture::write_qr;
use super::table::table;
use super::unlock;
use crate::chance;
use crate::clock::Clock;
use crate::enrolment::{CODE_VALID_S, STAND_VALID_S, invite};
use crate::error::CentralError;
use crate::pages::when::office_date;
use crate::requests::{find_device, local_rfc3339, prefix_text};

pub(super) async fn run(
    open: &Open,
    command: DeviceCommand,
    clock: &Clock,
    output: &mut Output,
) -> Result<Exit, CentralError> {
    let now = clock.now_unix_s();
    match command {
        DeviceCommand::New { label, space, qr } => new(open, &label, space, qr.as_deref(), now, output).await,
        DeviceCommand::List => list(open, now, output).await,
        DeviceCommand::Renew { name } => renew(open, &name, now, output).await,
        DeviceCommand::Unlock { name, challenge, person } => {
            unlock::give(open, &name, &challenge, &person, now, output).await
        }
        DeviceCommand::Unlocks => unlock::list(open, output).await,
        DeviceCommand::Revoke { name, reason } => revoke(open, &name, reason, now, output).await,
    }
}

#[derive(Serialize)]
struct NewCode<'a> {
    code: &'a str,
    url: &'a str,
}

async fn new(
    open: &Open,
    label: &str,
    space: Space,
    qr: Option<&std::path::Path>,
    now_unix_s: u64,
    output: &mut Output,
) -> Result<Exit, CentralError> {
    let mut rng = chance::system();
    let code = invite(&*open.store, &open.keys, label, space, now_unix_s, &mut rng).await?.to_string();
    let url = open.office.public_url.as_str();
    output.json(&NewCode { code: &code, url });
    output.say("central-device-code", &[("label", label.into())]);
    output.line(&format!("\n    {code}\n"));
    let until = office_date(now_unix_s.saturating_add(CODE_VALID_S), super::language());
    output.say("central-device-code-use", &[("url", url.into()), ("date", until.into())]);
    if let Some(file) = qr {
        // A telephone that opens the address sends no code: what follows the mark stays with it.
        write_qr(file, &format!("{url}/#{code}"))?;
        output.say("central-device-qr", &[("file", file.display().to_string().into())]);
    }
    Ok(Exit::Ok)
}

/// A stand, or a code that waits for one. The names are fixed.
#[derive(Serialize)]
struct Row {
    device: String,
    label: String,
    space: Space,
    /// `pending`, `active`, `expired` or `revoked`.
    state: &'static str,
    prefix: Option<String>,
    enrolled_at: Option<String>,
    valid_until: String,
    revoked_at: Option<String>,
    revoked_reason: Option<String>,
    last_push_at: Option<String>,
    /// Branches over all its ledgers.
    branches: u64,
    /// What of it is kept apart, in pieces and bytes, and whether there is no room for the largest push.
    kept: u64,
    kept_bytes: u64,
    kept_full: bool,
}

pub(super) fn time(unix_s: u64) -> String {
    local_rfc3339(None, i64::try_from(unix_s).unwrap_or(i64::MAX))
}

impl Row {
    fn enrolled(device: &Device, now_unix_s: u64) -> Self {
        let state = match &device.revoked {
            Some(_) => "revoked",
            None if now_unix_s >= device.not_after_unix_s => "expired",
            None => "active",
        };
        Self {
            device: device.device.to_string(),
            label: device.label.clone(),
            space: device.space,
            state,
            prefix: Some(prefix_text(device)),
            enrolled_at: Some(time(device.enrolled_unix_s)),
            valid_until: time(device.not_after_unix_s),
            revoked_at: device.revoked.as_ref().map(|revoked| time(revoked.at_unix_s)),
            revoked_reason: device.revoked.as_ref().map(|revoked| revoked.reason.clone()),
            last_push_at: device.last_push_unix_s.map(time),
            branches: device.branches,
            kept: device.kept.count,
            kept_bytes: device.kept.bytes,
            kept_full: device.kept.is_full(),
        }
    }

    fn pending(code: &PendingCode) -> Self {
        Self {
            device: code.device.to_string(),
            label: code.label.clone(),
            space: code.space,
            state: "pending",
            prefix: None,
            enrolled_at: None,
            valid_until: time(code.expires_unix_s),
            revoked_at: None,
            revoked_reason: None,
            last_push_at: None,
            branches: 0,
            kept: 0,
            kept_bytes: 0,
            kept_full: false,
        }
    }

    fn cells(&self) -> Vec<String> {
        let key = match self.state {
            "revoked" => "ended",
            other => other,
        };
        let kept = match (self.kept, self.kept_full) {
            (0, _) => String::new(),
            (count, false) => count.to_string(),
            (count, true) => text(super::language(), "central-device-kept-full", &[("count", count.into())]),
        };
        let day = |time: &Option<String>| time.as_deref().map(spanish_day).unwrap_or_default();
        vec![
            self.prefix.clone().unwrap_or_default(),
            self.label.clone(),
            text(super::language(), &format!("space-{}", self.space), &[]),
            text(super::language(), &format!("central-device-{key}"), &[]),
            day(&self.last_push_at),
            spanish_day(&self.valid_until),
            kept,
            self.device.clone(),
        ]
    }
}

/// `2026-11-21T…` as `21/11/2026`.
pub(super) fn spanish_day(rfc3339: &str) -> String {
    let mut parts = rfc3339.split('T').next().unwrap_or_default().rsplit('-');
    [parts.next(), parts.next(), parts.next()].map(Option::unwrap_or_default).join("/")
}

async fn list(open: &Open, now_unix_s: u64, output: &mut Output) -> Result<Exit, CentralError> {
    let devices = open.store.devices().await?;
    let codes = open.store.pending_codes(now_unix_s).await?;
    let rows: Vec<Row> = devices
        .iter()
        .map(|device| Row::enrolled(device, now_unix_s))
        .chain(codes.iter().map(Row::pending))
        .collect();
    for row in &rows {
        output.json(row);
    }
    if rows.is_empty() {
        output.say("central-device-none", &[]);
    } else {
        let heading = ["prefix", "label", "space", "state", "last", "until", "kept", "id"];
        let heading = heading.map(|name| text(super::language(), &format!("central-head-{name}"), &[]));
        for line in table(&heading, &rows.iter().map(Row::cells).collect::<Vec<_>>()) {
            output.line(&line);
        }
    }
    Ok(Exit::Ok)
}

#[derive(Serialize)]
struct Extended<'a> {
    device: String,
    label: &'a str,
    valid_until: String,
}

async fn renew(open: &Open, name: &str, now_unix_s: u64, output: &mut Output) -> Result<Exit, CentralError> {
    let devices = open.store.devices().await?;
    let device = find_device(&devices, name)?;
    let end = open.store.extend(device.device, now_unix_s.saturating_add(STAND_VALID_S)).await?;
    let end = end.ok_or_else(|| CentralError::UnknownDevice(name.to_owned()))?;
    let (label, date) = (device.label.as_str(), office_date(end, super::language()));
    output.say("central-device-renewed", &[("label", label.into()), ("date", date.into())]);
    output.json(&Extended { device: device.device.to_string(), label, valid_until: time(end) });
    Ok(Exit::Ok)
}

#[derive(Serialize)]
struct Ended<'a> {
    device: String,
    label: &'a str,
    revoked_at: Option<String>,
    changed: bool,
}

async fn revoke(
    open: &Open,
    name: &str,
    reason: String,
    now_unix_s: u64,
    output: &mut Output,
) -> Result<Exit, CentralError> {
    let devices = open.store.devices().await?;
    let codes = open.store.pending_codes(now_unix_s).await?;
    let waiting = codes.iter().find(|code| code.label == name || code.device.to_string() == name);
    let (device, label) = match (find_device(&devices, name), waiting) {
        (Ok(device), _) => (device.device, device.label.as_str()),
        (Err(CentralError::UnknownDevice(_)), Some(code)) => (code.device, code.label.as_str()),
        (Err(error), _) => return Err(error),
    };
    let revoked = open.store.revoke(device, reason, now_unix_s).await?;
    let told = [("label", Value::from(label))];
    let (revoked_at, changed) = match revoked {
        Revoked::Now => {
            output.say("central-device-revoked", &told);
            (Some(time(now_unix_s)), true)
        }
        Revoked::Before { at_unix_s } => {
            let date = office_date(at_unix_s, super::language());
            output.say("central-device-revoked-before", &[("label", label.into()), ("date", date.into())]);
            (Some(time(at_unix_s)), false)
        }
        Revoked::NeverEnrolled => {
            output.say("central-device-code-withdrawn", &told);
            (None, true)
        }
    };
    output.json(&Ended { device: device.to_string(), label, revoked_at, changed });
    Ok(Exit::Ok)
}
