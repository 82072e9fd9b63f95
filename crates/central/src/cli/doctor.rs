//! `doctor`: whether everything is as it should be, what isn't, and what to do about it.

use std::path::Path;

use central_db::BRANCHES_MAX;
use serde::Serialize;
use texts::{Value, text};
use wire::cert::Role;

use super::exit::Exit;
use super::open_folder::Open;
use super::output::Output;
use crate::clock::Clock;
use crate::error::CentralError;
use crate::keys::role_name;
use crate::pages::when::office_date;
use crate::requests::kind_name;
use crate::surveys::verdict;

/// A certificate that ends sooner is named.
const KEY_SOON_S: u64 = 60 * 86_400;
/// Less free space than this is named.
const FREE_BYTES_MIN: u64 = 2_000_000_000;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
enum Level {
    Good,
    Notice,
    Careful,
    Bad,
}

#[derive(Debug, Serialize)]
struct Finding {
    level: Level,
    code: &'static str,
    text: String,
}

impl Finding {
    fn new(level: Level, code: &'static str, args: &[(&str, Value<'_>)]) -> Self {
        let key = format!("central-doctor-{}", code.replace('_', "-"));
        Self { level, code, text: text(super::language(), &key, args) }
    }
}

#[derive(Serialize)]
struct Report<'a> {
    ok: bool,
    findings: &'a [Finding],
}

pub(super) async fn run(open: &Open, clock: &Clock, output: &mut Output) -> Result<Exit, CentralError> {
    let now = clock.now_unix_s();
    let mut findings = Vec::new();
    data(open, &mut findings).await?;
    waiting(open, &mut findings).await?;
    apart(open, &mut findings).await?;
    forks(open, &mut findings).await?;
    draws(open, &mut findings).await?;
    address(open, &mut findings);
    keys(open, now, &mut findings);
    stands(open, now, &mut findings).await?;
    findings.push(Finding::new(Level::Good, "at_rest", &[]));
    findings.push(Finding::new(Level::Notice, "no_backup", &[]));
    disk(open.folder.path(), &mut findings);
    let worst = findings.iter().map(|finding| finding.level).max().unwrap_or(Level::Good);
    output.json(&Report { ok: worst < Level::Careful, findings: &findings });
    for finding in &findings {
        let mark = match finding.level {
            Level::Good => "  ",
            Level::Notice => "· ",
            Level::Careful => "! ",
            Level::Bad => "✗ ",
        };
        output.line(&format!("{mark}{}", finding.text));
    }
    if worst < Level::Careful {
        output.line("");
        output.say("central-doctor-ok", &[]);
    }
    Ok(if worst == Level::Bad { Exit::Integrity } else { Exit::Ok })
}

async fn data(open: &Open, findings: &mut Vec<Finding>) -> Result<(), CentralError> {
    let damage = open.store.check().await?;
    if damage.is_empty() {
        let census = open.store.census().await?;
        let args = [("entries", Value::from(census.entries)), ("devices", Value::from(census.devices))];
        findings.push(Finding::new(Level::Good, "store_ok", &args));
    }
    for finding in damage {
        findings.push(Finding::new(Level::Bad, "store_bad", &[("finding", finding.into())]));
    }
    Ok(())
}

async fn waiting(open: &Open, findings: &mut Vec<Finding>) -> Result<(), CentralError> {
    let census = open.store.census().await?;
    if census.unopened > 0 {
        findings.push(Finding::new(Level::Notice, "unopened", &[("count", census.unopened.into())]));
    }
    if census.unknown_kinds > 0 {
        findings.push(Finding::new(
            Level::Careful,
            "unknown_kinds",
            &[("count", census.unknown_kinds.into())],
        ));
    }
    let files = open.store.files().await?;
    let awaited = files.announced.saturating_sub(files.stored);
    if awaited > 0 {
        findings.push(Finding::new(Level::Notice, "files_awaited", &[("count", awaited.into())]));
    }
    for letter in open.store.failures().await? {
        let args = [
            ("seq", Value::from(letter.id.seq.to_string())),
            ("kind", kind_name(letter.kind).into()),
            ("device", letter.id.device.to_string().into()),
            ("why", letter.why.into()),
        ];
        findings.push(Finding::new(Level::Careful, "letter", &args));
    }
    Ok(())
}

/// Stands of which something is kept apart, and those that may begin no more branches.
async fn apart(open: &Open, findings: &mut Vec<Finding>) -> Result<(), CentralError> {
    for stand in open.store.devices().await? {
        let label = Value::from(stand.label.as_str());
        if stand.kept.count > 0 {
            let code = if stand.kept.is_full() { "kept_full" } else { "kept" };
            let args = [("label", label.clone()), ("count", stand.kept.count.into())];
            findings.push(Finding::new(Level::Careful, code, &args));
        }
        if stand.branches >= BRANCHES_MAX {
            let args = [("label", label), ("count", stand.branches.into())];
            findings.push(Finding::new(Level::Careful, "branches_full", &args));
        }
    }
    Ok(())
}

async fn forks(open: &Open, findings: &mut Vec<Finding>) -> Result<(), CentralError> {
    for fork in open.store.forks().await? {
        let next = fork.base.saturating_add(1).to_string();
        let args = [("device", Value::from(fork.ledger.device.to_string())), ("base", next.into())];
        findings.push(Finding::new(Level::Careful, "fork", &args));
    }
    Ok(())
}

/// Draws of the survey that are not what their stand had committed itself to.
async fn draws(open: &Open, findings: &mut Vec<Finding>) -> Result<(), CentralError> {
    let devices = open.store.devices().await?;
    for draw in open.store.draws(None).await?.iter().filter(|draw| !draw.quarantined) {
        let verdict = verdict(draw);
        if verdict.is_mismatch() {
            let label = devices.iter().find(|device| device.device == draw.id.device);
            let when = u64::try_from(draw.opening.captured_unix_s).unwrap_or_default();
            let why = text(super::language(), &format!("survey-draw-{}", verdict.as_str()), &[]);
            let args = [
                ("label", Value::from(label.map(|device| device.label.clone()).unwrap_or_default())),
                ("date", office_date(when, super::language()).into()),
                ("why", why.into()),
            ];
            findings.push(Finding::new(Level::Careful, "draw", &args));
        }
    }
    Ok(())
}

fn address(open: &Open, findings: &mut Vec<Finding>) {
    let url = &open.office.public_url;
    if url.is_placeholder() {
        findings.push(Finding::new(Level::Careful, "placeholder", &[]));
    } else if url.as_str().starts_with("http://") {
        findings.push(Finding::new(Level::Careful, "url_http", &[]));
    }
}

fn keys(open: &Open, now_unix_s: u64, findings: &mut Vec<Finding>) {
    let roles = [Role::Enrolment, Role::Checkpoint, Role::Content, Role::Sealing, Role::Statistics];
    // A key that was replaced may run out: nothing is signed with it or sealed to it any more.
    for certificate in roles.iter().filter_map(|role| open.keys.certificate(*role)) {
        let end = certificate.read.not_after_unix_s;
        let (level, code) = if end <= now_unix_s {
            (Level::Careful, "key_over")
        } else if end.saturating_sub(now_unix_s) <= KEY_SOON_S {
            (Level::Careful, "key_soon")
        } else {
            (Level::Good, "key")
        };
        let date = office_date(end, super::language());
        let role = text(super::language(), &format!("central-key-{}", role_name(certificate.read.role)), &[]);
        let args = [("role", Value::from(role)), ("date", date.into())];
        findings.push(Finding::new(level, code, &args));
    }
    let sealing = open.keys.certificate(Role::Sealing).map(|certificate| certificate.read.public_key);
    let opens = sealing.is_some() && open.opener().is_ok();
    if !opens {
        findings.push(Finding::new(Level::Notice, "no_sealing", &[]));
    }
    if open.keys.certificate(Role::Statistics).is_none() {
        findings.push(Finding::new(Level::Careful, "no_statistics", &[]));
    }
    let root = open.folder.offline().join("root.key");
    if root.exists() {
        let path = root.display().to_string();
        findings.push(Finding::new(Level::Careful, "root_here", &[("path", path.into())]));
    } else {
        findings.push(Finding::new(Level::Good, "root_away", &[]));
    }
    if is_open_to_others(&open.folder.keys()) {
        let path = open.folder.keys().display().to_string();
        findings.push(Finding::new(Level::Bad, "key_open", &[("path", path.into())]));
    }
}

/// Stands whose pushes are soon quarantined because nobody renewed them.
async fn stands(open: &Open, now_unix_s: u64, findings: &mut Vec<Finding>) -> Result<(), CentralError> {
    for stand in open.store.devices().await?.iter().filter(|stand| stand.revoked.is_none()) {
        let end = stand.not_after_unix_s;
        if end.saturating_sub(now_unix_s) <= KEY_SOON_S {
            let code = if end <= now_unix_s { "stand_over" } else { "stand_soon" };
            let date = office_date(end, super::language());
            let args = [("label", Value::from(stand.label.as_str())), ("date", date.into())];
            findings.push(Finding::new(Level::Careful, code, &args));
        }
    }
    Ok(())
}

/// Whether anyone but the owner may enter the folder of keys and read a private one.
#[cfg(unix)]
fn is_open_to_others(keys: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = |path: &Path| path.metadata().map_or(0, |metadata| metadata.permissions().mode());
    let files = std::fs::read_dir(keys).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut private = files.filter(|path| path.extension().is_some_and(|end| end == "key"));
    mode(keys) & 0o077 != 0 && private.any(|path| mode(&path) & 0o077 != 0)
}

#[cfg(not(unix))]
fn is_open_to_others(_: &Path) -> bool {
    false
}

#[cfg(unix)]
fn disk(path: &Path, findings: &mut Vec<Finding>) {
    let Ok(space) = rustix::fs::statvfs(path) else { return };
    let free = space.f_bavail.saturating_mul(space.f_frsize);
    let (level, code) =
        if free < FREE_BYTES_MIN { (Level::Careful, "disk_low") } else { (Level::Good, "disk") };
    findings.push(Finding::new(level, code, &[("free", Value::from(free / 1_000_000))]));
}

#[cfg(not(unix))]
fn disk(_: &Path, _: &mut Vec<Finding>) {}
