//! Promise 6: quarantine is no dead end. What is kept apart is opened, and every request in it is listed at the
//! desk with the reason.

use wire::EntryKind;

use super::Check;
use crate::facts::End;

#[derive(Default)]
pub(super) struct QuarantineReachable;

impl Check for QuarantineReachable {
    fn property(&self) -> &'static str {
        "quarantine reachable"
    }

    fn at_end(&mut self, end: &End) -> Vec<String> {
        let office = &end.office;
        let requests = office.entries.iter().filter(|(_, entry)| entry.kind == EntryKind::REQUEST);
        let unlisted = requests.filter(|(id, entry)| {
            !office.listed.iter().any(|(_, listed, why)| listed == id && *why == entry.quarantine)
        });
        let mut wrong: Vec<String> = unlisted
            .map(|(id, entry)| format!("entry {} ({:?}) is not on the list", id.seq, entry.quarantine))
            .collect();
        if office.failures > 0 || office.unopened > 0 {
            wrong.push(format!("{} dead letters, {} unopened", office.failures, office.unopened));
        }
        wrong
    }
}
