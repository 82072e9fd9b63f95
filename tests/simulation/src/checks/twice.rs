//! Promise 5: nothing arrives twice. Each sealed body stands at one position of one branch, and the desk lists
//! each request once. A profile is the exception: it waits outside the chain, so that a disk that is copied or put back
//! takes it along, and the office tells it by the id inside (section 8.7 of the protocol).

use std::collections::BTreeSet;

use wire::EntryKind;

use super::Check;
use crate::facts::End;

#[derive(Default)]
pub(super) struct NothingTwice;

impl Check for NothingTwice {
    fn property(&self) -> &'static str {
        "nothing twice"
    }

    fn at_end(&mut self, end: &End) -> Vec<String> {
        let mut bodies = BTreeSet::new();
        let mut listed = BTreeSet::new();
        let records = end.office.entries.iter().filter(|(_, entry)| entry.kind != EntryKind::PROFILE);
        let stored = records.filter(|(_, entry)| !bodies.insert(entry.sealed));
        let mut wrong: Vec<String> =
            stored.map(|(id, _)| format!("entry {} is stored twice", id.seq)).collect();
        let lines = end.office.listed.iter().filter(|(_, id, _)| !listed.insert(*id));
        wrong.extend(lines.map(|(folio, _, _)| format!("{folio} is listed twice")));
        wrong
    }
}
