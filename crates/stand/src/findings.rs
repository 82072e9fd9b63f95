//! Everything that the self-test itself can find, each with its grade and its sentence: what is not in this list can't be
//! shown, and whoever needs a sentence for each has the list to go through.

use receipts::PrinterState;
use texts::{Language, Value};

use crate::selftest::Grade;
use crate::{MirrorState, MirrorStatus, Power, PowerLevel};

macro_rules! findings {
    ($($finding:ident $name:literal $state:literal $grade:ident,)+) => {
        /// What a check of the self-test found.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Finding {
            $(#[doc = concat!("`", $name, "`: ", $state, ".")] $finding,)+
        }

        impl Finding {
            /// All that there are.
            pub const ALL: &[Self] = &[$(Self::$finding),+];

            /// What was checked, how it is, and how much of a worry that is.
            const fn parts(self) -> (&'static str, &'static str, Grade) {
                match self { $(Self::$finding => ($name, $state, Grade::$grade),)+ }
            }
        }
    };
}

findings! {
    PrinterReady "printer" "ready" Good,
    PrinterPaperLow "printer" "paper_low" Careful,
    PrinterUnknown "printer" "unknown" Careful,
    // Without paper the day goes on: receipts are shown.
    PrinterNone "printer" "none" Careful,
    PrinterOutOfPaper "printer" "out_of_paper" Bad,
    PrinterCoverOpen "printer" "cover_open" Bad,
    PrinterFailed "printer" "failed" Bad,
    PrinterAbsent "printer" "absent" Bad,
    LedgerWhole "ledger" "whole" Good,
    LedgerSetAside "ledger" "set_aside" Careful,
    LedgerDamaged "ledger" "damaged" Bad,
    MirrorCurrent "mirror" "current" Good,
    MirrorSameDisk "mirror" "same_disk" Careful,
    MirrorOff "mirror" "off" Careful,
    MirrorUnknown "mirror" "unknown" Careful,
    MirrorBehind "mirror" "behind" Careful,
    // Red is for a mirror that somebody set and that is not there.
    MirrorAbsent "mirror" "absent" Bad,
    MirrorFull "mirror" "full" Bad,
    MirrorReadOnly "mirror" "read_only" Bad,
    MirrorFailed "mirror" "failed" Bad,
    SealWorks "seal" "works" Good,
    SealFails "seal" "fails" Bad,
    PinSet "pin" "set" Good,
    PinNone "pin" "none" Careful,
    AlarmsNone "alarms" "none" Good,
    AlarmsGiven "alarms" "given" Careful,
    CameraThere "camera" "there" Good,
    CameraUnusable "camera" "unusable" Careful,
    CameraNone "camera" "none" Careful,
    BatteryMains "battery" "mains" Good,
    BatteryEnough "battery" "enough" Good,
    BatteryHalf "battery" "half" Careful,
    BatteryNone "battery" "none" Careful,
    BatteryLow "battery" "low" Bad,
    MemoryHeld "memory" "held" Good,
    MemoryLeaks "memory" "leaks" Careful,
    EscapesShut "escapes" "shut" Good,
    EscapesOrdinary "escapes" "ordinary" Careful,
    EscapesOpen "escapes" "open" Bad,
}

/// Below this, in percent and not on the mains, a battery is to be charged before the day: half of it is half a day.
pub const BATTERY_HALF_BELOW: u8 = 50;

impl Finding {
    /// What was checked: a stable name.
    pub const fn name(self) -> &'static str {
        self.parts().0
    }

    /// How it is: a stable word.
    pub const fn state(self) -> &'static str {
        self.parts().1
    }

    /// How much of a worry it is.
    pub const fn grade(self) -> Grade {
        self.parts().2
    }

    /// What a person reads, with the detail of the check.
    pub fn sentence(self, detail: Option<&str>, language: Language) -> String {
        let detail = detail.unwrap_or_default();
        let said = match self {
            Self::EscapesOpen => {
                let way =
                    |word: &str| texts::text(language, &format!("escape-{}", word.replace('_', "-")), &[]);
                detail.split_whitespace().map(way).collect::<Vec<_>>().join(", ")
            }
            _ => detail.to_owned(),
        };
        let key = format!("check-{}-{}", self.name(), self.state().replace('_', "-"));
        texts::text(language, &key, &[("detail", Value::from(said))])
    }

    /// Of a printer that says so; none where none was chosen.
    pub fn of_printer(state: Option<PrinterState>) -> Self {
        match state {
            None => Self::PrinterNone,
            Some(PrinterState::Ready) => Self::PrinterReady,
            Some(PrinterState::PaperLow) => Self::PrinterPaperLow,
            Some(PrinterState::OutOfPaper) => Self::PrinterOutOfPaper,
            Some(PrinterState::CoverOpen) => Self::PrinterCoverOpen,
            Some(PrinterState::Failed) => Self::PrinterFailed,
            Some(PrinterState::Absent) => Self::PrinterAbsent,
            Some(PrinterState::Unknown) => Self::PrinterUnknown,
        }
    }

    pub(crate) fn of_mirror(status: &MirrorStatus) -> Self {
        match status.state {
            MirrorState::Current if status.second_medium == Some(false) => Self::MirrorSameDisk,
            MirrorState::Current => Self::MirrorCurrent,
            MirrorState::Off => Self::MirrorOff,
            MirrorState::Unknown => Self::MirrorUnknown,
            MirrorState::Behind => Self::MirrorBehind,
            MirrorState::Absent => Self::MirrorAbsent,
            MirrorState::Full => Self::MirrorFull,
            MirrorState::ReadOnly => Self::MirrorReadOnly,
            MirrorState::Failed => Self::MirrorFailed,
        }
    }

    pub(crate) fn of_power(power: Power) -> Self {
        match power.battery_percent {
            None => Self::BatteryNone,
            Some(_) if power.level != PowerLevel::Enough => Self::BatteryLow,
            Some(_) if power.mains => Self::BatteryMains,
            Some(percent) if percent < BATTERY_HALF_BELOW => Self::BatteryHalf,
            Some(_) => Self::BatteryEnough,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{BATTERY_EMPTY_BELOW, BATTERY_LOW_BELOW};

    #[test]
    fn every_finding_has_its_sentence_in_every_language() {
        for language in [Language::Spanish, Language::English] {
            let mut said: Vec<String> = Vec::new();
            for finding in Finding::ALL {
                let sentence = finding.sentence(Some("sysrq"), language);
                assert!(!sentence.contains("check-") && !sentence.contains("escape-"), "{sentence}");
                assert!(!said.contains(&sentence), "two findings are told alike: {sentence}");
                said.push(sentence);
            }
        }
    }

    #[test]
    fn a_printer_is_red_only_where_it_can_not_print() {
        let grade = |state| Finding::of_printer(state).grade();
        assert_eq!(grade(Some(PrinterState::Ready)), Grade::Good);
        for state in [None, Some(PrinterState::Unknown), Some(PrinterState::PaperLow)] {
            assert_eq!(grade(state), Grade::Careful, "{state:?}");
        }
        for state in
            [PrinterState::OutOfPaper, PrinterState::CoverOpen, PrinterState::Failed, PrinterState::Absent]
        {
            let finding = Finding::of_printer(Some(state));
            assert_eq!((finding.grade(), finding.state()), (Grade::Bad, state.as_str()));
        }
    }

    #[test]
    fn a_battery_is_told_by_its_charge_at_each_limit() {
        use Finding::{BatteryEnough, BatteryHalf, BatteryLow, BatteryMains, BatteryNone};
        let on = |mains, percent: u8| {
            let level = match percent {
                _ if mains => PowerLevel::Enough,
                ..BATTERY_EMPTY_BELOW => PowerLevel::Empty,
                BATTERY_EMPTY_BELOW..BATTERY_LOW_BELOW => PowerLevel::Low,
                _ => PowerLevel::Enough,
            };
            Finding::of_power(Power { battery_percent: Some(percent), mains, level })
        };
        for (percent, expected) in [
            (BATTERY_EMPTY_BELOW - 1, BatteryLow),
            (BATTERY_LOW_BELOW - 1, BatteryLow),
            (BATTERY_LOW_BELOW, BatteryHalf),
            (BATTERY_HALF_BELOW - 1, BatteryHalf),
            (BATTERY_HALF_BELOW, BatteryEnough),
            (BATTERY_HALF_BELOW + 1, BatteryEnough),
        ] {
            assert_eq!(on(false, percent), expected, "{percent} %");
            assert_eq!(on(true, percent), BatteryMains, "{percent} %");
        }
        assert_eq!(Finding::of_power(Power::default()), BatteryNone);
        assert_eq!(Finding::of_power(Power { mains: true, ..Power::default() }), BatteryNone);
    }

    #[test]
    fn a_mirror_on_the_same_disk_is_no_second_copy() {
        let check = |state, second_medium, expected| {
            let status =
                MirrorStatus { state, folder: None, entries: 0, behind: 0, second_medium, whole_at: None };
            assert_eq!(Finding::of_mirror(&status), expected, "{state:?} {second_medium:?}");
        };
        check(MirrorState::Current, Some(true), Finding::MirrorCurrent);
        check(MirrorState::Current, None, Finding::MirrorCurrent);
        check(MirrorState::Current, Some(false), Finding::MirrorSameDisk);
        check(MirrorState::Off, None, Finding::MirrorOff);
        for state in [MirrorState::Absent, MirrorState::Full, MirrorState::ReadOnly, MirrorState::Failed] {
            let status = MirrorStatus {
                state,
                folder: None,
                entries: 0,
                behind: 0,
                second_medium: None,
                whole_at: None,
            };
            let finding = Finding::of_mirror(&status);
            assert_eq!((finding.grade(), finding.state()), (Grade::Bad, state.as_str()));
        }
    }
}
