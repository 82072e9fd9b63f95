//! Promise 5: nothing arrives twice. Each sealed body stands at one position of one branch, and the desk lists
//! each request once.
//!
//! A profile waits outside the chain, so that a disk that is copied or put back takes what waits along: both lives may
//! then close with it, and the office tells it by the id inside (section 8.7 of the protocol). That is the only way to
//! two of one: without such a disk a profile stands once like anything else, and on one branch it does in any case.
//! Copies of what rests, as a mirror's card brings them, are ledgers of their own, and count for nothing that also came by a
//! closing (section 18).

use std::collections::BTreeSet;

use wire::EntryKind;

use super::Check;
use crate::facts::{End, Fact};

#[derive(Default)]
pub(super) struct NothingTwice {
    /// Whether a disk was copied or put back: a pool may have been in two lives.
    disks_touched: bool,
}

impl Check for NothingTwice {
    fn property(&self) -> &'static str {
        "nothing twice"
    }

    fn tell(&mut self, fact: &Fact) -> Option<String> {
        self.disks_touched |= matches!(fact, Fact::DiskCloned { .. } | Fact::DiskReplaced { .. });
        None
    }

    fn at_end(&mut self, end: &End) -> Vec<String> {
        let (mut bodies, mut listed) = (BTreeSet::new(), BTreeSet::new());
        let life = |id: &central_db::EntryId| (id.device, id.epoch, id.branch);
        let is_copy = |id: &central_db::EntryId| end.office.copies.contains(&(id.device, id.epoch));
        let stored = end.office.entries.iter().filter(|(id, _)| !is_copy(id)).filter(|(id, entry)| {
            let in_two_lives = self.disks_touched && entry.kind == EntryKind::PROFILE;
            !bodies.insert((entry.sealed, in_two_lives.then(|| life(id))))
        });
        let mut wrong: Vec<String> =
            stored.map(|(id, _)| format!("entry {} is stored twice", id.seq)).collect();
        let lines = end.office.listed.iter().filter(|(_, id, _)| !listed.insert(*id));
        wrong.extend(lines.map(|(folio, _, _)| format!("{folio} is listed twice")));
        wrong
    }
}
