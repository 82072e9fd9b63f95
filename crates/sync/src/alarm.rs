//! What a sync finds that must not happen by itself: somebody at the office has to look at it.
//!
//! An alarm never stops a sync and never stops capture; it is kept, shown, and told.

use wire::Epoch;

/// One finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Alarm {
    /// Central stands behind what it signed: it was restored from a backup. Everything after `now` is pushed
    /// again.
    CentralWentBack {
        /// The ledger.
        epoch: Epoch,
        /// Entries that central had signed to hold.
        signed: u64,
        /// Entries that it holds now.
        now: u64,
    },
    /// Central holds other entries at positions of this ledger: two machines were made from one disk, or a disk
    /// was restored and captured on. Its entries are kept apart, and a new ledger begins.
    Forked {
        /// The ledger.
        epoch: Epoch,
    },
    /// Central holds more of this ledger than the ledger has: the disk was restored, or a copy of it was used
    /// elsewhere. A new ledger begins before anything can collide.
    Overtaken {
        /// The ledger.
        epoch: Epoch,
        /// Entries that it has here.
        count: u64,
        /// Entries that central holds.
        central: u64,
    },
    /// Central offered a manifest older than the stored one, signed by the right key. It was refused.
    ManifestRolledBack {
        /// The number of the stored one.
        held: u64,
        /// The number of the offered one.
        offered: u64,
    },
    /// Central lost entries whose bodies this stand has released already.
    BodiesGone {
        /// The ledger.
        epoch: Epoch,
        /// Central's count.
        central: u64,
        /// Bodies released here.
        released: u64,
    },
    /// A ledger cannot be read at that position.
    Unreadable {
        /// The ledger.
        epoch: Epoch,
        /// Entries before it.
        from: u64,
    },
}

impl Alarm {
    /// Every code that [`Alarm::code`] gives.
    pub const CODES: [&str; 6] = [
        "central_went_back",
        "forked",
        "overtaken",
        "manifest_rolled_back",
        "bodies_gone",
        "ledger_unreadable",
    ];

    /// The stable code, in logs, in JSON and, with hyphens, in the text's key `sync-alarm-<code>`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::CentralWentBack { .. } => "central_went_back",
            Self::Forked { .. } => "forked",
            Self::Overtaken { .. } => "overtaken",
            Self::ManifestRolledBack { .. } => "manifest_rolled_back",
            Self::BodiesGone { .. } => "bodies_gone",
            Self::Unreadable { .. } => "ledger_unreadable",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_alarm_has_its_code() {
        let epoch = Epoch([0; 8]);
        let alarms = [
            Alarm::CentralWentBack { epoch, signed: 2, now: 1 },
            Alarm::Forked { epoch },
            Alarm::Overtaken { epoch, count: 1, central: 2 },
            Alarm::ManifestRolledBack { held: 2, offered: 1 },
            Alarm::BodiesGone { epoch, central: 1, released: 2 },
            Alarm::Unreadable { epoch, from: 1 },
        ];
        assert_eq!(alarms.map(|alarm| alarm.code()), Alarm::CODES);
    }
}
