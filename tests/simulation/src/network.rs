//! What becomes of a message: how long it takes, whether it arrives, how often, and who answers.

use sync::Fault;

use crate::dice::Dice;
use crate::plan::Plan;

/// How long a stand waits for an answer, in milliseconds.
pub(crate) const TIMEOUT_MS: u64 = 60_000;
const DAY_MS: u64 = 24 * 60 * 60 * 1_000;

/// The fate of one request, drawn when it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fate {
    /// Arrives after these delays, in milliseconds; empty when it is lost.
    pub(crate) arrivals: Vec<u64>,
    /// Somebody else answers, after this delay.
    pub(crate) disturbance: Option<(u64, Disturbance)>,
    /// How many times each arrival is delivered at once.
    pub(crate) at_once: usize,
    /// The answer's delay, or none when it is lost.
    pub(crate) answer: Option<u64>,
}

/// Somebody else's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Disturbance {
    Fault(Fault),
    /// A sign-in page, with 200.
    Page,
}

pub(crate) struct Network {
    dice: Dice,
    lost: u64,
    repeated: u64,
    disturbed: u64,
    healed: bool,
}

impl Network {
    pub(crate) fn new(plan: &Plan) -> Self {
        let Plan { seed, lost, repeated, disturbed, .. } = *plan;
        Self { dice: Dice::new(seed, 1), lost, repeated, disturbed, healed: false }
    }

    /// From now on every message arrives once and soon.
    pub(crate) fn heal(&mut self) {
        self.healed = true;
    }

    pub(crate) fn fate(&mut self) -> Fate {
        if self.healed {
            return Fate { arrivals: vec![20], disturbance: None, at_once: 1, answer: Some(20) };
        }
        let dice = &mut self.dice;
        if dice.chance(self.disturbed) {
            let disturbance = match dice.below(5) {
                0 => Disturbance::Fault(Fault::NoNetwork),
                1 => Disturbance::Page,
                2 => Disturbance::Fault(Fault::ServerBusy { retry_after_s: Some(dice.below(90)) }),
                3 => Disturbance::Fault(Fault::ServerFull),
                _ => Disturbance::Fault(Fault::CaptivePortal),
            };
            let delay = dice.between(5, 500);
            return Fate {
                arrivals: Vec::new(),
                disturbance: Some((delay, disturbance)),
                at_once: 1,
                answer: None,
            };
        }
        // Slow ones overtake each other, and some are slower than the stand's patience.
        let slow = dice.chance(self.lost);
        let delay = dice.between(20, if slow { TIMEOUT_MS.saturating_mul(2) } else { 3_000 });
        let mut arrivals = if dice.chance(self.lost) { Vec::new() } else { vec![delay] };
        while dice.chance(self.repeated) {
            let late = dice.chance(300);
            arrivals.push(dice.between(20, if late { DAY_MS.saturating_mul(2) } else { 5_000 }));
        }
        let at_once = if dice.chance(self.repeated) { 3 } else { 1 };
        let answer = (!dice.chance(self.lost)).then(|| dice.between(20, 3_000));
        Fate { arrivals, disturbance: None, at_once, answer }
    }
}
