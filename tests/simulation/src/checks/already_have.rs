//! Promise 5: no false "already have". Whatever the office signs as held it holds, up to that count and along
//! that very chain, until it is restored to a time before.

use std::collections::BTreeSet;

use wire::push::Outcome;
use wire::{DeviceId, Epoch, Hash};

use super::Check;
use crate::facts::{End, Fact, Holdings};

#[derive(Default)]
pub(super) struct NoFalseAlreadyHave {
    claims: BTreeSet<(DeviceId, Epoch, u64, Hash)>,
}

impl NoFalseAlreadyHave {
    fn false_claims(&self, office: &Holdings) -> Vec<String> {
        let false_claims = self.claims.iter().filter(|claim| !office.chains.contains(claim));
        false_claims.map(|claim| format!("signed for {} entries that it does not hold", claim.2)).collect()
    }
}

impl Check for NoFalseAlreadyHave {
    fn property(&self) -> &'static str {
        "no false \"already have\""
    }

    fn tell(&mut self, fact: &Fact) -> Option<String> {
        match fact {
            Fact::Answered { answer, .. } if answer.outcome != Outcome::Gap => {
                self.claims.insert((answer.device, answer.epoch, answer.count, answer.head));
            }
            Fact::OfficeRestored { before, after, .. } => {
                let wrong = self.false_claims(before).into_iter().next();
                self.claims.retain(|claim| after.chains.contains(claim));
                return wrong;
            }
            _ => {}
        }
        None
    }

    fn at_end(&mut self, end: &End) -> Vec<String> {
        self.false_claims(&end.office)
    }
}
