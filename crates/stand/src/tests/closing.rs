//! Encounters with profiles, undoing them, and the acts of outings.

use domain::{EncounterDraft, EncounterLine, ErrorCode, ProfileDraft, VoidDraft};
use texts::Language;
use wire::body::Body;

use super::office::{NOW_MS, Office, SetClock};
use crate::{OutingToOpen, PaperFormat, Stand, StandError, Verdict};

const CONSENT: &str = r#""consent":{"by":"persona","text":"consentimiento-2026-11"}"#;

fn met(json: &str) -> (EncounterDraft, Option<ProfileDraft>) {
    EncounterLine::from_json(json).unwrap().split()
}

fn with_profile(profile: &str) -> (EncounterDraft, Option<ProfileDraft>) {
    met(&format!(r#"{{"matter":"bono","outcome":"informed","profile":{{{profile}}}}}"#))
}

fn open(stand: &mut Stand) {
    let outing = OutingToOpen {
        comuna: "11303".into(),
        place: "Caleta Tortel".into(),
        goal: Some(60),
        ..OutingToOpen::default()
    };
    stand.open_outing(&outing).unwrap();
}

#[test]
fn a_profile_parts_from_its_encounter_and_comes_at_the_closing() {
    let dir = tempfile::tempdir().unwrap();
    let office = Office::new();
    let mut stand = office.stand(dir.path());
    open(&mut stand);
    for n in 0..12 {
        let (draft, profile) =
            with_profile(&format!(r#""gender":"mujer","age":"60-64","topic":"salud",{CONSENT}"#));
        let recorded = stand.record_encounter(draft, profile.as_ref()).unwrap();
        assert_eq!((recorded.answer.profile, recorded.undo.is_some()), (Some("kept"), true), "{n}");
    }
    let (draft, none) = met(r#"{"matter":"nada","outcome":"came_in_vain","sheet":"pgu"}"#);
    assert_eq!(stand.record_encounter(draft, none.as_ref()).unwrap().answer.profile, None);
    assert_eq!(stand.profiles_waiting().unwrap(), 12);
    let closed = stand.close_outing(Language::Spanish).unwrap();
    assert_eq!(stand.profiles_waiting().unwrap(), 0);
    let numbers = &closed.act.numbers;
    assert_eq!((numbers.encounters, numbers.profiles, numbers.requests), (13, 12, 0));
    assert_eq!(numbers.encounters_by_outcome["came_in_vain"], 1);
    assert_eq!(numbers.held, closed.act.closed_seq);
    assert!(!closed.status.open && closed.status.encounters == 13);

    let bodies = office.open_all(&stand);
    let Some((Body::OutingClosed(_), before)) = bodies.split_last() else { panic!("the closing is last") };
    let (rest, profiles) = before.split_at(before.len() - 12);
    assert!(rest.iter().all(|body| !matches!(body, Body::Profile(_))));
    let mut ids = std::collections::BTreeSet::new();
    for body in profiles {
        let Body::Profile(record) = body else { panic!("a profile") };
        assert!(ids.insert(record.id));
        // Saturday 21 November 2026, and no finer.
        assert_eq!(crate::record::date_of(record.day).to_string(), "2026-11-21");
        assert_eq!(record.profile.consent.as_ref().unwrap().text, "consentimiento-2026-11");
    }
}

#[test]
fn an_office_without_the_key_keeps_no_profile_and_turns_nobody_away() {
    let dir = tempfile::tempdir().unwrap();
    let mut office = Office::new();
    office.statistics = None;
    let mut stand = office.stand(dir.path());
    assert!(!stand.profile_form(Language::Spanish).available);
    let (draft, profile) = with_profile(r#""age":"30-44""#);
    let recorded = stand.record_encounter(draft, profile.as_ref()).unwrap();
    assert_eq!(recorded.answer.profile, Some("no_key"));
    assert_eq!(stand.close_outing(Language::Spanish).unwrap().act.numbers.profiles, 0);
}

#[test]
fn what_the_law_does_not_let_be_kept_is_refused_with_its_field() {
    let dir = tempfile::tempdir().unwrap();
    let mut stand = Office::new().stand(dir.path());
    let (draft, profile) = with_profile(r#""gender":"mujer","age":"14-15","topic":"salud""#);
    let Err(StandError::Input(errors)) = stand.record_encounter(draft, profile.as_ref()) else {
        panic!("refused")
    };
    let fields: Vec<_> = errors.iter().map(|error| (error.field.as_deref().unwrap(), error.code)).collect();
    assert_eq!(fields, [("profile.gender", ErrorCode::GuardianNeeded)]);
    assert_eq!(stand.profiles_waiting().unwrap(), 0);
    assert!(stand.outing_status().unwrap().encounters == 0, "nothing of either was recorded");
}

#[test]
fn an_encounter_is_undone_within_its_seconds_with_its_profile() {
    let dir = tempfile::tempdir().unwrap();
    let office = Office::new();
    let mut stand = office.stand(dir.path());
    open(&mut stand);
    let record = |stand: &mut Stand| {
        let (draft, profile) = with_profile(r#""age":"80+""#);
        stand.record_encounter(draft, profile.as_ref()).unwrap().undo.unwrap()
    };
    record(&mut stand);
    let undo = record(&mut stand);
    for (after_ms, can) in [(-1, false), (0, true), (29_999, true), (30_000, true), (30_001, false)] {
        let undo = if after_ms == 0 { &undo } else { &record(&mut stand) };
        let waiting = stand.profiles_waiting().unwrap();
        stand.clock = SetClock::at(NOW_MS + after_ms);
        let undone = stand.undo(undo, Language::Spanish);
        match undone {
            Ok(_) => assert!(can, "{after_ms}"),
            Err(StandError::UndoOver) => assert!(!can, "{after_ms}"),
            Err(other) => panic!("{other}"),
        }
        assert_eq!(stand.profiles_waiting().unwrap(), waiting - u64::from(can), "{after_ms}");
        stand.clock = SetClock::at(NOW_MS);
    }
    let act = stand.close_outing(Language::Spanish).unwrap().act;
    assert_eq!((act.numbers.encounters, act.numbers.voids, act.numbers.profiles), (6, 3, 3));
    let voids = office.open_all(&stand).into_iter().filter_map(|body| match body {
        Body::Void(record) => record.filed.seq,
        _ => None,
    });
    assert_eq!(voids.collect::<Vec<_>>().len(), 3);
}

#[test]
fn an_act_is_shown_printed_and_verified_at_any_time() {
    let dir = tempfile::tempdir().unwrap();
    let office = Office::new();
    let mut stand = office.stand(dir.path());
    assert!(matches!(stand.act(None, Language::Spanish), Err(StandError::UnknownAct)));
    for _ in 0..2 {
        open(&mut stand);
        let (draft, _) = met(r#"{"matter":"bono","outcome":"referred","referred_to":"IPS"}"#);
        stand.record_encounter(draft, None).unwrap();
        stand.close_outing(Language::Spanish).unwrap();
    }
    drop(stand);
    let stand = Stand::open_with(&dir.path().join("stand"), SetClock::at(NOW_MS)).unwrap();
    let acts = stand.acts(Language::Spanish).unwrap();
    assert_eq!(acts.iter().map(|act| act.number).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(stand.act(None, Language::Spanish).unwrap(), acts[1]);
    assert_eq!(stand.act(Some(1), Language::Spanish).unwrap(), acts[0]);
    assert!(matches!(stand.act(Some(3), Language::Spanish), Err(StandError::UnknownAct)));
    assert!(matches!(stand.act(Some(0), Language::Spanish), Err(StandError::UnknownAct)));
    let verified = stand.verify(&acts[0].code.to_lowercase()).unwrap();
    assert_eq!((verified.verdict, verified.document), (Verdict::Genuine, crate::Document::Act));
    assert_eq!(verified.act.unwrap().encounters, 1);
    assert_eq!(verified.seq, Some(acts[0].closed_seq));
    let text = stand.act_as(None, PaperFormat::Text, receipts::Paper::Mm80, Language::Spanish).unwrap();
    let text = String::from_utf8(text).unwrap();
    assert!(text.contains("registros todavía sólo en este equipo"), "{text}");
    let png = stand.act_as(Some(2), PaperFormat::Png, receipts::Paper::Mm58, Language::Spanish).unwrap();
    let picture = dir.path().join("acta.png");
    std::fs::write(&picture, png).unwrap();
    assert_eq!(stand.verify_image(&picture).unwrap().seq, Some(acts[1].closed_seq));
    assert_eq!(Stand::act_in_file(&picture).unwrap(), acts[1].code);
    let name = stand.save_act(Some(1), dir.path(), Language::Spanish).unwrap();
    assert!(name.starts_with("acta-") && name.ends_with("-1.pdf"), "{name}");
    assert!(std::fs::read(dir.path().join(name)).unwrap().starts_with(b"%PDF"));
    for (text, verdict) in [("OIRS/ACTA/", false), ("OIRS/ACTA/AAAA", false), (acts[0].code.as_str(), true)] {
        assert_eq!(stand.verify(text).is_ok(), verdict, "{text}");
    }
}

#[test]
fn acts_add_up_once_each_and_only_those_that_hold() {
    let (dir, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut stand = Office::new().stand(dir.path());
    let mut stranger = Office::new().stand(elsewhere.path());
    let mut codes = Vec::new();
    for stand in [&mut stand, &mut stranger] {
        for _ in 0..2 {
            open(stand);
            let (draft, profile) = with_profile(r#""age":"30-44""#);
            stand.record_encounter(draft, profile.as_ref()).unwrap();
            codes.push(stand.close_outing(Language::Spanish).unwrap().act.code);
        }
    }
    let altered = codes[0].replacen("OIRS/ACTA/Q", "OIRS/ACTA/R", 1);
    let handed = [&codes[0], &codes[1], &codes[1], &codes[2], &altered, &"hola".to_owned()];
    let handed: Vec<(String, String)> =
        (1..).zip(handed).map(|(n, code): (u32, _)| (n.to_string(), code.clone())).collect();
    let sum = stand.sum_acts(&handed).unwrap();
    let why: Vec<Option<&str>> = sum.acts.iter().map(|act| act.why).collect();
    assert_eq!(
        why,
        [None, None, Some("twice"), Some("unknown_signer"), Some("not_an_act"), Some("not_an_act")]
    );
    assert_eq!((sum.counted, sum.is_whole()), (2, false));
    assert_eq!((sum.numbers.encounters, sum.numbers.profiles), (2, 2));
    assert_eq!(sum.numbers.encounters_by_outcome["informed"], 2);
}

#[test]
fn profiles_outlive_a_ledger_that_breaks_at_noon() {
    let dir = tempfile::tempdir().unwrap();
    let office = Office::new();
    let mut stand = office.stand(dir.path());
    open(&mut stand);
    for _ in 0..3 {
        let (draft, profile) = with_profile(r#""age":"45-59""#);
        stand.record_encounter(draft, profile.as_ref()).unwrap();
    }
    let (draft, profile) = with_profile(r#""age":"18-29""#);
    let undo = stand.record_encounter(draft, profile.as_ref()).unwrap().undo.unwrap();
    ledger::set_aside(&dir.path().join("stand/ledger/ledger.db"), 5).unwrap();
    stand.undo(&undo, Language::Spanish).unwrap();
    assert_eq!(stand.profiles_waiting().unwrap(), 3, "the undo found its profile in the new ledger");
    let (draft, profile) = with_profile(r#""age":"80+""#);
    stand.record_encounter(draft, profile.as_ref()).unwrap();
    let act = stand.close_outing(Language::Spanish).unwrap().act;
    assert_eq!((act.numbers.profiles, act.numbers.encounters), (4, 1));
    assert!(act.numbers.held > act.closed_seq, "what the broken ledger still holds is counted as held");
    let profiles = office.open_all(&stand).into_iter().filter(|body| matches!(body, Body::Profile(_)));
    assert_eq!(profiles.count(), 4);
}

#[test]
fn an_encounter_is_declared_void_after_others_came_and_the_stand_was_opened_again() {
    let dir = tempfile::tempdir().unwrap();
    let office = Office::new();
    let mut stand = office.stand(dir.path());
    assert!(stand.recent_records(9).unwrap().is_empty());
    open(&mut stand);
    let (draft, _) = met(r#"{"matter":"bono","outcome":"informed"}"#);
    let mistake = stand.record_encounter(draft.clone(), None).unwrap().answer;
    stand.record_encounter(draft.clone(), None).unwrap();
    stand.record_encounter(draft, None).unwrap();
    drop(stand);
    let mut stand = Stand::open_with(&dir.path().join("stand"), SetClock::at(NOW_MS)).unwrap();
    let listed = stand.recent_records(9).unwrap();
    let last = listed.last().unwrap();
    assert_eq!((listed.len(), last.kind, last.voided), (3, "encounter", false));
    assert_eq!((last.epoch.as_str(), last.seq), (mistake.epoch.as_str(), mistake.seq));
    // To the minute, at the place.
    assert!(last.captured_at.ends_with(":00-03:00"), "{}", last.captured_at);
    let void = VoidDraft {
        id: None,
        epoch: Some(last.epoch.clone()),
        seq: Some(last.seq),
        reason: Some("se anotó dos veces".into()),
    };
    stand.record_void(void).unwrap();
    let voided: Vec<bool> = stand.recent_records(9).unwrap().iter().map(|row| row.voided).collect();
    assert_eq!(voided, [false, false, true]);
    assert_eq!(stand.outing_status().unwrap().encounters, 2);
    let act = stand.close_outing(Language::Spanish).unwrap().act;
    assert_eq!((act.numbers.encounters, act.voided.encounters, act.voided.requests), (3, 1, 0));
}

#[test]
fn an_undo_within_its_seconds_says_why_and_whose_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let office = Office::new();
    let mut stand = office.stand(dir.path());
    open(&mut stand);
    let (draft, profile) = with_profile(r#""age":"80+""#);
    let recorded = stand.record_encounter(draft, profile.as_ref()).unwrap();
    let (undo, at) = (recorded.undo.unwrap(), recorded.answer);
    for (seq, is) in [(at.seq - 1, false), (at.seq, true), (at.seq + 1, false)] {
        assert_eq!(undo.is_of(&at.epoch, seq), is, "{seq}");
    }
    assert!(!undo.is_of("0000000000000000", at.seq));
    stand.undo_for(&undo, "era otra persona".into()).unwrap();
    assert_eq!(stand.profiles_waiting().unwrap(), 0);
    let why = office.open_all(&stand).into_iter().find_map(|body| match body {
        Body::Void(record) => record.filed.reason,
        _ => None,
    });
    assert_eq!(why.as_deref(), Some("era otra persona"));
}
