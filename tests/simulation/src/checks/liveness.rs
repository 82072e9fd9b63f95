//! Once faults stop, everything comes to rest within a bounded number of syncs: nothing is held back, and every
//! stand's last sync says so.

use sync::Outcome;

use super::Check;
use crate::facts::End;

#[derive(Default)]
pub(super) struct Liveness;

impl Check for Liveness {
    fn property(&self) -> &'static str {
        "everything is acknowledged in the end"
    }

    fn at_end(&mut self, end: &End) -> Vec<String> {
        let mut wrong = Vec::new();
        for disk in end.disks.iter() {
            for (epoch, count, acknowledged) in disk.ledgers.iter().filter(|l| l.2 < l.1) {
                let epoch = crate::trace::short(epoch);
                wrong.push(format!("stand {}: {acknowledged} of {count} in {epoch}", disk.stand));
            }
        }
        for (stand, outcome) in &end.outcomes {
            if !matches!(outcome, Some(Outcome::Done | Outcome::Apart(_))) {
                wrong.push(format!("stand {stand} ended with {outcome:?}"));
            }
        }
        wrong
    }
}
