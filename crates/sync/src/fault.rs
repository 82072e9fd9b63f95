//! What can stand between a stand and its office, each under a name of its own.
//!
//! "Network error" helps nobody at the side of a road. Each fault says whether waiting can help and has a stable
//! code, under which the texts say what happened, that nothing was lost, and what to do.

use wire::Epoch;

/// Why a sync could not do all that there was to do. Nothing is ever lost by any of them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Nobody answers: no route, no name, nobody listens.
    #[error("no network, or nobody answers at the office's address")]
    NoNetwork,
    /// Somebody answers who is not the office: a sign-in page of the local network, a filter.
    #[error("somebody else answers in the office's place")]
    CaptivePortal,
    /// The certificate does not hold at this time: nearly always the stand's clock.
    #[error("the office's certificate does not hold at {now_unix_s}: its bound is {bound_unix_s}")]
    WrongClock {
        /// The time by which it was judged, in seconds since 1970 (UTC).
        now_unix_s: u64,
        /// Where it begins (or ends, when `expired`) to hold, in seconds since 1970 (UTC).
        bound_unix_s: u64,
        /// Whether the bound is its end.
        expired: bool,
    },
    /// The certificate is of another name, by an unknown issuer, revoked or malformed.
    #[error("the office's certificate is not to be trusted: {why}")]
    WrongCertificate {
        /// What the check found, in English, for the log.
        why: String,
    },
    /// The office has no room for this request at the moment.
    #[error("the office is busy")]
    ServerBusy {
        /// When it asks to be asked again, in seconds.
        retry_after_s: Option<u64>,
    },
    /// The office's disk is full.
    #[error("the office cannot store more")]
    ServerFull,
    /// The connection broke, or nothing moved for too long.
    #[error("the connection was cut in the middle")]
    CutInTheMiddle,
    /// The office refused the request, with a reason of its own.
    #[error("the office refused with {status}: {code}")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// The office's code.
        code: String,
    },
    /// The manifest is older than the one held.
    #[error("manifest {offered} is older than {held}")]
    RollbackManifest {
        /// The number of the stored one.
        held: u64,
        /// The number of the offered one.
        offered: u64,
    },
    /// The answer is signed by other keys, or for another stand.
    #[error("the answer is not from the office that this stand is enrolled at")]
    NotOurOffice,
    /// The office's own answers do not fit each other, or not what was sent.
    #[error("the office's answer contradicts what was sent")]
    Contradiction,
    /// The office lost entries whose bodies this stand has released.
    #[error("the office lost entries of {epoch} that are no longer here")]
    BodiesGone {
        /// The ledger.
        epoch: Epoch,
    },
    /// The stick has no answer of the office to this: it has not been there since, or not with these entries.
    #[error("the stick has no answer of the office to this")]
    Unanswered,
    /// A ledger on this disk cannot be read.
    #[error("ledger {epoch} cannot be read")]
    Unreadable {
        /// The ledger.
        epoch: Epoch,
    },
}

impl Fault {
    /// Every code that [`Fault::code`] gives.
    pub const CODES: [&str; 15] = [
        "no-network",
        "captive-portal",
        "clock-behind",
        "clock-ahead",
        "wrong-certificate",
        "server-busy",
        "server-full",
        "cut",
        "refused",
        "rollback",
        "not-our-office",
        "contradiction",
        "bodies-gone",
        "unanswered",
        "unreadable",
    ];

    /// The stable code: `sync-fault-<code>` is the key of the text.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoNetwork => "no-network",
            Self::CaptivePortal => "captive-portal",
            Self::WrongClock { expired: false, .. } => "clock-behind",
            Self::WrongClock { expired: true, .. } => "clock-ahead",
            Self::WrongCertificate { .. } => "wrong-certificate",
            Self::ServerBusy { .. } => "server-busy",
            Self::ServerFull => "server-full",
            Self::CutInTheMiddle => "cut",
            Self::Refused { .. } => "refused",
            Self::RollbackManifest { .. } => "rollback",
            Self::NotOurOffice => "not-our-office",
            Self::Contradiction => "contradiction",
            Self::BodiesGone { .. } => "bodies-gone",
            Self::Unanswered => "unanswered",
            Self::Unreadable { .. } => "unreadable",
        }
    }

    /// Whether only a person can change it: trying again by itself is no use.
    pub fn is_permanent(&self) -> bool {
        match self {
            Self::NoNetwork
            | Self::CaptivePortal
            | Self::ServerBusy { .. }
            | Self::ServerFull
            | Self::Unanswered
            | Self::CutInTheMiddle => false,
            Self::WrongClock { .. }
            | Self::WrongCertificate { .. }
            | Self::Refused { .. }
            | Self::RollbackManifest { .. }
            | Self::NotOurOffice
            | Self::Contradiction
            | Self::BodiesGone { .. }
            | Self::Unreadable { .. } => true,
        }
    }

    /// Whether it can be over within the same sync.
    pub(crate) fn is_momentary(&self) -> bool {
        matches!(self, Self::NoNetwork | Self::ServerBusy { .. } | Self::CutInTheMiddle)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_has_its_code_and_knows_whether_waiting_helps() {
        let epoch = Epoch([0; 8]);
        let clock = |expired| Fault::WrongClock { now_unix_s: 0, bound_unix_s: 0, expired };
        let rows = [
            (Fault::NoNetwork, false),
            (Fault::CaptivePortal, false),
            (clock(false), true),
            (clock(true), true),
            (Fault::WrongCertificate { why: String::new() }, true),
            (Fault::ServerBusy { retry_after_s: None }, false),
            (Fault::ServerFull, false),
            (Fault::CutInTheMiddle, false),
            (Fault::Refused { status: 400, code: String::new() }, true),
            (Fault::RollbackManifest { held: 2, offered: 1 }, true),
            (Fault::NotOurOffice, true),
            (Fault::Contradiction, true),
            (Fault::BodiesGone { epoch }, true),
            (Fault::Unanswered, false),
            (Fault::Unreadable { epoch }, true),
        ];
        assert_eq!(rows.each_ref().map(|(fault, _)| fault.code()), Fault::CODES);
        for (fault, permanent) in rows {
            assert_eq!(fault.is_permanent(), permanent, "{fault}");
        }
    }
}
