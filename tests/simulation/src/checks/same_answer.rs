//! Promise 5: an accepted push repeated, at any time and in any concurrency, gets the same answer, byte for byte.
//! A gap is not kept, and an office that was restored has forgotten what it answered after its backup.

use std::collections::BTreeMap;
use std::rc::Rc;

use wire::Hash;
use wire::push::Outcome;

use super::Check;
use crate::facts::Fact;

#[derive(Default)]
pub(super) struct SameAnswer {
    answers: BTreeMap<Hash, Rc<[u8]>>,
}

impl Check for SameAnswer {
    fn property(&self) -> &'static str {
        "the same answer"
    }

    fn tell(&mut self, fact: &Fact) -> Option<String> {
        match fact {
            Fact::OfficeRestored { .. } => self.answers.clear(),
            Fact::Answered { payload, bytes, answer, .. } if answer.outcome != Outcome::Gap => {
                let first = self.answers.entry(*payload).or_insert_with(|| bytes.clone());
                if first != bytes {
                    return Some(format!("push {} got two answers", crate::trace::short(payload)));
                }
            }
            _ => {}
        }
        None
    }
}
