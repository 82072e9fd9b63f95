//! One checker per property: each is told what happens and looks at the end, and knows nothing of the others.

mod alarms;
mod already_have;
mod apart;
mod gapless;
mod liveness;
mod lost;
mod monotone;
mod new_epoch;
mod quarantine;
mod release;
mod same_answer;
mod twice;

use crate::facts::{End, Fact};

/// Watches over one property.
pub(crate) trait Check {
    /// Its name.
    fn property(&self) -> &'static str;
    /// What happened, and whether that breaks the property.
    fn tell(&mut self, _fact: &Fact) -> Option<String> {
        None
    }
    /// What is wrong once everything has healed.
    fn at_end(&mut self, _end: &End) -> Vec<String> {
        Vec::new()
    }
}

/// All of them.
pub(crate) fn all() -> Vec<Box<dyn Check>> {
    vec![
        Box::<lost::NothingLost>::default(),
        Box::<twice::NothingTwice>::default(),
        Box::<same_answer::SameAnswer>::default(),
        Box::<gapless::Gapless>::default(),
        Box::<apart::KeptApart>::default(),
        Box::<quarantine::QuarantineReachable>::default(),
        Box::<already_have::NoFalseAlreadyHave>::default(),
        Box::<monotone::Monotone>::default(),
        Box::<release::ReleaseBelowWatermark>::default(),
        Box::<alarms::Alarms>::default(),
        Box::<new_epoch::NewEpoch>::default(),
        Box::<liveness::Liveness>::default(),
    ]
}
