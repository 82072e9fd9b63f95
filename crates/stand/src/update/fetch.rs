//! What a sync brings of a new version: the release with the manifest, and its package in pieces after everything else.

use sync::driver::{Cancelled, Exchange, fetch_package};
use wire::manifest::{Manifest, PartKind};
use wire::publication::Publication;
use wire::release::RELEASE_BYTES_MAX;

use super::{Place, Spool, check};
use crate::StandError;
use crate::log::StandLog;

/// Fetches what is published and not here, from the byte where the last sync ended.
///
/// # Errors
/// [`StandError::Update`] for a release that this stand refuses; those of the file system.
pub(crate) async fn fetch(
    log: &StandLog<'_>,
    exchange: &mut Exchange<'_>,
    spool: &Spool,
    place: &Place,
    cancelled: Cancelled,
) -> Result<(), StandError> {
    let highest = place.state().highest;
    spool.forget_up_to(highest)?;
    let Some(signed) = published(&log.ledger) else { return Ok(()) };
    let held = spool.newest()?;
    // One that a stick brought may be newer than what the office published.
    let beyond = held.as_ref().filter(|(_, held)| *held != signed).map_or(0, |(number, _)| *number);
    let wanted = check(&signed, &log.enrolment, 0, ledger::SCHEMA_VERSION)?.release;
    if wanted.number <= highest.max(beyond) || spool.is_ready(wanted.number) {
        return Ok(());
    }
    if held.is_none_or(|(_, held)| held != signed) {
        spool.begin(&wanted, &signed)?;
    }
    spool.check_space(wanted.bytes)?;
    let from = spool.arrived(wanted.number)?;
    // The helper is not told: it would restart the windows at a moment that nobody chose. It looks when an outing is closed
    // and when the computer starts.
    fetch_package(exchange, wanted.hash, from, cancelled, |piece| spool.append(&wanted, piece)).await
}

/// The release that the manifest in force names, as it travels.
fn published(ledger: &ledger::Ledger) -> Option<Vec<u8>> {
    let held = ledger.manifest().ok().flatten()?;
    let manifest = Manifest::read_kept(&held.signed).ok()?;
    let part = manifest.parts.iter().find(|part| part.kind == PartKind::RELEASE)?;
    let publication = Publication::read(&ledger.part(part.hash).ok().flatten()?).ok()?;
    publication.content(RELEASE_BYTES_MAX).ok()
}
