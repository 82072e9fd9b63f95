//! Writing a file so that whoever looks finds it whole, or not at all, or under a name that says "unfinished".

use crate::{Medium, MediumError};

/// What became of a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Put {
    /// Written, and on the medium when this is returned.
    Written,
    /// It was there already, byte for byte.
    Held,
}

/// Writes a file under a name that tells its content: to a name that ends in `.tmp`, flushed, renamed, folder
/// flushed. A file of that name with other bytes is half of it, and is replaced.
///
/// What was begun and did not come to its end is taken away where that still works; else it keeps its `.tmp`.
pub fn put(medium: &mut impl Medium, path: &str, bytes: &[u8]) -> Result<Put, MediumError> {
    let folder = folder_of(path);
    match medium.read(path, bytes.len()) {
        Ok(there) if there == bytes => {
            // Whoever wrote it may not have come to this.
            medium.flush_folder(folder)?;
            return Ok(Put::Held);
        }
        Ok(_) | Err(MediumError::Gone { .. } | MediumError::TooLarge { .. }) => {}
        Err(error) => return Err(error),
    }
    make_folders(medium, folder)?;
    let unfinished = format!("{path}.tmp");
    let written = medium
        .write_flushed(&unfinished, bytes)
        .and_then(|()| medium.rename(&unfinished, path))
        .and_then(|()| medium.flush_folder(folder));
    if written.is_err() {
        let _ = medium.remove(&unfinished);
    }
    written.map(|()| Put::Written)
}

/// The folder that a path lies in.
pub(crate) fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Makes every folder of a path that is not there, and its name durable.
fn make_folders(medium: &mut impl Medium, folder: &str) -> Result<(), MediumError> {
    if folder.is_empty() || medium.list(folder).is_ok() {
        return Ok(());
    }
    let around = folder_of(folder);
    make_folders(medium, around)?;
    medium.make_folder(folder)?;
    medium.flush_folder(around)
}
