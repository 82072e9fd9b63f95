//! `catalogue wanted`: what people looked for and did not find. The next pack is written from it.
//!
//! What was typed can be anything, a name included: it stays inside the sealed entries and is opened for the list alone.

use std::collections::BTreeMap;

use serde::Serialize;
use texts::text;
use wire::body::Body;

use super::devices::spanish_day;
use super::exit::Exit;
use super::open_folder::Open;
use super::output::Output;
use super::table::table;
use crate::clock::Clock;
use crate::error::CentralError;
use crate::requests::local_rfc3339;

/// Requests for content that are read: the newest. Opening one takes a tenth of a millisecond.
const READ_MAX: usize = 10_000;

/// What was looked for. The names are fixed.
#[derive(Serialize)]
struct Row {
    /// As it was typed last.
    words: String,
    /// How often, in whatever letters and order of marks.
    times: u64,
    /// When it was last, in Santiago's time.
    last_at: String,
}

pub(super) async fn wanted(open: &Open, clock: &Clock, output: &mut Output) -> Result<Exit, CentralError> {
    let opener = open.opener()?;
    opener.open_waiting(open.store.as_ref(), clock.now_unix_s()).await?;
    let mut rows = BTreeMap::<String, Row>::new();
    for entry in open.store.wanted(READ_MAX).await? {
        let Ok(Body::Wanted(record)) = opener.open(&entry) else { continue };
        let words = record.filed.words.unwrap_or_default();
        let last_at = local_rfc3339(None, record.captured.at_unix_ms.div_euclid(1_000));
        // The newest comes first, and stays as it was typed.
        let row = rows.entry(catalogue::folded(&words)).or_insert(Row { words, times: 0, last_at });
        row.times = row.times.saturating_add(1);
    }
    let mut rows: Vec<Row> = rows.into_values().collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.times));
    if rows.is_empty() {
        output.say("central-wanted-none", &[]);
    }
    for row in &rows {
        output.json(row);
    }
    let heading = ["words", "times", "last"]
        .map(|name| text(super::language(), &format!("central-wanted-{name}"), &[]));
    let cells = |row: &Row| vec![row.words.clone(), row.times.to_string(), spanish_day(&row.last_at)];
    for line in table(&heading, &rows.iter().map(cells).collect::<Vec<_>>()) {
        output.line(&line);
    }
    Ok(Exit::Ok)
}
