//! What this stand carries and how old it is: content, calendar, keys, the last word of the office, its clock, room
//! and printer. Asked at the start of a day and whenever somebody looks; nothing here stops a record.
//!
//! Ages are counted by the stand's clock, kept within what can be: a clock that is wrong is an item of its own.

use chrono::{DateTime, NaiveDate};
use domain::calendar::RULES_CHECKED;
use domain::limits::YEAR_MAX;
use domain::{Certainty, Comuna};
use serde::Serialize;
use texts::{Language, Value};
use wire::cert::Role;
use wire::manifest::{Manifest, PartKind};
use wire::publication::Publication;

use crate::folder::DISK_FREE_BYTES_MIN;
use crate::selftest::Grade;
use crate::update::Place;
use crate::{Stand, StandError, UpdateLine};

/// From this age on, in days, published content should be looked at.
pub const CONTENT_CAREFUL_DAYS: i64 = 90;
/// From this age on, in days, published content misleads more than it helps.
pub const CONTENT_BAD_DAYS: i64 = 365;
/// From so many days on, nobody has compared the calendar's rules with the laws for a year: Congress makes a holiday in
/// most of them.
pub const CALENDAR_CAREFUL_DAYS: i64 = 365;
/// From so many days on, deadlines that it counts are doubtful.
pub const CALENDAR_BAD_DAYS: i64 = 730;
/// A certificate that ends within fewer days should be renewed.
pub const VALIDITY_CAREFUL_DAYS: i64 = 60;
/// From so many days after the last whole sync on, somebody should look for a network.
pub const SYNC_CAREFUL_DAYS: i64 = 7;
/// From so many days on, the office should be told.
pub const SYNC_BAD_DAYS: i64 = 30;
/// Free room below which somebody should look, as a multiple of what a form needs.
pub const DISK_CAREFUL_TIMES: u64 = 8;

/// One thing that the stand carries. Its sentence is `carried-<name>-<grade>`, or `carried-<name>-none`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct Carried {
    /// A stable name.
    pub name: &'static str,
    /// Green, yellow or red.
    pub grade: Grade,
    /// Whether there is none at all.
    pub absent: bool,
    /// Which: of a publication or a manifest; megabytes of room; millimetres of paper; the calendar's last year; per cent
    /// of a program that is on its way.
    #[cfg_attr(feature = "bindings", ts(type = "number | null"))]
    pub number: Option<u64>,
    /// The day that matters: of publication, of the last sync, of a certificate's end; on which the calendar was checked.
    pub on: Option<NaiveDate>,
    /// Days since then, or until then.
    #[cfg_attr(feature = "bindings", ts(type = "number | null"))]
    pub days: Option<i64>,
    /// A stable word that belongs to it.
    pub detail: Option<&'static str>,
    /// The version of a program.
    pub version: Option<String>,
}

impl Carried {
    /// All names that there are.
    pub const NAMES: &[&str] = &[
        "catalogue",
        "survey",
        "calendar",
        "keys",
        "certificate",
        "manifest",
        "sync",
        "clock",
        "disk",
        "printer",
        "program",
        "update",
        "update-by-hand",
        "arriving",
    ];

    /// Nothing but a name and how much of a worry it is.
    pub fn new(name: &'static str, grade: Grade) -> Self {
        Self { name, grade, absent: false, number: None, on: None, days: None, detail: None, version: None }
    }

    fn absent(name: &'static str) -> Self {
        Self { absent: true, ..Self::new(name, Grade::Careful) }
    }

    /// How it is: a stable word.
    pub(crate) fn state(&self) -> &'static str {
        match self.grade {
            _ if self.absent => "none",
            Grade::Good => "good",
            Grade::Careful => "careful",
            Grade::Bad => "bad",
        }
    }

    /// What a person reads.
    pub fn sentence(&self, language: Language) -> String {
        let state = self.state();
        let date = self.on.map(|day| day.format("%d/%m/%Y").to_string()).unwrap_or_default();
        let args = [
            ("number", Value::from(self.number.unwrap_or_default())),
            // A year takes no separator.
            ("year", Value::from(self.number.unwrap_or_default().to_string())),
            ("days", Value::from(self.days.unwrap_or_default().unsigned_abs())),
            ("date", Value::from(date)),
            ("version", Value::from(self.version.clone().unwrap_or_default())),
            ("detail", Value::from(self.detail.unwrap_or_default())),
        ];
        texts::text(language, &format!("carried-{}-{state}", self.name), &args)
    }
}

/// Green, yellow or red by an age in days.
fn by_age(days: i64, careful: i64, bad: i64) -> Grade {
    if days >= bad {
        Grade::Bad
    } else if days >= careful {
        Grade::Careful
    } else {
        Grade::Good
    }
}

/// Green, yellow or red by what is left of a validity, in seconds.
fn by_validity(left_s: i64) -> Grade {
    if left_s <= 0 {
        Grade::Bad
    } else if left_s < VALIDITY_CAREFUL_DAYS.saturating_mul(DAY_S) {
        Grade::Careful
    } else {
        Grade::Good
    }
}

const DAY_S: i64 = 86_400;

impl Stand {
    /// Everything that this stand carries, each with its age.
    pub fn carried(&self) -> Result<Vec<Carried>, StandError> {
        let manifest = self.manifest()?;
        let mut carried = vec![
            self.carried_content("catalogue", PartKind::CATALOGUE, manifest.as_ref())?,
            self.carried_content("survey", PartKind::SURVEY, manifest.as_ref())?,
            self.carried_calendar(),
            self.carried_keys(),
            self.carried_certificate(manifest.as_ref()),
            self.carried_manifest(manifest.as_ref()),
            self.carried_sync(),
            self.carried_clock(),
            self.carried_disk()?,
            self.carried_printer(),
        ];
        carried.extend(self.carried_program(&Place::here())?);
        Ok(carried)
    }

    /// The program that runs, and the one that waits, arrives or did not stay, where there is one.
    pub(crate) fn carried_program(&self, place: &Place) -> Result<Vec<Carried>, StandError> {
        let status = self.update_status(place)?;
        let version = |text: String, item: Carried| Carried { version: Some(text), ..item };
        let mut carried = vec![version(status.version.to_owned(), Carried::new("program", Grade::Good))];
        let failed = status
            .last
            .filter(|last| last.outcome.as_deref().is_some_and(|code| code.starts_with("update_")));
        // What failed is said until something newer comes.
        let newest = status.waiting.as_ref().or(status.arriving.as_ref()).map_or(0, |line| line.number);
        let named = |line: &UpdateLine| line.version.clone().unwrap_or_else(|| line.number.to_string());
        if let Some(failed) = failed.filter(|failed| failed.number >= newest) {
            carried.push(version(named(&failed), Carried::new("update", Grade::Careful)));
        } else if let Some(waiting) = &status.waiting {
            let name = if status.by_itself { "update" } else { "update-by-hand" };
            carried.push(version(named(waiting), Carried::new(name, Grade::Good)));
        } else if let Some(arriving) = &status.arriving {
            let (here, whole) = (arriving.here_bytes.unwrap_or(0), arriving.bytes.unwrap_or(1).max(1));
            let number = Some(here.saturating_mul(100).div_euclid(whole));
            carried
                .push(version(named(arriving), Carried { number, ..Carried::new("arriving", Grade::Good) }));
        }
        Ok(carried)
    }

    pub(crate) fn now_within_reason_s(&self) -> i64 {
        self.nearest_plausible(self.captured_now().likely_unix_ms()).timestamp()
    }

    /// The day of a moment, where the stand works; in Santiago when no place is known.
    fn day_of(&self, unix_s: i64) -> Option<NaiveDate> {
        let open = self.ledger.open_outing().ok().flatten();
        let comuna = open.and_then(|outing| Comuna::by_code(outing.comuna.as_deref()?));
        let at = DateTime::from_timestamp(unix_s, 0)?;
        comuna.or_else(|| Comuna::by_code("13101")).map(|comuna| comuna.local_time(at).date_naive())
    }

    /// Published content of a kind: its number and its age. What came and can't be read is red.
    fn carried_content(
        &self,
        name: &'static str,
        kind: PartKind,
        manifest: Option<&Manifest>,
    ) -> Result<Carried, StandError> {
        let part = manifest.and_then(|manifest| manifest.parts.iter().find(|part| part.kind == kind));
        let Some(bytes) = part.map(|part| self.ledger.part(part.hash)).transpose()?.flatten() else {
            return Ok(Carried::absent(name));
        };
        let Ok(publication) = Publication::read(&bytes) else {
            return Ok(Carried { detail: Some("unreadable"), ..Carried::new(name, Grade::Bad) });
        };
        let at = i64::try_from(publication.published_unix_s).unwrap_or(i64::MAX);
        let days = self.now_within_reason_s().saturating_sub(at).max(0).div_euclid(DAY_S);
        Ok(Carried {
            number: Some(publication.number),
            on: self.day_of(at),
            days: Some(days),
            ..Carried::new(name, by_age(days, CONTENT_CAREFUL_DAYS, CONTENT_BAD_DAYS))
        })
    }

    fn carried_calendar(&self) -> Carried {
        calendar_on(self.day_of(self.now_within_reason_s()).unwrap_or(RULES_CHECKED))
    }

    /// Of the office's keys that this stand uses, the certificate that ends first.
    fn carried_keys(&self) -> Carried {
        let newest = |role| {
            let of_role = self.enrolment.roles.iter().filter(|certificate| certificate.role == role);
            of_role.max_by_key(|certificate| certificate.not_before_unix_s)
        };
        let used = [Role::Checkpoint, Role::Content, Role::Sealing].into_iter().filter_map(newest);
        match used.map(|certificate| certificate.not_after_unix_s).min() {
            Some(end) => self.valid_until("keys", end),
            None => Carried::absent("keys"),
        }
    }

    fn carried_certificate(&self, manifest: Option<&Manifest>) -> Carried {
        let device = &self.enrolment.device;
        let carried = self.valid_until("certificate", device.not_after_unix_s);
        let revoked = manifest.is_some_and(|manifest| manifest.revoked_unix_s.is_some());
        let detail = match carried.grade {
            _ if revoked => "revoked",
            Grade::Bad => "expired",
            _ => "valid",
        };
        let grade = if revoked { Grade::Bad } else { carried.grade };
        Carried { grade, detail: Some(detail), ..carried }
    }

    fn valid_until(&self, name: &'static str, end_unix_s: u64) -> Carried {
        let end = i64::try_from(end_unix_s).unwrap_or(i64::MAX);
        let left_s = end.saturating_sub(self.now_within_reason_s());
        let days = left_s.div_euclid(DAY_S);
        Carried { on: self.day_of(end), days: Some(days), ..Carried::new(name, by_validity(left_s)) }
    }

    fn carried_manifest(&self, manifest: Option<&Manifest>) -> Carried {
        let Some(manifest) = manifest else { return Carried::absent("manifest") };
        let issued = i64::try_from(manifest.issued_unix_s).unwrap_or(i64::MAX);
        Carried {
            number: Some(manifest.number),
            on: self.day_of(issued),
            ..Carried::new("manifest", Grade::Good)
        }
    }

    fn carried_sync(&self) -> Carried {
        let Some(at) = self.settings.synced_unix_s else { return Carried::absent("sync") };
        let days = self.now_within_reason_s().saturating_sub(at).max(0).div_euclid(DAY_S);
        let grade = by_age(days, SYNC_CAREFUL_DAYS, SYNC_BAD_DAYS);
        Carried { on: self.day_of(at), days: Some(days), ..Carried::new("sync", grade) }
    }

    fn carried_clock(&self) -> Carried {
        let certainty = self.clock_certainty();
        let grade = match certainty {
            Certainty::Confirmed => Grade::Good,
            Certainty::Unconfirmed => Grade::Careful,
            Certainty::Contradicted => Grade::Bad,
        };
        Carried { detail: Some(certainty.as_str()), ..Carried::new("clock", grade) }
    }

    fn carried_disk(&self) -> Result<Carried, StandError> {
        let free = self.folder.free_bytes()?;
        Ok(Carried { number: Some(free.div_euclid(1_000_000)), ..Carried::new("disk", by_room(free)) })
    }

    fn carried_printer(&self) -> Carried {
        match self.printer() {
            Some(printer) => {
                let detail = Some(printer.cutter.as_str());
                Carried {
                    number: Some(printer.paper_mm.into()),
                    detail,
                    ..Carried::new("printer", Grade::Good)
                }
            }
            None => Carried::absent("printer"),
        }
    }
}

/// How old the calendar is on a day, and how far it goes. Long before its last year its age is what is said of it.
fn calendar_on(today: NaiveDate) -> Carried {
    let days = today.signed_duration_since(RULES_CHECKED).num_days().max(0);
    Carried {
        number: u64::try_from(YEAR_MAX).ok(),
        on: Some(RULES_CHECKED),
        days: Some(days),
        ..Carried::new("calendar", by_age(days, CALENDAR_CAREFUL_DAYS, CALENDAR_BAD_DAYS))
    }
}

fn by_room(free_bytes: u64) -> Grade {
    if free_bytes < DISK_FREE_BYTES_MIN {
        Grade::Bad
    } else if free_bytes < DISK_FREE_BYTES_MIN.saturating_mul(DISK_CAREFUL_TIMES) {
        Grade::Careful
    } else {
        Grade::Good
    }
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects)]
mod tests {
    use wire::Hash;
    use wire::manifest::Part;
    use wire::publication::Compressed;

    use super::*;
    use crate::tests::office::{NOW_MS, Office, SetClock};

    #[test]
    fn limits_at_below_and_above() {
        let (good, careful, bad) = (Grade::Good, Grade::Careful, Grade::Bad);
        for (days, expected) in
            [(0, good), (89, good), (90, careful), (364, careful), (365, bad), (i64::MAX, bad)]
        {
            assert_eq!(by_age(days, CONTENT_CAREFUL_DAYS, CONTENT_BAD_DAYS), expected, "{days} days");
        }
        for (days, expected) in [(6, good), (7, careful), (29, careful), (30, bad)] {
            assert_eq!(by_age(days, SYNC_CAREFUL_DAYS, SYNC_BAD_DAYS), expected, "{days} days");
        }
        let sixty = 60 * DAY_S;
        for (left_s, expected) in
            [(sixty + 1, good), (sixty, good), (sixty - 1, careful), (1, careful), (0, bad), (i64::MIN, bad)]
        {
            assert_eq!(by_validity(left_s), expected, "{left_s} s");
        }
        let room = DISK_FREE_BYTES_MIN;
        for (free, expected) in
            [(0, bad), (room - 1, bad), (room, careful), (room * 8 - 1, careful), (room * 8, good)]
        {
            assert_eq!(by_room(free), expected, "{free} bytes");
        }
    }

    fn named(stand: &Stand, name: &str) -> Carried {
        stand.carried().unwrap().into_iter().find(|item| item.name == name).unwrap()
    }

    #[test]
    fn a_new_stand_says_what_it_lacks() {
        let dir = tempfile::tempdir().unwrap();
        let stand = Office::new().stand(dir.path());
        let absent: Vec<&str> =
            stand.carried().unwrap().iter().filter(|item| item.absent).map(|item| item.name).collect();
        assert_eq!(absent, ["catalogue", "survey", "manifest", "sync", "printer"]);
        let names: Vec<&str> = stand.carried().unwrap().iter().map(|item| item.name).collect();
        assert_eq!(names, Carried::NAMES[..names.len()], "whoever needs a sentence for each has them all");
        assert_eq!(named(&stand, "clock").detail, Some("unconfirmed"));
        assert_eq!(named(&stand, "certificate").detail, Some("valid"));
        assert_eq!(named(&stand, "keys").grade, Grade::Good);
    }

    #[test]
    fn ages_are_counted_from_what_the_office_said() {
        let dir = tempfile::tempdir().unwrap();
        let office = Office::new();
        let mut stand = office.stand(dir.path());
        let now_s = u64::try_from(NOW_MS / 1_000).unwrap();
        let published = now_s - 90 * 86_400;
        let bytes = Publication::new(3, published, &Compressed::of(b"{}").unwrap()).encode();
        let device = &stand.enrolment.device;
        let mut manifest = Manifest::new(device.office, device.device, 7, published);
        let hash = Hash::of(&bytes);
        manifest.parts.push(Part { kind: PartKind::CATALOGUE, hash, len: 1 });
        let held = ledger::HeldManifest { number: 7, etag: None, signed: office.sign_manifest(&manifest) };
        stand.ledger.store_part(hash, &bytes).unwrap();
        stand.ledger.store_manifest(&held, &[hash]).unwrap();
        stand.settings.synced_unix_s = Some(NOW_MS / 1_000 - 30 * DAY_S);
        let catalogue = named(&stand, "catalogue");
        assert_eq!((catalogue.grade, catalogue.number, catalogue.days), (Grade::Careful, Some(3), Some(90)));
        assert_eq!(catalogue.on.unwrap().to_string(), "2026-08-23");
        let said = catalogue.sentence(Language::Spanish);
        assert!(said.contains("90 días"), "{said}");
        let calendar = named(&stand, "calendar").sentence(Language::Spanish);
        let told = format!("El calendario de feriados se revisó el 22/11/2026 y llega hasta {YEAR_MAX}.");
        assert_eq!(calendar, told);
        assert_eq!((named(&stand, "manifest").number, named(&stand, "sync").grade), (Some(7), Grade::Bad));
        // A clock at 1970 makes nothing younger than the office's certificate allows, nor the calendar end.
        stand.clock = SetClock::at(0);
        assert_eq!(named(&stand, "catalogue").days, Some(0));
        assert_eq!(named(&stand, "clock").grade, Grade::Bad);
    }

    #[test]
    fn a_calendar_ages_from_the_day_on_which_it_was_checked() {
        let after = |days: i64| calendar_on(RULES_CHECKED + chrono::Days::new(days.unsigned_abs()));
        for (days, grade) in [
            (0, Grade::Good),
            (CALENDAR_CAREFUL_DAYS - 1, Grade::Good),
            (CALENDAR_CAREFUL_DAYS, Grade::Careful),
            (CALENDAR_BAD_DAYS - 1, Grade::Careful),
            (CALENDAR_BAD_DAYS, Grade::Bad),
        ] {
            let carried = after(days);
            assert_eq!((carried.grade, carried.days, carried.on), (grade, Some(days), Some(RULES_CHECKED)));
        }
        assert!(after(400).sentence(Language::Spanish).contains("400 días"));
        let before = calendar_on(RULES_CHECKED - chrono::Days::new(1));
        assert_eq!((before.grade, before.days), (Grade::Good, Some(0)));
    }

    #[test]
    fn everything_has_its_sentence_in_each_state() {
        let names = [
            "catalogue",
            "survey",
            "calendar",
            "keys",
            "certificate",
            "manifest",
            "sync",
            "clock",
            "disk",
            "printer",
            "program",
        ];
        let dir = tempfile::tempdir().unwrap();
        let carried = Office::new().stand(dir.path()).carried().unwrap();
        assert_eq!(carried.iter().map(|item| item.name).collect::<Vec<_>>(), names);
        let not_here = ["update", "update-by-hand", "arriving"].map(|name| Carried::new(name, Grade::Good));
        for item in carried.into_iter().chain(not_here) {
            for grade in [Grade::Good, Grade::Careful, Grade::Bad] {
                for absent in [false, true] {
                    for language in [Language::Spanish, Language::English] {
                        let item = Carried { grade, absent, ..item.clone() };
                        let said = item.sentence(language);
                        assert!(!said.starts_with("carried-"), "{said}");
                    }
                }
            }
        }
    }
}
