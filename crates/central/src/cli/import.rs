//! `catalogue import`: fichas of ChileAtiende made into a pack, for the office to review and publish.

use std::path::Path;

use catalogue::chileatiende::{ImportError, LeftOut, import as read_fichas};
use chrono::NaiveDate;
use serde::Serialize;

use super::catalogue::{read, refuse};
use super::exit::Exit;
use super::output::Output;
use super::told::Told;
use crate::error::CentralError;
use crate::folder::write_private;

/// What was made. The names are fixed.
#[derive(Serialize)]
struct Made<'a> {
    sheets: usize,
    out: String,
    /// What of the fichas the catalogue doesn't take: somebody of the office looks at it.
    left_out: &'a [LeftOut],
}

pub(super) fn import(
    file: &Path,
    retrieved_on: NaiveDate,
    out: &Path,
    output: &mut Output,
) -> Result<Exit, CentralError> {
    let imported = match read_fichas(&read(file)?, retrieved_on) {
        Ok(imported) => imported,
        Err(error) => return Ok(told(error, output)),
    };
    let failed = |error: serde_json::Error| CentralError::File {
        operation: "writing",
        path: out.to_owned(),
        source: error.into(),
    };
    let pack = serde_json::to_vec_pretty(imported.pack.contents()).map_err(failed)?;
    write_private(out, &pack)?;
    let sheets = imported.pack.contents().sheets.len();
    let out = out.display().to_string();
    output.json(&Made { sheets, out: out.clone(), left_out: &imported.left_out });
    output.say("central-import-made", &[("sheets", sheets.into()), ("path", out.as_str().into())]);
    for left in &imported.left_out {
        output.line(&format!("{}, {}: {}", left.ficha, left.field, why(left)));
    }
    Ok(Exit::Ok)
}

fn why(left: &LeftOut) -> String {
    use catalogue::chileatiende::Why;
    let key = match left.why {
        Why::Amount => "central-import-amount",
        Why::TooLong => "central-import-too-long",
        Why::Malformed => "central-import-malformed",
        Why::Empty => "central-import-empty",
        Why::Duplicate => "central-import-duplicate",
    };
    texts::text(super::language(), key, &[])
}

fn told(error: ImportError, output: &mut Output) -> Exit {
    match error {
        ImportError::TooLong => output.error(&Told::pack("too_long", None, &[])),
        ImportError::Syntax(why) => output.error(&Told::pack("syntax", None, &[("why", why.to_string())])),
        ImportError::NoFichas => output.error(&Told::pack("no_fichas", None, &[])),
        ImportError::NothingLeft { fichas } => {
            output.error(&Told::pack("nothing_left", None, &[("count", fichas.to_string())]));
        }
        ImportError::Pack(error) => return refuse(error, output),
    }
    Exit::Rejected
}
