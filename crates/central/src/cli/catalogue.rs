//! `catalogue first | publish | import | list | wanted`: what every stand of the office carries to look things up in.

use std::path::Path;

use catalogue::limits::PACK_BYTES_MAX;
use catalogue::{FIRST_PACK, Pack, PackError, ReviewState};
use central_db::{NewPublication, Published, Publishing};
use chrono::{DateTime, NaiveDate};
use domain::Comuna;
use serde::Serialize;
use texts::text;
use wire::Hash;
use wire::manifest::{PART_BYTES_MAX, PartKind};
use wire::publication::Compressed;

use super::args::CatalogueCommand;
use super::devices::{spanish_day, time};
use super::exit::Exit;
use super::open_folder::Open;
use super::output::Output;
use super::table::table;
use super::told::Told;
use crate::clock::Clock;
use crate::error::CentralError;

/// What a part takes beside the compressed pack, at most.
const AROUND_BYTES: u64 = 64;

pub(super) async fn run(
    open: &Open,
    command: CatalogueCommand,
    clock: &Clock,
    output: &mut Output,
) -> Result<Exit, CentralError> {
    match command {
        CatalogueCommand::First { out } => first(&out, output),
        CatalogueCommand::Publish { file } => publish(open, &file, clock, output).await,
        CatalogueCommand::Import { file, retrieved_on, out } => {
            let day = retrieved_on.unwrap_or_else(|| today(clock));
            super::import::import(&file, day, &out, output)
        }
        CatalogueCommand::List => list(open, output).await,
        CatalogueCommand::Wanted => super::wanted::wanted(open, clock, output).await,
    }
}

/// What was published. The names are fixed.
#[derive(Serialize)]
struct Row {
    number: u64,
    published_at: String,
    /// Bytes that a stand receives.
    bytes: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    sheets: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    not_reviewed: Option<usize>,
    /// Whether it was published now, and not before.
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<bool>,
}

impl From<&Published> for Row {
    fn from(published: &Published) -> Self {
        Self {
            number: published.number,
            published_at: time(published.published_unix_s),
            bytes: published.part.len,
            sheets: None,
            not_reviewed: None,
            published: None,
        }
    }
}

/// The pack that was written.
#[derive(Serialize)]
struct First {
    out: String,
    sheets: usize,
    not_reviewed: usize,
}

/// Writes the pack that comes with the program: what there is to review before anything else was ever published.
pub(super) fn first(out: &Path, output: &mut Output) -> Result<Exit, CentralError> {
    let pack = match Pack::read(FIRST_PACK) {
        Ok(pack) => pack,
        Err(error) => return Ok(refuse(error, output)),
    };
    let failed = |source| CentralError::File { operation: "writing", path: out.to_owned(), source };
    std::fs::write(out, FIRST_PACK).map_err(failed)?;
    let (sheets, not_reviewed) = (pack.contents().sheets.len(), not_reviewed(&pack));
    output.json(&First { out: out.display().to_string(), sheets, not_reviewed });
    output.say("central-catalogue-first", &[("sheets", sheets.into())]);
    if not_reviewed > 0 {
        output.say("central-catalogue-not-reviewed", &[("count", not_reviewed.into())]);
    }
    Ok(Exit::Ok)
}

fn not_reviewed(pack: &Pack) -> usize {
    pack.contents().sheets.iter().filter(|sheet| sheet.review.state == ReviewState::NotReviewed).count()
}

async fn publish(open: &Open, file: &Path, clock: &Clock, output: &mut Output) -> Result<Exit, CentralError> {
    let bytes = read(file)?;
    let pack = match Pack::read(&bytes) {
        Ok(pack) => pack,
        Err(error) => return Ok(refuse(error, output)),
    };
    let failed = |source| CentralError::File { operation: "compressing", path: file.to_owned(), source };
    let compressed = Compressed::of(&bytes).map_err(failed)?;
    if compressed.bytes().saturating_add(AROUND_BYTES) > PART_BYTES_MAX {
        output.error(&Told::pack("too_long", None, &[]));
        return Ok(Exit::Rejected);
    }
    let new = NewPublication { kind: PartKind::CATALOGUE, content: Hash::of(&bytes), compressed };
    let publishing = open.store.publish(new, clock.now_unix_s()).await?;
    let (published, is_new) = match publishing {
        Publishing::New(published) => (published, true),
        Publishing::Same(published) => (published, false),
        Publishing::Older(published) => {
            let day = spanish_day(&time(published.published_unix_s));
            output.error(&Told::pack("older", None, &[("date", day)]));
            return Ok(Exit::Rejected);
        }
    };
    let (sheets, not_reviewed) = (&pack.contents().sheets, not_reviewed(&pack));
    output.json(&Row {
        sheets: Some(sheets.len()),
        not_reviewed: Some(not_reviewed),
        published: Some(is_new),
        ..Row::from(&published)
    });
    let said = if is_new { "central-catalogue-published" } else { "central-catalogue-same" };
    output.say(said, &[("number", published.number.into()), ("sheets", sheets.len().into())]);
    if not_reviewed > 0 {
        output.say("central-catalogue-not-reviewed", &[("count", not_reviewed.into())]);
    }
    Ok(Exit::Ok)
}

/// The day in Santiago.
fn today(clock: &Clock) -> NaiveDate {
    let now = i64::try_from(clock.now_unix_s()).ok().and_then(|now| DateTime::from_timestamp(now, 0));
    let now = now.unwrap_or_default();
    Comuna::by_code("13101").map_or_else(|| now.date_naive(), |there| there.local_time(now).date_naive())
}

/// A pack's bytes, up to one more than a pack may have.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, CentralError> {
    use std::io::Read as _;
    let failed = |source| CentralError::File { operation: "reading", path: path.to_owned(), source };
    let limit = u64::try_from(PACK_BYTES_MAX).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    std::fs::File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes)).map_err(failed)?;
    Ok(bytes)
}

/// All that is wrong, a line each.
pub(super) fn refuse(error: PackError, output: &mut Output) -> Exit {
    match error {
        PackError::TooLong => output.error(&Told::pack("too_long", None, &[])),
        PackError::Syntax(why) => output.error(&Told::pack("syntax", None, &[("why", why.to_string())])),
        PackError::Format => output.error(&Told::pack("unknown_format", None, &[])),
        PackError::Shape { path, source } => {
            output.error(&Told::pack("shape", Some(path), &[("why", source.to_string())]));
        }
        PackError::Invalid(problems) => {
            for problem in problems {
                output.error(&Told::pack(problem.code.as_str(), Some(problem.path), &[]));
            }
        }
    }
    Exit::Rejected
}

async fn list(open: &Open, output: &mut Output) -> Result<Exit, CentralError> {
    let published = open.store.publications(PartKind::CATALOGUE).await?;
    if published.is_empty() {
        output.say("central-catalogue-none", &[]);
        return Ok(Exit::Ok);
    }
    let rows: Vec<Row> = published.iter().map(Row::from).collect();
    for row in &rows {
        output.json(row);
    }
    let heading = ["number", "published", "bytes"];
    let heading = heading.map(|name| text(super::language(), &format!("central-head-{name}"), &[]));
    let cells =
        |row: &Row| vec![row.number.to_string(), spanish_day(&row.published_at), row.bytes.to_string()];
    for line in table(&heading, &rows.iter().map(cells).collect::<Vec<_>>()) {
        output.line(&line);
    }
    Ok(Exit::Ok)
}
