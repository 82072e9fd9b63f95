//! Every survey that was ever published: answers to an older version are judged by that one.

use central_db::{Published, Store};
use survey::Offer;
use survey::limits::OFFER_BYTES_MAX;
use wire::manifest::PartKind;
use wire::publication::Publication;

use crate::error::CentralError;

/// One publication of a survey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// Its number and date.
    pub published: Published,
    /// What was published.
    pub offer: Offer,
}

/// All of them, the newest first. One that this program can't read is left out and logged: a later program published it.
pub async fn editions(store: &dyn Store) -> Result<Vec<Edition>, CentralError> {
    let mut editions = Vec::new();
    for published in store.publications(PartKind::SURVEY).await? {
        let Some(bytes) = store.part(published.part.hash).await? else { continue };
        let content = Publication::read(&bytes).and_then(|publication| publication.content(OFFER_BYTES_MAX));
        if let Some(offer) = content.ok().and_then(|content| Offer::read(&content).ok()) {
            editions.push(Edition { published, offer });
        } else {
            tracing::warn!(number = published.number, "a published survey can't be read");
        }
    }
    Ok(editions)
}
