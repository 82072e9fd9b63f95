//! Promises of the design that a stand must keep by itself.

use std::path::Path;

use domain::RequestDraft;

use super::office::{NOW_MS, Office, SetClock, fixture};
use crate::clock::{Clock, Reading, TrustedTime, Uptime};
use crate::{Note, Stand, TODAY_ROWS, Verdict};

pub(super) fn draft(text: &str) -> RequestDraft {
    let json = format!(
        r#"{{"kind":"reclamo","text":"{text}","comuna":"11302","person":{{"name":"Rosa Ficticia Ejemplo",
        "document":{{"type":"run","number":"44.444.444-4"}},"phone":"+56 9 5555 0101","answer_by":"telefono"}}}}"#
    );
    RequestDraft::from_json(&json).unwrap()
}

/// Every byte of every file below a folder.
pub(super) fn bytes_of(folder: &Path) -> Vec<u8> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        all.extend(if path.is_dir() { bytes_of(&path) } else { std::fs::read(&path).unwrap() });
    }
    all
}

#[test]
fn nothing_personal_is_ever_readable_in_the_data_folder() {
    let dir = tempfile::tempdir().unwrap();
    let mut stand = Office::new().stand(dir.path());
    let recorded = stand.record_request(draft("Hace tres meses que no llega el agua")).unwrap();
    let control_code = recorded.answer.control_code.unwrap().replace('-', "");
    for line in fixture("requests.jsonl").lines().take(20) {
        stand.record_request(RequestDraft::from_json(line).unwrap()).unwrap();
    }
    let bytes = bytes_of(dir.path());
    let personal = [
        "Rosa Ficticia",
        "44.444.444",
        "44444444",
        "5555 0101",
        "no llega el agua",
        &control_code,
        &recorded.answer.receipt,
    ];
    for secret in personal {
        assert!(
            !bytes.windows(secret.len()).any(|window| window == secret.as_bytes()),
            "{secret} is readable"
        );
    }
}

/// Every file below a folder, by its path in it.
fn files_of(folder: &Path, below: &str, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{below}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            files_of(&entry.path(), &format!("{name}/"), found);
        } else {
            found.push(name);
        }
    }
}

#[test]
fn the_data_folder_holds_the_listed_files_and_no_others() {
    let dir = tempfile::tempdir().unwrap();
    let mut stand = Office::new().stand(dir.path());
    stand.set_printer(None).unwrap();
    stand.set_pin("4821").unwrap();
    stand.unlock_challenge(None).unwrap();
    stand.record_request(draft("en la bitácora")).unwrap();
    std::fs::write(dir.path().join("stand/ledger/ledger.db"), b"ya no es SQLite!").unwrap();
    let mut again = Stand::open_with(&dir.path().join("stand"), SetClock::at(NOW_MS)).unwrap();
    again.record_request(draft("en otra")).unwrap();

    let document = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/threat-model.md");
    let document = std::fs::read_to_string(document).unwrap();
    let (_, list) = document.split_once("```clear-files\n").unwrap();
    let (list, _) = list.split_once("```").unwrap();
    let allowed: Vec<(&str, &str)> = list
        .lines()
        .map(|line| line.split(" — ").next().unwrap())
        .map(|name| name.split_once('*').unwrap_or((name, "")))
        .collect();
    let mut found = Vec::new();
    files_of(&dir.path().join("stand"), "", &mut found);
    assert!(found.iter().any(|file| file.contains(".damaged-")));
    for file in found {
        let is_listed = |(start, end): &(&str, &str)| {
            if end.is_empty() { file == *start } else { file.starts_with(start) && file.ends_with(end) }
        };
        assert!(allowed.iter().any(is_listed), "{file} is not on the list");
    }
}

#[test]
fn a_receipt_on_a_day_off_promises_by_one_reading_and_owes_by_the_other() {
    let dir = tempfile::tempdir().unwrap();
    let mut stand = Office::new().stand(dir.path());
    let answer = stand.record_request(draft("sábado")).unwrap().answer;
    assert_eq!(answer.captured_at, "2026-11-21T10:32:00-03:00");
    assert_eq!(answer.due_on.unwrap().to_string(), "2026-12-04");
    assert_eq!(answer.due_on_legal.unwrap().to_string(), "2026-12-07");
    assert_eq!(answer.notes, [Note::OutingOpened], "nobody opened an outing, and it says so");
    assert_eq!(stand.record_request(draft("otra")).unwrap().answer.notes, []);

    let paper = RequestDraft { captured_at: Some("2026-11-16T09:00:00-03:00".into()), ..draft("papel") };
    let answer = stand.record_request(paper).unwrap().answer;
    assert_eq!(answer.paper_at.as_deref(), Some("2026-11-16T09:00:00-03:00"));
    assert_eq!(answer.captured_at, "2026-11-21T10:32:00-03:00");
    assert_eq!(answer.due_on.unwrap().to_string(), "2026-11-30");
    let unasked = RequestDraft { person: None, ..draft("sin respuesta") };
    assert_eq!(stand.record_request(unasked).unwrap().answer.due_on, None);
}

#[test]
fn a_day_ends_at_midnight_of_the_place() {
    let dir = tempfile::tempdir().unwrap();
    let mut stand = Office::new().stand(dir.path());
    let day = |stand: &mut crate::Stand, at: &str| {
        let at = chrono::DateTime::parse_from_rfc3339(at).unwrap();
        stand.clock = SetClock::at(at.timestamp_millis());
        stand.local_day().unwrap().to_string()
    };
    assert_eq!(day(&mut stand, "2026-04-03T02:59:00Z"), "2026-04-02", "Santiago, where no place is known");
    assert_eq!(day(&mut stand, "2026-04-03T03:00:00Z"), "2026-04-03");
    let outing =
        crate::OutingToOpen { comuna: "05201".into(), place: "Hanga Roa".into(), ..Default::default() };
    stand.open_outing(&outing).unwrap();
    assert_eq!(day(&mut stand, "2026-04-03T04:59:00Z"), "2026-04-02", "Rapa Nui");
    assert_eq!(day(&mut stand, "2026-04-03T05:00:00Z"), "2026-04-03");
}

#[test]
fn an_altered_receipt_is_false() {
    let dir = tempfile::tempdir().unwrap();
    let mut stand = Office::new().stand(dir.path());
    let receipt = stand.record_request(draft("original")).unwrap().answer.receipt;
    let altered = |at: usize| -> String {
        receipt
            .chars()
            .enumerate()
            .map(|(i, c)| if i == at { if c == 'B' { 'C' } else { 'B' } } else { c })
            .collect()
    };
    let body = receipt.rfind('/').unwrap() + 1;
    for at in (body..receipt.len()).step_by(7) {
        let verdict = stand.verify(&altered(at)).map(|answer| answer.verdict);
        assert!(!matches!(verdict, Ok(Verdict::Genuine | Verdict::RevokedDevice)), "character {at}");
    }
}

#[test]
fn the_day_goes_on_in_a_new_ledger_when_the_disk_breaks_the_old_one() {
    let dir = tempfile::tempdir().unwrap();
    let office = Office::new();
    let mut stand = office.stand(dir.path());
    let before = stand.record_request(draft("antes")).unwrap().answer;
    drop(stand);
    let path = dir.path().join("stand/ledger/ledger.db");
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[..16].copy_from_slice(b"ya no es SQLite!");
    std::fs::write(&path, &bytes).unwrap();

    let mut stand = Stand::open_with(&dir.path().join("stand"), SetClock::at(NOW_MS)).unwrap();
    assert_eq!(std::fs::read(stand.set_aside().unwrap()).unwrap(), bytes, "kept, byte for byte");
    let after = stand.record_request(draft("después")).unwrap().answer;
    assert_ne!(after.epoch, before.epoch);
    assert_eq!(
        stand.verify(&before.receipt).unwrap().verdict,
        Verdict::Genuine,
        "the old receipt still holds"
    );
}

#[test]
fn two_programs_go_on_together_when_one_sets_the_ledger_aside() {
    let dir = tempfile::tempdir().unwrap();
    let office = Office::new();
    let mut window = office.stand(dir.path());
    window.record_request(draft("en la ventana")).unwrap();
    let path = dir.path().join("stand");
    ledger::set_aside(&path.join("ledger/ledger.db"), 5).unwrap();
    let mut line = Stand::open_with(&path, SetClock::at(NOW_MS)).unwrap();
    let by_line = line.record_request(draft("en la consola")).unwrap().answer;
    let by_window = window.record_request(draft("de nuevo en la ventana")).unwrap().answer;
    assert_eq!(by_window.epoch, by_line.epoch, "both in the new ledger");
    assert_eq!(window.verify_ledger().unwrap().entries, 4);
}

#[test]
fn a_dead_clock_refuses_nobody() {
    let dir = tempfile::tempdir().unwrap();
    let office = Office::new();
    drop(office.stand(dir.path()));
    let path = dir.path().join("stand");
    for wall_unix_ms in [0, -5_000, 946_684_800_000, 4_200_000_000_000] {
        let mut stand = Stand::open_with(&path, SetClock::at(wall_unix_ms)).unwrap();
        let paper = RequestDraft { captured_at: Some("2026-11-16T09:00:00-03:00".into()), ..draft("papel") };
        for draft in [draft("sin reloj"), paper] {
            let answer = stand.record_request(draft).unwrap().answer;
            assert!(answer.notes.contains(&Note::ClockUncertain), "{wall_unix_ms}");
            assert!(answer.due_on.is_some());
            assert_eq!(stand.verify(&answer.receipt).unwrap().certainty, Some("contradicted"));
        }
    }
}

/// A clock that says this, on a machine that has been up for so long.
fn clock(wall_unix_ms: i64, up_ms: u64) -> std::sync::Arc<dyn Clock> {
    clock_of("a", wall_unix_ms, up_ms)
}

/// The same, of a certain start of the machine.
fn clock_of(boot: &str, wall_unix_ms: i64, up_ms: u64) -> std::sync::Arc<dyn Clock> {
    struct Set(Reading);
    impl Clock for Set {
        fn read(&self) -> Reading {
            self.0.clone()
        }
    }
    let uptime = Some(Uptime { boot: boot.into(), ms: up_ms });
    std::sync::Arc::new(Set(Reading { wall_unix_ms, uptime }))
}

#[test]
fn a_clock_that_jumps_moves_no_promise() {
    const HOUR_MS: i64 = 3_600_000;
    const DAY_MS: i64 = 24 * HOUR_MS;
    let dir = tempfile::tempdir().unwrap();
    let mut stand = Office::new().stand(dir.path());
    let told = Uptime { boot: "a".into(), ms: 0 };
    stand.settings.trusted_time = Some(TrustedTime { unix_s: NOW_MS / 1_000, uptime: Some(told) });
    let paper = |text| RequestDraft { captured_at: Some("2026-11-16T09:00:00-03:00".into()), ..draft(text) };
    let mut filed = 0;
    let mut promised = |ahead_ms: i64| {
        stand.clock = clock(NOW_MS + HOUR_MS + ahead_ms, 3_600_000);
        let answers = [draft("hoy"), paper("papel")].map(|draft| stand.record_request(draft).unwrap().answer);
        let [now, paper] = answers.map(|answer| {
            let due = stand.explain_due(answer.folio.parse().unwrap()).unwrap().unwrap();
            assert_eq!((Some(due.promise), Some(due.legal)), (answer.due_on, answer.due_on_legal));
            (due.promise.to_string(), due.legal.to_string(), due.working.is_some())
        });
        assert!(paper.2, "a paper has its own date");
        filed += 2;
        assert_eq!(stand.today(TODAY_ROWS).unwrap().len(), filed, "what was filed before is in sight");
        (now, (paper.0, paper.1))
    };
    let (now, paper) = promised(0);
    assert_eq!(now, ("2026-12-04".into(), "2026-12-07".into(), true));
    for ahead_ms in [40 * DAY_MS, -4 * 365 * DAY_MS] {
        let (jumped, same) = promised(ahead_ms);
        assert_eq!((jumped.0, jumped.1, same), (now.0.clone(), now.1.clone(), paper.clone()), "{ahead_ms}");
        // What it was counted from is sealed.
        assert!(!jumped.2);
    }
}

#[test]
fn a_restart_under_a_wrong_clock_moves_no_promise() {
    const HOUR_MS: i64 = 3_600_000;
    const DAY_MS: i64 = 24 * HOUR_MS;
    let dir = tempfile::tempdir().unwrap();
    let mut stand = Office::new().stand(dir.path());
    let told = Uptime { boot: "a".into(), ms: 0 };
    stand.settings.trusted_time = Some(TrustedTime { unix_s: NOW_MS / 1_000, uptime: Some(told) });
    stand.settings.store(&stand.folder).unwrap();
    let promised = |boot: &str, wall_unix_ms: i64, up_ms: u64| {
        let path = dir.path().join("stand");
        let mut stand = Stand::open_with(&path, clock_of(boot, wall_unix_ms, up_ms)).unwrap();
        let answer = stand.record_request(draft(boot)).unwrap().answer;
        let certainty = stand.verify(&answer.receipt).unwrap().certainty;
        (answer.due_on.unwrap().to_string(), certainty.unwrap())
    };
    drop(stand);
    let (due, certainty) = promised("a", NOW_MS + HOUR_MS, 3_600_000);
    assert_eq!((due.as_str(), certainty), ("2026-12-04", "confirmed"));
    // Restarted, with a clock that is right, whose battery is dead, and that jumped while nobody was there to see it: of
    // the last nothing can be known, and it says so.
    let later = NOW_MS + 2 * HOUR_MS;
    assert_eq!(promised("b", later, 60_000), (due.clone(), "unconfirmed"));
    assert_eq!(promised("c", 946_684_800_000, 60_000), (due.clone(), "contradicted"));
    assert_eq!(promised("d", later + 40 * DAY_MS, 60_000).1, "unconfirmed");
    // It jumps where it can be seen, and the machine is restarted: it is as wrong as it was.
    assert_eq!(promised("a", later + 40 * DAY_MS, 7_200_000), (due.clone(), "contradicted"));
    assert_eq!(promised("e", later + HOUR_MS + 40 * DAY_MS, 60_000), (due.clone(), "contradicted"));
    // Set right, after that: nothing speaks against it.
    assert_eq!(promised("f", later + 2 * HOUR_MS, 60_000), (due, "unconfirmed"));
}
