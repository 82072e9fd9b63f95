//! The machine's part of meeting somebody, and of closing a crowded day to its printed act.
//!
//! Both are held to seconds, since a person waits for them; what stands beside is the same without the profile, and the
//! bare commit.

use domain::{EncounterLine, ProfileDraft};
use receipts::Paper;
use stand::{OutingToOpen, PaperFormat, Stand};
use texts::Language;

use crate::processes::Programs;
use crate::stats::Samples;
use crate::table::{Goal, Table};

const WARM_UP: usize = 50;
const PEOPLE: usize = 500;
const DAYS: usize = 7;

pub(crate) fn run(programs: &Programs, table: &mut Table) {
    let dir = tempfile::tempdir().unwrap();
    let office = programs.office(dir.path(), &[]);
    let mut stand = Stand::open(&office.enrol(dir.path(), "evening")).unwrap();
    let (mut with, mut without, mut closing) = (Samples::new(), Samples::new(), Samples::new());
    for day in 0..DAYS {
        let outing =
            OutingToOpen { comuna: "11303".into(), place: format!("Día {day}"), ..OutingToOpen::default() };
        stand.open_outing(&outing).unwrap();
        for n in 0..PEOPLE {
            let (draft, profile) = met(n);
            let profile: Option<&ProfileDraft> = (n % 2 == 0).then_some(&profile);
            let samples = if profile.is_some() { &mut with } else { &mut without };
            if day == 0 && n < WARM_UP {
                stand.record_encounter(draft, profile).unwrap();
            } else {
                samples.time(|| stand.record_encounter(draft, profile).unwrap());
            }
        }
        closing.time(|| {
            stand.close_outing(Language::Spanish).unwrap();
            stand.act_as(None, PaperFormat::EscPos, Paper::Mm80, Language::Spanish).unwrap()
        });
    }
    let p99 = |samples: &Samples| -> Samples { [samples.share(0.99) / 1_000.0].into_iter().collect() };
    let beside = format!(
        "median {with:.0} µs; without a profile {without:.0} µs, p99 {:.1} ms",
        p99(&without).median()
    );
    table.row("an encounter with its profile, p99, ms", &p99(&with), 1, Goal::Below(50.0), &beside);
    let ms: Samples = [closing.median() / 1_000.0].into_iter().collect();
    let beside = format!("{PEOPLE} encounters, {} profiles; to the bytes for the printer", PEOPLE / 2);
    table.row("closing a day of 500 to the printed act, ms", &ms, 0, Goal::Below(1_000.0), &beside);
}

fn met(n: usize) -> (domain::EncounterDraft, ProfileDraft) {
    let line = format!(
        r#"{{"matter":"Asunto {n}","outcome":"informed","profile":{{"age":"30-44","gender":"mujer","topic":"salud",
        "consent":{{"by":"persona","text":"consentimiento-2026-11"}}}}}}"#
    );
    let (draft, profile) = EncounterLine::from_json(&line).unwrap().split();
    (draft, profile.unwrap())
}
