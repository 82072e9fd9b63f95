//! `release certify | sign | publish | list`: new versions of the stand's program, from whoever builds to every stand.

use std::path::Path;

use central_db::{NewPublication, Publishing};
use serde::Serialize;
use wire::manifest::PartKind;
use wire::publication::{Compressed, Publication};
use wire::release::{RELEASE_BYTES_MAX, Release};
use wire::{Hash, KeyId};

use super::args::ReleaseCommand;
use super::exit::Exit;
use super::open_folder::Open;
use super::output::Output;
use crate::chance;
use crate::clock::Clock;
use crate::error::CentralError;
use crate::folder::{Folder, write_private};
use crate::pages::when::office_date;
use crate::releases::{self, Packages};

pub(super) async fn run(
    folder: Folder,
    command: ReleaseCommand,
    clock: &Clock,
    output: &mut Output,
) -> Result<Exit, CentralError> {
    match command {
        ReleaseCommand::Certify { root, out } => certify(&Open::new(folder)?, (&root, &out), clock, output),
        ReleaseCommand::Sign { file, keys, number, out } => sign((&file, &keys), number, &out, clock, output),
        ReleaseCommand::Publish { release, file } => {
            publish(&Open::new(folder)?, &release, &file, clock, output).await
        }
        ReleaseCommand::List => list(&Open::new(folder)?, output).await,
    }
}

/// A release, as scripts rely on it.
#[derive(Serialize)]
struct Row<'a> {
    number: u64,
    version: &'a str,
    reads: u32,
    writes: u32,
    bytes: u64,
    sha256: String,
    /// Whether it was published now, and not before.
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<bool>,
}

impl<'a> From<&'a Release> for Row<'a> {
    fn from(release: &'a Release) -> Self {
        Self {
            number: release.number,
            version: &release.program,
            reads: release.reads,
            writes: release.writes,
            bytes: release.bytes,
            sha256: release.hash.to_string(),
            published: None,
        }
    }
}

#[derive(Serialize)]
struct Certified {
    key: String,
    folder: String,
    valid_until: String,
}

fn certify(
    open: &Open,
    (root, out): (&Path, &Path),
    clock: &Clock,
    output: &mut Output,
) -> Result<Exit, CentralError> {
    let (now, mut rng) = (clock.now_unix_s(), chance::system());
    let certificate = releases::certify(&open.keys, open.office.id, (root, out), now, &mut rng)?;
    let valid_until = office_date(certificate.not_after_unix_s, super::language());
    let folder = out.display().to_string();
    let args = [("folder", folder.as_str().into()), ("date", valid_until.as_str().into())];
    output.say("central-release-certified", &args);
    let key = KeyId::of(&certificate.public_key).to_string();
    output.json(&Certified { key, folder: folder.clone(), valid_until: valid_until.clone() });
    Ok(Exit::Ok)
}

fn sign(
    (file, keys): (&Path, &Path),
    number: u64,
    out: &Path,
    clock: &Clock,
    output: &mut Output,
) -> Result<Exit, CentralError> {
    if out.exists() {
        return Err(CentralError::FileExists(out.to_owned()));
    }
    let (release, signed) = releases::sign(file, keys, number, clock.now_unix_s())?;
    write_private(out, &signed)?;
    output.json(&Row::from(&release));
    let path = out.display().to_string();
    let args = [
        ("number", release.number.into()),
        ("version", release.program.as_str().into()),
        ("file", path.as_str().into()),
    ];
    output.say("central-release-signed", &args);
    Ok(Exit::Ok)
}

/// The package is kept before anything names it. Stands never go back, so neither does what is published.
async fn publish(
    open: &Open,
    path: &Path,
    file: &Path,
    clock: &Clock,
    output: &mut Output,
) -> Result<Exit, CentralError> {
    let (signed, opened) = releases::open(path, open.office.id, &open.keys)?;
    let release = opened.release;
    let package = releases::matching_package(file, &release)?;
    let content = Hash::of(&signed);
    if let Some(last) = newest(open).await?
        && last.number >= release.number
        && last != release
    {
        let why = last.number.to_string();
        return Err(CentralError::Release { path: path.to_owned(), code: "release_older", why });
    }
    Packages::of(&open.folder).keep(release.hash, &package)?;
    let failed = |source| CentralError::File { operation: "compressing", path: path.to_owned(), source };
    let compressed = Compressed::of(&signed).map_err(failed)?;
    let new = NewPublication { kind: PartKind::RELEASE, content, compressed };
    let is_new = matches!(open.store.publish(new, clock.now_unix_s()).await?, Publishing::New(_));
    output.json(&Row { published: Some(is_new), ..Row::from(&release) });
    let args = [("number", release.number.into()), ("version", release.program.as_str().into())];
    output.say("central-release-published", &args);
    Ok(Exit::Ok)
}

/// The release that stands are given now, as far as it can be read.
async fn newest(open: &Open) -> Result<Option<Release>, CentralError> {
    Ok(published(open).await?.into_iter().next())
}

async fn published(open: &Open) -> Result<Vec<Release>, CentralError> {
    let mut found = Vec::new();
    for published in open.store.publications(PartKind::RELEASE).await? {
        let part = open.store.part(published.part.hash).await?;
        let content = part.and_then(|part| Publication::read(&part).ok()?.content(RELEASE_BYTES_MAX).ok());
        let release = content.and_then(|bytes| Release::open(&bytes, open.office.id, &open.keys.root).ok());
        found.extend(release.map(|opened| opened.release));
    }
    Ok(found)
}

async fn list(open: &Open, output: &mut Output) -> Result<Exit, CentralError> {
    let releases = published(open).await?;
    if releases.is_empty() {
        output.say("central-release-none", &[]);
    }
    for release in &releases {
        output.json(&Row::from(release));
        let args = [("number", release.number.into()), ("version", release.program.as_str().into())];
        output.say("central-release-line", &args);
    }
    Ok(Exit::Ok)
}
